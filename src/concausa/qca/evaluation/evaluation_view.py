"""A theory evaluation as it is printed: journal tables."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from concausa.core.table import Cell, Heading, Table
from concausa.qca.evaluation.area import AREAS, CROSSOVER_LABEL, LABELS

if TYPE_CHECKING:
    from concausa.qca.evaluation.evaluation import Evaluation
    from concausa.qca.evaluation.theory_evaluation import TheoryEvaluation

_RAGIN = "Ragin (1987), The Comparative Method. University of California Press, 118-121."
_BOOK = (
    "Schneider & Wagemann (2012), Set-Theoretic Methods for the Social Sciences, section 11.3. Cambridge University"
    " Press. https://doi.org/10.1017/CBO9781139004244"
)
_NAMES = (
    "Oana & Schneider (2018), SetMethods: an Add-on R Package for Advanced QCA, The R Journal 10(1), 507-533."
    " https://doi.org/10.32614/RJ-2018-031"
)
SOURCES = (_RAGIN, _BOOK, _NAMES)

_KEY = (
    "T: theory; S: model; ~: what it leaves. Most likely: the theory expects the outcome; covered: the model "
    "accounts for it; inconsistent: in the model, without the outcome."
)
_EMPTY = "0: nothing can lie in the area, whatever the data; its measures do not apply."


def areas_table(found: TheoryEvaluation) -> Table:
    """Every theory, model and area: expression, fit and cases."""
    several = len(found.models) > 1
    headings = [
        Heading("theory", "theory"),
        *([Heading("model", "model")] if several else []),
        Heading("area", "area"),
        Heading("words", "in words"),
        Heading("expression", "expression"),
        Heading("consistency", "consistency", "right"),
        Heading("pri", "PRI", "right"),
        Heading("coverage", "coverage", "right"),
        Heading("with", f"cases in {found.outcome}"),
        Heading("without", f"cases not in {found.outcome}"),
    ]
    rows = []
    for one in found.evaluations:
        for area in one.areas:
            rows.append(
                [
                    Cell(one.theory.label),
                    *([Cell(_model(found, one))] if several else []),
                    Cell(area.name),
                    Cell(area.words),
                    Cell(area.expression, tone="quiet" if area.empty else "plain"),
                    share(area.consistency),
                    share(area.pri),
                    share(area.coverage),
                    Cell(", ".join(area.with_outcome), list(area.with_outcome)),
                    Cell(", ".join(area.without_outcome), list(area.without_outcome)),
                ]
            )
    title = f"Theory and solution for {found.outcome}"
    notes = [*_models(found), *grounds(found), _KEY, _EMPTY, *_caveats(found)]
    return Table.of("theory-areas", title, headings, rows, notes=notes)


def theories_table(found: TheoryEvaluation) -> Table:
    """Theories × the eight areas, with the number of cases in each and the fit of each theory."""
    several = len(found.models) > 1
    headings = [
        Heading("theory", "theory"),
        *([Heading("model", "model")] if several else []),
        Heading("relation", "to the model"),
        Heading("consistency", "consistency", "right"),
        Heading("pri", "PRI", "right"),
        Heading("coverage", "coverage", "right"),
        *(Heading(label, label, "right") for label in (*LABELS, CROSSOVER_LABEL)),
    ]
    rows = []
    for one in found.evaluations:
        counts = [list(one.labels.values()).count(label) for label in (*LABELS, CROSSOVER_LABEL)]
        rows.append(
            [
                Cell(one.theory.label),
                *([Cell(_model(found, one))] if several else []),
                Cell(one.relation),
                share(one.consistency),
                share(one.pri),
                share(one.coverage),
                *(Cell(str(count), count) for count in counts),
            ]
        )
    title = f"Theories side by side for {found.outcome}, {len(found.cases)} cases"
    notes = [*_models(found), *grounds(found), _KEY, *_caveats(found)]
    return Table.of("theories", title, headings, rows, notes=notes)


def cases_table(found: TheoryEvaluation) -> Table:
    """Cases × theories: the kind of each case, where every model agrees on it."""
    headings = [Heading("case", "case")]
    headings += [
        Heading(f"theory {place}", theory.label) for place, theory in enumerate(found.theories, start=1)
    ]
    agreed = [found.agreed(theory.label) for theory in found.theories]
    rows = []
    for case in found.cases:
        row = [Cell(case)]
        for own in agreed:
            label = own[case]
            row.append(Cell("depends on the model", None, tone="doubt") if label is None else Cell(label))
        rows.append(row)
    title = f"What each case is to theory and solution for {found.outcome}"
    return Table.of("theory-cases", title, headings, rows, notes=[*_models(found), _KEY])


def memberships_table(found: TheoryEvaluation) -> Table:
    """Memberships of every case in theory, model, outcome and the four areas, and what kind of case it is."""
    several = len(found.models) > 1
    headings = [
        Heading("theory", "theory"),
        *([Heading("model", "model")] if several else []),
        Heading("case", "case"),
        Heading("T", "T", "right"),
        Heading("S", "S", "right"),
        Heading("outcome", found.outcome, "right"),
        *(Heading(f"area {name}", name, "right") for name in AREAS),
        Heading("kind", "kind"),
    ]
    rows = []
    for one in found.evaluations:
        table = one.model.truth_table
        columns = [one.expected, one.model.membership, table.outcome_membership]
        columns += [area.membership for area in one.areas]
        for place, case in enumerate(found.cases):
            rows.append(
                [
                    Cell(one.theory.label),
                    *([Cell(_model(found, one))] if several else []),
                    Cell(case),
                    *(share(float(column[place])) for column in columns),
                    Cell(one.labels[case]),
                ]
            )
    title = f"Memberships in theory, solution and {found.outcome}"
    return Table.of("theory-memberships", title, headings, rows, notes=[*_models(found), _KEY])


def grounds(found: TheoryEvaluation) -> list[str]:
    """Where each theory comes from."""
    told = []
    for theory in found.theories:
        if theory.grounded:
            parts = [part.strip().rstrip(".") for part in (theory.why, theory.source) if part.strip()]
            told.append(f"{theory}: {'; '.join(parts)}.")
    return told


def share(value: float) -> Cell:
    """A measure as a cell; missing where it does not apply."""
    return Cell("", missing=True) if math.isnan(value) else Cell(f"{value:.3f}", value)


def _model(found: TheoryEvaluation, one: Evaluation) -> str:
    return f"M{found.models.index(one.model) + 1}"


def _models(found: TheoryEvaluation) -> list[str]:
    if len(found.models) == 1:
        return [f"S: {found.models[0]}."]
    return [f"M{place}: {model}." for place, model in enumerate(found.models, start=1)]


def _caveats(found: TheoryEvaluation) -> list[str]:
    return [f"Caveat: {caveat}." for caveat in found.caveats]
