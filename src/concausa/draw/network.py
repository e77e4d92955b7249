"""Where the boxes and arrows of a directed graph go, with cycles and opposite arrows.

Boxes stand on a grid. A seeded search (simulated annealing) moves them until few arrows cross, none
runs through a foreign box, and linked boxes are near. The same graph always gives the same picture.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Layout:
    """Grid places of boxes.

    Parameters
    ----------
    columns, rows : int
        Size of the grid.
    places : tuple of (int, int)
        Column and row of each box, in the order given.
    """

    columns: int
    rows: int
    places: tuple[tuple[int, int], ...]


@lru_cache(maxsize=32)
def layout(count: int, edges: tuple[tuple[int, int], ...], *, columns: int = 4, seed: int = 7) -> Layout:
    """A readable place on the grid for each of *count* boxes.

    Parameters
    ----------
    count : int
        Number of boxes, at least 1. Beyond 24 the search would take long: boxes then stand in the
        order given.
    edges : tuple of (int, int)
        Arrows as positions of start and end; loops are ignored.
    columns : int
        Widest row of the grid.
    seed : int
        Of the search.

    References
    ----------
    .. [1] Davidson and Harel (1996), Drawing graphs nicely using simulated annealing, *ACM
       Transactions on Graphics* 15(4), 301-331. https://doi.org/10.1145/234535.234538
    """
    columns = max(1, min(columns, math.ceil(math.sqrt(count * 1.2))))
    rows = max(1, math.ceil(count / columns))
    if count > 24:
        return Layout(columns, rows, tuple((box % columns, box // columns) for box in range(count)))
    if count > 4 and columns * rows == count:
        rows += 1
    links = sorted({(min(a, b), max(a, b)) for a, b in edges if a != b})
    grid = _Grid(columns, rows)
    tries = [_annealed(count, links, grid, random.Random(seed + attempt)) for attempt in range(4)]
    _, at = min(tries)
    return _pressed(Layout(columns, rows, tuple(grid.slots[slot] for slot in at)))


class _Grid:
    """What arrows between places of a grid would cost, worked out once.

    Pairs of places have numbers; ``crossed[pair]`` holds the pairs that it would cross and
    ``hidden[pair]`` the places that it would run through, as bits of an integer.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self.slots = [(column, row) for row in range(rows) for column in range(columns)]
        size = len(self.slots)
        pairs = list(combinations(range(size), 2))
        self.number = {pair: position for position, pair in enumerate(pairs)}
        self.length: list[float] = [math.dist(self.slots[a], self.slots[b]) ** 1.5 for a, b in pairs]
        self.hidden = [
            sum(1 << slot for slot in range(size) if slot not in pair and self._hides(pair, slot))
            for pair in pairs
        ]
        self.crossed = [0] * len(pairs)
        for (first, one), (second, other) in combinations(enumerate(pairs), 2):
            if not set(one) & set(other) and self._cross(one, other):
                self.crossed[first] |= 1 << second
                self.crossed[second] |= 1 << first

    def cost(self, at: Sequence[int], links: Sequence[tuple[int, int]]) -> float:
        """Length, crossings and boxes run through when box *i* stands at place ``at[i]``."""
        pairs = [self.number[(at[a], at[b]) if at[a] < at[b] else (at[b], at[a])] for a, b in links]
        taken = sum(1 << slot for slot in at)
        drawn = sum(1 << pair for pair in pairs)
        length = sum(self.length[pair] for pair in pairs)
        hidden = sum((self.hidden[pair] & taken).bit_count() for pair in pairs)
        crossings = sum((self.crossed[pair] & drawn).bit_count() for pair in pairs)
        return float(length + 5.0 * hidden + 1.25 * crossings)

    def _hides(self, pair: tuple[int, int], slot: int) -> bool:
        """Whether an arrow runs through a box, which is wide and low."""
        (x1, y1), (x2, y2), (x, y) = (self.slots[place] for place in (*pair, slot))
        return any(
            abs(x1 + (x2 - x1) * share / 24 - x) < 0.4 and abs(y1 + (y2 - y1) * share / 24 - y) < 0.26
            for share in range(25)
        )

    def _cross(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        a, b, c, d = (self.slots[place] for place in (*one, *other))
        return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _annealed(
    count: int, links: list[tuple[int, int]], grid: _Grid, rng: random.Random
) -> tuple[float, list[int]]:
    order = list(range(len(grid.slots)))
    rng.shuffle(order)
    at = order[:count]
    cost = grid.cost(at, links)
    best = (cost, list(at))
    steps = 220 * count
    for step in range(steps):
        heat = 2.5 * (1 - step / steps) ** 2 + 0.01
        box, target = rng.randrange(count), rng.randrange(len(order))
        trial = [at[box] if slot == target else slot for slot in at]
        trial[box] = target
        rise = grid.cost(trial, links) - cost
        if rise <= 0 or rng.random() < math.exp(-rise / heat):
            at, cost = trial, cost + rise
            best = min(best, (round(cost, 9), list(at)))
    return best


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _pressed(found: Layout) -> Layout:
    """Without empty rows and columns."""
    across = sorted({column for column, _ in found.places})
    down = sorted({row for _, row in found.places})
    places = tuple((across.index(column), down.index(row)) for column, row in found.places)
    return Layout(len(across), len(down), places)


@dataclass(frozen=True, slots=True)
class Curve:
    """An arrow from the edge of one box to the edge of another.

    Parameters
    ----------
    points : tuple of (float, float)
        Along the curve, start first.
    angle : float
        Direction at the end, in degrees clockwise from the x axis (y points down).
    middle : (float, float)
        Where its label stands.
    """

    points: tuple[Point, ...]
    angle: float
    middle: Point


def curve(start: Point, end: Point, half: Point, *, bend: float = 0.0, samples: int = 18) -> Curve:
    """A quadratic curve between two boxes of half width and half height *half*.

    Parameters
    ----------
    start, end : (float, float)
        Middles of the boxes.
    half : (float, float)
        Half width and half height that the arrow must stay out of.
    bend : float
        How far the curve leaves the straight line, to its left; opposite arrows with the same bend
        part from each other.
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    long = math.hypot(dx, dy) or 1.0
    control = (
        (start[0] + end[0]) / 2 + dy / long * bend * 2,
        (start[1] + end[1]) / 2 - dx / long * bend * 2,
    )
    every = [_on(start, control, end, step / 200) for step in range(201)]
    outside = [point for point in every if not _inside(point, start, half) and not _inside(point, end, half)]
    path = outside if len(outside) >= 2 else every
    picked = [path[round(step * (len(path) - 1) / (samples - 1))] for step in range(samples)]
    (x1, y1), (x2, y2) = path[-min(6, len(path))], path[-1]
    return Curve(tuple(picked), math.degrees(math.atan2(y2 - y1, x2 - x1)), path[len(path) // 2])


def _on(start: Point, control: Point, end: Point, share: float) -> Point:
    rest = 1 - share
    return (
        rest * rest * start[0] + 2 * rest * share * control[0] + share * share * end[0],
        rest * rest * start[1] + 2 * rest * share * control[1] + share * share * end[1],
    )


def _inside(point: Point, middle: Point, half: Point) -> bool:
    return abs(point[0] - middle[0]) < half[0] and abs(point[1] - middle[1]) < half[1]


def routed(start: Point, end: Point, half: Point, foreign: Sequence[Point], *, side: float = 0.0) -> Curve:
    """The least bent curve between two boxes that keeps clear of the *foreign* boxes.

    Parameters
    ----------
    half : (float, float)
        Half width and half height of every box.
    foreign : sequence of (float, float)
        Middles of the boxes that the arrow does not concern.
    side : float
        Least bend to the left, for an arrow that shares its ends with others.
    """
    away = (half[0] + 4, half[1] + 4)
    extra = (0.0, 28.0, 56.0, 84.0, 112.0, 140.0)
    bends = [side + more for more in extra] if side else [*extra, *(-more for more in extra[1:])]

    def cost(line: Curve, bend: float) -> float:
        hits = sum(_inside(point, box, away) for point in line.points for box in foreign)
        return 60.0 * hits + abs(bend - side)

    lines = [(curve(start, end, half, bend=bend), bend) for bend in bends]
    return min(lines, key=lambda each: cost(*each))[0]


Room = tuple[float, float]


def spread(
    labels: Sequence[tuple[Sequence[Point], Sequence[Room]]],
    taken: Sequence[tuple[float, float, float, float]],
) -> tuple[tuple[Point, int], ...]:
    """A place along its arrow, and a shape, for each label, away from boxes and from other labels.

    Parameters
    ----------
    labels : sequence of (points, shapes)
        For each label where it may stand, and the (width, height) of each shape it can take, best
        first.
    taken : sequence of (x, y, half width, half height)
        What labels must not cover.
    """
    placed: list[tuple[float, float, float, float]] = []
    chosen: list[tuple[Point, int]] = []
    for points, shapes in labels:
        middle = (len(points) - 1) / 2
        spot, shape = min(
            ((spot, shape) for shape in range(len(shapes)) for spot in range(len(points))),
            key=lambda pick: (
                round(
                    sum(
                        _covered((*points[pick[0]], shapes[pick[1]][0] / 2, shapes[pick[1]][1] / 2), other)
                        for other in (*taken, *placed)
                    )
                ),
                pick[1],
                abs(pick[0] - middle),
            ),
        )
        chosen.append((points[spot], shape))
        placed.append((*points[spot], shapes[shape][0] / 2 + 3, shapes[shape][1] / 2 + 3))
    return tuple(chosen)


def _covered(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> float:
    """Area that two boxes share."""
    wide = one[2] + other[2] - abs(one[0] - other[0])
    high = one[3] + other[3] - abs(one[1] - other[1])
    return wide * high if wide > 0 and high > 0 else 0.0
