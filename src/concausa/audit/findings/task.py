"""A task: a claim's test on a grid of its own choices, ready to be sent to any process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

import numpy as np
from numpy.typing import NDArray

from concausa.audit.claims.claim_test import ClaimTest
from concausa.audit.findings.verdict_table import Classes, VerdictTable
from concausa.audit.worlds.grid import BLOCK, Grid, IntArray
from concausa.audit.worlds.open_choice import Space

#: Most worlds that a job looks at.
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """What one claim needs of a space.

    Parameters
    ----------
    key : str
        The claim's id, from which draws are made.
    test : ClaimTest
    places : tuple of int
        The choices that the test may turn on, rising.
    sizes : tuple of int
        How many options each of them has.
    classes : tuple of tuple of tuple of int
        For each, the options that the test reads alike; see `VerdictTable`.
    over : tuple of (int, int)
        The choices over which worlds are drawn, in this order, each with its size; those of the test unless
        there are any.
    """

    key: str
    test: ClaimTest
    places: tuple[int, ...]
    sizes: tuple[int, ...]
    classes: tuple[Classes, ...]
    over: tuple[tuple[int, int], ...] = ()

    @staticmethod
    def of(key: str, test: ClaimTest, space: Space) -> Task:
        """The task of a test; options that it declares to be read alike are taken together."""
        places = tuple(test.choices)
        sizes = tuple(space.sizes[place] for place in places)
        alike: Mapping[int, tuple[int, ...]] = getattr(test, "alike", None) or {}
        classes = tuple(
            _classes(alike.get(place, tuple(range(size)))) for place, size in zip(places, sizes, strict=True)
        )
        return Task(key, test, places, sizes, classes)

    def drawn_as(self, other: Task, space: Space) -> Task:
        """The same task, for which the worlds are drawn that are drawn for another; its own choices come last."""
        places = (*other.places, *(place for place in self.places if place not in other.places))
        return replace(self, over=tuple((place, space.sizes[place]) for place in places))

    @property
    def grid(self) -> Grid:
        """One option of each class of each choice."""
        return Grid(tuple(len(classes) for classes in self.classes))

    @property
    def whole(self) -> Grid:
        """Every option of each choice."""
        return Grid(self.sizes)

    @property
    def possible(self) -> int:
        """Worlds over the choices that the test may turn on."""
        return prod(self.sizes)

    def verdicts(self, columns: Sequence[IntArray], n: int) -> NDArray[np.int8]:
        """Verdicts of *n* worlds, given as the option of each choice, shape (n,)."""
        found = self.test.verdicts(dict(zip(self.places, columns, strict=True)))
        return np.broadcast_to(np.asarray(found, dtype=np.int8), (n,))

    def part(self, start: int, stop: int) -> NDArray[np.int8]:
        """Verdicts of the combinations *start* to *stop* - 1 of the grid."""
        firsts = [np.array([options[0] for options in classes], dtype=np.intp) for classes in self.classes]
        if stop - start == self.grid.size:
            found = self.test.combined(dict(zip(self.places, firsts, strict=True)))
            return found.reshape(-1)
        columns = self.grid.columns(start, stop)
        taken = [options[column] for options, column in zip(firsts, columns, strict=True)]
        return self.verdicts(taken, stop - start)

    def drawn(self, number: int, seed: int) -> NDArray[np.int8]:
        """Verdicts of one block of the draw."""
        over = self.over or tuple(zip(self.places, self.sizes, strict=True))
        columns = Grid(tuple(size for _, size in over)).block(number, seed, self.key)
        taken = dict(zip((place for place, _ in over), columns, strict=True))
        return self.verdicts([taken[place] for place in self.places], BLOCK)

    def table(self, verdicts: NDArray[np.int8]) -> VerdictTable:
        """The verdicts of the whole grid as a table."""
        return VerdictTable(self.places, self.classes, verdicts.reshape(self.grid.sizes))


def _classes(numbers: Sequence[int]) -> Classes:
    groups: dict[int, list[int]] = {}
    for option, number in enumerate(numbers):
        groups.setdefault(number, []).append(option)
    return tuple(tuple(options) for options in groups.values())
