"""A change of a setting: something done in a year, an input held at a value, something left out."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest, some
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Range
from concausa.dynamics.setting import Course, Happening, Setting

#: Stands for every unit.
EVERY = "*"


@dataclass(frozen=True, slots=True)
class Done:
    """An intervention of the model, done in a year.

    Parameters
    ----------
    unit : str
        A unit, or ``*`` for each.
    intervention : str
    first, last : int
        The years in which it may be done, each as likely; the same for one year.
    """

    unit: str
    intervention: str
    first: int
    last: int

    def applied(self, setting: Setting, model: Model) -> Setting:
        """The setting with it; OptionError or UnknownNameError if it does not fit."""
        model.intervention(self.intervention)
        units = units_of(self, setting)
        if self.first > self.last:
            raise OptionError(
                "the years are upside down", where=str(self), fix=f"write {self.last}..{self.first}"
            )
        refuse_year(self.first, self, setting)
        refuse_year(self.last, self, setting)
        new = tuple(
            Happening("move", self.intervention, unit, self.first, self.last, f"{self} in {unit}")
            for unit in units
        )
        return dataclasses.replace(setting, happenings=(*setting.happenings, *new))

    def __str__(self) -> str:
        when = f"{self.first}" if self.first == self.last else f"{self.first}..{self.last}"
        return f"{self.unit} {self.intervention} {when}"


@dataclass(frozen=True, slots=True)
class Held:
    """An input held at a value, whatever happens.

    Parameters
    ----------
    unit : str
        A unit, or ``*`` for each.
    input : str
    value : Range
        Within 0 to 1; one value for all of its years.
    first, last : int, optional
        Both included; from the first year and to the last if none is given.
    level : str
        The word that was written for the value.
    """

    unit: str
    input: str
    value: Range
    first: int | None = None
    last: int | None = None
    level: str = ""

    def applied(self, setting: Setting, model: Model) -> Setting:
        """The setting with it; OptionError or UnknownNameError if it does not fit."""
        names = [part.name for part in model.inputs]
        if self.input not in names:
            near = nearest(self.input, names)
            fix = f"did you mean {near}?" if near else f"one of {some(names)}"
            raise UnknownNameError(f"there is no input {self.input!r}", where=str(self), fix=fix)
        if self.value.low < 0 or self.value.high > 1:
            raise OptionError(
                f"{self.value.text} lies outside 0 to 1", where=str(self), fix="give memberships from 0 to 1"
            )
        first, last = self.span(setting)
        refuse_year(first, self, setting)
        refuse_year(last, self, setting)
        if first > last:
            raise OptionError(
                "the years are upside down", where=str(self), fix=f"write from {last} to {first}"
            )
        new = tuple(
            Course(
                self.input, unit, first, last, self.value, f"{self.input} of {unit} held from {first}", True
            )
            for unit in units_of(self, setting)
        )
        return dataclasses.replace(setting, courses=(*setting.courses, *new))

    def span(self, setting: Setting) -> tuple[int, int]:
        """Its first and last year in a setting."""
        return (
            setting.first if self.first is None else self.first,
            setting.last if self.last is None else self.last,
        )

    def __str__(self) -> str:
        value = self.level or (f"{self.value.low:g}" if self.value.is_value else f"({self.value.text})")
        if self.first is not None and self.first == self.last:
            return f"{self.unit} {self.input}={value} in {self.first}"
        since = "" if self.first is None else f" from {self.first}"
        until = "" if self.last is None else f" to {self.last}"
        return f"{self.unit} {self.input}={value}{since}{until}"


@dataclass(frozen=True, slots=True)
class Undone:
    """What happened, left out.

    Parameters
    ----------
    unit : str
        A unit, or ``*`` for each that has any of it.
    what : str
        An event by its name, an intervention, or an input of which everything that happens is left out.
    """

    unit: str
    what: str

    def applied(self, setting: Setting, model: Model) -> Setting:
        """The setting without it; UnknownNameError if no such thing happens."""
        units = units_of(self, setting)
        gone = [one for one in setting.happenings if one.unit in units and self.what in (one.name, one.of)]
        if not gone:
            known = dict.fromkeys(
                word for one in setting.happenings if one.unit in units for word in (one.name, one.of) if word
            )
            near = nearest(self.what, known)
            fix = f"did you mean {near}?" if near else f"one of {some(list(known))}" if known else ""
            raise UnknownNameError(f"nothing called {self.what} happens in {_named(self.unit)}",
                                   where=str(self), fix=fix or "leave it out: nothing happens there")  # fmt: skip
        kept = tuple(one for one in setting.happenings if one not in gone)
        return dataclasses.replace(setting, happenings=kept)

    def __str__(self) -> str:
        return f"{self.unit} without {self.what}"


Change = Done | Held | Undone


def applied(changes: Sequence[Change], setting: Setting, model: Model) -> Setting:
    """A setting with several changes, one after the other.

    Raises
    ------
    OptionError
        If two contradict each other, or one lies outside the years.
    UnknownNameError
        If one names what is not there.

    Examples
    --------
    >>> from concausa.dynamics.quantity import Flow, Input, Intervention, Stock
    >>> model = Model("m", (Stock("C"),), (Input("L"),), flows=(Flow("f", "C", True, "L"),))
    >>> held = applied([Held("NL", "L", Range.of(0, 0.1), 2005)], Setting(("NL",), 2000, 2010), model)
    >>> held.courses[0].first, held.courses[0].last, held.courses[0].value.text
    (2005, 2010, '0 to 0.1')
    """
    for place, later in enumerate(changes):
        for earlier in changes[:place]:
            _refuse_both(earlier, later, setting, model)
    for change in changes:
        setting = change.applied(setting, model)
    return setting


def units_of(change: Change, setting: Setting) -> tuple[str, ...]:
    """The units that a change is about; UnknownNameError with the nearest if there is none."""
    if change.unit == EVERY:
        return setting.units
    setting.index(change.unit)
    return (change.unit,)


def refuse_year(year: int, change: Change, setting: Setting) -> None:
    """OptionError unless a year is simulated."""
    if not setting.first <= year <= setting.last:
        side = f"before the first year {setting.first}"
        if year > setting.last:
            side = f"after the last year {setting.last}"
        raise OptionError(
            f"{year} lies {side}",
            where=str(change),
            fix=f"give a year from {setting.first} to {setting.last}",
        )


def _refuse_both(earlier: Change, later: Change, setting: Setting, model: Model) -> None:
    """OptionError if one change says otherwise than another."""
    if EVERY not in (earlier.unit, later.unit) and earlier.unit != later.unit:
        return
    if earlier == later:
        raise OptionError(f"{later} is asked for twice", fix="ask for it once")
    where = f"{earlier}\n{later}"
    if isinstance(later, Undone) and isinstance(earlier, Done):
        moved = model.intervention(earlier.intervention)
        if later.what in (moved.name, *((moved.moves,) if _is_input(moved.moves, model) else ())):
            raise OptionError(
                "the second change leaves out what the first has done",
                where=where,
                fix="put the second first",
            )
    for one in _spans(earlier, setting, model):
        for other in _spans(later, setting, model):
            if one[0] == other[0] and max(one[1], other[1]) <= min(one[2], other[2]):
                years = f"{max(one[1], other[1])} to {min(one[2], other[2])}"
                raise OptionError(
                    f"two changes say what {one[0]} is from {years}", where=where,
                    fix="let their years not overlap, or leave one out",
                )  # fmt: skip


def _spans(change: Change, setting: Setting, model: Model) -> Iterator[tuple[str, int, int]]:
    """The input that a change gives a value, from when, until when."""
    if isinstance(change, Held):
        yield (change.input, *change.span(setting))
    elif isinstance(change, Done):
        moves = model.intervention(change.intervention).moves
        if _is_input(moves, model):
            yield (moves, change.first, setting.last)


def _is_input(name: str, model: Model) -> bool:
    return any(part.name == name for part in model.inputs)


def _named(unit: str) -> str:
    return "any unit" if unit == EVERY else unit
