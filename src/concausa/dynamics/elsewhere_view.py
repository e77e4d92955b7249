"""Units out of sample as they are printed: predictions apart from scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Table

if TYPE_CHECKING:
    from concausa.dynamics.elsewhere import Elsewhere

#: Below this share of draws a unit is missed by the model.
MISSED = 0.05


def table(found: Elsewhere, years: Sequence[int] | None) -> Table:
    """Patterns as ``with the gate | by the stocks alone``, medians of stocks."""
    patterns = _patterns(found)
    stocks = found.runs.model.stock_names
    headings = [
        Heading("unit", "unit"), Heading("kind", "kind"), Heading("year", "year", "right"),
        *(Heading(f"pattern_{name}", name, "right") for name in patterns),
        *(Heading(f"stock_{name}", name, "right") for name in stocks),
    ]  # fmt: skip
    rows = []
    for unit in found.units:
        told = [found.envelope(stock, unit) for stock in stocks]
        for year in years or found.runs.setting.years[-1:]:
            rows.append([
                Cell(unit),
                Cell(found.kind(unit), tone="doubt" if found.kind(unit) == "scenario" else "plain"),
                Cell(str(year), year),
                *(_pattern(found, name, unit, year) for name in patterns),
                *(Cell(f"{one.at(year)[2]:.2f}", list(one.at(year))) for one in told),
            ])  # fmt: skip
    return Table.of("elsewhere", "Units that had no part in the matching", headings, rows, notes=notes(found))


def bands_table(found: Elsewhere) -> Table:
    """Each band with the share of draws inside, after the evidence and before it."""
    headings = (
        Heading("unit", "unit"), Heading("band", "band"), Heading("range", "coded", "right"),
        Heading("inside", "inside", "right"), Heading("before", "under the prior", "right"),
    )  # fmt: skip
    rows = [
        [
            Cell(one.band.unit),
            Cell(f"{one.band.id}, {found.kind(one.band.unit)}", one.band.id),
            Cell(f"{one.band.low:g} to {one.band.high:g}", [one.band.low, one.band.high]),
            Cell(f"{one.inside.value:.2f} ({one.inside.low:.2f} to {one.inside.high:.2f})", one.inside.data),
            Cell(f"{one.before.value:.2f}", one.before.data),
        ]
        for one in found.held
    ]
    rows += [
        [
            Cell(unit),
            Cell("all of them"),
            Cell(""),
            Cell(f"{after.value:.2f} ({after.low:.2f} to {after.high:.2f})", after.data),
            Cell(f"{before.value:.2f}", before.data),
        ]
        for unit, (after, before) in found.together.items()
    ]
    return Table.of(
        "elsewhere-bands", "Held against what was coded of their stocks", headings, rows, notes=notes(found)
    )


def notes(found: Elsewhere) -> list[str]:
    """How many draws, how patterns are written, caveats."""
    own = found.sample
    lines = [f"{own.draws:,} draws that meet every band, worth {own.effective:,.0f} independent ones."]
    if len(found.gates) > 1:
        lines.append("Patterns: with the gate | by the stocks alone. Stocks: medians.")
    return [*lines, *(f"Caveat: {caveat}." for caveat in found.caveats)]


def memo(found: Elsewhere) -> str:
    """The last year of every unit: predictions first, then scenarios."""
    year = found.runs.setting.last
    lines = [f"Units that had no part in the matching, in {year}"]
    for kind in ("prediction", "scenario"):
        for unit in (unit for unit in found.units if found.kind(unit) == kind):
            stocks = []
            for name in found.runs.model.stock_names:
                low, _, middle, _, high = found.envelope(name, unit).at(year)
                stocks.append(f"{name} {middle:.2f} ({low:.2f} to {high:.2f})")
            parts = [f"{name} {_pattern(found, name, unit, year).text}" for name in _patterns(found)]
            lines.append(f"  {kind} {unit}: {'; '.join([*parts, *stocks])}")
            if unit in found.together:
                after, before = found.together[unit]
                lines.append(
                    f"    inside all that was coded of it: {after.value:.2f} ({after.low:.2f} to {after.high:.2f}), "
                    f"under the prior {before.value:.2f}"
                )
                if after.high < MISSED:
                    lines.append(
                        f"    The model misses what is known of {unit}, whatever was assumed of its inputs."
                    )
    return "\n".join([*lines, *(f"  {line}" for line in notes(found))])


def document(found: Elsewhere) -> dict[str, Any]:
    """Everything as plain JSON values."""
    years = found.runs.setting.years
    return {
        "years": list(years),
        "draws": found.sample.draws,
        "effective": found.sample.effective,
        "units": [
            {
                "unit": unit,
                "kind": found.kind(unit),
                "coded": list(found.coded[unit]),
                "patterns": [
                    {"pattern": name, "gate": gate,
                     "shares": [found.share(name, unit, year, gate=gate).data for year in years]}
                    for gate in found.gates
                    for name in found.standing(gate=gate).names
                ],
                "stocks": {
                    name: found.envelope(name, unit).values.T.tolist() for name in found.runs.model.stock_names
                },
                "inside_all": [share.data for share in found.together[unit]] if unit in found.together else None,
            }
            for unit in found.units
        ],
        "bands": [
            {"band": one.band.id, "unit": one.band.unit, "inside": one.inside.data, "before": one.before.data}
            for one in found.held
        ],
        "caveats": [caveat.data() for caveat in found.caveats],
    }  # fmt: skip


def _patterns(found: Elsewhere) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for gate in found.gates for name in found.standing(gate=gate).names))


def _pattern(found: Elsewhere, name: str, unit: str, year: int) -> Cell:
    shares = {
        ("gate" if gate else "stocks"): found.share(name, unit, year, gate=gate)
        for gate in found.gates
        if name in found.standing(gate=gate).names
    }
    told = " | ".join(f"{share.value:.2f}" for share in shares.values())
    return Cell(told, {read: share.data for read, share in shares.items()})
