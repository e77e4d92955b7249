"""A panel: what is claimed of all cases, held against each period, each unit and each other cluster.

References
----------
.. [1] Garcia-Castro & Ariño (2016), A General Approach to Panel Data Set-Theoretic Research, *Journal of
   Advances in Management Sciences & Information Systems* 2, 63-76.
   https://doi.org/10.6000/2371-1647.2016.02.06
.. [2] Oana, Schneider & Thomann (2021), *Qualitative Comparative Analysis Using R*, Cambridge University
   Press. https://doi.org/10.1017/9781009006781
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Never

import numpy as np

from concausa.core.caveat import Caveat
from concausa.core.chart import Chart
from concausa.core.errors import OptionError
from concausa.core.misspelt import refuse_misspelt
from concausa.core.table import Table
from concausa.qca.before import Before, Code
from concausa.qca.before_door import orders_of, with_orders
from concausa.qca.case_data import DONT_CARE, columns_test
from concausa.qca.choices import Kind, choices_of
from concausa.qca.conditions import named_conditions
from concausa.qca.cutoffs import Cutoffs
from concausa.qca.outcome import read_outcome
from concausa.qca.panel.claimed import (
    named_in,
    of_conditions,
    of_expressions,
    of_solution,
    read_expressions,
)
from concausa.qca.panel.diagnosis import Diagnosis, diagnoses
from concausa.qca.panel.layout import Layout, cases_of, layout
from concausa.qca.panel.recipe import Recipe, Side, followed
from concausa.qca.panel.side_by_side import SideBySide, side_by_side
from concausa.qca.solution import Solution

#: Models of the pooled solution that are diagnosed, with all their terms.
MODELS = 20


@dataclass(frozen=True, eq=False, repr=False)
class Panel:
    """Expressions over clustered cases. What it tells is worked out when it is first asked for.

    Parameters
    ----------
    layout : Layout
        Cases with their clusters, the outcome, the weights.
    recipe : Recipe, optional
        How solutions are made; None where only expressions were given.
    pooled : Side, optional
        The solution of all cases, or why there is none.
    expressions : tuple of str
        What was given to be held against sufficiency.
    necessary : tuple of str
        What was given to be held against necessity.
    all_conditions : bool
        Whether every single condition and its negation is held against necessity as well.
    before : tuple of Before
        Before-conditions among the conditions.
    """

    layout: Layout
    recipe: Recipe | None
    pooled: Side | None
    expressions: tuple[str, ...]
    necessary: tuple[str, ...]
    all_conditions: bool
    before: tuple[Before, ...] = ()

    @property
    def outcome(self) -> str:
        """What is explained: ``Y``, ``~Y`` or ``Y{2}``."""
        return str(self.layout.explained)

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases, called ``UNIT-PERIOD``."""
        return self.layout.data.cases

    @property
    def solution(self) -> Solution | None:
        """The solution of all cases; None where there is none or none was asked for."""
        return None if self.pooled is None else self.pooled.solution

    @cached_property
    def sufficiency(self) -> tuple[Diagnosis, ...]:
        """The models and terms of the pooled solution and the expressions given, as sufficient for the outcome."""
        data = self.layout.data
        texts, x = of_expressions(self.expressions, data)
        if self.solution is not None:
            own, more = of_solution(self.solution, data, MODELS)
            texts, x = own + texts, np.column_stack([more, x])
        return diagnoses(self.layout, texts, x, "sufficient")

    @cached_property
    def necessity(self) -> tuple[Diagnosis, ...]:
        """Single conditions and the expressions given, as necessary for the outcome."""
        data = self.layout.data
        texts, x = of_expressions(self.necessary, data)
        if self.all_conditions:
            own, more = of_conditions(data, data.names[:-1])
            texts, x = own + texts, np.column_stack([more, x])
        return diagnoses(self.layout, texts, x, "necessary")

    @property
    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """Sufficiency, then necessity."""
        return (*self.sufficiency, *self.necessity)

    def diagnosis(self, expression: str) -> Diagnosis:
        """The diagnosis of one of the expressions, the first of that text.

        Raises
        ------
        OptionError
            If it is none of them.
        """
        wanted = expression.replace(" ", "")
        for one in self.diagnoses:
            if one.expression.replace(" ", "") == wanted:
                return one
        listed = ", ".join(one.expression for one in self.diagnoses[:10])
        raise OptionError(
            f"the panel does not diagnose {expression!r}",
            where=f"it has {listed or 'none'}",
            fix="give it when the panel is made: expression=…",
        )

    @cached_property
    def _alone(self) -> dict[str, tuple[Side, ...]]:
        if self.recipe is None:
            return {}
        data = self.layout.data
        return {
            one.name: tuple(
                followed(self.recipe, cluster, data, one.places(place))
                for place, cluster in enumerate(one.clusters)
            )
            for one in self.layout.groupings
        }

    def alone(self, name: str) -> tuple[Side, ...]:
        """The solution of each cluster of one grouping alone, or why it has none; empty without conditions."""
        return self._alone.get(self.layout.grouping(name).name, ())

    @cached_property
    def _sides(self) -> Mapping[str, SideBySide]:
        if self.recipe is None or self.pooled is None:
            return {}
        return {
            one.name: side_by_side(self.recipe, self.layout.data, one, self.pooled, self._alone[one.name])
            for one in self.layout.groupings
        }

    @property
    def side_by_side(self) -> tuple[SideBySide, ...]:
        """The solutions of each cluster alone and without it, one a grouping; none without conditions."""
        return tuple(self._sides.values())

    def solutions_by(self, name: str) -> SideBySide:
        """The solutions side by side by a column, or by ``unit`` or ``period``.

        Raises
        ------
        OptionError
            If cases are not clustered so, or the panel has no conditions to make solutions of.
        """
        grouping = self.layout.grouping(name)
        if grouping.name not in self._sides:
            raise OptionError(
                "solutions are made of conditions, and none were given",
                where="conditions=[]",
                fix="give the conditions of the truth table",
            )
        return self._sides[grouping.name]

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What a reader must know before trusting it."""
        from concausa.qca.panel.caveats import caveats_of

        return caveats_of(self)

    def table(self) -> Table:
        """Every expression with its pooled fit, the cluster where it is least consistent, and the distances."""
        from concausa.qca.panel.view import overview

        return overview(self)

    def clusters(self, name: str) -> Table:
        """Every expression in every cluster of one grouping: cases, fit, and who speaks against it."""
        from concausa.qca.panel.view import cluster_table

        return cluster_table(self, name)

    def grid(self, expression: str | None = None) -> Table:
        """Units × periods: membership in an expression and in the outcome; the first expression if none is named."""
        from concausa.qca.panel.view import grid_table

        return grid_table(self, self._meant(expression))

    def tables(self) -> tuple[Table, ...]:
        """Everything as tables: overview, clusters, grids, solutions side by side, terms, leave one out."""
        from concausa.qca.panel.view import every_table

        return every_table(self)

    def charts(self) -> tuple[Chart, ...]:
        """Consistencies by cluster, and units × periods of the first expression."""
        from concausa.qca.panel.charts import charts_of

        return charts_of(self)

    def r_script(self, *, title: str = "") -> str:
        """The diagnosis as a script for R with the packages QCA and SetMethods."""
        from concausa.qca.panel.script import script

        return script(self, title)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values; nan becomes None."""
        from concausa.qca.panel.document import document

        return document(self)

    def cite(self) -> tuple[str, ...]:
        """The works that it rests on."""
        from concausa.qca.panel.view import SOURCES

        return SOURCES

    def memo(self, width: int | None = None) -> str:
        """As one would paste it into a memo, within *width* columns (80 if not given)."""
        from concausa.qca.panel.memo import memo

        return memo(self, width)

    def _meant(self, expression: str | None) -> Diagnosis:
        if expression is not None:
            return self.diagnosis(expression)
        if not self.diagnoses:
            raise OptionError(
                "the panel diagnoses no expression",
                where=f"outcome {self.outcome}",
                fix="give one: expression=…",
            )
        return self.diagnoses[0]

    def __repr__(self) -> str:
        by = ", ".join(f"{len(one)} × {one.name}" for one in self.layout.groupings)
        return f"<Panel {self.outcome}: {len(self.cases)} cases by {by}, {len(self.diagnoses)} expressions>"

    def __str__(self) -> str:
        return self.memo()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def panel(
    frame: object,
    *,
    unit: str,
    period: str | None = None,
    outcome: str,
    conditions: Sequence[str] = (),
    expression: str | Sequence[str] = (),
    necessary: bool | str | Sequence[str] = False,
    solution: Kind = "conservative",
    by: Sequence[str] = (),
    weights: str | None = None,
    consistency: float = 0.8,
    pri: float = 0.0,
    frequency: int = 1,
    contradiction: float | None = None,
    before: Sequence[Before | str | tuple[str, str]] = (),
    orders: Mapping[tuple[str, str], Code] | None = None,
    expectations: Mapping[str, Any] | None = None,
    dont_care: str | float | None = DONT_CARE,
    levels: Mapping[str, int] | None = None,
    **unknown: Never,
) -> Panel:
    """Hold a solution or expressions against every period, unit and other cluster of cases.

    Pooled consistency is that of all cases; consistencies *between* are those of one period each, over its
    units; consistencies *within* are those of one unit each, over its periods [1]_. The pooled one is
    their mean, weighted by how much membership each cluster has.

    Parameters
    ----------
    frame : mapping of columns, pandas or polars data frame, or list of records
        In long form, calibrated: one row a unit and period.
    unit, period : str
        Columns. Without a period each unit has one row, and *by* names the clusters.
    outcome : str
        A column, its negation ``~Y``, or a category ``Y{2}``.
    conditions : sequence of str, optional
        Of a truth table, minimised for all cases and for each cluster alone.
    expression : str or sequence of str, optional
        Held against sufficiency as it is: ``"A*B + ~C"``.
    necessary : bool, str or sequence of str
        Expressions held against necessity; True for every single condition and its negation.
    solution : str
        ``conservative``, ``parsimonious`` or ``intermediate``.
    by : sequence of str, optional
        ``period``, ``unit`` or columns, by which cases are clustered; period and unit if not given.
    weights : str, optional
        Column with the weight of each case in every sum; truth tables count cases without them.
    consistency, pri, frequency, contradiction
        See :class:`~concausa.qca.cutoffs.Cutoffs`.
    before : sequence of Before, ``"A<B"`` or (A, B), optional
        The order of dated events as further conditions; see :func:`concausa.qca.before_door.before`.
    orders : mapping of (condition, case) to 1, 0 or None, optional
        How the orders are read that dates leave open; :func:`concausa.qca.temporal.temporal` runs every reading.
    expectations : mapping, optional
        For an intermediate solution, as in :func:`~concausa.qca.minimize.minimize`.
    dont_care, levels
        As in :func:`~concausa.qca.truth_table.truth_table`.

    Returns
    -------
    Panel

    Raises
    ------
    DataError, ScaleError, OptionError, UnknownNameError, ExpressionError
        If data or options cannot be accepted: a unit that has two rows for one period, say.

    Examples
    --------
    >>> frame = {"state": ["N", "N", "P", "P"], "year": [1, 2, 1, 2], "A": [1, 1, 1, 0], "Y": [1, 1, 0, 0]}
    >>> found = panel(frame, unit="state", period="year", outcome="Y", expression="A")
    >>> one = found.diagnosis("A")
    >>> round(one.pooled.consistency, 3), [fit.consistency for fit in one.between.fits]
    (0.667, [0.5, 1.0])
    >>> [(fit.cluster, fit.consistency, fit.deviant) for fit in one.within.fits]
    [('N', 1.0, ()), ('P', 0.0, ('P-1',))]
    """
    refuse_misspelt(unknown, panel)
    kind = choices_of(solution, "minimum", 100, False, "negative").solution
    cutoffs = Cutoffs(consistency=consistency, contradiction=contradiction, pri=pri, frequency=frequency)
    befores: tuple[Before, ...] = ()
    if len(before):
        befores = orders_of(frame, before, cases_of(frame, unit, period))
        frame = with_orders(
            frame, befores, orders or {}, dont_care=DONT_CARE if dont_care is None else dont_care
        )
        conditions = [*conditions, *(one.name for one in befores)]
    explained = read_outcome(outcome, columns_test(frame))
    expressions = read_expressions(expression, "expression")
    needed = () if isinstance(necessary, bool) else read_expressions(necessary, "necessary")
    listed = named_conditions(conditions) if conditions else ()
    names = tuple(dict.fromkeys([*listed, *named_in(expressions), *named_in(needed)]))
    if not names:
        raise OptionError(
            "there is nothing to hold against the clusters",
            where="no conditions and no expression",
            fix='give conditions=["A", "B"], or expression="A*B"',
        )
    if explained.name in names:
        raise OptionError(
            f'"{explained.name}" is both outcome and condition',
            where=f"outcome={outcome!r}, conditions: {', '.join(names)}",
            fix="take it out of the conditions",
        )
    placed = layout(
        frame,
        names,
        explained,
        unit=unit,
        period=period,
        by=by,
        weights=weights,
        dont_care=dont_care,
        levels=levels,
    )
    recipe = Recipe(placed.explained, listed, cutoffs, kind, expectations or {}) if listed else None
    pooled = followed(recipe, "pooled", placed.data) if recipe else None
    return Panel(placed, recipe, pooled, expressions, needed, necessary is True, befores)
