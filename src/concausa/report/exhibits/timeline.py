"""Timelines: office terms, elections and events of a unit on one axis, each as precise as its source."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Sequence
from typing import Any

from concausa.core.chart import Chart
from concausa.core.date import Date
from concausa.draw import text
from concausa.draw.palette import BLUE, GREEN, GREY, INK, ORANGE, tint
from concausa.draw.theme import as_is, at, layer, named, spec
from concausa.record.election import Election
from concausa.record.event import Event
from concausa.record.term import Term
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.scribe import Scribe
from concausa.report.exhibits.stretch import Stretch, stretch, year
from concausa.report.language import Language
from concausa.study.study import Study
from concausa.tracing.chronology import sequence

_MARGIN, _WIDE, _ROW, _HEAD = 176.0, 880.0, 20.0, 44.0


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
            "axis. Blue events bear on a mechanism."
        ),
        charts=tuple(charts),
    )


def _chart(scribe: Scribe, unit: str) -> Chart | None:
    study, say = scribe.study, scribe.language.say
    events = [event for event in study.events if event.unit == unit]
    terms = [term for term in study.terms if term.unit == unit and (term.start or term.end)]
    elections = [row for row in study.elections if row.unit == unit and row.date is not None]
    axis = _axis(study, events, terms, elections)
    if axis is None or not (any(event.date for event in events) or terms):
        return None
    lanes = list(_term_lanes(scribe, terms, axis))
    rows: list[dict[str, Any]] = []
    for number, (_, own) in enumerate(lanes):
        rows += [{**row, "row": number} for row in own]
    top = len(lanes)
    if elections:
        rows += [_election(scribe, row, axis) | {"row": top} for row in elections]
        lanes.append((say("elections"), []))
        top += 1
    ordered = sequence(events)
    rows += [_event(scribe, event, axis) | {"row": top + number} for number, event in enumerate(ordered)]
    height = _HEAD + _ROW * (top + len(ordered)) + 8
    body = {"width": _WIDE, "height": height, "layer": list(_layers(scribe, rows, lanes, axis, height, top))}
    for part in body["layer"]:  # type: ignore[attr-defined]
        for channel, most in (("x", _WIDE), ("y", height)):
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
    alt = " ".join([say("Timeline of {who}.", who=who), *(f"{row['said']}." for row in rows)])
    return Chart(
        f"timeline-{unit or 'national'}",
        say("Timeline: {who}", who=who),
        spec(body, fixed=True),
        alt,
        tuple(notes),
    )


def _axis(
    study: Study, events: Sequence[Event], terms: Sequence[Term], elections: Sequence[Election]
) -> tuple[float, float] | None:
    """First and last year shown: all dated ends, at most five years beyond the periods."""
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
    return float(first), float(last)


def _x(moment: float, axis: tuple[float, float]) -> float:
    return round(_MARGIN + (moment - axis[0]) / (axis[1] - axis[0]) * (_WIDE - _MARGIN - 14), 2)


def _mark(found: Stretch, axis: tuple[float, float]) -> dict[str, Any]:
    left, right = _x(found.start, axis), _x(found.end, axis)
    return {
        "x": left,
        "x2": max(right, left + 3),
        "exact": found.exact,
        "strength": 0.4 if found.about else 0.85,
        "before": found.open_start,
        "after": found.open_end,
        "from_year": round(found.start, 3),
        "to_year": round(found.end, 3),
    }


def _term_lanes(
    scribe: Scribe, terms: Sequence[Term], axis: tuple[float, float]
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Lanes of bars, one or more for each office and kind of source; no two bars of a lane overlap."""
    data = {source.id for source in scribe.study.sources if source.kind == "data set"}
    groups: dict[tuple[str, bool], list[Term]] = {}
    for term in terms:
        groups.setdefault((term.office, term.source in data), []).append(term)
    for (_, from_data), own in groups.items():
        lanes: list[list[dict[str, Any]]] = []
        own.sort(key=_term_start)
        for term in own:
            row = _term(scribe, term, own, axis)
            free = next((lane for lane in lanes if lane[-1]["x2"] <= row["x"] + 1), None)
            if free is None:
                lanes.append([row])
            else:
                free.append(row)
        office = scribe.language.of(scribe.study, "terms", own[0], "office")
        label = scribe.language.say("{office}, data", office=office) if from_data else office
        for number, lane in enumerate(lanes):
            yield (label if number == 0 else "", lane)


def _term_start(term: Term) -> datetime.date:
    return term.start.start if term.start else datetime.date.min


def _term(scribe: Scribe, term: Term, others: Sequence[Term], axis: tuple[float, float]) -> dict[str, Any]:
    """A bar. An end that the source does not give is drawn up to the next holder, with an arrow."""
    start, end = term.start, term.end
    about = any(date.approximate or date.uncertain for date in (start, end) if date)
    found = stretch(start.earliest if start else None, _end_of_term(end), about, axis)
    mark = _mark(found, axis)
    later = [other.start.earliest for other in others if other.start and other.start.earliest]
    following = [year(day) for day in later if start and start.earliest and day > start.earliest]
    if end is None and following:
        mark["x2"] = max(_x(min(following), axis) - 8, mark["x"] + 3)
    holder = f"{term.holder} ({term.party})" if term.party else term.holder
    span = scribe.language.say(
        "{start} to {end}",
        start=scribe.language.date(start) if start else "?",
        end=scribe.language.date(end) if end else "?",
    )
    return {
        **mark,
        "kind": "term",
        "exact": False,
        "text": text.shortened(holder, mark["x2"] - mark["x"] - 8, 11),
        "colour": GREY,
        "href": f"#terms.{term.id}",
        "said": f"{term.office}: {holder}, {span}",
    }


def _end_of_term(end: Date | None) -> datetime.date | None:
    """A term known to end in a year is drawn to the middle of it, where its successor may begin."""
    if end is None or end.latest is None:
        return None
    if end.precision == "year":
        return datetime.date(end.latest.year, 1, 1)
    return end.latest


def _election(scribe: Scribe, row: Election, axis: tuple[float, float]) -> dict[str, Any]:
    assert row.date is not None
    found = stretch(row.date.earliest, row.date.latest, row.date.approximate or row.date.uncertain, axis)
    winner = f": {row.winner}" if row.winner else ""
    share = f", {scribe.language.number(row.winner_share)} %" if row.winner_share is not None else ""
    return {
        **_mark(found, axis),
        "kind": "election",
        "text": "",
        "colour": ORANGE,
        "href": f"#elections.{row.id}",
        "said": f"{scribe.language.say('election')}, {scribe.language.date(row.date)}{winner}{share}",
    }


def _event(scribe: Scribe, event: Event, axis: tuple[float, float]) -> dict[str, Any]:
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
        return {
            **common,
            "kind": "undated",
            "said": f"{title} ({undated})",
            "note": undated,
            "x": _MARGIN,
            "x2": _MARGIN,
        }
    found = stretch(
        event.date.earliest, event.date.latest, event.date.approximate or event.date.uncertain, axis
    )
    return {**common, **_mark(found, axis), "said": f"{language.date(event.date)}: {title}"}


def _layers(
    scribe: Scribe,
    rows: Sequence[dict[str, Any]],
    lanes: Sequence[tuple[str, Any]],
    axis: tuple[float, float],
    height: float,
    top: int,
) -> Iterator[dict[str, Any]]:
    placed = [{**row, "y": _HEAD + _ROW * (row["row"] + 0.5)} for row in rows]
    yield from _ground(scribe, axis, height, top)
    labels = [
        {
            "x": _MARGIN - 8,
            "y": _HEAD + _ROW * (number + 0.5),
            "text": text.shortened(label, _MARGIN - 14, 11),
        }
        for number, (label, _) in enumerate(lanes)
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
    inside = [{**row, "x": row["x"] + 4} for row in placed if row["kind"] == "term" and len(row["text"]) > 2]
    if inside:
        yield _words(inside, align="left")
    for align in ("left", "right"):
        if beside := [label for row in placed if (label := _beside(row)) and label["align"] == align]:
            yield _words(beside, align=align)


def _bar(row: dict[str, Any]) -> dict[str, Any]:
    """A stretch as a rectangle: terms are high and pale, so that a name can stand in them."""
    half, strength = (8, 0.3) if row["kind"] == "term" else (5, row["strength"])
    return {**row, "y": row["y"] - half, "y2": row["y"] + half, "fill": tint(row["colour"], strength)}


def _beside(row: dict[str, Any]) -> dict[str, Any] | None:
    """The title of an event, on the side of its mark that has more room."""
    if row["kind"] == "undated":
        room = _WIDE - _MARGIN - 20
        words = f"{row['title']} ({row['note']})"
        return {
            "x": row["x"] + 4,
            "y": row["y"],
            "text": text.shortened(words, room, 11),
            "href": row["href"],
            "align": "left",
        }
    if row["kind"] != "event":
        return None
    right_room, left_room = _WIDE - row["x2"] - 16, row["x"] - 16
    open_right = row["after"]
    if right_room >= left_room and not (open_right and right_room < 90):
        return {
            "x": row["x2"] + 8,
            "y": row["y"],
            "text": text.shortened(row["title"], right_room, 11),
            "href": row["href"],
            "align": "left",
        }
    return {
        "x": row["x"] - 8,
        "y": row["y"],
        "text": text.shortened(row["title"], left_room, 11),
        "href": row["href"],
        "align": "right",
    }


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


def _ground(scribe: Scribe, axis: tuple[float, float], height: float, top: int) -> Iterator[dict[str, Any]]:
    """Periods as bands, years as lines, and a line between lanes and events."""
    bands, names = [], []
    for number, period in enumerate(scribe.study.periods):
        found = stretch(period.start.earliest, period.end.latest, False, axis)
        left, right = _x(found.start, axis), _x(found.end, axis)
        bands.append(
            {
                "x": left,
                "x2": right,
                "y": 18.0,
                "y2": height,
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
    lines = [{"x": _x(value, axis), "y": _HEAD - 6, "y2": height} for value in years]
    yield layer(
        {"type": "rule", "color": INK, "opacity": 0.13}, lines, {"x": {}, "y": {}, "y2": {"field": "y2"}}
    )
    ticks = [{"x": _x(value, axis), "y": _HEAD - 14, "text": str(value)} for value in years]
    yield _words(ticks, align="center", opacity=0.85)
    if top:
        between = _HEAD + _ROW * top
        yield layer(
            {"type": "rule", "color": INK, "opacity": 0.4},
            [{"x": 0, "x2": _WIDE, "y": between}],
            {"x": {}, "x2": {"field": "x2"}, "y": {}},
        )


def _words(rows: Sequence[dict[str, Any]], *, align: str, size: int = 11, **mark: Any) -> dict[str, Any]:
    style = {"type": "text", "baseline": "middle", "align": align, "color": INK, "fontSize": size, **mark}
    link = {"href": named("href")} if any(row.get("href") for row in rows) else {}
    return layer(style, rows, {"x": {}, "y": {}, "text": named("text"), **link})
