"""Attacks in every field of every table do nothing, whatever the report is written to."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest

from concausa.core import typeset
from concausa.core.table import Table
from concausa.report.build import contents
from concausa.report.catalogue import exhibits
from concausa.report.language import Language

from .hostile import PAYLOADS, hostile_study

STUDY = hostile_study()
#: What a terminal, or the eye, obeys.
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
TAGS = {
    "html", "head", "meta", "title", "style", "noscript", "script", "body", "div", "a", "header", "input", "kbd",
    "nav", "span", "button", "svg", "circle", "path", "details", "summary", "ol", "li", "main", "p", "h1", "b",
    "br", "ul", "strong", "section", "h2", "article", "h3", "figure", "figcaption", "table", "caption", "thead",
    "tbody", "tr", "th", "td", "footer", "g", "text", "tspan", "rect", "desc", "line", "defs", "clippath", "pattern",
    "marker", "use", "dl", "dt", "dd", "label",
}  # fmt: skip


class Page(HTMLParser):
    """What a browser would make of a page: tags, attributes, text outside style and script."""

    def __init__(self, document: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.comments: list[str] = []
        self.said: list[str] = []
        self._mute = 0
        self.feed(document)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._mute += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._mute -= tag in ("script", "style")

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        if not self._mute:
            self.said.append(data)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return dict(contents(STUDY))


@pytest.fixture(scope="module")
def page(files: dict[str, bytes]) -> Page:
    return Page(files["report.html"].decode())


def _tables() -> list[Table]:
    return [table for exhibit in exhibits(STUDY, Language("en")) for table in exhibit.tables]


def test_the_page_has_only_the_tags_that_its_templates_have(page: Page) -> None:
    assert {tag for tag, _ in page.tags} <= TAGS
    assert not page.comments


def test_the_page_has_one_script_and_its_own_two_styles(page: Page) -> None:
    count = {tag: sum(one == tag for one, _ in page.tags) for tag in ("script", "style", "img", "iframe")}
    assert count == {"script": 1, "style": 2, "img": 0, "iframe": 0}


def test_no_attribute_of_the_page_runs_anything(page: Page) -> None:
    names = {name for _, attributes in page.tags for name in attributes}
    assert not {
        name for name in names if name.startswith("on") or name in ("style", "src", "srcdoc", "action")
    }


def test_links_of_the_page_lead_inside_it_or_to_the_web(page: Page) -> None:
    hrefs = [attributes["href"] or "" for tag, attributes in page.tags if attributes.get("href")]
    assert hrefs
    own = r"claims/(en|es)/[\w%-]+\.html$"
    assert not [href for href in hrefs if not re.match(rf"#|{own}|https?://[A-Za-z0-9.-]+(/|$)", href)]


def test_no_id_stands_twice_on_the_page(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))


def test_every_link_inside_the_page_has_its_target(page: Page) -> None:
    ids = {attributes["id"] for _, attributes in page.tags if attributes.get("id")}
    inside = [a["href"] for tag, a in page.tags if tag == "a" and (a.get("href") or "").startswith("#")]
    refs = [name for _, a in page.tags for name in (a.get("data-refs") or "").split()]
    assert not {href[1:] for href in inside if href} - ids
    assert not set(refs) - ids


def test_the_attacks_are_there_to_be_read(page: Page) -> None:
    said = " ".join("".join(page.said).split())
    for payload in PAYLOADS:
        harmless = " ".join(typeset.html_table.visible(payload).split())
        assert harmless in said, payload


def test_nothing_of_the_page_acts_on_a_screen(files: dict[str, bytes]) -> None:
    for name, data in files.items():
        if not name.endswith(".png"):
            text = data.decode().replace("\r\n", "\n")
            assert not ACTING.search(text), name


def test_latex_files_hold_no_command_but_their_own() -> None:
    own = set(
        "begin end centering small caption label toprule midrule bottomrule par smallskip footnotesize raggedright "
        "arraybackslash linewidth endfirsthead endhead endfoot endlastfoot multicolumn rightarrow begingroup endgroup "
        "textbackslash textasciitilde textasciicircum textbar textless textgreater textasciigrave char ldots times "
        "leftarrow approx neq leq geq cdot pm ( ) , { } $ & # % _ \\".split()
    )
    for table in _tables():
        text = typeset.latex(table)
        assert {match[1] for match in re.finditer(r"\\([A-Za-z]+|.|\n)", text)} <= own, table.name
        assert text.count("\\begin{") == text.count("\\end{")
        plain = re.sub(r"\\.", "", text)
        assert plain.count("{") == plain.count("}")
        assert not re.search(r"(?<!\\)[$#~^]", text)


def test_each_row_of_a_latex_table_has_its_columns() -> None:
    for table in _tables():
        rows = [line for line in typeset.latex(table).splitlines() if line.endswith(r" \\")]
        assert {len(re.findall(r"(?<!\\)&", row)) for row in rows} == {len(table.headings) - 1}, table.name


def test_each_row_of_a_markdown_table_has_its_columns() -> None:
    for table in _tables():
        rows = [line for line in typeset.markdown(table).splitlines() if line.startswith("| ")]
        assert len(rows) == len(table.rows) + 2
        assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {len(table.headings) + 1}, table.name


def test_markdown_holds_no_markup_but_its_own() -> None:
    for table in _tables():
        text = typeset.markdown(table)
        assert "<" not in text
        assert not re.search(r"(?<!\\)[\[\]`$_{}]", text)
        assert not re.search(r"(?<!\\)\*(?!\*|$)", text.replace("**", "")), table.name


def test_no_cell_of_a_csv_file_is_a_formula(files: dict[str, bytes]) -> None:
    number = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
    for name, data in files.items():
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(data.decode(), newline="")):
                for cell in row:
                    assert (
                        number.fullmatch(cell)
                        or not re.match(r"[\s\"']*[=+\-@]", cell)
                        or re.match(r"[\s\"']*'[=+\-@]", cell)
                    ), (name, cell)


def test_no_cell_is_a_formula_where_a_semicolon_separates(files: dict[str, bytes]) -> None:
    for name, data in files.items():
        if name.endswith(".csv"):
            assert not re.search(r";\s*\"?=", data.decode()), name


def test_results_give_every_text_back_unaltered(files: dict[str, bytes]) -> None:
    document = json.loads(files["results.json"])
    assert document["study"]["title"] == STUDY.settings.title
    assert document["doubts"][0]["what"] == STUDY.doubts[0].what


def test_text_for_the_terminal_holds_no_escape_sequence() -> None:
    for table in _tables():
        text = typeset.text(table, width=100)
        assert not ACTING.search(text)
        assert max(typeset.plain_text.breadth(line) for line in text.splitlines()) <= 100
