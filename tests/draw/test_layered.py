"""Layered drawings: boxes apart, arrows between them, pieces below one another."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concausa.draw.layered import layered

BOX, GAP, LANE = 40.0, 10.0, 6.0


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[int], list[tuple[int, int]]]:
    columns = draw(st.lists(st.integers(0, 3), min_size=1, max_size=9))
    pairs = [(a, b) for a in range(len(columns)) for b in range(len(columns)) if columns[a] < columns[b]]
    return columns, draw(st.lists(st.sampled_from(pairs), unique=True, max_size=10)) if pairs else []


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_boxes_and_passing_arrows_of_a_column_never_touch(
    graph: tuple[list[int], list[tuple[int, int]]],
) -> None:
    columns, arrows = graph
    found = layered(columns, arrows, box=BOX, gap=GAP, lane=LANE)
    spans: dict[int, list[tuple[float, float]]] = {}
    for column, y in zip(columns, found.heights, strict=True):
        spans.setdefault(column, []).append((y - BOX / 2, y + BOX / 2))
    for (start, end), route in zip(arrows, found.routes, strict=True):
        assert len(route) == columns[end] - columns[start] - 1
        for column, y in enumerate(route, columns[start] + 1):
            spans.setdefault(column, []).append((y - LANE / 2, y + LANE / 2))
    for own in spans.values():
        own.sort()
        assert all(upper[1] + GAP - 0.3 <= lower[0] for upper, lower in pairwise(own))
        assert own[0][0] >= -0.3
        assert own[-1][1] <= found.height + 0.3


def test_a_chain_runs_level() -> None:
    found = layered([0, 1, 2], [(0, 1), (1, 2)], box=BOX, gap=GAP, lane=LANE)
    assert found.heights == (20.0, 20.0, 20.0)
    assert found.height == BOX


def test_two_arrows_that_could_cross_do_not() -> None:
    found = layered([0, 0, 1, 1], [(0, 3), (1, 2)], box=BOX, gap=GAP, lane=LANE)
    assert (found.heights[0] < found.heights[1]) == (found.heights[3] < found.heights[2])


def test_pieces_that_nothing_joins_stand_below_one_another() -> None:
    found = layered([0, 1, 0, 1], [(0, 1), (2, 3)], box=BOX, gap=GAP, lane=LANE)
    assert found.heights == (20.0, 20.0, 80.0, 80.0)


def test_nothing_takes_no_room() -> None:
    assert layered([], [], box=BOX, gap=GAP, lane=LANE).height == 0.0


def test_an_arrow_that_leads_back_is_refused() -> None:
    with pytest.raises(ValueError, match="the arrow from 0 to 1 does not lead to a later column"):
        layered([1, 0], [(0, 1)], box=BOX, gap=GAP, lane=LANE)


def test_the_same_graph_gives_the_same_drawing() -> None:
    arrows = [(0, 2), (1, 2), (0, 3), (1, 3)]
    one = layered([0, 0, 1, 2], arrows, box=BOX, gap=GAP, lane=LANE)
    assert one == layered([0, 0, 1, 2], arrows, box=BOX, gap=GAP, lane=LANE)
