"""Where the names of cases stand beside their marks, none over another, or nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import hypot

Point = tuple[float, float]
_Box = tuple[float, float, float, float]

#: Pixels: a letter of average width, the height of a line, half a mark.
_LETTER, _HIGH, _MARK = 6.0, 12.0, 5.0
_NEAR = ((9, 0, "left"), (-9, 0, "right"), (0, -13, "center"), (0, 13, "center"))
_UP = tuple(sign * down for down in (16, 32, 50, 70, 95, 125, 155, 190) for sign in (-1, 1))
_FAR = tuple(
    (across, down, "left" if across > 0 else "right")
    for across, down in sorted(
        ((sign * across, down) for across, down, sign in product((14, 40, 80, 130, 190), _UP, (1, -1))),
        key=lambda spot: hypot(*spot),
    )
)


@dataclass(frozen=True, slots=True)
class Label:
    """Where a name stands.

    Parameters
    ----------
    at : (float, float)
        Pixels from the left and from the top.
    align : str
        ``left``, ``right`` or ``center`` of the name is there.
    far : bool
        Whether a line should lead to it from its mark.
    """

    at: Point
    align: str
    far: bool


def place(
    names: Sequence[str],
    points: Sequence[Point],
    width: float,
    height: float,
    *,
    lines: Sequence[Sequence[Point]] = (),
) -> tuple[Label | None, ...]:
    """A place for each name within the picture, off all marks and all other names; None without room.

    Parameters
    ----------
    names : sequence of str
    points : sequence of (float, float)
        Where the marks stand, in pixels.
    width, height : float
        Of the picture.
    lines : sequence of sequence of (float, float)
        Corners of lines that names keep off as far as they can.

    Examples
    --------
    >>> place(["NL", "PUE"], [(10, 10), (10, 10)], 100, 100)[0].align
    'left'
    """
    marks = [(x - _MARK, y - _MARK, x + _MARK, y + _MARK) for x, y in points]
    drawn = [spot for line in lines for pair in pairwise(line) for spot in _along(*pair)]
    boxes: list[_Box] = []
    leaders: list[list[Point]] = []
    found: list[Label | None] = [None] * len(names)
    for at in sorted(range(len(names)), key=lambda at: (points[at], at)):
        for avoided in (drawn, ()):
            label = _free(names[at], points[at], (width, height), marks, boxes, leaders, avoided)
            if label is not None:
                found[at] = label
                boxes.append(_box(names[at], label.at, label.align))
                if label.far:
                    leaders.append(_along(points[at], label.at))
                break
    return tuple(found)


def _free(
    name: str,
    point: Point,
    room: Point,
    marks: Sequence[_Box],
    boxes: Sequence[_Box],
    leaders: Sequence[Sequence[Point]],
    avoided: Sequence[Point],
) -> Label | None:
    """The first place of a name at which it covers nothing and its leader crosses no name."""
    for number, (across, down, align) in enumerate((*_NEAR, *_FAR)):
        far = number >= len(_NEAR)
        spot = (point[0] + across, point[1] + down)
        box = _box(name, spot, align)
        if not (box[0] >= 0 and box[2] <= room[0] and box[1] >= 0 and box[3] <= room[1]):
            continue
        if any(_overlap(box, other) for other in (*marks, *boxes)):
            continue
        if any(_within(place, box) for leader in leaders for place in leader):
            continue
        if far and any(_within(place, other) for place in _along(point, spot) for other in boxes):
            continue
        if not any(_within(place, box) for place in avoided):
            return Label(spot, align, far)
    return None


def _along(start: Point, stop: Point) -> list[Point]:
    """Points on the way, a few pixels apart."""
    steps = max(2, round(hypot(stop[0] - start[0], stop[1] - start[1]) / 4))
    return [
        (start[0] + (stop[0] - start[0]) * step / steps, start[1] + (stop[1] - start[1]) * step / steps)
        for step in range(steps + 1)
    ]


def _box(name: str, spot: Point, align: str) -> _Box:
    size = _LETTER * len(name) + 2
    left = spot[0] - {"left": 0.0, "right": size, "center": size / 2}[align]
    return left, spot[1] - _HIGH / 2, left + size, spot[1] + _HIGH / 2


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _within(point: Point, box: _Box) -> bool:
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]
