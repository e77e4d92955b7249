"""A sweep as it is printed: a row for each scenario and unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Table

if TYPE_CHECKING:
    from concausa.dynamics.sweep import Played, Sweep


def table(found: Sweep) -> Table:
    """Patterns as ``with the gate | by the stocks alone``, medians of stocks, what drives the answer."""
    first = found.outcomes[0]
    patterns = tuple(dict.fromkeys(one.pattern for one in first.patterns))
    gated = len({one.gate for one in first.patterns}) > 1
    headings = [
        Heading("scenario", "scenario"), Heading("do", "do"), Heading("unit", "unit"),
        *(Heading(f"pattern_{name}", name, "right") for name in patterns),
        *(Heading(f"stock_{name}", name, "right") for name in first.stocks),
        Heading("driven", "driven by"),
    ]  # fmt: skip
    rows = [
        [
            Cell(one.id),
            Cell("; ".join(map(str, one.changes)), [str(change) for change in one.changes]),
            Cell(one.unit),
            *(_pattern(one, name) for name in patterns),
            *(Cell(f"{one.stocks[name][1]:.2f}", list(one.stocks[name])) for name in first.stocks),
            Cell("assumptions" if one.assumed else "evidence too", list(one.assumed),
                 tone="doubt" if one.assumed else "plain"),
        ]
        for one in found.outcomes
    ]  # fmt: skip
    notes = [f"{found.draws:,} draws that meet every band, worth {found.effective:,.0f} independent ones."]
    if gated:
        notes.append("Patterns: with the gate | by the stocks alone. Stocks: medians.")
    if any(one.assumed for one in found.outcomes):
        notes.insert(
            0, "Driven by assumptions: at least one of its answers spreads no less than under the prior."
        )
    told: dict[str, list[str]] = {}
    for one in found.outcomes:
        for caveat in one.caveats:
            ids = told.setdefault(str(caveat), [])
            if one.id not in ids:
                ids.append(one.id)
    every = len({one.id for one in found.outcomes})
    notes += [
        f"Caveat: {text}." if len(ids) == every else f"Caveat ({'; '.join(ids)}): {text}."
        for text, ids in told.items()
    ]
    return Table.of(
        "sweep", f"{every} scenario{'' if every == 1 else 's'} in {first.year}", headings, rows, notes=notes
    )


def _pattern(one: Played, name: str) -> Cell:
    own = [part for part in one.patterns if part.pattern == name]
    if not own:
        return Cell("", missing=True)
    values = {("gate" if part.gate else "stocks"): part.now.data for part in own}
    return Cell(" | ".join(f"{part.now.value:.2f}" for part in own), values)


def document(found: Sweep) -> dict[str, Any]:
    """Everything as plain JSON values."""
    return {
        "draws": found.draws,
        "effective": found.effective,
        "outcomes": [
            {
                "scenario": one.id, "changes": [str(change) for change in one.changes], "unit": one.unit,
                "year": one.year,
                "patterns": [
                    {"pattern": part.pattern, "gate": part.gate, "was": part.was.data, "changed": part.now.data,
                     "shift": part.shift.data}
                    for part in one.patterns
                ],
                "stocks": {name: list(told) for name, told in one.stocks.items()},
                "differences": {name: list(told) for name, told in one.differences.items()},
                "assumption_driven": list(one.assumed),
                "caveats": [caveat.data() for caveat in one.caveats],
            }
            for one in found.outcomes
        ],
    }  # fmt: skip
