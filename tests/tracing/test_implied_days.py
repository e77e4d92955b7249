"""Implied days: bounds by hand, against every choice of days, and contradictions in words."""

import datetime as dt
import time

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference.brute_days import choices
from tests.small import event

from concausa.record.prerequisite import Prerequisite
from concausa.tracing.chronology import Chronology
from concausa.tracing.implied_days import ImpliedDays
from concausa.tracing.relation import ANYWHERE, ends


def after(what, needed, days):
    return Prerequisite(
        id=f"{what}{needed}", event=what, needed=needed, answer="stated", why="w", least_days=days
    )


def text(id, *events, rows=()):
    return ImpliedDays(events, rows).spans[id].text


def test_an_undated_event_lies_between_what_it_needed_and_what_needed_it():
    events = (event("x", "2004-05"), event("e", needed=("x",)), event("y", "2008", needed=("e",)))
    assert text("e", *events) == "2004-05-01 to 2008-12-31"


def test_an_event_that_only_needed_something_has_no_last_day():
    assert text("e", event("x", "2004-05-19"), event("e", needed=("x",))) == "from 2004-05-19"
    assert text("x", event("x"), event("e", "2004-05-19", needed=("x",))) == "until 2004-05-19"
    assert text("x", event("x")) == "any day"


def test_a_time_between_two_events_sharpens_both():
    # A year and at least 300 days: from 2013-01-01 + 300 = 2013-10-28; 2014-12-31 - 300 = 2014-03-06.
    events = (event("a", "2013"), event("b", "2014"))
    assert text("b", *events, rows=(after("b", "a", 300),)) == "2014-01-01 to 2014-12-31"
    assert text("b", *events, rows=(after("b", "a", 400),)) == "2014-02-05 to 2014-12-31"
    assert dt.date(2013, 1, 1) + dt.timedelta(400) == dt.date(2014, 2, 5)
    assert text("a", *events, rows=(after("b", "a", 400),)) == "2013-01-01 to 2013-11-26"
    assert dt.date(2014, 12, 31) - dt.timedelta(400) == dt.date(2013, 11, 26)


def test_times_between_events_add_up_along_a_chain():
    events = (event("a", "2013"), event("b"), event("c", "2014"))
    rows = (after("b", "a", 300), after("c", "b", 300))
    assert text("c", *events, rows=rows) == "2014-08-24 to 2014-12-31"
    assert dt.date(2013, 1, 1) + dt.timedelta(600) == dt.date(2014, 8, 24)
    assert text("b", *events, rows=rows) == "2013-10-28 to 2014-03-06"


def test_an_approximate_date_bounds_nothing():
    assert text("e", event("x", "2004~"), event("e", needed=("x",))) == "any day"


def test_an_interval_begins_on_a_day_of_its_first_date_and_what_needed_it_may_begin_before_it_ends():
    events = (event("x", "2004/2011"), event("e", "2005", needed=("x",)))
    assert text("e", *events) == "2005-01-01 to 2005-12-31"
    assert ImpliedDays(events).conflicts == ()


def test_a_chain_that_no_choice_of_days_satisfies_is_told_with_the_dates_at_its_ends():
    events = (event("a", "2005"), event("b", needed=("a",)), event("c", "2003", needed=("b",)))
    (found,) = ImpliedDays(events).conflicts
    assert found.what == "c is dated 2003, and a 2005; yet c needed b needed a."
    assert [(need.event, need.needed) for need in found.chain] == [("c", "b"), ("b", "a")]


def test_a_time_between_events_that_the_dates_do_not_leave_is_a_conflict():
    events = (event("a", "2013-06"), event("b", "2013-09"))
    (found,) = ImpliedDays(events, (after("b", "a", 300),)).conflicts
    assert (
        found.what
        == "b is dated 2013-09, and a 2013-06; yet b needed a, with at least 300 days between them."
    )


def test_of_two_chains_one_inside_the_other_the_shorter_is_told():
    events = (
        event("a", "2005"),
        event("b", "2003", needed=("a",)),
        event("c", "2002", needed=("b",)),
    )
    told = [found.what for found in ImpliedDays(events).conflicts]
    assert sorted(told) == [
        "b is dated 2003, and a 2005; yet b needed a.",
        "c is dated 2002, and b 2003; yet c needed b.",
    ]


def test_a_circle_is_one_conflict_and_keeps_no_other_event_from_its_days():
    events = (
        event("a", needed=("b",)),
        event("b", needed=("a",)),
        event("x", "2004"),
        event("e", needed=("x",)),
    )
    days = ImpliedDays(events)
    assert [found.what for found in days.conflicts] == ["a needed b needed a: a circle."]
    assert days.spans["e"].text == "from 2004-01-01"


def test_days_print_as_a_memo_a_line_and_a_table():
    events = (event("x", "2004"), event("e", needed=("x",)), event("y", "2008", needed=("e",)))
    days = ImpliedDays(events)
    assert repr(days) == "<ImpliedDays: 3 events, 0 conflicts>"
    assert str(days).splitlines() == [
        "Implied days: 3 events, 1 dated more closely by needs",
        "  e (no date): 2004-01-01 to 2008-12-31, for e needed x; y needed e",
    ]
    assert [cell.text for cell in days.table().column("last")] == ["2004-12-31", "2008-12-31", "2008-12-31"]
    assert days.data()["spans"][1]["first"] == "2004-01-01"
    against = ImpliedDays((event("a", "2005"), event("b", "2003", needed=("a",))))
    assert against.table().notes == ("Cannot all be right: b is dated 2003, and a 2005; yet b needed a.",)


def test_a_bound_names_the_chain_that_gives_it():
    events = (event("x", "2004"), event("m", needed=("x",)), event("e", needed=("m",)))
    assert [(need.event, need.needed) for need in ImpliedDays(events).spans["e"].after] == [
        ("e", "m"),
        ("m", "x"),
    ]
    assert ImpliedDays(events).spans["x"].after == ()


DAYS = [
    "2000-01-02",
    "2000-01-03",
    "2000-01-04",
    "2000-01-05",
    "2000-01-02/2000-01-04",
    "2000-01-03/2000-01-05",
    "",
]
IDS = "abcd"
CASES = st.tuples(
    st.lists(st.sampled_from(DAYS), min_size=4, max_size=4),
    st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS), st.integers(0, 2)), max_size=5),
).map(lambda case: (case[0], [(max(a, b), min(a, b), days) for a, b, days in case[1] if a != b]))

#: Where an event without a date may lie in the slow twin: far enough out that no bound comes from the grid itself.
GRID = (dt.date(1999, 12, 24).toordinal(), dt.date(2000, 1, 13).toordinal())


def case(dates, links):
    events = tuple(event(id, date) for id, date in zip(IDS, dates, strict=True))
    rows = tuple(
        Prerequisite(id=f"Q{n}", event=a, needed=b, answer="stated", why="w", least_days=days)
        for n, (a, b, days) in enumerate(links)
    )
    return events, rows


def on_grid(events):
    spans = {}
    for one in events:
        begins, over = (GRID, GRID) if one.date is None else ends(one.date)
        spans[one.id] = (begins, over, one.date is not None and one.date.is_interval)
    return spans


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_bounds_are_the_least_and_greatest_of_every_choice_of_days(drawn):
    events, rows = case(*drawn)
    found = ImpliedDays(events, rows)
    every = list(choices(on_grid(events), drawn[1]))
    assert bool(every) == (not found.conflicts)
    if not every:
        return
    for id in IDS:
        begins = [choice[id][0] for choice in every]
        first, last = found.spans[id].begins
        # A bound that is no real one is that of the grid, less what the longest chain takes of it.
        assert min(begins) == first or (first == ANYWHERE[0] and min(begins) <= GRID[0] + 6)
        assert max(begins) == last or (last == ANYWHERE[1] and max(begins) >= GRID[1] - 6)


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_leaving_out_redundant_needs_without_times_changes_no_day(drawn):
    from concausa.tracing.structure import EventStructure

    dates, links = drawn
    bare = [(a, b, 0) for a, b, _ in links]
    events, rows = case(dates, bare)
    kept = {(need.event, need.needed) for need in EventStructure(events, rows).reduction}
    fewer = tuple(row for row in rows if (row.event, row.needed) in kept)
    assert {id: span.begins for id, span in ImpliedDays(events, rows).spans.items()} == {
        id: span.begins for id, span in ImpliedDays(events, fewer).spans.items()
    }


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_what_the_chronology_calls_a_contradiction_is_a_conflict_of_days(drawn):
    dates, links = drawn
    needed = {id: tuple({b for a, b, _ in links if a == id}) for id in IDS}
    events = tuple(event(id, date, needed=needed[id]) for id, date in zip(IDS, dates, strict=True))
    if Chronology(events).contradictions():
        assert ImpliedDays(events).conflicts


def test_a_thousand_events_with_three_thousand_needs_take_about_a_second():
    ids = [f"e{number:04d}" for number in range(1000)]
    listed = [
        event(
            id,
            "" if number % 3 else f"{1900 + number // 10}",
            needed=tuple(
                {ids[(number * 7919 + step * 104729) % number] for step in range(3)} if number else ()
            ),
        )
        for number, id in enumerate(ids)
    ]
    began = time.process_time()
    found = ImpliedDays(listed)
    assert found.conflicts == ()
    assert time.process_time() - began < 4
