"""Grids: every combination once and in order, and draws that do not depend on how they are cut."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concausa.audit.worlds.grid import BLOCK, Grid

sizes = st.lists(st.integers(1, 4), max_size=5).map(tuple)


def rows(columns: tuple[np.ndarray, ...], n: int) -> list[tuple[int, ...]]:
    return list(zip(*(column.tolist() for column in columns), strict=True)) if columns else [()] * n


@given(sizes, st.data())
def test_a_grid_lists_every_combination_once_the_last_choice_fastest(
    sizes: tuple[int, ...], data: st.DataObject
) -> None:
    grid, every = Grid(sizes), list(product(*(range(size) for size in sizes)))
    start = data.draw(st.integers(0, grid.size))
    stop = data.draw(st.integers(start, grid.size))
    assert grid.size == len(every)
    assert rows(grid.columns(start, stop), stop - start) == every[start:stop]


def test_a_range_outside_the_grid_is_refused() -> None:
    with pytest.raises(IndexError):
        Grid((2, 2)).columns(0, 5)


def test_the_end_of_a_grid_as_large_as_a_word_is_numbered_rightly() -> None:
    grid = Grid((2,) * 62)
    assert [column.tolist() for column in grid.columns(grid.size - 1, grid.size)] == [[1]] * 62


def test_a_shorter_draw_is_the_beginning_of_a_longer_one() -> None:
    grid = Grid((3, 5))
    short, long = grid.sample(BLOCK + 7, 4, "K1"), grid.sample(2 * BLOCK + 9, 4, "K1")
    for one, other in zip(short, long, strict=True):
        assert one.shape == (BLOCK + 7,)
        assert one.tobytes() == other[: BLOCK + 7].tobytes()


def test_a_draw_is_put_together_from_its_blocks() -> None:
    grid = Grid((3, 5))
    whole = grid.sample(2 * BLOCK, 4, "K1")
    for number in (0, 1):
        for one, other in zip(grid.block(number, 4, "K1"), whole, strict=True):
            assert one.tobytes() == other[number * BLOCK : (number + 1) * BLOCK].tobytes()


@pytest.mark.parametrize(("seed", "key"), [(5, "K1"), (4, "K2")])
def test_another_seed_or_another_claim_draws_other_worlds(seed: int, key: str) -> None:
    grid = Grid((50, 50))
    first, other = grid.sample(100, 4, "K1"), grid.sample(100, seed, key)
    assert any(a.tobytes() != b.tobytes() for a, b in zip(first, other, strict=True))


def test_options_are_drawn_about_equally_often() -> None:
    # 60,000 draws of 6 options: 10,000 each, standard deviation 91; six of these are 548.
    (column,) = Grid((6,)).sample(60_000, 1, "K1")
    counts = np.bincount(column, minlength=6)
    assert len(counts) == 6 and abs(counts - 10_000).max() < 548


def test_an_empty_draw_is_empty() -> None:
    assert [column.shape for column in Grid((2, 3)).sample(0, 1, "K1")] == [(0,), (0,)]
