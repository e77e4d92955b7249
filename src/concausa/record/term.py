"""An office term: who held which office, from when to when."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.columns import column
from concausa.core.date import Date
from concausa.core.provenance import Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Sourced):
    """A row of terms."""

    id: str = column("id", "Short name, such as T-NL-gov-2003.", required=True)
    unit: str = column("ref", "Unit; empty for a national office.", to=("units",))
    office: str = column(
        "text", "president, governor, minister of economic development, unit director …", required=True
    )
    holder: str = column("text", "Who; a public office holder, never an interviewee.", required=True)
    party: str = column("text", "Party, as an abbreviation.")
    start: Date | None = column("date", "From (EDTF); empty when the text does not say.")
    end: Date | None = column("date", "To (EDTF); empty when the text does not say.")
    education: str = column("text", "Highest education and field, as far as the text says.")
    experience: str = column("text", "Earlier career, as far as the text says.")
    ended: str = column("text", "How the term ended.")
