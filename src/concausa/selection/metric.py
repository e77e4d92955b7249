"""The metric: how far apart two candidates are, with all that has to be decided for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from concausa._kernels import pair_distances as kernel
from concausa.core.caveat import Caveat
from concausa.core.errors import DataError, OptionError
from concausa.selection.candidates import Candidates, Covariate, check_word

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

Distance = Literal["gower", "mahalanobis", "rank", "euclidean"]
Gaps = Literal["shared", "leave out"]
Singular = Literal["refuse", "generalised"]

DISTANCES: tuple[Distance, ...] = get_args(Distance)

#: Fewer complete units than this many times the columns: the covariance is mostly noise.
FEW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """How candidates are compared; the object checks itself when made.

    Parameters
    ----------
    distance : str
        ``gower``: mean over covariates of the difference as a share of the range, 1 for unlike
        categories; in [0, 1] [1]_. ``euclidean``: root of the sum of squared differences, each divided by
        the covariate's variance; unlike categories count as much as twice the inverse of the share of
        pairs that are unlike, which is the same for a binary covariate. ``mahalanobis``: weighs by the
        inverse of the covariance, so that what several covariates say together counts once; categories
        enter as indicators. ``rank``: the same of ranks, with the variance that ranks without ties have, so
        that outliers and ties do not decide [2]_.
    gaps : str
        ``shared``: a pair is measured on the covariates that both have, scaled up to all of them.
        ``leave out``: units with a gap are left out. Both say so.
    singular : str
        What to do where covariates determine each other, or are too many for the units: ``refuse``, or
        take the ``generalised`` inverse, with a caveat.

    References
    ----------
    .. [1] Gower (1971), *Biometrics* 27(4), 857-871. https://doi.org/10.2307/2528823
    .. [2] Rosenbaum (2010), *Design of Observational Studies*, Springer, 8.3.
       https://doi.org/10.1007/978-1-4419-1213-8
    """

    distance: Distance = "gower"
    gaps: Gaps = "shared"
    singular: Singular = "refuse"

    def __post_init__(self) -> None:
        check_word("distance", self.distance, DISTANCES)
        check_word("gaps", self.gaps, get_args(Gaps))
        check_word("singular", self.singular, get_args(Singular))

    def data(self) -> dict[str, str]:
        """The options as plain JSON values."""
        return {"distance": self.distance, "gaps": self.gaps, "singular": self.singular}


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Distances of all pairs over subsets of covariates.

    Parameters
    ----------
    candidates : Candidates
        Those that are compared.
    covariates : tuple of Covariate
        Those by which they are, one a column of *parts* and *masks*.
    left, right : array of int, shape (pairs,)
        Rows of the two units of each pair; left < right.
    distances : array, shape (subsets, pairs)
        nan where nothing is shared, or an exact covariate differs or is missing.
    parts : array, shape (pairs, covariates)
        What each covariate adds to the distance (``gower``), or to its square; nan where one of the two
        lacks it. Parts of ``mahalanobis`` and ``rank`` may be below 0: a covariate can take back what those
        that go with it say. Of the first subset.
    barred : array of bool, shape (pairs,)
        Pairs that differ on, or lack, an exact covariate.
    caveats : tuple of Caveat
    """

    candidates: Candidates
    covariates: tuple[Covariate, ...]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    distances: Floats
    parts: Floats
    barred: Bools
    caveats: tuple[Caveat, ...]


def measure(candidates: Candidates, metric: Metric, masks: Bools | None = None) -> Measured:
    """Distances of all pairs by the covariates to be matched, over all of them or over each subset.

    Parameters
    ----------
    masks : array of bool, shape (subsets, covariates), optional
        Which of the covariates with the role ``match`` each subset holds; all of them if not given.

    Raises
    ------
    DataError
        If there is nothing to compare by, fewer than 2 units are left, or the covariance is singular and
        the metric refuses it.
    """
    used = candidates.of("match")
    if not used:
        raise DataError(
            "there is no covariate to compare by", where="role match", fix="name at least one covariate"
        )
    caveats = []
    if metric.gaps == "leave out":
        whole = ~np.any([one.missing for one in (*used, *candidates.of("exact"))], axis=0)
        gone = [unit for unit, kept in zip(candidates.units, whole, strict=True) if not kept]
        if gone:
            caveats.append(
                Caveat.of("left out", "left out for want of a covariate: {units}", units=", ".join(gone))
            )  # fmt: skip
        candidates = candidates.only(np.flatnonzero(whole).tolist())
        used = candidates.of("match")
    n = len(candidates.units)
    if n < 2:
        raise DataError(
            f"two units make a pair, and {n} can be compared",
            where="gaps",
            fix='measure on what both have: gaps="shared"',
        )
    left, right = np.triu_indices(n, 1)
    masks = np.ones((1, len(used)), dtype=bool) if masks is None else masks
    caveats += _constant(used)
    if metric.distance in ("gower", "euclidean"):
        parts = _parts(used, left, right, metric.distance)
        distances = kernel.additive(parts, masks, mean=metric.distance == "gower")
    else:
        distances, parts, more = _by_covariance(used, left, right, metric, masks)
        caveats += more
    if metric.gaps == "shared":
        caveats += _gap_caveats(candidates, used)
    barred = _barred(candidates, left, right)
    distances = np.where(barred, np.nan, distances)
    return Measured(candidates, used, left, right, distances, parts, barred, tuple(caveats))


def _parts(used: tuple[Covariate, ...], left: Any, right: Any, distance: Distance) -> Floats:
    return np.column_stack(
        [
            (gower_part if distance == "gower" else squared_part)(one, one.scores[left], one.scores[right])
            for one in used
        ]
    )


def gower_part(covariate: Covariate, left: Floats, right: Floats) -> Floats:
    """Gower's part of one covariate for each pair: a share of the range, or 0 and 1."""
    if covariate.kind == "category":
        return np.where(np.isnan(left + right), np.nan, (left != right).astype(np.float64))
    scores = covariate.scores
    there = scores[~np.isnan(scores)]
    span = float(np.ptp(there)) if len(there) else 0.0
    apart = np.abs(left - right)
    return apart / span if span > 0 else np.where(np.isnan(apart), np.nan, 0.0)


def squared_part(covariate: Covariate, left: Floats, right: Floats) -> Floats:
    """The squared standardised difference of each pair; its mean over all pairs is 2 for every covariate."""
    scores = covariate.scores
    there = scores[~np.isnan(scores)]
    if covariate.kind == "category":
        counts = np.unique(there, return_counts=True)[1]
        n = len(there)
        unlike = 1 - float((counts * (counts - 1)).sum()) / (n * (n - 1)) if n > 1 else 0.0
        apart = np.where(np.isnan(left + right), np.nan, (left != right).astype(np.float64))
        return 2 * apart / unlike if unlike > 0 else apart
    variance = float(there.var(ddof=1)) if len(there) > 1 else 0.0
    squares = (left - right) ** 2
    return squares / variance if variance > 0 else np.where(np.isnan(squares), np.nan, 0.0)


def _by_covariance(
    used: tuple[Covariate, ...], left: Any, right: Any, metric: Metric, masks: Bools
) -> tuple[Floats, Floats, list[Caveat]]:
    scores, owners, target = columns(used, ranks=metric.distance == "rank")
    whole = int((~np.isnan(scores).any(axis=1)).sum())
    if whole < 2:
        raise DataError(
            f"too few units have all covariates for a covariance: {whole}",
            where=f"covariates: {', '.join(one.name for one in used)}",
            fix="leave out those with most gaps, or take a distance that needs no covariance: gower, euclidean",
        )
    _, rank = kernel.generalised_inverse(kernel.covariance_of(scores, target))
    lacking = scores.shape[1] - int(rank)
    caveats = []
    if lacking and metric.singular == "refuse":
        raise DataError(
            f"the covariates do not vary freely: {scores.shape[1]} columns, rank {rank}, "
            f"{whole} units that have all of them",
            where=f"covariates: {', '.join(one.name for one in used)}",
            fix='leave some out, take another distance, or the generalised inverse: singular="generalised"',
        )
    if lacking:
        caveats.append(
            Caveat.of(
                "singular", "Mahalanobis distances: {columns} columns of covariates have rank {rank}, and the "
                "generalised inverse gives no weight to directions in which the {n} complete units do not differ",
                columns=scores.shape[1], rank=rank, n=whole,
            )
        )  # fmt: skip
    if whole < FEW * scores.shape[1]:
        caveats.append(
            Caveat.of(
                "noisy covariance", "the Mahalanobis distances rest on a covariance that is mostly noise: {n} units, "
                "columns: {columns}",
                columns=scores.shape[1], n=whole,
            )
        )  # fmt: skip
    distances = kernel.mahalanobis(scores, owners, masks, target)
    return distances, _shares(scores, owners, target, left, right, len(used)), caveats


def columns(used: tuple[Covariate, ...], *, ranks: bool) -> tuple[Floats, NDArray[np.int64], Floats | None]:
    """Scores as columns, a category as indicators of all its levels but the last that occurs.

    Returns
    -------
    scores : array, shape (units, columns)
    owners : array of int, shape (columns,)
    target : array, shape (columns,), or None
        Variance of as many ranks without ties.
    """
    listed: list[Floats] = []
    owners: list[int] = []
    for at, one in enumerate(used):
        own = one.scores
        if one.kind == "category":
            met = np.unique(own[~np.isnan(own)])
            block = [np.where(np.isnan(own), np.nan, (own == level).astype(np.float64)) for level in met[:-1]]
        else:
            block = [own]
        listed += [average_ranks(column) for column in block] if ranks else block
        owners += [at] * len(block)
    scores = np.column_stack(listed) if listed else np.empty((len(used[0].values), 0))
    if not ranks:
        return scores, np.array(owners, dtype=np.int64), None
    n = (~np.isnan(scores)).sum(axis=0)
    return scores, np.array(owners, dtype=np.int64), n * (n + 1) / 12.0


def average_ranks(values: Floats) -> Floats:
    """Ranks from 1, ties at their mean; nan stays nan.

    Examples
    --------
    >>> average_ranks(np.array([5.0, 1.0, 5.0])).tolist()
    [2.5, 1.0, 2.5]
    """
    there = ~np.isnan(values)
    _, place, counts = np.unique(values[there], return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = np.full(len(values), np.nan)
    ranks[there] = (ends - (counts - 1) / 2.0)[place.reshape(-1)]
    return ranks


def _shares(
    scores: Floats, owners: NDArray[np.int64], target: Floats | None, left: Any, right: Any, covariates: int
) -> Floats:
    """What each covariate adds to the squared distance of each pair, over the columns that both have."""
    covariance = kernel.covariance_of(scores, target)
    apart = scores[left] - scores[right]
    gaps = np.isnan(apart)
    added = np.full(apart.shape, np.nan)
    for pattern in np.unique(gaps, axis=0):
        rows = np.flatnonzero((gaps == pattern).all(axis=1))
        there = np.flatnonzero(~pattern)
        if not len(there):
            continue
        inverse, _ = kernel.generalised_inverse(covariance[np.ix_(there, there)])
        steps = apart[np.ix_(rows, there)]
        added[np.ix_(rows, there)] = (steps @ inverse) * steps * (len(owners) / len(there))
    parts = np.full((len(left), covariates), np.nan)
    for at in range(covariates):
        own = added[:, owners == at]
        if own.shape[1]:
            parts[:, at] = own.sum(axis=1)
        else:
            parts[:, at] = 0.0
    return parts


def _barred(candidates: Candidates, left: Any, right: Any) -> Bools:
    barred = np.zeros(len(left), dtype=bool)
    for one in candidates.of("exact"):
        barred |= ~(one.values[left] == one.values[right])
    return barred


def _constant(used: tuple[Covariate, ...]) -> list[Caveat]:
    same = [one.name for one in used if len(np.unique(one.values[~one.missing])) < 2]
    return [
        Caveat.of("constant", "{covariate} does not vary: it tells no pair apart", covariate=name)
        for name in same
    ]


def _gap_caveats(candidates: Candidates, used: tuple[Covariate, ...]) -> list[Caveat]:
    told = []
    for one in used:
        lacking = [unit for unit, gap in zip(candidates.units, one.missing, strict=True) if gap]
        if lacking:
            told.append(
                Caveat.of(
                    "gap", "{covariate} is missing for {units}; their pairs are measured on the others",
                    covariate=one.label or one.name, units=", ".join(lacking),
                )
            )  # fmt: skip
    return told


def refuse_pair(first: str, second: str) -> None:
    """OptionError where a pair is one unit twice."""
    if first == second:
        raise OptionError(f"{first} and {second} are one unit", where="pair", fix="name two candidates")
