"""Labels in a column: as near as they can be to where they belong, and none over another."""

from __future__ import annotations

from collections.abc import Sequence


def apart(wanted: Sequence[float], step: float, low: float, high: float) -> tuple[float, ...]:
    """Places at least *step* from each other and, all in all, as near to the *wanted* ones as can be.

    The order of the wanted places is kept, that of equal ones as given. The least sum of squared
    distances comes from pooling neighbours that would overlap [1]_.

    Parameters
    ----------
    wanted : sequence of float
        In any order.
    low, high : float
        Bounds; where they are too near for all, the places go on beyond *high*.

    Examples
    --------
    >>> apart([10, 10, 50], 6, 0, 100)
    (7.0, 13.0, 50.0)

    References
    ----------
    .. [1] Barlow, Bartholomew, Bremner and Brunk (1972), *Statistical Inference under Order
       Restrictions*, Wiley, section 1.2.
    """
    order = sorted(range(len(wanted)), key=lambda position: wanted[position])
    pools: list[tuple[float, int]] = []
    for rank, position in enumerate(order):
        pool = (float(wanted[position]) - rank * step, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, size = pools.pop()
            pool = ((mean * size + pool[0] * pool[1]) / (size + pool[1]), size + pool[1])
        pools.append(pool)
    free = [mean for mean, size in pools for _ in range(size)]
    last = max(low, high - step * (len(wanted) - 1))
    places = [0.0] * len(wanted)
    for rank, (position, mean) in enumerate(zip(order, free, strict=True)):
        places[position] = min(max(mean, low), last) + rank * step
    return tuple(places)
