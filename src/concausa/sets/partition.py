"""Partitions of numbers on a line into groups of neighbours, by three criteria."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Prefer = Literal["low", "high"]
Array = NDArray[np.float64]
Counts = NDArray[np.int64]

_SAME = 1e-9


def gaps(values: Array, n: int, *, prefer: Prefer = "low") -> tuple[int, ...]:
    """Positions of the *n* widest gaps between neighbours.

    Parameters
    ----------
    values : array of float, shape (different values,)
        Strictly rising.
    n : int
        Fewer than there are values.
    prefer : str
        Which of equally wide gaps is taken first.

    Returns
    -------
    tuple of int
        Rising; a cut at *i* parts value *i* from value *i* + 1.

    Examples
    --------
    >>> gaps(np.array([1.0, 2, 5, 6]), 1)
    (1,)
    """
    distances = np.diff(values)
    equal = _SAME * float(values[-1] - values[0])
    left = set(range(distances.size))
    found = []
    for _ in range(n):
        widest = max(distances[at] for at in left)
        ties = [at for at in left if distances[at] >= widest - equal]
        found.append(min(ties) if prefer == "low" else max(ties))
        left.discard(found[-1])
    return tuple(sorted(found))


def merged(
    values: Array, counts: Counts, n: int, *, linkage: str = "complete", prefer: Prefer = "low"
) -> tuple[int, ...]:
    """Cuts between the *n* + 1 groups that are left when the two nearest ones merge again and again.

    On a line the two nearest groups are neighbours for each of the linkages, so only neighbours need
    be compared.

    Parameters
    ----------
    values, counts : arrays, shape (different values,)
        Strictly rising values, and how many cases have each.
    linkage : str
        ``single``, ``complete`` or ``average``.
    prefer : str
        ``low`` keeps the lower of two equally good cuts, by merging the upper pair first.

    Examples
    --------
    >>> merged(np.array([1.0, 2, 5, 6]), np.array([1, 1, 1, 1]), 1)
    (1,)
    """
    ends = [(at, at + 1) for at in range(values.size)]
    equal = _SAME * float(values[-1] - values[0])
    while len(ends) > n + 1:
        distances = [_distance(values, counts, left, right, linkage) for left, right in pairwise(ends)]
        least = min(distances)
        ties = [at for at, distance in enumerate(distances) if distance <= least + equal]
        at = ties[-1] if prefer == "low" else ties[0]
        ends[at : at + 2] = [(ends[at][0], ends[at + 1][1])]
    return tuple(stop - 1 for _, stop in ends[:-1])


def natural_breaks(values: Array, counts: Counts, n: int, *, prefer: Prefer = "low") -> tuple[int, ...]:
    """Cuts between *n* + 1 groups with the least sum of squares around their means, exactly.

    Dynamic programming over the last cut: the best partition of the first *j* values into *g* groups
    ends with a group after the best partition of fewer values into *g* − 1 groups. Cost: *n* times the
    square of the number of different values.

    Examples
    --------
    >>> natural_breaks(np.array([1.0, 2, 5, 6]), np.array([1, 1, 1, 1]), 1)
    (1,)
    """
    size = values.size
    moved = values - np.average(values, weights=counts)
    weight = np.concatenate([[0.0], np.cumsum(counts)])
    total = np.concatenate([[0.0], np.cumsum(counts * moved)])
    square = np.concatenate([[0.0], np.cumsum(counts * moved**2)])
    equal = _SAME * square[-1]

    def within(start: NDArray[np.int64], stop: int) -> Array:
        sums = total[stop] - total[start]
        found: Array = square[stop] - square[start] - sums**2 / (weight[stop] - weight[start])
        return found

    best = np.full((n + 2, size + 1), np.inf)
    best[0, 0] = 0.0
    for group in range(1, n + 2):
        for stop in range(group, size + 1):
            starts = np.arange(group - 1, stop)
            best[group, stop] = (best[group - 1, starts] + within(starts, stop)).min()
    cuts, stop = [], size
    for group in range(n + 1, 1, -1):
        starts = np.arange(group - 1, stop)
        costs = best[group - 1, starts] + within(starts, stop)
        ties = starts[costs <= best[group, stop] + equal]
        stop = int(ties[0] if prefer == "low" else ties[-1])
        cuts.append(stop - 1)
    return tuple(reversed(cuts))


def _distance(
    values: Array, counts: Counts, left: tuple[int, int], right: tuple[int, int], linkage: str
) -> float:
    if linkage == "single":
        return float(values[right[0]] - values[left[1] - 1])
    if linkage == "complete":
        return float(values[right[1] - 1] - values[left[0]])
    means = [
        float(np.average(values[start:stop], weights=counts[start:stop])) for start, stop in (left, right)
    ]
    return means[1] - means[0]
