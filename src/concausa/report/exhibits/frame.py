"""The frame of a study: its units and periods, and how its conditions are measured."""

from __future__ import annotations

from concausa.core.table import Cell, Heading, Table
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.study.study import Study


def units(study: Study, language: Language) -> Exhibit | None:
    """Units and periods with the rule that sets each boundary; None when there are neither."""
    if not study.units and not study.periods:
        return None
    scribe = Scribe(study, language)
    tables = []
    if study.units:
        tables.append(
            scribe.register(
                "units",
                language.say("Units"),
                "units",
                (
                    Heading("id", language.say("Id")),
                    Heading("name", language.say("Name")),
                    Heading("code", language.say("Code (ISO 3166-2)")),
                    Heading("role", language.say("Role")),
                    Heading("note", language.say("Note")),
                ),
                (
                    (
                        row,
                        (
                            Cell(row.id),
                            scribe.text("units", row, "name"),
                            scribe.text("units", row, "iso_3166_2"),
                            scribe.choice(row.role),
                            scribe.text("units", row, "note"),
                        ),
                    )
                    for row in study.units
                ),
            )
        )
    if study.periods:
        tables.append(
            scribe.register(
                "periods",
                language.say("Periods"),
                "periods",
                (
                    Heading("id", language.say("Id")),
                    Heading("label", language.say("Period")),
                    Heading("start", language.say("From")),
                    Heading("end", language.say("To")),
                    Heading("rule", language.say("Why the boundary lies here")),
                ),
                (
                    (
                        row,
                        (
                            Cell(row.id),
                            scribe.text("periods", row, "label"),
                            scribe.date(row.start),
                            scribe.date(row.end),
                            scribe.text("periods", row, "rule"),
                        ),
                    )
                    for row in study.periods
                ),
            )
        )
    intro = language.say("What is compared: a case is a unit in a period, and is named after both.")
    return Exhibit("units", "cases", language.say("Units and periods"), intro, tuple(tables))


def measures(study: Study, language: Language) -> Exhibit | None:
    """Conditions with their levels, indicators and level maps; None without conditions."""
    if not study.conditions:
        return None
    scribe = Scribe(study, language)
    tables = [_conditions(scribe)]
    if study.indicators:
        tables.append(_indicators(scribe))
    if study.level_maps:
        tables.append(_level_maps(scribe))
    intro = language.say(
        "The words in which cases are measured: each condition with its ordered levels, the signs by which "
        "a level is judged, and what a level is worth as a membership under each declared map."
    )
    return Exhibit(
        "measures", "measurement", language.say("Conditions, signs and levels"), intro, tuple(tables)
    )


def _conditions(scribe: Scribe) -> Table:
    language = scribe.language
    headings = (
        Heading("id", language.say("Id")),
        Heading("label", language.say("Condition or outcome")),
        Heading("role", language.say("Role")),
        Heading("levels", language.say("Levels, lowest first")),
        Heading("definition", language.say("Definition")),
        Heading("aggregation", language.say("From signs to level")),
        Heading("section", language.say("In the text")),
    )
    rows = (
        (
            row,
            (
                Cell(row.id),
                scribe.text("conditions", row, "label"),
                scribe.choice(row.role),
                Cell("; ".join(language.level(level) for level in row.levels), value=list(row.levels)),
                scribe.text("conditions", row, "definition"),
                scribe.text("conditions", row, "aggregation"),
                scribe.text("conditions", row, "section"),
            ),
        )
        for row in scribe.study.conditions
    )
    return scribe.register("conditions", language.say("Conditions and outcome"), "conditions", headings, rows)


def _indicators(scribe: Scribe) -> Table:
    language = scribe.language
    headings = (
        Heading("id", language.say("Id")),
        Heading("condition", language.say("Informs")),
        Heading("label", language.say("Sign")),
        Heading("definition", language.say("What is looked at")),
        Heading("also", language.say("Also informs")),
        Heading("section", language.say("In the text")),
    )
    rows = (
        (
            row,
            (
                Cell(row.id),
                scribe.refs("conditions", (row.condition,)),
                scribe.text("indicators", row, "label"),
                scribe.text("indicators", row, "definition"),
                scribe.refs("conditions", row.also),
                scribe.text("indicators", row, "section"),
            ),
        )
        for row in scribe.study.indicators
    )
    return scribe.register("indicators", language.say("Signs"), "indicators", headings, rows)


def _level_maps(scribe: Scribe) -> Table:
    language = scribe.language
    headings = (
        Heading("id", language.say("Id")),
        Heading("label", language.say("Level map")),
        Heading("points", language.say("Membership of each level")),
        Heading("conditions", language.say("Meant for")),
        Heading("why", language.say("Why")),
    )
    rows = (
        (
            row,
            (
                Cell(row.id),
                scribe.text("level_maps", row, "label"),
                scribe.words([_point(language, point) for point in row.points]),
                scribe.refs("conditions", row.conditions),
                scribe.text("level_maps", row, "why"),
            ),
        )
        for row in scribe.study.level_maps
    )
    return scribe.register(
        "level-maps", language.say("From levels to memberships"), "level_maps", headings, rows
    )


def _point(language: Language, point: str) -> str:
    level, sign, membership = point.partition("=")
    return f"{language.level(level.strip())}{sign}{membership.strip()}"
