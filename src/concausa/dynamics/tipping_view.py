"""Tipping values as they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Table

if TYPE_CHECKING:
    from concausa.dynamics.tipping import Curve, Tipping


def headline(found: Tipping) -> str:
    """What was asked."""
    how = (
        f"from {found.year} on"
        if found.lever not in found.sample.model.stock_names
        else f"before {found.year}"
    )
    return f"{found.lever} {how} for {found.aim.text} with probability {found.likely:g}"


def table(found: Tipping) -> Table:
    """A row for each way of the forum."""
    headings = (
        Heading("forum", found.forum or "forum"), Heading("least", f"least {found.lever}", "right"),
        Heading("at_0", "probability at 0", "right"), Heading("at_1", "at 1", "right"),
        Heading("driven", "driven by"),
    )  # fmt: skip
    rows = [
        [
            Cell(curve.forum),
            Cell(curve.told, {"value": curve.least, "low": curve.low, "high": curve.high}),
            Cell(f"{curve.shares[0].value:.2f}", curve.shares[0].data),
            Cell(f"{curve.shares[-1].value:.2f}", curve.shares[-1].data),
            Cell(driven(curve), tone="doubt" if curve.taught and curve.taught.assumed else "plain"),
        ]
        for curve in found.curves
    ]
    return Table.of("tipping", f"Least {headline(found)}", headings, rows, notes=notes(found))


def curve_table(found: Tipping) -> Table:
    """A row for each way of the forum and each value of the lever."""
    headings = (
        Heading("forum", found.forum or "forum"), Heading("value", found.lever, "right"),
        Heading("share", "probability", "right"), Heading("before", "under the prior", "right"),
    )  # fmt: skip
    rows = [
        [
            Cell(curve.forum),
            Cell(f"{value:.2f}", value),
            Cell(f"{share.value:.2f} ({share.low:.2f} to {share.high:.2f})", share.data),
            Cell(f"{before.value:.2f}", before.data),
        ]
        for curve in found.curves
        for value, share, before in zip(curve.values, curve.shares, curve.before, strict=True)
    ]
    return Table.of("tipping-curve", f"Curve of {headline(found)}", headings, rows, notes=notes(found))


def driven(curve: Curve) -> str:
    """Whether the assumptions drive the tipping value."""
    if curve.taught is None:
        return "nothing spreads"
    return "assumptions" if curve.taught.assumed else "evidence too"


def notes(found: Tipping) -> list[str]:
    """What the assumptions drive, how many draws, caveats."""
    lines = [
        f"Assumption-driven: {curve.taught}, forum {curve.forum}."
        for curve in found.curves
        if curve.taught and curve.taught.assumed
    ]
    if found.changes:
        lines.append(f"With {'; '.join(map(str, found.changes))}.")
    own = found.sample
    lines.append(f"{own.draws:,} draws that meet every band, worth {own.effective:,.0f} independent ones.")
    return [*lines, *(f"Caveat: {caveat}." for caveat in found.caveats)]


def memo(found: Tipping) -> str:
    """What one would paste into a memo."""
    told = notes(found)
    defined = {f"Caveat: {caveat}." for caveat in found.caveats if caveat.kind == "by-definition"}
    first = [line for line in told if line.startswith("Assumption-driven") or line in defined]
    lines = [*first, f"Least {headline(found)}"]
    for curve in found.curves:
        way = f"{found.forum} {curve.forum}: " if found.forum else ""
        ends = (
            f"probability {curve.shares[0].value:.2f} at 0, {curve.shares[-1].value:.2f} at 1; before any evidence "
            f"{curve.before[0].value:.2f} and {curve.before[-1].value:.2f}"
        )
        lines.append(f"  {way}{curve.told}; {ends}")
    lines.append("  Probability: the share of the draws, each counting the same.")
    return "\n".join([*lines, *(f"  {line}" for line in told if line not in first)])


def document(found: Tipping) -> dict[str, Any]:
    """Everything as plain JSON values."""
    return {
        "aim": found.aim.text,
        "lever": found.lever,
        "year": found.year,
        "likely": found.likely,
        "changes": [str(change) for change in found.changes],
        "draws": found.sample.draws,
        "effective": found.sample.effective,
        "curves": [
            {
                "forum": curve.forum, "least": curve.least, "low": curve.low, "high": curve.high,
                "told": curve.told, "falls": [list(pair) for pair in curve.falls],
                "values": list(curve.values), "shares": [share.data for share in curve.shares],
                "before": [share.data for share in curve.before],
                "taught": curve.taught.data() if curve.taught else None,
            }
            for curve in found.curves
        ],
        "caveats": [caveat.data() for caveat in found.caveats],
    }  # fmt: skip
