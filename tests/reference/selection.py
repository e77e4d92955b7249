"""Distances and regressions by their definitions: exact fractions, one pair and one unit at a time."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Number = Fraction | None
Row = Sequence[Number]


def gower(rows: Sequence[Row], categories: Sequence[bool], a: int, b: int) -> Fraction | None:
    parts = []
    for at, unlike in enumerate(categories):
        x, y = rows[a][at], rows[b][at]
        if x is None or y is None:
            continue
        there = [row[at] for row in rows if row[at] is not None]
        span = max(there) - min(there)
        if unlike:
            parts.append(Fraction(x != y))
        else:
            parts.append(abs(x - y) / span if span else Fraction(0))
    return sum(parts, Fraction(0)) / len(parts) if parts else None


def euclidean_squared(rows: Sequence[Row], categories: Sequence[bool], a: int, b: int) -> Fraction | None:
    parts = []
    for at, unlike in enumerate(categories):
        x, y = rows[a][at], rows[b][at]
        if x is None or y is None:
            continue
        there = [row[at] for row in rows if row[at] is not None]
        if unlike:
            pairs = [(p, q) for i, p in enumerate(there) for q in there[i + 1 :]]
            differ = Fraction(sum(p != q for p, q in pairs), len(pairs))
            parts.append(2 * Fraction(x != y) / differ if differ else Fraction(x != y))
        else:
            spread = variance(there)
            parts.append((x - y) ** 2 / spread if spread else Fraction(0))
    return sum(parts, Fraction(0)) * len(categories) / len(parts) if parts else None


def mahalanobis_squared(rows: Sequence[Row], a: int, b: int) -> Fraction | None:
    """Over the columns that both have; the covariance is that of rows without gaps."""
    whole = [row for row in rows if None not in row]
    there = [at for at in range(len(rows[0])) if rows[a][at] is not None and rows[b][at] is not None]
    if not there:
        return None
    matrix = [[covariance(whole, i, j) for j in there] for i in there]
    apart = [rows[a][at] - rows[b][at] for at in there]
    weights = solve(matrix, apart)
    return sum((w * d for w, d in zip(weights, apart, strict=True)), Fraction(0)) * len(rows[0]) / len(there)


def covariance(rows: Sequence[Row], i: int, j: int) -> Fraction:
    n = len(rows)
    first, second = sum(row[i] for row in rows) / n, sum(row[j] for row in rows) / n
    return sum((row[i] - first) * (row[j] - second) for row in rows) / (n - 1)


def variance(values: Sequence[Fraction]) -> Fraction:
    return covariance([[value] for value in values], 0, 0) if len(values) > 1 else Fraction(0)


def solve(matrix: Sequence[Sequence[Fraction]], right: Sequence[Fraction]) -> list[Fraction]:
    """Gauss and Jordan; ZeroDivisionError where the matrix is singular."""
    n = len(matrix)
    work = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at in range(n):
        pivot = next((row for row in range(at, n) if work[row][at] != 0), None)
        if pivot is None:
            raise ZeroDivisionError("singular")
        work[at], work[pivot] = work[pivot], work[at]
        work[at] = [value / work[at][at] for value in work[at]]
        for row in range(n):
            if row != at and work[row][at]:
                factor = work[row][at]
                work[row] = [x - factor * y for x, y in zip(work[row], work[at], strict=True)]
    return [row[-1] for row in work]


def least_squares(design: Sequence[Sequence[Fraction]], y: Sequence[Fraction]) -> list[Fraction]:
    """Coefficients by the normal equations; the design holds the column of ones."""
    k = len(design[0])
    cross = [[sum((row[i] * row[j] for row in design), Fraction(0)) for j in range(k)] for i in range(k)]
    right = [
        sum((row[i] * value for row, value in zip(design, y, strict=True)), Fraction(0)) for i in range(k)
    ]
    return solve(cross, right)


def residuals(design: Sequence[Sequence[Fraction]], y: Sequence[Fraction]) -> list[Fraction]:
    beta = least_squares(design, y)
    return [
        value - sum((b * x for b, x in zip(beta, row, strict=True)), Fraction(0))
        for row, value in zip(design, y, strict=True)
    ]


def cook(design: Sequence[Sequence[Fraction]], y: Sequence[Fraction], unit: int) -> Fraction:
    """Cook's distance by leaving the unit out and fitting again."""
    rest = [at for at in range(len(y)) if at != unit]
    without = least_squares([design[at] for at in rest], [y[at] for at in rest])
    whole = least_squares(design, y)
    moved = [a - b for a, b in zip(whole, without, strict=True)]
    shifts = [sum((m * x for m, x in zip(moved, row, strict=True)), Fraction(0)) for row in design]
    left = residuals(design, y)
    k = len(design[0])
    mean_square = sum((e * e for e in left), Fraction(0)) / (len(y) - k)
    return sum((s * s for s in shifts), Fraction(0)) / (k * mean_square)
