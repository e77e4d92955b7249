"""Spans of time: nothing may end before it starts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from concausa.core.date import Date
from concausa.core.problem import Problem
from concausa.study.rows import Rows

#: Table, column of the start, column of the end.
SPANS = (
    ("periods", "start", "end"),
    ("terms", "start", "end"),
    ("memberships", "start", "end"),
    ("organisations", "founded", "ended"),
)


def span_problems(tables: Mapping[str, Rows]) -> Iterator[Problem]:
    """Rows whose end lies before their start; a doubt where a date is approximate or uncertain."""
    for table, first, last in SPANS:
        rows = tables.get(table)
        for row, noun in enumerate(rows.nouns if rows else ()):
            assert rows is not None
            start, end = getattr(noun, first), getattr(noun, last)
            if start and end and end.end < start.start:
                if start.is_loose or end.is_loose:
                    yield rows.doubt(
                        row,
                        last,
                        "ends-before-start",
                        "{row} ends ({end}) before it starts ({start})",
                        value=str(end),
                        fix="look both dates up, or correct one of them",
                        row=noun.id,
                        end=end,
                        start=start,
                    )
                else:
                    what = f"{noun.id or 'the row'} ends ({end}) before it starts ({start})"
                    fix = f"exchange {first} and {last}, or correct one of them"
                    yield rows.problem(row, last, "ends-before-start", what, value=str(end), fix=fix)
    periods = tables.get("periods")
    for row, period in enumerate(periods.nouns if periods else ()):
        assert periods is not None
        for column in ("start", "end"):
            date: Date | None = getattr(period, column)
            if date is not None and date.is_interval:
                fix = "write one day, month or year"
                yield periods.problem(
                    row,
                    column,
                    "impossible-date",
                    "a boundary is one date, not an interval",
                    value=str(date),
                    fix=fix,
                )
