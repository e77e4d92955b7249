"""Doubts: what is not wrong but worth a second look before anything is concluded from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from concausa.core.date import Date
from concausa.core.errors import ExpressionError
from concausa.core.problem import Problem
from concausa.core.unit import Period
from concausa.expr.boolean import Name, atoms, parse
from concausa.study.event_doubts import event_doubts, speaks_later
from concausa.study.references import Names
from concausa.study.rows import Rows
from concausa.study.windows import window_doubts
from concausa.theory.claim import FORMAL
from concausa.typology.gate import clauses

#: A speaker behind this many claims and codings is named.
MANY = 3

Tables = Mapping[str, Rows]


def find_doubts(tables: Tables, names: Names) -> Iterator[Problem]:
    """Every doubt about a study, in the order of its tables."""
    yield from _periods(tables)
    yield from _dates_of_sources(tables)
    yield from _evidence_dates(tables, names)
    yield from _shared_indicators(tables, names)
    yield from _codings(tables, names)
    yield from _cases_without_outcome(tables)
    yield from _conditions_without_map(tables, names)
    yield from _claims_without_evidence(tables)
    yield from _claims_about_themselves(tables)
    yield from _speakers(tables, names)
    yield from event_doubts(tables, names)
    yield from window_doubts(tables)


def _each(tables: Tables, name: str) -> Iterator[tuple[Rows, int, Any]]:
    if name in tables:
        rows = tables[name]
        for row, noun in enumerate(rows.nouns):
            yield rows, row, noun


def _periods(tables: Tables) -> Iterator[Problem]:
    """Periods that share days: an event there would belong to two cases of one unit."""
    dated = [
        (rows, row, period)
        for rows, row, period in _each(tables, "periods")
        if period.start is not None and period.end is not None
    ]
    for (_, _, first), (rows, row, second) in combinations(dated, 2):
        if first.start.start <= second.end.end and second.start.start <= first.end.end:
            yield rows.doubt(
                row,
                "start",
                "overlapping-periods",
                "the periods {first} and {second} overlap",
                value=f"{second.start} to {second.end}",
                fix="let one end before the other starts, or say in the rule why they share time",
                first=first.id,
                second=second.id,
            )


def _dates_of_sources(tables: Tables) -> Iterator[Problem]:
    for rows, row, source in _each(tables, "sources"):
        if source.date is not None and (source.date.approximate or source.date.uncertain):
            what = (
                "the date of source {source} is uncertain"
                if source.date.uncertain
                else "the date of source {source} is approximate"
            )
            fix = "look it up, or say in the note why it stays open"
            value = str(source.date)
            yield rows.doubt(row, "date", "uncertain-date", what, value=value, fix=fix, source=source.id)


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
                yield rows.doubt(
                    row,
                    "date",
                    "evidence-after-source",
                    "{passage} speaks of {date}, after its source {source} of {published}",
                    value=str(date),
                    fix="check both dates, or name the source that could know",
                    passage=passage.id,
                    date=date,
                    source=source.id,
                    published=source.date,
                )
        if period is not None and _outside(date, period):
            yield rows.doubt(
                row,
                "date",
                "evidence-outside-period",
                "{passage} speaks of {date}, outside its period {period} ({start} to {end})",
                value=str(date),
                fix="check the date and the period, or say in the note why it is used there",
                passage=passage.id,
                date=date,
                period=period.id,
                start=period.start,
                end=period.end,
            )


def _outside(date: Date, period: Period) -> bool:
    """Whether no day of a date lies in a period; a period whose dates could not be read holds all."""
    return bool(period.start and period.end) and (
        date.end < period.start.start or date.start > period.end.end
    )


def _shared_indicators(tables: Tables, names: Names) -> Iterator[Problem]:
    conditions = names.table("conditions")
    for rows, row, indicator in _each(tables, "indicators"):
        fed = [conditions[id] for id in (indicator.condition, *indicator.also) if id in conditions]
        outcomes = [condition.id for condition in fed if condition.role == "outcome"]
        others = [condition.id for condition in fed if condition.role != "outcome"]
        if outcomes and others:
            yield rows.doubt(
                row,
                "also",
                "shared-indicator",
                "{indicator} feeds both {conditions} and the outcome {outcome}",
                value=indicator.id,
                fix="a relation between them may hold by construction: see whether it stands without this sign",
                indicator=indicator.id,
                conditions=", ".join(others),
                outcome=outcomes[0],
            )


def _codings(tables: Tables, names: Names) -> Iterator[Problem]:
    cells: dict[tuple[str, str, str], dict[str, tuple[Rows, int, str]]] = defaultdict(dict)
    for rows, row, coding in _each(tables, "codings"):
        if not coding.evidence:
            yield rows.doubt(
                row,
                "evidence",
                "level-without-evidence",
                "the level {level} of {cell} rests on no passage",
                value=coding.id,
                fix="name the passages in the column evidence",
                level=coding.level,
                cell=_cell(coding),
            )
        if not coding.indicator:
            levels = cells[coding.unit, coding.period, coding.condition]
            levels.setdefault(coding.level, (rows, row, coding.id))
    for (unit, period, condition), levels in cells.items():
        if len(levels) > 1:
            rows, row, _ = list(levels.values())[1]
            shown = ", ".join(f"{level} ({id})" for level, (_, _, id) in levels.items())
            yield rows.doubt(
                row,
                "level",
                "conflicting-codings",
                "{cell} has several levels: {levels}",
                value=" | ".join(levels),
                fix="nothing, if each is an admissible reading: results are given for all of them",
                cell=f"{unit}-{period}.{condition}",
                levels=shown,
            )


def _cell(coding: Any) -> str:
    return f"{coding.unit}-{coding.period}.{coding.indicator or coding.condition}"


def _cases_without_outcome(tables: Tables) -> Iterator[Problem]:
    settings = next((noun for _, _, noun in _each(tables, "study")), None)
    if settings is None or not settings.outcome:
        return
    coded = {
        (coding.unit, coding.period)
        for _, _, coding in _each(tables, "codings")
        if coding.condition == settings.outcome and not coding.indicator
    }
    periods = [period.id for _, _, period in _each(tables, "periods")]
    for rows, row, unit in _each(tables, "units"):
        for period in periods if unit.role == "core" else ():
            if (unit.id, period) not in coded:
                case = f"{unit.id}-{period}"
                yield rows.doubt(
                    row,
                    "",
                    "case-without-outcome",
                    "the case {case} has no level of the outcome {outcome}",
                    value=case,
                    fix="add a coding, or say in the note why the text gives none",
                    case=case,
                    outcome=settings.outcome,
                )


def _conditions_without_map(tables: Tables, names: Names) -> Iterator[Problem]:
    """Conditions that an expression takes as sets, although no level map gives them memberships."""
    maps = [noun for _, _, noun in _each(tables, "level_maps")]
    told: set[str] = set()
    for rows, row, column, expression in _expressions(tables):
        try:
            found = atoms(parse(expression))
        except ExpressionError:
            continue
        for atom in found:
            if not isinstance(atom, Name) or atom.name in told or atom.name not in names.table("conditions"):
                continue
            if not any(level_map.covers(atom.name) for level_map in maps):
                told.add(atom.name)
                yield rows.doubt(
                    row,
                    column,
                    "no-level-map",
                    "{expression} takes {condition} as a set, and no level map covers it",
                    value=expression,
                    fix="name it in the conditions of a level map, or compare its levels, such as X>=medium",
                    expression=expression,
                    condition=atom.name,
                )


def _expressions(tables: Tables) -> Iterator[tuple[Rows, int, str, str]]:
    for rows, row, pattern in _each(tables, "patterns"):
        yield rows, row, "when", pattern.when
    for rows, row, rule in _each(tables, "rules"):
        try:
            read = clauses(rule)
        except ExpressionError:
            continue
        for clause in read:
            if clause.when not in ("patterns", "else"):
                yield rows, row, "clauses", clause.when
    for rows, row, claim in _each(tables, "claims"):
        for column in FORMAL:
            yield rows, row, column, getattr(claim, column)


def _claims_without_evidence(tables: Tables) -> Iterator[Problem]:
    spoken_of = {
        id for _, _, passage in _each(tables, "evidence") for id in (*passage.supports, *passage.opposes)
    }
    for rows, row, claim in _each(tables, "claims"):
        if claim.id not in spoken_of:
            what = "no passage speaks for or against the claim {claim}"
            fix = "name it in the column supports or opposes of a passage"
            yield rows.doubt(
                row, "id", "claim-without-evidence", what, value=claim.id, fix=fix, claim=claim.id
            )


def _claims_about_themselves(tables: Tables) -> Iterator[Problem]:
    """Claims that set a condition against itself: they may be true whatever the cases are."""
    for rows, row, claim in _each(tables, "claims"):
        try:
            sides = [
                {atom.name for atom in atoms(parse(text))} if text else set()
                for text in (claim.when, claim.outcome)
            ]
        except ExpressionError:
            continue
        if shared := sorted(sides[0] & sides[1]):
            what = "the claim {claim} speaks of {conditions} in when and in outcome"
            fix = "see that it could fail: `concausa audit` says where a claim is true by its form"
            yield rows.doubt(
                row,
                "when",
                "condition-on-both-sides",
                what,
                value=claim.when,
                fix=fix,
                claim=claim.id,
                conditions=", ".join(shared),
            )


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
            yield rows.doubt(
                row,
                "id",
                "one-speaker",
                "one speaker, {source}, is behind {n} claims and codings",
                value=", ".join(sorted(findings[source.id])),
                fix="look for a second source, or say what falls if this one does",
                source=source.id,
                n=len(findings[source.id]),
            )
        if alone[source.id]:
            yield rows.doubt(
                row,
                "id",
                "only-source",
                "one speaker alone, {source}, stands behind {cells}",
                value=source.id,
                fix="look for a second source",
                cells=", ".join(alone[source.id]),
                source=source.id,
            )
