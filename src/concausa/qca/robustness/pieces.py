"""What a truth table is along one parameter: pieces on which every row keeps its code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A stretch of a parameter on which no row of the truth table changes.

    Parameters
    ----------
    lower, upper : float
        Its ends, in the parameter's own unit; equal for a single value.
    closed : pair of bool or None
        Whether each end belongs to it; None where the end is known but for *width* only.
    width : pair of float
        Within how much each end is known; 0 where it is exact.
    configurations : array of int8, shape (rows, conditions)
        Observed configurations, in lexicographic order.
    codes : array of str, shape (rows,)
        Their codes.
    sides : array of int8, shape (cases,)
        In which of them each case is, −1 in none; empty where cases cannot change sides.
    sure : bool
        Whether no change within it can have been overlooked.
    """

    lower: float
    upper: float
    closed: tuple[bool | None, bool | None]
    width: tuple[float, float]
    configurations: NDArray[np.int8]
    codes: NDArray[np.str_]
    sides: NDArray[np.int64]
    sure: bool = True

    def same_table(self, other: Piece) -> bool:
        """Whether both have the same rows with the same codes."""
        return (
            self.configurations.shape == other.configurations.shape
            and bool((self.configurations == other.configurations).all())
            and bool((self.codes == other.codes).all())
        )


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """All pieces along one parameter, from the lowest value searched to the highest, without a gap.

    Parameters
    ----------
    pieces : sequence of Piece
    home : int
        The piece that holds the parameter's own value.
    lowest, highest : Limit
        What stands at either end of the search.
    """

    pieces: Sequence[Piece]
    home: int
    lowest: Limit
    highest: Limit


@dataclass(frozen=True, slots=True)
class Limit:
    """Where a search ends, and why it need go no further.

    Parameters
    ----------
    kind : str
        ``neighbour`` (the next anchor or cut-off, which may not be crossed), ``scale`` (no value of the parameter
        lies beyond), or ``none`` (nothing bounds the parameter).
    value : float
        The value up to which was searched.
    name : str
        What stands there: the name of the neighbour.
    proved : bool
        For ``none``: whether nothing can change beyond.
    """

    kind: str
    value: float
    name: str = ""
    proved: bool = False
