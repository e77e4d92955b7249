"""The money: amounts by unit, window and stakeholder, and what the text prints for each firm."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from concausa.core.chart import Chart
from concausa.core.date import Date
from concausa.core.errors import UnitError
from concausa.core.quantity import Measure, Quantity
from concausa.core.table import Cell, Heading, Link, Table
from concausa.draw.palette import INK, SERIES
from concausa.draw.theme import as_is, layer, named, spec
from concausa.record.fund import Fund
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits import ratios
from concausa.report.exhibits.scribe import MISSING, Scribe
from concausa.report.language import Language
from concausa.study.study import Study

#: The stakeholder word for "not split".
ALL = "all"
_ROW = 30


@dataclass(frozen=True, slots=True)
class Bar:
    """An amount to draw.

    Parameters
    ----------
    fund : Fund
    amount : Fraction
        In the currency that most rows use.
    years : Fraction or None
        Length of its window; None when an end is open.
    """

    fund: Fund
    amount: Fraction
    years: Fraction | None

    @property
    def yearly(self) -> Fraction | None:
        """The amount a year if each year had the same; None when the window is open."""
        return self.amount / self.years if self.years else None


def funds(study: Study, language: Language) -> Exhibit | None:
    """The exhibit, or None when the study has neither funds nor ratios to firms."""
    scribe = Scribe(study, language)
    found = ratios.ratios(study)
    if not study.funds and not found:
        return None
    say = language.say
    tables, charts = [], []
    if study.funds:
        tables.append(_register(scribe))
        currency = Counter(fund.currency for fund in study.funds).most_common(1)[0][0]
        if drawn := bars(study, currency):
            charts.append(_amounts(scribe, drawn, currency))
    if found:
        findings = ratios.recomputed(study, found)
        charts.append(ratios.chart(scribe, found, findings))
        tables.append(ratios.table(scribe, found, findings))
    return Exhibit(
        "funds",
        "funds",
        scribe.titled("funds", say("Programme funds")),
        say(
            "Amounts as printed. Windows differ in length, so the same amounts are also shown for each year of "
            "their window, as if spread evenly. Ratios are shown beside what follows from the numbers behind them."
        ),
        tuple(tables),
        tuple(charts),
    )


def years(window: Date | None) -> Fraction | None:
    """The length of a window in years; None when an end is open or unknown.

    Examples
    --------
    >>> years(Date.parse("2005/2009"))
    Fraction(5, 1)
    """
    if window is None or window.earliest is None or window.latest is None:
        return None
    first, after = window.earliest, window.latest + datetime.timedelta(days=1)
    if first.day == after.day:
        return Fraction((after.year - first.year) * 12 + after.month - first.month, 12)
    return Fraction((after - first).days * 400, 146097)


def bars(study: Study, currency: str) -> tuple[Bar, ...]:
    """The funds that can be counted in *currency*: by unit in the order of units, then by window."""
    units = [unit.id for unit in study.units]
    found = []
    for fund in study.funds:
        amount = _counted(fund, currency)
        if amount is not None:
            found.append(Bar(fund, amount, years(fund.window)))
    order = {id: number for number, id in enumerate(units)}
    return tuple(
        sorted(
            found,
            key=lambda bar: (
                order.get(bar.fund.unit, len(units)),
                bar.fund.stakeholder != ALL,
                bar.fund.window.start if bar.fund.window else datetime.date.max,
                bar.fund.id,
            ),
        )
    )


def _counted(fund: Fund, currency: str) -> Fraction | None:
    """The amount in *currency*; None if it is in another one, or in none that can be read."""
    if fund.amount is None:
        return None
    if fund.currency == currency:
        return Fraction(fund.amount)
    try:
        return Quantity.of(fund.amount, fund.currency).to(Measure.parse(currency)).value.low
    except UnitError:
        return None


def _label(scribe: Scribe, fund: Fund) -> str:
    label = f"{fund.unit} {scribe.language.date(fund.window)}"
    return (
        label
        if fund.stakeholder == ALL
        else f"{label}, {scribe.language.of(scribe.study, 'funds', fund, 'stakeholder')}"
    )


def _amounts(scribe: Scribe, drawn: Sequence[Bar], currency: str) -> Chart:
    say = scribe.language.say
    rows = list(_rows(scribe, drawn, currency))
    order = [row["row"] for row in rows]
    stakeholders = {bar.fund.stakeholder for bar in drawn}
    height = _ROW * len(rows)
    body = {
        "hconcat": [
            _panel(rows, order, "amount", say("In all, {currency}", currency=currency), height, True),
            _panel(
                [row for row in rows if row["yearly"] is not None], order, "yearly",
                say("For each year of the window, {currency}", currency=currency), height, False,
            ),
        ],
        "spacing": 28,
    }  # fmt: skip
    notes = [
        say("No yearly amount is shown where the window has an open end."),
        say("A paler bar is one stakeholder's part, which may lie inside a window above it."),
    ]
    if not any(bar.fund.stakeholder != ALL for bar in drawn):
        notes.pop()
    if ALL in stakeholders:
        notes.append(say("The text gives these totals without their split by stakeholder."))
    left_out = len(scribe.study.funds) - len(drawn)
    if left_out:
        notes.append(
            scribe.language.plural(
                "{n} amount in another currency is in the table only.",
                "{n} amounts in other currencies are in the table only.",
                left_out,
            )
        )
    alt = " ".join([say("Bars of amounts."), *(f"{row['said']}." for row in rows)])
    title = say("Amounts by unit and window")
    return Chart("funds", title, spec(body), alt, (*notes, *scribe.label_notes("funds")))


def _rows(scribe: Scribe, drawn: Sequence[Bar], currency: str) -> Iterator[dict[str, Any]]:
    units = list(dict.fromkeys(bar.fund.unit for bar in drawn))
    taken: Counter[str] = Counter()
    for bar in drawn:
        label = _label(scribe, bar.fund)
        taken[label] += 1
        yearly = bar.yearly
        as_printed = bar.fund.currency == currency and bar.fund.amount is not None
        said = scribe.number(bar.fund.amount).text if as_printed else ratios.amount_text(scribe, bar.amount)
        yield {
            "row": label if taken[label] == 1 else f"{label} ({bar.fund.id})",
            "unit": bar.fund.unit,
            "stakeholder": bar.fund.stakeholder,
            "amount": round(float(bar.amount), 6),
            "amount_text": said,
            "yearly": None if yearly is None else round(float(yearly), 6),
            "yearly_text": None if yearly is None else ratios.amount_text(scribe, yearly),
            "colour": SERIES[units.index(bar.fund.unit) % len(SERIES)],
            "strength": 0.92 if bar.fund.stakeholder == ALL else 0.5,
            "href": f"#funds.{bar.fund.id}",
            "said": f"{label}: {said} {currency}",
        }


def _panel(
    rows: Sequence[dict[str, Any]],
    order: Sequence[str],
    field: str,
    title: str,
    height: int,
    named_rows: bool,
) -> dict[str, Any]:
    axis = (
        {"title": None, "labelLimit": 0, "ticks": False, "domain": False, "labelPadding": 8}
        if named_rows
        else None
    )
    across = {
        "field": field, "type": "quantitative", "title": title,
        "axis": {"tickCount": 4, "titleAlign": "left", "titleAnchor": "start"},
        "scale": {"domainMin": 0, "domainMax": max([row[field] for row in rows] or [1]) * 1.16 or 1, "nice": False},
    }  # fmt: skip
    down = {
        "field": "row",
        "type": "nominal",
        "sort": list(order),
        "scale": {"domain": list(order)},
        "axis": axis,
    }
    return {
        "width": 330 if named_rows else 220,
        "height": height,
        "layer": [
            layer(
                {"type": "bar", "height": {"band": 0.62}},
                rows,
                {
                    "x": across, "y": down, "fill": as_is("colour"), "fillOpacity": as_is("strength", "quantitative"),
                    "href": named("href"), "description": named("said"),
                },
            ),
            layer(
                {"type": "text", "align": "left", "dx": 5, "color": INK},
                rows,
                {"x": across, "y": down, "text": named(f"{field}_text"), "href": named("href")},
            ),
        ],
    }  # fmt: skip


def _register(scribe: Scribe) -> Table:
    say = scribe.language.say
    headings = (
        Heading("id", say("Row")),
        Heading("unit", say("Unit")),
        Heading("window", say("Window")),
        Heading("stakeholder", say("Stakeholder")),
        Heading("amount", say("Amount"), "right"),
        Heading("currency", say("Currency")),
        Heading("years", say("Years"), "right"),
        Heading("yearly", say("For each year"), "right"),
        Heading("basis", say("Prices")),
        Heading("source", say("Source")),
        Heading("note", say("Note")),
    )
    rows = []
    for fund in scribe.study.funds:
        length = years(fund.window)
        yearly = Fraction(fund.amount) / length if fund.amount is not None and length else None
        rows.append(
            (
                fund,
                (
                    scribe.key("funds", fund),
                    scribe.unit(fund.unit),
                    scribe.date(fund.window),
                    scribe.text("funds", fund, "stakeholder"),
                    scribe.number(fund.amount, (Link("sources", fund.source),) if fund.source else ()),
                    scribe.text("funds", fund, "currency"),
                    MISSING if length is None else Cell(ratios.amount_text(scribe, length), float(length)),
                    MISSING
                    if yearly is None
                    else Cell(ratios.amount_text(scribe, yearly), round(float(yearly), 6)),
                    scribe.choice(fund.price_basis),
                    scribe.source(fund),
                    scribe.text("funds", fund, "note"),
                ),
            )
        )
    notes = (
        say(
            "The amount for each year is the amount divided by the length of its window; it is computed here."
        ),
    )
    return scribe.register("funds", say("Register of funds"), "funds", headings, rows, notes=notes)
