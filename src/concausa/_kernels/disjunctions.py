"""Minimal disjunctions: sets of conditions that are together necessary for an outcome while no part of them is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.fit_cells import NOTHING, ceiling, necessity

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

BUDGET = 400_000_000
FOUND = 20_000
BLOCK = 1 << 21


@dataclass(frozen=True, slots=True, eq=False)
class Disjunctions:
    """Minimal disjunctions, fewest conditions first, then by their conditions.

    sets : tuple of tuple of int; places of conditions, rising
    complete : bool; False where the budget ended the search, so that some may be missing
    """

    sets: tuple[tuple[int, ...], ...]
    complete: bool


def minimal_disjunctions(
    members: Floats,
    sizes: Ints,
    outcome: Floats,
    weights: Floats,
    *,
    kind: int,
    threshold: float,
    most: int,
    literals: int,
    budget: int = BUDGET,
) -> Disjunctions:
    """All sets of up to *most* conditions whose disjunction reaches *threshold* while that of no part does.

    Parameters
    ----------
    members : float, shape (conditions, cases)
        Memberships.
    sizes : int, shape (conditions,)
        Literals of each condition.
    outcome, weights : float, shape (cases,)
    kind : int
        See `fit_cells.necessity`.
    threshold : float
    most, literals : int
        Most conditions in a set, and most literals in all.
    budget : int
        Pairs of a set and a further condition times cases that may be tried.

    Returns
    -------
    Disjunctions

    Notes
    -----
    A set grows by conditions later in the order of what they cover alone, and only while its coverage
    could still rise to the threshold: what a condition adds to a set, it adds at most to a larger one.

    Examples
    --------
    >>> import numpy as np
    >>> members = np.array([[1, 1, 0], [0, 1, 1], [0, 0, 1]], dtype=float)
    >>> minimal_disjunctions(members, np.array([1, 1, 2]), np.ones(3), np.ones(3), kind=0, threshold=1.0,
    ...                      most=3, literals=9).sets
    ((0, 1), (0, 2))
    """
    if not len(members):
        return Disjunctions((), True)
    search = _Search(members, sizes, outcome, weights, kind, threshold, most, literals, budget)
    complete = search.run()
    return Disjunctions(tuple(sorted(search.found, key=lambda found: (len(found), found))), complete)


class _Search:
    def __init__(
        self,
        members: Floats,
        sizes: Ints,
        outcome: Floats,
        weights: Floats,
        kind: int,
        threshold: float,
        most: int,
        literals: int,
        budget: int,
    ) -> None:
        within = np.minimum(members, outcome)
        self.order = np.argsort(-(within @ weights), kind="stable")
        self.members, self.within = members[self.order], within[self.order]
        self.sizes, self.weights = sizes[self.order], weights
        self.crisp = bool(np.isin(members, (0.0, 1.0)).all() and np.isin(outcome, (0.0, 1.0)).all())
        self.kind, self.threshold = kind, threshold - NOTHING
        self.most, self.literals, self.budget = most, literals, budget
        self.right, self.total = float(outcome @ weights), float(weights.sum())
        self.found: list[tuple[int, ...]] = []
        cases = members.shape[1]
        self.step = max(1, BLOCK // (len(members) * (1 if self.crisp else cases) + cases))

    def run(self) -> bool:
        """Find everything; False if the budget did not suffice."""
        roots = np.arange(len(self.members))[:, None]
        roots = roots[self.sizes <= self.literals]
        reached = self._reached(roots)
        self._keep(roots[reached])
        stack = [roots[~reached]] if self.most > 1 else []
        while stack:
            rows = stack.pop()
            if len(rows) > self.step:
                stack.append(rows[self.step :])
                rows = rows[: self.step]
            self.budget -= len(rows) * self.members.size
            if self.budget < 0 or len(self.found) > FOUND:
                del self.found[FOUND:]
                return False
            if len(rows):
                grown = self._grow(rows)
                if len(grown):
                    stack.append(grown)
        return True

    def _grow(self, rows: Ints) -> Ints:
        """Keep the minimal sets of one more condition; give back those that may still become some."""
        length = rows.shape[1] + 1
        union, inner = self.members[rows].max(axis=1), self.within[rows].max(axis=1)
        base = inner @ self.weights
        if self.crisp:
            gain = ((1.0 - inner) * self.weights) @ self.within.T
            both, left = base[:, None] + gain, (union @ self.weights)[:, None]
            left = left + ((1.0 - union) * self.weights) @ self.members.T
        else:
            both = np.maximum(inner[:, None], self.within) @ self.weights
            left = np.maximum(union[:, None], self.members) @ self.weights
            gain = both - base[:, None]
        literals = self.sizes[rows].sum(axis=1)[:, None] + self.sizes
        later = np.arange(len(self.members)) > rows[:, -1:]
        fits = later & (literals <= self.literals)
        value = necessity(self.kind, both, left, self.right, self.total)
        reached = value >= self.threshold
        parents, added = np.nonzero(fits & reached)
        self._keep_minimal(np.concatenate([rows[parents], added[:, None]], axis=1))
        if length >= self.most:
            return np.zeros((0, length), dtype=np.int64)
        beyond = np.maximum.accumulate(np.where(later, gain, 0.0)[:, ::-1], axis=1)[:, ::-1]
        beyond = np.concatenate([beyond[:, 1:], np.zeros((len(rows), 1))], axis=1)
        most = np.minimum(self.right, both + (self.most - length) * beyond)
        bound = ceiling(self.kind, most, both, left, self.right, self.total)
        parents, added = np.nonzero(fits & ~reached & (bound >= self.threshold))
        return np.concatenate([rows[parents], added[:, None]], axis=1)

    def _keep_minimal(self, rows: Ints) -> None:
        """Of sets that reach the threshold keep those of which no part does."""
        length = rows.shape[1]
        smallest = length - 1 if self.kind == 0 else 1
        for size in range(length - 1, smallest - 1, -1):
            for places in combinations(range(length), size):
                if not len(rows):
                    return
                rows = rows[~self._reached(rows[:, places])]
        self._keep(rows)

    def _reached(self, rows: Ints) -> Bools:
        reached = np.empty(len(rows), dtype=bool)
        step = max(1, BLOCK // (self.members.shape[1] * rows.shape[1]))
        for start in range(0, len(rows), step):
            part = rows[start : start + step]
            both = self.within[part].max(axis=1) @ self.weights
            left = self.members[part].max(axis=1) @ self.weights
            value = necessity(self.kind, both, left, self.right, self.total)
            reached[start : start + step] = value >= self.threshold
        return reached

    def _keep(self, rows: Ints) -> None:
        self.found += [tuple(sorted(row)) for row in self.order[rows].tolist()]
