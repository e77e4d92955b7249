"""Implied days: when events can have begun, by their dates and by what they needed and what needed them.

The dates and needs of events make a simple temporal network: each event begins on some day and ends on
some day, not before; a date says on which days; and nothing begins before what it needed began. The
earliest and latest days of the network are exact: each is realised by some choice of all days.

References
----------
.. [1] Dechter, Meiri & Pearl (1991), Temporal constraint networks, *Artificial Intelligence* 49(1-3),
   61-95. https://doi.org/10.1016/0004-3702(91)90006-6
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from concausa.core.circles import circles
from concausa.core.date import Date
from concausa.record.event import Event
from concausa.record.prerequisite import Prerequisite
from concausa.tracing.need import Need, needs
from concausa.tracing.relation import ANYWHERE, Days, ends

if TYPE_CHECKING:
    from concausa.core.table import Table


@dataclass(frozen=True, slots=True)
class Span:
    """When one event can have begun and ended.

    Parameters
    ----------
    event : str
        Its id.
    first, last : int or None
        Ordinals of the first and last day on which it can have begun; None where nothing bounds it.
        The first lies after the last where its dates and needs contradict each other.
    end_first, end_last : int or None
        The same for the day on which it was over.
    after, before : tuple of Need
        The chain of needs that gives the first or last day; empty where its own date does.
    sharpened : bool
        Whether its needs say more than its own date.
    """

    event: str
    first: int | None
    last: int | None
    end_first: int | None
    end_last: int | None
    after: tuple[Need, ...] = ()
    before: tuple[Need, ...] = ()
    sharpened: bool = False

    @property
    def begins(self) -> Days:
        """First and last day on which it can have begun; unbounded ends lie beyond every calendar."""
        return _closed(self.first, self.last)

    @property
    def ends(self) -> Days:
        """First and last day on which it can have been over."""
        return _closed(self.end_first, self.end_last)

    @property
    def possible(self) -> bool:
        """Whether a day is left."""
        return self.begins[0] <= self.begins[1] and self.ends[0] <= self.ends[1]

    @property
    def years(self) -> range | None:
        """The years in which it can have begun; None where a side is open, or no day is left."""
        first, last = day(self.first), day(self.last)
        if not first or not last or not self.possible:
            return None
        return range(first.year, last.year + 1)

    @property
    def text(self) -> str:
        """The days on which it can have begun: ``2004-05-01 to 2008-12-31``, ``from …`` or ``until …``."""
        first, last = day(self.first), day(self.last)
        if first and last:
            return str(first) if first == last else f"{first} to {last}"
        return f"from {first}" if first else f"until {last}" if last else "any day"

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return {
            "event": self.event,
            "first": _iso(self.first),
            "last": _iso(self.last),
            "end_first": _iso(self.end_first),
            "end_last": _iso(self.end_last),
            "after": [need.data() for need in self.after],
            "before": [need.data() for need in self.before],
            "sharpened": self.sharpened,
            "possible": self.possible,
        }


@dataclass(frozen=True, slots=True)
class Conflict:
    """Dates and needs that cannot all be right.

    Parameters
    ----------
    chain : tuple of Need
        From the event that is dated too early back to the one that is dated too late; a circle of needs
        ends where it starts.
    what : str
        One sentence.
    """

    chain: tuple[Need, ...]
    what: str

    @property
    def events(self) -> tuple[str, ...]:
        """The events of the chain."""
        return tuple(dict.fromkeys(id for need in self.chain for id in (need.event, need.needed)))

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return {"what": self.what, "chain": [need.data() for need in self.chain]}


class _Reach(NamedTuple):
    """The day that a chain gives, how long the chain is, and its first need; larger days bind more."""

    day: int
    steps: int
    by: Need | None


class ImpliedDays:
    """The spans of some events, and what contradicts.

    Parameters
    ----------
    events : iterable of Event
    prerequisites : iterable of Prerequisite
        Beside the column ``needed`` of the events.

    Examples
    --------
    >>> found = ImpliedDays((
    ...     Event(id="law", title="A law", date=Date.parse("2004-05")),
    ...     Event(id="office", title="An office", needed=("law",)),
    ...     Event(id="report", title="A report", date=Date.parse("2008"), needed=("office",)),
    ... ))
    >>> found.spans["office"].text
    '2004-05-01 to 2008-12-31'
    """

    __slots__ = ("_behind", "_lags", "_order", "conflicts", "events", "needs", "spans")

    def __init__(self, events: Iterable[Event], prerequisites: Iterable[Prerequisite] = ()) -> None:
        self.events: dict[str, Event] = {event.id: event for event in events}
        self.needs = tuple(need for need in needs(self.events.values(), prerequisites) if need.holds)
        ids = tuple(self.events)
        place = {id: number for number, id in enumerate(ids)}
        links: list[list[int]] = [[] for _ in ids]
        for need in self.needs:
            links[place[need.event]].append(place[need.needed])
        found = circles(links)
        joined = {
            (need.event, need.needed): need
            for need in self.needs
            if found.of[place[need.event]] != found.of[place[need.needed]]
        }
        order = [ids[number] for number in found.order]
        self._order = {id: number for number, id in enumerate(order)}
        own = {id: _own(event.date) for id, event in self.events.items()}
        first = _pushed(order, [(n.needed, n.event, n) for n in joined.values()], _firsts(own), 1)
        last = _pushed(order[::-1], [(n.event, n.needed, n) for n in joined.values()], _lasts(own), -1)
        self._lags = _successors(joined.values())
        self._behind = dict.fromkeys(ids, 0)
        for id in order:
            for need in self._lags.get(id, ()):
                self._behind[need.event] |= 1 << self._order[id] | self._behind[id]
        self.spans: Mapping[str, Span] = {id: _span(id, own[id], first, last) for id in ids}
        rounds = [_round([ids[number] for number in circle], self.needs) for circle in found.circles]
        self.conflicts: tuple[Conflict, ...] = (*rounds, *_conflicts(self, own, first, last))

    @property
    def sharpened(self) -> tuple[Span, ...]:
        """The spans that are narrower than the event's own date, in the order of the events."""
        return tuple(span for span in self.spans.values() if span.sharpened and span.possible)

    def lags(self, needed: str) -> dict[str, int]:
        """For each event that needed another, through however many, the least days from its beginning on."""
        return {id: reach.day for id, reach in self._onward(needed).items() if reach.by is not None}

    def chain(self, needed: str, event: str) -> tuple[Need, ...]:
        """The chain of needs from *event* back to *needed* that takes longest, of those the shortest."""
        if not self._behind[event] >> self._order[needed] & 1:
            return ()
        return _chain(event, self._onward(needed), "needed")

    def table(self) -> Table:
        """Every event with the days on which it can have begun, and why."""
        from concausa.tracing.implied_view import spans_table

        return spans_table(self)

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        from concausa.tracing.implied_view import data

        return data(self)

    def __str__(self) -> str:
        from concausa.tracing.implied_view import memo

        return memo(self)

    def __repr__(self) -> str:
        return f"<ImpliedDays: {len(self.events)} events, {len(self.conflicts)} conflicts>"

    def _repr_html_(self) -> str:
        from concausa.core import typeset

        return typeset.html(self.table())

    def _onward(self, needed: str) -> dict[str, _Reach]:
        best: dict[str, _Reach] = {needed: _Reach(0, 0, None)}
        waiting = [(self._order[needed], needed)]
        while waiting:
            _, here = heapq.heappop(waiting)
            for need in self._lags.get(here, ()):
                there = need.event
                new = _Reach(best[here].day + need.least_days, best[here].steps + 1, need)
                if there not in best:
                    heapq.heappush(waiting, (self._order[there], there))
                elif (new.day, -new.steps) <= (best[there].day, -best[there].steps):
                    continue
                best[there] = new
        return best


def day(ordinal: int | None) -> dt.date | None:
    """The day of an ordinal; None where there is none, or none that a calendar has."""
    if ordinal is None or not 1 <= ordinal <= dt.date.max.toordinal():
        return None
    return dt.date.fromordinal(ordinal)


def _iso(ordinal: int | None) -> str | None:
    found = day(ordinal)
    return found.isoformat() if found else None


def _closed(first: int | None, last: int | None) -> Days:
    return ANYWHERE[0] if first is None else first, ANYWHERE[1] if last is None else last


def _own(date: Date | None) -> tuple[Days, Days]:
    """The days on which an event may begin and be over, by its own date alone."""
    return (ANYWHERE, ANYWHERE) if date is None else ends(date)


def _firsts(own: Mapping[str, tuple[Days, Days]]) -> dict[str, _Reach]:
    return {id: _Reach(begins[0], 0, None) for id, (begins, _) in own.items()}


def _lasts(own: Mapping[str, tuple[Days, Days]]) -> dict[str, _Reach]:
    """Nothing begins after it is over."""
    return {id: _Reach(-min(begins[1], over[1]), 0, None) for id, (begins, over) in own.items()}


def _pushed(
    order: Sequence[str], links: Iterable[tuple[str, str, Need]], start: dict[str, _Reach], sign: int
) -> dict[str, _Reach]:
    """The binding day of each event, its chain the shortest of those that bind alike.

    *links* lead from one event to the next that it binds; *order* has the first before the second.
    """
    out: dict[str, list[tuple[str, Need]]] = {}
    for here, there, need in links:
        out.setdefault(here, []).append((there, need))
    reach = dict(start)
    bound = ANYWHERE[0] if sign > 0 else -ANYWHERE[1]
    for here in order:
        if reach[here].day <= bound:
            continue
        for there, need in out.get(here, ()):
            new = _Reach(reach[here].day + need.least_days, reach[here].steps + 1, need)
            if (new.day, -new.steps) > (reach[there].day, -reach[there].steps):
                reach[there] = new
    return reach


def _span(id: str, own: tuple[Days, Days], first: Mapping[str, _Reach], last: Mapping[str, _Reach]) -> Span:
    begins = (first[id].day, -last[id].day)
    over = (max(own[1][0], begins[0]), own[1][1])
    if own[0] == own[1] and own[0] != ANYWHERE:
        over = begins
    sharper = begins[0] > own[0][0] or begins[1] < min(own[0][1], own[1][1])
    bounds = [None if value in ANYWHERE else value for value in (*begins, *over)]
    after, before = _chain(id, first, "needed"), _chain(id, last, "event")
    return Span(id, bounds[0], bounds[1], bounds[2], bounds[3], after, before, sharper)


def _chain(id: str, reach: Mapping[str, _Reach], towards: str) -> tuple[Need, ...]:
    chain = []
    while (by := reach[id].by) is not None:
        chain.append(by)
        id = getattr(by, towards)
    return tuple(chain)


def _successors(joined: Iterable[Need]) -> dict[str, list[Need]]:
    found: dict[str, list[Need]] = {}
    for need in joined:
        found.setdefault(need.needed, []).append(need)
    return found


def _conflicts(
    days: ImpliedDays,
    own: Mapping[str, tuple[Days, Days]],
    first: Mapping[str, _Reach],
    last: Mapping[str, _Reach],
) -> tuple[Conflict, ...]:
    """The chains that no choice of days satisfies, none with a shorter one inside."""
    chains = {
        (*reversed(_chain(id, last, "event")), *_chain(id, first, "needed")): None
        for id, span in days.spans.items()
        if not span.possible
    }
    found = dict.fromkeys(part for chain in chains for part in _parts(chain, own))
    return tuple(Conflict(chain, _told(chain, days.events)) for chain in found)


def _parts(chain: tuple[Need, ...], own: Mapping[str, tuple[Days, Days]]) -> list[tuple[Need, ...]]:
    """The shortest parts of a chain whose two ends contradict each other by their own dates."""
    found: list[tuple[int, int]] = []
    for start, need in enumerate(chain):
        room = min(own[need.event][0][1], own[need.event][1][1])
        for stop, step in enumerate(chain[start:], start):
            room -= step.least_days
            if own[step.needed][0][0] > room:
                found.append((start, stop))
                break
    return [
        chain[start : stop + 1]
        for start, stop in found
        if not any(start < other and end <= stop for other, end in found)
    ]


def _told(chain: Sequence[Need], events: Mapping[str, Event]) -> str:
    early, late = events[chain[0].event], events[chain[-1].needed]
    told = f"{early.id} is dated {early.date}, and {late.id} {late.date}; yet {path_text(chain)}."
    days = sum(need.least_days for need in chain)
    return told[:-1] + f", with at least {days} days between them." if days else told


def path_text(chain: Sequence[Need]) -> str:
    """``c needed b needed a``."""
    return " needed ".join([chain[0].event, *(need.needed for need in chain)])


def _round(circle: Sequence[str], every: Iterable[Need]) -> Conflict:
    """A shortest way round from the first event of a circle, by name, back to it."""
    inside = set(circle)
    start = min(circle)
    came: dict[str, Need] = {}
    queue = [start]
    out: dict[str, list[Need]] = {}
    for need in every:
        if need.event in inside and need.needed in inside:
            out.setdefault(need.event, []).append(need)
    for here in queue:
        for need in out.get(here, ()):
            if need.needed not in came:
                came[need.needed] = need
                queue.append(need.needed)
    chain = [came[start]]
    while chain[-1].event != start:
        chain.append(came[chain[-1].event])
    chain.reverse()
    return Conflict(tuple(chain), f"{path_text(chain)}: a circle.")
