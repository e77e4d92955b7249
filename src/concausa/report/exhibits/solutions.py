"""What the truth tables reduce to: three solutions for the outcome and for its negation, every model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from concausa.audit.alike import Alike
from concausa.audit.configurations import SOLUTION_KINDS, SolutionKind
from concausa.core.table import Cell, Heading, Link, Table
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.configured import Configured, configured
from concausa.report.exhibits.scribe import MISSING
from concausa.report.language import Language
from concausa.study.study import Study

if TYPE_CHECKING:
    from concausa.qca.model import Model
    from concausa.qca.solution import Solution


@dataclass(frozen=True, slots=True)
class Side:
    """One truth table, read for the outcome or for its negation."""

    group: Alike
    negated: bool

    def solutions(self) -> dict[SolutionKind, Solution]:
        """Its solutions by kind; none where no row is positive."""
        first = self.group.first
        return dict(first.negated_solutions if self.negated else first.solutions)

    def models(self, kind: SolutionKind) -> tuple[Model, ...]:
        """Every listed model of one kind."""
        found = self.solutions()
        return found[kind].models if kind in found else ()

    def key(self) -> tuple[object, ...]:
        """The same for two sides that come to the same models of the same cases."""
        found = [tuple(model.expression for model in self.models(kind)) for kind in SOLUTION_KINDS]
        return (self.negated, self.group.members, *found)


def solutions(study: Study, language: Language) -> Exhibit | None:
    """The solutions of every truth table, and the models with what they assume; None without cases."""
    made = configured(study, language)
    if made is None or not made.groups:
        return None
    say = language.say
    intro = say(
        "Each truth table is reduced three times. The conservative solution assumes nothing of rows without "
        "cases; the parsimonious one assumes of them whatever makes it shorter; the intermediate one only what "
        "theory makes easy to believe. Models that the cases cannot tell apart are all listed, joined by the "
        "word or. A row with few cases is a thin ground: read each solution with what cannot be tested, below."
    )
    tables = [_expected(made)]
    for place, threshold in enumerate(made.thresholds):
        tables += [_solutions(made, threshold, place), _models(made, threshold, place)]
    return Exhibit(
        "solutions", "configurations", say("What the truth tables reduce to"), intro, tuple(tables)
    )


def _expected(made: Configured) -> Table:
    language, say = made.language, made.language.say
    headings = (
        Heading("condition", say("Condition")),
        Heading("expected", say("Expected to help")),
        Heading("patterns", say("Patterns that say so")),
        Heading("rules", say("Rules that say so")),
    )
    texts = {1: say("its presence"), 0: say("its absence"), None: say("either or neither")}
    rows = [
        [
            Cell(
                f"{made.scribe.name('conditions', row.condition)} ({row.condition})",
                row.condition,
                (Link("conditions", row.condition),),
            ),
            Cell(texts[row.value], row.value, tone="plain" if row.value is not None else "quiet"),
            made.scribe.refs("patterns", row.patterns),
            made.scribe.refs("rules", row.rules),
        ]
        for row in made.found.expected
    ]
    scale = made.scribe.study.row("conditions", made.found.frame.outcome).levels
    note = say(
        "Read off the study's own patterns and rules: what leads to {high} alone, and what leads to {low} alone, "
        "turned around. For the negated outcome each expectation is turned around.",
        high=language.level(scale[-1]),
        low=language.level(scale[0]),
    )
    title = say("What theory expects of each condition")
    return Table.of("expectations", title, headings, rows, notes=(note,))


def _sides(made: Configured, threshold: str) -> Iterator[list[Side]]:
    """The sides of the truth tables of one threshold, those with the same models together."""
    for negated in (False, True):
        alike: dict[tuple[object, ...], list[Side]] = {}
        for group in made.at(threshold):
            side = Side(group, negated)
            alike.setdefault(side.key(), []).append(side)
        yield from alike.values()


def _solutions(made: Configured, threshold: str, place: int) -> Table:
    say = made.language.say
    headings = (
        Heading("outcome", say("Outcome")),
        Heading("conservative", say("Conservative")),
        Heading("parsimonious", say("Parsimonious")),
        Heading("intermediate", say("Intermediate")),
        Heading("tables", say("Truth tables")),
        Heading("under", say("Under")),
    )
    rows = []
    for sides in _sides(made, threshold):
        first = sides[0]
        groups = [side.group for side in sides]
        rows.append(
            [
                made.outcome_cell(threshold, first.group.members, negated=first.negated),
                *(_listed(made, first, kind) for kind in SOLUTION_KINDS),
                made.tables(groups),
                made.under(setting for group in groups for setting in group.settings),
            ]
        )
    title = say("Solutions: {outcome}, and its negation", outcome=made.outcome(threshold))
    notes = (
        say("1: no condition is left, for no row speaks against the outcome. None: no row leads to it."),
        say("+ means or, * and, ~ not."),
    )
    return Table.of(f"solutions-{place + 1}", title, headings, rows, notes=notes)


def _listed(made: Configured, side: Side, kind: SolutionKind) -> Cell:
    found = side.solutions().get(kind)
    if found is None:
        return Cell(made.language.say("none"), [], tone="quiet")
    models = [model.expression for model in found.models]
    text = made.listed(models, made.language.say(" or "))
    if found.n_models > found.listed or not found.exact:
        text += made.language.say(
            " ({listed} of at least {n} models)",
            listed=made.language.number(found.listed),
            n=made.language.number(found.n_models),
        )
    names = [
        name
        for place, name in enumerate(made.found.frame.conditions)
        if any((model.cubes[:, place] >= 0).any() for model in found.models)
    ]
    links = tuple(Link("conditions", name) for name in names)
    return Cell(text, models, links, tone="doubt" if found.n_models > 1 else "plain")


def _models(made: Configured, threshold: str, place: int) -> Table:
    say = made.language.say
    headings = (
        Heading("outcome", say("Outcome")),
        Heading("model", say("Model")),
        Heading("solutions", say("Solution")),
        Heading("cases", say("Cases in it")),
        Heading("uncovered", say("Cases with the outcome, not in it")),
        Heading("consistency", say("Consistency"), "right"),
        Heading("coverage", say("Coverage"), "right"),
        Heading("easy", say("Assumed, easy to believe")),
        Heading("difficult", say("Assumed, against what theory expects")),
        Heading("tables", say("Truth tables")),
    )
    rows = [
        cells
        for negated in (False, True)
        for cells in _told(made, threshold, [Side(group, negated) for group in made.at(threshold)])
    ]
    title = say(
        "Every model, with what it assumes: {outcome}, and its negation", outcome=made.outcome(threshold)
    )
    notes = (
        say(
            "Assumed: rows without cases that the model counts as leading to the outcome. Nobody saw them do so."
        ),
    )
    return Table.of(f"solutions-models-{place + 1}", title, headings, rows, notes=notes)


def _told(made: Configured, threshold: str, sides: Sequence[Side]) -> Iterator[list[Cell]]:
    """One row for each model, whatever the kinds of solution and the truth tables that have it."""
    grouped: dict[tuple[object, ...], list[tuple[Side, SolutionKind, int]]] = {}
    for side in sides:
        for kind in SOLUTION_KINDS:
            for number, model in enumerate(side.models(kind)):
                assumed = tuple((row.expression, row.easy) for row in model.assumptions.listed)
                key = (side.group.members, model.expression, model.cases, model.uncovered, assumed)
                grouped.setdefault(key, []).append((side, kind, number))
    for found in grouped.values():
        side, kind, number = found[0]
        model = side.models(kind)[number]
        groups = list(dict.fromkeys(item.group for item, _, _ in found))
        settings = [setting for group in groups for setting in group.settings]
        every = [twin for item, kind, number in found for twin in _twins(item, kind, number)]
        kinds = list(dict.fromkeys(kind for _, kind, _ in found))
        yield [
            made.outcome_cell(threshold, side.group.members, negated=side.negated),
            Cell(model.expression, model.expression),
            Cell(", ".join(made.language.level(kind) for kind in kinds), kinds),
            made.cases(model.cases, settings),
            made.cases(model.uncovered, settings),
            made.measures([twin.consistency for twin in every]),
            made.measures([twin.coverage for twin in every]),
            _assumed(made, model, easy=True),
            _assumed(made, model, easy=False),
            made.tables(groups),
        ]


def _twins(side: Side, kind: SolutionKind, number: int) -> Iterator[Model]:
    """The same model in every analysis that comes to this truth table."""
    for analysis in side.group.analyses:
        found = analysis.negated_solutions if side.negated else analysis.solutions
        yield found[kind].models[number]


def _assumed(made: Configured, model: Model, *, easy: bool) -> Cell:
    rows = [row.expression for row in model.assumptions.listed if bool(row.easy) == easy]
    return Cell(made.listed(rows), rows) if rows else MISSING
