"""A variable of the record: what it was for each unit, month by month, and what its values lead one to expect."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from concausa.core.date import Date
from concausa.core.errors import OptionError
from concausa.core.nearest import nearest
from concausa.rivals.alignment import Alignment, Month
from concausa.rivals.expectation import SPEAKING, Expectation, Lack

#: States of a variable that is compared across units, and of alignment.
COMPARED = ("smaller", "greater", "alike")
ALIGNED = ("aligned", "not aligned")
_CUT = re.compile(r"(?P<sign><|>=)\s*(?P<number>-?[0-9]+(?:\.[0-9]+)?)")
_WORDS = (*(word for word in SPEAKING if word != "levels"), "silent")

#: Value of a unit in a month, with the ids that it rests on; None where the record leaves it open.
Value = tuple[Fraction, tuple[str, ...]] | None

#: First day of a month, the word for it, the ids that it rests on, and what is lacking where it is open.
_Told = tuple[datetime.date, str, tuple[str, ...], tuple[Lack, ...]]


@dataclass(frozen=True, slots=True)
class Predicts:
    """What each state of a variable leads one to expect.

    Parameters
    ----------
    words : mapping of str to str
        ``smaller`` to ``higher``, ``aligned`` to ``high``, ``<10`` to ``high``.
    """

    words: Mapping[str, str]

    @property
    def compares(self) -> bool:
        """Whether the states are those of a comparison across units."""
        return any(state in COMPARED for state in self.words)

    def of_number(self, value: Fraction) -> str:
        """The word for a number, by the first cut in which it lies; silent where it lies in none."""
        for state, word in self.words.items():
            match = _CUT.fullmatch(state)
            assert match is not None
            cut = Fraction(match["number"])
            if value < cut if match["sign"] == "<" else value >= cut:
                return word
        return "silent"


def predicts(variable: str, texts: Sequence[str]) -> Predicts:
    """Read what a rival says that its variable predicts.

    Parameters
    ----------
    variable : str
        ``alignment``, ``margin`` or ``facts``.
    texts : sequence of str
        ``STATE=WORD``. States of alignment are *aligned* and *not aligned*; of the others either
        *smaller*, *greater* and *alike* (than every other unit in the same month; *alike* without a word
        leads to *no difference*), or cuts such as *<10* and *>=10*.

    Raises
    ------
    OptionError
        If a text cannot be read or names a state that the variable does not have.

    Examples
    --------
    >>> predicts("alignment", ["aligned=high", "not aligned=low"]).words["aligned"]
    'high'
    >>> predicts("margin", ["<10=high", ">=10=low"]).of_number(Fraction("4.93"))
    'high'
    """
    words: dict[str, str] = {}
    for text in texts:
        state, mark, word = (part.strip() for part in text.rpartition("="))
        if not (state and mark and word):
            raise OptionError(f"{text!r} does not say what is predicted", fix=f"write {_example(variable)}")
        if state.endswith((">", "<")):
            raise OptionError(f"{text!r} does not say what is predicted", fix=f"write {_example(variable)}")
        if word not in _WORDS:
            near = nearest(word, _WORDS)
            raise OptionError(
                f"{word!r} is nothing that can be expected",
                where=text,
                fix=f"did you mean {near!r}?" if near else f"one of {', '.join(_WORDS)}",
            )
        known = ALIGNED if variable == "alignment" else COMPARED
        if state not in known and (variable == "alignment" or not _CUT.fullmatch(state)):
            near = nearest(state, known)
            more = "" if variable == "alignment" else ", or a cut such as <10"
            raise OptionError(
                f"{variable} is never {state!r}",
                where=text,
                fix=f"did you mean {near!r}?" if near else f"one of {', '.join(known)}{more}",
            )
        if state in words:
            raise OptionError(f"{state!r} predicts two things", where=text, fix="keep one of them")
        words[state] = word
    if not words:
        raise OptionError(
            f"nothing is said to follow from {variable}", fix=f"write predicts, such as {_example(variable)}"
        )
    if len({state in COMPARED for state in words}) > 1 and variable != "alignment":
        raise OptionError(
            "a number is either compared across units or cut",
            where="; ".join(texts),
            fix="keep the states of one kind",
        )
    return Predicts(words)


def _example(variable: str) -> str:
    return "aligned=high" if variable == "alignment" else "smaller=higher, or <10=high"


def by_alignment(
    found: Iterable[tuple[str, Alignment]],
    said: Predicts,
    *,
    since: datetime.date | None = None,
    offices: tuple[str, str] = ("governor", "president"),
) -> tuple[Expectation, ...]:
    """What follows from alignment, span by span; months that the record leaves open are ``open``.

    Parameters
    ----------
    found : iterable of (period, Alignment)
    since : datetime.date, optional
        Before it the account is silent.
    offices : (str, str)
        Those compared, for what is said of months that are open.
    """
    made: list[Expectation] = []
    for period, own in found:
        months = [
            (
                month.month,
                "open" if month.status == "open" else said.words.get(month.status, "silent"),
                month.terms,
                _lacking(month, own.unit, offices),
            )
            for month in own.months
        ]
        made += _runs(own.unit, period, months, since)
    return tuple(made)


def _lacking(month: Month, unit: str, offices: tuple[str, str]) -> tuple[Lack, ...]:
    if month.status != "open":
        return ()
    own, national = Lack("party", offices[0], unit), Lack("party", offices[1])
    told = ((own, month.parties), (national, month.national_parties))
    return tuple(lack for lack, parties in told if not parties) or (Lack("one party", offices[0], unit),)


def by_number(
    values: Mapping[str, Callable[[datetime.date], Value]],
    periods: Mapping[str, Date],
    said: Predicts,
    *,
    alike: Decimal = Decimal(0),
    since: datetime.date | None = None,
    lacks: Mapping[str, Lack] | None = None,
) -> tuple[Expectation, ...]:
    """What follows from a number, month by month, compared across units or cut.

    Compared, a unit is *smaller* (or *greater*) where it is so than every other by more than *alike*, and
    *alike* where it is so to every other; one between others says nothing. A month in which some
    unit's value is open is open for all.

    Parameters
    ----------
    values : mapping of unit to function of the first day of a month
    alike : Decimal, 0 or more
        The largest difference that counts as none.
    lacks : mapping of unit to Lack, optional
        What is lacking where the value of a unit is open.
    """
    named = tuple((lacks or {}).get(unit) for unit in values)
    made: list[Expectation] = []
    small = Fraction(alike)
    for period, window in periods.items():
        rows: dict[str, list[_Told]] = {unit: [] for unit in values}
        beside = ((month, tuple(value(month) for value in values.values())) for month in _months(window))
        for now, run in itertools.groupby(beside, key=lambda item: item[1]):
            months = [month for month, _ in run]
            for place, unit in enumerate(values):
                word, used = _word(now, place, said, small)
                gaps = _gaps(now, place, said, named) if word == "open" else ()
                rows[unit] += [(month, word, used, gaps) for month in months]
        for unit, told in rows.items():
            made += _runs(unit, period, told, since)
    return tuple(made)


def _word(now: Sequence[Value], place: int, said: Predicts, alike: Fraction) -> tuple[str, tuple[str, ...]]:
    """What follows for one unit from the values of all, and what that rests on."""
    own = now[place]
    if said.compares:
        others = [value for at, value in enumerate(now) if at != place]
        return _beside(own, others, said, alike), tuple(id for value in now if value for id in value[1])
    return ("open", ()) if own is None else (said.of_number(own[0]), own[1])


def _gaps(now: Sequence[Value], place: int, said: Predicts, named: Sequence[Lack | None]) -> tuple[Lack, ...]:
    """What is lacking where a word is open: of every unit in a comparison, else of its own."""
    return tuple(
        lack
        for at, (value, lack) in enumerate(zip(now, named, strict=True))
        if value is None and lack is not None and (said.compares or at == place)
    )


def _beside(own: Value, others: Sequence[Value], said: Predicts, alike: Fraction) -> str:
    known = [other[0] for other in others if other is not None]
    if own is None or len(known) < len(others):
        return "open"
    if not known:
        return "silent"
    gaps = [own[0] - other for other in known]
    if all(abs(gap) <= alike for gap in gaps):
        return said.words.get("alike", "no difference")
    if all(gap < -alike for gap in gaps):
        return said.words.get("smaller", "silent")
    if all(gap > alike for gap in gaps):
        return said.words.get("greater", "silent")
    return "silent"


def _runs(
    unit: str,
    period: str,
    months: Iterable[_Told],
    since: datetime.date | None,
) -> list[Expectation]:
    """Months joined where nothing changes."""
    told = [
        (month, "silent", (), ()) if since is not None and month < since.replace(day=1) else (month, *rest)
        for month, *rest in months
    ]
    made = []
    for (word, used, lacks), run in itertools.groupby(told, key=lambda item: item[1:]):
        days = [item[0] for item in run]
        span = Date.parse(f"{days[0]:%Y-%m}/{days[-1]:%Y-%m}")
        made.append(Expectation(unit=unit, period=period, expects=word, span=span, uses=used, lacks=lacks))
    return made


def _months(window: Date) -> Iterable[datetime.date]:
    year, month = window.start.year, window.start.month
    while (year, month) <= (window.end.year, window.end.month):
        yield datetime.date(year, month, 1)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
