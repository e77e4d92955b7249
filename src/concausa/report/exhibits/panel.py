"""The cases as units in periods: what each unit and each period gives alone, and which orders of events are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from concausa.audit.cluster_reading import ClusterReading
from concausa.audit.panel_readings import PanelReadings, readings_of
from concausa.audit.temporal_conditions import mechanism_orders_in
from concausa.core.table import Cell, Heading, Link, Table, Tone
from concausa.qca.before import Before, Order
from concausa.report.exhibit import Exhibit
from concausa.report.exhibits.configured import Configured, configured
from concausa.report.held import Held
from concausa.report.language import Language
from concausa.study.study import Study

#: Most pairs of mechanisms that are shown.
PAIRS = 15


def panel(study: Study, language: Language) -> Exhibit | None:
    """Solutions of each period and unit alone, and the order of mechanisms; None without cases or without clusters."""
    made = configured(study, language)
    if made is None or not made.groups:
        return None
    cases = made.found.frame.cases
    if len({case.unit.id for case in cases}) < 2 and len({case.period.id for case in cases}) < 2:
        return None
    say = language.say
    found, orders = _worked(Held(study))
    intro = say(
        "The cases are units in periods. Below stands what each period shows over its units, and each unit over its "
        "periods, if it is taken alone: the conservative solution in every reading of the levels and of the outcome, "
        "or why there is none. Where the outcome does not vary within a unit, no change in that unit is explained: "
        "what is claimed then rests on the comparison of units."
    )
    tables = [_clusters(made, found, threshold) for threshold in found.thresholds]
    if orders:
        tables.append(_orders(made, orders))
    title = say("Each unit and each period alone")
    return Exhibit("panel", "configurations", title, intro, tuple(tables))


@lru_cache(maxsize=1)
def _worked(held: Held) -> tuple[PanelReadings, tuple[Before, ...]]:
    """The panels and the orders of a study that has some; worked out once for all languages."""
    made = configured(held.study, Language())
    assert made is not None
    return readings_of(made.found), _worth(mechanism_orders_in(held.study, cases=made.found.frame.cases))


def _clusters(made: Configured, found: PanelReadings, threshold: str) -> Table:
    say = made.language.say
    own = [one for one in found.clusters if one.threshold == threshold]
    headings = (
        Heading("cluster", say("Cases taken")),
        Heading("cases", say("Cases")),
        Heading("ran", say("With a solution, settings"), "right"),
        Heading("formulas", say("Models (settings)")),
        Heading("refused", say("No solution, because (settings)")),
    )
    rows = [
        [
            _name(made, one),
            made.cases(one.cases),
            Cell(
                f"{made.language.number(one.ran)}/{made.language.number(one.settings)}",
                [one.ran, one.settings],
            ),
            _formulas(made, one),
            _refused(made, one),
        ]
        for one in own
    ]
    small = [one for one in own if one.column and len(one.cases) <= 3]
    notes = [
        say(
            "{n} of {all} units and periods have three cases or fewer: one case makes or breaks what is told of them.",
            n=made.language.number(len(small)),
            all=made.language.number(sum(1 for one in own if one.column)),
        )
    ]
    place = found.thresholds.index(threshold) + 1
    title = say("Periods and units alone: {outcome}", outcome=made.outcome(threshold))
    return Table.of(f"panel-{place}", title, headings, rows, notes=notes)


def _name(made: Configured, one: ClusterReading) -> Cell:
    if not one.column:
        return Cell(made.language.say("all cases"), "pooled")
    if one.column.startswith("period"):
        return made.scribe.period(one.cluster)
    return made.scribe.unit(one.cluster)


def _formulas(made: Configured, one: ClusterReading) -> Cell:
    value = [{"formula": formula, "settings": n} for formula, n in one.formulas]
    if not value:
        return Cell(made.language.say("none"), [], tone="quiet")
    told = [f"{formula} ({made.language.number(n)})" for formula, n in one.formulas]
    return Cell(made.listed(told), value)


def _refused(made: Configured, one: ClusterReading) -> Cell:
    if not one.refused:
        return Cell("", [])
    told = [f"{caveat.told(made.language.say)} ({made.language.number(n)})" for caveat, n in one.refused]
    value = [{"reason": str(caveat), "settings": n} for caveat, n in one.refused]
    return Cell("; ".join(told), value, tone="doubt")


def _worth(orders: Sequence[Before]) -> tuple[Before, ...]:
    """Pairs whose order is decided in two cases or more; the best decided first."""
    decided = {one.name: sum(order.admitted in ((1,), (0,)) for order in one.orders) for one in orders}
    kept = [one for one in orders if decided[one.name] >= 2]
    return tuple(sorted(kept, key=lambda one: -decided[one.name])[:PAIRS])


def _orders(made: Configured, orders: Sequence[Before]) -> Table:
    say = made.language.say
    cases = orders[0].cases
    headings = made.scribe.heads(
        [
            Heading("first", say("Events of")),
            Heading("second", say("and of")),
            *(Heading(case, case) for case in cases),
        ]
    )
    rows = [
        [
            _mechanism(made, one.first),
            _mechanism(made, one.second),
            *_codes(made, one.orders),
        ]
        for one in orders
    ]
    notes = (
        say("1: the first began before the second, surely. 0: surely not. –: not both happened in the case."),
        say(
            "Open: dates and needs do not decide, and no reading is chosen. Shown are the pairs that two cases or more "
            "decide, the best decided first. Of several events the earliest in the period counts."
        ),
    )
    title = say("Which kind of event began first in a case")
    return Table.of("panel-orders", title, headings, rows, notes=notes)


def _mechanism(made: Configured, id: str) -> Cell:
    return Cell(f"{id} {made.scribe.name('mechanisms', id)}", id, (Link("mechanisms", id),))


def _codes(made: Configured, orders: Sequence[Order]) -> Iterator[Cell]:
    for order in orders:
        value = {"admitted": ["-" if code is None else str(code) for code in order.admitted]}
        value |= {"first": [order.first], "second": [order.second]}
        if order.admitted == (None,):
            yield Cell("–", value, tone="quiet")
            continue
        tone: Tone = "doubt" if order.is_open else "good" if order.admitted == (1,) else "plain"
        text = made.language.say("open") if order.is_open else order.text
        yield Cell(text, value, _events(order), tone=tone)


def _events(order: Order) -> tuple[Link, ...]:
    """The events that an order rests on."""
    named = [
        part.partition(" (")[0] for text in (order.first, order.second) for part in text.split("; ") if part
    ]
    return tuple(Link("events", id) for id in dict.fromkeys(named))
