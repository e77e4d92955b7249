"""A prerequisite: one event that another could not have happened without, and why."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.columns import column
from concausa.core.provenance import Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class Prerequisite(Sourced):
    """An answer to the question whether an event could have happened without another.

    It says more than the column ``needed`` of an event: a reason and a source of its own, and how sure
    the answer is. Both are read; a pair may stand in either.
    """

    id: str = column("id", "Short name, such as Q012.", required=True)
    event: str = column("ref", "The event that needed something.", required=True, to=("events",))
    needed: str = column(
        "ref", "The event that it could not have happened without.", required=True, to=("events",)
    )
    answer: str = column(
        "choice",
        "stated: the text says that it could not have happened without; logic: it follows from what the two "
        "are; inferred: the encoder's judgement; contested: doubtful, so it decides nothing; rejected: asked, "
        "and it could have happened without.",
        required=True,
        allowed=("stated", "logic", "inferred", "contested", "rejected"),
    )
    why: str = column("text", "The reason, in the encoder's own words.", required=True)
    least_days: int | None = column(
        "integer", "Least days between their beginnings, where the text gives a time between them."
    )
