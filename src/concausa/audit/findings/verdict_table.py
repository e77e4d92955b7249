"""A verdict table: a claim's verdict for every combination of the choices that it may turn on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concausa.audit.claims.verdict import Verdict

Classes = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class VerdictTable:
    """Verdicts over choices whose options are grouped into classes that act alike.

    Parameters
    ----------
    places : tuple of int
        The choices, by their place in the space.
    classes : tuple of tuple of tuple of int
        For each choice its classes, each the places of some options; together all of them, each once.
    verdicts : int8, one axis for each choice, as long as it has classes
    idle : int
        How many combinations the choices that were left out have, since they change nothing.
    """

    places: tuple[int, ...]
    classes: tuple[Classes, ...]
    verdicts: NDArray[np.int8]
    idle: int = 1

    @property
    def weights(self) -> tuple[tuple[int, ...], ...]:
        """How many options each class of each choice has."""
        return tuple(tuple(len(options) for options in classes) for classes in self.classes)

    @property
    def total(self) -> int:
        """Worlds over these choices and those left out."""
        return self.idle * prod(sum(sizes) for sizes in self.weights)

    def counts(self) -> dict[Verdict, int]:
        """How many worlds give each verdict that occurs."""
        found = {}
        for verdict in Verdict:
            held = self.verdicts == verdict
            if held.any():
                found[verdict] = self.idle * weigh(held, self.weights)
        return found

    def place_of(self, world: Sequence[int]) -> tuple[int, ...]:
        """Where a world, the option of every choice of the space, lies in the table."""
        return tuple(
            next(number for number, options in enumerate(classes) if world[place] in options)
            for place, classes in zip(self.places, self.classes, strict=True)
        )

    def reduced(self) -> VerdictTable:
        """The same without choices that change nothing, and with options that act alike in one class."""
        places: list[int] = []
        kept: list[Classes] = []
        idle, table = self.idle, self.verdicts
        for place, classes in zip(self.places, self.classes, strict=True):
            axis = len(places)
            groups = _alike(np.moveaxis(table, axis, 0))
            table = table.take([members[0] for members in groups], axis=axis)
            if len(groups) == 1:
                idle *= sum(len(options) for options in classes)
                table = table.squeeze(axis=axis)
                continue
            places.append(place)
            kept.append(
                tuple(
                    tuple(sorted(option for member in members for option in classes[member]))
                    for members in groups
                )
            )
        return VerdictTable(tuple(places), tuple(kept), table.copy(), idle)

    def influence(self, axis: int) -> Fraction:
        """The share of the ways to settle the other choices in which this one changes the verdict."""
        lines = self.verdicts.max(axis=axis) != self.verdicts.min(axis=axis)
        others = (*self.weights[:axis], *self.weights[axis + 1 :])
        return Fraction(weigh(lines, others), prod(sum(sizes) for sizes in others))


def weigh(held: NDArray[np.bool_], weights: Sequence[Sequence[int]]) -> int:
    """How many worlds *held* stands for, exactly, if an entry counts the product of its weights."""
    if all(weight == 1 for sizes in weights for weight in sizes):
        return int(np.count_nonzero(held))
    small = prod(sum(sizes) for sizes in weights) < 1 << 62
    left: NDArray[Any] = held.astype(np.int64 if small else object)
    for sizes in reversed(weights):
        left = left @ np.array(sizes, dtype=left.dtype)
    return int(left)


def _alike(slices: NDArray[np.int8]) -> list[list[int]]:
    """Places along the first axis whose entries are equal, grouped, in the order of their first."""
    groups: dict[bytes, list[int]] = {}
    for number, part in enumerate(slices):
        groups.setdefault(part.tobytes(), []).append(number)
    return list(groups.values())
