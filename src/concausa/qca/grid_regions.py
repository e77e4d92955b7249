"""Many easy regions at once: what they share is worked out before any of them is looked at.

Every region is a union of the same boxes and the positive points, so that its prime implicants are among
the cubes within all boxes together. These candidates are read off a grid of all cubes, each with the points
that it holds beyond the positive ones, as bits; a region then costs one pass over them.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.cubes import FREE
from concausa._kernels.primes import Primes
from concausa.qca.box import Box
from concausa.qca.ground import Ground
from concausa.qca.prime_chart import PrimeChart, chart_of_primes, order_of

Words = NDArray[np.uint64]

#: Most cells of the grid, and most words of points that candidates may take.
CELLS, HELD = 2_000_000, 10_000_000


class GridRegions:
    """Regions as bits: the points beyond the positive ones that they hold."""

    def __init__(self, ground: Ground, boxes: Sequence[Box]) -> None:
        self.ground = ground
        levels = ground.levels
        allowed = [[[v for v in range(m) if box[j] >> v & 1] for j, m in enumerate(levels)] for box in boxes]
        whole = np.zeros(levels, dtype=bool)
        for values in allowed:
            whole[np.ix_(*values)] = True
        whole[tuple(ground.on.T)] = False
        self.points = np.argwhere(whole)
        self.pieces = [self._piece(box) for box in boxes]
        whole[tuple(ground.on.T)] = True
        self._candidates(whole)

    def _piece(self, box: Box) -> Words:
        held = np.ones(len(self.points), dtype=bool)
        for j, values in enumerate(box):
            if values != (1 << self.ground.levels[j]) - 1:
                held &= (values >> self.points[:, j] & 1).astype(bool)
        return _packed(held)

    def _candidates(self, whole: NDArray[np.bool_]) -> None:
        levels, k = self.ground.levels, len(self.ground.levels)
        shape = tuple(m + 1 for m in levels)
        grid = np.zeros(shape, dtype=np.uint8)
        grid[tuple(slice(0, m) for m in levels)] = np.where(whole, 0, 2)
        grid[tuple(self.ground.on.T)] = 1
        for axis, m in enumerate(levels):
            before = (slice(None),) * axis
            np.bitwise_or.reduce(
                grid[(*before, slice(0, m))], axis=axis, out=grid[(*before, slice(m, m + 1))], keepdims=True
            )
        flat = np.flatnonzero(grid == 1)
        digits = np.array(np.unravel_index(flat, shape), dtype=np.int64)
        literal = digits < np.array(levels)[:, None]
        cubes = np.where(literal, digits, FREE).T.astype(np.int8)
        order = order_of(cubes)
        flat, digits, literal, self.cubes = flat[order], digits[:, order], literal[:, order], cubes[order]
        place = np.full(prod(shape), len(flat), dtype=np.int32)
        place[flat] = np.arange(len(flat))
        self.wider = np.empty((k, len(flat)), dtype=np.int32)
        for axis, m in enumerate(levels):
            step = prod(shape[axis + 1 :])
            self.wider[axis] = np.where(literal[axis], place[flat + (m - digits[axis]) * step], len(flat))
        words = -(-len(self.points) // 64)
        self.fits = len(flat) * words <= HELD
        every = _packed(np.ones(len(self.points), dtype=bool))
        self.held = np.repeat(every[:, None], len(flat) if self.fits else 0, axis=1)
        for j, m in enumerate(levels if self.fits else ()):
            of_value = [_packed(self.points[:, j] == value) for value in range(m)]
            table = np.array([*of_value, every], dtype=np.uint64).T
            for word in range(words):
                self.held[word] &= table[word][digits[j]]

    def key(self, pieces: Sequence[int]) -> bytes:
        """The points of a union of boxes, given by their places, beyond the positive ones."""
        words = np.zeros(-(-len(self.points) // 64), dtype=np.uint64)
        for piece in pieces:
            words |= self.pieces[piece]
        return words.tobytes()

    def chart(self, key: bytes) -> PrimeChart:
        """The models that cover the positive points within a region."""
        region = np.frombuffer(key, dtype=np.uint64)
        if not region.any():
            return self.ground.conservative
        beyond = np.zeros(len(self.cubes), dtype=np.uint64)
        for held, word in zip(self.held, ~region, strict=True):
            beyond |= held & word
        within = np.append(beyond == 0, False)
        found = np.flatnonzero(within)
        found = found[~within[self.wider[:, found]].any(axis=0)]
        return chart_of_primes(self.ground.on, Primes(self.cubes[found], True), self.ground.choices)

    def work(self) -> int:
        """What a region costs: words of bits that are looked at."""
        return self.held.size + 1


def _packed(bits: NDArray[np.bool_]) -> Words:
    """Points as bits, in words of 64; what is beyond the last point is 0."""
    size = -(-len(bits) // 64)
    packed = np.zeros(8 * size, dtype=np.uint8)
    packed[: -(-len(bits) // 8)] = np.packbits(bits, bitorder="little")
    return packed.view(np.uint64)
