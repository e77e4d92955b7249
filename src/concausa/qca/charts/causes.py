"""Causes and effects as a picture: boxes, dots where several must come together, arrows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from concausa.draw import text
from concausa.draw.layered import layered
from concausa.draw.network import Curve, routed
from concausa.draw.palette import BLUE, INK, ORANGE
from concausa.draw.theme import as_is, at, layer, named, spec

_HEIGHT, _STEP, _EDGE, _GAP = 34.0, 96.0, 14.0, 18.0
_HEAD = "M-1,-0.6L0.2,0L-1,0.6Z"


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one node to another; *value* is written beside it where it is not plain presence."""

    start: int
    end: int
    value: str
    absent: bool


def picture(
    labels: Sequence[str], dots: int, arrows: Sequence[Arrow], effects: Collection[int]
) -> dict[str, Any]:
    """A specification with boxes for *labels*, *dots* behind them, and arrows from left to right.

    Parameters
    ----------
    labels : sequence of str
        Nodes from 0 on.
    dots : int
        How many nodes without a label follow.
    arrows : sequence of Arrow
        Circles are allowed.
    effects : collection of int
        Boxes that are drawn with a heavier line.
    """
    columns = _columns(len(labels) + dots, len(labels), arrows)
    forth = [arrow for arrow in arrows if columns[arrow.start] < columns[arrow.end]]
    plan = layered(columns, [(arrow.start, arrow.end) for arrow in forth], box=_HEIGHT, gap=_GAP, lane=22.0)
    wide = max(56.0, *(text.width(label, 12) * 1.08 + 24 for label in labels))
    step = max(_STEP, wide / 2 + 46)
    middles = [
        (_EDGE + wide / 2 + step * column, _EDGE + y) for column, y in zip(columns, plan.heights, strict=True)
    ]
    curves = _curves(arrows, columns, plan.routes, middles, len(labels), wide, step)
    reach = [y for curve in curves for _, y in curve.points]
    top = min(0.0, *(y - _EDGE for y in reach))
    bottom = max(max(y for _, y in middles) + _HEIGHT / 2, *reach) + _EDGE
    right = max(x for x, _ in middles) + wide / 2 + _EDGE
    parts = [
        *_lines(arrows, curves, len(labels)),
        *_dots(middles[len(labels) :]),
        *_boxes(labels, middles[: len(labels)], wide, effects),
        *_values(arrows, curves),
    ]
    for part in parts:
        part["encoding"]["x"] = at("x", 0, right)
        part["encoding"]["y"] = at("y", top, bottom, reverse=True)
    return spec({"width": right, "height": bottom - top, "layer": parts}, fixed=True)


def value_text(kind: str, value: int) -> str:
    """What is written beside an arrow: nothing for presence, ``~`` for absence, ``{2}`` for a value.

    Examples
    --------
    >>> value_text("crisp", 1), value_text("fuzzy", 0), value_text("multi-value", 2)
    ('', '~', '{2}')
    """
    if kind == "multi-value":
        return f"{{{value}}}"
    return "" if value else "~"


def _columns(count: int, boxes: int, arrows: Sequence[Arrow]) -> list[int]:
    """Columns from left to right: a node comes after its causes, arrows that close a circle aside."""
    into: dict[int, list[int]] = {}
    for arrow in arrows:
        into.setdefault(arrow.end, []).append(arrow.start)
    columns: dict[int, int] = {}

    def column(node: int, above: frozenset[int]) -> int:
        if node not in columns:
            before = [
                column(other, above | {node})
                for other in into.get(node, ())
                if other not in above and other != node
            ]
            least = max(before, default=-1) + 1
            columns[node] = least + (least % 2 if node < boxes else 1 - least % 2)
        return columns[node]

    return [column(node, frozenset()) for node in range(count)]


def _curves(
    arrows: Sequence[Arrow],
    columns: Sequence[int],
    routes: Sequence[Sequence[float]],
    middles: Sequence[tuple[float, float]],
    boxes: int,
    wide: float,
    step: float,
) -> list[Curve]:
    """From the edge of a box, or from a dot, to the edge of a box or into a dot."""
    found: list[Curve] = []
    passed = iter(routes)
    first = min(x for x, _ in middles)
    for arrow in arrows:
        start, end = middles[arrow.start], middles[arrow.end]
        if columns[arrow.start] >= columns[arrow.end]:
            others = [middle for node, middle in enumerate(middles[:boxes]) if node != arrow.start]
            back = routed(start, end, (wide / 2 + 4, _HEIGHT / 2 + 4), others, side=34.0)
            found.append(replace(back, points=(*back.points, end)) if arrow.end >= boxes else back)
            continue
        route = next(passed)
        between = [
            (first + step * (columns[arrow.start] + 1 + place), _EDGE + y) for place, y in enumerate(route)
        ]
        into = end if arrow.end >= boxes else (end[0] - wide / 2 - 5, end[1] + _shift(arrow, arrows, middles))
        out = start if arrow.start >= boxes else (start[0] + wide / 2 + 2, start[1])
        points = [point for one, other in pairwise([out, *between, into]) for point in _bent(one, other)]
        found.append(Curve(tuple(points), 0.0, points[len(points) // 2]))
    return found


def _shift(arrow: Arrow, arrows: Sequence[Arrow], middles: Sequence[tuple[float, float]]) -> float:
    """How far from its middle an arrow meets a box, so that several do not end in one point."""
    same = sorted(
        (one for one in arrows if one.end == arrow.end), key=lambda one: (middles[one.start][1], one.start)
    )
    apart = min(9.0, (_HEIGHT - 8) / max(1, len(same) - 1))
    return (same.index(arrow) - (len(same) - 1) / 2) * apart


def _bent(one: tuple[float, float], other: tuple[float, float]) -> list[tuple[float, float]]:
    """From point to point, level at both ends."""
    shares = [step / 12 for step in range(13)]
    return [
        (one[0] + (other[0] - one[0]) * t, one[1] + (other[1] - one[1]) * (3 * t * t - 2 * t * t * t))
        for t in shares
    ]


def _lines(arrows: Sequence[Arrow], curves: Sequence[Curve], boxes: int) -> Iterator[dict[str, Any]]:
    lines, heads = [], []
    for number, (arrow, curve) in enumerate(zip(arrows, curves, strict=True)):
        common = {"arrow": number, "colour": ORANGE if arrow.absent else BLUE, "absent": arrow.absent}
        lines += [
            {**common, "x": round(x, 1), "y": round(y, 1), "step": step}
            for step, (x, y) in enumerate(curve.points)
        ]
        if arrow.end >= boxes:
            continue
        x, y = curve.points[-1]
        heads.append({**common, "x": round(x, 1), "y": round(y, 1), "angle": round(curve.angle, 1)})
    dash = {"domain": [False, True], "range": [[1, 0], [5, 3]]}
    yield layer(
        {"type": "line", "strokeWidth": 1.6},
        lines,
        {
            "x": named("x"),
            "y": named("y"),
            "order": {"field": "step", "type": "quantitative"},
            "detail": named("arrow"),
            "stroke": as_is("colour"),
            "strokeDash": {"field": "absent", "type": "nominal", "legend": None, "scale": dash},
        },
    )
    yield layer(
        {"type": "point", "filled": True, "size": 150, "opacity": 1, "shape": _HEAD},
        heads,
        {
            "x": named("x"),
            "y": named("y"),
            "angle": as_is("angle", "quantitative"),
            "fill": as_is("colour"),
        },
    )


def _dots(middles: Sequence[tuple[float, float]]) -> Iterator[dict[str, Any]]:
    if middles:
        yield layer(
            {"type": "point", "filled": True, "size": 70, "opacity": 1, "color": INK},
            [{"x": x, "y": y} for x, y in middles],
            {"x": named("x"), "y": named("y")},
        )


def _boxes(
    labels: Sequence[str],
    middles: Sequence[tuple[float, float]],
    wide: float,
    effects: Collection[int],
) -> Iterator[dict[str, Any]]:
    rows = [
        {"x": x, "y": y, "text": label, "said": label, "weight": 2.0 if place in effects else 1.0}
        for place, (label, (x, y)) in enumerate(zip(labels, middles, strict=True))
    ]
    mark = {
        "type": "rect", "width": wide, "height": _HEIGHT, "cornerRadius": 6, "stroke": INK,
        "fill": "rgba(133,139,148,0.16)",
    }  # fmt: skip
    encoding = {"x": named("x"), "y": named("y")}
    yield layer(
        mark, rows, {**encoding, "strokeWidth": as_is("weight", "quantitative"), "description": named("said")}
    )
    yield layer(
        {"type": "text", "align": "center", "baseline": "middle", "fontSize": 12, "color": INK},
        rows,
        {**encoding, "text": named("text")},
    )


def _values(arrows: Sequence[Arrow], curves: Sequence[Curve]) -> Iterator[dict[str, Any]]:
    rows = []
    for arrow, curve in zip(arrows, curves, strict=True):
        if arrow.value:
            x, y = curve.points[len(curve.points) // 2]
            rows.append({"x": round(x, 1), "y": round(y - 12, 1), "text": arrow.value})
    if rows:
        yield layer(
            {"type": "text", "align": "center", "fontSize": 12, "fontWeight": "bold", "color": INK},
            rows,
            {"x": named("x"), "y": named("y"), "text": named("text")},
        )
