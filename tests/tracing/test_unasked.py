"""Pairs that nobody has asked about, and the order of cause and effect in each mechanism."""

import dataclasses

import pytest
from tests.small import event

from concausa.core.errors import OptionError
from concausa.record.prerequisite import Prerequisite
from concausa.tracing.mechanism_order import mechanism_orders
from concausa.tracing.unasked import unasked


def with_(one, **more):
    return dataclasses.replace(one, **more)


def row(what, needed, answer):
    return Prerequisite(id="Q", event=what, needed=needed, answer=answer, why="w")


CLUB = with_(event("club", "2001"), actors=("Ada", "Bo"), mechanisms=("M1",))
FAIR = with_(event("fair", "2006"), actors=("Bo",), mechanisms=("M1",))
FIRE = event("fire", "2001-05")
FAR = event("far", "2016")


def asked(*events, rows=(), **options):
    return [(one.earlier, one.later) for one in unasked(events, rows, **options)]


def test_a_pair_with_something_in_common_or_close_in_time_is_asked_about_and_no_other():
    assert asked(CLUB, FAIR, FIRE, FAR) == [("club", "fair"), ("club", "fire")]


def test_more_in_common_comes_first_and_what_is_shared_is_told():
    (first, _) = unasked((FIRE, FAIR, CLUB))
    assert (first.earlier, first.later, first.actors, first.mechanisms) == ("club", "fair", ("Bo",), ("M1",))
    # From 2001-12-31 to 2006-01-01.
    assert (first.ordered, first.gap) == (True, 4 * 365 + 2)
    assert first.text == "Could fair have happened without club?"


@pytest.mark.parametrize("answer", ["stated", "logic", "inferred", "contested", "rejected"])
def test_any_answer_takes_a_pair_off_the_list(answer):
    assert asked(CLUB, FAIR, rows=(row("fair", "club", answer),)) == []


def test_a_chain_of_needs_takes_a_pair_off_the_list():
    between = event("between", needed=("club",))
    assert asked(CLUB, between, with_(FAIR, needed=("between",))) == []


def test_events_of_two_units_are_not_asked_about():
    assert asked(CLUB, with_(FAIR, unit="S")) == []


def test_how_close_in_time_is_the_users_and_never_negative():
    assert asked(FIRE, event("flood", "2003-05")) == []
    assert asked(FIRE, event("flood", "2003-05"), within_days=800) == [("fire", "flood")]
    with pytest.raises(OptionError) as caught:
        unasked((), within_days=-1)
    assert caught.value.what == "within_days is -1"


def test_undated_events_that_share_nothing_are_not_asked_about():
    assert asked(FIRE, event("rain")) == []


def orders(*events, rows=()):
    return {(one.mechanism, one.unit): one for one in mechanism_orders(events, rows)}


def test_an_effect_that_a_cause_certainly_preceded_is_preceded():
    found = orders(
        with_(event("a", "2001"), cause_of=("M1",)),
        with_(event("b", "2004"), effect_of=("M1",)),
        with_(event("c", "2005"), mechanisms=("M1",)),
    )["M1", "N"]
    assert (found.verdict, found.causes, found.effects, found.others) == ("preceded", ("a",), ("b",), ("c",))


def test_an_effect_that_every_cause_followed_is_a_violation():
    events = [with_(event("a", "2005"), cause_of=("M1",)), with_(event("b", "2004"), effect_of=("M1",))]
    assert orders(*events)["M1", "N"].verdict == "violated"
    events.append(with_(event("c", "2003"), cause_of=("M1",)))
    assert orders(*events)["M1", "N"].verdict == "preceded"


def test_causes_that_came_later_than_an_effect_or_of_no_known_time_are_named():
    events = [
        with_(event("early", "2001"), cause_of=("M1",)),
        with_(event("b", "2004"), effect_of=("M1",)),
        with_(event("when"), cause_of=("M1",)),
        with_(event("late", "2008"), cause_of=("M1",)),
    ]
    found = orders(*events)["M1", "N"]
    assert (found.verdict, found.late, found.unsettled) == ("preceded", ("late",), ("when",))
    assert [(order.first, order.second) for order in found.orders] == [("early", "b")]
    # Late towards b and early enough for c: it is told, though it carries c.
    found = orders(*events, with_(event("c", "2009"), effect_of=("M1",)))["M1", "N"]
    assert (found.late, found.unsettled) == (("late",), ("when",))
    assert found.data()["late"] == ["late"]


def test_the_pair_that_a_need_joins_carries_the_effect_before_one_that_dates_do():
    events = (
        with_(event("early", "2001"), cause_of=("M1",)),
        with_(event("plea"), cause_of=("M1",)),
        with_(event("land", "2004"), effect_of=("M1",)),
    )
    (pair,) = orders(*events, rows=(row("land", "plea", "stated"),))["M1", "N"].orders
    assert (pair.first, pair.word) == ("plea", "not after")


def test_one_effect_out_of_order_counts_for_the_mechanism():
    events = [with_(event("a", "2005"), cause_of=("M1",)), with_(event("b", "2004"), effect_of=("M1",))]
    events.append(with_(event("c", "2006"), effect_of=("M1",)))
    found = orders(*events)["M1", "N"]
    assert (found.verdict, [order.word for order in found.orders]) == ("violated", ["after", "before"])


def test_an_order_that_dates_leave_open_is_open_and_a_need_closes_it():
    events = (with_(event("a", "2005"), cause_of=("M1",)), with_(event("b", "2005"), effect_of=("M1",)))
    assert orders(*events)["M1", "N"].verdict == "open"
    assert orders(*events, rows=(row("b", "a", "logic"),))["M1", "N"].verdict == "preceded"


def test_without_a_cause_or_an_effect_nothing_is_judged():
    assert orders(with_(event("a", "2005"), cause_of=("M1",)))["M1", "N"].verdict == "not declared"


def test_an_event_is_no_witness_of_its_own_order():
    both = with_(event("a", "2005"), cause_of=("M1",), effect_of=("M1",))
    assert orders(both)["M1", "N"].verdict == "not declared"


def test_an_event_of_no_unit_counts_in_every_unit_that_the_mechanism_touches():
    found = orders(
        with_(event("law", "2001", unit=""), cause_of=("M1",)), with_(event("b", "2004"), effect_of=("M1",))
    )
    assert found["M1", "N"].verdict == "preceded"
    assert found["M1", ""].verdict == "not declared"
