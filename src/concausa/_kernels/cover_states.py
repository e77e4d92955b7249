"""Hitting sets counted by what they leave, many at once.

A partial cover is known by the points that it misses and, for each of its members, the points that only
this member covers. Partial covers with the same such state have the same futures, so they are kept as
one state with a count. A state grows by the classes that cover its first missed point; a child counts
only if each older member still has a point of its own before that one, so every irredundant cover is
reached along one path exactly [1]_.

References
----------
.. [1] Murakami and Uno (2014), *Discrete Applied Mathematics* 170, 83-94, section 5.
   https://doi.org/10.1016/j.dam.2014.01.012
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.cover_bound import SCALE, Bound
from concausa._kernels.transversals import lowest

Words = NDArray[np.uint64]
Ints = NDArray[np.int64]

BLOCK = 1 << 19
WORTH = 1 << 18
SHARE = 50
PORTION = 1 << 20
MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93), np.uint64(32))


class Problem(NamedTuple):
    """Classes that cover points.

    covers : uint64, shape (w, c); bit 64w + i is set where the class covers point 64w + i
    times : list of int, length c; how many equal members a class has
    points : int
    """

    covers: Words
    times: list[int]
    points: int


class Level(NamedTuple):
    """The states of one size, and how they were reached.

    counts : int64 or object, shape (n,)
    parent, member : int64, shape (edges,); state before and class taken, sorted by the state reached
    start : int64, shape (n + 1,); the edges of state j are start[j] to start[j + 1]
    """

    counts: NDArray[Any]
    parent: Ints
    member: Ints
    start: Ints


class Walk(NamedTuple):
    """What a search found.

    levels : list of Level, by size
    ends : list of (size, state) whose points are all covered
    whole : bool; False where the budget cut states away
    """

    levels: list[Level]
    ends: list[tuple[int, int]]
    whole: bool


def pack(sets: list[int], points: int) -> Words:
    """Python integers as words, shape (w, c)."""
    width = max(1, -(-points // 64))
    raw = b"".join(value.to_bytes(8 * width, "little") for value in sets)
    words: Words = np.ascontiguousarray(np.frombuffer(raw, dtype="<u8").reshape(-1, width).T).astype(
        np.uint64
    )
    return words


def walk(
    problem: Problem, *, most: int | None, bound: Bound | None, own: bool, first: bool, budget: int
) -> Walk:
    """Search by size.

    Parameters
    ----------
    most : int or None
        No cover larger than this.
    bound : Bound or None
        With it, states that cannot be finished within *most* are dropped.
    own : bool
        Keep each member's own points, so that covers are irredundant and counted once; else only whether
        there is a cover of a size matters.
    first : bool
        Stop at the smallest size that has a cover.
    budget : int
        Children that may be tried (times w²). A level that would take more than half of what is left gets
        an even share of it, and no level has many more children than 1 / SHARE of the whole; what does not
        fit, those that miss most (by weight, or points), is cut away.
    """
    by_point = [np.flatnonzero(column) for column in unpack(problem.covers, problem.points).T]
    degree = np.array([len(column) for column in by_point]) * len(problem.covers) ** 2
    full = pack([(1 << problem.points) - 1], problem.points)
    nothing = np.zeros(0, dtype=np.int64)
    fields = full[None]
    level = Level(np.array([1], dtype=np.int64), nothing, nothing, np.zeros(2, dtype=np.int64))
    levels, ends, whole, size, most_held = [level], [], True, 0, budget // SHARE
    while fields.shape[2] and (most is None or size < most):
        size += 1
        left = None if most is None or bound is None else most - size
        alive = _by_promise(fields[0], bound)
        places = lowest(fields[0][:, alive])
        work = np.cumsum(degree[places])
        grown, held, done, spent = [], 0, 0, 0
        room, share = int(work[-1]) if len(work) else 0, budget // ((most or problem.points) - size + 2)
        room = room if 2 * room <= budget else share
        while done < len(alive):
            if done and (held > most_held or spent >= room):
                whole = False
                break
            upto = max(done + 1, int(np.searchsorted(work, min(spent + PORTION, room), side="right")))
            part, at = alive[done:upto], places[done:upto]
            for point in np.unique(at):
                states = part[at == point]
                grown.append(_grow(fields, states, by_point[point], int(point), problem, bound, left, own))
                held += len(grown[-1][1])
            spent, done = int(work[upto - 1]), upto
        budget -= spent
        fields, level = _merge(fields, level, grown, problem)
        levels.append(level)
        covered = np.flatnonzero(~fields[0].any(axis=0))
        ends += [(size, int(state)) for state in covered]
        if len(covered) and first:
            break
    return Walk(levels, ends, whole)


def _by_promise(missed: Words, bound: Bound | None) -> Ints:
    """The states that miss points, those that miss least first."""
    alive = np.flatnonzero(missed.any(axis=0))
    missed = missed[:, alive]
    weight = bound.weigh(missed) if bound else np.bitwise_count(missed).sum(axis=0)
    return alive[np.argsort(weight, kind="stable")]


def trace(found: Walk, size: int, state: int) -> Iterator[tuple[int, ...]]:
    """The covers, as classes, that lead to a state."""
    if not size:
        yield ()
        return
    level = found.levels[size]
    for edge in range(level.start[state], level.start[state + 1]):
        for cover in trace(found, size - 1, int(level.parent[edge])):
            yield (*cover, int(level.member[edge]))


def _grow(
    fields: Words,
    states: Ints,
    classes: Ints,
    point: int,
    problem: Problem,
    bound: Bound | None,
    left: int | None,
    own: bool,
) -> tuple[Words, Ints, Ints]:
    """The children of *states*, whose first missed point is *point*: fields, parents, classes."""
    covers = problem.covers[:, classes]
    before = pack([(1 << point) - 1], problem.points)[:, 0, None]
    after = point + 1 if len(states) * len(classes) > WORTH else 0
    if bound and left is not None and after:
        states = states[bound.weigh(fields[0][:, states], point) <= (left + 1) * SCALE]
    parts = [(np.empty((len(fields) + own, len(covers), 0), dtype=np.uint64), states[:0], classes[:0])]
    step = max(1, BLOCK // len(classes))
    for start in range(0, len(states), step):
        rows = states[start : start + step]
        missed = fields[0][:, rows, None] & ~covers[:, None, :]
        if bound and left is not None:
            a, b = np.nonzero(bound.weigh(missed, after) <= left * SCALE)
        else:
            a, b = (grid.ravel() for grid in np.indices((len(rows), len(classes))))
        if not own:
            parts.append((missed[:, a, b][None], rows[a], classes[b]))
            continue
        for member in fields[1:]:
            lost = (member[:, rows[a]] & ~covers[:, b] & before) != 0
            fine = lost.any(axis=0)
            a, b = a[fine], b[fine]
        child = np.empty((len(fields) + 1, len(covers), len(a)), dtype=np.uint64)
        taken = covers[:, b]
        np.bitwise_and(fields[:, :, rows[a]], ~taken, out=child[:-1])
        np.bitwise_and(fields[0][:, rows[a]], taken, out=child[-1])
        parts.append((child, rows[a], classes[b]))
    return _join(parts)


def _join(parts: list[tuple[Words, Ints, Ints]]) -> tuple[Words, Ints, Ints]:
    fields, parents, classes = zip(*parts, strict=True)
    return np.concatenate(fields, axis=2), np.concatenate(parents), np.concatenate(classes)


def _merge(
    fields: Words, level: Level, grown: list[tuple[Words, Ints, Ints]], problem: Problem
) -> tuple[Words, Level]:
    """One level from the children of another, which are used up: equal states become one."""
    nothing = np.zeros(0, dtype=np.int64)
    fields, parent, member = _join(grown) if grown else (fields[:, :, :0], nothing, nothing)
    grown.clear()
    if not len(parent):
        return fields, Level(nothing, nothing, nothing, np.zeros(1, dtype=np.int64))
    fields[1:, :, ~fields[0].any(axis=0)] = 0
    if len(fields) > 1 and fields.shape[1] == 1:
        fields[1:, 0].sort(axis=0)
    mixed = np.zeros(fields.shape[2], dtype=np.uint64)
    for word in fields.reshape(-1, fields.shape[2]):
        mixed = (mixed ^ word) * MIX[0]
        mixed ^= mixed >> MIX[2]
        mixed *= MIX[1]
    order = np.argsort(mixed, kind="stable")
    parent, member = parent[order], member[order]
    new = np.ones(len(order), dtype=bool)
    differs = new[1:]
    differs[:] = False
    for word in fields.reshape(-1, fields.shape[2]):
        ordered = word[order]
        differs |= ordered[1:] != ordered[:-1]
    start = np.append(np.flatnonzero(new), len(order)).astype(np.int64)
    counts: NDArray[Any] = level.counts
    if counts.dtype != object and int(counts.max()) * max(problem.times) * len(order) >= 1 << 62:
        counts = counts.astype(object)
    times = np.array(problem.times, dtype=counts.dtype)
    reached = counts[parent] * times[member]
    counts = np.add.reduceat(reached, start[:-1])
    return fields[:, :, order[new]], Level(counts, parent, member, start)


def unpack(words: Words, points: int) -> NDArray[np.bool_]:
    """Sets in words, shape (w, c), as bool, shape (c, points)."""
    raw = np.ascontiguousarray(words.T).astype("<u8").view(np.uint8)
    return np.unpackbits(raw, axis=1, bitorder="little")[:, :points].astype(bool)
