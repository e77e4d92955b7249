"""The prior: everything that a model and its setting leave unknown, drawn from the ranges declared.

Each quantity has a stream of its own, found from the seed, the number of the block and its name. So a draw
does not change when something else is added, switched off, or worked out by another worker.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest, some
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Range
from concausa.dynamics.setting import Setting

Points = Mapping[str, npt.NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Unknown:
    """One quantity that is drawn.

    Parameters
    ----------
    name : str
        A parameter, ``C of NL in 2000``, a course, an event whose year is open, or a disturbance.
    range : Range
        Where it may lie; for years, from the first to the year after the last.
    kind : str
        ``parameter``, ``start``, ``input``, ``year`` or ``noise``.
    label : str
        For readers.
    """

    name: str
    range: Range
    kind: str
    label: str = ""

    def value(self, place: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """From a place in [0, 1] to the value that stands there.

        Several parts of the range are as likely as they are wide; single values alone are equally likely.
        """
        if self.kind == "year":
            years = np.floor(self.range.low + place * (self.range.high - self.range.low))
            return np.minimum(years, self.range.high - 1)
        if self.kind == "noise":
            # The logistic distribution with a standard deviation of 1.
            inside = np.clip(place, 1e-12, 1 - 1e-12)
            logistic: npt.NDArray[np.float64] = np.log(inside / (1 - inside)) * (np.sqrt(3) / np.pi)
            return logistic
        if len(self.range.parts) == 1:
            return self.range.low + place * (self.range.high - self.range.low)
        widths = np.array([high - low for low, high in self.range.parts])
        if not widths.any():
            widths = np.ones(len(widths))
        edges = np.concatenate(([0.0], np.cumsum(widths) / widths.sum()))
        part = np.clip(np.searchsorted(edges, place, side="right") - 1, 0, len(widths) - 1)
        lows = np.array([low for low, _ in self.range.parts])
        spans = np.array([high - low for low, high in self.range.parts])
        within = (place - edges[part]) / np.maximum(edges[part + 1] - edges[part], 1e-300)
        found: npt.NDArray[np.float64] = lows[part] + within * spans[part]
        return found


@dataclass(frozen=True)
class Prior:
    """All that is drawn, in order: parameters in use, starts, courses, years of events, disturbances.

    Parameters
    ----------
    unknowns : tuple of Unknown

    Raises
    ------
    OptionError
        If two have one name.
    """

    unknowns: tuple[Unknown, ...]

    def __post_init__(self) -> None:
        if len(self.by_name) < len(self.unknowns):
            count = Counter(unknown.name for unknown in self.unknowns)
            kinds = [one.kind for one in self.unknowns if count[one.name] > 1]
            name = next(name for name, times in count.items() if times > 1)
            raise OptionError(
                f"{name} stands for two unknowns: {some(kinds)}", fix="give each a name of its own"
            )

    @cached_property
    def by_name(self) -> Mapping[str, Unknown]:
        """By name."""
        return {unknown.name: unknown for unknown in self.unknowns}

    @property
    def names(self) -> tuple[str, ...]:
        """In order."""
        return tuple(self.by_name)

    def unknown(self, name: str) -> Unknown:
        """One of them; UnknownNameError with the nearest if there is none."""
        if name in self.by_name:
            return self.by_name[name]
        near = nearest(name, self.by_name)
        fix = f"did you mean {near}?" if near else f"one of {some(list(self.by_name))}"
        raise UnknownNameError(f"nothing called {name!r} is drawn", fix=fix)

    def draw(self, size: int, *, seed: int, block: int = 0) -> dict[str, npt.NDArray[np.float64]]:
        """Places in [0, 1) for every quantity, each of shape (size,)."""
        return {unknown.name: stream(seed, block, unknown.name).random(size) for unknown in self.unknowns}

    def completed(self, points: Points, *, seed: int) -> dict[str, npt.NDArray[np.float64]]:
        """Some places, with fresh draws for what they lack and without what is not drawn here."""
        size = len(next(iter(points.values()))) if points else 0
        return {
            name: points[name] if name in points else stream(seed, -1, name).random(size)
            for name in self.names
        }


def stream(seed: int, block: int, name: str) -> np.random.Generator:
    """The stream of one quantity in one block."""
    key = (block + 1, zlib.crc32(name.encode()), zlib.adler32(name.encode()))
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))


def prior(model: Model, setting: Setting) -> Prior:
    """What a model and its setting leave unknown.

    Parameters that nothing which is on makes use of are left out, because nothing can be learned of them.

    Examples
    --------
    >>> from concausa.dynamics.quantity import Flow, Parameter, Range, Stock
    >>> fades = Model("fades", (Stock("C", Range.of(0.8, 0.8)),), (), (Parameter("d", Range.of(0, 1)),), (),
    ...               (Flow("f", "C", False, "d"),))
    >>> prior(fades, Setting(("NL",), 2000, 2010)).names
    ('d',)
    """
    used = set(model.used)
    moves = {happening.of for happening in setting.happenings if happening.kind == "move"}
    used |= {model.intervention(name).value for name in moves}
    found = [
        Unknown(part.name, part.range, "parameter", part.label)
        for part in model.parameters
        if part.name in used and not part.range.is_value
    ]
    for unit in setting.units:
        for stock in model.stocks:
            start = setting.starts.get((unit, stock.name), stock.start)
            if not start.is_value:
                name = f"{stock.name} of {unit} in {setting.first}"
                found.append(Unknown(name, start, "start", stock.label))
    courses = {
        course.name: course
        for course in setting.courses
        if not course.value.is_value and course.input in used
    }
    found += [Unknown(name, course.value, "input") for name, course in courses.items()]
    open_years = {
        one.name: one
        for one in setting.happenings
        if one.first < one.last and (one.kind == "move" or one.of in used)
    }
    found += [
        Unknown(f"year of {name}", Range.of(one.first, one.last + 1), "year")
        for name, one in open_years.items()
    ]
    if model.noise:
        found += [
            Unknown(f"noise of {stock.name} in {unit}, {year}", Range.of(-1, 1), "noise")
            for year in setting.years[1:]
            for unit in setting.units
            for stock in model.stocks
        ]
    return Prior(tuple(found))
