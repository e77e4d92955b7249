"""The influence of unknowns on an outcome, as it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Table
from concausa.dynamics.share import finite

if TYPE_CHECKING:
    from concausa.dynamics.influence import Indices, Influence

#: How many unknowns a memo names.
_NAMED = 5

_WHERE = {"prior": "prior", "admitted": "admitted draws"}


def table(found: Influence) -> Table:
    """A row an unknown, the strongest first."""
    headings = (
        Heading("unknown", "unknown"),
        Heading("value", "partial rank correlation", "right"),
        Heading("range", "its range", "right"),
        Heading("word", ""),
    )
    rows = []
    for pull in found.pulls:
        gone = pull.value != pull.value
        shown = "" if gone or pull.shows else "not told from 0"
        rows.append([
            Cell(pull.unknown),
            Cell("" if gone else f"{pull.value:+.2f}", pull.value, missing=gone),
            Cell("" if gone else f"{pull.low:+.2f} to {pull.high:+.2f}", [pull.low, pull.high], missing=gone),
            Cell(shown, tone="quiet"),
        ])  # fmt: skip
    notes = [f"Worth {found.effective:,.0f} independent draws."]
    if not found.varies:
        notes.append("There the outcome does not vary, or nothing is admitted.")
    notes += [f"Caveat: {caveat}." for caveat in found.caveats]
    title = f"What {found.outcome.name} turns on, over the {_WHERE[found.over]}"
    return Table.of("influence", title, headings, rows, notes=notes)


def memo(found: Influence) -> str:
    """The strongest pulls in one sentence."""
    shown = [pull for pull in found.pulls if pull.counts]
    if not found.effective:
        line = f"Over the {_WHERE[found.over]}, nothing can be said of what {found.outcome.name} turns on."
    elif not found.varies:
        line = f"Over the {_WHERE[found.over]}, {found.outcome.name} does not vary."
    elif not shown:
        line = (
            f"Over the {_WHERE[found.over]}, {found.outcome.name} turns on nothing that these draws can show."
        )
    else:
        told = ", ".join(f"{pull.unknown} ({pull.value:+.2f})" for pull in shown[:_NAMED])
        line = f"Over the {_WHERE[found.over]}, {found.outcome.name} turns most on {told}."
    return "\n".join([line, *(f"Caveat: {caveat}." for caveat in found.caveats)])


def data(found: Influence) -> dict[str, Any]:
    """Everything in it as plain JSON values."""
    return {
        "outcome": found.outcome.name,
        "over": found.over,
        "effective": found.effective,
        "varies": found.varies,
        "unknowns": [
            {"name": pull.unknown, "value": finite(pull.value), "low": pull.low, "high": pull.high}
            for pull in found.pulls
        ],
        "caveats": [caveat.data() for caveat in found.caveats],
    }


def index_table(found: Indices) -> Table:
    """A row an unknown, the greatest total first."""
    headings = (
        Heading("unknown", "unknown"),
        Heading("first", "alone", "right"),
        Heading("first_range", "its range", "right"),
        Heading("total", "in all", "right"),
        Heading("total_range", "its range", "right"),
    )
    rows = [
        [
            Cell(one.unknown),
            Cell(f"{one.first.value:.2f}", one.first.value),
            Cell(f"{one.first.low:.2f} to {one.first.high:.2f}"),
            Cell(f"{one.total.value:.2f}", one.total.value),
            Cell(f"{one.total.low:.2f} to {one.total.high:.2f}"),
        ]
        for one in found.indices
    ]
    notes = [
        f"{found.runs:,} runs over the prior; shares of the variance, which what unknowns do together exceeds."
    ]
    if not found.varies:
        notes.append("The outcome does not vary over the prior.")
    title = f"Where the variance of {found.outcome.name} comes from"
    return Table.of("indices", title, headings, rows, notes=notes)


def index_memo(found: Indices) -> str:
    """The greatest shares in one sentence."""
    if not found.varies:
        return f"Over the prior, {found.outcome.name} does not vary."
    told = ", ".join(
        f"{one.unknown} ({max(one.total.value, 0):.0%}, alone {max(one.first.value, 0):.0%})"
        for one in found.indices[:_NAMED]
    )
    return f"Over the prior, the variance of {found.outcome.name} comes from {told}."


def index_data(found: Indices) -> dict[str, Any]:
    """Everything in it as plain JSON values."""
    return {
        "outcome": found.outcome.name,
        "runs": found.runs,
        "varies": found.varies,
        "unknowns": [
            {"name": one.unknown, "first": one.first.data, "total": one.total.data} for one in found.indices
        ],
    }
