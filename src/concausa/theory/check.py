"""A check: how a printed number should follow from other numbers."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.columns import column


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A formula over facts and series, and the printed number it should give."""

    id: str = column("id", "Short name, such as N01.", required=True)
    label: str = column("text", "What is checked, in a reader's words.", required=True)
    group: str = column("text", "Heading under which the report lists it.")
    formula: str = column("text", "Arithmetic over facts, series and numbers.", required=True)
    printed: str = column(
        "ref", "The fact that the formula should give; empty when none is printed.", to=("facts",)
    )
    expected: str = column(
        "text", "A printed number with its unit that is not a row of facts, such as 50 percent."
    )
    missing: str = column("text", "What is missing, when it cannot be computed from the text.")
    section: str = column("text", "Where the study's own text prints it.")
    footnotes: tuple[str, ...] = column("words", "Notes that support it.")
    note: str = column("text", "How the formula was read; what would follow instead.")
