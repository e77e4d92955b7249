"""A coding: a level that somebody gives to a cell, and why."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.columns import column
from concausa.core.provenance import Sourced

PLACES = ("heading", "body", "assessment", "cross-case", "conclusions", "table", "coder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding(Sourced):
    """A row of codings. Several rows for one cell are normal: each is an admissible reading."""

    id: str = column("id", "Short name, such as C017.", required=True)
    unit: str = column("ref", "Unit of the cell.", required=True, to=("units",))
    period: str = column("ref", "Period of the cell.", required=True, to=("periods",))
    condition: str = column("ref", "Condition or outcome of the cell.", required=True, to=("conditions",))
    indicator: str = column("ref", "Set when one indicator is coded, not the whole.", to=("indicators",))
    level: str = column("text", "One of the condition's levels.", required=True)
    printed: str = column("text", "The word as printed, when it differs from the level's name.")
    coder: str = column("text", "Who gives it.", required=True)
    place: str = column("choice", "Where it is printed.", required=True, allowed=PLACES)
    evidence: tuple[str, ...] = column("refs", "Passages that it rests on.", to=("evidence",))
    why: str = column("text", "The reason, in the coder's own words.")
