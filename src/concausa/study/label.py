"""A label: how the study's own text names an exhibit."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.columns import column


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """``Table 5`` for the overview of cases: the name under which readers of the text know it."""

    id: str = column(
        "id",
        "The exhibit: overview, property-space, feedback, funds, chronology, interviews …; profiles.CASE "
        "for the profile of one case.",
        required=True,
    )
    label: str = column("text", "Its name in the study's own text, such as Table 5.", required=True)
    note: str = column("text", "What a reader should know, such as that its body was not available.")
