"""A chart of causal answers: each case and model, before and after the other cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from concausa.audit.case_answer import CaseAnswer
from concausa.core.chart import Chart
from concausa.draw.palette import BLUE, GREY
from concausa.draw.theme import as_is, layer, named, spec
from concausa.report.exhibits.scribe import Scribe

_ROW = 17
#: Where the two strips of a row lie, in pixels from its middle, and the length at which a point is drawn.
_BEFORE, _AFTER, _POINT = -3, 3, 0.006


def chart(scribe: Scribe, found: Sequence[CaseAnswer]) -> Chart:
    """Two strips a case and model, question below question."""
    say = scribe.language.say
    rows = [_row(scribe, one) for one in found if one.prior and one.posterior]
    order = [row["row"] for row in rows]
    across = {
        "type": "quantitative",
        "title": say("Probability that it made the difference in the case"),
        "scale": {"domain": [0, 1], "nice": False},
        "axis": {"tickCount": 6, "titleAlign": "left", "titleAnchor": "start", "grid": True},
    }
    down = {
        "field": "row", "type": "nominal", "sort": order, "scale": {"domain": order},
        "axis": {"title": None, "labelLimit": 0, "ticks": False, "domain": False, "labelPadding": 8},
    }  # fmt: skip
    layers = []
    for part, offset, width, colour in (("before", _BEFORE, 2, GREY), ("after", _AFTER, 5, BLUE)):
        strips = [
            {
                "row": row["row"], "low": row[part][0], "high": row[part][1], "colour": colour,
                "said": row["said"], "href": row["href"],
            }
            for row in rows
        ]  # fmt: skip
        encoding: dict[str, Any] = {
            "x": {"field": "low", **across},
            "x2": {"field": "high"},
            "y": down,
            "stroke": as_is("colour"),
        }
        if part == "after":
            encoding |= {"href": named("href"), "description": named("said")}
        mark = {"type": "rule", "strokeWidth": width, "yOffset": offset, "strokeCap": "butt"}
        layers.append(layer(mark, strips, encoding))
    notes = (
        say(
            "In each row the thin upper line is the answer before the other cases, the thick lower line the answer "
            "after them. Its length is what the study leaves open about the case."
        ),
    )
    alt = " ".join([say("Lines of probabilities."), *(f"{row['said']}." for row in rows)])
    return Chart(
        "causal-models",
        say("What the models say, and what the other cases add"),
        # The page may set the labels in a wider font than that in which they were measured.
        spec(
            {
                "width": 400,
                "height": _ROW * len(rows),
                "padding": {"left": 60, "right": 6, "top": 6, "bottom": 6},
                "layer": layers,
            }
        ),
        alt,
        notes,
    )


def _row(scribe: Scribe, one: CaseAnswer) -> dict[str, Any]:
    assert one.prior
    assert one.posterior
    number, say = scribe.language.number, scribe.language.say
    told = say(
        "{question}, {case}, {model}: {low} to {high} before, {least} to {most} after",
        question=one.question, case=one.case, model=one.model,
        low=number(one.prior[0], 2), high=number(one.prior[1], 2),
        least=number(one.posterior[0], 2), most=number(one.posterior[1], 2),
    )  # fmt: skip
    return {
        "row": f"{one.question} · {one.case} · {one.model}",
        "before": _ends(one.prior),
        "after": _ends(one.posterior),
        "said": told,
        "href": f"#causal_queries.{one.question}",
    }


def _ends(span: tuple[float, float]) -> list[float]:
    """Both ends; a point is drawn as a short line."""
    low, high = span
    if high - low < _POINT:
        low, high = max(0.0, low - _POINT / 2), min(1.0, high + _POINT / 2)
    return [round(low, 4), round(high, 4)]
