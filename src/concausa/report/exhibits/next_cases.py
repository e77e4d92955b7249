"""Which case to study next: rows that would decide claims, and units that could be looked at."""

from __future__ import annotations

from collections.abc import Sequence

from concausa.audit.case_choice import CaseChoice
from concausa.audit.next_cases import NextCases
from concausa.audit.next_cases import next_cases as following
from concausa.core.table import Cell, Heading, Link, Table
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.chosen import chosen
from concausa.report.exhibits.finding_words import FindingWords
from concausa.report.exhibits.judged import judged
from concausa.report.exhibits.pair_standing import told
from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.study.study import Study

#: Units that are listed for each purpose.
LISTED = 5


def next_cases(study: Study, language: Language) -> Exhibit | None:
    """Units by likeness, beside the rows in which one more case would tell most; None without covariates."""
    choice = chosen(study)
    if not isinstance(choice, CaseChoice) or not any(unit.role == "core" for unit in study.units):
        return None
    made = judged(study)
    if made is None:
        return None
    say = language.say
    words = FindingWords(Scribe(study, language))
    found = following(study, choice.pairs, made.leads)
    intro = say(
        "Which case to study next hangs on two things. Which row of the property space would decide claims is told by "
        "the audit. Which unit lies in such a row nobody knows before it is studied: the covariates tell only how like "
        "a unit is to those studied."
    )
    tables = tuple(table for table in (_rows(words, found), _units(words, found)) if table is not None)
    return Exhibit("next-cases", "cases", say("Which case to study next"), intro, tables)


def _rows(words: FindingWords, found: NextCases) -> Table | None:
    if not found.leads:
        return None
    say = words.language.say
    headings = (
        Heading("row", say("A case in the row")),
        Heading("filled", say("Cases there already")),
        Heading("decided", say("Decides in any event"), "right"),
        Heading("perhaps", say("May decide"), "right"),
        Heading("tested", say("Puts to the test"), "right"),
    )
    rows = [
        [
            Cell(lead.id, lead.id, tuple(Link("conditions", name) for name in lead.row)),
            Cell("; ".join(lead.filled), list(lead.filled))
            if lead.filled
            else Cell(say("none"), [], tone="quiet"),
            *(words.scribe.count(len(ids)) for ids in (lead.decides, lead.may_decide, lead.endangers)),
        ]
        for lead in found.leads
    ]
    return Table.of("next-rows", say("Rows in which one more case would tell most"), headings, rows)


def _units(words: FindingWords, found: NextCases) -> Table:
    say = words.language.say
    headings = (
        Heading("purpose", say("Purpose")),
        Heading("units", say("Units that nobody coded, with their distance")),
        Heading("why", say("What it would tell")),
    )
    rows = []
    for unit, pairs in found.near:
        near = [(pair.second if pair.first == unit else pair.first, pair.distance) for pair in pairs[:LISTED]]
        rows.append(
            [
                Cell(say("like {unit}", unit=words.scribe.name("units", unit, "name")), unit),
                _listed(words, near),
                Cell(say("Whether a unit that was alike fared alike: a control for the comparison.")),
            ]
        )
    rows.append(
        [
            Cell(say("unlike every unit studied"), ""),
            _listed(words, found.unlike[:LISTED]),
            Cell(say("Whether the claims hold where conditions were others: the scope.")),
        ]
    )
    notes = [
        say("Gower’s distance; the rows are decided by the study’s claims, the distances by its covariates."),
        *told(words, found.caveats),
    ]
    title = say("Units that could be looked at")
    return Table.of("next-units", title, headings, rows, notes=notes)


def _listed(words: FindingWords, units: Sequence[tuple[str, float]]) -> Cell:
    text = "; ".join(
        f"{words.scribe.name('units', unit, 'name')} {words.language.number(far, 2)}" for unit, far in units
    )
    return Cell(text, [[unit, far] for unit, far in units], tuple(Link("units", unit) for unit, _ in units))
