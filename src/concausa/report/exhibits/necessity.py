"""Single conditions held against the claim that they are necessary, under every reading."""

from __future__ import annotations

from collections.abc import Iterator

from concausa.audit.alike import Alike
from concausa.audit.configurations import Analysis, Setting
from concausa.core.table import Cell, Heading, Link, Table
from concausa.qca.necessity_row import NecessityRow
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.configured import Configured, configured
from concausa.report.language import Language
from concausa.study.study import Study


def necessity(study: Study, language: Language) -> Exhibit | None:
    """One row for each condition and each negation, over all settings; None without cases."""
    made = configured(study, language)
    if made is None or not made.groups:
        return None
    say = language.say
    intro = say(
        "A condition is necessary if no case has the outcome without it: its consistency is the share of the "
        "outcome that lies within it, and 0.9 is asked for. Relevance says how far it is more than trivial: it is "
        "low where nearly every case has the condition anyway. Shown are the least and the greatest value over "
        "the settings, and under which settings the cut-off is reached."
    )
    tables = tuple(_table(made, threshold, place) for place, threshold in enumerate(made.thresholds))
    return Exhibit(
        "necessity", "configurations", say("Necessary conditions under every reading"), intro, tables
    )


def _table(made: Configured, threshold: str, place: int) -> Table:
    say = made.language.say
    headings = (
        Heading("outcome", say("Outcome")),
        Heading("condition", say("Condition")),
        Heading("consistency", say("Consistency"), "right"),
        Heading("coverage", say("Coverage"), "right"),
        Heading("relevance", say("Relevance"), "right"),
        Heading("reaches", say("Reaches 0.9, settings"), "right"),
        Heading("under", say("Under")),
        Heading("deviant", say("Cases with the outcome without it")),
    )
    rows = [
        cells
        for negated in (False, True)
        for members in made.members_of(threshold)
        for cells in _rows(
            made, threshold, [row for row in made.at(threshold) if row.members == members], negated
        )
    ]
    title = say("Necessity: {outcome}, and its negation", outcome=made.outcome(threshold))
    notes = (
        say("A setting under which every case lies on a crossover has no truth table, and is left out here."),
    )
    return Table.of(f"necessity-{place + 1}", title, headings, rows, notes=notes)


def _rows(made: Configured, threshold: str, groups: list[Alike], negated: bool) -> Iterator[list[Cell]]:
    by_expression: dict[str, list[tuple[Analysis, tuple[Setting, ...], NecessityRow]]] = {}
    for group in groups:
        for analysis in group.analyses:
            found = analysis.negated_necessity if negated else analysis.necessity
            own = tuple(setting for setting in analysis.settings if setting in group.settings)
            for row in found.rows if found else ():
                by_expression.setdefault(row.expression, []).append((analysis, own, row))
    order = {name: place for place, name in enumerate(made.found.frame.conditions)}
    for items in sorted(
        by_expression.values(),
        key=lambda items: (-items[0][2].literals[0][1], order[items[0][2].literals[0][0]]),
    ):
        reached = [setting for _, own, row in items if row.reaches for setting in own]
        every = [setting for _, own, _ in items for setting in own]
        row = items[0][2]
        missing = [case for case in items[0][0].cases if any(case in item.deviant for _, _, item in items)]
        share = f"{made.language.number(len(reached))}/{made.language.number(len(every))}"
        yield [
            made.outcome_cell(threshold, groups[0].members, negated=negated),
            Cell(row.expression, row.expression, (Link("conditions", row.literals[0][0]),)),
            made.measures([item.consistency for _, _, item in items]),
            made.measures([item.coverage for _, _, item in items]),
            made.measures([item.relevance for _, _, item in items]),
            Cell(share, [len(reached), len(every)]),
            made.under(reached) if reached else Cell(made.language.say("none"), [], tone="quiet"),
            made.cases(missing),
        ]
