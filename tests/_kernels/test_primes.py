"""Prime implicants: against every cube of small spaces, known counts, and laws in large ones."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference import brute_primes
from tests.reference.brute_primes import Cube, points

from concausa._kernels import primes as module
from concausa._kernels.cube_codes import Codes, distinct
from concausa._kernels.cubes import as_cubes, complement, covers, meet
from concausa._kernels.primes import prime_implicants, primes_of

WAYS = {"table": {"TABLE": 10**9}, "grid": {"TABLE": 0, "MANY": -1}, "search": {"TABLE": 0, "GRID": 0}}


@st.composite
def functions(draw: st.DrawFn) -> tuple[tuple[int, ...], list[Cube], list[Cube]]:
    levels = tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=4)))
    cube = st.tuples(*[st.one_of(st.integers(0, c - 1), st.integers(-1, c - 1)) for c in levels])
    on: list[Cube] = []
    off: list[Cube] = []
    for row, positive in draw(st.lists(st.tuples(cube, st.booleans()), max_size=9)):
        mine, others = (on, off) if positive else (off, on)
        if not any(points(row, levels) & points(other, levels) for other in others):
            mine.append(row)
    return levels, on, off


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=75)
@given(functions())
def test_every_prime_implicant_of_a_small_space_is_found_and_nothing_else(
    way: str, function: tuple[tuple[int, ...], list[Cube], list[Cube]]
) -> None:
    levels, on, off = function
    k = len(levels)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in WAYS[way].items():
            patch.setattr(module, name, value)
        found = prime_implicants(as_cubes(on, k), as_cubes(off, k), levels)
        bare = primes_of(as_cubes(on, k), levels)
    assert found.complete and bare.complete
    rows = [tuple(cube) for cube in found.cubes.tolist()]
    assert rows == sorted(brute_primes.primes(on, off, levels), key=listing)
    rest = [tuple(cube) for cube in complement(as_cubes(on, k), levels).tolist()]
    assert [tuple(cube) for cube in bare.cubes.tolist()] == sorted(
        brute_primes.primes(on, rest, levels), key=listing
    )


def listing(cube: Cube) -> tuple[object, ...]:
    """Fewest literals first, then by conditions (the first ones first), then by values, high first."""
    return sum(v >= 0 for v in cube), [v < 0 for v in cube], [-v for v in cube if v >= 0]


def random_rows(k: int, n: int, seed: int, levels: int = 2) -> np.ndarray:
    rng = np.random.default_rng(seed)
    rows = np.unique(rng.integers(0, levels, (2 * n, k)), axis=0)
    return rng.permutation(rows)[:n].astype(np.int8)


def loosened(cubes: np.ndarray) -> np.ndarray:
    """Every cube without one of its literals."""
    parts = []
    for condition in range(cubes.shape[1]):
        wider = cubes[cubes[:, condition] >= 0].copy()
        wider[:, condition] = -1
        parts.append(wider)
    return np.concatenate(parts)


@pytest.mark.parametrize(
    ("k", "levels", "n"),
    [(6, 2, 12), (12, 2, 15), (20, 2, 12), (33, 2, 6), (64, 2, 4), (11, 5, 10), (40, 3, 4)],
)
def test_in_any_space_they_touch_on_avoid_off_and_lose_no_literal(k: int, levels: int, n: int) -> None:
    rows = random_rows(k, 2 * n, seed=k, levels=levels)
    on, off = rows[:n], rows[n:]
    found = prime_implicants(on, off, (levels,) * k, budget=2_000_000)
    assert found.complete
    assert covers(found.cubes, on).any(axis=1).all()
    assert not meet(found.cubes, off).any()
    assert meet(loosened(found.cubes), off).any(axis=1).all()
    assert len(np.unique(found.cubes, axis=0)) == len(found.cubes)


@pytest.mark.parametrize("k", [3, 6, 9, 12])
def test_parity_has_every_odd_point_as_a_prime_of_its_own(k: int) -> None:
    odd = np.array([p for p in itertools.product((0, 1), repeat=k) if sum(p) % 2], dtype=np.int8)
    found = primes_of(odd, (2,) * k).cubes
    assert len(found) == 2 ** (k - 1)
    assert (found >= 0).all()


@pytest.mark.parametrize(("k", "count"), [(3, 6), (6, 90), (9, 1680)])
def test_the_middle_third_of_the_cube_has_the_known_count_of_primes(k: int, count: int) -> None:
    # True where a third to two thirds of the conditions are: a prime fixes a third present, a third absent.
    # Dunham and Fridshal (1959), Journal of Symbolic Logic 24(1), 17-19.
    middle = [p for p in itertools.product((0, 1), repeat=k) if k <= 3 * sum(p) <= 2 * k]
    assert len(primes_of(np.array(middle, dtype=np.int8), (2,) * k).cubes) == count


def test_one_positive_row_against_its_opposite_keeps_one_literal_of_each_condition() -> None:
    on, off = np.ones((1, 64), dtype=np.int8), np.zeros((1, 64), dtype=np.int8)
    found = prime_implicants(on, off, (2,) * 64).cubes
    assert found.shape == (64, 64)
    assert (found.sum(axis=1) == 1 - 63).all()


def test_without_negatives_only_the_cube_that_is_always_true_is_left() -> None:
    on, none = np.array([[1, 0]], dtype=np.int8), as_cubes([], 2)
    assert prime_implicants(on, none, (2, 2)).cubes.tolist() == [[-1, -1]]
    assert prime_implicants(none, on, (2, 2)).cubes.shape == (0, 2)
    assert primes_of(np.array([[-1, -1]], dtype=np.int8), (2, 2)).cubes.tolist() == [[-1, -1]]
    assert primes_of(none, (2, 2)).cubes.shape == (0, 2)


def test_a_condition_with_one_value_is_in_no_implicant() -> None:
    on, off = np.array([[0, 1]], dtype=np.int8), np.array([[0, 0]], dtype=np.int8)
    assert prime_implicants(on, off, (1, 2)).cubes.tolist() == [[-1, 1]]


@pytest.mark.parametrize("way", WAYS)
def test_a_point_both_on_and_off_is_refused(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WAYS[way].items():
        monkeypatch.setattr(module, name, value)
    with pytest.raises(ValueError, match="both on and off"):
        prime_implicants(np.array([[1, -1]], dtype=np.int8), np.array([[1, 0]], dtype=np.int8), (2, 2))


@pytest.mark.parametrize("rows", [[[2, 0]], [[-2, 0]]])
def test_a_value_outside_its_condition_is_refused(rows: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="outside"):
        primes_of(np.array(rows, dtype=np.int8), (2, 2))


def test_rows_that_stand_for_too_many_points_are_refused() -> None:
    free, none = np.full((1, 40), -1, dtype=np.int8), np.zeros((1, 40), dtype=np.int8)
    free[0, 0] = 1
    with pytest.raises(OverflowError, match="more than 1000000 points"):
        prime_implicants(free, none, (2,) * 40)


def test_shuffled_rows_give_the_same_cubes_in_the_same_order() -> None:
    rows = random_rows(12, 40, seed=5)
    whole = prime_implicants(rows[:20], rows[20:], (2,) * 12).cubes
    again = prime_implicants(rows[:20][::-1].copy(), np.roll(rows[20:], 7, axis=0), (2,) * 12).cubes
    assert whole.tolist() == again.tolist()


@pytest.mark.parametrize("pile", [1, 1 << 18])
def test_a_search_that_ends_early_says_so_and_gives_true_primes_for_every_positive_row(
    pile: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PILE", pile)
    rows = random_rows(20, 60, seed=6)
    whole = prime_implicants(rows[:30], rows[30:], (2,) * 20)
    part = prime_implicants(rows[:30], rows[30:], (2,) * 20, budget=50)
    assert whole.complete and not part.complete
    assert len(part.cubes) <= 50 + 30
    assert covers(part.cubes, rows[:30]).any(axis=0).all()
    assert {tuple(c) for c in part.cubes.tolist()} <= {tuple(c) for c in whole.cubes.tolist()}


@pytest.mark.parametrize("levels", [(2,) * 5, (2,) * 31, (2,) * 64, (3, 5, 2, 7), (60,) * 20, (127, 2, 1)])
def test_codes_keep_cubes_and_sort_them_as_they_are_listed(levels: tuple[int, ...]) -> None:
    rng = np.random.default_rng(len(levels))
    rows = np.array([[rng.integers(c) for c in levels] for _ in range(40)], dtype=np.int8)
    chosen = rng.random((200, len(levels))) < 0.4
    which = rng.integers(0, 40, 200)
    bits = np.uint64(1) << np.arange(len(levels), dtype=np.uint64)[::-1]
    codes = Codes(rows, levels)
    wanted = {tuple(c) for c in np.where(chosen, rows[which], -1).tolist()}
    found = codes.decode(distinct(codes.encode(which, chosen @ bits))).tolist()
    assert [tuple(cube) for cube in found] == sorted(wanted, key=listing)
