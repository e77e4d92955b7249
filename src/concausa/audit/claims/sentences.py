"""Sentences as propositions: claims on levels, cases, times and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from concausa.audit.claims import proposition as p
from concausa.audit.claims.cells import ORDERS, cell, compared, in_set, missing
from concausa.audit.claims.figures import compares, reproduces
from concausa.audit.claims.proposition import Proposition
from concausa.audit.claims.relations import implied
from concausa.audit.claims.times import lie
from concausa.audit.claims.truth import FALSE, TRUE, both, unknown
from concausa.audit.claims.verdict import Verdict
from concausa.audit.worlds.cell_table import State
from concausa.audit.worlds.worlds import Worlds
from concausa.core.errors import ExpressionError
from concausa.expr.boolean import parse
from concausa.expr.sentence import (
    AllOf,
    AnyOf,
    CellRef,
    CheckClause,
    Denied,
    GroupRef,
    LevelClause,
    MemberClause,
    NumberClause,
    OrderClause,
    Sentence,
)

_NO_CASE = unknown(Verdict.NO_CASE)


@dataclass(frozen=True, slots=True)
class Case:
    """A case that a group may hold: its id, and whether it is judged."""

    id: str
    judged: Proposition


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell of one side of a comparison, and whether the side holds it."""

    case: str
    condition: str
    held: Proposition


def says(worlds: Worlds, sentence: Sentence, cases: Sequence[Case]) -> Proposition:
    """Whether a sentence is true.

    Parameters
    ----------
    cases : sequence of Case
        Those that groups (``[BQ*BC].Y``) are made of. A group without cases has *no case*; a case is
        never held against itself.

    Raises
    ------
    ExpressionError
        If a level does not exist, or levels of different scales are compared.
    UnknownNameError
        If the study lacks a case, condition, event, period, pattern or check that it names.
    """
    match sentence:
        case AllOf(parts):
            return p.all_of(says(worlds, part, cases) for part in parts)
        case AnyOf(parts):
            return p.any_of(says(worlds, part, cases) for part in parts)
        case Denied(part):
            return p.opposite(says(worlds, part, cases))
        case LevelClause():
            return _levels(worlds, sentence, cases)
        case MemberClause(case, group):
            expression = parse(worlds.study.row("patterns", group).when) if isinstance(group, str) else group
            return in_set(worlds, case, expression)
        case OrderClause():
            return lie(worlds, sentence)
        case NumberClause():
            return compares(worlds, sentence)
        case CheckClause():
            return reproduces(worlds, sentence)


def _levels(worlds: Worlds, clause: LevelClause, cases: Sequence[Case]) -> Proposition:
    left = _side(worlds, clause.left, cases)
    if isinstance(clause.right, str):
        held = [place.held for place in left]
        stand = [
            compared(worlds, place.case, place.condition, clause.operator, clause.right) for place in left
        ]
        return _of_all(held, stand)
    right = _side(worlds, clause.right, cases)
    groups = isinstance(clause.left, GroupRef) or isinstance(clause.right, GroupRef)
    _refuse_other_scales(worlds, clause)
    pairs = [
        (one, other)
        for one in left
        for other in right
        if not groups or (one.case, one.condition) != (other.case, other.condition)
    ]
    return _of_all(
        [p.all_of((one.held, other.held)) for one, other in pairs],
        (_stand(worlds, one, clause.operator, other) for one, other in pairs),
    )


def _of_all(held: Sequence[Proposition], stand: Sequence[Proposition] | Iterator[Proposition]) -> Proposition:
    law = p.all_of(implied((one,), other) for one, other in zip(held, stand, strict=True))
    return p.then(law, p.otherwise(p.any_of(held), _NO_CASE))


def _side(worlds: Worlds, side: CellRef | GroupRef, cases: Sequence[Case]) -> list[_Place]:
    if isinstance(side, CellRef):
        return [_Place(side.case, side.condition, TRUE)]
    held = [(case.id, p.all_of((case.judged, in_set(worlds, case.id, side.group)))) for case in cases]
    return [_Place(case, side.condition, inside) for case, inside in held if inside != FALSE]


def _stand(worlds: Worlds, one: _Place, sign: str, other: _Place) -> Proposition:
    """Whether the level of one cell stands so to that of another; unknown if either has none."""
    scale = worlds.scales[one.condition]
    left, right = (cell(worlds, place.case, place.condition) for place in (one, other))
    stands = np.array(
        [[_compared(scale, first, sign, second) for second in right.states] for first in left.states],
        dtype=np.uint8,
    )
    sizes = dict(sorted((left.sizes | right.sizes).items()))
    return p.table(tuple(sizes), stands[left.along(sizes), right.along(sizes)])


def _compared(scale: Sequence[str], one: State, sign: str, other: State) -> int:
    """Whether the level of one state stands so to that of another; the reasons of both where one has none."""
    if one.level is None or other.level is None:
        return both(*(missing(state) if state.level is None else TRUE for state in (one, other)))
    return TRUE if ORDERS[sign](scale.index(one.level), scale.index(other.level)) else FALSE


def _refuse_other_scales(worlds: Worlds, clause: LevelClause) -> None:
    assert not isinstance(clause.right, str)
    one, other = clause.left.condition, clause.right.condition
    if worlds.scales[one] != worlds.scales[other]:
        raise ExpressionError(
            f"{one} and {other} have different levels",
            where=str(clause),
            fix="compare each with a level of its own",
        )
