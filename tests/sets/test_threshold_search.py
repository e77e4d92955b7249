"""Thresholds that the data suggest, against every other way to part them."""

from __future__ import annotations

import itertools
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.reference import calibration as slow

from concausa.core.errors import DataError, OptionError
from concausa.sets.threshold_search import suggest_thresholds

VALUES = st.lists(st.integers(0, 60), min_size=3, max_size=10)
WAYS = ["gaps", "clusters", "natural breaks"]


def parted(values: list[int], thresholds: tuple[float, ...]) -> list[list[int]]:
    groups: list[list[int]] = [[] for _ in range(len(thresholds) + 1)]
    for value in sorted(values):
        groups[sum(value > cut for cut in thresholds)].append(value)
    return groups


@given(VALUES, st.integers(1, 3))
def test_natural_breaks_have_the_least_sum_of_squares_of_all_partitions(values: list[int], n: int) -> None:
    assume(len(set(values)) > n)
    found = parted(values, suggest_thresholds(values, n, by="natural breaks").thresholds)
    least = min(slow.squares(groups) for groups in slow.partitions(values, n + 1))
    assert slow.squares(found) == pytest.approx(least, abs=1e-6)


@given(VALUES, st.integers(1, 3))
def test_gaps_are_the_widest_there_are(values: list[int], n: int) -> None:
    assume(len(set(values)) > n)
    found = suggest_thresholds(values, n, by="gaps")
    ordered = sorted(set(values))
    widest = sorted((b - a for a, b in itertools.pairwise(ordered)), reverse=True)[:n]
    assert sorted((gap.size for gap in found.gaps if gap.chosen), reverse=True) == widest


@given(
    st.lists(st.sampled_from([2**k + 7 * k for k in range(12)]), min_size=3, max_size=9), st.integers(1, 3)
)
@pytest.mark.parametrize("linkage", ["single", "complete", "average"])
def test_clusters_are_those_of_merging_the_two_nearest_of_all(
    linkage: Any, values: list[int], n: int
) -> None:
    assume(len(set(values)) > n)
    found = suggest_thresholds(values, n, linkage=linkage)
    assume("tie" not in [caveat.kind for caveat in found.caveats])
    assert parted(values, found.thresholds) == slow.clusters(values, n + 1, linkage)


def test_single_linkage_cuts_at_the_widest_gaps() -> None:
    values = [1, 4, 5, 11, 12, 20]
    single = suggest_thresholds(values, 2, linkage="single").thresholds
    assert single == suggest_thresholds(values, 2, by="gaps").thresholds == (8, 16)


@given(VALUES, st.integers(1, 3), st.sampled_from(WAYS))
def test_thresholds_lie_in_gaps_and_equal_values_are_never_parted(values: list[int], n: int, by: Any) -> None:
    assume(len(set(values)) > n)
    found = suggest_thresholds(values, n, by=by)
    assert len(found.thresholds) == n == sum(gap.chosen for gap in found.gaps)
    assert list(found.thresholds) == sorted(found.thresholds)
    assert not set(found.thresholds) & set(values)
    for gap in found.gaps:
        assert gap.below < gap.threshold < gap.above
        assert gap.cases_below == sum(value <= gap.below for value in values)
        assert gap.cases_below + gap.cases_above == len(values)
    assert sum(gap.share for gap in found.gaps) == pytest.approx(1)


@given(VALUES, st.integers(1, 3), st.sampled_from(WAYS))
def test_the_order_of_cases_does_not_matter_and_neither_does_the_unit(
    values: list[int], n: int, by: Any
) -> None:
    assume(len(set(values)) > n)
    found = suggest_thresholds(values, n, by=by)
    assert suggest_thresholds(values[::-1], n, by=by) == found
    moved = suggest_thresholds([8 * value - 100 for value in values], n, by=by)
    assert moved.thresholds == tuple(8 * cut - 100 for cut in found.thresholds)


@pytest.mark.parametrize("by", WAYS)
def test_equally_good_thresholds_are_named(by: Any) -> None:
    # 0, 1, 2 are symmetric: a cut at .5 is as good as one at 1.5 by each criterion.
    found = suggest_thresholds([0, 1, 2], 1, by=by)
    assert found.thresholds == (0.5,)
    (tie,) = [str(caveat) for caveat in found.caveats if caveat.kind == "tie"]
    assert tie.endswith(": 1.5")
    clear = suggest_thresholds([0, 1, 5], 1, by=by)
    assert clear.thresholds == (3,)
    assert [caveat.kind for caveat in clear.caveats] == ["suggestion"]


def test_wealth_between_the_wars_by_hand() -> None:
    # GNP per capita of 18 countries (Rihoux & Ragin 2009, table 3.1). The widest gaps: 795 to 897 (102), 897 to 983
    # (86), 720 to 795 (75).
    wealth = [720, 1098, 586, 468, 590, 983, 795, 390, 424, 662, 517, 1008, 350, 320, 331, 367, 897, 1038]
    found = suggest_thresholds(wealth, 3, by="gaps", name="GNP")
    assert found.thresholds == (757.5, 846, 940)
    first = next(iter(found.table()))
    assert (first["below"].value, first["above"].value, first["gap"].value) == (795, 897, 102)
    assert (first["cases_below"].value, first["cases_above"].value) == (13, 5)
    assert "say why the cases on either side differ in kind" in str(found.caveats[-1])
    assert "differ in kind" in str(found)
    assert json.loads(json.dumps(found.data()))["thresholds"] == [757.5, 846, 940]
    assert "<table" in found._repr_html_()


def test_a_threshold_between_neighbouring_numbers_parts_them_all_the_same() -> None:
    low = 1.0
    high = float(np.nextafter(low, 2))
    (cut,) = suggest_thresholds([low, high]).thresholds
    assert low < cut <= high


def test_missing_values_are_left_aside_when_asked_for() -> None:
    assert suggest_thresholds([1, None, 2, 9], missing="keep").thresholds == (5.5,)
    with pytest.raises(DataError, match="a value is missing"):
        suggest_thresholds([1, None, 2, 9])


@pytest.mark.parametrize(
    ("call", "kind", "what", "fix"),
    [
        (lambda: suggest_thresholds([1, 2, 3], 0), OptionError, "n cannot be 0", "give 1 or more"),
        (lambda: suggest_thresholds([1, 2, 3], 1.5), OptionError, "n cannot be 1.5", "give 1 or more"),  # type: ignore[arg-type]
        (
            lambda: suggest_thresholds([1, 2, 2], 2),
            OptionError,
            "2 different values have room for 1 threshold, not 2",
            "ask for fewer",
        ),
        (
            lambda: suggest_thresholds([4, 4]),
            DataError,
            "all values are the same",
            "there is no gap for a threshold to lie in",
        ),
        (
            lambda: suggest_thresholds([1, 2], by="gap"),  # type: ignore[arg-type]
            OptionError,
            "by cannot be 'gap'",
            "did you mean 'gaps'? it can be 'gaps', 'clusters', 'natural breaks'",
        ),
        (
            lambda: suggest_thresholds([1, 2], linkage="complet"),  # type: ignore[arg-type]
            OptionError,
            "linkage cannot be 'complet'",
            "did you mean 'complete'? it can be 'complete', 'average', 'single'",
        ),
    ],
)
def test_what_cannot_be_suggested_is_refused(call: Any, kind: type[Exception], what: str, fix: str) -> None:
    with pytest.raises(kind) as refused:
        call()
    assert (refused.value.what, refused.value.fix) == (what, fix)  # type: ignore[attr-defined]
