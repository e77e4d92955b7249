"""The page: one file, two languages, every link with its place."""

from __future__ import annotations

import base64
import hashlib
import re

from concausa.core.chart import Chart
from concausa.core.problem import Problem
from concausa.core.table import Cell, Heading, Link, Table
from concausa.evidence.passage import Passage
from concausa.evidence.source import Source
from concausa.report.exhibit import Exhibit
from concausa.report.page import page
from concausa.report.places import Places
from concausa.study.settings import Settings
from concausa.study.study import Study

SOURCE = Source(id="BSM1", kind="interview", access="open")
PASSAGE = Passage(id="E1", source="BSM1", summary="The council met each month.")
DOUBT = Problem("evidence.csv", 2, "date", "doubt", "late", "A passage speaks of a later year.")
STUDY = Study(
    settings=Settings(
        id="s", title="Title & more", question="Why?", authors=("A. Author", "B. Author"), year=2024,
        doi="10.1017/x", licence="CC BY 4.0", language="en",
    ),
    sources=(SOURCE,),
    evidence=(PASSAGE,),
    doubts=(DOUBT,),
)  # fmt: skip


def _exhibits() -> tuple[Exhibit, ...]:
    level = Cell("high", links=(Link("evidence", "E1"), Link("evidence", "gone")))
    cases = Table.of("cases", "Cases", ["Case", "EL"], [["NL-1", level], ["NL-2", None]])
    passages = Table.of(
        "evidence",
        "Passages",
        ["Id", "Source", "What it says"],
        [
            [
                Cell("E1", links=(Link("evidence", "E1"),)),
                Cell("BSM1", links=(Link("sources", "BSM1"),)),
                PASSAGE.summary,
            ]
        ],
        row_ids=[Link("evidence", "E1")],
    )
    sources = Table.of("sources", "Sources", ["Id"], [["BSM1"]], row_ids=[Link("sources", "BSM1")])
    chart = Chart("figure", "A figure", {}, "What one would see.", ("A note.",))
    return (
        Exhibit("overview", "cases", "Overview", "Intro.", (cases,), (chart,)),
        Exhibit("evidence", "evidence", "Evidence", "", (passages, sources)),
    )


def _page(picture: str | None = None) -> str:
    shown = {"en": _exhibits(), "es": _exhibits()}
    pictures = {("en", "figure"): picture, ("es", "figure"): picture} if picture else {}
    return page(STUDY, shown, pictures)


def test_a_cell_links_to_its_passage_and_the_passage_to_its_source() -> None:
    document = _page()
    assert '<a class="ref" href="#en-evidence.E1">high</a>' in document
    assert '<tr id="en-evidence.E1">' in document
    assert 'href="#en-sources.BSM1">BSM1</a>' in document
    assert '<tr id="en-sources.BSM1">' in document


def test_a_link_to_what_is_not_shown_is_left_out() -> None:
    assert "gone" not in _page()


def test_both_languages_are_inside_and_the_study_s_own_comes_first() -> None:
    document = _page()
    assert document.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert re.search(r'<div class="edition" id="en" lang="en" data-title', document)
    assert re.search(r'<div class="edition" id="es" lang="es" hidden data-title', document)
    assert "not in the text" in document and "no está en el texto" in document
    spanish = page(
        STUDY.replace(settings=Settings(id="s", title="T", language="es")), {"en": (), "es": ()}, {}
    )
    assert spanish.index('id="es"') < spanish.index('id="en"')


def test_the_policy_forbids_every_request_and_names_script_and_styles_by_their_hash() -> None:
    document = _page()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', document)
    assert policy
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy[1] and "http" not in policy[1]
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", document, re.S)
        hashes = [
            f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in inside
        ]
        assert hashes and rules[rule].split() == hashes


def test_the_page_names_nothing_outside_but_what_the_study_links_to() -> None:
    outside = set(re.findall(r"(?:src|href)=\"?(?!#)([^\"\s>]+)", _page()))
    assert outside == {"https://doi.org/10.1017/x"}


def test_the_head_says_title_authors_licence_counts_and_doubts() -> None:
    document = _page()
    for text in ("Title &amp; more", "A. Author; B. Author", "CC BY 4.0", "<strong>1</strong><span>source</span>",
                 "doubt to look at"):  # fmt: skip
        assert text in document


def test_pictures_lose_style_attributes_and_links_to_nowhere() -> None:
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" style="cursor: pointer"><a href="#en-evidence.E1"><path d="M0" '
        'style="opacity: 1"/></a><a href="#en-gone.X"><text>style="kept" here</text></a></svg>'
    )
    document = _page(picture)
    assert '<a href="#en-evidence.E1"><path d="M0"/></a>' in document
    assert '<a ><text>style="kept" here</text></a>' in document


def test_a_chart_without_picture_is_told_in_words() -> None:
    assert "What one would see." in _page()


def test_a_row_s_home_is_the_table_that_shows_most_of_its_kind() -> None:
    few = Table.of("few", "", ["Id"], [["E1"]], row_ids=[Link("evidence", "E1")])
    many = Table.of(
        "many", "", ["Id"], [["E1"], ["E2"]], row_ids=[Link("evidence", "E1"), Link("evidence", "E2")]
    )
    exhibit = Exhibit("x", "cases", "", "", (many, few))
    places = Places([exhibit], "en-")
    assert places.rows(exhibit, many) == ["en-evidence.E1", "en-evidence.E2"]
    assert places.rows(exhibit, few) == [None]


def test_a_row_shown_twice_in_one_table_has_one_place() -> None:
    twice = Table.of("t", "", ["Id"], [["E1"], ["E1"]], row_ids=[Link("evidence", "E1")] * 2)
    exhibit = Exhibit("x", "cases", "", "", (twice,))
    assert Places([exhibit], "").rows(exhibit, twice) == ["evidence.E1", None]


def test_a_caption_that_repeats_the_title_is_only_heard() -> None:
    table = Table.of("t", "Same", [Heading("a", "A")], [["1"]])
    document = page(STUDY, {"en": (Exhibit("x", "cases", "Same", "", (table,)),)}, {})
    assert '<caption id="en-table.t" class="echo">Same</caption>' in document


def test_the_same_study_gives_the_same_page() -> None:
    assert _page() == _page()
