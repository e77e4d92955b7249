"""Distances of all pairs of units over many sets of covariates at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

#: Eigenvalues of a correlation matrix below this share of the largest count as 0.
SINGULAR = 1e-9
#: Subsets of one size that are worked out together.
BATCH = 128


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
    columns is measured on the others, and the square is scaled up to all columns. Subsets of one size
    are worked out together.

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
    left, right = np.triu_indices(len(scores), 1)
    apart = scores[left] - scores[right]
    with_gaps = np.isnan(scores).any(axis=0)
    distances = np.full((len(masks), len(left)), np.nan)
    wanted = masks[:, owners]
    for gaps in np.unique(wanted & with_gaps, axis=0):
        own = np.flatnonzero(((wanted & with_gaps) == gaps).all(axis=1))
        whole = ~np.isnan(scores[:, gaps]).any(axis=1)
        usable = gaps | ~with_gaps
        covariance = np.full((len(owners), len(owners)), np.nan)
        covariance[np.ix_(usable, usable)] = covariance_of(
            scores[np.ix_(whole, usable)], None if target is None else target[usable]
        )
        lacking = np.isnan(apart) & gaps
        for pattern in np.unique(lacking, axis=0):
            rows = np.flatnonzero((lacking == pattern).all(axis=1))
            present = wanted[own] & ~pattern
            counts = present.sum(axis=1)
            for count in np.unique(counts[counts > 0]):
                for chunk in np.array_split(own[counts == count], -(-int((counts == count).sum()) // BATCH)):
                    columns = np.nonzero(wanted[chunk] & ~pattern)[1].reshape(len(chunk), count)
                    squares = _squares(apart[rows], covariance, columns)
                    scale = wanted[chunk].sum(axis=1, keepdims=True) / count
                    distances[np.ix_(chunk, rows)] = np.sqrt(np.maximum(squares * scale, 0.0))
    return distances


def _squares(apart: Floats, covariance: Floats, columns: Ints) -> Floats:
    """Squared distances, shape (subsets, pairs), over the columns of each subset, shape (subsets, columns)."""
    inverse, _ = generalised_inverse(covariance[columns[:, :, None], columns[:, None, :]])
    steps = apart[:, columns].transpose(1, 0, 2)
    squares: Floats = ((steps @ inverse) * steps).sum(axis=2)
    return squares


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


def generalised_inverse(covariance: Floats) -> tuple[Floats, Ints]:
    """Inverses of covariances by their correlation matrices, and their ranks.

    Directions without variance get no weight, whatever the units of measurement are. All nan, and rank 0,
    where a covariance is nan.

    Parameters
    ----------
    covariance : array, shape (..., columns, columns)
    """
    if np.isnan(covariance).any():
        return np.full_like(covariance, np.nan), np.zeros(covariance.shape[:-2], dtype=np.int64)
    own = np.diagonal(covariance, axis1=-2, axis2=-1)
    root = np.sqrt(np.divide(1.0, own, out=np.zeros_like(own), where=own > 0))
    scale = root[..., :, None] * root[..., None, :]
    values, vectors = np.linalg.eigh(covariance * scale)
    kept = values > SINGULAR * np.maximum(values[..., -1:], 1.0)
    weights = np.divide(1.0, values, out=np.zeros_like(values), where=kept)
    inverse = (vectors * weights[..., None, :]) @ np.swapaxes(vectors, -1, -2) * scale
    return inverse, kept.sum(axis=-1)
