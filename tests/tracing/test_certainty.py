"""How certain an order is: by dates, by needs, by both, and what would settle it."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given, settings
from tests.reference.brute_days import choices
from tests.small import event
from tests.tracing.test_implied_days import CASES, GRID, IDS, case, on_grid

from concausa.core.errors import UnknownNameError
from concausa.record.prerequisite import Prerequisite
from concausa.tracing.certainty import OPPOSITE, certainty
from concausa.tracing.chronology import Chronology
from concausa.tracing.implied_days import ImpliedDays
from concausa.tracing.relation import holds


def ask(first, second, *events, rows=()):
    return certainty(ImpliedDays(events, rows), first, second)


def word(first, second, *events):
    return ask(first, second, *events).word


def test_dates_that_do_not_touch_are_certain_and_say_which_days_decide():
    found = ask("a", "b", event("a", "2003"), event("b", "2004-05"))
    assert (found.word, found.certain) == ("before", True)
    assert found.reason == (
        "a began by 2003-12-31 (its date is 2003), and b began on or after 2004-05-01 (its date is 2004-05)."
    )


def test_an_order_prints_as_one_line_and_as_a_sentence():
    found = ask("a", "b", event("a"), event("b", needed=("a",)))
    assert repr(found) == "<Certainty: a began no later than b>"
    assert str(found) == "a began no later than b: b needed a."


def test_a_need_alone_says_no_later_and_not_before():
    found = ask("a", "b", event("a"), event("b", needed=("a",)))
    assert (found.word, found.reason) == ("not after", "b needed a.")
    assert ask("b", "a", event("a"), event("b", needed=("a",))).word == "not before"


def test_a_time_between_two_events_makes_the_order_strict():
    rows = (Prerequisite(id="Q", event="b", needed="a", answer="stated", why="w", least_days=300),)
    found = ask("a", "b", event("a"), event("b"), rows=rows)
    assert (found.word, found.reason) == ("before", "b needed a, at least 300 days before.")


def test_dates_decide_through_undated_events_between():
    events = (event("x", "2005"), event("b", needed=("x",)), event("a", "2003"))
    found = ask("a", "b", *events)
    assert found.word == "before"
    assert found.reason == (
        "a began by 2003-12-31 (its date is 2003), and b began on or after 2005-01-01 (b needed x; x is dated 2005)."
    )


def test_what_needed_an_event_bounds_it_from_above():
    events = (event("x", "2003", needed=("a",)), event("a"), event("b", "2005"))
    found = ask("a", "b", *events)
    assert found.word == "before"
    assert "a began by 2003-12-31 (x needed a; x is dated 2003)" in found.reason


def test_one_day_is_the_same_day_and_a_shared_bound_is_no_later():
    assert word("a", "b", event("a", "2003-05-02"), event("b", "2003-05-02")) == "same day"
    assert word("a", "b", event("a", "2003-05-01"), event("b", "2003-05")) == "not after"


def test_an_open_order_says_from_when_to_when_both_can_have_begun():
    found = ask("a", "b", event("a", "2003"), event("b", "2003-07"))
    assert (found.word, found.certain) == ("open", False)
    assert (
        found.reason == "Both can have begun from 2003-07-01 to 2003-07-31, and no chain of needs joins them."
    )


def test_the_coarsest_date_that_would_decide_is_named():
    # b on 2004-01-01, a some day of December or January: its month decides.
    events = (
        event("x", "2003-12"),
        event("a", needed=("x",)),
        event("y", "2004-01", needed=("a",)),
        event("b", "2004-01-01"),
    )
    found = ask("a", "b", *events)
    assert found.word == "open"
    assert [str(one) for one in found.deciding] == [
        "the year of a would decide",
        "no date of b alone can decide",
    ]


def test_a_month_within_the_year_of_the_other_could_decide_and_need_not():
    found = ask("a", "b", event("a", "2003"), event("b", "2003-07"))
    assert (found.deciding[0].could, found.deciding[0].would) == ("month", "")


def test_a_day_decides_where_the_other_is_a_day():
    found = ask("a", "b", event("a", "2003"), event("b", "2003-07-15"))
    assert [(one.could, one.would) for one in found.deciding] == [("month", "day"), ("", "")]


def test_an_event_without_any_bound_is_settled_by_a_year_that_lies_apart():
    found = ask("a", "b", event("a"), event("b", "2003-07"))
    assert (found.deciding[0].could, found.deciding[0].would) == ("year", "")
    assert (found.share_first, found.share_same) == (None, None)


def test_the_share_counts_pairs_of_days():
    # a on 1 or 2 May, b on 1 to 4 May: of 8 pairs a is earlier in 3 + 2, on the same day in 2.
    events = (
        event("x", "2003-05-01"), event("a", needed=("x",)), event("y", "2003-05-02", needed=("a",)),
        event("b", needed=("x",)), event("z", "2003-05-04", needed=("b",)),
    )  # fmt: skip
    found = ask("a", "b", *events)
    assert (found.share_first, found.share_same) == (Fraction(5, 8), Fraction(2, 8))


def test_dates_and_needs_that_contradict_leave_no_order_and_say_why():
    events = (event("a", "2005"), event("b", "2003", needed=("a",)), event("c", "2010"))
    found = ask("a", "c", *events)
    assert found.word == "contradictory"
    assert found.reason == "b is dated 2003, and a 2005; yet b needed a."
    assert not found.certain


def test_an_event_is_on_the_same_day_as_itself_and_an_unknown_one_is_refused():
    assert word("a", "a", event("a")) == "same day"
    with pytest.raises(UnknownNameError) as caught:
        ask("a", "bridg", event("a"), event("bridge"))
    assert caught.value.fix == "did you mean bridge?"


@settings(max_examples=80, deadline=None)
@given(CASES)
def test_the_word_and_the_shares_are_those_of_every_choice_of_days(drawn):
    events, rows = case(*drawn)
    days = ImpliedDays(events, rows)
    every = list(choices(on_grid(events), drawn[1]))
    for one in IDS:
        for two in IDS:
            if one == two:
                continue
            found = certainty(days, one, two)
            if not every:
                continue
            gaps = {choice[two][0] - choice[one][0] for choice in every}
            expected = (
                "before" if min(gaps) > 0 else
                "after" if max(gaps) < 0 else
                "same day" if gaps == {0} else
                "not after" if min(gaps) == 0 else
                "not before" if max(gaps) == 0 else "open"
            )  # fmt: skip
            assert found.word == expected
            if found.word == "open" and found.share_first is not None:
                pairs = {(choice[one][0], choice[two][0]) for choice in every}
                assert found.share_first == Fraction(sum(a < b for a, b in pairs), len(pairs))
                assert found.share_same == Fraction(sum(a == b for a, b in pairs), len(pairs))


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_asked_the_other_way_round_the_answer_is_the_converse(drawn):
    days = ImpliedDays(*case(*drawn))
    for one in IDS:
        for two in IDS:
            there, back = certainty(days, one, two), certainty(days, two, one)
            assert back.word == OPPOSITE.get(there.word, there.word)
            if there.share_first is not None:
                assert there.share_first + back.share_first + there.share_same == 1


@settings(max_examples=80, deadline=None)
@given(CASES)
def test_the_chronology_of_why_and_the_dates_of_claims_never_say_otherwise(drawn):
    dates, links = drawn
    needed = {id: tuple({b for a, b, _ in links if a == id}) for id in IDS}
    events = tuple(event(id, date, needed=needed[id]) for id, date in zip(IDS, dates, strict=True))
    days, known = ImpliedDays(events), Chronology(events)
    if days.conflicts:
        return
    for one in events:
        for two in events:
            if one.id == two.id:
                continue
            word = certainty(days, one.id, two.id).word
            if known.order(one.id, two.id).relation == "before":
                assert word in ("before", "not after", "same day")
            if one.date and two.date and holds("before", one.date, two.date):
                assert word == "before"
            if (
                one.date
                and two.date
                and word == "before"
                and holds("not after", one.date, two.date) is not None
            ):
                assert holds("not after", one.date, two.date)


def test_the_grid_of_the_slow_twin_is_wider_than_its_dates():
    assert GRID[0] + 6 < dt.date(2000, 1, 2).toordinal() < dt.date(2000, 1, 5).toordinal() < GRID[1] - 6
