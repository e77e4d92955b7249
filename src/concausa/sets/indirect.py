"""Indirect calibration: groups of cases are given memberships, and a curve through them places each case."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import DataError, OptionError

#: Powers tried for each of the two terms of the curve [1]_; 0 stands for the logarithm.
POWERS = (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0)

_ROUNDS = 100
_SAME = 1e-9
_GRID = 400

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A fitted curve.

    Parameters
    ----------
    powers : tuple of float
        Powers of the raw value; 0 stands for its logarithm, a repeated power is multiplied by it.
    memberships : array of float in [0, 1], shape (cases,)
    likelihood : float
        Bernoulli log likelihood of the degrees.
    monotone : bool
        Whether it only rises, or only falls, over the range of the data.
    """

    powers: tuple[float, ...]
    memberships: Array
    likelihood: float
    monotone: bool


def groups(values: Array, thresholds: Sequence[float]) -> Array:
    """Evenly spaced degrees, 0 below the first threshold and 1 from the last one on.

    Examples
    --------
    >>> groups(np.array([1.0, 3, 5]), [2, 4]).tolist()
    [0.0, 0.5, 1.0]
    """
    found = np.searchsorted(np.asarray(thresholds), values, side="right") / len(thresholds)
    found[np.isnan(values)] = np.nan
    return found


def fit(values: Array, degrees: Array, powers: Sequence[float] | None = None) -> Curve:
    """The curve of memberships that comes nearest to the degrees of the cases.

    A fractional logit model: the log odds are linear in powers of the raw value, and the likelihood is
    the Bernoulli one with degrees in place of zeros and ones [3]_. Without *powers*, all pairs of
    :data:`POWERS` are tried, and the pair with the greatest likelihood is taken among those whose curve
    only rises or only falls between the least and the greatest raw value; if no pair gives such a
    curve, the best pair of all, which ``monotone`` tells; if no pair can be fitted at all, as with few
    groups, the best single power.

    Parameters
    ----------
    values : array of float, shape (cases,)
        Raw values, none missing. If one is 0 or less, all are moved up so that the least of them is as
        large as the least distance between two of them [2]_.
    degrees : array of float in [0, 1], shape (cases,)
        The membership that each case has by its group.
    powers : sequence of float, optional
        Powers to use instead of searching for them; ``(1,)`` is plain logistic regression.

    Raises
    ------
    DataError
        If fewer than three different degrees occur, or no curve can be fitted because the degrees
        divide the cases without any between 0 and 1.

    Examples
    --------
    >>> degrees = np.array([0.0, 0.2, 0.4, 0.6, 0.8, 1.0])
    >>> fit(np.array([1.0, 2, 3, 4, 5, 6]), degrees, powers=[1]).memberships.round(2)
    array([0.05, 0.14, 0.35, 0.65, 0.86, 0.95])

    References
    ----------
    .. [1] Royston and Altman (1994), *Applied Statistics* 43(3), 429-467. https://doi.org/10.2307/2986270
    .. [2] Ragin (2008), *Redesigning Social Inquiry*, University of Chicago Press, chapter 5.
       https://doi.org/10.7208/chicago/9780226702797.001.0001
    .. [3] Papke and Wooldridge (1996), *Journal of Applied Econometrics* 11(6), 619-632.
       https://doi.org/10.1002/(SICI)1099-1255(199611)11:6<619::AID-JAE418>3.0.CO;2-1
    """
    different = np.unique(degrees)
    if different.size < 3:
        raise DataError(
            f"the cases have only {different.size} different degrees",
            where=f"degrees: {', '.join(f'{degree:g}' for degree in different)}",
            fix='form at least three groups, or use method="crisp" for two',
        )
    x = _positive(values)
    grid = np.geomspace(x.min(), x.max(), _GRID)
    best: Curve | None = None
    for candidates in _candidates(powers):
        for chosen in candidates:
            found = _fitted(x, degrees, chosen, grid)
            if found is not None and (best is None or _better(found, best)):
                best = found
        if best is not None:
            break
    else:
        raise DataError(
            "no curve can be fitted to the degrees",
            where=f"{degrees.size} cases, degrees from {degrees.min():g} to {degrees.max():g}",
            fix="form more groups with degrees between 0 and 1",
        )
    assert best is not None
    return best


def _candidates(powers: Sequence[float] | None) -> tuple[tuple[tuple[float, ...], ...], ...]:
    """Powers to try; the second lot only if no curve comes of the first."""
    if powers is None:
        pairs = tuple(itertools.combinations_with_replacement(POWERS, 2))
        return pairs, tuple((power,) for power in POWERS)
    given = tuple(float(power) for power in powers)
    if not given or not np.isfinite(given).all():
        raise OptionError("the powers are no finite numbers", where=f"powers={powers!r}", fix="powers=[1]")
    return ((given,),)


def _better(one: Curve, other: Curve) -> bool:
    if one.monotone != other.monotone:
        return one.monotone
    return one.likelihood > other.likelihood + _SAME * abs(other.likelihood)


def _positive(values: Array) -> Array:
    """The raw values on a positive scale whose greatest value is 1."""
    if values.min() > 0:
        return np.asarray(values / values.max())
    different = np.unique(values)
    if different.size < 2:
        raise DataError(
            "all values are the same", where=f"{values.size} values", fix="a curve needs different values"
        )
    moved = values - different[0] + np.diff(different).min()
    scaled: Array = moved / moved.max()
    return scaled


def _fitted(x: Array, degrees: Array, powers: tuple[float, ...], grid: Array) -> Curve | None:
    """The curve of these powers; None if it has no finite best fit."""
    raw = _terms(x, powers)
    if np.linalg.matrix_rank(raw - raw.mean(axis=0)) < raw.shape[1]:
        return None
    middle, spread = raw.mean(axis=0), raw.std(axis=0)
    design = np.column_stack([np.ones(x.size), (raw - middle) / spread])
    weights = _newton(design, degrees)
    if weights is None:
        return None
    along = np.column_stack([np.ones(grid.size), (_terms(grid, powers) - middle) / spread]) @ weights
    slopes = np.diff(along)
    slack = _SAME * max(1.0, float(np.ptp(along)))
    monotone = bool((slopes >= -slack).all() or (slopes <= slack).all())
    odds = design @ weights
    return Curve(powers, _logistic(odds), _likelihood(odds, degrees), monotone)


def _terms(x: Array, powers: tuple[float, ...]) -> Array:
    """One column a power; each repetition of a power is multiplied by the logarithm once more."""
    logarithm = np.log(x)
    columns = []
    for number, power in enumerate(powers):
        column = logarithm if power == 0 else x**power
        columns.append(column * logarithm ** powers[:number].count(power))
    return np.column_stack(columns)


def _newton(design: Array, degrees: Array) -> Array | None:
    """Weights of the greatest likelihood by Newton's method with halved steps; None if there are none."""
    weights = np.zeros(design.shape[1])
    odds = design @ weights
    height = _likelihood(odds, degrees)
    for _ in range(_ROUNDS):
        fitted = _logistic(odds)
        root = np.sqrt(fitted * (1 - fitted))
        if root.max() < _SAME:
            return None
        with np.errstate(divide="ignore", invalid="ignore"):
            target = np.where(root > 0, (degrees - fitted) / root, 0.0)
        step = np.linalg.lstsq(design * root[:, None], target, rcond=None)[0]
        for _ in range(40):
            trial = design @ (weights + step)
            reached = _likelihood(trial, degrees)
            if reached >= height:
                break
            step /= 2
        else:
            return _settled(design, odds, weights)
        weights, odds = weights + step, trial
        if np.abs(step).max() <= 1e-12 * max(1.0, np.abs(weights).max()):
            return _settled(design, odds, weights)
        height = reached
    return None


def _settled(design: Array, odds: Array, weights: Array) -> Array | None:
    """The weights, unless the likelihood still rises without end because the degrees divide the cases."""
    fitted = _logistic(odds)
    information = design * np.sqrt(fitted * (1 - fitted))[:, None]
    sizes = np.linalg.svd(information, compute_uv=False)
    return weights if sizes[-1] > 1e-6 * sizes[0] else None


def _likelihood(odds: Array, degrees: Array) -> float:
    return float((degrees * odds - np.logaddexp(0.0, odds)).sum())


def _logistic(odds: Array) -> Array:
    return np.exp(-np.logaddexp(0.0, -odds))
