"""Term cells: a condition in a term of office, read as the period in which the term lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from concausa.audit.worlds.cell_table import CellTable
from concausa.audit.worlds.cells import Axis, cell_table, every_context
from concausa.audit.worlds.grains import TermCase


def term_cell(
    term: TermCase,
    condition: str,
    cells: Mapping[str, CellTable],
    sizes: Sequence[int],
    *,
    grain: int | None,
) -> CellTable:
    """The table of a condition in a term: in each world that of the period as which the term is read.

    Coded or measured, a level is that of the period: no study codes or measures a term apart.

    Parameters
    ----------
    cells : mapping of period to CellTable
        The condition in each period that the term may be read as.
    sizes : sequence of int
        How many options each choice of the space has.
    grain : int or None
        Place of the choice of the grain; None if it is not open.
    """
    turned = {choice for table in cells.values() for choice in table.choices}
    if len(cells) > 1 and grain is not None:
        turned.add(grain)
    axes = [Axis(choice, sizes[choice]) for choice in sorted(turned)]
    states = []
    for context in every_context(axes):
        table = cells[term.periods[0 if grain is None else context.get(grain, 0)]]
        states.append(table.states[int(table.table[tuple(context[choice] for choice in table.choices)])])
    return cell_table(term.id, condition, axes, states)
