"""The membership of cases in an expression."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.expr.drawn import LEVELS, logical
from tests.expr.test_factoring import sums
from tests.reference.truth_by_enumeration import points

from concausa.core.errors import DataError, ExpressionError, ScaleError, UnknownNameError
from concausa.expr.algebra import expand, negate
from concausa.expr.evaluate import membership
from concausa.expr.factoring import factor
from concausa.expr.tree import Comparison, Constant, Not, atoms

CASES = points(Constant(True), LEVELS)


def of_all(expression):
    """The combinations of values that an expression holds, by evaluating it."""
    ordered = sorted(CASES)
    columns = {name: [case[place] for case in ordered] for place, name in enumerate(LEVELS)}
    return {case for case, value in zip(ordered, membership(expression, columns), strict=True) if value == 1}


@given(logical)
def test_of_crisp_cases_an_expression_holds_those_of_which_it_is_true(expression):
    if not any(isinstance(atom, Comparison) for atom in atoms(expression)):
        assert of_all(expression) == points(expression, LEVELS)


fuzzy = st.lists(st.integers(0, 100).map(lambda share: share / 100), min_size=4, max_size=4)


@given(sums, st.fixed_dictionaries(dict.fromkeys("ABCDEF", fuzzy)))
def test_factored_and_expanded_forms_have_the_same_memberships(expression, columns):
    assert np.array_equal(
        membership(factor(expand(expression)), columns), membership(expand(expression), columns)
    )


@given(sums, st.fixed_dictionaries(dict.fromkeys("ABCDEF", fuzzy)))
def test_a_negation_has_the_memberships_that_are_left(expression, columns):
    left = 1 - membership(expression, columns)
    assert np.allclose(membership(negate(expression), columns), left, rtol=0, atol=1e-15)
    assert np.array_equal(membership(Not(expression), columns), left)


def test_and_takes_the_least_or_the_greatest_and_not_the_rest():
    columns = {"A": [0.9, 0.2], "B": [0.3, 0.6], "BC": [2, 0]}
    assert membership("A*B", columns).tolist() == [0.3, 0.2]
    assert membership("A + B", columns).tolist() == [0.9, 0.6]
    assert membership("~BC{1,2}*1", columns).tolist() == [0.0, 1.0]
    assert membership("A*0", columns).tolist() == [0.0, 0.0]
    assert membership("1", columns).tolist() == [1.0, 1.0]


def test_nothing_is_simplified_before_a_fuzzy_case_is_asked():
    assert membership("A*~A", {"A": [0.4]}).tolist() == [0.4]


@pytest.mark.parametrize(
    "columns",
    [
        pd.DataFrame({"A": [1, 0], "B": [0.5, 0.25]}),
        {"A": np.array([True, False]), "B": (0.5, 0.25), "text": ["x", "y"], "gap": [None, None]},
        {"A": [1, 0], "B": pd.Series([0.5, 0.25], index=["NL-1", "NL-2"]), "long": [1, 2, 3]},
    ],
)
def test_frames_arrays_and_lists_serve_and_only_named_columns_are_read(columns):
    assert membership("A*B", columns).tolist() == [0.5, 0.0]


def test_the_columns_are_left_as_they_were():
    column = np.array([0.2, 0.8])
    membership("A", {"A": column})[:] = 0
    assert column.tolist() == [0.2, 0.8]


@pytest.mark.parametrize(
    ("text", "columns", "error", "message"),
    [
        (
            "A*COHESOIN",
            {"A": [1], "COHESION": [1]},
            UnknownNameError,
            "there is no column 'COHESOIN'\n  where  A*COHESOIN\n  fix    did you mean 'COHESION'?",
        ),
        ("A", {}, UnknownNameError, "there is no column 'A'\n  where  A\n  fix    columns: none"),
        (
            "A*B",
            {"A": [1, 0], "B": [1]},
            DataError,
            "the columns have different numbers of cases\n  where  A: 2, B: 1",
        ),
        (
            "A",
            {"A": [0.5, -0.1, 3, 0]},
            ScaleError,
            (
                "a membership lies outside 0 to 1\n  where  column 'A', case 2 (-0.1), 3 (3)\n"
                "  fix    calibrate raw data first; ask for a code as in A{1}"
            ),
        ),
        (
            "A{1}",
            {"A": [0.5, -1, 1, float("inf")]},
            ScaleError,
            (
                "a code is not a whole number from 0\n  where  column 'A', case 1 (0.5), 2 (-1), 4 (inf)\n"
                "  fix    codes are 0, 1, 2 …; take a fuzzy set as A"
            ),
        ),
        (
            "A",
            {"A": [0.5, None, float("nan")]},
            DataError,
            "a value is missing\n  where  column 'A', case 2 (nan), 3 (nan)\n  fix    leave these cases out",
        ),
        (
            "A",
            {"A": [0.5, "0.5"]},
            DataError,
            "a column is not made of numbers\n  where  column 'A', which holds '0.5'",
        ),
        (
            "A",
            {"A": [None, "x"]},
            DataError,
            "a column is not made of numbers\n  where  column 'A', which holds 'x'",
        ),
        (
            "A",
            {"A": [[0.5], [1]]},
            DataError,
            "a column holds one number a case\n  where  column 'A', shape (2, 1)",
        ),
        (
            "EL>=low",
            {"EL": [0.5]},
            ExpressionError,
            (
                "EL>=low compares levels, and a data set holds memberships or codes\n  where  EL>=low\n"
                "  fix    take it as a set (EL) or by its codes (EL{1})"
            ),
        ),
    ],
)
def test_data_that_do_not_fit_are_refused_with_their_place(text, columns, error, message):
    with pytest.raises(error) as refusal:
        membership(text, columns)
    assert str(refusal.value) == f"{error.__name__}: {message}"


def test_many_broken_values_are_counted():
    with pytest.raises(ScaleError) as refusal:
        membership("A", {"A": [2] * 8})
    assert refusal.value.where.endswith("5 (2) and 3 more")
