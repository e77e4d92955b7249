"""A row of a truth table, a case that belongs to none, and a row that was recoded by hand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from concausa.core.caveat import Caveat

Configuration: TypeAlias = "tuple[int | None, ...]"
Code = Literal["1", "0", "?", "C"]
Order = Literal["outcome", "n", "consistency", "pri", "configuration"]


@dataclass(frozen=True, slots=True)
class Row:
    """One configuration of the conditions and what the cases say about it.

    Parameters
    ----------
    configuration : tuple of int or None
        One value a condition; None means don't care, so that the row stands for all its completions.
    expression : str
        The configuration as a conjunction, such as ``A*~B``.
    outcome : str
        ``1`` positive, ``0`` negative, ``C`` contradictory, ``?`` remainder.
    n : int
        Cases that belong to the row: membership above .5 in its corner.
    cases : tuple of str
        Their names.
    consistency, pri : float in [0, 1]
        Consistency and proportional reduction in inconsistency of the row as a subset of the outcome,
        over all cases; nan for a row without members.
    deviant : tuple of str
        Members of the row that are out of the outcome.
    reason : Caveat
        Why the row has its outcome, as a sentence with places.
    """

    configuration: Configuration
    expression: str
    outcome: Code
    n: int
    cases: tuple[str, ...]
    consistency: float
    pri: float
    deviant: tuple[str, ...]
    reason: Caveat

    @property
    def why(self) -> str:
        """Why the row has its outcome, in one sentence."""
        return str(self.reason)

    def data(self, conditions: tuple[str, ...]) -> dict[str, Any]:
        """The row as plain JSON values; nan and don't care become None.

        Cases without the outcome are called deviant only where the row counts as leading to it, or as
        contradictory; in a negative row they are what one expects.
        """
        return {
            "configuration": dict(zip(conditions, self.configuration, strict=True)),
            "outcome": self.outcome,
            "n": self.n,
            "consistency": None if math.isnan(self.consistency) else self.consistency,
            "pri": None if math.isnan(self.pri) else self.pri,
            "cases": list(self.cases),
            "deviant": list(self.deviant) if self.outcome in ("1", "C") else [],
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Tie:
    """A case exactly on the crossover of a condition: it belongs to no row, and is never dropped unsaid."""

    case: str
    condition: str
    score: float


@dataclass(frozen=True, slots=True)
class Recoding:
    """A row whose outcome was set by hand.

    Parameters
    ----------
    outcome : str
        The outcome of the table in which it holds, such as ``Y``; the table of the negated outcome keeps
        the recoding without applying it.
    configuration : tuple of int or None
        The row.
    code : str
        What it was set to.
    why : str
        The written reason.
    """

    outcome: str
    configuration: Configuration
    code: Code
    why: str
