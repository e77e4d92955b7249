"""Skewness, deviant cases, and the reason why a measure has no value."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concausa.core.errors import OptionError, UnknownNameError
from concausa.sets.deviance import deviance
from concausa.sets.skewness import skewness
from concausa.sets.undefined import MEASURES, why_undefined

SCORES = st.lists(st.integers(0, 20).map(lambda number: number / 20), min_size=1, max_size=20)


@given(SCORES)
def test_every_case_is_on_one_side_or_on_the_border(scores):
    shape = skewness(scores)
    assert shape.within + shape.out + shape.border == shape.n == len(scores)
    opposite = skewness([1 - score for score in scores])
    assert (opposite.within, opposite.out, opposite.border) == (shape.out, shape.within, shape.border)
    assert opposite.skewed == shape.skewed


@pytest.mark.parametrize(("inside", "skewed"), [(2, True), (3, False), (17, False), (18, True)])
def test_a_set_is_skewed_below_15_percent_on_either_side(inside, skewed):
    assert skewness([1.0] * inside + [0.0] * (20 - inside)).skewed is skewed


def test_a_set_without_cases_has_no_share_and_is_not_skewed():
    assert np.isnan(skewness([]).share)
    assert not skewness([]).skewed


def test_deviant_cases_by_hand():
    #     typical, deviant in kind, in degree, irrelevant, on the crossover of y, on that of x
    x = [0.6, 0.8, 0.9, 0.2, 0.9, 0.5]
    y = [0.7, 0.3, 0.7, 0.9, 0.5, 0.1]
    found = deviance(x, y, "sufficient")
    assert np.flatnonzero(found.kind).tolist() == [1]
    assert np.flatnonzero(found.degree).tolist() == [2]
    found = deviance(x, y, "necessary")
    assert np.flatnonzero(found.kind).tolist() == [3]
    assert np.flatnonzero(found.degree).tolist() == [0]


@given(SCORES, st.integers(0, 100))
def test_x_is_sufficient_for_y_where_y_is_necessary_for_x(scores, seed):
    other = np.random.default_rng(seed).integers(0, 21, len(scores)) / 20
    one, two = deviance(scores, other, "sufficient"), deviance(other, scores, "necessary")
    assert one.kind.tolist() == two.kind.tolist()
    assert one.degree.tolist() == two.degree.tolist()
    assert not (one.kind & one.degree).any()


def test_another_relation_is_refused():
    with pytest.raises(OptionError) as refused:
        deviance([1], [1], "enough")  # type: ignore[arg-type]
    assert refused.value.what == "a set is sufficient or necessary for an outcome"


@pytest.mark.parametrize(
    ("measure", "x", "y", "reason"),
    [
        ("consistency", [0, 0], [1, 0], "no case has any membership in A"),
        ("pri", [0, 0], [1, 0], "no case has any membership in A"),
        ("pri", [0.3, 0.2], [0.5, 0.4], "all membership in A is shared by Y and its negation"),
        ("product", [0.3, 0.2], [0.5, 0.4], "all membership in A is shared by Y and its negation"),
        ("coverage", [1, 0], [0, 0], "no case has any membership in Y"),
        ("necessity_consistency", [1, 0], [0, 0], "no case has any membership in Y"),
        ("necessity_coverage", [0, 0], [1, 0], "no case has any membership in A"),
        ("relevance", [1, 1], [1, 1], "every case is fully in both A and Y"),
        ("contrapositive_coverage", [1, 1], [1, 0], "every case is fully in A"),
        ("contrapositive_consistency", [1, 0], [1, 1], "every case is fully in Y"),
        ("trivialness", [1, 0], [1, 1], "every case is fully in Y"),
    ],
)
def test_a_measure_without_a_value_has_a_reason(measure, x, y, reason):
    assert str(why_undefined(measure, x, y, set_name="A", outcome="Y")) == reason


@given(SCORES, st.integers(0, 100))
def test_there_is_a_reason_just_where_there_is_no_value(scores, seed):
    y = np.random.default_rng(seed).integers(0, 3, len(scores)) / 2
    for name, (measure, _) in MEASURES.items():
        assert (why_undefined(name, scores, y) is not None) == bool(np.isnan(measure(scores, y)))


def test_a_mistyped_measure_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError) as refused:
        why_undefined("relevence", [1], [1])
    assert refused.value.fix == 'did you mean "relevance"?'
