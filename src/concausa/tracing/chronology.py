"""Chronology: which event came first, how we know, and where dates contradict each other."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Literal

from concausa.core.circles import circles
from concausa.core.date import Date
from concausa.core.table import Link
from concausa.record.event import Event

Relation = Literal["before", "after", "same time", "undecided"]


@dataclass(frozen=True, slots=True)
class Step:
    """One reason in a chain: *earlier* came before *later*, by their dates or because it was needed."""

    earlier: str
    later: str
    by: Literal["dates", "needed"]

    def __str__(self) -> str:
        if self.by == "needed":
            return f"{self.later} needed {self.earlier}"
        return f"{self.earlier} is dated before {self.later}"


@dataclass(frozen=True, slots=True)
class Order:
    """How two events lie to each other.

    Parameters
    ----------
    first, second : str
        Ids of the events.
    relation : str
        ``before``: the first came before the second (or, where a prerequisite decides, began no
        later); ``after``; ``same time``: both are dated to one and the same day; ``undecided``.
    reason : str
        One sentence.
    steps : tuple of Step
        The chain of dates and prerequisites that decides; empty when undecided.
    """

    first: str
    second: str
    relation: Relation
    reason: str
    steps: tuple[Step, ...] = ()

    @property
    def links(self) -> tuple[Link, ...]:
        """The events that decide."""
        ids = dict.fromkeys([self.first, self.second])
        for step in self.steps:
            ids |= dict.fromkeys([step.earlier, step.later])
        return tuple(Link("events", id) for id in ids)

    def data(self) -> dict[str, object]:
        """Everything in it as plain JSON values."""
        return {
            "first": self.first,
            "second": self.second,
            "relation": self.relation,
            "reason": self.reason,
            "steps": [{"earlier": s.earlier, "later": s.later, "by": s.by} for s in self.steps],
        }


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An event that is dated before something it needed, or that needed itself."""

    event: str
    needed: str
    chain: tuple[str, ...]
    what: str


class Chronology:
    """The events of a study, ready for questions of order. A question takes time linear in the events."""

    __slots__ = ("_dated", "_enables", "events")

    def __init__(self, events: Iterable[Event]) -> None:
        self.events: dict[str, Event] = {event.id: event for event in events}
        self._enables: dict[str, list[str]] = {id: [] for id in self.events}
        for event in self.events.values():
            for needed in event.needed:
                if needed in self._enables:
                    self._enables[needed].append(event.id)
        self._dated = sorted(
            (date.start, event.id) for event in self.events.values() if (date := _sure(event)) is not None
        )

    def path(self, first: str, second: str) -> tuple[Step, ...] | None:
        """The shortest chain of dates and prerequisites that puts *first* before *second*, if any.

        Where dates suffice they are the chain, whatever was needed.
        """
        if first == second:
            return None
        came: dict[str, Step] = {}
        queue = deque([first])
        unreached = len(self._dated)
        while queue:
            here = queue.popleft()
            steps: list[Step] = []
            date = _sure(self.events[here])
            if date is not None:
                earliest = bisect_right(self._dated, date.end, hi=unreached, key=itemgetter(0))
                steps += [Step(here, id, "dates") for _, id in self._dated[earliest:unreached]]
                unreached = min(unreached, earliest)
            steps += [Step(here, later, "needed") for later in self._enables[here]]
            for step in steps:
                if step.later in came or step.later == first:
                    continue
                came[step.later] = step
                if step.later == second:
                    return _back(came, first, second)
                queue.append(step.later)
        return None

    def needs(self, id: str) -> dict[str, tuple[str, ...]]:
        """All that an event needed, directly or through others, each with the chain that leads there.

        The event itself is among them only where it needed itself.
        """
        came = self._came(id)
        return {needed: _chain(came, id, needed) for needed in came}

    def _came(self, id: str) -> dict[str, str]:
        """All that an event needed, nearest first, each with what needed it on the way there."""
        came: dict[str, str] = {}
        queue = deque([id])
        while queue:
            here = queue.popleft()
            for needed in self.events[here].needed:
                if needed in self.events and needed not in came:
                    came[needed] = here
                    if needed != id:
                        queue.append(needed)
        return came

    def order(self, first: str, second: str) -> Order:
        """How two events lie to each other; KeyError for an id that is not an event's."""
        one, two = self.events[first], self.events[second]
        if first == second:
            return Order(first, second, "same time", "It is one and the same event.")
        ahead, behind = self.path(first, second), self.path(second, first)
        if ahead and behind:
            return Order(
                first,
                second,
                "undecided",
                f"Dates and prerequisites contradict each other: {_reason(ahead)}; but {_reason(behind)}.",
            )
        if ahead:
            return Order(first, second, "before", _sentence(ahead), ahead)
        if behind:
            return Order(first, second, "after", _sentence(behind), behind)
        return Order(first, second, *_undated(one, two))

    def contradictions(self) -> tuple[Contradiction, ...]:
        """Events dated before what they needed, directly or through others, and circles of need."""
        found: list[Contradiction] = []
        for event in self.events.values():
            came = self._came(event.id)
            if event.id in came:
                circle = _chain(came, event.id, event.id)
                if event.id == min(circle):
                    what = f"{' needed '.join(circle)}: a circle."
                    found.append(Contradiction(event.id, event.id, circle, what))
                continue
            for needed in came:
                if _dated_before(event, self.events[needed]):
                    chain = _chain(came, event.id, needed)
                    what = _too_early(event, self.events[needed], chain)
                    found.append(Contradiction(event.id, needed, chain, what))
        return tuple(found)


def sequence(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events in an order for reading: by earliest date, a prerequisite before what needed it.

    Undated events follow the last thing that they needed, or stand at the end. The order says
    nothing more than :meth:`Chronology.order` does: neighbours may be undecided. Inside a circle of needs
    dates alone count.
    """
    listed = sorted(events, key=_start)
    by_id = {event.id: event for event in listed}
    undated = [event for event in listed if event.date is None]
    needs = _straight(listed)
    placed: dict[str, Event] = {}
    entered: set[str] = set()

    def around(event: Event) -> Iterator[Event]:
        """What an event needed; then, once it is placed, what may follow it."""
        yield from (by_id[needed] for needed in needs[event.id])
        placed[event.id] = event
        for follower in undated:
            wanted = needs[follower.id]
            if wanted and follower.id not in entered and all(id in placed for id in wanted):
                yield follower

    for event in listed:
        open_ends = [iter((event,))]
        while open_ends:
            here = next(open_ends[-1], None)
            if here is None:
                open_ends.pop()
            elif here.id not in entered:
                entered.add(here.id)
                open_ends.append(around(here))
    return tuple(placed.values())


def _straight(events: list[Event]) -> dict[str, list[str]]:
    """What each event needed among them, without the needs that close a circle."""
    place = {event.id: number for number, event in enumerate(events)}
    links = [[place[id] for id in event.needed if id in place] for event in events]
    of = circles(links).of
    return {
        event.id: [events[there].id for there in links[here] if of[there] != of[here]]
        for here, event in enumerate(events)
    }


def _start(event: Event) -> tuple[bool, int, int]:
    if event.date is None:
        return (True, 0, 0)
    first = event.date.earliest or event.date.end
    return (False, first.toordinal(), event.date.end.toordinal())


def _dated_before(event: Event, other: Event) -> bool:
    date, then = _sure(event), _sure(other)
    return date is not None and then is not None and date.before(then) == "yes"


def _too_early(event: Event, needed: Event, chain: tuple[str, ...]) -> str:
    return (
        f"{event.id} is dated {event.date}, before {needed.date}, the date of {needed.id}; "
        f"yet {' needed '.join(chain)}."
    )


def _chain(came: dict[str, str], id: str, needed: str) -> tuple[str, ...]:
    """From an event to what it needed, through what lies between."""
    chain = [needed, came[needed]]
    while chain[-1] != id:
        chain.append(came[chain[-1]])
    return tuple(reversed(chain))


def _back(came: dict[str, Step], first: str, second: str) -> tuple[Step, ...]:
    steps = [came[second]]
    while steps[-1].earlier != first:
        steps.append(came[steps[-1].earlier])
    return tuple(reversed(steps))


def _reason(steps: tuple[Step, ...]) -> str:
    return ", ".join(str(step) for step in steps)


def _sentence(steps: tuple[Step, ...]) -> str:
    text = _reason(steps)
    return f"{text}."


def _undated(one: Event, two: Event) -> tuple[Relation, str]:
    missing = [event.id for event in (one, two) if event.date is None]
    if missing:
        which = " and ".join(missing)
        return "undecided", f"The date of {which} is not given, and no chain of prerequisites joins the two."
    if (day := _one_day(one)) and day == _one_day(two):
        return "same time", f"Both are dated {one.date}."
    return (
        "undecided",
        f"The dates {one.date} and {two.date} do not tell, and no chain of prerequisites joins the two.",
    )


def _one_day(event: Event) -> dt.date | None:
    """The day of an event that is dated to one day without doubt."""
    date = _sure(event)
    return date.earliest if date is not None and date.earliest == date.latest else None


def _sure(event: Event) -> Date | None:
    """The date of an event if it can decide an order: neither approximate nor uncertain."""
    date = event.date
    return None if date is None or date.is_loose else date
