"""An organisation, and who was in it when."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.columns import column
from concausa.core.date import Date
from concausa.core.provenance import Sourced

KINDS = (
    "sectoral association",
    "encompassing chamber",
    "cluster",
    "council",
    "public unit",
    "ministry",
    "programme",
    "firm",
    "university",
    "other",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Sourced):
    """A body with its life dates."""

    id: str = column("id", "Short name, such as C-Soft.", required=True)
    name: str = column("text", "Full name.", required=True)
    unit: str = column("ref", "Where it works; empty for a national body.", to=("units",))
    kind: str = column("choice", "What it is.", required=True, allowed=KINDS)
    founded: Date | None = column("date", "When it was founded or opened there.")
    ended: Date | None = column("date", "When it was dissolved or merged.")
    became: str = column("ref", "What it merged or turned into.", to=("organisations",))
    sponsor: str = column("text", "Who pays or houses it.")
    staff: str = column("text", "Staff and office, as far as the text says.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Sourced):
    """Who was in a body: one member, or a number of them."""

    id: str = column("id", "Short name.", required=True)
    organisation: str = column("ref", "The body.", required=True, to=("organisations",))
    member: str = column("text", "Who: an organisation's id, or a class such as firms.", required=True)
    start: Date | None = column("date", "From.")
    end: Date | None = column("date", "To.")
    number: int | None = column("integer", "How many, when a class is meant.")
