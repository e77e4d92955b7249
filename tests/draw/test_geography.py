"""Boundaries: rings in the order that d3-geo expects."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concausa.draw.geography import area, middle, rewound

SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]  # counter-clockwise, as RFC 7946 has outer rings
HOLE = [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]]


def test_the_area_of_a_counter_clockwise_square_is_positive() -> None:
    assert area(SQUARE) == 16
    assert area(SQUARE[::-1]) == -16


@given(st.booleans(), st.booleans())
def test_outer_rings_end_clockwise_and_holes_the_other_way_however_they_came(
    outer: bool, inner: bool
) -> None:
    rings = [SQUARE[::-1] if outer else SQUARE, HOLE[::-1] if inner else HOLE]
    done = rewound({"type": "Polygon", "coordinates": rings})["coordinates"]
    assert area(done[0]) < 0 < area(done[1])


def test_every_part_of_a_multipolygon_is_rewound() -> None:
    done = rewound({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE[::-1], HOLE]]})["coordinates"]
    assert [area(polygon[0]) < 0 for polygon in done] == [True, True]


def test_a_point_has_no_rings_to_rewind() -> None:
    assert rewound({"type": "Point", "coordinates": [1, 2]}) == {"type": "Point", "coordinates": [1, 2]}


def test_rewinding_keeps_the_size_of_every_mexican_state() -> None:
    text = (files("concausa") / "studies/prosoft/data/geo/mx_states.geojson").read_text("utf-8")
    features = json.loads(text)["features"]
    assert len(features) == 32
    for feature in features:
        done = rewound(feature["geometry"])
        polygons = done["coordinates"] if done["type"] == "MultiPolygon" else [done["coordinates"]]
        assert all(area(polygon[0]) < 0 for polygon in polygons)
        assert sum(-area(polygon[0]) for polygon in polygons) < 40  # Chihuahua, the largest, has some 23


def test_a_label_stands_in_the_middle_of_the_largest_part() -> None:
    small = [[10, 10], [11, 10], [11, 11], [10, 11], [10, 10]]
    assert middle({"type": "MultiPolygon", "coordinates": [[small], [SQUARE]]}) == pytest.approx((2, 2))


def test_a_label_stands_inside_a_territory_that_is_bent_around_its_centroid() -> None:
    bent = [[0, 0], [10, 0], [10, 2], [2, 2], [2, 8], [10, 8], [10, 10], [0, 10], [0, 0]]
    x, y = middle({"type": "Polygon", "coordinates": [bent]})
    assert 0 < x < 2 or (2 <= x < 10 and (0 < y < 2 or 8 < y < 10))


def test_a_label_keeps_away_from_the_neck_of_a_territory() -> None:
    """Two rooms joined by a narrow passage, the right one larger: the centroid is in the passage."""
    rooms = [[0, 0], [4, 0], [4, 2], [8, 2], [8, -1], [13, -1], [13, 5], [8, 5], [8, 3], [4, 3], [4, 4], [0, 4], [0, 0]]  # fmt: skip
    x, y = middle({"type": "Polygon", "coordinates": [rooms]})
    assert 9 < x < 12
    assert 0 < y < 4
