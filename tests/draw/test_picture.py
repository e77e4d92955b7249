"""SVG and PNG: linked, named, safe, the same every time."""

from __future__ import annotations

import struct
from xml.etree import ElementTree

import pytest

from concausa.core.chart import Chart
from concausa.draw import ChartError, png, svg
from concausa.draw.palette import HATCH
from concausa.draw.theme import layer, named, spec

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]><svg onload=alert(1)>",
    "</text></svg><script>",
    "{{7*7}} ${7*7} datum.x",
    "\x1b[2J\x00\x07",
    "\u202egnp.exe",
    "&lt;b&gt; &amp; & <",
]


def chart(rows: list[dict[str, object]], **more: object) -> Chart:
    encoding = {
        "x": {"field": "x", "type": "quantitative"},
        "text": named("text"),
        "href": named("href"),
        "description": named("text"),
    }
    body = {"width": 200, "height": 50, **layer("text", rows, encoding), **more}
    return Chart("try", "A title", spec(body), "What it shows.")


def drawn(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)


def links(picture: str) -> list[str]:
    return [element.attrib["href"] for element in drawn(picture).iter(f"{SVG}a")]


def test_a_mark_links_to_its_row_under_the_anchors_of_the_page() -> None:
    picture = svg(chart([{"x": 1, "text": "NL-1", "href": "#codings.C01"}]), anchors="#en-")
    assert links(picture) == ["#en-codings.C01"]


def test_a_mark_without_a_row_is_no_link() -> None:
    picture = svg(
        chart([{"x": 1, "text": "a", "href": None}, {"x": 2, "text": "b", "href": "https://example.org/a"}])
    )
    assert links(picture) == ["https://example.org/a"]
    assert "null" not in picture


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example",
        "../x",
    ],
)
def test_only_places_in_the_document_and_web_addresses_are_links(address: str) -> None:
    assert links(svg(chart([{"x": 1, "text": "a", "href": address}]))) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_stays_text(words: str) -> None:
    whole = chart([{"x": 1, "text": words, "href": words}])
    picture = svg(Chart(whole.name, words, whole.spec, words))
    root = drawn(picture)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "g", "path", "text", "title", "desc", "rect", "line", "a", "defs", "pattern"}
    assert not any(name.lower().startswith("on") for element in root.iter() for name in element.attrib)
    assert "\x1b" not in picture
    assert "\u202e" not in picture
    assert png(Chart(whole.name, words, whole.spec, words)).startswith(b"\x89PNG")


def test_markup_in_data_is_shown_as_written() -> None:
    root = drawn(svg(chart([{"x": 1, "text": "<b>bold</b> & more", "href": None}])))
    assert "<b>bold</b> & more" in [element.text for element in root.iter(f"{SVG}text")]


def test_data_that_must_be_fetched_is_refused() -> None:
    outside = Chart("map", "Map", spec({"data": {"url": "https://example.org/x.json"}, "mark": "point"}), "")
    with pytest.raises(ChartError, match=r"asks for 'https://example.org/x.json'"):
        svg(outside)


def test_what_vega_lite_refuses_is_an_error_of_ours() -> None:
    with pytest.raises(ChartError, match="Vega-Lite refuses"):
        svg(Chart("bad", "Bad", {"mark": "no such mark", "data": {"values": []}}, ""))


def test_the_picture_tells_its_title_and_description() -> None:
    root = drawn(svg(chart([{"x": 1, "text": "a", "href": None}])))
    assert root.attrib["role"] == "img"
    ids = root.attrib["aria-labelledby"].split()
    texts = {element.attrib["id"]: element.text for element in root.iter() if "id" in element.attrib}
    assert [texts[id] for id in ids] == ["A title", "What it shows."]


def test_a_picture_with_links_lets_a_screen_reader_reach_them() -> None:
    assert drawn(svg(chart([{"x": 1, "text": "a", "href": "#facts.f"}]))).attrib["role"] == "group"


def test_the_same_chart_gives_the_same_text_and_another_chart_other_ids() -> None:
    one, other = chart([{"x": 1, "text": "a", "href": None}]), chart([{"x": 1, "text": "b", "href": None}])
    assert svg(one) == svg(one)
    assert svg(one).split("aria-labelledby")[1][:14] != svg(other).split("aria-labelledby")[1][:14]
    assert png(one) == png(one)


def test_text_takes_the_colour_around_it_in_svg_and_dark_ink_in_png() -> None:
    inked = chart([{"x": 1, "text": "a", "href": None}], mark={"type": "text", "color": "currentColor"})
    assert 'fill="currentColor"' in svg(inked)
    assert png(inked).startswith(b"\x89PNG")


def test_what_the_text_does_not_say_is_hatched() -> None:
    row = [{"x": 1, "text": "a", "href": None}]
    picture = svg(chart(row, mark={"type": "bar", "fill": HATCH}))
    root = drawn(picture)
    pattern = root.find(f".//{SVG}pattern")
    assert pattern is not None
    assert f'fill="url(#{pattern.attrib["id"]})"' in picture


def test_scale_is_pixels_for_each_unit() -> None:
    one, two = (struct.unpack(">II", png(chart([]), scale)[16:24]) for scale in (1, 2))
    assert two == (2 * one[0], 2 * one[1])


def test_words_of_a_chart_of_fixed_size_are_shown_as_written() -> None:
    rows = [
        {"x": 1, "text": "0", "href": None},
        {"x": 2, "text": "1", "href": None},
        {"x": 3, "text": "<b>", "href": None},
    ]
    free = chart(rows)
    fixed = chart(rows, autosize={"type": "none"})
    texts = [[element.text for element in drawn(svg(one)).iter(f"{SVG}text")][-3:] for one in (free, fixed)]
    assert texts[0] == texts[1] == ["0", "1", "<b>"]
    assert [row["text"] for row in rows] == ["0", "1", "<b>"]
