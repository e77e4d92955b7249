"""Boolean expressions: one grammar, read once, with places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concausa.core.errors import ExpressionError
from concausa.expr.boolean import (
    And,
    Comparison,
    Expression,
    Name,
    Not,
    Or,
    atoms,
    format_expression,
    parse,
    truth,
)

names = st.sampled_from(["EL", "BQ", "BC.x", "cohesión", "two words", "medium-high", "Ñ"])
leaves = st.one_of(
    names.map(Name),
    st.builds(Comparison, names, st.sampled_from([">=", "<=", "=", ">", "<"]), names),
)


def _flat(kind: type, parts: list[Expression]) -> Expression:
    """Reading flattens nothing and nests nothing, so a part is never of its parent's kind."""
    return kind(tuple(part for part in parts if not isinstance(part, kind)) or (Name("A"), Name("B")))


def _several(kind: type, parts: list[Expression]) -> Expression:
    node = _flat(kind, parts)
    return node if len(node.parts) > 1 else node.parts[0]


expressions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: _several(And, parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: _several(Or, parts)),
    ),
    max_leaves=12,
)


@given(expressions)
def test_reading_what_was_written_gives_the_same_tree(expression):
    assert parse(format_expression(expression)) == expression


def test_and_binds_more_than_or_and_not_more_than_and():
    assert parse("~A*B + C") == Or((And((Not(Name("A")), Name("B"))), Name("C")))


def test_a_comparison_names_a_level_that_may_hold_a_hyphen():
    assert parse("EL>=medium-high") == Comparison("EL", ">=", "medium-high")


def test_atoms_keep_their_order_and_place():
    found = atoms(parse("BQ*(EL>=low + ~BC)"))
    assert [(atom.name, atom.position) for atom in found] == [("BQ", 0), ("EL", 4), ("BC", 15)]


@given(expressions, st.floats(0, 1), st.floats(0, 1))
def test_an_expression_and_its_negation_are_mirror_images(expression, first, second):
    memberships = {atom.name: first if len(atom.name) % 2 else second for atom in atoms(expression)}

    def holds(comparison):
        return comparison.level == "EL"

    value = truth(expression, memberships, holds)
    assert 0 <= value <= 1
    assert truth(Not(expression), memberships, holds) == 1 - value


def test_truth_is_the_weakest_of_a_conjunction_and_the_strongest_of_a_disjunction():
    memberships = {"A": 0.2, "B": 0.6, "C": 0.9}
    never = lambda comparison: False  # noqa: E731
    assert truth(parse("A*B*C"), memberships, never) == 0.2
    assert truth(parse("A + B*C"), memberships, never) == 0.6
    assert truth(parse("~A"), memberships, never) == 0.8


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("EL*+BQ", 'ExpressionError: expected a condition, found "+"\n  where  EL*+BQ\n  where     ^'),
        ("", "ExpressionError: expected a condition, found the end\n  where  \n  where  ^"),
        ("(A + B", 'ExpressionError: expected ")", found the end\n  where  (A + B\n  where        ^'),
        ("A B", 'ExpressionError: expected the end, found "B"\n  where  A B\n  where    ^'),
        ("A>=", 'ExpressionError: expected a level after ">=", found the end\n  where  A>=\n  where     ^'),
        ("A & B", "ExpressionError: '&' has no meaning here\n  where  A & B\n  where    ^"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_pointer(text, message):
    with pytest.raises(ExpressionError) as refusal:
        parse(text)
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    "text", ["~" * 4000 + "A", "(" * 4000 + "A" + ")" * 4000, "~(" * 30 + "A" + ")" * 30]
)
def test_an_expression_nested_too_deep_is_refused_not_run_into_the_ground(text):
    with pytest.raises(ExpressionError) as refusal:
        parse(text)
    assert refusal.value.what == "more than 40 negations and parentheses stand inside each other"


def test_parts_beside_each_other_are_not_nested():
    assert len(atoms(parse(" + ".join(["~(A*B)"] * 500)))) == 1000
