"""An account: a rival explanation, or a rule of the theory, as expectations that may turn on open choices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from concausa.audit.worlds.open_choice import OpenChoice
from concausa.rivals.expectation import Expectation

#: ``typed``: as the study writes them · ``record``: worked out from the record · ``rule``: from the theory.
Origin = Literal["typed", "record", "rule"]


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Expectations that turn on the same choices.

    Parameters
    ----------
    choices : tuple of int
        Places in the space, rising.
    table : array of int, one axis for each choice
        For each combination of options the place in *variants*.
    variants : tuple of tuple of Expectation
    """

    choices: tuple[int, ...]
    table: NDArray[np.int64]
    variants: tuple[tuple[Expectation, ...], ...]

    @staticmethod
    def fixed(expectations: Iterable[Expectation]) -> Piece:
        """A piece that turns on nothing."""
        return Piece((), np.zeros((), dtype=np.int64), (tuple(expectations),))


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """What is held against the cases.

    Parameters
    ----------
    id, label : str
    origin : str
    row : object
        The `Rival` or `Rule` behind it.
    pieces : tuple of Piece
    mute : (int, frozenset of int) or None
        A choice, by its place, with the options under which the account says nothing: outcomes of
        which it does not speak.
    typed : tuple of Expectation
        What the study writes beside what the record gives; empty for other origins.
    """

    id: str
    label: str
    origin: Origin
    row: Any
    pieces: tuple[Piece, ...]
    mute: tuple[int, frozenset[int]] | None = None
    typed: tuple[Expectation, ...] = field(default=())

    @property
    def choices(self) -> tuple[int, ...]:
        """Places of the choices on which it turns, rising."""
        places = {place for piece in self.pieces for place in piece.choices}
        if self.mute is not None:
            places.add(self.mute[0])
        return tuple(sorted(places))


class Choices:
    """The choices of a space, with those of the record that rivals add behind them."""

    def __init__(self, choices: Iterable[OpenChoice]) -> None:
        self._choices = list(choices)

    def add(self, choice: OpenChoice) -> int:
        """The place of a choice; one with the same id is there already."""
        for place, other in enumerate(self._choices):
            if other.id == choice.id:
                return place
        self._choices.append(choice)
        return len(self._choices) - 1

    @property
    def all(self) -> tuple[OpenChoice, ...]:
        """Every choice."""
        return tuple(self._choices)
