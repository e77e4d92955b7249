"""The points that a study leaves open, the options of each, and how many claims turn on it."""

from __future__ import annotations

from concausa.core.table import Cell, Heading, Link, Table
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.finding_words import FindingWords, choice_link
from concausa.report.exhibits.judged import judged
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.report.language import Language
from concausa.study.study import Study


def open_choices(study: Study, language: Language) -> Exhibit | None:
    """A row for each open point; None where no claim has a formal statement or nothing is open."""
    made = judged(study)
    if made is None or not made.found.worlds.space.choices:
        return None
    say = language.say
    words = FindingWords(Scribe(study, language))
    turning: dict[str, list[str]] = {}
    for finding in made.found.findings:
        for id in finding.turns_on:
            turning.setdefault(id, []).append(finding.claim.id)
    rows, ids = [], []
    for choice in made.found.worlds.space.choices:
        own = [words.option(option) for option in choice.options]
        others = [text for place, text in enumerate(own) if place != choice.preferred]
        claims = turning.get(choice.id, [])
        declared = choice.link if choice.link is not None and choice.link.table == "choices" else None
        row = study.row("choices", declared.id) if declared else None
        rows.append(
            [
                Cell(words.choice(choice), choice.id, () if declared else choice_link(choice)),
                Cell(own[choice.preferred], choice.options[choice.preferred].id),
                Cell("; ".join(others), [option.id for option in choice.options]),
                Cell(language.number(len(claims)), len(claims)),
                Cell("; ".join(claims), claims, tuple(Link("claims", id) for id in claims))
                if claims
                else Cell(say("none"), [], tone="quiet"),
                words.scribe.text("choices", row, "why") if row is not None else MISSING,
            ]
        )
        ids.append(declared)
    headings = (
        Heading("choice", say("Open point")),
        Heading("own", say("The study's own reading")),
        Heading("others", say("Other options")),
        Heading("claims", say("Claims that turn on it"), "right"),
        Heading("which", say("Which")),
        Heading("why", say("Why these options")),
    )
    title = say("Open points and their options")
    closed = tuple(
        say(
            "Not open, for want of numbers: {measure}. {why}",
            measure=words.scribe.text("measures", row, "label").text,
            why=words.scribe.text("measures", row, "missing").text,
        )
        for row in study.measures
        if row.missing
    )
    table = Table.of("open-choices", title, headings, rows, notes=closed, row_ids=ids)
    intro = language.plural(
        "{n} point is open. A cell is open where the text gives it more than one level, or a level that may "
        "count as in or as out.",
        "{n} points are open. A cell is open where the text gives it more than one level, or a level that may "
        "count as in or as out.",
        len(rows),
    )
    return Exhibit("open-choices", "claims", title, intro, (table,))
