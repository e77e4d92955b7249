"""What an analysis found, light enough to be kept by the thousand: its models as cubes and as text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from concausa.qca.factor import term_text
from concausa.sets.score_pair import Floats

if TYPE_CHECKING:
    from concausa.qca.case_data import CaseData
    from concausa.qca.solution import Solution

#: The formula of an analysis without a solution.
NOTHING = "no solution"


@dataclass(frozen=True, eq=False)
class Formulas:
    """Every model of a solution; none where there is no solution.

    Parameters
    ----------
    models : tuple of str
        Every listed model as text, in the order of the solution.
    cubes : tuple of array of int8, shape (terms, conditions)
        The same as cubes; −1 where a condition does not matter.
    terms : tuple of tuple of str
        The same as the texts of their terms.
    conditions : tuple of str
        Names of the conditions.
    n_models : int
        How many models there are, listed or not.
    exact : bool
        Whether every prime implicant was found and every model counted.
    essential : frozenset of str
        Prime implicants that every model needs.
    reason : str
        Why there is no solution; empty if there is one.
    """

    models: tuple[str, ...]
    cubes: tuple[NDArray[np.int8], ...]
    terms: tuple[tuple[str, ...], ...]
    conditions: tuple[str, ...]
    n_models: int
    exact: bool
    essential: frozenset[str]
    reason: str = ""

    @staticmethod
    def of(solution: Solution) -> Formulas:
        """Those of a solution."""
        conditions = solution.truth_table.conditions
        models = solution.models
        cubes = tuple([model.cubes for model in models])
        return Formulas(
            tuple([model.expression for model in models]),
            cubes,
            tuple([tuple([term_text(conditions, cube) for cube in each.tolist()]) for each in cubes]),
            solution.truth_table.condition_names,
            solution.n_models,
            solution.exact,
            frozenset(term.expression for term in solution.essential),
        )

    @staticmethod
    def none(conditions: tuple[str, ...], reason: str) -> Formulas:
        """Those of an analysis without a solution."""
        return Formulas((), (), (), conditions, 0, True, frozenset(), reason)

    @cached_property
    def key(self) -> tuple[str, ...]:
        """All models, whatever their order: two analyses with the same key have the same solution."""
        return tuple(sorted(self.models))

    @property
    def text(self) -> str:
        """All models in a line, divided by ``|``; ``no solution`` where there is none."""
        if not self.models:
            return NOTHING
        more = self.n_models - len(self.models)
        return " | ".join(self.models) + (f" | and {more:,} more" if more > 0 else "")

    @cached_property
    def some(self) -> frozenset[str]:
        """Terms of at least one model."""
        return frozenset(term for model in self.terms for term in model)

    @cached_property
    def every(self) -> frozenset[str]:
        """Terms that all models have."""
        return frozenset.intersection(*[frozenset(model) for model in self.terms]) if self.terms else frozenset()

    def memberships(self, data: CaseData) -> Floats:
        """Membership of each case in each model, shape (models, cases)."""
        found = np.zeros((len(self.cubes), len(data.cases)))
        for place, cubes in enumerate(self.cubes):
            found[place] = data.memberships(cubes, self.conditions).max(axis=1)
        return found

    def __len__(self) -> int:
        return len(self.models)
