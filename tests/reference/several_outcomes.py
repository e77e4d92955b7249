"""Several outcomes minimised together by trying every cube, every set of gates and every connection."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

Cube = tuple[int, ...]
Gate = tuple[Cube, frozenset[int]]
#: For each outcome the cubes that lead to it.
System = tuple[frozenset[Cube], ...]


def within(cube: Cube, row: Cube) -> bool:
    return all(own in (-1, value) for own, value in zip(cube, row, strict=True))


def wider(one: Cube, other: Cube) -> bool:
    return one != other and all(a in (-1, b) for a, b in zip(one, other, strict=True))


def gates(
    rows: Sequence[Cube], on: Sequence[set[int]], off: Sequence[set[int]], levels: Sequence[int]
) -> set[Gate]:
    tagged: dict[Cube, frozenset[int]] = {}
    for cube in product(*[range(-1, count) for count in levels]):
        inside = {place for place, row in enumerate(rows) if within(cube, row)}
        tag = frozenset(t for t in range(len(on)) if not inside & off[t] and inside & on[t])
        if tag:
            tagged[cube] = tag
    return {
        (cube, tag)
        for cube, tag in tagged.items()
        if not any(wider(other, cube) and tag <= more for other, more in tagged.items())
    }


def systems(rows: Sequence[Cube], on: Sequence[set[int]], found: set[Gate], *, fewest: bool) -> set[System]:
    wanted = {(t, place) for t, own in enumerate(on) for place in own}
    listed = sorted(found, key=str)

    def covers(several: Sequence[Gate]) -> bool:
        got = {
            (t, place) for cube, tag in several for t in tag for place in on[t] if within(cube, rows[place])
        }
        return got == wanted

    good: list[tuple[Gate, ...]] = []
    for size in range(len(listed) + 1):
        for several in combinations(listed, size):
            smaller = any(covers([g for g in several if g != gate]) for gate in several)
            if covers(several) and not smaller:
                good.append(several)
        if good and fewest:
            break
    made = set()
    for several in good:
        each = []
        for t, own in enumerate(on):
            usable = [cube for cube, tag in several if t in tag]
            ways = []
            for size in range(len(usable) + 1):
                for chosen in combinations(usable, size):
                    fine = all(any(within(cube, rows[place]) for cube in chosen) for place in own)
                    if fine and not any(set(other) < set(chosen) for other in ways):
                        ways.append(chosen)
            each.append([frozenset(way) for way in ways])
        made |= set(product(*each))
    return made
