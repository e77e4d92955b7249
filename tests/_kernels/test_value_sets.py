"""Widest products of value sets: against every product of small tables, and by laws."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference import brute_value_sets

from concausa._kernels.value_sets import holders, some_boxes, widest_boxes


@st.composite
def tables(draw: st.DrawFn) -> np.ndarray:
    sizes = draw(st.sampled_from([(2,), (3,), (2, 2), (3, 2), (2, 4), (2, 2, 2), (3, 2, 3), (2, 2, 2, 2)]))
    n = int(np.prod(sizes))
    return np.array(draw(st.lists(st.booleans(), min_size=n, max_size=n))).reshape(sizes)


def as_sets(allowed: np.ndarray, sizes: tuple[int, ...]) -> list[brute_value_sets.Box]:
    ends = np.cumsum((0, *sizes))
    return [
        tuple(
            frozenset(np.flatnonzero(row[ends[axis] : ends[axis + 1]]).tolist()) for axis in range(len(sizes))
        )
        for row in allowed
    ]


@settings(max_examples=150)
@given(tables())
def test_all_widest_boxes_are_found_once_and_nothing_else(table: np.ndarray) -> None:
    found = widest_boxes(table)
    boxes = as_sets(found.allowed, table.shape)
    assert found.complete
    assert len(boxes) == len(set(boxes))
    assert set(boxes) == brute_value_sets.widest(table)


@given(tables(), st.data())
def test_boxes_made_one_by_one_are_widest_and_hold_every_point_wanted(
    table: np.ndarray, data: st.DataObject
) -> None:
    drawn = data.draw(st.lists(st.booleans(), min_size=table.size, max_size=table.size))
    wanted = table & np.array(drawn).reshape(table.shape)
    boxes = as_sets(some_boxes(table, wanted), table.shape)
    assert set(boxes) <= brute_value_sets.widest(table)
    held = set().union(*(brute_value_sets.points(box) for box in boxes))
    assert {tuple(point) for point in np.argwhere(wanted).tolist()} <= held


@given(tables())
def test_a_point_is_inside_the_boxes_that_allow_each_of_its_values(table: np.ndarray) -> None:
    found = widest_boxes(table)
    every = np.indices(table.shape).reshape(table.ndim, -1)
    held = holders(found.allowed, tuple(every), table.shape)
    bits = np.unpackbits(held, axis=1, bitorder="little", count=len(found.allowed)).astype(bool)
    for row, box in zip(bits.T, as_sets(found.allowed, table.shape), strict=True):
        assert {tuple(p) for p in every[:, row].T.tolist()} == brute_value_sets.points(box)


def test_a_table_without_conditions_has_one_box_if_it_is_true_and_none_if_not() -> None:
    assert widest_boxes(np.array(True)).allowed.shape == (1, 0)
    assert widest_boxes(np.array(False)).allowed.shape == (0, 0)


def test_a_threshold_has_as_many_widest_boxes_as_there_are_ways_to_reach_it() -> None:
    # At least 3 of 12 conditions hold: the widest boxes are the 220 choices of 3 out of 12.
    table = np.indices((2,) * 12).sum(axis=0) >= 3
    found = widest_boxes(table)
    assert found.complete and len(found.allowed) == 220


def test_boxes_that_are_too_many_are_told_so() -> None:
    found = widest_boxes(np.indices((2,) * 12).sum(axis=0) >= 3, most=100)
    assert not found.complete and not len(found.allowed)


def test_the_rest_of_the_points_is_left_out_after_the_boxes_that_may_be_made() -> None:
    table = np.eye(4, dtype=bool)
    assert len(some_boxes(table, most=3)) == 3
    assert len(some_boxes(table)) == 4
