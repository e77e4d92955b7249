"""The chronology: dated events unit by unit, in order as far as the dates tell, with what each needed."""

from __future__ import annotations

from collections.abc import Sequence

from concausa.core.table import Cell, Heading, Link, Table
from concausa.record.event import Event
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.report.language import Language
from concausa.study.study import Study
from concausa.tracing.chronology import Chronology, sequence
from concausa.tracing.need import needing


def chronology(study: Study, language: Language) -> Exhibit | None:
    """One table a unit, one for events of no unit, and the contradictions; None without events."""
    if not study.events:
        return None
    scribe = Scribe(study, language)
    every = needing(study.events, study.prerequisites)
    known = Chronology(every)
    ids = [unit.id for unit in study.units]
    tables = []
    for unit in ("", *ids):
        events = [row for row in every if row.unit == unit]
        if events:
            tables.append(_table(scribe, known, unit, events))
    strays = [row for row in every if row.unit and row.unit not in ids]
    if strays:
        tables.append(_table(scribe, known, strays[0].unit, strays))
    contradictions = _contradictions(scribe, known)
    if contradictions:
        tables.append(contradictions)
    title = scribe.titled("chronology", language.say("Chronology"))
    intro = language.say(
        "Events in the order in which they can be read. Neighbours are certain to follow each other only "
        "where the column on order says so: dates decide when they do not overlap, and an event comes after "
        "what it needed."
    )
    return Exhibit("chronology", "record", title, intro, tuple(tables))


def _table(scribe: Scribe, known: Chronology, unit: str, events: Sequence[Event]) -> Table:
    language = scribe.language
    headings = (
        Heading("id", language.say("Id")),
        Heading("date", language.say("Date")),
        Heading("event", language.say("Event")),
        Heading("order", language.say("Order to the row above")),
        Heading("needed", language.say("Needed first")),
        Heading("actors", language.say("Actors")),
        Heading("mechanisms", language.say("Mechanisms")),
        Heading("source", language.say("Source")),
        Heading("place", language.say("In the text")),
        Heading("note", language.say("Note")),
    )
    rows = []
    above: Event | None = None
    for row in sequence(events):
        rows.append(
            (
                row,
                (
                    Cell(row.id),
                    scribe.date(row.date),
                    scribe.text("events", row, "title"),
                    _order(scribe, known, above, row),
                    scribe.refs("events", row.needed),
                    scribe.words(row.actors),
                    scribe.refs("mechanisms", row.mechanisms),
                    scribe.source(row),
                    scribe.place(row),
                    scribe.text("events", row, "note"),
                ),
            )
        )
        above = row
    name = scribe.name("units", unit, "name") if unit else language.say("no single unit")
    title = language.say("Chronology: {unit}", unit=name)
    return scribe.register(
        f"chronology-{unit or 'all'}",
        title,
        "events",
        headings,
        rows,
        notes=scribe.label_notes("chronology"),
    )


def _order(scribe: Scribe, known: Chronology, above: Event | None, row: Event) -> Cell:
    if above is None:
        return Cell("")
    found = known.order(above.id, row.id)
    language = scribe.language
    words = {
        "before": language.say("after it, by its date"),
        "after": language.say("before it"),
        "same time": language.say("on the same day"),
        "undecided": language.say("not decided"),
    }
    text = words[found.relation]
    if found.relation == "before" and any(step.by == "needed" for step in found.steps):
        text = language.say("after it: it needed what came before")
    return Cell(text, found.relation, found.links, tone="doubt" if found.relation == "after" else "plain")


def _contradictions(scribe: Scribe, known: Chronology) -> Table | None:
    found = known.contradictions()
    if not found:
        return None
    language = scribe.language
    headings = (
        Heading("event", language.say("Event")),
        Heading("date", language.say("Date")),
        Heading("needed", language.say("Needed first")),
        Heading("needed_date", language.say("Date of that")),
        Heading("chain", language.say("Through")),
    )
    rows = []
    for item in found:
        event, needed = known.events[item.event], known.events[item.needed]
        rows.append(
            [
                scribe.refs("events", (event.id,)),
                scribe.date(event.date),
                scribe.refs("events", (needed.id,)),
                scribe.date(needed.date),
                Cell(" ← ".join(item.chain), list(item.chain), tuple(Link("events", id) for id in item.chain))
                if len(item.chain) > 2
                else MISSING,
            ]
        )
    title = language.say("Events dated before what they needed")
    return Table.of("chronology-contradictions", title, headings, rows)
