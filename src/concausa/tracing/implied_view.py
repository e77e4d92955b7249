"""Implied days as they are printed: a memo, a table of spans, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Link, Table
from concausa.tracing.implied_days import day, path_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concausa.tracing.implied_days import ImpliedDays, Span


def spans_table(days: ImpliedDays) -> Table:
    """Events × own date, first and last day on which each can have begun, and the chains that say so."""
    headings = (
        Heading("event", "event"),
        Heading("date", "date"),
        Heading("first", "began on or after"),
        Heading("last", "began on or before"),
        Heading("after", "because it needed"),
        Heading("before", "and was needed by"),
    )
    rows = [
        [
            _event(span.event),
            _text(days.events[span.event].date),
            _text(day(span.first)),
            _text(day(span.last)),
            _events([need.needed for need in span.after]),
            _events([need.event for need in span.before]),
        ]
        for span in days.spans.values()
    ]
    return Table.of(
        "implied-days", "Days on which events can have begun", headings, rows, notes=_conflicts(days)
    )


def memo(days: ImpliedDays) -> str:
    """What one would paste into a memo: the days that needs add, and what contradicts."""
    lines = [f"Implied days: {len(days.events)} events, {len(days.sharpened)} dated more closely by needs"]
    lines += [f"  {_sharpened(days, span)}" for span in days.sharpened]
    lines += [f"  {told}" for told in _conflicts(days)]
    return "\n".join(lines)


def data(days: ImpliedDays) -> dict[str, Any]:
    """Everything in it as plain JSON values."""
    return {
        "spans": [span.data() for span in days.spans.values()],
        "conflicts": [found.data() for found in days.conflicts],
    }


def _sharpened(days: ImpliedDays, span: Span) -> str:
    reasons = [path_text(chain) for chain in (span.after, tuple(reversed(span.before))) if chain]
    return (
        f"{span.event} ({days.events[span.event].date or 'no date'}): {span.text}, for {'; '.join(reasons)}"
    )


def _conflicts(days: ImpliedDays) -> list[str]:
    return [f"Cannot all be right: {found.what}" for found in days.conflicts]


def _text(value: object) -> Cell:
    return Cell("", missing=True) if value is None else Cell(str(value))


def _event(id: str) -> Cell:
    return Cell(id, links=(Link("events", id),))


def _events(ids: Sequence[str]) -> Cell:
    return Cell(", ".join(ids), list(ids), tuple(Link("events", id) for id in ids))
