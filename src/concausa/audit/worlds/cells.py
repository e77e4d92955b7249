"""Cells: the states that a cell may have in each context, laid out as a cell table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import lcm

import numpy as np
from numpy.typing import NDArray

from concausa.audit.worlds.cell_table import CellTable, State
from concausa.audit.worlds.open_choice import OpenChoice, Option
from concausa.core.caveat import Caveat
from concausa.core.table import Link
from concausa.sets.membership import side
from concausa.theory.condition import Condition


@dataclass(frozen=True, slots=True)
class Axis:
    """A choice that many cells turn on: its place in the space and how many options it has."""

    choice: int
    size: int


@dataclass(frozen=True, slots=True)
class OwnChoice:
    """What is left for a cell itself to choose, once all choices that it shares are made.

    Parameters
    ----------
    states : tuple of tuple of State
        For each of its options the state in every context, in the order in which contexts were given.
    options : tuple of Option
    """

    states: tuple[tuple[State, ...], ...]
    options: tuple[Option, ...]


def own_choice(contexts: Sequence[tuple[State, ...]]) -> OwnChoice:
    """The cell's own options, given the states that it may have in each context.

    A context is a way to settle the choices that the cell shares with others. An option gives one state in
    each context, the same or at least the same level wherever the context admits it. In each context
    every state that it admits, and no other, is given by as many options: so no reading weighs more
    than another, and their order in the files makes no difference.

    Parameters
    ----------
    contexts : sequence of tuple of State
        For each context the admissible states, at least one, each once, the study's own first.
    """
    sizes = [len(states) for states in contexts]
    if max(sizes) == 1:
        return OwnChoice((tuple(states[0] for states in contexts),), ())
    count = lcm(*sizes)
    own = contexts[0][0]
    leading = sorted(contexts[sizes.index(max(sizes))], key=lambda one: (one != own, one.level != own.level))
    slots = [state for state in leading for _ in range(count // len(leading))]
    slots[0] = own
    columns = list(zip(*(_dealt(states, slots) for states in contexts), strict=True))
    union = tuple(dict.fromkeys(state for states in contexts for state in states))
    told = [
        tuple(dict.fromkeys(state for state, size in zip(column, sizes, strict=True) if size > 1))
        for column in columns
    ]
    return OwnChoice(tuple(columns), _unlike(_option(states, union) for states in told))


def _dealt(states: Sequence[State], slots: Sequence[State]) -> list[State]:
    """One state for each slot, each as often as any other: that of the slot, else its level, else what is left."""
    left = dict.fromkeys(states, len(slots) // len(states))
    dealt: list[State | None] = [None] * len(slots)
    rules: tuple[Callable[[State, State], bool], ...] = (
        lambda one, other: one == other,
        lambda one, other: one.level == other.level,
        lambda one, other: True,
    )
    for fits in rules:
        for place, slot in enumerate(slots):
            if dealt[place] is None:
                found = next((state for state in states if left[state] and fits(state, slot)), None)
                if found is not None:
                    dealt[place] = found
                    left[found] -= 1
    return [state for state in dealt if state is not None]


def _unlike(options: Iterable[Option]) -> tuple[Option, ...]:
    """Options with names of their own: a second one of the same name is numbered."""
    seen: dict[str, int] = {}
    found = []
    for option in options:
        seen[option.id] = seen.get(option.id, 0) + 1
        number = seen[option.id]
        found.append(option if number == 1 else replace(option, id=f"{option.id} ({number})"))
    return tuple(found)


def cell_table(case: str, condition: str, axes: Sequence[Axis], states: Sequence[State]) -> CellTable:
    """A cell table from the state in every combination of options, the last axis fastest.

    Axes that make no difference and states that never occur are left out.

    Parameters
    ----------
    axes : sequence of Axis
        By rising places.
    states : sequence of State
        One for each combination; a single one without axes.
    """
    places = {state: place for place, state in enumerate(dict.fromkeys(states))}
    table = np.array([places[state] for state in states], dtype=np.int16)
    table = table.reshape([axis.size for axis in axes])
    return pruned(case, condition, axes, tuple(places), table)


def pruned(
    case: str, condition: str, axes: Sequence[Axis], states: tuple[State, ...], table: NDArray[np.int16]
) -> CellTable:
    """The same without the axes that make no difference."""
    kept = []
    for place in reversed(range(len(axes))):
        first = table.take([0], axis=place)
        if (table == first).all():
            table = first.reshape([size for at, size in enumerate(table.shape) if at != place])
        else:
            kept.append(axes[place].choice)
    return CellTable(case, condition, tuple(reversed(kept)), states, table)


def every_context(axes: Sequence[Axis]) -> list[dict[int, int]]:
    """Every combination of the options of some choices, by place; the last axis fastest."""
    keys = [axis.choice for axis in axes]
    return [dict(zip(keys, pick, strict=True)) for pick in product(*(range(axis.size) for axis in axes))]


def cell_choice(case: str, condition: Condition, options: tuple[Option, ...], coding: str) -> OpenChoice:
    """The open choice of one cell, *coding* being the first that it rests on, if any."""
    label = Caveat.of("cell", "{condition} in {case}", condition=condition.label, case=case)
    link = Link("codings", coding) if coding else None
    return OpenChoice(f"{case}.{condition.id}", "cell", label, options, link=link)


def _option(states: Sequence[State], union: Sequence[State]) -> Option:
    if len(states) == 1:
        return Option(_short(states[0], union), _said(states[0], union))
    levels = {state.level for state in states}
    if len(levels) == 1 and (level := states[0].level) is not None:
        return Option(level, Caveat.of("state", "{level}", level=level))
    told = " / ".join(f"{state.level} ({state.membership})" for state in states)
    return Option(
        " / ".join(_short(state, union) for state in states), Caveat.of("state", "{states}", states=told)
    )


def _short(state: State, union: Sequence[State]) -> str:
    """``medium``; where it has several memberships ``medium, in``, or with the number if that is no name."""
    if state.level is None:
        return state.why
    alike = [other for other in union if other.level == state.level]
    if len(alike) == 1 or state.membership is None:
        return state.level
    if sum(_side(other) == _side(state) for other in alike) > 1:
        return f"{state.level}, {state.membership}"
    return f"{state.level}, {_WORDS[_side(state)]}"


_WORDS: Mapping[str, str] = {"in": "in", "out": "out", "border": "on the crossover", "": "no membership"}
_SENTENCES: Mapping[str, str] = {
    "in": "{level} counts as in",
    "out": "{level} counts as out",
    "border": "{level} is on the crossover",
    "": "{level} has no membership",
}


def _said(state: State, union: Sequence[State]) -> Caveat:
    short = _short(state, union)
    if state.level is None:
        return Caveat.of("state", state.why)
    if short == state.level:
        return Caveat.of("state", "{level}", level=state.level)
    if short.endswith(_WORDS[_side(state)]):
        return Caveat.of("state", _SENTENCES[_side(state)], level=state.level)
    assert state.membership is not None
    return Caveat.of(
        "state", "{level} counts as {membership}", level=state.level, membership=f"{state.membership}"
    )


def _side(state: State) -> str:
    return "" if state.membership is None else side(state.membership)
