"""Patterns by year as a table."""

from __future__ import annotations

from concausa.core.table import Cell, Heading, Table
from concausa.dynamics.standing import BEHIND, Standing


def standing_table(found: Standing, unit: str) -> Table:
    """Years × patterns of a unit, as shares of the draws that add up to 1."""
    place = found.units.index(unit)
    shares = found.shares
    headings = [Heading("year", "year", "right"), *(Heading(name, name, "right") for name in found.names)]
    rows = [
        [
            Cell(str(year), year),
            *(Cell(f"{share[row, place]:.2f}", float(share[row, place])) for share in shares.values()),
        ]
        for row, year in enumerate(found.years)
    ]
    gate = "with the gate" if BEHIND in found.names else "by the stocks alone"
    return Table.of(f"patterns-{unit}", f"Patterns of {unit} by year, {gate}", headings, rows)
