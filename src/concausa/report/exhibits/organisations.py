"""Organisations with their life dates, and who was in them when."""

from __future__ import annotations

from concausa.core.table import Cell, Heading, Link, Table
from concausa.record.organisation import Membership
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.study.study import Study


def organisations(study: Study, language: Language) -> Exhibit | None:
    """Bodies and memberships; None when neither is recorded."""
    if not study.organisations and not study.memberships:
        return None
    scribe = Scribe(study, language)
    tables = []
    if study.organisations:
        tables.append(_organisations(scribe))
    if study.memberships:
        tables.append(_memberships(scribe))
    title = language.say("Organisations and their members")
    intro = language.say(
        "Associations, chambers, clusters, councils and public units: when each was founded, what became of "
        "it, and who was in it."
    )
    return Exhibit("organisations", "record", title, intro, tuple(tables))


def _organisations(scribe: Scribe) -> Table:
    language = scribe.language
    headings = (
        Heading("id", language.say("Id")),
        Heading("name", language.say("Name")),
        Heading("unit", language.say("Unit")),
        Heading("kind", language.say("Kind")),
        Heading("founded", language.say("Founded")),
        Heading("ended", language.say("Ended")),
        Heading("became", language.say("Became")),
        Heading("members", language.say("Members, by date")),
        Heading("sponsor", language.say("Sponsor")),
        Heading("staff", language.say("Staff")),
        Heading("source", language.say("Source")),
        Heading("place", language.say("In the text")),
        Heading("note", language.say("Note")),
    )
    rows = (
        (
            row,
            (
                Cell(row.id),
                scribe.text("organisations", row, "name"),
                scribe.unit(row.unit) if row.unit else Cell(language.say("national"), tone="quiet"),
                scribe.choice(row.kind),
                scribe.date(row.founded),
                scribe.date(row.ended),
                scribe.refs("organisations", (row.became,) if row.became else ()),
                _members(scribe, row.id),
                scribe.text("organisations", row, "sponsor"),
                scribe.text("organisations", row, "staff"),
                scribe.source(row),
                scribe.place(row),
                scribe.text("organisations", row, "note"),
            ),
        )
        for row in scribe.study.organisations
    )
    return scribe.register("organisations", language.say("Organisations"), "organisations", headings, rows)


def _members(scribe: Scribe, organisation: str) -> Cell:
    own = [row for row in scribe.study.memberships if row.organisation == organisation]
    if not own:
        return scribe.refs("memberships", ())
    texts = []
    for row in own:
        member = scribe.language.of(scribe.study, "memberships", row, "member")
        who = f"{scribe.language.number(row.number)} {member}" if row.number is not None else member
        when = _span(scribe, row)
        texts.append(f"{who} ({when})" if when else who)
    return Cell("; ".join(texts), [row.id for row in own], tuple(Link("memberships", row.id) for row in own))


def _span(scribe: Scribe, row: object) -> str:
    start, end = (scribe.date(getattr(row, name)).text for name in ("start", "end"))
    if start and end:
        return start if start == end else scribe.language.say("{start} to {end}", start=start, end=end)
    if start:
        return scribe.language.say("from {start}", start=start)
    return scribe.language.say("until {end}", end=end) if end else ""


def _memberships(scribe: Scribe) -> Table:
    language = scribe.language
    headings = (
        Heading("id", language.say("Id")),
        Heading("organisation", language.say("Organisation")),
        Heading("member", language.say("Member")),
        Heading("number", language.say("Number"), "right"),
        Heading("from", language.say("From")),
        Heading("to", language.say("To")),
        Heading("source", language.say("Source")),
        Heading("place", language.say("In the text")),
        Heading("note", language.say("Note")),
    )
    rows = (
        (
            row,
            (
                Cell(row.id),
                scribe.refs("organisations", (row.organisation,)),
                _member(scribe, row),
                scribe.number(row.number),
                scribe.date(row.start),
                scribe.date(row.end),
                scribe.source(row),
                scribe.place(row),
                scribe.text("memberships", row, "note"),
            ),
        )
        for row in scribe.study.memberships
    )
    return scribe.register("memberships", language.say("Memberships"), "memberships", headings, rows)


def _member(scribe: Scribe, row: Membership) -> Cell:
    """A member, linked where it is itself an organisation of the study."""
    if scribe.home(("organisations",), row.member):
        return scribe.refs("organisations", (row.member,))
    return scribe.text("memberships", row, "member")
