"""Boolean algebra, held against a look at every combination of values."""

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.expr.drawn import LEVELS, logical, sums_of
from tests.reference.truth_by_enumeration import points, shortest

from concausa.core.errors import ExpressionError, OptionError
from concausa.expr import algebra
from concausa.expr.algebra import (
    conditions_of,
    equivalent,
    expand,
    intersect,
    is_subset,
    negate,
    simplest_forms,
    simplify,
    terms,
)
from concausa.expr.boolean import parse
from concausa.expr.tree import And, Comparison, Constant, Name, Not, OneOf, Or, atoms

VALUES = {"M": 3}


def boxes(form, levels):
    """Each conjunction of a form as the combinations that it holds."""
    return frozenset(points(term, levels) for term in terms(form))


def literals_of(form):
    """Each conjunction of a form as its literals, in no order."""
    return {frozenset(term.parts if isinstance(term, And) else (term,)) for term in terms(form)}


@given(logical)
def test_a_negation_holds_what_the_expression_leaves(expression):
    everything = points(Constant(True), LEVELS)
    for declared in (None, VALUES):
        assert points(negate(expression, values=declared), LEVELS) == everything - points(expression, LEVELS)


@given(logical)
def test_a_negation_has_its_signs_before_single_conditions(expression):
    def signed_parts(node):
        match node:
            case Not(part):
                yield part
            case And(parts) | Or(parts):
                for part in parts:
                    yield from signed_parts(part)

    assert all(not isinstance(part, And | Or | Not | Constant) for part in signed_parts(negate(expression)))


def test_negation_as_ragin_works_it_out():
    # Ragin (1987), The Comparative Method, ch. 6, "Application of De Morgan's law": the negation of
    # S = AC + Bc is (a + c)(b + C), multiplied out ab + aC + bc, where a small letter negates.
    outcome = parse("A*C + B*c", lower_case_negates=True)
    assert negate(outcome) == parse("(a + c)*(b + C)", lower_case_negates=True)
    assert literals_of(expand(negate(outcome))) == literals_of(
        parse("a*b + a*C + b*c", lower_case_negates=True)
    )


@given(logical)
def test_expanding_changes_no_truth_value(expression):
    expanded = expand(expression, values=VALUES)
    assert points(expanded, LEVELS) == points(expression, LEVELS)
    for term in terms(expanded):
        parts = term.parts if isinstance(term, And) else (term,)
        assert not any(isinstance(part, And | Or) for part in parts)


@given(sums_of({"A": 2, "M": 3, "N": 3}, most=5))
def test_no_expanded_conjunction_contradicts_itself_or_lies_in_another(expression):
    levels = {"A": 2, "M": 3, "N": 3}
    held = [points(term, levels) for term in terms(expand(expression, values=levels))]
    assert all(held)
    assert not any(one < other for one in held for other in held)


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("A*(B + C)*(~A + D)", "A*B*D + A*C*D"),
        ("A*A + A", "A"),
        ("A*~A", "0"),
        ("A + 1", "1"),
        ("1*A*(0 + B)", "A*B"),
        ("C + A*B", "C + A*B"),
        ("EL>=low*(A + EL<low)", "EL>=low*A"),
        ('~("two words" + B)', '~"two words"*~B'),
    ],
)
def test_expanding_multiplies_out_in_the_order_of_the_text(text, expanded):
    assert str(expand(text)) == expanded


@settings(max_examples=60, deadline=None)
@given(sums_of({"A": 2, "B": 2, "M": 3}, most=6))
def test_the_simplest_forms_are_every_shortest_form_and_nothing_else(expression):
    levels = {"A": 2, "B": 2, "M": 3}
    named = {name: levels[name] for name in conditions_of(expression)}
    inside = points(expression, named)
    found = {boxes(form, named) for form in simplest_forms(expression, values=levels)}
    assert found == shortest(inside, tuple(named.values()))


@settings(deadline=None)
@given(logical)
def test_simplifying_changes_no_truth_value_and_settles(expression):
    simple = simplify(expression, values=VALUES)
    assert points(simple, LEVELS) == points(expression, LEVELS)
    assert len(atoms(simple)) <= len(atoms(expand(expression, values=VALUES)))
    assert len(terms(simplify(simple, values=VALUES))) == len(terms(simple))


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("A*B + A*~B", "A"),
        ("A + ~A*B", "A + B"),
        ("A*B + ~A*C + B*C", "A*B + ~A*C"),
        ("A + ~A", "1"),
        ("A*~A", "0"),
        ("0", "0"),
        ("1", "1"),
        ("B*A", "B*A"),
        ("EL<low + EL>=low*A", "EL<low + A"),
    ],
)
def test_simplifying_gives_the_shortest_form(text, simple):
    assert str(simplify(text)) == simple


def test_a_circle_of_implicants_has_two_shortest_forms():
    # Six combinations of three conditions in a ring, each next to two others: the six prime implicants
    # are its edges, and either every second edge or the other three cover it. By hand.
    forms = simplest_forms("A*~B + B*~C + C*~A")
    assert [str(form) for form in forms] == ["A*~B + ~A*C + B*~C", "A*~C + ~A*B + ~B*C"]


def test_more_forms_than_were_asked_for_are_counted_not_cut():
    ring = "A*~B + B*~C + C*~A"
    assert len(simplest_forms(ring)) == 2
    with pytest.raises(ExpressionError) as refusal:
        simplest_forms(ring, limit=1)
    assert refusal.value.what == "2 forms have the fewest conjunctions, more than can be listed"


def test_thirty_conditions_need_no_table_of_all_combinations():
    text = " + ".join(f"A{number}*B{number} + A{number}*~B{number}" for number in range(15))
    assert str(simplify(text)) == " + ".join(f"A{number}" for number in range(15))


def test_what_grows_without_end_is_refused():
    text = "*".join(f"(A{number} + B{number})" for number in range(20))
    with pytest.raises(ExpressionError) as refusal:
        expand(text)
    assert "more conjunctions than can be held (200000)" in refusal.value.what
    assert (
        is_subset(" + ".join(f"A{number}*B{number}" for number in range(20)), "A0 + B1 + " + text[1:4])
        is False
    )


@given(logical, logical)
def test_an_intersection_holds_what_both_hold(first, second):
    assert points(intersect(first, second, values=VALUES), LEVELS) == points(first, LEVELS) & points(
        second, LEVELS
    )


def test_the_intersection_of_nothing_is_everything():
    assert str(intersect()) == "1"
    assert str(intersect("A", "B + C", "~B")) == "A*~B*C"


def told(question, first, second):
    try:
        return question(first, second, values=VALUES)
    except ExpressionError:
        return None


@given(logical, logical)
def test_subset_and_equivalence_are_told_rightly_or_not_at_all(first, second):
    one, other = points(first, LEVELS), points(second, LEVELS)
    compared = {
        (atom.operator in (">=", "<"), atom.operator == "=", atom.level)
        for expression in (first, second)
        for atom in atoms(expression)
        if isinstance(atom, Comparison)
    }
    for question, answer in ((is_subset, one <= other), (equivalent, one == other)):
        found = told(question, first, second)
        assert found is answer or (found is None and len(compared) > 1)


@given(logical)
def test_an_expression_is_what_its_double_negation_and_its_expansion_are(expression):
    assume(sum(isinstance(atom, Comparison) for atom in atoms(expression)) < 2)
    assert equivalent(expression, Not(Not(expression)), values=VALUES)
    assert equivalent(expression, expand(expression, values=VALUES), values=VALUES)
    assert is_subset(intersect(expression, "A", values=VALUES), expression, values=VALUES)


def test_how_two_levels_stand_to_each_other_is_not_guessed():
    assert is_subset("EL>=low*A", "EL>=low")
    assert not is_subset("EL>=low", "EL<low")
    with pytest.raises(ExpressionError) as refusal:
        is_subset("EL>=high", "EL>=low")
    assert refusal.value.what == "this cannot be told without the order of the levels of EL"
    with pytest.raises(ExpressionError):
        equivalent("EL*A", "EL>=low*A")


def test_terms_are_the_parts_of_the_disjunction():
    assert [str(term) for term in terms("A*(B + C) + (D + ~E)")] == ["A*(B + C)", "D", "~E"]
    assert terms("0") == ()
    assert terms("1") == (Constant(True),)


def test_conditions_are_named_once_in_order():
    assert conditions_of(parse("B*A + ~B{0} + EL>=low + 1")) == ("B", "A", "EL")


@pytest.mark.parametrize(
    ("text", "values", "error", "what"),
    [
        ("BC{2}", None, ExpressionError, "BC has no value 2, only 0 to 1"),
        ("BC{3}", {"BC": 3}, ExpressionError, "BC has no value 3, only 0 to 2"),
        ("BC*A", {"BC": 3}, ExpressionError, "BC has 3 values, so it is no set"),
        ("A", {"BC": 0}, OptionError, "'BC' cannot have 0 values"),
        ("A", {"BC": 65}, OptionError, "'BC' cannot have 65 values"),
        ("A", {"BC": True}, OptionError, "'BC' cannot have True values"),
        ("A*", None, ExpressionError, "expected a condition, found the end"),
        ("A => B", None, ExpressionError, 'an expression holds no arrow, found "=>"'),
    ],
)
@pytest.mark.parametrize("verb", [expand, simplify])
def test_what_makes_no_sense_is_refused(verb, text, values, error, what):
    with pytest.raises(error) as refusal:
        verb(text, values=values)
    assert refusal.value.what == what


def test_a_condition_keeps_the_braces_that_it_was_written_with():
    assert str(simplify("A{1}*B + A{1}*~B")) == "A{1}"
    assert str(simplify("A{1}*B + A*~B*C")) == "A{1}*B + A{1}*C"
    assert str(expand("BC{0,2}*BC{1,2}", values={"BC": 3})) == "BC{2}"


@given(st.sampled_from([simplify, expand, negate]))
def test_a_tree_may_be_given_instead_of_a_text(verb):
    assert verb(parse("A*B + ~A*C")) == verb("A*B + ~A*C")
    assert verb(Name("two words")) == verb('"two words"')
    assert verb(OneOf("BC", (1,))) == verb("BC{1}")


def test_a_form_that_was_not_proved_to_be_the_shortest_is_not_given_out_as_such(monkeypatch):
    rng = random.Random(0)
    chosen = [[rng.choice("+-") + name for name in rng.sample("ABCDEFGHIJ", 5)] for _ in range(40)]
    text = " + ".join("*".join(one.replace("-", "~").strip("+") for one in term) for term in chosen)
    monkeypatch.setattr(algebra, "BUDGET", 1)
    with pytest.raises(ExpressionError, match="no form was proved to be the shortest") as refusal:
        simplify(text)
    assert refusal.value.where.endswith("…")
