"""The nouns of an expression, and their text."""

import numpy as np
import pytest

from concausa.core.errors import ExpressionError
from concausa.expr.tree import And, Constant, Name, Not, OneOf, Or, conjunction, disjunction

A, B, C = Name("A"), Name("B"), Name("C")
TRUE, FALSE = Constant(True), Constant(False)


def test_values_are_kept_in_rising_order_as_plain_numbers():
    assert OneOf("BC", (2, 0)).values == (0, 2)
    assert type(OneOf("BC", tuple(np.array([1], dtype=np.int8))).values[0]) is int


@pytest.mark.parametrize("values", [(), (1, 1), (-1,), (1000,), (0.5,), (True,), ("1",)])
def test_values_that_cannot_be_are_refused(values):
    with pytest.raises(ExpressionError, match="value"):
        OneOf("BC", values)


def test_a_text_has_the_parentheses_that_its_reading_needs_and_no_others():
    assert str(And((Or((A, B)), C))) == "(A + B)*C"
    assert str(Or((And((A, B)), C))) == "A*B + C"
    assert str(Not(And((A, B)))) == "~(A*B)"
    assert str(Not(Not(A))) == "~~A"
    assert str(And((And((A, B)), C))) == "(A*B)*C"


@pytest.mark.parametrize(
    ("joined", "result"),
    [
        (conjunction([]), TRUE),
        (disjunction([]), FALSE),
        (conjunction([A]), A),
        (conjunction([A, FALSE]), FALSE),
        (conjunction([A, TRUE]), A),
        (disjunction([A, TRUE]), TRUE),
        (disjunction([A, FALSE]), A),
        (conjunction([A, And((B, C))]), And((A, B, C))),
        (disjunction([A, And((B, C)), Or((B, C))]), Or((A, And((B, C)), B, C))),
    ],
)
def test_joining_parts_nests_nothing_and_drops_constants_that_change_nothing(joined, result):
    assert joined == result
