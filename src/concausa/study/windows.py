"""Windows of data series: totals over unequal spans of years must not be compared unseen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from concausa.core.date import Date
from concausa.core.problem import Problem
from concausa.study.rows import Rows


def window_doubts(tables: Mapping[str, Rows]) -> Iterator[Problem]:
    """Overlapping but unequal windows within one family of measures.

    A family is what the first word of a measure names: ``funds`` and ``funds_per_firm`` are one,
    and the table of funds belongs to it. One doubt is given for each pair of windows.
    """
    families: dict[str, dict[str, tuple[Date, Rows, int, str, list[str]]]] = defaultdict(dict)
    for rows, row, noun, measure, date, column in _dated(tables):
        if date is not None and date.is_interval and date.earliest and date.latest:
            family = families[measure.partition("_")[0]]
            family.setdefault(date.text, (date, rows, row, column, []))[4].append(noun.id)
    for name, windows in families.items():
        for first, second in combinations(windows.values(), 2):
            if not first[0].overlaps(second[0]):
                continue
            date, rows, row, column, ids = second
            yield rows.doubt(
                row,
                column,
                "unequal-windows",
                "{measure} is given for {first} ({those}) and for {second} ({these}): "
                "the windows overlap but differ",
                value=f"{first[0]} | {date}",
                fix="compare yearly means, or only what covers the same years",
                measure=name,
                first=first[0],
                those=_some(first[4]),
                second=date,
                these=_some(ids),
            )


def _dated(tables: Mapping[str, Rows]) -> Iterator[tuple[Rows, int, Any, str, Date | None, str]]:
    if facts := tables.get("facts"):
        for row, fact in enumerate(facts.nouns):
            yield facts, row, fact, fact.measure, fact.date, "date"
    if funds := tables.get("funds"):
        for row, fund in enumerate(funds.nouns):
            yield funds, row, fund, "funds", fund.window, "window"


def _some(ids: list[str]) -> str:
    return ", ".join(ids[:3]) + (f", … ({len(ids)})" if len(ids) > 3 else "")
