"""Boxes: for every condition the values that it may take; a region of the property space is a union of them.

Nothing here lists the space: a region over 64 conditions costs as much as the boxes that describe it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import numpy as np

from concausa._kernels.consensus import maximal as widest_of

#: One integer a condition; bit *v* is set where value *v* is allowed.
Box: TypeAlias = tuple[int, ...]
#: One value a condition; −1 where the condition is free.
Cube: TypeAlias = tuple[int, ...]

#: Boxes that are held against each other one by one; more are, where they fit into words, as arrays.
SMALL = 64
WORD = 64


def everything(levels: Sequence[int]) -> Box:
    """The box that holds the whole space."""
    return tuple((1 << m) - 1 for m in levels)


def box_of(cube: Iterable[int | None], levels: Sequence[int]) -> Box:
    """A cube as a box.

    Examples
    --------
    >>> box_of((1, -1, 2), (2, 2, 3))
    (2, 3, 4)
    """
    return tuple(
        (1 << m) - 1 if value is None or value < 0 else 1 << int(value)
        for value, m in zip(cube, levels, strict=True)
    )


def meet(a: Box, b: Box) -> Box | None:
    """What two boxes share, or None."""
    both = tuple(x & y for x, y in zip(a, b, strict=True))
    return both if all(both) else None


def meets(a: Box, b: Box) -> bool:
    """Whether two boxes share a point."""
    return all(x & y for x, y in zip(a, b, strict=True))


def inside(a: Box, b: Box) -> bool:
    """Whether *a* lies within *b*."""
    return all(x & ~y == 0 for x, y in zip(a, b, strict=True))


def maximal(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """The boxes that lie in no other, in their order, each once."""
    unique = list(dict.fromkeys(boxes))
    if len(unique) > SMALL and all(mask >> WORD == 0 for mask in map(max, unique)):
        kept = set(map(tuple, widest_of(np.array(unique, dtype=np.uint64)).tolist()))
        return tuple(a for a in unique if a in kept)
    return tuple(a for a in unique if not any(a != b and inside(a, b) for b in unique))


def meetings(one: Iterable[Box], other: Sequence[Box]) -> tuple[Box, ...]:
    """What two regions share."""
    return maximal(both for a in one for b in other if (both := meet(a, b)) is not None)


def without(boxes: Iterable[Box], taken: Iterable[Box]) -> tuple[Box, ...]:
    """A region less another, as boxes: each box is split around what is taken."""
    left = list(boxes)
    for hole in taken:
        left = [piece for box in left for piece in _split(box, hole)]
    return tuple(left)


def apart(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """A region as boxes that share no point.

    Examples
    --------
    >>> apart([(2, 3), (3, 2)])
    ((2, 3), (1, 2))
    """
    found: list[Box] = []
    for box in boxes:
        found += without([box], list(found))
    return tuple(found)


def _split(box: Box, hole: Box) -> Iterator[Box]:
    """Disjoint boxes that are *box* less *hole*."""
    if not meets(box, hole):
        yield box
        return
    rest = list(box)
    for j, allowed in enumerate(hole):
        outside = rest[j] & ~allowed
        if outside:
            yield (*rest[:j], outside, *rest[j + 1 :])
            rest[j] &= allowed


def cubes(boxes: Iterable[Box], levels: Sequence[int]) -> tuple[Cube, ...]:
    """The region as cubes, each condition having one value or being free; a box of *v* and *w* becomes two.

    Examples
    --------
    >>> cubes([(3, 5)], (2, 3))
    ((-1, 0), (-1, 2))
    """
    found: dict[Cube, None] = {}
    for box in boxes:
        choices = [
            (-1,) if allowed == (1 << m) - 1 else tuple(v for v in range(m) if allowed >> v & 1)
            for allowed, m in zip(box, levels, strict=True)
        ]
        found.update(dict.fromkeys(itertools.product(*choices)))
    return tuple(found)


def cube_rank(cube: Sequence[int]) -> tuple[int, list[bool], list[int]]:
    """The order of cubes: fewest literals first, then by their conditions, then by their values, high first."""
    values = [value for value in cube if value >= 0]
    return len(values), [value < 0 for value in cube], [-value for value in values]


def points(boxes: Iterable[Box], levels: Sequence[int]) -> Iterator[Cube]:
    """The points of a region, each once, in lexicographic order, made as they are asked for."""

    def walk(prefix: Cube, left: list[Box]) -> Iterator[Cube]:
        j = len(prefix)
        if j == len(levels):
            yield prefix
            return
        for value in range(levels[j]):
            kept = [box for box in left if box[j] >> value & 1]
            if kept:
                yield from walk((*prefix, value), kept)

    start = list(boxes)
    if start:
        yield from walk((), start)


def count(boxes: Iterable[Box], levels: Sequence[int], *, budget: int = 100_000) -> tuple[int, bool]:
    """How many points a region has, and whether the number is exact.

    The space is halved at the condition on which most boxes depend, until one box is left or one holds
    all; pieces met before are not counted again. After *budget* pieces the greatest box is a lower bound.

    Examples
    --------
    >>> count([(2, 3, 3), (3, 2, 3)], (2, 2, 2))
    (6, True)
    """
    full = everything(levels)
    known: dict[frozenset[Box], int] = {}
    left = budget

    def size(region: frozenset[Box]) -> int:
        nonlocal left
        if len(region) <= 1:
            return sum(_size(box) for box in region)
        if region in known:
            return known[region]
        left -= 1
        if left < 0:
            raise _SpentError
        within = tuple(_or(column) for column in zip(*region, strict=True))
        if within in region:
            return _size(within)
        j = _busiest(region, within)
        total = 0
        for values in _alike(region, j, within[j]):
            part = frozenset(_put(box, j, values) for box in region if box[j] & values)
            total += size(part)
        known[region] = total
        return total

    region = frozenset(maximal(tuple(x & y for x, y in zip(box, full, strict=True)) for box in boxes))
    try:
        return size(region), True
    except (_SpentError, RecursionError):
        return max(_size(box) for box in region), False


class _SpentError(Exception):
    """The budget of a count is used up."""


def _size(box: Box) -> int:
    total = 1
    for allowed in box:
        total *= allowed.bit_count()
    return total


def _put(box: Box, j: int, values: int) -> Box:
    return (*box[:j], box[j] & values, *box[j + 1 :])


def _or(masks: Iterable[int]) -> int:
    total = 0
    for mask in masks:
        total |= mask
    return total


def _busiest(region: frozenset[Box], within: Box) -> int:
    """The condition that most boxes restrict."""
    counts = [sum(box[j] != within[j] for box in region) for j in range(len(within))]
    return counts.index(max(counts))


def _alike(region: frozenset[Box], j: int, allowed: int) -> list[int]:
    """Values of condition *j*, grouped into those that the same boxes allow."""
    groups: dict[tuple[bool, ...], int] = {}
    order = sorted(region)
    for value in range(allowed.bit_length()):
        if allowed >> value & 1:
            key = tuple(bool(box[j] >> value & 1) for box in order)
            groups[key] = groups.get(key, 0) | 1 << value
    return list(groups.values())
