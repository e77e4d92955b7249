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
        ``open`` where the record admits both, or names no holder or no party.
    parties, national_parties : tuple of str
        Parties that the record admits for the governor and for the president.
    terms : tuple of str
        Ids of the terms that were used.
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
    it dates loosely (years, open ends); otherwise every term that admits the day counts, except those
    that began before the latest certain start. Terms without a start or a party tell nothing and are
    left out. An independent is of no party, so never aligned.

    Parameters
    ----------
    terms : iterable of Term
        Terms of all units; those of the two offices are picked.
    unit : str
        Id of the unit.
    window : Date
        Closed interval, year or month.
    """
    every = [term for term in terms if term.start is not None and term.party]
    own = [term for term in every if term.unit == unit and term.office == office]
    national = [term for term in every if not term.unit and term.office == national_office]
    months = []
    year, month = window.start.year, window.start.month
    while (year, month) <= (window.end.year, window.end.month):
        months.append(_month(own, national, datetime.date(year, month, DAY)))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return Alignment(unit, window, tuple(months))


def _month(own: Sequence[Term], national: Sequence[Term], day: datetime.date) -> Month:
    here, there = _holders(own, day), _holders(national, day)
    parties, national_parties = _parties(here), _parties(there)
    pairs = {
        a.casefold() == b.casefold() and a.casefold() != "independent"
        for a in parties
        for b in national_parties
    }
    status: Status = "open" if len(pairs) != 1 else "aligned" if pairs == {True} else "not aligned"
    used = tuple(term.id for term in (*here, *there))
    return Month(day.replace(day=1), status, parties, national_parties, used)


def _holders(terms: Sequence[Term], day: datetime.date) -> tuple[Term, ...]:
    admitted = [term for term in terms if _first(term) <= day and (term.end is None or term.end.end >= day)]
    certain = tuple(term for term in admitted if _started(term) <= day and _surely_lasts(term, day))
    if certain:
        return certain
    latest = max((_started(term) for term in admitted if _started(term) <= day), default=datetime.date.min)
    return tuple(term for term in admitted if _started(term) >= latest)


def _first(term: Term) -> datetime.date:
    return term.start.start if term.start else datetime.date.max


def _started(term: Term) -> datetime.date:
    return term.start.end if term.start else datetime.date.max


def _surely_lasts(term: Term, day: datetime.date) -> bool:
    return term.end is not None and term.end.start >= day


def _parties(terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(sorted({term.party for term in terms}))
