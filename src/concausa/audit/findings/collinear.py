"""Collinear conditions: two columns that lie on the same side, or on opposite sides, in every case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from concausa.core.caveat import Caveat

#: Sides of cases: 0 out, 1 neither or no value, 2 in; worlds × cases.
Sides = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Collinear:
    """Two conditions that the cases cannot tell apart in some worlds.

    Parameters
    ----------
    one, other : str
    opposite : bool
        Whether one is always where the other is not.
    worlds, total : int
        In how many of how many worlds.
    """

    one: str
    other: str
    opposite: bool
    worlds: int
    total: int

    @property
    def share(self) -> Fraction:
        """Of the worlds looked at; a count of readings, not a probability."""
        return Fraction(self.worlds, self.total)

    @property
    def said(self) -> Caveat:
        """The sentence for readers."""
        return Caveat.of(
            "collinear",
            "{one} and {other} lie on opposite sides in every case in {worlds} of {total} worlds"
            if self.opposite
            else "{one} and {other} lie on the same side in every case in {worlds} of {total} worlds",
            one=self.one,
            other=self.other,
            worlds=self.worlds,
            total=self.total,
        )


def collinear(sides: Mapping[str, Sides]) -> tuple[Collinear, ...]:
    """Every pair of conditions that vary, yet always together or always apart, in some world.

    A world counts only if both conditions have a known side in every case and lie on both sides: a
    condition that never varies cannot be told from anything, and is a limit of its own.

    Parameters
    ----------
    sides : mapping of condition to array of int8, worlds × cases
        The same worlds and cases in each; 0 out, 1 on the crossover or without a value, 2 in.

    Returns
    -------
    tuple of Collinear
        In the order of the conditions; same sides before opposite ones.
    """
    varied = {name: (rows != 1).all(axis=1) & _both(rows) for name, rows in sides.items()}
    found = []
    for one, other in combinations(sides, 2):
        both = varied[one] & varied[other]
        for opposite in (False, True):
            second = 2 - sides[other] if opposite else sides[other]
            worlds = int((both & (sides[one] == second).all(axis=1)).sum())
            if worlds:
                found.append(Collinear(one, other, opposite, worlds, len(both)))
    return tuple(found)


def _both(rows: Sides) -> NDArray[np.bool_]:
    both: NDArray[np.bool_] = (rows == 0).any(axis=1) & (rows == 2).any(axis=1)
    return both
