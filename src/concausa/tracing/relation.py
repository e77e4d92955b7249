"""A relation in time: which of Allen's thirteen two dates admit, and whether one of them holds.

What a date leaves open stays open: a relation holds only where every admissible choice of days agrees.

References
----------
.. [1] Allen (1983), Maintaining knowledge about temporal intervals, *Communications of the ACM* 26(11),
   832-843. https://doi.org/10.1145/182.358434
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from typing import TypeAlias

from concausa.core.date import Date
from concausa.core.errors import OptionError
from concausa.core.nearest import nearest
from concausa.core.unit import Period

#: Allen's thirteen, each followed by its converse; ``equals`` is its own.
ALLEN = (
    "before",
    "after",
    "meets",
    "met by",
    "overlaps",
    "overlapped by",
    "starts",
    "started by",
    "during",
    "contains",
    "finishes",
    "finished by",
    "equals",
)

#: Every relation that a sentence may state, as the ones of Allen's that it covers.
RELATIONS: Mapping[str, frozenset[str]] = {
    **{name: frozenset((name,)) for name in ALLEN},
    "within": frozenset(("starts", "during", "finishes", "equals")),
    "not after": frozenset(
        ("before", "meets", "overlaps", "finished by", "contains", "starts", "equals", "started by")
    ),
}

Days: TypeAlias = tuple[int, int]

#: A day may lie anywhere: no calendar reaches so far.
ANYWHERE: Days = (-(10**8), 10**8)


def relation(first: Days, second: Days) -> str:
    """The one of Allen's relations between two spans, each given by its first and last day.

    A span may be a single day. One that ends on the very day on which the other begins *meets* it; a
    single day that begins or ends a longer span *starts* or *finishes* it.

    Examples
    --------
    >>> relation((1, 4), (4, 9)), relation((4, 4), (4, 9)), relation((1, 3), (4, 9))
    ('meets', 'starts', 'before')
    """
    (start, end), (other_start, other_end) = first, second
    if end < other_start:
        return "before"
    if other_end < start:
        return "after"
    if start == other_start:
        if end == other_end:
            return "equals"
        return "starts" if end < other_end else "started by"
    if end == other_end:
        return "finishes" if start > other_start else "finished by"
    if end == other_start:
        return "meets"
    if other_end == start:
        return "met by"
    if start > other_start:
        return "during" if end < other_end else "overlapped by"
    return "contains" if end > other_end else "overlaps"


@lru_cache(maxsize=8192)
def possible_relations(first: Date, second: Date) -> frozenset[str]:
    """The relations that at least one admissible choice of days realises; never empty.

    A plain date is one day, somewhere in what its text spans; an interval ``a/b`` begins on a day of *a*
    and ends on a day of *b*, not before it began. An end that is open, unknown, approximate or
    uncertain may be any day.

    Examples
    --------
    >>> sorted(possible_relations(Date.parse("2003"), Date.parse("2004-05")))
    ['before']
    >>> sorted(possible_relations(Date.parse("2003"), Date.parse("2003-05-19")))
    ['after', 'before', 'equals']
    >>> sorted(possible_relations(Date.parse("2006"), Date.parse("2003/2006-01-01")))
    ['after', 'finishes']
    """
    bounds = (*ends(first), *ends(second))
    whole = (first.is_interval, second.is_interval)
    return frozenset(
        relation((ranks[0], ranks[1]), (ranks[2], ranks[3]))
        for ranks in ORDERS
        if (whole[0] or ranks[0] == ranks[1])
        and (whole[1] or ranks[2] == ranks[3])
        and admissible(ranks, bounds)
    )


def holds(relation: str, first: Date, second: Date) -> bool | None:
    """Whether a relation holds between two dates; None where they leave it open.

    Parameters
    ----------
    relation : str
        One of ``RELATIONS``: Allen's thirteen, ``within`` (starts, during, finishes or equals) or
        ``not after`` (begins no later).

    Raises
    ------
    OptionError
        If there is no such relation.

    Examples
    --------
    >>> holds("before", Date.parse("2003"), Date.parse("2004"))
    True
    >>> holds("within", Date.parse("2008"), Date.parse("2000-01-01/2007-12-31"))
    False
    >>> holds("before", Date.parse("2003"), Date.parse("2003-05")) is None
    True
    """
    if relation not in RELATIONS:
        near = nearest(relation, RELATIONS)
        raise OptionError(
            f"there is no relation {relation!r} between dates",
            fix=f"did you mean {near}?" if near else f"one of {', '.join(RELATIONS)}",
        )
    possible = possible_relations(first, second)
    if possible <= RELATIONS[relation]:
        return True
    return False if possible.isdisjoint(RELATIONS[relation]) else None


def period_span(period: Period) -> Date:
    """A period from the first day of its start to the last day of its end.

    A period is drawn by the study, so that its ends are no guesses: all of 2007 lies within 2000-2007.

    Examples
    --------
    >>> early = Period(id="1", label="", start=Date.parse("2000"), end=Date.parse("2007"))
    >>> period_span(early).text, holds("within", Date.parse("2007"), period_span(early))
    ('2000-01-01/2007-12-31', True)
    """
    start = period.start.text if period.start.is_loose else f"{period.start.earliest or '..'}"
    end = period.end.text if period.end.is_loose else f"{period.end.latest or '..'}"
    return Date.parse(f"{start.partition('/')[0]}/{end.rpartition('/')[2]}")


def ends(date: Date) -> tuple[Days, Days]:
    """The days on which a date may begin, and those on which it may end, as first and last ordinal day.

    Examples
    --------
    >>> ends(Date.parse("2003-05-19/2003-05"))
    ((731354, 731354), (731336, 731366))
    """
    if not date.is_interval:
        days = _days(date)
        return days, days
    start, end = (Date.parse(text) if text not in ("", "..") else None for text in date.text.split("/"))
    return _days(start), _days(end)


def _days(date: Date | None) -> Days:
    if date is None or date.is_loose or date.earliest is None or date.latest is None:
        return ANYWHERE
    return date.earliest.toordinal(), date.latest.toordinal()


def admissible(ranks: tuple[int, ...], bounds: tuple[Days, ...]) -> bool:
    """Whether days within their bounds can lie in the order of the ranks, equal ranks on one day."""
    day = ANYWHERE[0] - 1
    for rank in range(max(ranks) + 1):
        here = [bound for own, bound in zip(ranks, bounds, strict=True) if own == rank]
        day = max(day + 1, *(first for first, _ in here))
        if day > min(last for _, last in here):
            return False
    return True


#: Every order, with ties, of the two first and two last days in which no span ends before it begins.
ORDERS = tuple(
    ranks
    for ranks in product(range(4), repeat=4)
    if set(ranks) == set(range(max(ranks) + 1)) and ranks[0] <= ranks[1] and ranks[2] <= ranks[3]
)
