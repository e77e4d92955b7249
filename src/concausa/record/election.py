"""An election of a head of government."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from concausa.core.columns import column
from concausa.core.date import Date
from concausa.core.provenance import Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class Election(Sourced):
    """A contest with winner and runner-up. Two sources of one contest are two rows."""

    id: str = column("id", "Short name, such as V-NL-2003.", required=True)
    unit: str = column("ref", "Unit.", required=True, to=("units",))
    date: Date | None = column("date", "Date, as precise as the source.", required=True)
    winner: str = column("text", "Candidate.")
    winner_party: str = column("text", "Party or ticket.")
    winner_share: Decimal | None = column("share", "Percent of votes.")
    runner_up: str = column("text", "Candidate.")
    runner_up_party: str = column("text", "Party or ticket.")
    runner_up_share: Decimal | None = column("share", "Percent of votes.")
    share_of: str = column(
        "choice", "What the shares are of.", allowed=("total votes", "valid votes", "not stated")
    )
