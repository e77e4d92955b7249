"""How far the consistencies of several clusters differ from each other.

References
----------
.. [1] Garcia-Castro & Ariño (2016), A General Approach to Panel Data Set-Theoretic Research, *Journal of
   Advances in Management Sciences & Information Systems* 2, 63-76.
   https://doi.org/10.6000/2371-1647.2016.02.06
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Distance:
    """How unequal the consistencies of the clusters are; not how low.

    Parameters
    ----------
    value : float
        √Σ(cⱼ / Σc − 1/J)², from 0 (all equal) to √(1 − 1/J) (one cluster has it all); nan where no cluster
        has a consistency above 0.
    clusters : int
        J: how many clusters have a consistency that is defined.
    undefined : tuple of str
        Clusters without one, since no case of theirs is in the set at all; they are left out.
    """

    value: float
    clusters: int
    undefined: tuple[str, ...] = ()

    @property
    def adjusted(self) -> float:
        """The distance in units of what chance would give, so that different numbers of clusters can be compared.

        The unit is the root mean square distance of J shares drawn evenly from all that sum to one,
        √((J − 1) / (J(J + 1))); nan for one cluster.

        Notes
        -----
        With n = J − 1 the unit reads √(n / (n² + 3n + 2)). Articles that apply panel QCA print this formula
        with the number of periods or units for n; their adjusted distances are those here times
        √((J − 1)(J + 2)) / J, which is 1 for two clusters and up to 6 per cent more for others.
        """
        j = self.clusters
        return self.value / math.sqrt((j - 1) / (j * (j + 1))) if j > 1 else math.nan

    def data(self) -> dict[str, Any]:
        """The distance as plain JSON values; nan becomes None."""
        return {
            "value": None if math.isnan(self.value) else self.value,
            "adjusted": None if math.isnan(self.adjusted) else self.adjusted,
            "clusters": self.clusters,
            "undefined": list(self.undefined),
        }


def distance(consistencies: NDArray[np.float64], clusters: Sequence[str] = ()) -> Distance:
    """The distance of the consistencies of clusters from being all equal.

    Every cluster weighs the same, however many cases it has. Consistencies that are equal have distance
    0 at whatever height: read the distance beside the consistencies.

    Parameters
    ----------
    consistencies : array of float, shape (clusters,)
        In [0, 1]; nan where undefined.
    clusters : sequence of str, optional
        Their names, to tell which are undefined.

    Examples
    --------
    >>> found = distance(np.array([1.0, 0.5, 0.5]))
    >>> round(found.value, 4), round(found.adjusted, 4)
    (0.2041, 0.5)
    """
    defined = ~np.isnan(consistencies)
    names = clusters or [str(place) for place in range(1, len(consistencies) + 1)]
    undefined = tuple([names[place] for place in np.flatnonzero(~defined).tolist()])
    shares = consistencies[defined]
    total = float(shares.sum())
    if total <= 0:
        return Distance(math.nan, len(shares), undefined)
    value = float(np.sqrt(((shares / total - 1 / len(shares)) ** 2).sum()))
    return Distance(value if value > 1e-12 else 0.0, len(shares), undefined)
