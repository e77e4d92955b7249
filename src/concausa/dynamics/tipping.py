"""Tipping: the least value of a lever at which an aim is as likely as not.

The lever is an input held at one value from a year on, or a stock set to it. The same draws are run at every value,
so that the curve is as smooth as they let it be; whether it only rises is looked at, not taken for granted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.core.table import Table
from concausa.dynamics import tipping_view as view
from concausa.dynamics.change import Change, Held, applied
from concausa.dynamics.change_text import Words, read_changes
from concausa.dynamics.forum_ways import AS_IT_WAS, Way, placed, refuse_stock, ways
from concausa.dynamics.matching import Matching
from concausa.dynamics.model import Model
from concausa.dynamics.narrowing import Narrowing, narrowing
from concausa.dynamics.quantity import Range
from concausa.dynamics.rate import read_rate
from concausa.dynamics.runs import Runs, refuse_count
from concausa.dynamics.sample import Sample, sample
from concausa.dynamics.share import Share
from concausa.dynamics.standing import standing

Values = npt.NDArray[np.float64]
Yes = npt.NDArray[np.bool_]

#: As many draws are run at every value.
DRAWS = 2000
#: How near the tipping value is found.
NEAR = 1e-3


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to be reached by a unit in a year: a pattern, or a formula that is at least a value.

    Parameters
    ----------
    unit : str
    year : int
    pattern : str
        Of the model; empty if a formula is given.
    gate : bool
        Whether the pattern needs its gate as well.
    formula : str
    least : float
        What the formula must come to.

    Examples
    --------
    >>> Aim("NL", 2015, formula="C", least=0.5).text
    'C >= 0.5 in NL in 2015'
    """

    unit: str
    year: int
    pattern: str = ""
    gate: bool = True
    formula: str = ""
    least: float = 0.5

    def __post_init__(self) -> None:
        if bool(self.pattern) == bool(self.formula):
            raise OptionError("an aim is a pattern or a formula", fix="give one of the two")

    @property
    def text(self) -> str:
        """In words."""
        if self.pattern:
            return (
                f"{self.pattern}{'' if self.gate else ' by the stocks alone'} in {self.unit} in {self.year}"
            )
        return f"{self.formula} >= {self.least:g} in {self.unit} in {self.year}"

    def met(self, runs: Runs) -> Yes:
        """Which draws reach it, shape (draws,)."""
        if self.pattern:
            found = standing(runs, gate=self.gate, years=(self.year,))
            yes: Yes = found.codes[0, runs.setting.index(self.unit)] == found.names.index(self.pattern)
            return yes
        reached: Yes = runs.of(self.formula, unit=self.unit, years=(self.year,))[0] >= self.least - 1e-12
        return reached

    def refuse_misfits(self, model: Model, years: Sequence[int]) -> None:
        """OptionError if it asks for a pattern or a year that is not there."""
        names = [corner.name for corner in model.corners]
        if self.pattern and self.pattern not in names:
            raise OptionError(f"there is no pattern {self.pattern!r}", fix=f"one of {', '.join(names)}")
        if self.year not in years:
            raise OptionError(f"{self.year} was not simulated", fix=f"a year from {years[0]} to {years[-1]}")


@dataclass(frozen=True)
class Curve:
    """How likely the aim is at each value of the lever, under one way of the forum.

    Parameters
    ----------
    forum : str
    values : tuple of float
        Of the lever, rising.
    shares, before : tuple of Share
        The probability at each, after the evidence and under the prior.
    least : float or None
        The least value found at which it is as likely as asked for; None if there is none up to 1.
    low, high : float or None
        The least values at which the upper and the lower end of its range are; None if there is none up to 1.
    falls : tuple of (float, float)
        Between which values the probability falls where the lever rises.
    taught : Narrowing or None
        The least value of each draw by itself, held against the prior.
    """

    forum: str
    values: tuple[float, ...]
    shares: tuple[Share, ...]
    before: tuple[Share, ...]
    least: float | None
    low: float | None
    high: float | None
    falls: tuple[tuple[float, float], ...]
    taught: Narrowing | None

    @property
    def told(self) -> str:
        """The tipping value in words."""
        if self.least is None:
            return "none up to 1"
        if self.least == self.values[0] == 0:
            return "already at 0"
        ends = ["none up to 1" if end is None else f"{end:.2f}" for end in (self.low, self.high)]
        return f"{self.least:.2f} ({ends[0]} to {ends[1]})"


@dataclass(frozen=True)
class Tipping:
    """A lever, an aim, and the curve of each way of the forum.

    Parameters
    ----------
    aim : Aim
    lever : str
        The input or stock.
    year : int
        From which it is held, or before which it is set.
    likely : float
        How likely the aim is to be.
    changes : tuple of Change
        What is changed besides.
    curves : tuple of Curve
    sample : Sample
    caveats : tuple of Caveat
    """

    aim: Aim
    lever: str
    year: int
    likely: float
    changes: tuple[Change, ...]
    forum: str
    curves: tuple[Curve, ...]
    sample: Sample
    caveats: tuple[Caveat, ...]

    def of(self, forum: str = AS_IT_WAS) -> Curve:
        """The curve of one way of the forum; OptionError if there is none."""
        for curve in self.curves:
            if curve.forum == forum:
                return curve
        known = ", ".join(curve.forum for curve in self.curves)
        raise OptionError(f"there is no curve for the forum {forum}", fix=f"one of {known}")

    def table(self) -> Table:
        """The tipping value of each way of the forum."""
        return view.table(self)

    def curve_table(self) -> Table:
        """The whole curves."""
        return view.curve_table(self)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return view.document(self)

    def __repr__(self) -> str:
        return f"<Tipping of {self.lever} for {self.aim.text}>"

    def __str__(self) -> str:
        return view.memo(self)


def tipping(
    matching: Matching | Sample,
    aim: Aim,
    *,
    lever: str,
    year: int,
    likely: float = 0.5,
    forum: str = "",
    consolidated: str | float = 1.0,
    changes: Sequence[Change | str] = (),
    words: Words | None = None,
    steps: int = 20,
    draws: int = DRAWS,
    prior_draws: int = DRAWS,
) -> Tipping:
    """The least value of a lever at which an aim is as likely as asked for.

    Parameters
    ----------
    matching : Matching or Sample
    aim : Aim
    lever : str
        An input, held at the value from *year* on; or a stock, set to it at the end of the year before.
    likely : float in (0, 1]
        How likely the aim is to be.
    forum, consolidated
        A stock that is left as it was, taken away, or consolidated besides; see ``persistence``.
    changes : sequence of Change or str
        What is changed besides, under every value.
    draws, prior_draws : int
        As many are taken at most of those admitted, and of the prior; a sample is asked as it is.
    steps : int
        Of the grid from 0 to 1 that finds where the probability is crossed; between two of its points the crossing
        is halved in.

    Raises
    ------
    OptionError, UnknownNameError
        If an option is none, or names what is not there.
    DataError
        If no draw meets every band.

    Examples
    --------
    >>> from concausa.dynamics.matching import match
    >>> from concausa.dynamics.model import Model
    >>> from concausa.dynamics.quantity import Flow, Input, Stock
    >>> from concausa.dynamics.setting import Setting
    >>> model = Model("m", (Stock("C", Range.of(0, 0)),), (Input("L"),), (), (), (Flow("f", "C", True, "L"),))
    >>> found = tipping(match(model, Setting(("NL",), 2000, 2001), [], draws=1),
    ...                 Aim("NL", 2001, formula="C", least=0.5), lever="L", year=2001)
    >>> round(found.of().least, 2)  # 1 - exp(-L) = 1/2 at L = ln 2
    0.69
    """
    drawn = (
        sample(matching, draws=draws, prior_draws=prior_draws) if isinstance(matching, Matching) else matching
    )
    refuse_count(steps, "steps")
    if not 0 < likely <= 1:
        raise OptionError(f"likely is {likely!r}", fix="a number above 0, up to 1")
    model, whole = drawn.model, drawn.setting
    whole.index(aim.unit)
    aim.refuse_misfits(model, whole.years)
    wanted = read_changes(changes, model, whole, words=words)
    setting = applied(wanted, whole, model).of((aim.unit,))
    drawn = drawn.of(aim.unit)
    if lever not in [part.name for part in model.inputs]:
        refuse_stock(model, lever)
    if not setting.first <= year <= aim.year:
        raise OptionError(
            f"{lever} is moved from {year} on, and the aim lies in {aim.year}",
            fix=f"give a year from {setting.first} to {aim.year}",
        )
    if lever == forum:
        raise OptionError(f"{forum} is the lever and the forum at once", fix="leave one of them out")
    grid = tuple(float(value) for value in np.linspace(0, 1, steps + 1))
    curves = tuple(
        _curve(way, drawn, aim, grid, likely, lever, year, wanted)
        for way in ways(setting, model, aim.unit, forum=forum, consolidated=consolidated, year=year)
    )
    return Tipping(
        aim,
        lever,
        year,
        likely,
        wanted,
        forum,
        curves,
        drawn,
        tuple(_caveats(curves, drawn, model, aim, lever)),
    )


def _caveats(curves: Sequence[Curve], drawn: Sample, model: Model, aim: Aim, lever: str) -> list[Caveat]:
    found = [
        Caveat.of(
            "falls", "with the forum {forum} the probability does not only rise: it falls between {places}; there may "
            "be crossings that the grid does not show",
            forum=curve.forum, places=", ".join(f"{low:g} and {high:g}" for low, high in curve.falls),
        )
        for curve in curves
        if curve.falls
    ]  # fmt: skip
    gated = aim.pattern and aim.gate and model.gate
    if gated and lever in model.reached(read_rate(model.gate).names):
        found.append(
            Caveat.of(
                "by-definition",
                "the gate rests on {lever}: what it opens at once is so by definition; hold the curve against the one "
                "by the stocks alone",
                lever=lever,
            )
        )
    return [*found, *drawn.caveats]


def _curve(
    way: Way, drawn: Sample, aim: Aim, grid: tuple[float, ...], likely: float, lever: str, year: int,
    changes: Sequence[Change],
) -> Curve:  # fmt: skip
    @cache
    def met(value: float, before: bool = False) -> Yes:
        if lever in way.model.stock_names:
            start = max(way.setting.first, year - 1)
            setting, model = placed(
                way.setting, way.model, aim.unit, lever, repr(value), (start,), exactly=True
            )
        else:
            held = Held(aim.unit, lever, Range.of(value, value), year)
            applied(
                [*(one for one in changes if one.unit in ("*", aim.unit)), held], drawn.setting, drawn.model
            )
            setting, model = held.applied(way.setting, way.model), way.model
        return aim.met(drawn.runs(setting, model, before=before))

    after = np.stack([met(value) for value in grid])
    before = np.stack([met(value, before=True) for value in grid])
    shares = tuple(drawn.told(row) for row in after)
    values = [share.value for share in shares]
    falls = tuple(
        (grid[place], grid[place + 1])
        for place in range(len(grid) - 1)
        if values[place + 1] < values[place] - 1e-12
    )
    return Curve(
        way.name,
        grid,
        shares,
        tuple(drawn.told(row, before=True) for row in before),
        _least(grid, values, likely, lambda value: float(met(value).mean())),
        _least(grid, [share.high for share in shares], likely, lambda value: drawn.told(met(value)).high),
        _least(grid, [share.low for share in shares], likely, lambda value: drawn.told(met(value)).low),
        falls,
        narrowing(
            "the least value of each draw",
            _own(grid, after),
            _own(grid, before),
            effective=drawn.effective,
        ),
    )


def _least(
    grid: Sequence[float], values: Sequence[float], likely: float, at: Callable[[float], float]
) -> float | None:
    place = next((place for place, value in enumerate(values) if value >= likely - 1e-12), None)
    if place is None or place == 0:
        return None if place is None else grid[0]
    low, high = grid[place - 1], grid[place]
    while high - low > NEAR:
        middle = (low + high) / 2
        low, high = (low, middle) if at(middle) >= likely - 1e-12 else (middle, high)
    return high


def _own(grid: Sequence[float], met: Yes) -> Values:
    """The least value of the grid at which each draw reaches the aim; a step beyond it where none does."""
    beyond = grid[-1] + (grid[1] - grid[0])
    found: Values = np.where(met.any(axis=0), np.asarray(grid)[met.argmax(axis=0)], beyond)
    return found
