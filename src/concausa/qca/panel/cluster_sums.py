"""Sums over clusters: what every measure of fit of a cluster is made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from concausa.sets.fit import ratio

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class ClusterSums:
    """Weighted sums of memberships, by cluster and set, each of shape (clusters, sets).

    Parameters
    ----------
    x, y : array
        Σw·x and Σw·y.
    both : array
        Σw·min(x, y).
    shared : array
        Σw·min(x, y, 1 − y).
    outside : array
        Σw·(1 − x).
    not_both : array
        Σw·(1 − min(x, y)).
    """

    x: Floats
    y: Floats
    both: Floats
    shared: Floats
    outside: Floats
    not_both: Floats

    @cached_property
    def within_outcome(self) -> Floats:
        """Σ min(x, y) / Σx: consistency of sufficiency, or coverage of necessity; nan where Σx is 0."""
        return np.asarray(ratio(self.both, self.x))

    @cached_property
    def of_outcome(self) -> Floats:
        """Σ min(x, y) / Σy: coverage of sufficiency, or consistency of necessity; nan where Σy is 0."""
        return np.asarray(ratio(self.both, self.y))

    @cached_property
    def pri(self) -> Floats:
        """Proportional reduction in inconsistency of sufficiency."""
        return np.asarray(ratio(self.both - self.shared, self.x - self.shared))

    @cached_property
    def relevance(self) -> Floats:
        """Relevance of necessity (RoN)."""
        return np.asarray(ratio(self.outside, self.not_both))


def cluster_sums(x: Floats, y: Floats, codes: Ints, clusters: int, weights: Floats | None) -> ClusterSums:
    """The sums of each cluster.

    Parameters
    ----------
    x : array of float, shape (cases, sets)
    y : array of float, shape (cases,)
    codes : array of int, shape (cases,)
        The cluster of each case; every cluster from 0 to *clusters* − 1 has a case.
    clusters : int
    weights : array of float, shape (cases,), optional
        Not negative; each case counts 1 without them.

    Notes
    -----
    Cost: one pass over cases × sets, whatever the number of clusters.
    """
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(clusters))
    wide = x[order]
    outcome = np.broadcast_to(y[order, None], wide.shape)
    both = np.minimum(wide, outcome)
    share = np.ones(len(order)) if weights is None else weights[order]

    def total(values: Floats) -> Floats:
        return np.add.reduceat(values * share[:, None], starts, axis=0)

    return ClusterSums(
        total(wide),
        total(outcome),
        total(both),
        total(np.minimum(both, 1.0 - outcome)),
        total(1.0 - wide),
        total(1.0 - both),
    )
