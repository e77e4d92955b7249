"""Doubts about dynamic models: events without a year, flows that nothing backs, offices of which little is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from concausa.core.date import Date
from concausa.core.errors import DateError
from concausa.core.interval import number
from concausa.core.problem import Problem
from concausa.record.tenure import Tenure, holders_of_year, tenures
from concausa.study.dynamic_bounds import bounds
from concausa.study.dynamic_names import symbols_of
from concausa.study.dynamic_specs import units_of
from concausa.study.references import Names
from concausa.study.rows import Rows
from concausa.theory.dynamic_range import read_years
from concausa.theory.dynamic_spec import DynamicSpec, QuantitySpec
from concausa.tracing.implied_days import ImpliedDays

Tables = Mapping[str, Rows]


def dynamic_doubts(tables: Tables, names: Names) -> Iterator[Problem]:
    """What is doubtful in dynamic models that can be built."""
    models = {spec.id: years for spec in tables["dynamic_models"].nouns if (years := _years(spec))}
    quantities = tables["dynamic_quantities"]
    if not models:
        return
    yield from _events(tables, models, names)
    symbols = symbols_of(quantities)
    for row, flow in enumerate(tables["dynamic_flows"].nouns):
        found = bounds(flow.rate, symbols.known(flow.model))
        if found is not None and found.low < 0:
            yield tables["dynamic_flows"].doubt(
                row, "rate", "rate-below-zero", "the rate of {flow} may fall to {low}, and no rate lies below 0",
                value=flow.rate, fix="write max(0, …) around what may fall below 0, or narrow the ranges",
                flow=flow.id, low=number(found.low),
            )  # fmt: skip
        if not flow.mechanism and not flow.section:
            yield tables["dynamic_flows"].doubt(
                row, "mechanism", "flow-without-source",
                "{flow} stands for no mechanism and for no part of the text",
                value=flow.id, fix="name a mechanism or a section, or say in why whose it is", flow=flow.id,
            )  # fmt: skip
    for row, spec in enumerate(quantities.nouns):
        model = names.table("dynamic_models").get(spec.model)
        if model is None or model.id not in models:
            continue
        years = models[model.id]
        if spec.kind == "window" and spec.years is not None and not _meet(spec.years, years):
            yield quantities.doubt(
                row, "years", "window-outside-model", "{symbol} has no year within those of {model}",
                value=str(spec.years), fix="check the years of both", symbol=spec.name, model=model.id,
            )  # fmt: skip
        if spec.office and spec.kind in ("levels", "pulse"):
            yield from _office(tables, names, row, spec, model, years)


def _years(spec: DynamicSpec) -> range | None:
    try:
        return read_years(spec.years)
    except DateError:
        return None


def _meet(date: Date, years: range) -> bool:
    return date.start.year < years.stop and date.end.year >= years.start


def _events(tables: Tables, models: Mapping[str, range], names: Names) -> Iterator[Problem]:
    """Events of pulses, steps and interventions that no date bounds, or that lie outside the model."""
    used = [
        (rows, row, spec, id)
        for rows in (tables["dynamic_quantities"], tables["interventions"])
        for row, spec in enumerate(rows.nouns)
        if spec.model in models
        for id in spec.events
    ]
    if not used:
        return
    spans = ImpliedDays(tables["events"].nouns, tables["prerequisites"].nouns).spans
    for rows, row, spec, id in used:
        if id not in spans or not spans[id].possible:
            continue
        asked = spec.name if isinstance(spec, QuantitySpec) else spec.asked
        years, own = spans[id].years, models[spec.model]
        model, home = names.table("dynamic_models")[spec.model], names.table("events")[id].unit
        if home and home not in (*units_of(model, names), *model.elsewhere):
            yield rows.doubt(
                row, "events", "event-of-another-unit",
                "{event} is of {unit}, no unit of {model}: {name} leaves it out",
                value=id, fix="add the unit to the model, or take the event out",
                event=id, unit=home, model=spec.model, name=asked,
            )  # fmt: skip
            continue
        if years is None:
            yield rows.doubt(
                row, "events", "event-without-year",
                "nothing bounds the year of {event}: {name} leaves it out",
                value=id, fix="date it, or say in prerequisites what it came after and before",
                event=id, name=asked,
            )  # fmt: skip
        elif years.start >= own.stop or (years.stop <= own.start and getattr(spec, "kind", "") != "step"):
            yield rows.doubt(
                row, "events", "event-outside-model",
                "{event} lies outside the years of {model}: {name} leaves it out",
                value=id, fix="check its date, or let the model run longer",
                event=id, model=spec.model, name=asked,
            )  # fmt: skip


def _office(
    tables: Tables, names: Names, row: int, spec: QuantitySpec, model: DynamicSpec, years: range
) -> Iterator[Problem]:
    """Units whose office nobody is known to have held, and holders to whom nobody gave a level."""
    rows, terms = tables["dynamic_quantities"], tables["terms"].nouns
    coded = {coding.term for coding in tables["term_codings"].nouns if coding.condition == spec.condition}
    for unit in (*units_of(model, names), *model.elsewhere):
        here = tenures([term for term in terms if term.unit == unit and term.office == spec.office])
        held: dict[Tenure, None] = {}
        for year in years:
            held |= dict.fromkeys(holders_of_year(here, year))
        if not held:
            yield rows.doubt(
                row, "office", "office-without-term",
                "no term of the office {office} in {unit} covers a year of {model}",
                value=spec.office, fix="add it to terms, or check the name of the office",
                office=spec.office, unit=unit, model=model.id,
            )  # fmt: skip
        open_terms = [tenure.ids[-1] for tenure in held if coded.isdisjoint(tenure.ids)]
        if spec.kind == "levels" and open_terms:
            yield rows.doubt(
                row, "condition", "term-without-level",
                "no level of {condition} is coded for {terms} ({unit}): any level is tried",
                value="; ".join(open_terms), fix="nothing, if that is meant; else add a row of term_codings",
                condition=spec.condition, terms=", ".join(open_terms), unit=unit,
            )  # fmt: skip
