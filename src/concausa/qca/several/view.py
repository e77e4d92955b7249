"""Several outcomes explained together as they are printed: tables, memo, JSON, caveats."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from concausa.core.caveat import Caveat
from concausa.core.table import Cell, Heading, Table
from concausa.core.typeset.plain_text import wrap

if TYPE_CHECKING:
    from concausa.qca.several.outcomes import SeveralOutcomes
    from concausa.qca.several.system import Gate

SOURCES = (
    (
        "Thiem, Mkrtchyan & Sebechlebská (2022), Combinational Regularity Analysis (CORA). BMC Medical Research"
        " Methodology 22, 333. https://doi.org/10.1186/s12874-022-01800-9"
    ),
    (
        "Sebechlebská, Mkrtchyan & Thiem (2023), CORA and LOGIGRAM. Journal of Open Source Software 8(85), 5019."
        " https://doi.org/10.21105/joss.05019"
    ),
    (
        "McCluskey (1956), Minimization of Boolean Functions. The Bell System Technical Journal 35(6), 1417-1444."
        " https://doi.org/10.1002/j.1538-7305.1956.tb03835.x"
    ),
)
WIDTH = 80


def caveats_of(found: SeveralOutcomes) -> tuple[Caveat, ...]:
    """What a reader must know before trusting the systems, the gravest first."""
    told = []
    if not found.exact:
        told.append(
            Caveat.of(
                "inexact",
                "not every system is listed: there are more than {n}, or the search met its bound",
                n=f"{found.n_systems:,}",
            )
        )
    if found.n_systems > 1:
        told.append(
            Caveat.of(
                "ambiguous",
                "{n} systems account for the rows equally well; the data cannot tell them apart",
                n=f"{found.n_systems:,}",
            )
        )
    first = found.tables[0]
    if len(first.n) < first.possible:
        told.append(
            Caveat.of(
                "free-remainders",
                "{n} of {possible} configurations were not observed and may be assumed to lead to any outcome",
                n=f"{first.possible - len(first.n):,}",
                possible=f"{first.possible:,}",
            )
        )
    return (*told, *dict.fromkeys(caveat for table in found.tables for caveat in table.caveats))


def systems_table(found: SeveralOutcomes, limit: int | None = None) -> Table:
    """A line an outcome of each system."""
    shown = found.systems if limit is None else found.systems[:limit]
    rows = [
        [
            Cell(f"{number}", number),
            Cell(table.outcome),
            Cell(system.expressions[place]),
            _measure(system.consistency(place)),
            _measure(system.coverage(place)),
            Cell(", ".join(gate.expression for gate in _shared(system.shared, place))),
        ]
        for number, system in enumerate(shown, start=1)
        for place, table in enumerate(found.tables)
    ]
    headings = [
        Heading("system", "system", "right"),
        Heading("outcome", "outcome"),
        Heading("expression", "what leads to it"),
        Heading("consistency", "consistency", "right"),
        Heading("coverage", "coverage", "right"),
        Heading("shared", "shared with another"),
    ]
    notes = [f"Caveat: {caveat}." for caveat in found.caveats]
    if len(shown) < found.n_systems:
        notes.insert(0, f"Shown: {len(shown):,} of {found.n_systems:,} systems.")
    return Table.of("systems", headline(found), headings, rows, notes=notes)


def gates_table(found: SeveralOutcomes) -> Table:
    """Every gate with what it implies."""
    rows = []
    for gate in found.gates:
        used = sum(gate in system.gates for system in found.systems)
        rows.append(
            [
                Cell(gate.expression),
                Cell("*".join(found.outcomes[place] for place in gate.outcomes)),
                Cell(f"{used}/{found.n_systems}", [used, found.n_systems]),
            ]
        )
    headings = [
        Heading("gate", "gate"),
        Heading("implies", "implies"),
        Heading("systems", "in systems", "right"),
    ]
    return Table.of("gates", f"Gates: {len(found.gates):,}", headings, rows)


def headline(found: SeveralOutcomes) -> str:
    """How many systems there are, and of what."""
    bound = "" if found.exact else "at least "
    noun = "system" if found.n_systems == 1 else "systems"
    fewest = "with the fewest gates" if found.models == "minimum" else "without a needless gate"
    return f"{', '.join(found.outcomes)} together: {bound}{found.n_systems:,} {noun} {fewest}"


def memo(found: SeveralOutcomes, width: int | None = None, systems: int = 5) -> str:
    """The systems with their fit; what must be known first on top."""
    room = max(40, width or WIDTH)
    lines = wrap(headline(found), room)
    for caveat in found.caveats:
        if caveat.kind in ("inexact", "ambiguous"):
            lines += wrap(f"! {caveat}", room)
    for number, system in enumerate(found.systems[:systems], start=1):
        lines += ["", f"System {number} of {'' if found.exact else 'at least '}{found.n_systems:,}"]
        for place, table in enumerate(found.tables):
            fits = (system.consistency(place), system.coverage(place))
            told = ", ".join(
                f"{name} {'n/a' if math.isnan(value) else f'{value:.3f}'}"
                for name, value in zip(("consistency", "coverage"), fits, strict=True)
            )
            lines += wrap(f"{system.expressions[place]} => {table.outcome}", room, indent="  ")
            lines += wrap(told, room, indent="    ")
        if system.shared:
            shared = ", ".join(
                f"{gate.expression} ({', '.join(found.outcomes[place] for place in gate.outcomes)})"
                for gate in system.shared
            )
            lines += wrap(f"shared: {shared}", room, indent="  ")
    if found.n_systems > systems:
        lines += ["", f"… and {found.n_systems - systems:,} more"]
    rest = [caveat for caveat in found.caveats if caveat.kind not in ("inexact", "ambiguous")]
    return "\n".join(
        [*lines, *([""] if rest else []), *(line for one in rest for line in wrap(f"note: {one}", room))]
    )


def document(found: SeveralOutcomes, limit: int | None = None) -> dict[str, Any]:
    """Everything as plain JSON values."""
    return {
        "outcomes": list(found.outcomes),
        "conditions": list(found.tables[0].condition_names),
        "cutoffs": found.tables[0].cutoffs.data(),
        "truth_table": [
            {
                "configuration": [int(value) for value in row],
                "n": int(found.tables[0].n[number]),
                "outcomes": {table.outcome: str(table.codes[number]) for table in found.tables},
            }
            for number, row in enumerate(found.tables[0].configurations.tolist())
        ],
        "gates": [
            {"expression": gate.expression, "implies": [found.outcomes[place] for place in gate.outcomes]}
            for gate in found.gates
        ],
        "n_systems": found.n_systems,
        "exact": found.exact,
        "systems": [system.data() for system in (found.systems if limit is None else found.systems[:limit])],
        "caveats": [caveat.data() for caveat in found.caveats],
    }


def _shared(gates: tuple[Gate, ...], outcome: int) -> list[Gate]:
    return [gate for gate in gates if outcome in gate.outcomes]


def _measure(value: float) -> Cell:
    return Cell("", missing=True) if math.isnan(value) else Cell(f"{value:.3f}", value)
