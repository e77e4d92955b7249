"""Bands of a dynamic model: the levels that a study codes for its cases, and what it declares beside them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import get_args

from concausa.audit.dynamic_levels import Levels
from concausa.audit.dynamic_terms import span_text
from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.core.unit import Period
from concausa.dynamics.band import Band, Reading
from concausa.study.study import Study
from concausa.theory.dynamic_spec import BandSpec, QuantitySpec


def period_years(study: Study, boundary: int | None = None) -> dict[str, range]:
    """The years of each period: those of which July 2, the middle day, lies in it.

    Parameters
    ----------
    boundary : int, optional
        The last year of the first of two periods, if it is not the study's own.

    Raises
    ------
    OptionError
        If the study has not two periods, or the boundary leaves one of them without a year.
    """
    found = {period.id: _years(period) for period in study.periods}
    if boundary is None:
        return found
    if len(found) != 2:
        raise OptionError(
            f"the study has {len(found)} periods; a boundary can move between two only",
            where=f"boundary {boundary}",
            fix="leave it out",
        )
    (one, first), (two, second) = sorted(found.items(), key=lambda pair: pair[1].start)
    if not first.start <= boundary < second.stop - 1:
        raise OptionError(
            f"the first period cannot end in {boundary}",
            where="boundary",
            fix=f"give a year from {first.start} to {second.stop - 2}",
        )
    return {one: range(first.start, boundary + 1), two: range(boundary + 1, second.stop)}


def _years(period: Period) -> range:
    start, end = period.start.start, period.end.end
    first = start.year + (start > datetime.date(start.year, 7, 2))
    last = end.year - (end < datetime.date(end.year, 7, 2))
    return range(first, last + 1)


def coded_bands(
    stock: QuantitySpec,
    units: tuple[str, ...],
    periods: dict[str, range],
    years: range,
    levels: Levels,
) -> Iterator[Band | Caveat]:
    """One band for each case in which the condition of a stock is coded, and what is missing or cut.

    The band holds every level that the cell admits; each level's own band is one of its options.
    """
    study = levels.study
    for unit in units:
        for period, span in periods.items():
            case = study.case(f"{unit}-{period}")
            held = [year for year in span if year in years]
            if not held:
                continue
            options = levels.of_case(case, stock.condition)
            if not options:
                yield Caveat.of(
                    "cell-uncoded",
                    "no level of {condition} is coded for {case}: runs are not held against any",
                    condition=stock.condition, case=case.id,
                )  # fmt: skip
                continue
            yield Band(
                f"{case.id}.{stock.condition}", unit, stock.name, held[0], held[-1],
                min(low for low, _ in options.values()), max(high for _, high in options.values()),
                _reading(stock.told), item=case.id, label=stock.label,
                options=tuple((level, *band) for level, band in options.items()) if len(options) > 1 else (),
            )  # fmt: skip


def cut_periods(periods: dict[str, range], years: range) -> Iterator[Caveat]:
    """Periods that the years of a model do not hold whole."""
    for period, span in periods.items():
        held = [year for year in span if year in years]
        if not held:
            yield Caveat.of("period-outside", "no year of the period {period} is simulated", period=period)
        elif len(held) < len(span):
            yield Caveat.of(
                "period-cut",
                "of the period {period} the years {years} are simulated, and held against its levels",
                period=period, years=span_text(held),
            )  # fmt: skip


def declared_band(row: BandSpec) -> Band:
    """A row of ``bands``."""
    assert row.years is not None
    return Band(
        row.id, row.unit, row.formula, row.years.start.year, row.years.end.year,
        0.0 if row.low is None else float(row.low), 1.0 if row.high is None else float(row.high),
        _reading(row.reading), item=row.event or row.id, label=row.why,
    )  # fmt: skip


def _reading(told: str) -> Reading:
    return next((one for one in _READINGS if one == told), "mean")


_READINGS: tuple[Reading, ...] = get_args(Reading)
