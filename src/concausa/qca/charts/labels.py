"""Names beside points: each where there is room, none over another name, a mark or a line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Box = tuple[float, float, float, float]
#: Shape (boxes, 4): left, top, right, bottom.
Boxes = NDArray[np.float64]
#: Gaps between a mark's middle and its name, in pixels; a line leads to the far ones.
_NEAR, _FAR = (9.0, 13.0), (22.0, 34.0, 48.0, 66.0, 88.0)
#: So near to its mark a line may cross what is there, in pixels: marks may lie over each other.
_START = 12.0
_TURNS = tuple(math.tau * step / 16 for step in (0, 8, 12, 4, 14, 2, 10, 6, 15, 1, 13, 3, 9, 7, 11, 5))


@dataclass(frozen=True, slots=True)
class Spot:
    """A name that wants a place.

    Parameters
    ----------
    x, y : float
        The point that it names.
    wide, high : float
        Room that the name takes.
    """

    x: float
    y: float
    wide: float
    high: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name stands: the middle of its box, and whether a line must lead there."""

    x: float
    y: float
    led: bool


def placed(
    spots: Sequence[Spot], taken: Sequence[Box], bounds: Box, *, spared: Sequence[Box] = ()
) -> tuple[Place | None, ...]:
    """A place for each name in turn, None where there is no room within reach.

    Parameters
    ----------
    spots : sequence of Spot
        The most important first: they choose first.
    taken : sequence of (left, top, right, bottom)
        Boxes that no name may touch.
    bounds : (left, top, right, bottom)
        Box that no name may leave.
    spared : sequence of (left, top, right, bottom)
        Boxes that a name rather does not touch: lines, and the surroundings of other marks.

    Examples
    --------
    >>> one, other = placed([Spot(50, 50, 20, 10), Spot(50, 50, 20, 10)], [], (0, 0, 200, 100))
    >>> one.x > 50 > other.x
    True
    """
    boxes = np.array(taken, dtype=np.float64).reshape(-1, 4)
    lines = np.array(spared, dtype=np.float64).reshape(-1, 4)
    found: list[Place | None] = []
    for spot in spots:
        place = _best(spot, boxes, lines, bounds, _NEAR) or _best(spot, boxes, lines, bounds, _FAR, led=True)
        found.append(place)
        if place is not None:
            boxes = np.vstack([boxes, claimed(spot, place)])
    return tuple(found)


def lead(spot: Spot, place: Place) -> tuple[float, float, float, float]:
    """From the mark to the edge of its name: x, y, x2, y2."""
    dx, dy = place.x - spot.x, place.y - spot.y
    share = min(
        (spot.wide / 2 + 1) / abs(dx) if dx else math.inf, (spot.high / 2) / abs(dy) if dy else math.inf
    )
    far = math.hypot(dx, dy)
    near = 6 / far
    return (
        spot.x + dx * near, spot.y + dy * near, place.x - dx * min(share, 1), place.y - dy * min(share, 1)
    )  # fmt: skip


def _best(
    spot: Spot, boxes: Boxes, spared: Boxes, bounds: Box, gaps: Sequence[float], *, led: bool = False
) -> Place | None:
    """The place off *boxes*, nearest first, that touches fewest of *spared*; its line is off *boxes* too."""
    turns = np.array(_TURNS)
    half = np.array([spot.wide / 2, spot.high / 2])
    for gap in gaps:
        middle = np.array([spot.x, spot.y]) + np.stack([np.cos(turns), np.sin(turns)], axis=1) * (gap + half)
        tried = np.hstack([middle - half, middle + half])
        fits = (tried[:, :2] >= bounds[:2]).all(axis=1) & (tried[:, 2:] <= bounds[2:]).all(axis=1)
        fits &= ~_touching(tried, boxes).any(axis=1)
        touched = _touching(tried, spared).sum(axis=1)
        for turn in sorted(np.flatnonzero(fits).tolist(), key=lambda turn: int(touched[turn])):
            place = Place(float(middle[turn, 0]), float(middle[turn, 1]), led)
            if not led or not _touching(along(spot, place), boxes).any():
                return place
    return None


def _touching(some: Boxes, others: Boxes) -> NDArray[np.bool_]:
    one, two = some[:, None, :], others[None, :, :]
    return np.asarray(
        (one[..., 0] < two[..., 2]) & (two[..., 0] < one[..., 2])
        & (one[..., 1] < two[..., 3]) & (two[..., 1] < one[..., 3])
    )  # fmt: skip


def along(spot: Spot, place: Place) -> Boxes:
    """Small boxes along the line to a name, from where it has left the marks at its start."""
    x, y, x2, y2 = lead(spot, place)
    steps = np.linspace(0, 1, max(2, round(math.hypot(x2 - x, y2 - y) / 3)))[:, None]
    points = np.array([x, y]) + steps * np.array([x2 - x, y2 - y])
    points = points[np.hypot(*(points - np.array([spot.x, spot.y])).T) > _START]
    return np.hstack([points - 1, points + 1])


def claimed(spot: Spot, place: Place) -> Boxes:
    """What a placed name takes: its box, and its line."""
    half = np.array([spot.wide / 2 + 2, spot.high / 2 + 0.5])
    middle = np.array([place.x, place.y])
    box = np.hstack([middle - half, middle + half])[None, :]
    return np.vstack([box, along(spot, place)]) if place.led else box
