"""Certainty of an order: which of two events began first, how sure that is, and what would settle it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from concausa.core.errors import UnknownNameError
from concausa.core.nearest import nearest, some
from concausa.record.event import Event
from concausa.tracing.implied_days import ImpliedDays, day, path_text
from concausa.tracing.need import Need
from concausa.tracing.relation import ANYWHERE, Days, ends

Word = Literal["before", "not after", "same day", "not before", "after", "open", "contradictory"]
Grain = Literal["year", "month", "day"]

OPPOSITE: dict[Word, Word] = {
    "before": "after",
    "after": "before",
    "not after": "not before",
    "not before": "not after",
}


@dataclass(frozen=True, slots=True)
class Deciding:
    """What a finer date of one event would do to an open order.

    Parameters
    ----------
    event : str
        The event whose date would be known.
    could, would : str
        The coarsest precision (year, month, day) at which some, or every, admissible date of it alone
        decides; empty where none does.
    """

    event: str
    could: Grain | Literal[""]
    would: Grain | Literal[""]

    def __str__(self) -> str:
        if self.would:
            return f"the {self.would} of {self.event} would decide"
        if self.could:
            return f"the {self.could} of {self.event} could decide"
        return f"no date of {self.event} alone can decide"


@dataclass(frozen=True, slots=True)
class Certainty:
    """How the beginnings of two events lie to each other.

    Parameters
    ----------
    first, second : str
        Ids of the events.
    word : str
        ``before``: the first began on an earlier day, whatever days are chosen; ``not after``: no later, perhaps
        on the same day; ``same day``; ``not before`` and ``after``: the converses; ``open``: either may
        have begun first; ``contradictory``: dates and needs leave no day.
    reason : str
        One sentence.
    chain : tuple of Need
        The needs that decide, from the later event back; empty where dates alone do.
    deciding : tuple of Deciding
        For an open order, what a finer date of either event would do.
    share_first, share_same : Fraction or None
        Of all pairs of days that dates and needs admit, the share in which the first event began earlier, and on
        the same day. It takes every admissible pair of days alike, which is an assumption and no probability
        that the order was so. None where the days are unbounded or none is left.
    """

    first: str
    second: str
    word: Word
    reason: str
    chain: tuple[Need, ...] = ()
    deciding: tuple[Deciding, ...] = ()
    share_first: Fraction | None = None
    share_same: Fraction | None = None

    @property
    def certain(self) -> bool:
        """Whether the order is decided."""
        return self.word not in ("open", "contradictory")

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return {
            "first": self.first,
            "second": self.second,
            "word": self.word,
            "certain": self.certain,
            "reason": self.reason,
            "chain": [need.data() for need in self.chain],
            "deciding": [
                {"event": one.event, "could": one.could, "would": one.would} for one in self.deciding
            ],
            "share_first": _plain(self.share_first),
            "share_same": _plain(self.share_same),
        }

    def __repr__(self) -> str:
        return f"<Certainty: {self.first} {SAID[self.word]} {self.second}>"

    def __str__(self) -> str:
        return f"{self.first} {SAID[self.word]} {self.second}: {self.reason}"


#: Each word as the verb of a sentence.
SAID: dict[Word, str] = {
    "before": "began before",
    "not after": "began no later than",
    "same day": "began on the same day as",
    "not before": "began no earlier than",
    "after": "began after",
    "open": "may have begun before or after",
    "contradictory": "stands in contradiction to",
}


def certainty(days: ImpliedDays, first: str, second: str) -> Certainty:
    """How the beginnings of two events lie to each other, by every date and need among some events.

    Parameters
    ----------
    days : ImpliedDays
    first, second : str
        Ids of two of its events.

    Raises
    ------
    UnknownNameError
        If one of them is not among the events.

    Examples
    --------
    >>> from concausa.core.date import Date
    >>> from concausa.record.event import Event
    >>> days = ImpliedDays((Event(id="a", title="A", date=Date.parse("2003")),
    ...                     Event(id="b", title="B", date=Date.parse("2003-07"))))
    >>> found = certainty(days, "a", "b")
    >>> found.word, [str(one) for one in found.deciding], found.share_first
    ('open', ['the month of a could decide', 'no date of b alone can decide'], Fraction(196, 365))
    """
    word = order_word(days, first, second)
    if first == second:
        return Certainty(first, second, word, "It is one and the same event.")
    if word == "contradictory":
        return Certainty(first, second, word, _against(days, first, second))
    one, two = days.spans[first].begins, days.spans[second].begins
    if word == "open":
        deciding = (_deciding(first, one, two), _deciding(second, two, one))
        return Certainty(first, second, word, _overlap(one, two), (), deciding, *_shares(one, two))
    chain, reason = _reason(days, first, second, word)
    certain = word in ("before", "after", "same day")
    shares = (Fraction(word == "before"), Fraction(word == "same day")) if certain else (None, None)
    return Certainty(first, second, word, reason, chain, (), *shares)


def order_word(days: ImpliedDays, first: str, second: str) -> Word:
    """The word of :func:`certainty` alone, without its reasons: quick enough for every pair.

    Raises
    ------
    UnknownNameError
        If one of them is not among the events.
    """
    for id in (first, second):
        if id not in days.events:
            near = nearest(id, days.events)
            raise UnknownNameError(
                f"there is no event {id!r}",
                fix=f"did you mean {near}?" if near else f"one of {some(days.events)}",
            )
    if first == second:
        return "same day"
    if days.conflicts and _against(days, first, second):
        return "contradictory"
    one, two = days.spans[first].begins, days.spans[second].begins
    least = max(two[0] - one[1], _length(days.chain(first, second)))
    most = -max(one[0] - two[1], _length(days.chain(second, first)))
    return _word(least, most)


def _length(chain: tuple[Need, ...]) -> int:
    return sum(need.least_days for need in chain) if chain else ANYWHERE[0] * 4


def _word(least: int, most: int) -> Word:
    """The word for a difference in days, second minus first, between *least* and *most*."""
    if least > 0:
        return "before"
    if most < 0:
        return "after"
    if least == most == 0:
        return "same day"
    if least == 0:
        return "not after"
    return "not before" if most == 0 else "open"


def _against(days: ImpliedDays, first: str, second: str) -> str:
    """What contradicts about either event; empty where nothing does."""
    told = []
    for conflict in days.conflicts:
        for id in (first, second):
            span = days.spans[id]
            through = {*span.before, *span.after} if not span.possible else set()
            if id in conflict.events or set(conflict.chain) <= through:
                told.append(conflict.what)
    return " ".join(dict.fromkeys(told))


def _reason(
    days: ImpliedDays,
    first: str,
    second: str,
    word: Word,
) -> tuple[tuple[Need, ...], str]:
    early, late = (first, second) if word in ("before", "not after", "same day") else (second, first)
    before, after = days.spans[early], days.spans[late]
    if by_dates := _dated(days.events[early], days.events[late], word):
        return (), by_dates
    chain = days.chain(early, late)
    apart = after.begins[0] - before.begins[1]
    if chain and _length(chain) >= apart:
        told = _length(chain)
        more = f", at least {told} days before" if told else ""
        return chain, f"{path_text(chain)}{more}."
    parts = [_side(days, early, "by", before.last, before.before)]
    parts.append(_side(days, late, "from", after.first, after.after))
    return (*after.after, *before.before), f"{parts[0]}, and {parts[1]}."


def _dated(early: Event, late: Event, word: Word) -> str:
    """The reason where the two dates alone decide as much as dates and needs do; empty where they do not."""
    if early.date is None or late.date is None:
        return ""
    one, two = ends(early.date)[0], ends(late.date)[0]
    by_dates = _word(two[0] - one[1], two[1] - one[0])
    if by_dates != (
        "before" if word in ("before", "after") else "same day" if word == "same day" else "not after"
    ):
        return ""
    return (
        f"{early.id} began by {day(one[1])} (its date is {early.date}), and {late.id} began on or after "
        f"{day(two[0])} (its date is {late.date})."
    )


def _side(days: ImpliedDays, id: str, word: str, bound: int | None, chain: tuple[Need, ...]) -> str:
    """``b began by 2004-05-31, for c, which is dated 2004-05, needed b``."""
    told = f"{id} began {'by' if word == 'by' else 'on or after'} {day(bound)}"
    if not chain:
        return f"{told} (its date is {days.events[id].date})"
    if word == "by":
        chain = tuple(reversed(chain))
        dated = chain[0].event
    else:
        dated = chain[-1].needed
    return f"{told} ({path_text(chain)}; {dated} is dated {days.events[dated].date})"


def _overlap(one: Days, two: Days) -> str:
    """From when to when both may have begun."""
    first, last = max(one[0], two[0]), min(one[1], two[1])
    start, end = day(first if first > ANYWHERE[0] else None), day(last if last < ANYWHERE[1] else None)
    if start and end:
        return f"Both can have begun from {start} to {end}, and no chain of needs joins them."
    bound = f"from {start} on" if start else f"until {end}" if end else "at any time"
    return f"Both can have begun {bound}, and no chain of needs joins them."


def _deciding(event: str, own: Days, other: Days) -> Deciding:
    """A date of the event from *start* to *end* decides unless the other may lie on both sides of it."""
    could: Grain | Literal[""] = ""
    for grain in ("year", "month"):
        ways = [_decides(span, other) for span in _dates(own, other, grain)]
        if all(ways):
            return Deciding(event, could or grain, grain)
        if any(ways):
            could = could or grain
    inside = (max(own[0], other[0] + 1), min(own[1], other[1] - 1))
    if inside[0] > inside[1]:
        return Deciding(event, could or "day", "day")
    return Deciding(event, could or ("" if inside == own else "day"), "")


def _decides(own: Days, other: Days) -> bool:
    return own[1] <= other[0] or own[0] >= other[1]


def _dates(own: Days, other: Days, grain: Literal["year", "month"]) -> Iterator[Days]:
    """Dates of one precision that the event may have, clipped to its days.

    Where its days are unbounded, those near the bounds of the other event stand for the rest: all that
    lie beyond decide alike.
    """
    near = [bound for bound in (*own, *other) if bound not in ANYWHERE]
    if not near:
        yield own
        return
    first, last = max(own[0], min(near) - 800), min(own[1], max(near) + 800)
    first, last = max(first, 1), min(last, dt.date.max.toordinal())
    here = first
    while here <= last:
        end = _end(dt.date.fromordinal(here), grain)
        yield here, min(end, last)
        here = end + 1


def _end(start: dt.date, grain: Literal["year", "month"]) -> int:
    """The last day of the year or month of a day."""
    if grain == "year" or start.month == 12:
        return dt.date(start.year, 12, 31).toordinal()
    return dt.date(start.year, start.month + 1, 1).toordinal() - 1


def _shares(one: Days, two: Days) -> tuple[Fraction | None, Fraction | None]:
    """Shares of the pairs of days with the first earlier, and on one day."""
    if any(bound in ANYWHERE for bound in (*one, *two)):
        return None, None
    count = (one[1] - one[0] + 1) * (two[1] - two[0] + 1)
    earlier = sum(two[1] - max(two[0], start + 1) + 1 for start in range(one[0], min(one[1], two[1] - 1) + 1))
    same = max(0, min(one[1], two[1]) - max(one[0], two[0]) + 1)
    return Fraction(earlier, count), Fraction(same, count)


def _plain(share: Fraction | None) -> dict[str, int] | None:
    return None if share is None else {"numerator": share.numerator, "denominator": share.denominator}
