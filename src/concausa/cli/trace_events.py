"""Events for a terminal: the timeline of a unit, what an event needed and what needed it, an order asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concausa.record.event import Event
    from concausa.study.study import Study
    from concausa.tracing.certainty import Certainty
    from concausa.tracing.implied_days import Span
    from concausa.tracing.structure import EventStructure

_ORDER = re.compile(r"(?P<first>\S+?)(?:\s*[<>]\s*|\s+(?:before|after)\s+)(?P<second>\S+)")
_DATE = 14
#: Rows told of each list unless all are asked for.
_FEW = 5
_VERDICTS = {
    "preceded": "each effect has an earlier cause",
    "open": "open whether an effect has an earlier cause",
    "violated": "an effect began before every cause",
}


def asks(study: Study, what: str) -> str:
    """What kind of question *what* is: ``unit``, ``event``, ``order``, or empty if it is none of these."""
    what = what.strip()
    if any(unit.id == what for unit in study.units):
        return "unit"
    if any(event.id == what for event in study.events):
        return "event"
    return "order" if _ORDER.fullmatch(what) else ""


def lines(study: Study, what: str, width: int = 80, *, every: bool = False) -> Iterator[str]:
    """The answer in lines of at most *width* columns.

    Parameters
    ----------
    study : Study
        As it may be shown.
    what : str
        Id of a unit or of an event, or an order: ``A < B``, ``A before B``.
    width : int
        Columns to keep to.
    every : bool
        Whether to tell lists in full.

    Raises
    ------
    UnknownNameError
        If the study has no such unit or event.
    """
    from concausa.core.typeset.plain_text import wrap

    for line in _told(study, what.strip(), width, every=every):
        indent = " " * (len(line) - len(line.lstrip()))
        yield from wrap(line, width, indent=indent) if len(line) > width else [line]


def data(study: Study, what: str) -> dict[str, Any]:
    """The same as plain JSON values.

    Of a unit: ``unit``, ``events``, ``structure``, ``days``, ``conflicts``, ``open``, ``mechanisms``,
    ``unasked``. Of an event: ``event``, ``days``, ``needs``, ``needed_by``, ``all_needed``,
    ``falls_without``. Of an order: ``order``, ``relations``.
    """
    from concausa.audit import events as asked

    what = what.strip()
    kind = asks(study, what)
    if kind == "order":
        first, second = _pair(what)
        return {
            "order": asked.order_certainty(study, first, second).data(),
            "relations": _relations(study, first, second),
        }
    days = asked.implied_days(study)
    if kind == "event":
        structure = asked.event_structure(study)
        return {
            "event": what,
            "days": days.spans[what].data(),
            "needs": [need.data() for need in structure.needs_of(what)],
            "needed_by": [need.data() for need in structure.needed_by(what)],
            "all_needed": list(structure.all_needed(what)),
            "falls_without": list(structure.falls_without(what)),
        }
    structure = asked.event_structure(study, unit=what)
    return {
        "unit": what,
        "events": [id for id, event in structure.events.items() if event.unit == what],
        "structure": structure.data(),
        "days": [days.spans[id].data() for id in structure.events],
        "conflicts": [found.data() for found in days.conflicts if set(found.events) & set(structure.events)],
        "open": [found.data() for found in asked.open_orders(study, what)],
        "mechanisms": [found.data() for found in asked.mechanism_orders(study) if found.unit == what],
        "unasked": [found.data() for found in asked.unasked(study, unit=what)],
    }


def _told(study: Study, what: str, width: int, *, every: bool) -> Iterator[str]:
    kind = asks(study, what)
    if kind == "order":
        yield from _order(study, *_pair(what))
    elif kind == "event":
        yield from _event(study, what)
    else:
        yield from _unit(study, what, width, every=every)


def _pair(what: str) -> tuple[str, str]:
    match = _ORDER.fullmatch(what)
    assert match
    return match["first"], match["second"]


# --- a unit -----------------------------------------------------------------------------------


def _unit(study: Study, unit: str, width: int, *, every: bool) -> Iterator[str]:
    from concausa.audit import events as asked

    name = study.row("units", unit).name
    structure, days = asked.event_structure(study, unit=unit), asked.implied_days(study)
    if not structure.events:
        yield f"{name}: no event of it is recorded"
        return
    yield f"{name}: {tally(structure, unit)}"
    yield ""
    for event in structure.events.values():
        yield from _entry(event, days.spans[event.id], structure, width)
    if any(span.sharpened and span.possible for id, span in days.spans.items() if id in structure.events):
        yield from ("", "In brackets: the days that needs imply.")
    yield from _falls(structure, every=every)
    for conflict in days.conflicts:
        if set(conflict.events) & set(structure.events):
            yield from ("", f"cannot all be right: {conflict.what}")
    yield from _mechanisms(study, unit)
    found = list(asked.open_orders(study, unit))
    if found:
        yield ""
        yield from _counted(len(found), "order is open", "orders are open")
        yield f"  ask about one: '{found[0].first} < {found[0].second}'"
    questions = asked.unasked(study, unit=unit)
    if questions:
        yield ""
        yield from _counted(len(questions), "question is not asked yet", "questions are not asked yet")
        for question in questions if every else questions[:_FEW]:
            yield f"  {question.text}"


def tally(structure: EventStructure, unit: str) -> str:
    """How many events of its own a unit has, how many from elsewhere they needed, and how many needs."""
    own = sum(event.unit == unit for event in structure.events.values())
    other = len(structure.events) - own
    told = _number(own, "event", "events")
    if other:
        told += f" of its own, {other} from elsewhere that {'it' if own == 1 else 'they'} needed"
    return f"{told}, {_number(len(structure.needs), 'need', 'needs')}"


def _number(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _counted(number: int, one: str, many: str) -> Iterator[str]:
    yield _number(number, one, many)


def _entry(event: Event, span: Span, structure: EventStructure, width: int) -> Iterator[str]:
    """A line of the timeline: when, which, what, and below what it needed directly."""
    from concausa.core.typeset.plain_text import wrap

    when = str(event.date) if event.date else "no date"
    head = f"{when:{_DATE}} {event.id}"
    if span.sharpened and span.possible:
        implied = f"[{span.text}]"
        if len(head) + len(implied) + 1 <= width:
            yield f"{head} {implied}"
        else:
            yield head
            yield f"{'':{_DATE}} {implied}"
    else:
        yield head
    yield from wrap(event.title, width, indent=" " * (_DATE + 1))
    needed = [need.needed for need in structure.needs_of(event.id)]
    if needed:
        yield from wrap(f"needed {', '.join(needed)}", width, indent=" " * (_DATE + 3))


def _falls(structure: EventStructure, *, every: bool) -> Iterator[str]:
    found = structure.most_needed()
    if not found:
        return
    yield from ("", "without it could not have happened, if the needs are right:")
    for id, number in found if every else found[:_FEW]:
        yield f"  {id}: {number} ({', '.join(structure.falls_without(id))})"


def _mechanisms(study: Study, unit: str) -> Iterator[str]:
    from concausa.audit.events import mechanism_orders
    from concausa.tracing.certainty import SAID

    found = [one for one in mechanism_orders(study) if one.unit == unit and one.verdict != "not declared"]
    if not found:
        return
    yield from ("", "cause before effect, as far as events declare it:")
    for one in found:
        yield f"  {one.mechanism}: {_VERDICTS[one.verdict]}"
        for order in one.orders:
            yield f"    {order.first} {SAID[order.word]} {order.second}"
        if one.late:
            yield f"    later than an effect: {', '.join(one.late)}"
        if one.unsettled:
            yield f"    not known to be earlier than any effect: {', '.join(one.unsettled)}"


# --- an event ---------------------------------------------------------------------------------


def _event(study: Study, id: str) -> Iterator[str]:
    from concausa.audit import events as asked

    structure, days = asked.event_structure(study), asked.implied_days(study)
    event, span = structure.events[id], days.spans[id]
    yield f"{id}  {event.date or 'no date'}"
    yield f"  {event.title}"
    yield f"  can have begun: {span.text}"
    for word, chain in (("after", span.after), ("before", span.before)):
        if chain:
            yield f"    {word}: {'; '.join(f'{need.event} needed {need.needed}' for need in chain)}"
    yield from ("", "it needed:")
    yield from _tree(structure, id, backward=True, told={id}) if structure.needs_of(id) else ["  nothing"]
    yield from ("", "it was needed by:")
    yield from _tree(structure, id, backward=False, told={id}) if structure.needed_by(id) else ["  nothing"]
    falls = structure.falls_without(id)
    if falls:
        yield ""
        yield f"without it, {len(falls)} could not have happened, if the needs are right"
    contested = [need for need in structure.contested if id in (need.event, need.needed)]
    for need in contested:
        yield f"contested: {need.event} needed {need.needed}: {' '.join(need.why)}"
    for conflict in days.conflicts:
        if id in conflict.events:
            yield f"cannot all be right: {conflict.what}"


def _tree(
    structure: EventStructure, id: str, *, backward: bool, told: set[str], depth: int = 1
) -> Iterator[str]:
    """Needs one below the other; an event told before is not unfolded again."""
    pad = "  " * min(depth, 12)
    for need in structure.needs_of(id) if backward else structure.needed_by(id):
        there = need.needed if backward else need.event
        why = f" ({need.answer}: {' '.join(need.why)})" if need.why else " (declared)"
        yield f"{pad}{there}{why}"
        if there not in told:
            told.add(there)
            if depth < 40:
                yield from _tree(structure, there, backward=backward, told=told, depth=depth + 1)


# --- an order ---------------------------------------------------------------------------------


def _order(study: Study, first: str, second: str) -> Iterator[str]:
    from concausa.audit import events as asked
    from concausa.tracing.certainty import SAID

    found = asked.order_certainty(study, first, second)
    yield f"{first} {SAID[found.word]} {second}"
    yield f"  {found.reason}"
    for need in found.chain:
        if need.why:
            yield f"  {need.event} needed {need.needed} ({need.answer}): {' '.join(need.why)}"
    if found.deciding:
        yield f"  What would settle it: {'; '.join(map(str, found.deciding))}."
    yield from _share(found)
    names = _relations(study, first, second)
    if names:
        yield f"  Allen's relations that remain: {', '.join(names)}."


def _share(found: Certainty) -> Iterator[str]:
    if found.word == "open" and found.share_first is not None and found.share_same is not None:
        yield (
            f"  Of all admissible pairs of days {float(found.share_first):.1%} have {found.first} first and "
            f"{float(found.share_same):.1%} are one day. Each pair counts alike: an assumption, no probability "
            "that it was so."
        )


def _relations(study: Study, first: str, second: str) -> Sequence[str]:
    from concausa.tracing.relation import ALLEN
    from concausa.tracing.relation_table import relation_table

    if first == second:
        return ["equals"]
    found = relation_table(study.events, study.prerequisites, among=(first, second))
    return [name for name in ALLEN if name in found.relations[first, second]]
