"""How every chart looks: type, lines, spacing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from concausa.core.chart import SCHEMA
from concausa.draw.palette import BLUE, INK

#: Families with the same widths everywhere, so that what was measured here fits there.
FONT = "Arial, Helvetica, Liberation Sans, sans-serif"

_CONFIG: dict[str, Any] = {
    "font": FONT,
    "view": {"stroke": None},
    "mark": {"color": BLUE},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "domainColor": INK,
        "tickColor": INK,
        "gridColor": INK,
        "domainOpacity": 0.55,
        "tickOpacity": 0.55,
        "gridOpacity": 0.13,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelLimit": 320,
        "titleLimit": 520,
        "titlePadding": 8,
    },
    "legend": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelLimit": 360,
        "titleLimit": 420,
        "symbolStrokeColor": INK,
        "gradientStrokeColor": INK,
    },
    "header": {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "titleFontSize": 12},
    "title": {"color": INK, "subtitleColor": INK, "fontSize": 13, "anchor": "start", "fontWeight": "bold"},
    "text": {"color": INK, "fontSize": 12},
}


def spec(body: Mapping[str, Any], *, fixed: bool = False) -> dict[str, Any]:
    """A complete specification around *body*: schema, transparent ground, house style.

    Parameters
    ----------
    body : mapping
        Marks, encodings and data of a Vega-Lite view.
    fixed : bool
        Whether everything lies within the width and height of *body*, words included, so that
        nothing needs to be measured when it is drawn.
    """
    if fixed:
        body = {"autosize": {"type": "none"}, **body}
    return {"$schema": SCHEMA, "background": "transparent", "padding": 6, "config": _CONFIG, **body}


def layer(
    mark: str | Mapping[str, Any], data: Sequence[Mapping[str, Any]], encoding: Mapping[str, Any]
) -> dict[str, Any]:
    """One layer with its own data. It is silent to screen readers unless it encodes a description.

    What a reader should be told carries ``description``; what links to a row carries ``href``.
    """
    properties: dict[str, Any] = {"type": mark} if isinstance(mark, str) else dict(mark)
    properties.setdefault("aria", "description" in encoding)
    return {
        "mark": properties,
        "data": {"values": [dict(row) for row in data]},
        "encoding": dict(encoding),
    }


def at(field: str, low: float, high: float, *, reverse: bool = False) -> dict[str, Any]:
    """A position channel on a fixed scale without axis."""
    scale = {"domain": [low, high], "nice": False, "zero": False, "reverse": reverse}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": None}


def named(field: str) -> dict[str, Any]:
    """A channel that takes the field's value as it is: a colour, a size, a text, an address."""
    return {"field": field, "type": "nominal"}


def as_is(field: str, kind: str = "nominal") -> dict[str, Any]:
    """A visual channel whose values are already colours, sizes or angles."""
    return {"field": field, "type": kind, "scale": None}
