"""Changes read from text.

::

    PUE council 2005                     an intervention of the model, in a year
    PUE council 2005..2007               in one of these years, each as likely
    NL leadership=low from 2010          an input at a level, from a year on
    NL L=0.3 from 2010 to 2015           at a number, from a year to a year
    NL EL=low                            by the condition that it stands for, throughout
    NL without council                   all that happens in NL of an intervention
    NL without E-NL-2008-csoft           one event
    * council 2005                       in every unit
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest, some
from concausa.dynamics.change import EVERY, Change, Done, Held, Undone
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Range
from concausa.dynamics.setting import Setting

_FORMS = "UNIT INTERVENTION YEAR, UNIT INPUT=VALUE from YEAR to YEAR, or UNIT without EVENT"
_YEAR = re.compile(r"(?P<first>\d+)(?:\.\.(?P<last>\d+))?")
_SPAN = re.compile(r"(?:from\s+(?P<first>\S+))?\s*(?:to\s+(?P<last>\S+))?|in\s+(?P<one>\S+)")


@dataclass(frozen=True)
class Words:
    """What a reader may write beside the names of the model.

    Parameters
    ----------
    levels : mapping of str to mapping of str to Range
        For each input (for every input that is not named: under the empty name) what a level stands for.
    labels : mapping of str to str
        From a label, such as ``leadership``, to the name of the input; capitals do not count.
    """

    levels: Mapping[str, Mapping[str, Range]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    def of(self, input: str) -> Mapping[str, Range]:
        """The levels of an input."""
        return self.levels.get(input, self.levels.get("", {}))


def read_changes(
    texts: Sequence[str | Change], model: Model, setting: Setting, *, words: Words | None = None
) -> tuple[Change, ...]:
    """Several changes, in order; what is a change already stays as it is."""
    return tuple(
        read_change(one, model, setting, words=words) if isinstance(one, str) else one for one in texts
    )


def read_change(text: str, model: Model, setting: Setting, *, words: Words | None = None) -> Change:
    """A change from text.

    Parameters
    ----------
    words : Words, optional
        Levels and labels.

    Raises
    ------
    OptionError
        If it cannot be read, or a year is none or not simulated; a caret points at the place.
    UnknownNameError
        If it names what is not there, with the nearest name.

    Examples
    --------
    >>> from concausa.dynamics.quantity import Flow, Input, Stock
    >>> model = Model("m", (Stock("C"),), (Input("L"),), flows=(Flow("f", "C", True, "L"),))
    >>> read_change("NL L=0.3 from 2010", model, Setting(("NL",), 2000, 2015))
    Held(unit='NL', input='L', value=Range(parts=((0.3, 0.3),)), first=2010, last=None, level='')
    """
    return _Reader(text, model, setting, words or Words()).change()


@dataclass(frozen=True)
class _Reader:
    text: str
    model: Model
    setting: Setting
    words: Words

    def change(self) -> Change:
        unit, at = self._unit()
        rest = self.text[at:].rstrip()
        if not rest:
            raise self._wrong(len(self.text.rstrip()), f"nothing is asked of {unit}", f"write {_FORMS}")
        if match := re.match(r"without(\s+|$)", rest):
            return self._undone(unit, at + match.end())
        if "=" in rest:
            return self._held(unit, at)
        return self._done(unit, at)

    def _unit(self) -> tuple[str, int]:
        start = len(self.text) - len(self.text.lstrip())
        if start == len(self.text):
            raise OptionError("a change is empty", fix=f"write {_FORMS}")
        for unit in sorted((*self.setting.units, EVERY), key=len, reverse=True):
            end = start + len(unit)
            if self.text.startswith(unit, start) and (end == len(self.text) or self.text[end].isspace()):
                return unit, end + len(self.text[end:]) - len(self.text[end:].lstrip())
        word = self.text[start:].split()[0]
        raise self._unknown(start, "unit", word, (*self.setting.units, EVERY))

    def _undone(self, unit: str, at: int) -> Change:
        name = self.text[at:].strip()
        units = self.setting.units if unit == EVERY else (unit,)
        there = [one for one in self.setting.happenings if one.unit in units]
        known = dict.fromkeys(word for one in there for word in (one.of, one.name) if word)
        if not name:
            raise self._wrong(at, "without what?", f"one of {some(list(known))}" if known else "")
        what = (
            name
            if name in known
            else self._labels.get(name.casefold(), self.model.conditions.get(name, name))
        )
        if what not in known:
            if what in [one.name for one in self.model.interventions]:
                raise self._wrong(
                    at, f"{what} never happens in {_named(unit)}", "there is nothing to leave out"
                )
            raise self._unknown(at, "event, intervention or input that happens there", name, known)
        return Undone(unit, what)

    def _done(self, unit: str, at: int) -> Change:
        names = [one.name for one in self.model.interventions]
        rest = self.text[at:].rstrip()
        for name in sorted(names, key=len, reverse=True):
            if rest == name or rest.startswith(f"{name} "):
                break
        else:
            word = re.sub(r"\s+\S*\d\S*$", "", rest)
            raise self._unknown(at, "intervention", word, names)
        year_at = at + len(name) + len(rest[len(name) :]) - len(rest[len(name) :].lstrip())
        written = rest[len(name) :].strip()
        if not written:
            raise self._wrong(
                len(self.text.rstrip()), f"in which year is {name} done?", "write a year after it"
            )
        match = _YEAR.fullmatch(written)
        if not match:
            raise self._wrong(year_at, f"{written!r} is no year", f"write {self._example}")
        first = self._year(match["first"], year_at)
        last = self._year(match["last"], year_at + match.start("last")) if match["last"] else first
        if first > last:
            raise self._wrong(year_at, f"the years run from {first} to {last}", f"write {last}..{first}")
        return Done(unit, name, first, last)

    def _held(self, unit: str, at: int) -> Change:
        equals = self.text.index("=", at)
        written = self.text[at:equals].strip()
        name = self._input(written, at)
        after = self.text[equals + 1 :]
        value_at = equals + 1 + len(after) - len(after.lstrip())
        split = re.search(r"\s+(?=(?:from|to|in)(?:\s|$))", self.text[value_at:])
        end = value_at + split.start() if split else len(self.text.rstrip())
        word = self.text[value_at:end].strip()
        value, level = self._value(name, word, value_at)
        if not split:
            return Held(unit, name, value, level=level)
        span_at = value_at + split.end()
        match = _SPAN.fullmatch(self.text[span_at:].rstrip())
        if not match:
            what = f"{self.text[span_at:].strip()!r} are no years"
            raise self._wrong(span_at, what, f"write from {self._example}, to {self._example}, or both")
        years = {part: self._year(match[part], span_at + match.start(part)) for part in ("first", "last", "one")
                 if match[part]}  # fmt: skip
        first, last = years.get("first", years.get("one")), years.get("last", years.get("one"))
        if first is not None and last is not None and first > last:
            fix = f"write from {last} to {first}"
            raise self._wrong(span_at, f"the years run from {first} to {last}", fix)
        return Held(unit, name, value, first, last, level)

    def _input(self, written: str, at: int) -> str:
        names = [part.name for part in self.model.inputs]
        by_condition = {part.condition: part.name for part in self.model.inputs if part.condition}
        by_word = {**self.words.labels, **by_condition, **{name: name for name in names}}
        if written in by_word:
            return by_word[written]
        if written.casefold() in self._labels:
            return self._labels[written.casefold()]
        if written in self.model.stock_names:
            moving = [one.name for one in self.model.interventions if one.moves == written]
            fix = f"do what moves it: {some(moving)}" if moving else "hold an input instead"
            raise self._wrong(at, f"{written} is a stock, which only flows and interventions move", fix)
        raise self._unknown(at, "input", written, by_word)

    def _value(self, input: str, word: str, at: int) -> tuple[Range, str]:
        levels = self.words.of(input)
        if word in levels:
            return levels[word], word
        try:
            value = float(word)
        except ValueError:
            if not word or not levels:
                what = f"{word!r} is no value of {input}" if word else f"{input} has no value"
                raise self._wrong(at, what, "write a number from 0 to 1") from None
            raise self._unknown(at, f"level of {input}", word, levels) from None
        if not 0 <= value <= 1:
            raise self._wrong(at, f"{word} lies outside 0 to 1", "write a number from 0 to 1")
        return Range.of(value, value), ""

    def _year(self, word: str, at: int) -> int:
        if not re.fullmatch(r"\d{1,4}", word):
            raise self._wrong(at, f"{word!r} is no year", f"write {self._example}")
        year = int(word)
        years = f"give a year from {self.setting.first} to {self.setting.last}"
        if year < self.setting.first:
            raise self._wrong(at, f"{year} lies before the first year {self.setting.first}", years)
        if year > self.setting.last:
            raise self._wrong(at, f"{year} lies after the last year {self.setting.last}", years)
        return year

    @property
    def _labels(self) -> Mapping[str, str]:
        return {label.casefold(): name for label, name in self.words.labels.items()}

    @property
    def _example(self) -> str:
        return f"a year such as {(self.setting.first + self.setting.last) // 2}"

    def _wrong(self, at: int, what: str, fix: str) -> OptionError:
        return OptionError(what, where=self._caret(at), fix=fix)

    def _unknown(
        self, at: int, kind: str, word: str, known: Sequence[str] | Mapping[str, object]
    ) -> UnknownNameError:
        near = nearest(word, known)
        fix = f"did you mean {near}?" if near else f"one of {some(list(known))}" if known else "there is none"
        return UnknownNameError(f"there is no {kind} {word!r}", where=self._caret(at), fix=fix)

    def _caret(self, at: int) -> str:
        return f"{self.text}\n{' ' * at}^"


def _named(unit: str) -> str:
    return "any unit" if unit == EVERY else unit
