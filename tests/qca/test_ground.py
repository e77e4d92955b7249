"""What a minimisation starts from: don't-care rows, theory against theory, and one ground a table."""

from __future__ import annotations

import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.qca.spaces import Space, cubes_of
from tests.reference import solutions as twin

from concausa.core.errors import DataError
from concausa.qca import ground as grounds
from concausa.qca.assumption import Assumptions
from concausa.qca.box import count
from concausa.qca.factor import Factor
from concausa.qca.ground import ground_of
from concausa.qca.minimize import minimize
from concausa.qca.truth_table import TruthTable, truth_table


def _table(rows: list[tuple[list[object], int]]) -> TruthTable:
    names = [f"C{place:02}" for place in range(len(rows[0][0]))]
    frame = {name: [row[place] for row, _ in rows] for place, name in enumerate(names)}
    return truth_table(frame | {"Y": [y for _, y in rows]}, outcome="Y", conditions=names)


def test_rows_with_dont_care_are_minimised_as_they_are():
    """1…1 (9 times), 11 dashes; and one that differs in the ninth: together eight literals are left."""
    rows = [([1] * 9 + ["-"] * 11, 1), ([1] * 8 + [0] + ["-"] * 11, 1), ([0] * 20, 0)]
    started = time.process_time()
    found = minimize(_table(rows))
    assert [model.expression for model in found.models] == ["*".join(f"C{j:02}" for j in range(8))]
    assert time.process_time() - started < 5


def test_rows_that_stand_for_too_many_configurations_are_refused():
    """30 conditions without a value in one row: 2**30; none in the other: one more."""
    rows = [([1] * 10 + ["-"] * 30, 1), ([1] * 9 + [0] + [1] * 30, 1), ([0] * 40, 0)]
    with pytest.raises(DataError) as caught:
        minimize(_table(rows))
    assert caught.value.what == (
        "positive rows with don't care stand for 1,073,741,825 configurations, more than 4,096"
    )
    assert caught.value.where == (
        f"the row {'*'.join(f'C{j:02}' for j in range(10))}: don't care in 30 of 40 conditions"
    )
    assert caught.value.fix == "leave out conditions that do not matter for such cases, or give them values"


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_the_conservative_models_of_rows_with_dont_care_are_those_of_their_configurations(data):
    levels = tuple(data.draw(st.lists(st.sampled_from([2, 2, 3]), min_size=3, max_size=4)))
    row = st.tuples(*(st.sampled_from([-1, -1, *range(m)]) for m in levels))
    rows = data.draw(st.lists(row, min_size=1, max_size=2, unique=True))
    on = {p for p in twin.points(levels) if any(_within(p, one) for one in rows)}
    off = sorted(set(twin.points(levels)) - on)
    assume(off)
    names = "ABCD"[: len(levels)]
    every = [*rows, off[0]]
    frame = {name: ["-" if one[j] < 0 else one[j] for one in every] for j, name in enumerate(names)}
    table = truth_table(
        frame | {"Y": [1] * len(rows) + [0]},
        outcome="Y",
        conditions=list(names),
        levels={name: m for name, m in zip(names, levels, strict=True) if m > 2},
    )
    found = minimize(table)
    assert {cubes_of(model) for model in found.models} == twin.conservative(on, levels)


def test_what_is_both_included_and_excluded_is_known():
    """~C is meant, A*~C is barred; ~A*~B*~C was seen: of the remainders ~A*B*~C is added, two are withheld."""
    table = Space((2, 2, 2), {(1, 1, 1): "1", (0, 0, 0): "0"}).table()
    found = minimize(table, solution="intermediate", include="~C", exclude="A*~C")
    assert found.ground.withheld == ((1, -1, 0),)
    assert found.ground.included.tolist() == [[0, 1, 0]]
    free = minimize(table, solution="intermediate", include="~C")
    assert free.ground.withheld == ()


def test_what_was_observed_is_not_withheld():
    table = Space((2, 2), {(1, 1): "1", (0, 0): "0"}).table()
    found = minimize(table, solution="intermediate", include="~B", exclude="~A*~B")
    assert found.ground.withheld == ()
    assert found.ground.included.tolist() == [[1, 0]]


def test_a_number_of_assumptions_that_is_not_exact_is_never_too_great(monkeypatch):
    """Of four points two were seen: two assumptions, also where the two cannot be counted together."""
    monkeypatch.setattr(
        "concausa.qca.assumption.count",
        lambda boxes, levels: (1, False) if len(boxes) > 1 else count(boxes, levels),
    )
    factors = (Factor("A", "crisp"), Factor("B", "crisp"))
    found = Assumptions(factors, ((3, 3),), ((2, 2), (1, 1)))
    assert (found.n, found.exact) == (2, False)


def test_a_table_holds_one_ground_whatever_number_of_models_is_listed():
    table = Space((2, 2, 2), {(1, 1, 1): "1", (1, 0, 0): "1", (0, 0, 0): "0"}).table()
    first = minimize(table, limit=1)
    primes = first.ground.conservative.cubes
    for limit in range(2, 12):
        ground = minimize(table, limit=limit).ground
        assert ground.choices.limit == limit
        assert ground.conservative.cubes is primes
    assert len(grounds._GROUNDS[table]) == 1
    assert first.ground.choices.limit == 1
    other = minimize(table, models="irredundant")
    assert len(grounds._GROUNDS[table]) == 2
    assert ground_of(table, other.choices) is other.ground


def _within(point: tuple[int, ...], row: tuple[int, ...]) -> bool:
    return all(wanted in (-1, value) for wanted, value in zip(row, point, strict=True))
