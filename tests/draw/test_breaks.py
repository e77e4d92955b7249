"""Class breaks of maps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from concausa.draw.breaks import breaks, class_of

NUMBERS = st.lists(
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 3)), min_size=1, max_size=40
)


@given(NUMBERS)
def test_breaks_rise_and_lie_within_the_numbers(values: list[float]) -> None:
    inner = breaks(values)
    assert list(inner) == sorted(set(inner))
    assert all(min(values) < edge <= max(values) for edge in inner)


@given(NUMBERS)
def test_every_number_falls_into_one_class_and_order_is_kept(values: list[float]) -> None:
    inner = breaks(values)
    classes = [class_of(value, inner) for value in sorted(values)]
    assert classes == sorted(classes)
    assert set(classes) <= set(range(len(inner) + 1))


def test_a_break_belongs_to_the_class_above_it() -> None:
    assert [class_of(value, (10, 20)) for value in (9.9, 10, 19.9, 20)] == [0, 1, 1, 2]


def test_equal_numbers_make_one_class() -> None:
    assert breaks([5, 5, 5]) == ()
