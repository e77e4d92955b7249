"""From the rules: what the theory itself leads one to expect, under the same judge as its rivals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from concausa.audit.rivals.account import Piece
from concausa.audit.worlds.cell_table import CellTable, State
from concausa.audit.worlds.worlds import Worlds
from concausa.core.unit import Case
from concausa.rivals.expectation import Expectation
from concausa.typology.gate import conditions_of, predict, sets_of_rule
from concausa.typology.ladder import Ladder
from concausa.typology.pattern import Pattern, Rule


def from_rule(worlds: Worlds, rule: Rule, case: Case) -> Piece:
    """The levels that a rule leaves possible for a case, in every world.

    Nothing is expected (``open``) where a condition that the rule asks for has no level, or stands as a
    set and has no membership.
    """
    study = worlds.study
    names = conditions_of(rule, study.patterns)
    as_sets = sets_of_rule(rule, study.patterns)
    tables = [worlds.cell(case.id, name) for name in names]
    choices = sorted({choice for table in tables for choice in table.choices})
    codes, shape = _codes(tables, choices)
    kinds, places = np.unique(codes, return_inverse=True)
    sizes = [len(table.states) for table in tables]
    made: dict[tuple[Expectation, ...], int] = {}
    variants = []
    for code in kinds.tolist():
        states = [table.states[at] for table, at in zip(tables, _places(code, sizes), strict=True)]
        expectation = _expected(worlds, rule, study.patterns, case, names, as_sets, states)
        variants.append(made.setdefault((expectation,), len(made)))
    table = np.array(variants, dtype=np.int64)[places.reshape(-1)].reshape(shape)
    return Piece(tuple(choices), table, tuple(made))


def _codes(tables: Sequence[CellTable], choices: Sequence[int]) -> tuple[NDArray[np.int64], tuple[int, ...]]:
    """For each combination of options one number that tells the states of all cells."""
    sizes = {choice: size for table in tables for choice, size in table.sizes.items()}
    shape = tuple(sizes[choice] for choice in choices)
    codes = np.zeros(shape, dtype=np.int64)
    for table in tables:
        codes = codes * len(table.states) + table.along(choices)
    return codes, shape


def _places(code: int, sizes: Sequence[int]) -> list[int]:
    found = []
    for size in reversed(sizes):
        code, place = divmod(code, size)
        found.append(place)
    return found[::-1]


def _expected(
    worlds: Worlds,
    rule: Rule,
    patterns: Sequence[Pattern],
    case: Case,
    names: Sequence[str],
    as_sets: Sequence[str],
    states: Sequence[State],
) -> Expectation:
    by_name = dict(zip(names, states, strict=True))
    unit, period = case.unit.id, case.period.id
    uses = tuple(f"{case.id}.{name}" for name in names)
    if any(state.level is None for state in states) or any(
        by_name[name].membership is None for name in as_sets
    ):
        return Expectation(unit=unit, period=period, expects="open", uses=uses)
    ladder = Ladder(
        {name: state.level for name, state in by_name.items() if state.level is not None},
        {name: state.membership for name, state in by_name.items() if state.membership is not None},
        {name: worlds.scales[name] for name in names},
    )
    left = predict(rule, patterns, ladder)
    scale = worlds.scales[worlds.study.settings.outcome]
    levels = tuple(level for level in scale if level in left)
    strange = sorted(left - set(scale))
    if not left:
        return Expectation(unit=unit, period=period, expects="silent", uses=uses)
    return Expectation(unit=unit, period=period, expects="levels", levels=(*levels, *strange), uses=uses)
