"""Ranges of dynamic models: read exactly, refused with their fix."""

from __future__ import annotations

from fractions import Fraction

import pytest

from concausa.core.date import Date
from concausa.core.errors import DateError, ScaleError
from concausa.core.interval import Interval
from concausa.theory.dynamic_range import read_range, read_start, read_years

WHOLE = Interval(Fraction(0), Fraction(1))


def test_a_range_keeps_its_decimals_exactly() -> None:
    assert read_range(" 0.1 .. 0.35 ") == Interval(Fraction(1, 10), Fraction(7, 20))
    assert read_range("0..0").is_exact
    assert read_range("-1..+2") == Interval(Fraction(-1), Fraction(2))
    assert read_start("NL = 0.2..0.8") == ("NL", Interval(Fraction(1, 5), Fraction(4, 5)))


@pytest.mark.parametrize(
    "text", ["", "0", "0..", "..1", "0...1", "0-1", "a..b", "0,1..0,2", "0..1..2", "1e2..2e2"]
)
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(ScaleError) as told:
        read_range(text)
    assert told.value.what == f"{text!r} is no range"
    assert told.value.fix == "write a least and a greatest value, such as 0..0.5"


def test_a_range_upside_down_is_turned_in_the_fix() -> None:
    with pytest.raises(ScaleError) as told:
        read_range("0.5..0.25")
    assert (told.value.what, told.value.fix) == (
        "the range 0.5..0.25 ends below its start",
        "write 0.25..0.5",
    )


@pytest.mark.parametrize("text", ["-0.1..0.5", "0.5..1.01"])
def test_a_range_stays_where_it_must(text: str) -> None:
    with pytest.raises(ScaleError, match=r"leaves 0\.\.1"):
        read_range(text, within=WHOLE)
    assert read_range("0..1", within=WHOLE) == WHOLE


@pytest.mark.parametrize("text", ["0..1", "=0..1"])
def test_a_start_names_its_unit(text: str) -> None:
    with pytest.raises(ScaleError) as told:
        read_start(text)
    assert told.value.what == f"{text!r} does not say for which unit it is"


def test_years_run_from_the_first_to_the_last() -> None:
    assert list(read_years(Date.parse("2014/2016"))) == [2014, 2015, 2016]


@pytest.mark.parametrize("text", ["2014", "2014/..", "../2014", "2014-01/2015-02", "2014~/2016", "2014/2014"])
def test_what_names_no_two_years_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="does not name a first and a last year"):
        read_years(Date.parse(text))


def test_a_model_of_a_thousand_years_is_taken_for_a_slip() -> None:
    with pytest.raises(DateError, match="spans more than 500 years"):
        read_years(Date.parse("1016/2016"))
