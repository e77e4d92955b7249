"""Level maps: declared, complete, rising."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concausa.core.errors import ScaleError
from concausa.measurement.level_map import LevelMap, even, level_bands, memberships

FIVE = ("low", "medium-low", "medium", "medium-high", "high")


def level_map(*points):
    return LevelMap(id="own", label="own", points=points)


def test_even_steps_put_the_middle_of_five_levels_on_the_crossover():
    assert list(memberships(even(FIVE), FIVE).values()) == [0, 0.25, 0.5, 0.75, 1]


def test_a_middle_just_in_or_just_out_moves_the_middle_alone():
    just_in = memberships(even(FIVE, middle=0.51), FIVE)
    just_out = memberships(even(FIVE, middle=0.49), FIVE)
    assert just_in["medium"] == 0.51
    assert just_out["medium"] == 0.49
    assert {level for level in FIVE if just_in[level] != just_out[level]} == {"medium"}


@given(st.integers(2, 12))
def test_even_steps_start_at_0_end_at_1_and_rise(count):
    levels = [f"level {number}" for number in range(count)]
    values = list(memberships(even(levels), levels).values())
    assert values[0] == 0
    assert values[-1] == 1
    assert all(low < high for low, high in pairwise(values))


def test_a_map_may_name_more_levels_than_a_scale_has():
    assert memberships(level_map("low=0", "medium=.5", "high=1"), ("low", "high")) == {"low": 0, "high": 1}


@pytest.mark.parametrize(
    ("points", "what"),
    [
        (("low=0", "high=1"), "no membership for level 'medium'"),
        (("low=0", "medium=.9", "high=.8"), "memberships fall while levels rise"),
        (("low=0", "medium=1.5", "high=1"), "a point is not LEVEL=MEMBERSHIP with a membership from 0 to 1"),
        (("low=0", "medium", "high=1"), "a point is not LEVEL=MEMBERSHIP with a membership from 0 to 1"),
        (("low=0", "medium=nan", "high=1"), "a point is not LEVEL=MEMBERSHIP with a membership from 0 to 1"),
        (("low=0", "low=0", "medium=.5", "high=1"), "level 'low' has two points"),
    ],
)
def test_a_map_that_does_not_fit_is_refused(points, what):
    with pytest.raises(ScaleError) as refusal:
        memberships(level_map(*points), ("low", "medium", "high"))
    assert refusal.value.what == what


def test_a_missing_level_is_told_by_its_nearest_point():
    with pytest.raises(ScaleError) as refusal:
        memberships(level_map("low=0", "medum=.5", "high=1"), ("low", "medium", "high"))
    assert refusal.value.fix == "add medium=…; did you mean it by 'medum'?"


def test_a_middle_beyond_its_neighbours_is_refused():
    with pytest.raises(ScaleError, match=r"the middle membership 0\.8 is not between its neighbours"):
        even(FIVE, middle=0.8)


def test_a_band_reaches_halfway_to_the_neighbours():
    assert level_bands(even(FIVE), FIVE) == {
        "low": (0, 0.125), "medium-low": (0.125, 0.375), "medium": (0.375, 0.625),
        "medium-high": (0.625, 0.875), "high": (0.875, 1),
    }  # fmt: skip


def test_the_outer_bands_reach_to_the_ends_wherever_their_points_lie():
    uneven = level_map("low=0.1", "high=0.7")
    assert level_bands(uneven, ("low", "high")) == {
        "low": (0, pytest.approx(0.4)),
        "high": (pytest.approx(0.4), 1),
    }


def test_levels_that_share_a_point_share_its_band():
    tied = level_map("a=0", "b=0.5", "c=0.5")
    assert level_bands(tied, ("a", "b", "c")) == {"a": (0, 0.25), "b": (0.25, 1), "c": (0.25, 1)}
