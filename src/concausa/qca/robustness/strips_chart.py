"""The chart of strips: which formula is found where, on the scale of each parameter's data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concausa.core.chart import Chart
from concausa.draw import text
from concausa.draw.palette import BLUE, GREEN, GREY, GROUNDS, HATCH, INK, ORANGE, PURPLE, tint
from concausa.qca.charts.canvas import boxes, rules, words
from concausa.qca.charts.canvas import chart as canvas_chart
from concausa.qca.robustness.parameter_range import figure

if TYPE_CHECKING:
    from concausa.qca.robustness.strips import Strips

_ROW, _HIGH, _HEAD, _WIDE = 34.0, 18.0, 26.0, 460.0
#: The present formula, then the others; a letter in each repeats what the shade says.
_FILLS = (GROUNDS[BLUE], tint(ORANGE, 0.55), tint(GREEN, 0.5), tint(PURPLE, 0.5), tint(GREY, 0.45))
#: Formulas with a shade of their own; the others have a letter alone.
SHADES = len(_FILLS)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: Formulas that have a letter of their own.
_MOST = 8
#: How far a strip is drawn beyond the data, as a share of their range.
_BEYOND = 0.1


def chart(found: Strips, name: str = "range-strips") -> Chart:
    """A strip a parameter; what lies more than a tenth beyond the data is cut off."""
    labels = list(dict.fromkeys(one.parameter for one in found.stretches))
    left = 20 + max(text.width(label, 12) for label in labels)
    places = {formula.models: place for place, formula in enumerate(found.formulas)}
    cells: list[dict[str, Any]] = []
    letters: list[dict[str, Any]] = []
    ticks: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    for row, label in enumerate(labels):
        one = found.found[label]
        low, high = one.data_range[0] - _BEYOND * one.span, one.data_range[1] + _BEYOND * one.span
        if not one.column:
            low, high = one.data_range
        y = _HEAD + _ROW * row
        names.append({"x": left - 8, "y": y + _HIGH / 2, "text": label})
        for each in found.stretches:
            start, stop = max(each.lower, low), min(each.upper, high)
            if each.parameter != label or start >= stop:
                continue
            x, x2 = (left + (end - low) / (high - low) * _WIDE for end in (start, stop))
            place = places[each.formula.models]
            said = f"{label} {figure(each.lower, one.span)} to {figure(each.upper, one.span)}: {each.formula.text}"
            cells.append(
                {
                    "x": x,
                    "y": y,
                    "x2": x2,
                    "y2": y + _HIGH,
                    "fill": fill_of(place, each.formula.models),
                    "said": said,
                }
            )
            if x2 - x > 12:
                ink = "#ffffff" if place == 0 else INK
                letters.append({"x": (x + x2) / 2, "y": y + _HIGH / 2, "text": letter_of(place), "ink": ink})
        at = left + (one.value - low) / (high - low) * _WIDE
        if left <= at <= left + _WIDE:
            ticks.append({"x": at, "y": y - 4, "x2": at, "y2": y + _HIGH + 4})
        for end, value in ((left, low), (left + _WIDE, high)):
            names.append({"x": end + 4, "y": y + _HIGH + 8, "text": figure(value, one.span)})
    bottom = _HEAD + _ROW * len(labels) + 12
    key: list[dict[str, Any]] = []
    for place, formula in enumerate(found.formulas[:_MOST]):
        key.append({"x": left, "y": bottom + 17 * place, "text": f"{letter_of(place)}: {formula.text}"})
    if len(found.formulas) > _MOST:
        more = len(found.formulas) - _MOST
        key.append({"x": left, "y": bottom + 17 * _MOST, "text": f"·: {more} more; the table has all"})
    parts = [
        boxes(cells, stroke=GREY, strokeWidth=0.6),
        words(letters, fontSize=11),
        rules(ticks, strokeWidth=2.5),
        words([one for one in names if one["x"] < left], align="right", fontSize=12),
        words([one for one in names if one["x"] >= left], align="right", fontSize=10, opacity=0.8),
        words(key, align="left", fontSize=11),
    ]
    title = (
        f"Which formula is found for {found.found.analysis.outcome} along a parameter, all others as they are"
    )
    alt = f"{title}. " + " ".join(cell["said"] + "." for cell in cells)
    notes = [
        "The thick line is the present value.",
        "A formula may come back beyond a stretch with another one.",
    ]
    wide = max([left + _WIDE, *[left + text.width(each["text"], 11) for each in key]]) + 16
    return canvas_chart(name, title, (wide, bottom + 17 * len(key) + 4), parts, alt, notes)


def letter_of(place: int) -> str:
    """The letter of a formula; a dot for those beyond the eighth."""
    return _LETTERS[place] if place < _MOST else "·"


def fill_of(place: int, models: tuple[str, ...]) -> str:
    """The shade of a formula; hatched where there is no solution."""
    if not models:
        return HATCH
    return _FILLS[place] if place < len(_FILLS) else "transparent"
