"""The events of a study: their structure, the days that it implies, and the questions it leaves."""

from __future__ import annotations

from collections.abc import Iterator

from concausa.record.event import Event
from concausa.study.study import Study
from concausa.tracing import mechanism_order
from concausa.tracing import unasked as questions
from concausa.tracing.certainty import Certainty, certainty, order_word
from concausa.tracing.implied_days import ImpliedDays
from concausa.tracing.mechanism_order import MechanismOrder
from concausa.tracing.need import needing
from concausa.tracing.relation_table import RelationTable, relation_table
from concausa.tracing.structure import EventStructure
from concausa.tracing.unasked import Question


def events_of(study: Study, unit: str | None = None) -> tuple[Event, ...]:
    """The events of a study, or those of one unit with all that they needed elsewhere.

    Each has all that it needed in its column ``needed``, whichever table says so.

    Parameters
    ----------
    study : Study
    unit : str, optional
        Id of a unit; empty for events of no single unit.

    Raises
    ------
    UnknownNameError
        If the study has no such unit.
    """
    every = needing(study.events, study.prerequisites)
    if unit is None:
        return every
    if unit:
        study.row("units", unit)
    by_id = {event.id: event for event in every}
    kept = {event.id for event in every if event.unit == unit}
    waiting = list(kept)
    for id in waiting:
        for needed in by_id[id].needed:
            if needed in by_id and needed not in kept:
                kept.add(needed)
                waiting.append(needed)
    return tuple(event for event in every if event.id in kept)


def event_structure(study: Study, *, unit: str | None = None) -> EventStructure:
    """Which events of a study, or of one unit, could not have happened without which.

    Examples
    --------
    >>> built = event_structure(Study.load("prosoft"), unit="NL")
    >>> built.falls_without("E-NL-2004-council")
    ('E-NL-2008-csoft', 'E-NL-2008-talent', 'E-NL-2016-plan')
    """
    return EventStructure(events_of(study, unit), study.prerequisites)


def implied_days(study: Study) -> ImpliedDays:
    """The days on which each event of a study can have begun, by its date and by what it needed."""
    return ImpliedDays(study.events, study.prerequisites)


def order_certainty(study: Study, first: str, second: str) -> Certainty:
    """Which of two events began first, how sure that is, and what date would settle it.

    Raises
    ------
    UnknownNameError
        If one of them is not an event of the study.
    """
    for id in (first, second):
        study.row("events", id)
    return certainty(implied_days(study), first, second)


def open_orders(study: Study, unit: str) -> Iterator[Certainty]:
    """The pairs of a unit's events, in order of reading, whose order is open or contradictory."""
    days = implied_days(study)
    ids = [event.id for event in event_structure(study, unit=unit).events.values() if event.unit == unit]
    for place, first in enumerate(ids):
        for second in ids[place + 1 :]:
            if order_word(days, first, second) in ("open", "contradictory"):
                yield certainty(days, first, second)


def time_relations(study: Study, unit: str) -> RelationTable:
    """Which of Allen's relations remain possible between all pairs of a unit's events."""
    ids = [event.id for event in events_of(study, unit) if event.unit == unit]
    return relation_table(study.events, study.prerequisites, among=ids)


def unasked(study: Study, *, unit: str | None = None, within_days: int = 366) -> tuple[Question, ...]:
    """Pairs of events of which the study does not say whether one could have happened without the other."""
    if unit is not None:
        study.row("units", unit)
    found = questions.unasked(study.events, study.prerequisites, within_days=within_days)
    home = {event.id: event.unit for event in study.events}
    return tuple(one for one in found if unit is None or home[one.earlier] == unit)


def mechanism_orders(study: Study) -> tuple[MechanismOrder, ...]:
    """For each mechanism and unit, whether events that show its cause began before those of its effect."""
    return mechanism_order.mechanism_orders(study.events, study.prerequisites)
