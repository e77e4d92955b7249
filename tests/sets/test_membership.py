"""The border of a set is a place of its own."""

from hypothesis import given
from hypothesis import strategies as st

from concausa.sets.membership import side, strongest


@given(st.floats(0, 1))
def test_a_membership_and_its_complement_lie_on_opposite_sides(value):
    opposite = {"in": "out", "out": "in", "border": "border"}
    assert side(1 - value) == opposite[side(value)]


def test_decimal_noise_does_not_move_a_case_off_the_border():
    assert side(0.1 + 0.2 + 0.2) == "border"


def test_all_of_the_strongest_are_named_when_they_tie():
    assert strongest({"a": 0.3, "b": 0.5, "c": 0.5}) == ("b", "c")
    assert strongest({}) == ()
