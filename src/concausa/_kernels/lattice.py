"""Prime implicants where every cube of the space can be looked at."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.cubes import FREE, Cubes

Words = NDArray[np.uint64]


class Space(NamedTuple):
    """All cubes over some conditions, fewest literals first.

    cubes : int8, shape (m, k)
    points : uint64, shape (w, m); bit 64w + i of a cube is set where it contains point 64w + i. Points
        are numbered in mixed radix, the first condition most significant.
    wider : int64, shape (k, m); the cube that remains without a condition's literal; m where there is none
    weights : int64, shape (k,); a point's number is the sum of value × weight
    levels : int8, shape (k,)
    """

    cubes: Cubes
    points: Words
    wider: NDArray[np.int64]
    weights: NDArray[np.int64]
    levels: NDArray[np.int8]


@lru_cache(maxsize=32)
def space(levels: tuple[int, ...]) -> Space:
    """The space of conditions with *levels* values each. Cost and memory: cubes × points / 8 bytes."""
    k, shape = len(levels), tuple(count + 1 for count in levels)
    digits = np.indices(shape, dtype=np.int8).reshape(k, -1)
    ends = np.array(levels, dtype=np.int8)[:, None]
    literal = digits != ends
    rank = np.lexsort((*np.where(literal, -digits, 0)[::-1], *(~literal)[::-1], literal.sum(axis=0)))
    place = np.empty(len(rank) + 1, dtype=np.int64)
    place[rank] = np.arange(len(rank))
    place[-1] = len(rank)
    steps = np.cumprod((1, *shape[::-1]))[-2::-1].reshape(k, 1) if k else np.zeros((0, 1), dtype=np.int64)
    without = np.arange(len(rank)) + (ends - digits) * steps
    wider = place[np.where(literal, without, -1)][:, rank]
    cubes = np.where(literal, digits, FREE)[:, rank].T.astype(np.int8)
    weights = np.cumprod((1, *levels[::-1]))[-2::-1].astype(np.int64) if k else np.zeros(0, dtype=np.int64)
    size = int(np.prod(levels, dtype=np.int64))
    values = np.indices(levels, dtype=np.int8).reshape(k, -1)
    words = np.empty((-(-size // 64), len(rank)), dtype=np.uint64)
    for word in range(len(words)):
        part = values[:, 64 * word : 64 * (word + 1)]
        inside = np.ones((len(rank), 64), dtype=bool)
        inside[:, part.shape[1] :] = False
        for column, value in zip(cubes.T, part, strict=True):
            inside[:, : part.shape[1]] &= (column[:, None] == FREE) | (column[:, None] == value)
        words[word] = np.packbits(inside, axis=1, bitorder="little").view("<u8")[:, 0]
    return Space(np.ascontiguousarray(cubes), words, wider, weights, ends[:, 0])


def point_set(numbers: NDArray[np.int64], within: Space) -> Words:
    """The points of these *numbers* as bits, in words of 64."""
    bits = np.zeros(64 * len(within.points), dtype=bool)
    bits[numbers] = True
    words: Words = np.packbits(bits, bitorder="little").view("<u8")
    return words


def primes_in_space(on: Words, off: Words, within: Space) -> NDArray[np.int64]:
    """The rows of ``within.cubes`` that meet *on*, do not meet *off*, and are in no wider one of the kind.

    Parameters
    ----------
    on, off : uint64, shape (w,)
        Points as bits; a point in neither is free.
    """
    points = within.points
    hits = points[0] & off[0]
    for word in range(1, len(points)):
        hits |= points[word] & off[word]
    open_ = np.zeros(len(hits) + 1, dtype=bool)
    np.equal(hits, 0, out=open_[:-1])
    found = open_.nonzero()[0]
    meets = points[0].take(found) & on[0]
    for word in range(1, len(points)):
        meets |= points[word].take(found) & on[word]
    found = found[meets != 0]
    blocked: NDArray[np.bool_] = np.logical_or.reduce(open_[within.wider.take(found, axis=1)])
    primes: NDArray[np.int64] = found[~blocked]
    return primes


def primes_on_grid(on: Cubes, off: Cubes | None, levels: tuple[int, ...]) -> Cubes:
    """As `primes_in_space` where there are too many cubes for a table of their points.

    *on*, *off*: points; without *off* whatever is not in *on* is off. Cost and memory: the cubes of the
    space, one byte each; the cubes come in rising order of the grid.
    """
    grid = np.zeros(tuple(count + 1 for count in levels), dtype=np.uint8)
    if off is None:
        grid[tuple(slice(0, count) for count in levels)] = 2
    else:
        grid[tuple(off.T)] = 2
    grid[tuple(on.T)] = 1
    for axis, count in enumerate(levels):
        rest = tuple(slice(0, other) for other in levels[axis + 1 :])
        before = (slice(None),) * axis
        free = grid[(*before, slice(count, count + 1), *rest)]
        np.bitwise_or.reduce(grid[(*before, slice(0, count), *rest)], axis=axis, out=free, keepdims=True)
    prime = grid == 1
    blocked = grid >= 2
    for axis, count in enumerate(levels):
        before = (slice(None),) * axis
        prime[(*before, slice(0, count))] &= blocked[(*before, slice(count, count + 1))]
    places = np.argwhere(prime)
    return np.where(places == levels, FREE, places).astype(np.int8)
