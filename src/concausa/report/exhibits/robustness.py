"""How robust the solutions are: over readings, without each case, over cut-offs, against chance; what is refused."""

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
        "A solution that falls with the next choice is no finding. The text leaves open which levels count and "
        "what a middle level is worth, so its readings are the test: one is the initial analysis, namely the "
        "first that places every case in a row, and all others are held against it. The robust core is what every"
        " one of them keeps; a case in the solution is shaky where some reading leaves it out. RF is the share of"
        " coverage, consistency and membership that the core, the least and the greatest of the readings keep "
        "(Oana and Schneider 2024)."
    )
    kept = [one for one in found.solutions if one.kind == MAIN]
    tables = [_fit(made, found), _readings(made, kept), _cases(made, kept), _drops(made, kept)]
    tables += [_cutoffs(made, kept), _chance(made, kept), _refused(made, found)]
    return Exhibit("robustness", "configurations", say("How robust the solutions are"), intro, tuple(tables))


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
        Heading("robust", say("Robust cases")),
        Heading("rf_cov", say("RF coverage"), "right"),
        Heading("rf_cons", say("RF consistency"), "right"),
        Heading("rf_sc_min", say("RF minimal set"), "right"),
        Heading("rf_sc_max", say("RF maximal set"), "right"),
    )
    rows = []
    for one in found.solutions:
        same, every = one.stays()
        tests = one.tests
        measures: list[Cell | None] = [MISSING] * 4
        robust = MISSING
        if tests is not None:
            measures = [made.measures([value]) for value in tests.fit("hard").parameters]
            robust = made.cases(one.robust)
        rows.append(
            [
                _outcome(made, one),
                Cell(made.language.level(one.kind), one.kind),
                _formula(made, one.initial.formula),
                Cell(f"{made.language.number(same)}/{made.language.number(every)}", [same, every]),
                robust,
                *measures,
            ]
        )
    notes = [
        say(
            "Where an analysis has several models that the cases cannot tell apart, all of them count among the tests "
            "(the hard test)."
        ),
        say(
            "Robust cases are in the solution, and in that of every other reading. The readings place the same names "
            "at other levels, so that the core is told by its cases and measures, not as an expression."
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
    same = max(len(one.same) for one in found.solutions)
    if same:
        notes.append(
            made.language.plural(
                "{n} reading gives every case the same outcome, so that there is nothing to explain; it is left out.",
                "{n} readings give every case the same outcome, so that there is nothing to explain; they are left "
                "out.",
                same,
            )
        )
    return Table.of("robustness-1", say("What every reading keeps"), headings, rows, notes=tuple(notes))


def _formula(made: Configured, formula: tuple[str, ...]) -> Cell:
    if not formula:
        return Cell(made.language.say("none"), [], tone="quiet")
    tone: Tone = "doubt" if len(formula) > 1 else "plain"
    return Cell(made.listed(formula, made.language.say(" or ")), list(formula), tone=tone)


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
                    Cell(made.language.level(case.type), case.type, tone=_tone(case)),
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
                    Cell(
                        say("yes") if drop.same else say("no"),
                        drop.same,
                        tone="good" if drop.same else "doubt",
                    ),
                    Cell(", ".join(drop.gone), list(drop.gone)),
                ]
            )
    title = say("Without one case, and without one condition")
    return Table.of("robustness-4", title, headings, rows)


def _cutoffs(made: Configured, kept: list[SolutionRobustness]) -> Table:
    from concausa.qca.robustness.parameter_range import end_text, figure

    say = made.language.say
    headings = (
        Heading("outcome", say("Outcome")),
        Heading("cutoff", say("Cut-off")),
        Heading("value", say("Value"), "right"),
        Heading("lower", say("From")),
        Heading("upper", say("To")),
        Heading("beyond", say("Models beyond")),
    )
    rows = []
    for one in kept:
        for own in one.ranges:
            ends = (own.lower, own.upper)
            texts = [end_text(end, own.span, lower=place == 0, say=say) for place, end in enumerate(ends)]
            beyond = [end.beyond for end in ends if end.beyond is not None]
            told = [" | ".join(found.models) or say("none") for found in beyond]
            rows.append(
                [
                    _outcome(made, one),
                    Cell(made.language.level(own.name), own.name),
                    Cell(made.language.number(float(figure(own.value, own.span))), own.value),
                    *(Cell(text, end.data()) for text, end in zip(texts, ends, strict=True)),
                    Cell("; ".join(told), [list(found.models) for found in beyond]) if told else MISSING,
                ]
            )
    notes = (
        say(
            "Of the initial analysis, each cut-off alone; the ends are exact, since they are the rows' own measures."
        ),
    )
    title = say("How far the cut-offs can move")
    return Table.of("robustness-5", title, headings, rows, notes=notes)


def _chance(made: Configured, kept: list[SolutionRobustness]) -> Table:
    say = made.language.say
    headings = (
        Heading("outcome", say("Outcome")),
        Heading("arrangements", say("Arrangements"), "right"),
        Heading("any", say("Some solution"), "right"),
        Heading("both", say("As good a fit"), "right"),
        Heading("perfect", say("A perfect fit"), "right"),
        Heading("same", say("The same formula"), "right"),
    )
    rows = []
    for one in kept:
        if one.chance is None:
            continue
        shares = [one.chance.chance(event).share for event in ("any", "both", "perfect", "same")]
        rows.append(
            [
                _outcome(made, one),
                Cell(made.language.number(one.chance.outcomes), one.chance.outcomes),
                *(Cell(made.language.number(round(share, 2), 2), round(share, 9)) for share in shares),
            ]
        )
    notes = (
        say(
            "The conditions of every case stay, and the outcome is given to as many cases in every other way. Where a "
            "perfect fit comes out whatever the outcome, that it fits says nothing."
        ),
    )
    return Table.of("robustness-6", say("What chance would give the same cases"), headings, rows, notes=notes)


def _refused(made: Configured, found: StudyRobustness) -> Table:
    say = made.language.say
    headings = (
        Heading("part", say("Part of the protocol")),
        Heading("why", say("Why it is not run")),
        Heading("instead", say("What stands instead")),
    )
    kept = dict.fromkeys(refusal for one in found.solutions for refusal in one.refused)
    rows = [
        [
            Cell(made.language.level(one.part), one.part),
            Cell(made.language.level(one.why), one.why),
            Cell(made.language.level(one.instead), one.instead) if one.instead else MISSING,
        ]
        for one in kept
    ]
    return Table.of("robustness-7", say("What is not run, and why"), headings, rows)
