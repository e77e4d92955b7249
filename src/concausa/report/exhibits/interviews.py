"""The interviews that the study names, and how many it says it held."""

from __future__ import annotations

from concausa.core.table import Cell, Heading, Link, Table
from concausa.record.fact import Fact
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.study.study import Study

#: Words that a fact's measure or unit uses for the number of interviews held.
COUNTS = ("interview", "interviews")


def interviews(study: Study, language: Language) -> Exhibit | None:
    """One row an interview with how much rests on it; None without interviews."""
    held = [row for row in study.sources if row.kind == "interview"]
    if not held:
        return None
    scribe = Scribe(study, language)
    headings = (
        Heading("code", language.say("Code")),
        Heading("date", language.say("Date")),
        Heading("place", language.say("Place")),
        Heading("side", language.say("Side")),
        Heading("role", language.say("Role")),
        Heading("access", language.say("Access")),
        Heading("footnotes", language.say("Notes of the text")),
        Heading("passages", language.say("Passages")),
        Heading("facts", language.say("Figures")),
        Heading("codings", language.say("Levels that rest on it")),
    )
    rows = []
    for row in held:
        passages = [passage for passage in study.evidence if passage.source == row.id]
        ids = {passage.id for passage in passages}
        levels = [
            coding.id
            for coding in study.codings
            if coding.source == row.id or ids.intersection(coding.evidence)
        ]
        rows.append(
            [
                scribe.key("sources", row),
                scribe.date(row.date),
                scribe.text("sources", row, "place"),
                scribe.choice(row.side),
                scribe.text("sources", row, "role"),
                scribe.choice(row.access),
                scribe.words(row.footnotes),
                scribe.passages(passages),
                scribe.refs("facts", (fact.id for fact in study.facts if fact.source == row.id)),
                scribe.refs("codings", levels),
            ]
        )
    title = scribe.titled("interviews", language.say("Interviews"))
    intro = language.plural(
        "The text names {n} interview by its code.",
        "The text names {n} interviews by their codes.",
        len(held),
    )
    stated = said_to_be_held(study)
    if stated is not None and stated.value is not None:
        intro += " " + language.say(
            "It says that {stated} were held; the others are not listed in the text.",
            stated=language.number(stated.value),
        )
    tables = [Table.of("interviews", title, headings, rows, notes=scribe.label_notes("interviews"))]
    if stated is not None:
        tables.append(_counts(scribe, stated, len(held)))
    return Exhibit("interviews", "evidence", title, intro, tuple(tables))


def said_to_be_held(study: Study) -> Fact | None:
    """The fact that counts all interviews of the study, if one does."""
    return next((row for row in study.facts if row.measure in COUNTS and not row.unit and row.value), None)


def _counts(scribe: Scribe, stated: Fact, named: int) -> Table:
    language = scribe.language
    link = (Link("facts", stated.id),)
    return Table.of(
        "interviews-count",
        language.say("Interviews said to be held, and named"),
        (Heading("what", language.say("Interviews")), Heading("number", language.say("Number"), "right")),
        (
            (Cell(language.say("said to be held"), links=link), scribe.number(stated.value, link)),
            (Cell(language.say("named by code in the text")), scribe.count(named)),
            (Cell(language.say("not named")), scribe.number((stated.value or 0) - named)),
        ),
    )
