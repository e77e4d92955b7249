"""A covariate: what units are compared by before they are studied."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from concausa.core.columns import column
from concausa.core.provenance import Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class CovariateSpec(Sourced):
    """A property of every unit that could be studied, from printed numbers or an open data series.

    Either ``values`` names facts, or ``series`` and ``time`` name a column of open data. A unit for
    which there is no number has none; none is ever filled in.
    """

    id: str = column("id", "Short name, such as population.", required=True)
    label: str = column("text", "Name for readers, with what is measured and when.", required=True)
    short: str = column("text", "One or two words for it, for tables with little room.")
    kind: str = column(
        "choice",
        "How two units are compared by it: numeric; log: by ratios; ordinal; binary (0 or 1); category.",
        required=True,
        allowed=("numeric", "log", "ordinal", "binary", "category"),
    )
    role: str = column(
        "choice",
        "match: similarity is judged by it; exact: pairs must agree on it; outcome and cause: pairs should "
        "differ on it; beside: shown only.",
        required=True,
        allowed=("match", "exact", "outcome", "cause", "beside"),
    )
    values: tuple[str, ...] = column(
        "words", "Printed numbers as UNIT=FACT or UNIT=FACT+FACT (a sum); a unit without one has none."
    )
    series: str = column("ref", "The series that gives the values instead of facts.", to=("series",))
    time: str = column("text", "Which year, month or date of it; a window of years, as 1999/2003, is summed.")
    pick: str = column(
        "choice", "at: the value at that time; latest: the last one not after it.", allowed=("at", "latest")
    )
    since: str = column("text", "When set: the change in percent from this time to that.")
    per: str = column("ref", "A series of the same time to divide by, such as population.", to=("series",))
    times: Decimal | None = column(
        "number", "What the ratio is multiplied by: 100000 for each 100,000 people."
    )
    withheld: Decimal | None = column(
        "number", "The number that the file writes where it tells nothing, such as 0 for small cells."
    )
    levels: tuple[str, ...] = column("words", "Of an ordinal covariate: its levels in rising order.")
    measured_in: str = column("text", "Unit of the value.")
    rival: str = column("ref", "The rival explanation whose cause it is.", to=("rivals",))
    why: str = column("text", "Why units should be compared by it.")
