"""The widest boxes of a union, against every box of the space."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from concausa._kernels.consensus import widest


@st.composite
def unions(draw: st.DrawFn):
    levels = draw(st.lists(st.sampled_from([1, 2, 2, 3, 4]), min_size=1, max_size=4))
    box = st.tuples(*(st.integers(1, (1 << m) - 1) for m in levels))
    return levels, draw(st.lists(box, min_size=1, max_size=7))


def _points(box, levels):
    return set(
        itertools.product(
            *([v for v in range(m) if mask >> v & 1] for mask, m in zip(box, levels, strict=True))
        )
    )


@settings(max_examples=100, deadline=None)
@given(unions())
def test_the_widest_boxes_are_those_of_the_definition(union):
    levels, boxes = union
    held = set().union(*(_points(box, levels) for box in boxes))
    every = itertools.product(*(range(1, 1 << m) for m in levels))
    inside = [box for box in every if _points(box, levels) <= held]
    truth = {
        a
        for a in inside
        if not any(a != b and all(x & ~y == 0 for x, y in zip(a, b, strict=True)) for b in inside)
    }
    found, complete = widest(np.array(boxes, dtype=np.uint64))
    assert complete
    assert {tuple(box) for box in found.tolist()} == truth
    assert len(found) == len(truth)


def test_a_search_beyond_its_budget_says_so():
    """x + y over n binary pairs: the prime boxes double with every pair."""
    points = np.array(list(itertools.product([1, 2], repeat=6)), dtype=np.uint64)
    odd = points[(points == 2).sum(axis=1) % 3 != 0]
    found, complete = widest(odd, budget=30)
    assert not complete
    assert len(found)
