"""The logic of formulas: where they are true among all configurations that their factors allow, as bits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from math import prod

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Cubes = NDArray[np.int8]

#: Most configurations that are written out.
MOST = 1 << 16


class Space:
    """All configurations of some factors, one bit each, in words of 64.

    Parameters
    ----------
    levels : sequence of int
        How many values each factor has; 1 for a factor that plays no part.
    """

    def __init__(self, levels: Sequence[int]) -> None:
        self.levels = tuple(levels)
        self.size = prod(self.levels)
        self.weights = np.array(
            [prod(self.levels[place + 1 :]) for place in range(len(levels))], dtype=np.int64
        )

    @cached_property
    def everything(self) -> Words:
        """All bits that stand for a configuration."""
        return _packed(np.ones(self.size, dtype=bool))

    @cached_property
    def _literals(self) -> dict[tuple[int, int], Words]:
        values = np.indices(self.levels, dtype=np.int8).reshape(len(self.levels), -1)
        return {
            (place, value): _packed(values[place] == value)
            for place, count in enumerate(self.levels)
            for value in range(count)
        }

    def literal(self, place: int, value: int) -> Words:
        """Where a factor has a value."""
        return self._literals[place, value]

    def term(self, cube: Sequence[int]) -> Words:
        """Where a conjunction holds; −1 leaves a factor out."""
        found = self.everything
        for place, value in enumerate(cube):
            if value >= 0:
                found = found & self._literals[place, value]
        return found

    def terms(self, cubes: Cubes) -> Words:
        """Where each of some conjunctions holds, shape (conjunctions, words)."""
        return np.stack([self.term(cube) for cube in cubes.tolist()])

    def equivalence(self, outcome: tuple[int, int], cubes: Cubes) -> Words:
        """Where the disjunction of *cubes* and the outcome are both true or both false."""
        left: Words = np.bitwise_or.reduce(self.terms(cubes))
        return ~(left ^ self._literals[outcome]) & self.everything

    def possible(self, truths: Words, place: int) -> int:
        """How many values a factor can have where something is true."""
        return sum(bool((truths & self._literals[place, value]).any()) for value in range(self.levels[place]))

    def holds(self, truths: Words, values: NDArray[np.int8]) -> NDArray[np.bool_]:
        """Whether something is true of configurations, shape (configurations, factors)."""
        places = np.where(np.array(self.levels) > 1, values, 0).astype(np.int64) @ self.weights
        bits = np.unpackbits(truths.view(np.uint8), bitorder="little")
        found: NDArray[np.bool_] = bits[places].astype(np.bool_)
        return found

    def count(self, truths: Words) -> int:
        """Of how many configurations something is true."""
        return int(np.bitwise_count(truths).sum())


@lru_cache(maxsize=256)
def space_of(levels: tuple[int, ...]) -> Space:
    """The space of these numbers of values, made once."""
    return Space(levels)


def needless(space: Space, outcome: Words, cubes: Cubes) -> Iterator[Words]:
    """For each part of a formula, where it makes a difference to what the formula says of its outcome.

    A literal makes one where its term without it holds and the outcome does not; a term where it holds and
    no other does. A part is redundant wherever this is true of no configuration that is left.

    Parameters
    ----------
    space : Space
    outcome : array of uint64
        Where the outcome is true; for the formula's own logic, where its disjunction is.
    cubes : array of int8, shape (terms, factors)
    """
    terms = space.terms(cubes)
    for place, cube in enumerate(cubes.tolist()):
        others = np.delete(terms, place, axis=0)
        yield terms[place] & ~(np.bitwise_or.reduce(others) if len(others) else np.zeros_like(outcome))
        for factor, value in enumerate(cube):
            if value >= 0:
                wider = [-1 if at == factor else own for at, own in enumerate(cube)]
                yield space.term(wider) & ~outcome


def reducible(space: Space, cubes: Cubes) -> bool:
    """Whether a disjunction says the same as one of its parts, in logic alone.

    Examples
    --------
    >>> import numpy as np
    >>> space = Space((2, 2))
    >>> reducible(space, np.array([[1, -1], [0, 1]], dtype=np.int8)), reducible(space, np.eye(2, dtype=np.int8))
    (True, False)
    """
    left: Words = np.bitwise_or.reduce(space.terms(cubes))
    return any(not where.any() for where in needless(space, left, cubes))


def _packed(bits: NDArray[np.bool_]) -> Words:
    packed = np.packbits(bits, bitorder="little")
    padded = np.zeros(-(-len(packed) // 8) * 8, dtype=np.uint8)
    padded[: len(packed)] = packed
    return padded.view("<u8").astype(np.uint64)
