"""Prime implicants by definition: every cube of the space is tried."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

Cube = tuple[int, ...]


def all_cubes(levels: Sequence[int]) -> list[Cube]:
    """Every cube; -1 is a free condition."""
    return list(itertools.product(*[range(-1, count) for count in levels]))


def points(cube: Cube, levels: Sequence[int]) -> set[Cube]:
    """The points of a cube."""
    return set(
        itertools.product(
            *[range(count) if value < 0 else (value,) for value, count in zip(cube, levels, strict=True)]
        )
    )


def primes(on: Iterable[Cube], off: Iterable[Cube], levels: Sequence[int]) -> set[Cube]:
    """The cubes that touch *on* and not *off*, and that no wider cube without *off* contains."""
    inside = {point for row in on for point in points(row, levels)}
    outside = {point for row in off for point in points(row, levels)}
    sets = {cube: points(cube, levels) for cube in all_cubes(levels)}
    allowed = {cube: found for cube, found in sets.items() if not found & outside}

    def loosened(cube: Cube) -> list[Cube]:
        return [(*cube[:i], -1, *cube[i + 1 :]) for i, value in enumerate(cube) if value >= 0]

    return {
        cube
        for cube, found in allowed.items()
        if found & inside and not any(wider in allowed for wider in loosened(cube))
    }
