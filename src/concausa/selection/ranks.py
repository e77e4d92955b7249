"""Ranks of a pair under one distance, over sets of covariates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from concausa.selection.metric import Distance


@dataclass(frozen=True, slots=True)
class Ranks:
    """The rank of one pair under one distance.

    Parameters
    ----------
    distance : str
    whole : int
        Over all covariates.
    of_first, of_second : int
        Over all covariates, among the pairs of the first unit alone, and of the second.
    without : tuple of (str, int)
        With each covariate left out in turn.
    quartiles : tuple of 5 float
        Lowest, quarter, half, three quarters and highest rank over the subsets.
    among_closest : float
        Share of subsets in which the pair is among the *closest*, ties counted in.
    histogram : tuple of (int, int)
        Upper end of each tenth of the ranks, and in how many subsets the rank lies there.
    pairs : int
        How many pairs are ranked.
    subsets : int
        Subsets in which the pair shares a covariate.
    """

    distance: Distance
    whole: int
    of_first: int
    of_second: int
    without: tuple[tuple[str, int], ...]
    quartiles: tuple[float, float, float, float, float]
    among_closest: float
    histogram: tuple[tuple[int, int], ...]
    pairs: int
    subsets: int

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "distance": self.distance,
            "rank": self.whole,
            "of_first": self.of_first,
            "of_second": self.of_second,
            "pairs": self.pairs,
            "without": dict(self.without),
            "quartiles": list(self.quartiles),
            "among_closest": self.among_closest,
            "subsets": self.subsets,
            "histogram": [list(bar) for bar in self.histogram],
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """A pair that is among the closest in some subsets: in which share of them, under each distance."""

    first: str
    second: str
    shares: tuple[tuple[Distance, float], ...]

    @property
    def mean(self) -> float:
        """The mean over the distances."""
        return sum(share for _, share in self.shares) / len(self.shares)

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"first": self.first, "second": self.second, "shares": dict(self.shares)}
