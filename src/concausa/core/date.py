"""Dates with the precision that their source gives, written in EDTF.

The Extended Date/Time Format is ISO 8601-2:2019; the Library of Congress keeps the open text:
https://www.loc.gov/standards/datetime/. What case studies need of it is read here: years, months,
days, the marks ``~`` (approximate), ``?`` (uncertain) and ``%`` (both), and intervals with open
(``..``) or unknown (empty) ends.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from concausa.core.errors import DateError

Order = Literal["yes", "no", "possibly"]

_POINT = re.compile(r"(?P<year>-?[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?P<mark>[~?%]?)")
_HOW = "write 2004, 2004-05, 2004-05-19, 2006~ (about), 2006? (unsure) or 2005/2013"
#: The last year; the one after it stands for "never" in many databases, and days after it cannot be counted.
_LAST = 9998
_MONTHS = ("January February March April May June July August September October November December").split()


@dataclass(frozen=True, slots=True)
class Date:
    """A date or interval as its source gives it; nothing is made more precise.

    Parameters
    ----------
    text : str
        The EDTF text, as written.
    earliest, latest : datetime.date or None
        First and last day that the text admits; None at an open or unknown end.
    approximate, uncertain : bool
        Whether ``~`` or ``?`` (or ``%``, both) stands in the text.
    """

    text: str
    earliest: datetime.date | None
    latest: datetime.date | None
    approximate: bool = False
    uncertain: bool = False

    @staticmethod
    def parse(text: str) -> Date:
        """Read EDTF text.

        Raises
        ------
        DateError
            If the text is not EDTF, if the day does not exist (31 November), or if an interval
            ends before it starts.

        Examples
        --------
        >>> Date.parse("2004-02").latest
        datetime.date(2004, 2, 29)
        >>> Date.parse("2006~").approximate
        True
        """
        return _parse(text.strip())

    @property
    def is_interval(self) -> bool:
        """Whether the text spans two dates rather than naming one."""
        return "/" in self.text

    @property
    def precision(self) -> Literal["day", "month", "year", "interval"]:
        """How fine the text is: day, month, year, or interval."""
        if self.is_interval:
            return "interval"
        dashes = self.text.lstrip("-").count("-")
        return ("year", "month", "day")[dashes]

    @property
    def is_loose(self) -> bool:
        """Whether the text marks it as approximate or uncertain, so that it decides no order."""
        return self.approximate or self.uncertain

    @property
    def start(self) -> datetime.date:
        """The first admissible day; ``date.min`` when the start is open."""
        return self.earliest or datetime.date.min

    @property
    def end(self) -> datetime.date:
        """The last admissible day; ``date.max`` when the end is open."""
        return self.latest or datetime.date.max

    def before(self, other: Date) -> Order:
        """Whether all of this date lies before all of the other.

        Two dates of the same year are *possibly* in order: their text does not tell. Nor does the
        text of an approximate or uncertain date, beside whatever other.

        Examples
        --------
        >>> Date.parse("2001").before(Date.parse("2003"))
        'yes'
        >>> Date.parse("2001?").before(Date.parse("2003"))
        'possibly'
        """
        if self.is_loose or other.is_loose:
            return "possibly"
        if self.end < other.start:
            return "yes"
        return "no" if self.start >= other.end else "possibly"

    def overlaps(self, other: Date) -> bool:
        """Whether at least one day is admitted by both."""
        return self.start <= other.end and other.start <= self.end

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=8192)
def _parse(text: str) -> Date:
    if not text:
        raise DateError("the date is empty", fix=_HOW)
    if text.count("/") > 1:
        raise DateError(f"{text!r} has more than one '/'", fix=_HOW)
    if "/" not in text:
        return _point(text)
    left, right = text.split("/")
    if left in ("", "..") and right in ("", ".."):
        raise DateError(f"{text!r} has neither start nor end", fix=_HOW)
    first = _point(left) if left not in ("", "..") else None
    last = _point(right) if right not in ("", "..") else None
    if first and last and last.end < first.start:
        raise DateError(f"the interval {text!r} ends before it starts", fix=f"did you mean {right}/{left}?")
    ends = [end for end in (first, last) if end]
    return Date(
        text,
        first.earliest if first else None,
        last.latest if last else None,
        any(end.approximate for end in ends),
        any(end.uncertain for end in ends),
    )


def _point(text: str) -> Date:
    match = _POINT.fullmatch(text)
    if not match:
        raise DateError(f"{text!r} is not an EDTF date", fix=_suggestion(text) or _HOW)
    year = int(match["year"])
    if year > _LAST:
        raise DateError(
            f"the year {year} is outside 1 to {_LAST}", fix="write .. for an open end, as in 2004/.."
        )
    if year < 1:
        raise DateError(f"the year {year} is outside 1 to {_LAST}", fix=_HOW)
    month = int(match["month"]) if match["month"] else None
    day = int(match["day"]) if match["day"] else None
    if month is not None and not 1 <= month <= 12:
        raise DateError(f"month {month} in {text!r} does not exist", fix="months run from 01 to 12")
    if day is not None and month is not None:
        last_day = calendar.monthrange(year, month)[1]
        if not 1 <= day <= last_day:
            raise DateError(
                f"{day} {_MONTHS[month - 1]} {year} does not exist",
                fix=f"{_MONTHS[month - 1]} {year} has {last_day} days; if the source prints this date, "
                f"write {year:04d}-{month:02d}? and say so in the note",
            )
    mark = match["mark"]
    first = datetime.date(year, month or 1, day or 1)
    last_month = month or 12
    last = datetime.date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    return Date(text, first, last, mark in ("~", "%"), mark in ("?", "%"))


def _suggestion(text: str) -> str | None:
    """What the writer probably meant, for the commonest other ways of writing dates."""
    if match := re.fullmatch(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})", text):
        day, month, year = match.groups()
        return f"for day {day}, month {month} write {year}-{int(month):02d}-{int(day):02d}"
    if match := re.fullmatch(r"([0-9]{4})\s*[-–—]\s*([0-9]{4})", text):
        return f"write the interval as {match[1]}/{match[2]}"
    if match := re.fullmatch(r"([0-9]{4})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{1,2}))?", text):
        day_part = f"-{int(match[3]):02d}" if match[3] else ""
        return f"write {match[1]}-{int(match[2]):02d}{day_part}"
    return None
