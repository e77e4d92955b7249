"""The picture of a dynamic model: stocks and inputs as boxes, flows as arrows as wide as they run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from concausa.core.chart import Chart
from concausa.draw import text
from concausa.draw.network import Curve, layout, routed, spread
from concausa.draw.palette import BLUE, GREY, GROUNDS, INK, ORANGE
from concausa.draw.theme import as_is, at, layer, named, spec
from concausa.report.exhibits.dynamic_strength import Strength, together
from concausa.report.exhibits.dynamic_words import Teller
from concausa.report.exhibits.graph import HEADS

_BOX, _CELL = (168.0, 54.0), (282.0, 146.0)
_COLOURS = {"+": BLUE, "-": ORANGE}
_DASHES = {"learned": [1, 0], "somewhat": [9, 3], "not learned": [2, 3], "": [2, 3]}
_ORDER = ("learned", "somewhat", "not learned", "")
_CHIP = 17.0

Edge = tuple[tuple[str, str, str], tuple[Strength, ...]]


def graph(tell: Teller, found: Sequence[Strength]) -> Chart | None:
    """The picture; None if nothing pulls anything."""
    edges = list(together(found).items())
    if not edges:
        return None
    ids = list(dict.fromkeys(name for (start, end, _), _ in edges for name in (start, end)))
    place = {name: number for number, name in enumerate(ids)}
    plan = layout(len(ids), tuple((place[start], place[end]) for (start, end, _), _ in edges), columns=3)
    middles = {
        name: ((plan.places[number][0] + 0.5) * _CELL[0], (plan.places[number][1] + 0.5) * _CELL[1])
        for name, number in place.items()
    }
    loops = [edge for edge in edges if edge[0][0] == edge[0][1]]
    arrows = [edge for edge in edges if edge[0][0] != edge[0][1]]
    curves = [_curve(edge, arrows, middles) for edge in arrows]
    size = (plan.columns * _CELL[0], plan.rows * _CELL[1])
    parts = [
        *_arrows(tell, arrows, curves),
        *_boxes(tell, ids, middles),
        *_chips(tell, arrows, curves, loops, middles),
        *_key(tell, size),
    ]
    height = size[1] + 78
    for part in parts:
        for channel, top in (("x", size[0]), ("y", height)):
            part["encoding"][channel] |= at(
                part["encoding"][channel]["field"], 0, top, reverse=channel == "y"
            )
    say = tell.scribe.language.say
    notes = (
        say(
            "Numbers: the median rate a year of each flow along an arrow, over kept draws and the "
            "units and years in which it runs; the arrow is as wide as the fastest of them. On the edge of a box: "
            "what the stock does to itself. Flows that nothing pulls stand in the table alone."
        ),
    )
    alt = " ".join([say("A graph of boxes and arrows."), *(f"{_said(tell, edge)}." for edge in edges)])
    title = tell.titled(say("What moves what, and how much of it was learned"))
    body = {"width": size[0], "height": height, "layer": parts}
    return Chart(tell.name("dynamic-model"), title, spec(body, fixed=True), alt, notes)


def _curve(edge: Edge, every: Sequence[Edge], middles: dict[str, tuple[float, float]]) -> Curve:
    (start, end, _), _ = edge
    beside = [other for other in every if {*other[0][:2]} == {start, end}]
    same = [other for other in beside if other[0][0] == start]
    side = 24.0 + 26.0 * same.index(edge) if len(beside) > 1 else 0.0
    foreign = [middle for name, middle in middles.items() if name not in (start, end)]
    half = (_BOX[0] / 2 + 5, _BOX[1] / 2 + 5)
    return routed(middles[start], middles[end], half, foreign, side=side)


def _best(several: Sequence[Strength]) -> str:
    return min((one.learned for one in several), key=_ORDER.index)


def _width(several: Sequence[Strength]) -> float:
    return 1.2 + 12 * min(0.4, max((one.rate[1] for one in several if one.rate), default=0.0))


def _at() -> dict[str, Any]:
    return {"x": {"field": "x"}, "y": {"field": "y"}}


def _dash() -> dict[str, Any]:
    scale = {"domain": list(_DASHES), "range": list(_DASHES.values())}
    return {"field": "learned", "type": "nominal", "legend": None, "scale": scale}


def _shape() -> dict[str, Any]:
    kept = {sign: HEADS[sign] for sign in _COLOURS}
    scale = {"domain": list(kept), "range": list(kept.values())}
    return {"field": "sign", "type": "nominal", "legend": None, "scale": scale}


def _arrows(tell: Teller, edges: Sequence[Edge], curves: Sequence[Curve]) -> Iterator[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    for number, (edge, curve) in enumerate(zip(edges, curves, strict=True)):
        (start, end, sign), several = edge
        common = {
            "arrow": number, "sign": sign, "colour": _COLOURS[sign], "width": round(_width(several), 2),
            "learned": _best(several), "from": start, "to": end, "said": _said(tell, edge),
        }  # fmt: skip
        lines += [
            {**common, "x": round(x, 1), "y": round(y, 1), "step": step}
            for step, (x, y) in enumerate(curve.points)
        ]
        x, y = curve.points[-1]
        heads.append({**common, "x": round(x, 1), "y": round(y, 1), "angle": round(curve.angle, 1)})
    yield layer(
        {"type": "line", "interpolate": "linear", "strokeCap": "butt", "opacity": 0.85}, lines,
        {
            **_at(), "order": {"field": "step", "type": "quantitative"}, "detail": named("arrow"),
            "stroke": as_is("colour"), "strokeWidth": as_is("width", "ordinal"), "strokeDash": _dash(),
            "description": named("said"),
        },
    )  # fmt: skip
    yield layer(
        {"type": "point", "filled": True, "size": 230, "opacity": 1}, heads,
        {**_at(), "angle": as_is("angle", "quantitative"), "fill": as_is("colour"), "shape": _shape()},
    )  # fmt: skip


def _boxes(
    tell: Teller, ids: Sequence[str], middles: dict[str, tuple[float, float]]
) -> Iterator[dict[str, Any]]:
    stocks = tell.model.stock_names
    boxes, words = [], []
    for name in ids:
        x, y = middles[name]
        row, label = tell.rows.get(name), f"{name} {tell.label(name)}"
        boxes.append({
            "x": x, "y": y, "node": name, "said": label, "weight": 1.8 if name in stocks else 1.0,
            "href": f"#dynamic_quantities.{row.id}" if row else None, "stock": name in stocks,
            "fill": "rgba(133,139,148,0.22)" if name in stocks else "rgba(133,139,148,0.06)",
        })  # fmt: skip
        shown = text.lines(label, _BOX[0] - 34, 12, most=3)
        words += [
            {"x": x, "y": y + (number - (len(shown) - 1) / 2) * 14, "text": part, "stock": name in stocks}
            for number, part in enumerate(shown)
        ]
    for stock in (True, False):
        if kept := [box for box in boxes if box["stock"] is stock]:
            yield layer(
                {
                    "type": "rect", "width": _BOX[0], "height": _BOX[1], "cornerRadius": 7, "stroke": INK,
                    "strokeDash": [1, 0] if stock else [3, 2], "strokeOpacity": 0.7,
                },
                kept,
                {
                    **_at(), "fill": as_is("fill"), "strokeWidth": as_is("weight", "quantitative"),
                    "href": named("href"), "description": named("said"),
                },
            )  # fmt: skip
            mark = {
                "type": "text", "align": "center", "baseline": "middle", "fontSize": 12, "color": INK,
                "fontWeight": "bold" if stock else "normal",
            }  # fmt: skip
            yield layer(
                mark, [word for word in words if word["stock"] is stock], {**_at(), "text": named("text")}
            )


def _chips(
    tell: Teller,
    edges: Sequence[Edge],
    curves: Sequence[Curve],
    loops: Sequence[Edge],
    middles: dict[str, tuple[float, float]],
) -> Iterator[dict[str, Any]]:
    """What runs along each arrow; of a stock that pulls itself, on the edge of its box."""
    shapes = [
        (curve.points[3:-4], (_size(tell, several),))
        for (_, several), curve in zip(edges, curves, strict=True)
    ]
    taken = [(x, y, _BOX[0] / 2, _BOX[1] / 2) for x, y in middles.values()]
    taken += [(*curve.points[-1], 8.0, 8.0) for curve in curves]
    chips: list[dict[str, Any]] = []
    placed = [(*point, edge) for (point, _), edge in zip(spread(shapes, taken), edges, strict=True)]
    placed += [(middles[edge[0][0]][0], middles[edge[0][0]][1] - _BOX[1] / 2, edge) for edge in loops]
    for x, y, ((_, _, sign), several) in placed:
        kept = _fastest(tell, several)
        for number, one in enumerate(kept):
            shift = (number - (len(kept) - 1) / 2) * (_CHIP + 1)
            chips.append({
                "x": round(x, 1), "y": round(y + shift, 1),
                "width": round(text.width(_chip(tell, one), 11) * 1.08 + 16),
                "text": _chip(tell, one), "colour": GROUNDS[_COLOURS[sign]],
                "href": f"#dynamic_flows.{one.flow.id}", "said": _flow(tell, one),
            })  # fmt: skip
    for width in sorted({chip["width"] for chip in chips}):
        yield layer(
            {"type": "rect", "width": width, "height": _CHIP, "cornerRadius": 8, "fillOpacity": 1},
            [chip for chip in chips if chip["width"] == width],
            {**_at(), "fill": as_is("colour"), "href": named("href"), "description": named("said")},
        )
    yield layer(
        {"type": "text", "align": "center", "baseline": "middle", "fontSize": 11, "fontWeight": "bold",
         "color": "#ffffff"},
        chips, {**_at(), "text": named("text"), "href": named("href")},
    )  # fmt: skip


def _size(tell: Teller, several: Sequence[Strength]) -> tuple[float, float]:
    kept = _fastest(tell, several)
    return max(text.width(_chip(tell, one), 11) * 1.08 + 16 for one in kept), len(kept) * (_CHIP + 1)


def _fastest(tell: Teller, several: Sequence[Strength]) -> list[Strength]:
    """Of the flows of one mechanism the fastest."""
    by_name: dict[str, list[Strength]] = {}
    for one in several:
        by_name.setdefault(one.flow.mechanism or one.flow.id, []).append(one)
    return [max(own, key=lambda one: one.rate[1] if one.rate else 0.0) for own in by_name.values()]


def _chip(tell: Teller, one: Strength) -> str:
    name = one.flow.mechanism or one.flow.id.removeprefix(f"{tell.model.name}-")
    return f"{name} {tell.number(one.rate[1])}" if one.rate else name


def _key(tell: Teller, size: tuple[float, float]) -> Iterator[dict[str, Any]]:
    say = tell.scribe.language.say
    entries = [
        ("+", "learned", say("more of it leads to more")), ("-", "learned", say("more of it leads to less")),
        ("+", "learned", say("solid: a rate was learned")), ("+", "somewhat", say("dashed: learned somewhat")),
        ("+", "not learned", say("dotted: not learned")),
    ]  # fmt: skip
    lines, heads, words = [], [], []
    for number, (sign, learned, told) in enumerate(entries):
        x, y = 8.0 + (number % 2) * size[0] / 2, size[1] + 16 + 22 * (number // 2)
        common = {
            "key": number,
            "sign": sign,
            "learned": learned,
            "colour": _COLOURS[sign] if number < 2 else GREY,
        }
        lines += [{**common, "x": x, "y": y, "step": 0}, {**common, "x": x + 44, "y": y, "step": 1}]
        if number < 2:
            heads.append({**common, "x": x + 44, "y": y})
        words.append({"x": x + 54, "y": y, "text": told})
    yield layer(
        {"type": "line", "strokeWidth": 2.4}, lines,
        {
            **_at(), "detail": named("key"), "stroke": as_is("colour"), "strokeDash": _dash(),
            "order": {"field": "step", "type": "quantitative"},
        },
    )  # fmt: skip
    yield layer(
        {"type": "point", "filled": True, "size": 230, "opacity": 1}, heads,
        {**_at(), "fill": as_is("colour"), "shape": _shape()},
    )  # fmt: skip
    yield layer(
        {"type": "text", "align": "left", "baseline": "middle", "fontSize": 12, "color": INK}, words,
        {**_at(), "text": named("text")},
    )  # fmt: skip


def _said(tell: Teller, edge: Edge) -> str:
    (start, end, sign), several = edge
    say = tell.scribe.language.say
    word = say("more of it leads to more") if sign == "+" else say("more of it leads to less")
    return (
        f"{tell.label(start)} → {tell.label(end)}: {word} ({', '.join(_flow(tell, one) for one in several)})"
    )


def _flow(tell: Teller, one: Strength) -> str:
    say = tell.scribe.language.say
    words = {
        "learned": say("learned"), "somewhat": say("learned somewhat"), "not learned": say("not learned"),
        "": say("no rate to be learned"),
    }  # fmt: skip
    label = tell.flow(one.flow.id)
    if one.rate is None:
        return label
    return say(
        "{flow}, {rate} a year, {learned}",
        flow=label,
        rate=tell.number(one.rate[1]),
        learned=words[one.learned],
    )
