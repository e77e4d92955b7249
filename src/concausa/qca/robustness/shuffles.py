"""Random outcomes by the thousand: arrangements of an outcome's scores, and the sums of each row. Arrays alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from concausa.qca.cutoffs import Cutoffs
from concausa.sets.membership import TOLERANCE
from concausa.sets.score_pair import Floats

#: Numbers held at once.
BLOCK = 1 << 20


def arrangements(n: int, positive: int) -> Floats:
    """Every way to place *positive* ones among *n* cases, shape (ways, n)."""
    ways = np.zeros((comb(n, positive), n))
    chosen = np.array(list(combinations(range(n), positive)), dtype=np.int64).reshape(len(ways), positive)
    ways[np.arange(len(ways))[:, None], chosen] = 1.0
    return ways


def outcomes(n: int) -> Floats:
    """Every crisp outcome of *n* cases, shape (2 ** n, n)."""
    return ((np.arange(1 << n)[:, None] >> np.arange(n)) & 1).astype(np.float64)


def shuffled(scores: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """The scores in random order, shape (draws, cases)."""
    return rng.permuted(np.broadcast_to(scores, (draws, len(scores))).copy(), axis=1)


def resampled(scores: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """Scores drawn with replacement from those that there are, shape (draws, cases)."""
    return scores[rng.integers(0, len(scores), (draws, len(scores)))]


def tossed(n: int, rate: float, draws: int, rng: np.random.Generator) -> Floats:
    """Crisp outcomes in which each case has the outcome with probability *rate*, shape (draws, cases)."""
    return (rng.random((draws, n)) < rate).astype(np.float64)


def sums_of(rows: Floats, outcomes: Floats) -> Floats:
    """What consistency and PRI of each row are made of, for each outcome.

    Parameters
    ----------
    rows : array of float, shape (rows, cases)
        Memberships of the cases in each row of a truth table.
    outcomes : array of float, shape (draws, cases)

    Returns
    -------
    array, shape (4, draws, rows)
        Σx, Σmin(x, y), Σmin(x, 1 − y), Σmin(x, y, 1 − y), as :func:`concausa.qca.subsets.row_sums` gives them.
    """
    found = np.empty((4, len(outcomes), len(rows)))
    found[0] = rows.sum(axis=1)
    for part in _parts(len(outcomes), rows.size):
        y = outcomes[part, None, :]
        within, outside = np.minimum(rows, y), np.minimum(rows, 1.0 - y)
        found[1, part] = within.sum(axis=2)
        found[2, part] = outside.sum(axis=2)
        found[3, part] = np.minimum(within, outside).sum(axis=2)
    return found


def codes_of(sums: Floats, n: NDArray[np.int64], cutoffs: Cutoffs) -> NDArray[np.str_]:
    """The outcome of every row, shape (draws, rows), as :func:`concausa.qca.row_codes.decided` gives them."""
    total, both, _, shared = sums
    reached = both >= (cutoffs.consistency - TOLERANCE) * total
    if cutoffs.pri > 0:
        reached &= both - shared >= (cutoffs.pri - TOLERANCE) * (total - shared)
    codes = np.where(reached, "1", "0")
    if cutoffs.contradiction is not None:
        codes[~reached & (both >= (cutoffs.contradiction - TOLERANCE) * total)] = "C"
    codes[:, n < cutoffs.frequency] = "?"
    return codes


def _parts(number: int, size: int) -> Iterator[slice]:
    step = max(1, BLOCK // max(1, size))
    for start in range(0, number, step):
        yield slice(start, start + step)


def pure_arrangements(n: NDArray[np.int64], positive: int) -> int:
    """How many ways there are to place *positive* ones so that no row has ones and zeros alike.

    Such rows are taken whole or not at all, so that these are the sets of rows with *positive* cases in all.

    Parameters
    ----------
    n : array of int, shape (rows,)
        Cases of each row.
    positive : int
        Cases with the outcome.

    Examples
    --------
    >>> pure_arrangements(np.array([2, 1, 1]), 2)  # the first row, or the two others
    2
    """
    ways = [1] + [0] * positive
    for size in n.tolist():
        for total in range(positive, size - 1, -1):
            ways[total] += ways[total - size]
    return ways[positive]


def pure_chance(n: NDArray[np.int64], rate: float) -> float:
    """The chance that independent outcomes are pure in every row, and some row has the outcome.

    Parameters
    ----------
    n : array of int, shape (rows,)
        Cases of each row.
    rate : float in [0, 1]
        Chance of the outcome in each case.

    Examples
    --------
    >>> pure_chance(np.array([2, 1]), 0.5)  # (1/4 + 1/4) · 1, less 1/8 for no outcome at all
    0.375
    """
    sizes = n.astype(np.float64)
    return float(np.prod(rate**sizes + (1 - rate) ** sizes) - (1 - rate) ** sizes.sum())
