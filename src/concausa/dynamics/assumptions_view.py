"""Assumptions swept, as they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Table
from concausa.dynamics.removed_view import share
from concausa.dynamics.share import finite, times

if TYPE_CHECKING:
    from concausa.dynamics.assumptions import Priors, Tilt, Tolerances
    from concausa.dynamics.summary import Summary


def tolerance_table(found: Tolerances) -> Table:
    """A row a tolerance."""
    headings = [
        Heading("tolerance", "tolerance", "right"),
        Heading("share", "admits", "right"),
        Heading("times", "times the first", "right"),
        Heading("range", "its range", "right"),
    ]
    if found.outcome:
        headings += _outcome(found.outcome)
    rows = []
    for step in found.steps:
        gone = not step.times.value >= 0
        cells = [
            Cell(f"{step.tolerance:g}", step.tolerance),
            Cell(share(step.share.value), step.share.value),
            Cell("" if gone else times(step.times.value), step.times.value, missing=gone),
            Cell("" if gone else f"{times(step.times.low)} to {times(step.times.high)}", missing=gone),
        ]
        rows.append([*cells, *_told(step.headline)] if found.outcome else cells)
    notes = [f"Caveat: {caveat}." for caveat in found.caveats]
    return Table.of("tolerances", f"{found.model} with wider bands", headings, rows, notes=notes)


def tolerance_memo(found: Tolerances) -> str:
    """How much more is admitted, and what becomes of the outcome."""
    first, last = found.steps[0], found.steps[-1]
    line = f"With bands wider by {last.tolerance:g} on both sides {share(last.share.value)} of the prior is admitted"
    line += f", {times(last.times.value)} times as much." if last.times.value >= 0 else "."
    lines = [line]
    if first.headline and last.headline and not first.headline.is_empty:
        lines.append(
            f"{found.outcome} goes from {first.headline.mean:.2f} ({first.headline.range})"
            f" to {last.headline.mean:.2f} ({last.headline.range})."
        )
    return "\n".join([*lines, *(f"Caveat: {caveat}." for caveat in found.caveats)])


def tolerance_data(found: Tolerances) -> dict[str, Any]:
    """Everything in it as plain JSON values."""
    return {
        "model": found.model,
        "outcome": found.outcome or None,
        "steps": [
            {
                "tolerance": step.tolerance,
                "share": step.share.data,
                "times": step.times.data,
                "effective": finite(step.effective),
                "headline": step.headline.data() if step.headline else None,
            }
            for step in found.steps
        ],
        "caveats": [caveat.data() for caveat in found.caveats],
    }


def prior_table(found: Priors) -> Table:
    """A row a prior."""
    headings = [
        Heading("unknown", "unknown"),
        Heading("shape", "prior on its range"),
        Heading("times", "admits, times as declared", "right"),
        Heading("effective", "draws worth", "right"),
    ]
    if found.outcome:
        headings += _outcome(found.outcome)
    rows = []
    for one in found.tilts:
        cells = [
            Cell(one.unknown),
            Cell(one.shape),
            Cell(f"{one.times:.2f}", one.times),
            Cell(f"{one.effective:.0f}", one.effective, tone="doubt" if one.withheld else "plain"),
        ]
        rows.append([*cells, *_told(one.headline)] if found.outcome else cells)
    notes = []
    if found.as_declared:
        notes.append(f"As declared: {found.as_declared.mean:.2f} ({found.as_declared.range}).")
    notes += [f"Caveat: {caveat}." for caveat in found.caveats]
    return Table.of("priors", f"{found.model} under other priors", headings, rows, notes=notes)


def prior_memo(found: Priors) -> str:
    """The extremes that the outcome takes."""
    lines = []
    if found.extremes and found.as_declared and not found.as_declared.is_empty:
        least, most = found.extremes
        lines.append(
            f"{found.outcome} is {found.as_declared.mean:.2f} under the prior as declared; other priors on the same"
            f" ranges take it from {_extreme(least)} to {_extreme(most)}."
        )
    elif found.tilts:
        best = max(found.tilts, key=lambda one: one.times)
        lines.append(
            f"The evidence fits best with {best.unknown} as {best.shape} (admits {best.times:.2f} times as much)."
        )
    return "\n".join([*lines, *(f"Caveat: {caveat}." for caveat in found.caveats)])


def prior_data(found: Priors) -> dict[str, Any]:
    """Everything in it as plain JSON values."""
    return {
        "model": found.model,
        "outcome": found.outcome or None,
        "as_declared": found.as_declared.data() if found.as_declared else None,
        "priors": [
            {
                "unknown": one.unknown,
                "shape": one.shape,
                "times": one.times,
                "effective": one.effective,
                "withheld": one.withheld,
                "headline": one.headline.data() if one.headline else None,
            }
            for one in found.tilts
        ],
        "caveats": [caveat.data() for caveat in found.caveats],
    }


def _extreme(one: Tilt) -> str:
    assert one.headline is not None
    return f"{one.headline.mean:.2f} ({one.unknown} as {one.shape})"


def _outcome(name: str) -> list[Heading]:
    return [Heading("headline", name, "right"), Heading("headline_range", "its range", "right")]


def _told(headline: Summary | None) -> list[Cell]:
    if headline is None or headline.is_empty:
        return [Cell("", missing=True), Cell("", missing=True)]
    return [Cell(f"{headline.mean:.2f}", headline.mean), Cell(headline.range, [headline.low, headline.high])]
