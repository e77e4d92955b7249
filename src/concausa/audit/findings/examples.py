"""Examples: for each verdict of a claim the world nearest to the study's own reading, and its rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from concausa.audit.claims import proposition as p
from concausa.audit.claims.cells import in_set, judged
from concausa.audit.claims.claim_test import claim_test
from concausa.audit.claims.proposition import Chosen, Proposition
from concausa.audit.claims.truth import FALSE, TRUE
from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.mentions import Mentions, mentions, texts
from concausa.audit.findings.task import CHUNK, Task
from concausa.audit.findings.verdict_table import VerdictTable
from concausa.audit.worlds.cell_table import State
from concausa.audit.worlds.open_choice import OpenChoice, Option
from concausa.audit.worlds.worlds import Worlds
from concausa.expr.boolean import Name, atoms, parse
from concausa.sets.membership import side
from concausa.theory.choice import CRISP
from concausa.theory.claim import Claim

#: Most worlds among which the nearest is looked for.
BOUND = 1 << 20

_NECESSARY = ("necessary", "disjunction")
_SUFFICIENT = ("sufficient", "jointly sufficient", "typology")


@dataclass(frozen=True, slots=True)
class Row:
    """A case as it stands in one world.

    Parameters
    ----------
    case : str
    states : tuple of (condition, State)
        What the claim's statement reads of it.
    sides : tuple of str
        For each, where it stands as a set: ``in``, ``out``, ``border``; empty where only its level is
        read, or it has none.
    part : str
        What it does to the claim, where that is a law about each case, tested crisply: ``against`` breaks
        it, ``open`` may break it, ``beside`` is not judged; else empty.
    """

    case: str
    states: tuple[tuple[str, State], ...]
    sides: tuple[str, ...]
    part: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A world that gives a verdict, and no other with that verdict takes fewer changes.

    Parameters
    ----------
    world : tuple of int
        The option of every choice of the space.
    changes : tuple of (OpenChoice, Option)
        Where it differs from the study's own reading, with what it settles on.
    rows : tuple of Row
        The cases that the claim is judged on or names.
    """

    verdict: Verdict
    world: tuple[int, ...]
    changes: tuple[tuple[OpenChoice, Option], ...]
    rows: tuple[Row, ...]


def examples(worlds: Worlds, claim: Claim) -> tuple[Example, ...]:
    """One example for each verdict that occurs, that of the study's own reading first.

    Of a claim that turns on more worlds than ``BOUND``, only that of the study's own reading.
    """
    table = _table(worlds, claim)
    found = {} if table is None else _nearest(worlds, table)
    if table is None:
        task = Task.of(claim.id, claim_test(worlds, claim), worlds.space)
        home = [np.array([worlds.space.preferred[place]]) for place in task.places]
        found[Verdict(int(task.verdicts(home, 1)[0]))] = worlds.space.preferred
    return tuple(_example(worlds, claim, verdict, world) for verdict, world in found.items())


def rows(worlds: Worlds, claim: Claim, world: tuple[int, ...]) -> tuple[Row, ...]:
    """The cases that a claim is judged on, or that its sentence names, as they stand in one world."""
    said = mentions(worlds.study, claim)
    as_sets = _as_sets(claim)
    made = []
    cases = _cases(worlds, claim, said, world)
    for case, conditions in cases.items():
        states = tuple((name, worlds.cell(case, name).state(world)) for name in conditions)
        sides = tuple(
            side(state.membership) if name in as_sets and state.membership is not None else ""
            for name, state in states
        )
        made.append(Row(case, states, sides, _part(worlds, claim, case, world)))
    return tuple(made)


def _table(worlds: Worlds, claim: Claim) -> VerdictTable | None:
    task = Task.of(claim.id, claim_test(worlds, claim), worlds.space)
    size = task.grid.size
    if size > BOUND:
        return None
    parts = [task.part(start, min(start + CHUNK, size)) for start in range(0, size, CHUNK)]
    return task.table(np.concatenate(parts)).reduced()


def _nearest(worlds: Worlds, table: VerdictTable) -> dict[Verdict, tuple[int, ...]]:
    """For each verdict the world with the fewest changes; of several, that of the first choices."""
    home = table.place_of(worlds.space.preferred)
    changes = np.zeros(table.verdicts.shape, dtype=np.int64)
    for axis, own in enumerate(home):
        changed = (np.arange(changes.shape[axis]) != own).astype(np.int64)
        changes += changed.reshape([-1 if other == axis else 1 for other in range(len(home))])
    found: list[tuple[int, Verdict, tuple[int, ...]]] = []
    for verdict in Verdict:
        places = np.flatnonzero(table.verdicts == verdict)
        if len(places):
            best = places[np.argmin(changes.reshape(-1)[places])]
            at = np.unravel_index(int(best), table.verdicts.shape)
            world = list(worlds.space.preferred)
            for axis, place in enumerate(table.places):
                if int(at[axis]) != home[axis]:
                    world[place] = table.classes[axis][int(at[axis])][0]
            found.append((int(changes.reshape(-1)[best]), verdict, tuple(world)))
    return {verdict: world for _, verdict, world in sorted(found)}


def _example(worlds: Worlds, claim: Claim, verdict: Verdict, world: tuple[int, ...]) -> Example:
    changes = tuple(
        (choice, choice.options[taken])
        for choice, taken in zip(worlds.space.choices, world, strict=True)
        if taken != choice.preferred
    )
    return Example(verdict, world, changes, rows(worlds, claim, world))


def _cases(
    worlds: Worlds, claim: Claim, said: Mentions, world: tuple[int, ...]
) -> dict[str, tuple[str, ...]]:
    """Cases with what is read of each; those judged first, then those named."""
    found: dict[str, dict[str, None]] = {}
    if said.conditions:
        for case, present in judged(worlds, claim):
            if _value(present, world) == TRUE:
                found.setdefault(case, {}).update(dict.fromkeys(said.conditions))
    for case, condition in said.cells:
        found.setdefault(case, {})[condition] = None
    return {case: tuple(conditions) for case, conditions in found.items()}


def _as_sets(claim: Claim) -> frozenset[str]:
    """The conditions whose membership counts, beside those of which only levels are compared."""
    return frozenset(
        atom.name for text in texts(claim) for atom in atoms(parse(text)) if isinstance(atom, Name)
    )


def _part(worlds: Worlds, claim: Claim, case: str, world: tuple[int, ...]) -> str:
    if claim.kind not in (*_NECESSARY, *_SUFFICIENT) or not (claim.when and claim.outcome):
        return ""
    if worlds.tests[0 if worlds.test is None else world[worlds.test]][0] != CRISP:
        return ""

    def holds(text: str) -> int:
        return _value(in_set(worlds, case, parse(text)), world)

    if claim.under and holds(claim.under) == FALSE:
        return "beside"
    when, outcome = holds(claim.when), holds(claim.outcome)
    first, then = (outcome, when) if claim.kind in _NECESSARY else (when, outcome)
    if first == FALSE or then == TRUE:
        return ""
    certain = first == TRUE and then == FALSE and (not claim.under or holds(claim.under) == TRUE)
    return "against" if certain else "open"


def _value(proposition: Proposition, world: tuple[int, ...]) -> int:
    if isinstance(proposition, int):
        return proposition
    chosen = Chosen({choice: np.array(world[choice]) for choice in proposition.choices})
    return int(p.truths(proposition, chosen))
