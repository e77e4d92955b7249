"""The widest products of value sets within a table of points.

A box allows, in each condition, a set of values. Along the first condition, let f_S be the points that
lie in the table whatever value of S is taken. A box S × B is widest just if B is widest within f_S, and no
value can be added to S without B leaving the table, that is, B is not widest within f_T for any T that is
S and one value more. So the widest boxes follow from those of smaller tables; equal tables are solved
once, and values that act alike there are taken together.

For two values a condition this is the usual way by cofactors [1]_.

References
----------
.. [1] Coudert (1994), *Integration, the VLSI Journal* 17(2), 97-140.
   https://doi.org/10.1016/0167-9260(94)00007-7
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.bool_]
Box = tuple[int, ...]

#: Tables that may be solved, and boxes that a table may have.
CALLS, MOST = 40_000, 4_000
#: Boxes that are made one by one.
SOME = 128
#: Cells that may be looked at.
CELLS = 1 << 28
#: Values of one condition that are told apart in a table of two or more conditions.
VALUES = 12


class Boxes(NamedTuple):
    """Boxes over k conditions.

    allowed : bool, shape (n, sum of the conditions' numbers of values)
        Whether a box allows a value; the values of the first condition come first.
    complete : bool
        Whether these are all widest boxes. If not, none is given.
    """

    allowed: Bits
    complete: bool


class _Stopped(Exception):  # noqa: N818
    """The search has spent what it may."""


def widest_boxes(table: Bits, *, calls: int = CALLS, most: int = MOST, cells: int = CELLS) -> Boxes:
    """All boxes that lie within *table* and in no other such box.

    Parameters
    ----------
    table : bool, one axis for each condition, as long as it has values
    calls, most, cells : int
        Tables that may be solved on the way, boxes that each may have, and cells that may be looked at.
        Beyond that no box is given: see `some_boxes`.

    Returns
    -------
    Boxes
        In an order that rests on the table alone: those that leave most conditions free come first.

    Examples
    --------
    >>> import numpy as np
    >>> table = np.array([[True, True, False], [False, True, True]])
    >>> widest_boxes(table).allowed.astype(int).tolist()
    [[1, 1, 0, 1, 0], [1, 0, 1, 1, 0], [0, 1, 0, 1, 1]]
    """
    table = np.asarray(table, dtype=bool)
    if not table.any():
        return Boxes(np.zeros((0, sum(table.shape)), dtype=bool), True)
    order = np.argsort(table.shape, kind="stable").tolist()
    try:
        found = _Search(calls, most, cells).solve(table.transpose(order).copy())
    except _Stopped:
        return Boxes(np.zeros((0, sum(table.shape)), dtype=bool), False)
    back = np.argsort(order).tolist()
    boxes = [tuple(box[axis] for axis in back) for box in found]
    return Boxes(_in_order(_unpacked(boxes, table.shape), table.shape), True)


def some_boxes(table: Bits, wanted: Bits | None = None, *, most: int = SOME) -> Bits:
    """Some of the widest boxes of *table*, which together hold every point wanted, found one by one.

    Parameters
    ----------
    wanted : bool, of the shape of *table*, optional
        Points of the table that must be held; all if left out.
    most : int
        After so many boxes the rest of the points is left out.

    Returns
    -------
    bool, as `Boxes.allowed`, in the same order

    Notes
    -----
    Each box starts from the first point that none holds yet and takes in one value after the other, of
    the condition with fewest values first, as long as it stays within the table.
    """
    left = (table if wanted is None else wanted).copy()
    boxes: list[Box] = []
    order = np.argsort(table.shape, kind="stable").tolist()
    while len(boxes) < most and (place := int(left.argmax()), left.flat[place])[1]:
        chosen = [[int(value)] for value in np.unravel_index(place, table.shape)]
        for axis in order:
            size = table.shape[axis]
            part = _within(table, [*chosen[:axis], list(range(size)), *chosen[axis + 1 :]])
            others = tuple(other for other in range(table.ndim) if other != axis)
            chosen[axis] = np.flatnonzero(part.all(axis=others)).tolist()
        if all(values[-1] - values[0] < len(values) for values in chosen):
            _within(left, chosen)[...] = False
        else:
            left[np.ix_(*chosen)] = False
        boxes.append(tuple(sum(1 << value for value in values) for values in chosen))
    return _in_order(_unpacked(boxes, table.shape), table.shape)


def holders(
    allowed: Bits, points: tuple[NDArray[np.integer[Any]], ...], sizes: tuple[int, ...]
) -> NDArray[np.uint8]:
    """Which boxes hold each point, as bits: bit 8b + i of a row is set if box 8b + i does.

    Parameters
    ----------
    allowed : bool, shape (n, sum of sizes), as `Boxes.allowed`
    points : for each condition the points' values, each of shape (m,)
    sizes : how many values each condition has

    Returns
    -------
    uint8, shape (m, n / 8 rounded up)
    """
    packed = np.packbits(allowed, axis=0, bitorder="little") if len(allowed) else allowed[:0].astype(np.uint8)
    every = np.packbits(np.ones(len(allowed), dtype=bool), bitorder="little")
    held = np.repeat(every[None], len(points[0]) if points else 1, axis=0)
    start = 0
    for values, size in zip(points, sizes, strict=True):
        held &= packed[:, start : start + size].T[values]
        start += size
    return held


def _within(table: Bits, chosen: list[list[int]]) -> Bits:
    """The points of a box; a view of *table* where its values have no gaps."""
    part = table[tuple(slice(values[0], values[-1] + 1) for values in chosen)]
    for axis, values in enumerate(chosen):
        if values[-1] - values[0] >= len(values):
            part = part.take([value - values[0] for value in values], axis=axis)
    return part


class _Search:
    def __init__(self, calls: int, most: int, cells: int) -> None:
        self.calls, self.most, self.cells = calls, most, cells
        self.known: dict[tuple[tuple[int, ...], bytes], frozenset[Box]] = {}

    def solve(self, table: Bits) -> frozenset[Box]:
        """The widest boxes of a table; each condition's values as bits."""
        if not table.any():
            return frozenset()
        if table.all():
            return frozenset([tuple((1 << size) - 1 for size in table.shape)])
        if table.ndim == 1:
            return frozenset([(sum(1 << int(value) for value in np.flatnonzero(table)),)])
        key = (table.shape, np.packbits(table).tobytes())
        if key not in self.known:
            self.known[key] = self._split(table)
        return self.known[key]

    def _split(self, table: Bits) -> frozenset[Box]:
        self.calls -= 1
        groups = _alike(table)
        self.cells -= table.size * max(1, len(groups))
        if self.calls < 0 or self.cells < 0 or len(groups) > VALUES:
            raise _Stopped
        parts: dict[int, Bits] = {0: np.ones(table.shape[1:], dtype=bool)}
        for number, (_, part) in enumerate(groups):
            # Every set that has this group as its last: what it leaves of the sets before.
            for members, before in list(parts.items()):
                self.cells -= part.size
                if self.cells < 0:
                    raise _Stopped
                after = before & part
                if after.any():
                    parts[members | 1 << number] = after
        del parts[0]
        solved = {members: self.solve(np.ascontiguousarray(part)) for members, part in parts.items()}
        found: set[Box] = set()
        for members, boxes in solved.items():
            wider: set[Box] = set()
            for number in range(len(groups)):
                if not members >> number & 1:
                    wider |= solved.get(members | 1 << number, frozenset())
            values = sum(bits for number, (bits, _) in enumerate(groups) if members >> number & 1)
            found |= {(values, *box) for box in boxes - wider}
            if len(found) > self.most:
                raise _Stopped
        return frozenset(found)


def _alike(table: Bits) -> list[tuple[int, Bits]]:
    """Values of the first condition with the same rest, as bits, and that rest; none that is empty."""
    groups: dict[bytes, tuple[int, Bits]] = {}
    for value, part in enumerate(table):
        if part.any():
            key = part.tobytes()
            before = groups.get(key)
            groups[key] = ((before[0] if before else 0) | 1 << value, part)
    return list(groups.values())


def _unpacked(boxes: list[Box], sizes: tuple[int, ...]) -> Bits:
    allowed = [
        [bool(bits >> value & 1) for bits, size in zip(box, sizes, strict=True) for value in range(size)]
        for box in boxes
    ]
    return np.array(allowed, dtype=bool).reshape(len(boxes), sum(sizes))


def _in_order(allowed: Bits, sizes: tuple[int, ...]) -> Bits:
    """Fewest literals first, then fewest values left out, then by the values."""
    ends = np.cumsum((0, *sizes))
    literals = np.zeros(len(allowed), dtype=np.int64)
    for start, end in pairwise(ends.tolist()):
        literals += ~allowed[:, start:end].all(axis=1)
    keys = sorted(
        range(len(allowed)),
        key=lambda row: (int(literals[row]), -int(allowed[row].sum()), tuple((~allowed[row]).tolist())),
    )
    return allowed[keys]
