"""Charts of a dynamic model: trajectories, paths in the property space, patterns over time, what if, tipping.

Every number drawn stands in a table as well: of envelopes in ``envelope.table``, of patterns in
``standing_table``, of counterfactuals and tipping values in their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from concausa.core.chart import Chart
from concausa.draw import text
from concausa.draw.palette import BLUE, GREEN, GREY, HATCH, INK, ORANGE, PURPLE, SERIES, tint
from concausa.draw.theme import layer, named, spec
from concausa.dynamics.band import Band
from concausa.dynamics.chart_parts import (
    DASHES,
    PADDING,
    Mark,
    Say,
    boxes,
    ends,
    heading,
    key,
    levels,
    marks,
    plain,
    ribbons,
    rules,
    shares_axis,
    years_axis,
)
from concausa.dynamics.counterfactual import Counterfactual
from concausa.dynamics.envelope import Envelope
from concausa.dynamics.runs import Runs
from concausa.dynamics.standing import BEHIND, TIED, Standing
from concausa.dynamics.tipping import Tipping
from concausa.expr.boolean import atoms, parse
from concausa.expr.evaluate import membership

#: Pixels of one panel.
WIDE, HIGH = 250, 130


def trajectories(
    envelopes: Sequence[Envelope],
    *,
    bands: Sequence[Band] = (),
    happened: Mapping[str, Sequence[Mark]] | None = None,
    columns: int = 2,
    name: str = "trajectories",
    title: str = "",
    say: Say = plain,
) -> Chart:
    """Stocks over the years: medians, the middle half and nine in ten draws, beside what was coded.

    Parameters
    ----------
    envelopes : sequence of Envelope
        One panel each.
    bands : sequence of Band
        Drawn as boxes in the panel of the stock that their formula names.
    happened : mapping of str to sequence of Mark, optional
        For each unit what is drawn as rules; see ``chart_parts.marks``.
    """
    drawn = []
    for told in envelopes:
        x, y = years_axis(told.years), shares_axis()
        own = [band for band in bands if (band.unit, band.formula) == (told.unit, told.name)]
        rule = rules((happened or {}).get(told.unit, ()), x, WIDE)
        drawn.append([*ribbons(told, x, y), *boxes(own, x, y), *rule])
    above = max((levels(layers) for layers in drawn), default=0)
    panels = [
        {"width": WIDE, "height": HIGH, "layer": [*layers, heading(f"{told.unit}: {say(told.name)}", above)]}
        for told, layers in zip(envelopes, drawn, strict=True)
    ]
    notes = [say("Line: median. Bands: the middle half and nine in ten of the draws. Boxes: what was coded.")]
    if happened:
        notes.append(say("Rules: what happened; dotted ones recur."))
    said = [
        say(
            "{stock} of {unit}: {first} in {start}, {last} in {end} (nine in ten between {low} and {high}).",
            stock=say(told.name), unit=told.unit, first=f"{told.values[2, 0]:.2f}", start=told.years[0],
            last=f"{told.values[2, -1]:.2f}", end=told.years[-1], low=f"{told.values[0, -1]:.2f}",
            high=f"{told.values[4, -1]:.2f}",
        )
        for told in envelopes
    ]  # fmt: skip
    body = {"padding": PADDING, "concat": panels, "columns": columns, "spacing": 24}
    return Chart(name, title or say("Stocks over the years"), spec(body), " ".join(said), tuple(notes))


def space_paths(
    runs: Runs,
    x: str,
    y: str,
    *,
    every: int = 4,
    name: str = "space-paths",
    title: str = "",
    say: Say = plain,
) -> Chart:
    """The median path of each unit through the property space that two stocks span, with years.

    Parameters
    ----------
    x, y : str
        Stocks.
    every : int
        Of how many years one is named; the first and the last always are.
    """
    side = 360.0
    across, up = shares_axis(f"{say(x)} →"), shares_axis(f"{say(y)} →")
    for axis in (across, up):
        axis["axis"] |= {"grid": False}
    layers: list[dict[str, Any]] = [
        layer({"type": "rule", "color": INK, "opacity": 0.6, "strokeDash": [5, 4]}, [{"at": 0.5}],
              {"x": {"field": "at", **across}}),
        layer({"type": "rule", "color": INK, "opacity": 0.6, "strokeDash": [5, 4]}, [{"at": 0.5}],
              {"y": {"field": "at", **up}}),
    ]  # fmt: skip
    said, passed = [], []
    for place, unit in enumerate(runs.setting.units):
        colour = SERIES[place % len(SERIES)]
        medians = [np.median(runs.of(stock, unit=unit), axis=1) for stock in (x, y)]
        rows = [
            {"year": year, "x": float(one), "y": float(other)}
            for year, one, other in zip(runs.setting.years, *medians, strict=True)
        ]
        shown = _apart_enough([
            row for row in rows if (row["year"] - runs.setting.last) % every == 0 or row is rows[0]
        ])  # fmt: skip
        passed += rows
        at = {"x": {"field": "x", **across}, "y": {"field": "y", **up}}
        labels = [{**row, "text": str(row["year"])} for row in shown]
        labels[-1]["text"] = f"{unit} {labels[-1]['text']}"
        layers += [
            layer({"type": "line", "stroke": colour, "strokeWidth": 2, "strokeDash": DASHES[place % len(DASHES)]},
                  rows, {**at, "order": {"field": "year", "type": "quantitative"}}),
            layer({"type": "point", "filled": True, "fill": colour, "size": 45, "opacity": 1}, shown, at),
            layer({"type": "text", "dy": -10, "fontSize": 11, "color": INK}, labels, {**at, "text": named("text")}),
        ]  # fmt: skip
        said.append(
            say(
                "{unit}: from {x} {x0}, {y} {y0} to {x} {x1}, {y} {y1}.",
                unit=unit, x=say(x), y=say(y), x0=f"{rows[0]['x']:.2f}", y0=f"{rows[0]['y']:.2f}",
                x1=f"{rows[-1]['x']:.2f}", y1=f"{rows[-1]['y']:.2f}",
            )
        )  # fmt: skip
    at = {"x": {"field": "x", **across}, "y": {"field": "y", **up}, "text": named("text")}
    mark = {"type": "text", "fontWeight": "bold", "color": INK, "opacity": 0.75, "fontSize": 12}
    layers.append(layer(mark, _corners(runs, x, y, passed, say), at))
    body = {"padding": PADDING, "width": side, "height": side, "layer": layers}
    note = say("Median of each stock by year; the path of no single draw need look like it.")
    return Chart(name, title or say("Paths through the property space"), spec(body), " ".join(said), (note,))


def patterns_over_time(
    found: Standing,
    unit: str,
    *,
    happened: Sequence[Mark] = (),
    name: str = "patterns",
    title: str = "",
    say: Say = plain,
) -> Chart:
    """The probability of every pattern by year, as areas that add up to 1."""
    place = found.units.index(unit)
    shares = {pattern: whole[:, place] for pattern, whole in found.shares.items()}
    shown = [pattern for pattern in found.names if shares[pattern].max() > 0]
    x, y = years_axis(found.years), shares_axis(say("Probability"))
    below = np.zeros(len(found.years))
    layers, labels = [], []
    high = 240
    for pattern in shown:
        above = below + shares[pattern]
        rows = [
            {"year": year, "low": float(low), "high": float(top)}
            for year, low, top in zip(found.years, below, above, strict=True)
        ]
        at = {"x": {"field": "year", **x}, "y": {"field": "low", **y}, "y2": {"field": "high"}}
        layers += [
            layer({"type": "area", "fill": _fill(found.names, pattern)}, rows, at),
            layer({"type": "line", "stroke": INK, "strokeWidth": 0.8, "opacity": 0.7}, rows,
                  {"x": {"field": "year", **x}, "y": {"field": "high", **y}}),
        ]  # fmt: skip
        if above[-1] - below[-1] >= 0.04:
            labels.append((say(pattern), float(above[-1] + below[-1]) / 2, INK))
        below = above
    # In the order in which they lie upon each other, from below.
    entries = [(say(pattern), _fill(found.names, pattern)) for pattern in shown]
    layers += [
        *ends(labels, found.years[-1], x, y, high),
        *rules(happened, x, 420),
        *key(entries, high + 44, 420),
    ]
    last = "; ".join(f"{say(pattern)} {shares[pattern][-1]:.2f}" for pattern in shown)
    room = max((text.width(label, 11) for label, _, _ in labels), default=0) + 20
    body = {"padding": {**PADDING, "right": room},
            "width": 420, "height": high, "layer": layers}  # fmt: skip
    alt = say(
        "Probabilities of patterns of {unit} in {year}: {told}.", unit=unit, year=found.years[-1], told=last
    )
    gate = say("read with the gate") if BEHIND in found.names else say("by the stocks alone")
    told = title or say("Patterns of {unit} over the years, {gate}", unit=unit, gate=gate)
    return Chart(name, told, spec(body), alt)


def what_if(
    found: Counterfactual, unit: str, stocks: Sequence[str] = (), *, name: str = "what-if", title: str = "",
    say: Say = plain,
) -> Chart:  # fmt: skip
    """Each stock as it was and with the change, and beside it the difference that the change makes."""
    rows = []
    said = [say("Assumption-driven: {answers}.", answers="; ".join(one.what for one in found.assumed))]
    said = said if found.assumed else []
    for stock in stocks or found.changed.model.stock_names:
        was, now, apart = found.envelopes(stock, unit)
        x, y = years_axis(found.years), shares_axis()
        reach = max(0.1, float(np.ceil(np.abs(apart.values).max() * 10) / 10))
        z = shares_axis("", -reach, reach)
        last = [
            (say("as it was"), was.at(found.years[-1])[2], BLUE),
            (say("changed"), now.at(found.years[-1])[2], ORANGE),
        ]
        own = marks(found.changed.setting, found.changed.model, unit, say=say)
        both = [
            *ribbons(was, x, y, inner=False),
            *ribbons(now, x, y, colour=ORANGE, dash=(6, 3), inner=False),
            *ends(last, found.years[-1], x, y, HIGH),
            *rules(own, x, WIDE),
        ]
        zero = layer({"type": "rule", "color": INK, "opacity": 0.6}, [{"at": 0}], {"y": {"field": "at", **z}})
        above = levels(both)
        panels: list[dict[str, Any]] = [
            {"width": WIDE, "height": HIGH, "layer": [*both, heading(f"{unit}: {say(stock)}", above)]},
            {"width": WIDE, "height": HIGH,
             "layer": [zero, *ribbons(apart, x, z, colour=PURPLE), heading(say("difference"), above)]},
        ]  # fmt: skip
        rows.append({"hconcat": panels, "spacing": 76})
        low, _, middle, _, high = apart.at(found.years[-1])
        said.append(
            say(
                "{stock} of {unit} differs by {middle} in {year} (nine in ten between {low} and {high}).",
                stock=say(stock), unit=unit, middle=f"{middle:+.2f}", year=found.years[-1], low=f"{low:+.2f}",
                high=f"{high:+.2f}",
            )
        )  # fmt: skip
    told = title or say("What if: {changes}", changes="; ".join(map(str, found.changes)))
    notes = [said[0]] if found.assumed else []
    notes.append(
        say("Lines: medians. Bands: nine in ten of the draws; of the difference the middle half as well.")
    )
    body = {"padding": PADDING, "vconcat": rows, "spacing": 20}
    return Chart(name, told, spec(body), " ".join(said), tuple(notes))


def tipping_curve(found: Tipping, *, name: str = "tipping", title: str = "", say: Say = plain) -> Chart:
    """The probability of the aim at every value of the lever, for each way of the forum."""
    x = shares_axis(f"{say(found.lever)} →")
    y = shares_axis(say("Probability of {aim}", aim=found.aim.text))
    y["axis"]["titleLimit"] = 320
    high = 240.0
    layers = [
        layer({"type": "rule", "color": INK, "opacity": 0.6, "strokeDash": [5, 4]}, [{"at": found.likely}],
              {"y": {"field": "at", **y}})
    ]  # fmt: skip
    labels, said = [], []
    for place, curve in enumerate(found.curves):
        colour = (BLUE, ORANGE, GREEN)[place % 3]
        rows = [
            {"value": value, "low": share.low, "middle": share.value, "high": share.high}
            for value, share in zip(curve.values, curve.shares, strict=True)
        ]
        at = {"field": "value", **x}
        layers += [
            layer({"type": "area", "fill": tint(colour, 0.2)}, rows,
                  {"x": at, "y": {"field": "low", **y}, "y2": {"field": "high"}}),
            layer({"type": "line", "stroke": colour, "strokeWidth": 2, "strokeDash": DASHES[place % len(DASHES)]},
                  rows, {"x": at, "y": {"field": "middle", **y}}),
        ]  # fmt: skip
        if curve.least is not None:
            point = [{"value": curve.least, "at": found.likely, "said": curve.told}]
            layers.append(
                layer({"type": "point", "filled": True, "size": 80, "opacity": 1, "fill": colour, "stroke": INK}, point,
                      {"x": at, "y": {"field": "at", **y}, "description": named("said")})
            )  # fmt: skip
        label = f"{found.forum} {say(curve.forum)}" if found.forum else say(curve.forum)
        labels.append((label, curve.shares[-1].value, colour))
        said.append(f"{label}: {curve.told}.")
    layers += ends(labels, 1.0, x, y, high)
    room = max(text.width(label, 11) for label, _, _ in labels) * 1.1 + 20
    body = {"padding": {**PADDING, "right": room}, "width": 380, "height": high, "layer": layers}
    told = title or say("How likely {aim} is, by {lever}", aim=found.aim.text, lever=found.lever)
    note = say("Points: the least value at which it is as likely as asked for. Bands: Monte Carlo ranges.")
    return Chart(name, told, spec(body), " ".join(said), (note,))


def _apart_enough(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Points far enough from each other for their labels; the last always, earlier ones where there is room."""
    kept: list[dict[str, Any]] = []
    for row in reversed(rows):
        if all(abs(row["x"] - one["x"]) > 0.13 or abs(row["y"] - one["y"]) > 0.05 for one in kept):
            kept.insert(0, row)
    return kept


def _corners(runs: Runs, x: str, y: str, passed: Sequence[dict[str, Any]], say: Say) -> list[dict[str, Any]]:
    """The names of patterns in the corners, where the two stocks alone decide on them, off the paths."""
    by_stock = {name: condition for condition, name in runs.model.conditions.items()}
    known = {by_stock[name] for name in (x, y) if name in by_stock}
    found = []
    for corner in runs.model.corners:
        if not {atom.name for atom in atoms(parse(corner.when))} <= known:
            continue
        for right, up in product((0.0, 1.0), repeat=2):
            values = {
                by_stock[name]: np.array([value]) for name, value in ((x, right), (y, up)) if name in by_stock
            }
            if membership(corner.when, values)[0] > 0.5:
                places = [(0.25 + 0.5 * right, 0.5 * up + height) for height in (0.05, 0.25, 0.45)]
                place = max(places, key=lambda one: min(
                    abs(one[0] - row["x"]) + 2 * abs(one[1] - row["y"]) for row in passed
                ))  # fmt: skip
                found.append({"x": place[0], "y": place[1], "text": say(corner.label or corner.name)})
    return found


def _fill(names: Sequence[str], pattern: str) -> str:
    if pattern == BEHIND:
        return HATCH
    if pattern == TIED:
        return tint(GREY, 0.35)
    return tint((BLUE, GREEN, ORANGE, PURPLE, GREY)[names.index(pattern) % 5], 0.55)
