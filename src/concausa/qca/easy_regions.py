"""Where counterfactuals are easy, written down as points of a space or as boxes, whichever is quicker."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import lru_cache
from math import prod
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from concausa._kernels import packed_boxes
from concausa._kernels.consensus import maximal, widest
from concausa._kernels.cubes import covers
from concausa._kernels.lattice import point_set, primes_in_space, space
from concausa._kernels.packed_boxes import WORD, Fields
from concausa._kernels.primes import Primes
from concausa.core.errors import OptionError
from concausa.qca.box import Box, Cube, box_of, cubes, everything, meet
from concausa.qca.expectations import Expectations
from concausa.qca.grid_regions import CELLS, GridRegions
from concausa.qca.ground import Ground
from concausa.qca.prime_chart import PrimeChart, chart_of_primes, order_of

#: Spaces up to this many points, with so many values a condition, are written as bits.
POINTS, VALUES = 1024, 6
#: More regions than this share what they have in common.
FEW = 8
#: Most boxes that a region without a grid may be made of while its prime implicants are looked for.
BOXES = 4_000
#: Most combinations that may be expected to help.
COMBINATIONS = 12

#: What tells a region from others.
Region: TypeAlias = Any


class Regions(Protocol):
    """A way to write down unions of some boxes and the positive points."""

    def key(self, pieces: Sequence[int]) -> Hashable:
        """A union of boxes, given by their places."""

    def chart(self, key: Any) -> PrimeChart:
        """The models that cover the positive points within a region."""

    def work(self) -> int:
        """What the last region cost, in numbers that were looked at."""


def regions_for(ground: Ground, boxes: Sequence[Box], number: int) -> Regions:
    """The quickest way for *number* regions made of *boxes*, which have no point that is not allowed."""
    small = prod(ground.levels) <= POINTS and max(ground.levels) <= VALUES
    if number > FEW and prod([m + 1 for m in ground.levels]) <= CELLS:
        grid = GridRegions(ground, boxes)
        if grid.fits:
            return grid
    return PointRegions(ground, boxes) if small else BoxRegions(ground, boxes)


class PointRegions:
    """Regions as bits: bit *i* of a number is set where point *i* belongs."""

    def __init__(self, ground: Ground, boxes: Sequence[Box]) -> None:
        self.ground = ground
        self.space = space(ground.levels)
        self.words = point_set(ground.on @ self.space.weights, self.space)
        self.on = int.from_bytes(self.words.tobytes(), "little")
        masks = _masks(ground.levels)
        self.pieces = []
        for box in boxes:
            points = -1
            for allowed, own in zip(box, masks, strict=True):
                points &= own[allowed]
            self.pieces.append(points)

    def key(self, pieces: Sequence[int]) -> int:
        """The points of a union of boxes and the positive points."""
        points = self.on
        for piece in pieces:
            points |= self.pieces[piece]
        return points

    def chart(self, key: int) -> PrimeChart:
        """The models that cover the positive points within a region."""
        if key == self.on:
            return self.ground.conservative
        words: NDArray[np.uint64] = np.frombuffer(
            key.to_bytes(8 * len(self.words), "little"), dtype="<u8"
        ).astype(np.uint64, copy=False)
        found = self.space.cubes[primes_in_space(self.words, ~words, self.space)]
        return chart_of_primes(self.ground.on, Primes(found, True), self.ground.choices)

    def work(self) -> int:
        """Words of bits that are looked at."""
        return self.space.points.size


class BoxRegions:
    """Regions as the bytes of an array of boxes, none of which lies in another; in words where they fit."""

    def __init__(self, ground: Ground, boxes: Sequence[Box]) -> None:
        self.ground, self.last = ground, 0
        self.fields = Fields(ground.levels) if sum(ground.levels) <= WORD else None
        self.on = self._written([box_of(point, ground.levels) for point in ground.on.tolist()])
        known = ground.conservative
        shorter = known.complete and len(known.cubes) < len(self.on)
        self.start = (
            self._written([box_of(cube, ground.levels) for cube in known.cubes.tolist()])
            if shorter
            else self.on
        )
        self.pieces = self._written(boxes) if boxes else self.on[:0]

    def _written(self, boxes: Sequence[Box]) -> NDArray[np.uint64]:
        array = np.array(boxes, dtype=np.uint64)
        return self.fields.pack(array) if self.fields else array

    def key(self, pieces: Sequence[int]) -> bytes:
        """A union of boxes and the positive points."""
        boxes = np.concatenate([self.start, self.pieces[list(pieces)]])
        return (packed_boxes.maximal(boxes) if self.fields else maximal(boxes)).tobytes()

    def chart(self, key: bytes) -> PrimeChart:
        """The models that cover the positive points within a region."""
        ground = self.ground
        boxes = np.frombuffer(key, dtype=np.uint64)
        if self.fields:
            words, complete = packed_boxes.widest(boxes, self.fields, budget=BOXES)
            met = np.array([self.fields.real(word & self.on).any() for word in words], dtype=bool)
            found = self.fields.unpack(words[met])
        else:
            boxes = boxes.reshape(-1, len(ground.levels))
            found, complete = widest(boxes, budget=BOXES)
            words, met = found, np.zeros(len(found), dtype=bool)
            for point in self.on:
                met |= ((found & point) != 0).all(axis=1)
            found = found[met]
        self.last = (len(boxes) + len(words)) ** 2 * len(ground.levels)
        return chart_of_primes(ground.on, Primes(_cubes(found, ground), complete), ground.choices)

    def work(self) -> int:
        """Entries of pairs of boxes that are held against each other."""
        return self.last


def _cubes(boxes: NDArray[np.uint64], ground: Ground) -> NDArray[np.int8]:
    """The widest cubes within boxes that cover a positive point, fewest literals first."""
    full = np.array(everything(ground.levels), dtype=np.uint64)
    if max(ground.levels) > 2:
        single = cubes([tuple(box) for box in boxes.tolist()], ground.levels)
        boxes = maximal(np.array([box_of(cube, ground.levels) for cube in single], dtype=np.uint64))
    array = np.where(boxes == full, -1, np.log2(boxes)).astype(np.int8)
    array = array[order_of(array)]
    return array[covers(array, ground.on).any(axis=1)]


def holds(p: Cube, c: Cube) -> bool:
    """Whether cube *p* holds cube *c*."""
    return all(wanted == value or wanted < 0 for wanted, value in zip(p, c, strict=True))


def growths(p: Cube, c: Cube, expected: Expectations, levels: Sequence[int]) -> list[Box]:
    """The easy parts of *p* seen from *c*: each literal of *c* beyond *p* gives way to what is expected.

    Where a combination holds that is expected to help as a whole, its own values are expected too, in its
    own conditions and no others.
    """
    if not expected.conjunctions:
        return [_growth(p, c, expected.values, levels)]
    grown = [(_growth(p, c, values, levels), within) for within, values in hopes(expected, tuple(levels))]
    return [both for box, within in grown if (both := meet(box, within)) is not None]


def _growth(p: Cube, c: Cube, values: Sequence[int], levels: Sequence[int]) -> Box:
    return tuple(
        [
            (1 << m) - 1 if value < 0 else 1 << value if wanted >= 0 else 1 << value | hoped
            for wanted, value, hoped, m in zip(p, c, values, levels, strict=True)
        ]
    )


@lru_cache(maxsize=32)
def hopes(expected: Expectations, levels: tuple[int, ...]) -> tuple[tuple[Box, tuple[int, ...]], ...]:
    """Where some of the combinations hold together, and the values that are expected there, as bits.

    Raises
    ------
    OptionError
        If there are too many combinations to look at all that may hold together.
    """
    if len(expected.conjunctions) > COMBINATIONS:
        raise OptionError(
            f"at most {COMBINATIONS} combinations can be expected to help",
            where=f"{len(expected.conjunctions)} combinations in expectations",
            fix="leave out those that no remainder meets, or expect single conditions",
        )
    full = everything(levels)
    found: dict[tuple[Box, tuple[int, ...]], None] = {(full, expected.values): None}
    for one in expected.conjunctions:
        own = [0 if held == whole else held for held, whole in zip(one, full, strict=True)]
        for within, values in list(found):
            if (both := meet(within, one)) is not None:
                found[both, tuple([a | b for a, b in zip(values, own, strict=True)])] = None
    return tuple(found)


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
