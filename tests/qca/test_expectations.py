"""Directional expectations: how they are written, and what is refused."""

from __future__ import annotations

import pytest

from concausa.core.errors import ConcausaError, ExpressionError, OptionError, UnknownNameError
from concausa.qca.expectations import expectations, read_expectations
from concausa.qca.factor import Factor

CONDITIONS = (Factor("A", "crisp"), Factor("B", "fuzzy"), Factor("MV", "multi-value", (0, 1, 2)))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("A", {"A": 1}),
        ("A,~B,MV{1,2}", {"A": 1, "B": 0, "MV": (1, 2)}),
        (" A , !B ; ".replace(";", ""), {"A": 1, "B": 0}),
        ("MV[2]", {"MV": 2}),
        ("A*~B, MV{0}", {"A*~B": 1, "MV": 0}),
        ('"state capacity",~"número de firmas"', {"state capacity": 1, "número de firmas": 0}),
        ('"a, b"', {"a, b": 1}),
        ("", {}),
    ],
)
def test_expectations_are_read_from_one_line(text, meaning):
    assert read_expectations(text) == meaning


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("A + B", OptionError, "an expectation is one condition or one combination of conditions"),
        ("~(A*B)", OptionError, "an expectation is one condition or one combination of conditions"),
        ("A,~A", OptionError, "two expectations are given for A"),
        ("A,", None, ""),
        ("A*", ExpressionError, "expected a condition, found the end"),
    ],
)
def test_a_line_that_is_no_list_of_expectations_is_refused(text, kind, what):
    if kind is None:
        assert read_expectations(text) == {"A": 1}
        return
    with pytest.raises(kind) as caught:
        read_expectations(text)
    assert caught.value.what == what


def test_values_become_bits_one_a_condition():
    found = expectations({"A": 1, "B": None, "MV": [1, 2]}, CONDITIONS)
    assert found.values == (0b10, 0, 0b110)
    assert found.text == "A, MV{1,2}"
    assert bool(found)


@pytest.mark.parametrize("none", [None, {}, "", [], {"A": None}])
def test_no_expectation_is_none(none):
    assert not expectations(none, CONDITIONS)


def test_a_list_of_texts_and_a_text_mean_the_same():
    assert expectations(["A", "~B"], CONDITIONS) == expectations("A, ~B", CONDITIONS)


@pytest.mark.parametrize(
    ("key", "means"), [("~A", {"A": 0}), ("MV{1,2}", {"MV": (1, 2)}), ("A{1}", {"A": 1})]
)
def test_a_literal_may_be_the_key_of_an_expectation(key, means):
    assert expectations({key: 1}, CONDITIONS) == expectations(means, CONDITIONS)
    assert expectations({key: True, "B": 1}, CONDITIONS) == expectations(means | {"B": 1}, CONDITIONS)
    assert not expectations({key: None}, CONDITIONS)


def test_a_combination_becomes_a_region():
    found = expectations({"A*MV{1,2}": 1}, CONDITIONS)
    assert found.values == (0, 0, 0)
    assert found.conjunctions == ((0b10, 0b11, 0b110),)


@pytest.mark.parametrize(
    ("given", "kind", "what", "fix"),
    [
        ({"AA": 1}, UnknownNameError, 'an expectation is given for "AA", which is no condition of the table', 'did you mean "A"?'),
        ({"A": 2}, OptionError, "2 is no value of A", "one of 0, 1, or None for no expectation"),
        ({"A": "present"}, OptionError, "'present' is no value of A", "one of 0, 1, or None for no expectation"),
        ({"MV": (0, 1, 2)}, OptionError, "every value of MV is expected to help", "a condition that may work either way has no expectation: None, or leave it out"),
        ({"A*B": 0}, OptionError, "a combination is expected to help as a whole", "write 'A*B': 1, or turn the signs of its conditions around"),
        ({"A + B": 1}, OptionError, "an expectation is keyed by a condition or by a conjunction of conditions", 'write {"A": 1, "B": 0, "C*~D": 1}, or the text "A, ~B, C*~D"'),
        ({"~A": 0}, OptionError, "a literal is expected to help, or there is no expectation", "write '~A': 1, or name the condition and its value: 'A': 1"),
        ({"A": 1, "~A": 1}, OptionError, "two expectations are given for A", "give one; a condition that may work either way has no expectation: leave it out"),
        ({"~A": 1, "A": 1}, OptionError, "two expectations are given for A", "give one; a condition that may work either way has no expectation: leave it out"),
        ({"~AA": 1}, UnknownNameError, 'an expectation is given for "AA", which is no condition of the table', 'did you mean "A"?'),
        ({"~MV": 1}, OptionError, "MV has several values: say which are expected", "write MV{1}, or several: MV{1,2}"),
        ({"A*Z": 1}, UnknownNameError, '"Z" is no condition of the table', "use one of these names"),
        ("MV", OptionError, "MV has several values: say which are expected", "write MV{1}, or several: MV{1,2}"),
    ],
)  # fmt: skip
def test_what_cannot_be_expected_is_refused_with_the_fix(given, kind, what, fix):
    with pytest.raises(kind) as caught:
        expectations(given, CONDITIONS)
    assert isinstance(caught.value, ConcausaError)
    assert (caught.value.what, caught.value.fix) == (what, fix)
