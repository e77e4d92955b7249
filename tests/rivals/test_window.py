"""Windows of amounts that cross the boundary of periods."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from concausa.core.date import Date
from concausa.rivals.expectation import Expectation
from concausa.rivals.timetable import timetable
from concausa.rivals.window import Amount, window_contrasts

PERIODS = {"1": Date.parse("2000/2007"), "2": Date.parse("2008/2015")}
SCALE = ("minimum", "moderate", "maximum")


def says(unit: str, period: str, expects: str, span: str = "") -> Expectation:
    return Expectation(unit=unit, period=period, expects=expects, span=Date.parse(span) if span else None)


def amount(unit: str, window: str, value: int, measured_in: str = "million MXN") -> Amount:
    return Amount(unit, Date.parse(window), Fraction(value), measured_in)


def found(expectations, amounts):
    table = timetable(expectations, (), units=("A", "B"), periods=PERIODS, scale=SCALE)
    return window_contrasts(table, amounts)


def test_months_of_both_periods_count() -> None:
    # 2005 to 2007: A high, B low; 2008 and 2009: alike. 36 and 24 months.
    told = [says("A", "1", "high"), says("B", "1", "low"), says("A", "2", "low"), says("B", "2", "low")]
    (one,) = found(told, [amount("B", "2005/2009", 215), amount("A", "2005/2009", 1070)])
    assert one.name == "A : B, 2005/2009"
    assert one.expected == {frozenset(">"): 36, frozenset("="): 24}
    assert (one.observed, one.verdict) == (">", "changes within the period")


def test_one_order_throughout_is_judged() -> None:
    told = [says("A", "2", "higher"), says("B", "2", "lower")]
    (more,) = found(told, [amount("A", "2010/2015", 1587), amount("B", "2010/2015", 208)])
    (less,) = found(told, [amount("A", "2010/2015", 208), amount("B", "2010/2015", 1587)])
    assert (more.verdict, less.verdict) == ("fits", "fails")


def test_silent_months_say_nothing_and_amounts_measured_otherwise_are_not_compared() -> None:
    told = [says("A", "1", "high", "2004/2007"), says("B", "1", "low", "2004/2007")]
    (one,) = found(told, [amount("A", "2000/2003", 5), amount("B", "2000/2003", 1)])
    assert (one.expected, one.verdict) == ({}, "silent")
    assert found(told, [amount("A", "2005", 5), amount("B", "2005", 1, "USD")]) == ()
    assert found(told, [amount("A", "2005", 5), amount("B", "2006", 1)]) == ()


@given(st.dates(date(1999, 1, 1), date(2016, 12, 31)), st.dates(date(1999, 1, 1), date(2016, 12, 31)))
def test_months_within_a_window_are_those_whose_15th_lies_in_it(one: date, two: date) -> None:
    window = Date.parse(f"{min(one, two)}/{max(one, two)}")
    for stretch in timetable([], (), units=("A",), periods=PERIODS, scale=SCALE).stretches:
        slow = sum(window.start <= month.replace(day=15) <= window.end for month in stretch.every_month)
        assert stretch.within(window) == slow
