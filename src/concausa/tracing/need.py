"""A need: one event that another could not have happened without, whoever declared it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from concausa.record.event import Event
from concausa.record.prerequisite import Prerequisite

#: Answers that make a need, strongest first. A pair that stands in ``needed`` alone is ``declared``.
HOLDING = ("stated", "logic", "inferred", "declared")


@dataclass(frozen=True, slots=True)
class Need:
    """*event* could not have happened without *needed*.

    Parameters
    ----------
    event, needed : str
        Ids of the events.
    answer : str
        How sure: ``stated``, ``logic``, ``inferred``, ``declared`` (no reason given) or ``contested``.
    why : tuple of str
        The reasons given, one for each row that gives one.
    rows : tuple of str
        Ids of the rows of prerequisites that say so.
    least_days : int
        Least days from the beginning of what was needed to that of the event.
    """

    event: str
    needed: str
    answer: str
    why: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    least_days: int = 0

    @property
    def holds(self) -> bool:
        """Whether it decides anything; a contested one does not."""
        return self.answer in HOLDING

    def data(self) -> dict[str, object]:
        """Everything in it as plain JSON values."""
        return {
            "event": self.event,
            "needed": self.needed,
            "answer": self.answer,
            "why": list(self.why),
            "rows": list(self.rows),
            "least_days": self.least_days,
        }


def needs(events: Iterable[Event], prerequisites: Iterable[Prerequisite] = ()) -> tuple[Need, ...]:
    """Every need among some events, from the column ``needed`` and from the table of prerequisites.

    A pair that several rows speak of is one need: its strongest answer counts, and the longest time.
    Pairs that name an event which is not among *events* are left out, and so are rejected ones.

    Examples
    --------
    >>> pair = (Event(id="a", title="A"), Event(id="b", title="B", needed=("a",)))
    >>> needs(pair)
    (Need(event='b', needed='a', answer='declared', why=(), rows=(), least_days=0),)
    """
    listed = tuple(events)
    known = {event.id for event in listed}
    found: dict[tuple[str, str], Need] = {}
    for event in listed:
        for id in event.needed:
            if id in known:
                found.setdefault((event.id, id), Need(event.id, id, "declared"))
    for row in prerequisites:
        if row.event in known and row.needed in known and row.answer != "rejected":
            before = found.get((row.event, row.needed))
            found[row.event, row.needed] = _with(before, row)
    return tuple(found.values())


def needing(events: Iterable[Event], prerequisites: Iterable[Prerequisite]) -> tuple[Event, ...]:
    """The same events, each with all that it needed in its own column ``needed``.

    Contested and rejected prerequisites add nothing.
    """
    listed = tuple(events)
    own: dict[str, list[str]] = {event.id: list(event.needed) for event in listed}
    for row in prerequisites:
        if row.answer in HOLDING and row.event in own and row.needed not in own[row.event]:
            own[row.event].append(row.needed)
    return tuple(
        event if len(own[event.id]) == len(event.needed) else _completed(event, own[event.id])
        for event in listed
    )


def _completed(event: Event, needed: list[str]) -> Event:
    return dataclasses.replace(event, needed=tuple(needed))


def _with(before: Need | None, row: Prerequisite) -> Need:
    days = (row.least_days or 0) if row.answer in HOLDING else 0
    new = Need(row.event, row.needed, row.answer, (row.why,), (row.id,), days)
    if before is None:
        return new
    order = (*HOLDING[:-1], "declared", "contested")
    answer = min(before.answer, new.answer, key=order.index)
    return Need(
        row.event,
        row.needed,
        answer,
        (*before.why, *new.why),
        (*before.rows, *new.rows),
        max(before.least_days, new.least_days),
    )
