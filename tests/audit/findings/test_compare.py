"""Comparison: which findings differ, and which rows bring it about, held against working all of it out."""

import dataclasses
from decimal import Decimal
from random import Random

import pytest
from tests.audit.findings.random_study import random_study
from tests.report.claimed import claimed
from tests.small import coding, date

from concausa.audit.findings.bearing import Bearing
from concausa.audit.findings.compare import MOST_TRIED, compare, same
from concausa.audit.findings.findings import findings
from concausa.audit.findings.row_changes import row_changes, with_changes


def by_id(study):
    return {one.claim.id: one for one in findings(study)}


def changed(random, study):
    """The study with a few rows changed, taken out or added."""
    for _ in range(random.randrange(1, 4)):
        codings = list(study.codings)
        place = random.randrange(len(codings))
        row = codings[place]
        levels = study.row("conditions", row.condition).levels
        match random.randrange(7):
            case 0:
                codings[place] = dataclasses.replace(row, level=random.choice(levels))
            case 1:
                del codings[place]
            case 2:
                codings.append(dataclasses.replace(row, id=f"{row.id}x", level=random.choice(levels)))
            case 3:
                event = dataclasses.replace(
                    study.events[0], date=date(random.choice(("2002", "2003", "2010")))
                )
                study = study.replace(events=(event, *study.events[1:]))
            case 4:
                fact = dataclasses.replace(study.facts[0], value=Decimal(random.choice(("7", "41", "90"))))
                study = study.replace(facts=(fact, *study.facts[1:]))
            case 5:
                claim = dataclasses.replace(study.claims[0], when=random.choice(("A", "B", "A*B")))
                study = study.replace(claims=(claim, *study.claims[1:]))
            case _:
                passage = dataclasses.replace(study.evidence[0], summary="said otherwise", date=date("2009"))
                study = study.replace(evidence=(passage, *study.evidence[1:]))
        study = study.replace(codings=tuple(codings))
    return study


@pytest.mark.parametrize("seed", range(25))
def test_the_findings_that_differ_are_those_that_differ_when_all_are_worked_out(seed):
    random = Random(seed)
    a = random_study(random)
    b = changed(random, a)
    before, after = by_id(a), by_id(b)
    found = compare(a, b)
    differ = {id for id in before if not same(before[id], after[id])}
    assert {change.claim for change in found.findings} == differ
    assert found.same == len(before) - len(differ)


@pytest.mark.parametrize("seed", range(12))
def test_each_cause_does_what_is_told_of_it(seed):
    random = Random(100 + seed)
    a = random_study(random)
    b = changed(random, a)
    before, after = by_id(a), by_id(b)
    rows = row_changes(a, b)
    alone = {row.name: by_id(with_changes(a, b, [row])) for row in rows}
    for change in compare(a, b).findings:
        own, then = before[change.claim], after[change.claim]
        full = [name for name, found in alone.items() if same(found[change.claim], then)]
        part = [
            name for name, found in alone.items() if name not in full and not same(found[change.claim], own)
        ]
        told = change.causes
        if not told.untried:
            assert [row.name for row in told.alone] == full
            assert [row.name for row in told.partly] == part
        if told.together:
            made = by_id(with_changes(a, b, told.together))
            assert same(made[change.claim], then)
            for row in told.together:
                rest = [other for other in told.together if other != row]
                assert not same(by_id(with_changes(a, b, rest))[change.claim], then)


@pytest.mark.parametrize("seed", range(10))
def test_a_row_that_bears_on_no_claim_changes_none(seed):
    random = Random(200 + seed)
    a = random_study(random)
    b = changed(random, a)
    rows = row_changes(a, b)
    bearing = Bearing.of(a, b, rows)
    before = by_id(a)
    for place, row in enumerate(rows):
        then = by_id(with_changes(a, b, [row]))
        for claim in before:
            if place not in bearing.on(claim):
                assert same(before[claim], then[claim]), (row.name, claim)


def test_two_rows_that_do_it_together_are_found_among_many_that_do_nothing():
    a = claimed()
    low = (coding("C3", "N-2", "A", "low"), coding("C4", "N-2", "A", "low", place="heading"))
    others = tuple(row for row in a.codings if row.id not in ("C3", "C4"))
    a = a.replace(codings=(*others, *low))
    more = tuple(coding(f"M{n}", "N-1", "A", "high", coder=f"P{n}") for n in range(MOST_TRIED + 20))
    b = a.replace(codings=(*others, *(dataclasses.replace(row, level="high") for row in low), *more))
    change = compare(a, b).of("K-need")
    assert change is not None
    assert (change.before.word, change.after.word) == (
        "contradicted in every world",
        "supported in every world",
    )
    assert {row.id for row in change.causes.together} == {"C3", "C4"}
    assert change.causes.alone == ()
    assert change.causes.untried == len(more) + 2


def test_claims_that_nothing_bears_on_are_not_worked_out():
    a = claimed()
    b = a.replace(codings=tuple(row for row in a.codings if row.id != "C4"))
    asked = []

    def evaluate(study, claims):
        asked.extend(claims)
        return {one.claim.id: one for one in findings(study, claims=claims)}

    found = compare(a, b, evaluate=evaluate)
    assert [change.claim for change in found.findings] == ["K-need"]
    assert "K-more" not in asked  # it reads N-1.A and S-1.A alone
    assert "K-words" not in asked
