"""What to look for next: which cell, date, new case or convention would decide most claims."""

from __future__ import annotations

from collections.abc import Sequence

from concausa.audit.findings.lead import Lead
from concausa.core.table import Cell, Heading, Link, Table
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.finding_words import FindingWords
from concausa.report.exhibits.judged import judged
from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.study.study import Study


def next_evidence(study: Study, language: Language) -> Exhibit | None:
    """A row for each lead; None where nothing that could be known would decide or test a claim."""
    made = judged(study)
    if made is None or not made.leads:
        return None
    say = language.say
    words = FindingWords(Scribe(study, language))
    points = [lead for lead in made.leads if lead.kind != "case"]
    cases = [lead for lead in made.leads if lead.kind == "case"]
    intro = say(
        "A claim is decided where all worlds that can test it say the same. Each open point was settled in each of "
        "its ways, each empty cell coded at each level, and one more case supposed in each row; then every claim "
        "that it touches was worked out again. What decides most in any event comes first."
    )
    tables = [table for table in (_points(words, points), _cases(words, cases)) if table is not None]
    return Exhibit("next-evidence", "claims", say("What to look for next"), intro, tuple(tables))


def lead_name(words: FindingWords, lead: Lead) -> str:
    """What is looked for, in the reader's words."""
    language, scribe = words.language, words.scribe
    if lead.kind in ("cell", "empty cell"):
        case, _, condition = lead.id.rpartition(".")
        return language.say(
            "{condition} of {case}", condition=scribe.name("conditions", condition), case=case
        )
    if lead.kind == "date":
        title = scribe.name("events", lead.id, "title")
        return language.say("the date of {event}: {title}", event=lead.id, title=title)
    if lead.kind in ("number", "convention") and lead.link is not None:
        return language.of(scribe.study, "choices", lead.link.id, "label")
    return words.caveat(lead.label)


def _points(words: FindingWords, leads: Sequence[Lead]) -> Table | None:
    if not leads:
        return None
    say = words.language.say
    rows = [
        [
            Cell(lead_name(words, lead), lead.id, (lead.link,) if lead.link is not None else ()),
            words.scribe.choice(lead.kind),
            *_decided(words, lead),
        ]
        for lead in leads
    ]
    headings = (
        Heading("lead", say("To settle")),
        Heading("kind", say("Kind")),
        *_headings(words, tested=False),
    )
    notes = (say("A convention is settled by an argument: no evidence decides it."),)
    return Table.of("leads", say("Points to settle"), headings, rows, notes=notes)


def _cases(words: FindingWords, leads: Sequence[Lead]) -> Table | None:
    if not leads:
        return None
    say = words.language.say
    rows = [
        [
            Cell(lead.id, lead.id, tuple(Link("conditions", name) for name in lead.row)),
            Cell("; ".join(lead.filled), list(lead.filled))
            if lead.filled
            else Cell(say("none"), [], tone="quiet"),
            *_decided(words, lead, tested=True),
        ]
        for lead in leads
    ]
    headings = (
        Heading("lead", say("A case in the row")),
        Heading("filled", say("Cases there already")),
        *_headings(words, tested=True),
    )
    notes = (
        say(
            "The new case is supposed to be fully in or fully out of every condition, at the highest or the lowest "
            "level, with each level of the outcome in turn. It puts a claim to the test that holds so far, and that "
            "it would contradict in some of these ways."
        ),
    )
    return Table.of("new-cases", say("New cases"), headings, rows, notes=notes)


def _headings(words: FindingWords, *, tested: bool) -> tuple[Heading, ...]:
    say = words.language.say
    return (
        Heading("decided", say("Decides in any event"), "right"),
        Heading("decides", say("Claims that it decides")),
        Heading("perhaps", say("May decide"), "right"),
        Heading("may_decide", say("Claims that it may decide")),
        *(
            (
                Heading("tested", say("Puts to the test"), "right"),
                Heading("tests", say("Claims that it tests")),
            )
            if tested
            else ()
        ),
        Heading("outcomes", say("What each outcome would mean")),
    )


def _decided(words: FindingWords, lead: Lead, *, tested: bool = False) -> list[Cell]:
    listed = [lead.decides, lead.may_decide, *((lead.endangers,) if tested else ())]
    counted = [(words.scribe.count(len(ids)), _claims(words, ids)) for ids in listed]
    return [*(cell for pair in counted for cell in pair), _outcomes(words, lead)]


def _claims(words: FindingWords, ids: Sequence[str]) -> Cell:
    if not ids:
        return Cell(words.language.say("none"), [], tone="quiet")
    return Cell("; ".join(ids), list(ids), tuple(Link("claims", id) for id in ids))


def _outcomes(words: FindingWords, lead: Lead) -> Cell:
    """What the claims on which it bears are then worth: a line for all that fare alike."""
    groups: dict[str, list[str]] = {}
    for claim in lead.bears_on:
        groups.setdefault(outcomes(words, lead, claim), []).append(claim)
    text = "\n".join(
        words.language.say("{claims} — {outcomes}", claims=", ".join(ids), outcomes=told)
        for told, ids in groups.items()
    )
    value = {
        claim: [[word, [str(way) for way in ways]] for word, ways in lead.outcomes(claim)]
        for claim in lead.bears_on
    }
    return Cell(text, value)


def outcomes(words: FindingWords, lead: Lead, claim: str) -> str:
    """``way or way: finding; way: finding``: what a claim is worth in whichever way it turns out."""
    return "; ".join(
        words.language.say("{ways}: {finding}", ways=words.either(ways), finding=words.language.level(word))
        for word, ways in lead.outcomes(claim)
    )
