"""Covers by definition: every set of cubes is tried."""

from __future__ import annotations

import itertools
from collections.abc import Sequence


def covers(chart: Sequence[Sequence[bool]]) -> list[tuple[int, ...]]:
    """Every set of rows in which each column has a row that holds, fewest first."""
    columns = len(chart[0]) if chart else 0
    return [
        chosen
        for size in range(len(chart) + 1)
        for chosen in itertools.combinations(range(len(chart)), size)
        if all(any(chart[row][column] for row in chosen) for column in range(columns))
    ]


def minimum(chart: Sequence[Sequence[bool]]) -> list[tuple[int, ...]]:
    """The smallest ones."""
    found = covers(chart)
    return [chosen for chosen in found if len(chosen) == len(found[0])]


def irredundant(chart: Sequence[Sequence[bool]]) -> list[tuple[int, ...]]:
    """Those of which no proper part is a cover."""
    found = [set(chosen) for chosen in covers(chart)]
    return [tuple(sorted(one)) for one in found if not any(other < one for other in found)]
