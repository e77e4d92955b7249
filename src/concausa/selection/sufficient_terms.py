"""Sufficient terms as values: conjuncts, outcome, truth-table rows and clusters of the cases of an analysis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Never

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import DataError
from concausa.core.misspelt import refuse_misspelt
from concausa.sets.membership import CROSSOVER, TOLERANCE

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class SufficientTerm:
    """A conjunction with the membership of every case in each of its conjuncts.

    Parameters
    ----------
    expression : str
        Such as ``EL*~BC``.
    conjuncts : tuple of str
        ``("EL", "~BC")``; none for the term ``1``.
    parts : array of float, shape (cases, conjuncts)
    membership : array of float, shape (cases,)
        The least of the parts; 1 where there is none.
    """

    expression: str
    conjuncts: tuple[str, ...]
    parts: Floats
    membership: Floats

    def complementary(self, focal: int) -> Floats:
        """The least membership in the conjuncts other than the focal one; 1 for a term of one conjunct."""
        return _least(np.delete(self.parts, focal, axis=1))


@dataclass(frozen=True, slots=True, eq=False)
class SufficientTerms:
    """The terms of one model, held against an outcome.

    Parameters
    ----------
    cases : tuple of str
    outcome_name : str
    outcome : array of float, shape (cases,)
    terms : tuple of SufficientTerm
    rows : tuple of str
        The truth-table row of each case as a conjunction; empty for a case on a crossover.
    row_memberships : array of float, shape (cases,)
        Membership in that row; nan where there is none.
    clusters : tuple of str
        The cluster of each case; empty if none were given.
    """

    cases: tuple[str, ...]
    outcome_name: str
    outcome: Floats
    terms: tuple[SufficientTerm, ...]
    rows: tuple[str, ...]
    row_memberships: Floats
    clusters: tuple[str, ...] = ()

    @property
    def memberships(self) -> Floats:
        """Membership of each case in each term, shape (cases, terms)."""
        return np.array([term.membership for term in self.terms]).reshape(len(self.terms), len(self.cases)).T

    @property
    def solution(self) -> Floats:
        """The greatest membership over the terms; 0 where there is no term."""
        return np.asarray(self.memberships.max(axis=1, initial=0.0))

    def cluster(self, case: int) -> str:
        """The cluster of a case; empty if there are none."""
        return self.clusters[case] if self.clusters else ""


def inside(memberships: Floats) -> Flags:
    """Who is more in than out; a case on the crossover is not."""
    return memberships > CROSSOVER + TOLERANCE


def outside(memberships: Floats) -> Flags:
    """Who is more out than in; a case on the crossover is not."""
    return memberships < CROSSOVER - TOLERANCE


def sufficient_terms(
    terms: Mapping[str, Mapping[str, Sequence[float]]],
    outcome: Sequence[float],
    *,
    cases: Sequence[str] | None = None,
    outcome_name: str = "Y",
    rows: Mapping[str, Sequence[float]] | None = None,
    clusters: Sequence[str] | None = None,
    **unknown: Never,
) -> SufficientTerms:
    """Terms from the memberships of cases in their conjuncts.

    Parameters
    ----------
    terms : mapping of str to mapping of str to sequence of float
        For each term its conjuncts, with a membership in [0, 1] a case: ``{"A*~B": {"A": …, "~B": …}}``.
    outcome : sequence of float
        Memberships in the outcome, in [0, 1].
    cases : sequence of str, optional
        Names; numbers from 1 if not given.
    outcome_name : str
    rows : mapping of str to sequence of float, optional
        Memberships in the observed truth-table rows. A case belongs to the row in which it has more than .5.
    clusters : sequence of str, optional
        The cluster of each case, such as its region.

    Raises
    ------
    DataError
        If lengths differ, a case is named twice or is in two rows, or a membership is missing or outside
        [0, 1].

    Examples
    --------
    >>> found = sufficient_terms({"A*B": {"A": [0.9, 0.2], "B": [0.7, 0.8]}}, [0.8, 0.1])
    >>> found.terms[0].membership.tolist(), found.terms[0].complementary(0).tolist()
    ([0.7, 0.2], [0.7, 0.8])
    """
    refuse_misspelt(unknown, sufficient_terms)
    names = tuple(map(str, cases)) if cases is not None else tuple(str(at + 1) for at in range(len(outcome)))
    twice = next((name for at, name in enumerate(names) if name in names[:at]), None)
    if twice is not None:
        raise DataError(f"{twice} is named twice", where="cases", fix="give each case a name of its own")
    read = {name: _column(name, values, names) for name, values in {outcome_name: outcome}.items()}
    made = []
    for expression, conjuncts in terms.items():
        columns = [_column(name, values, names) for name, values in conjuncts.items()]
        parts = np.array(columns).reshape(len(columns), len(names)).T
        made.append(SufficientTerm(expression, tuple(conjuncts), parts, _least(parts)))
    labels, memberships = _rows(rows or {}, names)
    groups = tuple(map(str, clusters)) if clusters is not None else ()
    if clusters is not None and len(groups) != len(names):
        raise DataError(
            f"there are {len(groups)} clusters for {len(names)} cases",
            where="clusters",
            fix="give one a case",
        )
    return SufficientTerms(names, outcome_name, read[outcome_name], tuple(made), labels, memberships, groups)


def _rows(rows: Mapping[str, Sequence[float]], cases: Sequence[str]) -> tuple[tuple[str, ...], Floats]:
    labels, memberships = [""] * len(cases), np.full(len(cases), np.nan)
    for name, values in rows.items():
        column = _column(name, values, cases)
        for place in np.flatnonzero(inside(column)).tolist():
            if labels[place]:
                raise DataError(
                    f"{cases[place]} is in two truth-table rows",
                    where=f"{labels[place]} and {name}",
                    fix="rows exclude each other: look at how their memberships were worked out",
                )
            labels[place], memberships[place] = name, column[place]
    return tuple(labels), memberships


def _column(name: str, values: Sequence[float], cases: Sequence[str]) -> Floats:
    if len(values) != len(cases):
        raise DataError(
            f"{name} has {len(values)} memberships for {len(cases)} cases", where=name, fix="give one a case"
        )
    column = np.array(values, dtype=np.float64)
    broken = np.flatnonzero(~((column >= 0) & (column <= 1)))
    if len(broken):
        raise DataError(
            f"the membership of {cases[broken[0]]} in {name} is {column[broken[0]]:g}",
            where=name,
            fix="calibrate it to 0 to 1 first",
        )
    return column


def _least(parts: Floats) -> Floats:
    return np.asarray(parts.min(axis=1, initial=1.0))
