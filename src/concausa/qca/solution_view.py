"""A solution as tables: journal form, the prime implicant chart, sources."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from concausa.core.table import Cell, Heading, Table
from concausa.qca.factor import term_text
from concausa.qca.table_view import BOOK_2008, BOOK_2012

if TYPE_CHECKING:
    from concausa.qca.model import Model
    from concausa.qca.solution import Solution

MINIMA = (
    "Quine (1952), The Problem of Simplifying Truth Functions. The American Mathematical Monthly 59(8), 521-531."
    " https://doi.org/10.2307/2308219"
)
AMBIGUITY = (
    "Baumgartner & Thiem (2017), Model Ambiguities in Configurational Comparative Research."
    " Sociological Methods & Research 46(4), 954-987. https://doi.org/10.1177/0049124115610351"
)
ENHANCED = (
    "Schneider & Wagemann (2013), Doing Justice to Logical Remainders in QCA. Political Research Quarterly 66(1),"
    " 211-220. https://doi.org/10.1177/1065912912468269"
)
COUNTERFACTUALS = (
    "Ragin & Sonnett (2005), Between Complexity and Parsimony, in Kropp & Minkenberg (eds), Vergleichen in der"
    " Politikwissenschaft, 180-197. VS Verlag. https://doi.org/10.1007/978-3-322-80441-9_9"
)
FIT = (
    "Ragin (2006), Set Relations in Social Research. Political Analysis 14(3), 291-310."
    " https://doi.org/10.1093/pan/mpj019"
)


def journal_table(solution: Solution) -> Table:
    """Every listed model: a line a term, then the model as a whole."""
    rows = [row for place, model in enumerate(solution.models, start=1) for row in _rows(place, model)]
    return Table.of(
        f"{solution.kind}-solution",
        headline(solution),
        [
            Heading("model", "model", "right"),
            Heading("term", "term"),
            Heading("consistency", "consistency", "right"),
            Heading("pri", "PRI", "right"),
            Heading("coverage", "coverage", "right"),
            Heading("unique", "unique", "right"),
            Heading("cases", "cases"),
        ],
        rows,
        notes=notes(solution),
    )


def headline(solution: Solution) -> str:
    """What the table shows, with the number of models."""
    bound = solution.bound
    noun = "model" if solution.n_models == 1 else "models"
    enhanced = "Enhanced " if solution.excluded and solution.kind != "conservative" else ""
    kind = f"{enhanced}{solution.kind} solution".capitalize()
    return f"{kind} for {solution.outcome}: {bound}{solution.n_models:,} {noun}"


def notes(solution: Solution) -> list[str]:
    """Expectations, exclusions, and every caveat."""
    told = []
    if solution.expected:
        told.append(f"Directional expectations: {solution.expected.text}.")
    for exclusion in solution.excluded:
        why = f": {exclusion.reason}" if exclusion.reason else ""
        told.append(f"Excluded ({exclusion.kind}): {exclusion.text}{why}.")
    for inclusion in solution.included:
        why = f": {inclusion.reason}" if inclusion.reason else ""
        told.append(f"Included by theory: {inclusion.text}{why}.")
    return [*told, *(f"{str(caveat)[0].upper()}{str(caveat)[1:]}." for caveat in solution.caveats)]


def prime_table(solution: Solution) -> Table:
    """Prime implicants × positive rows; × where one covers the other."""
    table = solution.truth_table
    points, table_levels = solution.ground.on, solution.ground.levels
    marks = []
    for pairing in solution.pairings:
        chart = pairing.chart
        for place, cube in enumerate(chart.cubes.tolist()):
            kind = "essential" if place in chart.essential else ""
            cells = [Cell("×" if held else "", bool(held)) for held in chart.covered[place].tolist()]
            marks.append([Cell(term_text(table.conditions, cube)), Cell(kind), *cells])
    headings = [Heading("term", "prime implicant"), Heading("kind", "")]
    headings += [
        Heading(f"point-{place}", "".join(map(str, point)) if max(table_levels) <= 10 else f"r{place}")
        for place, point in enumerate(points.tolist(), start=1)
    ]
    unique = list({tuple(cell.text for cell in row): row for row in marks}.values())
    return Table.of(
        "prime-implicants",
        f"Prime implicants of the {solution.kind} solution for {solution.outcome}",
        headings,
        unique,
        notes=[
            "× marks a positive row that the prime implicant covers; essential: it alone covers some row.",
            f"Columns: one value a condition, in the order {', '.join(table.condition_names)}.",
        ],
    )


def sources(solution: Solution) -> tuple[str, ...]:
    """The works that the solution rests on."""
    found = [MINIMA, FIT, BOOK_2008]
    if solution.kind == "intermediate":
        found.append(COUNTERFACTUALS)
    if solution.excluded or solution.included:
        found += [BOOK_2012, ENHANCED]
    if solution.n_models > 1:
        found.append(AMBIGUITY)
    return tuple(dict.fromkeys((*solution.truth_table.cite(), *found)))


def _rows(place: int, model: Model) -> list[list[Cell | None]]:
    rows: list[list[Cell | None]] = [
        [
            Cell(str(place), place),
            Cell(term.expression),
            _number(term.consistency),
            _number(term.pri),
            _number(term.coverage),
            _number(term.unique_coverage),
            Cell(", ".join(term.cases), list(term.cases)) if term.cases else None,
        ]
        for term in model.terms
    ]
    whole: list[Cell | None] = [
        Cell(str(place), place),
        Cell("solution"),
        _number(model.consistency),
        _number(model.pri),
        _number(model.coverage),
        None,
        Cell(", ".join(model.cases), list(model.cases)) if model.cases else None,
    ]
    return [*rows, whole]


def _number(share: float) -> Cell | None:
    return None if math.isnan(share) else Cell(f"{share:.3f}", share)
