"""Money over years: bounds hold for every way to spread it."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from concausa.core.interval import Interval
from concausa.registry.prices import converted, converted_even, real, real_even

LEVELS = st.dictionaries(
    st.integers(2000, 2020),
    st.fractions(min_value=1, max_value=200, max_denominator=10),
    min_size=1,
    max_size=6,
)


@settings(deadline=None)
@given(LEVELS, st.lists(st.integers(0, 9), min_size=6, max_size=6), st.integers(1, 2000))
def test_every_spread_of_the_money_lies_within_the_bounds(index, weights, total):
    parts = weights[: len(index)]
    parts[0] += 1
    spread = [Fraction(total * part, sum(parts)) for part in parts]
    at_base = sum(
        amount * Fraction(100) / level for amount, level in zip(spread, index.values(), strict=True)
    )
    in_dollars = sum(amount / level for amount, level in zip(spread, index.values(), strict=True))
    money = Interval.exact(total)
    assert at_base in real(money, index, Fraction(100))
    assert in_dollars in converted(money, index)


@settings(deadline=None)
@given(LEVELS)
def test_the_even_spread_is_one_of_the_spreads(index):
    money = Interval.exact(1000)
    assert real_even(money, index, Fraction(100)).low in real(money, index, Fraction(100))
    assert converted_even(money, index).low in converted(money, index)


def test_by_hand():
    # 60 pesos, index 80 then 120, base 120: all in the first year 90, all in the second 60, halves 75.
    index = {2005: Fraction(80), 2006: Fraction(120)}
    assert real(Interval.exact(60), index, Fraction(120)) == Interval(Fraction(60), Fraction(90))
    assert real_even(Interval.exact(60), index, Fraction(120)) == Interval.exact(75)


def test_the_ends_are_reached_by_paying_all_in_one_year():
    rates = {2005: Fraction(10), 2006: Fraction(20)}
    assert converted(Interval.exact(100), rates) == Interval(Fraction(5), Fraction(10))
