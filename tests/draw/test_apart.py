"""Labels in a column."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concausa.draw.apart import apart

PLACES = st.lists(st.floats(0, 300), max_size=15)


@given(PLACES)
def test_no_two_labels_are_nearer_than_a_line(wanted: list[float]) -> None:
    found = sorted(apart(wanted, 14, 0, 300))
    assert all(below - above >= 14 - 1e-6 for above, below in pairwise(found))


@given(PLACES)
def test_labels_stay_within_the_picture_as_long_as_they_fit(wanted: list[float]) -> None:
    assert all(-1e-6 <= place <= 300 + 1e-6 for place in apart(wanted, 14, 0, 300))


@given(st.lists(st.integers(0, 20), max_size=15, unique=True))
def test_labels_that_do_not_touch_stay_where_they_belong(steps: list[int]) -> None:
    wanted = [step * 15.0 for step in steps]
    assert apart(wanted, 14, 0, 300) == pytest.approx(tuple(wanted))


def test_labels_of_one_place_stand_around_it() -> None:
    assert apart([100, 100, 100], 10, 0, 300) == pytest.approx((90, 100, 110))
