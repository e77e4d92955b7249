"""A search for necessary conditions as it is printed: journal form, JSON, sources."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Table
from concausa.qca.necessity_row import Kind, NecessityRow

if TYPE_CHECKING:
    from concausa.qca.necessity import Necessity

_PLURALS: dict[Kind, str] = {
    "single": "single conditions",
    "conjunction": "conjunctions",
    "disjunction": "disjunctions",
}

_RAGIN = (
    "Ragin (2006), Set Relations in Social Research, Political Analysis 14(3), 291-310."
    " https://doi.org/10.1093/pan/mpj019"
)
_BOOK = (
    "Schneider & Wagemann (2012), Set-Theoretic Methods for the Social Sciences. Cambridge University Press."
    " https://doi.org/10.1017/CBO9781139004244"
)
_DEVIANCE = (
    "Schneider & Rohlfing (2013), Combining QCA and Process Tracing, Sociological Methods & Research 42(4), 559-597."
    " https://doi.org/10.1177/0049124113481341"
)
_SUIN = (
    "Mahoney, Kimball & Koivu (2009), The Logic of Historical Explanation, Comparative Political Studies 42(1),"
    " 114-146. https://doi.org/10.1177/0010414008325433"
)


def journal_table(found: Necessity, *, limit: int | None, cases: bool) -> Table:
    """Expressions × measures; what was searched, left out and doubtful stands in the notes."""
    rows, hidden = _shown(found.rows, limit)
    theory = any(row.theory for row in rows)
    headings = [
        Heading("expression", "expression"),
        Heading("consistency", "consistency", "right"),
        Heading("coverage", "coverage", "right"),
        Heading("relevance", "RoN", "right"),
        Heading("reaches", "necessary"),
    ]
    if cases:
        headings.append(Heading("deviant", f"in {found.outcome} without it"))
    if theory:
        headings.append(Heading("theory", "theory"))
    return Table.of(
        "necessity",
        headline(found),
        headings,
        [_cells(row, cases=cases, theory=theory) for row in rows],
        notes=[*notes(found), *hidden],
    )


def headline(found: Necessity) -> str:
    """What the table shows."""
    reached = len(found.necessary)
    return f"Necessary conditions for {found.outcome}: {reached} of {found.tested:,} expressions reach the cut-offs"


def notes(found: Necessity) -> list[str]:
    """Cut-offs, extent of the search, and caveats."""
    options = found.options
    told = f"{len(found.cases)} cases. Necessary: consistency at least {options.consistency:g}"
    for name, cutoff in (("coverage", options.coverage), ("RoN", options.relevance)):
        if cutoff > 0:
            told += f", {name} at least {cutoff:g}"
    lines = [told + "."]
    for kind, search in found.searches.items():
        line = f"{_PLURALS[kind].capitalize()} of up to {search.depth} literals: {search.judged:,} decided"
        if kind == "disjunction":
            line += f"; {search.redundant:,} more reach the consistency cut-off because a part of them does"
        else:
            line += f"; {search.redundant:,} more reach it as parts of longer ones"
        lines.append(line + ".")
    return [*lines, *(f"Caveat: {caveat}." for caveat in found.caveats)]


def document(found: Necessity) -> dict[str, Any]:
    """Everything as plain JSON values."""
    options = found.options
    return {
        "outcome": found.outcome,
        "conditions": [factor.name for factor in found.conditions],
        "cutoffs": {name: getattr(options, name) for name in ("consistency", "coverage", "relevance")},
        "depth": found.depth,
        "tested": found.tested,
        "redundant": dict(found.redundant),
        "n": len(found.cases),
        "rows": [row.data() for row in found.rows],
        "caveats": [caveat.data() for caveat in found.caveats],
    }


def sources(found: Necessity) -> tuple[str, ...]:
    """The works that the search rests on."""
    cited = [_RAGIN, _BOOK, _DEVIANCE]
    if "disjunction" in found.searches:
        cited.append(_SUIN)
    return tuple(cited)


def _shown(rows: Sequence[NecessityRow], limit: int | None) -> tuple[list[NecessityRow], list[str]]:
    if limit is None:
        return list(rows), []
    shown: list[NecessityRow] = []
    hidden = []
    for kind, plural in _PLURALS.items():
        these = [row for row in rows if row.kind == kind]
        kept = these if kind == "single" else [row for row in these if row.theory or row in these[:limit]]
        shown += kept
        if len(kept) < len(these):
            hidden.append(f"Not shown: {len(these) - len(kept):,} of {len(these):,} {plural}.")
    return shown, hidden


def _cells(row: NecessityRow, *, cases: bool, theory: bool) -> list[Cell]:
    cells = [
        Cell(row.expression),
        _measure(row.consistency),
        _measure(row.coverage),
        _measure(row.relevance),
        Cell("yes" if row.reaches else "no", row.reaches, tone="good" if row.reaches else "quiet"),
    ]
    if cases:
        cells.append(Cell(", ".join(row.deviant), list(row.deviant)))
    if theory:
        cells.append(Cell(row.theory))
    return cells


def _measure(value: float) -> Cell:
    return Cell("", missing=True) if math.isnan(value) else Cell(f"{value:.3f}", value)
