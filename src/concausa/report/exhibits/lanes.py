"""Lanes of a timeline: the office terms of a unit as bars on an axis of years."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from concausa.core.date import Date
from concausa.draw import text
from concausa.draw.palette import GREY
from concausa.record.term import Term
from concausa.report.exhibits.scribe import Scribe
from concausa.report.exhibits.stretch import Stretch, stretch, year

#: How wide a timeline is, in pixels.
WIDE = 880.0


class Axis(NamedTuple):
    """The years shown, and where they begin in the picture."""

    first: float
    last: float
    left: float

    @property
    def years(self) -> tuple[float, float]:
        """First and last."""
        return self.first, self.last

    def x(self, moment: float) -> float:
        """Where a decimal year stands, in pixels."""
        share = (moment - self.first) / (self.last - self.first)
        return round(self.left + share * (WIDE - self.left - 14), 2)


def mark(found: Stretch, axis: Axis) -> dict[str, Any]:
    """A stretch of time as data of a mark."""
    left, right = axis.x(found.start), axis.x(found.end)
    return {
        "x": left,
        "x2": max(right, left + 3),
        "exact": found.exact,
        "strength": 0.4 if found.about else 0.85,
        "before": found.open_start,
        "after": found.open_end,
        "from_year": round(found.start, 3),
        "to_year": round(found.end, 3),
    }


def lanes(scribe: Scribe, terms: Sequence[Term], axis: Axis) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Rows of bars with their label, one or more for each office and kind of source; no two overlap."""
    data = {source.id for source in scribe.study.sources if source.kind == "data set"}
    groups: dict[tuple[str, bool], list[Term]] = {}
    for term in terms:
        groups.setdefault((term.office, term.source in data), []).append(term)
    for (_, from_data), own in groups.items():
        rows: list[list[dict[str, Any]]] = []
        own.sort(key=_term_start)
        for term in own:
            row = _term(scribe, term, own, axis)
            free = next((lane for lane in rows if lane[-1]["x2"] <= row["x"] + 1), None)
            if free is None:
                rows.append([row])
            else:
                free.append(row)
        office = scribe.language.of(scribe.study, "terms", own[0], "office")
        label = scribe.language.say("{office} (from the open data)", office=office) if from_data else office
        for number, lane in enumerate(rows):
            yield (label if number == 0 else "", lane)


def _term_start(term: Term) -> datetime.date:
    return term.start.start if term.start else datetime.date.min


def _term(scribe: Scribe, term: Term, others: Sequence[Term], axis: Axis) -> dict[str, Any]:
    """A bar. An end that the source does not give is drawn up to the next holder, with an arrow."""
    start, end = term.start, term.end
    about = any(date.approximate or date.uncertain for date in (start, end) if date)
    found = stretch(start.earliest if start else None, _end_of_term(end), about, axis.years)
    shown = mark(found, axis)
    later = [other.start.earliest for other in others if other.start and other.start.earliest]
    following = [year(day) for day in later if start and start.earliest and day > start.earliest]
    if end is None and following:
        shown["x2"] = max(axis.x(min(following)) - 8, shown["x"] + 3)
    holder = f"{term.holder} ({term.party})" if term.party else term.holder
    span = scribe.language.say(
        "{start} to {end}",
        start=scribe.language.date(start) if start else "?",
        end=scribe.language.date(end) if end else "?",
    )
    return {
        **shown,
        "kind": "term",
        "exact": False,
        "text": _fitting(holder, term.holder, room=shown["x2"] - shown["x"] - 8),
        "colour": GREY,
        "href": f"#terms.{term.id}",
        "said": f"{term.office}: {holder}, {span}",
    }


def _fitting(*names: str, room: float) -> str:
    """The first of *names* that fits, else the last one cut short."""
    return next((name for name in names if text.width(name, 11) <= room), text.shortened(names[-1], room, 11))


def _end_of_term(end: Date | None) -> datetime.date | None:
    """A term known to end in a year is drawn to the middle of it, where its successor may begin."""
    if end is None or end.latest is None:
        return None
    if end.precision == "year":
        return datetime.date(end.latest.year, 1, 1)
    return end.latest
