"""An analysis: one way from data to a solution, with everything by which a second one could differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from hashlib import sha256
from typing import Any, Never

import numpy as np

from concausa.core.errors import DataError, OptionError
from concausa.core.misspelt import refuse_misspelt
from concausa.qca.analysis_changes import (
    still_expected,
    still_meant,
    with_anchors,
    with_calibrations,
    with_columns,
    with_fewer_cases,
)
from concausa.qca.case_data import CaseData, columns_test
from concausa.qca.choices import LIMIT, Choices, Contradictions, Kind, Models
from concausa.qca.conditions import named_conditions
from concausa.qca.cutoffs import Cutoffs
from concausa.qca.exclusion import Excluded, Exclusion, Included, Inclusion, exclusions, inclusions
from concausa.qca.expectations import Expectations, Expected
from concausa.qca.expectations import expectations as read
from concausa.qca.minimize import minimize
from concausa.qca.outcome import Outcome, read_outcome
from concausa.qca.score_column import Calibration, ScoreColumn, read_columns, unknown_column
from concausa.qca.solution import Solution
from concausa.qca.truth_table import TruthTable, truth_table
from concausa.sets.calibrated import Calibrated

#: Stands for "as it is" where None means something.
_KEEP: Any = object()
#: Options that make cut-offs, and those that make choices.
CUTOFFS = ("consistency", "pri", "frequency", "contradiction")
CHOICES = ("solution", "models", "limit", "row_dominance", "contradictions")


@dataclass(frozen=True, eq=False, repr=False)
class Analysis:
    """Data, calibrations, cut-offs and choices; its truth table and solution are worked out when asked for.

    It can be pickled, and what was worked out stays behind.

    Parameters
    ----------
    cases : tuple of str
    columns : mapping of str to ScoreColumn
        Conditions and outcome, and others that a re-analysis may use.
    outcome : str
        ``Y``, ``~Y`` or ``Y{2}``.
    conditions : tuple of str
    cutoffs : Cutoffs
    choices : Choices
    expectations : mapping, text or None
        Directional expectations, as ``minimize`` takes them.
    exclude : tuple of Exclusion
    include : tuple of Inclusion
    label, why : str
        What the analysis is called, and why it was run.
    """

    cases: tuple[str, ...]
    columns: Mapping[str, ScoreColumn]
    outcome: str
    conditions: tuple[str, ...]
    cutoffs: Cutoffs
    choices: Choices
    expectations: Expected | None = None
    exclude: tuple[Exclusion, ...] = ()
    include: tuple[Inclusion, ...] = ()
    label: str = ""
    why: str = ""

    def __getstate__(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @cached_property
    def explained(self) -> Outcome:
        """What is explained."""
        found = read_outcome(self.outcome, self.columns.__contains__)
        return found.suits(self._column(found.name).factor)

    @cached_property
    def data(self) -> CaseData:
        """Scores of the cases in the conditions and, last, the outcome."""
        columns = [self._column(name) for name in (*self.conditions, self.explained.name)]
        return CaseData(
            self.cases,
            tuple([column.factor for column in columns]),
            np.column_stack([column.scores for column in columns]),
        )

    @cached_property
    def expected(self) -> Expectations:
        """The directional expectations over the conditions."""
        return read(self.expectations, self.data.factors[:-1])

    @cached_property
    def calibrations(self) -> dict[str, Calibrated]:
        """The calibrations of those conditions, and of the outcome, that were calibrated here."""
        names = (*self.conditions, self.explained.name)
        found = {name: self.columns[name].calibrated for name in names}
        return {name: calibrated for name, calibrated in found.items() if calibrated is not None}

    @cached_property
    def truth_table(self) -> TruthTable:
        """The truth table; DataError if every case is on a crossover, or rows overlap through don't care."""
        cutoffs: dict[str, Any] = self.cutoffs.data()
        return truth_table(self.data, outcome=self.outcome, conditions=self.conditions, **cutoffs)

    @property
    def solution(self) -> Solution | None:
        """The solution; None where there is none, for the reason that ``nothing`` gives."""
        return self._found[0]

    @property
    def nothing(self) -> str:
        """Why there is no solution: no row is positive, say; empty where there is one."""
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[Solution | None, str]:
        options: dict[str, Any] = asdict(self.choices)
        theory: dict[str, Any] = {"exclude": self.exclude, "include": self.include}
        try:
            return minimize(self.truth_table, expectations=self.expectations, **theory, **options), ""
        except DataError as error:
            return None, error.what

    @property
    def formula(self) -> tuple[str, ...]:
        """The models of the solution as texts, in their order; empty where there is no solution."""
        return tuple([model.expression for model in self.solution.models]) if self.solution else ()

    def changed(
        self,
        *,
        anchors: Mapping[tuple[str, str], float] | None = None,
        calibrations: Mapping[str, Calibration] | None = None,
        columns: Mapping[str, Any] | None = None,
        outcome: str | None = None,
        conditions: Sequence[str] | None = None,
        without_cases: Iterable[str] = (),
        expectations: Expected | None = _KEEP,
        exclude: Excluded | Iterable[Excluded] | None = _KEEP,
        include: Included | Iterable[Included] | None = _KEEP,
        label: str = "",
        why: str = "",
        consistency: float = _KEEP,
        pri: float = _KEEP,
        frequency: int = _KEEP,
        contradiction: float | None = _KEEP,
        solution: str = _KEEP,
        models: str = _KEEP,
        limit: int = _KEEP,
        row_dominance: bool = _KEEP,
        contradictions: str = _KEEP,
        **unknown: Never,
    ) -> Analysis:
        """Another analysis of the same data that differs in what is named, and is called anew.

        Parameters
        ----------
        anchors : mapping of (column, anchor) to float
            New raw values: ``{("GNPCAP", "crossover"): 560}``.
        calibrations : mapping of column to options of ``calibrate``, or Calibrated
            Calibrations from the raw values that a column was calibrated from before.
        columns : mapping of column to memberships, or Calibrated
            New scores of all cases, in their order; a new name is a new column.
        conditions : sequence of str
            Expectations, exclusions and inclusions that name a condition which is gone go with it.
        without_cases : iterable of str
            Cases that are left out.
        outcome, expectations, exclude, include, label, why
            In the place of the present ones.
        consistency, pri, frequency, contradiction
            Cut-offs.
        solution, models, limit, row_dominance, contradictions
            Choices.

        Raises
        ------
        OptionError
            If anchors would cross, or an option has a value that it cannot have.
        UnknownNameError
            If a column, anchor or case does not exist; the nearest is given.
        """
        refuse_misspelt(unknown, Analysis.changed)
        given = locals()
        cutoffs = {name: given[name] for name in CUTOFFS if given[name] is not _KEEP}
        choices = {name: given[name] for name in CHOICES if given[name] is not _KEEP}
        cases, table = self.cases, dict(self.columns)
        if dropped := frozenset(without_cases):
            cases, table = with_fewer_cases(table, cases, dropped)
        table = with_columns(table, columns or {}, cases)
        table = with_calibrations(table, calibrations or {}, cases)
        table = with_anchors(table, anchors or {})
        wanted = self.conditions if conditions is None else named_conditions(conditions)
        expected = self.expectations if expectations is _KEEP else expectations
        if conditions is not None and expectations is _KEEP:
            expected = still_expected(expected, self.conditions, wanted)
        found = Analysis(
            cases,
            table,
            self.outcome if outcome is None else outcome,
            wanted,
            self.cutoffs.changed(**cutoffs) if cutoffs else self.cutoffs,
            replace(self.choices, **choices) if choices else self.choices,
            expected,
            still_meant(self.exclude, self.conditions, wanted) if exclude is _KEEP else exclusions(exclude),
            still_meant(self.include, self.conditions, wanted) if include is _KEEP else inclusions(include),
            label,
            why,
        )
        return found._checked()

    def _checked(self) -> Analysis:
        """The same, if its names fit each other."""
        explained = self.explained
        if explained.name in self.conditions:
            raise OptionError(
                f'"{explained.name}" is both outcome and condition',
                where=f"outcome={self.outcome!r}, conditions: {', '.join(self.conditions)}",
                fix="take it out of the conditions",
            )
        if len(set(self.conditions)) < len(self.conditions):
            twice = next(name for name in self.conditions if self.conditions.count(name) > 1)
            raise OptionError(
                f'the condition "{twice}" is named twice',
                where=f"conditions: {', '.join(self.conditions)}",
                fix="name each condition once",
            )
        _ = self.expected
        regions: tuple[Exclusion | Inclusion, ...] = (*self.exclude, *self.include)
        for one in regions:
            one.boxes(self.data.factors[:-1])
        return self

    def _column(self, name: str) -> ScoreColumn:
        if name in self.columns:
            return self.columns[name]
        raise unknown_column(name, self.columns)

    @cached_property
    def _key(self) -> str:
        data, expected = self.data, self.expected
        parts = (
            self.cases,
            [(factor.name, factor.kind == "multi-value", factor.levels) for factor in data.factors],
            np.round(data.scores, 12).tobytes(),
            str(self.explained),
            sorted(self.cutoffs.data().items()),
            self.choices,
            (expected.values, expected.conjunctions),
            [(one.text, one.kind, one.remainders_only) for one in self.exclude],
            [one.text for one in self.include],
        )
        return sha256("\n".join(map(repr, parts)).encode()).hexdigest()[:32]

    def key(self) -> str:
        """32 hexadecimal digits of everything that decides the result: the scores, not the anchors behind them.

        Two analyses with the same key have the same solution; scores count to twelve decimals.
        """
        return self._key

    def settings(self) -> dict[str, Any]:
        """How it was done, as plain JSON values."""
        return {
            "label": self.label,
            "why": self.why,
            "key": self.key(),
            "outcome": self.outcome,
            "conditions": list(self.conditions),
            "cases": list(self.cases),
            "cutoffs": self.cutoffs.data(),
            "solution": self.choices.solution,
            "models": self.choices.models,
            "row_dominance": self.choices.row_dominance,
            "contradictions": self.choices.contradictions,
            "expectations": self.expected.text,
            "exclude": [one.data() for one in self.exclude],
            "include": [one.data() for one in self.include],
            "calibrations": {
                name: {"method": one.method, "anchors": one.anchors.data(), "options": dict(one.options)}
                for name, one in self.calibrations.items()
            },
        }

    def __repr__(self) -> str:
        label = f" {self.label!r}" if self.label else ""
        return (
            f"<Analysis{label}: {self.choices.solution}, {self.outcome} ~ {', '.join(self.conditions)}, "
            f"{len(self.cases)} cases>"
        )


def analysis(
    frame: object,
    *,
    outcome: str,
    conditions: Sequence[str],
    cases: str | Sequence[str] | None = None,
    calibrations: Mapping[str, Calibration] | None = None,
    also: Sequence[str] = (),
    consistency: float = 0.8,
    pri: float = 0.0,
    frequency: int = 1,
    contradiction: float | None = None,
    dont_care: str | float | None = "-",
    levels: Mapping[str, int] | None = None,
    solution: Kind = "conservative",
    expectations: Expected | None = None,
    exclude: Excluded | Iterable[Excluded] | None = None,
    include: Included | Iterable[Included] | None = None,
    models: Models = "minimum",
    limit: int = LIMIT,
    row_dominance: bool = False,
    contradictions: Contradictions = "negative",
    label: str = "",
    why: str = "",
    **unknown: Never,
) -> Analysis:
    """One way from data to a solution, as a value that can be changed and run again.

    Parameters
    ----------
    frame : mapping of columns, pandas or polars data frame, or list of records
        Raw columns and calibrated ones may stand beside each other.
    outcome, conditions, cases, consistency, pri, frequency, contradiction, dont_care, levels
        As :func:`~concausa.qca.truth_table.truth_table` takes them.
    calibrations : mapping of column to options of ``calibrate``, or Calibrated
        Columns not named here hold memberships or codes already.
    also : sequence of str
        Further columns that a re-analysis may use.
    solution, expectations, exclude, include, models, limit, row_dominance, contradictions
        As :func:`~concausa.qca.minimize.minimize` takes them.
    label, why : str
        What it is called, and why it is run.

    Returns
    -------
    Analysis

    Raises
    ------
    DataError, ScaleError, OptionError, UnknownNameError, ExpressionError
        If the data or an option cannot be accepted. That no row is positive is no error: the analysis
        then has no solution, and says why.

    Examples
    --------
    >>> frame = {"GNP": [720, 1098, 586, 468], "LIT": [1, 1, 1, 0], "SURV": [1, 1, 1, 0]}
    >>> first = analysis(frame, outcome="SURV", conditions=["GNP", "LIT"],
    ...                  calibrations={"GNP": {"anchors": (400, 550, 900)}})
    >>> first.formula
    ('GNP*LIT',)
    >>> first.changed(anchors={("GNP", "crossover"): 600}).formula
    ('LIT',)
    """
    refuse_misspelt(unknown, analysis)
    names = named_conditions(conditions)
    explained = read_outcome(outcome, columns_test(frame))
    wanted = list(dict.fromkeys([*names, explained.name, *also]))
    given = dict(calibrations or {})
    called, columns = read_columns(
        frame, wanted, given, outcome=explained.name, cases=cases, dont_care=dont_care, levels=levels
    )
    return Analysis(
        called,
        columns,
        outcome,
        names,
        Cutoffs(consistency=consistency, pri=pri, frequency=frequency, contradiction=contradiction),
        Choices(solution, models, limit, row_dominance, contradictions),
        expectations,
        exclusions(exclude),
        inclusions(include),
        label,
        why,
    )._checked()
