"""Measures: cuts as least values, and one formula for each case."""

from __future__ import annotations

from fractions import Fraction

import pytest

from concausa.core.errors import ScaleError
from concausa.measurement.measure import Measure, case_formulas, floors

LEVELS = ("few", "some", "many")


def test_a_cut_is_read_in_the_order_of_the_scale_whatever_its_own() -> None:
    assert floors("many>=500, some>=99.5", LEVELS) == floors("some >= 99.5 , many>=500", LEVELS)
    assert [floor.level for floor in floors("many>=500, some>=99.5", LEVELS)] == ["some", "many"]


def test_a_percentage_is_of_the_greatest_value_and_a_number_is_itself() -> None:
    some, many = floors("some>=12, many>=50%", LEVELS)
    assert (some.least(Fraction(80)), many.least(Fraction(80))) == (12, 40)


@pytest.mark.parametrize(
    "cut", ["", "some>=1", "some>=1, many>=1", "some>=1, many>=2, most>=3", "some>1, many>2"]
)
def test_a_cut_that_leaves_a_level_open_is_refused(cut: str) -> None:
    with pytest.raises(ScaleError):
        floors(cut, LEVELS)


def test_a_formula_may_hold_what_a_case_may_not() -> None:
    measure = Measure(id="m", condition="Y", label="", values=("N-1=a / b", "N-2 = real[c, d, 2005]"))
    assert case_formulas(measure) == {"N-1": "a / b", "N-2": "real[c, d, 2005]"}
    with pytest.raises(ScaleError, match="the case N-1 has two values"):
        case_formulas(Measure(id="m", condition="Y", label="", values=("N-1=a", "N-1=b")))
