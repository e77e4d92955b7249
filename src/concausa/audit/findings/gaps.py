"""Gaps as leads: cells that claims read and nobody coded, and events without a date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from concausa.audit.findings.finding import Finding
from concausa.audit.findings.findings import Scope
from concausa.audit.findings.footprint import footprints
from concausa.audit.findings.lead import Lead, Way
from concausa.audit.findings.mentions import mentions
from concausa.audit.findings.supposed import settled, supposed, with_each
from concausa.audit.worlds.cell_table import State
from concausa.audit.worlds.map_readings import own_map
from concausa.audit.worlds.recoded import with_tables
from concausa.audit.worlds.worlds import Worlds
from concausa.core.caveat import Caveat
from concausa.core.date import Date
from concausa.core.table import Link
from concausa.theory.condition import Condition


def empty_cells(worlds: Worlds, stated: Sequence[Finding], scope: Scope) -> Iterator[Lead]:
    """Each cell that a claim reads and that has no level in any world, with what each level would decide."""
    reading: dict[tuple[str, str], list[Finding]] = {}
    prints = footprints(worlds.study, [one.claim for one in stated])
    for one in stated:
        for cell in prints[one.claim.id].cells:
            reading.setdefault(cell, []).append(one)
    for cell, readers in reading.items():
        table = worlds.cells.get(cell)
        if table is None or any(state.level is not None for state in table.states):
            continue
        case, condition = cell
        row = worlds.study.row("conditions", condition)
        then = filled(worlds, case, row)
        words = {one.claim.id: with_each(then, one.claim, scope) for one in readers}
        ways = tuple(
            Way(Caveat.of("level", "{level}", level=level), {id: words[id][nth] for id in words})
            for nth, level in enumerate(row.levels)
        )
        label = Caveat.of("cell", "{condition} in {case}", condition=row.label, case=case)
        before = {one.claim.id: one.word for one in readers}
        yield Lead("empty cell", table.id, label, ways, before, link=Link("conditions", condition))


def filled(worlds: Worlds, case: str, condition: Condition) -> Worlds:
    """The worlds that suppose each level of a condition in a cell that has none, read by the study's own map.

    A term of office that is read as that case has the level too.
    """
    meant = own_map(worlds.study, condition)
    states = [State(level, meant.get(level)) for level in condition.levels]
    cell = (case, condition.id)
    then = supposed(worlds, {cell: states})
    return with_tables(then, {cell: then.cells[cell]})


def undated(worlds: Worlds, stated: Sequence[Finding], scope: Scope) -> Iterator[Lead]:
    """Each event without a date of which a claim speaks, with what each year of the study would decide."""
    study = worlds.study
    if not study.periods:
        return
    without = {event.id: event for event in study.events if event.date is None}
    asking: dict[str, list[Finding]] = {}
    for one in stated:
        for id in mentions(study, one.claim).events:
            if id in without:
                asking.setdefault(id, []).append(one)
    first = min(period.start.start.year for period in study.periods)
    last = max(period.end.end.year for period in study.periods)
    for id, askers in asking.items():
        words = [
            (year, tuple(settled(_dated(worlds, id, year), one.claim, scope).word for one in askers))
            for year in range(first, last + 1)
        ]
        ways = []
        for same, group in groupby(words, key=lambda pair: pair[1]):
            years = [year for year, _ in group]
            span = Caveat.of("years", "{first} to {last}", first=years[0], last=years[-1])
            label = span if len(years) > 1 else Caveat.of("years", "{year}", year=years[0])
            ways.append(Way(label, dict(zip((one.claim.id for one in askers), same, strict=True))))
        label = Caveat.of("date", "the date of {event}: {title}", event=id, title=without[id].title)
        before = {one.claim.id: one.word for one in askers}
        yield Lead("date", id, label, tuple(ways), before, link=Link("events", id))


def _dated(worlds: Worlds, id: str, year: int) -> Worlds:
    date = Date.parse(f"{year:04d}")
    events = tuple(replace(row, date=date) if row.id == id else row for row in worlds.study.events)
    return replace(worlds, study=worlds.study.replace(events=events))
