"""Degrees: set relations that hold far enough, tested on fuzzy memberships.

A relation holds to the degree ``sum(min(x, y)) / sum(x)`` (sufficient) or ``sum(min(x, y)) / sum(y)``
(necessary) [1]_, and passes from a stated consistency *c* upwards. Each case adds its own part to the
difference between the sum above and *c* times the sum below. So a score that is missing leaves a test
open only if what it may be, from 0 to 1, carries the sum of all parts across 0.

References
----------
.. [1] Ragin (2006), *Political Analysis* 14(3), 291-310. https://doi.org/10.1093/pan/mpj019
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from concausa.audit.claims import proposition as p
from concausa.audit.claims.cells import cell, missing
from concausa.audit.claims.proposition import Chosen, Proposition, sizes_of
from concausa.audit.claims.truth import FALSE, REASONS, TRUE, Truths
from concausa.audit.worlds.worlds import Worlds
from concausa.core.errors import ExpressionError
from concausa.expr.tree import And, Constant, Expression, Name, Not, Or, atoms
from concausa.sets.membership import TOLERANCE

Relation: TypeAlias = Literal["necessary", "sufficient"]
Floats: TypeAlias = NDArray[np.float64]


class Bounds(NamedTuple):
    """What a number may be, one a world: at least *low*, at most *high*, and why they differ."""

    low: Floats
    high: Floats
    why: Truths


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """The bounds of a number for each combination of the options of a few choices."""

    choices: tuple[int, ...]
    sizes: tuple[int, ...]
    table: Bounds

    def bounds(self, chosen: Chosen) -> Bounds:
        """Its bounds in each world."""
        place = chosen.place(self.choices, self.sizes)
        low, high, why = self.table
        return Bounds(low.reshape(-1).take(place), high.reshape(-1).take(place), why.reshape(-1).take(place))


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """The membership of a case in an expression of names.

    Parameters
    ----------
    expression : Expression
    names : tuple of Scores
        The membership in each name of the expression, in its order.
    """

    expression: Expression
    names: tuple[tuple[str, Scores], ...]

    def bounds(self, chosen: Chosen) -> Bounds:
        """Its bounds in each world."""
        found = {name: scores.bounds(chosen) for name, scores in self.names}
        low, high = _within(self.expression, found)
        why = np.zeros((), dtype=np.uint8)
        for bounds in found.values():
            why = why | bounds.why
        return Bounds(low, high, np.where(low < high, why, 0).astype(np.uint8, copy=False))


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What one case adds to the difference that decides."""

    relation: Relation
    consistency: float
    judged: Proposition
    score: Score
    outcome: Proposition | Score

    def bounds(self, chosen: Chosen) -> Bounds:
        """Its bounds in each world."""
        if isinstance(self.outcome, Score):
            low, high, open_ = self._of_degrees(self.score.bounds(chosen), self.outcome.bounds(chosen))
        else:
            low, high, open_ = self._of_outcome(self.score.bounds(chosen), p.truths(self.outcome, chosen))
        judged = p.truths(self.judged, chosen)
        low, high = _mixed(judged, (low, high), (np.zeros(()), np.zeros(())))
        why = judged & REASONS | open_
        return Bounds(low, high, np.where(low < high, why, 0).astype(np.uint8, copy=False))

    def _of_degrees(self, x: Bounds, y: Bounds) -> Bounds:
        """What a case adds whose outcome is a membership too; it is concave, so that ends and ridge bound it."""
        if self.relation == "necessary":
            low = np.minimum(self._added(x.low, y.low), self._added(x.low, y.high))
            high = self._added(x.high, np.clip(x.high, y.low, y.high))
        else:
            low = np.minimum(self._added(x.low, y.low), self._added(x.high, y.low))
            high = self._added(np.clip(y.high, x.low, x.high), y.high)
        return Bounds(low, high, x.why | y.why)

    def _added(self, x: Floats, y: Floats) -> Floats:
        below = y if self.relation == "necessary" else x
        return np.asarray(np.minimum(x, y) - self.consistency * below)

    def _of_outcome(self, score: Bounds, outcome: Truths) -> Bounds:
        """What a case adds that has the outcome or lacks it."""
        c = self.consistency
        if self.relation == "necessary":
            there = score.low - c, score.high - c
            without = np.zeros(()), np.zeros(())
        else:
            there = score.low * (1 - c), score.high * (1 - c)
            without = -c * score.high, -c * score.low
        low, high = _mixed(outcome, there, without)
        return Bounds(low, high, (outcome & REASONS | score.why).astype(np.uint8, copy=False))


@dataclass(frozen=True, slots=True, eq=False)
class Degree:
    """Whether a relation holds far enough over all cases judged."""

    parts: tuple[Part | Scores, ...]
    choices: tuple[int, ...]
    sizes: tuple[int, ...]

    def truths(self, chosen: Chosen) -> Truths:
        """Its truth value in each world."""
        low, high = np.zeros(()), np.zeros(())
        why = np.zeros((), dtype=np.uint8)
        for part in self.parts:
            bounds = part.bounds(chosen)
            low, high, why = low + bounds.low, high + bounds.high, why | bounds.why
        sure = np.where(low >= -TOLERANCE, TRUE, np.where(high < -TOLERANCE, FALSE, FALSE | TRUE | why))
        return sure.astype(np.uint8)


def degree(
    worlds: Worlds,
    relation: Relation,
    consistency: float,
    expression: Expression,
    outcome: Expression,
    cases: Sequence[tuple[str, Proposition, Proposition]],
) -> Proposition:
    """Whether *expression* is necessary, or sufficient, for the outcome, at least to a consistency.

    Parameters
    ----------
    consistency : float in [0, 1]
    expression : Expression
        Of names alone; see `has_degrees`.
    outcome : Expression
        If it is of names alone too, cases have it to a degree; else they have it or not.
    cases : sequence of (case, Proposition, Proposition)
        Each with whether it is judged, and whether it has the outcome, both taken as crisp.
    """
    parts = []
    sizes: dict[int, int] = {}
    for case, judged, crisp in cases:
        score = _score(worlds, case, expression)
        claimed = _score(worlds, case, outcome) if has_degrees(outcome) else crisp
        own = sizes_of((judged,) if isinstance(claimed, Score) else (judged, claimed))
        for one in (score, claimed):
            for _, scores in one.names if isinstance(one, Score) else ():
                own.update(zip(scores.choices, scores.sizes, strict=True))
        parts.append(_tabulated(Part(relation, consistency, judged, score, claimed), own))
        sizes |= own
    choices = tuple(sorted(sizes))
    return p.tabulated(Degree(tuple(parts), choices, tuple(sizes[choice] for choice in choices)))


def has_degrees(expression: Expression) -> bool:
    """Whether every condition of an expression stands as a set, so that memberships count."""
    return all(isinstance(atom, Name) for atom in atoms(expression))


def _tabulated(part: Part, sizes: dict[int, int]) -> Part | Scores:
    choices = tuple(sorted(sizes))
    shape = tuple(sizes[choice] for choice in choices)
    if prod(shape) > p.TABULATED:
        return part
    low, high, why = part.bounds(Chosen.all_of(choices, shape))
    table = Bounds(np.broadcast_to(low, shape), np.broadcast_to(high, shape), np.broadcast_to(why, shape))
    return Scores(choices, shape, table)


def _score(worlds: Worlds, case: str, expression: Expression) -> Score:
    names = dict.fromkeys(atom.name for atom in atoms(expression))
    return Score(expression, tuple((name, _scores(worlds, case, name)) for name in names))


def _scores(worlds: Worlds, case: str, condition: str) -> Scores:
    own = cell(worlds, case, condition)
    scores = [state.membership for state in own.states]
    low = np.array([0.0 if score is None else score for score in scores])
    high = np.array([1.0 if score is None else score for score in scores])
    why = np.array(
        [missing(state) & REASONS if state.membership is None else 0 for state in own.states], dtype=np.uint8
    )
    table = Bounds(low[own.table], high[own.table], why[own.table])
    return Scores(own.choices, own.table.shape, table)


def _within(expression: Expression, names: dict[str, Bounds]) -> tuple[Floats, Floats]:
    match expression:
        case Name(name):
            return names[name].low, names[name].high
        case Constant(value):
            return np.asarray(float(value)), np.asarray(float(value))
        case Not(part):
            low, high = _within(part, names)
            return 1 - high, 1 - low
        case And(parts) | Or(parts):
            pick = np.minimum if isinstance(expression, And) else np.maximum
            low, high = _within(parts[0], names)
            for part in parts[1:]:
                other_low, other_high = _within(part, names)
                low, high = pick(low, other_low), pick(high, other_high)
            return low, high
        case _:
            raise ExpressionError(f"{expression} has no degree", fix="name conditions alone, such as EL*BQ")


def _mixed(
    truths: Truths, there: tuple[Floats, Floats], without: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """The one pair of bounds where true, the other where false, both where unknown."""
    low = np.where(truths == TRUE, there[0], without[0])
    high = np.where(truths == TRUE, there[1], without[1])
    open_ = (truths != TRUE) & (truths != FALSE)
    return (
        np.where(open_, np.minimum(there[0], without[0]), low),
        np.where(open_, np.maximum(there[1], without[1]), high),
    )
