"""The picture of a feedback graph: boxes, signed arrows, the mechanisms along them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from concausa.core.chart import Chart
from concausa.draw import text
from concausa.draw.network import Curve, Layout, layout, routed, spread
from concausa.draw.palette import BLUE, GREY, GROUNDS, INK, ORANGE, PURPLE
from concausa.draw.theme import as_is, at, layer, named, spec
from concausa.report.exhibits.arrows import Arrow, arrows, node, passages, sign_word
from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.study.study import Study
from concausa.theory.mechanism import Mechanism

COLOURS = {"+": BLUE, "-": ORANGE, "gate": PURPLE, "step": GREY}


DASHES = {"+": [1, 0], "-": [7, 3], "gate": [2, 3], "step": [1, 0]}


#: Heads of arrows, pointing to the right with their tip at the origin.
HEADS = {
    "+": "M0,0L-1.15,0.55L-1.15,-0.55Z",
    "-": "M-0.12,-0.7L0.12,-0.7L0.12,0.7L-0.12,0.7Z",
    "gate": "M0,0L-0.65,0.5L-1.3,0L-0.65,-0.5Z",
    "step": "M0,0L-0.8,0.35L-0.8,-0.35Z",
}


_BOX = (156.0, 50.0)


_CELL = (236.0, 132.0)


_CHIP_HEIGHT = 17.0


def graph(scribe: Scribe, name: str, title: str, mechanisms: Sequence[Mechanism], *, columns: int) -> Chart:
    """The picture of some mechanisms, on a grid at most *columns* wide."""
    found = arrows(mechanisms)
    ids = list(dict.fromkeys(id for arrow in found for id in (arrow.start, arrow.end)))
    index = {id: position for position, id in enumerate(ids)}
    plan = layout(len(ids), tuple((index[a.start], index[a.end]) for a in found), columns=columns)
    middles = {id: _middle(plan, index[id]) for id in ids}
    curves = tuple(_curve(arrow, found, middles) for arrow in found)
    size = (plan.columns * _CELL[0], plan.rows * _CELL[1])
    signs = list(dict.fromkeys(arrow.sign for arrow in found))
    parts = [
        *_arrow_layers(scribe, found, curves),
        *_box_layers(scribe, ids, middles),
        *_chip_layers(scribe, found, curves, middles),
        *_key_layers(scribe.language, signs, size),
    ]
    height = size[1] + 8 + 22 * ((len(signs) + 1) // 2)
    body = {
        "width": size[0],
        "height": height,
        "layer": parts,
    }
    for part in parts:
        for channel, top in (("x", size[0]), ("y", height)):
            part["encoding"][channel] |= at(
                part["encoding"][channel]["field"], 0, top, reverse=channel == "y"
            )
    return Chart(name, title, spec(body, fixed=True), _alt(scribe, found), _chart_notes(scribe))


def _middle(plan: Layout, position: int) -> tuple[float, float]:
    column, row = plan.places[position]
    return ((column + 0.5) * _CELL[0], (row + 0.5) * _CELL[1])


def _curve(arrow: Arrow, every: Sequence[Arrow], middles: dict[str, tuple[float, float]]) -> Curve:
    beside = [other for other in every if {other.start, other.end} == {arrow.start, arrow.end}]
    same = [other for other in beside if other.start == arrow.start]
    side = 24.0 + 26.0 * same.index(arrow) if len(beside) > 1 else 0.0
    foreign = [middle for id, middle in middles.items() if id not in (arrow.start, arrow.end)]
    half = (_BOX[0] / 2 + 5, _BOX[1] / 2 + 5)
    return routed(middles[arrow.start], middles[arrow.end], half, foreign, side=side)


def _position() -> dict[str, Any]:
    return {"x": {"field": "x"}, "y": {"field": "y"}}


def _arrow_layers(
    scribe: Scribe, found: Sequence[Arrow], curves: Sequence[Curve]
) -> Iterator[dict[str, Any]]:
    points: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    for number, (arrow, line) in enumerate(zip(found, curves, strict=True)):
        count = sum(len(passages(scribe.study, mechanism)[0]) for mechanism in arrow.mechanisms)
        common = {
            "arrow": number,
            "sign": arrow.sign,
            "colour": COLOURS[arrow.sign],
            "width": 1.4 + min(count, 12) * 0.13,
            "from": arrow.start,
            "to": arrow.end,
            "passages": count,
            "said": _sentence(scribe, arrow),
        }
        points += [
            {**common, "x": round(x, 1), "y": round(y, 1), "step": step}
            for step, (x, y) in enumerate(line.points)
        ]
        x, y = line.points[-1]
        heads.append({**common, "x": round(x, 1), "y": round(y, 1), "angle": round(line.angle, 1)})
    yield layer(
        {"type": "line", "interpolate": "linear", "strokeCap": "butt", "opacity": 0.9},
        points,
        {
            **_position(),
            "order": {"field": "step", "type": "quantitative"},
            "detail": named("arrow"),
            "stroke": as_is("colour"),
            "strokeWidth": as_is("width", "ordinal"),
            "strokeDash": {
                "field": "sign",
                "type": "nominal",
                "legend": None,
                "scale": {"domain": list(DASHES), "range": list(DASHES.values())},
            },
            "description": named("said"),
        },
    )
    yield layer(
        {"type": "point", "filled": True, "size": 230, "opacity": 1},
        heads,
        {
            **_position(),
            "angle": as_is("angle", "quantitative"),
            "fill": as_is("colour"),
            "shape": _head_shape(),
        },
    )


def _head_shape() -> dict[str, Any]:
    return {
        "field": "sign",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": list(HEADS), "range": list(HEADS.values())},
    }


def _box_layers(
    scribe: Scribe, ids: Sequence[str], middles: dict[str, tuple[float, float]]
) -> Iterator[dict[str, Any]]:
    conditions = {condition.id: condition for condition in scribe.study.conditions}
    boxes, words = [], []
    for id in ids:
        x, y = middles[id]
        label = node(scribe, id)
        kind = conditions[id].role if id in conditions else "node"
        boxes.append(
            {
                "x": x,
                "y": y,
                "node": id,
                "said": label,
                "href": f"#conditions.{id}" if id in conditions else None,
                "weight": 1.8 if kind in ("condition", "outcome") else 1.0,
                "dash": [1, 0] if id in conditions else [3, 2],
                "fill": "rgba(133,139,148,0.22)" if kind == "outcome" else "rgba(133,139,148,0.07)",
            }
        )
        shown = text.lines(label, _BOX[0] - 12, 12, most=3)
        words.append({"x": x, "y": y, "text": "\n".join(shown), "strong": kind in ("condition", "outcome")})
    for dashed in (False, True):
        kept = [box for box in boxes if (box["dash"] != [1, 0]) == dashed]
        if kept:
            yield layer(
                {
                    "type": "rect", "width": _BOX[0], "height": _BOX[1], "cornerRadius": 7, "stroke": INK,
                    "strokeDash": [3, 2] if dashed else [1, 0], "strokeOpacity": 0.7,
                },
                kept,
                {
                    **_position(), "fill": as_is("fill"), "strokeWidth": as_is("weight", "quantitative"),
                    "href": named("href"), "description": named("said"),
                },
            )  # fmt: skip
    for strong in (True, False):
        kept = [word for word in words if word["strong"] == strong]
        if kept:
            yield _words(kept, weight="bold" if strong else "normal", lines=True)


def _words(rows: Sequence[dict[str, Any]], *, weight: str = "normal", size: int = 12, lines: bool = False,
           align: str = "center", link: bool = False) -> dict[str, Any]:  # fmt: skip
    mark: dict[str, Any] = {
        "type": "text", "align": align, "baseline": "middle", "fontSize": size, "fontWeight": weight,
        "color": INK,
    }  # fmt: skip
    if not lines:
        return layer(
            mark,
            rows,
            {**_position(), "text": named("text"), **({"href": named("href")} if link else {})},
        )
    spread_rows = []
    for row in rows:
        parts = row["text"].split("\n")
        for number, part in enumerate(parts):
            shift = (number - (len(parts) - 1) / 2) * (size + 2)
            spread_rows.append({**row, "text": part, "y": row["y"] + shift})
    return layer(mark, spread_rows, {**_position(), "text": named("text")})


def _chip_layers(
    scribe: Scribe,
    found: Sequence[Arrow],
    curves: Sequence[Curve],
    middles: dict[str, tuple[float, float]],
) -> Iterator[dict[str, Any]]:
    """The names of the mechanisms along each arrow, with passages for and against."""
    labels = [
        (line.points[3:-4], _chip_shapes(scribe.study, arrow))
        for arrow, line in zip(found, curves, strict=True)
    ]
    heads = [(*line.points[-1], 7.0, 7.0) for line in curves]
    boxes = [(x, y, _BOX[0] / 2, _BOX[1] / 2) for x, y in middles.values()]
    chips: list[dict[str, Any]] = []
    for arrow, ((x, y), stacked) in zip(found, spread(labels, [*boxes, *heads]), strict=True):
        rooms = [_chip_width(scribe.study, mechanism) for mechanism in arrow.mechanisms]
        left, top = x - sum(rooms) / 2, y - (len(rooms) - 1) * (_CHIP_HEIGHT + 2) / 2
        for number, (mechanism, room) in enumerate(zip(arrow.mechanisms, rooms, strict=True)):
            support, against = passages(scribe.study, mechanism)
            chips.append(
                {
                    "x": round(x if stacked else left + room / 2, 1),
                    "y": round(top + number * (_CHIP_HEIGHT + 2) if stacked else y, 1),
                    "width": room - 2,
                    "text": _chip_text(scribe.study, mechanism),
                    "mechanism": mechanism.id,
                    "for": len(support),
                    "against": len(against),
                    "colour": GROUNDS[COLOURS[arrow.sign]],
                    "href": f"#mechanisms.{mechanism.id}",
                    "said": _mechanism_sentence(scribe, mechanism),
                }
            )
            left += room
    for width in sorted({chip["width"] for chip in chips}):
        kept = [chip for chip in chips if chip["width"] == width]
        yield layer(
            {"type": "rect", "width": width, "height": _CHIP_HEIGHT, "cornerRadius": 8, "fillOpacity": 1},
            kept,
            {**_position(), "fill": as_is("colour"), "href": named("href"), "description": named("said")},
        )
    yield layer(
        {
            "type": "text", "align": "center", "baseline": "middle", "fontSize": 11, "fontWeight": "bold",
            "color": "#ffffff",
        },
        chips,
        {**_position(), "text": named("text"), "href": named("href")},
    )  # fmt: skip


def _chip_text(study: Study, mechanism: Mechanism) -> str:
    support, against = passages(study, mechanism)
    return f"{mechanism.id} {len(support)}:{len(against)}" if support or against else mechanism.id


def _chip_width(study: Study, mechanism: Mechanism) -> float:
    return round(text.width(_chip_text(study, mechanism), 11) + 14)


def _chip_shapes(study: Study, arrow: Arrow) -> tuple[tuple[float, float], ...]:
    """Room for the names side by side, and for one below the other."""
    rooms = [_chip_width(study, mechanism) for mechanism in arrow.mechanisms]
    return (sum(rooms), _CHIP_HEIGHT), (max(rooms), len(rooms) * (_CHIP_HEIGHT + 2))


def _key_layers(
    language: Language, signs: Sequence[str], size: tuple[float, float]
) -> Iterator[dict[str, Any]]:
    rows, words, heads = [], [], []
    for number, sign in enumerate(signs):
        x = 20 + (number % 2) * size[0] / 2
        y = size[1] + 6 + 22 * (number // 2)
        common = {"sign": sign, "colour": COLOURS[sign], "key": number}
        rows += [{**common, "x": x, "y": y, "step": 0}, {**common, "x": x + 44, "y": y, "step": 1}]
        heads.append({**common, "x": x + 44, "y": y})
        words.append({"x": x + 54, "y": y, "text": sign_word(language, sign)})
    dash = {"domain": list(DASHES), "range": list(DASHES.values())}
    yield layer(
        {"type": "line", "strokeWidth": 2},
        rows,
        {
            **_position(),
            "detail": named("key"),
            "stroke": as_is("colour"),
            "order": {"field": "step", "type": "quantitative"},
            "strokeDash": {"field": "sign", "type": "nominal", "legend": None, "scale": dash},
        },
    )
    yield layer(
        {"type": "point", "filled": True, "size": 230, "opacity": 1},
        heads,
        {**_position(), "fill": as_is("colour"), "shape": _head_shape()},
    )
    yield _words(words, align="left")


def _sentence(scribe: Scribe, arrow: Arrow) -> str:
    names = ", ".join(mechanism.id for mechanism in arrow.mechanisms)
    return (
        f"{node(scribe, arrow.start)} → {node(scribe, arrow.end)}: "
        f"{sign_word(scribe.language, arrow.sign)} ({names})"
    )


def _mechanism_sentence(scribe: Scribe, mechanism: Mechanism) -> str:
    support, against = passages(scribe.study, mechanism)
    name = scribe.language.of(scribe.study, "mechanisms", mechanism, "label")
    return scribe.language.say(
        "{id} {name}: {support} passages for it, {against} against it",
        id=mechanism.id, name=name, support=len(support), against=len(against),
    )  # fmt: skip


def _alt(scribe: Scribe, found: Sequence[Arrow]) -> str:
    start = scribe.language.say("A graph of boxes and signed arrows.")
    return " ".join([start, *(f"{_sentence(scribe, arrow)}." for arrow in found)])


def _chart_notes(scribe: Scribe) -> tuple[str, ...]:
    say = scribe.language.say
    return (
        say(
            "M1 3:1 means: three passages speak for mechanism M1, one against it. Wider arrows have more "
            "passages for them. Dashed boxes are nodes that the study names without measuring them."
        ),
        *scribe.label_notes("feedback"),
    )
