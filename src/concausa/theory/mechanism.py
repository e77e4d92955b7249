"""A mechanism: how one thing in the study brings about another."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.columns import column


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism:
    """An arrow of the feedback graph."""

    id: str = column("id", "Short name, such as M1.", required=True)
    label: str = column("text", "Name for readers.", required=True)
    cause: tuple[str, ...] = column("words", "Nodes where the arrow starts.", required=True)
    effect: tuple[str, ...] = column("words", "Nodes where it ends.", required=True)
    sign: str = column(
        "choice",
        "+ raises, - lowers, gate lets pass or blocks.",
        required=True,
        allowed=("+", "-", "gate"),
    )
    origin: str = column(
        "choice",
        "figure: described for the study's own graph; text: argued elsewhere in it; derived: seen in "
        "its evidence only.",
        allowed=("figure", "text", "derived"),
    )
    expect: str = column("text", "What one should see if it works.")
    section: str = column("text", "Where the study's own text argues it.")
    note: str = column("text", "Anything a reader should know.")

    @property
    def arrows(self) -> tuple[tuple[str, str], ...]:
        """From every cause to every other node that it ends in."""
        return tuple((cause, effect) for cause in self.cause for effect in self.effect if cause != effect)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node of the feedback graph that is not a condition."""

    id: str = column("id", "Short name used in mechanisms.", required=True)
    label: str = column("text", "Name for readers.", required=True)
