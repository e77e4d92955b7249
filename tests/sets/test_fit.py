"""Measures of fit say what their definitions say, for one set and for many, whatever the order of the cases."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reference import fit as reference

from concausa.core.errors import ConcausaError, DataError, ScaleError
from concausa.sets import fit, fit_variants

#: Sums of a few dozen doubles against exact fractions.
CLOSE = 1e-12

PAIRS = [
    (fit.consistency, reference.consistency),
    (fit.pri, reference.pri),
    (fit.coverage, reference.coverage),
    (fit.necessity_consistency, reference.coverage),
    (fit.necessity_coverage, reference.consistency),
    (fit.relevance, reference.relevance),
    (fit.product, reference.product),
    (fit_variants.consistent_share, reference.consistent_share),
    (fit_variants.contrapositive_consistency, reference.contrapositive_consistency),
    (fit_variants.contrapositive_coverage, reference.contrapositive_coverage),
    (fit_variants.trivialness, reference.trivialness),
]
MEASURES = [measure for measure, _ in PAIRS] + [fit_variants.weighted_consistency]
SHARES = [measure for measure in MEASURES if measure is not fit_variants.trivialness]

HUNDREDTHS = st.integers(0, 100).map(lambda number: Fraction(number, 100))
TENTHS = st.integers(0, 10).map(lambda number: Fraction(number, 10))


@st.composite
def sets_and_outcome(draw, scores=HUNDREDTHS | TENTHS, most=4):
    n = draw(st.integers(1, 12))
    many = draw(st.integers(1, most))
    column = st.lists(scores, min_size=n, max_size=n)
    return [draw(column) for _ in range(many)], draw(column)


def _floats(scores):
    return np.array([float(score) for score in scores])


def _same(found, exact):
    if exact is None:
        return math.isnan(found)
    return math.isclose(found, float(exact), rel_tol=0, abs_tol=CLOSE)


@given(drawn=sets_and_outcome())
def test_every_measure_is_its_definition(drawn):
    sets, y = drawn
    for measure, exact in PAIRS:
        assert _same(measure(_floats(sets[0]), _floats(y)), exact(sets[0], y)), measure.__name__


@given(drawn=sets_and_outcome())
def test_many_sets_at_once_are_measured_as_each_alone(drawn):
    sets, y = drawn
    x = np.array([_floats(scores) for scores in sets]).T
    for measure in MEASURES:
        together = measure(x, _floats(y))
        alone = [measure(x[:, place], _floats(y)) for place in range(len(sets))]
        np.testing.assert_allclose(together, alone, rtol=0, atol=CLOSE)
        np.testing.assert_array_equal(together, measure(x, _floats(y), trusted=True))


@given(drawn=sets_and_outcome())
def test_unique_coverage_is_what_the_solution_loses_without_the_term(drawn):
    sets, y = drawn
    x = np.array([_floats(scores) for scores in sets]).T
    found = fit.unique_coverages(x, _floats(y))
    for place in range(len(sets)):
        assert _same(found[place], reference.unique_coverage(sets, place, y))


@given(drawn=sets_and_outcome(most=1))
def test_the_unique_coverage_of_a_single_term_is_its_raw_coverage(drawn):
    x, y = _floats(drawn[0][0]), _floats(drawn[1])
    np.testing.assert_allclose(fit.unique_coverages(x, y), [fit.coverage(x, y)], atol=CLOSE)


@given(drawn=sets_and_outcome())
def test_a_share_lies_between_0_and_1(drawn):
    for measure in SHARES:
        found = measure(_floats(drawn[0][0]), _floats(drawn[1]))
        assert math.isnan(found) or 0 <= found <= 1, measure.__name__


@given(drawn=sets_and_outcome(), seed=st.integers(0, 1000))
def test_the_order_of_the_cases_changes_nothing(drawn, seed):
    x, y = _floats(drawn[0][0]), _floats(drawn[1])
    order = np.random.default_rng(seed).permutation(len(y))
    for measure in MEASURES:
        np.testing.assert_allclose(measure(x[order], y[order]), measure(x, y), rtol=0, atol=CLOSE)


def test_thousands_of_cases_in_any_order_agree_to_twelve_places():
    rng = np.random.default_rng(3)
    x, y = rng.random((5000, 2)), rng.random(5000)
    order = rng.permutation(5000)
    for measure in MEASURES:
        np.testing.assert_allclose(measure(x[order], y[order]), measure(x, y), rtol=0, atol=CLOSE)


@given(drawn=sets_and_outcome())
def test_sufficiency_of_x_for_y_is_necessity_coverage_of_x_for_y(drawn):
    x, y = _floats(drawn[0][0]), _floats(drawn[1])
    assert fit.consistency(x, y) == pytest.approx(fit.necessity_coverage(x, y), abs=CLOSE, nan_ok=True)
    assert fit.consistency(x, y) == pytest.approx(fit.necessity_consistency(y, x), abs=CLOSE, nan_ok=True)


@given(drawn=sets_and_outcome())
def test_pri_for_an_outcome_and_for_its_negation_sum_to_at_most_1(drawn):
    # case by case min(x, y) + min(x, 1 − y) − 2 min(x, y, 1 − y) = min(x, greater of both) − min(x, lesser of both)
    x, y = _floats(drawn[0][0]), _floats(drawn[1])
    both = fit.pri(x, y) + fit.pri(x, 1 - y)
    assert math.isnan(both) or both <= 1 + CLOSE
    if (x <= np.maximum(y, 1 - y)).all() and not math.isnan(both):
        assert both == pytest.approx(1)


@given(drawn=sets_and_outcome(scores=st.sampled_from([Fraction(0), Fraction(1)])))
def test_in_crisp_data_pri_and_the_weighted_measure_are_consistency(drawn):
    x, y = _floats(drawn[0][0]), _floats(drawn[1])
    plain = fit.consistency(x, y)
    assert fit.pri(x, y) == pytest.approx(plain, nan_ok=True)
    assert fit_variants.weighted_consistency(x, y) == pytest.approx(plain, nan_ok=True)
    assert fit_variants.consistent_share(x, y) == pytest.approx(plain, nan_ok=True)


@given(drawn=sets_and_outcome())
def test_neither_pri_nor_the_weighted_measure_nor_the_product_exceeds_consistency(drawn):
    x, y = _floats(drawn[0][0]), _floats(drawn[1])
    plain = fit.consistency(x, y)
    for measure in (fit.pri, fit_variants.weighted_consistency, fit.product):
        assert math.isnan(measure(x, y)) or measure(x, y) <= plain + CLOSE


@given(drawn=sets_and_outcome())
def test_a_larger_set_is_never_more_relevant(drawn):
    x, y = _floats(drawn[0][0]), _floats(drawn[1])
    larger = np.maximum(x, _floats(drawn[0][-1]))
    smaller, greater = fit.relevance(x, y), fit.relevance(larger, y)
    assert math.isnan(smaller) or math.isnan(greater) or greater <= smaller + CLOSE


def test_a_small_table_by_hand():
    # x .2 .6 1.0, y .4 .6 .5: Σx 1.8, Σy 1.5, Σmin .2 + .6 + .5 = 1.3, Σmin(x, y, 1 − y) .2 + .4 + .5 = 1.1
    x, y = [0.2, 0.6, 1.0], [0.4, 0.6, 0.5]
    assert fit.consistency(x, y) == pytest.approx(1.3 / 1.8)
    assert fit.coverage(x, y) == pytest.approx(1.3 / 1.5)
    assert fit.pri(x, y) == pytest.approx(0.2 / 0.7)
    assert fit.relevance(x, y) == pytest.approx(1.2 / 1.7)
    # only the third case lies beyond, by .5 of 1.0: √.5
    assert fit_variants.weighted_consistency(x, y) == pytest.approx(1.3 / (1.3 + math.sqrt(0.5)))


def test_decimal_noise_does_not_give_a_pri_to_a_set_without_one():
    # 1 − .9 is .0999… in binary: what is left of the set is noise, not membership
    assert math.isnan(fit.pri([0.1, 0.1, 0.1], [0.9, 0.9, 0.9]))


@pytest.mark.parametrize(
    ("measure", "x", "y"),
    [
        (fit.consistency, [0, 0], [1, 0]),
        (fit.pri, [0, 0], [1, 0]),
        (fit.coverage, [1, 0], [0, 0]),
        (fit.necessity_consistency, [1, 0], [0, 0]),
        (fit.necessity_coverage, [0, 0], [1, 0]),
        (fit.relevance, [1, 1], [1, 1]),
        (fit.product, [0, 0], [1, 0]),
        (fit_variants.weighted_consistency, [0, 0], [1, 0]),
        (fit_variants.contrapositive_consistency, [1, 0], [1, 1]),
        (fit_variants.contrapositive_coverage, [1, 1], [1, 0]),
        (fit_variants.trivialness, [1, 0], [1, 1]),
    ],
)
def test_a_measure_of_nothing_is_not_a_number(measure, x, y):
    assert math.isnan(measure(x, y))
    assert np.isnan(measure(np.array([x, x]).T, y)).tolist() == [True, True]


def test_a_cutoff_is_reached_but_for_decimal_noise_and_never_by_nothing():
    assert fit.reaches(0.1 + 0.2 + 0.5, 0.8)
    assert not fit.reaches(0.7999, 0.8)
    assert not fit.reaches(float("nan"), 0.0)
    assert fit.reaches(np.array([0.8, 0.1]), 0.8).tolist() == [True, False]


@pytest.mark.parametrize(
    ("x", "y", "error", "what", "where"),
    [
        ([0.2, 1.3], [0, 1], ScaleError, "a membership lies outside 0 to 1", "x[1] = 1.3"),
        ([-0.2, 1], [0, 1], ScaleError, "a membership lies outside 0 to 1", "x[0] = -0.2"),
        ([0.2, 1], [0, 5], ScaleError, "a membership lies outside 0 to 1", "y[1] = 5"),
        ([0.2, float("nan")], [0, 1], DataError, "memberships are missing", "x[1] = nan"),
        ([0.2, None], [0, 1], DataError, "memberships are missing", "x[1] = nan"),
        (["a", "b"], [0, 1], DataError, "memberships are numbers from 0 to 1", "x: 'a', 'b'"),
        (
            [0.2, 0.3, 0.4],
            [0, 1],
            DataError,
            "the sets and the outcome have different cases",
            "x: 3 cases; y: 2 cases",
        ),
        (0.5, [0, 1], DataError, "the memberships do not have the shape of cases", "x: shape ()"),
        ([0, 1], [[0, 1]], DataError, "the memberships do not have the shape of cases", "y: shape (1, 2)"),
        ([[0.1, 7], [0.2, 0.3]], [0, 1], ScaleError, "a membership lies outside 0 to 1", "x[0, 1] = 7"),
    ],
)
def test_bad_memberships_are_refused_with_their_place(x, y, error, what, where):
    for measure in [*MEASURES, fit.unique_coverages]:
        with pytest.raises(error) as refused:
            measure(x, y)
        found: ConcausaError = refused.value
        assert (found.what, found.where) == (what, where)
        assert found.fix


def test_arguments_are_left_as_they_were():
    x, y = np.array([0.2, 1.0 + 1e-12]), np.array([0.0, 1.0])
    fit.consistency(x, y)
    assert x.tolist() == [0.2, 1.0 + 1e-12]
