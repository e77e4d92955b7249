"""Overturning: the smallest changes of a study's own reading that give a claim another word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.finding import Change, Literal
from concausa.audit.findings.verdict_table import VerdictTable, weigh
from concausa.audit.worlds.open_choice import OpenChoice

#: Changes that are listed, and worlds from which they are put together.
MOST_LISTED, LOOKED_AT = 100, 5_000

#: Choices, by place, each with options of which any one will do; and what is reached.
Step = tuple[tuple[tuple[int, frozenset[int]], ...], Verdict]


def smallest_changes(
    table: VerdictTable, world: Sequence[int], choices: Sequence[OpenChoice], *, limit: int = MOST_LISTED
) -> tuple[tuple[Change, ...], int]:
    """All changes of fewest choices that give another word, and how many sets of single options these are.

    Parameters
    ----------
    table : VerdictTable
        Reduced.
    world : sequence of int
        The study's own reading: an option of every choice of the space.
    choices : sequence of OpenChoice
        Those of the whole space.
    limit : int
        Changes that are listed.
    """
    home, verdicts = table.place_of(world), table.verdicts
    other = differs(verdicts, Verdict(int(verdicts[home])))
    if not other.any():
        return (), 0
    far = np.zeros(verdicts.shape, dtype=np.uint8)
    for axis, (place, size) in enumerate(zip(home, verdicts.shape, strict=True)):
        moved = (np.arange(size) != place).astype(np.uint8)
        far += moved.reshape((size,) + (1,) * (verdicts.ndim - axis - 1))
    nearest = other & (far == far[other].min())
    weights = [
        [1 if number == place else weight for number, weight in enumerate(sizes)]
        for place, sizes in zip(home, table.weights, strict=True)
    ]
    steps: list[Step] = []
    for point in np.argwhere(nearest)[:LOOKED_AT].tolist():
        moves = tuple(
            (table.places[axis], frozenset(table.classes[axis][number]))
            for axis, number in enumerate(point)
            if number != home[axis]
        )
        steps.append((moves, Verdict(int(verdicts[tuple(point)]))))
    return changes(steps, choices)[:limit], weigh(nearest, weights)


def differs(verdicts: NDArray[np.int8], verdict: Verdict) -> NDArray[np.bool_]:
    """Which verdicts have another word than *verdict*."""
    other: NDArray[np.bool_] = verdicts != verdict if verdict.testable else verdicts <= Verdict.SUPPORTED
    return other


def changes(steps: Iterable[Step], choices: Sequence[OpenChoice]) -> tuple[Change, ...]:
    """Changes, where steps that differ in the options of one choice alone are told together.

    Those that decide come first, then in the order of the space.
    """
    held = set(steps)
    for nth in range(max((len(moves) for moves, _ in held), default=0)):
        together: dict[tuple[object, ...], list[Step]] = {}
        for moves, verdict in held:
            key = (moves[:nth], moves[nth][0], moves[nth + 1 :], verdict)
            together.setdefault(key, []).append((moves, verdict))
        held = {_joined(group, nth) for group in together.values()}
    ordered = sorted(held, key=lambda step: (step[1], [(place, sorted(some)) for place, some in step[0]]))
    return tuple(
        Change(tuple(Literal(place, choices[place], options) for place, options in moves), verdict)
        for moves, verdict in ordered
    )


def _joined(group: Sequence[Step], nth: int) -> Step:
    moves, verdict = group[0]
    options = frozenset[int]().union(*(step[nth][1] for step, _ in group))
    return (*moves[:nth], (moves[nth][0], options), *moves[nth + 1 :]), verdict
