"""Counterfactual statements: how signs bind, what may stand where, and where it goes wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concausa.core.errors import ExpressionError
from concausa.expr.counterfactual import read_amount_or_statement, read_statement
from concausa.expr.counterfactual_tree import (
    Both,
    Compared,
    Constant,
    Either,
    Not,
    Outcome,
    Setting,
    Total,
)


def test_and_binds_closer_than_or_and_not_closest() -> None:
    tree = read_statement("A==1 | B==1 & !C==1")
    assert isinstance(tree, Either)
    assert isinstance(tree.parts[1], Both)
    assert isinstance(tree.parts[1].parts[1], Not)


def test_a_setting_holds_nodes_at_values_and_at_what_other_nodes_would_be() -> None:
    tree = read_statement("Y[X=1, M=M[X=0]] != Y")
    assert isinstance(tree, Compared)
    assert tree.left == Outcome(
        "Y",
        (
            Setting("X", Constant(1, 4), 2),
            Setting("M", Outcome("M", (Setting("X", Constant(0, 13), 11),), 9), 7),
        ),
        0,
    )
    assert tree.right == Outcome("Y", (), 20)


def test_a_difference_is_an_amount() -> None:
    tree = read_amount_or_statement("Y[X=1] - Y[X=0]")
    assert isinstance(tree, Total)
    assert [factor for factor, _ in tree.parts] == [1, -1]
    below = read_statement("Y == -1")
    assert isinstance(below, Compared)
    assert below.right == Total(((-1, Constant(1, 6)),), 5)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("A=1", "A==1"), ("A==1 and B==0", "A==1  &  B==0"), ("A==1 && B==0", "A==1  & B==0"),
        ("not A==1", "!   A==1"), ("~A==1", "!A==1"), ("A==1 or B==0", "A==1 |  B==0"),
        ("A==1 ||B==0", "A==1 | B==0"), ('"A"==1', "  A==1"), ("A\n==1", "A ==1"),
    ],
)  # fmt: skip
def test_other_spellings_mean_the_same(text: str, same: str) -> None:
    assert shape(read_statement(text)) == shape(read_statement(same))


def shape(tree: object) -> object:
    """A tree without places."""
    fields = getattr(tree, "__slots__", None)
    if fields is None:
        return tuple(map(shape, tree)) if isinstance(tree, tuple) else tree
    return type(tree).__name__, *(shape(getattr(tree, name)) for name in fields if name != "position")


def test_any_name_may_stand_in_quotation_marks() -> None:
    tree = read_statement('"say ""so"", and"[" 1 "=0] == "or"')
    assert isinstance(tree, Compared)
    assert tree.left == Outcome('say "so", and', (Setting(" 1 ", Constant(0, 24), 18),), 0)


@pytest.mark.parametrize(
    ("text", "what", "place"),
    [
        ("", "expected a node or a number, found the end", 0),
        ("A", "an amount stands where something true or false belongs", 0),
        ("A==", "expected a node or a number, found the end", 3),
        ("A==1 &", "expected a node or a number, found the end", 6),
        ("A==1 B", 'expected a comparison, & or | or the end, found "B"', 5),
        ("0<A<2", "one comparison at a time", 3),
        ("(A==1", 'expected ")", found the end', 5),
        ("A[X]==1", 'expected "=", found "]"', 3),
        ("A[=1]==1", 'expected a node that is set, such as EL=1, found "="', 2),
        ("A[X=1==1", 'expected "," or "]", found "=="', 5),
        ("A[X=1,X=0]==1", '"X" is set twice', 6),
        ("(A==1)==1", "a statement stands where an amount belongs", 1),
        ("A + (B==1) == 1", "expected a node or a number", 5),
        ("A $ B", 'the sign "$" has no meaning here', 2),
        ("A==1 & B", "an amount stands where something true or false belongs", 7),
        ("!A", "an amount stands where something true or false belongs", 1),
    ],
)
def test_what_cannot_be_read_is_pointed_at(text: str, what: str, place: int) -> None:
    with pytest.raises(ExpressionError) as error:
        read_statement(text)
    lines = str(error.value).splitlines()
    assert lines[0] == f"ExpressionError: {what}"
    assert lines[2] == "  where  " + " " * place + "^"


def test_signs_inside_each_other_have_an_end() -> None:
    for text in ("(" * 41 + "A==1" + ")" * 41, "!" * 41 + "A==1", "A[X=" * 41 + "1" + "]" * 41 + "==1"):
        with pytest.raises(ExpressionError) as error:
            read_statement(text)
        assert "more than 40 signs inside each other" in str(error.value)
    assert read_statement("(" * 40 + "A==1" + ")" * 40)


@given(st.text(alphabet='AXY01 []()=<>!&|+-,"~$and', max_size=25))
def test_any_text_is_read_or_refused_at_a_place(text: str) -> None:
    said = ""
    try:
        read_amount_or_statement(text)
    except ExpressionError as error:
        said = str(error)
    assert not said or "^" in said
