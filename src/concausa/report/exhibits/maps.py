"""Maps of the units, shaded by printed numbers or open data; what has no number stays unshaded."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from concausa.core.chart import Chart
from concausa.core.errors import ConcausaError, DateError
from concausa.core.table import Cell, Heading, Link, Table
from concausa.draw.breaks import breaks, class_of
from concausa.draw.geography import middle, rewound
from concausa.draw.palette import BLUE, HATCH, INK, ORANGE, ramp, tint
from concausa.draw.theme import layer, named, spec
from concausa.record.map_spec import MapSpec
from concausa.registry.series import SeriesError
from concausa.registry.territory import MapError, Shade, boundaries, shades
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.scribe import Scribe
from concausa.report.language import Language
from concausa.study.study import Study

_SIZE = (640, 420)
#: From line to line of a label, in pixels.
_LINE = 13.0
#: The strongest shade of a class: one on which words still have a contrast of 4.5 to 1, dark ones on a
#: light page and light ones on a dark page.
STRONGEST = 0.76


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of a map, weakest first.

    Parameters
    ----------
    labels : tuple of str
        One a class.
    of : mapping of str to int
        The class of each unit that has a number.
    """

    labels: tuple[str, ...]
    of: Mapping[str, int]


def maps(study: Study, language: Language) -> Exhibit | None:
    """The exhibit of all maps, or None when the study declares none."""
    if not study.maps:
        return None
    scribe = Scribe(study, language)
    say = language.say
    charts, tables, failed = [], [], []
    for declared in study.maps:
        try:
            found = shades(declared, study.units, study.facts, study.series, study.origin.folder)
            charts.append(_map(scribe, declared, found))
            tables.append(_table(scribe, declared, found))
        except (MapError, SeriesError, DateError) as error:
            failed.append((declared, error))
    if failed:
        tables.append(_failures(scribe, failed))
    return Exhibit(
        "maps",
        "funds",
        scribe.titled("maps", say("Maps")),
        say(
            "Shaded units have a number; hatched ones have none, and nothing was filled in for them. "
            "Each map has a table with its numbers and their sources."
        ),
        tables=tuple(tables),
        charts=tuple(charts),
    )


def _failures(scribe: Scribe, failed: Sequence[tuple[MapSpec, ConcausaError]]) -> Table:
    """The maps that could not be drawn, and why."""
    say = scribe.language.say
    return Table.of(
        "maps-not-drawn",
        say("Maps that cannot be drawn"),
        [Heading("map", say("Map")), Heading("why", say("Why")), Heading("fix", say("What to do"))],
        [[declared.id, Cell(error.what, tone="bad"), error.fix] for declared, error in failed],
    )


def classes(scribe: Scribe, declared: MapSpec, found: Sequence[Shade]) -> Classes:
    """The classes of a map: as declared; each value its own if there are four or fewer; else five."""
    numbers = {shade.unit.id: shade.value for shade in found if shade.value is not None}
    distinct = sorted(set(numbers.values()))
    if not declared.breaks and len(distinct) <= 4:
        order = distinct[::-1] if declared.more == "lower" else distinct
        labels = tuple(_number(scribe, value, printed=bool(declared.values)) for value in order)
        return Classes(labels, {id: order.index(value) for id, value in numbers.items()})
    inner = _edges(declared) or breaks([float(value) for value in distinct])
    say = scribe.language.say
    if not inner:
        return Classes((say("one value"),), dict.fromkeys(numbers, 0))
    written = [Decimal(repr(edge)).normalize() for edge in inner]
    digits = max(0, *(-int(edge.as_tuple().exponent) for edge in written))
    edges = [scribe.language.number(edge, digits) for edge in written]
    labels = (
        say("under {edge}", edge=edges[0]),
        *(say("{low} to under {high}", low=low, high=high) for low, high in pairwise(edges)),
        say("{edge} and more", edge=edges[-1]),
    )
    of = {id: class_of(float(value), inner) for id, value in numbers.items()}
    if declared.more == "lower":
        return Classes(labels[::-1], {id: len(labels) - 1 - number for id, number in of.items()})
    return Classes(labels, of)


def _edges(declared: MapSpec) -> tuple[float, ...]:
    """The breaks that the study declares; MapError unless they are rising numbers."""
    try:
        inner = tuple(float(edge) for edge in declared.breaks)
    except ValueError:
        inner = (math.nan,)
    if any(not low < high for low, high in pairwise(inner)) or not all(map(math.isfinite, inner)):
        raise MapError(
            f"the breaks {'; '.join(declared.breaks)} are not rising numbers", where=f"maps {declared.id}",
            fix="write them as 10; 20; 50",
        )  # fmt: skip
    return inner


def _number(scribe: Scribe, value: Decimal, *, printed: bool = False) -> str:
    """A printed number keeps its digits; a computed one gets as many as its size bears."""
    if printed:
        return scribe.language.number(value)
    size = abs(value)
    return scribe.language.number(value, 0 if size >= 100 else 1 if size >= 10 else 2)


def _map(scribe: Scribe, declared: MapSpec, found: Sequence[Shade]) -> Chart:
    study, language = scribe.study, scribe.language
    shapes = boundaries(declared, study.units, study.origin.folder)
    sorted_into = classes(scribe, declared, found)
    nothing = _nothing(language, declared)
    remarks = tuple(dict.fromkeys(_remark(scribe, declared, shade) for shade in found if _only_remark(shade)))
    colours = _colours(len(sorted_into.labels))
    features, words = [], []
    for shade in found:
        if shade.unit.id not in shapes:
            continue
        shape = rewound(shapes[shade.unit.id])
        if _only_remark(shade):
            group = _remark(scribe, declared, shade)
        elif shade.value is None:
            group = nothing
        else:
            group = sorted_into.labels[sorted_into.of[shade.unit.id]]
        features.append(
            {
                "type": "Feature",
                "geometry": shape,
                "unit": shade.unit.id,
                "group": group,
                "value": None if shade.value is None else round(float(shade.value), 6),
                "said": _sentence(scribe, declared, shade, group),
                "href": f"#facts.{shade.facts[0]}" if shade.facts else f"#units.{shade.unit.id}",
                "core": shade.unit.role != "population",
            }
        )
        words += _labels(scribe, declared, shade, shape)
    domain = [*sorted_into.labels[::-1], *remarks, nothing]
    present = {feature["group"] for feature in features}
    palette = [*colours[::-1], *(tint(ORANGE, 0.55) for _ in remarks), HATCH]
    shown = [
        (name, colour)
        for name, colour in zip(domain, palette, strict=True)
        if name in present or name not in (nothing, *remarks)
    ]
    body = {
        "width": _SIZE[0],
        "height": _SIZE[1],
        "projection": {"type": "mercator"},
        "layer": [
            _ground(features, shown, _unit_of_measure(scribe, declared)),
            *_text(words),
        ],
    }
    title = _title(scribe, declared)
    return Chart(
        f"map-{declared.id}",
        title,
        spec(body),
        _alt(scribe, declared, found, title),
        _notes(scribe, declared, found),
    )


def _colours(count: int) -> tuple[str, ...]:
    return ramp(BLUE, max(count, 2), STRONGEST)[-count:] if count else ()


def _ground(
    features: Sequence[Mapping[str, Any]], shown: Sequence[tuple[str, str]], title: str
) -> dict[str, Any]:
    return layer(
        {"type": "geoshape", "stroke": INK, "strokeOpacity": 0.55, "strokeWidth": 0.6},
        features,
        {
            "fill": {
                "field": "group",
                "type": "nominal",
                "scale": {"domain": [name for name, _ in shown], "range": [colour for _, colour in shown]},
                "legend": {
                    "title": title,
                    "orient": "bottom",
                    "columns": 3,
                    "symbolType": "square",
                    "symbolSize": 190,
                    "symbolStrokeWidth": 0.6,
                    "rowPadding": 4,
                    "columnPadding": 24,
                    "offset": 6,
                },
            },
            "strokeWidth": {"condition": {"test": "datum.core", "value": 1.7}, "value": 0.6},
            "href": named("href"),
            "description": named("said"),
        },
    )


def _text(words: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Lines of one label share a point; what parts them is counted in pixels, whatever the map's scale."""
    for shift in sorted({row["shift"] for row in words}):
        yield layer(
            {
                "type": "text",
                "fontSize": 11,
                "fontWeight": "bold",
                "color": INK,
                "baseline": "middle",
                "dy": shift,
            },
            [row for row in words if row["shift"] == shift],
            {
                "longitude": {"field": "x", "type": "quantitative"},
                "latitude": {"field": "y", "type": "quantitative"},
                "text": named("text"),
            },
        )


def _labels(
    scribe: Scribe, declared: MapSpec, shade: Shade, shape: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The unit's short name, and its number if it is printed in the text; for units looked at."""
    printed = shade.facts and shade.value is not None
    if shade.unit.role == "population" and not printed and not shade.remark:
        return []
    x, y = middle(shape)
    lines = [
        shade.unit.id,
        *([_number(scribe, shade.value, printed=True)] if printed and shade.value is not None else []),
    ]
    top = -_LINE * (len(lines) - 1) / 2
    return [
        {"x": round(x, 5), "y": round(y, 5), "shift": top + _LINE * row, "text": line}
        for row, line in enumerate(lines)
    ]


def _only_remark(shade: Shade) -> bool:
    return bool(shade.remark) and shade.value is None


def _remark(scribe: Scribe, declared: MapSpec, shade: Shade) -> str:
    """The remark on a unit in the report's language, behind the unit's name."""
    position = next(
        number
        for number, text in enumerate(declared.remarks)
        if text.partition("=")[0].strip() == shade.unit.id
    )
    told = scribe.language.of(scribe.study, "maps", declared, "remarks").split(";")
    words = told[position].partition("=")[2].strip() if position < len(told) else shade.remark
    return f"{shade.unit.id}: {words or shade.remark}"


def _nothing(language: Language, declared: MapSpec) -> str:
    return language.say("not in the text") if declared.values else language.say("no value in the data")


def _unit_of_measure(scribe: Scribe, declared: MapSpec) -> str:
    return scribe.language.of(scribe.study, "maps", declared, "measured_in")


def _sentence(scribe: Scribe, declared: MapSpec, shade: Shade, group: str) -> str:
    name = scribe.language.of(scribe.study, "units", shade.unit, "name")
    if shade.value is None:
        return f"{name}: {group}"
    return f"{name}: {_number(scribe, shade.value, printed=bool(shade.facts))} {_unit_of_measure(scribe, declared)}"


def _alt(scribe: Scribe, declared: MapSpec, found: Sequence[Shade], title: str) -> str:
    numbered = sorted(
        (shade for shade in found if shade.value is not None),
        key=lambda shade: (-float(shade.value or 0), shade.unit.id),
    )
    said = "; ".join(_sentence(scribe, declared, shade, "") for shade in numbered[:6])
    without = sum(shade.value is None for shade in found)
    return scribe.language.say(
        "Map. {title}. Highest numbers: {said}. Units without a number: {without}.",
        title=title, said=said, without=without,
    )  # fmt: skip


def _notes(scribe: Scribe, declared: MapSpec, found: Sequence[Shade]) -> tuple[str, ...]:
    language, study = scribe.language, scribe.study
    notes = []
    sources = [declared.source] if declared.source else []
    sources += [one.source for one in study.series if one.id in (declared.series, declared.per)]
    sources += [fact.source for fact in study.facts if any(fact.id in shade.facts for shade in found)]
    if named_sources := list(dict.fromkeys(sources)):
        notes.append(language.say("Sources: {sources}.", sources=", ".join(named_sources)))
    if any(len(shade.facts) > 1 for shade in found):
        sums = "; ".join(
            f"{shade.unit.id}: {' + '.join(shade.facts)}" for shade in found if len(shade.facts) > 1
        )
        notes.append(language.say("Sums of printed numbers, made here: {sums}.", sums=sums))
    if declared.note:
        notes.append(language.of(study, "maps", declared, "note"))
    return (*notes, *scribe.label_notes(f"maps.{declared.id}"))


def _title(scribe: Scribe, declared: MapSpec) -> str:
    return scribe.titled(f"maps.{declared.id}", scribe.language.of(scribe.study, "maps", declared, "label"))


def _table(scribe: Scribe, declared: MapSpec, found: Sequence[Shade]) -> Table:
    language, say = scribe.language, scribe.language.say
    order = sorted(found, key=lambda shade: (shade.value is None, not shade.remark, -float(shade.value or 0)))
    if declared.more == "lower":
        order = sorted(
            found, key=lambda shade: (shade.value is None, not shade.remark, float(shade.value or 0))
        )
    rows = []
    for shade in order:
        if shade.value is None and not shade.remark and declared.values:
            continue
        links = tuple(Link("facts", id) for id in shade.facts)
        number = (
            Cell("", missing=True)
            if shade.value is None
            else Cell(
                _number(scribe, shade.value, printed=bool(shade.facts)), value=float(shade.value), links=links
            )
        )
        remark = _remark(scribe, declared, shade) if shade.remark else ""
        rows.append((scribe.unit(shade.unit.id), number, Cell(remark)))
    without = sum(shade.value is None and not shade.remark for shade in found)
    notes = [*_notes(scribe, declared, found)]
    if declared.values and without:
        notes.append(
            language.plural(
                "The text gives nothing for {n} further unit.",
                "The text gives nothing for {n} further units.",
                without,
            )
        )
    return Table(
        f"map-{declared.id}",
        _title(scribe, declared),
        (
            Heading("unit", say("Unit")),
            Heading("value", _unit_of_measure(scribe, declared), "right"),
            Heading("remark", say("Remark")),
        ),
        tuple(rows),
        tuple(notes),
    )
