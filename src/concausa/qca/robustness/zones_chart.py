"""The initial solution against the minimal and the maximal test set: where each case stands, named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from concausa.core.chart import Chart
from concausa.draw import text
from concausa.draw.palette import BLUE, GREY, INK, ORANGE, PURPLE, tint
from concausa.qca.charts.canvas import Layer, chart, listing, marks, paragraph, rules, shapes, words
from concausa.qca.charts.labels import Spot, lead, placed
from concausa.qca.robustness.tests_view import by_type

if TYPE_CHECKING:
    from concausa.qca.robustness.overlap import Zone
    from concausa.qca.robustness.robust_case import Kind as Side
    from concausa.qca.robustness.robust_case import RobustCase
    from concausa.qca.robustness.robustness_tests import Kind, RobustnessTests

_SIDE, _LEFT, _TOP, _GAP, _PAD = 300.0, 66.0, 40.0, 96.0, 14.0
_COLOURS: dict[Zone, str] = {
    "robust": BLUE,
    "shaky": ORANGE,
    "possible": PURPLE,
    "outside": GREY,
    "border": INK,
}
#: Typical cases are filled, deviant ones open: read by shape where colours are not.
_SHAPES: dict[Side, str] = {"typical": "circle", "deviant": "diamond", "border": "cross"}


@dataclass(frozen=True, slots=True)
class _Panel:
    """One square: what runs up, and what its corners mean (in the initial solution or out; upper and lower)."""

    left: float
    name: str
    corners: tuple[tuple[float, bool, str], ...]
    up: Callable[[RobustCase], float]

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.left + x * _SIDE, _TOP + (1 - y) * _SIDE


def zones_chart(
    found: RobustnessTests,
    kind: Kind = "soft",
    *,
    name: str = "robust-cases",
    say: Callable[[str], str] = str,
) -> Chart:
    """Each case by its membership in the initial solution (across) and in a test set (up).

    Left the minimal test set: a case of the initial solution is robust above the line and shaky below it. Right the
    maximal one: a case out of the initial solution is possible above the line. Typical cases are circles, deviant
    ones diamonds. Every case but the irrelevant ones is named below too, so that none is lost where names have no room.

    Parameters
    ----------
    found : RobustnessTests
    kind : str
        ``soft`` or ``hard``.
    name : str
        File name of the chart.
    say : function
        From the package's English words to the reader's.

    References
    ----------
    .. [1] Oana & Schneider (2024), *Sociological Methods & Research* 53(1), 57-88.
       https://doi.org/10.1177/00491241211036158
    """
    cases = found.cases(kind)
    panels = (
        _Panel(
            _LEFT, say("minimal test set"), ((0.75, True, say("robust")), (0.75, False, say("shaky"))), _least
        ),
        _Panel(
            _LEFT + _SIDE + _GAP,
            say("maximal test set"),
            ((0.25, True, say("possible")), (0.25, False, say("outside"))),
            _greatest,
        ),
    )
    wide = panels[1].left + _SIDE + 40
    parts: list[Layer] = []
    for panel in panels:
        parts += [*_ground(panel, say), *_points(panel, cases)]
    lines = [
        line
        for type_, own in by_type(cases).items()
        for line in listing([f"{say(type_)}: {own[0].case}", *(one.case for one in own[1:])], wide - 24, 11)
    ]
    start = _TOP + _SIDE + _PAD + 64
    parts.append(words(paragraph(lines, 12, start, 15), align="left", fontSize=11))
    told = "; ".join(
        f"{say(type_)}: {', '.join(one.case for one in own)}" for type_, own in by_type(cases).items()
    )
    return chart(
        name,
        say("{formula} under {n} tests").format(formula=found.initial.model, n=len(found)),
        (wide, start + 15 * len(lines)),
        parts,
        say("Cases by their membership in the initial solution (across) and in the test sets (up).")
        + f" {told}.",
        [say("Circles are in the outcome, diamonds out of it, crosses exactly on its crossover.")],
    )


def _least(case: RobustCase) -> float:
    return case.least


def _greatest(case: RobustCase) -> float:
    return case.greatest


def _ground(panel: _Panel, say: Callable[[str], str]) -> Iterator[Layer]:
    (x, y), (x2, y2), (middle, half) = panel.at(0, 0), panel.at(1, 1), panel.at(0.5, 0.5)
    left, right, top, low = x - _PAD, x2 + _PAD, y2 - _PAD, y + _PAD
    for across, upper, _ in panel.corners:
        fill = (
            tint(BLUE if across > 0.5 else PURPLE, 0.1)
            if upper
            else tint(ORANGE if across > 0.5 else GREY, 0.1)
        )
        sides = (middle, right) if across > 0.5 else (left, middle)
        ends = (top, half) if upper else (half, low)
        path = f"M{sides[0]},{ends[0]}L{sides[1]},{ends[0]}L{sides[1]},{ends[1]}L{sides[0]},{ends[1]}Z"
        yield shapes([{"path": path, "fill": fill}])
    edges = [
        {"x": left, "y": top, "x2": right, "y2": top}, {"x": left, "y": low, "x2": right, "y2": low},
        {"x": left, "y": top, "x2": left, "y2": low}, {"x": right, "y": top, "x2": right, "y2": low},
    ]  # fmt: skip
    yield rules(edges, opacity=0.5)
    yield rules([{"x": x, "y": y, "x2": x2, "y2": y2}], opacity=0.4)
    halves = [
        {"x": middle, "y": top, "x2": middle, "y2": low},
        {"x": left, "y": half, "x2": right, "y2": half},
    ]
    yield rules(halves, opacity=0.7, strokeDash=[5, 4])
    ticks = (0.0, 0.5, 1.0)
    yield words([{"x": panel.at(t, 0)[0], "y": low + 11, "text": f"{t:g}"} for t in ticks], fontSize=11)
    yield words(
        [{"x": left - 6, "y": panel.at(0, t)[1], "text": f"{t:g}"} for t in ticks], fontSize=11, align="right"
    )
    for across, upper, word in panel.corners:
        row = {"x": panel.at(across, 0)[0], "y": top - 9 if upper else low + 24, "text": word}
        yield words([row], fontSize=11, fontStyle="italic")
    yield words([{"x": middle, "y": low + 40, "text": f"{say('initial solution')} →"}], fontWeight="bold")
    yield words([{"x": left - 36, "y": half, "text": f"{panel.name} →"}], fontWeight="bold", angle=270)


def _points(panel: _Panel, cases: Sequence[RobustCase]) -> Iterator[Layer]:
    together: dict[tuple[float, float, str, str], list[RobustCase]] = defaultdict(list)
    for case in cases:
        together[round(case.initial, 9), round(panel.up(case), 9), case.zone, case.kind].append(case)
    rows, spots, boxes = [], [], []
    for (x, y, _, _), own in together.items():
        across, down = panel.at(x, y)
        first = own[0]
        colour = _COLOURS[first.zone]
        names = [one.case for one in own]
        rows.append(
            {
                "x": across, "y": down, "shape": _SHAPES[first.kind], "size": 70, "stroke": colour,
                "fill": colour if first.kind == "typical" else "transparent", "cases": names,
                "initial": x, "test": y, "type": first.type,
                "said": f"{', '.join(names)}: {x:.2f}, {y:.2f} ({first.type})",
            }
        )  # fmt: skip
        boxes.append((across - 5, down - 5, across + 5, down + 5))
        label = names[0] if len(names) == 1 else f"{names[0]} +{len(names) - 1}"
        spots.append((label, Spot(across, down, text.width(label, 10) + 2, 12)))
    yield marks(rows)
    bounds = (panel.left - _PAD + 1, _TOP - _PAD + 1, panel.left + _SIDE + _PAD + 24, _TOP + _SIDE + _PAD - 1)
    middle, half = panel.at(0.5, 0.5)
    lines = [
        (middle - 1, _TOP - _PAD, middle + 1, _TOP + _SIDE + _PAD),
        (panel.left - _PAD, half - 1, panel.left + _SIDE + _PAD, half + 1),
    ]
    found = placed([spot for _, spot in spots], boxes, bounds, spared=lines)
    named = [
        (label, spot, place) for (label, spot), place in zip(spots, found, strict=True) if place is not None
    ]
    if leads := [lead(spot, place) for _, spot, place in named if place.led]:
        yield rules([dict(zip(("x", "y", "x2", "y2"), line, strict=True)) for line in leads], opacity=0.45)
    if named:
        yield words([{"x": place.x, "y": place.y, "text": label} for label, _, place in named], fontSize=10)
