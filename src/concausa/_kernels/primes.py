"""Prime implicants of an incompletely specified function of conditions with two or more values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.cube_codes import Codes, distinct
from concausa._kernels.cubes import FREE, Cubes, as_cubes, complement, completions, expand, meet
from concausa._kernels.lattice import Space, point_set, primes_in_space, primes_on_grid, space
from concausa._kernels.transversals import EFFORT, Search, minimal_edges, one_transversal

Words = NDArray[np.uint64]

ONE = np.uint64(1)
BUDGET = 1_000_000
TABLE = 20_000
GRID = 20_000_000
MANY = 1_000
MOST = 64
PILE = 1 << 18


@dataclass(frozen=True, slots=True, eq=False)
class Primes:
    """Prime implicants, fewest literals first; then by their conditions, then by their values, high first.

    cubes : int8, shape (p, k); -1 where a condition is free
    complete : bool; False where the budget ended the search, so that some may be missing; every point of
        the positive rows is in one of them even then
    """

    cubes: Cubes
    complete: bool


def prime_implicants(on: Cubes, off: Cubes, levels: Sequence[int], *, budget: int = BUDGET) -> Primes:
    """All widest cubes that contain a point of *on* and none of *off*.

    Parameters
    ----------
    on, off : int8, shapes (a, k) and (b, k)
        Rows; -1 stands for every value of the condition. What is in neither is free (a remainder).
    levels : sequence of int, length k
        How many values each condition has, 1 to 127; at most 64 conditions.
    budget : int
        Cubes that may be held; `transversals.EFFORT` times as many sets of literals may be tried.

    Returns
    -------
    Primes
        Without *off* the cube that is always true; none without *on*. The order depends on nothing but
        the cubes.

    Raises
    ------
    ValueError
        If a point is both on and off, a value lies outside its condition, or there are too many conditions.
    OverflowError
        If rows with free conditions stand for more points than *budget*.

    Notes
    -----
    A cube that contains row p avoids row q if it keeps a literal in which they differ: the prime implicants
    around p are the minimal hitting sets of p's differences from the rows in *off*. Small spaces are read
    off a table of all their cubes instead. The cost is about proportional to what is found.

    Examples
    --------
    >>> import numpy as np
    >>> on, off = np.array([[1, 1], [0, 0]], dtype=np.int8), np.array([[0, 1]], dtype=np.int8)
    >>> prime_implicants(on, off, (2, 2)).cubes.tolist()
    [[1, -1], [-1, 0]]
    """
    counts = _checked(levels)
    on, off = as_cubes(on, len(counts)), as_cubes(off, len(counts))
    if not len(on) or not len(off):
        return Primes(np.full((min(1, len(on)), len(counts)), FREE, dtype=np.int8), True)
    _check_values(np.concatenate((on, off)), counts)
    cells = prod([count + 1 for count in counts])
    if cells <= TABLE:
        within = space(counts)
        inside, outside = _points(on, counts, within), _points(off, counts, within)
        if (inside & outside).any():
            _refuse()
        return Primes(within.cubes[primes_in_space(inside, outside, within)], True)
    if cells <= GRID and completions(off, counts) > MANY:
        points, others = expand(on, counts), expand(off, counts)
        if meet(points, off).any():
            _refuse()
        return _in_order(primes_on_grid(points, others, counts), counts)
    return _search(on, off, counts, budget)


def primes_of(on: Cubes, levels: Sequence[int], *, budget: int = BUDGET) -> Primes:
    """All prime implicants where whatever is not in *on* is off; else as `prime_implicants`.

    Examples
    --------
    >>> import numpy as np
    >>> primes_of(np.array([[1, 1], [1, 0], [0, 0]], dtype=np.int8), (2, 2)).cubes.tolist()
    [[1, -1], [-1, 0]]
    """
    counts = _checked(levels)
    on = as_cubes(on, len(counts))
    if not len(on):
        return Primes(on, True)
    _check_values(on, counts)
    cells = prod([count + 1 for count in counts])
    if cells <= TABLE:
        within = space(counts)
        inside = _points(on, counts, within)
        return Primes(within.cubes[primes_in_space(inside, ~inside, within)], True)
    if cells <= GRID and completions(on, counts) > MANY:
        return _in_order(primes_on_grid(expand(on, counts), None, counts), counts)
    off = complement(on, counts)
    if not len(off):
        return Primes(np.full((1, len(counts)), FREE, dtype=np.int8), True)
    return _search(on, off, counts, budget)


def _points(rows: Cubes, levels: tuple[int, ...], within: Space) -> Words:
    """The points of *rows*, which may have free conditions, as bits."""
    numbers = rows @ within.weights
    if np.minimum.reduce(rows, axis=None) < 0:
        numbers = expand(rows, levels) @ within.weights
    return point_set(numbers, within)


def _search(on: Cubes, off: Cubes, levels: tuple[int, ...], budget: int) -> Primes:
    told = (off != FREE).any(axis=0)
    bare = np.where(told, on, 0).astype(np.int8)
    if completions(bare, levels) > budget:
        msg = f"the rows stand for more than {budget} points"
        raise OverflowError(msg)
    points = expand(bare, levels)
    bits = ONE << np.arange(len(levels), dtype=np.uint64)[::-1]
    families = [minimal_edges(((off != FREE) & (off != point)) @ bits) for point in points]
    if not all(edges[0] for edges in families):
        _refuse()
    codes, search = Codes(points, levels), Search(families, tries=EFFORT * budget)
    held = codes.encode(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint64))
    waiting, size = [held], 0
    for family, sets in search.run():
        waiting.append(codes.encode(family, sets))
        size += len(sets)
        if size > max(PILE, waiting[0].shape[1]):
            waiting, size = [distinct(np.concatenate(waiting, axis=1))], 0
            if waiting[0].shape[1] > budget:
                break
    held = distinct(np.concatenate(waiting, axis=1))
    if search.complete and held.shape[1] <= budget:
        return Primes(codes.decode(held), True)
    least = codes.encode(np.arange(len(points)), np.array([one_transversal(edges) for edges in families]))
    return Primes(codes.decode(distinct(np.concatenate([held[:, :budget], least], axis=1))), False)


def _in_order(cubes: Cubes, levels: tuple[int, ...]) -> Primes:
    codes = Codes(np.maximum(cubes, 0), levels)
    bits = ONE << np.arange(len(levels), dtype=np.uint64)[::-1]
    found = codes.encode(np.arange(len(cubes)), (cubes != FREE) @ bits)
    return Primes(codes.decode(distinct(found)), True)


def _checked(levels: Sequence[int]) -> tuple[int, ...]:
    counts = levels if isinstance(levels, tuple) else tuple(int(count) for count in levels)
    if len(counts) > MOST:
        msg = f"{len(counts)} conditions; at most {MOST}"
        raise ValueError(msg)
    return counts


@lru_cache(maxsize=32)
def _ends(levels: tuple[int, ...]) -> NDArray[np.int8]:
    return np.array(levels, dtype=np.int8)


def _check_values(rows: Cubes, levels: tuple[int, ...]) -> None:
    if rows.shape[1] != len(levels):
        msg = f"{rows.shape[1]} columns for {len(levels)} conditions"
        raise ValueError(msg)
    if np.logical_or.reduce(rows >= _ends(levels), axis=None) or np.minimum.reduce(rows, axis=None) < FREE:
        msg = "a value lies outside its condition"
        raise ValueError(msg)


def _refuse() -> None:
    msg = "a point is both on and off"
    raise ValueError(msg)
