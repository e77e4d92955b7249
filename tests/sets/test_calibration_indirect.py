"""Indirect calibration: the curve is the best one, by the conditions that only the best one meets."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concausa.core.errors import DataError
from concausa.sets.calibrate import calibrate
from concausa.sets.indirect import POWERS, fit, groups

# Per capita income in US$, as in Ragin (2008), Redesigning Social Inquiry, table 5.2.
INCOME = np.array(
    [
        *(40110, 34400, 25200, 24920, 20060, 17090, 15320, 13680, 11720, 11290, 10940, 9800),
        *(7470, 4670, 4100, 4070, 3740, 3690, 3590, 2980, 1000, 650, 450, 110),
    ],
    dtype=float,
)
CUTS = [1000, 4000, 5000, 10000, 20000]


def likelihood(fitted: np.ndarray, degrees: np.ndarray) -> float:
    """Bernoulli log likelihood, term by term."""
    total = 0.0
    for chance, degree in zip(fitted.tolist(), degrees.tolist(), strict=True):
        total += degree * math.log(max(chance, 1e-300)) + (1 - degree) * math.log(max(1 - chance, 1e-300))
    return total


def terms(values: np.ndarray, powers: tuple[float, ...]) -> np.ndarray:
    columns = []
    for number, power in enumerate(powers):
        column = np.log(values) if power == 0 else values**power
        columns.append(column * np.log(values) if number and powers[0] == power else column)
    return np.column_stack(columns)


@pytest.mark.parametrize(
    "powers", [(1.0,), (0.0,), (0.0, 1.0), (0.5, 0.5), (-0.5, 2.0), (0.0, 0.5, 1.0, 2.0)]
)
def test_at_the_best_fit_no_weight_can_be_improved(powers: tuple[float, ...]) -> None:
    # The score equations of the fractional logit: residuals are orthogonal to every term and sum to 0.
    degrees = groups(INCOME, CUTS)
    fitted = fit(INCOME, degrees, powers).memberships
    left = degrees - fitted
    columns = terms(INCOME / INCOME.max(), powers)
    assert left.sum() == pytest.approx(0, abs=1e-8)
    assert (left @ columns) / np.abs(columns).max(axis=0) == pytest.approx(np.zeros(len(powers)), abs=1e-7)


def test_the_log_odds_are_linear_in_the_powers() -> None:
    for powers in ((1.0,), (0.0, 1.0), (0.5, 0.5)):
        fitted = fit(INCOME, groups(INCOME, CUTS), powers).memberships
        design = np.column_stack([np.ones(INCOME.size), terms(INCOME / INCOME.max(), powers)])
        odds = np.log(fitted / (1 - fitted))
        weights = np.linalg.lstsq(design, odds, rcond=None)[0]
        assert design @ weights == pytest.approx(odds, abs=1e-5)


def test_the_pair_that_is_chosen_beats_every_other_rising_pair() -> None:
    degrees = groups(INCOME, CUTS)
    best = fit(INCOME, degrees)
    reached = likelihood(best.memberships, degrees)
    assert best.monotone
    rivals = 0
    for pair in itertools.combinations_with_replacement(POWERS, 2):
        try:
            other = fit(INCOME, degrees, pair)
        except DataError:
            continue
        order = np.argsort(INCOME)
        if (np.diff(other.memberships[order]) >= 0).all() and other.monotone:
            rivals += 1
            assert likelihood(other.memberships, degrees) <= reached + 1e-9
    assert rivals > 5


def test_degrees_that_lie_on_a_logistic_curve_are_given_back() -> None:
    values = np.arange(1.0, 12)
    degrees = 1 / (1 + np.exp(-(values - 6) * 0.8))
    assert fit(values, degrees, [1]).memberships == pytest.approx(degrees, abs=1e-9)
    # A straight line in the logit is among the pairs that are tried, so the search finds it too.
    assert fit(values, degrees).memberships == pytest.approx(degrees, abs=1e-6)


@given(st.lists(st.integers(1, 60), min_size=8, max_size=16, unique=True), st.sampled_from([0.01, 1.0, 1e6]))
def test_the_unit_of_measurement_changes_nothing(values: list[int], times: float) -> None:
    raw = np.sort(np.array(values, dtype=float))
    degrees = np.round(np.linspace(0, 1, raw.size), 1)
    for powers in ([1], [0], [0.5, 1]):
        one = fit(raw, degrees, powers).memberships
        assert fit(raw * times, degrees, powers).memberships == pytest.approx(one, abs=1e-6)


def test_values_at_zero_and_below_are_moved_together() -> None:
    # The least distance is 1, so -3 … 3 stand where 1 … 7 would.
    degrees = np.array([0, 0.1, 0.3, 0.5, 0.7, 0.9, 1])
    moved, plain = fit(np.arange(-3.0, 4), degrees), fit(np.arange(1.0, 8), degrees)
    assert moved.memberships == pytest.approx(plain.memberships, abs=1e-9)
    assert moved.powers == plain.powers


def test_less_of_the_raw_value_may_be_more_of_the_set() -> None:
    degrees = 1 - groups(INCOME, CUTS)
    found = fit(INCOME, degrees)
    assert found.monotone
    assert (np.diff(found.memberships[np.argsort(INCOME)]) <= 0).all()
    assert found.memberships == pytest.approx(1 - fit(INCOME, 1 - degrees).memberships, abs=1e-6)


def test_a_curve_that_turns_is_shown_with_a_caveat() -> None:
    found = calibrate(range(1, 10), method="indirect", degrees=[0, 0.3, 0.6, 0.9, 1, 0.9, 0.6, 0.3, 0])
    assert not found.options["monotone"]
    assert "bent" in [caveat.kind for caveat in found.caveats]


def test_degrees_that_divide_the_cases_have_no_curve() -> None:
    # Only one case lies between 0 and 1: the steeper the curve, the better, without end.
    with pytest.raises(DataError, match="no curve can be fitted"):
        fit(np.arange(1.0, 8), np.array([0, 0, 0, 0.5, 1, 1, 1]))


def test_thresholds_form_groups_with_evenly_spaced_degrees() -> None:
    found = calibrate(INCOME, method="indirect", thresholds=CUTS)
    # By hand: 40,110 and 20,060 are over 20,000; 17,090 over 10,000; 9,800 over 5,000; 110 under 1,000.
    by_value = dict(zip(INCOME.tolist(), found.options["degrees"], strict=True))
    assert [by_value[value] for value in (40110, 20060, 17090, 9800, 4670, 2980, 110)] == [
        1, 1, 0.8, 0.6, 0.4, 0.2, 0
    ]  # fmt: skip
    assert found.anchors.values == tuple(CUTS)


def test_cases_without_a_raw_value_do_not_count() -> None:
    degrees = [0, 0.2, 0.9, 0.4, 0.8, 1]
    found = calibrate([1, 2, None, 3, 4, 5], method="indirect", degrees=degrees, missing="keep").memberships
    plain = calibrate([1, 2, 3, 4, 5], method="indirect", degrees=[0, 0.2, 0.4, 0.8, 1]).memberships
    assert np.isnan(found[2])
    assert found[[0, 1, 3, 4, 5]] == pytest.approx(plain)
