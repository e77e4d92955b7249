"""Suppositions: worlds with one more choice, of what is not known and might turn out in several ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from concausa.audit.claims.claim_test import claim_test
from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.finding import phrase
from concausa.audit.findings.findings import Scope, visited
from concausa.audit.findings.task import Task
from concausa.audit.worlds.case_slot import CaseSlot
from concausa.audit.worlds.cell_table import CellTable, State
from concausa.audit.worlds.open_choice import OpenChoice, Option, Space
from concausa.audit.worlds.worlds import Worlds
from concausa.core.caveat import Caveat
from concausa.theory.claim import Claim

#: The choice that is added.
SUPPOSED = "supposed"


def supposed(
    worlds: Worlds,
    cells: Mapping[tuple[str, str], Sequence[State]],
    *,
    slots: Sequence[CaseSlot] = (),
) -> Worlds:
    """The same worlds with one more choice, the last of the space, on which some cells turn alone.

    Parameters
    ----------
    cells : mapping of (case, condition) to sequence of State
        What each is under each option; all of the same length.
    slots : sequence of CaseSlot
        Cases that are compared as well.
    """
    place = len(worlds.space.choices)
    options = max((len(states) for states in cells.values()), default=1)
    choice = OpenChoice(
        SUPPOSED,
        "cell",
        Caveat.of("supposed", "what might turn out"),
        tuple(Option(str(nth), Caveat.of("supposed", "{nth}", nth=nth)) for nth in range(options)),
    )
    tables = {(case, name): _table(case, name, place, states) for (case, name), states in cells.items()}
    return replace(
        worlds,
        space=Space((*worlds.space.choices, choice)),
        slots=(*worlds.slots, *slots),
        cells=dict(worlds.cells) | tables,
    )


def _table(case: str, condition: str, place: int, states: Sequence[State]) -> CellTable:
    """A cell that is one of *states* for each option of a choice; each state is held once."""
    numbers = {state: number for number, state in enumerate(dict.fromkeys(states))}
    table = np.array([numbers[state] for state in states], dtype=np.int16)
    return CellTable(case, condition, (place,), tuple(numbers), table)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a claim is worth over all worlds, and if one choice is settled.

    Parameters
    ----------
    word : str
        The finding in a phrase, over all worlds.
    words : mapping of int to tuple of str
        For each choice on which the claim turns, by its place, the finding with each of its options.
    """

    word: str
    words: Mapping[int, tuple[str, ...]]


def settled(worlds: Worlds, claim: Claim, scope: Scope) -> Settled:
    """What a claim is worth if one choice is settled, for every choice and each of its options."""
    task = Task.of(claim.id, claim_test(worlds, claim), worlds.space)
    seen = np.left_shift(1, visited(task, scope), dtype=np.int16)
    words: dict[int, tuple[str, ...]] = {}
    if scope.exact(task):
        table = seen.reshape(task.grid.sizes)
        for axis, (place, classes) in enumerate(zip(task.places, task.classes, strict=True)):
            others = tuple(other for other in range(table.ndim) if other != axis)
            told = [_phrase(bits) for bits in np.bitwise_or.reduce(table, axis=others).tolist()]
            class_of = {option: nth for nth, some in enumerate(classes) for option in some}
            words[place] = tuple(told[class_of[option]] for option in range(len(class_of)))
    else:
        columns = task.whole.sample(scope.sample, scope.seed, task.key)
        for place, column, size in zip(task.places, columns, task.sizes, strict=True):
            words[place] = tuple(
                _phrase(int(np.bitwise_or.reduce(seen[column == option]))) for option in range(size)
            )
    return Settled(_phrase(int(np.bitwise_or.reduce(seen))), words)


def with_each(worlds: Worlds, claim: Claim, scope: Scope) -> tuple[str, ...]:
    """What a claim is worth with each option of the supposition of *worlds*."""
    place = len(worlds.space.choices) - 1
    options = worlds.space.sizes[place]
    found = settled(worlds, claim, replace(scope, bound=scope.bound * options))
    return found.words.get(place, (found.word,) * options)


def _phrase(seen: int) -> str:
    """The finding in a phrase, given the verdicts that occur, one bit each."""
    return phrase({verdict.word for verdict in Verdict if seen >> verdict & 1})
