"""A proposition: what is true, false or unknown in each world, and the choices on which that turns.

Whatever turns on few choices is kept as a table over their options, so that a claim over hundreds of
cases is asked of a million worlds by a handful of look-ups, and so that a choice that changes nothing is
seen to change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from math import prod
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from concausa.audit.claims import truth
from concausa.audit.claims.truth import FALSE, TRUE, Truths

#: Most combinations of options over which a part of a claim is tabulated, and a whole claim.
TABULATED, TABULATED_WHOLE = 1 << 12, 1 << 16
#: Sets of choices whose place in a table is kept at hand: two dozen megabytes for a chunk of worlds.
REMEMBERED = 48

IntArray: TypeAlias = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The options taken, one a world, for each choice by its place; arrays that broadcast together."""

    options: Mapping[int, IntArray]
    places: dict[tuple[int, ...], IntArray] = field(default_factory=dict, repr=False)

    @staticmethod
    def all_of(choices: Sequence[int], sizes: Sequence[int]) -> Chosen:
        """Every combination of the options of some choices, one axis for each."""
        return Chosen(dict(zip(choices, _axes(tuple(sizes)), strict=True)))

    def place(self, choices: tuple[int, ...], sizes: tuple[int, ...]) -> IntArray:
        """Where each world stands in a table over *choices* that is laid out in one row."""
        if choices not in self.places:
            if len(self.places) == REMEMBERED:
                self.places.clear()
            place: IntArray = np.zeros((), dtype=np.intp)
            for choice, size in zip(choices, sizes, strict=True):
                place = place * size + self.options[choice]
            self.places[choices] = place
        return self.places[choices]


class Open(Protocol):
    """A proposition that turns on choices."""

    @property
    def choices(self) -> tuple[int, ...]:
        """Places in the space, rising."""
        ...

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many options each choice has."""
        ...

    def truths(self, chosen: Chosen) -> Truths:
        """Its truth value in each world."""
        ...


#: A truth value that is the same in every world, or a proposition that turns on choices.
Proposition: TypeAlias = "int | Open"


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A truth value for each combination of the options of a few choices, one axis a choice."""

    choices: tuple[int, ...]
    values: Truths

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many options each choice has."""
        return self.values.shape

    def truths(self, chosen: Chosen) -> Truths:
        """Its truth value in each world."""
        return np.take(self.values.reshape(-1), chosen.place(self.choices, self.sizes))


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """Propositions joined from left to right by an operation of `truth`."""

    join: Callable[[Any, Any], Any]
    parts: tuple[Proposition, ...]
    choices: tuple[int, ...]
    sizes: tuple[int, ...]

    def truths(self, chosen: Chosen) -> Truths:
        """Its truth value in each world."""
        return reduce(self.join, (truths(part, chosen) for part in self.parts))


@dataclass(frozen=True, slots=True, eq=False)
class Opposed:
    """The opposite of a proposition."""

    part: Open

    @property
    def choices(self) -> tuple[int, ...]:
        """Those of its part."""
        return self.part.choices

    @property
    def sizes(self) -> tuple[int, ...]:
        """Those of its part."""
        return self.part.sizes

    def truths(self, chosen: Chosen) -> Truths:
        """Its truth value in each world."""
        return truth.opposite(self.part.truths(chosen))


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """One proposition for each option of a choice."""

    choice: int
    parts: tuple[Proposition, ...]
    choices: tuple[int, ...]
    sizes: tuple[int, ...]

    def truths(self, chosen: Chosen) -> Truths:
        """Its truth value in each world."""
        taken = chosen.options[self.choice]
        found = truths(self.parts[0], chosen)
        for option, part in enumerate(self.parts[1:], start=1):
            found = np.where(taken == option, truths(part, chosen), found)
        return found


def truths(proposition: Proposition, chosen: Chosen) -> Truths:
    """The truth value in each world, as an array that broadcasts with the others."""
    if isinstance(proposition, int):
        return np.asarray(proposition, dtype=np.uint8)
    return proposition.truths(chosen)


def tabulated(proposition: Proposition, *, most: int = TABULATED) -> Proposition:
    """The same as a table over the choices that make a difference, if there are few enough combinations."""
    if isinstance(proposition, int) or prod(proposition.sizes) > most:
        return proposition
    values = proposition.truths(Chosen.all_of(proposition.choices, proposition.sizes))
    return table(proposition.choices, np.broadcast_to(values, proposition.sizes))


def table(choices: Sequence[int], values: Truths) -> Proposition:
    """A table without the choices along which nothing changes; a plain truth value if none is left."""
    left = values
    kept: list[int] = []
    for choice in choices:
        axis = len(kept)
        first = left.take([0], axis=axis)
        if (left == first).all():
            left = first.squeeze(axis)
        else:
            kept.append(choice)
    return Table(tuple(kept), np.ascontiguousarray(left)) if kept else int(left)


def all_of(parts: Iterable[Proposition]) -> Proposition:
    """Whether all are true; true of none at all."""
    return _many(truth.both, parts, TRUE, FALSE)


def any_of(parts: Iterable[Proposition]) -> Proposition:
    """Whether at least one is true; false of none at all."""
    return _many(truth.either, parts, FALSE, TRUE)


def opposite(part: Proposition) -> Proposition:
    """Whether it is false."""
    if isinstance(part, int):
        return truth.opposite(part)
    # Opposites differ where their parts do, so no choice of a table becomes idle.
    return Table(part.choices, truth.opposite(part.values)) if isinstance(part, Table) else Opposed(part)


def then(first: Proposition, second: Proposition) -> Proposition:
    """*second* where *first* is true, else *first*."""
    if isinstance(first, int):
        return second if first == TRUE else first
    return _pair(truth.then, first, second)


def otherwise(first: Proposition, second: Proposition) -> Proposition:
    """*second* where *first* is false, else *first*."""
    if isinstance(first, int):
        return second if first == FALSE else first
    return _pair(truth.otherwise, first, second)


def settled(choice: int, parts: Sequence[Proposition]) -> Proposition:
    """The proposition that stands at the option taken of a choice."""
    if all(part is parts[0] or (isinstance(part, int) and part == parts[0]) for part in parts):
        return parts[0]
    sizes = sizes_of(parts) | {choice: len(parts)}
    choices = tuple(sorted(sizes))
    return tabulated(Settled(choice, tuple(parts), choices, tuple(sizes[place] for place in choices)))


def sizes_of(parts: Iterable[Proposition]) -> dict[int, int]:
    """How many options each choice of some propositions has."""
    sizes: dict[int, int] = {}
    for part in parts:
        if not isinstance(part, int):
            sizes.update(zip(part.choices, part.sizes, strict=True))
    return sizes


@lru_cache(maxsize=4096)
def _axes(sizes: tuple[int, ...]) -> tuple[IntArray, ...]:
    """The options of each choice along an axis of its own; never written to."""
    one = (1,) * len(sizes)
    return tuple(
        np.arange(size).reshape((*one[:axis], size, *one[axis + 1 :])) for axis, size in enumerate(sizes)
    )


def _many(
    join: Callable[[Any, Any], Any], parts: Iterable[Proposition], neutral: int, decisive: int
) -> Proposition:
    fixed, open_parts = neutral, list[Open]()
    for part in parts:
        if isinstance(part, int):
            fixed = join(fixed, part)
        else:
            open_parts.append(part)
        if fixed == decisive:
            return decisive
    merged: list[Proposition] = []
    sizes: dict[int, int] = {}
    for part in open_parts:
        wider = sizes | sizes_of((part,))
        if merged and prod(wider.values()) <= TABULATED:
            merged[-1] = _pair(join, merged[-1], part)
            sizes = sizes_of(merged[-1:])
        else:
            merged.append(part)
            sizes = sizes_of((part,))
        if isinstance(merged[-1], int):
            fixed = join(fixed, merged.pop())
            sizes = {}
    if fixed == decisive:
        return decisive
    if fixed != neutral or not merged:
        merged.append(fixed)
    return merged[0] if len(merged) == 1 else _joined(join, merged)


def _pair(join: Callable[[Any, Any], Any], first: Proposition, second: Proposition) -> Proposition:
    if isinstance(first, Table) and isinstance(second, Table):
        sizes = dict(sorted(sizes_of((first, second)).items()))
        if prod(sizes.values()) <= TABULATED:
            return table(tuple(sizes), join(_along(first, sizes), _along(second, sizes)))
    return tabulated(_joined(join, (first, second)))


def _along(part: Table, choices: Iterable[int]) -> Truths:
    """The values of a table with an axis for each of *choices*, of length 1 where it does not turn on it."""
    own = dict(zip(part.choices, part.values.shape, strict=True))
    return part.values.reshape([own.get(choice, 1) for choice in choices])


def _joined(join: Callable[[Any, Any], Any], parts: Sequence[Proposition]) -> Joined:
    sizes = sizes_of(parts)
    choices = tuple(sorted(sizes))
    return Joined(join, tuple(parts), choices, tuple(sizes[place] for place in choices))
