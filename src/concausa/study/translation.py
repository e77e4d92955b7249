"""A translation of one text of a study."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.columns import column


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One text of the study in another language; what has none is shown as written."""

    id: str = column(
        "text",
        "TABLE.ROW.COLUMN of the text, such as evidence.E017.summary; or word.TEXT for a text that stands "
        "in many rows.",
        required=True,
    )
    language: str = column("choice", "Language of the translation.", required=True, allowed=("en", "es"))
    text: str = column("text", "The translation.", required=True)
