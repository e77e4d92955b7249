"""The unasked: pairs of events of which nobody has said yet whether one could have happened without the other.

A list for the researcher, never an answer. An answer goes into the table of prerequisites, ``rejected`` included.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from concausa.core.errors import OptionError
from concausa.record.event import Event
from concausa.record.prerequisite import Prerequisite
from concausa.tracing.certainty import order_word
from concausa.tracing.implied_days import ImpliedDays
from concausa.tracing.relation import ANYWHERE
from concausa.tracing.structure import EventStructure


@dataclass(frozen=True, slots=True)
class Question:
    """The question whether the later event could have happened without the earlier one.

    Parameters
    ----------
    earlier, later : str
        Ids; where the order is open, in the order in which they are read.
    ordered : bool
        Whether dates and needs decide that the earlier one began no later.
    actors, mechanisms : tuple of str
        What the two share.
    gap : int or None
        Least days between their beginnings; 0 where they may have begun on one day, None where a date is
        missing altogether.
    """

    earlier: str
    later: str
    ordered: bool
    actors: tuple[str, ...]
    mechanisms: tuple[str, ...]
    gap: int | None

    @property
    def text(self) -> str:
        """The question."""
        return f"Could {self.later} have happened without {self.earlier}?"

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return {
            "earlier": self.earlier,
            "later": self.later,
            "question": self.text,
            "ordered": self.ordered,
            "actors": list(self.actors),
            "mechanisms": list(self.mechanisms),
            "gap": self.gap,
        }


def unasked(
    events: Iterable[Event], prerequisites: Iterable[Prerequisite] = (), *, within_days: int = 366
) -> tuple[Question, ...]:
    """Pairs of one unit, close in time or with something in common, that no declaration joins.

    Pairs with more actors and mechanisms in common come first, then those closer in time. A pair that is
    close in time and shares nothing is asked only where no date of the two is missing. An answer of any
    kind, contested and rejected included, takes a pair off the list; so does a chain of needs.

    Parameters
    ----------
    events : iterable of Event
    prerequisites : iterable of Prerequisite
    within_days : int, at least 0
        How far apart the beginnings of two events that share nothing may lie at least.

    Raises
    ------
    OptionError
        If *within_days* is negative.

    Examples
    --------
    >>> from concausa.core.date import Date
    >>> pair = (Event(id="a", title="A", unit="N", date=Date.parse("2001"), actors=("Ada",)),
    ...         Event(id="b", title="B", unit="N", date=Date.parse("2004"), actors=("Ada", "Bo")))
    >>> [question.text for question in unasked(pair)]
    ['Could b have happened without a?']
    """
    if within_days < 0:
        raise OptionError(f"within_days is {within_days}", fix="give 0 or more days")
    listed, rows = tuple(events), tuple(prerequisites)
    structure, days = EventStructure(listed, rows), ImpliedDays(listed, rows)
    answered = {frozenset((row.event, row.needed)) for row in rows}
    units: dict[str, list[Event]] = {}
    for event in structure.events.values():
        if event.unit:
            units.setdefault(event.unit, []).append(event)
    found = []
    for own in units.values():
        for place, one in enumerate(own):
            joined = {*structure.all_needed(one.id), *structure.falls_without(one.id)}
            for two in own[place + 1 :]:
                if two.id in joined or frozenset((one.id, two.id)) in answered:
                    continue
                gap = _gap(days, one.id, two.id)
                close = gap is not None and gap <= within_days
                if close or _shared(one.actors, two.actors) or _shared(one.mechanisms, two.mechanisms):
                    found.append(_question(days, one, two, gap))
    return tuple(sorted(found, key=_rank))


def _question(days: ImpliedDays, one: Event, two: Event, gap: int | None) -> Question:
    word = order_word(days, one.id, two.id)
    if word in ("after", "not before"):
        one, two = two, one
    return Question(
        one.id,
        two.id,
        word not in ("open", "contradictory"),
        _shared(one.actors, two.actors),
        _shared(one.mechanisms, two.mechanisms),
        gap,
    )


def _shared(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in one if word in two)


def _gap(days: ImpliedDays, one: str, two: str) -> int | None:
    spans = (days.spans[one].begins, days.spans[two].begins)
    if any(span == ANYWHERE for span in spans):
        return None
    return max(0, spans[1][0] - spans[0][1], spans[0][0] - spans[1][1])


def _rank(question: Question) -> tuple[int, bool, int]:
    shared = len(question.actors) + len(question.mechanisms)
    return (-shared, question.gap is None, question.gap or 0)
