"""The branch of a claim: its finding, verdict by verdict with rows, and the cells and figures behind it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from concausa.audit.tree import Chain, group, place
from concausa.core.unit import Case
from concausa.theory.claim import Claim

if TYPE_CHECKING:
    from concausa.audit.branches import Branches
    from concausa.audit.findings.examples import Example, Row
    from concausa.audit.findings.finding import Finding

_SIDES = {"in": "in", "out": "out", "border": "neither in nor out"}
_PARTS = {"against": "breaks it", "open": "may break it", "beside": "is not judged"}


def claim_branch(branches: Branches, claim: Claim) -> tuple[Chain | None, ...]:
    """What a claim rests on: its finding, passages for and against it, and rows down to their sources."""
    made_in = [branches.passage(branches.rows["evidence"][id]) for id in claim.passages]
    around = (place(claim), group("made in", made_in))
    beside = branches.for_and_against(claim.id)
    if claim.when or claim.states:
        return *around, *judgement(branches, claim), *beside, *grounds(branches, claim)
    bare = Chain("it has no formal statement that could be tested", "note")
    return *around, bare, *beside, group("levels that it speaks of", _levels(branches, claim))


def judgement(branches: Branches, claim: Claim) -> tuple[Chain, ...]:
    """The finding for a claim: how many worlds give each verdict, when, and the rows of one such world."""
    from concausa.audit.findings.examples import examples
    from concausa.audit.findings.findings import findings
    from concausa.audit.findings.telling import statement

    found = findings(branches.study, claims=[claim.id])
    finding = found.of(claim.id)
    verdicts = [_verdict(finding, example) for example in examples(found.worlds, claim)]
    return (
        Chain(f"formally: {statement(finding)}", "note"),
        Chain(f"finding: {_summary(finding)}", "finding", None, (*_deciding(finding), *verdicts)),
    )


def grounds(branches: Branches, claim: Claim) -> tuple[Chain, ...]:
    """What the finding rests on: cells down to their sources, times, numbers."""
    from concausa.audit.findings.footprint import footprint

    found = footprint(branches.study, claim)
    groups = (
        ("cases and cells that it rests on", _cells(branches, found.cells)),
        (
            "times that it compares",
            [
                branches.step("events", row, (branches.source(row.source),))
                for row in (branches.rows["events"][id] for id in found.rows.get("events", ()))
            ],
        ),
        (
            "numbers that it uses",
            [branches.check(branches.rows["checks"][id]) for id in found.rows.get("checks", ())]
            + [
                branches.row_with_source(table, id)
                for table in ("facts", "elections", "series")
                for id in found.rows.get(table, ())
            ],
        ),
        (
            "office terms that may be its cases",
            [branches.row_with_source("terms", id) for id in found.rows.get("terms", ())],
        ),
    )
    return tuple(Chain(label, "group", None, tuple(steps)) for label, steps in groups if steps)


def _summary(finding: Finding) -> str:
    """``depends on the reading; supported in 21 of 540 worlds (3.9 %), contradicted in 159 (29.4 %)``."""
    from concausa.audit.findings.finding import WORDS
    from concausa.audit.findings.telling import everywhere, share

    if alike := everywhere(finding):
        return f"{finding.word}; {alike}"
    worlds = f"of {finding.total:,} worlds"
    if finding.sampled:
        worlds += " drawn"
    told = [
        f"{word} in {finding.count(word):,}{{}} ({share(finding.share_of(word))})"
        for word in WORDS
        if finding.count(word)
    ]
    return f"{finding.word}; " + ", ".join(told).replace("{}", f" {worlds}", 1).replace("{}", "")


def _deciding(finding: Finding) -> list[Chain]:
    """When exactly it has a verdict: by the formula that takes fewer words."""
    from concausa.audit.findings.telling import exactly, in_one_line

    found = [(word, formula) for word, formula in finding.formulas.items() if formula.models]
    if not found:
        return []
    word, formula = min(found, key=lambda item: len(item[1].text()))
    terms, lead = [in_one_line(term) for term in formula.terms], exactly(word, formula)
    if len(terms) == 1:
        return [Chain(f"{lead} {terms[0]}", "formula")]
    return [Chain(lead, "formula", None, tuple(Chain(term, "term") for term in terms))]


def _verdict(finding: Finding, example: Example) -> Chain:
    from concausa.audit.findings.telling import everywhere, share, worded

    number = finding.counts.get(example.verdict, 0)
    counted = f"{worded(example.verdict)} in "
    counted += "all" if everywhere(finding) else f"{number:,} ({share(Fraction(number, finding.total))})"
    settled = "; ".join(f"{choice.label}: {option.label}" for choice, option in example.changes)
    where = f"such as with {settled}" if settled else "as the study itself is read"
    rows = tuple(Chain(_row(row), "row") for row in example.rows)
    return Chain(f"{counted}, {where}", "verdict", None, rows)


def _row(row: Row) -> str:
    """``NL-2: EL medium (neither in nor out), Y maximum; may break it``."""
    told = []
    for (condition, state), side in zip(row.states, row.sides, strict=True):
        said = state.level or state.why or "no data"
        told.append(f"{condition} {said}{f' ({_SIDES[side]})' if side else ''}")
    part = f"; {_PARTS[row.part]}" if row.part else ""
    return f"{row.case}: {', '.join(told)}{part}"


def _cells(branches: Branches, cells: tuple[tuple[str, str], ...]) -> list[Chain]:
    """Cells case by case, in the order of the study."""
    made = []
    for unit in branches.study.units:
        for period in branches.study.periods:
            case = Case(unit, period)
            own = [
                branches.cell(case, branches.rows["conditions"][condition], others=False)
                for id, condition in cells
                if id == case.id and condition in branches.rows["conditions"]
            ]
            if own:
                made.append(Chain(f"{case.id}  {case}", "case", None, tuple(own)))
    return made


def _levels(branches: Branches, claim: Claim) -> list[Chain]:
    """The cells of the conditions that a claim names, without what they rest on."""
    return [
        branches.cell(case, branches.rows["conditions"][condition], passages=False)
        for case in branches.study.cases
        if not claim.cases or case.id in claim.cases
        for condition in claim.conditions
        if condition in branches.rows["conditions"]
    ]
