"""Cubes: int8 arrays (cubes × conditions) whose entries are a condition's value, or -1 where it is free."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

Cubes = NDArray[np.int8]

FREE = -1
BLOCK = 1 << 22
SMALL = 1 << 13


def as_cubes(rows: object, conditions: int) -> Cubes:
    """*rows* as an int8 array with one column a condition (no rows: shape (0, conditions))."""
    cubes = np.asarray(rows, dtype=np.int8)
    return cubes if cubes.size else cubes.reshape(0, conditions)


def covers(cubes: Cubes, points: Cubes) -> NDArray[np.bool_]:
    """Which cube contains which point.

    Parameters
    ----------
    cubes, points : int8, shapes (m, k) and (n, k)
        A point may have free conditions; a cube contains it if it contains all its completions.

    Returns
    -------
    bool, shape (m, n)
        Cost m × n × k; memory beyond the answer is bounded.

    Examples
    --------
    >>> import numpy as np
    >>> cubes = np.array([[1, -1], [-1, 0]], dtype=np.int8)
    >>> covers(cubes, np.array([[1, 1], [0, 0]], dtype=np.int8)).astype(int).tolist()
    [[1, 0], [0, 1]]
    """
    if cubes.size * len(points) <= SMALL:
        wanted = cubes[:, None]
        inside: NDArray[np.bool_] = np.logical_and.reduce((wanted == FREE) | (wanted == points), axis=2)
        return inside
    return _agree(cubes, points, open_=False)


def meet(cubes: Cubes, others: Cubes) -> NDArray[np.bool_]:
    """Which of *cubes* (m) has a point in common with which of *others* (n); bool, shape (m, n)."""
    return _agree(cubes, others, open_=True)


def _agree(cubes: Cubes, points: Cubes, *, open_: bool) -> NDArray[np.bool_]:
    """Whether a cube's values are those of a point, free ones aside (those of the point too if *open_*)."""
    result = np.empty((len(cubes), len(points)), dtype=bool)
    step = max(1, BLOCK // max(1, len(points)))
    for start in range(0, len(cubes), step):
        part = cubes[start : start + step]
        packed = np.full((len(part), -(-len(points) // 8)), 255, dtype=np.uint8)
        for condition in range(cubes.shape[1]):
            own, other = part[:, condition], points[:, condition]
            top = max(int(own.max(initial=0)), int(other.max(initial=0)))
            fits = other == np.arange(FREE, top + 1, dtype=np.int8)[:, None]
            fits[0] = True
            if open_:
                fits |= other == FREE
            packed &= np.packbits(fits, axis=1)[own.astype(np.intp) - FREE]
        result[start : start + step] = np.unpackbits(packed, axis=1, count=len(points))
    return result


def completions(cubes: Cubes, levels: Sequence[int]) -> int:
    """How many points the cubes have, each cube counted for itself."""
    return sum(
        prod(count for value, count in zip(cube, levels, strict=True) if value == FREE)
        for cube in cubes.tolist()
    )


def expand(cubes: Cubes, levels: Sequence[int]) -> Cubes:
    """The points of *cubes*, each once, in rising order.

    Parameters
    ----------
    cubes : int8, shape (m, k)
    levels : sequence of int, length k
        How many values each condition has.

    Examples
    --------
    >>> import numpy as np
    >>> expand(np.array([[1, -1], [-1, 0]], dtype=np.int8), (2, 2)).tolist()
    [[0, 0], [1, 0], [1, 1]]
    """
    points = cubes
    for condition, count in enumerate(levels):
        free = points[:, condition] == FREE
        if free.any():
            opened = np.repeat(points[free], count, axis=0)
            opened[:, condition] = np.tile(np.arange(count, dtype=np.int8), int(free.sum()))
            points = np.concatenate([points[~free], opened])
    return unique(points)


def unique(cubes: Cubes) -> Cubes:
    """The rows of *cubes*, each once, in rising order (free before value 0)."""
    if len(cubes) < 2 or not cubes.shape[1]:
        return cubes[:1] if not cubes.shape[1] else cubes
    order = np.lexsort(cubes.T[::-1])
    cubes = cubes[order]
    new = np.ones(len(cubes), dtype=bool)
    new[1:] = (cubes[1:] != cubes[:-1]).any(axis=1)
    return cubes[new]


def complement(cubes: Cubes, levels: Sequence[int]) -> Cubes:
    """Disjoint cubes that are together exactly what *cubes* leave (the disjoint sharp of the whole space).

    Parameters
    ----------
    cubes : int8, shape (m, k)
    levels : sequence of int, length k
        How many values each condition has.

    Returns
    -------
    int8, shape (n, k)
        At most about m × sum(levels - 1) of them where *cubes* are points.

    Examples
    --------
    >>> import numpy as np
    >>> complement(np.array([[1, 1, -1]], dtype=np.int8), (2, 2, 3)).tolist()
    [[0, -1, -1], [1, 0, -1]]
    """
    left = np.full((1, len(levels)), FREE, dtype=np.int8)
    for cube in unique(cubes):
        fixed = np.flatnonzero(cube != FREE)
        near = ((left[:, fixed] == FREE) | (left[:, fixed] == cube[fixed])).all(axis=1)
        kept, cut = [left[~near]], left[near]
        for condition in fixed.tolist():
            free = cut[:, condition] == FREE
            others = [value for value in range(levels[condition]) if value != cube[condition]]
            if free.any() and others:
                split = np.repeat(cut[free], len(others), axis=0)
                split[:, condition] = np.tile(np.array(others, dtype=np.int8), int(free.sum()))
                kept.append(split)
            cut[free, condition] = cube[condition]
        left = np.concatenate(kept)
    return left
