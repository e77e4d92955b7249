"""The widest boxes within a union of boxes, where a box fits into one word.

As `consensus.widest`; a box is the values that it allows, as bits, the conditions side by side. One box
lies in another if it has no bit that the other lacks.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]

ONE = np.uint64(1)
WORD = 64
#: Pairs of boxes that are held against each other at once.
BLOCK = 1 << 18


class Fields:
    """Where the conditions lie in a word: the first at the lowest bits.

    Parameters
    ----------
    levels : sequence of int
        How many values each condition has; together at most 64.
    """

    def __init__(self, levels: Sequence[int]) -> None:
        starts = [sum(levels[:j]) for j in range(len(levels))]
        self.starts = np.array(starts, dtype=np.uint64)
        self.masks = [np.uint64(((1 << m) - 1) << start) for m, start in zip(levels, starts, strict=True)]
        self.full = np.array([(1 << m) - 1 for m in levels], dtype=np.uint64)
        self.high = np.uint64(sum(1 << (start + m - 1) for m, start in zip(levels, starts, strict=True)))
        self.low = np.uint64(sum(int(mask) for mask in self.masks) & ~int(self.high))
        self.two = [m <= 2 for m in levels]

    def pack(self, boxes: NDArray[np.uint64]) -> Words:
        """Boxes, shape (n, k), as words."""
        packed: Words = np.bitwise_or.reduce(boxes << self.starts, axis=1)
        return packed

    def unpack(self, words: Words) -> NDArray[np.uint64]:
        """The reverse of `pack`."""
        return (words[:, None] >> self.starts) & self.full

    def real(self, words: Words) -> NDArray[np.bool_]:
        """Which words allow some value of every condition."""
        held: NDArray[np.bool_] = (((words & self.low) + self.low) | words) & self.high == self.high
        return held


def widest(words: Words, fields: Fields, *, budget: int = 20_000) -> tuple[Words, bool]:
    """All boxes within the union that lie in no other such box, rising; and whether these are all.

    Parameters
    ----------
    words : uint64, shape (n,)
        Boxes; each allows some value of every condition.
    budget : int
        Boxes that may be held at once; beyond it the search stops.

    Examples
    --------
    >>> fields = Fields((2, 2, 2))
    >>> boxes = np.array([[1, 3, 2], [2, 2, 3]], dtype=np.uint64)  # ~A*C + A*B
    >>> sorted(fields.unpack(widest(fields.pack(boxes), fields)[0]).tolist())  # and B*C
    [[1, 3, 2], [2, 2, 3], [3, 2, 2]]
    """
    found = maximal(words)
    for mask, two in zip(fields.masks, fields.two, strict=True):
        while True:
            new = _consensus(found, mask, fields)
            if not len(new):
                break
            if len(found) + len(new) > budget:
                return found, False
            found = np.sort(np.concatenate([found[~_inside(found, new)], maximal(new)]))
            if two:
                break
    return found, True


def maximal(words: Words) -> Words:
    """The boxes that lie in no other, each once, rising."""
    words = np.unique(words)
    kept = np.empty(len(words), dtype=bool)
    step = max(1, BLOCK // max(1, len(words)))
    for start in range(0, len(words), step):
        part = words[start : start + step]
        kept[start : start + step] = ((part[:, None] & ~words) == 0).sum(axis=1) == 1
    return words[kept]


def _inside(words: Words, others: Words) -> NDArray[np.bool_]:
    """Which of *words* lie in one of *others*."""
    held = np.empty(len(words), dtype=bool)
    outside = ~others
    step = max(1, BLOCK // max(1, len(others)))
    for start in range(0, len(words), step):
        held[start : start + step] = ((words[start : start + step, None] & outside) == 0).any(axis=1)
    return held


def _consensus(words: Words, mask: np.uint64, fields: Fields) -> Words:
    """What pairs make in one condition and no box holds yet."""
    column = words & mask
    made = [words[:0]]
    for value in np.unique(column):
        left = words[column == value]
        right = words[(column > value) & ((column & value) != value)]
        step = max(1, BLOCK // max(1, len(right)))
        for start in range(0, len(left) if len(right) else 0, step):
            met = (left[start : start + step, None] & right) & ~mask | (right & mask | value)
            fresh = np.unique(met[fields.real(met)])
            made.append(fresh[~_inside(fresh, words)])
    return np.unique(np.concatenate(made))
