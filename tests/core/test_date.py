"""Dates: what their text admits, and what it does not decide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concausa.core.date import Date
from concausa.core.errors import DateError


@pytest.mark.parametrize(
    ("first", "second", "order"),
    [
        ("2001", "2003", "yes"),
        ("2003", "2001", "no"),
        ("2001", "2001", "possibly"),
        ("2001-05-02", "2001-05-02", "no"),
        ("2001", "2001-05", "possibly"),
        ("../2001", "2002", "yes"),
        ("2002/..", "2050", "possibly"),
        # Neither about nor unsure says a year for certain.
        ("2001~", "2003", "possibly"),
        ("2001?", "2003", "possibly"),
        ("2001%", "2003", "possibly"),
        ("2001", "2003?", "possibly"),
        ("2003?", "2001", "possibly"),
        ("1999/2001?", "2003", "possibly"),
    ],
)
def test_an_order_is_sure_only_where_both_texts_are(first: str, second: str, order: str) -> None:
    assert Date.parse(first).before(Date.parse(second)) == order


DATES = st.builds(
    lambda year, mark: Date.parse(f"{year:04d}{mark}"),
    st.integers(1, 9998),
    st.sampled_from(["", "", "~", "?", "%"]),
)


@given(DATES, DATES)
def test_two_dates_are_never_surely_before_each_other(one: Date, other: Date) -> None:
    assert "yes" not in {one.before(other)} & {other.before(one)}
    if one.is_loose or other.is_loose:
        assert one.before(other) == "possibly"


def test_a_date_is_loose_as_its_marks_say() -> None:
    assert [Date.parse(text).is_loose for text in ("2001", "2001~", "2001?", "2001%", "2001/2002?")] == [
        False,
        True,
        True,
        True,
        True,
    ]


def test_the_year_that_means_never_is_refused_with_the_open_end() -> None:
    for text in ("9999", "9999-12-31", "2004/9999"):
        with pytest.raises(DateError) as refused:
            Date.parse(text)
        assert refused.value.what == "the year 9999 is outside 1 to 9998"
        assert refused.value.fix == "write .. for an open end, as in 2004/.."
    assert Date.parse("9998").latest is not None


@pytest.mark.parametrize("text", ["２００４", "٢٠٠٤", "2004-０5", "२००४/2005", "0000", "-0004"])
def test_only_plain_digits_of_our_era_make_a_date(text: str) -> None:
    with pytest.raises(DateError):
        Date.parse(text)
