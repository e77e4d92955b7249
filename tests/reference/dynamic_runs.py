"""A dynamic model the slow way: draw by draw, year by year, unit by unit, with plain numbers.

Written from what the declarations say of themselves, not from how the runs are worked out.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from concausa.dynamics.band import Band
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Range
from concausa.dynamics.setting import Setting
from concausa.expr import boolean
from concausa.expr.formula import Call, Minus, Name, Number, Operation, parse

_read = functools.lru_cache(parse)


def worked(text: str, look: Callable[[str], float]) -> float:
    """A formula of plain numbers."""

    def at(part: Any) -> float:
        match part:
            case Number(value):
                return float(value)
            case Name(name):
                return look(name)
            case Minus(inner):
                return -at(inner)
            case Call("abs", (only,)):
                return abs(at(only))
            case Call("mean", parts):
                return sum(at(one) for one in parts) / len(parts)
            case Call(function, parts):
                values = [at(one) for one in parts]
                return min(values) if function == "min" else max(values) if function == "max" else sum(values)
            case Operation("+", left, right):
                return at(left) + at(right)
            case Operation("-", left, right):
                return at(left) - at(right)
            case Operation("*", left, right):
                return at(left) * at(right)
            case Operation("/", left, right):
                return at(left) / at(right)
        raise AssertionError(part)

    return at(_read(text))


def standing_at(range: Range, place: float) -> float:
    """The value at a place: parts as likely as they are wide, single values only where nothing is wide."""
    wide = [(low, high) for low, high in range.parts if high > low]
    if not wide:
        singles = [low for low, _ in range.parts]
        return singles[min(int(place * len(singles)), len(singles) - 1)]
    total = sum(high - low for low, high in wide)
    left = place * total
    for low, high in wide[:-1]:
        if left < high - low:
            return low + left
        left -= high - low
    return wide[-1][0] + left


class Run:
    """One draw of a model in a setting, from its places in [0, 1)."""

    def __init__(self, model: Model, setting: Setting, places: Mapping[str, float]) -> None:
        self.model, self.setting, self.places = model, setting, places
        self.stocks: dict[tuple[str, str, int], float] = {}
        for unit in setting.units:
            for stock in model.stocks:
                start = setting.starts.get((unit, stock.name), stock.start)
                self.stocks[stock.name, unit, setting.first] = self._drawn(
                    f"{stock.name} of {unit} in {setting.first}", start
                )
        for year in setting.years:
            if year > setting.first:
                self._advance(year)
            self._move(year)

    def of(self, formula: str, unit: str, year: int) -> float:
        """A formula at the end of a year."""
        return worked(formula, lambda name: self._quantity(name, unit, year, year))

    def _drawn(self, name: str, range: Range) -> float:
        return range.low if range.is_value else standing_at(range, self.places[name])

    def _year(self, happening: Any) -> int:
        if happening.first == happening.last:
            return int(happening.first)
        years = range(happening.first, happening.last + 1)
        return years[min(int(self.places[f"year of {happening.name}"] * len(years)), len(years) - 1)]

    def _level(self, name: str) -> float:
        one = self.model.intervention(name)
        for parameter in self.model.parameters:
            if parameter.name == one.value:
                return self._drawn(parameter.name, parameter.range)
        return float(one.value)

    def _input(self, name: str, unit: str, year: int) -> float:
        value = self._course(name, unit, year, held=False) or 0.0
        for one in self.setting.happenings:
            moved = self.model.intervention(one.of).moves if one.kind == "move" else one.of
            if (one.unit, moved) != (unit, name):
                continue
            then = self._year(one)
            if then == year or (then < year and one.kind != "pulse"):
                value = self._level(one.of) if one.kind == "move" else 1.0
        held = self._course(name, unit, year, held=True)
        return value if held is None else held

    def _course(self, name: str, unit: str, year: int, *, held: bool) -> float | None:
        """The value of the last course that speaks of a year; None if none does."""
        value = None
        for course in self.setting.courses:
            if (course.input, course.unit, course.held) == (
                name,
                unit,
                held,
            ) and course.first <= year <= course.last:
                value = self._drawn(course.name, course.value)
        return value

    def _quantity(self, name: str, unit: str, year: int, stocks_of: int) -> float:
        """A quantity with the inputs of one year and the stocks at the end of another."""
        if name in self.model.stock_names:
            return self.stocks[name, unit, stocks_of]
        for parameter in self.model.parameters:
            if parameter.name == name:
                return self._drawn(name, parameter.range)
        for derived in self.model.derived:
            if derived.name == name:
                formula = derived.without if derived.off else derived.formula
                return worked(formula, lambda part: self._quantity(part, unit, year, stocks_of))
        return self._input(name, unit, year)

    def _advance(self, year: int) -> None:
        for unit in self.setting.units:
            for stock in self.model.stock_names:
                up, down = self._rate(stock, True, unit, year), self._rate(stock, False, unit, year)
                x = self.stocks[stock, unit, year - 1]
                if up + down > 0:
                    goal = up / (up + down)
                    x = goal + (x - goal) * math.exp(-(up + down))
                self.stocks[stock, unit, year] = self._shaken(x, stock, unit, year)

    def _rate(self, stock: str, raises: bool, unit: str, year: int) -> float:
        rates = [
            flow.rate
            for flow in self.model.flows
            if (flow.stock, flow.raises, flow.off) == (stock, raises, False)
        ]
        return sum(worked(rate, lambda name: self._quantity(name, unit, year, year - 1)) for rate in rates)

    def _shaken(self, x: float, stock: str, unit: str, year: int) -> float:
        if not self.model.noise:
            return x
        place = min(max(self.places[f"noise of {stock} in {unit}, {year}"], 1e-12), 1 - 1e-12)
        off = math.log(place / (1 - place)) * math.sqrt(3) / math.pi * self.model.noise
        x += off
        while not 0 <= x <= 1:
            x = -x if x < 0 else 2 - x
        return x

    def _move(self, year: int) -> None:
        for one in self.setting.happenings:
            if one.kind == "move" and self._year(one) == year:
                intervention, level = self.model.intervention(one.of), self._level(one.of)
                if intervention.moves in self.model.stock_names:
                    at = (intervention.moves, one.unit, year)
                    self.stocks[at] = level if intervention.exactly else max(self.stocks[at], level)


def told(band: Band, run: Run) -> float:
    """The value of a run that is held against a band."""
    values = [run.of(band.formula, band.unit, year) for year in range(band.first, band.last + 1)]
    if band.reading == "last":
        return values[-1]
    if band.reading == "mean":
        return sum(values) / len(values)
    off = [abs(value - (band.low + band.high) / 2) for value in values]
    return values[off.index(max(off) if band.reading == "every" else min(off))]


def missed(band: Band, run: Run) -> float:
    """By how much a run misses a band."""
    value = told(band, run)
    beyond = max(band.low - value, value - band.high, 0.0)
    return 0.0 if beyond < 1e-12 else beyond


def failing(bands: Sequence[Band], runs: Sequence[Run], tolerance: float = 0.0) -> Counter[frozenset[int]]:
    """How many runs fail exactly these items, by their places in the order of the bands."""
    items = list(dict.fromkeys(band.item or band.id for band in bands))
    return Counter(
        frozenset(
            items.index(band.item or band.id) for band in bands if missed(band, run) > tolerance
        )
        for run in runs
    )  # fmt: skip


def pattern(run: Run, unit: str, year: int, *, gate: bool) -> str:
    """The pattern of a run in a year; ``tie`` and ``behind the gate`` as the standing has them."""
    parts: tuple[Any, ...] = (*run.model.inputs, *run.model.stocks)
    names = {part.condition: part.name for part in parts}

    def member(tree: Any) -> float:
        match tree:
            case boolean.Not(inner):
                return 1 - member(inner)
            case boolean.And(parts):
                return min(member(part) for part in parts)
            case boolean.Or(parts):
                return max(member(part) for part in parts)
        return run.of(names[tree.name], unit, year)

    values = [member(boolean.parse(corner.when)) for corner in run.model.corners]
    top = max(values)
    if top <= 0.5 + 1e-9 or any(
        top - a <= 1e-9 and top - b <= 1e-9 for a, b in itertools.combinations(values, 2)
    ):
        return "tie"
    found = run.model.corners[values.index(top)]
    if gate and found.gated and run.of(run.model.gate, unit, year) <= 0.5 + 1e-9:
        return "behind the gate"
    return found.name
