"""Intermediate solutions: only those simplifications that theory and evidence make easy.

References
----------
.. [1] Ragin & Sonnett (2005), in Kropp & Minkenberg (eds), *Vergleichen in der Politikwissenschaft*, VS Verlag,
   180-197. https://doi.org/10.1007/978-3-322-80441-9_9
.. [2] Ragin (2008), *Redesigning Social Inquiry*, University of Chicago Press, chapter 9.
   https://doi.org/10.7208/chicago/9780226702797.001.0001
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.cubes import covers
from concausa.qca.box import Box, Cube, maximal
from concausa.qca.easy_regions import Region, Regions, combined, growth, holds, regions_for
from concausa.qca.expectations import Expectations
from concausa.qca.ground import Ground
from concausa.qca.prime_chart import PrimeChart

#: Most pairs of a conservative and a parsimonious model that are looked at.
PAIRS = 10_000


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
    """All pairings, and whether every pair of models was looked at."""

    found: tuple[Pairing, ...]
    complete: bool


def pairings(ground: Ground, expected: Expectations) -> Pairings:
    """The easy counterfactuals of every pair of models, and the models that they allow.

    A remainder is easy for a pair if it lies in a parsimonious term *p* that holds a conservative term *c*
    and, for every literal that *c* has beyond *p*, agrees with it or with the expectation about its
    condition; or if it lies in *p* and in a combination that is expected to help.

    Parameters
    ----------
    ground : Ground
        What is to be explained.
    expected : Expectations
        Over its conditions.
    """
    conservative, parsimonious = ground.conservative, ground.parsimonious
    if not expected:
        return Pairings(
            (Pairing(conservative, tuple(islice(_pairs(conservative, parsimonious), PAIRS))),),
            conservative.exact,
        )
    regions = regions_for(ground)
    easy = _Easy(ground, expected, regions)
    by_region: dict[Region, list[tuple[int, int]]] = {}
    for i, j in islice(_pairs(conservative, parsimonious), PAIRS):
        by_region.setdefault(easy.of(conservative.sets[i], parsimonious.sets[j]), []).append((i, j))
    found = [Pairing(regions.chart(region), tuple(pairs)) for region, pairs in by_region.items()]
    few = len(conservative.sets) * len(parsimonious.sets) <= PAIRS
    return Pairings(tuple(found), few and _all_listed(conservative) and _all_listed(parsimonious))


def easy_region(ground: Ground, expected: Expectations, model: Sequence[Cube]) -> tuple[Box, ...]:
    """Where the counterfactuals of one parsimonious model are easy, with any of the conservative models."""
    terms, levels = _used(ground.conservative).values(), ground.levels
    grown = [growth(p, c, expected, levels) for p in model for c in terms if holds(p, c)]
    return maximal([*grown, *(box for p in model for box in combined(p, expected, levels))])


class _Easy:
    """Easy regions of pairs of models; what two terms allow is worked out once."""

    def __init__(self, ground: Ground, expected: Expectations, regions: Regions) -> None:
        self.expected, self.levels, self.regions = expected, ground.levels, regions
        self.wide = _used(ground.parsimonious)
        self.whole: dict[int, list[Region]] = {}
        self.within = self._within(_used(ground.conservative))

    def _within(self, narrow: dict[int, Cube]) -> dict[int, dict[int, Region]]:
        """For every parsimonious term the regions into which conservative terms within it may grow."""
        held = covers(_array(self.wide), _array(narrow)).tolist()
        return {
            p: {
                c: self.regions.of(growth(outer, inner, self.expected, self.levels))
                for (c, inner), holds in zip(narrow.items(), row, strict=True)
                if holds
            }
            for (p, outer), row in zip(self.wide.items(), held, strict=True)
        }

    def of(self, conservative: Sequence[int], parsimonious: Sequence[int]) -> Region:
        """The easy region of a conservative and a parsimonious model, given by their terms' places."""
        pieces: list[Region] = []
        for p in parsimonious:
            within = self.within[p]
            pieces += [within[c] for c in conservative if c in within]
            if self.expected.conjunctions:
                pieces += self._combined(p)
        return self.regions.union(pieces)

    def _combined(self, p: int) -> list[Region]:
        if p not in self.whole:
            boxes = combined(self.wide[p], self.expected, self.levels)
            self.whole[p] = [self.regions.of(box) for box in boxes]
        return self.whole[p]


def _used(chart: PrimeChart) -> dict[int, Cube]:
    """The prime implicants that some listed model has, by their places."""
    places = sorted({place for one in chart.sets for place in one})
    return {place: tuple(cube) for place, cube in zip(places, chart.cubes[places].tolist(), strict=True)}


def _array(cubes: dict[int, Cube]) -> NDArray[np.int8]:
    return np.array(list(cubes.values()), dtype=np.int8)


def _pairs(one: PrimeChart, other: PrimeChart) -> Iterator[tuple[int, int]]:
    return product(range(len(one.sets)), range(len(other.sets)))


def _all_listed(chart: PrimeChart) -> bool:
    return chart.exact and chart.covers.count == len(chart.sets)
