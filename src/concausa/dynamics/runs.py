"""Runs: a model simulated over draws, units and years at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from concausa.core.errors import OptionError
from concausa.core.nearest import some
from concausa.dynamics.model import Model
from concausa.dynamics.plan import Plan
from concausa.dynamics.prior import Points, prior
from concausa.dynamics.rate import read_rate, refuse_unknown
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
    def _plan(self) -> Plan:
        return Plan(self.model, self.setting)

    @cached_property
    def _drawn(self) -> Mapping[str, Values]:
        return self._plan.values(self.points)

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
            To be read only.

        Raises
        ------
        FormulaError, UnknownNameError
            If the formula cannot be read, or it or the unit names what is not there.
        OptionError
            If no year is asked for or one was not simulated, or the formula rests on what was not drawn.
        """
        if years is not None and not len(years):
            raise OptionError("no year is asked for", fix="name a year, or leave years out for all")
        places = [self._place(year) for year in (self.setting.years if years is None else years)]
        span: slice | list[int] = places
        if places == list(range(places[0], places[-1] + 1)):
            span = slice(places[0], places[-1] + 1)
        row = 0 if unit is None else self.setting.index(unit)
        rows = slice(None) if unit is None else slice(row, row + 1)
        if formula in self.stocks:
            return self._read_only(self.stocks[formula][span, rows], unit)
        rate = read_rate(formula)
        refuse_unknown(rate, self.model.symbols, "quantity")
        names = self.model.reached(rate.names)
        self._refuse_undrawn(names)
        at = {name: whole[span, rows] for name, whole in self.stocks.items() if name in names}
        for part in self.model.parameters:
            if part.name in names:
                at[part.name] = self._plan.parameter(part.name, self._drawn)
        for item in self.model.inputs:
            if item.name in names:
                at[item.name] = self._plan.input(item.name, self._drawn)[span, rows]
        with np.errstate(all="ignore"):
            for derived in self.model.in_order:
                if derived.name in names:
                    at[derived.name] = read_rate(derived.counts).work(at)
            told = rate.work(at)
        units = len(self.setting.units) if unit is None else 1
        return self._read_only(np.broadcast_to(told, (len(places), units, self.draws)), unit)

    def _read_only(self, found: Values, unit: str | None) -> Values:
        view = (found if unit is None else found[:, 0]).view()
        view.flags.writeable = False
        return view

    def _refuse_undrawn(self, names: Collection[str]) -> None:
        for name in names:
            for lacking in self._plan.rests.get(name, ()):
                if lacking not in self._plan.prior.by_name:
                    raise OptionError(
                        f"{lacking} was not drawn, because nothing that is on uses it",
                        fix=f"leave {name} out of the formula, or switch on what uses it",
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

    Raises
    ------
    OptionError, UnknownNameError
        If the setting does not fit the model, or the points lack a place or are not as many of each.
    DataError
        If a rate falls below 0 or is no finite number.
    """
    setting.refuse_misfits(model)
    sizes = {len(place) for place in points.values()}
    if len(sizes) > 1:
        raise OptionError(
            f"the points have {some([str(size) for size in sorted(sizes)])} draws", fix="one place each"
        )
    return planned(Plan(model, setting), points)


def planned(plan: Plan, points: Points) -> Runs:
    """``rerun`` of a plan that was made and checked before."""
    model, setting = plan.model, plan.setting
    size = len(next(iter(points.values()))) if points else 1
    wide = max(1, AT_ONCE // len(setting.units))
    shape = (len(setting.years), len(setting.units), size)
    stocks = {stock.name: np.empty(shape) for stock in model.stocks}
    drawn = plan.values(points)
    for start in range(0, size, wide):
        span = slice(start, start + wide)
        plan.run(
            {name: values[span] for name, values in drawn.items()},
            {name: whole[:, :, span] for name, whole in stocks.items()},
        )
    return ran(plan, points, stocks, drawn)


def ran(plan: Plan, points: Points, stocks: Mapping[str, Values], drawn: Mapping[str, Values]) -> Runs:
    """What a plan came to, with the values that were drawn."""
    found = Runs(plan.model, plan.setting, points, stocks)
    found.__dict__.update(_plan=plan, _drawn=drawn)
    return found


def refuse_count(value: object, what: str) -> None:
    """OptionError unless *value* is a whole number from 1 on."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise OptionError(f"{what} is {value!r}", fix="a whole number from 1 on")


def refuse_seed(seed: object) -> None:
    """OptionError unless *seed* is a whole number from 0 on."""
    if not isinstance(seed, int) or isinstance(seed, bool) or seed < 0:
        raise OptionError(f"seed is {seed!r}", fix="a whole number from 0 on")
