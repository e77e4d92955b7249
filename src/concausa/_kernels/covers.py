"""Covers of a chart: the sets of cubes that together contain every point."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, product
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.cover_bound import Bound
from concausa._kernels.cover_states import Problem, Walk, pack, trace, unpack, walk

BUDGET = 60_000_000
LIMIT = 10_000
SMALL = 3_000


Listed = dict[int, list[tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class Covers:
    """Covers of a chart, each a rising tuple of the cubes' row numbers.

    sets : the covers that are listed, fewest cubes first, then in lexicographic order
    count : int; how many there are; where not *exact*, how many were found, so a lower bound
    exact : bool; False where the budget ended the search
    size : int; the fewest cubes of a cover that was found
    lower : int; a proved bound: no cover has fewer cubes
    """

    sets: tuple[tuple[int, ...], ...]
    count: int
    exact: bool
    size: int
    lower: int


class Core(NamedTuple):
    """A part of a chart that shares no cube with the rest, without what follows by itself.

    covers : list of int; per class the points that it covers, as bits
    members : list of list of int; per class the cubes that cover just these
    points : int
    """

    covers: list[int]
    members: list[list[int]]
    points: int


@dataclass(frozen=True, slots=True)
class Part:
    """The covers of a core: those listed (as cubes), by size; and as in `Covers`."""

    listed: Listed
    count: int
    exact: bool
    size: int
    lower: int


def minimum_covers(chart: NDArray[np.bool_], *, limit: int = LIMIT, budget: int = BUDGET) -> Covers:
    """All covers with the fewest cubes.

    Parameters
    ----------
    chart : bool, shape (p, n)
        Whether cube i contains point j.
    limit : int
        How many covers are listed; all are counted. Which ones are listed when there are more does not
        depend on the order of the points.
    budget : int
        Sets that may be tried for each part of the chart.

    Returns
    -------
    Covers
        The empty cover where there are no points.

    Raises
    ------
    ValueError
        If no cube contains some point.

    Examples
    --------
    >>> import numpy as np
    >>> found = minimum_covers(np.array([[1, 1, 0], [0, 1, 1], [0, 1, 0], [1, 0, 0]], dtype=bool))
    >>> found.sets, found.count, found.exact
    (((0, 1), (1, 3)), 2, True)
    """
    return _combine([_minimum(core, limit, budget) for core in _cores(chart)], limit)


def irredundant_covers(chart: NDArray[np.bool_], *, limit: int = LIMIT, budget: int = BUDGET) -> Covers:
    """All covers of which no cube can be left out; else as `minimum_covers`.

    Examples
    --------
    >>> import numpy as np
    >>> irredundant_covers(np.array([[1, 1, 1], [1, 1, 0], [0, 1, 1]], dtype=bool)).sets
    ((0,), (1, 2))
    """
    return _combine([_irredundant(core, limit, budget) for core in _cores(chart)], limit)


def _cores(chart: NDArray[np.bool_]) -> list[Core]:
    """The chart without points that others imply, in parts that share no cube.

    A point whose cubes include all cubes of another point is covered whenever that one is. What remains
    is put into an order that does not depend on the order of the points: fewest cubes first.
    """
    chart = np.asarray(chart, dtype=bool)
    candidates = sorted(
        {int.from_bytes(column, "little") for column in _bytes(chart.T)},
        key=lambda cubes: (cubes.bit_count(), cubes),
    )
    if candidates and not candidates[0]:
        msg = "a point is in no cube"
        raise ValueError(msg)
    hardest: list[int] = []
    for cubes in candidates:
        if not any(other & cubes == other for other in hardest):
            hardest.append(cubes)
    groups: list[tuple[int, list[int]]] = []
    for cubes in hardest:
        together, rest = [cubes], []
        union = cubes
        for used, points in groups:
            if used & cubes:
                union |= used
                together += points
            else:
                rest.append((used, points))
        groups = [*rest, (union, together)]
    parts = [sorted(points, key=lambda cubes: (cubes.bit_count(), cubes)) for _, points in groups]
    return [_core(points, len(chart)) for points in sorted(parts, key=lambda part: part[0])]


def _core(points: list[int], cubes: int) -> Core:
    """Cubes that cover the same of *points* (per point its cubes, as bits) form a class."""
    classes: dict[int, list[int]] = {}
    if len(points) == 1:
        classes[1] = _members(points[0])
    elif cubes < 256:
        union = 0
        for own in points:
            union |= own
        for cube in _members(union):
            covered = sum(1 << i for i, own in enumerate(points) if own >> cube & 1)
            classes.setdefault(covered, []).append(cube)
    else:
        size = -(-cubes // 8)
        raw = np.frombuffer(b"".join(own.to_bytes(size, "little") for own in points), dtype=np.uint8)
        bits = np.unpackbits(raw.reshape(len(points), size), axis=1, bitorder="little")[:, :cubes].T
        used = np.flatnonzero(bits.any(axis=1))
        for cube, row in zip(used.tolist(), _bytes(bits[used]), strict=True):
            classes.setdefault(int.from_bytes(row, "little"), []).append(cube)
    return Core(list(classes), list(classes.values()), len(points))


def _minimum(core: Core, limit: int, budget: int) -> Part:
    if core.points == 1:
        only: Listed = {1: [(cube,) for cube in core.members[0][:limit]]}
        return Part(only, len(core.members[0]), True, 1, 1)
    small = _small(core, limit, first=True)
    if small:
        return small
    places = _widest(core)
    widest = _problem(core, places)
    bound = Bound(unpack(widest.covers, widest.points), len(widest.covers))
    lower, cover, share = bound.needed, _greedy(core, places), budget // 4
    for size in range(lower, len(cover)):
        probe = walk(widest, most=size, bound=bound, own=False, first=True, budget=share)
        if probe.ends:
            cover = [places[place] for place in next(trace(probe, *probe.ends[0]))]
            break
        if probe.whole and lower == size:
            lower += 1
        else:
            share = budget // 16
    effort = budget if lower == len(cover) else budget // 8
    found = walk(_problem(core), most=len(cover), bound=bound, own=True, first=True, budget=effort)
    if found.ends:
        return _part(core, found, limit, lower)
    listed = list(islice(_cubes(core, iter([tuple(cover)])), limit))
    count = prod(len(core.members[place]) for place in cover)
    return Part({len(cover): listed}, count, False, len(cover), lower)


def _greedy(core: Core, places: list[int]) -> list[int]:
    """A cover, found by taking the class that covers most of what is missed, again and again."""
    missed, cover = (1 << core.points) - 1, []
    while missed:
        best = max(places, key=lambda place: ((core.covers[place] & missed).bit_count(), -place))
        missed &= ~core.covers[best]
        cover.append(best)
    return cover


def _irredundant(core: Core, limit: int, budget: int) -> Part:
    if core.points == 1:
        return _minimum(core, limit, budget)
    small = _small(core, limit, first=False)
    if small:
        return small
    found = walk(_problem(core), most=None, bound=None, own=True, first=False, budget=budget)
    if found.whole:
        return _part(core, found, limit, found.ends[0][0])
    least = _minimum(core, limit, budget)
    part = _part(core, found, limit, least.lower) if found.ends else replace(least, exact=False)
    return part if part.size <= least.size else replace(part, size=least.size)


def _part(core: Core, found: Walk, limit: int, lower: int) -> Part:
    count = sum(int(found.levels[size].counts[state]) for size, state in found.ends)
    size = found.ends[0][0]
    exact = found.whole and lower == size
    return Part(_listed(core, found, limit), count, exact, size, lower)


def _listed(core: Core, found: Walk, limit: int) -> Listed:
    listed: Listed = {}
    room = limit
    for size, state in found.ends:
        covers = list(islice(_cubes(core, trace(found, size, state)), room))
        listed.setdefault(size, []).extend(covers)
        room -= len(covers)
    return listed


def _cubes(core: Core, covers: Iterator[tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
    for cover in covers:
        yield from product(*[core.members[place] for place in cover])


def _problem(core: Core, places: list[int] | None = None) -> Problem:
    if places is not None:
        return Problem(
            pack([core.covers[place] for place in places], core.points), [1] * len(places), core.points
        )
    return Problem(pack(core.covers, core.points), [len(cubes) for cubes in core.members], core.points)


def _widest(core: Core) -> list[int]:
    """The classes that no other class contains: enough to know how many are needed."""
    every = (1 << len(core.covers)) - 1
    by_point = _by_point(core)
    kept = []
    for place, covered in enumerate(core.covers):
        wider = every
        for point in _members(covered):
            wider &= by_point[point]
        if wider == 1 << place:
            kept.append(place)
    return kept


def _by_point(core: Core) -> list[int]:
    """Per point the classes that cover it, as bits."""
    found = []
    for point in range(core.points):
        bits = bytes(covered >> point & 1 for covered in core.covers)
        packed = np.packbits(np.frombuffer(bits, dtype=np.uint8), bitorder="little")
        found.append(int.from_bytes(packed.tobytes(), "little"))
    return found


def _small(core: Core, limit: int, *, first: bool) -> Part | None:
    """The search of `cover_states.walk` on whole numbers, quicker where little is to be done; else None."""
    by_point = [
        [place for place, covered in enumerate(core.covers) if covered >> point & 1]
        for point in range(core.points)
    ]
    State = tuple[int, tuple[int, ...]]  # noqa: N806
    level: dict[State, Any] = {((1 << core.points) - 1, ()): (1, None)}
    ends: list[tuple[int, Any]] = []
    tried = size = 0
    while level and not (first and ends):
        size += 1
        grown: dict[State, Any] = {}
        for (missed, own), node in level.items():
            low = missed & -missed
            classes = by_point[low.bit_length() - 1]
            tried += len(classes)
            if tried > SMALL:
                return None
            for place in classes:
                covered = core.covers[place]
                kept = [points & ~covered for points in own]
                if all(points & (low - 1) for points in kept):
                    rest = missed & ~covered
                    state = (rest, tuple(sorted([*kept, missed & covered]))) if rest else (0, ())
                    before = grown.get(state)
                    number = node[0] * len(core.members[place])
                    if before:
                        before[0] += number
                        before[1].append((node, place))
                    else:
                        grown[state] = [number, [(node, place)]]
        end = grown.pop((0, ()), None)
        if end:
            ends.append((size, end))
        level = grown
    listed: Listed = {}
    room = limit
    for size, end in ends:
        listed[size] = list(islice(_cubes(core, _paths(end)), room))
        room -= len(listed[size])
    return Part(listed, sum(end[0] for _, end in ends), True, ends[0][0], ends[0][0])


def _paths(node: Any) -> Iterator[tuple[int, ...]]:
    if node[1] is None:
        yield ()
        return
    for parent, place in node[1]:
        for cover in _paths(parent):
            yield (*cover, place)


def _combine(parts: list[Part], limit: int) -> Covers:
    """The covers of the whole chart: one of each part."""
    whole: Listed = {0: [()]}
    for part in parts:
        joined: Listed = {}
        room = limit
        for size in sorted({a + b for a in whole for b in part.listed}):
            for a in sorted(whole):
                pairs = product(whole[a], part.listed.get(size - a, ()))
                covers = [(*left, *right) for left, right in islice(pairs, room)]
                if covers:
                    joined.setdefault(size, []).extend(covers)
                    room -= len(covers)
        whole = joined
    sets = sorted(
        (tuple(sorted(cover)) for covers in whole.values() for cover in covers), key=lambda c: (len(c), c)
    )
    return Covers(
        tuple(sets),
        prod(part.count for part in parts),
        all(part.exact for part in parts),
        sum(part.size for part in parts),
        sum(part.lower for part in parts),
    )


def _members(cubes: int) -> list[int]:
    found = []
    while cubes:
        low = cubes & -cubes
        found.append(low.bit_length() - 1)
        cubes ^= low
    return found


def _bytes(bits: NDArray[Any]) -> list[bytes]:
    """Each row of *bits* as little-endian bytes."""
    packed = np.packbits(np.asarray(bits, dtype=bool), axis=1, bitorder="little")
    size, raw = packed.shape[1], packed.tobytes()
    return [raw[start : start + size] for start in range(0, len(raw), size)] if size else []
