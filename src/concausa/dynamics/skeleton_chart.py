"""The picture of a logical skeleton: corner states as boxes, arrows to where one stock crosses the middle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from concausa.core.chart import Chart
from concausa.core.errors import OptionError
from concausa.draw import text
from concausa.draw.network import Curve, layout, routed
from concausa.draw.palette import BLUE, GREEN, GREY, INK, ORANGE, tint
from concausa.draw.theme import as_is, at, layer, named, spec
from concausa.dynamics.corner_state import State
from concausa.dynamics.skeleton import Skeleton
from concausa.dynamics.skeleton_view import share
from concausa.dynamics.state_graph import asynchronous

Say = Callable[[str], str]
Layer = dict[str, Any]

#: Most stocks: 16 boxes.
MOST = 4
_BOX = (164.0, 58.0)
_CELL = (226.0, 128.0)
_RING = 5.0
_KEY = 46.0
_EDGE = 6.0
_SIZE = 11
_COLOURS = {"always": GREEN, "depends": BLUE, "cycle": ORANGE, "never": GREY}
_SOLID, _DASHED, _DOTTED = [1, 0], [5, 3], [1.5, 3]
_RINGS = {"always": _SOLID, "depends": _DASHED, "cycle": _DOTTED}


def skeleton_chart(
    found: Skeleton, *, name: str = "skeleton", title: str = "", say: Say = str, label: Say = str
) -> Chart:
    """The state graph, one stock crossing at a time.

    A box is a corner state, with its pattern. One that lasts has a ring, solid if it lasts whatever the rates
    are, dashed if with some, and tells in which share of draws; one that belongs to a cycle alone has a
    dotted ring. An arrow leads to where a stock crosses the middle, solid if it does whatever the rates are,
    dashed if that depends on them.

    Parameters
    ----------
    found : Skeleton
        Of four stocks at most.
    title : str
        Printed above; by default the model and its inputs.
    say : function
        From the package's English words to the reader's.
    label : function
        From a pattern's name to what the reader calls it.

    Raises
    ------
    OptionError
        If there are more stocks.
    """
    if len(found.model.stocks) > MOST:
        raise OptionError(
            f"{found.model.name} has {len(found.states)} corner states, too many for a picture",
            fix=f"read its table, or make a skeleton of {MOST} stocks or fewer",
        )
    words = _Words(found, say, label)
    sure = asynchronous(found.targets, sure=True)
    arrows = [(start, end, end in sure[start]) for start, row in enumerate(found.links()) for end in row]
    plan = layout(len(found.states), tuple((start, end) for start, end, _ in arrows))
    middles = [((column + 0.5) * _CELL[0], (row + 0.5) * _CELL[1]) for column, row in plan.places]
    left, right = _reach([_curve(start, end, arrows, middles) for start, end, _ in arrows])
    middles = [(x - left, y) for x, y in middles]
    curves = [_curve(start, end, arrows, middles) for start, end, _ in arrows]
    size = (max(plan.columns * _CELL[0], right) - left, plan.rows * _CELL[1] + _KEY)
    parts = [
        *_arrows(words, arrows, curves),
        *_boxes(words, middles),
        *_key(words, size[1] - _KEY + 8),
    ]
    for part in parts:
        for channel, most in (("x", size[0]), ("y", size[1])):
            part["encoding"][channel] = at(channel, 0, most, reverse=channel == "y")
    body = {"width": size[0], "height": size[1], "layer": parts}
    notes = [
        words.said("Shares are of {n} draws.", n=f"{found.draws:,}"), *(caveat.told(say) for caveat in found.caveats)
    ]  # fmt: skip
    alt = " ".join([
        words.said("A graph of corner states."),
        *(words.box(state) + "." for state in found.states),
        *(words.arrow(*arrow) + "." for arrow in arrows),
    ])  # fmt: skip
    return Chart(name, title or words.title, spec(body, fixed=True), alt, tuple(notes))


class _Words:
    """What the picture says."""

    def __init__(self, found: Skeleton, say: Say, label: Say) -> None:
        self.found, self.say, self.label = found, say, label
        cycles = found.attractors() if found.is_searchable else ()
        self.round: dict[str, float] = {}
        for one in cycles:
            if len(one.states) > 1:
                for name in one.states:
                    self.round[name] = self.round.get(name, 0.0) + one.share

    def said(self, template: str, **values: object) -> str:
        return self.say(template).format(**values)

    @property
    def title(self) -> str:
        held = ", ".join(f"{name}={value}" for name, value in self.found.inputs.items())
        if not held:
            return self.said("What lasts in {model} at 0 and 1", model=self.found.model.name)
        return self.said(
            "What lasts in {model} at 0 and 1, with {inputs}", model=self.found.model.name, inputs=held
        )

    def pattern(self, state: State) -> str:
        told = " / ".join(map(self.label, state.patterns))
        if state.gate == "shut":
            return self.said("{pattern}, gate shut", pattern=told)
        return self.said("{pattern}, if the gate opens", pattern=told) if state.gate == "depends" else told

    def kind(self, state: State) -> str:
        return "cycle" if state.rest == "never" and state.name in self.round else state.rest

    def rest(self, state: State) -> str:
        match self.kind(state):
            case "always":
                return self.said("lasts")
            case "depends":
                return self.said("lasts in {share}", share=share(state.share))
            case "cycle":
                return self.said("goes round in {share}", share=share(self.round[state.name]))
        return ""

    def box(self, state: State) -> str:
        return ", ".join(filter(None, (state.name, self.pattern(state), self.rest(state))))

    def arrow(self, start: int, end: int, sure: bool) -> str:
        one, other = self.found.states[start].name, self.found.states[end].name
        if sure:
            return self.said("{start} → {end}, whatever the rates are", start=one, end=other)
        return self.said("{start} → {end}, with some rates", start=one, end=other)


def _curve(
    start: int, end: int, arrows: Sequence[tuple[int, int, bool]], middles: Sequence[tuple[float, float]]
) -> Curve:
    back = any((one, other) == (end, start) for one, other, _ in arrows)
    foreign = [middle for place, middle in enumerate(middles) if place not in (start, end)]
    half = (_BOX[0] / 2 + _RING + 3, _BOX[1] / 2 + _RING + 3)
    return routed(middles[start], middles[end], half, foreign, side=14.0 if back else 0.0)


def _reach(curves: Sequence[Curve]) -> tuple[float, float]:
    """How far bent arrows reach to the left of the grid, not above 0, and to the right."""
    across = [x for line in curves for x, _ in line.points]
    return min([0.0, *(x - _EDGE for x in across)]), max([0.0, *(x + _EDGE for x in across)])


def _arrows(
    words: _Words, arrows: Sequence[tuple[int, int, bool]], curves: Sequence[Curve]
) -> Iterator[Layer]:
    points: list[Layer] = []
    heads: list[Layer] = []
    for number, ((start, end, sure), line) in enumerate(zip(arrows, curves, strict=True)):
        common = {"arrow": number, "sure": sure, "said": words.arrow(start, end, sure)}
        points += [
            {**common, "x": round(x, 1), "y": round(y, 1), "step": step}
            for step, (x, y) in enumerate(line.points)
        ]
        x, y = line.points[-1]
        heads.append({"x": round(x, 1), "y": round(y, 1), "angle": round(line.angle, 1)})
    if arrows:
        yield _line(points, described=True)
        yield _heads(heads)


def _line(points: Sequence[Layer], *, described: bool) -> Layer:
    dash = {"domain": [True, False], "range": [_SOLID, _DASHED]}
    told = {"description": named("said")} if described else {}
    return layer(
        {"type": "line", "interpolate": "linear", "strokeWidth": 1.4, "stroke": GREY},
        points,
        {
            "x": {}, "y": {}, "detail": named("arrow"), "order": {"field": "step", "type": "quantitative"},
            "strokeDash": {"field": "sure", "type": "nominal", "legend": None, "scale": dash}, **told,
        },
    )  # fmt: skip


def _heads(rows: Sequence[Layer]) -> Layer:
    mark = {
        "type": "point",
        "filled": True,
        "size": 150,
        "opacity": 1,
        "shape": "M0,0L-1,0.5L-1,-0.5Z",
        "fill": GREY,
    }
    return layer(mark, rows, {"x": {}, "y": {}, "angle": as_is("angle", "quantitative")})


def _boxes(words: _Words, middles: Sequence[tuple[float, float]]) -> Iterator[Layer]:
    boxes, bold, plain = [], [], []
    rings: dict[str, list[Layer]] = {kind: [] for kind in _RINGS}
    for state, (x, y) in zip(words.found.states, middles, strict=True):
        kind = words.kind(state)
        colour = _COLOURS[kind]
        boxes.append(_edges(x, y, 0.0) | {
            "fill": tint(colour, 0.16), "stroke": colour, "said": words.box(state), "state": state.name,
        })  # fmt: skip
        if kind in rings:
            rings[kind].append(_edges(x, y, _RING) | {"stroke": colour})
        shown = [part for part in (words.pattern(state), words.rest(state)) if part]
        bold.append({"x": x, "y": round(y - 8.0 * len(shown), 1), "text": state.name})
        plain += [
            {
                "x": x,
                "y": round(y - 8.0 * len(shown) + 16 * (line + 1), 1),
                "text": text.shortened(part, _BOX[0] - 8, _SIZE),
            }
            for line, part in enumerate(shown)
        ]
    ends = {"x": {}, "x2": {"field": "x2"}, "y": {}, "y2": {"field": "y2"}, "stroke": as_is("stroke")}
    yield layer(
        {"type": "rect", "cornerRadius": 5, "strokeWidth": 1.2},
        boxes,
        {**ends, "fill": as_is("fill"), "description": named("said")},
    )
    for kind, rows in rings.items():
        if rows:
            dash = _RINGS[kind]
            mark = {
                "type": "rect",
                "cornerRadius": 9,
                "strokeWidth": 1.8,
                "strokeDash": dash,
                "fillOpacity": 0,
            }
            yield layer(mark, rows, dict(ends))
    yield _text(bold, weight="bold")
    if plain:
        yield _text(plain)


def _edges(x: float, y: float, more: float) -> Layer:
    wide, high = _BOX[0] / 2 + more, _BOX[1] / 2 + more
    return {"x": x - wide, "x2": x + wide, "y": y - high, "y2": y + high}


def _text(rows: Sequence[Layer], *, weight: str = "normal", align: str = "center") -> Layer:
    mark = {
        "type": "text", "align": align, "baseline": "middle", "fontSize": _SIZE, "fontWeight": weight, "color": INK,
    }  # fmt: skip
    return layer(mark, rows, {"x": {}, "y": {}, "text": named("text")})


def _key(words: _Words, y: float) -> Iterator[Layer]:
    shown = (
        (True, words.said("solid: whatever the rates are")),
        (False, words.said("dashed: with some rates")),
    )
    lines: list[Layer] = []
    heads, told = [], []
    for number, (sure, line) in enumerate(shown):
        common = {"arrow": number, "sure": sure, "y": y + 16 * number}
        lines += [{**common, "x": 14, "step": 0}, {**common, "x": 50, "step": 1}]
        heads.append({"x": 56, "y": y + 16 * number, "angle": 0})
        told.append({"x": 64, "y": y + 16 * number, "text": line})
    yield _line(lines, described=False)
    yield _heads(heads)
    yield _text(told, align="left")
