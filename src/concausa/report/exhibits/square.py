"""The property space as a square: four patterns, the cases in them, their moves and readings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import Any

from concausa.core.chart import Chart
from concausa.draw import text
from concausa.draw.network import curve, spread
from concausa.draw.palette import BLUE, GREY, INK, tint
from concausa.draw.theme import as_is, at, layer, named, spec
from concausa.measurement.level_map import memberships
from concausa.report.exhibits.positions import Position, notes
from concausa.report.exhibits.scribe import Scribe
from concausa.report.exhibits.spots import LEFT, SIDE, TOP, Point, Spot, pixel, spots
from concausa.typology.ladder import Ladder
from concausa.typology.space import place

#: The whole picture, in pixels.
_WIDE, _HIGH = 590.0, 586.0


def square(scribe: Scribe, names: Sequence[str], found: Sequence[Position]) -> Chart:
    """The picture of a space of two conditions."""
    held = spots(names, found)
    parts = [
        *_ground(scribe, names, found),
        *_spread_of_readings(held),
        *_moves(scribe, held),
        *_marks(scribe, held),
        *_labels(scribe, held),
        *_key(scribe, held),
    ]
    for part in parts:
        for channel, top in (("x", _WIDE), ("y", _HIGH)):
            field = part["encoding"][channel]["field"]
            part["encoding"][channel] = at(field, 0, top, reverse=channel == "y")
    body = {"width": _WIDE, "height": _HIGH, "layer": parts}
    title = scribe.language.say(
        "Cases by {x} and {y}", x=scribe.name("conditions", names[0]), y=scribe.name("conditions", names[1])
    )
    return Chart("property-space", title, spec(body, fixed=True), _alt(scribe, found), notes(scribe, found))


def _xy() -> dict[str, Any]:
    return {"x": {"field": "x"}, "y": {"field": "y"}}


def _words(rows: Sequence[Mapping[str, Any]], **mark: Any) -> dict[str, Any]:
    style = {"type": "text", "baseline": "middle", "align": "center", "color": INK, "fontSize": 12, **mark}
    return layer(style, rows, {**_xy(), "text": named("text")})


def _ground(scribe: Scribe, names: Sequence[str], found: Sequence[Position]) -> Iterator[dict[str, Any]]:
    """Quadrants with their pattern and expected outcome, crossover lines, and scales in words."""
    quadrants, captions, outcomes = [], [], []
    for right in (0, 1):
        for up in (0, 1):
            pattern, expected, strength = _corner(scribe, names, (right, up))
            left, top = pixel(0.5 * right, 0.5 + 0.5 * up)
            margin = 22.0
            quadrants.append(
                {
                    "x": left - (margin if not right else 0),
                    "x2": left + SIDE / 2 + (margin if right else 0),
                    "y": top - (margin if up else 0),
                    "y2": top + SIDE / 2 + (margin if not up else 0),
                    "fill": tint(BLUE, 0.05 + 0.13 * strength),
                    "pattern": pattern,
                    "expected": expected,
                }
            )
            x, y = pixel(0.25 + 0.5 * right, 0.9 if up else 0.1)
            caption = text.lines(pattern, SIDE / 2 - 8, 13, most=2)
            captions += [{"x": x, "y": y - 8 + 15 * row, "text": line} for row, line in enumerate(caption)]
            outcomes.append(
                {"x": x, "y": y - 7 + 15 * len(caption), "text": f"→ {expected}" if expected else ""}
            )
    yield layer(
        {"type": "rect"},
        quadrants,
        {**_xy(), "x2": {"field": "x2"}, "y2": {"field": "y2"}, "fill": as_is("fill")},
    )
    (cx, cy), far = pixel(0.5, 0.5), 22.0
    lines = [
        {"x": cx, "x2": cx, "y": TOP - far, "y2": TOP + SIDE + far},
        {"x": LEFT - far, "x2": LEFT + SIDE + far, "y": cy, "y2": cy},
    ]
    yield layer(
        {"type": "rule", "color": INK, "opacity": 0.75, "strokeDash": [5, 4]},
        lines,
        {**_xy(), "x2": {"field": "x2"}, "y2": {"field": "y2"}},
    )
    yield _words(captions, fontWeight="bold", fontSize=13)
    yield _words(outcomes)
    yield from _scales(scribe, names, found)


def _corner(scribe: Scribe, names: Sequence[str], corner: tuple[int, int]) -> tuple[str, str, float]:
    """Label of the pattern at a corner, its expected outcome, and how high that is from 0 to 1."""
    study, language = scribe.study, scribe.language
    scales = {name: study.row("conditions", name).levels for name in names}
    levels = {name: scales[name][-1 if high else 0] for name, high in zip(names, corner, strict=True)}
    here = place(
        Ladder(levels, {n: float(v) for n, v in zip(names, corner, strict=True)}, scales), study.patterns
    )
    if not here.strongest:
        return language.say("no pattern"), "", 0.0
    patterns = scribe.patterns(here.strongest)
    outcome = next((row.levels for row in study.conditions if row.id == study.settings.outcome), ())
    ranks = [outcome.index(word) / max(1, len(outcome) - 1) for word in here.expected if word in outcome]
    expected = language.say(" or ").join(language.level(word) for word in here.expected)
    return patterns, expected, sum(ranks) / len(ranks) if ranks else 0.0


def _scales(scribe: Scribe, names: Sequence[str], found: Sequence[Position]) -> Iterator[dict[str, Any]]:
    across, up = (_ticks(scribe, name, found) for name in names)
    foot = TOP + SIDE + 38
    below = [
        {"x": pixel(value, 0)[0], "y": foot + 15 * row, "text": line}
        for value, label in across.items()
        for row, line in enumerate((*text.lines(label, SIDE / max(4, len(across)) - 8), scribe.degree(value)))
    ]
    beside = [
        {"x": LEFT - 30, "y": pixel(0, value)[1] + 14 * row, "text": line}
        for value, label in up.items()
        for row, line in enumerate((label, scribe.degree(value)))
    ]
    for row in beside:
        row["y"] = float(row["y"]) - 7  # type: ignore[arg-type]
    yield _words(below, fontSize=11, opacity=0.85)
    yield _words(beside, fontSize=11, align="right", opacity=0.85)
    deepest = max((float(row["y"]) for row in below), default=foot)  # type: ignore[arg-type]
    yield _words(
        [{"x": LEFT + SIDE / 2, "y": deepest + 24, "text": f"{scribe.name('conditions', names[0])} →"}],
        fontWeight="bold",
    )
    yield _words(
        [{"x": 12, "y": TOP + SIDE / 2, "text": f"{scribe.name('conditions', names[1])} →"}],
        fontWeight="bold",
        angle=270,
    )


def _ticks(scribe: Scribe, name: str, found: Sequence[Position]) -> dict[float, str]:
    """Memberships on an axis with the levels they stand for; levels never reached are named too."""
    study = scribe.study
    levels = study.row("conditions", name).levels
    used = scribe.study.row("level_maps", found[0].placement.maps[name])
    ticks: dict[float, list[str]] = defaultdict(list)
    for level, value in memberships(used, levels).items():
        ticks[value].append(scribe.language.level(level))
    for item in found:
        word = scribe.language.level(item.placement.levels[name])
        if word not in ticks[item.placement.memberships[name]]:
            ticks[item.placement.memberships[name]].append(word)
    return {value: ", ".join(words) for value, words in sorted(ticks.items()) if words}


def _spread_of_readings(held: Sequence[Spot]) -> Iterator[dict[str, Any]]:
    """Bars from the first leading position of a case to every other position of it."""
    leading: dict[str, Spot] = {}
    for spot in held:
        if spot.item.leading:
            leading.setdefault(spot.item.case.id, spot)
    pairs = [(leading[spot.item.case.id], spot) for spot in held if spot.item.case.id in leading]
    bars = [
        {
            "x": start.point[0],
            "y": start.point[1],
            "x2": end.point[0],
            "y2": end.point[1],
            "colour": colour,
            "case": end.item.case.id,
        }
        for start, end, colour in _once(pairs)
    ]
    if bars:
        yield layer(
            {"type": "rule", "strokeWidth": 7, "opacity": 0.3, "strokeCap": "round"},
            bars,
            {**_xy(), "x2": {"field": "x2"}, "y2": {"field": "y2"}, "stroke": as_is("colour")},
        )


def _once(pairs: Sequence[tuple[Spot, Spot]]) -> Iterator[tuple[Spot, Spot, str]]:
    """Pairs of two different places, each once, with its colour: grey where several units share it."""
    found: dict[tuple[Point, Point], list[tuple[Spot, Spot]]] = defaultdict(list)
    for start, end in pairs:
        if start.point != end.point:
            found[start.point, end.point].append((start, end))
    for own in found.values():
        units = {end.item.case.unit.id for _, end in own}
        start, end = own[0]
        yield start, end, end.colour if len(units) == 1 and not end.crowded else GREY


def _moves(scribe: Scribe, held: Sequence[Spot]) -> Iterator[dict[str, Any]]:
    """Arrows from period to period of one unit, from every leading position to every next one."""
    order = [period.id for period in scribe.study.periods]
    by_unit: dict[str, dict[int, list[Spot]]] = defaultdict(lambda: defaultdict(list))
    for spot in held:
        if spot.item.leading:
            by_unit[spot.item.case.unit.id][order.index(spot.item.case.period.id)].append(spot)
    steps = [
        pair
        for own in by_unit.values()
        for here, there in pairwise(sorted(own))
        for pair in product(own[here], own[there])
    ]
    points, heads = [], []
    drawn: Counter[str] = Counter()
    for earlier, later, colour in _once(steps):
        line = curve(earlier.point, later.point, (11.0, 11.0))
        move = f"{earlier.item.case.id} → {later.item.case.id}"
        drawn[move] += 1
        common = {
            "move": f"{move} ({drawn[move]})" if drawn[move] > 1 else move,
            "unit": later.item.case.unit.id,
            "colour": colour,
        }
        points += [{**common, "x": x, "y": y, "step": step} for step, (x, y) in enumerate(line.points)]
        x, y = line.points[-1]
        heads.append({**common, "x": x, "y": y, "angle": round(line.angle, 1)})
    if points:
        yield layer(
            {"type": "line", "strokeWidth": 2},
            points,
            {
                **_xy(), "detail": named("move"), "stroke": as_is("colour"),
                "order": {"field": "step", "type": "quantitative"},
            },
        )  # fmt: skip
        yield layer(
            {
                "type": "point",
                "filled": True,
                "size": 200,
                "opacity": 1,
                "shape": "M0,0L-1.15,0.55L-1.15,-0.55Z",
            },
            heads,
            {**_xy(), "angle": as_is("angle", "quantitative"), "fill": as_is("colour")},
        )


def _marks(scribe: Scribe, held: Sequence[Spot]) -> Iterator[dict[str, Any]]:
    """A mark for each position; where too many units share a place, one that tells of them all."""
    crowds: dict[Point, list[Spot]] = defaultdict(list)
    for spot in held:
        if spot.crowded:
            crowds[spot.point].append(spot)
    first = {id(own[0]): own for own in crowds.values()}
    for leading in (False, True):
        rows = [
            _mark(scribe, first.get(id(spot), [spot]))
            for spot in held
            if (id(spot) in first or not spot.crowded)
            and leading == any(one.item.leading for one in first.get(id(spot), [spot]))
        ]
        if rows:
            ink = {"fill": as_is("colour")} if leading else {}
            yield layer(
                {"type": "point", "opacity": 1, "filled": leading, "strokeWidth": 2,
                 **({} if leading else {"fill": "transparent"})},
                rows,
                {
                    **_xy(), **ink, "stroke": as_is("colour"), "shape": as_is("shape"),
                    "size": as_is("size", "quantitative"), "href": named("href"), "description": named("said"),
                },
            )  # fmt: skip


def _mark(scribe: Scribe, own: Sequence[Spot]) -> dict[str, Any]:
    spot = own[0]
    return {
        "x": spot.point[0],
        "y": spot.point[1],
        "case": ", ".join(dict.fromkeys(one.item.case.id for one in own)),
        "shape": spot.shape,
        "size": 300 if spot.crowded else 170,
        "colour": spot.colour,
        "leading": any(one.item.leading for one in own),
        "tie": spot.item.placement.is_tie,
        **spot.item.placement.memberships,
        "said": "\n".join(dict.fromkeys(_sentence(scribe, one.item) for one in own)),
        "href": f"#codings.{spot.item.codings[0]}" if spot.item.codings else None,
    }


def _labels(scribe: Scribe, held: Sequence[Spot]) -> Iterator[dict[str, Any]]:
    """The names of the cases beside their marks, joined where cases share a place."""
    leading: dict[Point, list[Spot]] = defaultdict(list)
    for spot in held:
        if spot.item.leading:
            leading[spot.point].append(spot)
    wanted, words = [], []
    for (x, y), own in leading.items():
        label = _label(scribe, own)
        wide = text.width(label, 12) * 1.06
        aside = wide / 2 + 12
        around = [
            (x, y + 20), (x, y - 20), (x - aside, y), (x + aside, y - 16),
            (x + aside, y + 16), (x + aside, y), (x - aside, y - 16), (x - aside, y + 16),
        ]  # fmt: skip
        wanted.append((around, [(wide, 15.0)]))
        words.append(label)
    taken = [(*spot.point, 10.0, 10.0) for spot in held]
    for right in (0, 1):
        for up in (0, 1):
            taken.append((*pixel(0.25 + 0.5 * right, 0.9 if up else 0.1), 62.0, 18.0))
    edge = LEFT + SIDE + 22.0
    taken += [
        ((edge + _WIDE) / 2, _HIGH / 2, (_WIDE - edge) / 2, _HIGH),
        (LEFT / 2 - 11, _HIGH / 2, LEFT / 2 - 11, _HIGH),
    ]
    for line in _moves(scribe, held):
        taken += [(row["x"], row["y"], 4.0, 4.0) for row in line["data"]["values"]]
    places = [point for point, _ in spread(wanted, taken)]
    rows = [{"x": x, "y": y, "text": label} for (x, y), label in zip(places, words, strict=True)]
    yield _words(rows, fontWeight="bold")


def _label(scribe: Scribe, own: Sequence[Spot]) -> str:
    say = scribe.language.say
    names = list(dict.fromkeys(spot.item.case.id for spot in own))
    label = (
        scribe.language.plural("{n} case", "{n} cases", len(names)) if own[0].crowded else ", ".join(names)
    )
    if all(spot.item.case.unit.role == "shadow" for spot in own):
        label += f" ({say('shadow case')})"
    return label + (f" ({say('tie')})" if any(spot.item.placement.is_tie for spot in own) else "")


def _key(scribe: Scribe, held: Sequence[Spot]) -> Iterator[dict[str, Any]]:
    say = scribe.language.say
    y = _HIGH - 12
    entries = [(say("leading reading"), True)]
    if any(not spot.item.leading for spot in held):
        entries.append((say("other printed level"), False))
    x = LEFT - 20
    for words, filled in entries:
        row = {"x": x, "y": y, "text": words}
        mark = {"type": "point", "size": 110, "opacity": 1, "stroke": INK, "strokeWidth": 1.6}
        yield layer({**mark, "filled": filled, "fill": INK if filled else "transparent"}, [row], _xy())
        yield _words([{**row, "x": x + 13}], align="left")
        x += text.width(words, 12) + 46
    line = {"x": x, "x2": x + 24, "y": y}
    yield layer(
        {"type": "rule", "color": INK, "opacity": 0.75, "strokeDash": [5, 4]},
        [line],
        {**_xy(), "x2": {"field": "x2"}},
    )
    yield _words([{"x": x + 31, "y": y, "text": say("crossover, 0.5")}], align="left")


def _sentence(scribe: Scribe, item: Position) -> str:
    language = scribe.language
    placed = item.placement
    levels = ", ".join(
        f"{scribe.name('conditions', name)}: {language.level(level)}" for name, level in placed.levels.items()
    )
    where = scribe.patterns(placed.strongest)
    tie = f" ({language.say('tie')})" if placed.is_tie else ""
    return f"{scribe.case_name(item.case)}. {levels}. {where}{tie}"


def _alt(scribe: Scribe, found: Sequence[Position]) -> str:
    say = scribe.language.say
    parts = [say("A square of four patterns with the cases as marks.")]
    for item in found:
        kind = say("leading reading") if item.leading else say("other printed level")
        parts.append(f"{_sentence(scribe, item)} [{kind}].")
    return " ".join(parts)
