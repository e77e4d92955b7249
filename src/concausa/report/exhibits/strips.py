"""The property space with one axis or more than two: each case as a line over the conditions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from concausa.core.chart import Chart
from concausa.draw.palette import INK, SERIES
from concausa.draw.theme import as_is, layer, named, spec
from concausa.report.exhibits.positions import Position
from concausa.report.exhibits.scribe import Scribe

DASHES = ([1, 0], [6, 3], [2, 2], [9, 3, 2, 3])


def strips(scribe: Scribe, names: Sequence[str], found: Sequence[Position]) -> Chart:
    """A strip from 0 to 1 for each condition, and a line for each case and reading."""
    say = scribe.language.say
    cases = list(dict.fromkeys(item.case.id for item in found))
    labels = {name: scribe.name("conditions", name) for name in names}
    rows: list[dict[str, Any]] = []
    for number, item in enumerate(found):
        for name in names:
            rows.append(
                {
                    "condition": labels[name],
                    "membership": item.placement.memberships[name],
                    "level": scribe.language.level(item.placement.levels[name]),
                    "case": item.case.id,
                    "reading": number,
                    "leading": item.leading,
                    "colour": SERIES[cases.index(item.case.id) % len(SERIES)],
                    "said": f"{scribe.case_name(item.case)}, {labels[name]}: "
                    f"{scribe.language.level(item.placement.levels[name])}",
                    "href": f"#codings.{item.codings[0]}" if item.codings else None,
                }
            )
    across = {
        "field": "condition", "type": "nominal", "sort": list(labels.values()), "title": None,
        "axis": {"labelAngle": 0, "grid": True}, "scale": {"padding": 0.5},
    }  # fmt: skip
    up = {
        "field": "membership", "type": "quantitative", "scale": {"domain": [0, 1]}, "title": say("Membership"),
    }  # fmt: skip
    dash = {
        "field": "case", "type": "nominal", "legend": None,
        "scale": {"domain": cases, "range": [DASHES[n % len(DASHES)] for n in range(len(cases))]},
    }  # fmt: skip
    last = labels[names[-1]]
    ends = [row for row in rows if row["condition"] == last and row["leading"]]
    body = {
        "width": max(180, 150 * len(names)),
        "height": 320,
        "layer": [
            layer({"type": "rule", "color": INK, "strokeDash": [5, 4]}, [{"half": 0.5}],
                  {"y": {"field": "half", "type": "quantitative"}}),
            layer("line", rows, {
                "x": across, "y": up, "detail": named("reading"), "stroke": as_is("colour"), "strokeDash": dash,
                "strokeOpacity": {"condition": {"test": "datum.leading", "value": 1}, "value": 0.35},
            }),
            layer({"type": "point", "size": 90, "strokeWidth": 2}, rows, {
                "x": across, "y": up, "stroke": as_is("colour"), "href": named("href"), "description": named("said"),
                "fill": {"condition": {"test": "datum.leading", **as_is("colour")}, "value": "transparent"},
            }),
            layer({"type": "text", "align": "left", "dx": 12, "fontWeight": "bold", "color": INK}, ends,
                  {"x": across, "y": up, "text": named("case")}),
        ],
    }  # fmt: skip
    alt = " ".join([say("A line for each case over the conditions."), *(f"{row['said']}." for row in rows)])
    note = say("The patterns join {n} conditions, so the space cannot be drawn as a square.", n=len(names))
    return Chart("property-space", say("Cases by condition"), spec(body), alt, (note,))
