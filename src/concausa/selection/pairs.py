"""Pairs: every two candidates, from the most alike to the least."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Never, cast

import numpy as np

from concausa.core.caveat import Caveat
from concausa.core.errors import UnknownNameError
from concausa.core.misspelt import refuse_misspelt
from concausa.core.table import Table
from concausa.selection.candidates import Candidates, Role
from concausa.selection.metric import Distance, Gaps, Measured, Metric, Singular, measure, refuse_pair

#: Distances that agree to this many decimals are tied.
DECIMALS = 10


@dataclass(frozen=True, slots=True)
class Pair:
    """Two candidates.

    Parameters
    ----------
    first, second : str
        In the order of the candidates.
    distance : float
    rank : int
        1 is the closest; tied pairs share the best rank.
    tied : int
        Pairs of this distance, itself included.
    shares : mapping of str to float
        Each covariate's part of the distance (``gower``) or of its square, in order; they add up to 1. Empty
        where the distance is 0. May be below 0 for ``mahalanobis`` and ``rank``.
    missing : tuple of str
        Covariates that one of the two lacks.
    """

    first: str
    second: str
    distance: float
    rank: int
    tied: int
    shares: Mapping[str, float]
    missing: tuple[str, ...]

    @property
    def id(self) -> str:
        """``NL, PUE``."""
        return f"{self.first}, {self.second}"

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "first": self.first,
            "second": self.second,
            "distance": self.distance,
            "rank": self.rank,
            "tied": self.tied,
            "shares": dict(self.shares),
            "missing": list(self.missing),
        }


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """All pairs of the candidates, the closest first.

    Parameters
    ----------
    metric : Metric
    candidates : Candidates
        Those compared.
    rows : tuple of Pair
        Those that agree on the exact covariates and share a covariate at all.
    barred : int
        Pairs that differ on an exact covariate, or lack it.
    apart : int
        Pairs that have no covariate in common.
    caveats : tuple of Caveat
    """

    metric: Metric
    candidates: Candidates
    rows: tuple[Pair, ...]
    barred: int
    apart: int
    caveats: tuple[Caveat, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def of(self, first: str, second: str) -> Pair:
        """The pair of two units, in either order; UnknownNameError where they are not compared."""
        self.candidates.place(first)
        self.candidates.place(second)
        refuse_pair(first, second)
        for pair in self.rows:
            if {pair.first, pair.second} == {first, second}:
                return pair
        raise not_compared(self.candidates, first, second)

    def closest(self, n: int = 10) -> tuple[Pair, ...]:
        """The first *n*, and all that are tied with the last of them."""
        return tuple(pair for pair in self.rows if pair.rank <= n)

    def nearest(self, unit: str) -> tuple[Pair, ...]:
        """The pairs of one unit, the closest first."""
        self.candidates.place(unit)
        return tuple(pair for pair in self.rows if unit in (pair.first, pair.second))

    def table(self, limit: int | None = 20, marked: Sequence[tuple[str, str]] = ()) -> Table:
        """The closest pairs and those *marked*, with what sets them apart most."""
        from concausa.selection.pairs_view import table

        return table(self, limit, marked)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            **self.metric.data(),
            "units": list(self.candidates.units),
            "covariates": [one.name for one in self.candidates.of("match")],
            "exact": [one.name for one in self.candidates.of("exact")],
            "pairs": [pair.data() for pair in self.rows],
            "barred": self.barred,
            "apart": self.apart,
            "caveats": [caveat.data() for caveat in self.caveats],
        }

    def cite(self) -> tuple[str, ...]:
        """The works that the distance rests on."""
        from concausa.selection.pairs_view import SOURCES

        return SOURCES[self.metric.distance]

    def __repr__(self) -> str:
        return f"<Pairs: {len(self.rows)} of {len(self.candidates.units)} units, {self.metric.distance}>"

    def __str__(self) -> str:
        return str(self.table(10))

    def _repr_html_(self) -> str:
        return self.table(10)._repr_html_()


def pairs(
    candidates: Candidates,
    *,
    distance: str = "gower",
    exact: Sequence[str] = (),
    without: Sequence[str] = (),
    gaps: str = "shared",
    singular: str = "refuse",
    **unknown: Never,
) -> Pairs:
    """All pairs of the candidates, ranked by their distance on the covariates.

    Parameters
    ----------
    candidates : Candidates
    distance : str
        ``gower``, ``euclidean``, ``mahalanobis`` or ``rank``; see ``Metric``.
    exact : sequence of str
        Covariates on which the two must agree, besides those whose role says so.
    without : sequence of str
        Covariates to leave out.
    gaps : str
        ``shared`` or ``leave out``; see ``Metric``.
    singular : str
        ``refuse`` or ``generalised``; see ``Metric``.

    Raises
    ------
    UnknownNameError
        If a covariate does not exist.
    OptionError, DataError
        As told by ``Metric`` and ``measure``.

    Notes
    -----
    Units should be alike before what is explained: covariates that the outcome, or the cause, has itself
    changed make cases look alike or unlike for the wrong reason [1]_ [2]_.

    Examples
    --------
    >>> from concausa.selection.candidates import candidates
    >>> states = candidates({"x": [0, 1, 4], "y": [0, 0, 1]}, covariates=["x", "y"], units=["A", "B", "C"])
    >>> [(pair.id, pair.distance) for pair in pairs(states).rows]
    [('A, B', 0.125), ('B, C', 0.875), ('A, C', 1.0)]

    References
    ----------
    .. [1] Nielsen (2016), *Sociological Methods & Research* 45(3), 569-597.
       https://doi.org/10.1177/0049124114547054
    .. [2] Seawright & Gerring (2008), *Political Research Quarterly* 61(2), 294-308.
       https://doi.org/10.1177/1065912907313077
    """
    refuse_misspelt(unknown, pairs)
    metric = Metric(
        distance=cast("Distance", distance), gaps=cast("Gaps", gaps), singular=cast("Singular", singular)
    )
    return ranked(measure(narrowed(candidates, exact=exact, without=without), metric), metric)


def not_compared(candidates: Candidates, first: str, second: str) -> UnknownNameError:
    """What is told of a pair that is not among those ranked."""
    if not candidates.of("exact"):
        return UnknownNameError(
            f"{first} and {second} are not compared", where="they share no covariate",
            fix="name a covariate that both have",
        )  # fmt: skip
    return UnknownNameError(
        f"{first} and {second} are not compared",
        where=f"they differ on {', '.join(unlike(candidates, first, second))}, or lack it",
        fix="match on fewer covariates exactly",
    )


def unlike(candidates: Candidates, first: str, second: str) -> tuple[str, ...]:
    """The covariates on which pairs must agree and these two do not; all such covariates where there is none."""
    one, other = candidates.place(first), candidates.place(second)
    exact = candidates.of("exact")
    apart = tuple(own.name for own in exact if own.values[one] != own.values[other])
    return apart or tuple(own.name for own in exact)


def narrowed(candidates: Candidates, *, exact: Sequence[str] = (), without: Sequence[str] = ()) -> Candidates:
    """The candidates with some covariates to agree on, and some only beside."""
    roles: dict[str, Role] = dict.fromkeys(exact, "exact")
    roles |= dict.fromkeys(without, "beside")
    return candidates.recast(**roles)


def ranked(measured: Measured, metric: Metric) -> Pairs:
    """The pairs of distances that were measured."""
    distances = measured.distances[0]
    there = np.flatnonzero(~np.isnan(distances))
    rounded = np.round(distances[there], DECIMALS)
    order = np.argsort(rounded, kind="stable")
    sorted_ = rounded[order]
    ranks = np.searchsorted(sorted_, sorted_, side="left") + 1
    ties = np.searchsorted(sorted_, sorted_, side="right") - ranks + 1
    names = [one.name for one in measured.covariates]
    units = measured.candidates.units
    totals = np.nansum(measured.parts, axis=1).tolist()
    rows = []
    for place, at in enumerate(there[order].tolist()):
        parts = measured.parts[at].tolist()
        total = totals[at]
        shares = (
            {
                name: float(part) / total
                for name, part in zip(names, parts, strict=True)
                if not math.isnan(part)
            }
            if sorted_[place] > 0
            else {}
        )
        rows.append(
            Pair(
                units[measured.left[at]],
                units[measured.right[at]],
                float(distances[at]) if sorted_[place] > 0 else 0.0,
                int(ranks[place]),
                int(ties[place]),
                shares,
                tuple(name for name, part in zip(names, parts, strict=True) if math.isnan(part)),
            )
        )
    barred = int(measured.barred.sum())
    return Pairs(
        metric,
        measured.candidates,
        tuple(rows),
        barred,
        len(distances) - len(rows) - barred,
        measured.caveats,
    )
