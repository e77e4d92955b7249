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

_HOMES = {
    "Aim": "dynamics.tipping",
    "Analysis": "qca.analysis",
    "Anchors": "sets.anchors",
    "Band": "dynamics.band",
    "Before": "qca.before",
    "Chart": "core.chart",
    "Coincidence": "qca.coincidence.coincidence",
    "ConcausaError": "core.errors",
    "Corner": "dynamics.model",
    "Course": "dynamics.setting",
    "Cutoffs": "qca.cutoffs",
    "Date": "core.date",
    "Derived": "dynamics.quantity",
    "DynamicModel": "dynamics.model:Model",
    "EvidenceItem": "tracing.evidence_item",
    "EvidencePackage": "tracing.evidence_package",
    "Exclusion": "qca.exclusion",
    "Flow": "dynamics.quantity",
    "Happening": "dynamics.setting",
    "Horizon": "dynamics.horizon",
    "Input": "dynamics.quantity",
    "Intervention": "dynamics.quantity",
    "Language": "report.language",
    "Ledger": "tracing.ledger",
    "Outcome": "dynamics.outcome",
    "Panel": "qca.panel.panel",
    "Parameter": "dynamics.quantity",
    "Range": "dynamics.quantity",
    "Setting": "dynamics.setting",
    "SeveralOutcomes": "qca.several.outcomes",
    "Solution": "qca.solution",
    "Stock": "dynamics.quantity",
    "Study": "study.study",
    "Table": "core.table",
    "Theory": "qca.evaluation.theory",
    "Temporal": "qca.temporal",
    "TruthTable": "qca.truth_table",
    "Varying": "qca.robustness.varying",
    "WordScale": "tracing.word_scale",
    "audit_numbers": "audit.numbers",
    "analysis": "qca.analysis",
    "balance": "selection.balance",
    "before": "qca.before_door",
    "build": "report.build",
    "calibrate": "sets.calibrate",
    "candidates": "selection.candidates",
    "candidates_of": "audit.candidates",
    "case_data": "qca.case_data",
    "case_studies": "selection.case_studies",
    "case_studies_after": "audit.case_studies_after",
    "case_types": "selection.case_types",
    "causal_answers": "audit.causal_cases",
    "causal_model": "tracing.causal.declare",
    "chain": "audit.chain",
    "check": "study.checker",
    "coincidence": "qca.coincidence.coincidence",
    "combinations": "tracing.hypotheses",
    "compare": "audit.findings.compare",
    "contradictory": "qca.exclusion",
    "counterfactual": "dynamics.counterfactual",
    "divergence": "selection.pair_types",
    "drop_one": "qca.robustness.drops:drops",
    "drops": "audit.findings.rests_on",
    "elsewhere": "dynamics.elsewhere",
    "equivalent": "expr.algebra",
    "evaluate_theory": "qca.evaluation.theory_evaluation",
    "event_structure": "audit.events",
    "evidence_test": "tracing.evidence_test",
    "exhibits": "report.catalogue",
    "expand": "expr.algebra",
    "factor": "expr.factoring",
    "findings": "audit.findings.findings",
    "fit_robustness": "qca.coincidence.series",
    "grounds": "audit.findings.grounds",
    "honesty": "dynamics.panel",
    "implied_days": "audit.events",
    "impossible": "qca.exclusion",
    "intersect": "expr.algebra",
    "is_subset": "expr.algebra",
    "judged": "audit.rules",
    "match": "dynamics.matching",
    "mechanism_orders": "audit.events",
    "minimize": "qca.minimize",
    "monte_carlo": "qca.robustness.monte_carlo",
    "necessity": "qca.necessity",
    "negate": "expr.algebra",
    "new": "study.scaffold",
    "next_cases": "audit.next_cases",
    "next_evidence": "audit.findings.next_evidence",
    "order": "audit.order",
    "order_certainty": "audit.events",
    "orders_in": "audit.temporal_conditions",
    "pair_types": "selection.pair_types",
    "pairs": "selection.pairs",
    "panel": "qca.panel.panel",
    "panels_of": "audit.panel_readings",
    "parse": "expr.boolean",
    "persistence": "dynamics.persistence",
    "placements": "audit.placement",
    "profile": "selection.profile",
    "r_evaluation_script": "qca.evaluation.r_evaluation",
    "r_script": "qca.r_script",
    "random_outcomes": "qca.robustness.random_outcomes",
    "ranges": "qca.robustness.ranges",
    "recode": "study.recode",
    "robustness_protocol": "qca.robustness.protocol:protocol",
    "robustness_tests": "qca.robustness.robustness_tests",
    "select": "audit.case_choice",
    "sensitivity": "selection.sensitivity",
    "sequence_claims": "audit.sequence_claims",
    "set_types": "selection.set_types",
    "several_outcomes": "qca.several.outcomes",
    "simplest_forms": "expr.algebra",
    "simplify": "expr.algebra",
    "simulate": "dynamics.runs",
    "simulation": "audit.simulation",
    "skeleton": "dynamics.skeleton",
    "smallest": "dynamics.control",
    "standings": "audit.rivals.rivals",
    "sufficient_terms": "selection.sufficient_terms",
    "suggest_thresholds": "sets.threshold_search",
    "sweep": "dynamics.sweep",
    "theory_evaluation": "audit.theory_evaluation",
    "temporal": "qca.temporal",
    "time_relations": "audit.events",
    "tipping": "dynamics.tipping",
    "truth_table": "qca.truth_table",
    "unasked": "audit.events",
    "untenable": "qca.exclusion",
    "view": "study.view",
    "weigh": "tracing.ledger",
    "weighed": "audit.weighed",
    "worlds": "audit.worlds.worlds",
}


def __getattr__(name: str) -> Any:
    """Public names are found when first used, so that importing the package costs nothing."""
    if name in _HOMES:
        from importlib import import_module

        module, _, own = _HOMES[name].partition(":")
        return getattr(import_module(f"concausa.{module}"), own or name)
    raise AttributeError(f"module 'concausa' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return __all__
