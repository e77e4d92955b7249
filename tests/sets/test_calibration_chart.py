"""The chart of a calibration, through its data and as a picture."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.gold.study import columns

from concausa.core.chart import Chart
from concausa.draw import palette, theme
from concausa.draw.picture import svg
from concausa.sets.calibrate import calibrate
from concausa.sets.name_places import place

CASES = ["NL", "PUE", "CH", "JAL"]


def layers(chart: Chart, kind: str) -> list[dict[str, Any]]:
    return [layer for layer in chart.spec["layer"] if layer["mark"]["type"] == kind]


def rows(layer: dict[str, Any]) -> list[dict[str, Any]]:
    return layer["data"]["values"]


def test_every_case_is_a_mark_and_looks_as_it_stands_to_the_set() -> None:
    found = calibrate([12, 20, 30, None], anchors=[10, 20, 30], cases=CASES, missing="keep")
    (points,) = layers(found.chart(), "point")
    marks = {row["says"].partition(":")[0]: row for row in rows(points)}
    assert list(marks) == ["NL", "PUE", "CH"]
    assert [marks[case]["shape"] for case in marks] == ["circle", "diamond", "circle"]
    assert (marks["NL"]["fill"], marks["CH"]["fill"]) == ("transparent", palette.BLUE)
    assert marks["PUE"]["says"] == "PUE: 20, 0.5, on the crossover"
    assert marks["CH"]["y"] == 0.95


def test_anchors_are_lines_with_their_names() -> None:
    chart = calibrate([12, 20, 30], anchors=[30, 20, 10]).chart()
    written = [rows(layer)[0]["says"] for layer in layers(chart, "text") if "says" in rows(layer)[0]]
    assert written == ["full-in 10", "crossover 20", "full-out 30"]
    drawn = [rows(layer)[0].get("x") for layer in layers(chart, "rule") if rows(layer)]
    assert {10, 20, 30} <= set(drawn)


@pytest.mark.parametrize("method", ["direct", "linear"])
def test_the_curve_runs_through_the_cases(method: str) -> None:
    found = calibrate([12, 17, 26], method=method, anchors=[10, 20, 30])  # type: ignore[arg-type]
    (line,) = layers(found.chart(), "line")
    curve = rows(line)
    across, up = [row["x"] for row in curve], [row["y"] for row in curve]
    assert across == sorted(across)
    assert np.interp(found.raw, across, up) == pytest.approx(found.memberships, abs=2e-3)


def test_what_is_written_beside_the_picture_says_what_it_shows() -> None:
    found = calibrate([12, 20, 30], anchors=[10, 20, 30], name="Firms", why="Law 7", source="Gazette")
    chart = found.chart()
    assert chart.title == "Calibration of Firms"
    assert "3 cases" in chart.alt and "full-out 10, crossover 20, full-in 30" in chart.alt
    assert chart.notes[:2] == ("Why: Law 7", "Source: Gazette")
    assert [f"Caveat: {caveat}" for caveat in found.caveats] == list(chart.notes[2:])


def test_the_chart_wears_the_colours_and_type_of_the_house() -> None:
    spec = calibrate([12, 20, 30], anchors=[10, 20, 30]).chart().spec
    house = theme.spec({})["config"]
    assert spec["config"]["font"] == house["font"] == theme.FONT
    for part, values in spec["config"].items():
        if isinstance(values, dict):
            assert values.items() <= house[part].items(), part
    used = set(re.findall(r"#[0-9a-f]{6}", str(spec)))
    assert used <= {palette.BLUE, palette.ORANGE}


@pytest.mark.parametrize(
    ("method", "options"),
    [
        ("direct", {"anchors": [400, 550, 900]}),
        ("direct", {"anchors": [400, 450, 550, 600, 900, 1000], "shape": "bell"}),
        ("linear", {"anchors": [900, 550, 400]}),
        ("indirect", {"thresholds": [400, 550, 900]}),
        ("crisp", {"thresholds": 550}),
        ("multi-value", {"thresholds": [550, 850]}),
        ("TFR", {}),
    ],
)
def test_every_method_can_be_drawn_with_every_case_named_or_listed(
    method: Any, options: dict[str, Any]
) -> None:
    table = columns("Lipset")
    found = calibrate(table["GNPCAP"], method=method, cases=table["CASEID"], name="Wealth", **options)
    chart = found.chart()
    labels = ", ".join(row["name"] for layer in layers(chart, "text") for row in rows(layer) if "name" in row)
    unnamed = "".join(note for note in chart.notes if note.startswith("Not named"))
    for case in table["CASEID"]:
        assert (case in re.findall(r"\w+", labels)) != (case in re.findall(r"\w+", unnamed))
    drawn = svg(chart)
    assert "Wealth" in drawn
    assert drawn.count("full-in" if "anchors" in options else "BEL") >= 1


def test_levels_stand_in_their_order_with_how_many_cases_have_each() -> None:
    found = calibrate(
        ["high", "low", "high"], method="levels", levels={"low": 0, "medium": 0.5, "high": 1}, cases=CASES[:3]
    )
    chart = found.chart()
    (points,) = layers(chart, "point")
    assert [(row["x"], row["count"]) for row in rows(points)] == [
        ("low", "1"),
        ("medium", "none"),
        ("high", "2"),
    ]
    assert rows(points)[2]["says"] == "high: membership 1, NL, CH"
    assert "medium" in svg(chart)


def test_cases_with_one_value_share_a_mark_and_a_label() -> None:
    chart = calibrate([12, 12, 30], anchors=[10, 20, 30], cases=CASES[:3]).chart()
    labels = [row["name"] for layer in layers(chart, "text") for row in rows(layer) if "name" in row]
    assert sorted(labels) == ["CH", "NL, PUE"]


POINT = st.tuples(st.integers(0, 300), st.integers(0, 200))


@given(st.lists(st.tuples(st.text("abc", min_size=1, max_size=12), POINT), max_size=12))
def test_no_name_covers_another_a_mark_or_the_edge(found: list[tuple[str, tuple[int, int]]]) -> None:
    names, points = [name for name, _ in found], [point for _, point in found]
    boxes = []
    for name, label in zip(names, place(names, points, 300, 200), strict=True):
        if label is None:
            continue
        width = 6 * len(name) + 2
        left = label.at[0] - {"left": 0, "right": width, "center": width / 2}[label.align]
        boxes.append((left, label.at[1] - 6, left + width, label.at[1] + 6))
    for at, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0 and top >= 0 and right <= 300 and bottom <= 200
        for x, y in points:
            assert x + 5 <= left or x - 5 >= right or y + 5 <= top or y - 5 >= bottom
        for other in boxes[:at]:
            assert other[2] <= left or other[0] >= right or other[3] <= top or other[1] >= bottom


def test_a_lone_name_stands_right_beside_its_mark() -> None:
    (label,) = place(["NL"], [(50, 50)], 100, 100)
    assert label is not None
    assert (label.at, label.align, label.far) == ((59, 50), "left", False)


def test_a_name_keeps_off_a_line_where_it_can() -> None:
    (label,) = place(["NL"], [(50, 50)], 100, 100, lines=[[(0, 50), (100, 50)]])
    assert label is not None
    assert label.at == (50, 37)
