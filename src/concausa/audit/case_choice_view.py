"""The choice of cases as it is printed: what is coded, who is near, what could come next."""

from __future__ import annotations

from collections.abc import Sequence

from concausa.audit.case_choice import CaseChoice
from concausa.audit.coded_divergence import CodedDivergence
from concausa.audit.next_cases import NextCases
from concausa.core.table import Cell, Heading, Table
from concausa.selection.candidates import Candidates
from concausa.selection.case_types import CaseType, CaseTypes
from concausa.selection.pairs import Pairs
from concausa.selection.pairs_view import driven, rank_text


def coded_table(rows: Sequence[CodedDivergence]) -> Table:
    """Conditions and outcome of a pair, period by period."""
    headings = (
        Heading("cases", "cases"),
        Heading("condition", "condition"),
        Heading("first", "first"),
        Heading("second", "second"),
        Heading("verdict", "verdict"),
    )
    cells = [
        (
            Cell(f"{row.first}, {row.second}", [row.first, row.second]),
            Cell(row.condition),
            Cell(" or ".join(row.first_levels), missing=not row.first_levels),
            Cell(" or ".join(row.second_levels), missing=not row.second_levels),
            Cell(row.verdict, row.verdict),
        )
        for row in rows
    ]
    notes = ("open: alike under one admissible coding, different under another.",)
    return Table.of("coded", "What the study codes of the two", headings, cells, notes=notes)


def near_table(found: Pairs, units: Sequence[str], top: int) -> Table:
    """The nearest candidates of each unit."""
    headings = (
        Heading("unit", "unit"),
        Heading("near", "nearest"),
        Heading("distance", "distance", "right"),
        Heading("rank", "rank of pairs", "right"),
        Heading("apart_by", "apart most by"),
    )
    rows = []
    for unit in dict.fromkeys(units):
        for pair in found.nearest(unit)[:top]:
            other = pair.second if pair.first == unit else pair.first
            rows.append(
                (
                    Cell(unit),
                    Cell(other),
                    Cell(f"{pair.distance:.3f}", pair.distance),
                    Cell(rank_text(pair), pair.rank),
                    Cell(driven(pair), dict(pair.shares)),
                )
            )
    return Table.of("near", "Which units would have been closer", headings, rows)


def legend(own: Candidates) -> Table:
    """The covariates: what each is, how it is compared and what it is used for."""
    headings = (
        Heading("covariate", "covariate"),
        Heading("label", "what it is"),
        Heading("kind", "kind"),
        Heading("role", "role"),
    )
    rows = [
        (Cell(one.name), Cell(one.label, missing=not one.label), Cell(one.kind), Cell(one.role))
        for one in own.covariates
    ]
    return Table.of("covariates", "The covariates", headings, rows)


def type_table(types: CaseTypes, one: CaseType, top: int) -> Table:
    """The units as cases of one type, best first."""
    headings = (Heading("rank", "rank", "right"), Heading("unit", "unit"), Heading("score", "score", "right"))
    rows = [
        (
            Cell(str(score.rank), score.rank),
            Cell(score.named, score.unit),
            Cell(f"{score.value:.4g}", score.value),
        )
        for score in one.scores[:top]
    ]
    regression = types.regression
    label = types.candidates.covariate(one.of).label
    counted = f"{len(regression.units)} units, {len(regression.owners)} coefficients"
    notes = [
        *([f"{one.of}: {label}."] if label else []),
        f"{one.kind}: {one.formula}.",
        f"Regression: {regression.formula}; {counted}.",
    ]
    others = [two.of for two in types.types if two.kind == one.kind and two is not one]
    if others:
        notes.append(f"Also asked of {', '.join(others)}: --type {one.kind}:{others[0]}.")
    if len(one.scores) > top:
        notes.append(f"Not shown: {len(one.scores) - top} units.")
    if one.left_out:
        notes.append(f"Without a score for want of data: {', '.join(one.left_out)}.")
    notes += [f"Caveat: {caveat}." for caveat in types.caveats if caveat.kind != "left out"]
    return Table.of("case-type", f"{one.kind} cases ({one.of})", headings, rows, notes=notes)


def next_table(found: NextCases, top: int) -> Table:
    """The rows in which one more case would tell most, and the units that could be looked at."""
    headings = (Heading("what", "what"), Heading("which", "which"), Heading("why", "why"))
    rows = [
        (
            Cell("row", lead.id),
            Cell(lead.id),
            Cell(
                f"claims: decides {len(lead.decides)}, may decide {len(lead.may_decide)}, tests {len(lead.endangers)}"
                + (f"; holds {', '.join(lead.filled)}" if lead.filled else "")
            ),
        )
        for lead in found.leads[:top]
    ]
    for unit, pairs in found.near:
        names = [(pair.second if pair.first == unit else pair.first, pair) for pair in pairs[:top]]
        told = ", ".join(f"{name} ({pair.distance:.2f})" for name, pair in names)
        rows.append((Cell(f"like {unit}"), Cell(told), Cell("a control that differs in little else")))
    far = ", ".join(f"{unit} ({distance:.2f})" for unit, distance in found.unlike[:top])
    rows.append((Cell("unlike all studied"), Cell(far), Cell("whether the claims hold elsewhere")))
    notes = [f"Caveat: {caveat}." for caveat in found.caveats]
    return Table.of("next-cases", "Which case to study next", headings, rows, notes=notes)


def tables(choice: CaseChoice, *, top: int, every: bool) -> list[Table]:
    """The tables of an overview, or, with *every*, all of them."""
    studied = [one.units for one in choice.compared]
    units = list(dict.fromkeys(unit for pair in studied for unit in pair))
    listed = [one.sensitivity.table() for one in choice.compared]
    listed.append(choice.pairs.table(top, studied))
    if units:
        listed.append(near_table(choice.pairs, units, top if every else 3))
    for one in choice.compared if every else ():
        listed += [one.profile.table(), one.balance.table(), *([coded_table(one.coded)] if one.coded else [])]
    if choice.types is not None:
        listed.append(choice.types.table(units, 3))
        if every:
            listed.append(choice.types.diverse.table())
    if choice.designs is not None:
        listed.append(choice.designs.table(top if every else 3))
    if any(one.label for one in choice.candidates.covariates):
        listed.append(legend(choice.candidates))
    return listed
