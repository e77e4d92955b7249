"""Margins month by month: by how many points the governor in office had won.

A margin of one contest holds as long as its winner governs. Where sources tell a contest differently, each
margin is a reading of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from concausa.core.date import Date
from concausa.record.election import Election
from concausa.record.term import Term
from concausa.rivals.alignment import alignment


@dataclass(frozen=True, slots=True)
class Contest:
    """One contest, as all its sources tell it.

    Parameters
    ----------
    id : str
        ``UNIT YEAR``.
    unit : str
    rows : tuple of Election
        Those that give both shares, in the order of the record.
    """

    id: str
    unit: str
    rows: tuple[Election, ...]

    @property
    def earliest(self) -> datetime.date:
        """The first day that it may have been."""
        return max(row.date.start for row in self.rows if row.date is not None)

    @property
    def margins(self) -> tuple[Decimal, ...]:
        """Winner's share less runner-up's, in points; different ones, each once."""
        return tuple(dict.fromkeys(margin(row) for row in self.rows))

    def rows_of(self, points: Decimal) -> tuple[str, ...]:
        """Ids of the rows with a margin."""
        return tuple(row.id for row in self.rows if margin(row) == points)


@dataclass(frozen=True, slots=True)
class InOffice:
    """The contest behind the governor of each month.

    Parameters
    ----------
    unit : str
    months : tuple of (datetime.date, Contest or None, tuple of str)
        First day of the month; the contest, None where the record leaves it open; ids of the terms used.
    """

    unit: str
    months: tuple[tuple[datetime.date, Contest | None, tuple[str, ...]], ...]


def margin(row: Election) -> Decimal:
    """Winner's share less runner-up's, in percentage points.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from concausa.core.date import Date
    >>> shares = {"winner_share": Decimal("49.6"), "runner_up_share": Decimal("35.97")}
    >>> margin(Election(id="V", unit="PUE", date=Date.parse("2004"), source="RP2025", **shares))
    Decimal('13.63')
    """
    assert row.winner_share is not None
    assert row.runner_up_share is not None
    return row.winner_share - row.runner_up_share


def contests(elections: Iterable[Election]) -> tuple[Contest, ...]:
    """The contests of a record: rows of one unit whose dates overlap tell of one.

    Rows without both shares, or without a date, have no margin and are left out.
    """
    groups: list[list[Election]] = []
    for row in elections:
        if row.date is None or row.winner_share is None or row.runner_up_share is None:
            continue
        for group in groups:
            if group[0].unit == row.unit and any(
                other.date is not None and other.date.overlaps(row.date) for other in group
            ):
                group.append(row)
                break
        else:
            groups.append([row])
    found = [Contest("", group[0].unit, tuple(group)) for group in groups]
    return tuple(Contest(f"{one.unit} {one.earliest.year}", one.unit, one.rows) for one in found)


def in_office(
    terms: Iterable[Term],
    held: Sequence[Contest],
    unit: str,
    window: Date,
    *,
    office: str = "governor",
    national_office: str = "president",
) -> InOffice:
    """The contest that brought the holder of an office there, month by month.

    It is the last one before the day by which the term had begun. A month is open where the record
    admits several holders who won different contests, or no holder with a start.

    Parameters
    ----------
    terms : iterable of Term
        Terms of all units.
    held : sequence of Contest
        Contests of all units.
    window : Date
        Closed interval, year or month.
    """
    rows = tuple(terms)
    own = {row.id: row for row in rows if row.unit == unit and row.office == office}
    fought = sorted((one for one in held if one.unit == unit), key=lambda one: one.earliest)
    found = alignment(rows, unit, window, office=office, national_office=national_office)
    months = []
    for month in found.months:
        used = tuple(id for id in month.terms if id in own)
        months.append((month.month, _behind([own[id] for id in used], fought), used))
    return InOffice(unit, tuple(months))


def _behind(terms: Sequence[Term], fought: Sequence[Contest]) -> Contest | None:
    """The contest behind the terms that are told of a month; None if they began after different ones."""
    starts = [row.start for row in terms if row.start is not None]
    # The finest start of the rows on one term is the one to go by.
    sure = [start for start in starts if not start.is_loose and not start.is_interval]
    last = [[one for one in fought if one.earliest <= start.end] for start in sure]
    winners = {before[-1].id if before else "" for before in last}
    if len(winners) > 1:
        finest = [start for start in sure if start.precision == "day"]
        winners = {
            before[-1].id if (before := [one for one in fought if one.earliest <= start.end]) else ""
            for start in finest
        }
    name = winners.pop() if len(winners) == 1 else ""
    return next((one for one in fought if one.id == name), None)
