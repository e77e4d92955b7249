"""Agreement: what a study writes for a rival, beside what the record gives for it."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from concausa.core.date import Date
from concausa.rivals.expectation import Expectation
from concausa.rivals.timetable import Timetable, timetable

#: Words that lean the same way: a case that is low may be written as lower than the other.
_LEANING = {"high": "up", "higher": "up", "low": "down", "lower": "down"}


@dataclass(frozen=True, slots=True)
class Difference:
    """Months in which the two lean different ways.

    Parameters
    ----------
    unit, period : str
    span : str
        ``2004-01 to 2005-01``.
    months : int
    written, recorded : str
        What each expects; ``silent`` also where nothing is written.
    """

    unit: str
    period: str
    span: str
    months: int
    written: str
    recorded: str

    def data(self) -> dict[str, object]:
        """Plain JSON values."""
        return {
            "case": f"{self.unit}-{self.period}",
            "span": self.span,
            "months": self.months,
            "written": self.written,
            "recorded": self.recorded,
        }


def differences(
    written: Sequence[Expectation],
    recorded: Sequence[Expectation],
    *,
    units: Sequence[str],
    periods: Mapping[str, Date],
    scale: Sequence[str],
) -> tuple[Difference, ...]:
    """Where what is written and what the record gives lean different ways, stretch by stretch.

    *high* and *higher* lean alike, as do *low* and *lower*. A case of which nothing is written is left out.
    """
    first = timetable(written, (), units=units, periods=periods, scale=scale)
    second = timetable(recorded, (), units=units, periods=periods, scale=scale)
    found = []
    for unit in units:
        for period in periods:
            if not any((one.unit, one.period) == (unit, period) for one in written):
                continue
            beside = zip(_words(first, unit, period), _words(second, unit, period), strict=True)
            for (one, two), run in itertools.groupby(beside, key=lambda pair: (pair[0][1], pair[1][1])):
                months = [month for (month, _), _ in run]
                if _leans(one) != _leans(two):
                    span = f"{months[0]:%Y-%m} to {months[-1]:%Y-%m}"
                    found.append(Difference(unit, period, span, len(months), one, two))
    return tuple(found)


def _words(table: Timetable, unit: str, period: str) -> Iterator[tuple[datetime.date, str]]:
    """Month by month what is expected."""
    for stretch in table.of(period):
        word = stretch.expected[unit].expects if unit in stretch.expected else "silent"
        yield from ((month, word) for month in stretch.every_month)


def _leans(word: str) -> str:
    return _LEANING.get(word, word)
