"""The plan of a simulation: all that does not change from draw to draw, worked out once.

Within a year the rates are held, so that a stock moves along the exact solution of
``dx/dt = up (1 - x) - down x``: to ``x* + (x - x*) exp(-(up + down))`` with ``x* = up / (up + down)``. It never
leaves 0 to 1, whatever the rates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from concausa.core.errors import DataError
from concausa.dynamics.model import Model
from concausa.dynamics.prior import Points, Prior, prior
from concausa.dynamics.rate import Rate, read_rate
from concausa.dynamics.setting import Course, Happening, Setting

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Plan:
    """How the runs of a model in a setting are worked out."""

    model: Model
    setting: Setting

    @cached_property
    def prior(self) -> Prior:
        """What is drawn."""
        return prior(self.model, self.setting)

    def run(self, points: Points) -> dict[str, Values]:
        """The stocks at the end of each year.

        Parameters
        ----------
        points : mapping of str to array, each of shape (draws,)
            A place in [0, 1] for all that is drawn.

        Returns
        -------
        mapping of str to array, each of shape (years, units, draws)

        Raises
        ------
        DataError
            If a rate falls below 0 or is no finite number.
        """
        size = len(next(iter(points.values()))) if points else 1
        drawn = self.values(points)
        inputs = self.inputs(drawn)
        fixed = {part.name: self.parameter(part.name, drawn) for part in self.model.parameters}
        years = {
            stock.name: np.empty((len(self.setting.years), len(self.setting.units), size))
            for stock in self.model.stocks
        }
        now: dict[str, Values] = {}
        for stock in self.model.stocks:
            now[stock.name] = years[stock.name][0]
            for place, unit in enumerate(self.setting.units):
                now[stock.name][place] = self._start(stock.name, unit, stock.start.low, drawn)
        with np.errstate(all="ignore"):
            for place, year in enumerate(self.setting.years):
                if place:
                    at: dict[str, Values] = {**fixed, **now}
                    at |= {name: whole[place] for name, whole in inputs.items()}
                    for name, rate in self._derived:
                        at[name] = rate.work(at)
                    for name, whole in years.items():
                        up, down = self._moving[name]
                        now[name] = whole[place]
                        _advance(at[name], _sum(up, at, year), _sum(down, at, year), now[name])
                        if self.model.noise:
                            now[name][:] = self._shaken(now[name], name, year, drawn)
                for one, unit_place, stock_name in self._moves:
                    if one.first <= year <= one.last:
                        level = self._level(one.of, drawn)
                        row = now[stock_name][unit_place]
                        moved = level if self.model.intervention(one.of).exactly else np.maximum(row, level)
                        if one.first < one.last:
                            moved = np.where(drawn[f"year of {one.name}"] == year, moved, row)
                        row[:] = moved
        for name, whole in years.items():
            if not np.isfinite(whole[-1]).all():
                raise DataError(
                    f"{name} is no finite number",
                    fix="look for a division by what may be 0 in the formulas that move it",
                )
        return years

    def values(self, points: Points) -> dict[str, Values]:
        """From places in [0, 1] to values, for all that is drawn."""
        return {item.name: item.value(points[item.name]) for item in self.prior.unknowns}

    def inputs(self, drawn: Mapping[str, Values]) -> dict[str, Values]:
        """Every input, of shape (years, units, draws), or (years, units, 1) where it is known."""
        return {item.name: self._input(item.name, drawn) for item in self.model.inputs}

    def parameter(self, name: str, drawn: Mapping[str, Values]) -> Values:
        """A parameter: as drawn, of shape (draws,), or the one value that it may have, of shape (1,)."""
        return drawn[name] if name in drawn else self._known[name]

    @cached_property
    def _known(self) -> Mapping[str, Values]:
        return {part.name: np.array([part.range.low]) for part in self.model.parameters}

    @cached_property
    def _derived(self) -> tuple[tuple[str, Rate], ...]:
        used = self.model.used
        return tuple((part.name, read_rate(part.counts)) for part in self.model.in_order if part.name in used)

    @cached_property
    def _moving(self) -> Mapping[str, tuple[tuple[Rate, ...], tuple[Rate, ...]]]:
        """For each stock the rates that raise it and those that lower it."""

        def rates(stock: str, raises: bool) -> tuple[Rate, ...]:
            on = self.model.flows_on
            return tuple(read_rate(flow.rate) for flow in on if (flow.stock, flow.raises) == (stock, raises))

        return {name: (rates(name, True), rates(name, False)) for name in self.model.stock_names}

    @cached_property
    def _moves(self) -> tuple[tuple[Happening, int, str], ...]:
        """What is done to stocks: when, in which unit, to which."""
        return tuple(
            (one, self.setting.index(one.unit), target)
            for one in self.setting.happenings
            if one.kind == "move"
            and (target := self.model.intervention(one.of).moves) in self.model.stock_names
        )

    def _input(self, name: str, drawn: Mapping[str, Values]) -> Values:
        courses = [course for course in self.setting.courses if course.input == name]
        happenings = [
            one
            for one in self.setting.happenings
            if name == (self.model.intervention(one.of).moves if one.kind == "move" else one.of)
        ]
        levels = {one: self._level(one.of, drawn) if one.kind == "move" else np.ones(1) for one in happenings}
        parts = [drawn[course.name] for course in courses if course.name in drawn]
        parts += [drawn[f"year of {one.name}"] for one in happenings if one.first < one.last]
        size = max((len(part) for part in (*parts, *levels.values())), default=1)
        found = np.zeros((len(self.setting.years), len(self.setting.units), size))
        self._lay(found, (course for course in courses if not course.held), drawn)
        for one, level in levels.items():
            place = self.setting.index(one.unit)
            last = one.last if one.kind == "pulse" else self.setting.last
            if one.first == one.last:
                found[one.first - self.setting.first : last - self.setting.first + 1, place] = level
                continue
            when = drawn[f"year of {one.name}"]
            for year in range(one.first, last + 1):
                row = found[year - self.setting.first, place]
                here = when == year if one.kind == "pulse" else when <= year
                row[:] = np.where(here, level, row)
        self._lay(found, (course for course in courses if course.held), drawn)
        return found

    def _lay(self, found: Values, courses: Iterable[Course], drawn: Mapping[str, Values]) -> None:
        """Write courses into the values of their input, of shape (years, units, draws)."""
        for course in courses:
            span = slice(course.first - self.setting.first, course.last - self.setting.first + 1)
            found[span, self.setting.index(course.unit)] = drawn.get(course.name, course.value.low)

    def _level(self, intervention: str, drawn: Mapping[str, Values]) -> Values:
        value = self.model.intervention(intervention).value
        return self.parameter(value, drawn) if value in self._known else np.array([float(value)])

    def _start(self, stock: str, unit: str, low: float, drawn: Mapping[str, Values]) -> Values | float:
        name = f"{stock} of {unit} in {self.setting.first}"
        own = self.setting.starts.get((unit, stock))
        return drawn.get(name, low if own is None else own.low)

    def _shaken(self, x: Values, stock: str, year: int, drawn: Mapping[str, Values]) -> Values:
        units = self.setting.units
        noise = np.stack([drawn[f"noise of {stock} in {unit}, {year}"] for unit in units])
        # What would leave 0 to 1 is thrown back from the border it meets.
        folded: Values = 1.0 - np.abs(1.0 - np.abs(x + self.model.noise * noise) % 2.0)
        return folded


def _sum(rates: Sequence[Rate], at: Mapping[str, Values], year: int) -> Values | float:
    total: Values | float = 0.0
    for rate in rates:
        one = rate.work(at)
        if not (least := float(one.min())) >= 0:
            raise DataError(
                f"the rate {rate.text} is {f'{least:.3g}' if least < 0 else 'no number'} in {year}",
                where="a rate is a hazard a year, from 0 on",
                fix="write max(0, …) around what may fall below 0, or change the ranges",
            )
        total = total + one
    return total


def _advance(x: Values, up: Values | float, down: Values | float, out: Values) -> None:
    total = np.asarray(up + down)
    gone = -np.expm1(-total)
    share = np.divide(gone, total, out=np.ones_like(total), where=total > 0)
    np.add(x, up * share - x * gone, out=out)
    np.clip(out, 0.0, 1.0, out=out)
