"""How robust the solutions are: over the readings, without each case, over cut-offs, against chance; and what is refused."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from concausa.audit.configurations import SolutionKind
from concausa.audit.robustness import SolutionRobustness, StudyRobustness, study_robustness
from concausa.core.table import Cell, Heading, Table, Tone
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.configured import Configured, configured
from concausa.report.exhibits.scribe import MISSING
from concausa.report.held import Held
from concausa.report.language import Language
from concausa.study.study import Study

if TYPE_CHECKING:
    from concausa.qca.robustness.robust_case import RobustCase

#: What the tables on cases, drops, cut-offs and chance are about: theory is heard, nothing hard is assumed.
MAIN: SolutionKind = "intermediate"


def robustness(study: Study, language: Language) -> Exhibit | None:
    """The robustness of every solution of the study; None without cases, or without any solution."""
    made = configured(study, language)
    if made is None or not made.groups:
        return None
    found = _found(Held(study))
    if not found.solutions:
        return None
    say = language.say
    intro = say(
        "A solution that falls with the next choice is no finding. The text leaves open which levels count and what "
        "medium is worth, so its readings are the test: one is the initial analysis, namely the first that places "
        "every case in a row, and all others are held against it. The robust core is what every one of them keeps; "
        "a case in the solution is shaky where some reading leaves it out. RF is the share of coverage, consistency and "
        "membership that the core, the least and the greatest of the readings keep (Oana and Schneider 2024)."
    )
    kept = [one for one in found.solutions if one.kind == MAIN]
    tables = [_fit(made, found), _readings(made, kept), _cases(made, kept), _drops(made, kept)]
    tables += [_cutoffs(made, kept), _chance(made, kept), _refused(made, found)]
    return Exhibit(
        "robustness", "configurations", say("How robust the solutions are"), intro, tuple(tables)
    )


@lru_cache(maxsize=1)
def _found(held: Held) -> StudyRobustness:
    return study_robustness(held.study)


def _outcome(made: Configured, one: SolutionRobustness) -> Cell:
    value = {"threshold": one.threshold, "negated": one.negated}
    return Cell(made.outcome(one.threshold, negated=one.negated), value)


def _fit(made: Configured, found: StudyRobustness) -> Table:
    say = made.language.say
    headings = (
        Heading("outcome", say("Outcome")),
        Heading("solution", say("Solution")),
        Heading("initial", say("Initial analysis")),
        Heading("stays", say("Stays in readings"), "right"),
        Heading("core", say("Robust core")),
        *(
            Heading(name, label, "right")
            for name, label in (
                ("rf_cov", say("RF coverage")),
                ("rf_cons", say("RF consistency")),
                ("rf_sc_min", say("RF minimal set")),
                ("rf_sc_max", say("RF maximal set")),
            )
        ),
    )
    rows = []
    for one in found.solutions:
        same, every = one.stays()
        tests = one.tests
        measures: list[Cell | None] = [MISSING] * 4
        core = MISSING
        if tests is not None:
            measures = [made.measures([value]) for value in tests.fit("hard").parameters]
            core = Cell(_core(made, tests.core), tests.core, tone="bad" if tests.core == "0" else "plain")
        rows.append(
            [
                _outcome(made, one),
                Cell(say(one.kind), one.kind),
                _formula(made, one.initial.formula),
                Cell(f"{made.language.number(same)}/{made.language.number(every)}", [same, every]),
                core,
                *measures,
            ]
        )
    notes = [
        say(
            "Where an analysis has several models that the cases cannot tell apart, all of them count among the tests "
            "(the hard test)."
        ),
        say(
            "The core is read as an expression; the readings place the same names at other levels, so that the measures, "
            "not the expression, are exact."
        ),
    ]
    silent = max(len(one.silent) for one in found.solutions)
    if silent:
        notes.append(
            made.language.plural(
                "{n} reading has no truth table, since every case lies on a crossover, and tests nothing.",
                "{n} readings have no truth table, since every case lies on a crossover, and test nothing.",
                silent,
            )
        )
    return Table.of("robustness-1", say("What every reading keeps"), headings, rows, notes=tuple(notes))


def _core(made: Configured, core: str | None) -> str:
    if core is None:
        return made.language.say("too long to simplify")
    return made.language.say("nothing") if core == "0" else core


def _formula(made: Configured, formula: tuple[str, ...]) -> Cell:
    if not formula:
        return Cell(made.language.say("none"), [], tone="quiet")
    tone: Tone = "doubt" if len(formula) > 1 else "plain"
    return Cell(made.listed(formula, f" {made.language.say('or')} "), list(formula), tone=tone)


def _readings(made: Configured, kept: list[SolutionRobustness]) -> Table:
    """Every formula that some reading comes to, with the readings."""
    say = made.language.say
    headings = (
        Heading("outcome", say("Outcome")),
        Heading("formula", say("Models")),
        Heading("same", say("As at first")),
        Heading("n", say("Readings"), "right"),
        Heading("under", say("Under")),
    )
    rows = []
    for one in kept:
        by_formula: dict[tuple[str, ...], list[int]] = {}
        for place, recipe in enumerate(one.recipes):
            by_formula.setdefault(recipe.formula, []).append(place)
        for formula, places in by_formula.items():
            settings = [setting for place in places for setting in one.settings[place]]
            same = formula == one.initial.formula
            rows.append(
                [
                    _outcome(made, one),
                    _formula(made, formula),
                    Cell(say("yes") if same else say("no"), same, tone="good" if same else "doubt"),
                    Cell(made.language.number(len(settings)), len(settings)),
                    made.under(settings),
                ]
            )
    title = say("Intermediate solutions, reading by reading")
    return Table.of("robustness-2", title, headings, rows)


def _cases(made: Configured, kept: list[SolutionRobustness]) -> Table:
    say = made.language.say
    headings = (
        Heading("outcome", say("Outcome")),
        Heading("case", say("Case")),
        Heading("type", say("Is")),
        Heading("initial", say("In the initial solution"), "right"),
        Heading("least", say("Least"), "right"),
        Heading("greatest", say("Greatest"), "right"),
        Heading("by", say("Left out or taken in by")),
    )
    rows = []
    for one in kept:
        if one.tests is None:
            continue
        labels = {recipe.label: own for recipe, own in zip(one.recipes, one.settings, strict=True)}
        for case in one.tests.cases("hard"):
            by = dict.fromkeys(case.left_out_by or case.taken_in_by)
            settings = [setting for label in by for setting in labels.get(label, ())]
            rows.append(
                [
                    _outcome(made, one),
                    made.cases([case.case]),
                    Cell(say(case.type), case.type, tone=_tone(case)),
                    *(
                        Cell(made.language.number(round(value, 2), 2), round(value, 9))
                        for value in (case.initial, case.least, case.greatest)
                    ),
                    made.under(settings) if settings else MISSING,
                ]
            )
    return Table.of("robustness-3", say("Cases: robust, shaky, possible"), headings, rows)


def _tone(case: RobustCase) -> Tone:
    if case.type == "robust typical":
        return "good"
    if case.type in ("irrelevant", "not covered"):
        return "quiet"
    return "bad" if case.type == "robust deviant" else "doubt"


def _drops(made: Configured, kept: list[SolutionRobustness]) -> Table:
    say = made.language.say
    headings = (
        Heading("outcome", say("Outcome")),
        Heading("kind", say("Without the")),
        Heading("name", say("Which")),
        Heading("models", say("Models")),
        Heading("same", say("As at first")),
        Heading("gone", say("Terms gone")),
    )
    words = {"case": say("case"), "condition": say("condition")}
    rows = []
    for one in kept:
        for drop in (*one.drops.of("case"), *one.drops.of("condition")):
            is_case = drop.kind == "case"
            models = drop.formula.models
            rows.append(
                [
                    _outcome(made, one),
                    Cell(words[drop.kind], drop.kind),
                    made.cases([drop.name]) if is_case else Cell(drop.name),
                    _formula(made, models),
                    Cell(say("yes") if drop.same else say("no"), drop.same, tone="good" if drop.same else "doubt"),
                    Cell(", ".join(drop.gone), list(drop.gone)),
                ]
            )
    title = say("Without one case, and without one condition")
    return Table.of("robustness-4", title, headings, rows)
