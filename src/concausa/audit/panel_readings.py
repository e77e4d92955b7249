"""The cases of a study as a panel, under every admissible reading of their levels and of the outcome."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from concausa.audit.cluster_reading import ClusterReading, FitReading
from concausa.audit.configurations import (
    Analysis,
    Configurations,
    Setting,
    SolutionKind,
    configurations,
)
from concausa.audit.temporal_conditions import orders_in
from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.qca.before import Before, Code
from concausa.study.study import Study

if TYPE_CHECKING:
    from concausa.qca.panel.diagnosis import Diagnosis
    from concausa.qca.panel.panel import Panel
    from concausa.qca.panel.recipe import Side

#: Most readings of open orders of events for each reading of the levels.
ORDERS = 64


@dataclass(frozen=True, eq=False)
class PanelReading:
    """One panel: distinct numbers, one outcome, one reading of open orders.

    Parameters
    ----------
    analysis : Analysis
        With the settings that lead to these very numbers.
    threshold : str
        The lowest level of the outcome that counts as in.
    orders : mapping of (condition, case) to 1, 0 or None
        How open orders of events are read.
    panel : Panel
    settings : tuple of Setting
        Those of the analysis that ask for this outcome.
    """

    analysis: Analysis
    threshold: str
    orders: dict[tuple[str, str], Code]
    panel: Panel
    settings: tuple[Setting, ...]

    @property
    def n(self) -> int:
        """How many settings lead to it."""
        return len(self.settings)

    @cached_property
    def claimed(self) -> Mapping[tuple[str, str], Diagnosis]:
        """What was given, and single conditions, by text and relation; not the models of the solution."""
        return {
            (one.expression, one.relation): one
            for one in self.panel.diagnoses
            if one.part in ("expression", "condition")
        }


@dataclass(frozen=True, eq=False)
class PanelReadings:
    """Every panel of a study.

    Parameters
    ----------
    found : Configurations
    readings : tuple of PanelReading
    before : tuple of Before
        Orders of events among the conditions.
    """

    found: Configurations
    readings: tuple[PanelReading, ...]
    before: tuple[Before, ...] = ()

    @property
    def thresholds(self) -> tuple[str, ...]:
        """The levels from which the outcome counts as there, in the order of the frame."""
        known = {one.threshold for one in self.readings}
        sets = self.found.frame.outcome_sets
        return tuple(dict.fromkeys(one.threshold for one in sets if one.threshold in known))

    @cached_property
    def clusters(self) -> tuple[ClusterReading, ...]:
        """For each threshold all cases, then each period and each unit: solutions and refusals, counted."""
        return tuple(
            self._cluster(threshold, column, cluster)
            for threshold in self.thresholds
            for column, cluster in self._places()
        )

    @cached_property
    def fits(self) -> tuple[FitReading, ...]:
        """For each threshold and expression its consistency over all cases, each period and each unit."""
        return tuple(
            self._fit(threshold, column, cluster, expression, relation)
            for threshold in self.thresholds
            for expression, relation in self._claimed(threshold)
            for column, cluster in self._places()
        )

    def _of(self, threshold: str) -> tuple[PanelReading, ...]:
        return tuple(one for one in self.readings if one.threshold == threshold)

    def _places(self) -> tuple[tuple[str, str], ...]:
        """All cases, then every cluster by period and by unit."""
        if not self.readings:
            return ()
        groupings = self.readings[0].panel.layout.groupings
        return (("", "pooled"), *((one.name, name) for one in groupings for name in one.clusters))

    def _cluster(self, threshold: str, column: str, cluster: str) -> ClusterReading:
        formulas: Counter[str] = Counter()
        refused: Counter[Caveat] = Counter()
        own = self._of(threshold)
        side: Side | None = None
        for one in own:
            side = _side(one.panel, column, cluster)
            formulas.update(dict.fromkeys(side.formulas, one.n))
            if side.refused is not None:
                refused[side.refused] += one.n
        return ClusterReading(
            threshold,
            column,
            cluster,
            () if side is None else side.cases,
            sum(one.n for one in own),
            tuple(formulas.most_common()),
            tuple(refused.most_common()),
        )

    def _claimed(self, threshold: str) -> tuple[tuple[str, str], ...]:
        """What was given, or every single condition; not the models of single readings."""
        return tuple(dict.fromkeys(key for reading in self._of(threshold) for key in reading.claimed))

    def _fit(self, threshold: str, column: str, cluster: str, expression: str, relation: str) -> FitReading:
        values, undefined = [], 0
        for reading in self._of(threshold):
            one = reading.claimed.get((expression, relation))
            value = math.nan if one is None else _consistency(one, column, cluster)
            if math.isnan(value):
                undefined += reading.n
            else:
                values.append(value)
        low, high = (min(values), max(values)) if values else (None, None)
        return FitReading(threshold, column, cluster, expression, relation, low, high, undefined)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        frame = self.found.frame
        return {
            "cases": [case.id for case in frame.cases],
            "left_out": [{"case": one.case.id, "missing": list(one.missing)} for one in frame.left_out],
            "conditions": list(frame.conditions),
            "outcome": frame.outcome,
            "settings": {
                threshold: sum(one.n for one in self._of(threshold)) for threshold in self.thresholds
            },
            "before": [one.data() for one in self.before],
            "clusters": [one.data() for one in self.clusters],
            "fits": [one.data() for one in self.fits],
        }


def panels_of(
    study: Study,
    *,
    solution: SolutionKind = "conservative",
    expression: str | Sequence[str] = (),
    necessary: bool | str | Sequence[str] = False,
    by: Sequence[str] = ("period", "unit"),
    before: Sequence[tuple[str, str]] = (),
) -> PanelReadings:
    """The cases of a study as units in periods, in every reading of the levels and of the outcome.

    Parameters
    ----------
    study : Study
    solution, expression, necessary
        As in :func:`concausa.qca.panel.panel.panel`.
    by : sequence of str
        ``period`` and ``unit``.
    before : sequence of (str, str)
        Orders of events as further conditions: mechanisms or events, see
        :func:`concausa.audit.temporal_conditions.orders_in`. Open orders are read in every way.

    Raises
    ------
    OptionError
        If the study has no complete case, or open orders can be read in more than 64 ways.
    UnknownNameError, ExpressionError
        If a name or an expression cannot be accepted.

    Examples
    --------
    >>> found = panels_of(Study.load("prosoft"))
    >>> {one.cluster: one.ran for one in found.clusters if one.threshold == "maximum"}["pooled"] > 0
    True
    """
    found = configurations(study)
    if found is None or not found.analyses:
        raise OptionError(
            "the study has no case with a level in every condition and in the outcome",
            where=f"study {study.settings.id}",
            fix="code the outcome and the conditions of some cases, and map their levels",
        )
    cases = found.frame.cases
    befores = tuple(orders_in(study, first, second, cases=cases) for first, second in before)
    n = prod(one.readings for one in befores)
    if n > ORDERS:
        raise OptionError(
            f"the open orders can be read in {n:,} ways, more than the {ORDERS} that are all run",
            where="; ".join(one.name for one in befores if one.open),
            fix="name events that are dated more exactly",
        )
    _refuse_silent(befores)
    asked = {"solution": solution, "expression": expression, "necessary": necessary, "by": list(by)}
    return readings_of(found, befores, asked)


def readings_of(
    found: Configurations, befores: Sequence[Before] = (), asked: Mapping[str, Any] | None = None
) -> PanelReadings:
    """A panel for each distinct analysis and each way to read open orders.

    Parameters
    ----------
    found : Configurations
        With at least one analysis.
    befores : sequence of Before
        About the cases of its frame.
    asked : mapping, optional
        Options of :func:`concausa.qca.panel.panel.panel`.
    """
    sets = found.frame.outcome_sets
    readings = []
    for analysis in found.analyses:
        by_threshold: dict[str, list[Setting]] = {}
        for setting in analysis.settings:
            by_threshold.setdefault(sets[setting.outcome].threshold, []).append(setting)
        for choice in _choices(befores):
            panel = _panel(found, analysis, befores, choice, asked or {})
            readings += [
                PanelReading(analysis, threshold, choice, panel, tuple(settings))
                for threshold, settings in by_threshold.items()
            ]
    return PanelReadings(found, tuple(readings), tuple(befores))


def _panel(
    found: Configurations,
    analysis: Analysis,
    befores: Sequence[Before],
    choice: dict[tuple[str, str], Code],
    asked: Mapping[str, Any],
) -> Panel:
    from concausa.qca.panel.panel import panel

    taken = {*found.frame.conditions, *(one.name for one in befores)}
    unit, period, outcome = (_free(name, taken) for name in ("unit", "period", found.frame.outcome))
    columns: dict[str, list[Any]] = {
        name: [row[place] for row in analysis.scores] for place, name in enumerate(analysis.conditions)
    }
    columns[unit] = [case.unit.id for case in found.frame.cases]
    columns[period] = [case.period.id for case in found.frame.cases]
    columns[outcome] = [int(case in analysis.members) for case in analysis.cases]
    expected = dict(analysis.expected) if asked.get("solution") == "intermediate" else None
    return panel(
        columns,
        unit=unit,
        period=period,
        outcome=outcome,
        conditions=analysis.conditions,
        before=befores,
        orders=choice,
        expectations=expected,
        **({"by": ["period", "unit"]} | dict(asked)),
    )


def _choices(befores: Sequence[Before]) -> Iterator[dict[tuple[str, str], Code]]:
    keys = [(one.name, order.case) for one in befores for order in one.open]
    for codes in product(*(order.admitted for one in befores for order in one.open)):
        yield dict(zip(keys, codes, strict=True))


def _refuse_silent(befores: Sequence[Before]) -> None:
    for one in befores:
        if all(order.admitted == (None,) for order in one.orders):
            raise OptionError(
                f"{one.first} and {one.second} happened together in no case: their order tells nothing",
                where=", ".join(order.case for order in one.orders),
                fix="name mechanisms or events that some unit has both of in one period",
            )


def _side(panel: Panel, column: str, cluster: str) -> Side:
    if not column:
        assert panel.pooled is not None
        return panel.pooled
    sides = panel.alone(column)
    return next(side for side in sides if side.cluster == cluster)


def _consistency(one: Diagnosis, column: str, cluster: str) -> float:
    if not column:
        return one.pooled.consistency
    return next(fit.consistency for fit in one.of(column).fits if fit.cluster == cluster)


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name
