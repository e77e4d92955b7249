"""Distances of all pairs of units over many sets of covariates at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

#: Eigenvalues of a correlation matrix below this share of the largest count as 0.
SINGULAR = 1e-9


def additive(parts: Floats, masks: Bools, *, mean: bool) -> Floats:
    """Distances that add up over covariates.

    Parameters
    ----------
    parts : array, shape (pairs, covariates)
        What each covariate adds, 0 or more; nan where one of the two lacks it.
    masks : array of bool, shape (subsets, covariates)
    mean : bool
        The mean of the parts (Gower), or the root of their sum, scaled up to the subset's covariates.

    Returns
    -------
    array, shape (subsets, pairs)
        nan where the two have no covariate of the subset in common. Cost: subsets × pairs × covariates.
    """
    wanted = masks.astype(np.float64)
    present = ~np.isnan(parts)
    total = wanted @ np.where(present, parts, 0.0).T
    count = wanted @ present.T.astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        average = total / count
    return average if mean else np.sqrt(average * wanted.sum(axis=1, keepdims=True))


def mahalanobis(scores: Floats, owners: Ints, masks: Bools, target: Floats | None = None) -> Floats:
    """Mahalanobis distances of all pairs over each subset of covariates.

    The covariance is that of the units that have every covariate of the subset. It is inverted through the
    correlation matrix, without the directions in which the units do not differ. A pair that lacks some
    columns is measured on the others, and the square is scaled up to all columns.

    Parameters
    ----------
    scores : array, shape (units, columns)
        nan where missing.
    owners : array of int, shape (columns,)
        The covariate that each column belongs to.
    masks : array of bool, shape (subsets, covariates)
    target : array, shape (columns,), optional
        Variances to which the covariance is scaled, for ranks with ties.

    Returns
    -------
    array, shape (subsets, pairs)
        nan where the two share no column. Cost: subsets × (pairs × columns² + columns³).
    """
    n = len(scores)
    left, right = np.triu_indices(n, 1)
    apart = scores[left] - scores[right]
    gaps = np.isnan(apart)
    patterns, which = np.unique(gaps, axis=0, return_inverse=True)
    which = which.reshape(-1)
    filled = np.where(gaps, 0.0, apart)
    distances = np.empty((len(masks), len(left)))
    for at, mask in enumerate(masks):
        columns = np.flatnonzero(mask[owners])
        covariance = covariance_of(scores[:, columns], None if target is None else target[columns])
        for pattern in range(len(patterns)):
            rows = slice(None) if len(patterns) == 1 else np.flatnonzero(which == pattern)
            there = np.flatnonzero(~patterns[pattern][columns])
            if not len(there):
                distances[at, rows] = np.nan
                continue
            inverse, _ = generalised_inverse(covariance[np.ix_(there, there)])
            steps = filled[:, columns[there]][rows]
            squares = np.einsum("ij,ij->i", steps @ inverse, steps)
            distances[at, rows] = np.sqrt(np.maximum(squares, 0.0) * (len(columns) / len(there)))
    return distances


def covariance_of(scores: Floats, target: Floats | None = None) -> Floats:
    """Covariance of the columns over the rows without gaps; nan with fewer than two of them."""
    whole = scores[~np.isnan(scores).any(axis=1)]
    if len(whole) < 2:
        return np.full((scores.shape[1], scores.shape[1]), np.nan)
    centred = whole - whole.mean(axis=0)
    covariance: Floats = centred.T @ centred / (len(whole) - 1)
    if target is None:
        return covariance
    own = np.diag(covariance)
    factor = np.sqrt(np.divide(target, own, out=np.zeros_like(own), where=own > 0))
    scaled: Floats = covariance * np.outer(factor, factor)
    return scaled


def generalised_inverse(covariance: Floats) -> tuple[Floats, int]:
    """Inverse of a covariance by its correlation matrix, and its rank.

    Directions without variance get no weight, whatever the units of measurement are. All nan, and rank 0,
    where the covariance is nan.
    """
    if np.isnan(covariance).any():
        return np.full_like(covariance, np.nan), 0
    own = np.diag(covariance)
    scale = np.sqrt(np.divide(1.0, own, out=np.zeros_like(own), where=own > 0))
    values, vectors = np.linalg.eigh(covariance * np.outer(scale, scale))
    kept = values > SINGULAR * max(float(values[-1]), 1.0)
    inverse = (vectors[:, kept] / values[kept]) @ vectors[:, kept].T
    return inverse * np.outer(scale, scale), int(kept.sum())
