"""Structures beside the full model, as they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Table
from concausa.dynamics.removed_view import share

if TYPE_CHECKING:
    from concausa.dynamics.ablation import Ablation
    from concausa.dynamics.variant import Trial


def table(found: Ablation) -> Table:
    """What is switched first, then placebos; within each, what admits least first."""
    trials = [*_sorted(found.switched), *_sorted(found.placebos)]
    notes = [f"The full model admits {share(found.share.value)} of its prior."]
    notes += [f"{name} is not switched: {why}." for name, why in found.unswitched]
    notes += [f"Caveat: {caveat}." for caveat in found.caveats]
    title = f"{found.model} with each part switched"
    return trials_table("ablation", title, trials, outcome=found.outcome, notes=notes)


def trials_table(
    name: str, title: str, trials: Sequence[Trial], *, outcome: str, notes: Sequence[str]
) -> Table:
    """A row a variant: what it admits, beside the full model, and the outcome if there is one."""
    headings = [
        Heading("variant", "variant"),
        Heading("share", "admits", "right"),
        Heading("ratio", "times the full model", "right"),
        Heading("range", "its range", "right"),
    ]
    if outcome:
        headings.append(Heading("headline", outcome, "right"))
    headings.append(Heading("word", ""))
    rows = [_row(one, outcome) for one in trials]
    return Table.of(name, title, headings, rows, notes=notes)


def memo(found: Ablation) -> str:
    """Which parts the evidence speaks for, which against, and where it is silent."""
    lines = []
    judged = [one for one in found.switched if not one.why]
    for one in _sorted(judged):
        if one.differs:
            lines.append(f"{one.name}: {one.word}{_range(one)}.")
    if silent := [one.name for one in judged if one.ratio.value >= 0 and not one.differs]:
        lines.append(f"No difference that these draws can show: {', '.join(silent)}.")
    for one in found.placebos:
        lines.append(f"Placebo, {one.name}: {one.word}.")
    for one in found.switched:
        if one.why:
            lines.append(f"{one.name} {one.word}.")
    return "\n".join([*lines, *(f"Caveat: {caveat}." for caveat in found.caveats)])


def data(found: Ablation) -> dict[str, Any]:
    """Everything in it as plain JSON values."""
    return {
        "model": found.model,
        "share": found.share.data,
        "switched": [one.data() for one in found.switched],
        "placebos": [one.data() for one in found.placebos],
        "unswitched": [{"name": name, "why": why} for name, why in found.unswitched],
        "outcome": found.outcome or None,
        "caveats": [caveat.data() for caveat in found.caveats],
    }


def _sorted(trials: Sequence[Trial]) -> list[Trial]:
    return sorted(trials, key=lambda one: one.ratio.value if one.ratio.value >= 0 else float("inf"))


def _range(one: Trial) -> str:
    if not one.ratio.value > 0:
        return ""
    return f" (ratio {one.ratio.value:.2g}, {one.ratio.low:.2g} to {one.ratio.high:.2g})"


def _row(one: Trial, outcome: str) -> list[Cell]:
    gone = not one.ratio.value >= 0
    cells = [
        Cell(one.name),
        Cell("" if one.why else share(one.share.value), one.share.value, missing=bool(one.why)),
        Cell("" if gone else f"{one.ratio.value:.2g}", one.ratio.value, missing=gone),
        Cell("" if gone else f"{one.ratio.low:.2g} to {one.ratio.high:.2g}", missing=gone),
    ]
    if outcome:
        lacks = one.headline is None or one.headline.is_empty
        cells.append(Cell("" if one.headline is None else f"{one.headline.mean:.2f}", missing=lacks))
    return [*cells, Cell(one.short, one.word, tone="doubt" if one.why else "plain")]
