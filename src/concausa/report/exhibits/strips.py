"""The property space with one axis or more than two: each case as a line over the conditions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from concausa.core.chart import Chart
from concausa.draw import text
from concausa.draw.apart import apart
from concausa.draw.palette import INK, SERIES
from concausa.draw.theme import as_is, at, layer, named, spec
from concausa.report.exhibits.positions import Position
from concausa.report.exhibits.scribe import Scribe

DASHES = ([1, 0], [6, 3], [2, 2], [9, 3, 2, 3])
#: As many cases at one place are named; more are counted, and named where one points at the mark.
NAMED = 4

#: Pixels: room left, above and below; a strip's height; from strip to strip; from label to label.
_LEFT, _TOP, _BELOW, _HIGH, _STEP, _LINE = 58.0, 14.0, 46.0, 320.0, 150.0, 15.0


def strips(scribe: Scribe, names: Sequence[str], found: Sequence[Position]) -> Chart:
    """A strip from 0 to 1 for each condition, and a line for each case and reading."""
    say = scribe.language.say
    rows = _rows(scribe, names, found)
    ends = _ends(scribe, [row for row in rows if row["strip"] == len(names) - 1])
    high = max(_HIGH, _LINE * len(ends))
    for row in (*rows, *ends):
        row["y"] = _TOP + (1 - row["membership"]) * high
    right = _x(len(names) - 1)
    places = apart([row["y"] for row in ends], _LINE, _TOP, _TOP + high)
    labels = [{"label": row["label"], "x": right + 30, "y": y} for row, y in zip(ends, places, strict=True)]
    stems = [
        {"x": right + 9, "x2": right + 27, "y": row["y"], "y2": y}
        for row, y in zip(ends, places, strict=True)
    ]
    wide = right + 40 + max((text.width(row["label"], 12) * 1.07 for row in ends), default=0)
    parts = [
        *_ground(scribe, names, high),
        *_lines(rows),
        layer(
            {"type": "rule", "color": INK, "opacity": 0.4},
            stems,
            {**_xy(), "x2": {"field": "x2"}, "y2": {"field": "y2"}},
        ),
        layer(
            {"type": "point", "size": 90, "strokeWidth": 2, "opacity": 1},
            rows,
            {
                **_xy(), "stroke": as_is("colour"), "href": named("href"), "description": named("said"),
                "fill": {"condition": {"test": "datum.leading", **as_is("colour")}, "value": "transparent"},
            },
        ),
        _words(labels, align="left", fontWeight="bold"),
    ]  # fmt: skip
    height = _TOP + high + _BELOW
    for part in parts:
        for channel, most in (("x", wide), ("y", height)):
            part["encoding"][channel] = at(channel, 0, most, reverse=channel == "y")
    body = {"width": wide, "height": height, "layer": parts}
    alt = " ".join([say("A line for each case over the conditions."), *(f"{row['told']}." for row in rows)])
    note = say("The patterns join {n} conditions, so the space cannot be drawn as a square.", n=len(names))
    return Chart("property-space", say("Cases by condition"), spec(body, fixed=True), alt, (note,))


def _x(strip: int) -> float:
    return _LEFT + _STEP * (strip + 0.5)


def _rows(scribe: Scribe, names: Sequence[str], found: Sequence[Position]) -> list[dict[str, Any]]:
    """A mark for each case, reading and condition; marks of one place all tell of every case there."""
    cases = list(dict.fromkeys(item.case.id for item in found))
    rows: list[dict[str, Any]] = []
    told: dict[tuple[int, float], list[str]] = defaultdict(list)
    for number, item in enumerate(found):
        for strip, name in enumerate(names):
            level, membership = (
                scribe.language.level(item.placement.levels[name]),
                item.placement.memberships[name],
            )
            place = cases.index(item.case.id)
            told[strip, membership].append(
                f"{scribe.case_name(item.case)}, {scribe.name('conditions', name)}: {level}"
            )
            rows.append(
                {
                    "strip": strip,
                    "x": _x(strip),
                    "condition": scribe.name("conditions", name),
                    "membership": membership,
                    "level": level,
                    "case": item.case.id,
                    "reading": number,
                    "leading": item.leading,
                    "colour": SERIES[place % len(SERIES)],
                    "dash": place % len(DASHES),
                    "told": told[strip, membership][-1],
                    "href": f"#codings.{item.codings[0]}" if item.codings else None,
                }
            )  # fmt: skip
    for row in rows:
        row["said"] = "; ".join(dict.fromkeys(told[row["strip"], row["membership"]]))
    return rows


def _ends(scribe: Scribe, last: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What stands beside the last strip: the cases whose leading line ends at each place."""
    together: dict[float, list[str]] = defaultdict(list)
    for row in last:
        if row["leading"] and row["case"] not in together[row["membership"]]:
            together[row["membership"]].append(row["case"])
    return [
        {
            "membership": membership,
            "label": ", ".join(cases)
            if len(cases) <= NAMED
            else scribe.language.plural("{n} case", "{n} cases", len(cases)),
        }
        for membership, cases in together.items()
        if cases
    ]


def _lines(rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, dash in enumerate(DASHES):
        if own := [row for row in rows if row["dash"] == number]:
            yield layer(
                {"type": "line", "strokeDash": dash, "strokeWidth": 2},
                own,
                {
                    **_xy(), "detail": named("reading"), "stroke": as_is("colour"),
                    "order": {"field": "strip", "type": "quantitative"},
                    "strokeOpacity": {"condition": {"test": "datum.leading", "value": 1}, "value": 0.35},
                },
            )  # fmt: skip


def _ground(scribe: Scribe, names: Sequence[str], high: float) -> Iterator[dict[str, Any]]:
    """The strips with their names, memberships, and the crossover line."""
    end = _x(len(names) - 1)
    levels = [{"x": _LEFT, "x2": end, "y": _TOP + high * share} for share in (0, 0.25, 0.75, 1)]
    uprights = [{"x": _x(strip), "y": _TOP, "y2": _TOP + high} for strip in range(len(names))]
    half = [{"x": _LEFT, "x2": end, "y": _TOP + high / 2}]
    yield layer({"type": "rule", "color": INK, "opacity": 0.13}, levels, {**_xy(), "x2": {"field": "x2"}})
    yield layer({"type": "rule", "color": INK, "opacity": 0.3}, uprights, {**_xy(), "y2": {"field": "y2"}})
    yield layer(
        {"type": "rule", "color": INK, "opacity": 0.75, "strokeDash": [5, 4]},
        half,
        {**_xy(), "x2": {"field": "x2"}},
    )
    ticks = [
        {"x": _LEFT - 8, "y": _TOP + high * (1 - share), "label": scribe.language.number(share)}
        for share in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    yield _words(ticks, align="right")
    heads = [
        {"x": _x(strip), "y": _TOP + high + 18 + 14 * row, "label": line}
        for strip, name in enumerate(names)
        for row, line in enumerate(text.lines(scribe.name("conditions", name), _STEP - 10, 12, most=2))
    ]
    yield _words(heads, align="center")
    title = [{"x": 12, "y": _TOP + high / 2, "label": scribe.language.say("Membership")}]
    yield _words(title, align="center", angle=270)


def _xy() -> dict[str, Any]:
    return {"x": {}, "y": {}}


def _words(rows: Sequence[dict[str, Any]], **mark: Any) -> dict[str, Any]:
    style = {"type": "text", "baseline": "middle", "color": INK, "fontSize": 12, **mark}
    return layer(style, rows, {**_xy(), "text": named("label")})
