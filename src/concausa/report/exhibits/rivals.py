"""Rival explanations: what each predicts for each case, beside what was observed."""

from __future__ import annotations

from collections.abc import Sequence

from concausa.core.table import Cell, Heading, Link, Table
from concausa.core.unit import Case
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.cases import levels
from concausa.report.exhibits.claims import weighed
from concausa.report.exhibits.rival_strips import strips
from concausa.report.exhibits.rival_verdicts import contrasts, months, otherwise, verdicts
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.report.exhibits.stood import stood
from concausa.report.language import Language
from concausa.study.study import Study
from concausa.theory.rival import Prediction, Rival


def rivals(study: Study, language: Language) -> Exhibit | None:
    """The matrix of predictions, the rivals, and each prediction with its figures; None without rivals."""
    if not study.rivals:
        return None
    scribe = Scribe(study, language)
    found = stood(study)
    charts = []
    tables = []
    if found is not None:
        tables += [verdicts(scribe, found), contrasts(scribe, found)]
        tables += [table for table in (months(scribe, found), otherwise(scribe, found)) if table is not None]
        charts += [chart for chart in (strips(scribe, found),) if chart is not None]
    if study.predictions:
        tables.append(_matrix(scribe))
    tables.append(_register(scribe))
    if study.predictions:
        tables.append(_predictions(scribe))
    intro = language.say(
        "Other accounts of the same outcome, and the theory as one among them: what each expects for each case, and "
        "whether that fits, fails, does not discriminate or cannot be told, in every admissible reading. What the "
        "text concludes stands beside it."
    )
    title = language.say("Rival explanations")
    return Exhibit("rivals", "claims", title, intro, tuple(tables), tuple(charts))


def predicted_cases(study: Study) -> tuple[Case, ...]:
    """The cases compared, then others for which a rival predicts something."""
    named = {(row.unit, row.period) for row in study.predictions}
    others = [
        Case(unit, period)
        for unit in study.units
        if unit.role != "core"
        for period in study.periods
        if (unit.id, period.id) in named
    ]
    return (*study.cases, *others)


def _matrix(scribe: Scribe) -> Table:
    study, language = scribe.study, scribe.language
    cases = predicted_cases(study)
    headings = [Heading("rival", language.say("Rival"))]
    headings += [Heading(case.id, case.id) for case in cases]
    headings += [
        Heading("verdict", language.say("What the text concludes")),
        Heading("facts", language.say("Figures used")),
    ]
    rows: list[list[Cell]] = []
    outcomes = [row for row in study.conditions if row.role in ("outcome", "pattern")]
    for outcome in outcomes:
        label = language.say(
            "observed: {outcome}", outcome=language.of(study, "conditions", outcome, "label")
        )
        rows.append(
            [
                Cell(label, outcome.id, (Link("conditions", outcome.id),), tone="quiet"),
                *(levels(scribe, study.cell(case, outcome.id).codings) for case in cases),
                Cell(""),
                Cell(""),
            ]
        )
    for rival in study.rivals:
        own = [row for row in study.predictions if row.rival == rival.id]
        rows.append(
            [
                Cell(language.of(study, "rivals", rival, "label"), rival.id, (Link("rivals", rival.id),)),
                *(_expected(scribe, [row for row in own if _of(row, case)]) for case in cases),
                scribe.text("rivals", rival, "verdict"),
                scribe.found(
                    ("facts", "elections", "terms"), dict.fromkeys(id for row in own for id in row.facts)
                ),
            ]
        )
    return Table.of(
        "rivals-matrix",
        language.say("What each rival expects, case by case"),
        headings,
        rows,
        notes=(
            language.say(
                "no difference: the rival does not tell the cases apart; silent: it says nothing here."
            ),
            language.say("A dash means that no prediction was worked out."),
        ),
    )


def _of(row: Prediction, case: Case) -> bool:
    return (row.unit, row.period) == (case.unit.id, case.period.id)


def _expected(scribe: Scribe, predictions: Sequence[Prediction]) -> Cell:
    if not predictions:
        return MISSING
    language = scribe.language
    texts = []
    for row in predictions:
        word = language.level(row.expects)
        texts.append(f"{language.date(row.span)}: {word}" if row.span else word)
    links = tuple(Link("predictions", row.id) for row in predictions)
    return Cell("; ".join(texts), [row.expects for row in predictions], links)


def _register(scribe: Scribe) -> Table:
    study, language = scribe.study, scribe.language
    headings = (
        Heading("id", language.say("Id")),
        Heading("label", language.say("Rival")),
        Heading("argument", language.say("Argument")),
        Heading("variable", language.say("Follows from")),
        Heading("supports", language.say("Passages for it")),
        Heading("opposes", language.say("Passages against it")),
        Heading("verdict", language.say("What the text concludes")),
        Heading("needs", language.say("Data that would test it")),
        Heading("place", language.say("In the text")),
        Heading("note", language.say("Note")),
    )
    rows = (
        (
            row,
            (
                Cell(row.id),
                scribe.text("rivals", row, "label"),
                scribe.text("rivals", row, "argument"),
                _variable(scribe, row),
                weighed(scribe, [passage for passage in study.evidence if row.id in passage.supports]),
                weighed(scribe, [passage for passage in study.evidence if row.id in passage.opposes]),
                scribe.text("rivals", row, "verdict"),
                scribe.text("rivals", row, "needs"),
                scribe.place(row),
                scribe.text("rivals", row, "note"),
            ),
        )
        for row in study.rivals
    )
    return scribe.register("rivals", language.say("The rivals"), "rivals", headings, rows)


def _variable(scribe: Scribe, row: Rival) -> Cell:
    """What in the record predictions follow from, and how; written ones say so."""
    language = scribe.language
    if not row.variable:
        return Cell(language.say("predictions as written"), "", tone="quiet")
    told = language.level(row.variable)
    if row.measures:
        told += f" ({', '.join(row.measures)})"
    return Cell(f"{told}: {'; '.join(row.predicts)}", row.variable)


def _predictions(scribe: Scribe) -> Table:
    language = scribe.language
    headings = (
        Heading("id", language.say("Id")),
        Heading("rival", language.say("Rival")),
        Heading("case", language.say("Case")),
        Heading("span", language.say("Part of the period")),
        Heading("expects", language.say("Expects")),
        Heading("why", language.say("Because")),
        Heading("facts", language.say("Figures used")),
        Heading("section", language.say("In the text")),
    )
    rows = (
        (
            row,
            (
                Cell(row.id),
                scribe.refs("rivals", (row.rival,)),
                scribe.case(row.unit, row.period),
                scribe.date(row.span),
                scribe.choice(row.expects),
                scribe.text("predictions", row, "why"),
                scribe.found(("facts", "elections", "terms"), row.facts),
                scribe.text("predictions", row, "section"),
            ),
        )
        for row in scribe.study.predictions
    )
    title = language.say("Each prediction and the figures behind it")
    notes = (language.say("A dash under In the text means that the prediction was worked out here."),)
    return scribe.register("predictions", title, "predictions", headings, rows, notes=notes)
