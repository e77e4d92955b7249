"""The horizon: a setting that goes on beyond the years of the data."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field

from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest, some
from concausa.dynamics.model import Model
from concausa.dynamics.runs import refuse_count
from concausa.dynamics.setting import Happening, Setting


@dataclass(frozen=True)
class Horizon:
    """What is taken to come after the data.

    Parameters
    ----------
    added : int
        Years after the last of the data, from 0 on.
    goes_on : tuple of str
        Inputs that keep the value of their last year; every other one ends with the data and is 0 from
        then on, as a federal programme that is closed. What has begun by an event goes on in any case.
    every : mapping of str to int
        For an input, such as takeovers, every how many years it comes again: counted from its last known
        pulse in the unit, or from the last year of the data if there is none. None come otherwise.
    """

    added: int = 0
    goes_on: tuple[str, ...] = ()
    every: Mapping[str, int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What is taken to come, in words."""
        if not self.added:
            return "within the years of the data"
        parts = [f"{self.added} years beyond the data"]
        parts += [f"{name} every {years} years" for name, years in self.every.items()]
        parts.append(f"{' and '.join(self.goes_on)} going on" if self.goes_on else "no input going on")
        return ", ".join(parts)


def prolonged(setting: Setting, model: Model, horizon: Horizon) -> Setting:
    """A setting with the years of a horizon.

    Raises
    ------
    OptionError, UnknownNameError
        If the horizon has no such years, or names what is no input.

    Examples
    --------
    >>> from concausa.dynamics.quantity import Flow, Input, Stock
    >>> model = Model("m", (Stock("C"),), (Input("T"),), flows=(Flow("f", "C", False, "T"),))
    >>> later = prolonged(Setting(("NL",), 2000, 2010), model, Horizon(12, every={"T": 6}))
    >>> later.last, [one.first for one in later.happenings]
    (2022, [2016, 2022])
    """
    if not isinstance(horizon.added, int) or isinstance(horizon.added, bool) or horizon.added < 0:
        raise OptionError(f"added is {horizon.added!r}", fix="a whole number of years from 0 on")
    names = [part.name for part in model.inputs]
    for name in (*horizon.goes_on, *horizon.every):
        if name not in names:
            near = nearest(name, names)
            fix = f"did you mean {near}?" if near else f"one of {some(names)}" if names else "there is none"
            raise UnknownNameError(f"there is no input {name!r}", fix=fix)
    last = setting.last + horizon.added
    courses = tuple(
        dataclasses.replace(course, last=last)
        if course.last == setting.last and course.input in horizon.goes_on
        else course
        for course in setting.courses
    )
    new = []
    for name, years in horizon.every.items():
        refuse_count(years, f"the years from one {name} to the next")
        for unit in setting.units:
            known = [
                one.last
                for one in setting.happenings
                if (one.kind, one.of, one.unit) == ("pulse", name, unit)
            ]
            start = max(known, default=setting.last)
            new += [
                Happening("pulse", name, unit, year, year)
                for year in range(start + years, last + 1, years)
                if year > setting.last
            ]
    return dataclasses.replace(setting, last=last, courses=courses, happenings=(*setting.happenings, *new))
