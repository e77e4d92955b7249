"""A coincidence analysis as it is printed: tables of models, formulas and conditions, JSON, sources."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Table
from concausa.qca.coincidence.formulas import ComplexFormula, Formula

if TYPE_CHECKING:
    from concausa.qca.coincidence.coincidence import Coincidence

_INFERRING = (
    "Baumgartner (2009), Inferring Causal Complexity. Sociological Methods & Research 38(1), 71-101."
    " https://doi.org/10.1177/0049124109339369"
)
_FUZZY = (
    "Baumgartner & Ambühl (2020), Causal modeling with multi-value and fuzzy-set Coincidence Analysis. Political"
    " Science Research and Methods 8(3), 526-542. https://doi.org/10.1017/psrm.2018.45"
)
_DIFFERENCE = (
    "Baumgartner & Falk (2023), Boolean Difference-Making. The British Journal for the Philosophy of Science 74(1),"
    " 171-197. https://doi.org/10.1093/bjps/axz047"
)
_CONTRAPOSITIVE = (
    "De Souter (2024), Evaluating Boolean relationships in Configurational Comparative Methods. Journal of Causal"
    " Inference 12(1), 20230014. https://doi.org/10.1515/jci-2023-0014"
)
_ADJUSTED = (
    "De Souter & Baumgartner (2025), New sufficiency and necessity measures for model building with Coincidence"
    " Analysis. https://doi.org/10.5281/zenodo.13619580"
)


def models_table(found: Coincidence, limit: int | None = None) -> Table:
    """Models × fit; what is doubtful stands in the notes."""
    shown = found.models if limit is None else found.models[:limit]
    headings = [
        Heading("place", "#", "right"),
        Heading("model", "model"),
        Heading("consistency", "con", "right"),
        Heading("coverage", "cov", "right"),
        Heading("exhaustiveness", "exh", "right"),
        Heading("faithfulness", "faith", "right"),
        Heading("coherence", "coh", "right"),
        Heading("complexity", "size", "right"),
        Heading("alike", "class", "right"),
    ]
    rows = [_model(place, model) for place, model in enumerate(shown, start=1)]
    notes = [_legend(found), *(f"Caveat: {caveat}." for caveat in found.caveats)]
    if len(shown) < found.n_models:
        notes.insert(0, f"Shown: {len(shown):,} of {found.n_models:,}.")
    return Table.of("models", headline(found), headings, rows, notes=notes)


def formulas_table(found: Coincidence) -> Table:
    """Atomic formulas × fit and cases."""
    return _fits("atomic-formulas", "Atomic formulas", found.formulas, found)


def conditions_table(found: Coincidence) -> Table:
    """Minimally sufficient conditions × fit and cases."""
    return _fits("sufficient-conditions", "Minimally sufficient conditions", found.conditions, found)


def headline(found: Coincidence) -> str:
    """How many models there are, and of what."""
    bound = "" if found.exact else "at least "
    noun = "model" if found.n_models == 1 else "models"
    names = ", ".join(factor.name for factor in found.table.factors)
    return f"Coincidence analysis of {names}: {bound}{found.n_models:,} {noun}"


def setting(found: Coincidence) -> list[str]:
    """The data and the thresholds, in sentences."""
    table, options = found.table, found.options
    lines = [
        f"{table.n} cases in {table.observed:,} of {table.possible:,} possible configurations.",
        (
            f"{options.measures.sufficiency.capitalize()} at least {options.consistency:g}, "
            f"{options.measures.necessity} at least {options.coverage:g}; conditions of up to"
            f" {options.max_literals} literals, formulas of up to {options.max_terms} conditions and"
            f" {options.max_complexity} literals."
        ),
    ]
    if options.of_conditions != options.consistency:
        lines.append(f"Single conditions: at least {options.of_conditions:g}.")
    if found.ordering.text:
        strict = ", strict" if found.ordering.strict else ""
        lines.append(f"Order{strict}: {found.ordering.text}.")
    if found.ordering.excluded:
        lines.append("No causes: " + ", ".join(f"{a} -> {b}" for a, b in found.ordering.excluded) + ".")
    return lines


def _legend(found: Coincidence) -> str:
    measures = found.options.measures
    return (
        f"con, cov: {measures.sufficiency} and {measures.necessity}, the least over the formulas of a model. exh: share"
        " of the configurations allowed by the model that cases have; faith: share of the configurations that cases"
        " have that it allows; coh: cases of which all its formulas hold, of those of which one does. size: literals."
        " class: models of one class are logically equivalent."
    )


def _model(place: int, model: ComplexFormula) -> list[Cell]:
    return [
        Cell(f"{place}", place),
        Cell(model.text + (" (cyclic)" if model.cyclic else ""), model.text),
        measure(model.consistency),
        measure(model.coverage),
        measure(model.exhaustiveness, 2),
        measure(model.faithfulness, 2),
        measure(model.coherence, 2),
        Cell(f"{model.complexity}", model.complexity),
        Cell(f"{model.alike}", model.alike),
    ]


def _fits(name: str, title: str, formulas: Sequence[Formula], found: Coincidence) -> Table:
    measures = found.options.measures
    headings = [
        Heading("expression", "expression"),
        Heading("outcome", "outcome"),
        Heading("consistency", "con", "right"),
        Heading("coverage", "cov", "right"),
        Heading("cases", "cases"),
        Heading("deviant", "deviant"),
    ]
    rows = [
        [
            Cell(f"{one.expression} {one.arrow}", one.expression),
            Cell(one.outcome),
            measure(one.consistency),
            measure(one.coverage),
            Cell(", ".join(one.cases), list(one.cases)),
            Cell(", ".join(one.deviant), list(one.deviant)),
        ]
        for one in formulas
    ]
    notes = [f"con, cov: {measures.sufficiency} and {measures.necessity}."]
    return Table.of(name, f"{title}: {len(formulas):,}", headings, rows, notes=notes)


def measure(value: float, digits: int = 3) -> Cell:
    """A measure, missing where it is not defined."""
    return Cell("", missing=True) if math.isnan(value) else Cell(f"{value:.{digits}f}", value)


def document(found: Coincidence, limit: int | None = None) -> dict[str, Any]:
    """Everything as plain JSON values; *limit* models, and formulas of an outcome, at most."""
    return {
        "factors": [
            {"name": one.name, "kind": one.kind, "values": list(one.values)} for one in found.table.factors
        ],
        "n": found.table.n,
        "configurations": len(found.table.scores),
        "possible": found.table.possible,
        "options": found.options.data(),
        "ordering": found.ordering.data(),
        "outcomes": [
            {
                "outcome": one.outcome,
                "complete": one.complete,
                "conditions": [condition.data() for condition in one.conditions],
                "n_formulas": len(one.formulas),
                "formulas": [formula.data() for formula in one.formulas[:limit]],
            }
            for one in found.outcomes
        ],
        "n_models": found.n_models,
        "n_classes": found.n_classes,
        "exact": found.exact,
        "models": [model.data() for model in found.models[:limit]],
        "caveats": [caveat.data() for caveat in found.caveats],
    }


def sources(found: Coincidence) -> tuple[str, ...]:
    """The works that the analysis rests on."""
    cited = [_INFERRING, _FUZZY, _DIFFERENCE]
    names = (found.options.measures.sufficiency, found.options.measures.necessity)
    if any("adjusted" in name for name in names):
        cited += [_CONTRAPOSITIVE, _ADJUSTED]
    elif any("contrapositive" in name for name in names):
        cited.append(_CONTRAPOSITIVE)
    return tuple(cited)
