"""A recipe: everything that makes a solution out of cases, so that it can be made anew for other cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concausa.core.caveat import Caveat
from concausa.core.errors import DataError
from concausa.qca.case_data import CaseData
from concausa.qca.choices import Kind
from concausa.qca.cutoffs import Cutoffs
from concausa.qca.factor import term_text
from concausa.qca.minimize import minimize
from concausa.qca.outcome import Outcome
from concausa.qca.solution import Solution
from concausa.qca.term import number
from concausa.qca.truth_table import TruthTable, truth_table
from concausa.sets.membership import CROSSOVER, TOLERANCE


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a solution is made.

    Parameters
    ----------
    explained : Outcome
    conditions : tuple of str
    cutoffs : Cutoffs
    kind : str
        Of the solution.
    expectations : mapping
        For an intermediate solution.
    limit : int
        Most models that are listed.
    """

    explained: Outcome
    conditions: tuple[str, ...]
    cutoffs: Cutoffs
    kind: Kind
    expectations: Mapping[str, Any]
    limit: int = 100


@dataclass(frozen=True, eq=False)
class Side:
    """What the recipe gives for some of the cases.

    Parameters
    ----------
    cluster : str
    cases : tuple of str
    in_outcome : int
        How many are in the outcome.
    solution : Solution, optional
        None where it cannot be made.
    refused : Caveat, optional
        Why not.
    """

    cluster: str
    cases: tuple[str, ...]
    in_outcome: int
    solution: Solution | None
    refused: Caveat | None

    @cached_property
    def formulas(self) -> tuple[str, ...]:
        """Every listed model as text; none where no solution can be made."""
        return () if self.solution is None else tuple(model.expression for model in self.solution.models)

    @cached_property
    def _models(self) -> tuple[tuple[str, ...], ...]:
        if self.solution is None:
            return ()
        conditions = self.solution.truth_table.conditions
        return tuple(
            tuple(term_text(conditions, cube) for cube in model.cubes.tolist())
            for model in self.solution.models
        )

    @cached_property
    def models(self) -> tuple[frozenset[str], ...]:
        """The terms of every listed model."""
        return tuple(frozenset(terms) for terms in self._models)

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms of all models, each once, in their order."""
        return tuple(dict.fromkeys(term for terms in self._models for term in terms))

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        found: dict[str, Any] = {
            "cluster": self.cluster,
            "n": len(self.cases),
            "in_outcome": self.in_outcome,
            "formulas": list(self.formulas),
            "n_models": 0 if self.solution is None else self.solution.n_models,
            "exact": None if self.solution is None else self.solution.exact,
            "refused": None if self.refused is None else self.refused.data(),
        }
        if self.solution is not None:
            found["models"] = [
                {
                    "expression": model.expression,
                    "consistency": number(model.consistency),
                    "pri": number(model.pri),
                    "coverage": number(model.coverage),
                }
                for model in self.solution.models
            ]
        return found


def followed(recipe: Recipe, cluster: str, data: CaseData, places: NDArray[np.int64] | None = None) -> Side:
    """Make the solution of some cases, or say why there is none.

    There is none where the outcome does not vary: where all cases are in it, or none is.

    Parameters
    ----------
    data : CaseData
    places : array of int, optional
        The cases meant; all if not given.
    """
    own = data if places is None else chosen(data, places)
    return made_of(recipe, cluster, own, lambda: _table(recipe, own))


def made_of(recipe: Recipe, cluster: str, data: CaseData, table: Callable[[], TruthTable]) -> Side:
    """The side of some cases whose truth table is made by *table*, unless their outcome does not vary."""
    y = recipe.explained.membership(data.column(recipe.explained.name))
    there, gone = y > CROSSOVER + TOLERANCE, y < CROSSOVER - TOLERANCE
    count = int(there.sum())
    refused = _constant(count, int(gone.sum()), len(data.cases), str(recipe.explained))
    if refused is None:
        try:
            made = table()
        except DataError:
            refused = _untabled(recipe, data)
        else:
            if len(made.positive):
                return Side(cluster, data.cases, count, _solved(recipe, made), None)
            refused = Caveat.of(
                "no-positive-row",
                "no row reaches the cut-offs for {outcome}",
                outcome=str(recipe.explained),
            )
    return Side(cluster, data.cases, count, None, refused)


def _untabled(recipe: Recipe, data: CaseData) -> Caveat:
    """Why cases that vary in the outcome have no truth table."""
    sets = [data.column(name) for name in recipe.conditions if data.factor(name).kind != "multi-value"]
    borders = [np.abs(column - CROSSOVER) <= TOLERANCE for column in sets]
    if borders and np.logical_or.reduce(borders).all():
        return Caveat.of(
            "all-on-crossover", "every case lies on the crossover of a condition: no row has a case"
        )
    return Caveat.of("overlap", "a row with {outcome} and one without overlap through don't care",
                     outcome=str(recipe.explained))  # fmt: skip


def chosen(data: CaseData, places: NDArray[np.int64]) -> CaseData:
    """Some of the cases, their factors as they are for all: a category or a degree may be missing among them."""
    return CaseData(
        tuple([data.cases[place] for place in places.tolist()]), data.factors, data.scores[places].copy()
    )


def _constant(there: int, gone: int, n: int, outcome: str) -> Caveat | None:
    if there == n:
        return Caveat.of("all-in", "every case has {outcome}: nothing tells the cases apart", outcome=outcome)
    if gone == n:
        return Caveat.of("none-in", "no case has {outcome}: there is nothing to explain", outcome=outcome)
    if not there or not gone:
        return Caveat.of(
            "undecided-outcome",
            "apart from cases on the crossover all lie on one side of {outcome}",
            outcome=outcome,
        )
    return None


def _table(recipe: Recipe, data: CaseData) -> TruthTable:
    cut = recipe.cutoffs
    return truth_table(
        data,
        outcome=str(recipe.explained),
        conditions=recipe.conditions,
        consistency=cut.consistency,
        pri=cut.pri,
        frequency=cut.frequency,
        contradiction=cut.contradiction,
    )


def _solved(recipe: Recipe, table: TruthTable) -> Solution:
    expected = dict(recipe.expectations) if recipe.kind == "intermediate" else {}
    return minimize(table, solution=recipe.kind, expectations=expected, limit=recipe.limit)
