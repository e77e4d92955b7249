"""``concausa audit``: what each claim is worth, in a terminal and as JSON."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import distributed
import pytest
from tests.report.claimed import claimed

from concausa.audit.findings.findings import findings
from concausa.audit.findings.next_evidence import next_evidence
from concausa.core.typeset.plain_text import breadth
from concausa.study.study import Study

if TYPE_CHECKING:
    from tests.cli.conftest import Run

#: The claim that the documentation tells in full.
CLAIM = "K-necessary-EL"


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture(scope="module")
def prosoft() -> Any:
    return findings(Study.load("prosoft"))


def test_the_overview_counts_every_claim_and_names_each_once(concausa: Run, prosoft: Any) -> None:
    answer = concausa("audit", "prosoft")
    assert (answer.status, answer.err) == (0, "")
    lines = answer.out.splitlines()
    size, choices = prosoft.worlds.space.size, len(prosoft.worlds.space.choices)
    assert lines[0] == f"prosoft: {len(prosoft)} claims, {size:,} worlds from {choices} open choices"
    counts = re.findall(r"^ +(\d+)  [a-z ]+(?:: .*)?$", answer.out, re.MULTILINE)
    assert sum(map(int, counts)) == len(prosoft)
    stated = [one.claim.id for one in prosoft if one.claim.when or one.claim.states]
    rows = re.findall(r"^  (K-\S+) +[+.-]{20}", answer.out, re.MULTILINE)
    assert sorted(rows) == sorted(stated)
    assert max(map(breadth, lines)) <= 80


def test_a_bar_has_a_letter_for_all_that_occurs(concausa: Run, prosoft: Any) -> None:
    out = concausa("audit", "prosoft").out
    for id, bar in re.findall(r"^  (K-\S+) +([+.-]{20})", out, re.MULTILINE):
        one = prosoft.of(id)
        occurs = {
            letter
            for letter, word in zip("+-.", ("supported", "contradicted", "not testable"), strict=True)
            if one.count(word)
        }
        assert set(bar) == occurs, id


def test_the_overview_ends_with_what_to_look_for_next(concausa: Run, prosoft: Any) -> None:
    out = concausa("audit", "prosoft").out
    first = next_evidence(prosoft)
    titles = re.findall(r"^Next best evidence, (.*):$", out, re.MULTILINE)
    assert titles == ["cells, numbers and dates to settle", "new cases", "conventions to argue"]
    best = next(lead for lead in first if lead.kind == "case")
    told = f"a case in {best.id}: decides {len(best.decides)} in any event"
    assert told in out
    assert out.rstrip().endswith("More on one claim: concausa audit prosoft --claim ID")


def test_one_claim_is_told_in_full(concausa: Run, prosoft: Any) -> None:
    answer = concausa("audit", "prosoft", "--claim", CLAIM)
    one = prosoft.of(CLAIM)
    flat = " ".join(answer.out.split())
    assert answer.status == 0
    for said in (
        f"{CLAIM} (necessary): {one.claim.text}",
        "Formally: EL <= Y=maximum",
        f"supported in {one.count('supported')} of {one.total} worlds",
        "Where it can be tested, supported exactly when:",
        "Test: crisp sets; Executive leadership in NL-2: medium counts as in",
        "Matters most: Test",
        "Smallest change of the study's own reading:",
        "Single points of failure: without",
        "What may not be claimed, or only with care:",
        "What would decide it, or put it to the test:",
    ):
        assert said in flat, said
    assert max(map(breadth, answer.out.splitlines())) <= 80


def test_a_measure_under_all_its_cuts_is_told_by_its_name(concausa: Run) -> None:
    flat = " ".join(concausa("audit", "prosoft", "--claim", CLAIM).out.split())
    assert "Benefits: anything but Funds per firm, as printed, whatever the cut" in flat


def test_json_has_every_finding_as_the_library_gives_it(concausa: Run, prosoft: Any) -> None:
    document = concausa("audit", "prosoft", "--json").document
    assert set(document) == {"study", "worlds", "choices", "findings", "next"}
    assert document["worlds"] == prosoft.worlds.space.size
    assert [choice["id"] for choice in document["choices"]] == [
        choice.id for choice in prosoft.worlds.space.choices
    ]
    for told, one in zip(document["findings"], prosoft, strict=True):
        assert (told["claim"], told["finding"], told["worlds"]) == (one.claim.id, one.word, one.total)
        assert sum(told["counts"].values()) == one.total
    assert [lead["id"] for lead in document["next"]] == [lead.id for lead in next_evidence(prosoft)]


def test_json_of_one_claim_has_its_grounds(concausa: Run) -> None:
    document = concausa("audit", "prosoft", "--claim", CLAIM, "--json").document
    (told,) = document["findings"]
    assert told["claim"] == CLAIM
    assert {"drops", "one_sided", "shared", "limits", "next"} <= set(told)
    assert {drop["kind"] for drop in told["drops"]} >= {"source", "coder", "case"}
    assert all(lead["decides"] + lead["may_decide"] + lead["endangers"] == [CLAIM] for lead in told["next"])


def test_the_answer_is_the_same_whatever_does_the_work(concausa: Run) -> None:
    alone = concausa("audit", "prosoft", "--json").out
    assert concausa("audit", "prosoft", "--json", "--workers", 2).out == alone
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", memory_limit=0
    ) as cluster:
        answer = concausa("audit", "prosoft", "--json", "--scheduler", cluster.scheduler_address)
    assert answer.out == alone


def test_a_claim_above_the_bound_is_drawn_and_says_so(concausa: Run) -> None:
    options = ("audit", "prosoft", "--claim", CLAIM, "--bound", 10, "--sample", 2000, "--seed", 3)
    first, again = concausa(*options), concausa(*options)
    flat = " ".join(first.out.split())
    assert first.out == again.out
    assert "of 2,000 worlds drawn" in flat
    assert "Note: 2000 of 540 worlds were drawn (seed 3)" in flat
    assert "exactly when" not in flat


REFUSED = [
    (("--claim", "K-necessary-LE"), "did you mean K-necessary-EL?"),
    (("--bound", "0"), "a whole number from 1 on"),
    (("--sample", "-4"), "a whole number from 1 on"),
    (("--seed", "-1"), "a whole number from 0 on"),
    (("--workers", "0"), "a whole number from 1 on"),
    (("--scheduler", "nowhere:1"), "check its address"),
]


@pytest.mark.parametrize(("options", "fix"), REFUSED)
def test_what_cannot_be_done_is_refused_with_its_fix(
    options: tuple[str, ...], fix: str, concausa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("concausa.audit.findings.spread.PATIENCE", "1s")
    answer = concausa("audit", "prosoft", *options)
    assert answer.status == 2
    assert fix in answer.err
    assert answer.out == ""


def test_a_study_without_claims_says_so(tmp_path: Path, concausa: Run) -> None:
    one_reading = tuple(row for row in claimed().codings if row.id not in ("C3", "C4"))
    study = claimed().replace(claims=(), evidence=(), codings=one_reading, translations=())
    study.save(tmp_path / "silent")
    answer = concausa("audit", tmp_path / "silent")
    assert answer.status == 0, answer.err
    assert answer.out.splitlines()[0].endswith("silent: 0 claims, 1 world from 0 open choices")
