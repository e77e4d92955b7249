"""Pairs of cases that are ranked together, and how a grid of candidates is ranked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from concausa.selection.best_cases import DIGITS
from concausa.selection.sufficient_terms import Flags, Floats, SufficientTerms

Design = Literal[
    "typical with typical",
    "typical with irrelevant",
    "typical with deviant in consistency",
    "deviant in coverage with irrelevant",
]
DESIGNS: tuple[Design, ...] = get_args(Design)

Scope = Literal["all", "within", "across"]
SCOPES: tuple[Scope, ...] = get_args(Scope)

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class CasePair:
    """Two cases to be compared.

    Parameters
    ----------
    first, second : str
    value : float
        Of the formula of its design; smaller is better.
    rank : int or None
        From 1; None where the design has no ranks.
    place : int
        Among the pairs of its group; ties share it.
    clean : tuple of (bool or None, bool or None)
        Whether the first and the second case are covered by this term alone, or, if irrelevant, by none; None
        where this is not asked.
    clusters : tuple of (str, str)
    """

    first: str
    second: str
    value: float
    rank: int | None
    place: int
    clean: tuple[bool | None, bool | None]
    clusters: tuple[str, str] = ("", "")

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "first": self.first,
            "second": self.second,
            "value": self.value,
            "rank": self.rank,
            "place": self.place,
            "uniquely_or_globally_un_covered": list(self.clean),
            "clusters": list(self.clusters) if any(self.clusters) else None,
        }


@dataclass(frozen=True, slots=True)
class PairGroup:
    """The pairs of one design that are ranked together.

    Parameters
    ----------
    design : str
    term, focal, row, cluster : str
        What they have in common; empty where it does not apply.
    firsts, seconds : int
        How many cases could be the first, and the second, of a pair.
    n : int
        How many pairs there are.
    tied : int
        How many share the first place.
    pairs : tuple of CasePair
        The best.
    """

    design: Design
    term: str
    focal: str
    row: str
    cluster: str
    firsts: int
    seconds: int
    n: int
    tied: int
    pairs: tuple[CasePair, ...]

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "design": self.design,
            "term": self.term or None,
            "focal_conjunct": self.focal or None,
            "row": self.row or None,
            "cluster": self.cluster or None,
            "firsts": self.firsts,
            "seconds": self.seconds,
            "n": self.n,
            "tied": self.tied,
            "pairs": [pair.data() for pair in self.pairs],
        }


@dataclass(frozen=True, slots=True)
class Grid:
    """Every first case with every second one; arrays of shape (firsts, seconds)."""

    design: Design
    firsts: Places
    seconds: Places
    value: Floats
    allowed: Flags
    rank: NDArray[np.int64] | None = None
    clean_first: Flags | None = None
    clean_second: Flags | None = None
    term: str = ""
    focal: str = ""
    row: str = ""


def ranked(found: SufficientTerms, grid: Grid, scope: Scope, top: int) -> tuple[PairGroup, ...]:
    """The pairs of a grid, ranked over all, across clusters, or cluster by cluster; the *top* of each listed."""
    if scope == "all" or not found.clusters:
        return (_group(found, grid, grid.allowed, "", top),)
    codes = {name: code for code, name in enumerate(dict.fromkeys(found.clusters))}
    own = np.array([codes[name] for name in found.clusters])
    same = own[grid.firsts][:, None] == own[grid.seconds][None, :]
    if scope == "across":
        return (_group(found, grid, grid.allowed & ~same, "", top),)
    return tuple(
        _group(found, grid, grid.allowed & same & (own[grid.firsts] == code)[:, None], name, top)
        for name, code in codes.items()
    )


def _group(found: SufficientTerms, grid: Grid, allowed: Flags, cluster: str, top: int) -> PairGroup:
    first, second = np.nonzero(allowed)
    value = grid.value[first, second].round(DIGITS)
    rank = grid.rank[first, second] if grid.rank is not None else np.zeros(len(first), dtype=np.int64)
    soiled = np.zeros(len(first), dtype=np.int64)
    for clean, places in ((grid.clean_first, first), (grid.clean_second, second)):
        if clean is not None:
            soiled += ~clean[places]
    order = np.lexsort((second, first, value, rank, soiled))
    keys = np.stack([soiled[order], rank[order], value[order]], axis=1)
    place = _places(keys)
    members = [
        np.array([not cluster or found.cluster(case) == cluster for case in some.tolist()], dtype=bool)
        for some in (grid.firsts, grid.seconds)
    ]
    listed = [
        CasePair(
            found.cases[grid.firsts[first[at]]],
            found.cases[grid.seconds[second[at]]],
            float(grid.value[first[at], second[at]]),
            int(rank[at]) if grid.rank is not None else None,
            int(place[number]),
            (_flag(grid.clean_first, int(first[at])), _flag(grid.clean_second, int(second[at]))),
            (found.cluster(int(grid.firsts[first[at]])), found.cluster(int(grid.seconds[second[at]]))),
        )
        for number, at in enumerate(order[:top].tolist())
    ]
    return PairGroup(
        grid.design,
        grid.term,
        grid.focal,
        grid.row,
        cluster,
        int(members[0].sum()),
        int(members[1].sum()),
        len(first),
        int((place == 1).sum()),
        tuple(listed),
    )


def _places(keys: Floats) -> NDArray[np.int64]:
    """Places from 1 of sorted keys; equal ones share the first."""
    if not len(keys):
        return np.zeros(0, dtype=np.int64)
    new = np.concatenate([[True], (keys[1:] != keys[:-1]).any(axis=1)])
    starts = np.flatnonzero(new) + 1
    return np.asarray(starts[np.cumsum(new) - 1])


def _flag(flags: Flags | None, place: int) -> bool | None:
    return None if flags is None else bool(flags[place])
