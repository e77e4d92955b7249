"""A panel as tables: overview, clusters, units by periods, solutions side by side."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from concausa.core.table import Cell, Heading, Table, Tone
from concausa.core.typeset.plain_text import breadth
from concausa.qca.charts.roles import Role, role
from concausa.qca.panel.diagnosis import ByCluster, ClusterFit, Diagnosis, Relation
from concausa.qca.panel.grouping import Grouping
from concausa.qca.panel.recipe import Side
from concausa.qca.panel.side_by_side import SideBySide

if TYPE_CHECKING:
    from concausa.qca.panel.panel import Panel

Say = Callable[[str], str]

ARTICLE = (
    "Garcia-Castro & Ariño (2016), A General Approach to Panel Data Set-Theoretic Research, Journal of Advances in"
    " Management Sciences & Information Systems 2, 63-76. https://doi.org/10.6000/2371-1647.2016.02.06"
)
BOOK = (
    "Oana, Schneider & Thomann (2021), Qualitative Comparative Analysis Using R. Cambridge University Press."
    " https://doi.org/10.1017/9781009006781"
)
RAGIN = (
    "Ragin (2006), Set Relations in Social Research, Political Analysis 14(3), 291-310."
    " https://doi.org/10.1093/pan/mpj019"
)
#: The works that a panel rests on.
SOURCES = (ARTICLE, BOOK, RAGIN)
#: Words that say whether a term is in every model of a solution, in some, or in none.
SHARES = {"every": "yes", "some": "in some models", "none": "no"}
_TONES: dict[Role, Tone] = {
    "kind": "bad",
    "degree": "doubt",
    "other": "plain",
    "typical": "good",
    "crossover": "doubt",
    "irrelevant": "quiet",
}
#: Most diagnoses whose units × periods are handed out.
GRIDS = 12


def overview(found: Panel, *, say: Say = str) -> Table:
    """Expressions × pooled fit, the least consistent cluster and the distance of each grouping."""
    groupings = found.layout.groupings
    both = bool(found.sufficiency) and bool(found.necessity)
    headings = [
        Heading("expression", say("expression")),
        *([Heading("relation", say("relation"))] if both else []),
        Heading("consistency", say("consistency"), "right"),
        Heading("pri", "PRI" if found.sufficiency else "RoN", "right"),
        Heading("coverage", say("coverage"), "right"),
    ]
    if both:
        headings[3] = Heading("pri", "PRI, RoN", "right")
    for grouping in groupings:
        headings.append(Heading(f"lowest {grouping.name}", _lowest_by(grouping, say)))
        headings.append(Heading(f"distance {grouping.name}", say("distance"), "right"))
    rows = []
    for one in found.diagnoses:
        fit = one.pooled
        middle = fit.pri if one.relation == "sufficient" else fit.relevance
        cells = [Cell(one.expression), *([Cell(say(one.relation))] if both else [])]
        cells += [measure(fit.consistency), measure(middle), measure(fit.coverage)]
        for split in one.by:
            cells += [_lowest(split), measure(split.distance.value)]
        rows.append(cells)
    title = say("Pooled fit for {outcome}, and the cluster where it is lowest").format(outcome=found.outcome)
    return Table.of("panel", title, headings, rows, notes=_sentences(found, say))


def brief(found: Panel, relation: Relation, *, say: Say = str) -> Table:
    """The overview of one relation in few columns: consistency, PRI or RoN, coverage, lowest cluster, distance."""
    sufficient = relation == "sufficient"
    headings = [
        Heading("expression", say("expression")),
        Heading("consistency", say("cons."), "right"),
        Heading("pri", "PRI" if sufficient else "RoN", "right"),
        Heading("coverage", say("cov."), "right"),
    ]
    for grouping in found.layout.groupings:
        headings.append(
            Heading(f"lowest {grouping.name}", say("lowest {column}").format(column=grouping.name))
        )
        headings.append(Heading(f"distance {grouping.name}", say("dist."), "right"))
    rows = []
    notes: list[str] = []
    for one in found.sufficiency if sufficient else found.necessity:
        fit = one.pooled
        called = one.expression
        if one.part == "model":
            called = f"M{len(notes) + 1}"
            notes.append(f"{called}: {one.expression}")
        cells = [Cell(called, one.expression)]
        cells += [measure(fit.consistency), measure(fit.pri if sufficient else fit.relevance)]
        cells.append(measure(fit.coverage))
        for split in one.by:
            cells += [_lowest(split), measure(split.distance.value)]
        rows.append(cells)
    title = say("Sufficient for {outcome}?") if sufficient else say("Necessary for {outcome}?")
    return Table.of(f"panel-{relation}", title.format(outcome=found.outcome), headings, rows, notes=notes)


def cluster_table(found: Panel, name: str, *, say: Say = str) -> Table:
    """One row an expression and cluster; the first of an expression is the pooled one."""
    grouping = found.layout.grouping(name)
    both = bool(found.sufficiency) and bool(found.necessity)
    headings = [
        Heading("expression", say("expression")),
        *([Heading("relation", say("relation"))] if both else []),
        Heading("cluster", grouping.name),
        Heading("n", "n", "right"),
        Heading("members", say("members"), "right"),
        Heading("in_outcome", say("in {outcome}").format(outcome=found.outcome), "right"),
        Heading("consistency", say("consistency"), "right"),
        *([Heading("pri", "PRI", "right")] if found.sufficiency else []),
        *([Heading("relevance", "RoN", "right")] if found.necessity else []),
        Heading("coverage", say("coverage"), "right"),
        Heading("deviant", say("cases against it")),
    ]
    rows = []
    for one in found.diagnoses:
        for fit in (one.pooled, *one.of(grouping.name).fits):
            cluster = say("pooled") if fit is one.pooled else fit.cluster
            rows.append(
                [
                    Cell(one.expression),
                    *([Cell(say(one.relation))] if both else []),
                    Cell(cluster, fit.cluster, tone="quiet" if fit is one.pooled else "plain"),
                    *_counts(fit),
                    measure(fit.consistency),
                    *([measure(fit.pri)] if found.sufficiency else []),
                    *([measure(fit.relevance)] if found.necessity else []),
                    measure(fit.coverage),
                    Cell(", ".join(fit.deviant), list(fit.deviant)) if fit.deviant else Cell("", []),
                ]
            )
    title = say("Fit for {outcome} by {column}").format(outcome=found.outcome, column=grouping.name)
    return Table.of(f"by-{grouping.name}", title, headings, rows)


def grid_table(found: Panel, one: Diagnosis, *, number: int | None = None, say: Say = str) -> Table:
    """Units × periods as ``membership → outcome``; without periods one column."""
    units, periods = found.layout.units, found.layout.periods
    times = periods.clusters if periods is not None else (say("membership"),)
    codes = periods.codes.tolist() if periods is not None else [0] * len(found.cases)
    y = found.layout.outcome
    cells: dict[tuple[int, int], Cell] = {}
    for case, (unit, time) in enumerate(zip(units.codes.tolist(), codes, strict=True)):
        cells[unit, time] = _pair(one, float(one.membership[case]), float(y[case]))
    rows = [
        [Cell(unit), *(cells.get((place, time), Cell("", missing=True)) for time in range(len(times)))]
        for place, unit in enumerate(units.clusters)
    ]
    title = say(
        "{expression} → {outcome}: membership in each, by {unit} and period"
        if periods is not None
        else "{expression} → {outcome}: membership in each, by {unit}"
    ).format(expression=one.expression, outcome=found.outcome, unit=units.name)
    note = (
        say("Marked !: in the expression and out of the outcome. Not marked: all else. A dash: no such case.")
        if one.relation == "sufficient"
        else say(
            "Marked !: in the outcome and out of the expression. Not marked: all else. A dash: no such case."
        )
    )
    name = "grid" if number is None else f"grid-{number}"
    return Table.of(name, title, _keyed([units.name, *times]), rows, notes=[note])


def formula_table(found: Panel, one: SideBySide, *, without: bool = False, say: Say = str) -> Table:
    """Clusters × formulas: the solution of each cluster alone, or of all cases but it."""
    column = one.grouping.name
    sides = one.without if without else one.sides
    headings = [
        Heading("cluster", say("without {column}").format(column=column) if without else column),
        Heading("n", "n", "right"),
        Heading("in_outcome", say("in {outcome}").format(outcome=found.outcome), "right"),
        Heading("models", say("models"), "right"),
        Heading("formula", say("solution")),
        Heading("consistency", say("consistency"), "right"),
        Heading("coverage", say("coverage"), "right"),
    ]
    rows = [
        row
        for side in (one.pooled, *sides)
        for row in _formulas(side, say("pooled") if side is one.pooled else side.cluster, say)
    ]
    if without:
        title = say("Solutions for {outcome} when one cluster by {column} is left out")
    else:
        title = say("Solutions for {outcome} in each cluster by {column} alone")
    name = f"without-{column}" if without else f"solutions-{column}"
    return Table.of(name, title.format(outcome=found.outcome, column=column), headings, rows)


def term_table(found: Panel, one: SideBySide, *, say: Say = str) -> Table:
    """Terms × clusters: in whose solution each term is; a dash where a cluster has none."""
    ran = one.ran
    rows = []
    for term in one.terms:
        cells = [Cell(term)]
        for side in (one.pooled, *ran):
            share = one.share(term, side)
            tone: Tone = "good" if share == "every" else "quiet" if share == "none" else "doubt"
            cells.append(
                Cell("", missing=True) if share is None else Cell(say(SHARES[share]), share, tone=tone)
            )
        rows.append(cells)
    title = say("Terms of the solutions for {outcome} by {column}")
    return Table.of(
        f"terms-{one.grouping.name}",
        title.format(outcome=found.outcome, column=one.grouping.name),
        _keyed([say("term"), say("pooled"), *(side.cluster for side in ran)]),
        rows,
    )


def every_table(found: Panel, *, say: Say = str) -> tuple[Table, ...]:
    """Every table of a panel, in the order of reading."""
    tables = []
    if found.diagnoses:
        tables.append(overview(found, say=say))
        tables += [cluster_table(found, one.name, say=say) for one in found.layout.groupings]
        tables += [
            grid_table(found, one, number=number, say=say)
            for number, one in enumerate(found.diagnoses[:GRIDS], start=1)
        ]
    for one in found.side_by_side:
        tables.append(formula_table(found, one, say=say))
        if one.terms:
            tables.append(term_table(found, one, say=say))
        if one.without:
            tables.append(formula_table(found, one, without=True, say=say))
    return tuple(tables)


def measure(value: float) -> Cell:
    """A measure with three decimals; missing where it does not apply."""
    return Cell("", missing=True) if math.isnan(value) else Cell(f"{value:.3f}", value)


def _sentences(found: Panel, say: Say) -> list[str]:
    told = []
    for caveat in found.caveats:
        text = caveat.told(say)
        told.append(f"{text[:1].upper()}{text[1:]}.")
    return told


def _lowest_by(grouping: Grouping, say: Say) -> str:
    if grouping.role == "period":
        return say("lowest between, by {column}").format(column=grouping.name)
    if grouping.role == "unit":
        return say("lowest within, by {column}").format(column=grouping.name)
    return say("lowest by {column}").format(column=grouping.name)


def _lowest(split: ByCluster) -> Cell:
    fit = split.lowest
    if fit is None:
        return Cell("", missing=True)
    value = {"cluster": fit.cluster, "consistency": fit.consistency}
    return Cell(f"{fit.consistency:.3f} ({fit.cluster})", value)


def _counts(fit: ClusterFit) -> list[Cell]:
    return [
        Cell(str(fit.n), fit.n),
        Cell(str(len(fit.members)), len(fit.members)),
        Cell(str(fit.in_outcome), fit.in_outcome),
    ]


def _pair(one: Diagnosis, x: float, y: float) -> Cell:
    """Membership in the expression and in the outcome; marked where the case speaks against the claim in kind."""
    found = role(x, y, one.relation)
    sign = " !" if found == "kind" else ""
    return Cell(f"{x:.2g} → {y:.2g}{sign}", {"x": x, "y": y, "role": found}, tone=_TONES[found])


def _formulas(side: Side, cluster: str, say: Say) -> list[list[Cell | str | None]]:
    first: list[Cell | str | None] = [
        Cell(cluster, side.cluster),
        Cell(str(len(side.cases)), len(side.cases)),
        Cell(str(side.in_outcome), side.in_outcome),
    ]
    if side.solution is None:
        reason = side.refused.told(say) if side.refused is not None else ""
        return [
            [
                *first,
                Cell("0", 0),
                Cell(say("none: {reason}").format(reason=reason), tone="doubt"),
                None,
                None,
            ]
        ]
    count = Cell(f"{side.solution.bound}{side.solution.n_models:,}", side.solution.n_models)
    return [
        [
            *(first if place == 0 else [None] * 3),
            count if place == 0 else None,
            Cell(model.expression),
            measure(model.consistency),
            measure(model.coverage),
        ]
        for place, model in enumerate(side.solution.models)
    ]


def _keyed(labels: Sequence[str]) -> list[Heading]:
    """Headings of which the first is the name of the rows; equal labels get keys of their own."""
    taken: set[str] = set()
    found = []
    for place, label in enumerate(labels):
        key = label
        while key in taken:
            key += "_"
        taken.add(key)
        found.append(Heading(key, label, "left" if place == 0 or breadth(label) > 12 else "right"))
    return found
