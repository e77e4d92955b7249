"""Where a row of a study comes from."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.columns import column


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """The part that every row with a source shares."""

    source: str = column("ref", "Who says so: a row of sources.", to=("sources",))
    locator: str = column("text", "Where in that source: page, sheet, variable.")
    section: str = column("text", "The heading of the study's own text under which this stands.")
    footnotes: tuple[str, ...] = column("words", "Notes of the study's own text that support it.")
    note: str = column("text", "Anything a reader should know.")
