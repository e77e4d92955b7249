"""Tenures: what all rows on one holder's term say together, and who may have held an office on a day or in a year."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from concausa.record.term import Term


@dataclass(frozen=True, slots=True)
class Tenure:
    """One holder's term, with what all rows on it say together.

    Parameters
    ----------
    first, begun : datetime.date
        The first day that it may include, and the day by which it had begun without doubt.
    leaves : datetime.date or None
        The last day through which it lasted without doubt; None if no row states an end.
    left : datetime.date
        The last day that it may include.
    parties, ids : tuple of str
        Parties that its rows give; ids of its rows.
    """

    first: datetime.date
    begun: datetime.date
    leaves: datetime.date | None
    left: datetime.date
    parties: tuple[str, ...]
    ids: tuple[str, ...]

    def admits(self, day: datetime.date) -> bool:
        """Whether it may include a day."""
        return self.first <= day <= self.left

    def stays(self, day: datetime.date) -> bool:
        """Whether it lasted through a day once it had begun; without a stated end, until somebody follows."""
        return self.leaves is None or self.leaves >= day

    def certain(self, day: datetime.date) -> bool:
        """Whether its own dates put it on a day beyond doubt."""
        return self.begun <= day and self.leaves is not None and self.leaves >= day


def tenures(terms: Sequence[Term]) -> tuple[Tenure, ...]:
    """The terms of one office, rows on the same one joined.

    Parameters
    ----------
    terms : sequence of Term
        Those of one unit and one office. Rows that tell of one holder's term are read as one: each gives what the
        others leave out or leave loose. They are of one holder if the words of one name stand among those of the
        other and their dates do not part them; a row that fits two different holders is joined to neither. Terms
        without start and end tell nothing and are left out.
    """
    alike = {row.id: frozenset(other.id for other in terms if _same(row, other)) for row in terms}
    joined: dict[frozenset[str], list[Term]] = {}
    for row in terms:
        clear = frozenset(id for id in alike[row.id] if alike[id] == alike[row.id])
        joined.setdefault(clear, []).append(row)
    return tuple(_one(rows) for rows in joined.values() if any(row.start or row.end for row in rows))


def _one(rows: Sequence[Term]) -> Tenure:
    starts = [row.start for row in rows if row.start is not None]
    ends = [row.end for row in rows if row.end is not None]
    sure_starts = [date for date in starts if not date.is_loose]
    sure_ends = [date for date in ends if not date.is_loose]
    return Tenure(
        first=max((date.start for date in sure_starts), default=datetime.date.min),
        begun=min((date.end for date in sure_starts), default=datetime.date.max),
        leaves=max((date.start for date in sure_ends), default=datetime.date.min) if ends else None,
        left=min((date.end for date in sure_ends), default=datetime.date.max),
        parties=tuple(sorted({row.party for row in rows if row.party})),
        ids=tuple(row.id for row in rows),
    )


def _same(one: Term, other: Term) -> bool:
    """Whether two rows on an office may tell of one holder's one term."""
    first, second = _words(one.holder), _words(other.holder)
    if one is not other and not (first and second and (first <= second or second <= first)):
        return False
    ends = [(one.start, other.start), (one.end, other.end)]
    return all(a is None or b is None or a.is_loose or b.is_loose or a.overlaps(b) for a, b in ends)


def _words(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return frozenset(re.findall(r"\w+", "".join(sign for sign in plain if not unicodedata.combining(sign))))


def holders(terms: Sequence[Tenure], day: datetime.date) -> tuple[Tenure, ...]:
    """Who may have held the office on a day; several where its record is loose, none where nobody is known.

    Whoever the record puts there beyond doubt wins over others; otherwise everybody who may have been there counts,
    except those that began before the latest certain start.
    """
    admitted = [held for held in terms if held.admits(day)]
    certain = tuple(held for held in admitted if held.certain(day))
    if certain:
        return certain
    latest = max((held.begun for held in admitted if held.begun <= day), default=datetime.date.min)
    return tuple(held for held in admitted if held.begun >= latest)


def holders_of_year(terms: Sequence[Tenure], year: int) -> tuple[Tenure, ...]:
    """Who may have held the office for most days of a year; none where nobody is known for most of it.

    Examples
    --------
    >>> from concausa.core.date import Date
    >>> def term(id, start, end):
    ...     return Term(id=id, office="mayor", holder=id, start=Date.parse(start), end=Date.parse(end))
    >>> found = tenures([term("A", "2000-10-04", "2003-10-03"), term("B", "2003-10-04", "2006-10-03")])
    >>> [held.ids for year in (2003, 2004, 2009) for held in holders_of_year(found, year)]
    [('A',), ('B',)]
    """
    least, most = dict.fromkeys(terms, 0), dict.fromkeys(terms, 0)
    nobody = 0
    for first, days in _stretches(terms, year):
        here = holders(terms, first)
        nobody += 0 if here else days
        for held in here:
            most[held] += days
            least[held] += days if len(here) == 1 else 0
    return tuple(
        held
        for held in terms
        if most[held] and most[held] >= max(nobody, *(least[other] for other in terms if other != held), 0)
    )


def takeovers(terms: Sequence[Tenure], years: range) -> tuple[tuple[Tenure, range], ...]:
    """For each holder who came to the office, the years of which one is the first that belongs to them.

    Parameters
    ----------
    terms : sequence of Tenure
        Of one office.
    years : range
        The years looked at. Who held the office in the year before them already, beyond doubt, is no new holder.

    Returns
    -------
    tuple of (Tenure, range)
        In order of time; one year where the record is clear. The year before *years* is among them where the holder
        may have come then.
    """
    every = {year: holders_of_year(terms, year) for year in range(max(1, years.start - 1), years.stop)}
    found = []
    for held in terms:
        possible = [year for year, here in every.items() if held in here]
        if not possible:
            continue
        alone = (year for year in possible if every[year] == (held,))
        first, last = possible[0], next(alone, possible[-1])
        if last >= years.start:
            found.append((held, range(first, last + 1)))
    return tuple(sorted(found, key=lambda pair: (pair[1].start, pair[1].stop)))


def _stretches(terms: Sequence[Tenure], year: int) -> Iterator[tuple[datetime.date, int]]:
    """Stretches of a year within which nobody comes or goes: first day and length."""
    start, stop = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    cuts = {start}
    for held in terms:
        cuts |= {held.first, held.begun}
        cuts |= {day + datetime.timedelta(days=1) for day in (held.leaves, held.left) if day and day < stop}
    inside = sorted(day for day in cuts if start <= day <= stop)
    for place, day in enumerate(inside):
        after = inside[place + 1] if place + 1 < len(inside) else datetime.date(year + 1, 1, 1)
        yield day, (after - day).days
