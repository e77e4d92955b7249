"""Class breaks: where one shade of a map ends and the next begins."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence


def breaks(values: Sequence[float], classes: int = 5) -> tuple[float, ...]:
    """Inner breaks at round numbers near the quantiles.

    Each break has two significant digits at most as coarse as the distance between its neighbours
    allows; equal breaks are merged, so there may be fewer classes than asked for.

    Parameters
    ----------
    values : sequence of float
        At least one.
    classes : int
        How many classes are wanted.

    Examples
    --------
    >>> breaks([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 2)
    (5.5,)
    """
    ordered = sorted(values)
    found = []
    for step in range(1, classes):
        spot = step / classes * (len(ordered) - 1)
        low = math.floor(spot)
        exact = ordered[low] + (spot - low) * (ordered[min(low + 1, len(ordered) - 1)] - ordered[low])
        found.append(_round(exact, ordered[-1] - ordered[0]))
    inner = sorted({value for value in found if ordered[0] < value <= ordered[-1]})
    return tuple(inner)


def _round(value: float, span: float) -> float:
    if value == 0 or span == 0:
        return value
    digits = 1 - math.floor(math.log10(abs(value)))
    return round(value, digits)


def class_of(value: float, inner: Sequence[float]) -> int:
    """Which class a value falls into, counted from 0; a break belongs to the class above it."""
    return bisect_right(inner, value)
