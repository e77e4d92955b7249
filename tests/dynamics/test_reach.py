"""What a formula can come to: open ends, and nothing missed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dynamics.models import terms

from concausa.dynamics.quantity import Range
from concausa.dynamics.reach import Reach, reach
from concausa.expr.formula import parse

INSIDE = Reach.within(Range.of(0, 1))


@pytest.mark.parametrize(
    ("text", "above", "zero"),
    [
        ("p", True, False),
        ("p * q", True, False),
        ("p * 0", False, True),
        ("1 - p", True, False),
        ("max(0, p - q)", True, True),
        ("max(0, p - 1)", False, True),
        ("max(p, 0)", True, False),
        ("min(p, 0)", False, True),
        ("p + max(0, q - p)", True, False),
        ("abs(p - q)", True, True),
        ("abs(-p)", True, False),
        ("mean(p, 0)", True, False),
        ("sum(0, 0, p)", True, False),
        ("1 / p - 1", True, False),
        ("p / q", True, False),
        ("0.1 + 0.2 - 0.3", False, True),
        ("1 - 0.9 - 0.1", False, True),
        ("-(0 - p)", True, False),
    ],
)
def test_the_sign_of_a_formula_of_rates_between_0_and_1(text, above, zero):
    found = reach(parse(text), {"p": INSIDE, "q": INSIDE})
    assert (found.can_be_above_zero, found.can_be_zero) == (above, zero)


def test_bounds_are_exact_and_know_whether_they_are_reached():
    found = reach(parse("2 * p - 0.5"), {"p": Reach.within(Range.of(0.1, 0.3))})
    assert found == Reach(Fraction(-3, 10), Fraction(1, 10), False, False)


def test_a_value_of_its_own_at_the_edge_of_a_range_can_be_reached():
    assert Reach.within(Range(((0.0, 0.0), (0.4, 0.6)))).can_be_zero
    assert not Reach.within(Range(((0.0, 0.1), (0.4, 0.6)))).can_be_zero


def test_a_quotient_by_what_may_be_0_can_be_anything():
    found = reach(parse("1 / (p - q)"), {"p": INSIDE, "q": INSIDE})
    assert found.can_be_zero and found.can_be_above_zero


def test_a_quantity_that_stands_twice_looks_freer_than_it_is():
    assert reach(parse("p - p"), {"p": INSIDE}).can_be_above_zero


@given(
    terms(("p", "q", "A"), depth=3),
    *(st.fractions(min_value=Fraction(1, 1000), max_value=Fraction(999, 1000)) for _ in range(2)),
    st.sampled_from((0, 1)),
)
def test_no_value_is_missed(term, p, q, corner):
    text, function = term
    value = function({"p": p, "q": q, "A": Fraction(corner)})
    found = reach(parse(text), {"p": INSIDE, "q": INSIDE, "A": Reach.at(corner)})
    assert found.low <= value <= found.high
    assert found.has_low or value > found.low
    assert found.has_high or value < found.high
