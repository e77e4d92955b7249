"""Where the boxes and arrows of a graph without cycles go when it is read from left to right.

Boxes stand in columns. Long arrows get a place in every column that they cross, so that they run between
boxes; the places of a column are ordered so that few arrows cross, and pulled level with their neighbours.

References
----------
.. [1] Sugiyama, Tagawa & Toda (1981), Methods for visual understanding of hierarchical system structures,
   *IEEE Transactions on Systems, Man, and Cybernetics* 11(2), 109-125.
   https://doi.org/10.1109/TSMC.1981.4308636
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

_SWEEPS = 24


@dataclass(frozen=True, slots=True)
class Layered:
    """Places in a left-to-right drawing.

    Parameters
    ----------
    columns : tuple of int
        Column of each box, in the order given.
    heights : tuple of float
        Middle of each box from the top.
    routes : tuple of tuple of float
        For each arrow the heights at which it passes the columns between its ends, first to last.
    height : float
        From the top to the bottom of the drawing.
    """

    columns: tuple[int, ...]
    heights: tuple[float, ...]
    routes: tuple[tuple[float, ...], ...]
    height: float


def layered(
    columns: Sequence[int], arrows: Sequence[tuple[int, int]], *, box: float, gap: float, lane: float
) -> Layered:
    """Heights for boxes whose columns are known, and for the arrows between them.

    Parameters
    ----------
    columns : sequence of int
        Column of each box, from 0.
    arrows : sequence of (int, int)
        Start and end of each arrow as positions of boxes; it must lead to a later column.
    box, gap, lane : float
        Height of a box, the room between two, and the height that a passing arrow takes.

    Raises
    ------
    ValueError
        If an arrow does not lead to a later column.

    Examples
    --------
    >>> found = layered([0, 1, 2], [(0, 1), (1, 2), (0, 2)], box=40, gap=10, lane=10)
    >>> [len(route) for route in found.routes], found.heights[0] == found.heights[2]
    ([0, 0, 1], True)
    """
    for start, end in arrows:
        if columns[start] >= columns[end]:
            raise ValueError(f"the arrow from {start} to {end} does not lead to a later column")
    heights = [0.0] * len(columns)
    routes: list[tuple[float, ...]] = [()] * len(arrows)
    top = 0.0
    for boxes in _pieces(len(columns), arrows):
        number = {old: new for new, old in enumerate(boxes)}
        own = [place for place, (start, _) in enumerate(arrows) if start in number]
        ends = [(number[arrows[place][0]], number[arrows[place][1]]) for place in own]
        placed = _piece([columns[old] for old in boxes], ends, box, gap, lane)
        for old, y in zip(boxes, placed.heights, strict=True):
            heights[old] = round(y + top, 1)
        for place, route in zip(own, placed.routes, strict=True):
            routes[place] = tuple(round(y + top, 1) for y in route)
        top += placed.height + 2 * gap
    return Layered(tuple(columns), tuple(heights), tuple(routes), round(max(top - 2 * gap, 0.0), 1))


def _pieces(count: int, arrows: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The boxes that arrows join, in the order of the first box of each piece."""
    near: dict[int, list[int]] = {}
    for start, end in arrows:
        near.setdefault(start, []).append(end)
        near.setdefault(end, []).append(start)
    seen: set[int] = set()
    pieces = []
    for box in range(count):
        if box in seen:
            continue
        piece = [box]
        seen.add(box)
        for here in piece:
            new = [other for other in near.get(here, ()) if other not in seen]
            piece += dict.fromkeys(new)
            seen.update(new)
        pieces.append(sorted(piece))
    return pieces


def _piece(
    columns: Sequence[int], arrows: Sequence[tuple[int, int]], box: float, gap: float, lane: float
) -> Layered:
    place, links, routes = _places(columns, arrows)
    rows: list[list[int]] = [[] for _ in range(max(place, default=-1) + 1)]
    for point, column in enumerate(place):
        rows[column].append(point)
    forth: dict[int, list[int]] = {}
    back: dict[int, list[int]] = {}
    for start, end in links:
        forth.setdefault(start, []).append(end)
        back.setdefault(end, []).append(start)
    sizes = [box if point < len(columns) else lane for point in range(len(place))]
    heights = _levelled(_ordered(rows, links, forth, back), sizes, gap, forth, back)
    top = min(heights[point] - sizes[point] / 2 for point in heights)
    bottom = max(heights[point] + sizes[point] / 2 for point in heights)
    return Layered(
        tuple(columns),
        tuple(heights[point] - top for point in range(len(columns))),
        tuple(tuple(heights[point] - top for point in route) for route in routes),
        bottom - top,
    )


def _places(
    columns: Sequence[int], arrows: Sequence[tuple[int, int]]
) -> tuple[list[int], list[tuple[int, int]], list[list[int]]]:
    """Boxes and the points at which long arrows pass a column; links between neighbours; the routes."""
    place = list(columns)
    links: list[tuple[int, int]] = []
    routes: list[list[int]] = []
    for start, end in arrows:
        route = []
        here = start
        for column in range(columns[start] + 1, columns[end]):
            place.append(column)
            route.append(len(place) - 1)
            links.append((here, route[-1]))
            here = route[-1]
        links.append((here, end))
        routes.append(route)
    return place, links, routes


def _ordered(
    rows: list[list[int]],
    links: Sequence[tuple[int, int]],
    forth: Mapping[int, Sequence[int]],
    back: Mapping[int, Sequence[int]],
) -> list[list[int]]:
    """The order of each column with the fewest crossings that sweeps of barycentres find."""
    now = [list(row) for row in rows]
    best, least = now, _crossings(now, links)
    for sweep in range(_SWEEPS):
        towards = back if sweep % 2 == 0 else forth
        order = range(len(now)) if sweep % 2 == 0 else reversed(range(len(now)))
        now = [list(row) for row in now]
        for column in order:
            at = {point: rank / max(1, len(row) - 1) for row in now for rank, point in enumerate(row)}
            now[column].sort(
                key=lambda point: (
                    fmean(at[other] for other in towards[point]) if towards.get(point) else at[point]
                )
            )
        if (count := _crossings(now, links)) < least:
            best, least = now, count
    return best


def _crossings(rows: Sequence[Sequence[int]], links: Sequence[tuple[int, int]]) -> int:
    rank = {point: number for row in rows for number, point in enumerate(row)}
    column = {point: number for number, row in enumerate(rows) for point in row}
    between: dict[int, list[tuple[int, int]]] = {}
    for start, end in links:
        between.setdefault(column[start], []).append((rank[start], rank[end]))
    return sum(
        (one[0] - two[0]) * (one[1] - two[1]) < 0
        for pairs in between.values()
        for number, one in enumerate(pairs)
        for two in pairs[number + 1 :]
    )


def _levelled(
    rows: Sequence[Sequence[int]],
    sizes: Sequence[float],
    gap: float,
    forth: Mapping[int, Sequence[int]],
    back: Mapping[int, Sequence[int]],
) -> dict[int, float]:
    """Heights near those of the neighbours, in order, with room between."""
    heights: dict[int, float] = {}
    for row in rows:
        total = sum(sizes[point] + gap for point in row)
        top = -total / 2
        for point in row:
            heights[point] = top + sizes[point] / 2
            top += sizes[point] + gap
    for sweep in range(_SWEEPS):
        order = rows if sweep % 2 == 0 else list(reversed(rows))
        for row in filter(None, order):
            wanted = [_wanted(point, heights, forth, back) for point in row]
            apart = [0.0]
            for one, two in pairwise(row):
                apart.append(apart[-1] + (sizes[one] + sizes[two]) / 2 + gap)
            pulled = _rising([want - room for want, room in zip(wanted, apart, strict=True)])
            heights |= {point: y + room for point, y, room in zip(row, pulled, apart, strict=True)}
    return heights


def _wanted(
    point: int,
    heights: Mapping[int, float],
    forth: Mapping[int, Sequence[int]],
    back: Mapping[int, Sequence[int]],
) -> float:
    near = [heights[other] for other in (*back.get(point, ()), *forth.get(point, ()))]
    return fmean(near) if near else heights[point]


def _rising(values: Sequence[float]) -> list[float]:
    """The rising sequence nearest to *values* in squares: neighbours that fall are averaged."""
    blocks: list[tuple[float, int]] = []
    for value in values:
        blocks.append((value, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (late, many), (early, count) = blocks.pop(), blocks.pop()
            blocks.append(((early * count + late * many) / (count + many), count + many))
    return [value for value, count in blocks for _ in range(count)]
