"""Factoring: the same set, fewer conditions written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.expr.drawn import LEVELS, logical
from tests.reference.truth_by_enumeration import points

from concausa.expr.algebra import expand
from concausa.expr.factoring import factor
from concausa.expr.tree import And, Name, Not, Or, atoms

VALUES = {"M": 3}

literals = st.sampled_from("ABCDEF").flatmap(lambda name: st.sampled_from([Name(name), Not(Name(name))]))
conjunctions = st.lists(literals, min_size=2, max_size=4, unique_by=lambda one: str(one)[-1]).map(
    lambda parts: And(tuple(parts))
)
sums = st.lists(conjunctions, min_size=2, max_size=9).map(lambda parts: Or(tuple(parts)))


@pytest.mark.parametrize(
    ("text", "factored"),
    [
        # Ragin (1987), The Comparative Method, ch. 6, "Factoring Boolean expressions": S = A(B + C + D).
        ("A*B + A*C + A*D", "A*(B + C + D)"),
        ("A*B + A*~C + D", "A*(B + ~C) + D"),
        ("D + A*B + A*C", "D + A*(B + C)"),
        ("A*C + A*D + B*C + B*D", "(A + B)*(C + D)"),
        ("A*C*E + A*D*E + B*C*E + B*D*E + F", "E*(A + B)*(C + D) + F"),
        ("A*B*G + A*C*D*G + A*C*E + A*F", "A*(G*(B + C*D) + C*E + F)"),
        ("A*B + ~A*C", "A*B + ~A*C"),
        ("A*BC{1,2} + A*B", "A*(BC{1,2} + B)"),
        ("EL>=low*A + EL>=low*B", "EL>=low*(A + B)"),
        ("A*(B + C)", "A*(B + C)"),
        ("(A + B)*(C + D)*(E + F)", "(A + B)*(C + D)*(E + F)"),
        ("A", "A"),
        ("~(A*M{0,2} + L>=1*M{0,1})", "(~A + M{1})*(L<1 + M{2})"),
        ("A*~A", "0"),
        ("A + ~A*1 + 1", "1"),
    ],
)
def test_common_parts_are_taken_out(text, factored):
    assert str(factor(text, values={"BC": 3, "M": 3})) == factored


@given(logical)
def test_factoring_changes_no_truth_value(expression):
    assert points(factor(expression, values=VALUES), LEVELS) == points(expression, LEVELS)


@given(sums)
def test_factoring_never_writes_more_conditions(expression):
    factored = factor(expression)
    assert len(atoms(factored)) <= len(atoms(expand(expression))) <= len(atoms(expression))


@given(sums)
def test_multiplying_out_gives_back_what_was_factored(expression):
    expanded = expand(expression)
    again = expand(factor(expanded))
    as_sets = [
        {frozenset(map(str, term.parts if isinstance(term, And) else (term,))) for term in parts}
        for parts in (tree.parts if isinstance(tree, Or) else (tree,) for tree in (expanded, again))
    ]
    assert as_sets[0] == as_sets[1]


@given(sums)
def test_no_literal_is_shared_by_all_parts_of_a_sum(expression):
    def check(node):
        if isinstance(node, Or):
            parts = [set(part.parts) if isinstance(part, And) else {part} for part in node.parts]
            assert not set.intersection(*parts)
        for part in node.parts if isinstance(node, And | Or) else ():
            check(part)

    check(factor(expression))
