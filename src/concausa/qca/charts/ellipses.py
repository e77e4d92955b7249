"""Venn diagrams of one to five sets as geometry: ellipses, the regions that they make, room in each.

One to three sets are circles, four and five are congruent or mirrored ellipses: every combination of
sets is one region. The positions were found by search, so that the smallest region is as roomy as can be.

References
----------
.. [1] Venn (1880), On the diagrammatic and mechanical representation of propositions and reasonings,
   *Philosophical Magazine* 10(59), 1-18. https://doi.org/10.1080/14786448008626877
.. [2] Grünbaum (1975), Venn diagrams and independent families of sets, *Mathematics Magazine* 48(1),
   12-23. https://doi.org/10.1080/0025570X.1975.11976431
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Code = tuple[int, ...]

#: Sets that can be drawn.
MOST = 5
#: Height of the strip below the ellipses that stands for what lies outside them all.
STRIP = 30.0
#: Pixels between the ellipses and that strip, and to a square of the grid; words are flat by this much.
_GAP, _GRAIN, _FLAT = 24.0, 2.0, 1.8


@dataclass(frozen=True, slots=True)
class Ellipse:
    """Middle, half axes and turn (radians, from the x axis towards y)."""

    x: float
    y: float
    a: float
    b: float
    turn: float = 0.0

    def at(self, angle: float) -> Point:
        """The point of its rim at a parameter angle."""
        u, v = self.a * math.cos(angle), self.b * math.sin(angle)
        c, s = math.cos(self.turn), math.sin(self.turn)
        return self.x + u * c - v * s, self.y + u * s + v * c

    def level(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Below 0 inside, 0 on the rim, above 0 outside."""
        c, s = math.cos(self.turn), math.sin(self.turn)
        u, v = (x - self.x) * c + (y - self.y) * s, (y - self.y) * c - (x - self.x) * s
        return np.asarray((u / self.a) ** 2 + (v / self.b) ** 2 - 1)

    @property
    def half(self) -> Point:
        """Half of its width and height."""
        c, s = math.cos(self.turn), math.sin(self.turn)
        return math.hypot(self.a * c, self.b * s), math.hypot(self.a * s, self.b * c)


@dataclass(frozen=True, slots=True)
class Arc:
    """A piece of one rim between two crossings.

    Parameters
    ----------
    ellipse : int
    start, end : float
        Parameter angles, start before end.
    inner, outer : tuple of int
        Codes of the regions on its two sides.
    """

    ellipse: int
    start: float
    end: float
    inner: Code
    outer: Code


@dataclass(frozen=True, slots=True)
class Region:
    """One combination of sets.

    Parameters
    ----------
    code : tuple of int
        1 for each set that it lies in.
    path : str
        Its outline as an SVG path.
    middle : (float, float)
        Its point farthest from every rim; words are flat, so distance across counts for less.
    """

    code: Code
    path: str
    middle: Point


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """Ellipses in a frame of *wide* by *high* pixels, the regions in the order of their codes, the arcs.

    ``grid`` has the number of the region for each square of 2 pixels, shape (rows, columns).
    """

    wide: float
    high: float
    ellipses: tuple[Ellipse, ...]
    regions: tuple[Region, ...]
    arcs: tuple[Arc, ...]
    grid: NDArray[np.int64]

    def place(self, region: Region, wide: float, high: float) -> Point | None:
        """Where a box of this size lies inside a region, as near to its middle as can be; None if nowhere."""
        own = np.cumsum(np.cumsum(self.grid == self.regions.index(region), axis=0), axis=1)
        sums = np.pad(own, ((1, 0), (1, 0)))
        w, h = math.ceil((wide + 4) / _GRAIN), math.ceil((high + 2) / _GRAIN)
        if h >= sums.shape[0] or w >= sums.shape[1]:
            return None
        inside = sums[h:, w:] - sums[:-h, w:] - sums[h:, :-w] + sums[:-h, :-w]
        rows, columns = np.nonzero(inside == w * h)
        if not len(rows):
            return None
        x, y = (columns + w / 2) * _GRAIN, (rows + h / 2) * _GRAIN
        nearest = int(np.argmin((x - region.middle[0]) ** 2 + (y - region.middle[1]) ** 2))
        return float(x[nearest]), float(y[nearest])

    @property
    def rims(self) -> str:
        """Every ellipse and the strip below, as an SVG path."""
        parts = [self.regions[0].path]
        for arc in self.arcs:
            x, y = self.ellipses[arc.ellipse].at(arc.start)
            parts.append(f"M{x:.2f},{y:.2f}{_drawn(self.ellipses[arc.ellipse], arc, forward=True)}")
        return "".join(parts)

    def border(self, codes: frozenset[Code]) -> str:
        """The rim of several regions taken together, as an SVG path."""
        parts = [self.regions[0].path] if self.regions[0].code in codes else []
        for arc in self.arcs:
            if (arc.inner in codes) != (arc.outer in codes):
                x, y = self.ellipses[arc.ellipse].at(arc.start)
                parts.append(f"M{x:.2f},{y:.2f}{_drawn(self.ellipses[arc.ellipse], arc, forward=True)}")
        return "".join(parts)


#: Middle, half axes and turn of the two left ellipses of four; the right ones mirror them.
_FOUR = (0.239, 0.152, 0.742, 0.541, 0.939, 0.026, -0.178, 0.917, 0.409, 0.799)
#: Half axes, middle and turn of the first ellipse of five; the others are turned by fifths.
_FIVE = (1.141, 0.647, 0.02, 0.282, 1.162)


def _units(sets: int) -> list[Ellipse]:
    """The ellipses in a space of their own."""
    if sets <= 3:
        turns = [math.tau * (number / max(sets, 1)) for number in range(sets)]
        off = (0.0, 0.0, 0.62, 0.66)[sets]
        start = math.pi if sets == 2 else -math.pi * 5 / 6
        return [Ellipse(off * math.cos(start + t), off * math.sin(start + t), 1, 1) for t in turns]
    if sets == 4:
        x, y, a, b, turn, x2, y2, a2, b2, turn2 = _FOUR
        return [
            Ellipse(-x, y, a, b, turn), Ellipse(-x2, y2, a2, b2, turn2),
            Ellipse(x2, y2, a2, b2, -turn2), Ellipse(x, y, a, b, -turn),
        ]  # fmt: skip
    a, b, x, y, turn = _FIVE
    made = []
    for number in range(5):
        t = math.tau * number / 5
        c, s = math.cos(t), math.sin(t)
        made.append(Ellipse(x * c - y * s, x * s + y * c, a, b, turn + t))
    return made


@lru_cache(maxsize=8)
def figure(sets: int, scale: float) -> Figure:
    """The diagram of *sets* sets, 1 to 5, whose ellipses together are *scale* pixels wide.

    What lies outside all sets is the strip below them: its words have room, and those around stay legible.
    """
    units = _units(sets)
    left, right = (
        min(e.x - e.half[0] for e in units), max(e.x + e.half[0] for e in units)
    )  # fmt: skip
    top, low = min(e.y - e.half[1] for e in units), max(e.y + e.half[1] for e in units)
    by, pad = scale / (right - left), 16.0
    ellipses = tuple(
        Ellipse((e.x - left) * by + pad, (e.y - top) * by + pad, e.a * by, e.b * by, e.turn) for e in units
    )
    wide, deep = scale + 2 * pad, (low - top) * by + 2 * pad
    arcs = _arcs(ellipses)
    middles = _middles(ellipses, wide, deep)
    high = deep + _GAP + STRIP
    strip = f"M0,{high - STRIP:.2f}L{wide},{high - STRIP:.2f}L{wide},{high:.2f}L0,{high:.2f}L0,{high - STRIP:.2f}Z"
    regions = [Region((0,) * sets, strip, (wide / 2, high - STRIP / 2))]
    for number in range(1, 1 << sets):
        code = tuple(int(bit) for bit in f"{number:0{sets}b}")
        regions.append(Region(code, _outline(ellipses, arcs, code), middles[code]))
    return Figure(wide, high, ellipses, tuple(regions), arcs, _grid(ellipses, wide, deep))


def _arcs(ellipses: Sequence[Ellipse]) -> tuple[Arc, ...]:
    """Every rim cut where another one crosses it."""
    found = []
    angles = np.linspace(0, math.tau, 2881)
    for place, own in enumerate(ellipses):
        others = [other for number, other in enumerate(ellipses) if number != place]
        cuts: list[float] = []
        x, y = (np.array(axis) for axis in zip(*(own.at(angle) for angle in angles.tolist()), strict=True))
        for other in others:
            level = other.level(x, y)
            for step in np.flatnonzero(level[:-1] * level[1:] <= 0).tolist():
                cuts.append(_crossing(own, other, float(angles[step]), float(angles[step + 1])))
        cuts = sorted(set(cuts)) or [0.0]
        for start, end in zip(cuts, [*cuts[1:], cuts[0] + math.tau], strict=True):
            if end - start < 1e-9:
                continue
            px, py = own.at((start + end) / 2)
            sides = [
                tuple(
                    inside if number == place else int(ellipse.level(np.array(px), np.array(py)) < 0)
                    for number, ellipse in enumerate(ellipses)
                )
                for inside in (1, 0)
            ]
            found.append(Arc(place, start, end, sides[0], sides[1]))
    return tuple(found)


def _crossing(own: Ellipse, other: Ellipse, low: float, high: float) -> float:
    def outside(angle: float) -> bool:
        x, y = own.at(angle)
        return bool(other.level(np.array(x), np.array(y)) > 0)

    before = outside(low)
    for _ in range(48):
        middle = (low + high) / 2
        if outside(middle) == before:
            low = middle
        else:
            high = middle
    return high


def _outline(ellipses: Sequence[Ellipse], arcs: Sequence[Arc], code: Code) -> str:
    """The rims of a region, each chained to a loop with the region on the same side."""
    own: dict[tuple[int, int], list[tuple[Arc, bool]]] = defaultdict(list)

    def key(point: Point) -> tuple[int, int]:
        return round(point[0] * 50), round(point[1] * 50)

    left = 0
    for arc in arcs:
        if code in (arc.inner, arc.outer):
            forward = arc.inner == code
            own[key(ellipses[arc.ellipse].at(arc.start if forward else arc.end))].append((arc, forward))
            left += 1
    parts = []
    while left:
        here = next(place for place, waiting in own.items() if waiting)
        x, y = _end(ellipses, *own[here][0], first=True)
        parts.append(f"M{x:.2f},{y:.2f}")
        while waiting := own.get(_near(own, here)):
            arc, forward = waiting.pop()
            left -= 1
            parts.append(_drawn(ellipses[arc.ellipse], arc, forward=forward))
            here = key(_end(ellipses, arc, forward, first=False))
        parts.append("Z")
    return "".join(parts)


def _near(own: dict[tuple[int, int], list[tuple[Arc, bool]]], here: tuple[int, int]) -> tuple[int, int]:
    """The key of *here*: the same crossing found on two rims may fall on two sides of a rounding."""
    around = [(here[0] + dx, here[1] + dy) for dx in (0, -1, 1) for dy in (0, -1, 1)]
    return next((place for place in around if own.get(place)), here)


def _end(ellipses: Sequence[Ellipse], arc: Arc, forward: bool, *, first: bool) -> Point:
    return ellipses[arc.ellipse].at(arc.start if forward == first else arc.end)


def _drawn(ellipse: Ellipse, arc: Arc, *, forward: bool) -> str:
    """The arc in SVG, in halves: an arc of SVG cannot be a whole rim."""
    stops = ((arc.start + arc.end) / 2, arc.end) if forward else ((arc.start + arc.end) / 2, arc.start)
    turn = math.degrees(ellipse.turn)
    pieces = []
    for stop in stops:
        x, y = ellipse.at(stop)
        pieces.append(f"A{ellipse.a:.2f},{ellipse.b:.2f},{turn:.2f},0,{int(forward)},{x:.2f},{y:.2f}")
    return "".join(pieces)


def _grid(ellipses: Sequence[Ellipse], wide: float, high: float) -> NDArray[np.int64]:
    x, y = np.meshgrid(np.arange(_GRAIN / 2, wide, _GRAIN), np.arange(_GRAIN / 2, high, _GRAIN))
    numbers = np.zeros(x.shape, dtype=np.int64)
    for ellipse in ellipses:
        numbers = 2 * numbers + (ellipse.level(x, y) < 0)
    return numbers


def _middles(ellipses: Sequence[Ellipse], wide: float, high: float) -> dict[Code, Point]:
    """For each region the point farthest from every rim; distance across counts for less."""
    angles = np.linspace(0, math.tau, 160, endpoint=False)
    rims = np.array([ellipse.at(angle) for ellipse in ellipses for angle in angles.tolist()])
    xs, ys = np.arange(4, wide - 3, 4.0), np.arange(4, high - 3, 4.0)
    best: dict[Code, tuple[float, Point]] = {}
    for y in ys.tolist():
        codes = np.array([ellipse.level(xs, np.full(len(xs), y)) < 0 for ellipse in ellipses]).T.astype(int)
        rooms = np.hypot((xs[:, None] - rims[:, 0]) / _FLAT, y - rims[:, 1]).min(axis=1)
        for code, x, room in zip(map(tuple, codes.tolist()), xs.tolist(), rooms.tolist(), strict=True):
            if room > best.get(code, (-1.0, (0, 0)))[0]:
                best[code] = (room, (x, y))
    return {code: point for code, (_, point) in best.items()}
