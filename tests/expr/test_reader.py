"""The reader: values, arrows, and negation by lower case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.expr.drawn import expressions

from concausa.core.errors import ExpressionError
from concausa.expr.boolean import parse, parse_statement
from concausa.expr.tree import And, Comparison, Implication, Name, Not, OneOf, Or


def refusal_of(read, text, **options):
    with pytest.raises(ExpressionError) as refusal:
        read(text, **options)
    return refusal.value


@pytest.mark.parametrize("text", ["BC{1,2}", "BC[1,2]", "BC{2,1}", "BC { 1 , 2 }", '"BC"{1,2}'])
def test_values_stand_in_braces_or_brackets_in_any_order(text):
    assert parse(text) == OneOf("BC", (1, 2))
    assert str(parse(text)) == "BC{1,2}"


def test_a_condition_with_values_may_be_negated():
    assert parse("~BC{2}*A") == And((Not(OneOf("BC", (2,))), Name("A")))


@pytest.mark.parametrize(
    ("text", "what", "place"),
    [
        ("BC{}", 'expected a value of BC, found "}"', 3),
        ("BC{", "expected a value of BC, found the end", 3),
        ("BC{1", 'expected "," or "}", found the end', 4),
        ("BC{1]", 'expected "," or "}", found "]"', 4),
        ("BC[1}", 'expected "," or "]", found "}"', 4),
        ("BC{1,}", 'expected a value of BC, found "}"', 5),
        ("BC{1,2,1}", "the value 1 stands twice", 7),
        ("BC{1.5}", 'a value is a whole number from 0 to 999, found "1.5"', 3),
        ("BC{-1}", 'a value is a whole number from 0 to 999, found "-"', 3),
        ("BC{1,-2}", 'a value is a whole number from 0 to 999, found "-"', 5),
        ("BC{low}", 'a value is a whole number from 0 to 999, found "low"', 3),
        ("BC{01}", 'a value is a whole number from 0 to 999, found "01"', 3),
        ("BC{1000}", 'a value is a whole number from 0 to 999, found "1000"', 3),
        ("BC{٣}", 'a value is a whole number from 0 to 999, found "٣"', 3),
        ("{1}", 'expected a condition, found "{"', 0),
    ],
)
def test_values_that_cannot_be_are_refused_with_a_pointer(text, what, place):
    error = refusal_of(parse, text)
    assert error.what == what
    assert error.where == f"{text}\n{' ' * place}^"


def test_an_arrow_to_the_right_says_sufficient_and_one_to_the_left_necessary():
    sufficient = Implication(
        Or((And((Name("EL"), Name("BQ"))), Not(Name("BC")))), Name("S"), kind="sufficient"
    )
    assert parse_statement("EL*BQ + ~BC => S") == sufficient
    assert parse_statement("EL*BQ + ~BC->S") == sufficient
    necessary = Implication(Or((Name("A"), Name("B"))), Not(Name("Y")), kind="necessary")
    assert parse_statement("A + B <= ~Y") == necessary
    assert parse_statement("A + B<-~Y") == necessary
    assert parse_statement("A => B").position == 2


def test_less_or_equal_is_an_arrow_in_a_statement_only_between_spaces():
    assert parse_statement("EL<=medium => S").condition == Comparison("EL", "<=", "medium")
    assert parse_statement("EL<=medium <= S").condition == Comparison("EL", "<=", "medium")
    assert parse_statement("(A + EL <=medium) => S").condition == Or(
        (Name("A"), Comparison("EL", "<=", "medium"))
    )
    assert parse("EL <= medium") == Comparison("EL", "<=", "medium")


@pytest.mark.parametrize(
    ("text", "what", "fix"),
    [
        ("A*B", 'expected "=>" or "<=", found the end', "write CONDITION => OUTCOME"),
        ("A<=B", 'expected "=>" or "<=", found the end', "write CONDITION => OUTCOME"),
        ("(A)<=B", 'expected "=>" or "<=", found "<="', "put a space on both sides of <="),
        ("A => B => C", 'a second arrow, "=>"', "write one statement at a time"),
        ("A => EL <= B", 'a second arrow, "<="', "a comparison such as EL<=medium has no spaces in it"),
        ("A <=> B", '"<=>" says two things at once', "write two statements"),
        ("A <-> B", '"<->" says two things at once', "write two statements"),
        ("=> B", 'expected a condition, found "=>"', ""),
        ("A =>", "expected a condition, found the end", ""),
        ("(A => B)", 'expected ")", found "=>"', ""),
    ],
)
def test_what_is_no_statement_is_refused(text, what, fix):
    error = refusal_of(parse_statement, text)
    assert error.what == what
    assert fix in error.fix


@given(expressions, expressions)
def test_a_statement_that_was_written_is_read_as_the_same(condition, outcome):
    for kind in ("sufficient", "necessary"):
        statement = Implication(condition, outcome, kind)
        assert parse_statement(str(statement)) == statement


def test_lower_case_negates_where_that_is_asked_for():
    assert str(parse("A*b + c", lower_case_negates=True)) == "A*~B + ~C"
    assert str(parse('ñ*"two words"*X1', lower_case_negates=True)) == '~Ñ*~"TWO WORDS"*X1'
    assert parse("~a", lower_case_negates=True) == Not(Not(Name("A")))
    assert parse("a*b") == And((Name("a"), Name("b")))
    assert str(parse("EL>=low + BC{1}", lower_case_negates=True)) == "EL>=low + BC{1}"
    assert str(parse_statement("a*B => Y", lower_case_negates=True)) == "~A*B => Y"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("A*Bq", '"Bq" has letters of both cases, so its case cannot say whether it is negated'),
        ("A*straße", '"straße" has letters of both cases, so its case cannot say whether it is negated'),
        ("A*国家", '"国家" has no lower case to negate it'),
        ("A*2", '"2" has no lower case to negate it'),
        ("A*bc{2}", 'lower case cannot negate "bc" before values or a level'),
        ("A*el>=low", 'lower case cannot negate "el" before values or a level'),
    ],
)
def test_a_case_that_does_not_say_is_refused_where_it_would_have_to(text, what):
    error = refusal_of(parse, text, lower_case_negates=True)
    assert error.what == what
    assert error.where.splitlines()[1] == "  ^"


def test_negation_by_lower_case_counts_for_the_depth_that_may_be_written_again():
    assert parse(str(parse("~" * 39 + "a", lower_case_negates=True)))
    deep = refusal_of(parse, "~" * 40 + "a", lower_case_negates=True)
    assert deep.what == "more than 40 negations and parentheses stand inside each other"


@given(st.text(alphabet='AaBñ1 02"{}[],()*+&|~!<>=-.\n国', max_size=25), st.booleans())
def test_any_text_is_read_and_can_be_written_again_or_is_refused(text, lower_case_negates):
    for read in (parse, parse_statement):
        try:
            tree = read(text, lower_case_negates=lower_case_negates)
        except ExpressionError:
            continue
        assert read(str(tree)) == tree


@pytest.mark.parametrize(
    ("text", "what", "place", "fix"),
    [
        ("ADM AND COOP", 'expected the end, found "AND"', 4, "write * for and"),
        ("(A and B)", 'expected ")", found "and"', 3, "write * for and"),
        ("EL>=low Or B", 'expected the end, found "Or"', 8, "write + for or"),
        ("A*NOT B", 'expected the end, found "B"', 6, "write ~ for not"),
        ("not (A)", 'expected the end, found "("', 4, "write ~ for not"),
        ("A B", 'expected the end, found "B"', 2, "write * for and, + for or between two conditions"),
        ("(A) B", 'expected the end, found "B"', 4, "write * for and, + for or between two conditions"),
        ("A )", 'expected the end, found ")"', 2, ""),
    ],
)
def test_words_that_join_conditions_are_answered_with_their_signs(text, what, place, fix):
    error = refusal_of(parse, text)
    assert (error.what, error.fix) == (what, fix)
    assert error.where == f"{text}\n{' ' * place}^"


def test_a_statement_with_words_is_answered_with_their_signs_too():
    assert refusal_of(parse_statement, "A and B => Y").fix == "write * for and"
    assert str(parse("AND*or")) == "AND*or", "a condition may be called so"
