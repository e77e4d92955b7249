"""The evidence register, the sources, and the doubts that the checker raises."""

from __future__ import annotations

from collections import Counter

from concausa.core.table import Cell, Heading, Table
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.study.schema import TABLES
from concausa.study.study import Study


def evidence(study: Study, language: Language) -> Exhibit | None:
    """Every passage; None without passages."""
    if not study.evidence:
        return None
    scribe = Scribe(study, language)
    headings = (
        Heading("id", language.say("Id")),
        Heading("summary", language.say("What it says")),
        Heading("source", language.say("Source")),
        Heading("case", language.say("Case")),
        Heading("date", language.say("Speaks of")),
        Heading("about", language.say("Bears on")),
        Heading("direction", language.say("Pulls")),
        Heading("supports", language.say("Speaks for")),
        Heading("opposes", language.say("Speaks against")),
        Heading("test", language.say("Kind of test")),
        Heading("found", language.say("Found")),
        Heading("place", language.say("In the text")),
        Heading("note", language.say("Note")),
    )
    argued = ("mechanisms", "claims", "rivals")
    rows = (
        (
            row,
            (
                Cell(row.id),
                scribe.text("evidence", row, "summary"),
                scribe.source(row),
                scribe.case(row.unit, row.period),
                scribe.date(row.date),
                scribe.found(("conditions", "indicators"), row.about),
                scribe.choice(row.direction),
                scribe.found(argued, row.supports),
                scribe.found(argued, row.opposes),
                scribe.choice(row.test),
                scribe.choice(row.found),
                scribe.place(row),
                scribe.text("evidence", row, "note"),
            ),
        )
        for row in study.evidence
    )
    title = language.say("Register of passages")
    table = scribe.register("evidence", title, "evidence", headings, rows)
    intro = language.plural(
        "{n} passage: what one source says on one point, in the coder's words, and what it bears on.",
        "{n} passages: what one source says on one point, in the coder's words, and what each bears on.",
        len(study.evidence),
    )
    nothing = sum(row.found == "searched, nothing found" for row in study.evidence)
    if nothing:
        intro += " " + language.plural(
            "{n} records a search that found nothing.", "{n} record searches that found nothing.", nothing
        )
    return Exhibit("evidence", "evidence", title, intro, (table,))


def sources(study: Study, language: Language) -> Exhibit | None:
    """Every source with how much rests on it; None without sources."""
    if not study.sources:
        return None
    scribe = Scribe(study, language)
    resting: dict[str, Counter[str]] = {}
    for name, spec in TABLES.items():
        if "source" in spec.columns:
            for row in study.rows(name):
                resting.setdefault(row.source, Counter())[name] += 1
    headings = (
        Heading("id", language.say("Id")),
        Heading("kind", language.say("Kind")),
        Heading("title", language.say("Title")),
        Heading("author", language.say("Author")),
        Heading("publisher", language.say("Publisher")),
        Heading("date", language.say("Date")),
        Heading("place", language.say("Place")),
        Heading("side", language.say("Side")),
        Heading("role", language.say("Role")),
        Heading("access", language.say("Access")),
        Heading("link", language.say("Link")),
        Heading("footnotes", language.say("Notes of the text")),
        Heading("passages", language.say("Passages"), "right"),
        Heading("other", language.say("Other rows"), "right"),
        Heading("note", language.say("Source criticism")),
    )
    rows = []
    for row in study.sources:
        counts = resting.get(row.id, Counter())
        rows.append(
            (
                row,
                (
                    Cell(row.id),
                    scribe.choice(row.kind),
                    scribe.text("sources", row, "title"),
                    scribe.text("sources", row, "author"),
                    scribe.text("sources", row, "publisher"),
                    scribe.date(row.date),
                    scribe.text("sources", row, "place"),
                    scribe.choice(row.side),
                    scribe.text("sources", row, "role"),
                    scribe.choice(row.access),
                    scribe.text("sources", row, "link"),
                    scribe.words(row.footnotes),
                    scribe.count(counts["evidence"]),
                    scribe.count(counts.total() - counts["evidence"]),
                    scribe.text("sources", row, "note"),
                ),
            )
        )
    title = language.say("Sources")
    table = scribe.register("sources", title, "sources", headings, rows)
    withheld = sum(row.access != "open" for row in study.sources)
    intro = language.plural(
        "{n} source stands behind this study.", "{n} sources stand behind this study.", len(rows)
    )
    if withheld:
        intro += " " + language.plural(
            "The passages of {n} of them are withheld.", "The passages of {n} of them are withheld.", withheld
        )
    return Exhibit("sources", "evidence", title, intro, (table,))


def doubts(study: Study, language: Language) -> Exhibit | None:
    """What the checker found worth a look; None when it raised nothing."""
    if not study.doubts:
        return None
    headings = (
        Heading("kind", language.say("Kind")),
        Heading("what", language.say("What")),
        Heading("where", language.say("Where")),
        Heading("value", language.say("Value")),
        Heading("fix", language.say("What one can do")),
    )
    rows = [
        [
            Cell(language.level(doubt.kind), doubt.kind),
            Cell(doubt.told(language.level), doubt.what),
            Cell(doubt.place, tone="quiet"),
            Cell(doubt.value) if doubt.value else Cell("", missing=True),
            Cell(language.level(doubt.fix), doubt.fix) if doubt.fix else Cell("", missing=True),
        ]
        for doubt in sorted(study.doubts, key=lambda doubt: (doubt.kind, doubt.file, doubt.line))
    ]
    title = language.say("Doubts")
    intro = language.plural(
        "{n} point deserves a second look. None is an error; each is left to the reader.",
        "{n} points deserve a second look. None is an error; each is left to the reader.",
        len(rows),
    )
    return Exhibit("doubts", "doubts", title, intro, (Table.of("doubts", title, headings, rows),))
