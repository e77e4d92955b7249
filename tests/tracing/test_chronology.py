"""Questions of order: dates, prerequisites, both together, and what they leave open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small import event, small

from concausa.audit.order import order
from concausa.core.errors import UnknownNameError
from concausa.tracing.chronology import Chronology, sequence


def relation(first, second, *events):
    return Chronology(events).order(first, second).relation


def test_a_date_that_ends_before_the_other_begins_decides():
    assert relation("a", "b", event("a", "2003"), event("b", "2004-01-01")) == "before"
    assert relation("b", "a", event("a", "2003"), event("b", "2004-01-01")) == "after"


def test_a_month_inside_the_year_of_the_other_is_undecided():
    assert relation("a", "b", event("a", "2003"), event("b", "2003-05")) == "undecided"


def test_two_events_of_the_same_month_are_undecided_and_of_the_same_day_are_not():
    assert relation("a", "b", event("a", "2003-05"), event("b", "2003-05")) == "undecided"
    assert relation("a", "b", event("a", "2003-05-02"), event("b", "2003-05-02")) == "same time"


@pytest.mark.parametrize("mark", ["~", "?", "%"])
def test_a_doubtful_day_is_never_the_same_time(mark):
    assert relation("a", "b", event("a", f"2003-05-02{mark}"), event("b", "2003-05-02")) == "undecided"


def test_an_approximate_date_never_decides():
    assert relation("a", "b", event("a", "1990~"), event("b", "2004")) == "undecided"


def test_an_undated_event_lies_between_what_it_needed_and_what_needed_it():
    events = (
        event("a", "2000"),
        event("b", needed=("a",)),
        event("c", needed=("b",)),
        event("d", "2001"),
    )
    assert relation("a", "c", *events) == "before"
    assert relation("c", "b", *events) == "after"
    assert relation("b", "d", *events) == "undecided"


def test_dates_and_prerequisites_combine_along_a_chain():
    events = (event("a", "2000"), event("b", "2003"), event("c", needed=("b",)))
    found = Chronology(events).order("a", "c")
    assert found.relation == "before"
    assert [(step.earlier, step.later, step.by) for step in found.steps] == [
        ("a", "b", "dates"),
        ("b", "c", "needed"),
    ]
    assert found.reason == "a is dated before b, c needed b."


def test_an_undecided_order_says_which_date_is_missing():
    found = Chronology((event("a", "2000"), event("b"))).order("a", "b")
    assert found.reason == "The date of b is not given, and no chain of prerequisites joins the two."
    assert found.steps == ()


def test_an_event_is_at_the_same_time_as_itself():
    assert relation("a", "a", event("a")) == "same time"


def test_dates_that_contradict_a_prerequisite_leave_the_order_undecided_and_are_listed():
    events = (event("a", "2005"), event("b", "2003", needed=("a",)))
    found = Chronology(events).order("a", "b")
    assert found.relation == "undecided"
    assert "contradict" in found.reason
    (listed,) = Chronology(events).contradictions()
    assert (listed.event, listed.needed) == ("b", "a")
    assert listed.what == "b is dated 2003, before 2005, the date of a; yet b needed a."


def test_a_contradiction_is_seen_through_undated_events_between():
    events = (event("a", "2005"), event("b", needed=("a",)), event("c", "2003", needed=("b",)))
    (listed,) = Chronology(events).contradictions()
    assert listed.chain == ("c", "b", "a")


def test_a_circle_of_prerequisites_is_one_contradiction():
    events = (event("a", needed=("b",)), event("b", needed=("a",)))
    (listed,) = Chronology(events).contradictions()
    assert listed.what == "a needed b needed a: a circle."


def test_a_year_that_may_reach_past_the_other_is_no_contradiction():
    events = (event("a", "2003-05"), event("b", "2003", needed=("a",)))
    assert Chronology(events).contradictions() == ()


def test_an_unknown_event_is_refused_with_the_nearest():
    with pytest.raises(UnknownNameError) as caught:
        order(small(), "brigde", "club")
    assert caught.value.fix == "did you mean bridge?"


def test_no_events_have_no_contradictions():
    assert Chronology(()).contradictions() == ()


def test_events_are_read_by_date_and_an_undated_one_follows_what_it_needed():
    events = (
        event("late", "2010"),
        event("free"),
        event("child", needed=("early",)),
        event("early", "2000"),
        event("until", "../2004"),
    )
    assert [row.id for row in sequence(events)] == ["early", "child", "until", "late", "free"]


def test_an_undated_prerequisite_is_read_before_what_needed_it():
    events = (event("b", "2000", needed=("a",)), event("a"))
    assert [row.id for row in sequence(events)] == ["a", "b"]


IDS = "abcdef"
EVENTS = st.builds(
    lambda dates, needs: tuple(
        event(id, when, needed=tuple(sorted(set(need) - {id})))
        for id, when, need in zip(IDS, dates, needs, strict=True)
    ),
    st.lists(
        st.sampled_from(["", "2000", "2001", "2001-05", "2001/2003", "2002~", "2001?"]),
        min_size=6,
        max_size=6,
    ),
    st.lists(st.lists(st.sampled_from(IDS), max_size=2), min_size=6, max_size=6),
)


@given(EVENTS)
def test_order_turned_around_is_the_opposite(events):
    known = Chronology(events)
    opposite = {"before": "after", "after": "before"}
    for one in IDS:
        for two in IDS:
            there, back = known.order(one, two).relation, known.order(two, one).relation
            assert back == opposite.get(there, there)


@given(EVENTS)
def test_before_is_what_can_be_reached_by_dates_and_prerequisites(events):
    """The slow and obvious twin: the closure of all single steps."""
    reach = {(a.id, b.id) for b in events for a in events if a.id in b.needed}
    reach |= {
        (a.id, b.id) for a in events for b in events if a.date and b.date and a.date.before(b.date) == "yes"
    }
    for middle in IDS:
        reach |= {(a, b) for a in IDS for b in IDS if (a, middle) in reach and (middle, b) in reach}
    known = Chronology(events)
    for a in IDS:
        for b in IDS:
            if a != b:
                assert (known.path(a, b) is not None) == ((a, b) in reach)


@given(EVENTS)
def test_before_is_transitive_where_nothing_contradicts(events):
    known = Chronology(events)
    if known.contradictions():
        return
    before = {(a, b) for a in IDS for b in IDS if known.order(a, b).relation == "before"}
    assert all((a, d) in before for a, b in before for c, d in before if b == c)


@given(EVENTS)
def test_reading_order_holds_every_event_once_and_no_prerequisite_after_what_needed_it(events):
    read = [row.id for row in sequence(events)]
    assert sorted(read) == sorted(IDS)
    if any(found.event == found.needed for found in Chronology(events).contradictions()):
        return
    for row in events:
        assert all(read.index(needed) < read.index(row.id) for needed in row.needed)


def test_an_uncertain_date_decides_no_order_and_contradicts_nothing():
    assert relation("a", "b", event("a", "2001?"), event("b", "2004")) == "undecided"
    assert relation("a", "b", event("a", "1990"), event("b", "2004-05?")) == "undecided"
    events = (event("a", "2005"), event("b", "2001?", needed=("a",)))
    assert Chronology(events).contradictions() == ()
    assert Chronology(events).order("a", "b").relation == "before"


@pytest.mark.parametrize("dated", [True, False])
def test_a_long_chain_of_prerequisites_is_read_in_order(dated):
    ids = [f"e{number:04d}" for number in range(1500)]
    events = [
        event(id, "2000" if dated else "", needed=(ids[number - 1],) if number else ())
        for number, id in enumerate(ids)
    ]
    assert [row.id for row in sequence(reversed(events))] == ids
    assert Chronology(events).contradictions() == ()


def test_inside_a_circle_dates_alone_make_the_order_of_reading():
    events = (event("a", "2004", needed=("b",)), event("b", "2010", needed=("a",)))
    assert [one.id for one in sequence(events)] == ["a", "b"]
