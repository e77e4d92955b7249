"""A dynamic model of a study, ready to run: its parts, what happened in its units, and what it must meet."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from concausa.audit.dynamic_bands import coded_bands, cut_periods, declared_band, period_years
from concausa.audit.dynamic_levels import Levels
from concausa.audit.dynamic_terms import Office, level_courses, span_text, takeover_pulses
from concausa.audit.events import implied_days
from concausa.core.caveat import Caveat
from concausa.dynamics.band import Band
from concausa.dynamics.model import Corner, Model
from concausa.dynamics.quantity import Derived, Flow, Input, Intervention, Parameter, Range, Stock
from concausa.dynamics.setting import Course, Happening, Setting
from concausa.expr.boolean import Comparison, atoms, parse
from concausa.study.study import Study
from concausa.theory.dynamic_range import read_range, read_start, read_years
from concausa.theory.dynamic_spec import DynamicSpec, InterventionSpec, QuantitySpec
from concausa.tracing.implied_days import ImpliedDays


@dataclass(frozen=True)
class StudyDynamics:
    """A dynamic model that a study declares, with all that the study says of its units.

    Parameters
    ----------
    model : Model
    setting : Setting
        The units that the model is matched to.
    everywhere : Setting
        These, then those that it is only asked about.
    bands : tuple of Band
        Coded levels of the matched units first, then the rows of ``bands``.
    matched, elsewhere : tuple of str
        Ids of units.
    notes : tuple of Caveat
        What the record leaves open, and what was left out.
    foretold : tuple of Band
        Rows of ``bands`` on units elsewhere: no part of the matching, but a test of what it foretells.
    """

    model: Model
    setting: Setting
    everywhere: Setting
    bands: tuple[Band, ...]
    matched: tuple[str, ...]
    elsewhere: tuple[str, ...]
    notes: tuple[Caveat, ...] = ()
    foretold: tuple[Band, ...] = ()

    def with_model(self, model: Model) -> StudyDynamics:
        """The same with another form of the model, such as one with a mechanism off."""
        return dataclasses.replace(self, model=model)


def study_dynamics(
    study: Study,
    model: str,
    *,
    level_map: str | None = None,
    boundary: int | None = None,
    readings: Mapping[str, str] | None = None,
) -> StudyDynamics:
    """A dynamic model of a study, its setting and its bands.

    Parameters
    ----------
    study : Study
    model : str
        A row of ``dynamic_models``.
    level_map : str, optional
        The level map by which words become memberships, where it covers a condition; the study's own unless named.
    boundary : int, optional
        The last year of the first of two periods, if not the study's own. Every coding keeps counting.
    readings : mapping of str to str, optional
        One level for a cell (``{"NL-1.BQ": "medium"}``) or a coded office term (``{"T-NL-gov-2003.EL": "high"}``)
        that admits several.

    Returns
    -------
    StudyDynamics
        A level stands for the memberships halfway to its neighbours. A year belongs to whoever held an office for
        most of its days. An event whose year is open is drawn from the years that the study implies for it; one that
        nothing bounds is left out, and ``notes`` says so.

    Raises
    ------
    UnknownNameError
        If there is no such model, level map, cell or term.
    OptionError
        If a reading or the boundary is none.
    ScaleError
        If no level map covers a condition.

    Examples
    --------
    >>> found = study_dynamics(Study.load("prosoft"), "FORUM")
    >>> found.setting.units, found.everywhere.units, found.setting.first, found.setting.last
    (('NL', 'PUE'), ('NL', 'PUE', 'CHP', 'JAL'), 2000, 2016)
    """
    spec: DynamicSpec = study.row("dynamic_models", model)
    years = read_years(spec.years)
    matched = spec.units or tuple(unit.id for unit in study.units if unit.role == "core")
    units = (*matched, *(unit for unit in spec.elsewhere if unit not in matched))
    quantities = tuple(row for row in study.dynamic_quantities if row.model == model)
    interventions = tuple(row for row in study.interventions if row.model == model)
    levels = Levels(study, level_map or "", readings or {})
    if level_map:
        study.row("level_maps", level_map)
    levels.refuse_strays(_addresses(study, quantities, matched))
    found: list[object] = list(_corners(study, spec, quantities))
    found += _courses(study, quantities, units, years, levels)
    found += _happenings(study, quantities, interventions, units, years, implied_days(study))
    periods = period_years(study, boundary)
    told = tuple(row for row in quantities if row.kind == "stock" and row.condition)
    found += cut_periods(periods, years) if told else ()
    for row in told:
        found += coded_bands(row, matched, periods, years, levels)
    declared = [declared_band(row) for row in study.bands if row.model == model]
    found += [band for band in declared if band.unit in matched]
    corners = tuple(one for one in found if isinstance(one, Corner))
    everywhere = Setting(
        units,
        years.start,
        years.stop - 1,
        tuple(one for one in found if isinstance(one, Course)),
        tuple(one for one in found if isinstance(one, Happening)),
        _starts(quantities),
    )
    return StudyDynamics(
        _model(study, spec, quantities, interventions, corners),
        everywhere.of(matched),
        everywhere,
        tuple(one for one in found if isinstance(one, Band)),
        matched,
        tuple(unit for unit in units if unit not in matched),
        tuple(dict.fromkeys(one for one in found if isinstance(one, Caveat))),
        tuple(band for band in declared if band.unit not in matched),
    )


def _model(
    study: Study,
    spec: DynamicSpec,
    quantities: tuple[QuantitySpec, ...],
    interventions: tuple[InterventionSpec, ...],
    corners: tuple[Corner, ...],
) -> Model:
    def of(*kinds: str) -> list[QuantitySpec]:
        return [row for row in quantities if row.kind in kinds]

    return Model(
        spec.id,
        tuple(Stock(row.name, _range(row.range or "0..1"), row.condition, row.label) for row in of("stock")),
        tuple(Input(row.name, row.condition, row.label) for row in of("levels", "pulse", "step", "window")),
        tuple(Parameter(row.name, _range(row.range), row.label) for row in of("parameter")),
        tuple(
            Derived(row.name, row.formula, row.mechanism, row.without, bool(row.off), row.label)
            for row in of("formula")
        ),
        tuple(
            Flow(
                row.id,
                row.stock,
                row.direction == "raises",
                row.rate,
                row.mechanism,
                bool(row.off),
                row.label,
            )
            for row in study.dynamic_flows
            if row.model == spec.id
        ),
        tuple(Intervention(row.asked, row.moves, row.value, row.label) for row in interventions),
        corners,
        spec.gate,
        0.0 if spec.noise is None else float(spec.noise),
        spec.label,
    )


def _range(text: str) -> Range:
    found = read_range(text)
    return Range.of(float(found.low), float(found.high))


def _starts(quantities: tuple[QuantitySpec, ...]) -> dict[tuple[str, str], Range]:
    found = {}
    for row in quantities:
        for text in row.starts:
            unit, start = read_start(text)
            found[unit, row.name] = Range.of(float(start.low), float(start.high))
    return found


def _corners(
    study: Study, spec: DynamicSpec, quantities: tuple[QuantitySpec, ...]
) -> Iterator[Corner | Caveat]:
    """The study's patterns, as far as the model has what they speak of."""
    known = {row.condition for row in quantities if row.kind in ("stock", "levels")}
    for row in study.patterns:
        needed = atoms(parse(row.when))
        if lacking := [
            atom.name for atom in needed if isinstance(atom, Comparison) or atom.name not in known
        ]:
            yield Caveat.of(
                "pattern-left-out",
                "the pattern {pattern} is left out: {model} has no membership in {conditions}",
                pattern=row.id, model=spec.id, conditions=", ".join(dict.fromkeys(lacking)),
            )  # fmt: skip
        else:
            yield Corner(row.id, row.when, row.id in spec.gated, row.label)


def _addresses(study: Study, quantities: tuple[QuantitySpec, ...], matched: tuple[str, ...]) -> Iterator[str]:
    """What can have a reading of its own: cells of stocks, and coded terms of levels."""
    for row in quantities:
        if row.kind == "stock" and row.condition:
            yield from (f"{unit}-{period.id}.{row.condition}" for unit in matched for period in study.periods)
        elif row.kind == "levels":
            coded = (coding for coding in study.term_codings if coding.condition == row.condition)
            yield from dict.fromkeys(f"{coding.term}.{row.condition}" for coding in coded)


def _courses(
    study: Study,
    quantities: tuple[QuantitySpec, ...],
    units: tuple[str, ...],
    years: range,
    levels: Levels,
) -> Iterator[Course | Caveat]:
    for row in quantities:
        for unit in units:
            if row.kind == "levels":
                office = Office.of(study, unit, row.office, years)
                yield from level_courses(office, row.name, row.condition, levels)
            elif row.kind == "window" and row.years is not None and unit in (row.units or units):
                first = max(years.start, row.years.start.year)
                last = min(years.stop - 1, row.years.end.year)
                if first <= last:
                    yield Course(row.name, unit, first, last, Range.of(1, 1))


def _happenings(
    study: Study,
    quantities: tuple[QuantitySpec, ...],
    interventions: tuple[InterventionSpec, ...],
    units: tuple[str, ...],
    years: range,
    days: ImpliedDays,
) -> Iterator[Happening | Caveat]:
    for row in quantities:
        if row.kind == "pulse" and row.office:
            for unit in units:
                yield from takeover_pulses(Office.of(study, unit, row.office, years), row.name)
        for id in row.events if row.kind in ("pulse", "step") else ():
            yield from _event(id, "pulse" if row.kind == "pulse" else "step", row.name, units, years, days)
    for one in interventions:
        for id in one.events:
            yield from _event(id, "move", one.asked, units, years, days)


def _event(
    id: str,
    kind: Literal["pulse", "step", "move"],
    name: str,
    units: tuple[str, ...],
    years: range,
    days: ImpliedDays,
) -> Iterator[Happening | Caveat]:
    """What an event does in its unit, or in all if it is of no single one."""
    span, home = days.spans[id].years, days.events[id].unit
    if span is None:
        template = (
            "nothing bounds the year of {event}: {name} leaves it out"
            if days.spans[id].possible
            else "the dates of {event} and of what it needed contradict each other: {name} leaves it out"
        )
        yield Caveat.of("event-left-out", template, event=id, name=name)
        return
    inside = [year for year in span if year in years]
    before = span.stop <= years.start
    if not inside and not (kind == "step" and before):
        yield Caveat.of(
            "event-outside",
            "{event} lies outside the years of the model: {name} leaves it out",
            event=id, name=name,
        )  # fmt: skip
        return
    first, last = (inside[0], inside[-1]) if inside else (years.start, years.start)
    if len(span) > 1 and inside:
        yield Caveat.of(
            "event-open",
            "{event} can have happened in {years}: {name} draws a year",
            event=id, years=span_text(inside), name=name,
        )  # fmt: skip
    for unit in (home,) if home else units:
        if unit in units:
            yield Happening(kind, name, unit, first, last, id)
