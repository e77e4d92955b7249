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

from concausa.core.errors import DataError, OptionError
from concausa.core.nearest import some
from concausa.dynamics.model import Model
from concausa.dynamics.prior import Points, Prior, prior
from concausa.dynamics.quantity import Range
from concausa.dynamics.rate import Rate, read_rate
from concausa.dynamics.reach import Reach, reach
from concausa.dynamics.setting import Course, Happening, Setting
from concausa.expr.formula import parse

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

    def run(self, drawn: Mapping[str, Values], into: Mapping[str, Values]) -> None:
        """Work out the stocks at the end of each year.

        Parameters
        ----------
        drawn : mapping of str to array, each of shape (draws,)
            The values of all that is drawn; see ``values``.
        into : mapping of str to array, each of shape (years, units, draws)
            Where the stocks are written.

        Raises
        ------
        DataError
            If a rate falls below 0 or is no finite number.
        """
        inputs = {
            item.name: self.input(item.name, drawn) for item in self.model.inputs if item.name in self.flowing
        }
        fixed = {
            part.name: self.parameter(part.name, drawn)
            for part in self.model.parameters
            if part.name in self.flowing
        }
        self.begin({name: whole[0] for name, whole in into.items()}, drawn)
        with np.errstate(all="ignore"):
            for place, year in enumerate(self.setting.years):
                now = {name: whole[place] for name, whole in into.items()}
                if place:
                    at: dict[str, Values] = {
                        **fixed,
                        **{name: whole[place - 1] for name, whole in into.items()},
                    }
                    at |= {name: whole[place] for name, whole in inputs.items()}
                    for name, rate in self._derived:
                        at[name] = rate.work(at)
                    for name, out in now.items():
                        up, down = self._moving[name]
                        advance(at[name], _sum(up, at, year), _sum(down, at, year), out)
                self.jolt(now, place, drawn)

    def begin(self, into: Mapping[str, Values], drawn: Mapping[str, Values]) -> None:
        """Write where each stock starts, each of shape (units, draws)."""
        for stock in self.model.stocks:
            for place, unit in enumerate(self.setting.units):
                into[stock.name][place] = self._start(stock.name, unit, stock.start, drawn)

    def jolt(self, now: Mapping[str, Values], place: int, drawn: Mapping[str, Values]) -> None:
        """Disturb the stocks of a year, each of shape (units, draws), and do to them what is done in it."""
        year = self.setting.years[place]
        if place and self.model.noise:
            for name, row in now.items():
                row[:] = self._shaken(row, name, year, drawn)
        for one, unit_place, stock_name in self._moves:
            if one.first <= year <= one.last:
                level = self._level(one.of, drawn)
                row = now[stock_name][unit_place]
                moved = level if self.model.intervention(one.of).exactly else np.maximum(row, level)
                if one.first < one.last:
                    moved = np.where(drawn[f"year of {one.name}"] == year, moved, row)
                row[:] = moved

    def values(self, points: Points) -> dict[str, Values]:
        """From places in [0, 1] to values, for all that is drawn; OptionError if some have no place."""
        lacking = [name for name in self.prior.names if name not in points]
        if lacking:
            raise OptionError(
                f"the points have no place for {some(lacking)}", fix="complete them: Prior.completed"
            )
        return {item.name: item.value(points[item.name]) for item in self.prior.unknowns}

    def input(self, name: str, drawn: Mapping[str, Values]) -> Values:
        """An input, of shape (years, units, draws), or (years, units, 1) where it is known."""
        if self.rests[name]:
            return self._input(name, drawn)
        if name not in self._constant:
            self._constant[name] = self._input(name, drawn)
        return self._constant[name]

    def parameter(self, name: str, drawn: Mapping[str, Values]) -> Values:
        """A parameter: as drawn, of shape (draws,), or the one value that it may have, of shape (1,)."""
        return drawn[name] if self.rests[name] else self._known[name]

    @cached_property
    def rests(self) -> Mapping[str, tuple[str, ...]]:
        """Which unknowns each parameter and input rests on, whether they are drawn or not."""
        found: dict[str, tuple[str, ...]] = {
            part.name: () if part.range.is_value else (part.name,) for part in self.model.parameters
        }  # fmt: skip
        for item in self.model.inputs:
            courses, happenings = self._bearing[item.name]
            names = [course.name for course in courses if not course.value.is_value]
            names += [f"year of {one.name}" for one in happenings if one.first < one.last]
            for one in happenings:
                names += found.get(self.model.intervention(one.of).value, ()) if one.kind == "move" else ()
            found[item.name] = tuple(dict.fromkeys(names))
        return found

    @cached_property
    def structure(self) -> object:
        """What plans have in common that can be run together; None if this one has to be run alone.

        A flow that is off in one of them is worked out and counted 0 times there, so every rate must be bounded.
        """
        model, setting = self.model, self.setting
        flows = tuple((flow.stock, flow.raises, flow.rate) for flow in model.flows)
        if not all(self._is_bounded(rate) for _, _, rate in flows):
            return None
        derived = tuple((part.name, part.counts) for part in model.in_order)
        names = (*(part.name for part in model.parameters), "", *(part.name for part in model.inputs))
        return (model.stock_names, names, derived, flows, setting.units, setting.first, setting.last)

    @cached_property
    def _known(self) -> Mapping[str, Values]:
        return {part.name: np.array([part.range.low]) for part in self.model.parameters}

    @cached_property
    def _constant(self) -> dict[str, Values]:
        return {}

    @cached_property
    def _bearing(self) -> Mapping[str, tuple[tuple[Course, ...], tuple[Happening, ...]]]:
        """The courses and happenings that bear on each input, in order."""

        def of(one: Happening) -> str:
            return self.model.intervention(one.of).moves if one.kind == "move" else one.of

        return {
            item.name: (
                tuple(course for course in self.setting.courses if course.input == item.name),
                tuple(one for one in self.setting.happenings if of(one) == item.name),
            )
            for item in self.model.inputs
        }

    @cached_property
    def flowing(self) -> frozenset[str]:
        """All that the flows which are on rest on."""
        rates = (read_rate(flow.rate) for flow in self.model.flows_on)
        return self.model.reached(name for rate in rates for name in rate.names)

    @cached_property
    def _derived(self) -> tuple[tuple[str, Rate], ...]:
        return tuple(
            (part.name, read_rate(part.counts)) for part in self.model.in_order if part.name in self.flowing
        )

    @cached_property
    def _moving(self) -> Mapping[str, tuple[tuple[tuple[Rate, bool], ...], tuple[tuple[Rate, bool], ...]]]:
        """For each stock the rates that raise it and those that lower it, and whether each is surely bounded."""

        def rates(stock: str, raises: bool) -> tuple[tuple[Rate, bool], ...]:
            texts = (
                flow.rate for flow in self.model.flows_on if (flow.stock, flow.raises) == (stock, raises)
            )
            return tuple((read_rate(text), self._is_bounded(text)) for text in texts)

        return {name: (rates(name, True), rates(name, False)) for name in self.model.stock_names}

    def _is_bounded(self, rate: str) -> bool:
        """Whether a rate lies between 0 and some number whatever its quantities are."""
        found = reach(parse(rate), self._reaches)
        return found.low >= 0 and found.high < np.inf

    @cached_property
    def _reaches(self) -> Mapping[str, Reach]:
        within = Reach.within(Range.of(0, 1))
        names = (*self.model.stock_names, *(item.name for item in self.model.inputs))
        found = {**dict.fromkeys(names, within)}
        found |= {part.name: Reach.within(part.range) for part in self.model.parameters}
        for part in self.model.in_order:
            found[part.name] = reach(parse(part.counts), found)
        return found

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
        courses, happenings = self._bearing[name]
        size = max((len(drawn[part]) for part in self.rests[name]), default=1)
        found = np.zeros((len(self.setting.years), len(self.setting.units), size))
        self._lay(found, (course for course in courses if not course.held), drawn)
        for one in happenings:
            level = self._level(one.of, drawn) if one.kind == "move" else np.ones(1)
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
            value = course.value.low if course.value.is_value else drawn[course.name]
            found[span, self.setting.index(course.unit)] = value

    def _level(self, intervention: str, drawn: Mapping[str, Values]) -> Values:
        value = self.model.intervention(intervention).value
        return self.parameter(value, drawn) if value in self._known else np.array([float(value)])

    def _start(self, stock: str, unit: str, whole: Range, drawn: Mapping[str, Values]) -> Values | float:
        name = f"{stock} of {unit} in {self.setting.first}"
        own = self.setting.starts.get((unit, stock), whole)
        return own.low if own.is_value else drawn[name]

    def _shaken(self, x: Values, stock: str, year: int, drawn: Mapping[str, Values]) -> Values:
        units = self.setting.units
        noise = np.stack([drawn[f"noise of {stock} in {unit}, {year}"] for unit in units])
        # What would leave 0 to 1 is thrown back from the border it meets.
        folded: Values = 1.0 - np.abs(1.0 - np.abs(x + self.model.noise * noise) % 2.0)
        return folded


def _sum(rates: Sequence[tuple[Rate, bool]], at: Mapping[str, Values], year: int) -> Values:
    """All rates together; each that is not bounded beforehand is looked at."""
    total: Values | None = None
    for rate, bounded in rates:
        one = rate.work(at)
        if not bounded and not (least := float(one.min(initial=0.0))) >= 0:
            raise DataError(
                f"the rate {rate.text} is {f'{least:.3g}' if least < 0 else 'no number'} in {year}",
                where="a rate is a hazard a year, from 0 on",
                fix="write max(0, …) around what may fall below 0, or change the ranges",
            )
        total = one if total is None else total + one
    if total is None:
        return np.zeros(1)
    if not all(bounded for _, bounded in rates) and not total.max(initial=0.0) < np.inf:
        raise DataError(
            f"the rates {some([rate.text for rate, _ in rates])} have no end in {year}",
            fix="look for a division by what may be 0 in the formulas that move it",
        )
    return total


def advance(x: Values, up: Values, down: Values, out: Values) -> None:
    """A year of a stock under rates that raise it and that lower it, written to *out*."""
    # x exp(-total) + up (1 - exp(-total)) / total, which is the same and holds where total is 0 too.
    total = np.atleast_1d(up + down)
    kept = np.negative(total)
    np.exp(kept, out=kept)
    gone = np.subtract(1.0, kept)
    np.maximum(total, 1e-300, out=total)
    gone /= total
    np.add(x * kept, up * gone, out=out)
    np.minimum(out, 1.0, out=out)
