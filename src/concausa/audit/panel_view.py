"""The panels of a study as tables and text: what each unit and period gives, over every reading."""

from __future__ import annotations

from typing import Any

from concausa.audit.cluster_reading import ClusterReading, FitReading
from concausa.audit.panel_readings import PanelReadings
from concausa.core.table import Cell, Heading, Table
from concausa.core.typeset.plain_text import WIDTH, text, wrap

#: Most formulas of a cluster that one cell shows.
FORMULAS = 6


def tables(found: PanelReadings) -> tuple[Table, ...]:
    """Solutions by cluster, consistencies by cluster, orders of events."""
    made = [_clusters(found, threshold) for threshold in found.thresholds]
    made += [_fits(found, threshold) for threshold in found.thresholds if found.fits]
    return (*made, *(one.table() for one in found.before))


def memo(found: PanelReadings, width: int | None = None) -> str:
    """As one would paste it into a memo, within *width* columns (80 if not given)."""
    wide = width or WIDTH
    frame = found.found.frame
    cases = ", ".join(case.id for case in frame.cases)
    lines = wrap(f"{len(frame.cases)} cases: {cases}. Outcome {frame.outcome}, conditions "
                 f"{', '.join(frame.conditions)}.", wide)  # fmt: skip
    for one in frame.left_out:
        lines += wrap(f"left out: {one.case.id}, no level of {', '.join(one.missing)}", wide, indent="  ")
    lines.append("")
    for table in tables(found):
        lines += [text(table, wide)]
    lines += [line for told in cautions(found) for line in wrap(f"note: {told}", wide, indent="  ")]
    return "\n".join(lines).rstrip()


def cautions(found: PanelReadings) -> tuple[str, ...]:
    """What such few cases do not allow."""
    told = []
    sizes = {(one.column, one.cluster): len(one.cases) for one in found.clusters if one.column}
    small = [cluster for (_, cluster), size in sizes.items() if size <= 3]
    if small:
        told.append(
            f"{len(small)} of {len(sizes)} clusters have 3 cases or fewer ({', '.join(small)}): one case makes or"
            " breaks what is told of them"
        )
    for threshold in found.thresholds:
        units = [one for one in found.clusters if one.threshold == threshold and one.column == "unit"]
        if units and all(one.ran == 0 for one in units):
            told.append(
                f"outcome reaching {threshold}: no unit has a solution of its own in any reading; what is claimed rests"
                " on the comparison of units alone, not on change within one"
            )
    return tuple(told)


def document(found: PanelReadings) -> dict[str, Any]:
    """Everything as plain JSON values, with the cautions."""
    return found.data() | {"notes": list(cautions(found))}


def _clusters(found: PanelReadings, threshold: str) -> Table:
    rows = []
    for one in found.clusters:
        if one.threshold != threshold:
            continue
        rows.append(
            [
                Cell(f"{one.column} {one.cluster}" if one.column else "all cases"),
                Cell(", ".join(one.cases), list(one.cases)),
                Cell(f"{one.ran}/{one.settings}", [one.ran, one.settings]),
                _formulas(one),
                _refused(one),
            ]
        )
    headings = [
        Heading("cluster", "cluster"),
        Heading("cases", "cases"),
        Heading("ran", "settings", "right"),
        Heading("formulas", "solution (settings)"),
        Heading("refused", "none, because (settings)"),
    ]
    outcome = found.found.frame.outcome
    title = f"Solutions for {outcome} reaching {threshold}, each unit and each period alone"
    notes = ["Settings: readings of the levels, level maps, crisp or fuzzy, readings of the outcome."]
    return Table.of(f"panel-{threshold}", title, headings, rows, notes=notes)


def _formulas(one: ClusterReading) -> Cell:
    told = "; ".join(f"{formula} ({n})" for formula, n in one.formulas[:FORMULAS])
    more = len(one.formulas) - FORMULAS
    value = [{"formula": formula, "settings": n} for formula, n in one.formulas]
    if not value:
        return Cell("", value, missing=True)
    return Cell(f"{told}; and {more} more" if more > 0 else told, value)


def _refused(one: ClusterReading) -> Cell:
    told = "; ".join(f"{reason} ({n})" for reason, n in one.refused)
    value = [{"reason": str(reason), "settings": n} for reason, n in one.refused]
    return Cell(told, value, tone="doubt") if value else Cell("", value, missing=True)


def _fits(found: PanelReadings, threshold: str) -> Table:
    own = [one for one in found.fits if one.threshold == threshold]
    places = list(dict.fromkeys((one.column, one.cluster) for one in own))
    claimed = list(dict.fromkeys((one.expression, one.relation) for one in own))
    by_key = {(one.expression, one.relation, one.column, one.cluster): one for one in own}
    relations = list(dict.fromkeys(relation for _, relation in claimed))
    both = len(relations) > 1
    headings = [Heading("expression", "expression"), *([Heading("relation", "relation")] if both else [])]
    headings += [
        Heading(f"{column} {cluster}".strip(), f"{column} {cluster}" if column else "all", "right")
        for column, cluster in places
    ]
    rows = []
    for expression, relation in claimed:
        spans = [_span(by_key[expression, relation, *place]) for place in places]
        rows.append([Cell(expression), *([Cell(relation)] if both else []), *spans])
    title = (
        f"As {' or '.join(relations)} for {found.found.frame.outcome} reaching {threshold}: consistency, least to most"
        " over settings"
    )
    notes = ["A dash: no case counts for it in any setting."]
    return Table.of(f"panel-fit-{threshold}", title, headings, rows, notes=notes)


def _span(one: FitReading) -> Cell:
    if one.low is None or one.high is None:
        return Cell("", missing=True)
    low, high = f"{one.low:.2f}", f"{one.high:.2f}"
    return Cell(low if low == high else f"{low}-{high}", [one.low, one.high])
