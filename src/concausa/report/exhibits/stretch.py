"""Dates on an axis: the time that a date admits, in decimal years."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time that a date admits, in decimal years.

    Parameters
    ----------
    start, end : float
        Within the axis.
    open_start, open_end : bool
        Whether the source leaves that end open or unknown; the stretch then reaches the axis's end.
    exact : bool
        Whether it is one day.
    about : bool
        Whether the date is approximate or uncertain.
    """

    start: float
    end: float
    open_start: bool
    open_end: bool
    exact: bool
    about: bool


def year(day: datetime.date) -> float:
    """A day as a decimal year: 1 January 2004 is 2004.0."""
    first = datetime.date(day.year, 1, 1).toordinal()
    length = datetime.date(day.year, 12, 31).toordinal() - first + 1
    return day.year + (day.toordinal() - first) / length


def stretch(
    earliest: datetime.date | None, latest: datetime.date | None, about: bool, axis: tuple[float, float]
) -> Stretch:
    """What two ends, either of them possibly open, cover of an axis; what lies beyond it is cut off."""
    start = axis[0] if earliest is None else year(earliest)
    end = axis[1] if latest is None else year(latest) + 1 / 365.25
    first, last = min(max(axis[0], start), axis[1]), max(min(axis[1], end), axis[0])
    return Stretch(
        first,
        max(first, last),
        earliest is None or start < axis[0],
        latest is None or end > axis[1] + 0.01,
        earliest == latest and axis[0] <= start < axis[1],
        about,
    )
