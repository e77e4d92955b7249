"""A timetable: the months of each period, cut wherever an expectation or an observation changes."""

from __future__ import annotations

import bisect
import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from concausa.core.date import Date
from concausa.core.errors import DataError
from concausa.rivals.alignment import DAY
from concausa.rivals.expectation import Expectation
from concausa.rivals.observation import Observation


@dataclass(frozen=True, slots=True)
class Stretch:
    """Months in a row in which nothing changes.

    Parameters
    ----------
    period : str
    first, last : datetime.date
        First days of its first and of its last month.
    months : int
    expected : mapping of unit to Expectation
        Of units without any, nothing was worked out.
    seen : mapping of unit to int
        Place of the observation that speaks of these months.
    """

    period: str
    first: datetime.date
    last: datetime.date
    months: int
    expected: Mapping[str, Expectation]
    seen: Mapping[str, int]

    def speaks(self, unit: str) -> bool:
        """Whether something is expected of a unit."""
        return unit in self.expected and self.expected[unit].speaks

    def lacks(self, *units: str) -> bool:
        """Whether something would be expected of each of some units, did the record not leave one of them open."""
        told = [self.expected[unit] for unit in units if unit in self.expected]
        spoken = len(told) == len(units) and all(one.speaks or one.expects == "open" for one in told)
        return spoken and any(one.expects == "open" for one in told)

    @property
    def every_month(self) -> tuple[datetime.date, ...]:
        """The first day of each of its months."""
        start = self.first.year * 12 + self.first.month - 1
        return tuple(
            datetime.date((start + step) // 12, (start + step) % 12 + 1, 1) for step in range(self.months)
        )

    def within(self, window: Date) -> int:
        """How many of its months lie in a closed window, dealt by their 15th."""
        start = window.start.year * 12 + window.start.month - (window.start.day <= DAY)
        stop = window.end.year * 12 + window.end.month - (window.end.day < DAY)
        first = self.first.year * 12 + self.first.month - 1
        return max(0, min(stop, first + self.months) - max(start, first))

    @property
    def span(self) -> str:
        """``2004-01 to 2007-12``."""
        return f"{self.first:%Y-%m} to {self.last:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Timetable:
    """What is expected and what was seen, month by month.

    Parameters
    ----------
    units : tuple of str
        In the order of the comparison.
    periods : tuple of str
        In order of time.
    scale : tuple of str
        Levels of the outcome, lowest first.
    stretches : tuple of Stretch
        Period by period, in order of time.
    observations : tuple of Observation
    """

    units: tuple[str, ...]
    periods: tuple[str, ...]
    scale: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    observations: tuple[Observation, ...]

    def of(self, period: str) -> tuple[Stretch, ...]:
        """The stretches of a period."""
        return tuple(stretch for stretch in self.stretches if stretch.period == period)


def timetable(
    expectations: Iterable[Expectation],
    observations: Sequence[Observation],
    *,
    units: Sequence[str],
    periods: Mapping[str, Date],
    scale: Sequence[str],
) -> Timetable:
    """Lay expectations and observations out over the months.

    A month is dealt by its 15th; a span that holds no 15th counts for no month. An observation of a part of
    a period goes before that of the whole.

    Parameters
    ----------
    units : sequence of str
        Those compared.
    periods : mapping of str to Date
        First to last day of each period.

    Raises
    ------
    DataError
        If a case is unknown, if a span lies outside its period, or if two expectations or two
        observations of one unit differ in a month.
    """
    _refuse_strangers((*expectations, *observations), units, periods)
    table = []
    for period, window in periods.items():
        own = [one for one in expectations if one.period == period]
        known = [(place, one) for place, one in enumerate(observations) if one.period == period]
        days = list(_days(window))
        rows: list[Expectation | Observation] = [*own, *(observation for _, observation in known)]
        for one in rows:
            if one.span is not None and not one.span.overlaps(window):
                raise DataError(
                    f"{one.span} lies outside period {period}",
                    where=f"{getattr(one, 'id', '') or one.case}",
                    fix=f"choose months within {window}",
                )
        table += _stretches(period, own, known, days)
    ordered = sorted(periods, key=lambda period: periods[period].start)
    return Timetable(tuple(units), tuple(ordered), tuple(scale), tuple(table), tuple(observations))


def _stretches(
    period: str,
    own: Sequence[Expectation],
    known: Sequence[tuple[int, Observation]],
    days: Sequence[datetime.date],
) -> list[Stretch]:
    """The months of a period, looked at anew only where some span starts or ends."""
    rows: list[Expectation | Observation] = [*own, *(observation for _, observation in known)]
    spans = [one.span for one in rows if one.span is not None]
    cuts = sorted({span.start for span in spans} | {span.end for span in spans})
    ends = set(cuts)
    made: list[Stretch] = []
    for _, run in itertools.groupby(days, key=lambda day: (bisect.bisect_left(cuts, day), day in ends)):
        months = list(run)
        expected, seen = _expected(own, months[0]), _seen(known, months[0])
        first, last, count = months[0], months[-1], len(months)
        if made and _kinds(made[-1].expected) == _kinds(expected) and made[-1].seen == seen:
            before = made.pop()
            first, count = before.first, before.months + count
        made.append(Stretch(period, first.replace(day=1), last.replace(day=1), count, expected, seen))
    return made


def _kinds(expected: Mapping[str, Expectation]) -> list[tuple[object, ...]]:
    return [(unit, one.kind, one.uses, one.lacks) for unit, one in sorted(expected.items())]


def _days(window: Date) -> Iterator[datetime.date]:
    year, month = window.start.year, window.start.month
    while (year, month) <= (window.end.year, window.end.month):
        yield datetime.date(year, month, DAY)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _expected(own: Sequence[Expectation], day: datetime.date) -> dict[str, Expectation]:
    found: dict[str, Expectation] = {}
    for one in own:
        if one.span is not None and not one.span.start <= day <= one.span.end:
            continue
        other = found.setdefault(one.unit, one)
        if other.kind != one.kind:
            raise DataError(
                f"two expectations of {one.case} differ in {day:%Y-%m}: "
                f"{' or '.join(other.said)}, and {' or '.join(one.said)}",
                where=" and ".join(filter(None, (other.id, one.id))),
                fix="let their spans not overlap",
            )
    return found


def _seen(known: Sequence[tuple[int, Observation]], day: datetime.date) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, one in known:
        if one.span is None:
            found.setdefault(one.unit, place)
    parts: dict[str, Observation] = {}
    for place, one in known:
        if one.span is None or not one.span.start <= day <= one.span.end:
            continue
        if one.unit in parts and set(parts[one.unit].levels) != set(one.levels):
            raise DataError(
                f"two observations of {one.case} differ in {day:%Y-%m}",
                fix="let their spans not overlap",
            )
        parts[one.unit] = one
        found[one.unit] = place
    return found


def _refuse_strangers(
    rows: Sequence[Expectation | Observation], units: Sequence[str], periods: Mapping[str, Date]
) -> None:
    for row in rows:
        if row.unit not in units or row.period not in periods:
            raise DataError(
                f"there is no case {row.case}",
                where=getattr(row, "id", ""),
                fix=f"units are {', '.join(units)}; periods are {', '.join(periods)}",
            )
