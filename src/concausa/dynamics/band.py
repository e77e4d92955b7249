"""A band: what the runs of a model must meet to be admitted, from a coded level or a dated event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from concausa.core.errors import DataError, OptionError
from concausa.dynamics.model import Model
from concausa.dynamics.rate import read_rate, refuse_unknown
from concausa.dynamics.runs import Runs
from concausa.dynamics.setting import Setting

Values = npt.NDArray[np.float64]
Reading = Literal["mean", "last", "every", "some"]


@dataclass(frozen=True, slots=True)
class Band:
    """Where something must lie in a unit over some years.

    Parameters
    ----------
    id : str
        Unique, such as ``NL-1.BC``.
    unit : str
    formula : str
        What is held against the band, over quantities of the model; a membership in 0 to 1.
    first, last : int
        Years, both included.
    low, high : float in [0, 1]
        Both ends belong to it.
    reading : str
        How several years become one value: their ``mean``, the ``last``; or ``every`` or ``some`` year must
        lie in the band.
    item : str
        The piece of evidence that it belongs to: a case such as ``NL-1``, or an event. Bands of one item
        are left out together.
    options : tuple of (name, low, high)
        Narrower bands of single readings, where the evidence admits several.
    label : str
        For readers.

    Raises
    ------
    OptionError
        If it lies outside 0 to 1, is upside down, or its reading is none.
    """

    id: str
    unit: str
    formula: str
    first: int
    last: int
    low: float = 0.0
    high: float = 1.0
    reading: Reading = "mean"
    item: str = ""
    options: tuple[tuple[str, float, float], ...] = ()
    label: str = ""

    def __post_init__(self) -> None:
        for name, low, high in (("", self.low, self.high), *self.options):
            told = f"the band {self.id}" + (f", {name}," if name else "")
            if not (0 <= low <= 1 and 0 <= high <= 1):
                raise OptionError(f"{told} runs from {low:g} to {high:g}", fix="memberships lie in 0 to 1")
            if low > high:
                raise OptionError(f"{told} runs from {low:g} to {high:g}", fix="put the lower end first")
        if self.reading not in ("mean", "last", "every", "some"):
            raise OptionError(
                f"{self.reading!r} is no reading of the band {self.id}", fix="mean, last, every or some"
            )
        if self.first > self.last:
            raise OptionError(f"the band {self.id} runs from {self.first} to {self.last}", fix="turn them")

    @property
    def evidence(self) -> str:
        """The item that it belongs to; its own id if it names none."""
        return self.item or self.id

    def refuse_misfits(self, model: Model, setting: Setting) -> None:
        """UnknownNameError, FormulaError or OptionError if it does not fit a model and its setting."""
        setting.index(self.unit)
        refuse_unknown(read_rate(self.formula), model.symbols, "quantity")
        if not (setting.first <= self.first and self.last <= setting.last):
            raise OptionError(
                f"the band {self.id} lies in {self.first} to {self.last}",
                fix=f"give years from {setting.first} to {setting.last}",
            )


def told(band: Band, runs: Runs) -> Values:
    """The one value of every run that is held against a band, shape (draws,).

    Of *every* year the one that lies farthest from the middle of the band, of *some* year the nearest; an option
    of such a band may have another farthest or nearest year.

    Raises
    ------
    DataError
        If it is no number in some run.
    """
    first = band.last if band.reading == "last" else band.first
    years = runs.of(band.formula, unit=band.unit, years=range(first, band.last + 1))
    if np.isnan(years).any():
        raise DataError(
            f"{band.formula} is no number in {band.unit} in some runs", where=f"band {band.id}",
            fix="look for a division of 0 by 0",
        )  # fmt: skip
    if band.reading == "last":
        last: Values = years[0]
        return last
    if band.reading == "mean":
        mean: Values = years.mean(axis=0)
        return mean
    off = np.abs(years - (band.low + band.high) / 2)
    place = off.argmax(axis=0) if band.reading == "every" else off.argmin(axis=0)
    chosen: Values = np.take_along_axis(years, place[None], axis=0)[0]
    return chosen


def outside(value: Values, low: float, high: float) -> Values:
    """How far values lie outside a band; 0 within it. What rounding moves does not count."""
    beyond: Values = np.maximum(np.maximum(low - value, value - high), 0.0)
    return np.where(beyond < 1e-12, 0.0, beyond)


def refuse_bands(bands: Sequence[Band], model: Model, setting: Setting) -> None:
    """Every band must fit, and have an id of its own."""
    seen: set[str] = set()
    for band in bands:
        if band.id in seen:
            raise OptionError(f"two bands are called {band.id}", fix="give each an id of its own")
        seen.add(band.id)
        band.refuse_misfits(model, setting)
