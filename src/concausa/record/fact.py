"""A fact: one number with its unit, as its source prints it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from concausa.core.columns import column
from concausa.core.date import Date
from concausa.core.provenance import Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Sourced):
    """A printed number. Its digits are kept: ``4.30`` is finer than ``4.3``."""

    id: str = column("id", "Short name used in formulas: letters, digits and _.", required=True)
    subject: str = column("text", "What it is a number of, for readers.", required=True)
    unit: str = column("ref", "The unit of comparison it belongs to.", to=("units",))
    measure: str = column("text", "What is measured, one word for one thing: it_firms.", required=True)
    date: Date | None = column("date", "Date or window it speaks of (EDTF).")
    value: Decimal | None = column("number", "The number, with the digits as printed.", required=True)
    measured_in: str = column("text", "Its unit: million MXN, MXN/firm, percent, firm, point.", required=True)
    rounding: str = column(
        "text",
        "Step to which it was rounded; empty: one unit of the last digit printed; exact: not rounded.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A column of an open data file that formulas can look up: ``it_units[NL, 2009]``."""

    id: str = column("id", "Short name used in formulas: letters, digits and _.", required=True)
    label: str = column("text", "Name for readers.", required=True)
    file: str = column("text", "Path of the CSV file inside the study folder.", required=True)
    value: str = column("text", "Column that holds the number.", required=True)
    time: str = column("text", "Column that holds the year, month or date.", required=True)
    unit: str = column("text", "Column that holds the unit; empty for a national series.")
    unit_code: str = column(
        "choice", "How that column names units.", allowed=("id", "iso_3166_2", "inegi_code", "name")
    )
    where: str = column("text", "Rows to keep, such as scian=511210|541510; several with ;.")
    measured_in: str = column("text", "Unit of the number.", required=True)
    source: str = column("ref", "The data set.", required=True, to=("sources",))
    note: str = column("text", "Anything a reader should know.")
