"""The picture of a model: a box a factor, a dot where several must come together, arrows to effects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from concausa.core.chart import Chart
from concausa.core.errors import OptionError
from concausa.draw import text
from concausa.draw.layered import layered
from concausa.draw.network import Curve, routed
from concausa.draw.palette import BLUE, INK, ORANGE
from concausa.draw.theme import as_is, at, layer, named, spec
from concausa.qca.coincidence.formulas import ComplexFormula

if TYPE_CHECKING:
    from concausa.qca.coincidence.coincidence import Coincidence

Say = Callable[[str], str]
_HEIGHT, _STEP, _EDGE, _GAP = 34.0, 96.0, 14.0, 18.0
_HEAD = "M-1,-0.6L0.2,0L-1,0.6Z"


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one node to another; *value* is written beside it where it is not plain presence."""

    start: int
    end: int
    value: str
    absent: bool


def structure_chart(
    found: Coincidence, model: int = 0, *, name: str = "", title: str = "", say: Say = str
) -> Chart:
    """The structure of one model.

    An arrow from a factor means its presence; a dashed one with ~ its absence; of a multi-value factor the value is
    written. A dot joins what must come together; several arrows into one box are alternatives.

    Parameters
    ----------
    found : Coincidence
    model : int
        Place of the model, from 0.
    name, title : str
        File name, and what is printed above; by default the number of the model.
    say : function
        From the package's English words to the reader's.

    Raises
    ------
    OptionError
        If there is no such model.
    """
    if not 0 <= model < len(found.models):
        raise OptionError(
            f"there is no model {model + 1} to draw",
            where=f"{len(found.models)} models are written out",
            fix="count from 0" if found.models else "lower the thresholds, or draw nothing",
        )
    return drawn(
        found.models[model],
        name=name or f"model-{model + 1}",
        title=title or say("Model {place} of {n}").format(place=model + 1, n=f"{found.n_models:,}"),
        say=say,
    )


def drawn(model: ComplexFormula, *, name: str, title: str, say: Say) -> Chart:
    """The picture of a model."""
    labels, dots, arrows = _nodes(model)
    columns = _columns(len(labels) + dots, len(labels), arrows)
    forth = [arrow for arrow in arrows if columns[arrow.start] < columns[arrow.end]]
    plan = layered(columns, [(arrow.start, arrow.end) for arrow in forth], box=_HEIGHT, gap=_GAP, lane=22.0)
    wide = max(56.0, *(text.width(label, 12) * 1.08 + 24 for label in labels))
    step = max(_STEP, wide / 2 + 46)
    middles = [
        (_EDGE + wide / 2 + step * column, _EDGE + y) for column, y in zip(columns, plan.heights, strict=True)
    ]
    curves = [_curve(arrow, arrows, middles, len(labels), wide) for arrow in arrows]
    right = max(x for x, _ in middles) + wide / 2 + _EDGE
    bottom = max(max(y for _, y in middles) + _HEIGHT / 2, *(y for c in curves for _, y in c.points)) + _EDGE
    parts = [
        *_lines(arrows, curves, len(labels)),
        *_dots(middles[len(labels) :]),
        *_boxes(labels, middles[: len(labels)], wide, {part.effect[0] for part in model.parts}, model),
        *_values(arrows, curves),
    ]
    for part in parts:
        for channel, most in (("x", right), ("y", bottom)):
            part["encoding"][channel] = at(channel, 0, most, reverse=channel == "y")
    alt = say("What leads to what: {model}.").format(model=model.text)
    note = say(
        "Arrow: presence; dashed, with ~: absence. A dot joins what must come together; several arrows into a"
        " box are alternatives."
    )
    return Chart(
        name, title, spec({"width": right, "height": bottom, "layer": parts}, fixed=True), alt, (note,)
    )


def _nodes(model: ComplexFormula) -> tuple[list[str], int, list[Arrow]]:
    factors = model.table.factors
    place = {factor: number for number, factor in enumerate(model.factors)}
    arrows: list[Arrow] = []
    dots = 0
    for part in model.parts:
        effect = place[part.effect[0]]
        reached = _value(factors[part.effect[0]].kind, part.effect[1])
        for cube in part.cubes.tolist():
            causes = [(factor, value) for factor, value in enumerate(cube) if value >= 0]
            into = effect
            if len(causes) > 1 or reached:
                into = len(place) + dots
                dots += 1
                arrows.append(Arrow(into, effect, reached, reached == "~"))
            for factor, value in causes:
                told = _value(factors[factor].kind, value)
                arrows.append(Arrow(place[factor], into, told, told == "~"))
    return [factors[factor].name for factor in model.factors], dots, arrows


def _value(kind: str, value: int) -> str:
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


def _curve(
    arrow: Arrow, arrows: Sequence[Arrow], middles: Sequence[tuple[float, float]], boxes: int, wide: float
) -> Curve:
    """From the edge of a box, or from a dot, to the edge of a box or into a dot."""
    foreign = [
        middle for node, middle in enumerate(middles) if node < boxes and node not in (arrow.start, arrow.end)
    ]
    back = any((other.start, other.end) == (arrow.end, arrow.start) for other in arrows)
    found = routed(
        middles[arrow.start],
        middles[arrow.end],
        (wide / 2 + 4, _HEIGHT / 2 + 4),
        foreign,
        side=22.0 if back else 0.0,
    )
    points = found.points
    if arrow.start >= boxes:
        points = (middles[arrow.start], *points)
    if arrow.end >= boxes:
        points = (*points, middles[arrow.end])
    return replace(found, points=points)


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
    effects: set[int],
    model: ComplexFormula,
) -> Iterator[dict[str, Any]]:
    rows = [
        {"x": x, "y": y, "text": label, "said": label, "weight": 2.0 if factor in effects else 1.0}
        for label, (x, y), factor in zip(labels, middles, model.factors, strict=True)
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
            x, y = curve.points[max(1, (3 * len(curve.points)) // 5)]
            rows.append({"x": round(x, 1), "y": round(y - 12, 1), "text": arrow.value})
    if rows:
        yield layer(
            {"type": "text", "align": "center", "fontSize": 12, "fontWeight": "bold", "color": INK},
            rows,
            {"x": named("x"), "y": named("y"), "text": named("text")},
        )
