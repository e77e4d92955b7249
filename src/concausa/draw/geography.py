"""Boundaries of territories for maps."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

Ring = Sequence[Sequence[float]]


def area(ring: Ring) -> float:
    """Signed area of a closed ring in its own coordinates: positive when counter-clockwise.

    Examples
    --------
    >>> area([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
    1.0
    """
    return sum(x1 * y2 - x2 * y1 for (x1, y1, *_), (x2, y2, *_) in pairwise(ring)) / 2


def rewound(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """The geometry with outer rings clockwise and holes counter-clockwise.

    RFC 7946 winds the other way round; d3-geo, which draws on a sphere, would then colour the whole
    globe except the territory. The order is set, not flipped, so that it does not matter how the
    file was made. Only polygons have rings; other geometries come back as they are.
    """

    def polygon(rings: Sequence[Ring]) -> list[list[list[float]]]:
        return [_wound(ring, clockwise=position == 0) for position, ring in enumerate(rings)]

    kind: str = geometry["type"]
    makers: dict[str, Callable[[Any], list[Any]]] = {
        "Polygon": polygon,
        "MultiPolygon": lambda many: [polygon(rings) for rings in many],
    }
    if kind not in makers:
        return dict(geometry)
    return {"type": kind, "coordinates": makers[kind](geometry["coordinates"])}


def _wound(ring: Ring, *, clockwise: bool) -> list[list[float]]:
    points = [[float(place) for place in point[:2]] for point in ring]
    return points[::-1] if (area(points) < 0) != clockwise else points


#: How much wider than high a label is taken to be, and how fine the search for its place is.
_WIDER, _CELLS, _POINTS = 1.5, 12, 120


def middle(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """Where a label stands: the place in the largest part that is farthest from its outline.

    Distances across count less than distances up, since a label is wider than high. Found on a grid
    and once more on a finer one around the best place. The outline is thinned before.
    """
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    ring = max((rings[0] for rings in polygons), key=lambda ring: abs(area(ring)))
    if not area(ring):
        return float(ring[0][0]), float(ring[0][1])
    kept = ring[:: max(1, len(ring) // _POINTS)]
    return _deepest(tuple((float(x), float(y)) for x, y, *_ in kept))


@lru_cache(maxsize=256)
def _deepest(ring: tuple[tuple[float, float], ...]) -> tuple[float, float]:
    """The place within a ring that is farthest from it; kept, since maps show the same outlines."""
    sides = [(x1 / _WIDER, y1, x2 / _WIDER, y2) for (x1, y1), (x2, y2) in pairwise((*ring, ring[0]))]
    across, up = sorted(side[0] for side in sides), sorted(side[1] for side in sides)
    x, y = (across[0] + across[-1]) / 2, (up[0] + up[-1]) / 2
    wide, high = across[-1] - across[0], up[-1] - up[0]
    for _ in range(2):
        depths = {
            spot: _depth(spot, sides)
            for row in range(1, _CELLS)
            for column in range(1, _CELLS)
            for spot in ((x + wide * (column / _CELLS - 0.5), y + high * (row / _CELLS - 0.5)),)
        }
        best = max(depths.values())
        equal = [spot for spot, depth in depths.items() if depth >= best * (1 - 1e-9)]
        x, y = (sum(spot[0] for spot in equal) / len(equal), sum(spot[1] for spot in equal) / len(equal))
        if _depth((x, y), sides) < best * (1 - 1e-9):
            x, y = equal[len(equal) // 2]
        wide, high = wide / _CELLS * 2, high / _CELLS * 2
    return x * _WIDER, y


def _depth(spot: tuple[float, float], sides: Sequence[tuple[float, float, float, float]]) -> float:
    """Distance to the nearest side, negative outside."""
    x, y = spot
    within = False
    nearest = math.inf
    for x1, y1, x2, y2 in sides:
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            within = not within
        dx, dy = x2 - x1, y2 - y1
        long = dx * dx + dy * dy
        share = max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / long)) if long else 0.0
        nearest = min(nearest, (x - x1 - share * dx) ** 2 + (y - y1 - share * dy) ** 2)
    return math.sqrt(nearest) if within else -math.sqrt(nearest)
