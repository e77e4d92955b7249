"""The dynamic model as declared: what it knows, what moves what, what may be done, and which corners last."""

from __future__ import annotations

from typing import Any

from concausa.core.chart import Chart
from concausa.core.table import Cell, Heading, Table
from concausa.dynamics.runs import Runs
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.dynamic_corners import corners
from concausa.report.exhibits.dynamic_graph import graph
from concausa.report.exhibits.dynamic_strength import Strength, strengths
from concausa.report.exhibits.dynamic_words import Teller
from concausa.report.exhibits.dynamic_work import Work, Worth, works
from concausa.report.exhibits.dynamics import several, unworked
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.report.language import Language
from concausa.study.study import Study


def dynamic_model(study: Study, language: Language) -> Exhibit | None:
    """The dynamic models of a study; None without one."""
    if not study.dynamic_models:
        return None
    scribe, say = Scribe(study, language), language.say
    lines = [
        say(
            "A stock is a membership from 0 to 1. Flows raise it towards 1 or lower it towards 0, at a rate a "
            "year that "
            "depends on other stocks, on inputs from outside, and on parameters of which only a range is given. "
            "Form and "
            "ranges are the encoder's; what the cases taught of the rates is seen in the arrows."
        )
    ]
    charts: list[Chart] = []
    own: list[Table] = []
    rates: dict[str, Strength] = {}
    for work in works(study):
        if isinstance(work, tuple):
            lines.append(unworked(language, *work))
            continue
        tell = Teller(scribe, work.dynamics.model, work.dynamics.model.name if several(study) else "")
        found = _strengths(work)
        rates |= {one.flow.id: one for one in found}
        if drawn := graph(tell, found):
            charts.append(drawn)
        table, picture = corners(tell, work)
        own.append(table)
        charts += picture
    tables = [_models(scribe), _quantities(scribe), _flows(scribe, rates), *_rest(scribe), *own]
    return Exhibit(
        "dynamic-model", "mechanisms", say("The dynamic model: what moves what"), " ".join(lines), tuple(tables),
        tuple(charts),
    )  # fmt: skip


def _strengths(work: Work) -> tuple[Strength, ...]:
    runs: Runs | None = work.matching.runs() if work.matching.admitted().draws else None
    learned = work.worth.learned if isinstance(work.worth, Worth) else None
    return strengths(work.dynamics.model, work.dynamics.setting, runs, learned)


def _models(scribe: Scribe) -> Table:
    say = scribe.language.say
    headings = (
        Heading("id", say("Id")), Heading("label", say("Model")), Heading("years", say("Years")),
        Heading("units", say("Matched to")), Heading("elsewhere", say("Asked about elsewhere")),
        Heading("gate", say("Gate")), Heading("gated", say("Patterns that need it")),
        Heading("noise", say("Yearly disturbance"), "right"), Heading("why", say("Why")), Heading("note", say("Note")),
    )  # fmt: skip
    rows = [
        (row, (
            Cell(row.id), scribe.text("dynamic_models", row, "label"), scribe.date(row.years),
            scribe.refs("units", row.units or [unit.id for unit in scribe.study.units if unit.role == "core"]),
            scribe.refs("units", row.elsewhere), _written(row.gate), scribe.refs("patterns", row.gated),
            scribe.number(row.noise), scribe.text("dynamic_models", row, "why"),
            scribe.text("dynamic_models", row, "note"),
        ))
        for row in scribe.study.dynamic_models
    ]  # fmt: skip
    return scribe.register("dynamic-models", say("The model"), "dynamic_models", headings, rows)


def _quantities(scribe: Scribe) -> Table:
    say = scribe.language.say
    headings = (
        Heading("symbol", say("Symbol")), Heading("label", say("Quantity")), Heading("kind", say("Kind")),
        Heading("condition", say("Stands for")), Heading("what", say("Range, formula or years")),
        Heading("office", say("Office")), Heading("events", say("Events")), Heading("mechanism", say("Mechanism")),
        Heading("on", say("On?")), Heading("why", say("Why")), Heading("place", say("Section")),
        Heading("note", say("Note")),
    )  # fmt: skip
    rows = [
        (row, (
            Cell(row.name, row.name), scribe.text("dynamic_quantities", row, "label"), scribe.choice(row.kind),
            scribe.refs("conditions", (row.condition,) if row.condition else ()),
            scribe.date(row.years) if row.years else _written(row.formula or row.range),
            scribe.text("dynamic_quantities", row, "office"), scribe.refs("events", row.events),
            scribe.refs("mechanisms", (row.mechanism,) if row.mechanism else ()), _on(scribe, row, bool(row.mechanism)),
            scribe.text("dynamic_quantities", row, "why"), _place(scribe, row),
            scribe.text("dynamic_quantities", row, "note"),
        ))
        for row in scribe.study.dynamic_quantities
    ]  # fmt: skip
    title = say("Quantities: stocks, inputs, formulas and parameters")
    return scribe.register("dynamic-quantities", title, "dynamic_quantities", headings, rows)


def _flows(scribe: Scribe, rates: dict[str, Strength]) -> Table:
    """Each flow with its rate among the kept draws; the numbers of the picture."""
    say = scribe.language.say
    words = {
        "learned": say("learned"),
        "somewhat": say("learned somewhat"),
        "not learned": say("not learned"),
    }
    ways = {"raises": say("raises"), "lowers": say("lowers")}
    headings = (
        Heading("id", say("Id")), Heading("label", say("Flow")), Heading("direction", say("Does")),
        Heading("stock", say("Stock")), Heading("rate", say("Rate a year")), Heading("mechanism", say("Mechanism")),
        Heading("on", say("On?")), Heading("median", say("Median rate"), "right"),
        Heading("low", say("5 %"), "right"), Heading("high", say("95 %"), "right"),
        Heading("learned", say("Learned?")), Heading("pulls", say("Pulled by")), Heading("why", say("Why")),
        Heading("place", say("Section")), Heading("note", say("Note")),
    )  # fmt: skip
    rows = []
    for row in scribe.study.dynamic_flows:
        one = rates.get(row.id)
        number = scribe.language.number
        three = [
            Cell(number(value, 3), value) for value in (one.rate[1], one.rate[0], one.rate[2])
        ] if one and one.rate else [MISSING] * 3  # fmt: skip
        pulls = ", ".join(f"{'+' if sign == '+' else '−'}{name}" for name, sign in one.pulls) if one else ""
        rows.append((row, (
            Cell(row.id), scribe.text("dynamic_flows", row, "label"), Cell(ways[row.direction], row.direction),
            Cell(row.stock), Cell(row.rate), scribe.refs("mechanisms", (row.mechanism,) if row.mechanism else ()),
            _on(scribe, row, True), *three,
            Cell(words[one.learned], one.learned) if one and one.learned in words else MISSING,
            Cell(pulls) if pulls else MISSING, scribe.text("dynamic_flows", row, "why"), _place(scribe, row),
            scribe.text("dynamic_flows", row, "note"),
        )))  # fmt: skip
    notes = [
        say("Rates are those of the kept draws, over the units and years in which the flow runs. Learned?: the best "
            "known parameter in the rate. "
            "Pulled by: + where more of it leads to more of the stock."),
        say("Flows that are off can be switched on: `concausa simulate {study} --including MECHANISM`.",
            study=scribe.study.settings.id),
    ]  # fmt: skip
    return scribe.register(
        "dynamic-flows", say("Flows: what moves the stocks"), "dynamic_flows", headings, rows, notes=notes
    )


def _rest(scribe: Scribe) -> list[Table]:
    study = scribe.study
    found = []
    if study.interventions:
        found.append(_interventions(scribe))
    if study.bands:
        found.append(_bands(scribe))
    if study.term_codings:
        found.append(_term_codings(scribe))
    return found


def _interventions(scribe: Scribe) -> Table:
    say = scribe.language.say
    headings = (
        Heading("name", say("Name")), Heading("label", say("Intervention")), Heading("moves", say("Moves")),
        Heading("value", say("To")), Heading("events", say("Happened in")), Heading("why", say("Why")),
        Heading("place", say("Section")),
    )  # fmt: skip
    rows = [
        (row, (
            Cell(row.asked), scribe.text("interventions", row, "label"), Cell(row.moves), Cell(row.value),
            scribe.refs("events", row.events), scribe.text("interventions", row, "why"), _place(scribe, row),
        ))
        for row in scribe.study.interventions
    ]  # fmt: skip
    notes = [say("One without events can only be asked about.")]
    title = say("What may be done at once")
    return scribe.register("interventions", title, "interventions", headings, rows, notes=notes)


def _bands(scribe: Scribe) -> Table:
    say = scribe.language.say
    headings = (
        Heading("id", say("Id")), Heading("unit", say("Unit")), Heading("formula", say("What is held against it")),
        Heading("years", say("Years")), Heading("reading", say("Read as")), Heading("low", say("From"), "right"),
        Heading("high", say("To"), "right"), Heading("event", say("Event")), Heading("passages", say("Passages")),
        Heading("why", say("Why")), Heading("place", say("Section")),
    )  # fmt: skip
    rows = [
        (row, (
            Cell(row.id), scribe.unit(row.unit), Cell(row.formula), scribe.date(row.years),
            scribe.choice(row.reading or "mean"), scribe.number(row.low), scribe.number(row.high),
            scribe.refs("events", (row.event,) if row.event else ()), scribe.refs("evidence", row.passages),
            scribe.text("bands", row, "why"), _place(scribe, row),
        ))
        for row in scribe.study.bands
    ]  # fmt: skip
    return scribe.register(
        "bands", say("Evidence that runs must meet beside coded levels"), "bands", headings, rows
    )


def _term_codings(scribe: Scribe) -> Table:
    say = scribe.language.say
    headings = (
        Heading("id", say("Id")), Heading("term", say("Term")), Heading("condition", say("Condition")),
        Heading("level", say("Level")), Heading("coder", say("Coder")), Heading("evidence", say("Passages")),
        Heading("why", say("Why")), Heading("place", say("Section")), Heading("note", say("Note")),
    )  # fmt: skip
    rows = [
        (row, (
            Cell(row.id), scribe.refs("terms", (row.term,)), scribe.refs("conditions", (row.condition,)),
            scribe.choice(row.level), Cell(row.coder) if row.coder else MISSING,
            scribe.refs("evidence", row.evidence), scribe.text("term_codings", row, "why"), _place(scribe, row),
            scribe.text("term_codings", row, "note"),
        ))
        for row in scribe.study.term_codings
    ]  # fmt: skip
    notes = [say("Several rows for one term are several readings; any of them is tried.")]
    title = say("Levels of office terms")
    return scribe.register("term-codings", title, "term_codings", headings, rows, notes=notes)


def _written(text: str) -> Cell:
    return Cell(text) if text else MISSING


def _on(scribe: Scribe, row: Any, switchable: bool) -> Cell:
    if not switchable:
        return MISSING
    say = scribe.language.say
    return Cell(say("off"), False, tone="quiet") if row.off else Cell(say("on"), True)


def _place(scribe: Scribe, row: Any) -> Cell:
    return Cell(scribe.language.word(scribe.study, row.section), row.section) if row.section else MISSING
