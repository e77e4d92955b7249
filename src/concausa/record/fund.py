"""An amount of programme money."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from concausa.core.columns import column
from concausa.core.date import Date
from concausa.core.provenance import Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund(Sourced):
    """A row of funds."""

    id: str = column("id", "Short name, such as F-NL-2005.", required=True)
    unit: str = column("ref", "Unit.", required=True, to=("units",))
    window: Date | None = column("date", "Year or window (EDTF interval).", required=True)
    stakeholder: str = column("text", "Who got or gave it; all when not split.", required=True)
    amount: Decimal | None = column("number", "Amount, with the digits as printed.", required=True)
    currency: str = column("text", "Currency and scale, such as million MXN.", required=True)
    price_basis: str = column(
        "choice", "Nominal or real.", required=True, allowed=("nominal", "real", "not stated")
    )
