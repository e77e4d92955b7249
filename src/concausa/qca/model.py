"""A model: a disjunction of terms that covers every positive row; often one of several that do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from concausa.qca.assumption import Assumptions
from concausa.qca.box import Box, Cube, box_of
from concausa.qca.ground import Ground
from concausa.qca.term import Term, model_terms, number
from concausa.sets import fit
from concausa.sets.membership import CROSSOVER, TOLERANCE
from concausa.sets.score_pair import read_only

if TYPE_CHECKING:
    from concausa.qca.truth_table import TruthTable


@dataclass(frozen=True, eq=False, repr=False)
class Model:
    """One way to account for all positive rows. Its facts are worked out when they are asked for.

    Parameters
    ----------
    truth_table : TruthTable
        What it explains.
    primes : array of int8, shape (primes, conditions)
        Prime implicants; −1 where a condition does not matter.
    places : tuple of int
        Which of them are its terms.
    expression : str
        The model as text: ``A*~B + C``.
    ground : Ground
        The points that it must cover.
    pairs : tuple of pairs of int
        For an intermediate model the conservative and parsimonious models (counted from 0) that it comes of.
    easy : function, optional
        From the terms to where counterfactuals are easy; None where no expectation was given.
    """

    truth_table: TruthTable
    primes: NDArray[np.int8]
    places: tuple[int, ...]
    expression: str
    ground: Ground
    pairs: tuple[tuple[int, int], ...] = ()
    easy: Callable[[Sequence[Cube]], Sequence[Box]] | None = None

    @cached_property
    def cubes(self) -> NDArray[np.int8]:
        """Its terms, shape (terms, conditions); −1 where a condition does not matter."""
        return read_only(self.primes[list(self.places)])

    @cached_property
    def factored(self) -> str:
        """The same with common conditions taken out: ``A*(~B + C)``."""
        from concausa.expr.factoring import factor

        several = {f.name: len(f.values) for f in self.truth_table.conditions if f.kind == "multi-value"}
        return str(factor(self.expression, values=several))

    @cached_property
    def memberships(self) -> NDArray[np.float64]:
        """Membership of each case in each term, shape (cases, terms)."""
        return read_only(self.truth_table.data.memberships(self.cubes, self.truth_table.condition_names))

    @cached_property
    def membership(self) -> NDArray[np.float64]:
        """Membership of each case in the model: the greatest over its terms."""
        return read_only(self.memberships.max(axis=1))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms with their fit and cases."""
        return model_terms(self.truth_table, self.cubes, self.memberships)

    @cached_property
    def consistency(self) -> float:
        """How far the model lies within the outcome, in [0, 1]; nan if no case is in it at all."""
        return float(fit.consistency(self.membership, self.truth_table.outcome_membership, trusted=True))

    @cached_property
    def pri(self) -> float:
        """Proportional reduction in inconsistency of the model."""
        return float(fit.pri(self.membership, self.truth_table.outcome_membership, trusted=True))

    @cached_property
    def coverage(self) -> float:
        """Share of the outcome that the model accounts for."""
        return float(fit.coverage(self.membership, self.truth_table.outcome_membership, trusted=True))

    @cached_property
    def cases(self) -> tuple[str, ...]:
        """Cases that are in some term: membership above .5."""
        return self._named(self.membership > CROSSOVER + TOLERANCE)

    @cached_property
    def deviant(self) -> tuple[str, ...]:
        """Cases that are in some term and out of the outcome (deviant consistency in kind)."""
        out = self.truth_table.outcome_membership < CROSSOVER - TOLERANCE
        return self._named((self.membership > CROSSOVER + TOLERANCE) & out)

    @cached_property
    def uncovered(self) -> tuple[str, ...]:
        """Cases that are in the outcome and in no term (deviant coverage)."""
        in_outcome = self.truth_table.outcome_membership > CROSSOVER + TOLERANCE
        return self._named((self.membership < CROSSOVER - TOLERANCE) & in_outcome)

    @cached_property
    def on_the_border(self) -> tuple[str, ...]:
        """Cases exactly on the crossover of the model or of the outcome: of neither side."""
        y = self.truth_table.outcome_membership
        return self._named(
            (np.abs(self.membership - CROSSOVER) <= TOLERANCE) | (np.abs(y - CROSSOVER) <= TOLERANCE)
        )

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """The part of the property space that the model holds."""
        levels = [len(factor.values) for factor in self.truth_table.conditions]
        return tuple([box_of(cube, levels) for cube in self.cubes.tolist()])

    @cached_property
    def assumptions(self) -> Assumptions:
        """The remainders that the model counts as leading to the outcome."""
        easy = None if self.easy is None else self.easy([tuple(cube) for cube in self.cubes.tolist()])
        region = None if easy is None else tuple(easy)
        return Assumptions(self.truth_table.conditions, self.boxes, self.ground.observed, region)

    @property
    def literals(self) -> int:
        """How many literals its terms have in all."""
        return int((self.cubes >= 0).sum())

    def data(self) -> dict[str, Any]:
        """The model as plain JSON values; nan becomes None."""
        return {
            "expression": self.expression,
            "terms": [term.data() for term in self.terms],
            "consistency": number(self.consistency),
            "pri": number(self.pri),
            "coverage": number(self.coverage),
            "factored": self.factored,
            "uncovered": list(self.uncovered),
            "deviant": list(self.deviant),
            "assumptions": self.assumptions.data(),
        }

    def _named(self, chosen: NDArray[np.bool_]) -> tuple[str, ...]:
        names = self.truth_table.data.cases
        return tuple([names[place] for place in np.flatnonzero(chosen).tolist()])

    def __len__(self) -> int:
        return len(self.places)

    def __repr__(self) -> str:
        return f"<Model {self}>"

    def __str__(self) -> str:
        return f"{self.expression} => {self.truth_table.outcome}"
