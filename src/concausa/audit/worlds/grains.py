"""Grains: periods or terms of office as the cases compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from concausa.audit.worlds.declared import only, opened, refused
from concausa.audit.worlds.open_choice import OpenChoice, Option
from concausa.core.caveat import Caveat
from concausa.core.errors import DataError
from concausa.record.term import Term
from concausa.study.study import Study
from concausa.theory.choice import PERIOD, Choice

#: The part of its days that a term must share with a period to be read as that period.
SHARE = Fraction(1, 3)
#: Most options into which the readings of the terms of one office may be laid out.
MOST = 1024

Span = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class TermCase:
    """A term of office as a case.

    Parameters
    ----------
    id : str
        ``UNIT-TERM``.
    term : Term
    options : frozenset of int
        Options of the grain under which it is compared.
    periods : tuple of str
        For each option of the grain, the period whose cells it has; the first that it may be read as
        where it is not compared.
    """

    id: str
    term: Term
    options: frozenset[int]
    periods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grains:
    """What a case may be.

    Parameters
    ----------
    choice : OpenChoice or None
        None if only periods (or only the terms of one office, in one reading) are compared.
    n : int
        How many options there are.
    by_period : frozenset of int
        The options under which periods are compared.
    terms : tuple of TermCase
    """

    choice: OpenChoice | None
    n: int
    by_period: frozenset[int]
    terms: tuple[TermCase, ...]


def grains(study: Study) -> Grains:
    """The grains that a study admits.

    A term is read as any period with which it shares at least a third of the days that it has within
    the study's years; each such reading of the terms of an office is an option of its own. Days are
    counted from the first that the start admits to the last that the end admits. A term without an end
    ends where the next one named for the same office of the unit starts, the last with the study's
    years; likewise a term without a start.

    Raises
    ------
    OptionError
        If an option is neither ``period`` nor the office of one of the terms named.
    DataError
        If a term has no unit or no date, lies outside the study's years, or if there are more than
        ``MOST`` readings.
    """
    row = only(study, "grain")
    if row is None:
        return Grains(None, 1, frozenset((0,)), ())
    named = [study.row("terms", id) for id in dict.fromkeys(row.terms)]
    offices = tuple(dict.fromkeys(term.office for term in named))
    options: list[Option] = []
    by_period: set[int] = set()
    found: list[tuple[Term, tuple[str, ...], int]] = []
    for option in row.options:
        start = len(options)
        if option == PERIOD:
            by_period.add(start)
            options.append(Option(PERIOD, Caveat.of("grain", "each period is a case")))
        elif option in offices:
            terms = [term for term in named if term.office == option]
            admitted = [_periods(study, term, terms, row) for term in terms]
            readings = _readings(admitted, row)
            options += [_option(option, terms, admitted, reading) for reading in readings]
            for place, term in enumerate(terms):
                read = tuple(reading[place] for reading in readings)
                found.append((term, read, start))
        else:
            raise refused(row, option, (PERIOD, *offices), form="name terms of that office in terms")
    n = len(options)
    label = Caveat.of("grain", "what is one case")
    return Grains(
        opened("grain", label, tuple(options), row),
        n,
        frozenset(by_period),
        tuple(_case(term, read, start, n) for term, read, start in found),
    )


def _case(term: Term, read: tuple[str, ...], start: int, n: int) -> TermCase:
    here = range(start, start + len(read))
    periods = tuple(read[option - start] if option in here else read[0] for option in range(n))
    return TermCase(f"{term.unit}-{term.id}", term, frozenset(here), periods)


def _readings(admitted: Sequence[tuple[str, ...]], row: Choice) -> tuple[tuple[str, ...], ...]:
    """Every way to read the terms of an office, the first period of each first."""
    count = prod(len(periods) for periods in admitted)
    if count > MOST:
        raise DataError(
            f"the terms may be read as periods in {count:,} ways, more than {MOST:,}",
            where=f"choices {row.id}, terms",
            fix="name fewer terms that lie in two periods",
        )
    return tuple(product(*admitted))


def _option(
    office: str, terms: Sequence[Term], admitted: Sequence[tuple[str, ...]], reading: Sequence[str]
) -> Option:
    told = {
        term.id: period
        for term, periods, period in zip(terms, admitted, reading, strict=True)
        if len(periods) > 1
    }
    if not told:
        return Option(office, Caveat.of("grain", "each term of the {office} is a case", office=office))
    label = Caveat.of(
        "grain",
        "each term of the {office} is a case, read as a period: {readings}",
        office=office,
        readings=", ".join(f"{_named(id, terms)} = {period}" for id, period in told.items()),
    )
    family = Caveat.of("grain", "each term of the {office} is a case, however it is read", office=office)
    id = ", ".join((office, *(f"{term} as period {period}" for term, period in told.items())))
    return Option(id, label, family)


def _named(id: str, terms: Sequence[Term]) -> str:
    """The holder of a term; its id where the holder has several."""
    holder = next(term.holder for term in terms if term.id == id)
    alone = sum(term.holder == holder for term in terms) == 1
    return holder if holder and alone else id


def _periods(study: Study, term: Term, terms: Sequence[Term], row: Choice) -> tuple[str, ...]:
    """The periods as which a term may be read, the one with which it shares most days first."""
    where = f"choices {row.id}, terms, {term.id}"
    if not term.unit:
        raise DataError("a national term is no case: it has no unit", where=where, fix="name terms of units")
    spans = {period.id: (period.start.start, period.end.end) for period in study.periods}
    whole = (min(start for start, _ in spans.values()), max(end for _, end in spans.values()))
    start, end = _days(term, terms, whole, where)
    within = _shared((start, end), whole)
    if not within:
        raise DataError("the term lies outside the years of the study", where=where, fix="leave it out")
    shared = {id: _shared((start, end), span) for id, span in spans.items()}
    most = max(shared.values())
    ranked = sorted(shared, key=lambda id: -shared[id])
    return tuple(id for id in ranked if shared[id] and (shared[id] >= SHARE * within or shared[id] == most))


def _days(term: Term, terms: Sequence[Term], whole: Span, where: str) -> Span:
    """First and last day of a term."""
    others = [other for other in terms if other.unit == term.unit and other is not term]
    start = term.start.start if term.start else None
    end = term.end.end if term.end else None
    if start is None and end is None:
        raise DataError("the term has neither start nor end", where=where, fix="give one, or leave it out")
    if start is None:
        assert end is not None
        ended = [other.end.end for other in others if other.end and other.end.end < end]
        start = max(ended) + dt.timedelta(days=1) if ended else min(whole[0], end)
    if end is None:
        started = [other.start.start for other in others if other.start and other.start.start > start]
        end = min(started) - dt.timedelta(days=1) if started else max(whole[1], start)
    return start, end


def _shared(one: Span, two: Span) -> int:
    """Days that lie in both."""
    return max(0, (min(one[1], two[1]) - max(one[0], two[0])).days + 1)
