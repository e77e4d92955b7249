"""Lines of keys in TOML text, checked against texts whose lines were counted by hand."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from concausa.study.places import blocks, places

TEXT = '''# a comment with [study] in it
[study]   # and one behind
id = "a"
title = """
[[periods]]
id = "not a key"
"""
note = \'\'\'x = 1
[study]\'\'\'
authors = [
  "A # no comment",   # but this is
  "B ] C",
]
"quoted" = 'it [[is]]'

  [[periods]]
  id = "1"
[[periods]]
start = "2\\"0" # end = 3
end = {a = 1, b = [1,
2]}
rule = "x"
'''


def test_headers_and_keys_are_found_and_nothing_inside_values_is() -> None:
    tomllib.loads(TEXT.replace(",\n2]}", ", 2]}"))
    where = places(TEXT)
    expected = {
        ("study", 0, ""): 2,
        ("study", 0, "id"): 3,
        ("study", 0, "title"): 4,
        ("study", 0, "note"): 8,
        ("study", 0, "authors"): 10,
        ("study", 0, "quoted"): 14,
        ("periods", 0, ""): 16,
        ("periods", 0, "id"): 17,
        ("periods", 1, ""): 18,
        ("periods", 1, "start"): 19,
        ("periods", 1, "end"): 20,
        ("periods", 1, "rule"): 22,
    }
    assert dict(where.lines) == expected


def test_a_key_that_is_not_there_is_placed_at_its_row() -> None:
    assert places(TEXT).line("periods", 1, "label") == 18


def test_windows_line_ends_count_once() -> None:
    assert places('[study]\r\nid = "a"\r\n').line("study", 0, "id") == 2


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=12), min_size=1, max_size=6))
def test_any_text_may_stand_in_a_value(values: list[str]) -> None:
    import tomlkit

    lines = ["[study]"]
    expected = {}
    for number, value in enumerate(values):
        expected[f"k{number}"] = len(lines) + 1
        lines += [f"k{number} = {tomlkit.string(value).as_string()}", "# next"]
    text = "\n".join(lines)
    assert tomllib.loads(text)["study"] == {f"k{number}": value for number, value in enumerate(values)}
    where = places(text)
    assert {key: where.line("study", 0, key) for key in expected} == expected


def test_the_comments_directly_above_a_row_are_its_own() -> None:
    text = '# head\n[study]\nnote = """\n# no comment\n"""\n# own\n  # too\n[[rules]]\n\n# apart\n\n# own\n[[rules]]\n'
    before, rows = blocks(text)
    assert before == "# head\n"
    assert [row.body for row in rows] == [
        '[study]\nnote = """\n# no comment\n"""\n',
        "# own\n  # too\n[[rules]]\n",
        "# own\n[[rules]]\n",
    ]
    assert [row.tail for row in rows] == ["", "\n# apart\n\n", ""]


def test_rows_and_the_comments_after_them_make_up_the_whole_text() -> None:
    before, rows = blocks(TEXT)
    assert before + "".join(row.body + row.tail for row in rows) == TEXT
    assert [row.table for row in rows] == ["study", "periods", "periods"]
    assert before == "# a comment with [study] in it\n"
    assert [row.tail for row in rows] == ["\n", "", ""]
