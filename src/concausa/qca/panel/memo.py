"""A panel as text: what one would paste into a memo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concausa.core.typeset.plain_text import WIDTH, text, wrap
from concausa.qca.panel.view import brief, formula_table, grid_table, term_table

if TYPE_CHECKING:
    from concausa.qca.panel.panel import Panel
    from concausa.qca.panel.side_by_side import SideBySide

#: Most clusters, most units and most terms that are printed; tables hold all.
CLUSTERS, UNITS, TERMS = 12, 25, 12


def memo(found: Panel, width: int | None = None) -> str:
    """Overview, units by periods of the first expression, solutions side by side, caveats.

    Parameters
    ----------
    width : int, optional
        Columns; 80 if not given.
    """
    wide = width or WIDTH
    layout = found.layout
    lines = [*wrap(_headline(found), wide, indent="  "), ""]
    if found.diagnoses:
        if found.sufficiency:
            lines.append(text(brief(found, "sufficient"), wide))
        if found.necessity:
            lines.append(text(brief(found, "necessary"), wide))
        if len(layout.units) <= UNITS:
            lines += [text(grid_table(found, found.diagnoses[0]), wide)]
        else:
            lines += [*wrap(f"{len(layout.units)} units: .grid() shows each of them.", wide, indent="  "), ""]
    for one in found.side_by_side:
        lines += _solutions(found, one, wide)
    lines += [line for caveat in found.caveats for line in wrap(f"note: {caveat}", wide, indent="  ")]
    return "\n".join(lines).rstrip()


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
