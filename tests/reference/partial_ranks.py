"""Partial rank correlations in plain Python: the residuals of ranks after regressions on all other ranks."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt


def ranks(values: Sequence[float]) -> list[float]:
    """One more than how many lie below, and half of how many others are equal."""
    return [
        1 + sum(other < value for other in values) + (sum(other == value for other in values) - 1) / 2
        for value in values
    ]


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss with the largest pivot."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for step in range(size):
        pivot = max(range(step, size), key=lambda place: abs(rows[place][step]))
        rows[step], rows[pivot] = rows[pivot], rows[step]
        for place in range(size):
            if place != step:
                factor = rows[place][step] / rows[step][step]
                rows[place] = [a - factor * b for a, b in zip(rows[place], rows[step], strict=True)]
    return [rows[place][size] / rows[place][place] for place in range(size)]


def residuals(target: Sequence[float], others: Sequence[Sequence[float]]) -> list[float]:
    """What ordinary least squares on some columns and a constant leaves."""
    columns = [[1.0] * len(target), *map(list, others)]
    matrix = [[sum(a * b for a, b in zip(one, two, strict=True)) for two in columns] for one in columns]
    right = [sum(a * b for a, b in zip(one, target, strict=True)) for one in columns]
    weights = solve(matrix, right)
    return [
        value - sum(weight * column[place] for weight, column in zip(weights, columns, strict=True))
        for place, value in enumerate(target)
    ]


def correlation(one: Sequence[float], two: Sequence[float]) -> float:
    """Pearson's."""
    mean, other = sum(one) / len(one), sum(two) / len(two)
    both = sum((a - mean) * (b - other) for a, b in zip(one, two, strict=True))
    return both / sqrt(sum((a - mean) ** 2 for a in one) * sum((b - other) ** 2 for b in two))


def partial_ranks(unknowns: Sequence[Sequence[float]], outcome: Sequence[float]) -> list[float]:
    """For each unknown the correlation of what is left of its ranks and of those of the outcome."""
    ranked = [ranks(row) for row in unknowns]
    target = ranks(outcome)
    found = []
    for place, row in enumerate(ranked):
        others = [other for at, other in enumerate(ranked) if at != place]
        found.append(correlation(residuals(row, others), residuals(target, others)))
    return found
