"""A setting: what happened outside the model, unit by unit and year by year."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest, some
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Range


@dataclass(frozen=True, slots=True)
class Course:
    """An input over some years of a unit; 0 where no course says otherwise.

    Parameters
    ----------
    first, last : int
        Years, both included.
    value : Range
        One value for all of these years, within 0 to 1.
    name : str
        What is drawn if the value is not known, such as ``L in T-NL-gov-2003``.
    held : bool
        Whether it counts whatever happens; other courses are overridden by what happens.
    """

    input: str
    unit: str
    first: int
    last: int
    value: Range
    name: str = ""
    held: bool = False

    @property
    def says(self) -> bool:
        """Whether it says anything: less than that the input lies in 0 to 1."""
        return self.value.low > 0 or self.value.high < 1 or len(self.value.parts) > 1


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened in a year that may not be known exactly.

    Parameters
    ----------
    kind : str
        ``pulse``: the input is 1 in that year; ``step``: 1 from that year on; ``move``: an intervention.
    of : str
        The input, or the intervention's name.
    first, last : int
        The first and last year in which it can have happened; every year between is as likely.
    name : str
        The event, such as ``E-NL-2004-council``.
    """

    kind: Literal["pulse", "step", "move"]
    of: str
    unit: str
    first: int
    last: int
    name: str = ""


@dataclass(frozen=True)
class Setting:
    """Units, years, and what happened in them.

    Parameters
    ----------
    units : tuple of str
    first, last : int
        Years, both included.
    courses : tuple of Course
        Where two speak of one year, the later in the tuple counts, and one that is held before any other.
    happenings : tuple of Happening
        They override courses that are not held; where two speak of one input and year, the later in the tuple
        counts, so that what is done contrary to fact stands last, in the order of its years.
    starts : mapping of (unit, stock) to Range
        For units that do not start as the model says.

    Examples
    --------
    >>> Setting(("NL",), 2000, 2003).years
    (2000, 2001, 2002, 2003)
    """

    units: tuple[str, ...]
    first: int
    last: int
    courses: tuple[Course, ...] = ()
    happenings: tuple[Happening, ...] = ()
    starts: Mapping[tuple[str, str], Range] = field(default_factory=dict)

    @property
    def years(self) -> tuple[int, ...]:
        """Every year, in order."""
        return tuple(range(self.first, self.last + 1))

    def index(self, unit: str) -> int:
        """The place of a unit; UnknownNameError with the nearest if there is none."""
        if unit in self.units:
            return self.units.index(unit)
        near = nearest(unit, self.units)
        fix = f"did you mean {near}?" if near else f"one of {some(list(self.units))}"
        raise UnknownNameError(f"there is no unit {unit!r} in the simulation", fix=fix)

    def of(self, units: Sequence[str]) -> Setting:
        """The setting of some of its units alone, in the order given; UnknownNameError with the nearest."""
        for unit in units:
            self.index(unit)
        return dataclasses.replace(
            self,
            units=tuple(units),
            courses=tuple(one for one in self.courses if one.unit in units),
            happenings=tuple(one for one in self.happenings if one.unit in units),
            starts={place: start for place, start in self.starts.items() if place[0] in units},
        )

    def refuse_misfits(self, model: Model) -> None:
        """Check it against a model.

        Raises
        ------
        OptionError
            If there is no unit, the years are upside down, a year lies outside, a value outside 0 to 1, or one
            name stands for two different unknowns.
        UnknownNameError
            If something names what the model or the setting does not have.
        """
        if not self.units:
            raise OptionError("there is no unit to simulate", fix="name a unit")
        if len(set(self.units)) < len(self.units):
            raise OptionError("a unit stands twice", where=", ".join(self.units), fix="name each once")
        if self.first > self.last:
            raise OptionError(
                f"the years run from {self.first} to {self.last}", fix="put the first year first"
            )
        inputs = [part.name for part in model.inputs]
        for course in self.courses:
            self.index(course.unit)
            _refuse(course.input, inputs, "input")
            self._refuse_years(course.first, course.last, course.name or course.input)
            if course.value.low < 0 or course.value.high > 1:
                what = f"{course.input} is {course.value.text} in {course.unit}, outside 0 to 1"
                raise OptionError(what, fix="give memberships from 0 to 1")
            if not course.value.is_value and not course.name:
                raise OptionError(f"an unknown course of {course.input} has no name", fix="name it")
        for happening in self.happenings:
            self.index(happening.unit)
            if happening.kind not in ("pulse", "step", "move"):
                raise OptionError(f"{happening.kind!r} is no happening", fix="pulse, step or move")
            if happening.kind == "move":
                model.intervention(happening.of)
            else:
                _refuse(happening.of, inputs, "input")
            self._refuse_years(happening.first, happening.last, happening.name or happening.of)
            if happening.first < happening.last and not happening.name:
                raise OptionError(f"{happening.of} in an unknown year has no name", fix="name it")
        for (unit, stock), start in self.starts.items():
            self.index(unit)
            _refuse(stock, model.stock_names, "stock")
            if start.low < 0 or start.high > 1:
                what = f"{stock} starts at {start.text} in {unit}, outside 0 to 1"
                raise OptionError(what, fix="give a range within 0..1")

        self._refuse_two_of_a_name()

    def _refuse_two_of_a_name(self) -> None:
        """One name is one unknown, which several courses or happenings may share."""
        levels = {one.name: one.value for one in self.courses if not one.value.is_value}
        years = {one.name: (one.first, one.last) for one in self.happenings if one.first < one.last}
        for course in self.courses:
            if not course.value.is_value and levels[course.name] != course.value:
                what = f"{course.name} is {course.value.text}, and {levels[course.name].text}"
                raise OptionError(what, fix="give two unknowns two names")
        for one in self.happenings:
            if one.first < one.last and years[one.name] != (one.first, one.last):
                first, last = years[one.name]
                what = f"{one.name} lies in {one.first} to {one.last}, and in {first} to {last}"
                raise OptionError(what, fix="give two unknowns two names")

    def _refuse_years(self, first: int, last: int, what: str) -> None:
        if first > last:
            raise OptionError(f"{what} runs from {first} to {last}", fix="put the first year first")
        if first < self.first:
            raise OptionError(
                f"{what} lies in {first}, before the first year {self.first}",
                fix=f"give a year from {self.first} to {self.last}",
            )
        if last > self.last:
            raise OptionError(
                f"{what} lies in {last}, after the last year {self.last}",
                fix=f"give a year from {self.first} to {self.last}",
            )


def _refuse(name: str, known: list[str] | tuple[str, ...], what: str) -> None:
    if name not in known:
        near = nearest(name, known)
        fix = f"did you mean {near}?" if near else f"one of {some(list(known))}" if known else "declare it"
        raise UnknownNameError(f"there is no {what} {name!r}", fix=fix)
