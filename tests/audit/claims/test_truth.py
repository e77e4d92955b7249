"""The logic of what is known only in part."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concausa.audit.claims.truth import (
    FALSE,
    TRUE,
    both,
    either,
    every,
    opposite,
    otherwise,
    some,
    then,
    unknown,
    verdict,
    verdicts,
)
from concausa.audit.claims.verdict import Verdict

REASONS = [reason for reason in Verdict if not reason.testable]


def joined(reasons: set[Verdict]) -> int:
    """What is unknown for all of some reasons."""
    return every(unknown(reason) for reason in reasons)


values = st.one_of(st.sampled_from([FALSE, TRUE]), st.sets(st.sampled_from(REASONS), min_size=1).map(joined))


def degree(value: int) -> int:
    """0, 1 or 2: Kleene's false, unknown and true."""
    return {FALSE: 0, TRUE: 2}.get(value, 1)


@given(values, values)
def test_and_is_the_least_and_or_the_greatest_as_kleene_has_it(one: int, other: int) -> None:
    assert degree(both(one, other)) == min(degree(one), degree(other))
    assert degree(either(one, other)) == max(degree(one), degree(other))
    assert degree(opposite(one)) == 2 - degree(one)


@given(values, values, values)
def test_order_and_grouping_change_neither_truth_nor_reasons(a: int, b: int, c: int) -> None:
    assert both(a, b) == both(b, a)
    assert either(a, b) == either(b, a)
    assert both(a, both(b, c)) == both(both(a, b), c)
    assert either(a, either(b, c)) == either(either(a, b), c)


@given(values, values)
def test_de_morgan_holds_with_the_reasons(a: int, b: int) -> None:
    assert opposite(both(a, b)) == either(opposite(a), opposite(b))
    assert opposite(opposite(a)) == a


@given(values)
def test_true_and_false_are_neutral_or_decide(a: int) -> None:
    assert (both(a, TRUE), either(a, FALSE)) == (a, a)
    assert (both(a, FALSE), either(a, TRUE)) == (FALSE, TRUE)
    assert (both(a, a), either(a, a)) == (a, a)


@given(values, values)
def test_only_unknown_parts_are_blamed(a: int, b: int) -> None:
    blamed = {reason for reason in REASONS if both(a, b) & 1 << reason}
    own = {reason for value in (a, b) for reason in REASONS if value & 1 << reason}
    assert blamed == (own if FALSE not in (a, b) else set())


@given(values, values)
def test_then_and_otherwise_pass_on_where_the_first_is_sure(a: int, b: int) -> None:
    assert then(a, b) == (b if a == TRUE else a)
    assert otherwise(a, b) == (b if a == FALSE else a)


@given(st.lists(st.tuples(values, values), min_size=1))
def test_arrays_obey_the_same_operations_as_single_values(pairs: list[tuple[int, int]]) -> None:
    first, second = (np.array(column, dtype=np.uint8) for column in zip(*pairs, strict=True))
    for operation in (both, either, then, otherwise):
        found = operation(first, second)
        assert found.dtype == np.uint8
        assert found.tolist() == [operation(a, b) for a, b in pairs]
    assert opposite(first).tolist() == [opposite(a) for a, _ in pairs]
    assert verdicts(first).tolist() == [verdict(a) for a, _ in pairs]


def test_nothing_at_all_is_true_of_all_and_false_of_some() -> None:
    assert every([]) == TRUE
    assert some([]) == FALSE


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (TRUE, Verdict.SUPPORTED),
        (FALSE, Verdict.CONTRADICTED),
        *((unknown(reason), reason) for reason in REASONS),
    ],
)
def test_every_value_has_its_verdict(value: int, found: Verdict) -> None:
    assert verdict(value) == found


@given(st.sets(st.sampled_from(REASONS), min_size=1))
def test_of_several_reasons_the_first_is_told(reasons: set[Verdict]) -> None:
    assert verdict(joined(reasons)) == min(reasons)
