"""Rates: formulas worked out on arrays, and what is no rate."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dynamics.declared import formulas
from tests.reference.dynamic_runs import worked

from concausa.core.errors import FormulaError
from concausa.dynamics.rate import read_rate, refuse_unknown


@settings(max_examples=60)
@given(formulas(["a", "b"]), st.lists(st.tuples(*[st.floats(-2, 2)] * 2), min_size=1, max_size=4))
def test_a_rate_is_worked_out_as_the_slow_twin_does(text, rows):
    columns = dict(zip("ab", np.array(rows).T, strict=True))
    found = np.broadcast_to(read_rate(text).work(columns), len(rows))
    for value, row in zip(found, rows, strict=True):
        assert value == pytest.approx(
            worked(text, dict(zip("ab", row, strict=True)).__getitem__), abs=1e-12, rel=1e-12
        )


def test_a_rate_of_numbers_alone_is_a_number():
    assert read_rate("mean(1, 2, 6) - 2 * 3 / 4").work({}) == 1.5
    assert read_rate("-abs(-2)").work({}) == -2
    assert read_rate("sum(1, 2, 3)").names == ()


def test_arrays_of_other_shapes_are_spread():
    work = read_rate("max(a, b) * 2").work
    assert work({"a": np.array([[1.0], [3.0]]), "b": np.array([2.0, 4.0])}).tolist() == [[4, 8], [6, 8]]


def test_each_name_stands_once_in_the_order_of_the_formula():
    assert read_rate("b + a * min(b, c)").names == ("b", "a", "c")


@pytest.mark.parametrize(("text", "what", "fix"), [
    ("election[V-1].margin", "election[…] looks something up, and a dynamic model knows its own quantities alone",
     "name a quantity of the model"),
    ("2 {firm} * a", "a number of a dynamic model has no unit", "leave the unit out"),
    ("a > b", "a rate is a number, not a comparison", "write max(0, a - b) for what exceeds"),
])  # fmt: skip
def test_what_is_no_rate_is_refused(text, what, fix):
    with pytest.raises(FormulaError) as error:
        read_rate(text)
    assert (error.value.what, error.value.fix) == (what, fix)


def test_an_unknown_name_is_pointed_at():
    with pytest.raises(FormulaError) as error:
        refuse_unknown(read_rate("a * leed"), ["lead", "a"], "quantity")
    assert (error.value.what, error.value.fix) == ("there is no quantity leed", "did you mean lead?")
    assert error.value.where == "a * leed\n    ^"
    with pytest.raises(FormulaError) as far:
        refuse_unknown(read_rate("zzz"), ["lead", "a"], "quantity")
    assert far.value.fix == "one of lead, a"
