"""Persistence: how long each stock outlives the leadership that built it.

From a year on an input is held at a low value, and for every draw the years are counted until each stock has
halved: with the forum (or any other stock that interventions move) as it was, without it, and with a
consolidated one. Stocks are told, not patterns: a pattern whose gate rests on leadership is lost in the first year
by definition.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.core.table import Table
from concausa.dynamics import persistence_view as view
from concausa.dynamics.change import Held, applied
from concausa.dynamics.envelope import Envelope, envelope
from concausa.dynamics.forum_ways import AS_IT_WAS, consolidated_at, ways
from concausa.dynamics.horizon import Horizon, prolonged
from concausa.dynamics.matching import Matching
from concausa.dynamics.narrowing import Narrowing, narrowing
from concausa.dynamics.quantity import Range
from concausa.dynamics.runs import Runs, refuse_count
from concausa.dynamics.sample import DRAWS, Sample, sample
from concausa.dynamics.share import Share

Values = npt.NDArray[np.float64]

#: A stock that starts below this has no half to fall to.
NOTHING = 1e-9
#: What so large a share of draws says is as good as settled.
SETTLED = 0.9


@dataclass(frozen=True)
class Lasting:
    """How long one stock lasts under one way of the forum.

    Parameters
    ----------
    stock, forum : str
    years : array of float, shape (draws,)
        Years from the end of the year before leadership falls until the stock has halved, worked out within the
        year as it decays; infinite where it does not within the horizon, nan where it starts at nothing.
    middle : tuple of float
        The years by which 5, 50 and 95 % of the draws that have a half have halved; infinite beyond the horizon.
    never : Share
        Draws in which it does not halve within the horizon, of those that have a half.
    outlives : Share
        Draws in which it keeps more than half for one term.
    outlives_before : Share
        The same under the prior.
    empty : float in [0, 1]
        The share of draws in which it starts at nothing.
    kept : Narrowing or None
        What is left at the end of the term, in times the start, held against the prior.
    path : Envelope
    """

    stock: str
    forum: str
    years: Values
    middle: tuple[float, float, float]
    never: Share
    outlives: Share
    outlives_before: Share
    empty: float
    kept: Narrowing | None
    path: Envelope

    @property
    def foregone(self) -> bool:
        """Whether it outlives a term, or does not, in nine draws of ten before any evidence as after it."""
        both = (self.outlives.value, self.outlives_before.value)
        return min(both) >= SETTLED or max(both) <= 1 - SETTLED


@dataclass(frozen=True)
class Persistence:
    """What lasts in a unit once leadership is low.

    Parameters
    ----------
    unit, input : str
    year : int
        From which the input is held.
    value : Range
        At which.
    forum : str
        The stock that is left as it was, taken away, or consolidated; empty if none.
    consolidated : Range
        What a consolidated one is.
    term : int
        Years of one term.
    horizon : Horizon
    last : int
        The last year simulated.
    sample : Sample
    lasting : tuple of Lasting
        For each way of the forum and each stock.
    caveats : tuple of Caveat
    """

    unit: str
    input: str
    year: int
    value: Range
    forum: str
    consolidated: Range
    term: int
    horizon: Horizon
    last: int
    sample: Sample
    lasting: tuple[Lasting, ...]
    caveats: tuple[Caveat, ...]

    @property
    def years(self) -> int:
        """How many years are looked at."""
        return self.last - self.year + 1

    def of(self, stock: str, forum: str = AS_IT_WAS) -> Lasting:
        """One stock under one way of the forum; OptionError if there is none."""
        for one in self.lasting:
            if (one.stock, one.forum) == (stock, forum):
                return one
        known = ", ".join(f"{one.stock} ({one.forum})" for one in self.lasting)
        raise OptionError(f"there is no {stock} with the forum {forum}", fix=f"one of {known}")

    def table(self) -> Table:
        """A row for each way of the forum and each stock."""
        return view.table(self)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values; what is infinite is None."""
        return view.document(self)

    def __repr__(self) -> str:
        return f"<Persistence {self.unit}: {self.input} at {self.value.text} from {self.year}>"

    def __str__(self) -> str:
        return view.memo(self)


def persistence(
    matching: Matching | Sample,
    unit: str,
    *,
    input: str,
    year: int,
    value: Range | float = 0.0,
    forum: str = "",
    consolidated: str | float = 1.0,
    term: int = 6,
    horizon: Horizon | None = None,
    draws: int = DRAWS,
    prior_draws: int = DRAWS,
) -> Persistence:
    """How many years each stock takes to halve once an input is low.

    Parameters
    ----------
    matching : Matching or Sample
    input : str
        What falls, such as leadership.
    year : int
        From which it is held low, after the first year.
    value : Range or float in [0, 1]
        At which it is held; a range is drawn from.
    forum : str
        A stock; empty if none is to be varied. *As it was* leaves what was done; *none* takes it away at the
        end of the year before, for good; *consolidated* raises it then, and flows move it from there on.
    consolidated : str or float
        The value of a consolidated one, or the intervention whose value it has, such as a legal body.
    term : int
        Years of a term.
    horizon : Horizon, optional
        What comes after the data; nothing unless given.

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
    >>> fades = Model("fades", (Stock("C", Range.of(0.8, 0.8)),), (Input("L"),), (), (),
    ...               (Flow("f", "C", False, "0.1 * (1 - L)"),))
    >>> found = persistence(match(fades, Setting(("NL",), 2000, 2010), [], draws=1), "NL", input="L", year=2001)
    >>> [round(years, 2) for years in found.of("C").middle]  # ln 2 / 0.1
    [6.93, 6.93, 6.93]
    """
    drawn = (
        sample(matching, draws=draws, prior_draws=prior_draws) if isinstance(matching, Matching) else matching
    )
    refuse_count(term, "term")
    drawn.setting.index(unit)
    drawn, horizon = drawn.of(unit), horizon or Horizon()
    value = value if isinstance(value, Range) else Range.of(value, value)
    whole = prolonged(drawn.setting, drawn.model, horizon)
    held = applied([Held(unit, input, value, year)], whole, drawn.model)
    if not whole.first < year:
        raise OptionError(
            f"{input} is to fall in {year}, the first year", fix=f"give a year from {whole.first + 1} on"
        )
    found, empties = [], []
    raised = consolidated_at(drawn.model, forum, consolidated)[0] if forum else Range.of(0, 0)
    for way in ways(held, drawn.model, unit, forum=forum, consolidated=consolidated, year=year):
        after = drawn.runs(way.setting, way.model)
        before = drawn.runs(way.setting, way.model, before=True)
        for stock in drawn.model.stock_names:
            one = _lasting(stock, way.name, drawn, after, before, unit, year, term)
            found.append(one)
            if one.empty:
                empties.append((one.empty, stock, way.name))
    return Persistence(
        unit, input, year, value, forum, raised, term, horizon, held.last, drawn, tuple(found),
        tuple(_caveats(drawn, empties, term, held.last - year + 1, bool(horizon.added))),
    )  # fmt: skip


def _caveats(
    drawn: Sample, empties: list[tuple[float, str, str]], term: int, years: int, beyond: bool
) -> Iterator[Caveat]:
    for share, stock, way in empties:
        yield Caveat.of(
            "no-half", "{stock} starts at 0 in {share} of the draws with the forum {way}, and has no half there",
            stock=stock, way=way, share=f"{share:.0%}",
        )  # fmt: skip
    if years < term:
        yield Caveat.of(
            "short", "{years} years are simulated, fewer than a term of {term}", years=years, term=term
        )
    if beyond:
        yield Caveat.of("beyond", "what comes after the data is assumed, not seen")
    yield from drawn.caveats


def _lasting(
    stock: str, way: str, drawn: Sample, after: Runs, before: Runs, unit: str, year: int, term: int
) -> Lasting:
    place = year - 1 - after.setting.first
    (path, halved), (path_before, halved_before) = (
        (runs.of(stock, unit=unit)[place:], until_half(runs.of(stock, unit=unit)[place:]))
        for runs in (after, before)
    )
    empty = np.isnan(halved)
    have = halved[~empty]
    middle: tuple[float, float, float] = (float("nan"),) * 3
    if len(have):
        # The order statistics themselves: between a number and infinity there is nothing.
        ordered = np.sort(have)
        low, half, high = (float(ordered[int(share * (len(have) - 1))]) for share in (0.05, 0.5, 0.95))
        middle = (low, half, high)
    span = min(term, len(path) - 1)
    return Lasting(
        stock,
        way,
        halved,
        middle,
        _told(drawn, np.isinf(halved), ~empty),
        _told(drawn, halved > span, ~empty),
        _told(drawn, halved_before > span, ~np.isnan(halved_before), before=True),
        float(empty.mean()),
        narrowing(
            f"{stock} {span} years on",
            _left(path, span),
            _left(path_before, span),
            effective=drawn.effective * max(float(1 - empty.mean()), 1e-9),
        )
        if not empty.all() and not np.isnan(halved_before).all()
        else None,
        envelope(stock, unit, after.setting.years[place:], path),
    )


def _told(
    drawn: Sample, yes: npt.NDArray[np.bool_], among: npt.NDArray[np.bool_], *, before: bool = False
) -> Share:
    """The share among those draws that have a half."""
    if not among.any():
        return Share(float("nan"), 0.0, 1.0)
    part = dataclasses.replace(
        drawn,
        effective=drawn.effective * float(among.mean()),
        before_draws=int(among.sum()),
    )
    return part.told(yes[among], before=before)


def _left(path: Values, span: int) -> Values:
    start = path[0]
    there = start > NOTHING
    left: Values = path[span][there] / start[there]
    return left


def until_half(path: Values) -> Values:
    """Years until a stock has halved, for every draw.

    Parameters
    ----------
    path : array of float, shape (years, draws)
        Its values from the start on, in [0, 1].

    Returns
    -------
    array of float, shape (draws,)
        Within a year it is taken to decay at one rate; infinite where it never halves, nan where it starts
        at nothing.

    Examples
    --------
    >>> until_half(np.array([[0.8, 0.8, 0.0], [0.2, 0.7, 0.0]])).tolist()  # a quarter is left: half at half time
    [0.5, inf, nan]
    """
    half = path[0] / 2
    below = path[1:] <= half + 1e-15
    place = below.argmax(axis=0)
    draws = np.arange(path.shape[1])
    earlier, later = path[place, draws], path[np.minimum(place + 1, len(path) - 1), draws]
    with np.errstate(divide="ignore", invalid="ignore"):
        fraction = np.log(earlier / half) / np.log(earlier / later)
    found: Values = np.where(below.any(axis=0), place + np.clip(fraction, 0.0, 1.0), np.inf)
    return np.where(path[0] > NOTHING, found, np.nan)
