"""Timelines: office terms, elections and events of a unit on one axis, each as precise as its source."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from concausa.core.chart import Chart
from concausa.draw import text
from concausa.draw.palette import BLUE, GREEN, GREY, INK, ORANGE, tint
from concausa.draw.theme import as_is, at, layer, named, spec
from concausa.record.election import Election
from concausa.record.event import Event
from concausa.record.term import Term
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.lanes import WIDE, Axis, lanes, mark
from concausa.report.exhibits.scribe import Scribe
from concausa.report.exhibits.stretch import stretch, year
from concausa.report.language import Language
from concausa.study.study import Study
from concausa.tracing.chronology import sequence
from concausa.tracing.implied_days import ImpliedDays, Span, day
from concausa.tracing.need import needing

_ROW, _HEAD, _FOOT = 20.0, 44.0, 30.0
#: Room for a second line of a title, in rows.
_LINE = 0.66


def timeline(study: Study, language: Language) -> Exhibit | None:
    """A chart for each unit with something dated, and one for what concerns no single unit."""
    scribe = Scribe(study, language)
    units = [*(unit.id for unit in study.units if unit.role != "population")]
    units += [unit.id for unit in study.units if unit.role == "population"]
    charts = [made for id in [*units, ""] if (made := _chart(scribe, id)) is not None]
    if not charts:
        return None
    return Exhibit(
        "timeline",
        "record",
        scribe.titled("timeline", language.say("Timelines")),
        language.say(
            "A dot is a day; a bar is all the time that the source admits, so a date known by its year is a bar of "
            "a year. Pale bars are approximate. Arrows show ends that the text leaves open or that lie beyond the "
            "axis. Blue events bear on a mechanism. A thin line below an event without a date spans the days that its "
            "needs imply."
        ),
        charts=tuple(charts),
    )


def _chart(scribe: Scribe, unit: str) -> Chart | None:
    study, say = scribe.study, scribe.language.say
    events = [event for event in needing(study.events, study.prerequisites) if event.unit == unit]
    terms = [term for term in study.terms if term.unit == unit and (term.start or term.end)]
    elections = [row for row in study.elections if row.unit == unit and row.date is not None]
    axis = _axis(scribe, events, terms, elections)
    if axis is None or not (any(event.date for event in events) or terms):
        return None
    held = list(lanes(scribe, terms, axis))
    rows: list[dict[str, Any]] = []
    for number, (_, own) in enumerate(held):
        rows += [{**row, "row": number} for row in own]
    top = len(held)
    if elections:
        rows += [_election(scribe, row, axis) | {"row": top} for row in elections]
        held.append((say("elections"), []))
        top += 1
    after: float = top
    days = ImpliedDays(study.events, study.prerequisites).spans
    for event in sequence(events):
        row = _event(scribe, event, axis, days[event.id])
        more = _LINE * (len(row["beside"]["lines"]) - 1)
        rows.append({**row, "row": after + more / 2})
        after += 1 + more
    height = _HEAD + _ROW * after + 8 + _FOOT
    body = {"width": WIDE, "height": height, "layer": list(_layers(scribe, rows, held, axis, height, top))}
    for part in body["layer"]:  # type: ignore[attr-defined]
        for channel, most in (("x", WIDE), ("y", height)):
            if channel in part["encoding"]:
                part["encoding"][channel] = at(channel, 0, most, reverse=channel == "y")
    who = scribe.name("units", unit, "name") if unit else say("The whole country")
    undated = len([term for term in study.terms if term.unit == unit]) - len(terms)
    notes = []
    if undated:
        notes.append(
            scribe.language.plural(
                "{n} office term without any date is in the table only.",
                "{n} office terms without any date are in the table only.",
                undated,
            )
        )
    told = (
        f"{row['said']}, {row['implied']['said']}." if "implied" in row else f"{row['said']}." for row in rows
    )
    alt = " ".join([say("Timeline of {who}.", who=who), *told])
    return Chart(
        f"timeline-{unit or 'national'}",
        say("Timeline: {who}", who=who),
        spec(body, fixed=True),
        alt,
        tuple(notes),
    )


def _axis(
    scribe: Scribe, events: Sequence[Event], terms: Sequence[Term], elections: Sequence[Election]
) -> Axis | None:
    """First and last year shown: all dated ends, at most five years beyond the periods."""
    study = scribe.study
    dates = [event.date for event in events] + [row.date for row in elections]
    dates += [date for term in terms for date in (term.start, term.end)]
    frame = [date for period in study.periods for date in (period.start, period.end)]
    ends = [day for date in (*dates, *frame) if date for day in (date.earliest, date.latest) if day]
    if not ends:
        return None
    first, last = min(ends).year, math.ceil(year(max(ends)) + 0.01)
    if frame:
        first = max(first, min(date.start.year for date in frame) - 5)
        last = min(last, max(date.end.year for date in frame) + 6)
    return Axis(float(first), float(last), _left(scribe, terms))


def _left(scribe: Scribe, terms: Sequence[Term]) -> float:
    """Room for the labels of the lanes: as much as they need, within bounds."""
    labels = [label for label, _ in lanes(scribe, terms, Axis(0, 1, 0))]
    return min(max(120.0, *(text.width(label, 11) + 26 for label in ["", *labels])), 300.0)


def _election(scribe: Scribe, row: Election, axis: Axis) -> dict[str, Any]:
    assert row.date is not None
    found = stretch(
        row.date.earliest, row.date.latest, row.date.approximate or row.date.uncertain, axis.years
    )
    winner = f": {row.winner}" if row.winner else ""
    share = f", {scribe.language.number(row.winner_share)} %" if row.winner_share is not None else ""
    return {
        **mark(found, axis),
        "kind": "election",
        "text": "",
        "colour": ORANGE,
        "href": f"#elections.{row.id}",
        "said": f"{scribe.language.say('election')}, {scribe.language.date(row.date)}{winner}{share}",
    }


def _event(scribe: Scribe, event: Event, axis: Axis, span: Span) -> dict[str, Any]:
    language = scribe.language
    title = language.of(scribe.study, "events", event, "title")
    common = {
        "kind": "event",
        "colour": BLUE if event.mechanisms else GREEN,
        "href": f"#events.{event.id}",
        "title": title,
    }
    if event.date is None:
        undated = language.say("no date in the text")
        words = f"{title} ({undated})"
        place = {"x": axis.left, "x2": axis.left}
        beside = {"x": axis.left + 4, "align": "left", "lines": _lines(words, WIDE - axis.left - 20)}
        row = {**common, **place, "kind": "undated", "said": words, "beside": beside}
        return row | _implied(scribe, span, axis) if span.sharpened and span.possible else row
    found = stretch(
        event.date.earliest, event.date.latest, event.date.approximate or event.date.uncertain, axis.years
    )
    row = {**common, **mark(found, axis), "said": f"{language.date(event.date)}: {title}"}
    return {**row, "beside": _beside(row)}


def _implied(scribe: Scribe, span: Span, axis: Axis) -> dict[str, Any]:
    """The days that needs imply for an event without a date."""
    first, last = day(span.first), day(span.last)
    shown = mark(stretch(first, last, False, axis.years), axis)
    said = scribe.language.say("needs imply {first} to {last}", first=first or "…", last=last or "…")
    return {"implied": {**shown, "said": said}}


def _lines_of_needs(placed: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Thin lines below the titles of events without a date."""
    rows = []
    for row in placed:
        if "implied" in row:
            y = row["y"] + _ROW * _LINE * (len(row["beside"]["lines"]) - 1) / 2 + 6.0
            bar = {**row["implied"], "y": y, "y2": y + 2.5, "fill": row["colour"], "href": row["href"]}
            rows.append(bar)
    if rows:
        yield layer(
            {"type": "rect", "cornerRadius": 1, "opacity": 0.75},
            rows,
            {
                "x": {}, "x2": {"field": "x2"}, "y": {}, "y2": {"field": "y2"}, "fill": as_is("fill"),
                "href": named("href"), "description": named("said"),
            },
        )  # fmt: skip
        yield from _open_ends([{**bar, "y": bar["y"] + 1.25, "colour": bar["fill"]} for bar in rows])


def _layers(
    scribe: Scribe,
    rows: Sequence[dict[str, Any]],
    held: Sequence[tuple[str, Any]],
    axis: Axis,
    height: float,
    top: int,
) -> Iterator[dict[str, Any]]:
    placed = [{**row, "y": _HEAD + _ROW * (row["row"] + 0.5)} for row in rows]
    yield from _ground(scribe, axis, height, top)
    labels = [
        {
            "x": axis.left - 15,
            "y": _HEAD + _ROW * (number + 0.5),
            "text": text.shortened(label, axis.left - 17, 11),
        }
        for number, (label, _) in enumerate(held)
        if label
    ]
    yield _words(labels, align="right", opacity=0.85)
    spans = [row for row in placed if row["kind"] != "undated" and not row["exact"]]
    if spans:
        yield layer(
            {"type": "rect", "cornerRadius": 2},
            [_bar(row) for row in spans],
            {
                "x": {}, "x2": {"field": "x2"}, "y": {}, "y2": {"field": "y2"}, "fill": as_is("fill"),
                "href": named("href"), "description": named("said"),
            },
        )  # fmt: skip
    for kind, shape in (("event", "circle"), ("election", "diamond")):
        days = [row for row in placed if row["kind"] == kind and row["exact"]]
        if days:
            yield layer(
                {"type": "point", "filled": True, "size": 80, "opacity": 1, "shape": shape},
                days,
                {
                    "x": {},
                    "y": {},
                    "fill": as_is("colour"),
                    "href": named("href"),
                    "description": named("said"),
                },
            )
    yield from _open_ends(placed)
    yield from _lines_of_needs(placed)
    inside = [{**row, "x": row["x"] + 4} for row in placed if row["kind"] == "term" and len(row["text"]) > 2]
    if inside:
        yield _words(inside, align="left")
    for align in ("left", "right"):
        if titles := [row for row in _titles(placed) if row["align"] == align]:
            yield _words(titles, align=align)
    yield from _key(scribe, rows, height)


def _bar(row: dict[str, Any]) -> dict[str, Any]:
    """A stretch as a rectangle: terms are high and pale, so that a name can stand in them."""
    half, strength = (8, 0.3) if row["kind"] == "term" else (5, row["strength"])
    return {**row, "y": row["y"] - half, "y2": row["y"] + half, "fill": tint(row["colour"], strength)}


def _beside(row: dict[str, Any]) -> dict[str, Any]:
    """The title of an event on the side of its mark that has more room, in as many lines as it needs."""
    right, left = row["x2"] + (15 if row["after"] else 8), row["x"] - (15 if row["before"] else 8)
    right_room, left_room = WIDE - right - 8, left - 8
    if right_room >= left_room and not (row["after"] and right_room < 90):
        return {"x": right, "align": "left", "lines": _lines(row["title"], right_room)}
    return {"x": left, "align": "right", "lines": _lines(row["title"], left_room)}


def _lines(words: str, room: float) -> tuple[str, ...]:
    return text.lines(words, room, 11, most=3)


def _titles(placed: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in placed:
        if "beside" in row:
            own = row["beside"]
            top = row["y"] - _ROW * _LINE * (len(own["lines"]) - 1) / 2
            for number, line in enumerate(own["lines"]):
                at_y = top + _ROW * _LINE * number
                yield {"x": own["x"], "y": at_y, "text": line, "href": row["href"], "align": own["align"]}


def _open_ends(placed: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    heads = [
        {"x": row["x2"] + 1, "y": row["y"], "angle": 0, "colour": row["colour"]}
        for row in placed
        if row.get("after")
    ] + [
        {"x": row["x"] - 1, "y": row["y"], "angle": 180, "colour": row["colour"]}
        for row in placed
        if row.get("before")
    ]
    if heads:
        yield layer(
            {"type": "point", "filled": True, "size": 110, "opacity": 1, "shape": "M1,0L0,0.6L0,-0.6Z"},
            heads,
            {"x": {}, "y": {}, "angle": as_is("angle", "quantitative"), "fill": as_is("colour")},
        )


def _key(scribe: Scribe, rows: Sequence[dict[str, Any]], height: float) -> Iterator[dict[str, Any]]:
    """What the colours mean, as far as they are used."""
    say = scribe.language.say
    meanings = {
        ("term", GREY): (say("term of office"), "square"),
        ("election", ORANGE): (say("election"), "diamond"),
        ("event", BLUE): (say("event that bears on a mechanism"), "circle"),
        ("event", GREEN): (say("other event"), "circle"),
    }
    used = {(row["kind"], row["colour"]) for row in rows}
    x, y, marks = 12.0, height - _FOOT / 2, []
    for kind, (words, shape) in meanings.items():
        if kind in used:
            marks.append({"x": x, "y": y, "shape": shape, "fill": kind[1], "text": words, "words": x + 11})
            x += text.width(words, 11) + 44
    if marks:
        yield layer(
            {"type": "point", "filled": True, "size": 80, "opacity": 1},
            marks,
            {"x": {}, "y": {}, "shape": as_is("shape"), "fill": as_is("fill")},
        )
        yield _words([{**row, "x": row["words"]} for row in marks], align="left")


def _ground(scribe: Scribe, axis: Axis, height: float, top: int) -> Iterator[dict[str, Any]]:
    """Periods as bands, years as lines, and a line between lanes and events."""
    bands, names = [], []
    for number, period in enumerate(scribe.study.periods):
        found = stretch(period.start.earliest, period.end.latest, False, axis.years)
        left, right = axis.x(found.start), axis.x(found.end)
        bands.append(
            {
                "x": left,
                "x2": right,
                "y": 18.0,
                "y2": height - _FOOT,
                "fill": tint(GREY, 0.07 if number % 2 else 0.15),
            }
        )
        label = text.shortened(scribe.name("periods", period.id), right - left - 8, 12)
        names.append({"x": (left + right) / 2, "y": 9.0, "text": label})
    if bands:
        yield layer(
            {"type": "rect"},
            bands,
            {"x": {}, "x2": {"field": "x2"}, "y": {}, "y2": {"field": "y2"}, "fill": as_is("fill")},
        )
        yield _words(names, align="center", size=12, fontWeight="bold")
    step = 1 if axis[1] - axis[0] <= 12 else 2 if axis[1] - axis[0] <= 24 else 5
    years = [value for value in range(int(axis[0]), int(axis[1]) + 1) if value % step == 0]
    lines = [{"x": axis.x(value), "y": _HEAD - 6, "y2": height - _FOOT} for value in years]
    yield layer(
        {"type": "rule", "color": INK, "opacity": 0.13}, lines, {"x": {}, "y": {}, "y2": {"field": "y2"}}
    )
    ticks = [{"x": axis.x(value), "y": _HEAD - 14, "text": str(value)} for value in years]
    yield _words(ticks, align="center", opacity=0.85)
    if top:
        between = _HEAD + _ROW * top
        yield layer(
            {"type": "rule", "color": INK, "opacity": 0.4},
            [{"x": 0, "x2": WIDE, "y": between}],
            {"x": {}, "x2": {"field": "x2"}, "y": {}},
        )


def _words(rows: Sequence[dict[str, Any]], *, align: str, size: int = 11, **mark: Any) -> dict[str, Any]:
    style = {"type": "text", "baseline": "middle", "align": align, "color": INK, "fontSize": size, **mark}
    link = {"href": named("href")} if any(row.get("href") for row in rows) else {}
    return layer(style, rows, {"x": {}, "y": {}, "text": named("text"), **link})
