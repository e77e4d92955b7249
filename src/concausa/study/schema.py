"""The tables of a study: their names, their homes, and the noun that each row is.

This is the one list from which the reader, the checker, the writer, the workbook, ``concausa new``
and the reference pages are made. To add a table, declare its noun in the layer that it belongs to
and add a line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from concausa.core.columns import Column, columns
from concausa.core.unit import Period, Unit
from concausa.evidence.likelihood import Likelihood, Package, Trace
from concausa.evidence.passage import Passage
from concausa.evidence.source import Source
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

SETTINGS_FILE = "study.toml"


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table of a study.

    Parameters
    ----------
    name : str
        Name in code, on the command line, as a sheet of a workbook.
    noun : type
        The frozen dataclass that each row is.
    home : str
        ``toml``: an array of tables ``[[name]]`` in study.toml; ``csv``: a file ``name.csv``.
    doc : str
        What a row is, in one sentence.
    """

    name: str
    noun: type
    home: Literal["toml", "csv"]
    doc: str

    @property
    def columns(self) -> Mapping[str, Column]:
        """Its columns by name, in the order in which they are written."""
        return columns(self.noun)

    @property
    def file(self) -> str:
        """The file that holds it."""
        return SETTINGS_FILE if self.home == "toml" else f"{self.name}.csv"


TABLES: Mapping[str, TableSpec] = {
    spec.name: spec
    for spec in (
        TableSpec("periods", Period, "toml", "A period of observation."),
        TableSpec("conditions", Condition, "toml", "A condition or outcome with its levels."),
        TableSpec("indicators", Indicator, "toml", "A sign by which a level is judged."),
        TableSpec("level_maps", LevelMap, "toml", "From levels to memberships."),
        TableSpec("measures", Measure, "toml", "Numbers and cuts that give levels."),
        TableSpec("patterns", Pattern, "toml", "A corner of the property space."),
        TableSpec("rules", Rule, "toml", "An ordered reading of the theory."),
        TableSpec("nodes", Node, "toml", "A node of the feedback graph that is not a condition."),
        TableSpec("mechanisms", Mechanism, "toml", "An arrow of the feedback graph."),
        TableSpec("causal_models", CausalSpec, "toml", "A causal model of one outcome in one case."),
        TableSpec("causal_queries", CausalQuestion, "toml", "What is asked of causal models, case by case."),
        TableSpec(
            "dynamic_models", DynamicSpec, "toml", "A model of how conditions move each other, year by year."
        ),
        TableSpec(
            "dynamic_quantities",
            QuantitySpec,
            "toml",
            "A stock, input, formula or parameter of a dynamic model.",
        ),
        TableSpec("dynamic_flows", FlowSpec, "toml", "What raises or lowers a stock of a dynamic model."),
        TableSpec("interventions", InterventionSpec, "toml", "What may be done at once in a dynamic model."),
        TableSpec("claims", Claim, "toml", "A sentence that the evidence should bear."),
        TableSpec("choices", Choice, "toml", "A point that the study leaves open, with its options."),
        TableSpec("rivals", Rival, "toml", "Another account of the same outcome."),
        TableSpec("questions", Question, "toml", "A question that evidence is weighed on."),
        TableSpec("wordings", Wording, "toml", "A word for a range of likelihood ratios."),
        TableSpec("series", Series, "toml", "A column of an open data file."),
        TableSpec("maps", MapSpec, "toml", "A map of the units."),
        TableSpec(
            "covariates",
            CovariateSpec,
            "toml",
            "A property by which units are compared before they are studied.",
        ),
        TableSpec("labels", Label, "toml", "How the study's own text names an exhibit."),
        TableSpec("units", Unit, "csv", "A unit of comparison."),
        TableSpec("sources", Source, "csv", "A source."),
        TableSpec("evidence", Passage, "csv", "A passage and what it bears on."),
        TableSpec("codings", Coding, "csv", "A level given to a cell."),
        TableSpec("term_codings", TermCoding, "csv", "A level given to a condition in an office term."),
        TableSpec("facts", Fact, "csv", "A printed number."),
        TableSpec("checks", Check, "csv", "How a printed number should follow from others."),
        TableSpec("terms", Term, "csv", "An office term."),
        TableSpec("organisations", Organisation, "csv", "A body with its life dates."),
        TableSpec("memberships", Membership, "csv", "Who was in a body when."),
        TableSpec("elections", Election, "csv", "A contest for the head of government."),
        TableSpec("events", Event, "csv", "A dated event."),
        TableSpec(
            "prerequisites", Prerequisite, "csv", "What an event could not have happened without, and why."
        ),
        TableSpec("funds", Fund, "csv", "An amount of programme money."),
        TableSpec(
            "clues", Clue, "csv", "What a case shows of a node of a causal model that is no condition."
        ),
        TableSpec("bands", BandSpec, "csv", "What a run of a dynamic model must meet to be admitted."),
        TableSpec("scenarios", ScenarioSpec, "csv", "A what if that is asked of a dynamic model."),
        TableSpec("predictions", Prediction, "csv", "What a rival expects in one case."),
        TableSpec("hypotheses", Hypothesis, "csv", "A rival answer to a question."),
        TableSpec("packages", Package, "csv", "Passages that are no independent witnesses."),
        TableSpec("traces", Trace, "csv", "What nobody has looked for yet."),
        TableSpec("likelihoods", Likelihood, "csv", "How far a hypothesis expects an item."),
        TableSpec("translations", Translation, "csv", "A text of the study in another language."),
    )
}

SETTINGS = TableSpec("study", Settings, "toml", "What the study is called and asks.")
