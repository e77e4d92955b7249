"""Covers: against every set of cubes of small charts, by counts known from arithmetic, and by laws."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference import brute_covers

from concausa._kernels import covers as module
from concausa._kernels.cover_bound import SCALE, Bound, dual_weights
from concausa._kernels.covers import Covers, irredundant_covers, minimum_covers


@st.composite
def charts(draw: st.DrawFn) -> list[list[bool]]:
    cubes, points = draw(st.integers(1, 8)), draw(st.integers(1, 7))
    chart = draw(
        st.lists(st.lists(st.booleans(), min_size=points, max_size=points), min_size=cubes, max_size=cubes)
    )
    for point in range(points):
        if not any(row[point] for row in chart):
            chart[draw(st.integers(0, cubes - 1))][point] = True
    return chart


def array(chart: list[list[bool]]) -> np.ndarray:
    return np.array(chart, dtype=bool)


@pytest.mark.parametrize("small", [0, 3_000])
@settings(max_examples=75)
@given(charts())
def test_all_covers_of_a_small_chart_are_found_once_and_nothing_else(
    small: int, chart: list[list[bool]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SMALL", small)
        fewest, all_ = minimum_covers(array(chart)), irredundant_covers(array(chart))
    wanted = brute_covers.minimum(chart)
    assert fewest == Covers(tuple(wanted), len(wanted), True, len(wanted[0]), len(wanted[0]))
    wanted = sorted(brute_covers.irredundant(chart), key=lambda cover: (len(cover), cover))
    assert all_ == Covers(tuple(wanted), len(wanted), True, len(wanted[0]), len(wanted[0]))


@given(charts(), st.randoms(use_true_random=False))
def test_the_order_of_the_points_changes_nothing(chart: list[list[bool]], random: object) -> None:
    order = list(range(len(chart[0])))
    random.shuffle(order)  # type: ignore[attr-defined]
    assert minimum_covers(array(chart)[:, order], limit=2) == minimum_covers(array(chart), limit=2)
    assert irredundant_covers(array(chart)[:, order], limit=2) == irredundant_covers(array(chart), limit=2)


def ring(n: int) -> np.ndarray:
    """Cube i covers points i and i + 1, all round."""
    return np.eye(n, dtype=bool) | np.roll(np.eye(n, dtype=bool), 1, axis=1)


@pytest.mark.parametrize(
    ("n", "least", "count"), [(4, 2, 2), (7, 4, 7), (10, 5, 2), (20, 10, 2), (70, 35, 2)]
)
def test_an_even_ring_is_covered_in_two_ways_and_an_odd_one_in_as_many_as_it_has_points(
    n: int, least: int, count: int
) -> None:
    found = minimum_covers(ring(n))
    assert (found.size, found.lower, found.count, found.exact) == (least, least, count, True)


def perrin(n: int) -> int:
    """The minimal vertex covers of a ring of n: Perrin's numbers, P(n) = P(n - 2) + P(n - 3) from 3, 0, 2.

    Füredi (1987), Journal of Graph Theory 11(4), 463-470. https://doi.org/10.1002/jgt.3190110403
    """
    values = [3, 0, 2]
    while len(values) <= n:
        values.append(values[-2] + values[-3])
    return values[n]


@pytest.mark.parametrize("n", [5, 12, 25, 40])
def test_the_irredundant_covers_of_a_ring_are_counted_beyond_what_is_listed(n: int) -> None:
    found = irredundant_covers(ring(n), limit=50)
    assert found.exact
    assert found.count == perrin(n)
    assert len(found.sets) == min(50, perrin(n))


def test_cubes_that_cover_the_same_multiply() -> None:
    chart = np.repeat(ring(7), 3, axis=0)
    found = minimum_covers(chart, limit=10)
    assert (found.count, len(found.sets)) == (7 * 3**4, 10)


def test_parts_without_a_common_cube_multiply() -> None:
    whole = np.kron(np.eye(6, dtype=bool), ring(7))
    found = minimum_covers(whole)
    assert (found.size, found.count, found.exact) == (24, 7**6, True)
    assert len(set(found.sets)) == len(found.sets) == module.LIMIT
    assert irredundant_covers(whole).count == perrin(7) ** 6


def test_two_points_a_cube_over_all_pairs_make_pairings() -> None:
    # All pairs of 8 points: 7 * 5 * 3 * 1 ways to pair them off.
    pairs = np.array([[p in (i, j) for p in range(8)] for i in range(8) for j in range(i)], dtype=bool)
    assert len(pairs) == comb(8, 2)
    found = minimum_covers(pairs)
    assert (found.size, found.count) == (4, 105)


def test_a_point_that_only_one_cube_covers_puts_it_into_every_cover() -> None:
    chart = np.array([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1], [0, 1, 0, 1]], dtype=bool)
    assert all(0 in cover for cover in irredundant_covers(chart).sets)


def test_no_points_need_no_cubes() -> None:
    assert minimum_covers(np.zeros((3, 0), dtype=bool)) == Covers(((),), 1, True, 0, 0)
    assert irredundant_covers(np.zeros((0, 0), dtype=bool)) == Covers(((),), 1, True, 0, 0)


def test_a_point_that_nothing_covers_is_refused() -> None:
    with pytest.raises(ValueError, match="in no cube"):
        minimum_covers(np.array([[1, 0]], dtype=bool))


@pytest.mark.parametrize("points", [24, 80])
def test_a_search_cut_short_says_so_and_its_bounds_hold(points: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SMALL", 0)
    chart = np.random.default_rng(points).random((60, points)) < 0.2
    chart[np.arange(points) % 60, np.arange(points)] = True
    cut = minimum_covers(chart, budget=300)
    assert not cut.exact
    assert cut.lower <= cut.size
    assert 1 <= len(cut.sets) <= cut.count
    for cover in cut.sets:
        assert len(cover) == cut.size
        assert chart[list(cover)].any(axis=0).all()
    some = irredundant_covers(chart, budget=300, limit=20)
    assert not some.exact
    for cover in some.sets:
        assert chart[list(cover)].any(axis=0).all()
        assert all(not chart[[c for c in cover if c != one]].any(axis=0).all() for one in cover)


@settings(max_examples=50)
@given(charts())
def test_the_weights_of_points_load_no_class_over_one_and_never_ask_for_too_many(
    chart: list[list[bool]],
) -> None:
    bits = array(chart)
    bits = bits[bits.any(axis=1)]
    weights = dual_weights(bits.astype(float))
    assert (weights >= 0).all()
    assert (bits @ weights <= SCALE).all()
    assert 1 <= Bound(bits, 1).needed <= len(brute_covers.minimum(chart)[0])
