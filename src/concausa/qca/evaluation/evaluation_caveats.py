"""What a reader must know before trusting a theory evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concausa.core.caveat import Caveat

if TYPE_CHECKING:
    from concausa.qca.evaluation.theory_evaluation import TheoryEvaluation

#: Below this number of cases the parameters of an area are hardly more than its cases.
FEW = 10


def caveats_of(found: TheoryEvaluation) -> tuple[Caveat, ...]:
    """Every caveat, the gravest first."""
    return (*_few(found), *_ambiguous(found), *_theories(found), *_crossovers(found))


def _few(found: TheoryEvaluation) -> list[Caveat]:
    n = len(found.cases)
    if n >= FEW:
        return []
    return [
        Caveat.of(
            "few-cases",
            "{n} cases stand in eight areas: consistency and coverage of an area restate the one or two cases in it",
            n=n,
        )
    ]


def _ambiguous(found: TheoryEvaluation) -> list[Caveat]:
    solution = found.solution
    if solution is None or (solution.n_models == 1 and solution.exact):
        return []
    told = [
        Caveat.of(
            "ambiguous",
            "{n} models fit the cases equally well; the theory is held against {shown} of them, and what differs "
            "between them is no finding",
            n=f"{solution.bound}{solution.n_models:,}",
            shown=f"{len(found.models):,}",
        )
    ]
    for theory in found.theories:
        torn = [case for case, label in found.agreed(theory.label).items() if label is None]
        if torn:
            told.append(
                Caveat.of(
                    "depends-on-model",
                    "{theory}: in which area these cases lie depends on the model: {cases}",
                    theory=theory.label,
                    cases=", ".join(torn),
                )
            )
    return told


def _theories(found: TheoryEvaluation) -> list[Caveat]:
    told = []
    for theory in found.theories:
        if not theory.grounded:
            told.append(
                Caveat.of(
                    "ungrounded",
                    "nothing says where the theory {theory} comes from: one that was written after the solution "
                    "agrees with it by construction",
                    theory=theory.label,
                )
            )
        evaluations = found.of(theory.label)
        if not any(area.populated for area in evaluations[0].areas if area.name in ("T*S", "T*~S")):
            told.append(
                Caveat.of(
                    "unseen",
                    "no case is in the theory {theory}: its expectation was not put to a test",
                    theory=theory.label,
                )
            )
        for one in evaluations:
            if one.relation == "not told":
                told.append(
                    Caveat.of(
                        "too-large",
                        "the areas of {theory} and {model} are too large to be minimised; they are printed as they are",
                        theory=theory.label,
                        model=one.model.expression,
                    )
                )
    return told


def _crossovers(found: TheoryEvaluation) -> list[Caveat]:
    told = []
    for theory in found.theories:
        apart: dict[str, None] = {}
        for one in found.of(theory.label):
            apart |= dict.fromkeys(one.crossovers)
        if apart:
            told.append(
                Caveat.of(
                    "crossover",
                    "exactly on a crossover of theory {theory}, model or outcome, and so in no area: {cases}",
                    theory=theory.label,
                    cases=", ".join(apart),
                )
            )
    return told
