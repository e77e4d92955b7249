"""A canvas: layers of marks, lines and words at pixels, and the chart that they make together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from concausa.core.chart import Chart
from concausa.draw import text
from concausa.draw.palette import BLUE, GROUNDS, HATCH, INK, ORANGE, tint
from concausa.draw.theme import as_is, at, layer, named, spec

Rows = Sequence[Mapping[str, Any]]
Layer = dict[str, Any]

#: Ground of each outcome of a truth-table row. They differ in lightness too: dark, none, hatched, mid.
FILLS = {"1": GROUNDS[BLUE], "0": "transparent", "?": HATCH, "C": tint(ORANGE, 0.45)}
#: Words that read on these grounds, on a light page and on a dark one.
LETTERS = {"1": "#ffffff", "0": INK, "?": INK, "C": INK}


def chart(
    name: str,
    title: str,
    size: tuple[float, float],
    parts: Iterable[Layer],
    alt: str,
    notes: Iterable[str] = (),
) -> Chart:
    """The chart of *parts* on a canvas of *size* pixels, y going down; nothing outside it is seen."""
    wide, high = size
    layers = list(parts)
    for part in layers:
        for channel, most in (("x", wide), ("y", high)):
            part["encoding"][channel] = at(channel, 0, most, reverse=channel == "y")
    body = {"width": wide, "height": high, "layer": layers}
    return Chart(name, title, spec(body, fixed=True), alt, tuple(notes))


def words(rows: Rows, **mark: Any) -> Layer:
    """Words at ``x`` and ``y``, from ``text``; their colour from ``ink`` if the rows have one."""
    style = {"type": "text", "baseline": "middle", "align": "center", "color": INK, "fontSize": 12, **mark}
    told = {**_at(), "text": named("text")}
    if rows and "ink" in rows[0]:
        told["color"] = as_is("ink")
    return layer(style, rows, told)


def rules(rows: Rows, **mark: Any) -> Layer:
    """Lines from ``x``, ``y`` to ``x2``, ``y2``."""
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    return layer({"type": "rule", "color": INK, **mark}, rows, {**_at(), **ends})


def boxes(rows: Rows, **mark: Any) -> Layer:
    """Rectangles from ``x``, ``y`` to ``x2``, ``y2`` in ``fill``; with ``said`` they speak when pointed at."""
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}, "fill": as_is("fill")}
    return layer({"type": "rect", **mark}, rows, {**_at(), **ends, **_spoken(rows)})


def marks(rows: Rows, **mark: Any) -> Layer:
    """Points with ``shape``, ``size`` (area in square pixels), ``fill`` and ``stroke``."""
    style = {"type": "point", "opacity": 1, "strokeWidth": 1.6, **mark}
    told = {
        **_at(), "shape": as_is("shape"), "size": as_is("size", "quantitative"), "fill": as_is("fill"),
        "stroke": as_is("stroke"), **_spoken(rows),
    }  # fmt: skip
    return layer(style, rows, told)


def shapes(rows: Rows, **mark: Any) -> Layer:
    """Outlines given as SVG paths in pixels of the canvas (``path``), in ``fill``."""
    style = {"type": "point", "opacity": 1, "strokeWidth": 0, "size": 4, **mark}
    placed = [{**row, "x": 0, "y": 0} for row in rows]
    return layer(style, placed, {**_at(), "shape": as_is("path"), "fill": as_is("fill"), **_spoken(rows)})


def paragraph(
    lines: Sequence[str], x: float, y: float, step: float = 15, **more: Any
) -> list[dict[str, Any]]:
    """Rows of words, one under the other, the first at *y*."""
    return [{"x": x, "y": y + step * number, "text": line, **more} for number, line in enumerate(lines)]


def listing(names: Sequence[str], room: float, size: float, most: int = 60) -> tuple[str, ...]:
    """Names with commas in lines not wider than *room*; a line ends behind a name where that can be.

    Examples
    --------
    >>> listing(["Nuevo León", "Jalisco", "Puebla"], 100, 12)
    ('Nuevo León,', 'Jalisco, Puebla')
    """
    rows: list[str] = []
    for place, name in enumerate(names):
        entry = f"{name}," if place < len(names) - 1 else name
        if rows and text.width(f"{rows[-1]} {entry}", size) <= room:
            rows[-1] += f" {entry}"
        else:
            rows += text.lines(entry, room, size, most=most)
    return tuple(rows) if len(rows) <= most else (*rows[: most - 1], f"{rows[most - 1]} …")


def number(value: float, digits: int = 3) -> str:
    """A measure as printed: with *digits* decimals, a dash where it does not apply.

    Examples
    --------
    >>> number(0.8), number(float("nan"))
    ('0.800', '–')
    """
    return f"{value:.{digits}f}" if value == value else "–"


def _at() -> dict[str, Any]:
    return {"x": {"field": "x"}, "y": {"field": "y"}}


def _spoken(rows: Rows) -> dict[str, Any]:
    return {"description": named("said")} if rows and "said" in rows[0] else {}
