"""Profiles of office holders: who ran the bureaucracy of a unit in a period, as far as the text says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from concausa.core.date import Date
from concausa.core.table import Cell, Heading, Link, Table
from concausa.core.unit import Case
from concausa.record.term import Term
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.study.study import Study

#: First words of offices that are not the bureaucracy's: heads of government and of private bodies.
HEADS = ("governor", "president", "mayor", "prime", "gobernador", "gobernadora", "presidente", "presidenta")

Touch = Literal["yes", "named there", "possibly", "no"]


def profiles(study: Study, language: Language) -> Exhibit | None:
    """One table a case; None when no office term below the head of government is recorded."""
    terms = [row for row in study.terms if row.unit and not heads_government(row)]
    if not terms or not study.cases:
        return None
    scribe = Scribe(study, language)
    tables = [_table(scribe, case, terms) for case in study.cases]
    placed = {row.id for case in study.cases for row in terms if touches(row, case) in ("yes", "named there")}
    core = {case.unit.id for case in study.cases}
    rest = [row for row in terms if row.id not in placed and row.unit in core]
    if rest:
        title = language.say("Office holders that could not be placed in a period")
        note = language.say("The text gives no date that puts them in one period.")
        tables.append(_rows(scribe, "profiles-undated", title, rest, (note,)))
    intro = language.say(
        "Who ran the offices that carried the policy: schooling, earlier career and time in office. Only "
        "what the text says is shown; a dash marks what it does not give. Heads of government are listed "
        "with the terms of office."
    )
    title = language.say("Profiles of ministers and officials")
    return Exhibit("profiles", "cases", title, intro, tuple(tables))


def heads_government(term: Term) -> bool:
    """Whether the office is that of a head of government (or of a private body), by its first word."""
    words = term.office.casefold().split()
    return bool(words) and words[0] in HEADS


def touches(term: Term, case: Case) -> Touch:
    """Whether a term falls into a case.

    ``yes``: its dates say so. ``named there``: it has no date, and the section that names it is one
    of this case (its heading starts with the case's id). ``possibly``: one end is not given, and the
    other does not exclude it.
    """
    if term.unit != case.unit.id:
        return "no"
    span = case.period.span
    ends = [end for end in (term.start, term.end) if end is not None]
    if not ends:
        return "named there" if term.section.split(" ")[0] == case.id else "no"
    if any(end.overlaps(span) for end in ends):
        return "yes"
    if term.start is not None and term.end is not None:
        return "yes" if term.start.start <= span.end and term.end.end >= span.start else "no"
    return "possibly" if _may_reach(term, span) else "no"


def _may_reach(term: Term, span: Date) -> bool:
    if term.start is not None:
        return term.start.start <= span.end
    return term.end is not None and term.end.end >= span.start


def _table(scribe: Scribe, case: Case, terms: Sequence[Term]) -> Table:
    language = scribe.language
    kind = f"profiles.{case.id}"
    title = scribe.titled(kind, language.say("Offices and profiles: {case}", case=scribe.case_name(case)))
    kept = [row for row in terms if touches(row, case) in ("yes", "named there")]
    kept.sort(key=lambda row: row.start.start if row.start else dt.date.max)
    notes = list(scribe.label_notes(kind))
    if not kept:
        notes.append(language.say("The text names no office holder for this case."))
    if any(touches(row, case) == "named there" for row in kept):
        notes.append(
            language.say("Holders without dates stand here because the text names them under this case.")
        )
    possible = [row for row in terms if touches(row, case) == "possibly"]
    if possible:
        names = ", ".join(f"{row.holder} ({row.id})" for row in possible)
        notes.append(
            language.say("Whether these terms reach into the period is not said: {names}.", names=names)
        )
    return _rows(scribe, f"profiles-{case.id}", title, kept, notes)


def _rows(scribe: Scribe, name: str, title: str, terms: Sequence[Term], notes: Sequence[str]) -> Table:
    language = scribe.language
    headings = (
        Heading("holder", language.say("Holder")),
        Heading("office", language.say("Office")),
        Heading("from", language.say("From")),
        Heading("to", language.say("To")),
        Heading("education", language.say("Education")),
        Heading("experience", language.say("Experience")),
        Heading("ended", language.say("How it ended")),
        Heading("source", language.say("Source")),
        Heading("place", language.say("In the text")),
    )
    rows = []
    for term in terms:
        holder = scribe.text("terms", term, "holder")
        rows.append(
            (
                Cell(holder.text, holder.value, (Link("terms", term.id),), holder.missing),
                scribe.text("terms", term, "office"),
                scribe.date(term.start),
                scribe.date(term.end),
                scribe.text("terms", term, "education"),
                scribe.text("terms", term, "experience"),
                scribe.text("terms", term, "ended"),
                scribe.source(term),
                scribe.place(term),
            )
        )
    return Table.of(name, title, headings, rows, notes=notes)
