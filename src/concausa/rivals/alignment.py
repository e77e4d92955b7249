"""Partisan alignment month by month: whether governor and president were of one party.

A period of eight years is rarely of one kind. Counting months shows how much of each period a claim on
alignment speaks of, and where the record leaves it open.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from concausa.core.date import Date
from concausa.core.interval import Interval
from concausa.record.tenure import Tenure, holders, tenures
from concausa.record.term import Term

Status = Literal["aligned", "not aligned", "open"]

#: The day of a month that stands for it: whoever holds an office then held it for most of the month.
DAY = 15


@dataclass(frozen=True, slots=True)
class Month:
    """One month.

    Parameters
    ----------
    month : datetime.date
        Its first day.
    status : str
        ``open`` where the record admits both, names no holder, or names one without a party.
    parties, national_parties : tuple of str
        Parties that the record admits for the governor and for the president.
    terms : tuple of str
        Ids of the terms that were used, those included that only give a party.
    """

    month: datetime.date
    status: Status
    parties: tuple[str, ...]
    national_parties: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Months in a row of one kind, both ends included."""

    first: datetime.date
    last: datetime.date
    status: Status
    parties: tuple[str, ...]
    national_parties: tuple[str, ...]
    months: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """The months of a unit in a window, in order."""

    unit: str
    window: Date
    months: tuple[Month, ...]

    def count(self, status: Status) -> int:
        """How many months are of this kind."""
        return sum(month.status == status for month in self.months)

    @property
    def aligned(self) -> Interval:
        """Months of alignment: from those that are certain to those that are possible."""
        certain = self.count("aligned")
        return Interval(Fraction(certain), Fraction(certain + self.count("open")))

    @property
    def spans(self) -> tuple[Span, ...]:
        """The months joined where nothing changes."""
        runs = itertools.groupby(self.months, key=lambda m: (m.status, m.parties, m.national_parties))
        spans = []
        for (status, parties, national), run in runs:
            months = tuple(run)
            spans.append(Span(months[0].month, months[-1].month, status, parties, national, len(months)))
        return tuple(spans)

    @property
    def terms(self) -> tuple[str, ...]:
        """Ids of the terms behind it, each once."""
        return tuple(dict.fromkeys(id for month in self.months for id in month.terms))


def alignment(
    terms: Iterable[Term],
    unit: str,
    window: Date,
    *,
    office: str = "governor",
    national_office: str = "president",
) -> Alignment:
    """Month by month, whether two offices were held by one party.

    One office has one holder. On a day, a term that the record dates beyond doubt wins over terms that
    it dates loosely (years, open ends, approximate or uncertain dates); otherwise every term that admits
    the day counts, except those that began before the latest certain start. A month is open as soon as
    somebody who may have held the office then is of no known party, or as everybody who may have held
    it may have left already, or may not have begun.

    Rows that tell of one holder's term are read as one term: each gives what the others leave out or
    leave loose. They are of one holder if the words of one name stand among those of the other and their
    dates do not part them; a row that fits two different holders is joined to neither. Terms without
    start and end tell nothing and are left out. An independent is of no party, so never aligned.

    Parameters
    ----------
    terms : iterable of Term
        Terms of all units; those of the two offices are picked.
    unit : str
        Id of the unit.
    window : Date
        Closed interval, year or month.
    """
    every = tuple(terms)
    own = tenures([term for term in every if term.unit == unit and term.office == office])
    national = tenures([term for term in every if not term.unit and term.office == national_office])
    months = []
    year, month = window.start.year, window.start.month
    while (year, month) <= (window.end.year, window.end.month):
        months.append(_month(own, national, datetime.date(year, month, DAY)))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return Alignment(unit, window, tuple(months))


def _month(own: Sequence[Tenure], national: Sequence[Tenure], day: datetime.date) -> Month:
    here, there = holders(own, day), holders(national, day)
    parties, national_parties = _parties(here), _parties(there)
    pairs = {
        a.casefold() == b.casefold() and a.casefold() != "independent"
        for a in parties
        for b in national_parties
    }
    known = len(pairs) == 1 and _is_known(here, day) and _is_known(there, day)
    status: Status = "open" if not known else "aligned" if pairs == {True} else "not aligned"
    used = tuple(id for held in (*here, *there) for id in held.ids)
    return Month(day.replace(day=1), status, parties, national_parties, used)


def _is_known(holders: Sequence[Tenure], day: datetime.date) -> bool:
    """Whether one of the possible holders held the office on a day, and each has a party."""
    begun, stays = any(held.begun <= day for held in holders), any(held.stays(day) for held in holders)
    return begun and stays and all(held.parties for held in holders)


def _parties(holders: Iterable[Tenure]) -> tuple[str, ...]:
    return tuple(sorted({party for held in holders for party in held.parties}))
