"""The figures: every printed number with its unit, and every data series."""

from __future__ import annotations

from concausa.core.table import Cell, Heading, Table
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.study.study import Study


def facts(study: Study, language: Language) -> Exhibit | None:
    """Facts and series; None when none is recorded."""
    scribe = Scribe(study, language)
    tables = []
    if study.facts:
        tables.append(_facts(scribe))
    if study.series:
        tables.append(_series(scribe))
    if not tables:
        return None
    intro = language.say(
        "Every number as its source prints it, digit by digit, with the step to which it was rounded."
    )
    return Exhibit("facts", "numbers", language.say("Figures and data series"), intro, tuple(tables))


def _facts(scribe: Scribe) -> Table:
    language = scribe.language
    headings = (
        Heading("id", language.say("Id")),
        Heading("subject", language.say("Figure")),
        Heading("value", language.say("Value"), "right"),
        Heading("measured_in", language.say("Measured in")),
        Heading("unit", language.say("Unit")),
        Heading("date", language.say("Date")),
        Heading("measure", language.say("Measure")),
        Heading("rounding", language.say("Rounded to")),
        Heading("source", language.say("Source")),
        Heading("place", language.say("In the text")),
        Heading("note", language.say("Note")),
    )
    rows = (
        (
            row,
            (
                Cell(row.id),
                scribe.text("facts", row, "subject"),
                scribe.number(row.value),
                scribe.text("facts", row, "measured_in"),
                scribe.unit(row.unit),
                scribe.date(row.date),
                Cell(row.measure, tone="quiet"),
                scribe.choice(row.rounding)
                if row.rounding
                else Cell(language.say("last digit"), tone="quiet"),
                scribe.source(row),
                scribe.place(row),
                scribe.text("facts", row, "note"),
            ),
        )
        for row in scribe.study.facts
    )
    return scribe.register("facts", language.say("Figures"), "facts", headings, rows)


def _series(scribe: Scribe) -> Table:
    language = scribe.language
    headings = (
        Heading("id", language.say("Id")),
        Heading("label", language.say("Series")),
        Heading("measured_in", language.say("Measured in")),
        Heading("where", language.say("Rows kept")),
        Heading("file", language.say("File")),
        Heading("source", language.say("Source")),
        Heading("note", language.say("Note")),
    )
    rows = (
        (
            row,
            (
                Cell(row.id),
                scribe.text("series", row, "label"),
                scribe.text("series", row, "measured_in"),
                Cell(row.where) if row.where else Cell(language.say("all"), tone="quiet"),
                Cell(row.file),
                scribe.refs("sources", (row.source,)),
                scribe.text("series", row, "note"),
            ),
        )
        for row in scribe.study.series
    )
    return scribe.register("series", language.say("Open data series"), "series", headings, rows)
