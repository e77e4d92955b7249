"""Boundaries of territories for maps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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


def middle(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """Where a label stands: the centroid of the largest outer ring."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    ring = max((rings[0] for rings in polygons), key=lambda ring: abs(area(ring)))
    total = area(ring)
    if not total:
        return float(ring[0][0]), float(ring[0][1])
    x = y = 0.0
    for (x1, y1, *_), (x2, y2, *_) in pairwise(ring):
        step = x1 * y2 - x2 * y1
        x += (x1 + x2) * step
        y += (y1 + y2) * step
    return x / (6 * total), y / (6 * total)
