"""The pages of claims: whole, safe, linked both ways, and true to the findings."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from collections.abc import Iterator
from html import unescape

import pytest
from tests.small import bare, small

from concausa.core.typeset.html_table import visible
from concausa.evidence.passage import Passage
from concausa.evidence.source import Source
from concausa.report.build import contents
from concausa.report.claim_file import claim_files
from concausa.report.delivery import MANIFEST, deliver
from concausa.study.study import Study

from .claimed import claimed
from .hostile import PAYLOADS, hostile_study
from .test_injection import ACTING, Page

STUDY = claimed()
TAGS = {
    "html", "head", "meta", "title", "style", "body", "nav", "a", "main", "p", "h1", "h2", "h3", "div", "strong", "svg",
    "rect", "dl", "dt", "dd", "code", "ul", "li", "details", "summary", "b", "small", "table", "caption", "thead",
    "tbody", "i", "tr", "th", "td", "span", "br", "script",
}  # fmt: skip


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return {name: data.decode() for name, data in contents(STUDY) if name.endswith((".html", ".json"))}


@pytest.fixture(scope="module")
def attacked() -> dict[str, str]:
    return {name: data.decode() for name, data in contents(hostile_study()) if name.endswith(".html")}


def _pages(files: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in files.items() if name.startswith("claims/")}


def _plain(page: str) -> str:
    return " ".join(" ".join(Page(page).said).split())


def test_every_claim_has_a_page_in_every_language(files: dict[str, str]) -> None:
    assert set(_pages(files)) == {
        f"claims/{code}/{claim.id}.html" for code in ("en", "es") for claim in STUDY.claims
    }


def test_a_study_without_formal_claims_has_no_pages() -> None:
    for study in (bare(), small()):
        assert not [name for name, _ in contents(study) if name.startswith("claims/")]


def test_a_page_tells_verdict_counts_formula_change_and_statement(files: dict[str, str]) -> None:
    said = _plain(files["claims/en/K-need.html"])
    for text in (
        "No roads without staff.",
        "Depends on the reading",
        "Supported in 1, contradicted in 1 of 2 worlds.",
        "In the study's own reading: supported.",
        "No case has Y=many without A.",
        "upported exactly when Able staff of N-2 : high",
        "Able staff of N-2 : low → contradicted",
    ):
        assert text in said, text


def test_a_page_says_that_a_share_is_no_probability_and_what_a_world_is(files: dict[str, str]) -> None:
    for id in ("K-need", "K-more"):
        said = _plain(files[f"claims/en/{id}.html"])
        assert "it is no probability that a claim is true." in said
        assert "A world settles every open point of the study in one admissible way." in said
    assert "no es la probabilidad" in _plain(files["claims/es/K-need.html"])
    assert "probability" not in _plain(files["claims/en/K-words.html"])


def test_a_page_says_under_its_head_that_the_formal_statement_alone_is_judged(files: dict[str, str]) -> None:
    told = "Judged is the formal statement below; what the sentence says beyond it is not tested."
    page = files["claims/en/K-need.html"]
    assert page.index("</h1>") < page.index(told) < page.index('class="verdict')
    assert told not in files["claims/en/K-words.html"]
    assert "Se juzga el enunciado formal de más abajo" in files["claims/es/K-need.html"]


def test_a_page_of_a_claim_that_no_open_point_touches_counts_all_worlds(files: dict[str, str]) -> None:
    said = _plain(files["claims/en/K-more.html"])
    assert "Supported in all 2 worlds; no open point matters." in said
    assert "1 of 1" not in said


def test_a_page_tells_a_sentence_in_words(files: dict[str, str]) -> None:
    english, spanish = _plain(files["claims/en/K-more.html"]), _plain(files["claims/es/K-more.html"])
    assert "The level of Able staff is higher in North (2000-2007) than in South (2000-2007)." in english
    assert "El nivel de Personal capaz es mayor en North (2000-2007) que en South (2000-2007)." in spanish


def test_a_formula_that_decides_and_says_when_it_is_supported_is_shown_once(files: dict[str, str]) -> None:
    said = _plain(files["claims/en/K-need.html"])
    assert said.count("upported exactly when") == 1
    assert said.count("No other formula is as short.") == 1
    assert "Worlds by verdict" in said


def test_a_page_tells_what_would_decide_the_claim(files: dict[str, str]) -> None:
    said = _plain(files["claims/en/K-need.html"])
    part = said[said.index("What would decide it, or put it to the test") :]
    for text in (
        "Able staff of N-2 cell high: supported in every world; low: contradicted in every world",
        "a case in ~A case few: depends on the reading; many: contradicted in every world",
    ):
        assert text in part, text
    assert "put it to the test" not in _plain(files["claims/en/K-words.html"])


def test_a_page_goes_from_the_claim_down_to_the_source(files: dict[str, str]) -> None:
    page = files["claims/en/K-need.html"]
    chain = page[page.index("<b>N-2</b>", page.index("The chain")) :]
    places = [chain.index(text) for text in ("Able staff (A)", ">C3</a>", ">E1</a>", "Staff stayed on.")]
    assert places == sorted(places)
    assert 'href="../../report.html#en-sources.I1"' in chain


def test_a_page_shows_passages_for_and_against(files: dict[str, str]) -> None:
    said = _plain(files["claims/en/K-need.html"])
    assert said.index("Passages for it") < said.rindex("Staff stayed on.")
    assert said.index("Passages against it") < said.rindex("Staff had left.")


def test_a_page_shows_the_passages_that_make_the_claim_once(files: dict[str, str]) -> None:
    said = _plain(files["claims/en/K-more.html"])
    assert said.index("Passages that make the claim") < said.index("Staff stayed on.")
    assert "passages for it" not in said.lower()


def test_a_claim_without_a_formal_statement_says_so_and_keeps_its_note(files: dict[str, str]) -> None:
    said = _plain(files["claims/en/K-words.html"])
    assert "No formal statement" in said
    assert "Too vague to test." in said
    assert "<svg" not in files["claims/en/K-words.html"]


def test_a_spanish_page_is_spanish_and_leads_to_the_english_one(files: dict[str, str]) -> None:
    page = files["claims/es/K-need.html"]
    assert '<html lang="es">' in page
    assert "Sin personal no hay caminos." in page
    assert "Sostenida en 1, contradicha en 1 de 2 mundos." in page
    assert 'href="../en/K-need.html"' in page
    assert 'href="../es/K-need.html"' in files["claims/en/K-need.html"]


def test_every_link_of_a_page_has_its_target(files: dict[str, str]) -> None:
    report = {a["id"] for _, a in Page(files["report.html"]).tags if a.get("id")}
    for name, text in _pages(files).items():
        code = name.split("/")[1]
        for tag, attributes in Page(text).tags:
            href = attributes.get("href") or ""
            if tag != "a" or not href:
                continue
            if href.startswith("../../report.html#"):
                assert href.partition("#")[2] in report, (name, href)
            else:
                other = href.removeprefix("../") if href.startswith("../") else f"{code}/{href}"
                assert f"claims/{other}" in files, (name, href)


def test_the_report_leads_to_every_page(files: dict[str, str]) -> None:
    hrefs = {a.get("href") for _, a in Page(files["report.html"]).tags}
    formal = [claim.id for claim in STUDY.claims if claim.when or claim.states]
    assert {f"claims/{code}/{id}.html" for code in ("en", "es") for id in formal} <= hrefs


def test_a_page_loads_nothing_and_names_its_style_and_its_one_script_by_their_hashes(
    files: dict[str, str],
) -> None:
    for name, text in _pages(files).items():
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
        assert policy, name
        rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
        assert rules["default-src"] == "'none'"
        for tag in ("style", "script"):
            found = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
            assert len(found) == text.count(f"<{tag}") == 1, name
            digest = base64.b64encode(hashlib.sha256(found[0].encode()).digest()).decode()
            assert rules[f"{tag}-src"] == f"'sha256-{digest}'"
        assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", text), name


def test_results_hold_the_findings_with_their_formulas(files: dict[str, str]) -> None:
    import json

    shown = json.loads(files["results.json"])["exhibits"]["en"]
    tables = {table["name"]: table for exhibit in shown for table in exhibit["tables"]}
    row = next(row for row in tables["findings"]["rows"] if row["id"] == "K-need")
    assert row["share"] == {"supported": 1, "contradicted": 1, "not testable": 0}
    supported = row["deciding"]["supported"]
    assert supported["models"] == [[[{"choice": "N-2.A", "options": ["high"]}]]]


def test_the_same_study_gives_the_same_pages(files: dict[str, str]) -> None:
    again = {name: data.decode() for name, data in contents(claimed()) if name.startswith("claims/")}
    assert again == _pages(files)


def test_no_page_holds_a_withheld_passage() -> None:
    secret = Passage(id="E3", source="G1", summary="It was a favour.", supports=("K-need",))
    guarded = Source(id="G1", kind="interview", access="restricted")
    study = STUDY.replace(sources=(*STUDY.sources, guarded), evidence=(*STUDY.evidence, secret))
    pages = {name: data for name, data in contents(study) if name.startswith("claims/")}
    assert pages
    assert not [name for name, data in pages.items() if b"favour" in data]


def test_names_of_pages_stay_in_their_folder_and_apart() -> None:
    claims = [(0, "../../x"), (1, "a b"), (2, "a/b"), (3, "A b")]
    from dataclasses import replace

    study = STUDY.replace(claims=tuple(replace(STUDY.claims[n], id=id) for n, id in claims))
    names = list(claim_files(study, "en").values())
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch(r"claims/en/[\w-]+\.html", name) for name in names)


def test_pages_of_claims_that_are_gone_are_taken_away(tmp_path) -> None:  # type: ignore[no-untyped-def]
    deliver(tmp_path, {"claims/en/K-old.html": b"old", "report.html": b"r"})
    assert (tmp_path / MANIFEST).exists()
    removed = deliver(tmp_path, {"report.html": b"r"})
    assert removed == (tmp_path / "claims/en/K-old.html",)


def test_attacks_in_every_field_do_nothing_on_the_pages(attacked: dict[str, str]) -> None:
    pages = _pages(attacked)
    assert pages
    for name, text in pages.items():
        page = Page(text)
        assert {tag for tag, _ in page.tags} <= TAGS, name
        assert not page.comments
        names = {attribute for _, attributes in page.tags for attribute in attributes}
        assert not {
            one for one in names if one.startswith("on") or one in ("style", "src", "srcdoc", "action")
        }
        assert not ACTING.search(text)
        for _, attributes in page.tags:
            href = unescape(attributes.get("href") or "")
            assert re.match(r"$|\.\./\.\./report\.html#|(\.\./(en|es)/)?[\w%-]+\.html$|https?://", href), href


def test_no_field_of_a_claims_statement_acts_on_a_screen() -> None:
    study = claimed()
    acting = tuple(dataclasses.replace(claim, scope="the \x9b31mred north") for claim in study.claims)
    pages = _pages(dict(contents_of(study.replace(claims=acting))))
    assert any("red north" in text for text in pages.values())
    assert not any(ACTING.search(text) for text in pages.values())


def contents_of(study: Study) -> Iterator[tuple[str, str]]:
    return ((name, data.decode()) for name, data in contents(study) if name.endswith(".html"))


def test_the_attacks_are_there_to_be_read(attacked: dict[str, str]) -> None:
    said = " ".join(_plain(text) for text in attacked.values())
    for payload in PAYLOADS:
        assert " ".join(visible(payload).split()) in said, payload
