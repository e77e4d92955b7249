"""The picture of an event structure: what was needed stands to the left of what needed it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from concausa.core.chart import Chart
from concausa.draw import text
from concausa.draw.layered import Layered, layered
from concausa.draw.palette import BLUE, GREEN, GREY, INK, tint
from concausa.draw.theme import as_is, at, layer, named, spec
from concausa.record.event import Event
from concausa.report.exhibits.scribe import Scribe
from concausa.tracing.need import Need
from concausa.tracing.structure import EventStructure

_WIDE = 880.0
_LEAST_COLUMN = 138.0
_BETWEEN = 24.0
_BOX, _GAP, _LANE = 68.0, 9.0, 6.0
_TOP, _FOOT = 4.0, 30.0
_SIZE = 10


def event_graph(scribe: Scribe, name: str, title: str, unit: str, structure: EventStructure) -> Chart | None:
    """The needs of one unit that no other needs imply; None where there is none, or a circle."""
    needs = structure.reduction
    if not needs or structure.circles:
        return None
    joined = {id for need in needs for id in (need.event, need.needed)}
    ids = [id for id in structure.events if id in joined]
    plan, column = _plan(ids, needs, structure.levels)
    width = (max(plan.columns) + 1) * column
    height = _TOP + plan.height + _FOOT
    events = [structure.events[id] for id in ids]
    parts = [
        *_arrows(scribe, ids, needs, plan, column),
        *_boxes(scribe, events, plan, column, unit),
        *_key(scribe, height),
    ]
    for part in parts:
        for channel, most in (("x", width), ("y", height)):
            part["encoding"][channel] = at(channel, 0, most, reverse=channel == "y")
    body = {"width": width, "height": height, "layer": parts}
    alone = [id for id in structure.isolated if structure.events[id].unit == unit]
    say = scribe.language.say
    notes = [
        say(
            "An arrow leads from what was needed to what needed it. Needs that follow from others are left "
            "out, and so are contested ones; the table has them."
        )
    ]
    if alone:
        notes.append(
            scribe.language.plural(
                "{n} event of the unit needed nothing and was needed by nothing, so far as is declared: {ids}.",
                "{n} events of the unit needed nothing and were needed by nothing, so far as is declared: {ids}.",
                len(alone),
                ids=", ".join(alone),
            )
        )
    return Chart(name, title, spec(body, fixed=True), _alt(scribe, needs), tuple(notes))


def _plan(ids: Sequence[str], needs: Sequence[Need], levels: dict[str, int]) -> tuple[Layered, float]:
    """Columns by the longest chain behind an event; what needed nothing stands close to what needed it."""
    number = {id: place for place, id in enumerate(ids)}
    needing: dict[str, list[str]] = {}
    for need in needs:
        needing.setdefault(need.needed, []).append(need.event)
    starts = {need.event for need in needs}
    columns = [levels[id] if id in starts else min(levels[other] for other in needing[id]) - 1 for id in ids]
    links = [(number[need.needed], number[need.event]) for need in needs]
    plan = layered(columns, links, box=_BOX, gap=_GAP, lane=_LANE)
    return plan, max(_WIDE / (max(columns) + 1), _LEAST_COLUMN)


def _arrows(
    scribe: Scribe, ids: Sequence[str], needs: Sequence[Need], plan: Layered, column: float
) -> Iterator[dict[str, Any]]:
    points: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    number = {id: place for place, id in enumerate(ids)}
    half = (column - _BETWEEN) / 2
    for place, (need, route) in enumerate(zip(needs, plan.routes, strict=True)):
        start, end = number[need.needed], number[need.event]
        first = (plan.columns[start] + 0.5) * column + half
        last = (plan.columns[end] + 0.5) * column - half
        y, target = plan.heights[start] + _TOP, plan.heights[end] + _TOP
        corners = [(first, y)]
        for step, lane in enumerate(route, plan.columns[start] + 1):
            middle = (step + 0.5) * column
            corners += [(middle - half, lane + _TOP), (middle + half, lane + _TOP)]
        corners.append((last - 5, target))
        common = {"arrow": place, "said": _said(scribe, need), "sure": need.answer != "inferred"}
        points += [
            {**common, "x": round(x, 1), "y": round(height, 1), "step": step}
            for step, (x, height) in enumerate(_bent(corners))
        ]
        heads.append({**common, "x": round(last - 1, 1), "y": round(target, 1)})
    dash = {"domain": [True, False], "range": [[1, 0], [5, 3]]}
    yield layer(
        {"type": "line", "interpolate": "linear", "strokeWidth": 1.3, "stroke": GREY, "opacity": 0.9},
        points,
        {
            "x": {},
            "y": {},
            "detail": named("arrow"),
            "order": {"field": "step", "type": "quantitative"},
            "strokeDash": {"field": "sure", "type": "nominal", "legend": None, "scale": dash},
            "description": named("said"),
        },
    )
    yield layer(
        {
            "type": "point",
            "filled": True,
            "size": 90,
            "opacity": 1,
            "shape": "M0,0L-1,0.5L-1,-0.5Z",
            "fill": GREY,
        },
        heads,
        {"x": {}, "y": {}},
    )


def _bent(corners: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Corners joined by soft bends that leave and arrive level."""
    yield corners[0]
    for (x1, y1), (x2, y2) in pairwise(corners):
        steps = 10 if abs(y2 - y1) > 0.5 else 1
        for step in range(1, steps + 1):
            share = step / steps
            yield x1 + (x2 - x1) * share, y1 + (y2 - y1) * (1 - math.cos(math.pi * share)) / 2


def _boxes(
    scribe: Scribe, events: Sequence[Event], plan: Layered, column: float, unit: str
) -> Iterator[dict[str, Any]]:
    language = scribe.language
    boxes, dates, words = [], [], []
    wide = column - _BETWEEN
    for number, event in enumerate(events):
        x, y = round((plan.columns[number] + 0.5) * column, 1), plan.heights[number] + _TOP
        title = language.of(scribe.study, "events", event, "title")
        date = language.date(event.date) if event.date else language.say("no date in the text")
        colour = GREY if event.unit != unit else BLUE if event.mechanisms else GREEN
        href = f"#events.{event.id}"
        boxes.append(
            {
                "x": round(x - wide / 2, 1), "x2": round(x + wide / 2, 1), "y": y - _BOX / 2, "y2": y + _BOX / 2,
                "fill": tint(colour, 0.16), "stroke": colour, "href": href, "event": event.id,
                "said": f"{date}: {title}",
            }
        )  # fmt: skip
        shown = text.lines(title, wide - 10, _SIZE, most=4)
        top = y - (len(shown) * 12.5) / 2
        dates.append(
            {"x": x, "y": round(top, 1), "text": text.shortened(date, wide - 12, _SIZE), "href": href}
        )
        words += [
            {"x": x, "y": round(top + 12.5 * (line + 1), 1), "text": part, "href": href}
            for line, part in enumerate(shown)
        ]
    yield layer(
        {"type": "rect", "cornerRadius": 5, "strokeWidth": 1.2},
        boxes,
        {
            "x": {}, "x2": {"field": "x2"}, "y": {}, "y2": {"field": "y2"}, "fill": as_is("fill"),
            "stroke": as_is("stroke"), "href": named("href"), "description": named("said"),
        },
    )  # fmt: skip
    yield _words(dates, weight="bold")
    yield _words(words)


def _words(
    rows: Sequence[dict[str, Any]], *, weight: str = "normal", align: str = "center"
) -> dict[str, Any]:
    mark = {
        "type": "text", "align": align, "baseline": "middle", "fontSize": _SIZE, "fontWeight": weight, "color": INK,
    }  # fmt: skip
    link = {"href": named("href")} if all("href" in row for row in rows) else {}
    return layer(mark, rows, {"x": {}, "y": {}, "text": named("text"), **link})


def _key(scribe: Scribe, height: float) -> Iterator[dict[str, Any]]:
    say = scribe.language.say
    x, y = 12.0, height - _FOOT / 2 + 4
    marks = []
    for words, colour in (
        (say("bears on a mechanism"), BLUE),
        (say("other event"), GREEN),
        (say("event of no unit or of another"), GREY),
    ):
        marks.append({"x": x, "y": y, "fill": colour, "text": words, "words": x + 11})
        x += text.width(words, _SIZE) + 44
    dashed = say("dashed: inferred by the encoder")
    marks.append({"x": x, "y": y, "fill": "rgba(0,0,0,0)", "text": dashed, "words": x + 11})
    yield layer(
        {"type": "point", "filled": True, "size": 80, "opacity": 1, "shape": "square"},
        marks,
        {"x": {}, "y": {}, "fill": as_is("fill")},
    )
    yield _words([{**row, "x": row["words"]} for row in marks], align="left")


def _said(scribe: Scribe, need: Need) -> str:
    return scribe.language.say("{event} needed {needed}", event=need.event, needed=need.needed)


def _alt(scribe: Scribe, needs: Sequence[Need]) -> str:
    start = scribe.language.say("A graph of events from left to right, each after what it needed.")
    return " ".join([start, *(f"{_said(scribe, need)}." for need in needs)])
