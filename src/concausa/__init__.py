"""Concausa: a workbench for comparative case research.

>>> import concausa as cc
>>> study = cc.Study.load("prosoft")
>>> [case.id for case in study.cases]
['NL-1', 'NL-2', 'PUE-1', 'PUE-2']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concausa.audit.candidates import candidates_of
    from concausa.audit.case_choice import select
    from concausa.audit.case_studies_after import case_studies_after
    from concausa.audit.causal_cases import causal_answers
    from concausa.audit.chain import chain
    from concausa.audit.events import (
        event_structure,
        implied_days,
        mechanism_orders,
        order_certainty,
        time_relations,
        unasked,
    )
    from concausa.audit.findings.compare import compare
    from concausa.audit.findings.findings import findings
    from concausa.audit.findings.grounds import grounds
    from concausa.audit.findings.next_evidence import next_evidence
    from concausa.audit.findings.rests_on import drops
    from concausa.audit.next_cases import next_cases
    from concausa.audit.numbers import audit_numbers
    from concausa.audit.order import order
    from concausa.audit.panel_readings import panels_of
    from concausa.audit.placement import placements
    from concausa.audit.rivals.rivals import standings
    from concausa.audit.rules import judged
    from concausa.audit.sequence_claims import sequence_claims
    from concausa.audit.simulation import simulation
    from concausa.audit.temporal_conditions import orders_in
    from concausa.audit.theory_evaluation import theory_evaluation
    from concausa.audit.weighed import weighed
    from concausa.audit.worlds.worlds import worlds
    from concausa.core.chart import Chart
    from concausa.core.date import Date
    from concausa.core.errors import ConcausaError
    from concausa.core.table import Table
    from concausa.dynamics.band import Band
    from concausa.dynamics.control import smallest
    from concausa.dynamics.counterfactual import counterfactual
    from concausa.dynamics.elsewhere import elsewhere
    from concausa.dynamics.horizon import Horizon
    from concausa.dynamics.matching import match
    from concausa.dynamics.model import Corner
    from concausa.dynamics.model import Model as DynamicModel
    from concausa.dynamics.outcome import Outcome
    from concausa.dynamics.panel import honesty
    from concausa.dynamics.persistence import persistence
    from concausa.dynamics.quantity import Derived, Flow, Input, Intervention, Parameter, Range, Stock
    from concausa.dynamics.runs import simulate
    from concausa.dynamics.setting import Course, Happening, Setting
    from concausa.dynamics.skeleton import skeleton
    from concausa.dynamics.sweep import sweep
    from concausa.dynamics.tipping import Aim, tipping
    from concausa.expr.algebra import (
        equivalent,
        expand,
        intersect,
        is_subset,
        negate,
        simplest_forms,
        simplify,
    )
    from concausa.expr.boolean import parse
    from concausa.expr.factoring import factor
    from concausa.qca.analysis import Analysis, analysis
    from concausa.qca.before import Before
    from concausa.qca.before_door import before
    from concausa.qca.case_data import case_data
    from concausa.qca.coincidence.coincidence import Coincidence, coincidence
    from concausa.qca.coincidence.series import fit_robustness
    from concausa.qca.cutoffs import Cutoffs
    from concausa.qca.evaluation.r_evaluation import r_evaluation_script
    from concausa.qca.evaluation.theory import Theory
    from concausa.qca.evaluation.theory_evaluation import evaluate_theory
    from concausa.qca.exclusion import Exclusion, contradictory, impossible, untenable
    from concausa.qca.minimize import minimize
    from concausa.qca.necessity import necessity
    from concausa.qca.panel.panel import Panel, panel
    from concausa.qca.r_script import r_script
    from concausa.qca.robustness.drops import drops as drop_one
    from concausa.qca.robustness.monte_carlo import monte_carlo
    from concausa.qca.robustness.protocol import protocol as robustness_protocol
    from concausa.qca.robustness.random_outcomes import random_outcomes
    from concausa.qca.robustness.ranges import ranges
    from concausa.qca.robustness.robustness_tests import robustness_tests
    from concausa.qca.robustness.varying import Varying
    from concausa.qca.several.outcomes import SeveralOutcomes, several_outcomes
    from concausa.qca.solution import Solution
    from concausa.qca.temporal import Temporal, temporal
    from concausa.qca.truth_table import TruthTable, truth_table
    from concausa.report.build import build
    from concausa.report.catalogue import exhibits
    from concausa.report.language import Language
    from concausa.selection.balance import balance
    from concausa.selection.candidates import candidates
    from concausa.selection.case_studies import case_studies
    from concausa.selection.case_types import case_types
    from concausa.selection.pair_types import divergence, pair_types
    from concausa.selection.pairs import pairs
    from concausa.selection.profile import profile
    from concausa.selection.sensitivity import sensitivity
    from concausa.selection.set_types import set_types
    from concausa.selection.sufficient_terms import sufficient_terms
    from concausa.sets.anchors import Anchors
    from concausa.sets.calibrate import calibrate
    from concausa.sets.threshold_search import suggest_thresholds
    from concausa.study.checker import check
    from concausa.study.recode import recode
    from concausa.study.scaffold import new
    from concausa.study.study import Study
    from concausa.study.view import view
    from concausa.tracing.causal.declare import causal_model
    from concausa.tracing.evidence_item import EvidenceItem
    from concausa.tracing.evidence_package import EvidencePackage
    from concausa.tracing.evidence_test import evidence_test
    from concausa.tracing.hypotheses import combinations
    from concausa.tracing.ledger import Ledger, weigh
    from concausa.tracing.word_scale import WordScale

__all__ = [
    "Aim",
    "Analysis",
    "Anchors",
    "Band",
    "Before",
    "Chart",
    "Coincidence",
    "ConcausaError",
    "Corner",
    "Course",
    "Cutoffs",
    "Date",
    "Derived",
    "DynamicModel",
    "EvidenceItem",
    "EvidencePackage",
    "Exclusion",
    "Flow",
    "Happening",
    "Horizon",
    "Input",
    "Intervention",
    "Language",
    "Ledger",
    "Outcome",
    "Panel",
    "Parameter",
    "Range",
    "Setting",
    "SeveralOutcomes",
    "Solution",
    "Stock",
    "Study",
    "Table",
    "Temporal",
    "Theory",
    "TruthTable",
    "Varying",
    "WordScale",
    "__version__",
    "analysis",
    "audit_numbers",
    "balance",
    "before",
    "build",
    "calibrate",
    "candidates",
    "candidates_of",
    "case_data",
    "case_studies",
    "case_studies_after",
    "case_types",
    "causal_answers",
    "causal_model",
    "chain",
    "check",
    "coincidence",
    "combinations",
    "compare",
    "contradictory",
    "counterfactual",
    "divergence",
    "drop_one",
    "drops",
    "elsewhere",
    "equivalent",
    "evaluate_theory",
    "event_structure",
    "evidence_test",
    "exhibits",
    "expand",
    "factor",
    "findings",
    "fit_robustness",
    "grounds",
    "honesty",
    "implied_days",
    "impossible",
    "intersect",
    "is_subset",
    "judged",
    "match",
    "mechanism_orders",
    "minimize",
    "monte_carlo",
    "necessity",
    "negate",
    "new",
    "next_cases",
    "next_evidence",
    "order",
    "order_certainty",
    "orders_in",
    "pair_types",
    "pairs",
    "panel",
    "panels_of",
    "parse",
    "persistence",
    "placements",
    "profile",
    "r_evaluation_script",
    "r_script",
    "random_outcomes",
    "ranges",
    "recode",
    "robustness_protocol",
    "robustness_tests",
    "select",
    "sensitivity",
    "sequence_claims",
    "set_types",
    "several_outcomes",
    "simplest_forms",
    "simplify",
    "simulate",
    "simulation",
    "skeleton",
    "smallest",
    "standings",
    "sufficient_terms",
    "suggest_thresholds",
    "sweep",
    "temporal",
    "theory_evaluation",
    "time_relations",
    "tipping",
    "truth_table",
    "unasked",
    "untenable",
    "view",
    "weigh",
    "weighed",
    "worlds",
]
__version__ = "0.1.0"

#: Public names by the module that holds them; ``DynamicModel:Model`` is called Model there.
_NAMES = {
    "audit.candidates": "candidates_of",
    "audit.case_choice": "select",
    "audit.case_studies_after": "case_studies_after",
    "audit.causal_cases": "causal_answers",
    "audit.chain": "chain",
    "audit.events": "event_structure implied_days mechanism_orders order_certainty time_relations unasked",
    "audit.findings.compare": "compare",
    "audit.findings.findings": "findings",
    "audit.findings.grounds": "grounds",
    "audit.findings.next_evidence": "next_evidence",
    "audit.findings.rests_on": "drops",
    "audit.next_cases": "next_cases",
    "audit.numbers": "audit_numbers",
    "audit.order": "order",
    "audit.panel_readings": "panels_of",
    "audit.placement": "placements",
    "audit.rivals.rivals": "standings",
    "audit.rules": "judged",
    "audit.sequence_claims": "sequence_claims",
    "audit.simulation": "simulation",
    "audit.temporal_conditions": "orders_in",
    "audit.theory_evaluation": "theory_evaluation",
    "audit.weighed": "weighed",
    "audit.worlds.worlds": "worlds",
    "core.chart": "Chart",
    "core.date": "Date",
    "core.errors": "ConcausaError",
    "core.table": "Table",
    "dynamics.band": "Band",
    "dynamics.control": "smallest",
    "dynamics.counterfactual": "counterfactual",
    "dynamics.elsewhere": "elsewhere",
    "dynamics.horizon": "Horizon",
    "dynamics.matching": "match",
    "dynamics.model": "Corner DynamicModel:Model",
    "dynamics.outcome": "Outcome",
    "dynamics.panel": "honesty",
    "dynamics.persistence": "persistence",
    "dynamics.quantity": "Derived Flow Input Intervention Parameter Range Stock",
    "dynamics.runs": "simulate",
    "dynamics.setting": "Course Happening Setting",
    "dynamics.skeleton": "skeleton",
    "dynamics.sweep": "sweep",
    "dynamics.tipping": "Aim tipping",
    "expr.algebra": "equivalent expand intersect is_subset negate simplest_forms simplify",
    "expr.boolean": "parse",
    "expr.factoring": "factor",
    "qca.analysis": "Analysis analysis",
    "qca.before": "Before",
    "qca.before_door": "before",
    "qca.case_data": "case_data",
    "qca.coincidence.coincidence": "Coincidence coincidence",
    "qca.coincidence.series": "fit_robustness",
    "qca.cutoffs": "Cutoffs",
    "qca.evaluation.r_evaluation": "r_evaluation_script",
    "qca.evaluation.theory": "Theory",
    "qca.evaluation.theory_evaluation": "evaluate_theory",
    "qca.exclusion": "Exclusion contradictory impossible untenable",
    "qca.minimize": "minimize",
    "qca.necessity": "necessity",
    "qca.panel.panel": "Panel panel",
    "qca.r_script": "r_script",
    "qca.robustness.drops": "drop_one:drops",
    "qca.robustness.monte_carlo": "monte_carlo",
    "qca.robustness.protocol": "robustness_protocol:protocol",
    "qca.robustness.random_outcomes": "random_outcomes",
    "qca.robustness.ranges": "ranges",
    "qca.robustness.robustness_tests": "robustness_tests",
    "qca.robustness.varying": "Varying",
    "qca.several.outcomes": "SeveralOutcomes several_outcomes",
    "qca.solution": "Solution",
    "qca.temporal": "Temporal temporal",
    "qca.truth_table": "TruthTable truth_table",
    "report.build": "build",
    "report.catalogue": "exhibits",
    "report.language": "Language",
    "selection.balance": "balance",
    "selection.candidates": "candidates",
    "selection.case_studies": "case_studies",
    "selection.case_types": "case_types",
    "selection.pair_types": "divergence pair_types",
    "selection.pairs": "pairs",
    "selection.profile": "profile",
    "selection.sensitivity": "sensitivity",
    "selection.set_types": "set_types",
    "selection.sufficient_terms": "sufficient_terms",
    "sets.anchors": "Anchors",
    "sets.calibrate": "calibrate",
    "sets.threshold_search": "suggest_thresholds",
    "study.checker": "check",
    "study.recode": "recode",
    "study.scaffold": "new",
    "study.study": "Study",
    "study.view": "view",
    "tracing.causal.declare": "causal_model",
    "tracing.evidence_item": "EvidenceItem",
    "tracing.evidence_package": "EvidencePackage",
    "tracing.evidence_test": "evidence_test",
    "tracing.hypotheses": "combinations",
    "tracing.ledger": "Ledger weigh",
    "tracing.word_scale": "WordScale",
}
_HOMES = {
    name.partition(":")[0]: (module, name.rpartition(":")[2])
    for module, names in _NAMES.items()
    for name in names.split()
}


def __getattr__(name: str) -> Any:
    """Public names are found when first used, so that importing the package costs nothing."""
    if name in _HOMES:
        from importlib import import_module

        module, own = _HOMES[name]
        return getattr(import_module(f"concausa.{module}"), own)
    raise AttributeError(f"module 'concausa' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return __all__
