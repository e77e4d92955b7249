"""Measures of fit: how far a set lies within an outcome, and how much of it that explains.

Every measure takes memberships *x* in one set, shape (cases,), and gives a float; or in several sets,
shape (cases, sets), and gives an array with one value a set. *y* are memberships in the outcome. Both
are checked; ``trusted=True`` leaves the check out for callers that have checked their data once.

A measure whose denominator is 0 (1e-9 or less) is nan, never 1 and never 0:
:func:`concausa.sets.undefined.why_undefined` says why. All sums run over terms that are not negative, in
double precision, so that the order of the cases changes a measure by less than 1e-12 up to thousands
of cases. Compare with a cut-off through :func:`reaches`, which allows for that.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from concausa.sets.membership import TOLERANCE
from concausa.sets.score_pair import Floats, pair

#: A float for one set, an array of shape (sets,) for several.
Measure: TypeAlias = Any


def consistency(x: object, y: object, *, trusted: bool = False) -> Measure:
    """Share of the membership in the set that lies within the outcome (sufficiency).

    Parameters
    ----------
    x : array of float, shape (cases,) or (cases, sets)
        Memberships in [0, 1].
    y : array of float, shape (cases,)
        Memberships in the outcome, same cases in the same order.
    trusted : bool
        Leave out the check of *x* and *y*; so in every measure.

    Returns
    -------
    float or array
        Σmin(x, y) / Σx, in [0, 1]; nan if no case is in the set at all.

    Raises
    ------
    ScaleError
        If a score lies outside [0, 1]; so in every measure.
    DataError
        If a score is missing, or the cases differ in number; so in every measure.

    Examples
    --------
    >>> round(consistency([0.2, 0.6, 1.0], [0.4, 0.6, 0.5]), 2)
    0.72

    References
    ----------
    .. [1] Ragin (2006), *Political Analysis* 14(3), 291-310, at 297. https://doi.org/10.1093/pan/mpj019
    """
    x, y = pair(x, y, trusted=trusted)
    return ratio(np.minimum(x, y).sum(axis=0), x.sum(axis=0))


def pri(x: object, y: object, *, trusted: bool = False) -> Measure:
    """Proportional reduction in inconsistency: consistency without what the set shares with Y and ~Y alike.

    A set can lie within an outcome and within its negation when its memberships are low. What is
    within both speaks for neither and is taken out of both sums. In crisp data PRI is consistency.

    Returns
    -------
    float or array
        Σ(min(x, y) − min(x, y, 1 − y)) / Σ(x − min(x, y, 1 − y)), in [0, 1]; nan if nothing of the set is
        left, which is not the same as a PRI of 0.

    Examples
    --------
    >>> round(pri([0.2, 0.6, 1.0], [0.4, 0.6, 0.5]), 4)
    0.2857

    References
    ----------
    .. [1] Schneider & Wagemann (2012), *Set-Theoretic Methods for the Social Sciences*, Cambridge
       University Press, section 9.2.2, 242. https://doi.org/10.1017/CBO9781139004244
    .. [2] Mendel & Ragin (2011), *fsQCA: Dialog between Jerry M. Mendel and Charles C. Ragin*, USC-SIPI
       Report 411.
    """
    x, y = pair(x, y, trusted=trusted)
    within = np.minimum(x, y)
    shared = np.minimum(within, 1.0 - y)
    return ratio((within - shared).sum(axis=0), (x - shared).sum(axis=0))


def coverage(x: object, y: object, *, trusted: bool = False) -> Measure:
    """Share of the outcome that the set accounts for (raw coverage of a sufficient set).

    Returns
    -------
    float or array
        Σmin(x, y) / Σy, in [0, 1]; nan if no case is in the outcome at all.

    Examples
    --------
    >>> round(coverage([0.2, 0.6, 1.0], [0.4, 0.6, 0.5]), 4)
    0.8667

    References
    ----------
    .. [1] Ragin (2006), *Political Analysis* 14(3), 291-310, at 301. https://doi.org/10.1093/pan/mpj019
    """
    x, y = pair(x, y, trusted=trusted)
    return ratio(np.minimum(x, y).sum(axis=0), np.broadcast_to(y.sum(axis=0), x.shape[1:]))


def unique_coverages(x: object, y: object, *, trusted: bool = False) -> Floats:
    """For each of several sets the share of the outcome that no other of them accounts for.

    Parameters
    ----------
    x : array of float, shape (cases, sets)
        The terms of one solution.
    y : array of float, shape (cases,)

    Returns
    -------
    array, shape (sets,)
        Coverage of the union of all sets less coverage of the union of the others, in [0, 1]; a single
        set has its raw coverage. nan if no case is in the outcome.

    Examples
    --------
    >>> unique_coverages([[1.0, 0.0], [0.6, 0.8], [0.0, 0.4]], [1.0, 0.5, 0.5]).tolist()
    [0.5, 0.2]

    References
    ----------
    .. [1] Ragin (2006), *Political Analysis* 14(3), 291-310. https://doi.org/10.1093/pan/mpj019
    """
    sets, outcome = pair(x, y, trusted=trusted)
    if sets.ndim == 1:
        sets, outcome = sets[:, None], outcome[:, None]
    others = _union_of_others(sets)
    added = np.minimum(np.maximum(others, sets), outcome) - np.minimum(others, outcome)
    whole = np.broadcast_to(outcome.sum(axis=0), sets.shape[1:])
    return np.atleast_1d(ratio(added.sum(axis=0), whole))


def necessity_consistency(x: object, y: object, *, trusted: bool = False) -> Measure:
    """Share of the outcome that lies within the set: how far the set is necessary.

    Equals the coverage of the set taken as sufficient.

    Returns
    -------
    float or array
        Σmin(x, y) / Σy, in [0, 1]; nan if no case is in the outcome at all.

    References
    ----------
    .. [1] Ragin (2006), *Political Analysis* 14(3), 291-310, at 297. https://doi.org/10.1093/pan/mpj019
    """
    return coverage(x, y, trusted=trusted)


def necessity_coverage(x: object, y: object, *, trusted: bool = False) -> Measure:
    """How much of a necessary set the outcome fills: small where the set is far larger than the outcome.

    Equals the consistency of the set taken as sufficient. It is high for a set and an outcome that are
    both nearly everybody, so that it does not tell a trivial condition apart: see :func:`relevance`.

    Returns
    -------
    float or array
        Σmin(x, y) / Σx, in [0, 1]; nan if no case is in the set at all.

    References
    ----------
    .. [1] Ragin (2006), *Political Analysis* 14(3), 291-310. https://doi.org/10.1093/pan/mpj019
    """
    return consistency(x, y, trusted=trusted)


def relevance(x: object, y: object, *, trusted: bool = False) -> Measure:
    """Relevance of necessity (RoN): small where a necessary set is trivial because nearly everybody is in it.

    Returns
    -------
    float or array
        Σ(1 − x) / Σ(1 − min(x, y)), in [0, 1]; 0 for a set that every case is fully in; nan if every
        case is fully in the set and in the outcome.

    Examples
    --------
    >>> round(relevance([1.0, 1.0, 0.8], [0.4, 0.6, 0.5]), 4)
    0.1333

    References
    ----------
    .. [1] Schneider & Wagemann (2012), *Set-Theoretic Methods for the Social Sciences*, Cambridge
       University Press, section 9.2.1, 236. https://doi.org/10.1017/CBO9781139004244
    """
    x, y = pair(x, y, trusted=trusted)
    return ratio((1.0 - x).sum(axis=0), (1.0 - np.minimum(x, y)).sum(axis=0))


def product(x: object, y: object, *, trusted: bool = False) -> Measure:
    """Consistency times PRI (PRODUCT): one number that is low when either is.

    Returns
    -------
    float or array
        In [0, 1]; nan where consistency or PRI is.

    Examples
    --------
    >>> round(product([0.2, 0.6, 1.0], [0.4, 0.6, 0.5]), 4)
    0.2063

    References
    ----------
    .. [1] Oana & Schneider (2018), SetMethods: An Add-on R Package for Advanced QCA, *The R Journal* 10(1),
       507-533. https://doi.org/10.32614/RJ-2018-031
    """
    x, y = pair(x, y, trusted=trusted)
    within = np.minimum(x, y)
    shared = np.minimum(within, 1.0 - y)
    return ratio(within.sum(axis=0), x.sum(axis=0)) * ratio(
        (within - shared).sum(axis=0), (x - shared).sum(axis=0)
    )


def reaches(value: Measure, cutoff: float) -> Any:
    """Whether a measure reaches a cut-off; decimal noise does not decide, and nan never reaches one.

    Returns
    -------
    bool or array of bool

    Examples
    --------
    >>> reaches(0.1 + 0.2 + 0.5, 0.8), 0.7999999999 >= 0.8
    (True, False)
    """
    reached = np.asarray(value) >= cutoff - TOLERANCE
    return bool(reached) if reached.ndim == 0 else reached


def ratio(part: Any, whole: Any) -> Measure:
    """*part* / *whole*, nan where *whole* is 0 but for decimal noise.

    Parameters
    ----------
    part, whole : float or array of float
        Of the same shape, neither negative.
    """
    if np.ndim(whole) == 0:
        return float(part) / float(whole) if whole > TOLERANCE else float("nan")
    found: NDArray[np.float64] = np.full(np.shape(whole), np.nan)
    np.divide(part, whole, out=found, where=whole > TOLERANCE)
    return found


def _union_of_others(sets: Floats) -> Floats:
    """For every set the greatest membership in any other one; 0 where there is no other."""
    before = np.zeros_like(sets)
    after = np.zeros_like(sets)
    np.maximum.accumulate(sets[:, :-1], axis=1, out=before[:, 1:])
    np.maximum.accumulate(sets[:, :0:-1], axis=1, out=after[:, -2::-1])
    return np.maximum(before, after)
