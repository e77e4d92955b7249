"""Intermediate solutions: only those simplifications that theory and evidence make easy.

References
----------
.. [1] Ragin & Sonnett (2005), in Kropp & Minkenberg (eds), *Vergleichen in der Politikwissenschaft*, VS Verlag,
   180-197. https://doi.org/10.1007/978-3-322-80441-9_9
.. [2] Ragin (2008), *Redesigning Social Inquiry*, University of Chicago Press, chapter 9.
   https://doi.org/10.7208/chicago/9780226702797.001.0001
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.cubes import covers
from concausa.qca.box import Box, Cube, box_of, maximal
from concausa.qca.easy_regions import growths, holds, regions_for
from concausa.qca.expectations import Expectations
from concausa.qca.ground import Ground
from concausa.qca.prime_chart import PrimeChart

#: Most pairs of a conservative and a parsimonious model that are looked at.
PAIRS = 10_000
#: Most numbers that are looked at for the prime implicants of all easy regions.
WORK = 2_000_000_000
#: A region counts as at least so many.
LEAST = 1_000_000
#: Most boxes of which each is held against each other.
CLOSED = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Pairing:
    """What comes of pairs of a conservative and a parsimonious model with the same easy counterfactuals.

    Parameters
    ----------
    chart : PrimeChart
        Its models are the intermediate models of these pairs.
    pairs : tuple of pairs of int
        Places of the conservative and the parsimonious model.
    """

    chart: PrimeChart
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Pairings:
    """All pairings, how many pairs of models they stand for, and whether these are all pairs."""

    found: tuple[Pairing, ...]
    pairs: int
    complete: bool


def pairings(ground: Ground, expected: Expectations) -> Pairings:
    """The easy counterfactuals of every pair of models, and the models that they allow.

    A remainder is easy for a pair if it lies in a parsimonious term *p* that holds a conservative term *c*
    and, for every literal that *c* has beyond *p*, agrees with it or with the expectation about its
    condition, or with that about a combination which the remainder meets.

    Parameters
    ----------
    ground : Ground
        What is to be explained.
    expected : Expectations
        Over its conditions.
    """
    conservative, parsimonious = ground.conservative, ground.parsimonious
    every = islice(product(range(len(conservative.sets)), range(len(parsimonious.sets))), PAIRS)
    if not expected:
        pairs = tuple(every)
        return Pairings((Pairing(conservative, pairs),), len(pairs), conservative.exact)
    few = len(conservative.sets) * len(parsimonious.sets) <= PAIRS
    complete = few and _all_listed(conservative) and _all_listed(parsimonious)
    easy = _Easy(ground, expected)
    by_pieces: dict[int, list[tuple[int, int]]] = {}
    for i, j in every:
        by_pieces.setdefault(easy.of(conservative.sets[i], parsimonious.sets[j]), []).append((i, j))
    regions = regions_for(ground, easy.boxes, len(by_pieces))
    charts: dict[Hashable, PrimeChart] = {}
    by_chart: dict[Hashable, tuple[PrimeChart, list[tuple[int, int]]]] = {}
    work = 0
    for pieces, pairs_ in by_pieces.items():
        key = regions.key(list(_members(pieces)))
        if key not in charts:
            if work > WORK:
                complete = False
                continue
            charts[key] = regions.chart(key)
            work += max(LEAST, regions.work())
        chart = charts[key]
        by_chart.setdefault((chart.cubes.tobytes(), chart.complete), (chart, []))[1].extend(pairs_)
    found = tuple([Pairing(chart, tuple(sorted(own))) for chart, own in by_chart.values()])
    return Pairings(found, sum(len(pairing.pairs) for pairing in found), complete)


def easy_region(ground: Ground, expected: Expectations, model: Sequence[Cube]) -> tuple[Box, ...]:
    """Where the counterfactuals of one parsimonious model are easy, with any of the conservative models."""
    terms, levels = _used(ground.conservative).values(), ground.levels
    return maximal(
        [box for p in model for c in terms if holds(p, c) for box in growths(p, c, expected, levels)]
    )


class _Easy:
    """Easy regions of pairs of models as unions of boxes; what two terms allow is worked out once.

    A union is the places of its boxes, as bits; the place of a box stands for all boxes within it.
    """

    def __init__(self, ground: Ground, expected: Expectations) -> None:
        levels, wide, narrow = ground.levels, _used(ground.parsimonious), _used(ground.conservative)
        bare = {c: box_of(inner, levels) for c, inner in narrow.items()}
        within = covers(_array(wide), _array(narrow)).tolist()
        places: dict[Box, int] = {}
        self.within: dict[int, dict[int, list[int]]] = {}
        for (p, outer), row in zip(wide.items(), within, strict=True):
            own = self.within[p] = {}
            for (c, inner), held in zip(narrow.items(), row, strict=True):
                if not held:
                    continue
                boxes = [box for box in growths(outer, inner, expected, levels) if box != bare[c]]
                if boxes:
                    own[c] = [places.setdefault(box, len(places)) for box in boxes]
        self.boxes = tuple(places)
        self.bits = _closed(self.boxes)

    def of(self, conservative: Sequence[int], parsimonious: Sequence[int]) -> int:
        """The easy region of a conservative and a parsimonious model, given by their terms' places."""
        pieces = 0
        for p in parsimonious:
            within = self.within[p]
            for c in conservative if within else ():
                for place in within.get(c, ()):
                    pieces |= self.bits[place]
        return pieces


def _closed(boxes: Sequence[Box]) -> list[int]:
    """For every box the boxes within it, itself among them, as bits."""
    if not 1 < len(boxes) <= CLOSED:
        return [1 << place for place in range(len(boxes))]
    array = np.array(boxes, dtype=np.uint64)
    inside = np.ones((len(boxes), len(boxes)), dtype=bool)
    for column in array.T:
        inside &= (column[None, :] & ~column[:, None]) == 0
    packed = np.packbits(inside, axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in packed]


def _members(bits: int) -> Iterator[int]:
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def _used(chart: PrimeChart) -> dict[int, Cube]:
    """The prime implicants that some listed model has, by their places."""
    places = sorted({place for one in chart.sets for place in one})
    return {place: tuple(cube) for place, cube in zip(places, chart.cubes[places].tolist(), strict=True)}


def _array(cubes: dict[int, Cube]) -> NDArray[np.int8]:
    return np.array(list(cubes.values()), dtype=np.int8)


def _all_listed(chart: PrimeChart) -> bool:
    return chart.exact and chart.covers.count == len(chart.sets)
