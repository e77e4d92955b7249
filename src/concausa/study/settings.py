"""What a study is called, who made it and what it asks: the head of ``study.toml``."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.columns import column


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The ``[study]`` part of ``study.toml``."""

    id: str = column("id", "Short name.", required=True)
    title: str = column("text", "Title.", required=True)
    question: str = column("text", "The question that the study answers.")
    authors: tuple[str, ...] = column("words", "Who made the study.")
    year: int | None = column("integer", "Year of the study.")
    citation: str = column("text", "How to cite it.")
    doi: str = column("text", "DOI of the published study.")
    licence: str = column("text", "Licence of its text and data.")
    language: str = column("choice", "Language it is written in.", allowed=("en", "es"))
    outcome: str = column("ref", "The outcome that is explained.", to=("conditions",))
    pattern: str = column("ref", "The unordered outcome that the typology names, if any.", to=("conditions",))
    level_map: str = column("ref", "The level map used unless another is named.", to=("level_maps",))
    scope: str = column("text", "Where the theory is meant to hold.")
    selection: str = column("text", "Why these cases.")
    note: str = column("text", "Anything a reader should know.")
