"""Van Evera's four tests: regions, both directions, ranges."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concausa.core.errors import OptionError
from concausa.tracing.evidence_test import KINDS, evidence_test
from concausa.tracing.weight import Weight

F = Fraction


@pytest.mark.parametrize(
    ("likelihood", "rival", "kind"),
    [
        # Certain and not unique: failing is 1/20 over 1/2, one to ten.
        ("19/20", "1/2", "hoop"),
        # Unique and not certain: passing is 1/2 over 1/20, ten to one.
        ("1/2", "1/20", "smoking gun"),
        ("19/20", "1/20", "doubly decisive"),
        ("3/5", "2/5", "straw in the wind"),
        # The strict forms: a hoop that must be there, a trace that only this hypothesis leaves.
        (1, "1/2", "hoop"),
        ("1/2", 0, "smoking gun"),
        (1, 0, "doubly decisive"),
        ("1/2", "1/2", "straw in the wind"),
        (1, 1, "straw in the wind"),
    ],
)
def test_certainty_and_uniqueness_make_the_four_tests(likelihood: str, rival: str, kind: str) -> None:
    found = evidence_test(likelihood, rival)
    assert found.kinds == (kind,)
    assert found.favours == (0 if likelihood == rival else 1)


def test_passing_and_failing_are_both_told() -> None:
    found = evidence_test("19/20", "1/2")
    assert found.passing == Weight(F(19, 10), F(19, 10))
    assert found.failing == Weight(F(1, 10), F(1, 10))
    strict = evidence_test(1, "1/2")
    assert strict.failing is not None
    assert strict.failing.decibels == (-math.inf, -math.inf)


def test_an_item_that_the_rival_expects_more_is_a_test_of_the_rival() -> None:
    found = evidence_test("1/2", "19/20")
    assert (found.kinds, found.favours) == (("hoop",), -1)
    assert str(found).startswith("hoop for the rival: passing")
    assert found.named("a", "b") == "hoop for b"
    assert evidence_test("19/20", "1/2").named("a", "b") == "hoop for a"


def test_another_cut_off_moves_the_regions() -> None:
    assert evidence_test("3/5", "1/5").kinds == ("straw in the wind",)
    assert evidence_test("3/5", "1/5", cutoff=3).kinds == ("smoking gun",)


@pytest.mark.parametrize("cutoff", [1, 0.5])
def test_a_cut_off_of_one_or_less_is_refused(cutoff: float) -> None:
    with pytest.raises(OptionError, match="the cut-off is"):
        evidence_test(0.5, 0.1, cutoff=cutoff)


grid = st.fractions(0, 1, max_denominator=8)
ranges = st.tuples(grid, grid).map(lambda pair: (min(pair), max(pair)))


@given(ranges, ranges, st.sampled_from([F(2), F(3), F(10)]))
def test_the_kinds_of_a_range_hold_those_of_every_point_in_it(
    p: tuple[F, F], q: tuple[F, F], cutoff: F
) -> None:
    found = evidence_test(p, q, cutoff=cutoff)
    seen = {
        evidence_test(p[0] + (p[1] - p[0]) * F(i, 6), q[0] + (q[1] - q[0]) * F(j, 6), cutoff=cutoff).kinds[0]
        for i in range(7)
        for j in range(7)
    }
    assert seen <= set(found.kinds)
    assert list(found.kinds) == [kind for kind in KINDS if kind in found.kinds]


@given(grid, grid)
def test_seen_from_the_other_side_it_is_the_same_test(p: F, q: F) -> None:
    one, other = evidence_test(p, q), evidence_test(q, p)
    assert (one.kinds, one.favours) == (other.kinds, -other.favours)
    if one.passing and other.passing:
        assert one.passing == other.passing.inverse
