"""Cells: the states that a cell may have in each context, laid out as a cell table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

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

    A context is a way to settle the choices that the cell shares with others. Each state that the cell
    may have in some context is an option; where it may not have it, the option gives the first that it
    may have. Options that give the same states everywhere are one. So every state is reached in every
    context that admits it, and no other is.

    Parameters
    ----------
    contexts : sequence of tuple of State
        For each context the admissible states, at least one, the study's own first.
    """
    union = tuple(dict.fromkeys(state for states in contexts for state in states))
    open_to = {state for states in contexts if len(states) > 1 for state in states}
    if not open_to:
        return OwnChoice((tuple(states[0] for states in contexts),), ())
    columns: dict[tuple[State, ...], list[State]] = {}
    for state in union:
        column = tuple(state if state in states else states[0] for states in contexts)
        columns.setdefault(column, []).append(state)
    told = [[state for state in states if state in open_to] or states for states in columns.values()]
    named = tuple(_option(states, union) for states in told)
    return OwnChoice(tuple(columns), named)


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
