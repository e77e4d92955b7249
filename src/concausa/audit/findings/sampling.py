"""Sampling: what can be said of a claim whose worlds are too many to be visited."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, product

import numpy as np

from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.overturning import Step, differs
from concausa.audit.findings.task import Task

#: Worlds in which each choice is turned through all its options.
LINES = 2_048
#: Worlds around the study's own reading that may be visited.
AROUND = 50_000


def influence_of(task: Task, axis: int, seed: int, lines: int = LINES) -> Fraction:
    """In which share of *lines* drawn worlds a choice changes the verdict."""
    columns = list(task.whole.sample(lines, seed, task.key))
    low = high = None
    for option in range(task.sizes[axis]):
        columns[axis] = np.full(lines, option, dtype=np.intp)
        found = task.verdicts(columns, lines)
        low = found if low is None else np.minimum(low, found)
        high = found if high is None else np.maximum(high, found)
    return Fraction(int(np.count_nonzero(low != high)), lines)


def steps_around(task: Task, world: Sequence[int], budget: int = AROUND) -> tuple[list[Step], int]:
    """The smallest changes of a world that give another word, by trying all, smaller ones first.

    Parameters
    ----------
    world : sequence of int
        An option of each choice of the task.
    budget : int
        Worlds that may be visited.

    Returns
    -------
    list of Step
        All of the smallest; empty where none was found.
    int
        All changes of so many choices were tried.
    """
    here = Verdict(int(task.verdicts([np.array([option]) for option in world], 1)[0]))
    moves = [
        [options for options in classes if option not in options]
        for option, classes in zip(world, task.classes, strict=True)
    ]
    axes = [axis for axis, some in enumerate(moves) if some]
    for size in range(1, len(axes) + 1):
        visits = _visits([len(moves[axis]) for axis in axes], size)
        if visits > budget:
            return [], size - 1
        budget -= visits
        tried = [
            tuple(zip(some, options, strict=True))
            for some in combinations(axes, size)
            for options in product(*(moves[axis] for axis in some))
        ]
        if found := _steps(task, world, tried, here):
            return found, size
    return [], len(axes)


def _steps(
    task: Task, world: Sequence[int], tried: Sequence[tuple[tuple[int, tuple[int, ...]], ...]], here: Verdict
) -> list[Step]:
    """Those of the moves *tried*, each of axes to classes, that give another word."""
    columns = [np.full(len(tried), option, dtype=np.intp) for option in world]
    for row, moves in enumerate(tried):
        for axis, options in moves:
            columns[axis][row] = options[0]
    verdicts = task.verdicts(columns, len(tried))
    return [
        (
            tuple((task.places[axis], frozenset(options)) for axis, options in tried[row]),
            Verdict(int(verdicts[row])),
        )
        for row in np.flatnonzero(differs(verdicts, here)).tolist()
    ]


def _visits(sizes: Sequence[int], most: int) -> int:
    """How many ways there are to move *most* of the choices, if each can be moved in so many ways."""
    ways = [1] + [0] * most
    for moves in sizes:
        for moved in range(most, 0, -1):
            ways[moved] += ways[moved - 1] * moves
    return ways[most]
