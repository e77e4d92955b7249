"""A study: everything that its folder or workbook says, as values."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from concausa.core.errors import UnknownNameError
from concausa.core.nearest import nearest, some
from concausa.core.problem import Problem
from concausa.core.table import Table
from concausa.core.unit import Case, Period, Unit
from concausa.evidence.likelihood import Likelihood, Package, Trace
from concausa.evidence.passage import Passage
from concausa.evidence.source import Source
from concausa.measurement.cell import Cell, cell
from concausa.measurement.coding import Coding
from concausa.measurement.level_map import LevelMap
from concausa.measurement.measure import Measure
from concausa.measurement.term_coding import TermCoding
from concausa.record.covariate import CovariateSpec
from concausa.record.election import Election
from concausa.record.event import Event
from concausa.record.fact import Fact, Series
from concausa.record.fund import Fund
from concausa.record.map_spec import MapSpec
from concausa.record.organisation import Membership, Organisation
from concausa.record.prerequisite import Prerequisite
from concausa.record.term import Term
from concausa.study.label import Label
from concausa.study.schema import TABLES
from concausa.study.settings import Settings
from concausa.study.translation import Translation
from concausa.theory.causal_spec import CausalQuestion, CausalSpec, Clue
from concausa.theory.check import Check
from concausa.theory.choice import Choice
from concausa.theory.claim import Claim
from concausa.theory.condition import Condition, Indicator
from concausa.theory.dynamic_spec import (
    BandSpec,
    DynamicSpec,
    FlowSpec,
    InterventionSpec,
    QuantitySpec,
    ScenarioSpec,
)
from concausa.theory.mechanism import Mechanism, Node
from concausa.theory.question import Hypothesis, Question, Wording
from concausa.theory.rival import Prediction, Rival
from concausa.typology.pattern import Pattern, Rule


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a study was read from, and what its files were when they were read.

    Parameters
    ----------
    path : Path or None
        The folder or workbook; None for a study made in memory.
    fingerprints : mapping of str to str
        SHA-256 of each file read, by relative path: how a later save sees that another process
        has written in between.
    lines : mapping of (table, id) to int
        The line on which each row stands.
    """

    path: Path | None = None
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def folder(self) -> Path | None:
        """Where data files lie: the study folder, or the folder that the workbook is in."""
        if self.path is None or self.path.suffix.lower() != ".xlsx" or self.path.is_dir():
            return self.path
        return self.path.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A study as values. Each table is a tuple of its noun, in the order of its file."""

    settings: Settings
    units: tuple[Unit, ...] = ()
    periods: tuple[Period, ...] = ()
    conditions: tuple[Condition, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    level_maps: tuple[LevelMap, ...] = ()
    measures: tuple[Measure, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    rules: tuple[Rule, ...] = ()
    nodes: tuple[Node, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    causal_models: tuple[CausalSpec, ...] = ()
    causal_queries: tuple[CausalQuestion, ...] = ()
    dynamic_models: tuple[DynamicSpec, ...] = ()
    dynamic_quantities: tuple[QuantitySpec, ...] = ()
    dynamic_flows: tuple[FlowSpec, ...] = ()
    interventions: tuple[InterventionSpec, ...] = ()
    claims: tuple[Claim, ...] = ()
    choices: tuple[Choice, ...] = ()
    rivals: tuple[Rival, ...] = ()
    questions: tuple[Question, ...] = ()
    wordings: tuple[Wording, ...] = ()
    series: tuple[Series, ...] = ()
    maps: tuple[MapSpec, ...] = ()
    covariates: tuple[CovariateSpec, ...] = ()
    labels: tuple[Label, ...] = ()
    sources: tuple[Source, ...] = ()
    evidence: tuple[Passage, ...] = ()
    codings: tuple[Coding, ...] = ()
    term_codings: tuple[TermCoding, ...] = ()
    facts: tuple[Fact, ...] = ()
    checks: tuple[Check, ...] = ()
    terms: tuple[Term, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    memberships: tuple[Membership, ...] = ()
    elections: tuple[Election, ...] = ()
    events: tuple[Event, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    funds: tuple[Fund, ...] = ()
    clues: tuple[Clue, ...] = ()
    bands: tuple[BandSpec, ...] = ()
    scenarios: tuple[ScenarioSpec, ...] = ()
    predictions: tuple[Prediction, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    packages: tuple[Package, ...] = ()
    traces: tuple[Trace, ...] = ()
    likelihoods: tuple[Likelihood, ...] = ()
    translations: tuple[Translation, ...] = ()
    doubts: tuple[Problem, ...] = field(default=(), compare=False)
    origin: Origin = field(default_factory=Origin, compare=False)

    @staticmethod
    def load(path_or_name: str | Path) -> Study:
        """Read a study folder, a workbook, or a study that is bundled with the package.

        Parameters
        ----------
        path_or_name : str or Path
            A folder with ``study.toml``, an ``.xlsx`` workbook, or a bundled name such as
            ``prosoft``. A path that exists wins over a bundled name.

        Raises
        ------
        StudyError
            If it cannot be found, or if it holds errors; every one of them is listed. Doubts do
            not raise: they are kept in ``doubts``.
        """
        from concausa.study.folder import load

        return load(path_or_name)

    def save(self, path: str | Path | None = None) -> Study:
        """Write to a folder or ``.xlsx`` workbook; to where it was read from unless told otherwise.

        Returns
        -------
        Study
            The same study, which knows as what it stands now: ``study = study.save()``.

        Raises
        ------
        SaveError
            If another process has written the same files since they were read.
        """
        from concausa.study.save import save

        return save(self, path)

    def public(self) -> Study:
        """The study with the texts withheld that its sources' access does not let anybody show."""
        from concausa.study.public import public

        return public(self)

    def rows(self, table: str) -> tuple[Any, ...]:
        """The rows of a table by its name; UnknownNameError with the nearest name if there is none."""
        if table not in TABLES:
            raise UnknownNameError(
                f"there is no table {table!r}",
                fix=f"did you mean {near}?"
                if (near := nearest(table, TABLES))
                else f"one of {', '.join(TABLES)}",
            )
        rows: tuple[Any, ...] = getattr(self, table)
        return rows

    def row(self, table: str, id: str) -> Any:
        """The row of *table* called *id*; UnknownNameError with the nearest name if there is none."""
        for row in self.rows(table):
            if row.id == id:
                return row
        ids = [row.id for row in self.rows(table)]
        near = nearest(id, ids)
        raise UnknownNameError(
            f"{table} has no row {id!r}",
            fix=f"did you mean {near}?" if near else f"one of {some(ids)}",
        )

    @property
    def cases(self) -> tuple[Case, ...]:
        """Core units in each period, in the order of the study: the cases compared."""
        return tuple(
            Case(unit, period) for unit in self.units if unit.role == "core" for period in self.periods
        )

    @property
    def coded_cases(self) -> tuple[Case, ...]:
        """The cases compared, and every other case for which something is coded, units × periods."""
        coded = {(coding.unit, coding.period) for coding in self.codings}
        return tuple(
            Case(unit, period)
            for unit in self.units
            for period in self.periods
            if unit.role == "core" or (unit.id, period.id) in coded
        )

    def case(self, id: str) -> Case:
        """The case called ``UNIT-PERIOD``, shadow units included."""
        every = {Case(unit, period).id: Case(unit, period) for unit in self.units for period in self.periods}
        if id not in every:
            near = nearest(id, every)
            raise UnknownNameError(
                f"there is no case {id!r}",
                fix=f"did you mean {near}?"
                if near
                else f"cases are {', '.join(case.id for case in self.cases)}",
            )
        return every[id]

    def cell(self, case: Case | str, condition: str) -> Cell:
        """A condition in a case (or ``UNIT-PERIOD``), with every level that it may admissibly have.

        Raises
        ------
        UnknownNameError
            If the study has no such case or condition.
        """
        case = self.case(case) if isinstance(case, str) else case
        scale = self.row("conditions", condition).levels
        return cell(self.codings, case.unit.id, case.period.id, condition, scale)

    def replace(self, **tables: Any) -> Study:
        """The same study with some tables exchanged."""
        return dataclasses.replace(self, **tables)

    def table(self, name: str) -> Table:
        """One table of the study, or its ``cases``, as a table to look at; it displays itself."""
        from concausa.study.view import view

        return view(self, name)

    def _repr_html_(self) -> str:
        from concausa.core import typeset
        from concausa.study.view import contents

        return typeset.html(contents(self))

    def __repr__(self) -> str:
        return (
            f"<Study {self.settings.id}: {len(self.cases)} cases, {len(self.sources)} sources, "
            f"{len(self.evidence)} passages, {len(self.codings)} codings>"
        )
