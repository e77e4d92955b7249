"""Layout of graphs: no two boxes on one place, no arrow through a box where it can be helped."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concausa.draw.network import curve, layout, routed, spread


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_every_box_has_a_place_of_its_own(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 9))
    ends = st.integers(0, count - 1)
    edges = tuple(data.draw(st.lists(st.tuples(ends, ends), max_size=12)))
    found = layout(count, edges)
    assert len(set(found.places)) == len(found.places) == count
    assert all(0 <= column < found.columns and 0 <= row < found.rows for column, row in found.places)


def test_the_same_graph_gives_the_same_layout() -> None:
    edges = ((0, 1), (1, 2), (2, 0), (3, 1))
    first = layout(4, edges)
    layout.cache_clear()
    assert layout(4, edges) == first


def test_a_star_keeps_its_hub_within_reach_of_every_ray() -> None:
    found = layout(7, tuple((0, ray) for ray in range(1, 7)))
    hub = found.places[0]
    assert max(math.dist(hub, place) for place in found.places) <= 2.3


def test_a_graph_too_large_to_search_is_still_laid_out() -> None:
    found = layout(40, ((0, 39),), columns=6)
    assert len(set(found.places)) == 40


def test_opposite_arrows_part_from_each_other() -> None:
    there = curve((0, 0), (200, 0), (40, 20), bend=20)
    back = curve((200, 0), (0, 0), (40, 20), bend=20)
    assert there.middle[1] * back.middle[1] < 0


def test_an_arrow_starts_and_ends_outside_its_boxes() -> None:
    line = curve((0, 0), (200, 100), (40, 20))
    for middle in ((0, 0), (200, 100)):
        assert all(abs(x - middle[0]) >= 40 or abs(y - middle[1]) >= 20 for x, y in line.points)


def test_an_arrow_bends_around_a_box_in_its_way() -> None:
    line = routed((0, 0), (0, 200), (40, 20), [(0, 100)])
    assert all(abs(x) >= 40 or abs(y - 100) >= 20 for x, y in line.points)
    straight = routed((0, 0), (0, 200), (40, 20), [])
    assert all(x == pytest.approx(0) for x, _ in straight.points)


def test_labels_keep_off_each_other_and_off_boxes() -> None:
    along = [(float(x), 0.0) for x in range(0, 201, 10)]
    room = [(40.0, 16.0)]
    places = [point for point, _ in spread([(along, room), (along, room)], [(100.0, 0.0, 20.0, 10.0)])]
    assert abs(places[0][0] - places[1][0]) >= 40
    assert all(abs(x - 100) >= 40 for x, _ in places)


def test_a_label_takes_its_second_shape_where_the_first_does_not_fit() -> None:
    point = [(50.0, 50.0)]
    ((_, shape),) = spread([(point, [(80.0, 10.0), (20.0, 30.0)])], [(90.0, 50.0, 10.0, 40.0)])
    assert shape == 1
