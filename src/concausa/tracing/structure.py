"""Event structure: which events could not have happened without which, as a graph of needs.

The question is that of event-structure analysis: could it have happened without? What is answered here
follows from the declared needs alone; whether they are right is for whoever declared them.

References
----------
.. [1] Heise (1989), Modeling event structures, *Journal of Mathematical Sociology* 14(2-3), 139-169.
   https://doi.org/10.1080/0022250X.1989.9990048
.. [2] Griffin (1993), Narrative, event-structure analysis, and causal interpretation in historical
   sociology, *American Journal of Sociology* 98(5), 1094-1133. https://doi.org/10.1086/230140
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from concausa.core.circles import circles
from concausa.core.errors import UnknownNameError
from concausa.core.nearest import nearest, some
from concausa.record.event import Event
from concausa.record.prerequisite import Prerequisite
from concausa.tracing.need import Need, needing, needs

if TYPE_CHECKING:
    from concausa.core.table import Table


@dataclass(frozen=True, slots=True)
class Redundant:
    """A need that others imply: *event* needed *through*, and that needed *needed* already."""

    event: str
    needed: str
    through: str


class EventStructure:
    """Events and what each could not have happened without.

    Parameters
    ----------
    events : iterable of Event
    prerequisites : iterable of Prerequisite
        Beside the column ``needed`` of the events. Contested ones are kept apart and decide nothing.

    Examples
    --------
    >>> built = EventStructure((Event(id="a", title="A"), Event(id="b", title="B", needed=("a",)),
    ...                         Event(id="c", title="C", needed=("a", "b"))))
    >>> built.falls_without("a"), built.levels["c"], built.redundant
    (('b', 'c'), 2, (Redundant(event='c', needed='a', through='b'),))
    """

    __slots__ = (
        "_circle_of",
        "_direct",
        "_ids",
        "_needed",
        "_needing",
        "_number",
        "circles",
        "contested",
        "events",
        "needs",
    )

    def __init__(self, events: Iterable[Event], prerequisites: Iterable[Prerequisite] = ()) -> None:
        from concausa.tracing.chronology import sequence

        rows = tuple(prerequisites)
        listed = tuple(events)
        every = needs(listed, rows)
        self.events: dict[str, Event] = {event.id: event for event in sequence(needing(listed, rows))}
        self.needs: tuple[Need, ...] = tuple(need for need in every if need.holds)
        self.contested: tuple[Need, ...] = tuple(need for need in every if not need.holds)
        self._ids = tuple(self.events)
        self._number = {id: number for number, id in enumerate(self._ids)}
        self._direct: dict[str, list[Need]] = {id: [] for id in self._ids}
        links: list[list[int]] = [[] for _ in self._ids]
        for need in self.needs:
            self._direct[need.event].append(need)
            links[self._number[need.event]].append(self._number[need.needed])
        found = circles(links)
        self._circle_of = found.of
        self._needed = _closure(links, found.of, found.order)
        self._needing = _turned(self._needed)
        self.circles: tuple[tuple[str, ...], ...] = tuple(
            tuple(self._ids[number] for number in sorted(circle)) for circle in found.circles
        )

    # --- one event ----------------------------------------------------------------------------

    def all_needed(self, id: str) -> tuple[str, ...]:
        """All that an event needed, directly or through others; itself only where it stands in a circle."""
        return self._listed(self._needed[self._place(id)])

    def falls_without(self, id: str) -> tuple[str, ...]:
        """The events that could not have happened without it, if the declared needs are right."""
        place = self._place(id)
        return self._listed(self._needing[place] & ~(1 << place))

    def needed_by(self, id: str) -> tuple[Need, ...]:
        """What needed it directly."""
        self._place(id)
        return tuple(need for need in self.needs if need.needed == id)

    def needs_of(self, id: str) -> tuple[Need, ...]:
        """What it needed directly."""
        self._place(id)
        return tuple(self._direct[id])

    # --- two events ---------------------------------------------------------------------------

    def path(self, event: str, needed: str) -> tuple[Need, ...]:
        """A shortest chain of needs from an event back to one that it needed; empty if there is none."""
        self._place(event), self._place(needed)
        return self._path(event, needed, frozenset())

    def cuts(self, event: str, needed: str) -> tuple[str, ...]:
        """The events that every chain from *event* back to *needed* passes, the earliest first.

        Empty where a single need joins the two, where several chains share nothing, and where no chain
        joins them.
        """
        there = self._place(event)
        back = self._place(needed)
        if not self._needed[there] >> back & 1:
            return ()
        between = self._needed[there] & self._needing[back] & ~(1 << there) & ~(1 << back)
        return tuple(id for id in self._listed(between) if not self._path(event, needed, frozenset((id,))))

    def _path(self, event: str, needed: str, closed: frozenset[str]) -> tuple[Need, ...]:
        came: dict[str, Need] = {}
        queue = deque([event])
        while queue and needed not in came:
            for need in self._direct[queue.popleft()]:
                if need.needed not in came and need.needed not in closed:
                    came[need.needed] = need
                    queue.append(need.needed)
        if needed not in came:
            return ()
        chain = [came[needed]]
        while chain[-1].event != event:
            chain.append(came[chain[-1].event])
        return tuple(reversed(chain))

    # --- the whole ----------------------------------------------------------------------------

    @property
    def roots(self) -> tuple[str, ...]:
        """Events that others needed and that needed nothing themselves."""
        starts = {need.event for need in self.needs}
        ends = {need.needed for need in self.needs}
        return tuple(id for id in self._ids if id in ends - starts)

    @property
    def leaves(self) -> tuple[str, ...]:
        """Events that needed others and that nothing needed."""
        starts = {need.event for need in self.needs}
        ends = {need.needed for need in self.needs}
        return tuple(id for id in self._ids if id in starts - ends)

    @property
    def isolated(self) -> tuple[str, ...]:
        """Events that needed nothing and that nothing needed: not asked about, or on their own."""
        joined = {id for need in self.needs for id in (need.event, need.needed)}
        return tuple(id for id in self._ids if id not in joined)

    @property
    def levels(self) -> dict[str, int]:
        """For each event the longest chain of needs behind it; a circle is one step."""
        direct: dict[int, list[int]] = {}
        for need in self.needs:
            event, needed = (self._circle_of[self._number[id]] for id in (need.event, need.needed))
            direct.setdefault(event, []).append(needed)
        heights: dict[int, int] = {}
        for circle in dict.fromkeys(sorted(self._circle_of)):
            behind = [heights[other] + 1 for other in direct.get(circle, ()) if other != circle]
            heights[circle] = max(behind, default=0)
        return {id: heights[self._circle_of[number]] for number, id in enumerate(self._ids)}

    @property
    def redundant(self) -> tuple[Redundant, ...]:
        """Needs that follow from others: leaving them all out changes nothing that can be asked."""
        found = []
        for need in self.needs:
            back = self._number[need.needed]
            circle = {self._circle_of[self._number[need.event]], self._circle_of[back]}
            others = [self._number[other.needed] for other in self._direct[need.event]]
            through = [
                other
                for other in others
                if len(circle) == 2
                and self._circle_of[other] not in circle
                and self._needed[other] >> back & 1
            ]
            if through:
                found.append(Redundant(need.event, need.needed, self._ids[min(through)]))
        return tuple(found)

    @property
    def reduction(self) -> tuple[Need, ...]:
        """The needs without the redundant ones: what has to be told."""
        dropped = {(one.event, one.needed) for one in self.redundant}
        return tuple(need for need in self.needs if (need.event, need.needed) not in dropped)

    def most_needed(self) -> tuple[tuple[str, int], ...]:
        """Events with how many others could not have happened without them, most first, none left at 0."""
        counted = [
            (id, (self._needing[number] & ~(1 << number)).bit_count()) for number, id in enumerate(self._ids)
        ]
        return tuple(sorted((pair for pair in counted if pair[1]), key=lambda pair: -pair[1]))

    # --- shown --------------------------------------------------------------------------------

    def table(self) -> Table:
        """Every need with its answer and reason."""
        from concausa.tracing.structure_view import needs_table

        return needs_table(self)

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        from concausa.tracing.structure_view import data

        return data(self)

    def __str__(self) -> str:
        from concausa.tracing.structure_view import memo

        return memo(self)

    def __repr__(self) -> str:
        from concausa.tracing.structure_view import counted

        return f"<EventStructure: {counted(self)}>"

    def _repr_html_(self) -> str:
        from concausa.core import typeset

        return typeset.html(self.table())

    def _place(self, id: str) -> int:
        if id in self._number:
            return self._number[id]
        near = nearest(id, self._ids)
        raise UnknownNameError(
            f"there is no event {id!r}",
            fix=f"did you mean {near}?" if near else f"one of {some(self._ids)}",
        )

    def _listed(self, bits: int) -> tuple[str, ...]:
        return tuple(self._ids[number] for number in _places(bits))


def _places(bits: int) -> Iterator[int]:
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def _closure(links: list[list[int]], circle_of: tuple[int, ...], order: tuple[int, ...]) -> list[int]:
    """For each event, as bits, all that it needed.

    *order* holds the events so that what an event needed comes first, circles apart.
    """
    members: dict[int, list[int]] = {}
    for number in order:
        members.setdefault(circle_of[number], []).append(number)
    reach = [0] * len(links)
    for circle in members.values():
        own = sum(1 << number for number in circle)
        bits = 0
        for number in circle:
            for needed in links[number]:
                bits |= 1 << needed | reach[needed]
        if len(circle) > 1:
            bits |= own
        for number in circle:
            reach[number] = bits
    return reach


def _turned(reach: list[int]) -> list[int]:
    back = [0] * len(reach)
    for number, bits in enumerate(reach):
        for needed in _places(bits):
            back[needed] |= 1 << number
    return back
