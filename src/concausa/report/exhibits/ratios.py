"""Ratios of money, such as funds for each firm: as printed, and recomputed from the numbers behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from concausa.audit.numbers import NumberFinding
from concausa.core.chart import Chart
from concausa.core.errors import UnitError
from concausa.core.interval import Interval
from concausa.core.quantity import Measure, rounding_step
from concausa.core.table import Cell, Heading, Link, Table
from concausa.draw.palette import INK, SERIES
from concausa.draw.text import shortened
from concausa.draw.theme import as_is, layer, named, spec
from concausa.record.fact import Fact
from concausa.report.exhibits.audited import audited
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.study.study import Study

#: A currency as ISO 4217 writes it, with the year of its prices if it is real.
_CURRENCY = re.compile(r"[A-Z]{3}(@\d+)?")
_LABEL = 410.0


def amount_text(scribe: Scribe, amount: Fraction) -> str:
    """A computed amount with as many digits as its size bears."""
    value = float(amount)
    size = abs(value)
    digits = 0 if size >= 100 or value == int(value) else 1 if size >= 10 else 2
    return scribe.language.number(value, digits)


def ratios(study: Study) -> tuple[Fact, ...]:
    """Facts of money for each firm, person or the like; an exchange rate is none."""
    return tuple(fact for fact in study.facts if fact.value is not None and _is_ratio(fact.measured_in))


def _is_ratio(unit: str) -> bool:
    """Whether a unit is a currency for each of something that is none.

    Examples
    --------
    >>> _is_ratio("million MXN/firm"), _is_ratio("MXN/USD"), _is_ratio("percent")
    (True, False, False)
    """
    try:
        powers = Measure.parse(unit).powers
    except UnitError:
        return False
    above = [word for word, power in powers if power > 0]
    below = [word for word, power in powers if power < 0]
    return bool(below) and any(map(_CURRENCY.fullmatch, above)) and not any(map(_CURRENCY.fullmatch, below))


def recomputed(study: Study, found: Sequence[Fact]) -> tuple[NumberFinding, ...]:
    """What the study's checks make of these ratios."""
    return tuple(item for item in audited(study) if item.printed in found)


def chart(scribe: Scribe, found: Sequence[Fact], findings: Sequence[NumberFinding]) -> Chart:
    """The ratios as dots with the spans that rounding admits, one panel a unit of measurement."""
    say = scribe.language.say
    panels = [
        _ratio_panel(scribe, scale, [fact for fact in found if fact.measured_in == scale], findings)
        for scale in dict.fromkeys(fact.measured_in for fact in found)
    ]
    notes = (
        say("Filled: as printed, with the span that its rounding admits. Ring: recomputed, with the span that the "
            "rounding of its inputs admits."),
        *([] if findings else [say("The study declares no formula for these ratios.")]),
    )  # fmt: skip
    facts = "; ".join(f"{fact.subject}, {fact.date or ''}: {fact.value} {fact.measured_in}" for fact in found)
    body = {"vconcat": panels, "spacing": 24, "resolve": {"scale": {"x": "independent"}}}
    return Chart("funds-per-firm", say("Ratios, printed and recomputed"), spec(body), f"{facts}.", notes)


def _ratio_panel(
    scribe: Scribe, scale: str, facts: Sequence[Fact], findings: Sequence[NumberFinding]
) -> dict[str, Any]:
    language = scribe.language
    units = list(dict.fromkeys(fact.unit for fact in facts))
    rows = []
    for fact in facts:
        said = f"{fact.unit} {language.date(fact.date)}".strip()
        said = language.say("{what}, as printed", what=said)
        rows.append(_span(scribe, fact, said, _printed(fact), units, None))
        for item in findings:
            if item.printed == fact and item.computed is not None:
                label = language.of(scribe.study, "checks", item.check, "label")
                admitted = item.computed.to(Measure.parse(scale)).value
                rows.append(_span(scribe, fact, shortened(label, _LABEL), admitted, units, item))
    rows = _told_apart(rows)
    order = [row["row"] for row in rows]
    highest = max(row["high"] for row in rows)
    across = {
        "type": "quantitative", "title": language.of(scribe.study, "facts", facts[0], "measured_in"),
        "scale": {"domainMin": 0, "domainMax": highest * 1.15, "nice": False},
        "axis": {"tickCount": 5, "titleAlign": "left", "titleAnchor": "start"},
    }  # fmt: skip
    down = {
        "field": "row", "type": "nominal", "sort": order, "scale": {"domain": order},
        "axis": {"title": None, "labelLimit": 0, "ticks": False, "domain": False, "grid": True, "labelPadding": 8},
    }  # fmt: skip
    layers = [
        layer(
            {"type": "rule", "strokeWidth": 5, "opacity": 0.4},
            rows,
            {"x": {"field": "low", **across}, "x2": {"field": "high"}, "y": down, "stroke": as_is("colour")},
        )
    ]
    for computed in (False, True):
        if kept := [row for row in rows if row["computed"] == computed]:
            layers.append(
                layer(
                    {"type": "point", "size": 95, "opacity": 1, "strokeWidth": 2, "filled": not computed,
                     "shape": "diamond" if computed else "circle", **({"fill": "transparent"} if computed else {})},
                    kept,
                    {
                        "x": {"field": "value", **across}, "y": down, "stroke": as_is("colour"),
                        **({} if computed else {"fill": as_is("colour")}),
                        "href": named("href"), "description": named("said"),
                    },
                )
            )  # fmt: skip
    layers.append(
        layer(
            {"type": "text", "align": "left", "dx": 11, "color": INK},
            rows,
            {"x": {"field": "high", **across}, "y": down, "text": named("text")},
        )
    )
    return {"width": 320, "height": 24 * len(rows), "layer": layers}


def _told_apart(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows whose labels differ: a label met before gets the row's id."""
    met: set[str] = set()
    different = []
    for row in rows:
        label = row["row"] if row["row"] not in met else f"{row['row']} ({row['id']})"
        met.add(label)
        different.append({**row, "row": label})
    return different


def _printed(fact: Fact) -> Interval:
    assert fact.value is not None
    return Interval.printed(fact.value, rounding_step(fact.value, fact.rounding))


def _span(
    scribe: Scribe, fact: Fact, label: str, found: Interval, units: Sequence[str], item: NumberFinding | None
) -> dict[str, Any]:
    language = scribe.language
    value = float(found.middle) if item is not None else float(fact.value or 0)
    if item is not None and item.face is not None:
        value = float(item.face.to(Measure.parse(fact.measured_in)).value.middle)
    shown = amount_text(scribe, Fraction(value)) if item is not None else language.number(fact.value or 0)
    verdict = f" ({language.level(item.verdict)})" if item is not None else ""
    return {
        "row": label,
        "id": item.check.id if item is not None else fact.id,
        "unit": fact.unit,
        "value": round(value, 6),
        "low": round(float(found.low), 6),
        "high": round(float(found.high), 6),
        "computed": item is not None,
        "text": f"{shown}{verdict}",
        "colour": SERIES[units.index(fact.unit) % len(SERIES)],
        "href": f"#checks.{item.check.id}" if item is not None else f"#facts.{fact.id}",
        "said": f"{label}: {shown} {fact.measured_in}{verdict}",
    }


def table(scribe: Scribe, found: Sequence[Fact], findings: Sequence[NumberFinding]) -> Table:
    """The ratios as a table: printed, recomputed, verdict."""
    say, language = scribe.language.say, scribe.language
    headings = (
        Heading("unit", say("Unit")),
        Heading("date", say("Date")),
        Heading("printed", say("Printed"), "right"),
        Heading("measured_in", say("Measured in")),
        Heading("check", say("Formula")),
        Heading("computed", say("Recomputed"), "right"),
        Heading("verdict", say("Verdict")),
    )
    rows = []
    for fact in found:
        stated = (
            scribe.unit(fact.unit),
            scribe.date(fact.date),
            scribe.number(fact.value, (Link("facts", fact.id),)),
            scribe.text("facts", fact, "measured_in"),
        )
        own = [item for item in findings if item.printed == fact]
        if not own:
            rows.append((*stated, MISSING, MISSING, MISSING))
        for item in own:
            link = (Link("checks", item.check.id),)
            rows.append(
                (
                    *stated,
                    Cell(language.of(scribe.study, "checks", item.check, "label"), links=link),
                    Cell(text, links=link) if (text := item.computed_text(say)) else MISSING,
                    scribe.choice(item.verdict),
                )
            )
    return Table("funds-per-firm", say("Ratios, printed and recomputed"), headings, tuple(rows))
