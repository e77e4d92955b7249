"""Tables of the orders that events leave open, of causes and effects of mechanisms, and of pairs nobody asked about."""

from __future__ import annotations

from collections.abc import Iterator

from concausa.audit.events import events_of, mechanism_orders, unasked
from concausa.audit.sequence_claims import sequence_claims
from concausa.core.table import Cell, Heading, Link, Table, Tone
from concausa.record.event import Event
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.tracing.certainty import Certainty, Deciding, certainty, order_word
from concausa.tracing.implied_days import ImpliedDays, day
from concausa.tracing.mechanism_order import MechanismOrder

#: Pairs shown of each unit.
_MOST = 15


def mechanism_table(scribe: Scribe) -> Table | None:
    """For each mechanism and unit in which events show cause or effect, whether each effect has an earlier cause."""
    say = scribe.language.say
    found = [one for one in mechanism_orders(scribe.study) if one.unit and (one.causes or one.effects)]
    if not found:
        return None
    headings = (
        Heading("mechanism", say("Mechanism")),
        Heading("unit", say("Unit")),
        Heading("verdict", say("Cause before effect")),
        Heading("pairs", say("The pair that carries each effect")),
        Heading("late", say("Causes later than an effect")),
        Heading("unsettled", say("Causes not known to be earlier than any effect")),
        Heading("causes", say("Events that show the cause")),
        Heading("effects", say("Events that show the effect")),
        Heading("others", say("Other events that bear on it")),
    )
    rows = [
        [
            scribe.refs("mechanisms", (one.mechanism,)),
            scribe.unit(one.unit),
            _verdict(scribe, one),
            _pairs(scribe, one),
            scribe.refs("events", one.late),
            scribe.refs("events", one.unsettled),
            scribe.refs("events", one.causes),
            scribe.refs("events", one.effects),
            scribe.refs("events", one.others),
        ]
        for one in found
    ]
    note = say(
        "For each effect one cause that began no later is enough; other causes of the mechanism may have begun "
        "after it, and then were none of that effect. That a cause came first is a condition of its having been "
        "one; it shows no more than that."
    )
    title = say("Whether causes came before effects, mechanism by mechanism")
    return Table.of("mechanism-orders", title, headings, rows, notes=(note,))


def _verdict(scribe: Scribe, one: MechanismOrder) -> Cell:
    say = scribe.language.say
    words: dict[str, tuple[str, Tone]] = {
        "preceded": (say("each effect has an earlier cause"), "good"),
        "open": (say("open"), "doubt"),
        "violated": (say("violated"), "bad"),
        "not declared": (say("not declared on both sides"), "quiet"),
    }
    text, tone = words[one.verdict]
    return Cell(text, one.verdict, tone=tone)


def _pairs(scribe: Scribe, one: MechanismOrder) -> Cell:
    """For each effect its most telling cause, and how the two lie."""
    say = scribe.language.say
    told = []
    for order in one.orders:
        sentences: dict[str, str] = {
            "before": say("{cause} before {effect}", cause=order.first, effect=order.second),
            "not after": say("{cause} no later than {effect}", cause=order.first, effect=order.second),
            "same day": say("{cause} on the day of {effect}", cause=order.first, effect=order.second),
            "after": say("{cause} after {effect}", cause=order.first, effect=order.second),
        }
        other = say("{cause} before or after {effect}: open", cause=order.first, effect=order.second)
        told.append(sentences.get(order.word, other))
    ids = dict.fromkeys(id for order in one.orders for id in (order.first, order.second))
    links = tuple(Link("events", id) for id in ids)
    return Cell("; ".join(told), told, links) if told else MISSING


def open_table(scribe: Scribe, days: ImpliedDays) -> Table | None:
    """Pairs of one unit that bear on one mechanism and whose order is open, with what would decide it."""
    say = scribe.language.say
    rows = [
        [
            scribe.unit(days.events[found.first].unit),
            scribe.refs("events", (found.first,)),
            scribe.refs("events", (found.second,)),
            scribe.refs("mechanisms", shared),
            _overlap(days, found),
            _share(scribe, found),
            Cell("; ".join(_deciding(scribe, one) for one in found.deciding)),
        ]
        for found, shared in _open(scribe, days)
    ]
    if not rows:
        return None
    headings = (
        Heading("unit", say("Unit")),
        Heading("first", say("Event")),
        Heading("second", say("Other event")),
        Heading("mechanisms", say("Both bear on")),
        Heading("overlap", say("Both can have begun")),
        Heading("share", say("Share of pairs of days with the first earlier"), "right"),
        Heading("deciding", say("What would decide")),
    )
    note = say(
        "The share takes every admissible pair of days alike. That is an assumption, and the share is no probability "
        "that the order was so."
    )
    title = say("Open orders between events that bear on one mechanism")
    return Table.of("open-orders", title, headings, rows, notes=(note,))


def _open(scribe: Scribe, days: ImpliedDays) -> Iterator[tuple[Certainty, tuple[str, ...]]]:
    for unit in scribe.study.units:
        own = [event for event in events_of(scribe.study, unit.id) if event.unit == unit.id]
        for place, one in enumerate(own):
            for two in own[place + 1 :]:
                shared = _shared(one, two)
                if shared and order_word(days, one.id, two.id) in ("open", "contradictory"):
                    yield certainty(days, one.id, two.id), shared


def _shared(one: Event, two: Event) -> tuple[str, ...]:
    return tuple(id for id in one.mechanisms if id in two.mechanisms)


def _overlap(days: ImpliedDays, found: Certainty) -> Cell:
    one, two = days.spans[found.first], days.spans[found.second]
    first = max((bound for bound in (one.first, two.first) if bound is not None), default=None)
    last = min((bound for bound in (one.last, two.last) if bound is not None), default=None)
    start, end = day(first), day(last)
    if found.word == "contradictory" or (start is None and end is None):
        return MISSING
    return Cell(f"{start or '…'} / {end or '…'}", {"first": _text(start), "last": _text(end)})


def _text(found: object) -> str | None:
    return None if found is None else str(found)


def _share(scribe: Scribe, found: Certainty) -> Cell:
    if found.share_first is None:
        return MISSING
    return Cell(scribe.language.number(float(found.share_first), 2), float(found.share_first))


def _deciding(scribe: Scribe, one: Deciding) -> str:
    say = scribe.language.say
    would = {
        "year": say("the year of {event} would", event=one.event),
        "month": say("the month of {event} would", event=one.event),
        "day": say("the day of {event} would", event=one.event),
    }
    could = {
        "year": say("the year of {event} could", event=one.event),
        "month": say("the month of {event} could", event=one.event),
        "day": say("the day of {event} could", event=one.event),
    }
    if one.would:
        return would[one.would]
    return could[one.could] if one.could else say("no date of {event} alone", event=one.event)


def claims_table(scribe: Scribe) -> Table | None:
    """What claims state about the order of events, by dates alone and by dates and needs."""
    say, level = scribe.language.say, scribe.language.level
    words = {
        "before": say("first began before"),
        "not after": say("first began no later"),
        "same day": say("both on the same day"),
        "not before": say("first began no earlier"),
        "after": say("first began after"),
        "open": say("open"),
        "contradictory": say("contradictory"),
    }
    found = sequence_claims(scribe.study)
    if not found:
        return None
    headings = (
        Heading("claim", say("Claim")),
        Heading("first", say("Event")),
        Heading("relation", say("The order that the claim states")),
        Heading("second", say("Other event")),
        Heading("dates", say("By dates alone")),
        Heading("order", say("By dates and needs")),
    )
    by_dates = {True: say("yes"), False: say("no"), None: say("open")}
    rows = [
        [
            scribe.refs("claims", (one.claim,)),
            scribe.refs("events", (one.first,)),
            Cell(level(one.relation), one.relation),
            scribe.refs("events", (one.second,)),
            Cell(by_dates[one.by_dates], one.by_dates) if one.dated else Cell(say("no date"), "no date"),
            Cell(words[one.order.word], one.order.word, tone="plain" if one.order.certain else "doubt"),
        ]
        for one in found
    ]
    note = say(
        "A claim is judged by dates alone. What needs add is shown beside it: it rests on the judgement of what "
        "was needed."
    )
    return Table.of("claims-order", say("Claims about the order of events"), headings, rows, notes=(note,))


def unasked_table(scribe: Scribe) -> Table | None:
    """The pairs of each unit that are most worth asking about."""
    say = scribe.language.say
    study = scribe.study
    rows = []
    left = 0
    every = unasked(study)
    home = {event.id: event.unit for event in study.events}
    for unit in study.units:
        found = [one for one in every if home[one.earlier] == unit.id]
        left += max(0, len(found) - _MOST)
        rows += [
            [
                scribe.unit(unit.id),
                scribe.refs("events", (one.later,)),
                scribe.refs("events", (one.earlier,)),
                scribe.words(one.actors),
                scribe.refs("mechanisms", one.mechanisms),
                Cell(say("decided") if one.ordered else say("open"), one.ordered),
            ]
            for one in found[:_MOST]
        ]
    if not rows:
        return None
    headings = (
        Heading("unit", say("Unit")),
        Heading("later", say("Could this event have happened")),
        Heading("earlier", say("without this one?")),
        Heading("actors", say("Actors of both")),
        Heading("mechanisms", say("Both bear on")),
        Heading("order", say("Their order")),
    )
    notes = [
        say(
            "Pairs of one unit that are close in time or share actors or mechanisms, and of which nobody has said "
            "anything yet. A question for the researcher; an answer belongs into the table of prerequisites."
        )
    ]
    if left:
        notes.append(
            scribe.language.plural("{n} more pair is not shown.", "{n} more pairs are not shown.", left)
        )
    title = say("Questions not asked yet")
    return Table.of("unasked", title, headings, rows, notes=tuple(notes))
