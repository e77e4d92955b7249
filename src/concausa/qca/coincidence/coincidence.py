"""Coincidence analysis: minimally sufficient conditions, atomic formulas, and models of several outcomes.

Notes
-----
A *condition* is a conjunction that reaches the threshold of consistency for an outcome while none of its parts does
(minimally sufficient, "msc"). An *atomic formula* is a disjunction of conditions that reaches the threshold of
coverage while none of its parts does (minimally necessary), and is consistent as a whole ("asf"). A *model* joins
atomic formulas of different outcomes, none of which follows from the others ("csf"). Search is from the bottom up:
in fuzzy or noisy data a longer conjunction may be less consistent than its part, so *minimal* is said of parts
that suffice, at whatever length, and what has such a part is not looked at [2]_.

References
----------
.. [1] Baumgartner (2009), Inferring Causal Complexity, *Sociological Methods & Research* 38(1), 71-101.
   https://doi.org/10.1177/0049124109339369
.. [2] Baumgartner & Ambühl (2020), Causal modeling with multi-value and fuzzy-set Coincidence Analysis,
   *Political Science Research and Methods* 8(3), 526-542. https://doi.org/10.1017/psrm.2018.45
.. [3] Baumgartner & Falk (2023), Boolean Difference-Making: A Modern Regularity Theory of Causation,
   *The British Journal for the Philosophy of Science* 74(1), 171-197. https://doi.org/10.1093/bjps/axz047
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Never

from concausa.core.caveat import Caveat
from concausa.core.chart import Chart
from concausa.core.errors import DataError, OptionError
from concausa.core.frame import columns_of
from concausa.core.misspelt import refuse_misspelt
from concausa.core.table import Table
from concausa.qca.case_data import case_data
from concausa.qca.coincidence.configurations import Configurations, configurations
from concausa.qca.coincidence.effects import read_effects
from concausa.qca.coincidence.formulas import ComplexFormula, Formula
from concausa.qca.coincidence.measures import read_measures
from concausa.qca.coincidence.models import Models, put_together
from concausa.qca.coincidence.options import LIMIT, Options
from concausa.qca.coincidence.ordering import Ordering, read_ordering
from concausa.qca.coincidence.search import Effect, Found, search
from concausa.qca.factor import literal


@dataclass(frozen=True, eq=False)
class Explained:
    """One outcome with all that was found for it.

    Parameters
    ----------
    table : Configurations
    found : Found
    options : Options
    """

    table: Configurations
    found: Found
    options: Options

    @property
    def effect(self) -> Effect:
        """Place of the factor, and its value."""
        return self.found.effect

    @property
    def outcome(self) -> str:
        """``Y``, ``~Y`` or ``Y{2}``."""
        return literal(self.table.factors[self.effect[0]], self.effect[1])

    @property
    def complete(self) -> bool:
        """Whether the search ended by itself."""
        return self.found.conditions_complete and self.found.formulas_complete

    @cached_property
    def conditions(self) -> tuple[Formula, ...]:
        """Its minimally sufficient conditions, the shortest first."""
        return tuple([self._formula([place], "->") for place in range(len(self.found.cubes))])

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """Its atomic formulas: the shortest first, then the best fitting."""
        return tuple([self._formula(places) for places in self.found.formulas])

    def _formula(self, places: Sequence[int], arrow: str = "<->") -> Formula:
        return Formula(self.table, self.effect, self.found.cubes[list(places)], self.options.measures, arrow)


@dataclass(frozen=True, eq=False, repr=False)
class Coincidence:
    """All that the data say of what is sufficient and necessary for what.

    Parameters
    ----------
    table : Configurations
    options : Options
    ordering : Ordering
    outcomes : tuple of Explained
        In the order asked for.
    """

    table: Configurations
    options: Options
    ordering: Ordering
    outcomes: tuple[Explained, ...]

    @cached_property
    def models_found(self) -> Models:
        """The models and how they were put together."""
        return put_together(
            self.table,
            [one.formulas for one in self.outcomes if one.formulas],
            redundancy_free=self.options.redundancy_free,
            limit=self.options.limit,
        )

    @property
    def models(self) -> tuple[ComplexFormula, ...]:
        """The models (complex formulas), the shortest first, then the best fitting; the first thousand of them."""
        return self.models_found.models

    @property
    def conditions(self) -> tuple[Formula, ...]:
        """Minimally sufficient conditions of all outcomes."""
        return tuple([condition for one in self.outcomes for condition in one.conditions])

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """Atomic formulas of all outcomes."""
        return tuple([formula for one in self.outcomes for formula in one.formulas])

    @property
    def n_models(self) -> int:
        """How many models there are; a lower bound unless ``exact``."""
        return self.models_found.count

    @property
    def n_classes(self) -> int:
        """How many different things the models say: logically equivalent ones count once."""
        return self.models_found.classes

    @property
    def exact(self) -> bool:
        """Whether every condition, formula and model was found, of those up to the lengths asked for."""
        return all(one.complete for one in self.outcomes) and self.models_found.complete

    def of(self, outcome: str) -> Explained:
        """What was found for one outcome, such as ``Y``, ``~Y`` or ``Y{2}``; OptionError if it was not asked for."""
        for one in self.outcomes:
            if one.outcome == outcome:
                return one
        raise OptionError(
            f"{outcome!r} is no outcome of this analysis",
            where=f"outcomes: {', '.join(one.outcome for one in self.outcomes)}",
            fix="use one of these",
        )

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What a reader must know before trusting the analysis, the gravest first."""
        from concausa.qca.coincidence.caveats import caveats_of

        return caveats_of(self)

    def table_of_models(self, limit: int | None = None) -> Table:
        """The models with their fit, the first *limit* of them."""
        from concausa.qca.coincidence.view import models_table

        return models_table(self, limit)

    def table_of_formulas(self) -> Table:
        """The atomic formulas with their fit and cases."""
        from concausa.qca.coincidence.view import formulas_table

        return formulas_table(self)

    def table_of_conditions(self) -> Table:
        """The minimally sufficient conditions with their fit and cases."""
        from concausa.qca.coincidence.view import conditions_table

        return conditions_table(self)

    def chart(
        self, model: int = 0, *, name: str = "", title: str = "", say: Callable[[str], str] = str
    ) -> Chart:
        """The structure of one model: boxes for factors, junctions for conjunctions, arrows to effects."""
        from concausa.qca.coincidence.structure_chart import structure_chart

        return structure_chart(self, model, name=name, title=title, say=say)

    def data(self, limit: int | None = None) -> dict[str, Any]:
        """Everything as plain JSON values; *limit* models at most."""
        from concausa.qca.coincidence.view import document

        return document(self, limit)

    def cite(self) -> tuple[str, ...]:
        """The works that the analysis rests on."""
        from concausa.qca.coincidence.view import sources

        return sources(self)

    def __len__(self) -> int:
        return len(self.models)

    def __repr__(self) -> str:
        bound = "" if self.exact else "at least "
        noun = "model" if self.n_models == 1 else "models"
        names = ", ".join(factor.name for factor in self.table.factors)
        return f"<Coincidence of {names}: {bound}{self.n_models:,} {noun}>"

    def memo(self, width: int | None = None, *, models: int = 5) -> str:
        """The analysis as text within *width* columns (80 if not given)."""
        from concausa.qca.coincidence.memo import memo

        return memo(self, width, models=models)

    def __str__(self) -> str:
        return self.memo()

    def _repr_html_(self) -> str:
        return self.table_of_models(20)._repr_html_()


def coincidence(
    frame: object,
    *,
    factors: Sequence[str],
    outcomes: Sequence[str] | None = None,
    negated: bool = False,
    cases: str | Sequence[str] | None = None,
    counts: str | None = None,
    frequency: int = 1,
    levels: Mapping[str, int] | None = None,
    ordering: str | None = None,
    strict: bool = False,
    not_causes: Sequence[str] = (),
    consistency: float = 0.8,
    condition_consistency: float | None = None,
    coverage: float = 0.8,
    max_literals: int = 3,
    max_terms: int = 4,
    max_complexity: int = 10,
    measures: tuple[str, str] = ("consistency", "coverage"),
    redundancy_free: bool = True,
    limit: int = LIMIT,
    **unknown: Never,
) -> Coincidence:
    """Look for causal structure among factors of which any may be an effect: chains, common causes, alternatives.

    Parameters
    ----------
    frame : mapping of columns, pandas or polars data frame, list of records, or CaseData
        Crisp, fuzzy and multi-value factors, also side by side.
    factors : sequence of str
        Two or more columns.
    outcomes : sequence of str, optional
        What may be an effect: ``Y``, ``~Y``, or ``Y{2}`` of a multi-value factor. Without it every factor may: its
        presence, or every value of a multi-value factor.
    negated : bool
        Whether the absence of each outcome that is a set is explained as well.
    cases : str, or sequence of str, optional
        The column with the names of the cases, or the names.
    counts : str, optional
        The column that tells how many cases a row stands for.
    frequency : int
        Configurations with fewer cases are left out.
    levels : mapping of str to int, optional
        Number of categories of multi-value factors, where the data may lack some.
    ordering : str, optional
        What came earlier, such as ``"A, B < C < D"``: see :class:`~concausa.qca.coincidence.ordering.Ordering`.
    strict : bool
        Whether factors of one level are no causes of each other.
    not_causes : sequence of str
        Causes that are ruled out, such as ``"A, B -> C"``.
    consistency, condition_consistency, coverage, max_literals, max_terms, max_complexity, redundancy_free, limit
        See :class:`~concausa.qca.coincidence.options.Options`.
    measures : tuple of str
        Of sufficiency and of necessity: see :mod:`concausa.qca.coincidence.measures`.

    Returns
    -------
    Coincidence

    Raises
    ------
    DataError, ScaleError, OptionError, UnknownNameError
        If the data or an option cannot be accepted; if an outcome never changes.

    Examples
    --------
    >>> rows = [(a, b, d, a | b, (a | b) & d) for a in (0, 1) for b in (0, 1) for d in (0, 1)]
    >>> frame = dict(zip("ABDCE", zip(*rows)))
    >>> found = coincidence(frame, factors=list("ABCDE"), ordering="A, B, D < C < E", consistency=1, coverage=1)
    >>> for model in found.models: print(model)
    (A + B <-> C)*(C*D <-> E)
    (A + B <-> C)*(A*D + B*D <-> E)
    """
    refuse_misspelt(unknown, coincidence)
    options = Options(
        consistency=consistency,
        condition_consistency=condition_consistency,
        coverage=coverage,
        max_literals=max_literals,
        max_terms=max_terms,
        max_complexity=max_complexity,
        measures=read_measures(measures if isinstance(measures, str) else tuple(measures)),
        redundancy_free=redundancy_free,
        limit=limit,
    )
    _check_factors(factors)
    data = case_data(frame, list(factors), cases=cases, levels=levels)
    table = configurations(data, counts=_counts(frame, counts), frequency=frequency)
    order = read_ordering(ordering, data.names, strict=strict, not_causes=not_causes)
    effects = read_effects(frame, table, outcomes, negated=negated)
    explained = tuple([Explained(table, one, options) for one in search(table, effects, order, options)])
    return Coincidence(table, options, order, explained)


def _check_factors(factors: object) -> None:
    if isinstance(factors, str) or not isinstance(factors, Sequence) or len(factors) < 2:
        raise OptionError(
            "coincidence analysis needs two factors or more",
            where=f"factors={factors!r}",
            fix='write factors=["A", "B", "C"], one text a column',
        )


def _counts(frame: object, counts: str | None) -> list[float] | None:
    if counts is None:
        return None
    values = list(columns_of(frame, [counts]).values[0])
    for place, value in enumerate(values, start=1):
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value or value < 0:
            raise DataError(
                "a count is a number of cases, 0 or more",
                where=f"column {counts}, row {place}: {value!r}",
                fix="write how many cases the row stands for",
            )
    return [float(value) for value in values]
