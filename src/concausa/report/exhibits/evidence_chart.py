"""A chart of weights: what each question started from, what the evidence adds, and where it ends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from concausa.audit.weighed import Weighed
from concausa.core.chart import Chart
from concausa.draw.palette import BLUE, GREY, INK, ORANGE
from concausa.draw.theme import as_is, layer, named, spec
from concausa.report.exhibits.scribe import Scribe
from concausa.tracing.weight import Weight, signed

#: Decibels at which the axis ends; what lies beyond is cut there, and said to be.
EDGE = 32.0
_ROW = 26
#: Where the three strips of a row lie, in pixels from its middle.
_PRIOR, _EVIDENCE, _AFTER = -7, 0, 7


def chart(scribe: Scribe, found: Sequence[Weighed]) -> Chart:
    """Three strips a question: prior odds, weight of the evidence, posterior odds, all in decibels."""
    say = scribe.language.say
    rows = [_strips(scribe, one) for one in found]
    order = [row["row"] for row in rows]
    ends = (-EDGE, EDGE)
    across = {
        "type": "quantitative",
        "title": say("Decibels: against the hypothesis to the left, for it to the right"),
        "scale": {"domain": list(ends), "nice": False},
        "axis": {"tickCount": 7, "titleAlign": "left", "titleAnchor": "start", "grid": True},
    }
    down = {
        "field": "row", "type": "nominal", "sort": order, "scale": {"domain": order},
        "axis": {"title": None, "labelLimit": 0, "ticks": False, "domain": False, "labelPadding": 8},
    }  # fmt: skip
    layers = [
        layer(
            {"type": "rule", "strokeWidth": 1, "strokeDash": [3, 3], "color": INK},
            [{"zero": 0}],
            {"x": {"field": "zero", **across}},
        )
    ]
    for part, offset, width, colour in (
        ("prior", _PRIOR, 2, GREY),
        ("evidence", _EVIDENCE, 6, BLUE),
        ("after", _AFTER, 3, ORANGE),
    ):
        strips = [
            {"row": row["row"], "low": row[part][0], "high": row[part][1], "colour": colour,
             "said": row["said"], "href": row["href"]}
            for row in rows
            if row[part]
        ]  # fmt: skip
        encoding: dict[str, Any] = {
            "x": {"field": "low", **across},
            "x2": {"field": "high"},
            "y": down,
            "stroke": as_is("colour"),
        }
        if part == "evidence":
            encoding |= {"href": named("href"), "description": named("said")}
        layers.append(
            layer(
                {"type": "rule", "strokeWidth": width, "yOffset": offset, "strokeCap": "round"},
                strips,
                encoding,
            )
        )
    title = say("What the priors do and what the evidence does")
    notes = [
        say(
            "In each row the thin upper line is the prior, the thick middle line the weight of the evidence, the lower "
            "line what both come to. A verdict is reached where the lower line lies wholly on one side."
        )
    ]
    if any(row["cut"] for row in rows):
        notes.append(say("Lines that reach the edge go on beyond it; the table has their ends."))
    alt = " ".join([say("Lines of decibels."), *(f"{row['said']}." for row in rows)])
    return Chart(
        "evidence-tests",
        title,
        spec({"width": 430, "height": _ROW * len(rows), "layer": layers}),
        alt,
        tuple(notes),
    )


def _strips(scribe: Scribe, one: Weighed) -> dict[str, Any]:
    ledger = one.ledger
    parts = {"prior": ledger.prior_weight(), "evidence": ledger.weight(), "after": ledger.odds()}
    unit = one.question.unit
    period = one.question.period
    parts_of = (
        "; ".join(one.question.about),
        scribe.name("units", unit, "name") if unit else "",
        scribe.name("periods", period, "label") if period else "",
    )
    name = ", ".join(filter(None, parts_of))
    told = scribe.language.say(
        "{question}: prior {prior}, evidence {evidence}, together {after} decibels",
        question=name,
        **{key: _told(scribe, part) for key, part in parts.items()},
    )
    return {
        "row": f"{name} ({one.question.id})" if not one.question.about else name,
        **{key: _cut(part) for key, part in parts.items()},
        "cut": any(part is not None and max(map(abs, part.decibels)) > EDGE for part in parts.values()),
        "said": f"{told}; {scribe.language.level(ledger.verdict)}",
        "href": f"#questions.{one.question.id}",
    }


def _cut(weight: Weight | None) -> list[float] | None:
    """Both ends within the axis; a point is drawn as a short line."""
    if weight is None:
        return None
    low, high = (min(EDGE, max(-EDGE, end)) for end in weight.decibels)
    if high - low < 0.3:
        low, high = max(-EDGE, low - 0.15), min(EDGE, high + 0.15)
    return [round(low, 3), round(high, 3)]


def _told(scribe: Scribe, weight: Weight | None) -> str:
    if weight is None:
        return scribe.language.say("undefined")
    low, high = (
        signed(end) if math.isinf(end) else scribe.language.number(round(end, 1) + 0.0, 1)
        for end in weight.decibels
    )
    return low if low == high else scribe.language.say("{low} to {high}", low=low, high=high)
