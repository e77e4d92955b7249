"""The overlap of an initial solution with its tests: parameters by hand, laws, and a slow twin."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference.robustness import fit_parameters
from tests.reference.robustness import zones as slow_zones

from concausa.core.errors import DataError, OptionError
from concausa.qca.robustness.overlap import Overlap, coincidence, relation
from concausa.qca.robustness.robust_case import case_fit, cases_of

# Six cases, worked by hand; no published study in reach prints memberships of all its test solutions.
#            a    b    c    d    e    f
INITIAL = [0.9, 0.8, 0.6, 0.3, 0.1, 0.5]
TESTS = [
    [0.8, 0.8, 0.2, 0.3, 0.1, 0.5],
    [0.9, 0.6, 0.6, 0.7, 0.2, 0.5],
    [0.9, 0.9, 0.6, 0.3, 0.0, 0.5],
]
OUTCOME = [1.0, 0.7, 0.9, 0.6, 0.2, 0.4]
# minTS  0.8 0.6 0.2 0.3 0.0 0.5   sum 2.4
# maxTS  0.9 0.9 0.6 0.7 0.2 0.5   sum 3.8
# core   0.8 0.6 0.2 0.3 0.0 0.5   sum 2.4 (minTS is within IS)
# IS: sum 3.2; with Y .9 + .7 + .6 + .3 + .1 + .4 = 3.0; core with Y .8 + .6 + .2 + .3 + 0 + .4 = 2.3; sum of Y 3.8
# RF_cov = (2.3 / 3.8) / (3.0 / 3.8) = 2.3 / 3.0; RF_cons = (3.0 / 3.2) / (2.3 / 2.4)
# RF_SC_minTS = 2.4 / 3.2; RF_SC_maxTS: min .9 .8 .6 .3 .1 .5 = 3.2, max .9 .9 .6 .7 .2 .5 = 3.8

scores = st.floats(0, 1).map(lambda value: round(value, 3))


@st.composite
def overlaps(draw: st.DrawFn) -> tuple[list[float], list[list[float]], list[float]]:
    n = draw(st.integers(1, 6))
    row = st.lists(scores, min_size=n, max_size=n)
    return draw(row), draw(st.lists(row, min_size=1, max_size=4)), draw(row)


def both(initial: list[float] = INITIAL, tests: list[list[float]] = TESTS) -> Overlap:
    return Overlap(np.array(initial), np.array(tests))


def test_the_parameters_are_those_worked_by_hand() -> None:
    fit = both().fit(np.array(OUTCOME))
    assert fit.rf_cov == pytest.approx(2.3 / 3.0)
    assert fit.rf_cons == pytest.approx((3.0 / 3.2) / (2.3 / 2.4))
    assert fit.rf_sc_min == pytest.approx(2.4 / 3.2)
    assert fit.rf_sc_max == pytest.approx(3.2 / 3.8)
    assert fit.parameters == (fit.rf_cov, fit.rf_cons, fit.rf_sc_min, fit.rf_sc_max)


def test_the_cases_are_those_worked_by_hand() -> None:
    # c: in IS (.6), out of the first test (.2): shaky. d: out of IS (.3), in the second (.7): possible. f: on .5
    assert both().zones.tolist() == ["robust", "robust", "shaky", "possible", "outside", "border"]
    cases = {one.case: one for one in cases_of(both(), np.array(OUTCOME), "abcdef", ["one", "two", "three"])}
    assert cases["c"].type == "shaky typical"
    assert cases["c"].left_out_by == ("one",)
    assert cases["d"].type == "possible typical"
    assert cases["d"].taken_in_by == ("two",)
    assert cases["f"].type == "on a crossover"


def test_the_case_ratios_are_those_worked_by_hand() -> None:
    # in the outcome and in IS or some test: a, b, c, d; robust: a, b. Out of the outcome: e and f, in none.
    fit = case_fit(both(), np.array(OUTCOME))
    assert fit.typical == 2 / 4
    assert math.isnan(fit.deviant)
    assert fit.rank == 3


@pytest.mark.parametrize(
    ("tests", "rank"),
    [
        ([[0.9, 0.2]], 1),
        ([[0.9, 0.8]], 2),
        ([[0.9, 0.8], [0.2, 0.2]], 4),
        ([[0.9, 0.2], [0.2, 0.2]], 4),
    ],
)
def test_the_rank_follows_from_shaky_possible_and_robust_cases(tests: list[list[float]], rank: int) -> None:
    assert case_fit(both([0.9, 0.2], tests), np.array([1.0, 1.0])).rank == rank


@settings(max_examples=50, deadline=None)
@given(overlaps())
def test_parameters_and_zones_are_those_of_the_slow_twin(
    given_: tuple[list[float], list[list[float]], list[float]],
) -> None:
    initial, tests, outcome = given_
    found = both(initial, tests)
    assert found.fit(np.array(outcome)).parameters == pytest.approx(
        fit_parameters(initial, tests, outcome), nan_ok=True
    )
    assert found.zones.tolist() == slow_zones(initial, tests)


@settings(max_examples=50, deadline=None)
@given(overlaps(), st.randoms(use_true_random=False))
def test_the_order_of_the_tests_changes_nothing(
    given_: tuple[list[float], list[list[float]], list[float]], chance: object
) -> None:
    initial, tests, outcome = given_
    turned = list(tests)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    one, two = both(initial, tests), both(initial, turned)
    assert one.fit(np.array(outcome)).parameters == pytest.approx(
        two.fit(np.array(outcome)).parameters, nan_ok=True
    )
    assert one.zones.tolist() == two.zones.tolist()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_every_test_solution_can_change_every_parameter(place: int) -> None:
    tests = [list(INITIAL) for _ in range(3)]
    same = both(INITIAL, tests).fit(np.array(OUTCOME)).parameters
    tests[place] = [0.4, 0.8, 0.6, 0.9, 0.1, 0.5]  # a falls, d rises
    moved = both(INITIAL, tests).fit(np.array(OUTCOME)).parameters
    assert all(one != pytest.approx(other) for one, other in zip(same, moved, strict=True))


@settings(max_examples=50, deadline=None)
@given(overlaps())
def test_a_further_test_never_lets_the_core_grow_nor_the_maximal_set_shrink(
    given_: tuple[list[float], list[list[float]], list[float]],
) -> None:
    initial, tests, outcome = given_
    fewer, more = both(initial, tests), both(initial, [*tests, outcome])
    assert (more.core <= fewer.core).all()
    assert (more.least <= fewer.least).all()
    assert (more.greatest >= fewer.greatest).all()


def test_a_solution_tested_by_itself_alone_is_robust_in_everything() -> None:
    found = both(INITIAL, [INITIAL])
    assert found.fit(np.array(OUTCOME)).parameters == pytest.approx((1, 1, 1, 1))
    assert set(found.zones.tolist()) == {"robust", "outside", "border"}
    assert case_fit(found, np.array(OUTCOME)).rank == 1


def test_an_empty_test_solution_empties_the_core_and_its_consistency_is_undefined() -> None:
    found = both(INITIAL, [*TESTS, [0.0] * 6]).fit(np.array(OUTCOME))
    assert (found.rf_cov, found.rf_sc_min) == (0, 0)
    assert math.isnan(found.rf_cons)


def test_two_empty_sets_coincide() -> None:
    assert coincidence(np.zeros(3), np.zeros(3)) == 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([0.2, 0.5], [0.2, 0.5], "equal"),
        ([0.2, 0.5], [0.3, 0.5], "subset"),
        ([0.3, 0.5], [0.2, 0.5], "superset"),
        ([0.3, 0.4], [0.2, 0.5], "overlapping"),
        ([0.3, 0.0], [0.0, 0.5], "disjoint"),
    ],
)
def test_a_set_stands_to_another_as_its_cases_say(
    one: list[float], other: list[float], expected: str
) -> None:
    assert relation(np.array(one), np.array(other)) == expected


def test_no_test_solution_is_refused() -> None:
    with pytest.raises(OptionError, match="there is no test solution"):
        Overlap(np.array(INITIAL), np.empty((0, 6)))


def test_other_cases_are_refused() -> None:
    with pytest.raises(DataError, match="the initial solution and its tests have different cases"):
        Overlap(np.array(INITIAL), np.zeros((2, 5)))
