"""Cells as propositions: whether a case is in a set, in each world."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from concausa.audit.claims import proposition as p
from concausa.audit.claims.proposition import Proposition
from concausa.audit.claims.truth import FALSE, TRUE, unknown
from concausa.audit.claims.verdict import Verdict
from concausa.audit.worlds.case_slot import CaseSlot
from concausa.audit.worlds.cell_table import NO_DATA, UNDECIDED, CellTable, State
from concausa.audit.worlds.worlds import Worlds
from concausa.core.errors import ExpressionError, UnknownNameError
from concausa.core.nearest import nearest
from concausa.expr.boolean import conditions_of
from concausa.expr.tree import And, Comparison, Constant, Expression, Name, Not, OneOf, Or, quoted
from concausa.sets.membership import side
from concausa.theory.claim import Claim

ORDERS: Mapping[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    ">=": operator.ge,
    ">": operator.gt,
    "!=": operator.ne,
}
_SIDES = {"in": TRUE, "out": FALSE, "border": unknown(Verdict.CROSSOVER)}


def judged(worlds: Worlds, claim: Claim) -> tuple[tuple[str, Proposition], ...]:
    """The cases on which a claim is judged, each with whether a world judges it.

    Those that it names, always; else all that a world compares.
    """
    if claim.cases:
        return tuple((case, TRUE) for case in dict.fromkeys(claim.cases))
    return tuple((slot.id, presence(worlds, slot)) for slot in worlds.slots)


def presence(worlds: Worlds, slot: CaseSlot) -> Proposition:
    """Whether a world compares a case; never unknown."""
    parts = []
    for choice, options in slot.presence:
        size = worlds.space.sizes[choice]
        values = np.array([TRUE if option in options else FALSE for option in range(size)], dtype=np.uint8)
        parts.append(p.table((choice,), values))
    return p.all_of(parts)


def in_set(worlds: Worlds, case: str, expression: Expression) -> Proposition:
    """Whether a case is in a set.

    A condition that stands as a set asks its membership: in above one half, unknown on it. A comparison
    asks the level, and is never unknown where there is one.

    Raises
    ------
    ExpressionError
        If the expression asks for a value (``BC{2}``) or for a level that the condition does not have.
    UnknownNameError
        If the study has no such condition.
    """
    match expression:
        case Name(name):
            return of_states(cell(worlds, case, name), _standing)
        case Comparison(name, sign, level):
            return compared(worlds, case, name, sign, level)
        case Constant(value):
            return TRUE if value else FALSE
        case Not(part):
            return p.opposite(in_set(worlds, case, part))
        case And(parts):
            return p.all_of(in_set(worlds, case, part) for part in parts)
        case Or(parts):
            return p.any_of(in_set(worlds, case, part) for part in parts)
        case OneOf(name):
            raise ExpressionError(
                f"{expression} asks for a value, and {name} has levels",
                where=str(expression),
                fix=f"compare its levels, such as {quoted(name)}>=medium",
            )


def in_sets(worlds: Worlds, cases: Sequence[str], expression: Expression) -> list[Proposition]:
    """Whether each of some cases is in a set; see `in_set`.

    What was worked out of the same tables before is not worked out again.
    """
    names = conditions_of(expression)
    known: dict[tuple[CellTable, ...], Proposition] = worlds.known.setdefault(expression, {})
    found = []
    for case in cases:
        tables = tuple([cell(worlds, case, name) for name in names])
        if tables not in known:
            known[tables] = in_set(worlds, case, expression)
        found.append(known[tables])
    return found


def compared(worlds: Worlds, case: str, condition: str, sign: str, level: str) -> Proposition:
    """Whether a cell's level stands so to the level named; unknown where it has none."""
    own = cell(worlds, case, condition)
    scale = worlds.scales[condition]
    if level not in scale:
        near = nearest(level, scale)
        raise ExpressionError(
            f"{condition} has no level {level!r}",
            where=f"{case}.{condition}",
            fix=f"did you mean {near}?" if near else f"one of {', '.join(scale)}",
        )
    rank = scale.index(level)
    return has_level(own, [one for at, one in enumerate(scale) if ORDERS[sign](at, rank)])


def has_level(cell: CellTable, levels: Sequence[str]) -> Proposition:
    """Whether a cell has one of some levels; unknown where it has none at all."""
    return of_states(
        cell,
        lambda state: missing(state) if state.level is None else TRUE if state.level in levels else FALSE,
    )


def of_states(cell: CellTable, value: Callable[[State], int]) -> Proposition:
    """What each state of a cell makes of a proposition."""
    values = np.array([value(state) for state in cell.states], dtype=np.uint8)
    return p.table(cell.choices, values[cell.table])


def cell(worlds: Worlds, case: str, condition: str) -> CellTable:
    """A cell by its case and condition; without a value in any world if the study has no such case.

    Raises
    ------
    UnknownNameError
        If the study has no such condition.
    """
    if condition not in worlds.scales:
        near = nearest(condition, worlds.scales)
        raise UnknownNameError(
            f"there is no condition {condition!r}",
            fix=f"did you mean {near}?" if near else f"one of {', '.join(worlds.scales)}",
        )
    found = worlds.cells.get((case, condition))
    if found is not None:
        return found
    return CellTable(case, condition, (), (State(None, None, NO_DATA),), np.zeros((), dtype=np.int16))


def missing(state: State) -> int:
    """What is unknown of a cell that has no value."""
    return unknown(Verdict.UNDECIDED if state.why == UNDECIDED else Verdict.NO_DATA)


def _standing(state: State) -> int:
    return missing(state) if state.membership is None else _SIDES[side(state.membership)]
