"""Cubes are checked against sets of points written out one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reference.brute_primes import Cube, points

from concausa._kernels import cubes as cubes_module
from concausa._kernels.cubes import as_cubes, complement, completions, covers, expand, meet, unique

LEVELS = st.lists(st.integers(1, 4), min_size=1, max_size=4).map(tuple)


@st.composite
def spaces(draw: st.DrawFn) -> tuple[tuple[int, ...], list[Cube]]:
    levels = draw(LEVELS)
    cube = st.tuples(*[st.integers(-1, count - 1) for count in levels])
    return levels, draw(st.lists(cube, max_size=6))


def as_set(cubes: np.ndarray) -> set[Cube]:
    return {tuple(cube) for cube in cubes.tolist()}


@given(spaces())
def test_expanding_gives_each_point_of_the_union_once(space: tuple[tuple[int, ...], list[Cube]]) -> None:
    levels, cubes = space
    found = expand(as_cubes(cubes, len(levels)), levels).tolist()
    assert found == sorted(map(list, {point for cube in cubes for point in points(cube, levels)}))


@given(spaces())
def test_a_complement_is_disjoint_and_holds_what_is_left_and_nothing_else(
    space: tuple[tuple[int, ...], list[Cube]],
) -> None:
    levels, cubes = space
    left = complement(as_cubes(cubes, len(levels)), levels)
    taken = {point for cube in cubes for point in points(cube, levels)}
    parts = [points(tuple(cube), levels) for cube in left.tolist()]
    assert sum(map(len, parts)) == len(set().union(*parts))
    assert set().union(*parts) == points((-1,) * len(levels), levels) - taken
    assert completions(left, levels) == sum(map(len, parts))


@pytest.mark.parametrize("small", [0, 1 << 13])
@given(spaces())
def test_containing_and_meeting_are_what_the_sets_of_points_say(
    small: int, space: tuple[tuple[int, ...], list[Cube]]
) -> None:
    levels, rows = space
    half = len(rows) // 2
    left, right = as_cubes(rows[:half], len(levels)), as_cubes(rows[half:], len(levels))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cubes_module, "SMALL", small)
        contained, touching = covers(left, right), meet(left, right)
    for i, cube in enumerate(rows[:half]):
        for j, other in enumerate(rows[half:]):
            assert touching[i, j] == bool(points(cube, levels) & points(other, levels))
            if min(levels) > 1:
                assert contained[i, j] == (points(other, levels) <= points(cube, levels))


def test_equal_rows_become_one_and_no_rows_stay_none() -> None:
    twice = np.array([[1, -1], [0, 1], [1, -1]], dtype=np.int8)
    assert unique(twice).tolist() == [[0, 1], [1, -1]]
    assert unique(as_cubes([], 3)).shape == (0, 3)


def test_many_cubes_are_held_against_points_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    cubes = rng.integers(-1, 3, (300, 5)).astype(np.int8)
    rows = rng.integers(0, 3, (70, 5)).astype(np.int8)
    whole = covers(cubes, rows)
    monkeypatch.setattr(cubes_module, "BLOCK", 700)
    assert (covers(cubes, rows) == whole).all()
    assert whole[0].tolist() == [
        all(c in (-1, v) for c, v in zip(cubes[0], row, strict=True)) for row in rows
    ]
