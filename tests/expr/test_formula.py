"""Formulas are trees: read once, shown again the same, and refused with a caret."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concausa.core.errors import FormulaError
from concausa.expr.formula import Call, Lookup, Minus, Name, Number, Operation, parse, show, walk

names = st.from_regex(r"[a-zñ][a-z0-9_]{0,6}", fullmatch=True)
keys = st.lists(
    st.from_regex(r"[A-Za-z0-9/.~-]{1,8}", fullmatch=True).filter(str.strip), min_size=1, max_size=3
)
leaves = st.one_of(
    st.builds(
        Number,
        st.decimals(min_value=0, max_value=9999, places=2),
        st.sampled_from(["", "firm", "million MXN/firm", "percentage point"]),
    ),
    st.builds(Name, names),
    st.builds(Lookup, names, keys.map(tuple), st.sampled_from(["", "winner_share"])),
)
formulas = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Minus, inner),
        st.builds(Operation, st.sampled_from(["+", "-", "*", "/"]), inner, inner),
        st.builds(
            Call,
            st.sampled_from(["sum", "mean", "min", "max", "abs"]),
            st.lists(inner, min_size=1, max_size=3).map(tuple),
        ),
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(formulas)
def test_reading_what_was_shown_gives_the_same_formula(formula):
    assert parse(show(formula)) == formula


@settings(deadline=None)
@given(formulas, st.sampled_from(["<", "<=", "=", ">=", ">"]), formulas)
def test_a_comparison_of_two_formulas_is_read_back_too(left, sign, right):
    comparison = Operation(sign, left, right)
    assert parse(show(comparison)) == comparison


@settings(deadline=None)
@given(st.text(alphabet="ab1+-*/()[]{},.<=> \n'\"\\%", max_size=30))
def test_any_text_is_read_or_refused_with_a_place(text):
    try:
        read = parse(text)
    except FormulaError as error:
        refused = error.where
    else:
        refused = ""
        assert parse(show(read)) == read
    assert not refused or refused.endswith("^")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a/(b/c)", "a / (b / c)"),
        ("(a/b)/c", "a / b / c"),
        ("a-(b-c)", "a - (b - c)"),
        ("(a*b)+c", "a * b + c"),
        ("-(a+b)", "-(a + b)"),
        ("5{firm}", "5 {firm}"),
        ("sum( s[NL,2005/2009] )", "sum(s[NL, 2005/2009])"),
        ("election[V-NL-2003].winner_share", "election[V-NL-2003].winner_share"),
    ],
)
def test_only_the_parentheses_that_are_needed_are_shown(text, shown):
    assert show(parse(text)) == shown


def test_operators_bind_as_in_arithmetic():
    assert parse("a - b * c / -d") == Operation(
        "-", Name("a"), Operation("/", Operation("*", Name("b"), Name("c")), Minus(Name("d")))
    )


def test_numbers_keep_their_digits():
    assert parse("4.30") == Number(Decimal("4.30"))
    assert show(parse("4.30")) == "4.30"


def test_parts_know_their_place():
    assert [part.at for part in walk(parse("ab + cd")) if isinstance(part, Name)] == [0, 5]


@pytest.mark.parametrize(
    ("text", "what", "at", "fix"),
    [
        ("", 'expected a number, fact or "(", found "the end"', 0, ""),
        ("a + * b", 'expected a number, fact or "(", found "*"', 4, ""),
        ("a b", 'expected an operator, found "b"', 2, ""),
        ("(a + b", 'this "(" is never closed', 0, ""),
        ("a + b)", 'expected an operator, found ")"', 5, ""),
        ("a[NL", '"[" has no meaning here', 1, "a look-up ends with ]"),
        ("3 %", '"%" has no meaning here', 2, "write the unit in braces: 25 {percent}"),
        ("a ^ 2", '"^" has no meaning here', 2, "write x * x for a square"),
        ("exec(a)", "there is no function exec", 0, "functions are sum, mean, min, max, abs"),
        ("a < b < c", "a formula holds one comparison at most", 6, "write two checks"),
        ("x[,]", "the look-up x[…] has an empty key", 0, ""),
        (
            "__import__('os')",
            '"\'" has no meaning here',
            11,
            "",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_caret(text, what, at, fix):
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert (caught.value.what, caught.value.where, caught.value.fix) == (what, f"{text}\n{' ' * at}^", fix)


@pytest.mark.parametrize(
    "text", ["(" * 2000 + "a", "-" * 2000 + "a", "a" + "+a" * 5000, "(" * 60 + "a" + ")" * 60, "9" * 5000]
)
def test_a_formula_too_long_or_too_deep_is_refused_not_crashed(text):
    with pytest.raises(FormulaError):
        parse(text)


def test_the_longest_formula_allowed_can_be_shown_and_read_again():
    formula = parse("a" + " + a" * 149)
    assert parse(show(formula)) == formula
