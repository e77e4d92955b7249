"""The page on the findings of the Prosoft study says what the engine finds."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.findings import Findings, findings
from concausa.audit.findings.next_evidence import next_evidence
from concausa.study.study import Study

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "prosoft-findings.md"
#: Headings under which the page lists claims, by what each is worth.
LISTED = (
    "supported in every world",
    "supported wherever testable",
    "contradicted in every world",
    "contradicted wherever testable",
    "not testable",
)
_ID = re.compile(r"`(K-[\w-]+)`")
_COUNTS = re.compile(
    r"^\| `(K-[\w-]+)` \|[^|]*\| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|$", re.MULTILINE
)


@cache
def found() -> Findings:
    return findings(Study.load("prosoft"))


@cache
def text() -> str:
    return PAGE.read_text("utf-8")


def section(heading: str) -> str:
    return text().partition(f"\n## {heading.capitalize()}\n")[2].partition("\n## ")[0]


def number(digits: str) -> int:
    return int(digits.replace(",", ""))


def test_every_row_of_the_tables_has_the_counts_that_are_computed() -> None:
    rows = _COUNTS.findall(text())
    assert len(rows) == 37
    for id, *counts in rows:
        finding = found().of(id)
        assert finding.sampled is None, id
        computed = [finding.count(word) for word in ("supported", "contradicted", "not testable")]
        assert [number(count) for count in counts] == [*computed, finding.total], id


def test_the_summary_counts_the_claims_by_what_they_are_worth() -> None:
    table = dict(re.findall(r"^\| ([a-z ]+) \| (\d+) \|$", section("In short"), re.MULTILINE))
    assert {word: int(count) for word, count in table.items()} == Counter(f.word for f in found())


def test_each_list_names_the_claims_that_are_worth_so_and_no_others() -> None:
    for word in LISTED:
        named = _ID.findall(section(word))
        own = [finding.claim.id for finding in found() if finding.word == word]
        assert set(named) == set(own), word


def test_every_claim_that_depends_on_the_reading_stands_in_a_table() -> None:
    tables = {id for id, *_ in _COUNTS.findall(text())}
    assert {finding.claim.id for finding in found() if finding.word == "depends on the reading"} <= tables


def test_the_page_counts_the_claims_that_turn_on_a_choice() -> None:
    turned = Counter(choice for finding in found() for choice in finding.turns_on)
    last = section("What this does not say")
    assert [number(digits) for digits in re.findall(r"\d+", last)] == [
        turned[choice] for choice in ("outcome", "test", "shadow", "NL-1.BQ", "NL-2.EL")
    ]


def test_the_totals_of_the_page_are_those_of_the_study() -> None:
    silent = sum(finding.counts.get(Verdict.NO_STATEMENT, 0) > 0 for finding in found())
    assert (len(found()), len(found()) - silent, silent) == (112, 90, 22)
    assert "112 claims" in text() and "90 of them" in text() and "22 are not" in text()
    assert f"{found().worlds.space.size:,} worlds" in text()


def test_the_page_names_the_leads_as_they_are_found() -> None:
    leads = {(lead.kind, lead.id): lead for lead in next_evidence(found())}
    first, second, third = (leads["cell", id] for id in ("NL-1.BQ", "NL-2.EL", "PUE-2.BC"))
    assert (first.decides, len(first.may_decide)) == (("K-NL1-start",), 6)
    assert [len(lead.may_decide) for lead in (second, third)] == [4, 4]
    assert len(leads["convention", "outcome"].may_decide) == 14
    led = leads["case", "EL*~BQ*~BC*~INST"]
    assert (led.decides, len(led.may_decide)) == (("K-insufficient-EL",), 10)
    cohesive = leads["case", "~EL*~BQ*BC*~INST"]
    assert cohesive.decides == ("K-cohesion-lobbies",)
    assert cohesive.endangers == ("K-insufficient-BC", "K-substitution")
    assert len(cohesive.may_decide) == 11
    chiapas = leads["empty cell", "CHP-1.EL"]
    assert [str(way.label) for way in chiapas.ways if way.verdict("K-insufficient-EL") == "supported"] == [
        "medium-high",
        "high",
    ]
    said = section("What to look for next")
    for words in (
        "decides one",
        "may decide six more",
        "may decide four each",
        "may decide 14",
        "ten claims more",
    ):
        assert words in " ".join(said.split()), words
