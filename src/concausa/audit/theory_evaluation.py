"""A study's theories held against its solutions, in every admissible reading: how often a case lies in which area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from concausa.audit.configurations import (
    SOLUTION_KINDS,
    Analysis,
    Configurations,
    SolutionKind,
    configurations,
)
from concausa.audit.study_theory import REASONS, Reason, StudyTheory, study_theories
from concausa.core.caveat import Caveat
from concausa.study.study import Study
from concausa.theory.claim import Claim

#: Labels beside those of the areas and of case types.
TORN, UNSOLVED = "depends on the model", "no solution"


@dataclass(frozen=True, slots=True)
class Tally:
    """What one case is, over the readings, by one kind of solution.

    Parameters
    ----------
    case : str
    solution : str
        Kind of solution.
    counts : tuple of (str, int)
        Labels with the number of readings, the most frequent first.
    """

    case: str
    solution: SolutionKind
    counts: tuple[tuple[str, int], ...]

    @property
    def n(self) -> int:
        """How many readings."""
        return sum(count for _, count in self.counts)

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"case": self.case, "solution": self.solution, "readings": self.n, "counts": dict(self.counts)}


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One theory with what each case is to it."""

    theory: StudyTheory
    tallies: tuple[Tally, ...]

    def of(self, case: str, solution: SolutionKind) -> Tally:
        """The tally of a case by a kind of solution."""
        return next(one for one in self.tallies if (one.case, one.solution) == (case, solution))

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return self.theory.data() | {"cases": [one.data() for one in self.tallies]}


@dataclass(frozen=True, slots=True)
class Typed:
    """What each case is to the solutions of one outcome, as case types after an analysis of sufficiency."""

    threshold: str
    tallies: tuple[Tally, ...]

    def of(self, case: str, solution: SolutionKind) -> Tally:
        """The tally of a case by a kind of solution."""
        return next(one for one in self.tallies if (one.case, one.solution) == (case, solution))

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"threshold": self.threshold, "cases": [one.data() for one in self.tallies]}


@dataclass(frozen=True, slots=True, eq=False)
class StudyEvaluation:
    """The theories of a study against its solutions.

    Parameters
    ----------
    outcome : str
    cases, conditions : tuple of str
    theories : tuple of Evaluated
    types : tuple of Typed
        One a threshold of the outcome.
    left_out : tuple of (Claim, str)
        Claims of sufficiency that could not be held against the solutions, with the reason.
    caveats : tuple of Caveat
    """

    outcome: str
    cases: tuple[str, ...]
    conditions: tuple[str, ...]
    theories: tuple[Evaluated, ...]
    types: tuple[Typed, ...]
    left_out: tuple[tuple[Claim, Reason], ...]
    caveats: tuple[Caveat, ...]

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "outcome": self.outcome,
            "cases": list(self.cases),
            "conditions": list(self.conditions),
            "theories": [one.data() for one in self.theories],
            "types": [one.data() for one in self.types],
            "left_out": [
                {"claim": claim.id, "reason": reason, "text": REASONS[reason]}
                for claim, reason in self.left_out
            ],
            "caveats": [caveat.data() for caveat in self.caveats],
        }

    def memo(self, width: int = 80, *, part: str = "all") -> str:
        """As one would paste it into a memo; of it the ``theory``, the ``cases``, or ``all``."""
        from concausa.audit.theory_evaluation_view import memo

        return memo(self, width, part=part)

    def __repr__(self) -> str:
        return f"<StudyEvaluation for {self.outcome}: {len(self.theories)} theories, {len(self.cases)} cases>"

    def __str__(self) -> str:
        return self.memo()


def theory_evaluation(study: Study, *, found: Configurations | None = None) -> StudyEvaluation | None:
    """A study's claims of sufficiency held against the solutions of every reading; None without an analysis.

    A reading is a choice of levels where the text prints several, of level maps, of crisp or fuzzy sets, and of the
    cases that reach the level that is asked for. In each, every model of each kind of solution is looked at.

    Parameters
    ----------
    found : Configurations, optional
        The analyses, where they were made before.

    Examples
    --------
    >>> from concausa.study.study import Study
    >>> found = theory_evaluation(Study.load("prosoft"))
    >>> [one.theory.claim.id for one in found.theories if one.theory.before]
    ['K-typology-synergistic', 'K-typology-quiescent', 'K-at-least-moderate']
    """
    found = configurations(study) if found is None else found
    if found is None or not found.analyses:
        return None
    theories, left_out = study_theories(study, found.frame)
    cases = tuple(case.id for case in found.frame.cases)
    evaluated = tuple([_evaluated(found, theory, cases) for theory in theories])
    thresholds = dict.fromkeys(row.threshold for row in found.frame.outcome_sets)
    types = tuple([_typed(found, threshold, cases) for threshold in thresholds])
    return StudyEvaluation(
        found.frame.outcome,
        cases,
        found.frame.conditions,
        evaluated,
        types,
        left_out,
        _caveats(found, evaluated, cases),
    )


def _evaluated(found: Configurations, theory: StudyTheory, cases: Sequence[str]) -> Evaluated:
    from concausa.qca.evaluation.theory import Theory
    from concausa.qca.evaluation.theory_evaluation import evaluate_theory

    asked = Theory(theory.expression, why=theory.claim.id)
    counted: dict[tuple[str, SolutionKind], Counter[str]] = {}
    for analysis, n in _weighed(found, theory.threshold):
        solutions = analysis.negated_solutions if theory.negated else analysis.solutions
        for kind in SOLUTION_KINDS:
            labels: Mapping[str, str | None] = dict.fromkeys(cases, UNSOLVED)
            if kind in solutions:
                solution = solutions[kind]
                labels = evaluate_theory(solution, asked, most=max(1, solution.listed)).agreed(asked.label)
            for case in cases:
                counted.setdefault((case, kind), Counter())[labels[case] or TORN] += n
    return Evaluated(theory, _tallies(counted, cases))


def _typed(found: Configurations, threshold: str, cases: Sequence[str]) -> Typed:
    from concausa.selection.set_types import set_types

    counted: dict[tuple[str, SolutionKind], Counter[str]] = {}
    for analysis, n in _weighed(found, threshold):
        for kind in SOLUTION_KINDS:
            solution = analysis.solutions.get(kind)
            if solution is None:
                for case in cases:
                    counted.setdefault((case, kind), Counter())[UNSOLVED] += n
                continue
            table = solution.truth_table
            outcome = table.outcome_membership.tolist()
            models = [
                set_types({"S": model.membership.tolist()}, outcome, table.data.cases).types["S"]
                for model in solution.models
            ]
            for place, case in enumerate(table.data.cases):
                labels = {own[place] for own in models}
                label = labels.pop() if len(labels) == 1 else TORN
                counted.setdefault((case, kind), Counter())[label] += n
    return Typed(threshold, _tallies(counted, cases))


def _weighed(found: Configurations, threshold: str) -> Iterator[tuple[Analysis, int]]:
    """Each distinct analysis of a threshold, with the number of readings that lead to it."""
    sets = found.frame.outcome_sets
    for analysis in found.of(threshold):
        yield analysis, sum(sets[setting.outcome].threshold == threshold for setting in analysis.settings)


def _tallies(
    counted: Mapping[tuple[str, SolutionKind], Counter[str]], cases: Sequence[str]
) -> tuple[Tally, ...]:
    return tuple(
        Tally(case, kind, tuple(counted[case, kind].most_common()))
        for case in cases
        for kind in SOLUTION_KINDS
    )


def _caveats(
    found: Configurations, evaluated: Sequence[Evaluated], cases: Sequence[str]
) -> tuple[Caveat, ...]:
    possible = 2 ** len(found.frame.conditions)
    seen = max((len(table.n) for one in found.analyses if (table := one.table) is not None), default=0)
    told = [
        Caveat.of(
            "few-cases",
            "{n} cases fill at most {seen} of {possible} rows: a conservative solution restates these rows, and "
            "theory and solution can agree by it in nothing but the cases that made both",
            n=len(cases),
            seen=seen,
            possible=possible,
        ),
        Caveat.of(
            "unseen-rows",
            "an area without a case may be empty for want of cases: what lies beyond the observed rows is "
            "assumed, by the parsimonious solution most",
        ),
        Caveat.of(
            "no-ranking",
            "cases are not ranked and pairs are not formed: with {n} cases a rank turns on single codings",
            n=len(cases),
        ),
    ]
    after = [one.theory.claim.id for one in evaluated if one.theory.place and not one.theory.before]
    if after:
        told.append(
            Caveat.of(
                "after-the-cases",
                "stated where the text compares its cases or concludes, not before: {claims}; agreement with the "
                "same cases is no test of them",
                claims=", ".join(after),
            )
        )
    silent = [one.theory.claim.id for one in evaluated if not one.theory.place]
    if silent:
        told.append(
            Caveat.of(
                "place-unknown",
                "the study does not say whether these were stated before the cases were looked at: {claims}",
                claims=", ".join(silent),
            )
        )
    return tuple(told)
