"""Boxes: regions of a property space without listing it, against listing it."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from concausa.qca.box import apart, count, cubes, inside, maximal, meet, points, without


@st.composite
def regions(draw: st.DrawFn):
    levels = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    box = st.tuples(*(st.integers(1, (1 << m) - 1) for m in levels))
    return levels, draw(st.lists(box, max_size=6)), draw(st.lists(box, max_size=3))


def _held(boxes, levels):
    every = itertools.product(*(range(m) for m in levels))
    return {
        p for p in every if any(all(mask >> v & 1 for mask, v in zip(box, p, strict=True)) for box in boxes)
    }


@settings(max_examples=100, deadline=None)
@given(regions())
def test_regions_behave_like_sets_of_points(region):
    levels, one, other = region
    held = _held(one, levels)
    assert list(points(one, levels)) == sorted(held)
    assert count(one, levels) == (len(held), True)
    assert _held(without(one, other), levels) == held - _held(other, levels)
    assert _held(maximal(one), levels) == held
    pieces = apart(one)
    assert _held(pieces, levels) == held
    assert sum(len(_held([piece], levels)) for piece in pieces) == len(held)
    made = cubes(one, levels)
    assert {p for p in held if any(_in(p, cube) for cube in made)} == held
    assert all(p in held for p in _space(levels) if any(_in(p, cube) for cube in made))


@given(regions())
def test_two_boxes_meet_in_their_common_points(region):
    levels, one, other = region
    for a, b in itertools.product(one, other):
        both = meet(a, b)
        common = _held([a], levels) & _held([b], levels)
        assert (_held([both], levels) if both else set()) == common
        assert inside(a, b) == (_held([a], levels) <= _held([b], levels))


def test_many_boxes_are_held_against_each_other_like_few():
    """All boxes of two or more of eight literals lie in those of two; beyond 64 values one by one."""
    for top in (1, 70):
        literal, free = 1 << top, (1 << top) | 1
        many = [tuple(free if v else literal for v in row) for row in itertools.product((0, 1), repeat=8)]
        many = [box for box in many if box.count(literal) >= 2]
        assert maximal(many) == tuple(box for box in many if box.count(literal) == 2)


def test_a_region_over_sixty_four_conditions_is_counted_without_being_listed():
    """Two literals on different conditions hold half, and half of the other half: 3/4 of the space."""
    full = [3] * 64
    a, b = [2, *full[1:]], [3, 2, *full[2:]]
    assert count([tuple(a), tuple(b)], [2] * 64) == (3 * 2**62, True)


def test_a_count_beyond_its_budget_is_a_lower_bound():
    boxes = [tuple(2 if j in (i, i + 1) else 3 for j in range(9)) for i in range(8)]
    number, exact = count(boxes, [2] * 9, budget=2)
    assert not exact
    assert 0 < number <= count(boxes, [2] * 9)[0]


def _space(levels):
    return list(itertools.product(*(range(m) for m in levels)))


def _in(point, cube):
    return all(wanted in (-1, value) for wanted, value in zip(cube, point, strict=True))
