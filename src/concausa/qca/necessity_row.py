"""One expression that may be necessary for an outcome, with its fit and the cases that speak against it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from concausa.core.caveat import Caveat

Kind = Literal["single", "conjunction", "disjunction"]

#: Expressions that reach the consistency cut-off with less relevance than this get a caveat.
TRIVIAL = 0.5


@dataclass(frozen=True, slots=True)
class NecessityRow:
    """An expression held against the claim that it is necessary for the outcome.

    Parameters
    ----------
    expression : str
        One literal, or several joined by ``*`` (conjunction) or `` + `` (disjunction).
    kind : str
        ``single``, ``conjunction`` or ``disjunction``.
    literals : tuple of (str, int)
        Conditions with the value that is asked of them, in the order of the conditions.
    consistency : float in [0, 1]
        Share of the outcome within the expression; nan if no case is in the outcome.
    coverage : float in [0, 1]
        Share of the expression that the outcome fills; nan if no case is in the expression.
    relevance : float in [0, 1]
        Relevance of necessity (RoN); nan if every case is fully in both.
    reaches : bool
        Whether it reaches every cut-off.
    deviant : tuple of str
        Cases in the outcome but not in the expression, the worst first.
    shortfall : tuple of str
        Cases in both, yet less in the expression than in the outcome, the worst first.
    theory : str
        Why it should be necessary, as given; "" if nothing was.
    """

    expression: str
    kind: Kind
    literals: tuple[tuple[str, int], ...]
    consistency: float
    coverage: float
    relevance: float
    reaches: bool
    deviant: tuple[str, ...]
    shortfall: tuple[str, ...]
    theory: str = ""

    @property
    def undefined(self) -> tuple[Caveat, ...]:
        """For each measure that is nan, why."""
        reasons = {
            "consistency": "no case has any membership in the outcome",
            "coverage": "no case has any membership in {expression}",
            "relevance": "every case is fully in both {expression} and the outcome",
        }
        return tuple(
            Caveat.of("undefined", reason, measure=measure, expression=self.expression)
            for measure, reason in reasons.items()
            if math.isnan(getattr(self, measure))
        )

    def data(self) -> dict[str, Any]:
        """Plain JSON values; None for a measure that is not defined."""
        measures = {
            name: None if math.isnan(getattr(self, name)) else getattr(self, name)
            for name in ("consistency", "coverage", "relevance")
        }
        return {
            "expression": self.expression,
            "kind": self.kind,
            **measures,
            "reaches": self.reaches,
            "deviant": list(self.deviant),
            "shortfall": list(self.shortfall),
            "theory": self.theory,
        }


def in_order(rows: Sequence[NecessityRow]) -> tuple[NecessityRow, ...]:
    """Single conditions, conjunctions, disjunctions; in each those that reach the cut-offs first.

    Then the shorter first, then by relevance among those that reach the cut-offs and by consistency among
    the others, from high to low; equal ones stay as they are.
    """
    kinds: tuple[Kind, ...] = ("single", "conjunction", "disjunction")

    def key(row: NecessityRow) -> tuple[int, bool, int, float]:
        measure = row.relevance if row.reaches else row.consistency
        rank = math.inf if math.isnan(measure) else -round(measure, 9)
        return kinds.index(row.kind), not row.reaches, len(row.literals), rank

    return tuple(sorted(rows, key=key))
