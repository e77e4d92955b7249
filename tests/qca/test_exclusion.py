"""Enhanced standard analysis: what is excluded is never assumed, and what is overruled is said aloud."""

from __future__ import annotations

import time
from math import prod

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.qca.spaces import Space, cubes_of, spaces
from tests.reference import solutions as twin

from concausa.core.errors import DataError, ExpressionError, OptionError, UnknownNameError
from concausa.expr.boolean import parse
from concausa.qca.box import meets
from concausa.qca.exclusion import Exclusion, Inclusion, contradictory, impossible, untenable
from concausa.qca.factor import Factor
from concausa.qca.minimize import minimize
from concausa.qca.region import region
from concausa.qca.truth_table import truth_table

TYPES = ("conservative", "parsimonious", "intermediate")


def models_of(solution):
    return {cubes_of(model) for model in solution.models}


def _held(model, space):
    return {p for p in twin.points(space.levels) if any(twin.within(p, cube) for cube in cubes_of(model))}


@settings(max_examples=75, deadline=None)
@given(st.data(), spaces())
def test_excluded_points_are_off_and_positive_rows_among_them_overruled(data, space):
    every = twin.points(space.levels)
    chosen = data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=4, unique=True))
    on = space.of("1") - set(chosen)
    assume(on)
    off = space.of("0", "C") | set(chosen)
    exclude = [Exclusion(point, "for a reason") for point in chosen]
    table, hopes = space.table(), {"A": 1}
    expected = [{1}, *(set() for _ in space.levels[1:])]
    found = {kind: minimize(table, solution=kind, exclude=exclude, expectations=hopes) for kind in TYPES}
    assert models_of(found["conservative"]) == twin.conservative(on, space.levels)
    assert models_of(found["parsimonious"]) == twin.parsimonious(on, off, space.levels)
    assert models_of(found["intermediate"]) == twin.intermediate(on, off, space.levels, expected)
    overruled = {row.configuration for row in found["parsimonious"].overruled}
    assert overruled == space.of("1") & set(chosen)
    for solution in found.values():
        assert not any(_held(model, space) & set(chosen) for model in solution.models)


@settings(max_examples=60, deadline=None)
@given(spaces())
def test_the_exclusion_of_nothing_changes_nothing(space):
    for kind in TYPES:
        plain = minimize(space.table(), solution=kind, expectations={"A": 1})
        with_none = minimize(space.table(), solution=kind, expectations={"A": 1}, exclude=["A{0}*A{1}"])
        assert [m.expression for m in plain.models] == [m.expression for m in with_none.models]
        assert {one.kind for one in with_none.caveats} >= {"no-reason", "idle"}


@settings(max_examples=80, deadline=None)
@given(st.data(), spaces(codes="10"))
def test_included_remainders_must_be_covered(data, space):
    rest = sorted(set(twin.points(space.levels)) - set(space.codes))
    assume(rest)
    chosen = set(data.draw(st.lists(st.sampled_from(rest), min_size=1, max_size=3, unique=True)))
    include = [Inclusion(point, "theory says so") for point in chosen]
    on, off = space.of("1") | chosen, space.of("0")
    found = minimize(space.table(), solution="intermediate", include=include)
    assert models_of(found) == twin.conservative(on, space.levels)
    wide = minimize(space.table(), solution="parsimonious", include=include)
    assert models_of(wide) == twin.parsimonious(on, off, space.levels)
    for model in found.models:
        assert {one.configuration for one in model.assumptions} == chosen


@settings(max_examples=80, deadline=None)
@given(spaces(codes="10"))
def test_contradictory_assumptions_are_the_remainders_that_both_solutions_assume(space):
    assume("0" in space.codes.values())
    table = space.table()
    one = minimize(table, solution="parsimonious")
    other = minimize(table.negated(), solution="parsimonious")
    both = {
        r
        for r in set(twin.points(space.levels)) - set(space.codes)
        if any(r in _held(m, space) for m in one.models) and any(r in _held(m, space) for m in other.models)
    }
    found = contradictory(one, other)
    assert len(found) == (1 if both else 0)
    if both:
        again = minimize(table, solution="parsimonious", exclude=found)
        mirrored = minimize(table.negated(), solution="parsimonious", exclude=found)
        assert not again.overruled and not mirrored.overruled
        for solution in (again, mirrored):
            assert not any(_held(model, space) & both for model in solution.models)


def test_an_overruled_row_stands_on_top_of_the_solution_and_in_its_repr():
    found = minimize(_table(), exclude=[Exclusion("A*B", "cannot both hold", "impossible")])
    assert [row.expression for row in found.overruled] == ["A*B*C"]
    assert "1 observed row OVERRULED" in repr(found)
    assert str(found).startswith("! the observed positive row A*B*C (1) is overruled by an exclusion")
    assert found.caveats[0].kind == "overruled"
    assert [model.expression for model in found.models] == ["A*~B*C"]


def test_necessity_makes_the_outcome_without_it_untenable_but_keeps_evidence():
    """C is claimed to be necessary: ~C may not be assumed; the positive row with ~C is evidence against the claim."""
    plain = minimize(_table(), solution="parsimonious")
    assert [model.expression for model in plain.models] == ["A"]
    claim = untenable("C", outcome="Y")
    bound = minimize(_table(), solution="parsimonious", exclude=claim)
    assert [model.expression for model in bound.models] == ["A*C"]
    assert not bound.overruled
    against = truth_table(
        {"A": [1, 1, 0], "C": [1, 0, 0], "Y": [1, 1, 0]}, outcome="Y", conditions=["A", "C"]
    )
    kept = minimize(against, solution="parsimonious", exclude=claim)
    assert [model.expression for model in kept.models] == ["A"]
    assert str(kept).startswith("! the observed positive row A*~C (2) speaks against an exclusion")


def test_an_exclusion_may_be_written_in_five_ways():
    ways = [
        "A*~C",
        ["A*~C"],
        [parse("A*~C")],
        [{"A": 1, "C": 0}],
        [(1, None, 0)],
        [Exclusion("A*~C", "why")],
    ]
    for way in ways:
        found = minimize(_table(), solution="parsimonious", exclude=way)
        assert [model.expression for model in found.models] == ["A*C"], way


@pytest.mark.parametrize("flat", [(1, None, 0), [1, None, 0]])
def test_one_configuration_need_not_stand_in_a_list(flat):
    found = minimize(_table(), solution="parsimonious", exclude=flat)
    assert [one.text for one in found.excluded] == ["1-0"]
    assert [model.expression for model in found.models] == ["A*C"]
    with pytest.raises(OptionError) as caught:
        minimize(_table(), exclude=(1, 0))
    assert caught.value.what == "a configuration has one value for each of the 3 conditions"


def test_a_contradictory_assumption_is_shown_and_may_be_used_over_other_conditions():
    """A = B in all rows: A or B explains Y, ~A or ~B explains ~Y; A*~B and ~A*B are assumed for both."""
    table = truth_table({"A": [1, 0], "B": [1, 0], "Y": [1, 0]}, outcome="Y", conditions=["A", "B"])
    one = minimize(table, solution="parsimonious")
    (found,) = contradictory(one, minimize(table.negated(), solution="parsimonious"))
    assert set(found.text.split(" + ")) == {"A*~B", "~A*B"}
    assert found.data()["what"] == found.text
    turned = truth_table({"A": [1, 0], "B": [1, 0], "Y": [1, 0]}, outcome="Y", conditions=["B", "A"])
    again = minimize(turned, solution="parsimonious", exclude=found)
    assert [model.expression for model in again.models] == ["B*A"]


def test_contradictory_tells_that_not_every_model_was_looked_at():
    table = truth_table({"A": [1, 0], "B": [1, 0], "Y": [1, 0]}, outcome="Y", conditions=["A", "B"])
    few = minimize(table, solution="parsimonious", limit=1)
    other = minimize(table.negated(), solution="parsimonious")
    (found,) = contradictory(few, other)
    assert found.reason == (
        "assumed in the parsimonious solution for Y (1 of 2 models) and in the parsimonious solution for ~Y"
    )


def test_a_negated_disjunction_of_twelve_pairs_is_read_at_once():
    """Each pair leaves 3 of its 4 configurations: 3**12 points."""
    factors = [Factor(f"C{j}", "crisp") for j in range(24)]
    text = " + ".join(f"C{2 * j}*C{2 * j + 1}" for j in range(12))
    started = time.process_time()
    found = region(f"~({text})", factors)
    assert time.process_time() - started < 5
    assert sum(_points(box) for box in found) == 3**12
    assert not any(meets(box, pair) for pair in region(text, factors) for box in found)


def test_a_negation_that_falls_into_too_many_pieces_is_refused():
    factors = [Factor(f"C{j}", "crisp") for j in range(40)]
    text = " + ".join(f"C{2 * j}*C{2 * j + 1}" for j in range(20))
    with pytest.raises(ExpressionError) as caught:
        region(f"~({text})", factors)
    assert caught.value.what == "the expression falls into more than 65,536 combinations of values"


def _points(box):
    return prod(mask.bit_count() for mask in box)


def test_a_misspelt_kind_of_exclusion_is_refused():
    with pytest.raises(OptionError) as caught:
        Exclusion("A", "why", "untenible")
    assert caught.value.fix == 'did you mean "untenable"?'


@pytest.mark.parametrize(
    ("exclude", "kind", "message"),
    [
        (["A*D"], UnknownNameError, '"D" is no condition of the table'),
        (["A*"], ExpressionError, "expected a condition, found the end"),
        ([{"A": 2}], OptionError, "2 is no value of A"),
        ([{"Z": 1}], UnknownNameError, '"Z" is no condition of the table'),
        ([(1, 0)], OptionError, "a configuration has one value for each of the 3 conditions"),
        ([3.5], OptionError, "exclude takes expressions, configurations, or an Exclusion with its reason"),
        (["A{2}"], ExpressionError, "A has no value 2"),
        (["A>=high"], ExpressionError, "a truth table knows values, not levels"),
    ],
)
def test_what_cannot_be_excluded_is_refused(exclude, kind, message):
    with pytest.raises(kind) as caught:
        minimize(_table(), exclude=exclude)
    assert caught.value.what == message


def test_excluding_every_positive_row_is_refused():
    with pytest.raises(DataError) as caught:
        minimize(_table(), exclude="A")
    assert caught.value.what == "every positive row for Y is excluded"


def test_a_conservative_solution_takes_no_inclusion():
    with pytest.raises(OptionError) as caught:
        minimize(_table(), include="A*~C")
    assert caught.value.what == "a conservative solution assumes nothing about remainders"


def test_what_is_observed_cannot_be_included():
    found = minimize(_table(), solution="intermediate", include=[Inclusion("~A*~B*~C", "why")])
    assert "no remainder is left of what was to be included" in [str(caveat) for caveat in found.caveats]


def test_solutions_over_different_conditions_cannot_contradict():
    small = truth_table({"A": [1, 0], "Y": [1, 0]}, outcome="Y", conditions=["A"])
    with pytest.raises(OptionError) as caught:
        contradictory(minimize(_table()), minimize(small.negated()))
    assert caught.value.what == "the two solutions are not over the same conditions"
    with pytest.raises(OptionError) as caught:
        contradictory(minimize(_table()), minimize(_table()))
    assert caught.value.what == "both solutions explain Y"


def test_reasons_travel_with_the_solution():
    found = minimize(_table(), solution="parsimonious", exclude=[impossible("B*~C", "the law forbids it")])
    assert "Excluded (impossible): B*~C: the law forbids it." in found.table().notes
    assert found.data()["excluded"] == [
        {"what": "B*~C", "reason": "the law forbids it", "kind": "impossible"}
    ]
    assert any("10.1177/1065912912468269" in source for source in found.cite())


def test_an_exclusion_over_sixty_conditions_costs_no_more_than_its_text():
    names = [f"C{j}" for j in range(60)]
    frame = {name: [1, j % 2, 0] for j, name in enumerate(names)} | {"Y": [1, 1, 0]}
    table = truth_table(frame, outcome="Y", conditions=names)
    found = minimize(table, solution="parsimonious", exclude=["~C0*~C1", "C0*C1*~C59"], limit=10)
    assert found.exact
    assert all(len(model) == 1 for model in found.models)
    assert found.models[0].assumptions.n > 10**15


def _table():
    return Space((2, 2, 2), {(1, 1, 1): "1", (1, 0, 1): "1", (0, 0, 0): "0", (0, 1, 1): "0"}).table()
