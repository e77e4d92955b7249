"""The widest boxes in words: those that are found without packing, and by looking at every box."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from concausa._kernels import consensus
from concausa._kernels.packed_boxes import Fields, maximal, widest


@st.composite
def unions(draw):
    """Levels of up to four conditions and some boxes over them."""
    levels = tuple(draw(st.lists(st.integers(1, 3), min_size=1, max_size=4)))
    box = st.tuples(*[st.integers(1, (1 << m) - 1) for m in levels])
    return levels, draw(st.lists(box, min_size=1, max_size=6))


@settings(max_examples=75, deadline=None)
@given(unions())
def test_the_widest_boxes_are_those_of_every_box_within_the_union(union):
    levels, boxes = union
    points = {p for box in boxes for p in _points(box)}
    every = [
        box
        for box in itertools.product(*(range(1, 1 << m) for m in levels))
        if all(p in points for p in _points(box))
    ]
    truth = {a for a in every if not any(a != b and _within(a, b) for b in every)}
    fields = Fields(levels)
    found, complete = widest(fields.pack(np.array(boxes, dtype=np.uint64)), fields)
    assert complete
    assert {tuple(box) for box in fields.unpack(found).tolist()} == truth
    assert (np.diff(found.astype(object)) > 0).all()


def test_sixty_four_values_fill_a_word():
    """Thirty-two conditions of two values; two boxes that differ in the last one become one."""
    levels = (2,) * 32
    boxes = np.full((2, 32), 1, dtype=np.uint64)
    boxes[1, -1] = 2
    fields = Fields(levels)
    words = fields.pack(boxes)
    assert (fields.unpack(words) == boxes).all()
    found, complete = widest(words, fields)
    assert complete
    assert fields.unpack(found).tolist() == [[1] * 31 + [3]]


@settings(max_examples=60, deadline=None)
@given(unions())
def test_packing_changes_nothing(union):
    levels, boxes = union
    fields, array = Fields(levels), np.array(boxes, dtype=np.uint64)
    plain = {tuple(box) for box in consensus.maximal(array).tolist()}
    assert {tuple(box) for box in fields.unpack(maximal(fields.pack(array))).tolist()} == plain


def test_a_search_beyond_the_budget_says_so():
    boxes = np.array([[1, 3, 2], [2, 2, 3]], dtype=np.uint64)
    fields = Fields((2, 2, 2))
    assert not widest(fields.pack(boxes), fields, budget=2)[1]


def _points(box):
    return itertools.product(*([v for v in range(3) if values >> v & 1] for values in box))


def _within(a, b):
    return all(x & ~y == 0 for x, y in zip(a, b, strict=True))
