"""Which disjunctions and conjunctions of literals hold nearly the whole outcome: arrays alone.

A disjunction grows with every literal and a conjunction shrinks. So a disjunction with a part that reaches
the cut-off reaches it too and says nothing new, and a conjunction with a part that fails fails too: neither
is measured, and none is missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from concausa.sets.membership import TOLERANCE

Floats = NDArray[np.float64]
Combinations = NDArray[np.int64]

#: Numbers held at once.
BLOCK = 1 << 19


@dataclass(frozen=True, slots=True)
class Search:
    """What a search over combinations of literals found.

    Parameters
    ----------
    found : tuple of array of int, each of shape (combinations, literals)
        Combinations of two, three … literals that reach the cut-off, in lexicographic order: for
        disjunctions those without a part that reaches it, for conjunctions those that are no part of
        one that reaches it.
    judged : int
        Combinations that were decided, by measuring or because a part of them decides.
    measured : int
        Those that were measured.
    redundant : int
        Those that reach the cut-off but are not in *found*.
    depth : int
        Length up to which every combination was decided.
    missing : int
        Combinations of the next length that the budget did not allow; 0 if all were decided.
    """

    found: tuple[Combinations, ...]
    judged: int
    measured: int
    redundant: int
    depth: int
    missing: int


@dataclass(frozen=True, slots=True)
class Literals:
    """What is combined.

    Parameters
    ----------
    within : array of float, shape (literals, cases)
        Membership in each literal or in the outcome, whichever is less.
    factor : array of int, shape (literals,)
        Which factor each literal is of; literals of one factor stand together.
    levels : array of int, shape (factors,)
        How many values each factor has.
    total : float
        Membership of all cases in the outcome, above 0.
    """

    within: Floats
    factor: NDArray[np.int64]
    levels: NDArray[np.int64]
    total: float


def search(
    literals: Literals,
    how: Literal["disjunction", "conjunction"],
    *,
    cutoff: float,
    depth: int,
    budget: int,
) -> Search:
    """All combinations of 2 to *depth* literals that reach the cut-off and are not redundant.

    A disjunction never holds every value of a factor, for all cases are in it; a conjunction never holds
    two values of one.

    Parameters
    ----------
    cutoff : float
        Least Σmin(x, y) / Σy.
    budget : int
        Most combinations that are measured; a length that would pass it is not begun.
    """
    wide = how == "disjunction"
    reached = literals.within.sum(axis=1) >= (cutoff - TOLERANCE) * literals.total
    alive: Combinations = np.flatnonzero(reached != wide)[:, None]
    found: list[Combinations] = []
    judged = measured = redundant = 0
    for length in range(2, depth + 1):
        possible = admissible(literals.levels.tolist(), length, how)
        ahead = _children_count(alive, len(literals.factor))
        if measured + ahead > budget:
            return Search(tuple(found), judged, measured, redundant, length - 1, possible)
        reaching, failing, count = _level(literals, alive, cutoff, wide)
        judged += possible
        measured += count
        if wide:
            redundant += possible - count
            found.append(reaching)
            alive = failing
        else:
            if length > 2:
                kept = _no_part_of(found[-1], reaching, len(literals.factor))
                redundant += len(found[-1]) - len(kept)
                found[-1] = kept
            found.append(reaching)
            alive = reaching
    return Search(tuple(found), judged, measured, redundant, depth, 0)


def admissible(levels: list[int], length: int, how: str) -> int:
    """How many combinations of *length* literals there are.

    Parameters
    ----------
    levels : list of int
        Number of values of each factor.

    Examples
    --------
    >>> admissible([2, 2, 2], 2, "disjunction"), admissible([3, 2], 2, "disjunction")
    (12, 9)
    >>> admissible([3, 2], 2, "conjunction")
    6
    """
    from math import comb

    counts = [1] + [0] * length
    for number in levels:
        if how == "disjunction":
            ways = [comb(number, size) if size < number else 0 for size in range(length + 1)]
        else:
            ways = [1, number] + [0] * length
        counts = [
            sum(counts[size - part] * ways[part] for part in range(size + 1)) for size in range(length + 1)
        ]
    return counts[length]


def _level(
    literals: Literals, alive: Combinations, cutoff: float, wide: bool
) -> tuple[Combinations, Combinations, int]:
    """Combinations one literal longer than *alive* that reach the cut-off, those that fail, and how many."""
    join = np.maximum if wide else np.minimum
    length = alive.shape[1] + 1
    codes = _codes(alive, len(literals.factor))
    reaching = [np.empty((0, length), dtype=np.int64)]
    failing = [np.empty((0, length), dtype=np.int64)]
    for parents in _blocks(alive, literals):
        base = join.reduce(literals.within[parents], axis=1)
        place, children = _children(parents, literals, wide)
        whole = _all_parts_in(children, codes, len(literals.factor))
        place, children = place[whole], children[whole]
        sums = _sums(join, base, place, literals.within, children[:, -1])
        reached = sums >= (cutoff - TOLERANCE) * literals.total
        reaching.append(children[reached])
        failing.append(children[~reached])
    yes, no = np.concatenate(reaching), np.concatenate(failing)
    return yes, no, len(yes) + len(no)


def _sums(join: np.ufunc, base: Floats, place: Combinations, within: Floats, last: Combinations) -> Floats:
    step = max(1, BLOCK // max(1, within.shape[1]))
    sums = np.empty(len(place))
    for start in range(0, len(place), step):
        block = slice(start, start + step)
        sums[block] = join(base[place[block]], within[last[block]]).sum(axis=1)
    return sums


def _blocks(alive: Combinations, literals: Literals) -> Iterator[Combinations]:
    step = max(1, BLOCK // (max(1, literals.within.shape[1]) * alive.shape[1] + 8 * len(literals.factor)))
    for start in range(0, len(alive), step):
        yield alive[start : start + step]


def _children_count(alive: Combinations, n_literals: int) -> int:
    return int((n_literals - 1 - alive[:, -1]).sum()) if len(alive) else 0


def _children(parents: Combinations, literals: Literals, wide: bool) -> tuple[Combinations, Combinations]:
    """Every parent with every later literal that may join it; and the place of the parent."""
    later = len(literals.factor) - 1 - parents[:, -1]
    place = np.repeat(np.arange(len(parents)), later)
    first = np.repeat(np.cumsum(later) - later, later)
    added = parents[place, -1] + 1 + np.arange(len(place)) - first
    own = literals.factor[added]
    shared = (literals.factor[parents[place]] == own[:, None]).sum(axis=1)
    kept = shared + 1 < literals.levels[own] if wide else shared == 0
    place, added = place[kept], added[kept]
    return place, np.concatenate([parents[place], added[:, None]], axis=1)


def _codes(combinations: Combinations, n_literals: int) -> NDArray[np.int64]:
    """One whole number for each, in their order."""
    codes = np.zeros(len(combinations), dtype=np.int64)
    for column in combinations.T:
        codes = codes * n_literals + column
    return codes


def _all_parts_in(children: Combinations, codes: NDArray[np.int64], n_literals: int) -> NDArray[np.bool_]:
    """Whether each combination without one of its literals is among those with the sorted *codes*."""
    whole = np.ones(len(children), dtype=bool)
    length = children.shape[1]
    for left_out in range(length - 1):
        part = np.delete(children, left_out, axis=1)
        wanted = _codes(part, n_literals)
        nearest = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
        whole &= codes[nearest] == wanted
    return whole


def _no_part_of(shorter: Combinations, longer: Combinations, n_literals: int) -> Combinations:
    """Those of *shorter* that are no part of one of *longer*, which has one literal more."""
    parts = [_codes(np.delete(longer, left_out, axis=1), n_literals) for left_out in range(longer.shape[1])]
    covered = np.unique(np.concatenate(parts)) if len(longer) else np.empty(0, dtype=np.int64)
    return shorter[~np.isin(_codes(shorter, n_literals), covered)]
