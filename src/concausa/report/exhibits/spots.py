"""Spots: where the positions of cases stand in the square, side by side or counted where they share a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from concausa.draw.palette import GREY, SERIES
from concausa.report.exhibits.positions import Position

#: Pixels: left, top and size of the square from membership 0 to 1.
LEFT, TOP, SIDE = 118.0, 36.0, 420.0
#: One a unit, in this order.
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
#: Where marks of as many units stand around their common place, in pixels: less than a mark is wide.
AROUND: dict[int, tuple[tuple[float, float], ...]] = {
    1: ((0, 0),),
    2: ((-8, 0), (8, 0)),
    3: ((-8, 4.5), (8, 4.5), (0, -9)),
    4: ((-8, -8), (8, -8), (-8, 8), (8, 8)),
}

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A position with its place in the picture.

    Parameters
    ----------
    item : Position
    point : (float, float)
        Where its mark stands: at most a mark's width from its true place.
    shape, colour : str
    crowded : bool
        Whether more units share the place than can stand around it; one mark then stands for all.
    """

    item: Position
    point: Point
    shape: str
    colour: str
    crowded: bool


def pixel(x: float, y: float) -> Point:
    """Where a pair of memberships stands."""
    return LEFT + x * SIDE, TOP + (1 - y) * SIDE


def spots(names: Sequence[str], found: Sequence[Position]) -> tuple[Spot, ...]:
    """The spot of every position; *names* are the conditions across and up."""
    units = list(dict.fromkeys(item.case.unit.id for item in found))
    together: dict[Point, list[Position]] = defaultdict(list)
    for item in found:
        values = item.placement.memberships
        together[(values[names[0]], values[names[1]])].append(item)
    made = []
    for place, items in together.items():
        x, y = pixel(*place)
        sharing = list(dict.fromkeys(item.case.unit.id for item in items))
        for item in items:
            if len(sharing) not in AROUND:
                made.append(Spot(item, (x, y), "circle", GREY, True))
                continue
            number = units.index(item.case.unit.id)
            dx, dy = AROUND[len(sharing)][sharing.index(item.case.unit.id)]
            shape, colour = SHAPES[number % len(SHAPES)], SERIES[number % len(SERIES)]
            made.append(Spot(item, (x + dx, y + dy), shape, colour, False))
    return tuple(made)
