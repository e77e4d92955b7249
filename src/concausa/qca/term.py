"""A term of a solution: one conjunction that leads to the outcome, with its fit and its cases."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from concausa.qca.factor import term_text
from concausa.sets import fit
from concausa.sets.membership import CROSSOVER, TOLERANCE

if TYPE_CHECKING:
    from concausa.qca.truth_table import TruthTable

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Term:
    """One conjunction.

    Parameters
    ----------
    cube : tuple of int or None
        One value a condition; None where the condition does not matter.
    expression : str
        The conjunction as text; ``1`` where no condition is left.
    consistency, pri : float in [0, 1]
        How far membership in the term lies within the outcome; nan if no case has any membership.
    coverage : float in [0, 1]
        Share of the outcome that the term accounts for (raw coverage).
    unique_coverage : float in [0, 1]
        Share that no other term of the model accounts for; nan for a term that is looked at alone.
    cases : tuple of str
        Members: membership above .5, in the order of the data.
    typical : tuple of str
        Members that are in the outcome at least as far as in the term; the best first: strong members
        close to the diagonal, by (y − x) + (1 − x).
    deviant : tuple of str
        Members that are out of the outcome (deviant consistency in kind); the worst first.
    in_degree : tuple of str
        Members that are in the outcome, but less than in the term (deviant in degree); the worst first.
    only : tuple of str
        Members that are in the outcome and in no other term of the model.

    Notes
    -----
    A case on the crossover of the outcome is a member, but neither typical nor deviant.

    References
    ----------
    .. [1] Ragin (2006), *Political Analysis* 14(3), 291-310. https://doi.org/10.1093/pan/mpj019
    .. [2] Schneider & Rohlfing (2013), *Sociological Methods & Research* 42(4), 559-597.
       https://doi.org/10.1177/0049124113481341
    """

    cube: tuple[int | None, ...]
    expression: str
    consistency: float
    pri: float
    coverage: float
    unique_coverage: float
    cases: tuple[str, ...]
    typical: tuple[str, ...]
    deviant: tuple[str, ...]
    in_degree: tuple[str, ...]
    only: tuple[str, ...]

    def data(self) -> dict[str, Any]:
        """The term as plain JSON values; nan becomes None."""
        return {
            "expression": self.expression,
            "consistency": number(self.consistency),
            "pri": number(self.pri),
            "coverage": number(self.coverage),
            "unique_coverage": number(self.unique_coverage),
            "cases": list(self.cases),
            "typical": list(self.typical),
            "deviant_in_kind": list(self.deviant),
            "deviant_in_degree": list(self.in_degree),
        }

    def __str__(self) -> str:
        return self.expression


def number(value: float) -> float | None:
    """A float for JSON: None for nan."""
    return None if math.isnan(value) else value


def model_terms(table: TruthTable, cubes: NDArray[np.int8], x: Floats) -> tuple[Term, ...]:
    """The terms of one model, each with what it alone covers.

    Parameters
    ----------
    cubes : array of int8, shape (terms, conditions)
    x : array of float, shape (cases, terms)
        Membership of the cases in each.
    """
    y = table.outcome_membership
    members = x > CROSSOVER + TOLERANCE
    alone = members & (members.sum(axis=1) == 1)[:, None]
    return _terms(table, cubes, x, fit.unique_coverages(x, y, trusted=True), alone)


def single_terms(table: TruthTable, cubes: NDArray[np.int8]) -> tuple[Term, ...]:
    """Terms looked at one by one, such as prime implicants: no unique coverage."""
    found: list[Term] = []
    for start in range(0, len(cubes), 4096):
        block = cubes[start : start + 4096]
        x = table.data.memberships(block, table.condition_names)
        nothing = np.full(len(block), np.nan)
        found += _terms(table, block, x, nothing, np.zeros(x.shape, dtype=bool))
    return tuple(found)


def _terms(
    table: TruthTable, cubes: NDArray[np.int8], x: Floats, unique: Floats, alone: NDArray[np.bool_]
) -> tuple[Term, ...]:
    y = table.outcome_membership
    names = table.data.cases
    measures = (fit.consistency, fit.pri, fit.coverage)
    consistency, pri, coverage = (measure(x, y, trusted=True).tolist() for measure in measures)
    members = (x > CROSSOVER + TOLERANCE).T
    in_outcome = y > CROSSOVER + TOLERANCE
    out = y < CROSSOVER - TOLERANCE
    within = y + TOLERANCE >= x.T
    found = []
    for place, cube in enumerate(cubes.tolist()):
        row, inside = x[:, place], members[place]
        found.append(
            Term(
                tuple([None if value < 0 else value for value in cube]),
                term_text(table.conditions, cube),
                consistency[place],
                pri[place],
                coverage[place],
                float(unique[place]),
                _named(names, inside),
                _named(names, inside & in_outcome & within[place], (y - row) + (1.0 - row)),
                _named(names, inside & out, y - row),
                _named(names, inside & in_outcome & ~within[place], y - row),
                _named(names, alone[:, place] & in_outcome),
            )
        )
    return tuple(found)


def _named(names: Sequence[str], chosen: NDArray[np.bool_], rank: Floats | None = None) -> tuple[str, ...]:
    places = np.flatnonzero(chosen)
    if rank is not None and len(places) > 1:
        places = places[np.argsort(rank[places].round(9), kind="stable")]
    return tuple([names[place] for place in places.tolist()])
