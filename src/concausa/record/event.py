"""A dated event."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.columns import column
from concausa.core.date import Date
from concausa.core.provenance import Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Sourced):
    """A row of events."""

    id: str = column("id", "Short name, such as V017.", required=True)
    unit: str = column("ref", "Unit; empty for a national event.", to=("units",))
    date: Date | None = column("date", "When (EDTF); empty when the text does not say.")
    title: str = column("text", "What happened, in the encoder's own words.", required=True)
    actors: tuple[str, ...] = column("words", "Who took part.")
    mechanisms: tuple[str, ...] = column("refs", "Mechanisms it bears on.", to=("mechanisms",))
    needed: tuple[str, ...] = column(
        "refs",
        "Events it could not have happened without; with reasons they stand in prerequisites.",
        to=("events",),
    )
    cause_of: tuple[str, ...] = column(
        "refs", "Mechanisms of which it shows the cause at work.", to=("mechanisms",)
    )
    effect_of: tuple[str, ...] = column(
        "refs", "Mechanisms of which it shows the effect.", to=("mechanisms",)
    )
