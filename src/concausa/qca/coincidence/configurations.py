"""Configurations: the different ways in which cases score on all factors, and how many cases score so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import DataError, OptionError
from concausa.core.table import Cell, Heading, Table
from concausa.qca.case_data import CaseData
from concausa.qca.factor import Factor
from concausa.sets.membership import CROSSOVER, TOLERANCE

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Configurations:
    """Distinct rows of scores, in the order in which they first occur.

    Parameters
    ----------
    factors : tuple of Factor
    scores : array of float, shape (configurations, factors)
    counts : array of float, shape (configurations,)
        Cases that score so.
    cases : tuple of tuple of str
        Their names.
    rare : tuple of str
        Cases left out because too few score like them.
    """

    factors: tuple[Factor, ...]
    scores: Floats
    counts: Floats
    cases: tuple[tuple[str, ...], ...]
    rare: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """How many cases there are."""
        return round(float(self.counts.sum()))

    @property
    def possible(self) -> int:
        """How many configurations the factors allow."""
        return prod(factor.levels for factor in self.factors)

    @cached_property
    def literals(self) -> tuple[tuple[int, int], ...]:
        """Every literal as (place of the factor, value), factors in their order."""
        return tuple([(place, value) for place, factor in enumerate(self.factors) for value in factor.values])

    @cached_property
    def memberships(self) -> Floats:
        """Memberships in every literal, shape (literals, configurations)."""
        return np.stack([self.membership(place, value) for place, value in self.literals])

    def membership(self, place: int, value: int) -> Floats:
        """Memberships in one literal."""
        scores: Floats = self.scores[:, place]
        if self.factors[place].kind == "multi-value":
            return np.where(scores == value, 1.0, 0.0)
        return scores if value == 1 else np.subtract(1.0, scores)

    def of_terms(self, cubes: NDArray[np.int8]) -> Floats:
        """Memberships in conjunctions (−1 leaves a factor out), shape (conjunctions, configurations)."""
        found = np.ones((len(cubes), len(self.scores)))
        for row, cube in enumerate(cubes.tolist()):
            for place, value in enumerate(cube):
                if value >= 0:
                    found[row] = np.minimum(found[row], self.membership(place, value))
        return found

    @cached_property
    def corners(self) -> NDArray[np.int8]:
        """The values that each configuration has, shape (configurations, factors); −1 on a crossover."""
        corner = self.scores.copy()
        for place, factor in enumerate(self.factors):
            if factor.kind != "multi-value":
                scores = self.scores[:, place]
                corner[:, place] = np.where(np.abs(scores - CROSSOVER) <= TOLERANCE, -1, scores > CROSSOVER)
        return corner.astype(np.int8)

    @cached_property
    def observed(self) -> int:
        """How many different configurations of values the cases have; those on a crossover have none."""
        whole = self.corners[(self.corners >= 0).all(axis=1)]
        return len(np.unique(whole, axis=0))

    @property
    def ties(self) -> tuple[tuple[str, str], ...]:
        """Cases on the crossover of a factor, with the factor."""
        rows, places = np.nonzero(self.corners < 0)
        return tuple(
            [
                (case, self.factors[place].name)
                for row, place in zip(rows.tolist(), places.tolist(), strict=True)
                for case in self.cases[row]
            ]
        )

    def named(self, chosen: NDArray[np.bool_]) -> tuple[str, ...]:
        """The cases of the chosen configurations."""
        return tuple([case for row in np.flatnonzero(chosen).tolist() for case in self.cases[row]])

    def table(self) -> Table:
        """One line a configuration."""
        rows = [
            [
                *(Cell(f"{score:g}", float(score)) for score in scores),
                Cell(f"{count:g}", float(count)),
                Cell(", ".join(cases), list(cases)),
            ]
            for scores, count, cases in zip(
                self.scores.tolist(), self.counts.tolist(), self.cases, strict=True
            )
        ]
        headings = [Heading(f"factor-{factor.name}", factor.name, "right") for factor in self.factors]
        return Table.of(
            "configurations",
            f"{len(self.scores)} configurations of {self.n} cases",
            [*headings, Heading("n", "n", "right"), Heading("cases", "cases")],
            rows,
        )

    def __repr__(self) -> str:
        names = ", ".join(factor.name for factor in self.factors)
        return f"<Configurations of {names}: {len(self.scores)} of {self.n} cases>"


def configurations(
    data: CaseData, *, counts: Sequence[float] | None = None, frequency: int = 1
) -> Configurations:
    """Put cases that score alike together.

    Parameters
    ----------
    data : CaseData
    counts : sequence of float, optional
        How many cases each row stands for; 1 if not given.
    frequency : int
        Configurations with fewer cases are left out, and named.

    Raises
    ------
    DataError
        If a factor is don't care for a case, or fewer than two configurations are left.
    OptionError
        If *frequency* is no positive number.

    Examples
    --------
    >>> from concausa.qca.case_data import case_data
    >>> table = configurations(case_data({"A": [1, 0, 1], "B": [0, 1, 0]}, ["A", "B"]))
    >>> table.scores.tolist(), table.counts.tolist(), table.cases
    ([[1.0, 0.0], [0.0, 1.0]], [2.0, 1.0], (('1', '3'), ('2',)))
    """
    if isinstance(frequency, bool) or not isinstance(frequency, int) or frequency < 1:
        raise OptionError(
            "the frequency cut-off is a whole number of cases, at least 1",
            where=f"frequency={frequency!r}",
            fix="frequency=1 keeps every configuration",
        )
    if np.isnan(data.scores).any():
        row, place = (int(found[0]) for found in np.nonzero(np.isnan(data.scores)))
        raise DataError(
            "coincidence analysis has no don't care: any factor may be a cause or an effect",
            where=f"column {data.factors[place].name}, case {data.cases[row]}",
            fix="give the case a score, or leave the case out",
        )
    weights = np.ones(len(data.cases)) if counts is None else np.asarray(counts, dtype=np.float64)
    rounded = np.round(data.scores, 9) + 0.0
    _, first, member = np.unique(rounded, axis=0, return_index=True, return_inverse=True)
    member = member.reshape(-1)
    order = np.argsort(first, kind="stable")
    sums = np.bincount(member, weights=weights, minlength=len(first)).astype(np.float64)
    kept = [group for group in order.tolist() if sums[group] >= frequency]
    if len(kept) < 2:
        told = "every case has the same configuration" if len(first) == 1 else "fewer than two are left"
        raise DataError(
            "coincidence analysis compares configurations: " + told,
            where=f"{len(data.cases)} cases, frequency={frequency}",
            fix="analyse cases that differ" if len(first) == 1 else "lower the frequency cut-off",
        )
    names: dict[int, list[str]] = {}
    for case, group in zip(data.cases, member.tolist(), strict=True):
        names.setdefault(group, []).append(case)
    return Configurations(
        data.factors,
        data.scores[first[kept]],
        sums[kept],
        tuple([tuple(names[group]) for group in kept]),
        tuple(
            [case for case, group in zip(data.cases, member.tolist(), strict=True) if sums[group] < frequency]
        ),
    )
