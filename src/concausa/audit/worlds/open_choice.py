"""An open choice: a point that a study leaves open, with the options between which nothing has decided."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import prod

from concausa.core.caveat import Caveat
from concausa.core.errors import UnknownNameError
from concausa.core.nearest import nearest
from concausa.core.table import Link

#: What may be open, in the order in which choices stand in a space.
KINDS = ("outcome", "reading", "coder", "map", "boundary", "shadow", "grain", "test", "number", "cell")


@dataclass(frozen=True, slots=True)
class Option:
    """One way to settle an open choice.

    Parameters
    ----------
    id : str
        Short name, unique in its choice: ``medium, in``, ``with``, ``fuzzy 0.9``.
    label : Caveat
        The same for readers, as a template and values that catalogues translate.
    family : Caveat or None
        What it and the other options of its kind are called together, where a choice has several: one
        measure whatever its cut.
    """

    id: str
    label: Caveat
    family: Caveat | None = None

    def told(self, say: Callable[[str], str]) -> str:
        """What readers are told, in the language of a catalogue."""
        return self.label.told(say)

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True)
class OpenChoice:
    """A point that is open.

    Parameters
    ----------
    id : str
        Unique in its space: ``NL-1.BQ`` for a cell, else the id of the study's row or the kind.
    kind : str
        One of ``KINDS``.
    label : Caveat
        What is open, for readers.
    options : tuple of Option
        Two or more.
    preferred : int
        Place of the study's own reading; the first, as the study is read here.
    link : Link or None
        The row of ``choices`` that declares it, the first coding of the cell, or None if it is usual.
    closed : tuple of (str, str)
        Options that would be admissible but cannot be worked out, each with what is missing.
    """

    id: str
    kind: str
    label: Caveat
    options: tuple[Option, ...]
    preferred: int = 0
    link: Link | None = None
    closed: tuple[tuple[str, str], ...] = ()

    def told(self, say: Callable[[str], str]) -> str:
        """What readers are told, in the language of a catalogue."""
        return self.label.told(say)

    def together(self, options: Collection[int]) -> tuple[Caveat, ...]:
        """Labels of some options, by their places; a family of which none is missing is told by its name."""
        told: dict[Caveat, None] = {}
        for place, option in enumerate(self.options):
            if place in options:
                family = option.family
                whole = family is not None and all(
                    nth in options for nth, other in enumerate(self.options) if other.family == family
                )
                told[family if whole and family is not None else option.label] = None
        return tuple(told)

    def option(self, id: str) -> int:
        """The place of an option by its id; UnknownNameError with the nearest if there is none."""
        ids = [option.id for option in self.options]
        if id in ids:
            return ids.index(id)
        near = nearest(id, ids)
        raise UnknownNameError(
            f"{self.id} has no option {id!r}",
            fix=f"did you mean {near!r}?" if near else f"one of {'; '.join(ids[:20])}",
        )

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True)
class Space:
    """Every open choice; a world is one option of each.

    A world is written as the places of its options, in the order of the choices.
    """

    choices: tuple[OpenChoice, ...]

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many options each choice has."""
        return tuple(len(choice.options) for choice in self.choices)

    @cached_property
    def size(self) -> int:
        """How many worlds there are; 1 if nothing is open."""
        return prod(self.sizes)

    @cached_property
    def preferred(self) -> tuple[int, ...]:
        """The world of the study's own reading."""
        return tuple(choice.preferred for choice in self.choices)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {choice.id: place for place, choice in enumerate(self.choices)}

    def place(self, id: str) -> int:
        """Where a choice stands; UnknownNameError with the nearest id if there is none."""
        if id in self._places:
            return self._places[id]
        near = nearest(id, self._places)
        raise UnknownNameError(
            f"there is no open choice {id!r}",
            fix=f"did you mean {near}?" if near else f"one of {', '.join(list(self._places)[:20])}",
        )

    def world(self, options: Mapping[str, str]) -> tuple[int, ...]:
        """The world that differs from the preferred one in some choices, by the ids of their options.

        Raises
        ------
        UnknownNameError
            If there is no such choice or option.
        """
        found = list(self.preferred)
        for id, option in options.items():
            place = self.place(id)
            found[place] = self.choices[place].option(option)
        return tuple(found)

    def of_kind(self, kind: str) -> tuple[int, ...]:
        """Where the choices of a kind stand."""
        return tuple(place for place, choice in enumerate(self.choices) if choice.kind == kind)
