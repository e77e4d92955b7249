"""A table set as text, HTML, LaTeX, Markdown and CSV."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concausa.core import typeset
from concausa.core.address import address
from concausa.core.table import Cell, Heading, Link, Table
from concausa.core.typeset import html_table, latex_table, markdown_table, plain_text
from concausa.core.typeset.csv_table import harmless
from concausa.core.visible import one_line, visible

SMALL = Table.of(
    "funds",
    "Funds",
    ["State", Heading("sum", "Sum", "right")],
    [["Nuevo León", Cell("1,200.50", Decimal("1200.50"))], ["Puebla", None]],
    notes=["Millions of pesos."],
)
ANY = st.text(max_size=40)


def _one(text: str) -> Table:
    return Table.of("t", text, [Heading("a", text), "b"], [[text, "end"]], notes=[text])


def test_plain_text_aligns_columns_and_shows_a_gap_as_a_dash() -> None:
    assert typeset.text(SMALL) == (
        "Funds\n"
        "  State            Sum\n"
        "  ──────────  ────────\n"
        "  Nuevo León  1,200.50\n"
        "  Puebla             –\n"
        "  Millions of pesos.\n"
    )


def test_plain_text_wraps_inside_its_column() -> None:
    table = Table.of("t", "", ["id", "text"], [["1", "one two three four five"]])
    assert typeset.text(table, width=20) == (
        "  id  text\n  ──  ──────────────\n  1   one two three\n      four five\n"
    )


def test_plain_text_becomes_blocks_when_columns_cannot_stand_side_by_side() -> None:
    table = Table.of("t", "", [f"c{n}" for n in range(9)], [[f"value{n}" for n in range(9)]])
    assert typeset.text(table, width=40).splitlines()[:2] == ["  c0  value0", "  c1  value1"]


def test_a_table_without_rows_says_so() -> None:
    assert typeset.text(Table.of("t", "Title", ["a"], [])) == "Title\n  a\n  ─\n  –\n"


@given(st.lists(st.lists(ANY, min_size=3, max_size=3), max_size=4), st.integers(20, 120))
def test_plain_text_never_leaves_its_width(rows: list[list[str]], width: int) -> None:
    table = Table.of("t", "A title of some length, longer than narrow terminals", ["a", "b", "c"], rows)
    assert all(plain_text.breadth(line) <= width for line in typeset.text(table, width).splitlines())


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"]), max_size=60)
)
def test_wrapping_loses_no_letter(text: str) -> None:
    assert "".join("".join(plain_text.wrap(text, 12)).split()) == "".join(text.split())


def test_wide_letters_count_twice_and_combining_marks_not_at_all() -> None:
    assert plain_text.breadth("日本") == 4
    assert plain_text.breadth("e\u0301") == 1


def test_html_has_caption_scopes_notes_and_says_what_a_dash_means() -> None:
    assert typeset.html(SMALL) == (
        '<table class="concausa"><caption>Funds</caption><thead><tr><th scope="col" class="s">State</th>'
        '<th scope="col" class="s r">Sum</th></tr></thead><tbody>\n'
        '<tr><th scope="row">Nuevo León</th><td class="r" data-v="1200.50">1,200.50</td></tr>\n'
        '<tr><th scope="row">Puebla</th><td class="none r"><span title="not in the text" '
        'aria-label="not in the text" role="img">–</span></td></tr>\n'
        '</tbody></table><p class="note">Millions of pesos.</p>'
    )


def test_html_links_a_cell_to_everything_it_rests_on() -> None:
    cell = Cell("high", links=(Link("codings", "C1"), Link("evidence", "E 2"), Link("evidence", "gone")))
    table = Table.of("t", "", ["a"], [[cell]])
    shown = typeset.html(
        table, resolve=lambda link: None if link.id == "gone" else html_table.target_name(link)
    )
    assert '<a class="ref" href="#codings.C1" data-refs="codings.C1 evidence.E~20~2">high</a>' in shown


def test_html_gives_each_listed_id_its_own_link() -> None:
    cell = Cell("E1; E2", links=(Link("evidence", "E1"), Link("evidence", "E2")))
    shown = typeset.html(Table.of("t", "", ["a"], [[cell]]), resolve=html_table.target_name)
    assert (
        '<a class="ref id" href="#evidence.E1">E1</a>; <a class="ref id" href="#evidence.E2">E2</a>' in shown
    )


def test_html_folds_columns_into_a_second_line_of_their_row_each_under_its_heading() -> None:
    table = Table.of(
        "t", "T", ["Id", "Note", "Value"], [["a", "long <words>", "1"], ["b", None, "2"]],
        row_ids=[Link("t", "a"), Link("t", "b")],
    )  # fmt: skip
    shown = html_table.grid(table, later=[1], row_targets=["t.a", "t.b"])
    assert '<th scope="col" class="s">Note</th>' not in shown
    assert shown.count('<th scope="col"') == 2
    assert (
        '<tr id="t.a"><th scope="row">a</th><td>1</td></tr>\n'
        '<tr class="also"><td colspan="2"><details><summary>Note</summary>'
        "<dl><div><dt>Note</dt><dd>long &lt;words&gt;</dd></div></dl></details></td></tr>\n"
        '<tr id="t.b"><th scope="row">b</th><td>2</td></tr>\n'
    ) in shown


def test_the_line_over_many_folded_columns_names_the_first_of_them() -> None:
    table = Table.of("t", "T", [*"abcdefghi"], [[*"123456789"]])
    assert "<summary>b · c · d · e · f · g · …</summary>" in html_table.grid(table, later=range(1, 9))
    assert "<summary>b · c</summary>" in html_table.grid(table, later=[1, 2])


def test_html_without_places_has_no_links() -> None:
    cell = Cell("E1", links=(Link("evidence", "E1"),))
    assert "<a" not in typeset.html(Table.of("t", "", ["a"], [[cell]]))


def test_target_names_are_one_to_one() -> None:
    ids = ["a b", "a~20~b", "a  b", "a_b", "a-b", "a.b", 'a"b', "a<b", "á"]
    names = {html_table.target_name(Link("t", id)) for id in ids}
    assert len(names) == len(ids)
    assert not [name for name in names if set(name) & set(" \"'<>&#%")]


@given(ANY)
def test_html_shows_any_text_as_text(text: str) -> None:
    said: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data: str) -> None:
            said.append(data)

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "br":
                said.append("\n")

    reader = Reader()
    reader.feed(f"<p>{html_table.escape(text)}</p>")
    reader.close()
    assert "".join(said) == visible(text)


def test_latex_is_a_table_of_booktabs() -> None:
    assert typeset.latex(SMALL) == (
        "% needs: booktabs, array, longtable; UTF-8\n"
        "\\begin{table}[htbp]\n\\centering\\small\n\\caption{Funds}\\label{tab:funds}\n"
        "\\begin{tabular}{@{}lr@{}}\n\\toprule\nState & Sum \\\\\n\\midrule\n"
        "Nuevo León & 1,200.50 \\\\\nPuebla & -- \\\\\n\\bottomrule\n\\end{tabular}\n"
        "\\par\\smallskip{\\footnotesize Millions of pesos.\\par}\n\\end{table}\n"
    )


def test_a_long_latex_table_breaks_over_pages_and_repeats_its_head() -> None:
    table = Table.of("t", "Long", ["a"], [[str(n)] for n in range(latex_table.LONG + 1)])
    shown = typeset.latex(table)
    assert "\\begin{longtable}" in shown and "\\endfirsthead" in shown and "\\endhead" in shown
    assert "\\begin{table}" not in shown


@pytest.mark.parametrize(
    ("text", "set_text"),
    [
        ("\\input{x}", "\\textbackslash{}input\\{x\\}"),
        ("50% & #1_a ^ ~", "50\\% \\& \\#1\\_a \\textasciicircum{} \\textasciitilde{}"),
        ("$x$", "\\$x\\$"),
        ("2000–2007 — so", "2000--2007 --- so"),
        ("a--b", "a-{}-b"),
        ("---", "-{}-{}-"),
        ("[1] * x", "{[}1{]} {*} x"),
        ("“quoted”", "``quoted''"),
        ("a ≥ b → c × d", "a \\(\\geq\\) b \\(\\rightarrow\\) c \\(\\times\\) d"),
        ("line\n\nline", "line line"),
        ("a|b<c>", "a\\textbar{}b\\textless{}c\\textgreater{}"),
    ],
)
def test_latex_escapes_what_tex_would_read(text: str, set_text: str) -> None:
    assert latex_table.escape(text) == set_text


def test_markdown_is_a_pipe_table() -> None:
    assert typeset.markdown(SMALL) == (
        "**Funds**\n\n| State | Sum |\n| --- | ---: |\n| Nuevo León | 1,200.50 |\n| Puebla | – |\n"
        "\nMillions of pesos.\n"
    )


@pytest.mark.parametrize(
    ("text", "set_text"),
    [
        ("a|b", "a\\|b"),
        ("a\\|b", "a\\\\\\|b"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("[x](y) `z`", "\\[x\\](y) \\`z\\`"),
        ("{{7*7}}", "\\{\\{7\\*7\\}\\}"),
        ("one\ntwo", "one two"),
    ],
)
def test_markdown_escapes_what_it_would_read(text: str, set_text: str) -> None:
    assert markdown_table.escape(text) == set_text


def test_a_markdown_note_starts_no_list_and_no_heading() -> None:
    notes = ["- a", "# b", "1. c", "2) d", "+ e", "=== f"]
    shown = typeset.markdown(Table.of("t", "", ["a"], [], notes=notes))
    assert [line for line in shown.splitlines()[2:] if line] == [
        "\\- a", "\\# b", "1\\. c", "2\\) d", "\\+ e", "\\=\\=\\= f",
    ]  # fmt: skip


def test_csv_holds_numbers_as_numbers_and_gaps_as_nothing() -> None:
    assert typeset.csv(SMALL) == "State,Sum\r\nNuevo León,1200.50\r\nPuebla,\r\n"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("=1+1", "'=1+1"),
        ("+1+1", "'+1+1"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\n'=1"),
        (" =1", " '=1"),
        ("a;=1", "a;'=1"),
        ("a\n=1", "a\n'=1"),
        ("＝1+1", "'＝1+1"),
        ("-1.5", "-1.5"),
        ("+52", "+52"),
        ("1e5", "1e5"),
        ("a-b = c", "a-b = c"),
        ("", ""),
    ],
)
def test_csv_neutralises_formulas_and_leaves_numbers(text: str, field: str) -> None:
    assert harmless(text) == field


@given(
    st.lists(
        st.text(alphabet=st.characters(exclude_characters="=+-@\uff1d\uff0b\uff0d\uff20"), max_size=30),
        min_size=2,
        max_size=2,
    )
)
def test_csv_is_read_back_as_it_was(fields: list[str]) -> None:
    shown = typeset.csv(Table.of("t", "", ["a", "b"], [fields]))
    rows = list(csv.reader(io.StringIO(shown, newline="")))
    assert rows[1:] == [[visible(field) for field in fields]] or any(field[:1] in "\t\r" for field in fields)


@given(ANY)
def test_every_writer_gives_the_same_text_twice_and_can_be_encoded(text: str) -> None:
    table = _one(text)
    for write in (typeset.text, typeset.html, typeset.latex, typeset.markdown, typeset.csv):
        assert write(table) == write(table)
        write(table).encode()


@given(ANY)
def test_no_writer_lets_a_control_character_through(text: str) -> None:
    table = _one(text)
    for write in (typeset.text, typeset.html, typeset.latex, typeset.markdown, typeset.csv):
        shown = write(table).replace("\r\n", "\n")
        assert not [
            char for char in shown if (ord(char) < 32 and char not in "\n\t") or 0x7F <= ord(char) < 0xA0
        ]
        assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(ANY)
def test_making_a_text_visible_twice_changes_nothing_more(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert "\n" not in one_line(text)


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("https://example.org/a?b=1#c", "https://example.org/a?b=1#c"),
        ("http://example.org", "http://example.org"),
        ("10.1017/bap.2025.1", "https://doi.org/10.1017/bap.2025.1"),
        ("doi:10.1017/bap.2025.1", "https://doi.org/10.1017/bap.2025.1"),
        ("https://doi.org/10.1017/bap.2025.1", "https://doi.org/10.1017/bap.2025.1"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("//example.org", None),
        ("https://", None),
        ("https://user@example.org/", None),
        ('https://example.org/"onclick="x', None),
        ("https://example.org/ and more", None),
        ("see https://example.org/", None),
        ("", None),
    ],
)
def test_only_web_addresses_and_dois_can_be_clicked(text: str, href: str | None) -> None:
    assert address(text) == href
