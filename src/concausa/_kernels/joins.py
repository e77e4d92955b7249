"""Joins: formulas of different groups that hold together, each of which says something that the rest do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

BUDGET = 200_000
START, SMALL = 64, 4_096
BLOCK = 1 << 20
ALL = ~np.uint64(0)


@dataclass(frozen=True, slots=True, eq=False)
class Joins:
    """Joins, fewest formulas first, then by their formulas.

    sets : tuple of tuple of int; formulas, rising
    complete : bool; False where the budget ended the search
    redundant : int; full joins or parts of such that were met and left out because some part of a formula of
        theirs makes no difference
    """

    sets: tuple[tuple[int, ...], ...]
    complete: bool
    redundant: int


def sound_joins(
    truths: Words,
    groups: Sequence[Sequence[int]],
    differences: Words,
    values: Sequence[Words],
    *,
    budget: int = BUDGET,
) -> Joins:
    """All sets of at most one formula a group that are sound, irredundant, and imply a formula of each group left out.

    Parameters
    ----------
    truths : uint64, shape (formulas, words)
        Where each formula is true, as bits.
    groups : sequence of sequence of int
        Formulas of each group, the preferred ones first.
    differences : uint64, shape (formulas, parts, words)
        For each part of a formula, where it makes a difference; a join is sound only if it is true somewhere
        there, for each part of each of its formulas. Padded with all bits set.
    values : sequence of uint64 arrays, shape (values, words)
        For each factor, where it has each value; where a sound join is true, at least two of them are possible.
    budget : int
        Partial joins that may be tried.

    Returns
    -------
    Joins

    Notes
    -----
    These are the smallest parts of full joins that say the same as the whole. A part that makes no difference, a
    formula that others imply and a factor with one value stay so whatever is added; so a join grows by one group
    after the other, the smallest groups first, and only while it is sound. Joins of the preferred formulas are
    looked for first, then of twice as many of each group, and so on, so that a search that meets its bound has found
    some. Cost: partial joins × their parts × words.

    Examples
    --------
    >>> import numpy as np
    >>> truths = np.array([[0b0111], [0b0011], [0b1110]], dtype=np.uint64)
    >>> everywhere = np.full((3, 1, 1), 0xF, dtype=np.uint64)
    >>> sound_joins(truths, [[0], [1, 2]], everywhere, []).sets
    ((1,), (0, 2))
    """
    order = sorted((place for place, group in enumerate(groups) if len(group)), key=lambda i: len(groups[i]))
    if not order:
        return Joins((), True, 0)
    search = _Search(truths, [np.array(groups[place]) for place in order], differences, values)
    width = START
    while width > 1 and prod(min(len(group), width) for group in search.groups) > SMALL:
        width //= 2
    while search.run(width, budget) and width < len(search.groups[-1]):
        width *= 2
    found = tuple(sorted(search.found, key=lambda one: (len(one), one)))
    return Joins(found, search.tried <= budget, search.redundant)


class _Search:
    def __init__(
        self, truths: Words, groups: Sequence[Ints], differences: Words, values: Sequence[Words]
    ) -> None:
        self.truths, self.groups, self.values = truths, groups, values
        self.differences = differences
        self.found: set[tuple[int, ...]] = set()
        self.redundant = self.tried = 0
        self.words = truths.shape[1]

    def run(self, width: int, budget: int) -> bool:
        """Find the joins of the first *width* formulas of each group; False if the budget did not suffice."""
        self.redundant = 0
        root = np.zeros((1, 0), dtype=np.int64)
        stack: list[tuple[Ints, Words]] = [(root, np.full((1, self.words), ALL))]
        while stack:
            rows, wholes = stack.pop()
            depth = rows.shape[1]
            if depth == len(self.groups):
                self._finish(rows, wholes)
                continue
            group = self.groups[depth][:width]
            step = max(1, 2048 // (len(group) + 1))
            if len(rows) > step:
                stack.append((rows[step:], wholes[step:]))
                rows, wholes = rows[:step], wholes[:step]
            self.tried += len(rows) * (len(group) + 1)
            if self.tried > budget:
                return False
            stack.append(self._grown(rows, wholes, group))
        return True

    def _grown(self, rows: Ints, wholes: Words, group: Ints) -> tuple[Ints, Words]:
        parents = np.repeat(np.arange(len(rows)), len(group))
        added = np.tile(group, len(rows))
        grown = np.concatenate([rows[parents], added[:, None]], axis=1)
        joined = wholes[parents] & self.truths[added]
        fine = self._irredundant(grown)
        grown, joined = grown[fine], joined[fine]
        fine = self._sound(grown, joined)
        self.redundant += int((~fine).sum())
        skipped = np.concatenate([rows, np.full((len(rows), 1), -1)], axis=1)
        return np.concatenate([grown[fine], skipped]), np.concatenate([joined[fine], wholes])

    def _sound(self, rows: Ints, wholes: Words) -> Bools:
        fine = np.asarray(wholes.any(axis=1), dtype=np.bool_)
        for values in self.values:
            possible = np.stack([(wholes & value).any(axis=1) for value in values])
            fine = fine & (possible.sum(axis=0) > 1)
        step = max(1, BLOCK // (self.differences.shape[1] * self.words))
        for place in range(rows.shape[1]):
            at = np.flatnonzero(fine & (rows[:, place] >= 0))
            for start in range(0, len(at), step):
                part = at[start : start + step]
                own = self.differences[rows[part, place]]
                fine[part] = (wholes[part, None] & own).any(axis=2).all(axis=1)
        return fine

    def _irredundant(self, rows: Ints) -> Bools:
        """Whether no formula of a join follows from the others of it."""
        fine = np.ones(len(rows), dtype=bool)
        step = max(1, BLOCK // (rows.shape[1] * self.words))
        for start in range(0, len(rows), step):
            part = rows[start : start + step]
            own = np.where((part >= 0)[:, :, None], self.truths[part], ALL)
            behind = np.full((len(part), self.words), ALL)
            after = [behind]
            for place in range(part.shape[1] - 1, 0, -1):
                behind = behind & own[:, place]
                after.append(behind)
            before = np.full((len(part), self.words), ALL)
            for place in range(part.shape[1]):
                implied = ~(before & after[part.shape[1] - 1 - place] & ~own[:, place]).any(axis=1)
                fine[start : start + step] &= ~implied | (part[:, place] < 0)
                before = before & own[:, place]
        return fine

    def _finish(self, rows: Ints, wholes: Words) -> None:
        """Keep the joins that imply a formula of each group that they left out."""
        for place, group in enumerate(self.groups):
            left_out = np.flatnonzero(rows[:, place] < 0)
            kept = np.ones(len(rows), dtype=bool)
            step = max(1, BLOCK // (len(group) * self.words))
            for start in range(0, len(left_out), step):
                part = left_out[start : start + step]
                beyond = wholes[part, None] & ~self.truths[group]
                kept[part] = ~np.asarray(beyond.any(axis=2)).all(axis=1)
            rows, wholes = rows[kept], wholes[kept]
        self.found.update(tuple(sorted(place for place in row if place >= 0)) for row in rows.tolist())
