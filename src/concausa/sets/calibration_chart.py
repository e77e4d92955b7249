"""The chart of a calibration: raw values against memberships, cases named, anchors as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concausa.core.chart import SCHEMA, Chart
from concausa.sets import direct
from concausa.sets.calibrated import Calibrated
from concausa.sets.membership import side
from concausa.sets.name_places import place

_WIDTH, _HEIGHT = 600.0, 380.0
#: Type and colours as the house draws them; `draw` lies beside this layer, not below it.
_INK, _BLUE, _ORANGE = "currentColor", "#2b83c6", "#cf6a12"
_FONT = "Arial, Helvetica, Liberation Sans, sans-serif"
_CONFIG: Mapping[str, Any] = {
    "font": _FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": _INK,
        "titleColor": _INK,
        "domainColor": _INK,
        "tickColor": _INK,
        "gridColor": _INK,
        "domainOpacity": 0.55,
        "tickOpacity": 0.55,
        "gridOpacity": 0.13,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "titlePadding": 8,
    },
    "text": {"color": _INK, "fontSize": 12},
}
_LINE = 14.0
_Frame = tuple[float, float, float, float]
_SHAPES = {"in": "circle", "out": "circle", "border": "diamond"}


def chart(found: Calibrated) -> Chart:
    """Raw values across, memberships up; the curve, the anchors as lines, every case a mark.

    A case that is more in than out is a filled circle, one more out than in an empty circle, one on
    the crossover a filled diamond. Names stand beside their marks as far as there is room; the notes
    name the others.
    """
    if found.raw.dtype == object:
        return _levels(found)
    known = np.flatnonzero(~np.isnan(found.memberships))
    raw, values = found.raw[known].astype(float), found.memberships[known]
    top = float(max(values.max(), len(found.anchors.values))) if found.kind == "multi-value" else 1.0
    ends = [*raw.tolist(), *found.anchors.values]
    low, high = min(ends), max(ends)
    room = (high - low) * 0.04 or 1.0
    low, high = low - room, high + room
    floor, ceiling = -0.04 * top, 1.04 * top
    names = [found.case_names[at] for at in known]
    frame = (low, high, floor, ceiling)
    points = [_pixel(x, y, frame) for x, y in zip(raw.tolist(), values.tolist(), strict=True)]
    curve = _curve(found, low, high)
    lines = [[_pixel(row["x"], row["y"], frame) for row in curve]]
    lines += [[_pixel(value, floor, frame), _pixel(value, ceiling, frame)] for value in found.anchors.values]
    shared = _together(names, points)
    places = place(
        [", ".join(group) for group in shared.values()], list(shared), _WIDTH, _HEIGHT, lines=lines
    )
    marks = _marks(found, names, raw.tolist(), values.tolist())
    labels, leaders = [], []
    for (point, group), label in zip(shared.items(), places, strict=True):
        if label is None:
            continue
        x, y = _back(label.at, frame)
        labels.append({"x": x, "y": y, "name": ", ".join(group), "align": label.align})
        if label.far:
            from_x, from_y = _back(point, frame)
            leaders.append({"x": from_x, "y": from_y, "x2": x, "y2": y})
    spot = {
        "x": _channel("x", (low, high), found.name or "Raw value"),
        "y": _channel("y", (floor, ceiling), "Value" if found.kind == "multi-value" else "Membership", top),
    }
    layers = [
        *_anchor_lines(found, spot, (low, high)),
        _layer({"type": "line", "color": _BLUE, "opacity": 0.7}, curve, spot),
        _layer(
            {"type": "rule", "color": _INK, "opacity": 0.4},
            leaders,
            {**spot, "x2": {"field": "x2"}, "y2": {"field": "y2"}},
        ),
        _layer({"type": "point", "size": 46, "strokeWidth": 1.6}, marks, {**spot, **_LOOKS}),
        *(
            _layer(
                {"type": "text", "align": align, "baseline": "middle", "color": _INK, "fontSize": 11},
                [label for label in labels if label["align"] == align],
                {**spot, "text": {"field": "name", "type": "nominal"}},
            )
            for align in ("left", "right", "center")
        ),
    ]
    if found.kind == "fuzzy":
        rule = {"type": "rule", "color": _INK, "opacity": 0.55, "strokeDash": [2, 3]}
        layers.insert(0, _layer(rule, [{"y": 0.5}], {"y": spot["y"]}))
    unnamed = [
        name for group, label in zip(shared.values(), places, strict=True) if label is None for name in group
    ]
    return _chart(
        found,
        {"width": _WIDTH, "height": _HEIGHT, "layer": [layer for layer in layers if layer["data"]["values"]]},
        unnamed,
    )


#: What a mark looks like and says.
_LOOKS: Mapping[str, Any] = {
    "shape": {"field": "shape", "type": "nominal", "scale": None},
    "color": {"field": "colour", "type": "nominal", "scale": None},
    "fill": {"field": "fill", "type": "nominal", "scale": None},
    "description": {"field": "says", "type": "nominal"},
}


def _levels(found: Calibrated) -> Chart:
    """Levels across in the order of their memberships; how many cases have each, and which."""
    words = found.raw.tolist()
    levels = [str(level) for level in found.options["levels"]]
    rows = []
    for level in levels:
        cases = [
            case
            for case, word in zip(found.case_names, words, strict=True)
            if word is not None and str(word) == level
        ]
        value = found.options["levels"][level]
        rows.append(
            {
                "x": level,
                "y": value,
                "count": f"{len(cases)}" if cases else "none",
                "says": f"{level}: membership {value:g}, {', '.join(cases) or 'no case'}",
            }
        )
    across = {
        "field": "x",
        "type": "ordinal",
        "sort": levels,
        "axis": {"title": found.name or "Level", "labelAngle": 0},
    }
    spot = {"x": across, "y": _channel("y", (-0.04, 1.04), "Membership")}
    marks = {"type": "point", "size": 60, "filled": True, "color": _BLUE, "opacity": 1}
    counts = {"type": "text", "dx": 12, "align": "left", "color": _INK, "fontSize": 11}
    layers = [
        _layer(
            {"type": "rule", "color": _INK, "opacity": 0.55, "strokeDash": [2, 3]},
            [{"y": 0.5}],
            {"y": spot["y"]},
        ),
        _layer(marks, rows, {**spot, "description": {"field": "says", "type": "nominal"}}),
        _layer(counts, rows, {**spot, "text": {"field": "count", "type": "nominal"}}),
    ]
    body = {"width": max(240.0, 110.0 * len(levels)), "height": 260, "layer": layers}
    return _chart(found, body, ())


def _chart(found: Calibrated, body: Mapping[str, Any], unnamed: Sequence[str]) -> Chart:
    known = found.memberships[~np.isnan(found.memberships)]
    what = found.name or "the set"
    anchors = f" Anchors: {found.anchors}." if found.anchors.values else ""
    alt = (
        f"Raw values against {'values' if found.kind == 'multi-value' else 'memberships'} in {what} for "
        f"{known.size} cases by {found.method} calibration, from {known.min():.2f} to {known.max():.2f}.{anchors}"
    )
    notes = [f"Why: {found.anchors.why}"] if found.anchors.why else []
    notes += [f"Source: {found.anchors.source}"] if found.anchors.source else []
    notes += [f"Not named in the picture for want of room: {', '.join(unnamed)}."] if unnamed else []
    notes += [f"Caveat: {caveat}" for caveat in found.caveats]
    spec = {"$schema": SCHEMA, "background": "transparent", "padding": 6, "config": _CONFIG, **body}
    return Chart("calibration", f"Calibration of {what}", spec, alt, tuple(notes))


def _marks(
    found: Calibrated, names: Sequence[str], raw: Sequence[float], values: Sequence[float]
) -> list[dict[str, Any]]:
    rows = []
    for name, x, y in zip(names, raw, values, strict=True):
        where = side(y) if found.kind != "multi-value" else "in"
        colour = _ORANGE if where == "border" else _BLUE
        rows.append(
            {
                "x": x,
                "y": y,
                "shape": _SHAPES[where],
                "colour": colour,
                "fill": "transparent" if where == "out" else colour,
                "says": f"{name}: {x:.10g}, {y:.3g}" + (", on the crossover" if where == "border" else ""),
            }
        )
    return rows


def _together(
    names: Sequence[str], points: Sequence[tuple[float, float]]
) -> dict[tuple[float, float], list[str]]:
    """The names of all cases whose marks lie on one another, by the place of their mark."""
    found: dict[tuple[float, float], list[str]] = {}
    for name, point in zip(names, points, strict=True):
        found.setdefault(point, []).append(name)
    return found


def _curve(found: Calibrated, low: float, high: float) -> list[dict[str, float]]:
    """The curve where there is a formula; else a line through the cases, or the steps of a code."""
    if found.method in ("direct", "linear"):
        grid = np.unique([*np.linspace(low, high, 161), *found.anchors.values])
        if found.method == "direct":
            along = direct.logistic(grid, found.anchors, found.options["idm"])
        else:
            options = found.options
            along = direct.linear(grid, found.anchors, below=options["below"], above=options["above"])
        return _pairs(grid, along)
    if found.anchors.values and found.method != "indirect":
        corners: list[dict[str, float]] = []
        ends = [low, *found.anchors.values, high]
        for code, (start, stop) in enumerate(pairwise(ends)):
            corners += [{"x": start, "y": code}, {"x": stop, "y": code}]
        return corners
    known = ~np.isnan(found.memberships)
    order = np.argsort(found.raw[known].astype(float), kind="stable")
    return _pairs(found.raw[known].astype(float)[order], found.memberships[known][order])


def _anchor_lines(
    found: Calibrated, spot: Mapping[str, Any], ends: tuple[float, float]
) -> list[dict[str, Any]]:
    """One dashed line an anchor, its name above it, a line higher where two names would touch."""
    layers = []
    rule = {"type": "rule", "color": _INK, "opacity": 0.7, "strokeDash": [5, 3]}
    text = {"type": "text", "align": "center", "baseline": "bottom", "color": _INK, "fontSize": 11}
    reached: list[float] = []
    for value, name in sorted(zip(found.anchors.values, found.anchors.names, strict=True)):
        says = f"{name} {value:.10g}"
        row = {"x": value, "says": says}
        across = (value - ends[0]) / (ends[1] - ends[0]) * _WIDTH
        half = 3.1 * len(says) + 4
        free = [line for line, right in enumerate(reached) if right <= across - half]
        line = free[0] if free else len(reached)
        reached[line : line + 1] = [across + half]
        above = -4.0 - _LINE * line
        layers.append(_layer(rule, [row], {"x": spot["x"], "y": {"value": above}, "y2": {"value": _HEIGHT}}))
        label = {"x": spot["x"], "y": {"value": above}, "text": {"field": "says", "type": "nominal"}}
        layers.append(_layer(text, [row], label))
    return layers


def _channel(field: str, domain: tuple[float, float], title: str, top: float = 1.0) -> dict[str, Any]:
    axis: dict[str, Any] = {"title": title}
    if field == "y":
        axis |= {"values": [0, 0.25, 0.5, 0.75, 1], "format": ".2f"} if top == 1 else {"tickMinStep": 1}
    else:
        axis["grid"] = False
    scale = {"domain": list(domain), "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def _layer(
    mark: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], encoding: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "mark": {"aria": "description" in encoding, **mark},
        "data": {"values": [dict(row) for row in rows]},
        "encoding": dict(encoding),
    }


def _pairs(x: NDArray[np.float64], y: NDArray[np.float64]) -> list[dict[str, float]]:
    return [{"x": a, "y": b} for a, b in zip(x.tolist(), y.tolist(), strict=True)]


def _pixel(x: float, y: float, frame: _Frame) -> tuple[float, float]:
    """Where a raw value and a membership stand in the picture."""
    low, high, floor, ceiling = frame
    return (x - low) / (high - low) * _WIDTH, (ceiling - y) / (ceiling - floor) * _HEIGHT


def _back(point: tuple[float, float], frame: _Frame) -> tuple[float, float]:
    """A place in the picture as a raw value and a membership."""
    low, high, floor, ceiling = frame
    return low + point[0] / _WIDTH * (high - low), ceiling - point[1] / _HEIGHT * (ceiling - floor)
