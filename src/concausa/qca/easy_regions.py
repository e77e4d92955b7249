"""Where counterfactuals are easy, written down in one of two ways: as points of a small space, or as boxes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import prod
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.consensus import maximal, widest
from concausa._kernels.cubes import covers
from concausa._kernels.lattice import point_set, primes_in_space, space
from concausa._kernels.primes import Primes
from concausa.qca.box import Box, Cube, box_of, cube_rank, cubes, meet
from concausa.qca.expectations import Expectations
from concausa.qca.ground import Ground
from concausa.qca.prime_chart import PrimeChart, chart_of_primes

#: Spaces up to this many points, with so many values a condition, are written as bits.
POINTS, VALUES = 1024, 6

#: A region: the points as bits of one number, or the boxes.
Region: TypeAlias = Any


class Regions(Protocol):
    """A way to write regions down."""

    def of(self, box: Box) -> Region:
        """A region of one box."""

    def union(self, regions: Iterable[Region]) -> Region:
        """All of *regions* and the positive points; equal regions have equal hashes."""

    def chart(self, region: Region) -> PrimeChart:
        """The models that cover the positive points within *region*."""


def regions_for(ground: Ground) -> Regions:
    """The quicker way for the size of the space."""
    if prod(ground.levels) <= POINTS and max(ground.levels) <= VALUES:
        return PointRegions(ground)
    return BoxRegions(ground)


class PointRegions:
    """Regions as bits: bit *i* of a number is set where point *i* belongs."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.masks = _masks(ground.levels)
        self.space = space(ground.levels)
        self.words = point_set(ground.on @ self.space.weights, self.space)
        self.on = int.from_bytes(self.words.tobytes(), "little")

    def of(self, box: Box) -> int:
        """A region of one box."""
        points = -1
        for allowed, masks in zip(box, self.masks, strict=True):
            points &= masks[allowed]
        return points

    def union(self, regions: Iterable[int]) -> int:
        """All of *regions* and the positive points."""
        points = self.on
        for region in regions:
            points |= region
        return points

    def chart(self, region: int) -> PrimeChart:
        """The models that cover the positive points within *region*."""
        if region == self.on:
            return self.ground.conservative
        words: NDArray[np.uint64] = np.frombuffer(
            region.to_bytes(8 * len(self.words), "little"), dtype="<u8"
        ).astype(np.uint64, copy=False)
        found = self.space.cubes[primes_in_space(self.words, ~words, self.space)]
        return chart_of_primes(self.ground.on, Primes(found, True), self.ground.choices)


class BoxRegions:
    """Regions as the bytes of an array of boxes, none of which lies in another."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.on = [box_of(point, ground.levels) for point in ground.on.tolist()]
        self.known: dict[frozenset[Box], bytes] = {}

    def of(self, box: Box) -> Box:
        """A region of one box."""
        return box

    def union(self, regions: Iterable[Box]) -> bytes:
        """All of *regions* and the positive points."""
        every = frozenset(regions)
        if every not in self.known:
            boxes = np.array([*self.on, *every], dtype=np.uint64)
            self.known[every] = maximal(boxes).tobytes()
        return self.known[every]

    def chart(self, region: bytes) -> PrimeChart:
        """The models that cover the positive points within *region*."""
        ground = self.ground
        boxes = np.frombuffer(region, dtype=np.uint64).reshape(-1, len(ground.levels))
        found, complete = widest(boxes)
        on = np.array(self.on, dtype=np.uint64)
        met = np.ones((len(found), len(on)), dtype=bool)
        for j in range(len(ground.levels)):
            met &= (found[:, j, None] & on[:, j]) != 0
        primes = _cubes(found[met.any(axis=1)], ground)
        return chart_of_primes(ground.on, Primes(primes, complete), ground.choices)


def _cubes(boxes: NDArray[np.uint64], ground: Ground) -> NDArray[np.int8]:
    """The widest cubes within boxes that cover a positive point, fewest literals first."""
    found = cubes([tuple(box) for box in boxes.tolist()], ground.levels)
    if max(ground.levels) > 2:
        own = np.array([box_of(cube, ground.levels) for cube in found], dtype=np.uint64)
        kept = {tuple(box) for box in maximal(own).tolist()}
        found = tuple([cube for cube, box in zip(found, own.tolist(), strict=True) if tuple(box) in kept])
    array = np.array(sorted(found, key=cube_rank), dtype=np.int8)
    return array[covers(array, ground.on).any(axis=1)]


def holds(p: Cube, c: Cube) -> bool:
    """Whether cube *p* holds cube *c*."""
    return all(wanted == value or wanted < 0 for wanted, value in zip(p, c, strict=True))


def growth(p: Cube, c: Cube, expected: Expectations, levels: Sequence[int]) -> Box:
    """The easy part of *p* seen from *c*: each literal of *c* beyond *p* gives way to what is expected."""
    return tuple(
        [
            (1 << m) - 1 if value < 0 else 1 << value if wanted >= 0 else 1 << value | hoped
            for wanted, value, hoped, m in zip(p, c, expected.values, levels, strict=True)
        ]
    )


def combined(p: Cube, expected: Expectations, levels: Sequence[int]) -> list[Box]:
    """The parts of *p* in combinations that are expected to help as a whole."""
    whole = box_of(p, levels) if expected.conjunctions else ()
    return [both for box in expected.conjunctions if (both := meet(whole, box)) is not None]


@lru_cache(maxsize=32)
def _masks(levels: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """For every condition, and every set of its values as bits, the points where it has one of these."""
    values = np.indices(levels).reshape(len(levels), -1)
    found = []
    for row, m in zip(values, levels, strict=True):
        masks = []
        for allowed in range(1 << m):
            bits = (allowed >> row) & 1
            packed = np.packbits(bits.astype(bool), bitorder="little")
            masks.append(int.from_bytes(packed.tobytes(), "little"))
        found.append(tuple(masks))
    return tuple(found)
