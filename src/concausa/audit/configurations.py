"""Truth tables, solutions and necessity of a study's cases, under every reading of its levels and its outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from concausa.audit.case_frame import CaseFrame, Reading, case_frame
from concausa.audit.expected import Expectation, expectations
from concausa.audit.placement import map_choices, unmapped
from concausa.measurement.level_map import memberships
from concausa.sets.membership import CROSSOVER, TOLERANCE
from concausa.study.study import Study

if TYPE_CHECKING:
    from concausa.qca.necessity import Necessity
    from concausa.qca.solution import Solution
    from concausa.qca.truth_table import TruthTable

Scale = Literal["crisp", "fuzzy"]
SolutionKind = Literal["conservative", "parsimonious", "intermediate"]
SOLUTION_KINDS: tuple[SolutionKind, ...] = ("conservative", "parsimonious", "intermediate")

#: Most models of a solution that are listed; all are counted.
MODELS = 100

#: One membership for each condition of a case.
Scores = tuple[float, ...]
#: One side of each condition; a case on the crossover of some condition has none.
Row = tuple[int, ...]
Corner = Row | None


@dataclass(frozen=True, slots=True)
class Setting:
    """The choices behind one analysis.

    Parameters
    ----------
    reading : int
        Place among the readings of the frame.
    level_map : str
        Id of the choice of level maps.
    scale : str
        ``fuzzy``: memberships as the maps give them; ``crisp``: 1 above the crossover, 0 below.
    outcome : int
        Place among the outcome sets of the frame.
    """

    reading: int
    level_map: str
    scale: Scale
    outcome: int


@dataclass(frozen=True, eq=False)
class Analysis:
    """What one distinct set of scores and one outcome set give.

    Parameters
    ----------
    settings : tuple of Setting
        Choices that all lead to these very numbers.
    cases, conditions : tuple of str
    scores : tuple of tuple of float
        Memberships, cases × conditions.
    members : tuple of str
        Cases with the outcome.
    expected : mapping of str to int
        Directional expectations for the outcome.
    """

    settings: tuple[Setting, ...]
    cases: tuple[str, ...]
    conditions: tuple[str, ...]
    scores: tuple[Scores, ...]
    members: tuple[str, ...]
    expected: Mapping[str, int]

    @cached_property
    def corners(self) -> tuple[Corner, ...]:
        """For each case its corner of the property space."""
        return tuple(corner(row) for row in self.scores)

    @cached_property
    def table(self) -> TruthTable | None:
        """The truth table of the outcome; None if every case lies on a crossover."""
        from concausa.qca.truth_table import truth_table

        if not any(self.corners):
            return None
        columns: dict[str, Sequence[Any]] = {
            name: [row[place] for row in self.scores] for place, name in enumerate(self.conditions)
        }
        outcome = _free_name(self.conditions)
        columns[outcome] = [int(case in self.members) for case in self.cases]
        return truth_table(columns, outcome=outcome, conditions=self.conditions, cases=self.cases)

    @cached_property
    def negated(self) -> TruthTable | None:
        """The truth table of the negated outcome."""
        return None if self.table is None else self.table.negated()

    @cached_property
    def solutions(self) -> Mapping[SolutionKind, Solution]:
        """The solutions for the outcome by kind; none where no row is positive."""
        return _solved(self.table, self.expected)

    @cached_property
    def negated_solutions(self) -> Mapping[SolutionKind, Solution]:
        """The solutions for the negated outcome; what is expected of each condition is turned around."""
        return _solved(self.negated, {name: 1 - value for name, value in self.expected.items()})

    @cached_property
    def necessity(self) -> Necessity | None:
        """Single conditions held against necessity; None where no case has the outcome, or no row a case."""
        return _needed(self.table)

    @cached_property
    def negated_necessity(self) -> Necessity | None:
        """The same for the negated outcome."""
        return _needed(self.negated)


@dataclass(frozen=True, eq=False)
class Configurations:
    """Every distinct analysis of a study.

    Parameters
    ----------
    frame : CaseFrame
    expected : tuple of Expectation
    analyses : tuple of Analysis
        In the order in which their first setting comes: crisp ones first.
    choices : tuple of (str, str)
        Every level map with every scale that was tried.
    undecided : mapping of str to tuple of (int, str, str)
        For each level map the readings, cases and conditions that it leaves on the crossover; such a
        reading has no crisp analysis.
    unmapped : tuple of str
        Conditions that no level map covers; with any, there is no analysis.
    """

    frame: CaseFrame
    expected: tuple[Expectation, ...]
    analyses: tuple[Analysis, ...]
    choices: tuple[tuple[str, Scale], ...]
    undecided: Mapping[str, tuple[tuple[int, str, str], ...]]
    unmapped: tuple[str, ...]

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Every choice that was analysed."""
        return tuple(setting for analysis in self.analyses for setting in analysis.settings)

    def of(self, threshold: str) -> tuple[Analysis, ...]:
        """The analyses in which reaching a level is the outcome."""
        sets = self.frame.outcome_sets
        return tuple(
            analysis
            for analysis in self.analyses
            if any(sets[setting.outcome].threshold == threshold for setting in analysis.settings)
        )

    def setting(self, **fields: object) -> Analysis:
        """The first analysis with a setting that has these fields; LookupError if there is none."""
        for analysis in self.analyses:
            for setting in analysis.settings:
                if all(getattr(setting, name) == value for name, value in fields.items()):
                    return analysis
        raise LookupError(f"no analysis has {fields}")


def configurations(study: Study) -> Configurations | None:
    """The truth tables of a study in every admissible reading; None without an outcome or coded conditions.

    Cases need a level in every condition and in the outcome; those that lack one are left out by name.
    Each reading of the levels is taken through every choice of level maps, as fuzzy scores and, where no
    case stays on a crossover, as crisp ones. Settings that lead to the same numbers are analysed once.
    There is no analysis where no case is complete, or some condition has no level map.
    """
    frame = case_frame(study)
    if frame is None:
        return None
    expected = expectations(study, frame.conditions)
    signs = {row.condition: row.value for row in expected if row.value is not None}
    tried: list[tuple[str, Scale, int, tuple[Scores, ...]]] = []
    undecided: dict[str, list[tuple[int, str, str]]] = {}
    for choice in map_choices(study, frame.conditions) if frame.cases else ():
        of_level = {
            name: memberships(choice.maps[name], study.row("conditions", name).levels)
            for name in frame.conditions
        }
        for place, reading in enumerate(frame.readings):
            scores = _scores(frame, reading, of_level)
            ties = _ties(frame, scores)
            undecided.setdefault(choice.id, []).extend((place, *tie) for tie in ties)
            crisp = _crisp(scores)
            if not ties:
                tried.append((choice.id, "crisp", place, crisp))
            if ties or scores != crisp:
                tried.append((choice.id, "fuzzy", place, scores))
    tried.sort(key=lambda found: found[1])
    grouped: dict[tuple[tuple[Scores, ...], tuple[str, ...]], list[Setting]] = {}
    for number, outcome in enumerate(frame.outcome_sets):
        for level_map, scale, place, scores in tried:
            setting = Setting(place, level_map, scale, number)
            grouped.setdefault((scores, outcome.cases), []).append(setting)
    names = tuple(case.id for case in frame.cases)
    return Configurations(
        frame,
        expected,
        tuple(
            Analysis(tuple(settings), names, frame.conditions, scores, members, signs)
            for (scores, members), settings in grouped.items()
        ),
        tuple(dict.fromkeys((level_map, scale) for level_map, scale, _, _ in tried)),
        {id: tuple(found) for id, found in undecided.items() if found},
        unmapped(study, frame.conditions),
    )


def corner(scores: Scores) -> Corner:
    """The corner in which a case with these memberships lies; None if one is at the crossover.

    Examples
    --------
    >>> corner((1.0, 0.51, 0.25)), corner((1.0, 0.5))
    ((1, 1, 0), None)
    """
    if any(abs(score - CROSSOVER) <= TOLERANCE for score in scores):
        return None
    return tuple(int(score > CROSSOVER) for score in scores)


def _scores(
    frame: CaseFrame, reading: Reading, of_level: Mapping[str, Mapping[str, float]]
) -> tuple[Scores, ...]:
    return tuple(
        tuple(of_level[name][reading.levels[case.id, name]] for name in frame.conditions)
        for case in frame.cases
    )


def _ties(frame: CaseFrame, scores: Sequence[Scores]) -> list[tuple[str, str]]:
    return [
        (case.id, name)
        for case, row in zip(frame.cases, scores, strict=True)
        for name, score in zip(frame.conditions, row, strict=True)
        if abs(score - CROSSOVER) <= TOLERANCE
    ]


def _crisp(scores: Sequence[Scores]) -> tuple[Scores, ...]:
    return tuple(tuple(float(score > CROSSOVER) for score in row) for row in scores)


def _free_name(conditions: Sequence[str]) -> str:
    name = "Y"
    while name in conditions:
        name += "_"
    return name


def _solved(table: TruthTable | None, expected: Mapping[str, int]) -> Mapping[SolutionKind, Solution]:
    from concausa.qca.minimize import minimize

    if table is None or not len(table.positive):
        return {}
    return {
        kind: minimize(table, solution=kind, expectations=dict(expected), limit=MODELS)
        for kind in SOLUTION_KINDS
    }


def _needed(table: TruthTable | None) -> Necessity | None:
    from concausa.qca.necessity import necessity

    if table is None or not (table.outcome_membership > CROSSOVER).any():
        return None
    return necessity(table)
