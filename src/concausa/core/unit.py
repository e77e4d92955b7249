"""Units, periods and cases: what is compared."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.core.columns import column
from concausa.core.date import Date


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of comparison: a state, a country, a firm, a programme."""

    id: str = column("id", "Short name used everywhere else, such as NL.", required=True)
    name: str = column("text", "Full name.", required=True)
    iso_3166_2: str = column("text", "Code of ISO 3166-2, such as MX-NLE, when the unit is a territory.")
    role: str = column(
        "choice",
        "core: studied in depth; shadow: looked at briefly; population: the universe they come from.",
        required=True,
        allowed=("core", "shadow", "population"),
    )
    note: str = column("text", "Anything a reader should know.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period of observation with the rule that sets its boundary."""

    id: str = column("id", "Short name, such as 1; a case is called UNIT-PERIOD.", required=True)
    label: str = column("text", "Name for readers.", required=True)
    start: Date = column("date", "First day, month or year.", required=True)
    end: Date = column("date", "Last day, month or year.", required=True)
    rule: str = column("text", "Why the boundary lies here.")

    @property
    def span(self) -> Date:
        """Start and end as one interval."""
        return Date.parse(f"{self.start}/{self.end}")


@dataclass(frozen=True, slots=True)
class Case:
    """A unit in a period: what a row of the comparison is."""

    unit: Unit
    period: Period

    @property
    def id(self) -> str:
        """``NL-1``: unit and period."""
        return f"{self.unit.id}-{self.period.id}"

    def __str__(self) -> str:
        return f"{self.unit.name}, {self.period.label}"
