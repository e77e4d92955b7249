"""Times as propositions: whether two events, dates or periods lie to each other as a sentence says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from concausa.audit.claims import proposition as p
from concausa.audit.claims.proposition import Proposition
from concausa.audit.claims.truth import FALSE, TRUE, unknown
from concausa.audit.claims.verdict import Verdict
from concausa.audit.worlds.boundaries import boundaries
from concausa.audit.worlds.worlds import Worlds
from concausa.core.date import Date
from concausa.core.unit import Period
from concausa.expr.sentence import DateRef, EventRef, OrderClause, PeriodRef, Time
from concausa.tracing.relation import holds, period_span


def lie(worlds: Worlds, clause: OrderClause) -> Proposition:
    """Whether two times lie to each other as the clause says.

    Unknown (undecided) where their dates leave it open, and (no data) where an event has no date, or is
    no event of the study. A period is bounded as the world bounds it.

    Raises
    ------
    UnknownNameError
        If the study has no such period.
    """
    first, second = (_dates(worlds, time) for time in (clause.first, clause.second))
    places = worlds.space.of_kind("boundary") if len(first) > 1 or len(second) > 1 else ()
    count = max(len(first), len(second))
    truths = [
        _truth(clause.relation, first[option % len(first)], second[option % len(second)])
        for option in range(count)
    ]
    return p.table(places, np.array(truths, dtype=np.uint8).reshape((count,) if places else ()))


def _truth(relation: str, first: Date | None, second: Date | None) -> int:
    if first is None or second is None:
        return unknown(Verdict.NO_DATA)
    found = holds(relation, first, second)
    return unknown(Verdict.UNDECIDED) if found is None else TRUE if found else FALSE


def _dates(worlds: Worlds, time: Time) -> tuple[Date | None, ...]:
    """Its date, or one for each boundary between the periods."""
    match time:
        case DateRef(date):
            return (date,)
        case EventRef(id):
            return (next((event.date for event in worlds.study.events if event.id == id), None),)
        case PeriodRef(id):
            return _spans(worlds, worlds.study.row("periods", id))


def _spans(worlds: Worlds, period: Period) -> tuple[Date, ...]:
    if not worlds.space.of_kind("boundary"):
        return (period_span(period),)
    return tuple(
        period_span(period if spans is None else _moved(period, spans[period.id]))
        for spans in boundaries(worlds.study).spans
    )


def _moved(period: Period, span: Date) -> Period:
    start, end = span.text.split("/")
    return replace(period, start=Date.parse(start), end=Date.parse(end))
