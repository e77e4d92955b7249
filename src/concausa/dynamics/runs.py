"""Runs: a model simulated over draws, units and years at once.

Within a year the rates are held, so that a stock moves along the exact solution of
``dx/dt = up (1 - x) - down x``: to ``x* + (x - x*) exp(-(up + down))`` with ``x* = up / (up + down)``. It never
leaves 0 to 1, whatever the rates.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from concausa.core.errors import DataError, OptionError
from concausa.dynamics.model import Model
from concausa.dynamics.prior import Points, Prior, prior
from concausa.dynamics.rate import Rate, read_rate, refuse_unknown
from concausa.dynamics.setting import Setting

Values = npt.NDArray[np.float64]

#: How many memberships are worked out at once: what fits into the cache of a processor.
AT_ONCE = 16_384


@dataclass(frozen=True)
class Runs:
    """Simulated years.

    Parameters
    ----------
    model, setting
        What was simulated.
    points : mapping of str to array, each of shape (draws,)
        Where each unknown lies in its range, from 0 to 1.
    stocks : mapping of str to array, each of shape (years, units, draws)
        Their values at the end of each year, in [0, 1]; those of the first year are the starts.
    """

    model: Model
    setting: Setting
    points: Points
    stocks: Mapping[str, Values]

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return int(next(iter(self.stocks.values())).shape[2])

    @cached_property
    def _inputs(self) -> Mapping[str, Sequence[Values]]:
        return courses(self.model, self.setting, values(prior(self.model, self.setting), self.points))

    def of(self, formula: str, *, unit: str | None = None, years: Sequence[int] | None = None) -> Values:
        """What a formula is at the end of each year.

        Parameters
        ----------
        formula : str
            Over any quantities of the model.
        unit : str, optional
            One unit; all if none is named.
        years : sequence of int, optional
            Some years of the setting; all if none are named.

        Returns
        -------
        array of float, shape (years, units, draws), or (years, draws) for one unit

        Raises
        ------
        FormulaError, UnknownNameError
            If the formula cannot be read, or it or the unit names what is not there.
        """
        rate = read_rate(formula)
        refuse_unknown(rate, self.model.symbols, "quantity")
        places = [self._place(year) for year in (self.setting.years if years is None else years)]
        drawn = values(prior(self.model, self.setting), self.points)
        names = self.model.reached(rate.names)
        self._refuse_undrawn(names, drawn)
        at: dict[str, Values] = {
            part.name: _parameter(part.name, part.range.low, drawn) for part in self.model.parameters
        }
        for stock in self.model.stocks:
            if stock.name in names:
                at[stock.name] = self.stocks[stock.name][places]
        for part in self.model.inputs:
            if part.name in names:
                series = self._inputs[part.name]
                width = max(series[place].shape[1] for place in places)
                wide = (len(self.setting.units), width)
                at[part.name] = np.stack([np.broadcast_to(series[place], wide) for place in places])
        for derived in self.model.in_order:
            if derived.name in names:
                at[derived.name] = read_rate(derived.counts).work(at)
        shape = (len(places), len(self.setting.units), self.draws)
        found: Values = np.broadcast_to(rate.work(at), shape)
        return found if unit is None else found[:, self.setting.index(unit)]

    def _refuse_undrawn(self, names: Collection[str], drawn: Mapping[str, Values]) -> None:
        for part in self.model.parameters:
            if part.name in names and part.name not in drawn and not part.range.is_value:
                raise OptionError(
                    f"{part.name} was not drawn, because nothing that is on uses it",
                    fix=f"leave {part.name} out of the formula, or switch on what uses it",
                )

    def _place(self, year: int) -> int:
        if not self.setting.first <= year <= self.setting.last:
            raise OptionError(
                f"{year} was not simulated", fix=f"a year from {self.setting.first} to {self.setting.last}"
            )
        return year - self.setting.first


def simulate(model: Model, setting: Setting, *, draws: int = 1000, seed: int = 0) -> Runs:
    """A model with everything unknown drawn from its ranges.

    Parameters
    ----------
    draws : int
        How many, from 1 on.
    seed : int
        From 0 on; the same seed gives the same runs.

    Raises
    ------
    OptionError, UnknownNameError
        If the setting does not fit the model, or *draws* or *seed* is no whole number in its range.
    DataError
        If a rate falls below 0 or is no number.

    Examples
    --------
    >>> from concausa.dynamics.quantity import Flow, Range, Stock
    >>> fades = Model("fades", (Stock("C", Range.of(0.8, 0.8)),), flows=(Flow("f", "C", False, "0.5"),))
    >>> run = simulate(fades, Setting(("NL",), 2000, 2002), draws=1)
    >>> run.of("C", unit="NL")[:, 0].round(3).tolist()
    [0.8, 0.485, 0.294]
    """
    refuse_count(draws, "draws")
    refuse_seed(seed)
    setting.refuse_misfits(model)
    return rerun(model, setting, prior(model, setting).draw(draws, seed=seed))


def rerun(model: Model, setting: Setting, points: Points) -> Runs:
    """The runs of some points; block by block, so that memory stays small.

    Parameters
    ----------
    points : mapping of str to array, each of shape (draws,)
        A place in [0, 1] for everything that ``prior(model, setting)`` names.
    """
    unknown = prior(model, setting)
    size = len(next(iter(points.values()))) if points else 1
    wide = max(1, AT_ONCE // len(setting.units))
    shape = (len(setting.years), len(setting.units), size)
    stocks = {stock.name: np.empty(shape) for stock in model.stocks}
    for start in range(0, size, wide):
        part = {name: points[name][start : start + wide] for name in unknown.names}
        found = run_block(model, setting, unknown, part)
        for name, whole in stocks.items():
            whole[:, :, start : start + wide] = found[name]
    return Runs(model, setting, points, stocks)


def run_block(model: Model, setting: Setting, unknown: Prior, points: Points) -> Mapping[str, Values]:
    """The stocks of one block of draws, each of shape (years, units, draws)."""
    drawn = values(unknown, points)
    size = len(next(iter(points.values()))) if points else 1
    inputs = courses(model, setting, drawn)
    moves = _moves(model, setting, drawn)
    parameters = {part.name: _parameter(part.name, part.range.low, drawn) for part in model.parameters}
    flows = [
        (
            stock.name,
            [read_rate(flow.rate) for flow in model.flows_on if flow.stock == stock.name and flow.raises],
            [read_rate(flow.rate) for flow in model.flows_on if flow.stock == stock.name and not flow.raises],
        )
        for stock in model.stocks
        if any(flow.stock == stock.name for flow in model.flows_on)
    ]
    derived = [(part.name, read_rate(part.counts)) for part in model.in_order if part.name in model.used]
    years = {stock.name: np.empty((len(setting.years), len(setting.units), size)) for stock in model.stocks}
    now: dict[str, Values] = {}
    for stock in model.stocks:
        now[stock.name] = np.stack([
            np.broadcast_to(_start(setting, stock.name, stock.start.low, unit, drawn), size)
            for unit in setting.units
        ])  # fmt: skip
    for place, year in enumerate(setting.years):
        if place:
            at: dict[str, Values] = {**parameters, **now}
            for name, series in inputs.items():
                at[name] = series[place]
            for name, rate in derived:
                at[name] = rate.work(at)
            for stock_name, up, down in flows:
                now[stock_name] = _moved(now[stock_name], _sum(up, at, year), _sum(down, at, year))
            if model.noise:
                for stock in model.stocks:
                    now[stock.name] = _shaken(now[stock.name], model, setting, stock.name, year, drawn)
        for happening_first, happening_last, unit_place, stock_name, value, when in moves:
            if happening_first <= year <= happening_last:
                level = value if when is None else np.where(when == year, value, 0.0)
                row = np.maximum(now[stock_name][unit_place], level)
                now[stock_name] = now[stock_name].copy()
                now[stock_name][unit_place] = row
        for name, whole in years.items():
            whole[place] = now[name]
    return years


def values(unknown: Prior, points: Points) -> dict[str, Values]:
    """From places to values."""
    return {item.name: item.value(points[item.name]) for item in unknown.unknowns}


def courses(model: Model, setting: Setting, drawn: Mapping[str, Values]) -> Mapping[str, list[Values]]:
    """Every input by year, each of shape (units, draws), or (units, 1) where it is known."""
    found: dict[str, list[Values]] = {}
    for item in model.inputs:
        rows: list[list[Values]] = [[np.zeros(1) for _ in setting.units] for _ in setting.years]
        for course in setting.courses:
            if course.input == item.name:
                value = drawn[course.name] if course.name in drawn else np.array([course.value.low])
                for year in range(course.first, course.last + 1):
                    rows[year - setting.first][setting.index(course.unit)] = value
        for one in setting.happenings:
            place = setting.index(one.unit)
            moved = one.kind == "move" and model.intervention(one.of).moves == item.name
            if moved or (one.kind != "move" and one.of == item.name):
                value = _intervened(model, one.of, drawn) if moved else np.ones(1)
                when = drawn.get(f"year of {one.name}") if one.first < one.last else None
                last = one.last if one.kind == "pulse" else setting.last
                for year in range(one.first, last + 1):
                    row = rows[year - setting.first]
                    if when is None:
                        row[place] = value
                    elif one.kind == "pulse":
                        row[place] = np.where(when == year, value, row[place])
                    else:
                        row[place] = np.where(when <= year, value, row[place])
        found[item.name] = [_joined(row) for row in rows]
    return found


def _joined(row: Sequence[Values]) -> Values:
    width = max(len(value) for value in row)
    return np.stack([np.broadcast_to(value, width) for value in row])


def _moves(
    model: Model, setting: Setting, drawn: Mapping[str, Values]
) -> list[tuple[int, int, int, str, Values, Values | None]]:
    found = []
    for one in setting.happenings:
        if one.kind == "move" and (target := model.intervention(one.of).moves) in model.stock_names:
            when = drawn[f"year of {one.name}"] if one.first < one.last else None
            value = _intervened(model, one.of, drawn)
            found.append((one.first, one.last, setting.index(one.unit), target, value, when))
    return found


def _intervened(model: Model, name: str, drawn: Mapping[str, Values]) -> Values:
    text = model.intervention(name).value
    for part in model.parameters:
        if part.name == text:
            return _parameter(text, part.range.low, drawn)
    return np.array([float(text)])


def _parameter(name: str, otherwise: float, drawn: Mapping[str, Values]) -> Values:
    return drawn[name] if name in drawn else np.array([otherwise])


def _start(setting: Setting, stock: str, low: float, unit: str, drawn: Mapping[str, Values]) -> Values:
    name = f"{stock} of {unit} in {setting.first}"
    if name in drawn:
        return drawn[name]
    own = setting.starts.get((unit, stock))
    return np.array([low if own is None else own.low])


def _sum(rates: Sequence[Rate], at: Mapping[str, Values], year: int) -> Values | float:
    total: Values | float = 0.0
    for rate in rates:
        with np.errstate(all="ignore"):
            one = rate.work(at)
        if not (least := np.min(one)) >= 0 or np.max(one) == np.inf:
            told = "no finite number" if least >= 0 or least != least else f"{least:.3g}"
            raise DataError(
                f"the rate {rate.text} is {told} in {year}",
                where="a rate is a hazard a year, from 0 on",
                fix="write max(0, …) around what may fall below 0, or change the ranges",
            )
        total = total + one
    return total


def _moved(x: Values, up: Values | float, down: Values | float) -> Values:
    total = np.asarray(up + down)
    gone = -np.expm1(-total)
    share = np.divide(gone, total, out=np.ones_like(total), where=total > 0)
    found: Values = x + (np.asarray(up) * share - x * gone)
    return np.minimum(np.maximum(found, 0.0), 1.0)


def _shaken(
    x: Values, model: Model, setting: Setting, stock: str, year: int, drawn: Mapping[str, Values]
) -> Values:
    shaken = x + model.noise * np.stack(
        [drawn[f"noise of {stock} in {unit}, {year}"] for unit in setting.units]
    )
    # What would leave 0 to 1 is thrown back from the border it meets.
    folded: Values = 1.0 - np.abs(1.0 - np.abs(shaken) % 2.0)
    return folded


def refuse_count(value: object, what: str) -> None:
    """OptionError unless *value* is a whole number from 1 on."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise OptionError(f"{what} is {value!r}", fix="a whole number from 1 on")


def refuse_seed(seed: object) -> None:
    """OptionError unless *seed* is a whole number from 0 on."""
    if not isinstance(seed, int) or isinstance(seed, bool) or seed < 0:
        raise OptionError(f"seed is {seed!r}", fix="a whole number from 0 on")
