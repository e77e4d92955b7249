"""Bands: how years become one value, how far outside it lies, and every refusal once."""

from __future__ import annotations

import numpy as np
import pytest
from tests.dynamics.declared import R, years

from concausa.core.errors import OptionError
from concausa.dynamics.band import Band, outside, refuse_bands, told
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Flow, Input, Stock
from concausa.dynamics.runs import simulate
from concausa.dynamics.setting import Course

STEPS = (0.2, 0.9, 0.4, 0.6)


def stepping():
    """An input that is 0.2, 0.9, 0.4 and 0.6 in the years 2000 to 2003."""
    model = Model("steps", (Stock("C"),), (Input("X"),), flows=(Flow("f", "C", True, "X"),))
    courses = tuple(Course("X", "NL", 2000 + place, 2000 + place, R(x, x)) for place, x in enumerate(STEPS))
    return simulate(model, years(2003, courses=courses), draws=2)


@pytest.mark.parametrize(("reading", "first", "last", "expected"), [
    ("mean", 2000, 2003, 0.525), ("mean", 2001, 2002, 0.65), ("last", 2000, 2002, 0.4),
    ("every", 2000, 2003, 0.9), ("some", 2000, 2003, 0.4), ("every", 2002, 2003, 0.6), ("some", 2001, 2001, 0.9),
])  # fmt: skip
def test_years_become_one_value(reading, first, last, expected):
    """Of every year the farthest from the middle of 0.3 to 0.5, of some the nearest."""
    band = Band("b", "NL", "X", first, last, 0.3, 0.5, reading)
    assert told(band, stepping()) == pytest.approx([expected] * 2)


def test_how_far_a_value_lies_outside():
    values = np.array([0.1, 0.3, 0.4, 0.5, 0.75, 0.3 - 1e-13, 0.5 + 1e-13])
    assert outside(values, 0.3, 0.5) == pytest.approx([0.2, 0, 0, 0, 0.25, 0, 0])
    assert (outside(values, 0.3, 0.5)[[1, 3, 5, 6]] == 0).all()


def test_a_band_belongs_to_its_item_or_to_itself():
    assert Band("b", "NL", "C", 2000, 2000, item="NL-1").evidence == "NL-1"
    assert Band("b", "NL", "C", 2000, 2000).evidence == "b"


@pytest.mark.parametrize(("parts", "what"), [
    ({"low": -0.1}, "the band b runs from -0.1 to 1"),
    ({"high": 1.1}, "the band b runs from 0 to 1.1"),
    ({"low": float("nan")}, "the band b runs from nan to 1"),
    ({"low": 0.6, "high": 0.5}, "the band b runs from 0.6 to 0.5"),
    ({"options": (("high", 0.9, 0.8),)}, "the band b, high, runs from 0.9 to 0.8"),
    ({"reading": "median"}, "'median' is no reading of the band b"),
    ({"first": 2003}, "the band b runs from 2003 to 2001"),
])  # fmt: skip
def test_bad_bands_are_refused(parts, what):
    with pytest.raises(OptionError) as error:
        Band(**{"id": "b", "unit": "NL", "formula": "C", "first": 2000, "last": 2001, **parts})
    assert error.value.what == what


def test_bands_have_ids_of_their_own_and_lie_in_the_years():
    runs = stepping()
    one = Band("b", "NL", "C", 2000, 2001)
    with pytest.raises(OptionError) as twice:
        refuse_bands([one, one], runs.model, runs.setting)
    assert twice.value.what == "two bands are called b"
    with pytest.raises(OptionError) as late:
        refuse_bands([Band("b", "NL", "C", 2003, 2004)], runs.model, runs.setting)
    assert (late.value.what, late.value.fix) == (
        "the band b lies in 2003 to 2004",
        "give years from 2000 to 2003",
    )
