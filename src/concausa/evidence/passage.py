"""A passage: what one source says on one point, and what that bears on."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.columns import column
from concausa.core.date import Date
from concausa.core.provenance import Sourced

DIRECTIONS = ("high", "low", "mixed", "none")
TESTS = ("hoop", "smoking gun", "straw in the wind", "doubly decisive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage(Sourced):
    """A row of evidence."""

    id: str = column("id", "Short name, such as E017.", required=True)
    unit: str = column("ref", "The unit it speaks of; empty when it speaks of all.", to=("units",))
    period: str = column("ref", "The period it is used for.", to=("periods",))
    date: Date | None = column("date", "The date it speaks of (EDTF).")
    about: tuple[str, ...] = column(
        "refs", "Conditions and indicators whose level it informs.", to=("conditions", "indicators")
    )
    direction: str = column(
        "choice", "Which way it pulls the level: high, low, mixed, or none.", allowed=DIRECTIONS
    )
    supports: tuple[str, ...] = column(
        "refs", "Mechanisms, claims and rivals that it speaks for.", to=("mechanisms", "claims", "rivals")
    )
    opposes: tuple[str, ...] = column(
        "refs", "Mechanisms, claims and rivals that it speaks against.", to=("mechanisms", "claims", "rivals")
    )
    test: str = column("choice", "Kind of evidential test, when one is argued.", allowed=TESTS)
    found: str = column(
        "choice",
        "found, or searched: looked for and not there.",
        allowed=("found", "searched, nothing found"),
    )
    summary: str = column("text", "What it says, in the coder's own words.", required=True)
