"""Alignment month by month, with what the record leaves open kept open."""

import dataclasses
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concausa.core.date import Date
from concausa.core.interval import Interval
from concausa.record.term import Term
from concausa.rivals.alignment import alignment


def term(id, party, start, end, *, unit="A", office="governor"):
    return Term(
        id=id,
        unit=unit,
        office=office,
        holder=id,
        party=party,
        start=Date.parse(start) if start else None,
        end=Date.parse(end) if end else None,
    )


def told(id, holder, party, start, end):
    return dataclasses.replace(term(id, party, start, end), holder=holder)


RED = term("red-president", "RED", "2000-12-01", "2006-11-30", unit="", office="president")
BLUE = term("blue-president", "BLUE", "2006-12-01", "2012-11-30", unit="", office="president")


def test_months_are_counted_by_who_held_office_for_most_of_them():
    # A blue governor from 10 March 2006; the president turns blue on 1 December 2006.
    governors = [
        term("g1", "RED", "2000-03-10", "2006-03-09"),
        term("g2", "BLUE", "2006-03-10", "2012-03-09"),
    ]
    found = alignment([RED, BLUE, *governors], "A", Date.parse("2006"))
    assert [month.status for month in found.months] == ["aligned"] * 2 + ["not aligned"] * 9 + ["aligned"]
    assert [(span.first.month, span.last.month, span.months) for span in found.spans] == [
        (1, 2, 2),
        (3, 11, 9),
        (12, 12, 1),
    ]
    assert found.aligned == Interval.exact(3)


def test_a_year_without_a_month_leaves_its_months_open():
    governors = [term("g1", "RED", "2001", "2003"), term("g2", "BLUE", "2003", "2005")]
    found = alignment([RED, *governors], "A", Date.parse("2002/2004"))
    by_year = {year: {m.status for m in found.months if m.month.year == year} for year in (2002, 2003, 2004)}
    assert by_year == {2002: {"aligned"}, 2003: {"open"}, 2004: {"not aligned"}}
    assert (found.aligned.low, found.aligned.high) == (12, 24)


def test_a_certain_start_ends_an_open_term():
    governors = [term("g1", "RED", "2001-01-01", ""), term("g2", "BLUE", "2003-01-01", "")]
    found = alignment([RED, *governors], "A", Date.parse("2002/2003"))
    assert found.count("aligned") == 12
    assert found.count("not aligned") == 12


def test_an_independent_is_never_aligned():
    both = [
        term("g", "independent", "2001-01-01", "2006-12-31"),
        term("p", "independent", "2001-01-01", "2006-12-31", unit="", office="president"),
    ]
    assert alignment(both, "A", Date.parse("2003")).count("not aligned") == 12


def test_no_holder_or_no_party_is_open_not_misaligned():
    nameless = term("g", "", "2001-01-01", "2006-12-31")
    assert alignment([RED, nameless], "A", Date.parse("2003")).count("open") == 12
    assert alignment([RED], "A", Date.parse("2003")).count("open") == 12


def test_terms_of_other_units_and_offices_do_not_count():
    others = [
        term("x", "RED", "2001-01-01", "2006-12-31", unit="B"),
        term("y", "RED", "2001-01-01", "2006", office="mayor"),
    ]
    assert alignment([RED, *others], "A", Date.parse("2003")).count("open") == 12


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["RED", "BLUE"]), min_size=1, max_size=5),
    st.integers(2001, 2003),
    st.integers(0, 2),
)
def test_every_month_of_the_window_is_counted_once(parties, year, length):
    governors = [
        term(f"g{place}", party, f"{2000 + place}-07-01", f"{2001 + place}-06-30")
        for place, party in enumerate(parties)
    ]
    found = alignment([RED, BLUE, *governors], "A", Date.parse(f"{year}/{year + length}"))
    counts = [found.count(status) for status in ("aligned", "not aligned", "open")]
    assert sum(counts) == len(found.months) == 12 * (length + 1)
    assert sum(span.months for span in found.spans) == sum(counts)
    assert found.months[0].month == datetime.date(year, 1, 1)


def test_a_holder_without_a_party_leaves_months_open_and_no_older_term_decides_them():
    governors = [term("Ana", "RED", "1997-10-01", ""), term("Bruno", "", "2003-10-01", "2009-09-30")]
    found = alignment([RED, *governors], "A", Date.parse("2003/2004"))
    assert [month.status for month in found.months] == ["aligned"] * 9 + ["open"] * 15


def test_rows_of_one_holder_are_one_term_and_give_each_other_what_they_lack():
    governors = [
        told("printed", "Ana Núñez", "", "2001", "2004"),
        told("collected", "Ana Nuñez-Ríos", "RED", "2001-03-10", ""),
        told("next", "Bruno Gil", "BLUE", "2004-07-10", "2010-07-09"),
    ]
    found = alignment([RED, *governors], "A", Date.parse("2001/2004"))
    # nobody to February 2001; red to the end of 2003; she left some day of 2004, he began in July
    expected = ["open"] * 2 + ["aligned"] * 34 + ["open"] * 6 + ["not aligned"] * 6
    assert [month.status for month in found.months] == expected
    assert {"printed", "collected"} <= set(found.terms)


def test_two_terms_of_one_holder_that_their_dates_part_are_not_joined():
    governors = [
        told("first", "Ana Núñez", "RED", "2001-01-01", "2002-12-31"),
        told("second", "Ana Núñez", "BLUE", "2005-01-01", "2006-12-31"),
    ]
    found = alignment([RED, *governors], "A", Date.parse("2002/2005"))
    by_year = {year: {m.status for m in found.months if m.month.year == year} for year in range(2002, 2006)}
    assert by_year == {2002: {"aligned"}, 2003: {"open"}, 2004: {"open"}, 2005: {"not aligned"}}


def test_a_row_that_fits_two_holders_gives_neither_of_them_its_party():
    governors = [
        told("one", "Ana Núñez", "", "2001-01-01", "2002-12-31"),
        told("other", "Bea Núñez", "", "2003-01-01", "2004-12-31"),
        told("either", "Núñez", "RED", "", ""),
    ]
    assert alignment([RED, *governors], "A", Date.parse("2001/2004")).count("open") == 48


def test_sources_that_give_one_holder_two_parties_leave_the_months_open():
    governors = [
        told("a", "Ana Núñez", "RED", "2001-01-01", "2004-12-31"),
        told("b", "Núñez", "BLUE", "2001", "2004"),
    ]
    assert alignment([RED, *governors], "A", Date.parse("2003")).count("open") == 12


@pytest.mark.parametrize("mark", ["~", "?", "%"])
def test_a_doubtful_date_is_never_a_certain_start_or_end(mark):
    governors = [
        term("Ana", "RED", "2001-01-01", ""),
        term("Bruno", "BLUE", f"2003-01-01{mark}", "2009-01-01"),
    ]
    found = alignment([RED, *governors], "A", Date.parse("2004"))
    assert found.count("open") == 12
    ends = [term("Ana", "RED", "2001-01-01", f"2006-01-01{mark}")]
    assert alignment([RED, *ends], "A", Date.parse("2004")).count("open") == 12


def test_a_loose_handover_within_one_party_leaves_no_month_open():
    governors = [term("Ana", "RED", "2001", "2003"), term("Bruno", "RED", "2003", "2005")]
    assert alignment([RED, *governors], "A", Date.parse("2002/2004")).count("aligned") == 36


def test_months_that_may_lie_before_the_only_start_or_after_the_only_end_are_open():
    found = alignment([RED, term("Ana", "RED", "2001", "2003")], "A", Date.parse("2001/2003"))
    by_year = {year: {m.status for m in found.months if m.month.year == year} for year in range(2001, 2004)}
    assert by_year == {2001: {"open"}, 2002: {"aligned"}, 2003: {"open"}}
