"""The corner at which a unit stands in a year: its coded levels and its inputs at 0 or 1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from concausa.audit.dynamic_bands import period_years
from concausa.audit.dynamic_levels import Levels
from concausa.audit.dynamic_study import StudyDynamics
from concausa.core.errors import OptionError
from concausa.core.nearest import some
from concausa.dynamics.runs import Runs, simulate
from concausa.sets.membership import CROSSOVER
from concausa.study.study import Study

#: Most corners that what is open may come to, and draws of the prior that tell of inputs.
MOST, DRAWS = 8, 500


@dataclass(frozen=True, slots=True)
class UnitCorner:
    """One corner at which a unit may be said to stand.

    Parameters
    ----------
    unit : str
    year : int
    stocks, inputs : mapping of str to int
        0 or 1; a pulse is 0, since none happens every year.
    open : tuple of str
        Stocks and inputs that could as well be on the other side; each has corners of both.
    case : str
        Whose coded levels were read; empty if the year lies in no period.
    """

    unit: str
    year: int
    stocks: Mapping[str, int]
    inputs: Mapping[str, int]
    open: tuple[str, ...]
    case: str

    @property
    def text(self) -> str:
        """Where the corner comes from, in words; what it is stands in ``stocks`` and ``inputs``."""
        told = f"{self.unit} in {self.year}" + (f", as coded for {self.case}" if self.case else "")
        if not self.open:
            return told
        return f"{told}; {', '.join(self.open)} may lie on either side of 1/2, so that both are tried"

    def data(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "unit": self.unit, "year": self.year, "case": self.case or None, "stocks": dict(self.stocks),
            "inputs": dict(self.inputs), "open": list(self.open),
        }  # fmt: skip


def unit_corners(
    study: Study,
    dynamics: StudyDynamics,
    unit: str,
    year: int | None = None,
    *,
    held: Mapping[str, int] | None = None,
    level_map: str | None = None,
    boundary: int | None = None,
    readings: Mapping[str, str] | None = None,
    seed: int = 0,
) -> tuple[UnitCorner, ...]:
    """The corners at which a unit may be said to stand.

    A stock is on the side of 1/2 on which its coded level lies, an input on that on which the record leaves it; what
    lies on the border, or on either side, is tried on both.

    Parameters
    ----------
    year : int, optional
        The last of the first period unless given.
    held : mapping of str to 0 or 1, optional
        Stocks and inputs that are taken so, whatever is coded.
    level_map, boundary, readings, seed
        As the model was matched with them.

    Raises
    ------
    OptionError
        If the year is not simulated, or too much is open.
    UnknownNameError
        If there is no such unit.
    """
    setting, model = dynamics.everywhere, dynamics.model
    setting.index(unit)
    spans = period_years(study, boundary)
    if year is None:
        last = min((span.stop - 1 for span in spans.values()), default=setting.first)
        year = min(max(last, setting.first), setting.last)
    if year not in setting.years:
        raise OptionError(
            f"{year} was not simulated", fix=f"give a year from {setting.first} to {setting.last}"
        )
    runs = simulate(model, setting.of((unit,)), draws=DRAWS, seed=seed)
    levels = Levels(study, level_map or "", readings or {})
    period = next((id for id, span in spans.items() if year in span), "")
    case = f"{unit}-{period}" if period else ""
    given = held or {}
    pulses = {row.name for row in study.dynamic_quantities if row.model == model.name and row.kind == "pulse"}
    sides = {}
    for stock in model.stocks:
        coded = levels.of_case(study.case(case), stock.condition) if case and stock.condition else {}
        found = _sides_of([sum(band) / 2 for band in coded.values()]) if coded else None
        sides[stock.name] = found or _sides(runs, stock.name, unit, year)
    for part in model.inputs:
        sides[part.name] = (0,) if part.name in pulses else _sides(runs, part.name, unit, year)
    sides = {name: (given[name],) if name in given else both for name, both in sides.items()}
    undecided = tuple(name for name, both in sides.items() if len(both) > 1)
    if 2 ** len(undecided) > MOST:
        raise OptionError(
            f"{unit} may stand at {2 ** len(undecided)} corners in {year}: {some(undecided)} are open",
            fix=f"say on which side they are, such as {undecided[0]}=0",
        )
    return tuple(_corners(unit, year, sides, model.stock_names, undecided, case))


def _corners(
    unit: str, year: int, sides: Mapping[str, tuple[int, ...]], stocks: tuple[str, ...],
    undecided: tuple[str, ...], case: str,
) -> Iterator[UnitCorner]:  # fmt: skip
    for chosen in product(*sides.values()):
        at = dict(zip(sides, chosen, strict=True))
        own = {name: at.pop(name) for name in stocks}
        yield UnitCorner(unit, year, own, at, undecided, case)


def _sides(runs: Runs, name: str, unit: str, year: int) -> tuple[int, ...]:
    """On which sides some runs lie; 0 for an input that nothing reads."""
    try:
        values = runs.of(name, unit=unit, years=(year,))[0]
    except OptionError:
        return (0,)
    return _sides_of([float(value) for value in values])


def _sides_of(values: list[float]) -> tuple[int, ...]:
    above = any(value > CROSSOVER for value in values)
    below = any(value < CROSSOVER for value in values)
    if above == below:
        return (0, 1)
    return (1,) if above else (0,)
