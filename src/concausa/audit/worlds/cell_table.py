"""A cell table: what a cell is in each world, as one small array over the choices that it turns on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Why a cell has no level.
NO_DATA, UNDECIDED = "no data", "undecided"


@dataclass(frozen=True, slots=True)
class State:
    """What a cell is in some world.

    Parameters
    ----------
    level : str or None
        None if it has no level there.
    membership : float in [0, 1] or None
        None without a level, and where no level map covers the condition.
    why : str
        Why there is no level: ``no data`` (nothing is coded or measured) or ``undecided`` (a number
        lies on both sides of a cut, as its rounding admits); empty where there is one.
    """

    level: str | None
    membership: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class CellTable:
    """A condition in a case, in every world.

    Parameters
    ----------
    case, condition : str
    choices : tuple of int
        Places in the space, rising, of the choices on which it turns; only those that make a difference.
    states : tuple of State
        What it may be, each once.
    table : array of int16, one axis for each of *choices*
        For each combination of their options, the place in *states*.
    """

    case: str
    condition: str
    choices: tuple[int, ...]
    states: tuple[State, ...]
    table: NDArray[np.int16]

    @property
    def id(self) -> str:
        """``NL-1.BQ``."""
        return f"{self.case}.{self.condition}"

    @property
    def sizes(self) -> dict[int, int]:
        """How many options each of its choices has."""
        return dict(zip(self.choices, self.table.shape, strict=True))

    def along(self, choices: Iterable[int]) -> NDArray[np.int16]:
        """The table with an axis for each of *choices*, of length 1 where it does not turn on it."""
        own = self.sizes
        return self.table.reshape([own.get(choice, 1) for choice in choices])

    def places(self, chosen: Mapping[int, NDArray[np.integer[Any]]]) -> NDArray[np.int16]:
        """The place in *states*, one a world.

        Parameters
        ----------
        chosen : mapping of int to array
            For each choice, by its place in the space, the option taken in each world.
        """
        return np.asarray(self.table[tuple(chosen[choice] for choice in self.choices)])

    def state(self, world: Sequence[int]) -> State:
        """What it is in one world, given as the option of every choice of the space."""
        return self.states[int(self.table[tuple(world[choice] for choice in self.choices)])]
