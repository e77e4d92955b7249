"""Influences: against every line of small tables, and for choices that make no difference."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.audit.findings.tables import table_of, tables

from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.influence import influences
from concausa.audit.findings.verdict_table import VerdictTable


@settings(max_examples=150, deadline=None)
@given(tables())
def test_an_influence_is_the_share_of_lines_along_which_the_verdict_is_not_the_same(
    verdicts: np.ndarray,
) -> None:
    table, choices = table_of(verdicts)
    found = {one.place: one.share for one in influences(table.reduced(), choices)}
    for axis, size in enumerate(verdicts.shape):
        others = [range(length) for length in (*verdicts.shape[:axis], *verdicts.shape[axis + 1 :])]
        lines = [
            {int(verdicts[(*rest[:axis], option, *rest[axis:])]) for option in range(size)}
            for rest in product(*others)
        ]
        assert found.get(axis, 0) == Fraction(sum(len(line) > 1 for line in lines), len(lines))


@given(st.sampled_from(list(Verdict)))
def test_a_claim_that_is_the_same_in_every_world_turns_on_nothing(verdict: Verdict) -> None:
    table, choices = table_of(np.full((2, 3, 2), verdict))
    assert table.reduced().places == ()
    assert influences(table.reduced(), choices) == ()
    assert table.reduced().counts() == {verdict: 12}


def test_the_choice_that_matters_most_comes_first() -> None:
    # Supported if the third choice falls on 1 or both others do: it matters unless both others do (3 of 4);
    # each of the others matters where the third is 0 and the other is 1 (1 of 4).
    a, b, c = np.indices((2, 2, 2))
    table, choices = table_of(c | (a & b))
    assert [(one.place, one.share) for one in influences(table.reduced(), choices)] == [
        (2, Fraction(3, 4)),
        (0, Fraction(1, 4)),
        (1, Fraction(1, 4)),
    ]


def test_options_read_alike_weigh_as_many_as_they_are() -> None:
    # The first choice has three options, two of which act alike: worlds are 3 × 2, and in the second choice's
    # three lines the verdict changes under the two that act alike.
    table = VerdictTable((0, 1), (((0, 2), (1,)), ((0,), (1,))), np.array([[0, 1], [1, 1]], dtype=np.int8))
    _, choices = table_of(np.zeros((3, 2)))
    assert table.total == 6
    assert table.counts() == {Verdict.CONTRADICTED: 2, Verdict.SUPPORTED: 4}
    assert {one.place: one.share for one in influences(table, choices)} == {
        0: Fraction(1, 2),
        1: Fraction(2, 3),
    }


@settings(max_examples=100, deadline=None)
@given(tables())
def test_reducing_a_table_changes_no_count(verdicts: np.ndarray) -> None:
    table, _ = table_of(verdicts)
    wanted = {verdict: int((verdicts == verdict).sum()) for verdict in Verdict}
    wanted = {verdict: number for verdict, number in wanted.items() if number}
    assert table.counts() == table.reduced().counts() == wanted
    assert table.total == table.reduced().total == verdicts.size


def test_counts_are_exact_beyond_what_a_word_holds() -> None:
    # 40 choices of 8 options, of which one alone contradicts: 8^40 - 1 worlds support.
    classes = (((0,), tuple(range(1, 8))),) * 20
    verdicts = np.ones((2,) * 20, dtype=np.int8)
    verdicts[(0,) * 20] = 0
    table = VerdictTable(tuple(range(20)), classes, verdicts, idle=8**20)
    assert table.counts() == {Verdict.CONTRADICTED: 8**20, Verdict.SUPPORTED: 8**40 - 8**20}
