"""Sentences: what is read is what was meant, and written again it is the same sentence."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.expr.drawn import expressions

from concausa.core.date import Date
from concausa.core.errors import ExpressionError
from concausa.expr.boolean import And, Name, Not
from concausa.expr.formula import parse as parse_formula
from concausa.expr.formula import show
from concausa.expr.sentence import (
    OPERATORS,
    ORDER_WORDS,
    AllOf,
    AnyOf,
    CellRef,
    CheckClause,
    DateRef,
    Denied,
    EventRef,
    GroupRef,
    LevelClause,
    MemberClause,
    NumberClause,
    OrderClause,
    PeriodRef,
    clauses_of,
    parse_sentence,
)
from concausa.tracing.relation import RELATIONS

ids = st.sampled_from(
    [
        "NL-1",
        "E-NL-2003-election",
        "a.b-2",
        "odd case",
        "in",
        "not",
        "number",
        "check",
        "2003",
        '"x"',
        "Ñ",
        "(",
        ".",
    ]
)
conditions = st.sampled_from(["BC", "Y", "two words", "a.b", "and", "cohesión"])
cells = st.builds(CellRef, ids, conditions)
groups = st.builds(GroupRef, expressions, conditions)
levels = st.sampled_from(["low", "medium-high", "2.5", "not yet", "or", "1"])
times = st.one_of(
    ids.map(EventRef),
    ids.map(PeriodRef),
    st.sampled_from(["2003-05", "2004~", "2005/2013", "../2015"]).map(Date.parse).map(DateRef),
)
formulas = st.sampled_from(
    [
        "a",
        "a / b",
        "-(a + 2 {million crown})",
        "it_units[NL, 2009]",
        "mean(fx[2004/2009])",
        "election[V (1)].margin",
    ]
).map(lambda text: show(parse_formula(text)))
operators = st.sampled_from(OPERATORS)
clauses = st.one_of(
    st.builds(LevelClause, cells | groups, operators, cells | groups | levels),
    st.builds(MemberClause, ids, expressions | ids),
    st.builds(OrderClause, times, st.sampled_from(ORDER_WORDS), times),
    st.builds(NumberClause, formulas, operators, formulas),
    ids.map(CheckClause),
)


def _several(kind: type[AllOf] | type[AnyOf], inner: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(inner, min_size=2, max_size=3).map(lambda parts: kind(tuple(parts)))


sentences = st.recursive(
    clauses,
    lambda inner: inner.map(Denied) | _several(AllOf, inner) | _several(AnyOf, inner),
    max_leaves=6,
)


@given(sentences)
def test_a_sentence_that_is_written_and_read_again_is_the_same(sentence) -> None:
    assert parse_sentence(str(sentence)) == sentence


def test_every_kind_of_clause_is_read_as_what_it_is() -> None:
    read = [
        parse_sentence(text)
        for text in (
            "NL-1.BC < NL-2.BC",
            "PUE-1.BC = low",
            "[BQ*BC].Y > [BQ*~BC].Y",
            "NL-1 in synergistic",
            "PUE-1 in [BQ*~BC]",
            'E1 overlapped by "2003-05"',
            "period 1 meets event E2",
            "number(funds/firms) >= number(3*ratio)",
            "check N012",
        )
    ]
    both, only_bq = And((Name("BQ"), Name("BC"))), And((Name("BQ"), Not(Name("BC"))))
    assert read == [
        LevelClause(CellRef("NL-1", "BC"), "<", CellRef("NL-2", "BC")),
        LevelClause(CellRef("PUE-1", "BC"), "=", "low"),
        LevelClause(GroupRef(both, "Y"), ">", GroupRef(only_bq, "Y")),
        MemberClause("NL-1", "synergistic"),
        MemberClause("PUE-1", only_bq),
        OrderClause(EventRef("E1"), "overlapped by", DateRef(Date.parse("2003-05"))),
        OrderClause(PeriodRef("1"), "meets", EventRef("E2")),
        NumberClause("funds / firms", ">=", "3 * ratio"),
        CheckClause("N012"),
    ]


def test_a_cell_is_split_at_its_last_full_stop_that_is_not_quoted() -> None:
    assert parse_sentence("a.b-1.Y = low").left == CellRef("a.b-1", "Y")
    assert parse_sentence('a.b-1."Y.z" = low').left == CellRef("a.b-1", "Y.z")
    assert parse_sentence('"odd case"."two words" = low').left == CellRef("odd case", "two words")


def test_a_level_that_looks_like_a_cell_stands_in_quotation_marks() -> None:
    assert parse_sentence('A-1.Y = "2.5"').right == "2.5"
    assert parse_sentence("A-1.Y = B-1.Y").right == CellRef("B-1", "Y")


def test_not_binds_before_and_and_and_before_or() -> None:
    a, b, c = (CheckClause(name) for name in "abc")
    assert parse_sentence("check a or not check b and check c") == AnyOf((a, AllOf((Denied(b), c))))
    assert parse_sentence("not (check a or check b) and check c") == AllOf((Denied(AnyOf((a, b))), c))


def test_not_after_is_one_relation_and_not_before_an_event_denies() -> None:
    first, second = EventRef("E1"), EventRef("E2")
    assert parse_sentence("not E1 not after E2") == Denied(OrderClause(first, "not after", second))


def test_every_relation_that_can_be_written_has_a_meaning_in_time() -> None:
    assert set(ORDER_WORDS) == set(RELATIONS)
    for word in ORDER_WORDS:
        assert parse_sentence(f"E1 {word} E2").relation == word


def test_clauses_are_listed_from_left_to_right() -> None:
    tree = parse_sentence("check a and not (check b or check c) or check d")
    assert [clause.id for clause in clauses_of(tree)] == ["a", "b", "c", "d"]


def test_line_breaks_are_spaces() -> None:
    assert parse_sentence("check a\n  and check b") == parse_sentence("check a and check b")


REFUSED = [
    ("", 0, "expected a clause, found the end"),
    ("NL-1.BC <", 9, 'expected a level or a cell after "<", found the end'),
    ("NL-1 < low", 0, '"NL-1" is no cell'),
    ("NL-1.BC", 7, 'expected a relation in time, "in" or a comparison, found the end'),
    ("NL-1 in ~BQ", 8, "'~' has no meaning here"),
    ("NL-1 in [BQ**BC]", 12, 'expected a condition, found "*"'),
    ("NL-1 in [BQ", 8, 'this "[" is never closed'),
    ("[BQ] = low", 4, '"[BQ]" is not followed by a condition'),
    ("[BQ].Y and check a", 7, 'expected a comparison, found "and"'),
    ("E1 befor E2", 3, 'expected a relation in time or "in", found "befor"'),
    ("E1 before", 9, 'expected an event, a date in double quotes or "period", found the end'),
    ('E1 before "2003-13"', 10, "month 13 in '2003-13' does not exist"),
    ("E1 before period", 16, "expected the id of a period, found the end"),
    ("number(a/) > number(b)", 9, 'expected a number, fact or "(", found "the end"'),
    ("number(a > b) > number(c)", 9, "number(…) holds a comparison"),
    ("number(a > number(b)", 6, 'the "(" of number(…) is never closed'),
    ("number(a) > 3", 12, 'expected number(…) after ">", found "3"'),
    ("check and", 6, 'expected the id of a check, found "and"'),
    ("check a check b", 8, 'expected "and", "or" or the end, found "check"'),
    ("(check a", 0, 'this "(" is never closed'),
    ('check "a', 6, "a quoted name does not end"),
    ("check a and", 11, "expected a clause, found the end"),
    ("not " * 41 + "check a", 41 * 4, "more than 40 parts stand inside each other"),
    (" or ".join(["check a"] * 301), 300 * 11, "the sentence has more than 300 clauses"),
]


@pytest.mark.parametrize(("text", "at", "what"), REFUSED, ids=[what for _, _, what in REFUSED])
def test_what_cannot_be_read_is_refused_at_its_place(text: str, at: int, what: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse_sentence(text)
    assert refused.value.what == what
    assert refused.value.where == f"{text}\n{' ' * at}^"


def test_the_nearest_relation_is_offered() -> None:
    with pytest.raises(ExpressionError) as refused:
        parse_sentence("E1 befor E2")
    assert refused.value.fix == "did you mean before?"


@given(st.text(alphabet='ab.12 "[]()<=>!~*-orndit', max_size=30))
def test_any_text_is_read_or_refused_with_its_place(text: str) -> None:
    place, read = _refusal(text)
    if read is not None:
        assert parse_sentence(str(read)) == read
    else:
        assert 0 <= place <= len(text)


def _refusal(text: str) -> tuple[int, object]:
    """Where the caret stands, or what was read."""
    try:
        return -1, parse_sentence(text)
    except ExpressionError as refused:
        below = refused.where.rpartition("\n")[2]
        return len(below) - 1 if below.endswith("^") else -1, None


PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "sentences.md").read_text("utf-8")


def test_the_examples_of_the_page_give_what_it_shows() -> None:
    examples = doctest.DocTestParser().get_doctest(PAGE, {}, "sentences.md", None, 0)
    assert len(examples.examples) > 5
    assert doctest.DocTestRunner().run(examples).failed == 0


def test_every_sentence_of_the_page_is_read_and_written_as_it_stands() -> None:
    rows = PAGE.partition("| sentence |")[2].partition("\n\n")[0]
    shown = re.findall(r"^\| `(.+?)` \|", rows, flags=re.M)
    assert len(shown) == 11
    assert [str(parse_sentence(text)) for text in shown] == shown


def test_the_page_lists_every_relation_in_time() -> None:
    rows = PAGE.partition("## Relations in time")[2].partition("\n\nA plain")[0]
    assert set(re.findall(r"`([a-z ]+)`", rows)) == set(ORDER_WORDS)


def test_the_error_of_the_page_is_what_is_said() -> None:
    with pytest.raises(ExpressionError) as refused:
        parse_sentence("E1 befor E2")
    # Where the package shows an error, the lines below the first are set under each other.
    shown = PAGE.rpartition("```text\n")[2].partition("```")[0]
    assert refused.value.what in shown
    assert f"fix    {refused.value.fix}" in shown
