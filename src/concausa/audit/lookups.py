"""What a formula of a study may look up: series, elections, spans of time, months of alignment.

=============================== ==============================================================
``series[UNIT, TIME]``          a value of an open data file; several inside ``sum``, ``mean`` …
``election[ID].winner_share``   also ``.runner_up_share``, ``.margin`` (in percentage points), ``.year``
``years[FACT]``                 length of a fact's window; also of ``FROM/TO``
``lasted[TERM]``                 whole months that an office term may have lasted, as its dates admit
``aligned[UNIT, FROM/TO]``      months in which governor and president were of one party
``real[FACT, SERIES, YEAR]``    nominal money in prices of a year, over all ways to spread it
``real_even[…]``                the same if each year had received an equal part
``converted[FACT, SERIES]``     money at each year's rate, over all ways to spread it
``converted_even[…]``           the same if each year had received an equal part
=============================== ==============================================================
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from concausa.core.date import Date
from concausa.core.errors import UnknownNameError
from concausa.core.interval import Interval, number
from concausa.core.nearest import nearest
from concausa.core.quantity import Measure, Quantity, rounding_step
from concausa.core.table import Link
from concausa.expr.formula import ELECTION_PARTS, LOOKUPS, Lookup
from concausa.record.election import Election
from concausa.record.fact import Fact
from concausa.registry import prices
from concausa.registry.series import Readings, SeriesError, read
from concausa.rivals.alignment import alignment
from concausa.study.study import Study


class MissingValueError(UnknownNameError):
    """A value that the study does not give: a number that the check needs and nobody has printed."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up found, and the rows of the study behind it."""

    values: tuple[Quantity, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A study's numbers, at hand for formulas.

    Parameters
    ----------
    study : Study
    face : bool
        Whether facts are taken at face value (True) or as all that their rounding admits (False).
    """

    study: Study
    face: bool
    facts: Mapping[str, Fact]
    elections: Mapping[str, Election]
    readings: dict[str, Readings] = field(default_factory=dict, repr=False, compare=False)

    @staticmethod
    def of(study: Study) -> tuple[Shelf, Shelf]:
        """The same shelf twice: facts at face value, facts with their rounding ranges."""
        facts = {fact.id: fact for fact in study.facts}
        elections = {election.id: election for election in study.elections}
        readings: dict[str, Readings] = {}
        return Shelf(study, True, facts, elections, readings), Shelf(study, False, facts, elections, readings)

    def fact(self, id: str) -> Quantity:
        """A fact as a quantity; MissingValueError with the nearest id if there is none."""
        if id not in self.facts or self.facts[id].value is None:
            near = nearest(id, self.facts)
            raise MissingValueError(f"there is no fact {id}", fix=f"did you mean {near}?" if near else "")
        fact = self.facts[id]
        assert fact.value is not None
        step = Fraction(0) if self.face else rounding_step(fact.value, fact.rounding)
        return Quantity(Interval.printed(fact.value, step), Measure.parse(fact.measured_in))

    def find(self, lookup: Lookup) -> Found:
        """Everything that a look-up of a formula means.

        Raises
        ------
        MissingValueError
            If the name, unit, row or value is unknown; the nearest name is given.
        SeriesError, DateError, UnitError
            If a data file cannot be read or has a gap, a date or unit is wrong.
        """
        if lookup.name in BUILT_IN:
            count = LOOKUPS[lookup.name]
            if len(lookup.keys) != count:
                raise MissingValueError(f"{lookup.name}[…] takes {count} keys, not {len(lookup.keys)}")
            return BUILT_IN[lookup.name](self, lookup)
        values = self.series(lookup.name)
        if lookup.part:
            raise MissingValueError(f"a series has no .{lookup.part}")
        if len(lookup.keys) not in (1, 2):
            raise MissingValueError(f"{lookup.name}[…] takes a unit and a time, or a time alone")
        *unit, when = lookup.keys
        numbers = values.at(when, *unit)
        measure = Measure.parse(values.series.measured_in)
        return Found(
            tuple(Quantity(Interval.exact(number), measure) for number in numbers),
            (Link("series", lookup.name),),
        )

    def series(self, id: str) -> Readings:
        """A series, read once."""
        if id not in self.readings:
            known = {series.id: series for series in self.study.series}
            if id not in known:
                near = nearest(id, (*known, *BUILT_IN))
                raise MissingValueError(
                    f"there is no series {id}", fix=f"did you mean {near}?" if near else ""
                )
            self.readings[id] = read(known[id], self._folder(id), self.study.units)
        return self.readings[id]

    def _folder(self, id: str) -> Path:
        if self.study.origin.folder is None:
            raise SeriesError(f"series {id} cannot be read: the study was not read from a folder")
        return self.study.origin.folder

    def window(self, text: str) -> Date:
        """A closed window: of a fact, or as written."""
        if text in self.facts:
            date = self.facts[text].date
            if date is None:
                raise MissingValueError(f"the text does not date the fact {text}")
        else:
            date = Date.parse(text)
        if date.earliest is None or date.latest is None:
            raise MissingValueError(f"the window {date} has an open end")
        return date


def _election(shelf: Shelf, lookup: Lookup) -> Found:
    id, part = lookup.keys[0], lookup.part
    if id not in shelf.elections:
        near = nearest(id, shelf.elections)
        raise MissingValueError(f"there is no election {id}", fix=f"did you mean {near}?" if near else "")
    if part not in ELECTION_PARTS:
        raise MissingValueError(f"an election has no .{part}", fix=f"parts are {', '.join(ELECTION_PARTS)}")
    row = shelf.elections[id]
    if part == "year":
        if row.date is None or row.date.start.year != row.date.end.year:
            raise MissingValueError(f"the year of election {id} is not stated")
        value = Quantity.of(row.date.start.year, "calendar-year")
    elif part == "margin":
        value = _share(shelf, row.winner_share, id) - _share(shelf, row.runner_up_share, id)
    else:
        value = _share(shelf, getattr(row, part), id)
    return Found((value,), (Link("elections", id),))


def _share(shelf: Shelf, share: Decimal | None, id: str) -> Quantity:
    if share is None:
        raise MissingValueError(f"a share of election {id} is not stated")
    step = Fraction(0) if shelf.face else None
    return Quantity(Interval.printed(share, step), Measure.parse("percent"))


def _years(shelf: Shelf, lookup: Lookup) -> Found:
    key = lookup.keys[0]
    window = shelf.window(key)
    count = (window.end.year - window.start.year) * 12 + window.end.month - window.start.month + 1
    value = Quantity.of(count, "month").to(Measure.parse("year"))
    return Found((value,), (Link("facts", key),) if key in shelf.facts else ())


def _lasted(shelf: Shelf, lookup: Lookup) -> Found:
    id = lookup.keys[0]
    terms = {term.id: term for term in shelf.study.terms}
    if id not in terms:
        near = nearest(id, terms)
        raise MissingValueError(f"there is no term {id}", fix=f"did you mean {near}?" if near else "")
    start, end = terms[id].start, terms[id].end
    for date in (start, end):
        if date is None or date.earliest is None or date.latest is None:
            raise MissingValueError(f"the text does not say when term {id} began and ended")
    assert start is not None
    assert end is not None
    least = _whole_months(start.end, end.start)
    most = _whole_months(start.start, _next(end.end))
    months = Interval(Fraction(max(0, least)), Fraction(max(0, most)))
    return Found((Quantity(months, Measure.parse("month")),), (Link("terms", id),))


def _next(day: datetime.date) -> datetime.date:
    """The day after; the last day that the calendar knows has none."""
    return day if day == datetime.date.max else day + datetime.timedelta(days=1)


def _whole_months(first: datetime.date, last: datetime.date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def _aligned(shelf: Shelf, lookup: Lookup) -> Found:
    unit, when = lookup.keys
    known = [unit.id for unit in shelf.study.units]
    if unit not in known:
        near = nearest(unit, known)
        raise MissingValueError(f"there is no unit {unit}", fix=f"did you mean {near}?" if near else "")
    found = alignment(shelf.study.terms, unit, shelf.window(when))
    return Found(
        (Quantity(found.aligned, Measure.parse("month")),), tuple(Link("terms", id) for id in found.terms)
    )


def _real(way: Callable[..., Interval]) -> Callable[[Shelf, Lookup], Found]:
    def use(shelf: Shelf, lookup: Lookup) -> Found:
        id, series, base = lookup.keys
        amount, years = shelf.fact(id), _yearly(shelf, series, shelf.window(id))
        top = _yearly(shelf, series, shelf.window(base))
        if len(top) != 1:
            raise MissingValueError(f"prices are those of one year, not of {base}")
        word = next((word for word, power in amount.measure.powers if power == 1), "")
        if not word:
            raise MissingValueError(f"{id} is not an amount of money")
        at_base = Measure(((f"{word}@{base}", 1),)) / Measure(((word, 1),))
        value = way(amount.value, years, next(iter(top.values())))
        return Found(
            (Quantity(value, amount.measure * at_base),), (Link("facts", id), Link("series", series))
        )

    return use


def _converted(way: Callable[..., Interval]) -> Callable[[Shelf, Lookup], Found]:
    def use(shelf: Shelf, lookup: Lookup) -> Found:
        id, series = lookup.keys
        amount, rates = shelf.fact(id), _yearly(shelf, series, shelf.window(id))
        measure = amount.measure / Measure.parse(shelf.series(series).series.measured_in)
        return Found(
            (Quantity(way(amount.value, rates), measure),), (Link("facts", id), Link("series", series))
        )

    return use


def _yearly(shelf: Shelf, series: str, window: Date) -> dict[int, Fraction]:
    values = shelf.series(series).by_year(window)
    for year, value in values.items():
        if value <= 0:
            raise SeriesError(
                f"{series} is {number(Fraction(value))} in {year}; prices and rates are above 0"
            )
    return {year: Fraction(value) for year, value in values.items()}


#: What each of ``LOOKUPS`` does.
BUILT_IN: Mapping[str, Callable[[Shelf, Lookup], Found]] = {
    "election": _election,
    "years": _years,
    "lasted": _lasted,
    "aligned": _aligned,
    "real": _real(prices.real),
    "real_even": _real(prices.real_even),
    "converted": _converted(prices.converted),
    "converted_even": _converted(prices.converted_even),
}
