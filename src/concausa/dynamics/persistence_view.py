"""Persistence as it is printed: years until each stock halves, under each way of the forum."""

from __future__ import annotations

from math import isfinite, isnan
from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Table
from concausa.dynamics.share import finite

if TYPE_CHECKING:
    from concausa.dynamics.persistence import Lasting, Persistence


def headline(found: Persistence) -> str:
    """What was asked."""
    return f"{found.unit}: {found.input} at {found.value.text} from {found.year} on, {found.years} years looked at"


def table(found: Persistence) -> Table:
    """A row for each way of the forum and each stock."""
    headings = (
        Heading("forum", found.forum or "forum"), Heading("stock", "stock"),
        Heading("years", "years until it halves", "right"), Heading("never", "not within them", "right"),
        Heading("outlives", f"outlives {found.term} years", "right"),
        Heading("outlives_before", "under the prior", "right"), Heading("driven", "driven by"),
    )  # fmt: skip
    rows = [
        [
            Cell(one.forum),
            Cell(one.stock),
            Cell(years(found, one), [finite(value) for value in one.middle], missing=one.empty == 1),
            _share(one, one.never.value, one.never.data),
            _share(one, one.outlives.value, one.outlives.data),
            _share(one, one.outlives_before.value, one.outlives_before.data),
            Cell(
                driven(one),
                tone="doubt" if one.foregone or (one.kept and one.kept.assumed) else "plain",
                missing=one.empty == 1,
            ),
        ]
        for one in found.lasting
    ]
    return Table.of("persistence", headline(found), headings, rows, notes=notes(found))


def driven(one: Lasting) -> str:
    """Whether the assumptions drive what is left after a term."""
    if one.foregone:
        return "settled before the evidence"
    if one.kept is None:
        return "nothing spreads"
    return "assumptions" if one.kept.assumed else "evidence too"


def years(found: Persistence, one: Lasting) -> str:
    """The median with the range of nine in ten draws."""
    if one.empty == 1:
        return "starts at 0, has no half"
    low, middle, high = (f"{value:.1f}" if isfinite(value) else f"> {found.years}" for value in one.middle)
    return middle if low == high else f"{middle} ({low} to {high})"


def notes(found: Persistence) -> list[str]:
    """What is assumed, how many draws, caveats."""
    lines = []
    if assumed := [one for one in found.lasting if one.kept and one.kept.assumed]:
        told = "; ".join(f"{one.kept}, forum {one.forum}" for one in assumed)
        lines.append(f"Assumption-driven: {told}.")
    if foregone := [one for one in found.lasting if one.foregone]:
        told = "; ".join(_foregone(found, foregone))
        lines.append(f"Settled before the evidence: {told}.")
    own = found.sample
    lines.append(f"{own.draws:,} draws that meet every band, worth {own.effective:,.0f} independent ones.")
    lines.append(f"After the data: {found.horizon.text}.")
    if found.forum:
        lines.append(
            f"A consolidated {found.forum} is raised to {found.consolidated.text} in {found.year - 1}."
        )
    return [*lines, *(f"Caveat: {caveat}." for caveat in found.caveats)]


def memo(found: Persistence) -> str:
    """What one would paste into a memo."""
    told = notes(found)
    first = [line for line in told if line.startswith(("Assumption-driven", "Settled before the evidence"))]
    lines = [*first, f"Persistence in {headline(found)}"]
    for one in found.lasting:
        way = f"{found.forum} {one.forum}: " if found.forum else ""
        if one.empty == 1:
            lines.append(f"  {way}{one.stock} starts at 0, has no half")
            continue
        lines.append(
            f"  {way}{one.stock} halves in {years(found, one)} years; outlives a term of {found.term} years with "
            f"probability {one.outlives.value:.2f} ({one.outlives.low:.2f} to {one.outlives.high:.2f}), "
            f"before any evidence {one.outlives_before.value:.2f}; not halved within {found.years} years: "
            f"{one.never.value:.2f}"
        )
    lines.append("  Probability: the share of the draws, each counting the same.")
    return "\n".join([*lines, *(f"  {line}" for line in told[len(first) :])])


def document(found: Persistence) -> dict[str, Any]:
    """Everything as plain JSON values; what is infinite or has no half is None."""
    return {
        "unit": found.unit,
        "input": found.input,
        "year": found.year,
        "value": [list(part) for part in found.value.parts],
        "forum": found.forum or None,
        "consolidated": [list(part) for part in found.consolidated.parts] if found.forum else None,
        "term": found.term,
        "years": found.years,
        "horizon": found.horizon.text,
        "draws": found.sample.draws,
        "effective": found.sample.effective,
        "lasting": [
            {
                "forum": one.forum,
                "stock": one.stock,
                "halves": {
                    name: finite(value)
                    for name, value in zip(("low", "median", "high"), one.middle, strict=True)
                },
                "never": one.never.data,
                "outlives": one.outlives.data,
                "outlives_before": one.outlives_before.data,
                "empty": one.empty,
                "kept": one.kept.data() if one.kept else None,
                "path": {"years": list(one.path.years), "quantiles": one.path.values.T.tolist()},
            }
            for one in found.lasting
        ],
        "caveats": [caveat.data() for caveat in found.caveats],
    }


def _foregone(found: Persistence, lasting: list[Lasting]) -> list[str]:
    """What was settled before any evidence, one text for each way of the forum and each answer."""
    told: dict[str, list[str]] = {}
    for one in lasting:
        way = f", {found.forum} {one.forum}" if found.forum else ""
        much = "above half" if one.outlives.value > 0.5 else "not above half"
        told.setdefault(f"{much} after {found.term} years{way}", []).append(one.stock)
    return [f"{', '.join(stocks)} {rest}" for rest, stocks in told.items()]


def _share(one: Lasting, value: float, ends: dict[str, float | None]) -> Cell:
    if one.empty == 1 or isnan(value):
        return Cell("", missing=True)
    return Cell(f"{value:.2f}", ends)
