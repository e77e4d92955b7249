"""Balance of two groups before and after a match, by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest

from concausa.core.errors import ConcausaError, OptionError, UnknownNameError
from concausa.selection.balance import balance
from concausa.selection.candidates import candidates

#: x has mean 4 and variance (16 + 4 + 0 + 4 + 16) / 4 = 10.
FIVE = candidates(
    {"x": [0, 2, 4, 6, 8], "party": ["p", "q", "p", "q", "q"]}, covariates=["x", "party"], units=list("ABCDE")
)


def test_differences_are_in_standard_deviations_of_all_candidates_before_and_after() -> None:
    x, p, q = balance(FIVE, treated=["A"], matched=["B"]).rows
    assert x.before == pytest.approx((0 - 5) / math.sqrt(10))
    assert x.after == pytest.approx((0 - 2) / math.sqrt(10))
    # party p: 1 0 1 0 0, variance 3/10; others hold it in one of four
    assert (p.level, p.before) == ("p", pytest.approx((1 - 0.25) / math.sqrt(0.3)))
    assert p.after == pytest.approx(1 / math.sqrt(0.3))
    assert q.after == pytest.approx(-1 / math.sqrt(0.3))


def test_the_share_of_closer_pairs_counts_those_that_differ_less() -> None:
    # ten pairs; four differ by 2, three by 4
    assert balance(FIVE, treated=["A"], matched=["B"]).rows[0].closer == 0
    assert balance(FIVE, treated=["A"], matched=["C"]).rows[0].closer == pytest.approx(0.4)
    assert balance(FIVE, treated=["A"], matched=["D"]).rows[0].closer == pytest.approx(0.7)


def test_variances_are_compared_where_both_groups_have_one() -> None:
    row = balance(FIVE, treated=["A", "E"], matched=["B", "D"]).rows[0]
    # variances 32 and 8; the others B, C, D: 4
    assert (row.ratio_after, row.ratio_before) == (pytest.approx(4), pytest.approx(8))
    alone = balance(FIVE, treated=["A"], matched=["B"])
    assert math.isnan(alone.rows[0].ratio_after)
    assert [caveat.kind for caveat in alone.caveats] == ["small"]


def test_a_gap_is_shown_as_one() -> None:
    holed = candidates({"x": [None, 2, 4]}, covariates=["x"], units=list("ABC"))
    found = balance(holed, treated=["A"], matched=["B"])
    assert math.isnan(found.rows[0].after)
    assert found.table().column("after")[0].missing
    assert found.data()["rows"][0]["after"] is None


@pytest.mark.parametrize(
    ("groups", "error", "what"),
    [
        ({"treated": [], "matched": ["B"]}, OptionError, "treated is a list of units"),
        ({"treated": ["A"], "matched": "B"}, OptionError, "matched is a list of units"),
        ({"treated": ["A"], "matched": ["A", "B"]}, OptionError, "A is both treated and matched"),
        ({"treated": ["Z"], "matched": ["B"]}, UnknownNameError, "there is no candidate 'Z'"),
    ],
)
def test_groups_that_are_none_are_refused(
    groups: dict[str, Any], error: type[ConcausaError], what: str
) -> None:
    with pytest.raises(error) as caught:
        balance(FIVE, **groups)
    assert caught.value.what == what
