"""Doubts: what is not wrong but worth a second look before anything is concluded from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from concausa.core.date import Date
from concausa.core.problem import Problem
from concausa.core.unit import Period
from concausa.study.references import Names
from concausa.study.rows import Rows
from concausa.study.windows import window_doubts

#: A speaker behind this many claims and codings is named.
MANY = 3

Tables = Mapping[str, Rows]


def find_doubts(tables: Tables, names: Names) -> Iterator[Problem]:
    """Every doubt about a study, in the order of its tables."""
    yield from _dates_of_sources(tables)
    yield from _evidence_dates(tables, names)
    yield from _shared_indicators(tables, names)
    yield from _codings(tables, names)
    yield from _cases_without_outcome(tables)
    yield from _claims_without_evidence(tables)
    yield from _speakers(tables, names)
    yield from _events(tables, names)
    yield from window_doubts(tables)


def _each(tables: Tables, name: str) -> Iterator[tuple[Rows, int, Any]]:
    if name in tables:
        rows = tables[name]
        for row, noun in enumerate(rows.nouns):
            yield rows, row, noun


def _dates_of_sources(tables: Tables) -> Iterator[Problem]:
    for rows, row, source in _each(tables, "sources"):
        if source.date is not None and (source.date.approximate or source.date.uncertain):
            how = "uncertain" if source.date.uncertain else "approximate"
            what = f"the date of source {source.id} is {how}"
            fix = "look it up, or say in the note why it stays open"
            yield rows.doubt(row, "date", "uncertain-date", what, value=str(source.date), fix=fix)


def _evidence_dates(tables: Tables, names: Names) -> Iterator[Problem]:
    sources, periods = names.table("sources"), names.table("periods")
    judged: dict[tuple[Date, Date], bool] = {}
    for rows, row, passage in _each(tables, "evidence"):
        date = passage.date
        if date is None:
            continue
        source, period = sources.get(passage.source), periods.get(passage.period)
        if source is not None and source.date is not None and source.kind != "plan":
            pair = (date, source.date)
            if pair not in judged:
                judged[pair] = speaks_later(*pair)
            if judged[pair]:
                what = f"{passage.id} speaks of {date}, after its source {source.id} of {source.date}"
                fix = "check both dates, or name the source that could know"
                yield rows.doubt(row, "date", "evidence-after-source", what, value=str(date), fix=fix)
        if period is not None and _outside(date, period):
            span = f"{period.start} to {period.end}"
            what = f"{passage.id} speaks of {date}, outside its period {period.id} ({span})"
            fix = "check the date and the period, or say in the note why it is used there"
            yield rows.doubt(row, "date", "evidence-outside-period", what, value=str(date), fix=fix)


def _outside(date: Date, period: Period) -> bool:
    """Whether no day of a date lies in a period; a period whose dates could not be read holds all."""
    return bool(period.start and period.end) and (
        date.end < period.start.start or date.start > period.end.end
    )


def speaks_later(date: Date, source: Date) -> bool:
    """Whether *date*, or the end of it when it is an interval, begins after *source* is over."""
    last = date.text.rpartition("/")[2]
    point = Date.parse(last) if date.is_interval and last not in ("", "..") else date
    return point.start > source.end


def _shared_indicators(tables: Tables, names: Names) -> Iterator[Problem]:
    conditions = names.table("conditions")
    for rows, row, indicator in _each(tables, "indicators"):
        fed = [conditions[id] for id in (indicator.condition, *indicator.also) if id in conditions]
        outcomes = [condition.id for condition in fed if condition.role == "outcome"]
        others = [condition.id for condition in fed if condition.role != "outcome"]
        if outcomes and others:
            what = f"{indicator.id} feeds both {' and '.join(others)} and the outcome {outcomes[0]}"
            fix = "a relation between them may hold by construction: see whether it stands without this sign"
            yield rows.doubt(row, "also", "shared-indicator", what, value=indicator.id, fix=fix)


def _codings(tables: Tables, names: Names) -> Iterator[Problem]:
    cells: dict[tuple[str, str, str], dict[str, tuple[Rows, int, str]]] = defaultdict(dict)
    for rows, row, coding in _each(tables, "codings"):
        if not coding.evidence:
            what = f"the level {coding.level} of {_cell(coding)} rests on no passage"
            fix = "name the passages in the column evidence"
            yield rows.doubt(row, "evidence", "level-without-evidence", what, value=coding.id, fix=fix)
        if not coding.indicator:
            levels = cells[coding.unit, coding.period, coding.condition]
            levels.setdefault(coding.level, (rows, row, coding.id))
    for (unit, period, condition), levels in cells.items():
        if len(levels) > 1:
            rows, row, _ = list(levels.values())[1]
            shown = ", ".join(f"{level} ({id})" for level, (_, _, id) in levels.items())
            what = f"{unit}-{period}.{condition} has several levels: {shown}"
            fix = "nothing, if each is an admissible reading: results are given for all of them"
            yield rows.doubt(row, "level", "conflicting-codings", what, value=" | ".join(levels), fix=fix)


def _cell(coding: Any) -> str:
    return f"{coding.unit}-{coding.period}.{coding.indicator or coding.condition}"


def _cases_without_outcome(tables: Tables) -> Iterator[Problem]:
    settings = next((noun for _, _, noun in _each(tables, "study")), None)
    if settings is None or not settings.outcome:
        return
    coded = {
        (coding.unit, coding.period)
        for _, _, coding in _each(tables, "codings")
        if coding.condition == settings.outcome
    }
    periods = [period.id for _, _, period in _each(tables, "periods")]
    for rows, row, unit in _each(tables, "units"):
        for period in periods if unit.role == "core" else ():
            if (unit.id, period) not in coded:
                what = f"the case {unit.id}-{period} has no level of the outcome {settings.outcome}"
                fix = "add a coding, or say in the note why the text gives none"
                yield rows.doubt(row, "", "case-without-outcome", what, value=f"{unit.id}-{period}", fix=fix)


def _claims_without_evidence(tables: Tables) -> Iterator[Problem]:
    spoken_of = {
        id for _, _, passage in _each(tables, "evidence") for id in (*passage.supports, *passage.opposes)
    }
    for rows, row, claim in _each(tables, "claims"):
        if claim.id not in spoken_of:
            what = f"no passage speaks for or against the claim {claim.id}"
            fix = "name it in the column supports or opposes of a passage"
            yield rows.doubt(row, "id", "claim-without-evidence", what, value=claim.id, fix=fix)


def _speakers(tables: Tables, names: Names) -> Iterator[Problem]:
    """Interviews that carry many findings, or a whole cell alone."""
    passages, claims = names.table("evidence"), names.table("claims")
    findings: dict[str, set[str]] = defaultdict(set)
    for passage in passages.values():
        findings[passage.source].update(id for id in (*passage.supports, *passage.opposes) if id in claims)
    cells: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for _, _, coding in _each(tables, "codings"):
        sources = {passages[id].source for id in coding.evidence if id in passages}
        for source in sources:
            findings[source].add(coding.id)
        cells[coding.unit, coding.period, coding.condition] |= sources
    alone: dict[str, list[str]] = defaultdict(list)
    for (unit, period, condition), cell_sources in cells.items():
        if len(cell_sources) == 1:
            alone[next(iter(cell_sources))].append(f"{unit}-{period}.{condition}")
    for rows, row, source in _each(tables, "sources"):
        if source.kind != "interview":
            continue
        if len(findings[source.id]) >= MANY:
            what = f"one speaker, {source.id}, is behind {len(findings[source.id])} claims and codings"
            value = ", ".join(sorted(findings[source.id]))
            fix = "look for a second source, or say what falls if this one does"
            yield rows.doubt(row, "id", "one-speaker", what, value=value, fix=fix)
        if alone[source.id]:
            what = f"{', '.join(alone[source.id])} rests on one speaker alone, {source.id}"
            yield rows.doubt(row, "id", "only-source", what, value=source.id, fix="look for a second source")


def _events(tables: Tables, names: Names) -> Iterator[Problem]:
    events = names.table("events")
    for rows, row, event in _each(tables, "events"):
        for id in event.needed:
            before = events.get(id)
            if before is None or event.date is None or before.date is None:
                continue
            if event.date.end < before.date.start:
                what = f"{event.id} ({event.date}) is dated before {id} ({before.date}), which it needed"
                fix = "check both dates, or take the event out of needed"
                yield rows.doubt(row, "date", "event-before-needed", what, value=str(event.date), fix=fix)
