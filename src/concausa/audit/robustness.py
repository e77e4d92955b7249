"""How robust the solutions of a study are: its readings are the test set, and what so few cases forbid is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from concausa.audit.case_frame import OutcomeSet
from concausa.audit.configurations import (
    SOLUTION_KINDS,
    Analysis,
    Configurations,
    Setting,
    SolutionKind,
    configurations,
)
from concausa.audit.protocol_refusal import (
    INSTEAD_MAPS,
    INSTEAD_READINGS,
    NO_ANCHORS,
    NO_INTERVALS,
    ONE_READING,
    SAME_OUTCOME,
    TOO_MANY,
    Refusal,
)
from concausa.core.errors import DataError, OptionError
from concausa.core.nearest import nearest
from concausa.study.study import Study

if TYPE_CHECKING:
    from concausa.core.caveat import Caveat
    from concausa.core.table import Table
    from concausa.qca.analysis import Analysis as Recipe
    from concausa.qca.robustness.drops import Drops
    from concausa.qca.robustness.random_outcomes import RandomOutcomes
    from concausa.qca.robustness.ranges import Ranges
    from concausa.qca.robustness.robustness_tests import RobustnessTests

#: With up to so many cases every outcome that the cases could have had is looked at.
FEW = 12


@dataclass(frozen=True, eq=False)
class SolutionRobustness:
    """The protocol for one outcome, or its negation, and one kind of solution.

    Parameters
    ----------
    threshold : str
        The level of the outcome that counts as in.
    negated : bool
    kind : str
        ``conservative``, ``parsimonious`` or ``intermediate``.
    settings : tuple of tuple of Setting
        For the initial analysis and each test what readings of the study come to it.
    recipes : tuple of qca Analysis
        The initial one, then the tests.
    silent : tuple of Setting
        Readings without a truth table: every case is on a crossover, so that they test nothing.
    same : tuple of Setting
        Readings in which every case, or none, has the outcome, so that there is nothing to explain.
    """

    threshold: str
    negated: bool
    kind: SolutionKind
    settings: tuple[tuple[Setting, ...], ...]
    recipes: tuple[Recipe, ...]
    silent: tuple[Setting, ...]
    same: tuple[Setting, ...] = ()

    @property
    def initial(self) -> Recipe:
        """The analysis under test."""
        return self.recipes[0]

    @property
    def n(self) -> int:
        """Cases."""
        return len(self.initial.cases)

    @cached_property
    def tests(self) -> RobustnessTests | None:
        """The initial solution under every other reading; None if there is no other."""
        from concausa.qca.robustness.robustness_tests import robustness_tests

        return robustness_tests(self.initial, self.recipes[1:]) if len(self.recipes) > 1 else None

    @property
    def robust(self) -> tuple[str, ...]:
        """Cases in the initial solution, and in every model of every other reading."""
        if self.tests is None:
            return ()
        return tuple(one.case for one in self.tests.cases("hard") if one.type.startswith("robust"))

    @cached_property
    def drops(self) -> Drops:
        """The initial analysis without each case and without each condition."""
        from concausa.qca.robustness.drops import drops

        return drops(self.initial)

    @cached_property
    def ranges(self) -> Ranges:
        """Within what bounds the cut-offs may move."""
        from concausa.qca.robustness.ranges import ranges

        return ranges(self.initial)

    @cached_property
    def chance(self) -> RandomOutcomes | None:
        """What the same cases give for every way in which as many of them could have had the outcome.

        None with so many cases that not every way can be looked at, or where all or none have the outcome.
        """
        from concausa.qca.robustness.random_outcomes import random_outcomes

        return random_outcomes(self.initial) if not self._no_chance else None

    @property
    def _no_chance(self) -> str:
        if self.n > FEW:
            return TOO_MANY
        scores = self.initial.data.column(self.initial.explained.name)
        return SAME_OUTCOME if len(set(scores.tolist())) < 2 else ""

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """What is not run, and why."""
        found = [
            Refusal("anchors", NO_ANCHORS, INSTEAD_MAPS),
            Refusal("Monte Carlo", NO_INTERVALS, INSTEAD_READINGS),
        ]
        if self.tests is None:
            found.append(Refusal("test set", ONE_READING))
        if self._no_chance:
            found.append(Refusal("chance", self._no_chance))
        return tuple(found)

    def stays(self) -> tuple[int, int]:
        """In how many readings that test it the formula is the same, and how many those are."""
        same, every = len(self.settings[0]), len(self.settings[0])
        for one, own in zip(self.tests.comparisons if self.tests else (), self.settings[1:], strict=True):
            every += len(own)
            same += len(own) if one.same else 0
        return same, every

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """What a reader must know before trusting it."""
        return self.tests.caveats if self.tests else ()

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        same, every = self.stays()
        return {
            "threshold": self.threshold,
            "negated": self.negated,
            "solution": self.kind,
            "formula": list(self.initial.formula),
            "readings": {
                "same": same,
                "tested": every,
                "silent": len(self.silent),
                "same_outcome": len(self.same),
            },
            "settings": [[_setting(one) for one in own] for own in self.settings],
            "tests": None if self.tests is None else self.tests.data(),
            "drops": self.drops.data(),
            "ranges": self.ranges.data(),
            "chance": None if self.chance is None else self.chance.data(),
            "refused": [one.data() for one in self.refused],
        }


@dataclass(frozen=True, eq=False)
class StudyRobustness:
    """The protocol for every outcome and solution of a study.

    Parameters
    ----------
    found : Configurations
    solutions : tuple of SolutionRobustness
        Outcome by outcome, negation after outcome, kinds in the order conservative, parsimonious, intermediate.
    nothing : tuple of (str, bool, str)
        Outcomes, or negations, that no reading has a solution for: threshold, negated, why.
    """

    found: Configurations
    solutions: tuple[SolutionRobustness, ...]
    nothing: tuple[tuple[str, bool, str], ...]

    def of(
        self, kind: SolutionKind, *, negated: bool = False, threshold: str | None = None
    ) -> SolutionRobustness:
        """The protocol of one solution; the highest level is the outcome if none is named.

        Raises
        ------
        OptionError
            If there is no such solution.
        """
        wanted = threshold or self.found.frame.outcome_sets[0].threshold
        for one in self.solutions:
            if (one.kind, one.negated, one.threshold) == (kind, negated, wanted):
                return one
        known = (
            [*SOLUTION_KINDS] if kind not in SOLUTION_KINDS else sorted({s.threshold for s in self.solutions})
        )
        near = nearest(str(kind if kind not in SOLUTION_KINDS else wanted), known)
        raise OptionError(
            f"there is no {kind} solution for {'less than ' if negated else ''}{wanted}",
            where=f"solutions are {', '.join(SOLUTION_KINDS)}; levels are {', '.join(known)}",
            fix=f"did you mean {near}?" if near else "ask for one of these",
        )

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "outcome": self.found.frame.outcome,
            "conditions": list(self.found.frame.conditions),
            "cases": [case.id for case in self.found.frame.cases],
            "left_out": [
                {"case": one.case.id, "missing": list(one.missing)} for one in self.found.frame.left_out
            ],
            "solutions": [one.data() for one in self.solutions],
            "nothing": [
                {"threshold": threshold, "negated": negated, "why": why}
                for threshold, negated, why in self.nothing
            ],
        }

    def tables(self) -> tuple[Table, ...]:
        """Everything in tables."""
        from concausa.audit.robustness_view import tables

        return tables(self)

    def memo(self, width: int = 80) -> str:
        """What stays and what falls, as text."""
        from concausa.audit.robustness_view import memo

        return memo(self, width)

    def __str__(self) -> str:
        return self.memo()

    def __repr__(self) -> str:
        return f"<StudyRobustness: {len(self.solutions)} solutions>"


def study_robustness(study: Study, *, found: Configurations | None = None) -> StudyRobustness:
    """The robustness protocol for a study, as far as its cases allow it.

    What is a declared alternative elsewhere is declared here by the study: every admissible reading of its levels,
    under every level map, as crisp and as fuzzy sets. The first setting that places every case in a row and has a
    solution is the initial analysis (where none does, the first with a solution); all others that have a truth table
    are its tests.

    Parameters
    ----------
    study : Study
    found : Configurations, optional
        Its analyses, where they were worked out before.

    Raises
    ------
    DataError
        If the study has no coded cases to compare.
    """
    made = found if found is not None else configurations(study)
    if made is None or not made.analyses:
        raise DataError(
            "there is nothing to analyse",
            where="codings, level_maps",
            fix="code at least two cases in every condition and in the outcome, and give every condition a level map",
        )
    solutions: list[SolutionRobustness] = []
    nothing: list[tuple[str, bool, str]] = []
    for threshold in dict.fromkeys(row.threshold for row in made.frame.outcome_sets):
        for negated in (False, True):
            kinds = [one for kind in SOLUTION_KINDS for one in _of(made, threshold, kind, negated=negated)]
            solutions += kinds
            if not kinds:
                nothing.append((threshold, negated, "no row of the truth table is positive"))
    return StudyRobustness(made, tuple(solutions), tuple(nothing))


def _of(
    made: Configurations, threshold: str, kind: SolutionKind, *, negated: bool
) -> Iterator[SolutionRobustness]:
    sets = made.frame.outcome_sets
    settings: list[tuple[Setting, ...]] = []
    recipes: list[Recipe] = []
    silent: list[Setting] = []
    same: list[Setting] = []
    whole: list[bool] = []
    for one in made.of(threshold):
        own = tuple(s for s in one.settings if sets[s.outcome].threshold == threshold)
        if one.table is None:
            silent += own
            continue
        if len(one.members) in (0, len(one.cases)):
            same += own
            continue
        settings.append(own)
        recipes.append(_recipe(made, one, kind, own, negated=negated))
        whole.append(None not in one.corners)
    places = [place for place, recipe in enumerate(recipes) if recipe.solution is not None]
    if not places:
        return
    first = next((place for place in places if whole[place]), places[0])
    order = [first, *(place for place in range(len(recipes)) if place != first)]
    yield SolutionRobustness(
        threshold,
        negated,
        kind,
        tuple(settings[place] for place in order),
        tuple(recipes[place] for place in order),
        tuple(silent),
        tuple(same),
    )


def _recipe(
    made: Configurations, one: Analysis, kind: SolutionKind, settings: tuple[Setting, ...], *, negated: bool
) -> Recipe:
    from concausa.qca.analysis import analysis

    name = made.frame.outcome
    columns: dict[str, list[float]] = {
        condition: [row[place] for row in one.scores] for place, condition in enumerate(one.conditions)
    }
    columns[name] = [float(case in one.members) for case in one.cases]
    return analysis(
        columns,
        outcome=f"~{name}" if negated else name,
        conditions=one.conditions,
        cases=one.cases,
        solution=kind,
        expectations=_expected(one.expected, negated=negated),
        label=label(settings, made.frame.outcome_sets),
        why="a reading that the text of the study admits",
    )


def _expected(signs: Mapping[str, int], *, negated: bool) -> dict[str, int] | None:
    return {name: 1 - value if negated else value for name, value in signs.items()} or None


def label(settings: Sequence[Setting], sets: Sequence[OutcomeSet]) -> str:
    """What readings with the same scores are called.

    Examples
    --------
    >>> top = OutcomeSet("maximum", ("NL-1", "NL-2"), {})
    >>> label((Setting(0, "medium-out", "crisp", 0), Setting(2, "medium-out", "crisp", 0)), (top,))
    'medium-out crisp, readings 1, 3'
    """
    first = settings[0]
    same = [
        s
        for s in settings
        if (s.level_map, s.scale, s.outcome) == (first.level_map, first.scale, first.outcome)
    ]
    numbers = ", ".join(str(s.reading + 1) for s in same)
    text = f"{first.level_map} {first.scale}, reading{'s' if len(same) > 1 else ''} {numbers}"
    decided = sets[first.outcome].decided
    if decided:
        taken = [case for case, inside in decided.items() if inside]
        text += f"; with {', '.join(taken)}" if taken else f"; without {', '.join(decided)}"
    return text


def _setting(one: Setting) -> dict[str, Any]:
    return {
        "reading": one.reading + 1,
        "level_map": one.level_map,
        "scale": one.scale,
        "outcome": one.outcome,
    }
