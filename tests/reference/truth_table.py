"""The slow and obvious truth table: every case by itself, every sum term by term, every row by definition.

Conditions are lists of memberships (``levels`` 0) or of codes (``levels`` the number of categories); None means
don't care.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

Score = float | None
TOLERANCE = 1e-9


@dataclass(frozen=True)
class SlowRow:
    outcome: str
    cases: tuple[int, ...]
    consistency: float
    pri: float


def literal(score: Score, levels: int, value: int) -> float:
    """Membership of one score in one literal."""
    if score is None:
        return 0.0
    if levels:
        return 1.0 if score == value else 0.0
    return score if value == 1 else 1.0 - score


def membership(scores: list[Score], levels: list[int], cube: tuple[int | None, ...]) -> float:
    """Membership of one case in a conjunction."""
    parts = [
        literal(score, number, value)
        for score, number, value in zip(scores, levels, cube, strict=True)
        if value is not None
    ]
    return min(parts, default=1.0)


def corner(scores: list[Score], levels: list[int]) -> tuple[int | None, ...] | None:
    """The configuration of one case, None if it lies on a crossover."""
    cube: list[int | None] = []
    for score, number in zip(scores, levels, strict=True):
        if score is None:
            cube.append(None)
        elif number:
            cube.append(int(score))
        elif abs(score - 0.5) <= TOLERANCE:
            return None
        else:
            cube.append(1 if score > 0.5 else 0)
    return tuple(cube)


def slow_truth_table(
    cases: list[list[Score]],
    outcome: list[float],
    levels: list[int],
    *,
    consistency: float,
    pri: float = 0.0,
    frequency: int = 1,
    contradiction: float | None = None,
) -> dict[tuple[int | None, ...], SlowRow]:
    """From configuration to row."""
    found: dict[tuple[int | None, ...], list[int]] = {}
    for number, scores in enumerate(cases):
        cube = corner(scores, levels)
        if cube is not None:
            found.setdefault(cube, []).append(number)
    rows = {}
    for cube, members in found.items():
        x = [membership(scores, levels, cube) for scores in cases]
        whole = math.fsum(x)
        within = math.fsum(min(a, b) for a, b in zip(x, outcome, strict=True))
        shared = math.fsum(min(a, b, 1 - b) for a, b in zip(x, outcome, strict=True))
        inclusion = within / whole
        reduction = (within - shared) / (whole - shared)
        if len(members) < frequency:
            code = "?"
        elif inclusion >= consistency - TOLERANCE and reduction >= pri - TOLERANCE:
            code = "1"
        elif contradiction is not None and inclusion >= contradiction - TOLERANCE:
            code = "C"
        else:
            code = "0"
        rows[cube] = SlowRow(code, tuple(members), inclusion, reduction)
    return rows


def overlap(first: tuple[int | None, ...], second: tuple[int | None, ...]) -> bool:
    """Whether two configurations have a completion in common."""
    return all(a is None or b is None or a == b for a, b in zip(first, second, strict=True))
