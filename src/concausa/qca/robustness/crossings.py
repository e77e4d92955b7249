"""Where along the way of an anchor a row comes to reach a cut-off, or ceases to: none is missed.

The way is cut into cells. In a cell in which the bounds on a row's margin have one sign nothing happens; a cell in
which they have both is cut up, until the change lies between two numbers that are next to each other, or as near
as decimal noise lets one see. A search that meets its budget says in which cells it did not look to the end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from concausa.qca.robustness.anchor_path import AnchorPath
from concausa.qca.robustness.margins import Margins

Floats = NDArray[np.float64]

#: Cells narrower than this share of everything in sight are not cut any more.
RESOLUTION = 2.0**-48
#: Into how many a cell is cut.
PARTS = 8
#: Memberships that are worked on at once: a block that stays in the processor's cache is the fastest.
BLOCK = 1 << 15


@dataclass(frozen=True, slots=True, eq=False)
class Crossings:
    """What was found.

    Parameters
    ----------
    brackets : array of float, shape (changes, 2)
        Last value before and first value after each change of some row.
    unsure : array of float, shape (cells, 2)
        Where the budget ended before the search.
    looked : int
        Rows × cells that were looked at.
    """

    brackets: Floats
    unsure: Floats
    looked: int


def crossings(
    path: AnchorPath, margins: Margins, rows: NDArray[np.bool_], mesh: Floats, budget: int
) -> Crossings:
    """Every change of sign of a margin along the way.

    Parameters
    ----------
    path : AnchorPath
    margins : ConditionMargins or OutcomeMargins
    rows : array of bool, shape (cells, rows)
        Which rows have enough cases in each of the first cells; no other can change its code there.
    mesh : array of float, rising, shape (cells + 1,)
        Where the first cells meet; among them every place where a case changes sides.
    budget : int
        Most rows × cells that are looked at.
    """
    start, which = np.nonzero(rows)
    left, right = mesh[start], mesh[start + 1]
    found: list[Floats] = []
    unsure: list[Floats] = []
    smallest = path.span * RESOLUTION
    looked = 0
    while len(left):
        if looked and looked + len(left) > budget:
            unsure.append(np.unique(np.column_stack([left, right]), axis=0))
            break
        looked += len(left)
        open_cells, changed = _open(path, margins, left, right, which)
        left, right, which, changed = (
            left[open_cells],
            right[open_cells],
            which[open_cells],
            changed[open_cells],
        )
        done = (right - left <= smallest) | (np.nextafter(left, right) >= right)
        found.append(np.column_stack([left, right])[done & changed])
        left, right, which = _cut(left[~done], right[~done], which[~done])
    return Crossings(_joined(found), _joined(unsure), looked)


def _cut(left: Floats, right: Floats, which: NDArray[np.int64]) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Every cell in parts of equal width; parts that no number lies in are left out."""
    edges = left[:, None] + (right - left)[:, None] * (np.arange(PARTS + 1) / PARTS)
    edges[:, -1] = right
    left, right = edges[:, :-1].ravel(), edges[:, 1:].ravel()
    real = left < right
    return left[real], right[real], np.repeat(which, PARTS)[real]


def _open(
    path: AnchorPath, margins: Margins, left: Floats, right: Floats, which: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which cells may hold a change, and which have different signs at their ends."""
    undecided = np.zeros(len(left), dtype=bool)
    changed = np.zeros(len(left), dtype=bool)
    step = max(1, BLOCK // len(path.raw))
    for first in range(0, len(left), step):
        part = slice(first, first + step)
        places, where = np.unique(np.concatenate([left[part], right[part]]), return_inverse=True)
        memberships = path.memberships(places)
        half = len(left[part])
        start, stop = memberships[where[:half]], memberships[where[half:]]
        first_margin, last_margin, lower, upper = margins.between(start, stop, which[part])
        undecided[part] = ((lower < 0) & (upper >= 0)).any(axis=0)
        changed[part] = ((first_margin >= 0) != (last_margin >= 0)).any(axis=0)
    return undecided, changed


def _joined(parts: list[Floats]) -> Floats:
    return np.unique(np.concatenate(parts), axis=0) if parts else np.empty((0, 2))
