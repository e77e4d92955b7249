"""Wilson's score interval: what a count among draws says of the share behind it."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist


def interval(count: float, n: float, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval for a share of which *count* of *n* draws are known.

    Examples
    --------
    >>> [round(end, 4) for end in interval(0, 100)]  # z² / (n + z²) at the upper end
    [0.0, 0.037]

    References
    ----------
    .. [1] Wilson (1927), *Journal of the American Statistical Association* 22(158), 209-212.
       https://doi.org/10.1080/01621459.1927.10502953
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    middle = (count + z * z / 2) / (n + z * z)
    half = z * sqrt(count * (n - count) / n + z * z / 4) / (n + z * z)
    low = 0.0 if count == 0 else max(0.0, middle - half)
    return low, 1.0 if count == n else min(1.0, middle + half)
