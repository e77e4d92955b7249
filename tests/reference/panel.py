"""Pooled, between and within fit the slow and obvious way: one case after another, one cluster after another."""

from __future__ import annotations

import math
from collections.abc import Sequence


def fit(
    x: Sequence[float], y: Sequence[float], weights: Sequence[float], *, necessary: bool = False
) -> tuple[float, float, float]:
    """Consistency, coverage, and PRI (of sufficiency) or relevance (of necessity)."""
    both = whole = outcome = shared = outside = not_both = 0.0
    for a, b, w in zip(x, y, weights, strict=True):
        both += w * min(a, b)
        whole += w * a
        outcome += w * b
        shared += w * min(a, b, 1 - b)
        outside += w * (1 - a)
        not_both += w * (1 - min(a, b))
    if necessary:
        return _share(both, outcome), _share(both, whole), _share(outside, not_both)
    return _share(both, whole), _share(both, outcome), _share(both - shared, whole - shared)


def distance(consistencies: Sequence[float]) -> float:
    """How far the shares of the consistencies in their sum are from all being the same."""
    defined = [value for value in consistencies if not math.isnan(value)]
    total = sum(defined)
    if total == 0:
        return math.nan
    return math.sqrt(sum((value / total - 1 / len(defined)) ** 2 for value in defined))


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 1e-9 else math.nan
