"""A study's claims of sufficiency as theories: which of them can be held against its solutions, and why others not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from concausa.audit.case_frame import CaseFrame
from concausa.core.errors import ExpressionError
from concausa.expr.boolean import Comparison, Expression, Not, atoms, conditions_of, parse
from concausa.expr.tree import conjunction
from concausa.study.study import Study
from concausa.theory.claim import Claim

#: Kinds of claims that hold a set to be sufficient for an outcome.
SUFFICIENT = ("sufficient", "jointly sufficient", "typology")

#: Parts of a text that speak before the cases are looked at.
BEFORE = ("theory", "methods")

Reason = Literal["cases", "under", "levels", "conditions", "outcome"]

#: Why a claim is not held against the solutions.
REASONS: dict[Reason, str] = {
    "cases": "it speaks of single cases",
    "under": "it holds only where something holds that is not analysed",
    "levels": "it compares a condition with a level, and solutions speak of sets",
    "conditions": "it names what is no condition of the analysis",
    "outcome": "its outcome is neither reaching a level that is analysed nor staying below it",
}


@dataclass(frozen=True, slots=True)
class StudyTheory:
    """A claim as a theory of an outcome set.

    Parameters
    ----------
    claim : Claim
    expression : str
        What it holds to be sufficient.
    threshold : str
        The level of the outcome that is asked for.
    negated : bool
        Whether it speaks of staying below that level.
    """

    claim: Claim
    expression: str
    threshold: str
    negated: bool

    @property
    def before(self) -> bool:
        """Whether the part of the text that makes it speaks before the cases are looked at."""
        return self.claim.place in BEFORE

    @property
    def place(self) -> str:
        """The part of the text that makes it; empty where the study does not say."""
        return self.claim.place

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "claim": self.claim.id,
            "expression": self.expression,
            "threshold": self.threshold,
            "negated": self.negated,
            "place": self.place or None,
            "before_the_cases": self.before,
        }


def study_theories(
    study: Study, frame: CaseFrame
) -> tuple[tuple[StudyTheory, ...], tuple[tuple[Claim, Reason], ...]]:
    """The claims that are theories of an analysed outcome, and those of the same kinds that are not, with the reason.

    Claims about another outcome than the study's are neither.
    """
    scale = next(row.levels for row in study.conditions if row.id == frame.outcome)
    thresholds = {row.threshold for row in frame.outcome_sets}
    found: list[StudyTheory] = []
    left: list[tuple[Claim, Reason]] = []
    for claim in study.claims:
        if claim.kind not in SUFFICIENT or not claim.when:
            continue
        outcome = _parsed(claim.outcome)
        if outcome is None or set(conditions_of(outcome)) != {frame.outcome}:
            continue
        # sufficient within a set: sufficient together with being in it
        under = [parse(claim.under)] if claim.under else []
        when = conjunction([parse(claim.when), *under])
        asked = _asked(outcome, scale)
        reason: Reason | None = None
        if claim.cases:
            reason = "cases"
        elif any(not _within(part, frame) for part in under):
            reason = "under"
        elif any(isinstance(atom, Comparison) for atom in atoms(when)):
            reason = "levels"
        elif not _within(when, frame):
            reason = "conditions"
        elif asked is None or asked[0] not in thresholds:
            reason = "outcome"
        if reason is not None:
            left.append((claim, reason))
        elif asked is not None:
            found.append(StudyTheory(claim, str(when), *asked))
    return tuple(found), tuple(left)


def _within(expression: Expression, frame: CaseFrame) -> bool:
    """Whether an expression speaks of sets that are analysed, and of nothing else."""
    levels = any(isinstance(atom, Comparison) for atom in atoms(expression))
    return not levels and set(conditions_of(expression)) <= set(frame.conditions)


def _parsed(text: str) -> Expression | None:
    try:
        return parse(text) if text else None
    except ExpressionError:
        return None


def _asked(outcome: Expression, scale: Sequence[str]) -> tuple[str, bool] | None:
    """The level to be reached, and whether the outcome is staying below it; None if it is neither."""
    match outcome:
        case Not(part):
            inner = _asked(part, scale)
            return None if inner is None else (inner[0], not inner[1])
        case Comparison(operator=operator, level=level) if level in scale:
            place = scale.index(level)
            last = len(scale) - 1
            reached = {">=": place, ">": place + 1, "<": place, "<=": place + 1, "=": place}[operator]
            below = operator in ("<", "<=")
            if operator == "=" and place != last:
                if place:
                    return None
                reached, below = 1, True
            return (scale[reached], below) if 0 < reached <= last else None
    return None
