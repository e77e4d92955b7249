"""Units: they multiply and divide, and refuse to be added to others."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concausa.core.errors import UnitError
from concausa.core.interval import Interval
from concausa.core.quantity import Measure, Quantity, read_amount, rounding_step

UNITS = [
    "MXN",
    "million MXN",
    "million MXN/firm",
    "USD/firm",
    "MXN/USD",
    "percent",
    "percentage point",
    "m2",
    "million MXN/year",
    "month",
    "year",
    "firm^2",
    "1/firm",
    "million MXN@2015",
    "",
]


@pytest.mark.parametrize("text", UNITS)
def test_a_unit_is_written_as_it_is_read(text):
    assert str(Measure.parse(text)) == text
    assert Measure.parse(str(Measure.parse(text))) == Measure.parse(text)


@settings(deadline=None)
@given(st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_dividing_undoes_multiplying(first, second):
    one, other = Measure.parse(first), Measure.parse(second)
    assert (one * other) / other == one
    assert one * other == other * one


def test_money_over_firms_is_money_per_firm():
    ratio = Quantity.of(1070, "million MXN") / Quantity.of(200, "firm")
    assert ratio == Quantity(Interval.exact(Fraction("5.35")), Measure.parse("million MXN/firm"))


def test_pesos_over_a_rate_are_dollars():
    dollars = Quantity.of(Decimal("2.5"), "million MXN") / Quantity.of(10, "MXN/USD")
    assert dollars.to(Measure.parse("USD")) == Quantity.of(250_000, "USD")


def test_a_year_is_twelve_months():
    assert Quantity.of(2, "year").to(Measure.parse("month")) == Quantity.of(24, "month")
    assert str(Quantity.of(1070, "million MXN") / Quantity.of(5, "year")) == "214 million MXN/year"


def test_percent_of_money_is_money():
    assert Quantity.of(25, "percent") * Quantity.of(80, "million MXN") == Quantity.of(20, "million MXN")


def test_the_difference_of_two_percents_is_in_percentage_points():
    margin = Quantity.of(Decimal("56.6"), "percent") - Quantity.of(33, "percent")
    assert margin == Quantity.of(Decimal("23.6"), "percentage point")


def test_a_percent_and_percentage_points_make_a_percent():
    moved = Quantity.of(33, "percent") + Quantity.of(Decimal("23.6"), "percentage point")
    assert moved == Quantity.of(Decimal("56.6"), "percent")


def test_a_growth_rate_reads_as_percent():
    growth = Quantity.of(450, "USD") / Quantity.of(300, "USD") - Quantity.of(1)
    assert growth.to(Measure.parse("percent")) == Quantity.of(50, "percent")


def test_a_pure_number_of_percents_stays_a_percent_and_a_number_over_a_percent_does_not():
    assert Quantity.of(2) * Quantity.of(25, "percent") == Quantity.of(50, "percent")
    assert Quantity.of(1) / Quantity.of(25, "percent") == Quantity.of(4)


@pytest.mark.parametrize(
    ("act", "message", "fix"),
    [
        (
            lambda: Quantity.of(1, "million MXN") + Quantity.of(1, "USD"),
            "USD cannot be added to million MXN",
            "they differ in MXN, USD",
        ),
        (
            lambda: Quantity.of(1, "firm") - Quantity.of(1, "firms"),
            "firms cannot be subtracted from firm",
            "write one word for one thing: firm",
        ),
        (
            lambda: Quantity.of(1, "MXN") + Quantity.of(1, "MXN@2015"),
            "MXN@2015 cannot be added to MXN",
            "they differ in MXN, MXN@2015",
        ),
        (
            lambda: Quantity.of(1, "percentage point").to(Measure.parse("percent")),
            "percentage point cannot be read as percent",
            "a difference of two percents is in percentage points; divide by the base for a percent",
        ),
        (
            lambda: Quantity.of(1, "firm").order(Quantity.of(1, "MXN")),
            "firm cannot be compared with MXN",
            "they differ in MXN, firm",
        ),
        (
            lambda: Measure.parse("MXN//firm"),
            "'MXN//firm' is not a unit",
            "write it like million MXN/firm, percent, m^2 or MXN/USD",
        ),
        (
            lambda: Measure.parse("MXN/"),
            "'MXN/' ends where a unit should follow",
            "write it like million MXN/firm, percent, m^2 or MXN/USD",
        ),
        (
            lambda: read_amount("half"),
            "'half' is not a number with a unit",
            "write it like 4.3 million MXN/firm",
        ),
        (
            lambda: rounding_step(Decimal(5), "about"),
            "'about' is not a rounding step",
            "leave it empty, or write exact or a number",
        ),
    ],
)
def test_units_that_do_not_go_together_are_named(act, message, fix):
    with pytest.raises(UnitError) as caught:
        act()
    assert (caught.value.what, caught.value.fix) == (message, fix)


def test_a_printed_amount_keeps_its_step():
    quantity, face, step = read_amount("4.30 million MXN/firm")
    assert (face, step) == (Decimal("4.30"), Fraction(1, 100))
    assert quantity.value == Interval(Fraction("4.295"), Fraction("4.305"))
    assert read_amount("100 percent; exact")[0] == Quantity.of(100, "percent")
    assert read_amount("50 percent; step 5")[2] == 5


def test_order_is_open_where_intervals_overlap():
    near = Quantity(Interval.printed(Decimal("43")), Measure.parse("percent"))
    finer = Quantity(Interval.printed(Decimal("43.4")), Measure.parse("percent"))
    assert near.order(finer) == "open"
    assert Quantity.of(1, "year").order(Quantity.of(12, "month")) == "equal"
    assert Quantity.of(4_722_120, "MXN").order(Quantity.of(34, "million MXN")) == "below"


def test_quantities_read_well_in_any_language():
    spanish = {
        "firms": "empresas",
        "million": "millones de",
        "{unit} at {year} prices": "{unit} a precios de {year}",
    }
    say = lambda word: spanish.get(word, word)  # noqa: E731
    assert Quantity.of(248, "firm").text(say=say) == "248 empresas"
    assert Quantity.of(1, "firm").text() == "1 firm"
    assert Quantity.of(3, "million MXN@2015").text(say=say) == "3 millones de MXN a precios de 2015"
    assert Quantity.of(2015, "calendar-year").text() == "2015"
    assert Quantity.of(45, "university").text() == "45 universities"
