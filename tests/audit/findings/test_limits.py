"""Limits: what chance, collinear conditions, empty rows and dependent units leave untold."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concausa.audit.findings.chance import Fit, chance, range_of
from concausa.audit.findings.collinear import collinear
from concausa.audit.findings.findings import findings
from concausa.audit.findings.limits import limits
from concausa.core.errors import OptionError
from concausa.study.study import Study


@pytest.mark.parametrize(
    ("numbers", "fit", "share"),
    [
        # Four cases, two with the outcome: six ways to deal it. One puts both into a set of two.
        ((4, 2, 2), "necessary", Fraction(1, 6)),
        # Into a set of three: AB, AC, BC of six.
        ((4, 2, 3), "necessary", Fraction(1, 2)),
        # A set of two cannot hold three.
        ((4, 3, 2), "necessary", Fraction(0)),
        # A set of one gets the outcome in half of the ways.
        ((4, 2, 1), "sufficient", Fraction(1, 2)),
        # Two sets of the same two cases.
        ((4, 2, 2), "both", Fraction(1, 6)),
        ((4, 2, 3), "both", Fraction(0)),
        # Where every case has the outcome, a fit is no feat.
        ((3, 3, 3), "necessary", Fraction(1)),
        ((5, 5, 2), "sufficient", Fraction(1)),
    ],
)
def test_the_chance_of_a_perfect_fit_is_counted_exactly(
    numbers: tuple[int, int, int], fit: Fit, share: Fraction
) -> None:
    assert chance(*numbers, fit).share == share


@given(st.integers(1, 7), st.data())
def test_the_chance_equals_the_count_of_all_ways_to_deal_the_outcome(n: int, data: st.DataObject) -> None:
    k, m = data.draw(st.integers(0, n)), data.draw(st.integers(0, n))
    members = set(range(m))
    dealt = [set(cases) for cases in combinations(range(n), k)]
    assert len(dealt) == comb(n, k)
    held = {
        "necessary": sum(cases <= members for cases in dealt),
        "sufficient": sum(members <= cases for cases in dealt),
        "both": sum(members == cases for cases in dealt),
    }
    for fit in ("necessary", "sufficient", "both"):
        assert chance(n, k, m, fit).share == Fraction(held[fit], len(dealt))


def test_a_chance_is_told_in_words_with_its_numbers() -> None:
    said = chance(4, 2, 2, "necessary").said
    assert said.template.format(
        **(dict(said.values) | {"set": "A", "claimed": "Y", "worlds": 3, "total": 5})
    ) == (
        "in 3 of 5 worlds 2 of 4 cases have Y and 2 are in A; of the 6 ways to deal Y out to so many cases, "
        "1 would put it into A alone"
    )


def test_numbers_that_do_not_fit_into_the_cases_are_refused() -> None:
    with pytest.raises(OptionError, match="5 with the outcome and 1 in the set do not fit into 4 cases"):
        chance(4, 5, 1, "necessary")


def test_over_worlds_the_lowest_and_the_highest_chance_are_told() -> None:
    found = [chance(4, 2, 3, "necessary"), chance(4, 2, 2, "necessary"), chance(4, 2, 4, "necessary")]
    low, high = range_of(found) or pytest.fail("there are three")
    assert (low.share, high.share) == (Fraction(1, 6), Fraction(1))
    assert range_of([]) is None


def test_conditions_on_the_same_side_in_every_case_are_named_with_the_worlds_in_which_they_are() -> None:
    a = np.array([[2, 2, 0], [2, 0, 0]], dtype=np.int8)
    b = np.array([[2, 2, 0], [2, 2, 0]], dtype=np.int8)
    (found,) = collinear({"A": a, "B": b})
    assert (found.one, found.other, found.opposite, found.share) == ("A", "B", False, Fraction(1, 2))
    assert str(found.said) == "A and B lie on the same side in every case in 1 of 2 worlds"


def test_conditions_always_on_opposite_sides_cannot_be_told_apart_either() -> None:
    a = np.array([[2, 2, 0]], dtype=np.int8)
    (found,) = collinear({"A": a, "B": 2 - a})
    assert found.opposite
    assert str(found.said) == "A and B lie on opposite sides in every case in 1 of 1 worlds"


def test_a_condition_that_never_varies_or_has_a_case_on_the_crossover_is_collinear_with_none() -> None:
    varies = np.array([[2, 2, 0]], dtype=np.int8)
    for other in ([[2, 2, 2]], [[2, 1, 0]]):
        assert collinear({"A": varies, "B": np.array(other, dtype=np.int8)}) == ()
    assert collinear({"A": np.array([[2, 2]], dtype=np.int8), "B": np.array([[2, 2]], dtype=np.int8)}) == ()


@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_collinear_agrees_with_a_look_at_every_world(worlds: int, cases: int, data: st.DataObject) -> None:
    def draw() -> np.ndarray:
        row = st.lists(st.sampled_from([0, 1, 2]), min_size=cases, max_size=cases)
        return np.array(data.draw(st.lists(row, min_size=worlds, max_size=worlds)), dtype=np.int8)

    a, b = draw(), draw()
    for opposite in (False, True):
        seen = sum(
            {0, 2} == set(x) == set(y) and all((p == q) != opposite for p, q in zip(x, y, strict=True))
            for x, y in zip(a.tolist(), b.tolist(), strict=True)
        )
        told = [pair.worlds for pair in collinear({"A": a, "B": b}) if pair.opposite == opposite]
        assert told == ([seen] if seen else [])


def test_rows_outside_what_a_claim_judges_are_no_rows_that_it_leaves_untested() -> None:
    study = Study.load("prosoft")
    made = findings(study, claims=["K-veto-without-cohesion", "K-necessary-EL"])
    under, free = (
        [limit for limit in limits(study, made.worlds, one) if limit.kind == "remainder"]
        for one in (made.of("K-veto-without-cohesion"), made.of("K-necessary-EL"))
    )
    # It is judged under ~BC: rows with BC, which no case without leadership fills, are none of its own.
    assert under == []
    # Every row without leadership is filled in some world.
    assert free == []
