"""The chart of ranges: a bar a parameter on the scale of its own data, with its value and its ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concausa.core.chart import Chart
from concausa.draw import text
from concausa.draw.palette import BLUE, GREY, INK, ORANGE, tint
from concausa.qca.charts.canvas import boxes, marks, rules, words
from concausa.qca.charts.canvas import chart as canvas_chart
from concausa.qca.robustness.parameter_range import End, ParameterRange

if TYPE_CHECKING:
    from concausa.qca.robustness.ranges import Ranges

_ROW, _HEAD, _WIDE, _ASIDE = 24.0, 34.0, 420.0, 0.12
#: How the ends look: a change is a bar's edge, a neighbour a diamond, no bound an arrow, the scale's end a tick.
_KEY = (
    ("square", "what is held changes"),
    ("diamond", "the neighbouring anchor or cut-off"),
    ("stroke", "the end of the scale"),
    ("triangle-right", "no bound"),
    ("cross", "not found within the budget"),
)


def chart(found: Ranges, name: str = "ranges") -> Chart:
    """One bar a parameter: 0 and 1 are the least and the greatest raw value, or the ends of a cut-off's scale."""
    left = 20 + max(text.width(one.label, 12) for one in found.ranges)
    told = [one.told() for one in found.ranges]
    right = max(text.width(one, 11) for one in told) * 1.05
    bars: list[dict[str, Any]] = []
    ticks: list[dict[str, Any]] = []
    ends: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    said: list[dict[str, Any]] = []
    for number, (one, interval) in enumerate(zip(found.ranges, told, strict=True)):
        y = _HEAD + _ROW * (number + 0.5)
        low, high = _place(one, one.lower, left), _place(one, one.upper, left)
        speaks = f"{one.label} {one.value:.6g}: {interval}"
        bars.append({"x": low, "y": y - 6, "x2": high, "y2": y + 6, "fill": tint(BLUE, 0.45), "said": speaks})
        at = _across(one, one.value, left)
        ticks.append({"x": at, "y": y - 9, "x2": at, "y2": y + 9})
        ends += [_mark(one.lower, low, y, lower=True), _mark(one.upper, high, y, lower=False)]
        names.append({"x": left - 8, "y": y, "text": one.label})
        said.append({"x": left + _WIDE + 12, "y": y, "text": interval})
    bottom = _HEAD + _ROW * len(found.ranges)
    zero, whole = left + _WIDE * _ASIDE, left + _WIDE * (1 - _ASIDE)
    frame = [{"x": x, "y": _HEAD - 4, "x2": x, "y2": bottom + 4} for x in (zero, whole)]
    scale = [
        {"x": zero, "y": _HEAD - 14, "text": "least raw value, 0, or 1 case"},
        {"x": whole, "y": _HEAD - 14, "text": "greatest, 1, or all cases"},
    ]
    key_marks, key_words, low_edge = _key(found, left, bottom + 24)
    parts = [
        rules(frame, strokeDash=[2, 3], opacity=0.5),
        words(scale, fontSize=11),
        boxes(bars),
        rules(ticks, strokeWidth=2.5),
        marks([*ends, *key_marks]),
        words(names, align="right", fontSize=12),
        words(said, align="left", fontSize=11),
        words(key_words, align="left", fontSize=11),
    ]
    title = (
        f"Ranges in which the {found.analysis.choices.solution} solution for {found.analysis.outcome} stays"
    )
    if found.hold == "core":
        title = title.replace("the", "the core of the", 1)
    alt = f"{title}. " + " ".join(
        f"{one.label} is {one.value:.6g}; range {interval}."
        for one, interval in zip(found.ranges, told, strict=True)
    )
    notes = [str(caveat) + "." for caveat in found.caveats]
    if any(
        not -1e-9 <= _share(one, end.value) <= 1 + 1e-9 for one in found for end in (one.lower, one.upper)
    ):
        notes.insert(
            0, "A bar that runs into a margin ends beyond the least or greatest raw value, or has no bound."
        )
    return canvas_chart(name, title, (left + _WIDE + right + 24, low_edge), parts, alt, notes)


def _across(one: ParameterRange, value: float, left: float) -> float:
    """Where a value stands; what lies beyond the data is drawn in the margins."""
    share = min(max(_share(one, value), -_ASIDE), 1 + _ASIDE)
    inner = _WIDE * (1 - 2 * _ASIDE)
    return left + _WIDE * _ASIDE + share * inner


def _share(one: ParameterRange, value: float) -> float:
    """How far from the least to the greatest raw value."""
    return (value - one.data_range[0]) / one.span


def _place(one: ParameterRange, end: End, left: float) -> float:
    return _across(one, end.value, left)


def _mark(end: End, x: float, y: float, *, lower: bool) -> dict[str, Any]:
    shape = {
        "change": "square",
        "neighbour": "diamond",
        "scale": "stroke",
        "none": "triangle-left" if lower else "triangle-right",
        "budget": "cross",
    }[end.kind]
    filled = end.kind == "change" and end.closed is not False
    colour = ORANGE if end.kind in ("change", "budget") else GREY
    return {
        "x": x,
        "y": y,
        "shape": shape,
        "size": 70,
        "fill": colour if filled else "transparent",
        "stroke": colour,
        "said": f"{'lower' if lower else 'upper'} end: {end.kind}",
    }


def _key(found: Ranges, left: float, top: float) -> tuple[list[dict[str, Any]], list[dict[str, Any]], float]:
    kinds = {_mark(end, 0, 0, lower=False)["shape"] for one in found.ranges for end in (one.lower, one.upper)}
    shown = [(shape, told) for shape, told in _KEY if shape in kinds]
    signs, telling = [], []
    for number, (shape, told) in enumerate(shown):
        y = top + 18 * number
        colour = ORANGE if shape in ("square", "cross") else GREY
        fill = colour if shape == "square" else "transparent"
        signs.append(
            {"x": left + 10, "y": y, "shape": shape, "size": 70, "fill": fill, "stroke": colour, "said": told}
        )
        extra = "; empty where the value itself is excluded" if shape == "square" else ""
        telling.append({"x": left + 24, "y": y, "text": told + extra, "ink": INK})
    return signs, telling, top + 18 * len(shown) + 4
