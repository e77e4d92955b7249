"""A panel as text: what one would paste into a memo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concausa.core.typeset.plain_text import WIDTH, text, wrap
from concausa.qca.panel.view import brief, formula_table, grid_table, term_table

if TYPE_CHECKING:
    from concausa.qca.panel.diagnosis import Diagnosis
    from concausa.qca.panel.panel import Panel
    from concausa.qca.panel.side_by_side import SideBySide

#: Most clusters, units, periods and terms that are printed; tables hold all.
CLUSTERS, UNITS, PERIODS, TERMS = 12, 25, 8, 12
#: Most caveats that are printed, the gravest first.
CAVEATS = 16


def memo(found: Panel, width: int | None = None) -> str:
    """Overview, units by periods of the first expression, solutions side by side, caveats.

    Parameters
    ----------
    width : int, optional
        Columns; 80 if not given.
    """
    wide = width or WIDTH
    lines = [*wrap(_headline(found), wide, indent="  "), ""]
    if found.diagnoses:
        if found.sufficiency:
            lines.append(text(brief(found, "sufficient"), wide))
        if found.necessity:
            lines.append(text(brief(found, "necessary"), wide))
        lines += _grid(found, found.diagnoses[0], wide)
    for one in found.side_by_side:
        lines += _solutions(found, one, wide)
    told = [f"note: {caveat}" for caveat in found.caveats[:CAVEATS]]
    if len(found.caveats) > CAVEATS:
        told.append(f"note: {len(found.caveats) - CAVEATS} more in .caveats")
    lines += [line for one in told for line in wrap(one, wide, indent="  ")]
    return "\n".join(lines).rstrip()


def _grid(found: Panel, one: Diagnosis, wide: int) -> list[str]:
    """Units × periods where they fit; else the cases that speak against the expression."""
    periods = found.layout.periods
    if len(found.layout.units) <= UNITS and (periods is None or len(periods) <= PERIODS):
        return [text(grid_table(found, one), wide)]
    against = one.pooled.deviant
    named = ", ".join(against[:UNITS]) + (f" and {len(against) - UNITS} more" if len(against) > UNITS else "")
    sentence = f"Cases that speak against {one.expression}: {named or 'none'}. .grid() shows every case."
    return [*wrap(sentence, wide, indent="  "), ""]


def _headline(found: Panel) -> str:
    layout = found.layout
    parts = ", ".join(f"{len(one)} clusters by {one.name}" for one in layout.groupings)
    absent = f"; {len(layout.absent)} of {layout.possible} are not there" if layout.absent else ""
    return f"Panel for {found.outcome}: {len(found.cases)} cases, {parts}{absent}"


def _solutions(found: Panel, one: SideBySide, wide: int) -> list[str]:
    ran, name = len(one.ran), one.grouping.name
    lines = []
    if len(one.sides) <= CLUSTERS:
        lines.append(text(formula_table(found, one), wide))
        if ran and len(one.terms) <= TERMS:
            lines.append(text(term_table(found, one), wide))
    else:
        lines += [
            *wrap(
                f"{len(one.sides)} clusters by {name}: {ran} have a solution of their own, {len(one.alike)} of them the"
                f' pooled one. .solutions_by("{name}") holds each.',
                wide,
                indent="  ",
            ),
            "",
        ]
    if one.without and found.solution is not None:
        moved = ", ".join(one.moved[:CLUSTERS]) + (" …" if len(one.moved) > CLUSTERS else "")
        told = f"It is another one without {moved}." if one.moved else "It stays whichever is left out."
        count = f"{len(one.without) - len(one.moved)} of {len(one.without)}"
        sentence = (
            f"Leaving out one cluster by {name} at a time keeps the pooled solution {count} times. {told}"
        )
        lines += [*wrap(sentence, wide, indent="  "), ""]
    return lines
