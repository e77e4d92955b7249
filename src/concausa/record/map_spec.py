"""A map: which territories are shaded by which numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from concausa.core.columns import column
from concausa.core.provenance import Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSpec(Sourced):
    """A map of the study's units, shaded by printed numbers or by an open data series.

    Either ``values`` names facts, or ``series`` and ``time`` name a column of open data. A unit for
    which there is no number stays unshaded; none is ever filled in.
    """

    id: str = column("id", "Short name, such as funds-map.", required=True)
    label: str = column("text", "Title for readers, with what is measured and when.", required=True)
    geometry: str = column(
        "text", "GeoJSON file with the boundaries, inside the study folder.", required=True
    )
    key: str = column(
        "text", "Property of its features that names the unit, such as iso_3166_2.", required=True
    )
    unit_code: str = column(
        "choice", "How that property names units.", required=True, allowed=("id", "iso_3166_2", "name")
    )
    values: tuple[str, ...] = column(
        "words", "Printed numbers as UNIT=FACT or UNIT=FACT+FACT (a sum); a unit without one has none."
    )
    remarks: tuple[str, ...] = column(
        "words", "UNIT=WORDS for a unit of which something is said without a number."
    )
    series: str = column("ref", "The series that is shown instead of facts.", to=("series",))
    time: str = column("text", "Which year, month or date of it; a window of years, as 2004/2015, is summed.")
    since: str = column("text", "When set: the change in percent from this time to that.")
    per: str = column("ref", "A series of the same time to divide by, such as population.", to=("series",))
    times: Decimal | None = column(
        "number", "What the ratio is multiplied by: 100000 for each 100,000 people."
    )
    measured_in: str = column("text", "Unit of what is shown.", required=True)
    breaks: tuple[str, ...] = column(
        "words", "Where one class ends and the next begins, rising; empty: five classes of similar size."
    )
    more: str = column(
        "choice",
        "Whether a higher number is shaded stronger, or a lower one (ranks).",
        allowed=("higher", "lower"),
    )
