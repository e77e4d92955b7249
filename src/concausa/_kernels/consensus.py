"""The widest boxes within a union of boxes.

A box gives every condition a set of values, as bits. Two boxes that differ in one condition make a third
(their consensus): in that condition what either allows, in all others what both allow. Taking the
conditions one after the other, adding what is new and dropping what lies in a wider box, ends with all
widest boxes of the union [1]_.

References
----------
.. [1] Tison (1967), *IEEE Transactions on Electronic Computers* EC-16(4), 446-456.
   https://doi.org/10.1109/PGEC.1967.264648
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.uint64]

#: Pairs of boxes that are held against each other at once.
BLOCK = 1 << 18


def widest(boxes: Boxes, *, budget: int = 20_000) -> tuple[Boxes, bool]:
    """All boxes within the union of *boxes* that lie in no other such box.

    Parameters
    ----------
    boxes : uint64, shape (n, k)
        Bit v of an entry is set where the condition may have value v; no entry is 0.
    budget : int
        Boxes that may be held at once; beyond it the search stops.

    Returns
    -------
    uint64, shape (m, k), in rising order; and whether these are all. Cost k × m² × k.

    Examples
    --------
    >>> import numpy as np
    >>> boxes = np.array([[1, 3, 2], [2, 2, 3]], dtype=np.uint64)  # ~A*C + A*B
    >>> widest(boxes)[0].tolist()  # and B*C
    [[1, 3, 2], [2, 2, 3], [3, 2, 2]]
    """
    found = maximal(boxes)
    for condition in range(boxes.shape[1]):
        while True:
            new = _consensus(found, condition)
            if not len(new):
                break
            if len(found) + len(new) > budget:
                return found, False
            found = maximal(np.concatenate([found, new]))
            if int(found[:, condition].max()) <= 3:
                break
    return found, True


def maximal(boxes: Boxes) -> Boxes:
    """The boxes that lie in no other, each once, in rising order."""
    boxes = _unique(boxes)
    kept = np.ones(len(boxes), dtype=bool)
    step = max(1, BLOCK // max(1, len(boxes)))
    for start in range(0, len(boxes), step):
        part = boxes[start : start + step]
        held = _inside(part, boxes)
        held[np.arange(len(part)), np.arange(start, start + len(part))] = False
        kept[start : start + len(part)] = ~held.any(axis=1)
    return boxes[kept]


def _inside(boxes: Boxes, others: Boxes) -> NDArray[np.bool_]:
    """Which of *boxes* (m) lies in which of *others* (n); bool, shape (m, n)."""
    held = np.ones((len(boxes), len(others)), dtype=bool)
    for condition in range(boxes.shape[1]):
        held &= (boxes[:, condition, None] & ~others[:, condition]) == 0
    return held


def _consensus(boxes: Boxes, condition: int) -> Boxes:
    """What pairs make in one condition and no box holds yet."""
    column = boxes[:, condition]
    made = []
    for value in np.unique(column).tolist():
        left = boxes[column == value]
        right = boxes[(column > value) & ((column & value) != value)]
        step = max(1, BLOCK // max(1, len(right) * boxes.shape[1]))
        for start in range(0, len(left) if len(right) else 0, step):
            part = left[start : start + step]
            met = part[:, None, :] & right[None, :, :]
            met[:, :, condition] = value | right[:, condition]
            fresh = _unique(met[(met != 0).all(axis=2)])
            made.append(_beyond(fresh, boxes))
    return np.concatenate(made) if made else boxes[:0]


def _beyond(boxes: Boxes, known: Boxes) -> Boxes:
    """The boxes that lie in none of *known*."""
    kept = [boxes[:0]]
    step = max(1, BLOCK // max(1, len(known)))
    for start in range(0, len(boxes), step):
        part = boxes[start : start + step]
        kept.append(part[~_inside(part, known).any(axis=1)])
    return np.concatenate(kept)


def _unique(boxes: Boxes) -> Boxes:
    if len(boxes) < 2 or not boxes.shape[1]:
        return boxes[:1] if not boxes.shape[1] else boxes
    boxes = boxes[np.lexsort(boxes.T[::-1])]
    new = np.ones(len(boxes), dtype=bool)
    new[1:] = (boxes[1:] != boxes[:-1]).any(axis=1)
    return boxes[new]
