"""Tenures: rows on one holder's term joined, years given to whoever held the office for most of their days."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reference.brute_tenures import holders_day_by_day

from concausa.core.date import Date
from concausa.record.tenure import holders_of_year, takeovers, tenures
from concausa.record.term import Term


def term(holder: str, start: str = "", end: str = "", *, id: str = "") -> Term:
    return Term(
        id=id or holder, office="governor", holder=holder,
        start=Date.parse(start) if start else None, end=Date.parse(end) if end else None,
    )  # fmt: skip


def of_year(terms: list[Term], year: int) -> list[tuple[str, ...]]:
    return [held.ids for held in holders_of_year(tenures(terms), year)]


EXACT = [term("Ann", "2000-10-04", "2003-10-03"), term("Bea", "2003-10-04", "2006-10-03")]


def test_a_year_belongs_to_whoever_held_the_office_for_most_of_its_days() -> None:
    # 1 January to 3 October 2003 are 276 days, the rest 89.
    assert [of_year(EXACT, year) for year in (2002, 2003, 2004)] == [[("Ann",)], [("Ann",)], [("Bea",)]]


def test_a_year_of_which_most_days_have_no_known_holder_belongs_to_nobody() -> None:
    # Ann came on 4 October 2000: 89 of 366 days. Bea left on 3 October 2006: 276 of 365.
    assert [of_year(EXACT, year) for year in (1999, 2000, 2006, 2007)] == [[], [], [("Bea",)], []]


def test_rows_on_one_term_are_joined_and_the_exact_date_counts() -> None:
    rows = [term("Ann Lee", "2000", "2003", id="by year"), term("Ann Lee Cho", "2000-02-01", id="by day"),
            term("Bea", "2003-10-04")]  # fmt: skip
    assert [of_year(rows, year) for year in (2000, 2003, 2004)] == [
        [("by year", "by day")], [("by year", "by day")], [("Bea",)],
    ]  # fmt: skip


def test_a_change_dated_by_its_year_leaves_that_year_open() -> None:
    rows = [term("Ann", "2000", "2003"), term("Bea", "2003", "2006")]
    assert [of_year(rows, year) for year in (2002, 2003, 2004)] == [
        [("Ann",)],
        [("Ann",), ("Bea",)],
        [("Bea",)],
    ]


def test_a_term_without_an_end_lasts_until_somebody_follows() -> None:
    rows = [term("Ann", "2000-01-01"), term("Bea", "2005-01-01")]
    assert [of_year(rows, year) for year in (2004, 2005, 2030)] == [[("Ann",)], [("Bea",)], [("Bea",)]]


def came(rows: list[Term], first: int, last: int) -> list[tuple[str, range]]:
    return [(held.ids[0], years) for held, years in takeovers(tenures(rows), range(first, last + 1))]


def test_a_new_holder_comes_in_the_first_year_that_is_theirs() -> None:
    assert came(EXACT, 2001, 2006) == [("Ann", range(2001, 2002)), ("Bea", range(2004, 2005))]


def test_who_held_the_office_the_year_before_is_no_new_holder() -> None:
    assert came(EXACT, 2002, 2006) == [("Bea", range(2004, 2005))]
    assert came([term("Ann", "1990")], 2002, 2006) == []


def test_the_year_of_a_change_that_is_dated_loosely_stays_open() -> None:
    rows = [term("Ann", "2000", "2003"), term("Bea", "2003", "2006")]
    assert came(rows, 2002, 2005) == [("Bea", range(2003, 2005))]
    # Begun in the year before the first, perhaps.
    assert came(rows, 2004, 2005) == [("Bea", range(2003, 2005))]


DAYS = st.dates(datetime.date(1998, 1, 1), datetime.date(2006, 12, 31)).map(str)
LOOSE = st.integers(1998, 2006).map(str)


@st.composite
def some_terms(draw: st.DrawFn) -> list[Term]:
    rows = []
    for holder in draw(st.lists(st.sampled_from("ABCD"), min_size=1, max_size=4, unique=True)):
        start, end = sorted(draw(st.lists(st.one_of(DAYS, LOOSE), min_size=2, max_size=2)))
        rows.append(
            term(holder, draw(st.sampled_from([start, start, ""])), draw(st.sampled_from([end, end, ""])))
        )
    return rows


@given(some_terms(), st.integers(1998, 2006))
def test_stretches_count_what_single_days_do(rows: list[Term], year: int) -> None:
    found = tenures(rows)
    assert set(holders_of_year(found, year)) == holders_day_by_day(found, year)


@given(some_terms())
def test_nobody_comes_twice_or_in_a_year_that_cannot_be_theirs(rows: list[Term]) -> None:
    found = tenures(rows)
    came = takeovers(found, range(1999, 2007))
    assert len({held for held, _ in came}) == len(came)
    for held, years in came:
        assert held in holders_of_year(found, years.start)


@pytest.mark.parametrize("year", [1, 9998])
def test_the_first_and_the_last_years_of_the_calendar_are_years(year: int) -> None:
    assert holders_of_year(tenures([term("Ann", "2000-01-01")]), year) in (
        (),
        tenures([term("Ann", "2000-01-01")]),
    )
