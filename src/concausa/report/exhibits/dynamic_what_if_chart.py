"""What scenarios change: for every scenario and stock the difference in the last year, with its range."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from concausa.core.chart import Chart
from concausa.draw.palette import BLUE, GREY, INK
from concausa.draw.theme import as_is, layer, named, spec
from concausa.dynamics.counterfactual import Counterfactual
from concausa.report.exhibits.dynamic_words import Teller
from concausa.theory.dynamic_spec import ScenarioSpec

_ROW = 17


def chart(tell: Teller, found: Sequence[tuple[ScenarioSpec, Counterfactual]]) -> Chart:
    """A strip a scenario, unit and stock; grey where the assumptions drive the answer."""
    say, scribe = tell.scribe.language.say, tell.scribe
    rows: list[dict[str, Any]] = []
    for asked, one in found:
        year = one.years[-1]
        driven = {narrowing.what for narrowing in one.assumed}
        for unit in one.units:
            for stock in one.changed.model.stock_names:
                low, lower, middle, upper, high = one.envelopes(stock, unit)[2].at(year)
                assumed = f"the difference in {stock} of {unit} in {year}" in driven
                name = scribe.language.of(scribe.study, "scenarios", asked, "label")
                told = say(
                    "{scenario}: {stock} of {unit} differs by {middle} ({low} to {high}) in {year}",
                    scenario=name, stock=tell.label(stock), unit=unit, middle=tell.number(middle),
                    low=tell.number(low), high=tell.number(high), year=year,
                )  # fmt: skip
                rows.append({
                    "row": f"{asked.id} · {unit} · {stock}", "low": low, "lower": lower, "middle": middle,
                    "upper": upper,
                    "high": high, "colour": GREY if assumed else BLUE, "said": told, "href": f"#scenarios.{asked.id}",
                })  # fmt: skip
    order = [row["row"] for row in rows]
    down = {
        "field": "row", "type": "nominal", "sort": order, "scale": {"domain": order},
        "axis": {"title": None, "labelLimit": 0, "ticks": False, "domain": False, "labelPadding": 8},
    }  # fmt: skip
    across = {
        "type": "quantitative", "title": say("Difference that the changes make in the last year"),
        "scale": {"domain": [-1, 1], "nice": False},
        "axis": {"tickCount": 9, "format": "+.2~f", "titleAlign": "left", "titleAnchor": "start"},
    }  # fmt: skip
    strip = {"x2": {"field": "high"}, "y": down, "stroke": as_is("colour")}
    layers = [
        layer({"type": "rule", "color": INK, "opacity": 0.6}, [{"at": 0}], {"x": {"field": "at", **across}}),
        layer({"type": "rule", "strokeWidth": 2}, rows, {"x": {"field": "low", **across}, **strip}),
        layer({"type": "rule", "strokeWidth": 6}, rows, {
            "x": {"field": "lower", **across}, **strip, "x2": {"field": "upper"}, "href": named("href"),
            "description": named("said"),
        }),
        layer({"type": "point", "filled": True, "size": 45, "opacity": 1, "stroke": INK}, rows,
              {"x": {"field": "middle", **across}, "y": down, "fill": as_is("colour")}),
    ]  # fmt: skip
    notes = (
        say(
            "Points: medians. Thick lines: the middle half of the draws; thin lines: nine in ten. Grey: driven by the "
            "assumptions. The labels name the scenario, the unit and the stock."
        ),
    )
    body = {
        "width": 380, "height": _ROW * len(rows), "layer": layers,
        "padding": {"left": 60, "right": 6, "top": 6, "bottom": 6},
    }  # fmt: skip
    alt = " ".join(f"{row['said']}." for row in rows)
    return Chart(
        tell.name("what-if"),
        tell.titled(say("By how much each scenario moves each stock")),
        spec(body),
        alt,
        notes,
    )
