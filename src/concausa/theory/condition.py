"""A condition or outcome with its ordered levels, and its indicators."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.columns import column


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What is held to matter, or what is to be explained."""

    id: str = column("id", "Short name, such as BQ.", required=True)
    label: str = column("text", "Name for readers.", required=True)
    role: str = column(
        "choice",
        "condition, outcome, moderator, or pattern (an unordered outcome).",
        required=True,
        allowed=("condition", "outcome", "moderator", "pattern"),
    )
    levels: tuple[str, ...] = column("words", "Its levels, lowest first.", required=True)
    definition: str = column("text", "What it means.")
    aggregation: str = column("text", "How indicators make the level; said, not assumed.")
    section: str = column("text", "Where the study's own text defines it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A sign by which a condition's level is judged."""

    id: str = column("id", "Short name, such as BQ.tenure.", required=True)
    condition: str = column("ref", "The condition it informs.", required=True, to=("conditions",))
    label: str = column("text", "Name for readers.", required=True)
    definition: str = column("text", "What is looked at.")
    also: tuple[str, ...] = column(
        "refs", "Other conditions or outcomes that share this sign.", to=("conditions",)
    )
    section: str = column("text", "Where the study's own text names it.")
