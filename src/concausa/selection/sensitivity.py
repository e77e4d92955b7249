"""Sensitivity: how the rank of a pair depends on the covariates by which candidates are compared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Never, cast

import numpy as np
from numpy.typing import NDArray

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.core.misspelt import refuse_misspelt
from concausa.core.table import Cell, Heading, Table
from concausa.selection.candidates import Candidates
from concausa.selection.metric import (
    DISTANCES,
    Distance,
    Gaps,
    Measured,
    Metric,
    Singular,
    measure,
    refuse_pair,
)
from concausa.selection.pairs import DECIMALS, narrowed, not_compared
from concausa.selection.pairs_view import CALLED, counted
from concausa.selection.ranks import Ranks, Standing

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

#: Fewer pairs than this: a rank among them says little.
FEW = 10


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How the rank of a pair depends on distance and covariates.

    Parameters
    ----------
    first, second : str
    closest : int
        How many of the closest pairs count; fewer than there are pairs.
    subsets : int
    kind : str
        ``all`` subsets of the covariates, or ``drawn`` ones.
    seed : int or None
        Of the draws.
    ranks : tuple of Ranks
        One a distance.
    steadiest : tuple of Standing
        The pairs that are among the closest most often, best first.
    caveats : tuple of Caveat
    """

    first: str
    second: str
    closest: int
    subsets: int
    kind: Literal["all", "drawn"]
    seed: int | None
    ranks: tuple[Ranks, ...]
    steadiest: tuple[Standing, ...]
    caveats: tuple[Caveat, ...]

    @property
    def headline(self) -> str:
        """The answer in a sentence."""
        ranks = [one.whole for one in self.ranks]
        shares = [one.among_closest for one in self.ranks]
        placed = f"rank {min(ranks)}" if min(ranks) == max(ranks) else f"rank {min(ranks)} to {max(ranks)}"
        low, high = f"{min(shares):.1%}", f"{max(shares):.1%}"
        often = low if low == high else f"{low} to {high}"
        if self.few:
            own = counted(self.ranks[0].pairs, "pair")
            return f"{self.first} and {self.second}: too few pairs to rank ({own})"
        return (
            f"{self.first} and {self.second}: {placed} of {self.ranks[0].pairs} pairs, by distance; "
            f"among the {self.closest} closest in {often} of {counted(self.subsets, 'set')} of covariates"
        )

    @property
    def few(self) -> bool:
        """Whether there are too few pairs for a rank to say anything."""
        return self.ranks[0].pairs < FEW

    def of(self, distance: str) -> Ranks:
        """The ranks under one distance."""
        for one in self.ranks:
            if one.distance == distance:
                return one
        raise OptionError(
            f"the rank was not looked at under {distance!r}",
            where=f"distances: {', '.join(one.distance for one in self.ranks)}",
            fix="name it in distances",
        )

    def table(self) -> Table:
        """A row a distance."""
        headings = (
            Heading("distance", "distance"),
            Heading("rank", "rank", "right"),
            Heading("of_first", f"for {self.first}", "right"),
            Heading("of_second", f"for {self.second}", "right"),
            Heading("without", "without one"),
            Heading("median", "median of subsets", "right"),
            Heading("range", "range", "right"),
            Heading("among_closest", f"among the {self.closest} closest", "right"),
        )
        rows = [
            (
                Cell(CALLED[one.distance], one.distance),
                Cell(f"{one.whole} of {one.pairs}", one.whole),
                Cell(str(one.of_first), one.of_first),
                Cell(str(one.of_second), one.of_second),
                *(
                    [Cell("", missing=True)] * 4
                    if self.few
                    else (
                        Cell(spread(one), dict(one.without)),
                        Cell(f"{one.quartiles[2]:g}", one.quartiles[2]),
                        Cell(
                            f"{one.quartiles[0]:g} to {one.quartiles[4]:g}",
                            [one.quartiles[0], one.quartiles[4]],
                        ),
                        Cell(f"{one.among_closest:.1%}", one.among_closest),
                    )
                ),
            )
            for one in self.ranks
        ]
        drawn = "every subset" if self.kind == "all" else f"subsets drawn with seed {self.seed}"
        notes = (
            f"For one unit: the rank among its own pairs. {counted(self.subsets, 'set')} of covariates: {drawn}.",
            *(f"Caveat: {caveat}." for caveat in self.caveats),
        )
        title = f"How the rank of {self.first} and {self.second} depends on the covariates"
        return Table.of("sensitivity", title, headings, rows, notes=notes)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "first": self.first,
            "second": self.second,
            "closest": self.closest,
            "few": self.few,
            "subsets": self.subsets,
            "kind": self.kind,
            "seed": self.seed,
            "ranks": [one.data() for one in self.ranks],
            "steadiest": [one.data() for one in self.steadiest],
            "caveats": [caveat.data() for caveat in self.caveats],
        }

    def __repr__(self) -> str:
        return f"<Sensitivity of {self.first}, {self.second}: {self.subsets} subsets, {len(self.ranks)} distances>"

    def __str__(self) -> str:
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def sensitivity(
    candidates: Candidates,
    first: str,
    second: str,
    *,
    distances: Sequence[str] = DISTANCES,
    closest: int = 10,
    bound: int = 4096,
    draws: int = 1000,
    seed: int = 1,
    exact: Sequence[str] = (),
    without: Sequence[str] = (),
    gaps: str = "shared",
    singular: str = "refuse",
    **unknown: Never,
) -> Sensitivity:
    """How the rank of a pair depends on the covariates, under each distance.

    Parameters
    ----------
    candidates : Candidates
    first, second : str
        The pair.
    distances : sequence of str
        Those to look at.
    closest : int, at least 1
        How many of the closest pairs count as close; where there are no more pairs, one fewer than there are.
    bound : int
        Most subsets that are all looked at; where there are more, *draws* are drawn.
    draws : int, at least 1
        Subsets drawn, each covariate in or out with equal chance, none empty.
    seed : int
        Of the draws.
    exact, without, gaps, singular
        As for ``pairs``.

    Raises
    ------
    OptionError, UnknownNameError, DataError
        As for ``pairs``; also if *closest* or *draws* is below 1.

    Examples
    --------
    >>> from concausa.selection.candidates import candidates
    >>> states = candidates(
    ...     {"x": [0, 1, 4], "y": [0, 3, 1]}, covariates=["x", "y"], units=["A", "B", "C"]
    ... )
    >>> found = sensitivity(states, "A", "B", distances=["gower"], closest=1)
    >>> found.subsets, found.of("gower").whole, found.of("gower").without
    (3, 1, (('x', 3), ('y', 1)))
    """
    refuse_misspelt(unknown, sensitivity)
    for option, value in (("closest", closest), ("draws", draws)):
        if value < 1:
            raise OptionError(f"{option} is at least 1", where=f"{option}={value}", fix=f"write {option}=10")
    if not distances:
        raise OptionError("no distance is named", where="distances=()", fix=f"one of {', '.join(DISTANCES)}")
    chosen = narrowed(candidates, exact=exact, without=without)
    size = len(chosen.of("match"))
    masks = subsets(size, bound, draws, seed)
    every = np.ones((1, size), dtype=bool)
    leave_one = ~np.eye(size, dtype=bool) if size > 1 else np.empty((0, size), dtype=bool)
    ranks, counts, caveats = [], {}, {}
    measured, most = None, closest
    for word in distances:
        metric = Metric(
            distance=cast("Distance", word), gaps=cast("Gaps", gaps), singular=cast("Singular", singular)
        )
        measured = measure(chosen, metric, np.vstack([every, leave_one, masks]))
        at = _place(measured, first, second)
        pairs_ranked = int((~np.isnan(measured.distances[0])).sum())
        most = max(1, min(closest, pairs_ranked - 1))
        own, close = _ranks(measured, at, 1 + len(leave_one), most)
        names = [one.name for one in measured.covariates]
        of_subsets = own[1 + len(leave_one) :]
        of_subsets = of_subsets[of_subsets > 0]
        quarters = np.quantile(of_subsets, (0, 0.25, 0.5, 0.75, 1)).tolist()
        ranks.append(
            Ranks(
                metric.distance,
                int(own[0]),
                *_own_ranks(measured, at),
                tuple(zip(names, own[1 : 1 + len(leave_one)].tolist(), strict=False)),
                (quarters[0], quarters[1], quarters[2], quarters[3], quarters[4]),
                float(close[at]),
                _histogram(of_subsets, pairs_ranked),
                pairs_ranked,
                len(of_subsets),
            )
        )
        counts[metric.distance] = close
        caveats.update({str(caveat): caveat for caveat in measured.caveats})
    assert measured is not None
    for caveat in _few(ranks[0].pairs, closest, most):
        caveats[str(caveat)] = caveat
    kind: Literal["all", "drawn"] = "all" if len(masks) == 2**size - 1 else "drawn"
    one, other = sorted((first, second), key=chosen.place)
    return Sensitivity(
        one,
        other,
        most,
        len(masks),
        kind,
        None if kind == "all" else seed,
        tuple(ranks),
        _steadiest(measured, counts, most),
        tuple(caveats.values()),
    )


def subsets(size: int, bound: int, draws: int, seed: int) -> Bools:
    """Every subset of *size* covariates but the empty one, or as many drawn as *draws* says.

    Returns
    -------
    array of bool, shape (subsets, size)
    """
    if 2**size - 1 <= bound:
        numbers = np.arange(1, 2**size, dtype=np.int64)
        every: Bools = (numbers[:, None] >> np.arange(size)) % 2 == 1
        return every
    rng = np.random.default_rng(seed)
    found = rng.random((draws, size)) < 0.5
    while not (filled := found.any(axis=1)).all():
        found[~filled] = rng.random((int((~filled).sum()), size)) < 0.5
    return found


def _few(pairs: int, closest: int, most: int) -> list[Caveat]:
    """What is told where there are hardly any pairs, or no more than are to count as close."""
    if pairs < FEW:
        return [Caveat.of("few pairs", "there are too few pairs to rank: {pairs}", pairs=pairs)]
    if most < closest:
        return [
            Caveat.of(
                "closest", "of {pairs} pairs {most} are counted as close, not {closest}",
                pairs=pairs, most=most, closest=closest,
            )
        ]  # fmt: skip
    return []


def spread(ranks: Ranks) -> str:
    """The best and the worst rank with one covariate left out, each with that covariate."""
    if not ranks.without:
        return ""
    best = min(ranks.without, key=lambda item: item[1])
    worst = max(ranks.without, key=lambda item: item[1])
    if best[1] == worst[1]:
        return f"{best[1]}"
    return f"{best[1]} (no {best[0]}) to {worst[1]} (no {worst[0]})"


def _place(measured: Measured, first: str, second: str) -> int:
    """The place of a pair among all pairs; UnknownNameError where it is not compared."""
    refuse_pair(first, second)
    one, other = sorted((measured.candidates.place(first), measured.candidates.place(second)))
    at = int(np.flatnonzero((measured.left == one) & (measured.right == other))[0])
    if math.isnan(measured.distances[0, at]):
        raise not_compared(measured.candidates, first, second)
    return at


def _own_ranks(measured: Measured, at: int) -> tuple[int, int]:
    """The rank of a pair among the pairs of its first unit, and of its second."""
    distances = np.round(measured.distances[0], DECIMALS)
    nearer = distances < distances[at]
    first, second = (
        1 + int((nearer & ((measured.left == unit) | (measured.right == unit))).sum())
        for unit in (measured.left[at], measured.right[at])
    )
    return first, second


def _ranks(measured: Measured, at: int, skip: int, closest: int) -> tuple[Ints, NDArray[np.float64]]:
    """The rank of one pair in each subset (0 where it has none), and how often each pair is among the closest."""
    distances = np.round(np.where(np.isnan(measured.distances), np.inf, measured.distances), DECIMALS)
    own = distances[:, at]
    ranks = np.where(np.isinf(own), 0, (distances < own[:, None]).sum(axis=1) + 1)
    of_subsets = distances[skip:]
    k = min(closest, of_subsets.shape[1])
    limit = np.partition(of_subsets, k - 1, axis=1)[:, k - 1]
    close = (of_subsets <= limit[:, None]) & np.isfinite(of_subsets)
    return ranks.astype(np.int64), close.mean(axis=0)


def _histogram(ranks: Ints, pairs: int) -> tuple[tuple[int, int], ...]:
    ends = [-(-pairs * tenth // 10) for tenth in range(1, 11)]
    place = np.searchsorted(ends, ranks, side="left")
    return tuple((end, int((place == at).sum())) for at, end in enumerate(ends))


def _steadiest(
    measured: Measured, counts: dict[Distance, NDArray[np.float64]], most: int
) -> tuple[Standing, ...]:
    mean = np.mean(list(counts.values()), axis=0)
    order = np.argsort(-mean, kind="stable")[:most]
    units = measured.candidates.units
    return tuple(
        Standing(
            units[measured.left[at]],
            units[measured.right[at]],
            tuple((word, float(close[at])) for word, close in counts.items()),
        )
        for at in order
        if mean[at] > 0
    )
