"""Alignment month by month, with what the record leaves open kept open."""

import datetime

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
