"""The codings: every level that anybody gives to a cell, and what each cell rests on."""

from __future__ import annotations

from concausa.core.table import Cell, Heading, Link, Table
from concausa.core.unit import Case
from concausa.evidence.passage import Passage
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.cases import case_cell, levels
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.report.language import Language
from concausa.study.study import Study
from concausa.theory.condition import Condition


def codings(study: Study, language: Language) -> Exhibit | None:
    """Every coding with its place and passages; None without codings."""
    if not study.codings:
        return None
    scribe = Scribe(study, language)
    headings = (
        Heading("id", language.say("Id")),
        Heading("case", language.say("Case")),
        Heading("condition", language.say("Condition or sign")),
        Heading("level", language.say("Level")),
        Heading("printed", language.say("As printed")),
        Heading("where", language.say("Where")),
        Heading("place", language.say("In the text")),
        Heading("coder", language.say("Given by")),
        Heading("evidence", language.say("Passages")),
        Heading("why", language.say("Why")),
    )
    open_cells = {cell for cell, found in _by_cell(study).items() if len(found) > 1}
    rows = []
    for row in study.codings:
        sign = row.indicator or row.condition
        level = scribe.choice(row.level)
        doubtful = not row.indicator and (row.unit, row.period, row.condition) in open_cells
        rows.append(
            (
                row,
                (
                    Cell(row.id),
                    scribe.case(row.unit, row.period),
                    scribe.refs("indicators" if row.indicator else "conditions", (sign,)),
                    Cell(
                        level.text, level.value, tone="doubt" if doubtful else "plain", missing=level.missing
                    ),
                    scribe.text("codings", row, "printed"),
                    scribe.choice(row.place),
                    scribe.place(row),
                    scribe.text("codings", row, "coder"),
                    scribe.refs("evidence", row.evidence),
                    scribe.text("codings", row, "why"),
                ),
            )
        )
    title = language.say("Every level and where it is printed")
    table = scribe.register("codings", title, "codings", headings, rows)
    intro = language.plural(
        "{n} level was read from the text.", "{n} levels were read from the text.", len(study.codings)
    )
    if open_cells:
        intro += " " + language.plural(
            "{n} cell has more than one; all are kept, and each is an admissible reading.",
            "{n} cells have more than one; all are kept, and each is an admissible reading.",
            len(open_cells),
        )
    return Exhibit("codings", "measurement", title, intro, (table,))


def grounds(study: Study, language: Language) -> Exhibit | None:
    """For each cell the passages, sources and speakers behind it; None without codings or passages."""
    conditions = [row for row in study.conditions if row.role != "pattern"]
    cases = study.coded_cases
    if not cases or not conditions or not (study.codings or study.evidence):
        return None
    scribe = Scribe(study, language)
    headings = (
        Heading("case", language.say("Case")),
        Heading("condition", language.say("Condition")),
        Heading("levels", language.say("Levels")),
        Heading("passages", language.say("Passages")),
        Heading("high", language.say("pull high"), "right"),
        Heading("low", language.say("pull low"), "right"),
        Heading("mixed", language.say("mixed"), "right"),
        Heading("nothing", language.say("searched, nothing found"), "right"),
        Heading("sources", language.say("Sources")),
        Heading("speakers", language.say("Speakers (interviews)")),
        Heading("sides", language.say("Sides heard")),
    )
    rows = [_ground(scribe, case, condition) for case in cases for condition in conditions]
    title = language.say("What each cell rests on")
    table = Table.of(
        "grounds",
        title,
        headings,
        rows,
        notes=(
            language.say(
                "Counted are the passages that a coding of the cell names and those on the condition or its "
                "signs for the same unit and period."
            ),
        ),
    )
    intro = language.say(
        "How much stands behind each level, from how many sources, and whose voices. A cell that rests on "
        "one source, one speaker or one side deserves a second look."
    )
    return Exhibit("grounds", "measurement", title, intro, (table,))


def behind(study: Study, case: Case, condition: Condition) -> tuple[Passage, ...]:
    """The passages behind a cell: named by one of its codings, or about it for its unit and period."""
    signs = {condition.id} | {row.id for row in study.indicators if row.condition == condition.id}
    named = {
        id
        for row in study.codings
        if (row.unit, row.period, row.condition) == (case.unit.id, case.period.id, condition.id)
        for id in row.evidence
    }
    return tuple(
        row
        for row in study.evidence
        if row.id in named
        or ((row.unit, row.period) == (case.unit.id, case.period.id) and signs.intersection(row.about))
    )


def _ground(scribe: Scribe, case: Case, condition: Condition) -> list[Cell]:
    study, language = scribe.study, scribe.language
    passages = behind(study, case, condition)
    sources = {row.id: row for row in study.sources}
    used = list(dict.fromkeys(row.source for row in passages if row.source))
    speakers = [id for id in used if id in sources and sources[id].kind == "interview"]
    sides = list(dict.fromkeys(sources[id].side for id in used if id in sources and sources[id].side))
    lone = len(used) == 1
    return [
        case_cell(scribe, case),
        Cell(scribe.name("conditions", condition.id), condition.id, (Link("conditions", condition.id),)),
        levels(scribe, study.cell(case, condition.id).codings),
        scribe.passages(passages),
        *(_pulling(scribe, passages, direction) for direction in ("high", "low", "mixed")),
        _counted(scribe, [row for row in passages if row.found == "searched, nothing found"]),
        _toned(scribe.refs("sources", used), lone),
        _toned(scribe.refs("sources", speakers), len(speakers) == 1 and lone),
        Cell("; ".join(language.level(side) for side in sides), sides) if sides else MISSING,
    ]


def _pulling(scribe: Scribe, passages: tuple[Passage, ...], direction: str) -> Cell:
    return _counted(scribe, [row for row in passages if row.direction == direction])


def _counted(scribe: Scribe, passages: list[Passage]) -> Cell:
    links = tuple(Link("evidence", row.id) for row in passages)
    return Cell(scribe.count(len(passages)).text, len(passages), links)


def _toned(cell: Cell, doubtful: bool) -> Cell:
    return Cell(cell.text, cell.value, cell.links, cell.missing, "doubt" if doubtful else cell.tone)


def _by_cell(study: Study) -> dict[tuple[str, str, str], set[str]]:
    found: dict[tuple[str, str, str], set[str]] = {}
    for row in study.codings:
        if not row.indicator:
            found.setdefault((row.unit, row.period, row.condition), set()).add(row.level)
    return found
