"""The audit of numbers: each declared formula recomputed beside the number that is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from concausa.audit.numbers import VERDICTS, NumberFinding
from concausa.audit.printed import PrintedNumber, printed_numbers
from concausa.core.table import Cell, Heading, Link, Table
from concausa.record.fact import Fact
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.audited import audited
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.report.language import Language
from concausa.study.study import Study

TONES: dict[str, Literal["plain", "good", "bad", "doubt", "quiet"]] = {
    "reproduces": "good",
    "within rounding": "plain",
    "does not follow": "bad",
    "cannot be computed": "doubt",
    "computed": "quiet",
}


def numbers(study: Study, language: Language) -> Exhibit | None:
    """Each printed number with its best reading, then every check by group; None without checks."""
    if not study.checks:
        return None
    scribe = Scribe(study, language)
    findings = audited(study)
    groups: dict[str, list[NumberFinding]] = {}
    for finding in findings:
        groups.setdefault(finding.check.group, []).append(finding)
    tables = [_printed(scribe, printed_numbers(findings)), _verdicts(scribe, findings)]
    tables += [
        _group(scribe, number, group, own) for number, (group, own) in enumerate(groups.items(), start=1)
    ]
    intro = language.say(
        "Each number that should follow from others is computed again, at face value and with all that "
        "rounding admits. A verdict says what follows from the inputs shown; it does not say which number "
        "is off. A number that can be read in several ways has a check for each; the first table tells "
        "whether any of them gives it."
    )
    return Exhibit("numbers", "numbers", language.say("Audit of numbers"), intro, tuple(tables))


def _printed(scribe: Scribe, numbers: Sequence[PrintedNumber]) -> Table:
    language = scribe.language
    headings = (
        Heading("fact", language.say("Printed number")),
        Heading("printed", language.say("Printed"), "right"),
        Heading("best", language.say("Best verdict among its readings")),
        Heading("given_by", language.say("Readings that give it")),
        Heading("readings", language.say("Readings tried")),
    )
    rows = [
        [
            _named(scribe, item.fact),
            Cell(item.findings[0].printed_text(language.say), links=(Link("facts", item.fact.id),)),
            Cell(language.level(item.best), item.best, tone=TONES[item.best]),
            _given_by(scribe, item),
            _checks(item.findings),
        ]
        for item in numbers
    ]
    title = language.say("Each printed number and the readings tried")
    return Table.of("printed-numbers", title, headings, rows)


def _named(scribe: Scribe, fact: Fact) -> Cell:
    """The name of a printed number with its date: one thing is often counted more than once."""
    language = scribe.language
    name = language.of(scribe.study, "facts", fact, "subject")
    date = language.date(fact.date)
    dated = f"{name} ({date})" if date not in name else name
    return Cell(dated, value=fact.subject, links=(Link("facts", fact.id),))


def _given_by(scribe: Scribe, item: PrintedNumber) -> Cell:
    """Readings that give a printed number; those that do so within rounding alone say so."""
    language = scribe.language
    given, admitted = item.reproduced_by, item.admitted_by
    if not given and not admitted:
        return Cell(language.say("none"))
    ids = [finding.check.id for finding in (*given, *admitted)]
    loose = language.level("within rounding")
    words = [*ids[: len(given)], *(f"{id} ({loose})" for id in ids[len(given) :])]
    return Cell("; ".join(words), ids, tuple(Link("checks", id) for id in ids))


def _checks(findings: Sequence[NumberFinding]) -> Cell:
    ids = [finding.check.id for finding in findings]
    return Cell("; ".join(ids), ids, tuple(Link("checks", id) for id in ids))


def _verdicts(scribe: Scribe, findings: Sequence[NumberFinding]) -> Table:
    language = scribe.language
    meanings = {
        "reproduces": language.say("the printed number is what the formula gives"),
        "within rounding": language.say("not at face value, yet within what rounding admits"),
        "does not follow": language.say("another number would follow from the inputs shown"),
        "cannot be computed": language.say("something that it needs is not given"),
        "computed": language.say("no number is printed to set beside it"),
    }
    counted = Counter(finding.verdict for finding in findings)
    rows = [
        [
            Cell(language.level(verdict), verdict, tone=TONES[verdict]),
            Cell(meanings[verdict]),
            Cell(
                scribe.count(counted[verdict]).text,
                counted[verdict],
                tuple(Link("checks", finding.check.id) for finding in findings if finding.verdict == verdict),
            ),
        ]
        for verdict in VERDICTS
    ]
    headings = (
        Heading("verdict", language.say("Verdict")),
        Heading("meaning", language.say("Meaning")),
        Heading("checks", language.say("Checks"), "right"),
    )
    title = language.say("Verdicts of all checks, alternative readings included")
    return Table.of("numbers-verdicts", title, headings, rows)


def _group(scribe: Scribe, number: int, group: str, findings: Sequence[NumberFinding]) -> Table:
    language = scribe.language
    headings = (
        Heading("id", language.say("Id")),
        Heading("label", language.say("What is checked")),
        Heading("verdict", language.say("Verdict")),
        Heading("printed", language.say("Printed"), "right"),
        Heading("computed", language.say("Computed"), "right"),
        Heading("follows", language.say("What would follow"), "right"),
        Heading("message", language.say("Finding")),
        Heading("formula", language.say("Formula")),
        Heading("inputs", language.say("Inputs")),
        Heading("place", language.say("In the text")),
        Heading("note", language.say("Note")),
    )
    rows = ((finding.check, _row(scribe, finding)) for finding in findings)
    first = findings[0].check
    title = language.of(scribe.study, "checks", first, "group") if group else language.say("Other checks")
    return scribe.register(f"numbers-{number}", title, "checks", headings, rows)


def _row(scribe: Scribe, finding: NumberFinding) -> tuple[Cell, ...]:
    language, check = scribe.language, finding.check
    to_printed = (Link("facts", finding.printed.id),) if finding.printed else ()
    inputs = tuple(dict.fromkeys(step.link for step in finding.steps if step.link))
    steps = "; ".join(f"{step.name} = {step.piece.text(language.say)}" for step in finding.steps)
    printed, computed = finding.printed_text(language.say), finding.computed_text(language.say)
    follows = dict(finding.pieces).get("follows")
    return (
        Cell(check.id),
        scribe.text("checks", check, "label"),
        Cell(language.level(finding.verdict), finding.verdict, tone=TONES[finding.verdict]),
        Cell(printed, links=to_printed) if printed else MISSING,
        Cell(computed, links=inputs) if computed else MISSING,
        Cell(follows.text(language.say), links=inputs) if follows and finding.follows else Cell(""),
        Cell(
            finding.told(language.say, missing=language.of(scribe.study, "checks", check, "missing")),
            finding.message,
            (*to_printed, *inputs),
        ),
        Cell(check.formula, tone="quiet"),
        Cell(steps, links=inputs) if steps else MISSING,
        scribe.place(check),
        scribe.text("checks", check, "note"),
    )
