"""Boolean expressions: one grammar, read once, with places."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.expr.drawn import expressions

from concausa.core.errors import ExpressionError
from concausa.expr.boolean import (
    And,
    Comparison,
    Constant,
    Name,
    Not,
    OneOf,
    Or,
    atoms,
    format_expression,
    parse,
    truth,
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
    assume(not any(isinstance(atom, OneOf) for atom in atoms(expression)))
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
        (
            "A B",
            (
                'ExpressionError: expected the end, found "B"\n  where  A B\n  where    ^\n'
                "  fix    write * for and, + for or between two conditions"
            ),
        ),
        ("A>=", 'ExpressionError: expected a level after ">=", found the end\n  where  A>=\n  where     ^'),
        ("A @ B", "ExpressionError: '@' has no meaning here\n  where  A @ B\n  where    ^"),
        (
            "A*№",
            (
                "ExpressionError: '№' has no meaning here\n  where  A*№\n  where    ^\n"
                "  fix    a name with such a sign stands in double quotes"
            ),
        ),
        (
            'A + "B',
            (
                'ExpressionError: a quoted name is empty or does not end\n  where  A + "B\n  where      ^\n'
                '  fix    write it as "name"'
            ),
        ),
        (
            "A*B => Y",
            (
                'ExpressionError: an expression holds no arrow, found "=>"\n  where  A*B => Y\n'
                '  where      ^\n  fix    write >= for "at least"; '
                "a statement with an arrow is read by parse_statement"
            ),
        ),
        (
            "(A) <= Y",
            (
                'ExpressionError: expected the end, found "<="\n  where  (A) <= Y\n  where      ^\n'
                "  fix    a statement with an arrow is read by parse_statement"
            ),
        ),
        (
            "A +\n B C",
            (
                'ExpressionError: expected the end, found "C"\n  where   B C\n  where     ^\n'
                "  fix    write * for and, + for or between two conditions"
            ),
        ),
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


def test_every_sign_has_one_meaning_in_either_way_of_writing():
    assert parse("A & !B | C") == parse("A*~B + C")
    assert str(parse("A & !(B | C)")) == "A*~(B + C)"


def test_one_and_nought_are_constants_unless_they_are_quoted_or_compared():
    assert parse("1") == Constant(True)
    assert parse("0 + A") == Or((Constant(False), Name("A")))
    assert parse('"1"') == Name("1")
    assert parse("10") == Name("10")
    assert parse("1>=low") == Comparison("1", ">=", "low")
    assert truth(parse("0 + A"), {"A": 0.3}, lambda comparison: False) == 0.3


def test_a_quoted_name_may_hold_any_sign_and_a_doubled_quotation_mark():
    assert parse('"say ""no"" & go"') == Name('say "no" & go')
    assert str(Name('say "no"')) == '"say ""no"""'


def test_every_node_knows_its_place():
    tree = parse("A + ~(B*C{1})")
    negation = tree.parts[1]
    conjunction = negation.part
    assert (tree.position, negation.position, conjunction.position) == (0, 4, 6)
    assert [part.position for part in conjunction.parts] == [6, 8]


def test_a_condition_with_levels_is_not_asked_for_a_value():
    with pytest.raises(ExpressionError) as refusal:
        truth(parse("EL{2}"), {"EL": 0.5}, lambda comparison: False)
    assert refusal.value.what == "EL{2} asks for a value, and EL has levels"
