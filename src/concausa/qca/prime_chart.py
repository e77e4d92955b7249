"""The chart of prime implicants against the points that a model must cover, and the models that do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.covers import Covers, irredundant_covers, minimum_covers
from concausa._kernels.cubes import covers as contains
from concausa._kernels.primes import BUDGET, Primes, prime_implicants, primes_of
from concausa.qca.choices import Choices
from concausa.qca.factor import Factor, literal

Cubes = NDArray[np.int8]

#: Sets of prime implicants that may be tried for each part of a chart.
EFFORT = 40_000_000
#: Entries of a chart (prime implicants × points) that are held; and prime implicants that always may be.
CELLS, LEAST = 200_000_000, 10_000


@dataclass(frozen=True, eq=False)
class PrimeChart:
    """Prime implicants, what each covers, and the models that they make.

    Parameters
    ----------
    cubes : array of int8, shape (primes, conditions)
        Every prime implicant that covers a positive point; fewest literals first.
    covered : array of bool, shape (primes, points)
        Which covers which of the positive points.
    complete : bool
        Whether these are all of them; false where the search met its bound.
    choices : Choices
        Which models are looked for.
    """

    cubes: Cubes
    covered: NDArray[np.bool_]
    complete: bool
    choices: Choices

    @cached_property
    def covers(self) -> Covers:
        """The models, as rows of *cubes*."""
        return self.search(self.choices.limit)

    def search(self, limit: int, effort: int = EFFORT) -> Covers:
        """The models, of which *limit* are listed; *effort* sets may be tried for each part of the chart."""
        if not self.covering:
            return Covers((), 0, False, 0, 0)
        search = minimum_covers if self.choices.models == "minimum" else irredundant_covers
        if not self.choices.row_dominance:
            return search(self.covered, limit=limit, budget=effort)
        return _renumbered(search(self.covered[self.kept], limit=limit, budget=effort), self.kept)

    @cached_property
    def covering(self) -> bool:
        """Whether the prime implicants that were found cover every point."""
        return bool(self.covered.any(axis=0).all())

    @cached_property
    def kept(self) -> NDArray[np.int64]:
        """The prime implicants of which models are made: all, unless row dominance leaves some out."""
        if self.choices.row_dominance and self.covering:
            return np.flatnonzero(~_dominated(self.covered))
        return np.arange(len(self.cubes))

    @property
    def dominated(self) -> int:
        """How many of them row dominance left out of the models."""
        return len(self.cubes) - len(self.kept) if self.choices.row_dominance else 0

    @property
    def exact(self) -> bool:
        """Whether the number of models is exact."""
        return self.complete and self.covers.exact

    @cached_property
    def sets(self) -> tuple[tuple[int, ...], ...]:
        """The listed models as rows of *cubes*: fewest terms first, then fewest literals."""
        sets = self.covers.sets
        if len(sets) < 2:
            return sets
        literals = (self.cubes >= 0).sum(axis=1).tolist()
        return tuple(sorted(sets, key=lambda one: (len(one), sum([literals[p] for p in one]), one)))

    def models(self, conditions: tuple[Factor, ...]) -> list[tuple[tuple[int, ...], str]]:
        """The listed models, each with its text."""
        return list(zip(self.sets, texts(self.cubes, self.sets, conditions), strict=True))

    @cached_property
    def essential(self) -> tuple[int, ...]:
        """Prime implicants that alone cover some point."""
        alone = self.covered.sum(axis=0) == 1
        return tuple(np.flatnonzero((self.covered & alone).any(axis=1)).tolist())


def order_of(cubes: Cubes) -> NDArray[np.int64]:
    """The places of cubes in their order: fewest literals first, then by conditions, then values, high first."""
    literal = cubes >= 0
    order: NDArray[np.int64] = np.lexsort(
        (*np.where(literal, -cubes, 0).T[::-1], *(~literal).T[::-1], literal.sum(axis=1))
    )
    return order


def texts(cubes: Cubes, models: Sequence[Sequence[int]], conditions: tuple[Factor, ...]) -> list[str]:
    """The text of every model, given as rows of *cubes*."""
    written = _literals(conditions)
    used = sorted({p for one in models for p in one})
    words = {
        p: "*".join([texts[v] for texts, v in zip(written, cube, strict=True) if v >= 0]) or "1"
        for p, cube in zip(used, cubes[used].tolist(), strict=True)
    }
    return [" + ".join([words[p] for p in one]) for one in models]


@lru_cache(maxsize=64)
def _literals(conditions: tuple[Factor, ...]) -> tuple[tuple[str, ...], ...]:
    """The text of every literal."""
    return tuple([tuple([literal(factor, value) for value in factor.values]) for factor in conditions])


def chart_of(on: Cubes, off: Cubes | None, levels: Sequence[int], choices: Choices) -> PrimeChart:
    """All models of a function.

    Parameters
    ----------
    on : array of int8, shape (points, conditions)
        What must be covered.
    off : array of int8, shape (cubes, conditions), or None
        What may not be; None for everything that is not in *on*.
    """
    budget = max(LEAST, min(BUDGET, CELLS // max(1, len(on))))
    found = (
        primes_of(on, levels, budget=budget)
        if off is None
        else prime_implicants(on, off, levels, budget=budget)
    )
    return chart_of_primes(on, found, choices)


def chart_of_primes(on: Cubes, found: Primes, choices: Choices) -> PrimeChart:
    """All models that known prime implicants make of the points *on*."""
    return PrimeChart(found.cubes, contains(found.cubes, on), found.complete, choices)


def _dominated(covered: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which rows cover less than some other row, and nothing that it does not cover."""
    size = covered.sum(axis=1)
    dominated = np.zeros(len(covered), dtype=bool)
    for place, row in enumerate(covered):
        wider = size > size[place]
        dominated[place] = bool((covered[wider][:, row].all(axis=1)).any())
    return dominated


def _renumbered(covers: Covers, kept: NDArray[np.int64]) -> Covers:
    from dataclasses import replace

    places = kept.tolist()
    return replace(covers, sets=tuple(tuple(places[place] for place in one) for one in covers.sets))
