"""Intervals: what a printed number admits, and arithmetic that never loses a true result."""

import itertools
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concausa.core.interval import Interval, IntervalError, last_digit, number, rounded

NUMBERS = st.fractions(min_value=-1000, max_value=1000, max_denominator=50)


@st.composite
def intervals(draw):
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
    return Interval(low, high)


@st.composite
def points(draw):
    """An interval and a number inside it."""
    part = draw(intervals())
    share = draw(st.fractions(min_value=0, max_value=1, max_denominator=20))
    return part, part.low + part.width * share


@settings(deadline=None)
@given(points(), points())
def test_the_true_result_of_each_operation_lies_inside(first, second):
    (a, x), (b, y) = first, second
    assert x + y in a + b
    assert x - y in a - b
    assert x * y in a * b
    assert -x in -a
    assert abs(x) in abs(a)
    if 0 not in b:
        assert x / y in a / b


@settings(deadline=None)
@given(intervals(), intervals())
def test_the_ends_of_a_sum_product_and_quotient_are_reached(a, b):
    # Narrowest: each end is the result at some corner, so no smaller interval would do.
    corners = [(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
    assert {(a + b).low, (a + b).high} <= {x + y for x, y in corners}
    assert {(a * b).low, (a * b).high} <= {x * y for x, y in corners}
    if 0 not in b:
        assert {(a / b).low, (a / b).high} <= {x / y for x, y in corners}


@settings(deadline=None)
@given(intervals(), st.integers(1, 9))
def test_pieces_of_an_interval_join_to_the_whole(part, pieces):
    cut = part.split(pieces)
    assert Interval.hull(cut) == part
    assert all(one.high == two.low for one, two in itertools.pairwise(cut))


def test_a_printed_number_admits_half_a_unit_of_its_last_digit_to_either_side():
    assert Interval.printed(Decimal("4.3")) == Interval(Fraction("4.25"), Fraction("4.35"))
    assert Interval.printed(Decimal("4.30")) == Interval(Fraction("4.295"), Fraction("4.305"))
    assert Interval.printed(Decimal("1070")) == Interval(Fraction("1069.5"), Fraction("1070.5"))


def test_a_stated_step_goes_before_the_digits():
    assert Interval.printed(Decimal("200"), 10) == Interval(Fraction(195), Fraction(205))
    assert Interval.printed(Decimal("55"), 0).is_exact


def test_intervals_that_share_an_end_meet():
    assert Interval(Fraction(0), Fraction(1)).meets(Interval(Fraction(1), Fraction(2)))
    assert not Interval(Fraction(0), Fraction(1)).meets(Interval(Fraction(2), Fraction(3)))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Interval(Fraction(2), Fraction(1)), "the interval starts at 2, above its end 1"),
        (lambda: Interval.exact(1) / Interval.exact(0), "the divisor is zero"),
        (
            lambda: Interval.exact(1) / Interval(Fraction(-1), Fraction(2)),
            "the divisor may be zero: it lies from -1 to 2",
        ),
        (lambda: Interval.printed(Decimal(5), -1), "a rounding step of -1 is below 0"),
        (lambda: Interval.hull([]), "there is no smallest interval around nothing"),
        (lambda: last_digit(Decimal("Infinity")), "Infinity is not a number"),
        (lambda: Interval.printed(Decimal("1e999999999")), "a number has more than 40 digits"),
        (lambda: Interval.printed(Decimal("1e-999999"), 0), "a number has more than 40 digits"),
    ],
)
def test_what_cannot_be_is_refused(make, message):
    with pytest.raises(IntervalError) as caught:
        make()
    assert caught.value.what == message


@pytest.mark.parametrize(
    ("value", "step", "expected"),
    [("0.25", "0.1", "0.3"), ("-0.25", "0.1", "-0.3"), ("249", "100", "200"), ("250", "100", "300")],
)
def test_a_tie_is_rounded_away_from_zero_as_in_print(value, step, expected):
    assert rounded(Fraction(value), Fraction(step)) == Fraction(expected)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1070000", "1,070,000"),
        ("1070/247", "4.332"),
        ("1/3", "0.3333"),
        ("-5/2", "-2.5"),
        ("99999/10", "10,000"),
        ("1/8000", "0.000125"),
    ],
)
def test_numbers_are_written_as_a_person_would(value, text):
    assert number(Fraction(value)) == text
