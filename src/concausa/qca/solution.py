"""A solution: every model that accounts for the positive rows under one treatment of the remainders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from concausa.core.caveat import Caveat
from concausa.core.table import Table
from concausa.qca.box import Box, Cube, box_of, cube_rank, maximal, without
from concausa.qca.choices import Choices, Kind
from concausa.qca.exclusion import Exclusion, Inclusion
from concausa.qca.expectations import Expectations
from concausa.qca.ground import Ground
from concausa.qca.intermediate import Pairing, easy_region
from concausa.qca.model import Model
from concausa.qca.prime_chart import texts
from concausa.qca.row import Row
from concausa.qca.term import Term, single_terms
from concausa.qca.united import Pairs, United

if TYPE_CHECKING:
    from concausa.qca.truth_table import TruthTable


@dataclass(frozen=True, eq=False, repr=False)
class Solution:
    """All models of one kind, with what was assumed, excluded and left open.

    Models that the data cannot tell apart are all kept, in a stable order: fewest terms first, then
    fewest literals. Fits, cases and assumptions are worked out when they are asked for.

    Parameters
    ----------
    truth_table : TruthTable
        What was minimised.
    choices : Choices
        How.
    expected : Expectations
        Directional expectations.
    excluded : tuple of Exclusion
        What was not to be assumed, with reasons.
    included : tuple of Inclusion
        Remainders that theory added, with reasons.
    ground : Ground
        Points to cover and cubes to avoid.
    pairings : tuple of Pairing
        The charts behind the models; one, except for an intermediate solution.
    pairs_complete : bool
        Whether every pair of a conservative and a parsimonious model was looked at.
    pairs : int
        How many were.
    """

    truth_table: TruthTable
    choices: Choices
    expected: Expectations
    excluded: tuple[Exclusion, ...]
    included: tuple[Inclusion, ...]
    ground: Ground
    pairings: tuple[Pairing, ...]
    pairs_complete: bool = True
    pairs: int = 0

    @property
    def kind(self) -> Kind:
        """``conservative``, ``parsimonious`` or ``intermediate``."""
        return self.choices.solution

    @property
    def outcome(self) -> str:
        """What is explained."""
        return self.truth_table.outcome

    @cached_property
    def models(self) -> tuple[Model, ...]:
        """Every model, up to the limit that was asked for."""
        easy = self._easy()
        return tuple(
            [
                Model(self.truth_table, primes, places, text, self.ground, pairs, easy)
                for primes, places, text, pairs in self._distinct[: self.choices.limit]
            ]
        )

    @cached_property
    def _distinct(self) -> list[tuple[NDArray[np.int8], tuple[int, ...], str, Pairs]]:
        """Different models (prime implicants, which of them, the text) with their pairs, in their order."""
        conditions = self.truth_table.conditions
        if len(self.pairings) == 1:
            pairing = self.pairings[0]
            chart = pairing.chart
            return [(chart.cubes, one, text, pairing.pairs) for one, text in chart.models(conditions)]
        models = self.united.models
        written = texts(self.united.cubes, [one for one, _ in models], conditions)
        return [
            (self.united.cubes, one, text, pairs) for (one, pairs), text in zip(models, written, strict=True)
        ]

    @cached_property
    def united(self) -> United:
        """The models of all charts together."""
        return United(
            tuple([pairing.chart for pairing in self.pairings]),
            tuple([pairing.pairs for pairing in self.pairings]),
        )

    @property
    def listed(self) -> int:
        """How many models are listed."""
        return len(self.models)

    @cached_property
    def n_models(self) -> int:
        """How many models there are, listed or not.

        Unless ``exact``, a lower bound where ``proved``, else how many the search found before it ended.
        """
        return self.pairings[0].chart.covers.count if len(self.pairings) == 1 else self.united.count

    @cached_property
    def exact(self) -> bool:
        """Whether every prime implicant was found and every model counted."""
        one = len(self.pairings) == 1
        return self.pairs_complete and (self.pairings[0].chart.exact if one else self.united.exact)

    @property
    def proved(self) -> bool:
        """Whether the models shown are proved to be models: no prime implicant and no shorter model is missing."""
        if not all(pairing.chart.complete for pairing in self.pairings):
            return False
        if self.choices.models == "irredundant":
            return True
        one = self.pairings[0].chart.covers if len(self.pairings) == 1 else None
        return one.lower == one.size if one is not None else not self.united.loose

    @property
    def bound(self) -> str:
        """What stands before the number of models: nothing, ``at least``, or ``so far`` where it bounds nothing."""
        return "" if self.exact else "at least " if self.proved else "so far "

    @cached_property
    def prime_implicants(self) -> tuple[Term, ...]:
        """Every prime implicant that covers a positive row."""
        return single_terms(self.truth_table, self._primes)

    @cached_property
    def _primes(self) -> NDArray[np.int8]:
        return self.pairings[0].chart.cubes if len(self.pairings) == 1 else self.united.cubes

    @cached_property
    def essential(self) -> tuple[Term, ...]:
        """Prime implicants that alone cover some positive row, and so are in every model.

        None while prime implicants may be missing: one that was not found could cover the row too.
        """
        return single_terms(self.truth_table, _as_array(self.essential_cubes, self.truth_table))

    @cached_property
    def inessential(self) -> tuple[Term, ...]:
        """Prime implicants that some listed model needs and another does without, or that only dominance forces."""
        used = {tuple(cube) for model in self.models for cube in model.cubes.tolist()}
        rest = sorted(used - set(self.essential_cubes), key=cube_rank)
        return single_terms(self.truth_table, _as_array(rest, self.truth_table))

    @cached_property
    def essential_cubes(self) -> list[Cube]:
        """The essential prime implicants as cubes, without the fit of the terms."""
        if not all(pairing.chart.complete for pairing in self.pairings):
            return []
        everywhere = [
            {tuple(pairing.chart.cubes[place].tolist()) for place in pairing.chart.essential}
            for pairing in self.pairings
        ]
        return sorted(set.intersection(*everywhere), key=cube_rank)

    @cached_property
    def overruled(self) -> tuple[Row, ...]:
        """Observed positive rows that an exclusion turned negative."""
        return tuple([self.truth_table.rows[place] for place in self.ground.overruled])

    @cached_property
    def assumed(self) -> tuple[Box, ...]:
        """Where some listed model holds, and no case showed the outcome."""
        return without(maximal(box for model in self.models for box in model.boxes), self.ground.observed)

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What a reader must know before trusting the solution, the gravest first."""
        from concausa.qca.solution_caveats import caveats_of

        return caveats_of(self)

    def table(self) -> Table:
        """The solution as it is printed in a journal: every listed model with its terms, fit and cases."""
        from concausa.qca.solution_view import journal_table

        return journal_table(self)

    def chart_table(self) -> Table:
        """The prime implicant chart: which prime implicant covers which positive row."""
        from concausa.qca.solution_view import prime_table

        return prime_table(self)

    def data(self) -> dict[str, Any]:
        """The solution as plain JSON values, in full precision; nan becomes None."""
        return {
            "n_models": self.n_models,
            "exact": self.exact,
            "proved": self.proved,
            "listed": self.listed,
            "models": [model.data() for model in self.models],
            "prime_implicants": [term.data() for term in self.prime_implicants],
            "essential": [term.expression for term in self.essential],
            "inessential": [term.expression for term in self.inessential],
            "overruled": [row.data(self.truth_table.condition_names) for row in self.overruled],
            "excluded": [exclusion.data() for exclusion in self.excluded],
            "included": [inclusion.data() for inclusion in self.included],
            "caveats": [caveat.data() for caveat in self.caveats],
        }

    def cite(self) -> tuple[str, ...]:
        """The works that the solution rests on."""
        from concausa.qca.solution_view import sources

        return sources(self)

    def _easy(self) -> Any:
        if not self.expected:
            return None
        if self.kind == "intermediate":
            return self._within
        return partial(easy_region, self.ground, self.expected)

    def _within(self, model: Sequence[Cube]) -> Sequence[Box]:
        return [box_of(cube, self.ground.levels) for cube in model]

    def __len__(self) -> int:
        return len(self.models)

    def __repr__(self) -> str:
        bound = self.bound
        noun = "model" if self.n_models == 1 else "models"
        rows = len(self.ground.overruled)
        loud = f", {rows} observed row{'s' if rows > 1 else ''} OVERRULED" if rows else ""
        return f"<Solution {self.kind} for {self.outcome}: {bound}{self.n_models:,} {noun}{loud}>"

    def __str__(self) -> str:
        from concausa.qca.solution_text import memo

        return memo(self)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _as_array(cubes: Sequence[Cube], table: TruthTable) -> NDArray[np.int8]:
    return np.array(cubes, dtype=np.int8).reshape(len(cubes), len(table.conditions))
