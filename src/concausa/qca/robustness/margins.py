"""How far every row of a truth table is from each of its cut-offs while one column moves, with bounds that hold.

The margin of a row is Σ min(x, y) − κ Σ x for a consistency cut-off κ; a row reaches it where the margin is not
negative. While one column moves, a case adds to the sum a function of one membership that rises up to min(x, y) = y
and falls from there, and that membership moves one way only. Its least value between two places is therefore found
at one of them, and its greatest at one of them or at y: the bounds are exact for every case, and their sum holds
for every value in between.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from concausa.qca.cutoffs import Cutoffs
from concausa.sets.membership import TOLERANCE

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Hurdle:
    """One cut-off as the engine applies it.

    Parameters
    ----------
    name : str
        ``consistency``, ``pri`` or ``contradiction``.
    cut : float
        The cut-off, less what noise may take.
    """

    name: str
    cut: float

    def of_case(self, x: Floats, y: Floats) -> Floats:
        """What a case with membership *x* in a row and *y* in the outcome adds to the margin."""
        within = np.minimum(x, y)
        if self.name != "pri":
            return within - self.cut * x
        return within - (1.0 - self.cut) * np.minimum(within, 1.0 - y) - self.cut * x


def hurdles_of(cutoffs: Cutoffs) -> tuple[Hurdle, ...]:
    """The cut-offs that rows are measured by."""
    found = [Hurdle("consistency", cutoffs.consistency - TOLERANCE)]
    if cutoffs.pri > 0:
        found.append(Hurdle("pri", cutoffs.pri - TOLERANCE))
    if cutoffs.contradiction is not None:
        found.append(Hurdle("contradiction", cutoffs.contradiction - TOLERANCE))
    return tuple(found)


@dataclass(frozen=True, slots=True, eq=False)
class ConditionMargins:
    """Margins while memberships in a condition move.

    Parameters
    ----------
    rest : array of float, shape (rows, cases)
        The least membership over the other conditions of each row.
    present : array of bool, shape (rows,)
        Whether a row asks for the presence of the condition, or for its absence.
    outcome : array of float, shape (cases,)
    hurdles : tuple of Hurdle
    """

    rest: Floats
    present: NDArray[np.bool_]
    outcome: Floats
    hurdles: tuple[Hurdle, ...]

    def at(self, memberships: Floats, rows: Ints) -> Floats:
        """Margins, shape (hurdles, pairs), of *rows* where the condition has *memberships*, (pairs, cases)."""
        x = self._x(memberships, rows)
        return np.stack([hurdle.of_case(x, self.outcome).sum(axis=1) for hurdle in self.hurdles])

    def between(self, start: Floats, stop: Floats, rows: Ints) -> tuple[Floats, Floats, Floats, Floats]:
        """Margins at both ends, and bounds on them, (hurdles, pairs), while memberships go from *start* to *stop*."""
        one, two = self._x(start, rows), self._x(stop, rows)
        best = np.minimum(np.maximum(self.outcome, np.minimum(one, two)), np.maximum(one, two))
        found = []
        for hurdle in self.hurdles:
            left, right = hurdle.of_case(one, self.outcome), hurdle.of_case(two, self.outcome)
            top = hurdle.of_case(best, self.outcome)
            found.append([part.sum(axis=1) for part in (left, right, np.minimum(left, right), top)])
        left, right, lower, upper = (np.stack(parts) for parts in zip(*found, strict=True))
        return left, right, lower, upper

    def _x(self, memberships: Floats, rows: Ints) -> Floats:
        literal = np.where(self.present[rows][:, None], memberships, 1.0 - memberships)
        return np.minimum(literal, self.rest[rows])


@dataclass(frozen=True, slots=True, eq=False)
class OutcomeMargins:
    """Margins while memberships in the outcome move: every case's part moves one way, and so does their sum.

    Parameters
    ----------
    rows : array of float, shape (rows, cases)
        Membership of each case in each row.
    negated : bool
        Whether the absence of the column is explained.
    hurdles : tuple of Hurdle
    """

    rows: Floats
    negated: bool
    hurdles: tuple[Hurdle, ...]

    def at(self, memberships: Floats, rows: Ints) -> Floats:
        """Margins, shape (hurdles, pairs), of *rows* where the outcome has *memberships*, (pairs, cases)."""
        y = 1.0 - memberships if self.negated else memberships
        return np.stack([hurdle.of_case(self.rows[rows], y).sum(axis=1) for hurdle in self.hurdles])

    def between(self, start: Floats, stop: Floats, rows: Ints) -> tuple[Floats, Floats, Floats, Floats]:
        """Margins at both ends, and bounds on them, (hurdles, pairs), while memberships go from *start* to *stop*."""
        left, right = self.at(start, rows), self.at(stop, rows)
        return left, right, np.minimum(left, right), np.maximum(left, right)


Margins = ConditionMargins | OutcomeMargins
