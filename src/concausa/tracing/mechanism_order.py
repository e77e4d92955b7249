"""The order of a mechanism: whether events that show its cause began before those that show its effect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from concausa.record.event import Event
from concausa.record.prerequisite import Prerequisite
from concausa.tracing.certainty import Certainty, certainty
from concausa.tracing.implied_days import ImpliedDays

Verdict = Literal["preceded", "open", "violated", "not declared"]


@dataclass(frozen=True, slots=True)
class MechanismOrder:
    """A mechanism in one unit, as far as events declare it.

    Parameters
    ----------
    mechanism, unit : str
        Ids; the unit is empty for events of no single unit.
    verdict : str
        ``preceded``: for every event that shows the effect, one that shows the cause began no later. Other
        causes may have begun after it: see ``late`` and ``unsettled``;
        ``violated``: an event shows the effect and every one that shows the cause began after it;
        ``open``: neither is certain; ``not declared``: no event shows the cause, or none the effect.
    causes, effects, others : tuple of str
        Events that show the cause, the effect, and those that bear on it without saying which; each in
        order of reading.
    orders : tuple of Certainty
        For every effect event its most telling cause event, the pair that carries the verdict; one that
        needed the cause before one that dates decide.
    late : tuple of str
        Causes that began after an effect: of that effect they are none.
    unsettled : tuple of str
        Other causes of which it is open, for every effect, whether they began before or after it.
    """

    mechanism: str
    unit: str
    verdict: Verdict
    causes: tuple[str, ...]
    effects: tuple[str, ...]
    others: tuple[str, ...]
    orders: tuple[Certainty, ...] = ()
    late: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return {
            "mechanism": self.mechanism,
            "unit": self.unit,
            "verdict": self.verdict,
            "causes": list(self.causes),
            "effects": list(self.effects),
            "others": list(self.others),
            "orders": [order.data() for order in self.orders],
            "late": list(self.late),
            "unsettled": list(self.unsettled),
        }


def mechanism_orders(
    events: Iterable[Event], prerequisites: Iterable[Prerequisite] = ()
) -> tuple[MechanismOrder, ...]:
    """Every mechanism in every unit with an event that bears on it.

    Events of no single unit count in each unit beside its own.

    That a cause came first is a condition of its having been one; it shows no more than that. An event
    that shows both cause and effect is no witness of their order to itself.

    Examples
    --------
    >>> from concausa.core.date import Date
    >>> pair = (Event(id="a", title="A", unit="N", date=Date.parse("2001"), cause_of=("M",)),
    ...         Event(id="b", title="B", unit="N", date=Date.parse("2004"), effect_of=("M",)))
    >>> [(found.mechanism, found.verdict) for found in mechanism_orders(pair)]
    [('M', 'preceded')]
    """
    from concausa.tracing.chronology import sequence
    from concausa.tracing.need import needing

    listed, rows = tuple(events), tuple(prerequisites)
    days = ImpliedDays(listed, rows)
    read = sequence(needing(listed, rows))
    own = {(id, event.unit) for event in read for id in _borne_on(event)}
    groups = {
        (id, unit): [event for event in read if event.unit in (unit, "") and id in _borne_on(event)]
        for id, unit in own
    }
    return tuple(_judged(days, id, unit, groups[id, unit]) for id, unit in sorted(groups, key=_natural))


def _borne_on(event: Event) -> set[str]:
    return {*event.cause_of, *event.effect_of, *event.mechanisms}


def _natural(key: tuple[str, str]) -> tuple[str, int, str, str]:
    """M2 before M10."""
    id, unit = key
    stem = id.rstrip("0123456789")
    return (stem, int(id[len(stem) :] or 0), id, unit)


def _judged(days: ImpliedDays, mechanism: str, unit: str, events: list[Event]) -> MechanismOrder:
    causes = tuple(event.id for event in events if mechanism in event.cause_of)
    effects = tuple(event.id for event in events if mechanism in event.effect_of)
    others = tuple(event.id for event in events if event.id not in (*causes, *effects))
    orders = []
    told: dict[str, set[int]] = {}
    for effect in effects:
        found = [certainty(days, cause, effect) for cause in causes if cause != effect]
        for order in found:
            told.setdefault(order.first, set()).add(_telling(order))
        if found:
            orders.append(min(found, key=lambda order: (_telling(order), not _joined(order))))
    words = {_telling(order) for order in orders}
    verdict: Verdict = "not declared"
    if words:
        verdict = "violated" if max(words) == _VIOLATED else "open" if max(words) == _OPEN else "preceded"
    late = tuple(cause for cause in causes if _VIOLATED in told.get(cause, ()))
    unsettled = tuple(cause for cause in causes if told.get(cause) == {_OPEN})
    return MechanismOrder(mechanism, unit, verdict, causes, effects, others, tuple(orders), late, unsettled)


_IN_ORDER, _OPEN, _VIOLATED = range(3)


def _joined(order: Certainty) -> bool:
    """Whether needs lead from the effect back to the cause itself."""
    ends = (order.chain[0].event, order.chain[-1].needed) if order.chain else ()
    return ends == (order.second, order.first)


def _telling(order: Certainty) -> int:
    if order.word in ("before", "not after", "same day"):
        return _IN_ORDER
    return _VIOLATED if order.word == "after" else _OPEN
