"""Doubts about events: their dates beside what they needed, and beside the sources that tell of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concausa.core.date import Date
from concausa.core.problem import Problem
from concausa.study.references import Names
from concausa.study.rows import Rows

Tables = Mapping[str, Rows]

#: Answers that decide nothing.
_UNDECIDING = ("contested", "rejected")


def event_doubts(tables: Tables, names: Names) -> Iterator[Problem]:
    """Every doubt about the events and prerequisites of a study."""
    events, sources = names.table("events"), names.table("sources")
    for rows, row, event in _each(tables, "events"):
        for id in event.needed:
            before = events.get(id)
            if before is not None and _too_early(event, before):
                yield rows.doubt(
                    row,
                    "date",
                    "event-before-needed",
                    "{event} ({date}) is dated before {needed} ({earlier}), which it needed",
                    value=str(event.date),
                    fix="check both dates, or take the event out of needed",
                    event=event.id,
                    date=event.date,
                    needed=id,
                    earlier=before.date,
                )
        source = sources.get(event.source)
        if source is None or source.kind == "plan" or event.date is None or source.date is None:
            continue
        if speaks_later(event.date, source.date):
            yield rows.doubt(
                row,
                "date",
                "event-after-source",
                "{event} is dated {date}, after its source {source} of {published}",
                value=str(event.date),
                fix="check both dates, or name the source that could know",
                event=event.id,
                date=event.date,
                source=source.id,
                published=source.date,
            )
    yield from _prerequisites(tables, events)


def _prerequisites(tables: Tables, events: Mapping[str, Any]) -> Iterator[Problem]:
    for rows, row, link in _each(tables, "prerequisites"):
        event, needed = events.get(link.event), events.get(link.needed)
        if event is None or needed is None:
            continue
        if link.answer == "rejected" and needed.id in event.needed:
            yield rows.doubt(
                row,
                "answer",
                "needed-and-rejected",
                "{event} needed {needed} by its own row, and {prerequisite} rejects it",
                value=link.answer,
                fix="take it out of the column needed, or answer contested",
                event=event.id,
                needed=needed.id,
                prerequisite=link.id,
            )
        elif link.answer not in _UNDECIDING and _too_early(event, needed):
            yield rows.doubt(
                row,
                "needed",
                "event-before-needed",
                "{event} ({date}) is dated before {needed} ({earlier}), which it needed",
                value=link.needed,
                fix="check both dates, or answer contested and say why",
                event=event.id,
                date=event.date,
                needed=needed.id,
                earlier=needed.date,
            )


def _too_early(event: Any, needed: Any) -> bool:
    return event.date is not None and needed.date is not None and bool(event.date.end < needed.date.start)


def speaks_later(date: Date, source: Date) -> bool:
    """Whether *date*, or the end of it when it is an interval, begins after *source* is over.

    A doubt decides nothing, so approximate and uncertain dates raise it as well.
    """
    last = date.text.rpartition("/")[2]
    point = Date.parse(last) if date.is_interval and last not in ("", "..") else date
    return point.start > source.end


def _each(tables: Tables, name: str) -> Iterator[tuple[Rows, int, Any]]:
    if name in tables:
        rows = tables[name]
        for row, noun in enumerate(rows.nouns):
            yield rows, row, noun
