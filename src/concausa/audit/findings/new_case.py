"""New cases as leads: one more case in each row of the property space, and what each outcome would decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np

from concausa.audit.claims import proposition as p
from concausa.audit.claims.cells import in_set
from concausa.audit.claims.proposition import Chosen
from concausa.audit.findings.finding import Finding
from concausa.audit.findings.findings import Scope
from concausa.audit.findings.lead import Lead, Way
from concausa.audit.findings.mentions import mentions, texts
from concausa.audit.findings.supposed import supposed, with_each
from concausa.audit.layouts import LISTED
from concausa.audit.worlds.case_slot import CaseSlot
from concausa.audit.worlds.cell_table import NO_DATA, State
from concausa.audit.worlds.map_readings import own_map
from concausa.audit.worlds.worlds import Worlds
from concausa.core.caveat import Caveat
from concausa.expr.algebra import terms
from concausa.expr.boolean import parse
from concausa.expr.tree import quoted
from concausa.sets.membership import side
from concausa.theory.claim import Claim
from concausa.theory.condition import Condition

#: What a case is called that no study has.
NEW = "new case"

#: The sides of a condition: out, in.
Row = Mapping[str, int]


def new_cases(worlds: Worlds, stated: Sequence[Finding], scope: Scope) -> Iterator[Lead]:
    """A lead for each row of the conditions that claims on whichever cases are compared speak of.

    The case is clear: of each condition it has the highest level and is fully in, or the lowest and is
    fully out, and nothing about it is open. Nothing is told where claims speak of more than
    ``layouts.LISTED`` conditions.
    """
    study = worlds.study
    outcome = next((row for row in study.conditions if row.id == study.settings.outcome), None)
    asking = [one for one in stated if mentions(study, one.claim).compared]
    named = {name for one in asking for name in mentions(study, one.claim).conditions}
    conditions = [
        row for row in study.conditions if row.id in named and row is not outcome and row.role != "pattern"
    ]
    if outcome is None or not conditions or len(conditions) > LISTED:
        return
    known = {outcome.id, *(row.id for row in conditions)}
    asking = [one for one in asking if known.issuperset(mentions(study, one.claim).conditions)]
    rows = [
        dict(zip((condition.id for condition in conditions), values, strict=True))
        for values in product((1, 0), repeat=len(conditions))
    ]
    cells = _cells(worlds, conditions, rows, outcome)
    words = {one.claim.id: _words(worlds, cells, one.claim, scope) for one in asking}
    before = {one.claim.id: one.word for one in asking}
    for nth, row in enumerate(rows):
        ways = tuple(
            Way(
                Caveat.of("level", "{level}", level=level),
                {id: own[nth * len(outcome.levels) + at] for id, own in words.items()},
            )
            for at, level in enumerate(outcome.levels)
        )
        yield case_in(worlds, row, ways, before)


def case_in(worlds: Worlds, row: Row, ways: tuple[Way, ...], before: Mapping[str, str]) -> Lead:
    """The lead of one more case in a row."""
    text = "*".join(quoted(name) if value else f"~{quoted(name)}" for name, value in row.items())
    label = Caveat.of("new case", "a case in {row}", row=text)
    return Lead("case", text, label, ways, before, row, _filled(worlds, row))


def _cells(
    worlds: Worlds, conditions: Sequence[Condition], rows: Sequence[Row], outcome: Condition
) -> dict[str, list[State]]:
    """What a case is, condition by condition, in each row and with each level of the outcome.

    What is not said of it is not known.
    """
    meant = own_map(worlds.study, outcome)
    each = [(row, level) for row in rows for level in outcome.levels]
    cells = {name: [State(None, None, NO_DATA)] * len(each) for name in worlds.scales}
    for condition in conditions:
        ends = State(condition.levels[0], 0.0), State(condition.levels[-1], 1.0)
        cells[condition.id] = [ends[row[condition.id]] for row, _ in each]
    cells[outcome.id] = [State(level, meant.get(level)) for _, level in each]
    return cells


def _words(
    worlds: Worlds, cells: Mapping[str, Sequence[State]], claim: Claim, scope: Scope
) -> tuple[str, ...]:
    """What a claim is worth with each case; cases that are the same to it are looked at once."""
    kinds = _alike(worlds, cells, claim)
    firsts = [kinds.index(kind) for kind in dict.fromkeys(kinds)]
    then = _joined(worlds, {name: [states[at] for at in firsts] for name, states in cells.items()})
    words = dict(zip(dict.fromkeys(kinds), with_each(then, claim, scope), strict=True))
    return tuple(words[kind] for kind in kinds)


def _alike(worlds: Worlds, cells: Mapping[str, Sequence[State]], claim: Claim) -> list[tuple[object, ...]]:
    """What each case is to a claim: its side in each of its sets, or each state that its sentence reads."""
    if claim.states:
        read = mentions(worlds.study, claim).conditions
        return list(zip(*(cells[name] for name in read), strict=True))
    then = _joined(worlds, cells)
    place, count = len(worlds.space.choices), len(next(iter(cells.values())))
    chosen = Chosen({place: np.arange(count)})
    expressions = [parse(text) for text in texts(claim)]
    if claim.part:
        expressions += terms(claim.when)
    sides = [
        np.broadcast_to(p.truths(in_set(then, NEW, expression), chosen), (count,)).tolist()
        for expression in expressions
    ]
    return list(zip(*sides, strict=True))


def _joined(worlds: Worlds, cells: Mapping[str, Sequence[State]]) -> Worlds:
    """The worlds that suppose one more case, compared in all of them."""
    own = {(NEW, name): states for name, states in cells.items()}
    return supposed(worlds, own, slots=(CaseSlot(NEW, NEW),))


def _filled(worlds: Worlds, row: Row) -> tuple[str, ...]:
    """The cases that are in a row as the study itself is read."""
    own = worlds.space.preferred
    sides = {1: "in", 0: "out"}
    found = []
    for slot in worlds.slots:
        states = {name: worlds.cells[slot.id, name].state(own) for name in row}
        if slot.present(own) and all(
            state.membership is not None and side(state.membership) == sides[row[name]]
            for name, state in states.items()
        ):
            found.append(slot.id)
    return tuple(found)
