"""Other published measures of fit, for those who prefer one of them to the usual set.

As in :mod:`concausa.sets.fit`: *x* of shape (cases,) gives a float, of shape (cases, sets) an array;
arguments are checked unless ``trusted=True``; nan where the measure is not defined.
"""

from __future__ import annotations

import numpy as np

from concausa.sets.fit import Measure, ratio
from concausa.sets.membership import TOLERANCE
from concausa.sets.score_pair import pair


def weighted_consistency(x: object, y: object, *, trusted: bool = False) -> Measure:
    """Consistency in which inconsistency weighs more the deeper a case is in the set (Haesebrouck).

    The usual consistency lets many small memberships outweigh a member of the set that is clearly not in
    the outcome. Here the part of a membership that lies outside the outcome counts by the geometric mean
    of that part and the whole membership.

    Returns
    -------
    float or array
        Σmin(x, y) / Σ(min(x, y) + √(max(x − y, 0) · x)), in [0, 1], at most the consistency and equal to it
        in crisp data; nan if no case is in the set at all.

    Examples
    --------
    >>> round(weighted_consistency([0.2, 0.6, 1.0], [0.4, 0.6, 0.5]), 4)
    0.6477

    References
    ----------
    .. [1] Haesebrouck (2015), Pitfalls in QCA's consistency measure, *Journal of Comparative Politics*
       8(2), 65-80.
    """
    x, y = pair(x, y, trusted=trusted)
    within = np.minimum(x, y)
    beyond = np.sqrt(np.maximum(x - y, 0.0) * x)
    return ratio(within.sum(axis=0), (within + beyond).sum(axis=0))


def consistent_share(x: object, y: object, *, trusted: bool = False) -> Measure:
    """Share of the cases with any membership in the set whose membership does not exceed the outcome's.

    The oldest measure: it counts cases and does not ask by how much one fails.

    Returns
    -------
    float or array
        In [0, 1]; nan if no case is in the set at all.

    Examples
    --------
    >>> round(consistent_share([0.2, 0.6, 1.0, 0.0], [0.4, 0.6, 0.5, 0.1]), 4)
    0.6667

    References
    ----------
    .. [1] Ragin (2000), *Fuzzy-Set Social Science*, University of Chicago Press, ch. 9.
    """
    x, y = pair(x, y, trusted=trusted)
    some = x > TOLERANCE
    return ratio((some & (x <= y + TOLERANCE)).sum(axis=0), some.sum(axis=0))


def contrapositive_consistency(x: object, y: object, *, trusted: bool = False) -> Measure:
    """How far the absence of the outcome lies within the absence of the set.

    "x is sufficient for y" says the same as "where y is absent, x is"; their consistencies
    differ when hardly any case is outside the outcome.

    Returns
    -------
    float or array
        Σmin(1 − x, 1 − y) / Σ(1 − y), in [0, 1]; nan if every case is fully in the outcome.

    Examples
    --------
    >>> round(contrapositive_consistency([0.2, 0.6, 1.0], [0.4, 0.6, 0.5]), 4)
    0.6667

    References
    ----------
    .. [1] De Souter (2024), *Journal of Causal Inference* 12(1). https://doi.org/10.1515/jci-2023-0014
    """
    x, y = pair(x, y, trusted=trusted)
    whole = np.broadcast_to((1.0 - y).sum(axis=0), x.shape[1:])
    return ratio(np.minimum(1.0 - x, 1.0 - y).sum(axis=0), whole)


def contrapositive_coverage(x: object, y: object, *, trusted: bool = False) -> Measure:
    """How far the absence of the set lies within the absence of the outcome.

    "x is necessary for y" says the same as "where x is absent, y is"; this is how consistent that is.

    Returns
    -------
    float or array
        Σmin(1 − x, 1 − y) / Σ(1 − x), in [0, 1]; nan if every case is fully in the set.

    Examples
    --------
    >>> round(contrapositive_coverage([0.2, 0.6, 1.0], [0.4, 0.6, 0.5]), 4)
    0.8333

    References
    ----------
    .. [1] De Souter (2024), *Journal of Causal Inference* 12(1). https://doi.org/10.1515/jci-2023-0014
    """
    x, y = pair(x, y, trusted=trusted)
    return ratio(np.minimum(1.0 - x, 1.0 - y).sum(axis=0), (1.0 - x).sum(axis=0))


def trivialness(x: object, y: object, *, trusted: bool = False) -> Measure:
    """How far a necessary set is from one that every case is in (Goertz).

    Returns
    -------
    float or array
        The mean of (1 − x) / (1 − y) over the cases that are not fully in the outcome: 0 for a set that is
        fully trivial, 1 for one that equals the outcome, above 1 where it is smaller than the outcome; nan if
        every case is fully in the outcome.

    Notes
    -----
    A case fully in the outcome gives no ratio and is left out. The measure averages ratios of cases, so
    that one case near the upper end can dominate it; :func:`concausa.sets.fit.relevance` takes the ratio of
    sums instead, for which Schneider & Wagemann recommend it.

    Examples
    --------
    >>> round(trivialness([1.0, 1.0, 0.8], [0.4, 0.6, 0.5]), 4)
    0.1333

    References
    ----------
    .. [1] Goertz (2006), *Studies in Comparative International Development* 41(2), 88-109.
       https://doi.org/10.1007/BF02686312
    .. [2] Schneider & Wagemann (2012), *Set-Theoretic Methods for the Social Sciences*, Cambridge
       University Press, section 9.2.1. https://doi.org/10.1017/CBO9781139004244
    """
    x, y = pair(x, y, trusted=trusted)
    counted = 1.0 - y > TOLERANCE
    shares = np.where(counted, (1.0 - x) / np.where(counted, 1.0 - y, 1.0), 0.0)
    return ratio(shares.sum(axis=0), np.broadcast_to(counted.sum(axis=0), x.shape[1:]))
