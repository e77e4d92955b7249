"""The corner of the property space in which each case lies, and the cases of every corner: arrays alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from concausa.qca.subsets import Floats
from concausa.sets.membership import CROSSOVER, TOLERANCE

Ints = NDArray[np.int64]


def grouped(scores: Floats, categories: Sequence[int]) -> tuple[NDArray[np.int8], Ints, Ints]:
    """Observed corners in lexicographic order, with their cases.

    Parameters
    ----------
    scores : array of float, shape (cases, conditions)
        nan for don't care.
    categories : sequence of int
        Number of categories of a multi-value condition, 0 for a set with memberships.

    Returns
    -------
    configurations : array of int8, shape (rows, conditions)
        −1 for don't care.
    n : array of int, shape (rows,)
        Cases in each.
    member : array of int, shape (cases,)
        The row of each case, −1 for a case on the crossover of a condition.
    """
    corners, tied = _corners(scores, categories)
    decided = corners if tied is None else corners[~tied]
    configurations, inverse = _distinct(decided, categories)
    n = np.bincount(inverse, minlength=len(configurations))
    member = inverse
    if tied is not None:
        member = np.full(len(corners), -1, dtype=np.int64)
        member[~tied] = inverse
    return configurations, n, member


def _corners(scores: Floats, categories: Sequence[int]) -> tuple[NDArray[np.int8], NDArray[np.bool_] | None]:
    """The corner of each case, and which cases are on a border (None if none is)."""
    corners = (scores > CROSSOVER).astype(np.int8)
    border = np.abs(scores - CROSSOVER) <= TOLERANCE
    open_scores = np.isnan(scores)
    if any(categories):
        coded = [place for place, number in enumerate(categories) if number]
        corners[:, coded] = np.nan_to_num(scores[:, coded])
    if open_scores.any():
        corners[open_scores] = -1
    return corners, np.any(border, axis=1) if border.any() else None


def _distinct(corners: NDArray[np.int8], categories: Sequence[int]) -> tuple[NDArray[np.int8], Ints]:
    """Distinct rows in lexicographic order, and which one each row is."""
    if not len(corners):
        return corners, np.empty(0, dtype=np.int64)
    lowest = int(corners.min())
    bases = [(number or 2) - lowest for number in categories]
    weights = [1]
    for base in reversed(bases[1:]):
        weights.append(weights[-1] * base)
    if weights[-1] * bases[0] < 1 << 62:
        keys = (corners - lowest).astype(np.int64) @ np.array(weights[::-1], dtype=np.int64)
        _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        return corners[first], inverse
    found, inverse = np.unique(corners, axis=0, return_inverse=True)
    return found, inverse.reshape(-1)
