"""Measures of sufficiency and necessity from four sums, and the most that more members of a set could make of them.

For memberships x and y of cases that count w: *both* = Σw·min(x, y), *left* = Σw·x, *right* = Σw·y, *all* = Σw.
The other cells follow: x outside y is left − both, y outside x is right − both, neither is
all − left − right + both, which is Σw·min(1 − x, 1 − y) in fuzzy data too.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: What is below this is nothing: sums of decimal memberships differ by less.
NOTHING = 1e-9


def sufficiency(kind: int, both: Any, left: Any, right: Any, total: Any) -> Floats:
    """How far the set on the left lies within the one on the right.

    Parameters
    ----------
    kind : int
        0: both / left. 1: neither / (all − right). 2: both / (both + right / (all − right) · (left − both)).
        3: neither / (neither + (all − left) / left · (left − both)).
    both, left, right, total : float or arrays that broadcast
        The sums above.

    Returns
    -------
    array of float
        In [0, 1]; nan where a denominator is nothing.

    Examples
    --------
    >>> [round(float(sufficiency(kind, 3, 4, 5, 10)), 4) for kind in range(4)]
    [0.75, 0.8, 0.75, 0.7273]
    """
    both, left, right = (np.asarray(value, dtype=np.float64) for value in (both, left, right))
    if kind == 0:
        return ratio(both, left)
    beyond, neither = left - both, total - left - right + both
    if kind == 1:
        return ratio(neither, total - right)
    if kind == 2:
        return ratio(both, both + ratio(right, total - right) * beyond)
    return ratio(neither, neither + ratio(total - left, left) * beyond)


def necessity(kind: int, both: Any, left: Any, right: Any, total: Any) -> Floats:
    """How far the set on the right lies within the one on the left.

    Parameters
    ----------
    kind : int
        0: both / right. 1: neither / (all − left). 2: both / (both + left / (all − left) · (right − both)).
        3: neither / (neither + (all − right) / right · (right − both)).
    both, left, right, total : float or arrays that broadcast
        The sums above.

    Returns
    -------
    array of float
        In [0, 1]; nan where a denominator is nothing.

    Examples
    --------
    >>> [round(float(necessity(kind, 3, 4, 5, 10)), 4) for kind in range(4)]
    [0.6, 0.6667, 0.6923, 0.6667]
    """
    return sufficiency(kind, both, right, left, total)


def ceiling(kind: int, most: Any, both: Any, left: Any, right: Any, total: Any) -> Floats:
    """The most that a measure of necessity can be once the left set has grown until *both* is *most*.

    The part of the left set outside the right one, and its share of all cases, are taken to stay as they are;
    when it grows, they do not shrink, and no measure rises by that.

    Examples
    --------
    >>> float(ceiling(0, 4.0, 3.0, 4.0, 5.0, 10.0))
    0.8
    """
    most, both, left = (np.asarray(value, dtype=np.float64) for value in (most, both, left))
    if kind == 0:
        return ratio(most, np.broadcast_to(right, most.shape))
    if kind == 2:
        return ratio(most, most + ratio(left, total - left) * (right - most))
    return necessity(kind, most, left + most - both, right, total)


def ratio(part: Any, whole: Any) -> Floats:
    """*part* / *whole*; nan where the whole is nothing."""
    part, whole = np.broadcast_arrays(np.asarray(part, dtype=np.float64), np.asarray(whole, dtype=np.float64))
    shares = np.full(part.shape, np.nan)
    np.divide(part, whole, out=shares, where=whole > NOTHING)
    return shares
