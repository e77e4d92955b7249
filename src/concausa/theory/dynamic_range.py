"""Ranges of a dynamic model: what a quantity may be before any evidence, and the years that a model spans."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from concausa.core.date import Date
from concausa.core.errors import DateError, ScaleError
from concausa.core.interval import Interval

_NUMBER = r"[+-]?[0-9]+(?:\.[0-9]+)?"
_RANGE = re.compile(rf"\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*")
_FORM = "write a least and a greatest value, such as 0..0.5"
_YEARS = re.compile(r"[0-9]{4}/[0-9]{4}")

#: Most years that a model may span.
MOST_YEARS = 500


def read_range(text: str, *, within: Interval | None = None) -> Interval:
    """The range that a text such as ``0..0.5`` names; both ends belong to it.

    Parameters
    ----------
    text : str
        LOW..HIGH.
    within : Interval, optional
        Where it must lie.

    Raises
    ------
    ScaleError
        If it is no range, is upside down, or lies outside *within*.

    Examples
    --------
    >>> read_range("0.25..1")
    Interval(low=Fraction(1, 4), high=Fraction(1, 1))
    """
    match = _RANGE.fullmatch(text)
    if not match:
        raise ScaleError(f"{text!r} is no range", fix=_FORM)
    low, high = (Fraction(Decimal(end)) for end in match.groups())
    if low > high:
        raise ScaleError(f"the range {text} ends below its start", fix=f"write {match[2]}..{match[1]}")
    if within is not None and not within.low <= low <= high <= within.high:
        raise ScaleError(
            f"the range {text} leaves {within.low}..{within.high}",
            fix=f"keep it between {within.low} and {within.high}",
        )
    return Interval(low, high)


def read_start(text: str, *, within: Interval | None = None) -> tuple[str, Interval]:
    """The unit and the range that a text such as ``NL=0.2..0.8`` names.

    Raises
    ------
    ScaleError
        If it is not UNIT=LOW..HIGH, or its range is wrong.

    Examples
    --------
    >>> read_start("NL=0..1")
    ('NL', Interval(low=Fraction(0, 1), high=Fraction(1, 1)))
    """
    unit, equals, told = (part.strip() for part in text.partition("="))
    if not equals or not unit:
        raise ScaleError(f"{text!r} does not say for which unit it is", fix="write NL=0.2..0.8")
    return unit, read_range(told, within=within)


def read_years(date: Date | None) -> range:
    """The years from the first to the last that a date such as ``2000/2015`` names.

    Raises
    ------
    DateError
        If it does not name a first and a later last year, or spans more than 500 years.

    Examples
    --------
    >>> list(read_years(Date.parse("2014/2016")))
    [2014, 2015, 2016]
    """
    text = "" if date is None else date.text
    if date is None or not _YEARS.fullmatch(text) or date.start.year == date.end.year:
        raise DateError(
            f"{text!r} does not name a first and a last year", fix="write two years, such as 2000/2015"
        )
    if date.end.year - date.start.year >= MOST_YEARS:
        raise DateError(f"{text} spans more than {MOST_YEARS} years", fix="look for a slip in it")
    return range(date.start.year, date.end.year + 1)
