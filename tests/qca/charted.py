"""What tests of charts share: the data of their layers, and a small table that was worked by hand."""

from __future__ import annotations

from typing import Any

from concausa.core.chart import Chart
from concausa.draw.text import width
from concausa.qca.truth_table import TruthTable, truth_table

#: Three conditions, seven cases; by hand: 110 is 1 (a, b), 111 is 1 (c), 100 is 0 (d), 000 is 0 (e, f),
#: 011 has g with the outcome and nobody without it.
FRAME: dict[str, list[Any]] = {
    "case": list("abcdefg"),
    "A": [1, 1, 1, 1, 0, 0, 0],
    "B": [1, 1, 1, 0, 0, 0, 1],
    "C": [0, 0, 1, 0, 0, 0, 1],
    "Y": [1, 1, 1, 0, 0, 0, 1],
}


def small() -> TruthTable:
    return truth_table(FRAME, outcome="Y", conditions=["A", "B", "C"], cases="case")


def rows(chart: Chart, mark: str) -> list[dict[str, Any]]:
    """The data of every layer with this mark."""
    return [
        row
        for layer in chart.spec["layer"]
        if layer["mark"]["type"] == mark
        for row in layer["data"]["values"]
    ]


def said(chart: Chart) -> list[str]:
    """Every text that stands in the picture."""
    return [row["text"] for row in rows(chart, "text")]


def word_boxes(chart: Chart) -> list[tuple[float, float, float, float, str]]:
    """Left, top, right and bottom of every horizontal text, by the widths of the face that draws them."""
    found = []
    for layer in chart.spec["layer"]:
        mark = layer["mark"]
        if mark["type"] != "text" or mark.get("angle"):
            continue
        size = mark.get("fontSize", 12)
        for row in layer["data"]["values"]:
            wide = width(row["text"], size) * (1.07 if mark.get("fontWeight") == "bold" else 1)
            left = row["x"] - {"left": 0, "center": wide / 2, "right": wide}[mark.get("align", "center")]
            found.append((left, row["y"] - size * 0.4, left + wide, row["y"] + size * 0.4, row["text"]))
    return found


def overlapping(chart: Chart) -> list[tuple[str, str]]:
    boxes = [box for box in word_boxes(chart) if box[4]]
    return [
        (one[4], two[4])
        for place, one in enumerate(boxes)
        for two in boxes[place + 1 :]
        if one[0] < two[2] - 0.5 and two[0] < one[2] - 0.5 and one[1] < two[3] and two[1] < one[3]
    ]


def outside(chart: Chart) -> list[str]:
    """Horizontal texts that leave the canvas."""
    wide, high = chart.spec["width"], chart.spec["height"]
    return [box[4] for box in word_boxes(chart) if box[0] < 0 or box[2] > wide or box[1] < 0 or box[3] > high]
