"""Envelopes: between what values the middle half and nine in ten draws lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from concausa.core.table import Cell, Heading, Table

Values = npt.NDArray[np.float64]

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A quantity over years.

    Parameters
    ----------
    name, unit : str
        What of whom.
    years : tuple of int
    values : array of float, shape (5, years)
        The values below which 5, 25, 50, 75 and 95 % of the draws lie.
    """

    name: str
    unit: str
    years: tuple[int, ...]
    values: Values

    def at(self, year: int) -> tuple[float, float, float, float, float]:
        """The five values of a year; ValueError if it is none of its years."""
        low, lower, middle, upper, high = (float(value) for value in self.values[:, self.years.index(year)])
        return low, lower, middle, upper, high


def envelope(name: str, unit: str, years: Sequence[int], values: Values) -> Envelope:
    """The envelope of values of shape (years, draws)."""
    return Envelope(name, unit, tuple(years), np.quantile(values, QUANTILES, axis=1))


def ends(values: Values) -> tuple[float, float, float]:
    """The median and the ends of the middle nine tenths: (low, median, high)."""
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
    return float(low), float(middle), float(high)


def table(found: Sequence[Envelope]) -> Table:
    """Unit, stock and year, with the five values."""
    names = ("5 %", "25 %", "median", "75 %", "95 %")
    headings = (
        Heading("unit", "unit"), Heading("stock", "stock"), Heading("year", "year", "right"),
        *(Heading(name, name, "right") for name in names),
    )  # fmt: skip
    rows = [
        [
            Cell(one.unit),
            Cell(one.name),
            Cell(str(year), year),
            *(Cell(f"{value:.2f}", value) for value in one.at(year)),
        ]
        for one in found
        for year in one.years
    ]
    return Table.of("envelopes", "Stocks over the years", headings, rows)
