"""Event structure: which event could not have happened without which, and what follows for dates and orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from concausa.audit.events import events_of
from concausa.core.chart import Chart
from concausa.core.table import Cell, Heading, Link, Table, Tone
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.event_graph import event_graph
from concausa.report.exhibits.event_orders import (
    claims_table,
    mechanism_table,
    open_table,
    unasked_table,
)
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.report.language import Language
from concausa.study.study import Study
from concausa.tracing.implied_days import ImpliedDays, Span, day
from concausa.tracing.need import Need
from concausa.tracing.structure import EventStructure


def event_structure(study: Study, language: Language) -> Exhibit | None:
    """A graph for each unit, the needs with their reasons, and what follows; None where nothing is needed."""
    whole = EventStructure(study.events, study.prerequisites)
    if not whole.needs and not whole.contested:
        return None
    scribe, say = Scribe(study, language), language.say
    days = ImpliedDays(study.events, study.prerequisites)
    tables = [
        _needs(scribe, whole),
        _falls(scribe, whole),
        _implied(scribe, days),
        _conflicts(scribe, days),
        mechanism_table(scribe),
        claims_table(scribe),
        open_table(scribe, days),
        unasked_table(scribe),
    ]
    intro = say(
        "Events and what they could not have happened without. What would fall without an event, and the days "
        "that its needs imply, follow from the declared needs alone: they are a reading of them, and do not show "
        "that they are right."
    )
    return Exhibit(
        "event-structure",
        "record",
        scribe.titled("event-structure", say("Event structure")),
        intro,
        tuple(table for table in tables if table is not None),
        tuple(_charts(scribe)),
    )


def _charts(scribe: Scribe) -> Iterator[Chart]:
    study = scribe.study
    for unit in study.units:
        if unit.role == "population":
            continue
        structure = EventStructure(events_of(study, unit.id), study.prerequisites)
        name = scribe.name("units", unit.id, "name")
        title = scribe.language.say("What was needed for what: {who}", who=name)
        if chart := event_graph(scribe, f"event-structure-{unit.id}", title, unit.id, structure):
            yield chart


def _needs(scribe: Scribe, whole: EventStructure) -> Table:
    """Rows of prerequisites, then pairs that stand in the column of the event alone."""
    say = scribe.language.say
    through = {(one.event, one.needed): one.through for one in whole.redundant}
    headings = (
        Heading("id", say("Id")),
        Heading("event", say("Event")),
        Heading("needed", say("Needed first")),
        Heading("answer", say("How sure")),
        Heading("why", say("Why")),
        Heading("days", say("Least days between"), "right"),
        Heading("through", say("Also follows through")),
        Heading("source", say("Source")),
        Heading("place", say("In the text")),
        Heading("note", say("Note")),
    )
    rows: list[tuple[Link | None, list[Cell]]] = []
    for row in scribe.study.prerequisites:
        by = through.get((row.event, row.needed))
        rows.append(
            (
                Link("prerequisites", row.id),
                [
                    Cell(row.id),
                    scribe.refs("events", (row.event,)),
                    scribe.refs("events", (row.needed,)),
                    Cell(scribe.language.level(row.answer), row.answer, tone=_tone(row.answer)),
                    scribe.text("prerequisites", row, "why"),
                    Cell("") if row.least_days is None else scribe.number(row.least_days),
                    scribe.refs("events", (by,)) if by else Cell(""),
                    scribe.source(row),
                    scribe.place(row),
                    scribe.text("prerequisites", row, "note"),
                ],
            )
        )
    rows += [(None, _bare(scribe, need, through)) for need in whole.needs if not need.rows]
    return Table(
        "prerequisites",
        say("What could not have happened without what"),
        headings,
        tuple(tuple(cells) for _, cells in rows),
        (
            say(
                "Stated: the text says so. Logic: it follows from what the two events are. Inferred: the encoder's "
                "judgement. Contested: doubtful, and left out of everything that follows."
            ),
        ),
        tuple(link for link, _ in rows),
    )


def _bare(scribe: Scribe, need: Need, through: dict[tuple[str, str], str]) -> list[Cell]:
    """A pair of the column ``needed``, for which no reason is given."""
    by = through.get((need.event, need.needed))
    return [
        MISSING,
        scribe.refs("events", (need.event,)),
        scribe.refs("events", (need.needed,)),
        Cell(scribe.language.say("declared with the event"), "declared"),
        MISSING,
        Cell(""),
        scribe.refs("events", (by,)) if by else Cell(""),
        MISSING,
        MISSING,
        MISSING,
    ]


def _tone(answer: str) -> Tone:
    tones: dict[str, Tone] = {"contested": "doubt", "rejected": "quiet"}
    return tones.get(answer, "plain")


def _falls(scribe: Scribe, whole: EventStructure) -> Table | None:
    say = scribe.language.say
    found = whole.most_needed()
    if not found:
        return None
    headings = (
        Heading("event", say("Without this event")),
        Heading("title", say("What happened")),
        Heading("count", say("could not have happened"), "right"),
        Heading("falls", say("namely")),
    )
    rows = [
        [
            scribe.refs("events", (id,)),
            scribe.text("events", whole.events[id], "title"),
            scribe.count(number),
            scribe.refs("events", whole.falls_without(id)),
        ]
        for id, number in found
    ]
    note = say("Read off the needs, directly and through others; another road to the same event may exist.")
    return Table.of("falls-without", say("What falls without what"), headings, rows, notes=(note,))


def _implied(scribe: Scribe, days: ImpliedDays) -> Table | None:
    say = scribe.language.say
    if not days.sharpened:
        return None
    headings = (
        Heading("event", say("Event")),
        Heading("date", say("Date")),
        Heading("first", say("Began on or after")),
        Heading("last", say("Began on or before")),
        Heading("after", say("because it needed")),
        Heading("before", say("and was needed by")),
    )
    rows = [
        [
            scribe.refs("events", (span.event,)),
            scribe.date(days.events[span.event].date),
            _day(span.first),
            _day(span.last),
            scribe.refs("events", (need.needed for need in span.after)),
            scribe.refs("events", (need.event for need in span.before)),
        ]
        for span in days.sharpened
    ]
    note = say("A bound without a reason beside it is the event's own date. Approximate dates bound nothing.")
    title = say("Days that needs imply, where they say more than the date")
    return Table.of("implied-days", title, headings, rows, notes=(note,))


def _day(ordinal: int | None) -> Cell:
    found = day(ordinal)
    return Cell(found.isoformat()) if found else MISSING


def _conflicts(scribe: Scribe, days: ImpliedDays) -> Table | None:
    say = scribe.language.say
    if not days.conflicts:
        return None
    headings = (Heading("chain", say("Each needed the next")), Heading("dates", say("Dates")))
    rows = []
    for found in days.conflicts:
        ids = (found.chain[0].event, *(need.needed for need in found.chain))
        dated: Sequence[Span] = [days.spans[id] for id in dict.fromkeys((ids[0], ids[-1]))]
        said = [
            f"{span.event}: {scribe.language.date(days.events[span.event].date) or '?'}" for span in dated
        ]
        rows.append([scribe.refs("events", ids), Cell("; ".join(said), tone="bad")])
    return Table.of("event-conflicts", say("Dates and needs that cannot all be right"), headings, rows)
