"""Office terms of a dynamic model: whose level counts in which year, and when a new holder came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from concausa.audit.dynamic_levels import ANYTHING, Levels, joined
from concausa.core.caveat import Caveat
from concausa.dynamics.setting import Course, Happening
from concausa.record.tenure import Tenure, holders_of_year, takeovers, tenures
from concausa.study.study import Study


@dataclass(frozen=True, slots=True)
class Office:
    """An office of one unit over some years.

    Parameters
    ----------
    unit, office : str
    years : range
    terms : tuple of Tenure
        Every term of it that the study tells of, rows on one holder's term joined.
    """

    unit: str
    office: str
    years: range
    terms: tuple[Tenure, ...]

    @staticmethod
    def of(study: Study, unit: str, office: str, years: range) -> Office:
        """The office as a study tells of it."""
        rows = [term for term in study.terms if (term.unit, term.office) == (unit, office)]
        return Office(unit, office, years, tenures(rows))

    @property
    def stretches(self) -> tuple[tuple[range, tuple[Tenure, ...]], ...]:
        """The years in rows of one kind, each with those who may have held the office for most of their days."""
        held = groupby(self.years, key=lambda year: holders_of_year(self.terms, year))
        found = [(tuple(years), here) for here, years in held]
        return tuple((range(years[0], years[-1] + 1), here) for years, here in found)


def level_courses(office: Office, symbol: str, condition: str, levels: Levels) -> Iterator[Course | Caveat]:
    """What an input is in each year of a unit by the levels of office terms, and what stays open.

    One value holds for a whole term. In a year that the record gives to several holders any of their levels may count,
    and in a year or term of which nothing is coded anything from 0 to 1.
    """
    told: set[Tenure] = set()
    for years, here in office.stretches:
        span = span_text(years)
        if not here:
            yield Course(
                symbol, office.unit, years[0], years[-1], ANYTHING, f"{symbol} of {office.unit} in {span}"
            )
            yield Caveat.of(
                "office-empty",
                "nobody is known to have held the office of {office} in {unit} for most of {years}: "
                "any {condition} is tried",
                office=office.office, unit=office.unit, years=span, condition=condition,
            )  # fmt: skip
            continue
        bands = [levels.of_term(term.ids, condition) for term in here]
        for term, own in zip(here, bands, strict=True):
            if not own and term not in told:
                told.add(term)
                yield Caveat.of(
                    "term-uncoded",
                    "no level of {condition} is coded for {term} ({unit}): any is tried",
                    condition=condition, term=name_of(term, levels, condition), unit=office.unit,
                )  # fmt: skip
        value = joined(band for own in bands for band in own.values()) if all(bands) else ANYTHING
        if len(here) == 1:
            name = f"{symbol} in {name_of(here[0], levels, condition)}"
        else:
            name = f"{symbol} of {office.unit} in {span}"
            yield Caveat.of(
                "holders-open",
                "{unit} in {years}: the record admits {terms}; any of their levels is tried",
                unit=office.unit, years=span,
                terms=", ".join(name_of(term, levels, condition) for term in here),
            )  # fmt: skip
        yield Course(symbol, office.unit, years[0], years[-1], value, name)


def name_of(term: Tenure, levels: Levels | None = None, condition: str = "") -> str:
    """The row that a term is called after: the first that is coded, else the last, which is the best dated."""
    coded = (
        {coding.term for coding in levels.study.term_codings if coding.condition == condition}
        if levels
        else set()
    )
    return next((id for id in term.ids if id in coded), term.ids[-1])


def takeover_pulses(office: Office, symbol: str) -> Iterator[Happening | Caveat]:
    """The first year of every new holder, and what stays open."""
    for term, years in takeovers(office.terms, office.years):
        inside = [year for year in years if year in office.years]
        name = name_of(term)
        yield Happening("pulse", symbol, office.unit, inside[0], inside[-1], f"takeover {name}")
        if len(years) > 1:
            yield Caveat.of(
                "takeover-open",
                "{term} ({unit}) began in one of the years {years}: {name} draws one",
                term=name, unit=office.unit, years=span_text(years), name=symbol,
            )  # fmt: skip


def span_text(years: Sequence[int]) -> str:
    """``2004``, or ``2004-2006``."""
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}-{years[-1]}"
