"""The curves: through their anchors, monotone, bounded, and the same in every unit of measurement."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.reference import calibration as slow

from concausa.sets.anchors import Anchors, anchors
from concausa.sets.calibrate import calibrate
from concausa.sets.direct import RAGIN, linear, logistic

TENTHS = st.integers(-10_000, 10_000).map(lambda tenth: tenth / 10)
VALUES = st.lists(TENTHS, min_size=1, max_size=20).map(np.array)
THREE = st.lists(TENTHS, min_size=3, max_size=3, unique=True).map(sorted)
EITHER = st.tuples(THREE, st.booleans()).map(lambda pair: pair[0] if pair[1] else pair[0][::-1])
SIX = st.lists(TENTHS, min_size=6, max_size=6, unique=True).map(sorted)
IDM = st.sampled_from([0.75, 0.9, 0.95, RAGIN, 0.953, 0.99])


@given(VALUES, EITHER, IDM)
def test_a_logistic_membership_is_what_its_odds_say(
    values: np.ndarray, given_anchors: list[float], idm: float
) -> None:
    found = logistic(values, anchors(given_anchors), idm)
    expected = [slow.logistic(value, *given_anchors, idm) for value in values.tolist()]
    assert found.tolist() == pytest.approx(expected, rel=1e-9, abs=1e-300)


@given(VALUES, EITHER)
def test_a_linear_membership_lies_on_the_line_between_the_anchors(
    values: np.ndarray, given_anchors: list[float]
) -> None:
    found = linear(values, anchors(given_anchors))
    exact = [Fraction(anchor) for anchor in given_anchors]
    expected = [float(slow.linear(Fraction(value), *exact)) for value in values.tolist()]
    assert found.tolist() == pytest.approx(expected, abs=1e-12)


@given(EITHER, st.floats(0.8, 0.999999))
def test_the_crossover_is_exactly_half_and_full_in_exactly_the_stated_degree(
    given_anchors: list[float], idm: float
) -> None:
    out, half, full = logistic(np.array(given_anchors), anchors(given_anchors), idm).tolist()
    assert (half, full) == (0.5, idm)
    assert out == pytest.approx(1 - idm, rel=1e-9)


@given(EITHER)
def test_linear_memberships_at_the_anchors_are_exactly_0_half_and_1(given_anchors: list[float]) -> None:
    assert linear(np.array(given_anchors), anchors(given_anchors)).tolist() == [0, 0.5, 1]


@given(st.lists(TENTHS, min_size=2, max_size=20, unique=True), EITHER)
def test_logistic_memberships_are_strictly_monotone_as_far_as_numbers_can_tell(
    values: list[float], given_anchors: list[float]
) -> None:
    made = anchors(given_anchors)
    near = 8 * min(abs(given_anchors[1] - given_anchors[0]), abs(given_anchors[2] - given_anchors[1]))
    ordered = np.sort([value for value in values if abs(value - given_anchors[1]) <= near])
    steps = np.diff(logistic(ordered, made))
    assert (steps > 0).all() if made.shape == "increasing" else (steps < 0).all()


@given(VALUES, st.one_of(EITHER, SIX), st.sampled_from(["bell", "inverted bell"]), st.floats(0.2, 5))
def test_memberships_are_bounded(
    values: np.ndarray, given_anchors: list[float], shape: str, exponent: float
) -> None:
    made = anchors(given_anchors, shape=shape if len(given_anchors) == 6 else None)
    for found in (logistic(values, made), linear(values, made, below=exponent, above=1 / exponent)):
        assert ((found >= 0) & (found <= 1)).all()


@given(VALUES, EITHER, IDM)
def test_anchors_in_reverse_give_the_negation(
    values: np.ndarray, given_anchors: list[float], idm: float
) -> None:
    there, back = anchors(given_anchors), anchors(given_anchors[::-1])
    assert logistic(values, back, idm).tolist() == pytest.approx(
        (1 - logistic(values, there, idm)).tolist(), abs=1e-12
    )
    assert linear(values, back).tolist() == pytest.approx((1 - linear(values, there)).tolist(), abs=1e-12)


@given(
    VALUES, st.one_of(EITHER, SIX), st.sampled_from([-40.0, 0.5, 8.0]), st.sampled_from([-32.0, 0.0, 1000.0])
)
def test_another_unit_of_measurement_changes_nothing(
    values: np.ndarray, given_anchors: list[float], times: float, plus: float
) -> None:
    shape = "bell" if len(given_anchors) == 6 else None
    moved = [times * anchor + plus for anchor in given_anchors]
    if shape and times < 0:
        moved.reverse()
    for curve in (logistic, linear):
        before = curve(values, anchors(given_anchors, shape=shape))
        after = curve(times * values + plus, anchors(moved, shape=shape))
        assert after.tolist() == pytest.approx(before.tolist(), abs=1e-9)


@given(VALUES, SIX)
def test_an_inverted_bell_is_the_negation_of_a_bell(values: np.ndarray, given_anchors: list[float]) -> None:
    for curve in (logistic, linear):
        bell = curve(values, anchors(given_anchors, shape="bell"))
        inverted = curve(values, anchors(given_anchors, shape="inverted bell"))
        assert inverted.tolist() == pytest.approx((1 - bell).tolist(), abs=1e-12)


@given(SIX)
def test_a_bell_goes_through_all_six_anchors(given_anchors: list[float]) -> None:
    bell = anchors(given_anchors, shape="bell")
    assert linear(np.array(given_anchors), bell).tolist() == [0, 0.5, 1, 1, 0.5, 0]
    found = logistic(np.array(given_anchors), bell).tolist()
    assert found[1:5] == [0.5, 0.95, 0.95, 0.5]
    assert [found[0], found[5]] == pytest.approx([0.05, 0.05], rel=1e-12)


def test_a_bell_may_have_a_single_peak() -> None:
    # By hand: out at 0 and 8, crossovers at 2 and 6, in at 4 alone.
    found = linear(np.array([0.0, 1, 2, 3, 4, 5, 6, 7, 8]), anchors([0, 2, 4, 4, 6, 8], shape="bell"))
    assert found.tolist() == [0, 0.25, 0.5, 0.75, 1, 0.75, 0.5, 0.25, 0]


def test_exponents_bend_each_side_of_the_crossover_by_itself() -> None:
    # By hand, halfway to each anchor: ½ · ½² below, 1 − ½ · ½³ above.
    found = linear(np.array([15.0, 20, 25]), anchors([10, 20, 30]), below=2, above=3)
    assert found.tolist() == [0.125, 0.5, 0.9375]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("method", ["direct", "linear"])
@pytest.mark.parametrize("given_anchors", [(-1.0, 0.0, 1e-300), (1e-300, 0.0, -1.0), (-1e307, 0.0, 1e307)])
def test_huge_values_overflow_nowhere(method: str, given_anchors: tuple[float, ...]) -> None:
    values = [-1.7e308, -1.0, 0.0, 1.0, 1.7e308]
    found = calibrate(values, anchors=given_anchors, method=method).memberships
    assert np.isfinite(found).all()
    assert found[2] == 0.5
    rising = given_anchors[2] > 0
    assert (np.diff(found) >= 0).all() if rising else (np.diff(found) <= 0).all()
    assert {found[0] < 0.01, found[4] > 0.99} == {rising}


def test_far_below_full_out_memberships_stay_apart_from_zero_and_from_each_other() -> None:
    # By hand: log odds of −3 for each width of 10 below the crossover at 20.
    found = calibrate([-980.0, -970.0], anchors=[10, 20, 30], idm="ragin").memberships
    assert found.tolist() == pytest.approx([np.exp(-300.0), np.exp(-297.0)], rel=1e-9)


def test_national_income_has_the_degrees_of_the_first_worked_example() -> None:
    # Ragin (2008), Redesigning Social Inquiry, table 5.2: full-out 2,500, crossover 5,000, full-in 20,000 US$.
    printed = {
        40110: 1.00, 34400: 1.00, 25200: 0.98, 24920: 0.98, 20060: 0.95, 17090: 0.92, 15320: 0.89, 13680: 0.85,
        11720: 0.79, 11290: 0.78, 10940: 0.77, 9800: 0.72, 7470: 0.62, 4670: 0.40, 4100: 0.25, 4070: 0.25,
        3740: 0.18, 3690: 0.17, 3590: 0.16, 2980: 0.08, 1000: 0.01, 650: 0.01, 450: 0.00, 110: 0.00,
    }  # fmt: skip
    found = calibrate(list(printed), anchors=[2500, 5000, 20000], idm="ragin").memberships
    assert [round(value, 2) for value in found.tolist()] == list(printed.values())


@given(st.lists(st.integers(0, 8), min_size=2, max_size=25))
def test_relative_memberships_count_who_is_passed(values: list[int]) -> None:
    assume(len(set(values)) > 1)
    found = calibrate(values, method="TFR").memberships
    assert found.tolist() == [float(slow.relative(value, values)) for value in values]


@given(st.lists(st.integers(0, 8), min_size=2, max_size=25))
def test_relative_memberships_depend_on_ranks_alone(values: list[int]) -> None:
    assume(len(set(values)) > 1)
    found = calibrate(values, method="TFR").memberships.tolist()
    assert calibrate([value**3 - 7 for value in values], method="TFR").memberships.tolist() == found
    falling = calibrate([-value for value in values], method="TFR", shape="decreasing").memberships.tolist()
    assert falling == found


@given(VALUES, st.lists(TENTHS, min_size=1, max_size=4, unique=True).map(sorted))
def test_a_code_counts_the_thresholds_that_are_passed(values: np.ndarray, thresholds: list[float]) -> None:
    for include in (True, False):
        found = calibrate(values, method="multi-value", thresholds=thresholds, include=include).memberships
        passed = [
            sum(value >= cut if include else value > cut for cut in thresholds) for value in values.tolist()
        ]
        assert found.tolist() == passed


def test_checked_anchors_are_those_that_were_given() -> None:
    made = anchors([10, 20, 30], why="law", source="Code 7")
    assert isinstance(made, Anchors)
    assert made.data() == {
        "values": [10, 20, 30], "names": ["full-out", "crossover", "full-in"], "shape": "increasing",
        "why": "law", "source": "Code 7", "percentiles": [],
    }  # fmt: skip
