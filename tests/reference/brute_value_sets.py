"""Products of value sets, by trying all of them: slow and obvious."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np

Box = tuple[frozenset[int], ...]


def subsets(size: int) -> list[frozenset[int]]:
    """Every set of values but the empty one."""
    return [frozenset(some) for n in range(1, size + 1) for some in combinations(range(size), n)]


def points(box: Box) -> set[tuple[int, ...]]:
    return set(product(*box))


def widest(table: np.ndarray) -> set[Box]:
    """Boxes within the table of which no other box within it is a superset."""
    true = {tuple(int(v) for v in point) for point in np.argwhere(table)}
    boxes = [box for box in product(*[subsets(size) for size in table.shape]) if points(box) <= true]
    held = {box: points(box) for box in boxes}
    return {box for box in boxes if not any(held[box] < held[other] for other in boxes)}


def fewest(table: np.ndarray) -> tuple[int, set[frozenset[Box]]]:
    """The least number of widest boxes whose union is the table, and every such set of boxes."""
    true = {tuple(int(v) for v in point) for point in np.argwhere(table)}
    boxes = sorted(widest(table), key=lambda box: [sorted(values) for values in box])
    for size in range(len(boxes) + 1):
        found = {
            frozenset(some)
            for some in combinations(boxes, size)
            if set().union(*(points(box) for box in some)) == true
        }
        if found:
            return size, found
    raise AssertionError
