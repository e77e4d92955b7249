"""Direct calibration: from raw values to memberships along a curve through the anchors."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concausa.sets.anchors import Anchors

#: The membership at full-in where its log odds are 3, as the direct method was first described [1]_:
#: a little more than .95, and enough to change published scores in the second decimal.
RAGIN = 1 / (1 + math.exp(-3))


def logistic(values: NDArray[np.float64], anchors: Anchors, idm: float = 0.95) -> NDArray[np.float64]:
    """Memberships along a logistic curve on each side of the crossover.

    The distance from the crossover is divided by the distance of the anchor on its side, and taken as
    log odds: those of *idm* at full-in, those of 1 − *idm* at full-out. A bell is the least of its
    rising and its falling side, an inverted bell the greatest.

    Parameters
    ----------
    values : array of float, shape (cases,)
        Raw values; nan stays nan.
    anchors : Anchors
        Three or six.
    idm : float in (.5, 1)
        Membership at full-in; 1 − *idm* is the membership at full-out.

    Returns
    -------
    array of float in [0, 1], shape (cases,)
        Exactly .5 at a crossover, and *idm* at full-in to the last digit (for some degrees under .8, to the
        last but one); strictly monotone as far as double precision tells memberships apart (to about 12
        times the distance of full-in, 250 times that of full-out).

    Examples
    --------
    >>> from concausa.sets.anchors import anchors
    >>> logistic(np.array([720.0, 550.0, 468.0]), anchors([400, 550, 900]), RAGIN).round(2)
    array([0.81, 0.5 , 0.16])

    References
    ----------
    .. [1] Ragin (2008), *Redesigning Social Inquiry*, University of Chicago Press, chapter 5.
       https://doi.org/10.7208/chicago/9780226702797.001.0001
    .. [2] Duşa (2019), *QCA with R*, Springer, section 4.2. https://doi.org/10.1007/978-3-319-75668-4
    """
    return logistic_curves(values, anchors.values, anchors.shape, idm)


def logistic_curves(
    values: NDArray[np.float64], given: Sequence[Any], shape: str, idm: float
) -> NDArray[np.float64]:
    """The same for many sets of anchors at once.

    Parameters
    ----------
    values : array of float, shape (cases,)
    given : sequence of float, or of array of shape (curves, 1)
        The three or six anchors, each one number, or one a curve.
    shape : str
        ``increasing``, ``decreasing``, ``bell`` or ``inverted bell``.
    idm : float in (.5, 1)

    Returns
    -------
    array of float in [0, 1], shape (cases,) or (curves, cases)
    """
    odds = _log_odds(idm)
    if len(given) == 3:
        return _logistic(values, given[0], given[1], given[2], odds, up=shape == "increasing")
    if shape == "bell":
        rising = _logistic(values, given[0], given[1], given[2], odds, up=True)
        falling = _logistic(values, given[5], given[4], given[3], odds, up=False)
        return np.minimum(rising, falling)
    falling = _logistic(values, given[2], given[1], given[0], odds, up=False)
    rising = _logistic(values, given[3], given[4], given[5], odds, up=True)
    return np.maximum(falling, rising)


def linear(
    values: NDArray[np.float64], anchors: Anchors, *, below: float = 1.0, above: float = 1.0
) -> NDArray[np.float64]:
    """Memberships along a straight or bent line from full-out (0) over the crossover (.5) to full-in (1).

    With *t* the share of the way from full-out to the crossover, and *u* the share of the way from
    full-in back to the crossover, the membership is ½ *t* ** *below* under the crossover and
    1 − ½ *u* ** *above* over it [1]_.

    Parameters
    ----------
    values : array of float, shape (cases,)
        Raw values; nan stays nan.
    anchors : Anchors
        Three or six.
    below, above : float > 0
        Exponents on either side of the crossover. 1 is straight; over 1 lowers memberships below the
        crossover and raises those above it; under 1 does the reverse.

    Returns
    -------
    array of float in [0, 1], shape (cases,)
        Exactly 0, .5 and 1 at the anchors.

    Examples
    --------
    >>> from concausa.sets.anchors import anchors
    >>> linear(np.array([5.0, 15, 20, 25, 40]), anchors([10, 20, 30]))
    array([0.  , 0.25, 0.5 , 0.75, 1.  ])

    References
    ----------
    .. [1] Duşa (2019), *QCA with R*, Springer, section 4.2. https://doi.org/10.1007/978-3-319-75668-4
    .. [2] Thiem and Duşa (2013), *Qualitative Comparative Analysis with R*, Springer, section 4.1.
       https://doi.org/10.1007/978-1-4614-4584-5
    """
    return linear_curves(values, anchors.values, anchors.shape, below, above)


def linear_curves(
    values: NDArray[np.float64], given: Sequence[Any], shape: str, below: float, above: float
) -> NDArray[np.float64]:
    """The same for many sets of anchors at once; parameters as for :func:`logistic_curves`."""
    bent = (below, above)
    if len(given) == 3:
        return _linear(values, given[0], given[1], given[2], *bent, up=shape == "increasing")
    if shape == "bell":
        rising = _linear(values, given[0], given[1], given[2], *bent, up=True)
        falling = _linear(values, given[5], given[4], given[3], *bent, up=False)
        return np.minimum(rising, falling)
    falling = _linear(values, given[2], given[1], given[0], *bent, up=False)
    rising = _linear(values, given[3], given[4], given[5], *bent, up=True)
    return np.maximum(falling, rising)


def _logistic(
    values: NDArray[np.float64], out: Any, crossover: Any, full: Any, odds: float, *, up: bool
) -> NDArray[np.float64]:
    with np.errstate(over="ignore", under="ignore"):
        distance: NDArray[np.float64] = values - crossover
        upwards, downwards = full - crossover, crossover - out
        steps = (upwards, downwards) if up else (downwards, upwards)
        distance /= np.where(distance > 0, *steps)
        within = distance > 0
        np.abs(distance, out=distance)
        distance *= -odds
        np.exp(distance, out=distance)
    rest = distance / (1.0 + distance)
    return np.where(within, 1.0 - rest, rest)


def _linear(
    values: NDArray[np.float64], out: Any, crossover: Any, full: Any, below: float, above: float, *, up: bool
) -> NDArray[np.float64]:
    with np.errstate(over="ignore"):
        lower = np.clip((values - out) / (crossover - out), 0.0, 1.0) ** below
        upper = np.clip((full - values) / (full - crossover), 0.0, 1.0) ** above
    over = values > crossover if up else values < crossover
    found: NDArray[np.float64] = np.where(over, 1.0 - 0.5 * upper, 0.5 * lower)
    return found


@lru_cache(maxsize=64)
def _log_odds(idm: float) -> float:
    """Log odds from which the logistic function comes back to *idm* exactly, not an ulp beside it."""
    odds = math.log(idm) - math.log1p(-idm)
    near = odds + np.arange(-32, 33) * 2.0**-55 / (idm * (1 - idm))
    near = near[np.argsort(abs(near - odds), kind="stable")]
    rest = np.exp(-near)
    exact = np.flatnonzero(1.0 - rest / (1.0 + rest) == idm)
    return float(near[exact[0]]) if exact.size else odds
