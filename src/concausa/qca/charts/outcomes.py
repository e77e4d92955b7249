"""The outcomes of truth-table rows in pictures: their order, names, and the key to their grounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from concausa.draw import text
from concausa.draw.palette import GREY
from concausa.qca.charts.canvas import FILLS, Layer, boxes, words
from concausa.qca.row import Code

OUTCOMES: tuple[Code, ...] = ("1", "C", "0", "?")
OUTCOME_NAMES: dict[Code, str] = {
    "1": "positive",
    "C": "contradictory",
    "0": "negative",
    "?": "remainder",
}


def outcome_key(
    x: float, y: float, say: Callable[[str], str], counts: Mapping[Code, int] | None = None
) -> list[Layer]:
    """Swatches with what they mean in a line that starts at *x*, with the number of each if given."""
    swatches, rows = [], []
    for code in OUTCOMES:
        label = f"{code}: {say(OUTCOME_NAMES[code])}"
        if counts is not None:
            label += f" ({counts.get(code, 0)})"
        swatches.append({"x": x, "y": y - 7, "x2": x + 20, "y2": y + 7, "fill": FILLS[code]})
        rows.append({"x": x + 27, "y": y, "text": label})
        x += text.width(label, 12) + 58
    return [boxes(swatches, stroke=GREY, strokeWidth=1), words(rows, align="left")]
