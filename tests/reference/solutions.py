"""The slow and obvious way to solve a truth table: by the definitions, over every point, cube and subset.

Right for a handful of conditions. A point is a tuple of values, a cube a tuple with None where a condition
is free; a model is a set of cubes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

Point = tuple[int, ...]
Cube = tuple[int | None, ...]
Model = frozenset[Cube]


def points(levels: Sequence[int]) -> list[Point]:
    """The whole property space."""
    return list(itertools.product(*(range(m) for m in levels)))


def within(point: Point, cube: Cube) -> bool:
    """Whether a point lies in a cube."""
    return all(wanted is None or wanted == value for wanted, value in zip(cube, point, strict=True))


def primes(on: set[Point], off: set[Point], levels: Sequence[int]) -> set[Cube]:
    """Cubes with a positive and no forbidden point that lie in no larger such cube."""
    every = itertools.product(*((None, *range(m)) for m in levels))
    implicants = {
        cube for cube in every if any(within(p, cube) for p in on) and not any(within(p, cube) for p in off)
    }
    return {cube for cube in implicants if not any(a != cube and inside(cube, a) for a in implicants)}


def inside(cube: Cube, other: Cube) -> bool:
    """Whether every point of *cube* lies in *other*."""
    return all(wanted is None or wanted == value for wanted, value in zip(other, cube, strict=True))


def models(cubes: Iterable[Cube], on: set[Point], *, minimum: bool) -> set[Model]:
    """Sets of cubes that cover every positive point: the smallest, or those that can spare none."""
    ordered = sorted(cubes, key=str)
    found: set[Model] = set()
    for size in range(1, min(len(ordered), len(on)) + 1):
        for chosen in map(frozenset, itertools.combinations(ordered, size)):
            if any(smaller < chosen for smaller in found):
                continue
            if all(any(within(p, cube) for cube in chosen) for p in on):
                found.add(chosen)
        if found and minimum:
            break
    return found


def conservative(on: set[Point], levels: Sequence[int], *, minimum: bool = True) -> set[Model]:
    """Nothing but the positive points may be covered."""
    return models(primes(on, set(points(levels)) - on, levels), on, minimum=minimum)


def parsimonious(
    on: set[Point], off: set[Point], levels: Sequence[int], *, minimum: bool = True
) -> set[Model]:
    """Anything but the forbidden points may be covered."""
    return models(primes(on, off, levels), on, minimum=minimum)


def intermediate(
    on: set[Point],
    off: set[Point],
    levels: Sequence[int],
    expected: Sequence[set[int]],
    combinations: Sequence[Mapping[int, int]] = (),
    *,
    minimum: bool = True,
) -> set[Model]:
    """Positive points and easy counterfactuals may be covered, for every pair of the other models."""
    found: set[Model] = set()
    for narrow in conservative(on, levels, minimum=minimum):
        for wide in parsimonious(on, off, levels, minimum=minimum):
            easy = {
                r
                for r in points(levels)
                if r not in on | off and is_easy(r, narrow, wide, expected, combinations)
            }
            allowed = on | easy
            cubes = primes(on, set(points(levels)) - allowed, levels)
            found |= models(cubes, on, minimum=minimum)
    return found


def is_easy(
    remainder: Point,
    narrow: Model,
    wide: Model,
    expected: Sequence[set[int]],
    combinations: Sequence[Mapping[int, int]],
) -> bool:
    """Whether theory and evidence agree that a remainder leads to the outcome."""
    for p in wide:
        if not within(remainder, p):
            continue
        met = [one for one in combinations if all(remainder[j] == value for j, value in one.items())]
        for c in narrow:
            if inside(c, p) and all(
                value is None
                or wanted is not None
                or remainder[j] == value
                or remainder[j] in expected[j]
                or any(j in one for one in met)
                for j, (value, wanted) in enumerate(zip(c, p, strict=True))
            ):
                return True
    return False
