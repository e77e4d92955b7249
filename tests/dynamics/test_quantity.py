"""Quantities: ranges and what is declared."""

from __future__ import annotations

import pytest

from concausa.core.errors import OptionError
from concausa.dynamics.quantity import Derived, Range, Stock


def test_a_range_tells_its_ends_and_its_parts():
    two = Range(((0.0, 0.25), (0.5, 0.5)))
    assert (two.low, two.high, two.is_value, two.text) == (0, 0.5, False, "0 to 0.25 or 0.5")
    assert Range.of(1, 1).is_value
    assert Range.of(1, 1).text == "1"


@pytest.mark.parametrize(("parts", "told"), [
    (((0.4, 0.2),), "0.4..0.2"),
    (((0.0, float("inf")),), "0.0..inf"),
    (((float("-inf"), 0.0),), "-inf..0.0"),
    (((float("nan"), 1.0),), "nan..1.0"),
    (((0.0, float("nan")),), "0.0..nan"),
    (((0.5, 1.0), (0.0, 0.25)), "0.5..1.0 or 0.0..0.25"),
    ((), "nothing"),
])  # fmt: skip
def test_what_is_no_range_is_refused(parts, told):
    with pytest.raises(OptionError) as error:
        Range(parts)
    assert (error.value.what, error.value.fix) == (f"{told} is no range", "write the lower number first")


def test_a_range_that_is_upside_down_is_refused():
    with pytest.raises(OptionError) as error:
        Range.of(2, 1)
    assert error.value.what == "2.0..1.0 is no range"


@pytest.mark.parametrize(("low", "high"), [(-0.1, 0.5), (0.5, 1.1)])
def test_a_stock_starts_within_0_to_1(low, high):
    with pytest.raises(OptionError) as error:
        Stock("C", Range.of(low, high))
    assert error.value.what == f"C starts at {low} to {high}, outside 0 to 1"


def test_a_formula_counts_while_its_mechanism_is_on():
    assert Derived("G", "L", "M7", "1").counts == "L"
    assert Derived("G", "L", "M7", "1", off=True).counts == "1"
