"""A truth table as it is printed: journal form, gaps between consistencies, sources."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, Literal

from concausa.core.caveat import Caveat
from concausa.core.table import Cell, Heading, Table
from concausa.core.typeset.plain_text import WIDTH, breadth, text
from concausa.qca.row import Order, Row
from concausa.qca.table_rows import CODES, ordered
from concausa.sets.membership import TOLERANCE

if TYPE_CHECKING:
    from concausa.qca.truth_table import TruthTable

_TONES: dict[str, Literal["plain", "good", "bad", "doubt", "quiet"]] = {
    "1": "good",
    "0": "plain",
    "C": "doubt",
    "?": "quiet",
}

BOOK_1987 = "Ragin (1987), The Comparative Method. University of California Press."
BOOK_2008 = (
    "Ragin (2008), Redesigning Social Inquiry. University of Chicago Press."
    " https://doi.org/10.7208/chicago/9780226702797.001.0001"
)
BOOK_2012 = (
    "Schneider & Wagemann (2012), Set-Theoretic Methods for the Social Sciences. Cambridge University Press."
    " https://doi.org/10.1017/CBO9781139004244"
)
MULTI_VALUE = (
    "Cronqvist & Berg-Schlosser (2009), Multi-value QCA (mvQCA), in Rihoux & Ragin (eds), Configurational"
    " Comparative Methods, 69-86. Sage. https://doi.org/10.4135/9781452226569.n4"
)
TEMPORAL = (
    "Caren & Panofsky (2005), TQCA, Sociological Methods & Research 34(2), 147-172."
    " https://doi.org/10.1177/0049124105277197"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a truth table is printed.

    Parameters
    ----------
    by : str
        Order of the rows.
    complete : bool
        Whether unobserved configurations are listed too.
    why : bool
        Whether a column tells why each row has its outcome.
    joined : bool
        Whether the values of a row stand in one column, with the names of the conditions in a note.
    say : function
        The words of the reader's language for ours.
    """

    by: Order = "outcome"
    complete: bool = False
    why: bool = False
    joined: bool = False
    say: Callable[[str], str] = str


def journal_table(table: TruthTable, layout: Layout) -> Table:
    """Rows × conditions, outcome, cases, fit; what must be known stands in the notes."""
    say = layout.say
    rows = ordered(table.complete() if layout.complete else table.rows, layout.by)
    deviant = any(row.deviant and row.outcome in "1C" for row in rows)
    headings = [
        *(
            [Heading("configuration", say("configuration"))]
            if layout.joined
            else [Heading(name, name, "right") for name in table.condition_names]
        ),
        Heading("outcome", table.outcome, "right"),
        Heading("n", say("n"), "right"),
        Heading("consistency", say("consistency"), "right"),
        Heading("pri", say("PRI"), "right"),
        Heading("cases", say("cases")),
    ]
    if deviant:
        headings.append(Heading("deviant", say("cases without {outcome}").format(outcome=table.outcome)))
    if layout.why:
        headings.append(Heading("why", say("why")))
    cells = []
    for row in rows:
        values: list[Cell | None] = list(_values(row))
        if layout.joined:
            values = [Cell(" ".join(cell.text for cell in _values(row)), list(row.configuration))]
        cells.append([*values, *_cells(row, deviant=deviant, layout=layout)])
    told = [f"{note.told(say)}." for note in (*notes(table, joined=layout.joined), *table.caveats)]
    return Table.of("truth-table", headline(table).told(say), _apart(headings), cells, notes=told)


def memo(table: TruthTable, width: int | None, layout: Layout) -> str:
    """The table as text; names of conditions that do not fit above their columns stand in a note."""
    room = (width or WIDTH) // 2
    fits = sum(max(breadth(name), 1) + 2 for name in table.condition_names) <= room
    return text(journal_table(table, replace(layout, joined=not fits)), width)


def headline(table: TruthTable) -> Caveat:
    """What the table shows, with how many rows have which outcome."""
    counted = [(code, int((table.codes == code).sum())) for code in CODES]
    if (table.configurations < 0).any():
        sentence = "Truth table for {outcome}: {rows} rows observed, some of which stand for several"
        sentence += " of the {possible} configurations ({counts})"
    else:
        sentence = "Truth table for {outcome}: {rows} of {possible} configurations observed ({counts})"
    return Caveat.of(
        "headline",
        sentence,
        outcome=table.outcome,
        rows=len(table.n),
        possible=f"{table.possible:,}",
        counts=", ".join(f"{number} × {code}" for code, number in counted if number),
    )


def notes(table: TruthTable, *, joined: bool = False) -> list[Caveat]:
    """What the signs mean, and the cut-offs."""
    cutoffs = table.cutoffs
    values = {name: f"{share:g}" for name, share in cutoffs.data().items() if share is not None}
    found = []
    if joined:
        names = ", ".join(table.condition_names)
        found.append(Caveat.of("order", "Order of the conditions: {names}", names=names))
    sentence = "1: consistency at least {consistency}"
    if cutoffs.pri > 0:
        sentence += ", PRI at least {pri}"
    found.append(Caveat.of("positive", sentence + ", cases at least {frequency}", **values))
    if cutoffs.contradiction is not None:
        sentence = "C: otherwise consistency at least {contradiction}"
        found.append(Caveat.of("contradictory", sentence, **values))
    return found


def gaps_table(table: TruthTable) -> Table:
    """Rows with enough cases by falling consistency, and how far the next one lies below."""
    rows = [row for row in ordered(table.rows, "consistency") if row.n >= table.cutoffs.frequency]
    gaps = [max(0.0, above.consistency - below.consistency) for above, below in pairwise(rows)]
    widest = max(gaps, default=0.0)
    cells = []
    for row, gap in zip_longest(rows, gaps):
        tone: Literal["plain", "good"] = "good" if gap and gap >= widest - TOLERANCE else "plain"
        cells.append(
            [
                Cell(row.expression),
                _number(row.consistency),
                None if gap is None else Cell(f"{gap:.3f}", gap, tone=tone),
                _number(row.pri),
                Cell(str(row.n), row.n),
                Cell(row.outcome, tone=_TONES[row.outcome]),
            ]
        )
    return Table.of(
        "consistency-gaps",
        f"Consistency of the rows with {table.outcome}, and the gap below each",
        [
            Heading("configuration", "configuration"),
            Heading("consistency", "consistency", "right"),
            Heading("gap", "gap below", "right"),
            Heading("pri", "PRI", "right"),
            Heading("n", "n", "right"),
            Heading("outcome", table.outcome, "right"),
        ],
        cells,
        notes=[
            f"The cut-off in use is {table.cutoffs.consistency:g}; within a gap every cut-off decides alike."
        ],
    )


def sources(table: TruthTable) -> tuple[str, ...]:
    """The works that the table rests on."""
    kinds = {factor.kind for factor in table.conditions}
    found = [BOOK_1987]
    if "fuzzy" in kinds or table.data.factors[-1].kind == "fuzzy":
        found.append(BOOK_2008)
    if "multi-value" in kinds or table.explained.value is not None:
        found.append(MULTI_VALUE)
    if (table.configurations < 0).any():
        found.append(TEMPORAL)
    return (*found, BOOK_2012)


def _values(row: Row) -> list[Cell]:
    return [Cell("-") if value is None else Cell(str(value), value) for value in row.configuration]


def _cells(row: Row, *, deviant: bool, layout: Layout) -> list[Cell | None]:
    cells: list[Cell | None] = [
        Cell(row.outcome, tone=_TONES[row.outcome]),
        Cell(str(row.n), row.n),
        _number(row.consistency),
        _number(row.pri),
        Cell(", ".join(row.cases), list(row.cases)) if row.cases else None,
    ]
    if deviant:
        cells.append(Cell(", ".join(row.deviant), list(row.deviant)) if row.outcome in "1C" else Cell(""))
    if layout.why:
        cells.append(Cell(row.reason.told(layout.say)))
    return cells


def _number(share: float) -> Cell | None:
    return None if math.isnan(share) else Cell(f"{share:.3f}", share)


def _apart(headings: list[Heading]) -> list[Heading]:
    """Headings with keys that differ even where a condition is called like another column."""
    seen: set[str] = set()
    apart = []
    for heading in headings:
        key = heading.key
        while key in seen:
            key += "_"
        seen.add(key)
        apart.append(Heading(key, heading.label, heading.align))
    return apart
