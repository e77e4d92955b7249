"""An event structure as it is printed: a memo, a table of needs, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concausa.core.table import Cell, Heading, Link, Table

if TYPE_CHECKING:
    from concausa.tracing.structure import EventStructure

#: Events whose falling is told in a memo.
_TOLD = 5


def needs_table(structure: EventStructure) -> Table:
    """Every need with its answer and reason; those that others imply say so."""
    through = {(one.event, one.needed): one.through for one in structure.redundant}
    rows = []
    for need in (*structure.needs, *structure.contested):
        by = through.get((need.event, need.needed), "")
        rows.append(
            [
                _event(need.event),
                _event(need.needed),
                Cell(need.answer, tone="plain" if need.holds else "doubt"),
                Cell(" ".join(need.why), missing=not need.why),
                _event(by) if by else Cell(""),
            ]
        )
    headings = (
        Heading("event", "event"),
        Heading("needed", "needed"),
        Heading("answer", "answer"),
        Heading("why", "why"),
        Heading("through", "implied through"),
    )
    return Table.of("needs", "What could not have happened without what", headings, rows)


def memo(structure: EventStructure) -> str:
    """What one would paste into a memo."""
    joined = len(structure.events) - len(structure.isolated)
    alone = len(structure.isolated)
    are, stand = "is" if joined == 1 else "are", "stands" if alone == 1 else "stand"
    lines = [
        f"Event structure: {counted(structure)}; {_number(joined, 'event')} {are} joined, {alone} {stand} alone"
    ]
    for title, ids in (("starts from", structure.roots), ("ends in", structure.leaves)):
        if ids:
            lines.append(f"  {title} {', '.join(ids)}")
    for id, number in structure.most_needed()[:_TOLD]:
        could = "this could not have happened" if number == 1 else f"these {number} could not have happened"
        lines.append(f"  without {id} {could}: {', '.join(structure.falls_without(id))}")
    for circle in structure.circles:
        lines.append(f"  circle: {', '.join(circle)} needed each other")
    if structure.redundant:
        told = (f"{one.event} needed {one.needed} (through {one.through})" for one in structure.redundant)
        lines.append(f"  implied by other needs: {'; '.join(told)}")
    if structure.contested:
        told = (f"{need.event} needed {need.needed}" for need in structure.contested)
        lines.append(f"  contested, and left out: {'; '.join(told)}")
    lines.append("  All of this follows from the declared needs alone; it does not show that they are right.")
    return "\n".join(lines)


def counted(structure: EventStructure) -> str:
    """How many events and needs."""
    return f"{_number(len(structure.events), 'event')}, {_number(len(structure.needs), 'need')}"


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def data(structure: EventStructure) -> dict[str, Any]:
    """Everything in it as plain JSON values."""
    return {
        "events": list(structure.events),
        "needs": [need.data() for need in structure.needs],
        "contested": [need.data() for need in structure.contested],
        "redundant": [
            {"event": one.event, "needed": one.needed, "through": one.through} for one in structure.redundant
        ],
        "roots": list(structure.roots),
        "leaves": list(structure.leaves),
        "isolated": list(structure.isolated),
        "levels": structure.levels,
        "circles": [list(circle) for circle in structure.circles],
        "falls_without": {id: list(structure.falls_without(id)) for id, _ in structure.most_needed()},
    }


def _event(id: str) -> Cell:
    return Cell(id, links=(Link("events", id),))
