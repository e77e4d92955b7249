"""Before-conditions from dates, and solutions under every reading of the orders that dates leave open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import concausa as cc
from concausa.core.errors import ConcausaError
from concausa.qca.before import Before, Order, admitted
from concausa.qca.before_door import before, with_orders
from concausa.qca.temporal import temporal


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("1935", "1936", "1"),
        ("1936", "1935", "0"),
        ("1935-05-19", "1935-05-20", "1"),
        ("1935-05-19", "1935-05-19", "0"),
        ("1935", "1935", "1 or 0"),
        ("1935-05", "1935", "1 or 0"),
        ("1935-12-31", "1935", "0"),
        ("1935/1940", "1936", "1"),
        ("../1934", "1936", "1 or 0"),
        ("1935~", "1936", "1 or 0"),
        ("1935?", "1999", "1 or 0"),
        ("?", "1936", "1 or 0"),
        ("", "1936", "-"),
        ("1935", None, "-"),
        ("?", "", "-"),
        (1935, 1936.0, "1"),
    ],
)
def test_the_code_follows_from_two_dates(first: Any, second: Any, code: str) -> None:
    (order,) = before({"A": [first], "B": [second]}, "A", "B").orders
    assert order.text == code


def test_dates_stand_in_a_column_of_their_own_beside_the_event() -> None:
    frame = {"A": [1, 1, 0], "B": [1, 1, 1], "A_date": [1990, None, None], "B_date": [1991, 1991, 1991]}
    found = before(frame, "A", "B", cases=["x", "y", "z"])
    # In y the event happened, nobody says when; in z it did not happen.
    assert [(order.case, order.text, order.first) for order in found.orders] == [
        ("x", "1", "1990"),
        ("y", "1 or 0", "?"),
        ("z", "-", ""),
    ]
    assert [order.case for order in found.open] == ["y"]
    assert found.readings == 2


@pytest.mark.parametrize(
    ("frame", "pair", "what"),
    [
        ({"A": [1], "A_date": ["19 May"], "B": ["1990"]}, ("A", "B"), "'19 May' is not an EDTF date"),
        (
            {"A": [0], "A_date": [1990], "B": [1991]},
            ("A", "B"),
            "A is dated in a case in which it did not happen",
        ),
        ({"A": [1990], "B": [1991]}, ("A", "A"), "an event cannot come before itself"),
        ({"A": [1990], "B": [1991]}, ("A", "C"), 'the data have no column "C"'),
    ],
)
def test_what_cannot_be_read_is_refused(frame: dict[str, Any], pair: tuple[str, str], what: str) -> None:
    with pytest.raises(ConcausaError) as caught:
        before(frame, *pair)
    assert caught.value.what == what


def test_an_open_order_is_never_written_unread() -> None:
    found = before({"A": ["1990", "1990"], "B": ["1990", "1991"]}, "A", "B")
    with pytest.raises(ConcausaError, match="the order of A and B in 1 is 1 or 0"):
        found.column()
    assert found.column({"1": 0}) == [0, 1]
    with pytest.raises(ConcausaError, match="the order of A and B in 1 is 1 or 0"):
        found.column({"1": None})


def test_a_before_condition_does_not_replace_a_column() -> None:
    frame = {"A": [1990], "B": [1991], "A.before.B": [0]}
    with pytest.raises(ConcausaError, match=r'the frame has a column "A.before.B" already'):
        with_orders(frame, [before(frame, "A", "B")], {})


# Both happened in all of w, x, y; in x the year alone is known of both.
CASES = {
    "case": ["w", "x", "y", "z"],
    "A": [1, 1, 1, 0],
    "B": [1, 1, 1, 1],
    "A_date": ["1990", "1995", "1992", None],
    "B_date": ["1992", "1995", "1990", "1990"],
    "Y": [1, 1, 0, 0],
}


def test_each_reading_of_an_open_order_is_run_and_the_solution_turns_on_it() -> None:
    found = temporal(CASES, outcome="Y", conditions=["A", "B"], before=["A<B"], cases="case")
    # Read as before, x is like w. Read as not before, x is like y, which lacks the outcome: half of the
    # row has it, which is below .8, so that only w is left.
    told = {
        reading.text: [model.expression for model in reading.solution.models]
        for reading in found.readings
        if reading.solution is not None
    }
    assert told == {"x A.before.B=1": ["A*B*A.before.B"], "x A.before.B=0": ["A*B*A.before.B"]}
    assert found.always == ("A*B*A.before.B",)
    consistent = {
        reading.text: reading.solution.models[0].coverage for reading in found.readings if reading.solution
    }
    assert consistent == {"x A.before.B=1": 1.0, "x A.before.B=0": 0.5}


def test_readings_with_other_models_are_told_apart_and_counted() -> None:
    cases = {**CASES, "A_date": ["1990", "1995", None, None], "A": [1, 1, 0, 0]}
    found = temporal(cases, outcome="Y", conditions=["A", "B"], before=["A<B"], cases="case")
    # Only w and x have both; read as before they share a row, else the order drops out.
    formulas = [[model.expression for model in group[0].side.solution.models] for group in found.alike]
    assert formulas == [["A*B*A.before.B"], ["A*B"]]
    assert [caveat.kind for caveat in found.caveats] == ["open-order", "turns-on-dates"]
    assert "In every model of every reading: no term." in str(found)


def test_too_many_readings_are_refused_with_the_open_cases() -> None:
    n = 10
    frame = {"A": ["1990"] * n, "B": ["1990"] * n, "C": [1, 0] * 5, "Y": [1, 0] * 5}
    with pytest.raises(ConcausaError) as caught:
        temporal(frame, outcome="Y", conditions=["C"], before=["A<B"])
    assert (
        caught.value.what == "the open orders can be read in 1,024 ways, more than the 512 that are all run"
    )
    assert caught.value.where == "A.before.B: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"before": "A<B"}, "the orders of events are a list"),
        ({"before": ["A"]}, "an order of events names two events"),
        (
            {"before": [Before("A", "B", (Order("q", (1,), "", ""),))]},
            "A.before.B is about other cases than the frame",
        ),
        ({"before": ["A<B"], "solutoin": "x"}, "temporal has no option 'solutoin'"),
    ],
)
def test_wrong_orders_are_refused(options: dict[str, Any], what: str) -> None:
    with pytest.raises(ConcausaError) as caught:
        temporal(CASES, outcome="Y", conditions=["A", "B"], cases="case", **options)
    assert caught.value.what == what


days = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: (min(pair), max(pair)))


@given(days, days)
def test_the_admitted_codes_are_those_that_some_days_realise(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    realised = {int(a < b) for a in range(one[0], one[1] + 1) for b in range(other[0], other[1] + 1)}
    assert set(admitted(one, other)) == realised


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=6))
def test_exact_days_leave_one_reading_and_shifting_all_days_changes_nothing(
    pairs: list[tuple[int, int]],
) -> None:
    def dates(shift: int) -> dict[str, list[str]]:
        start = date(2001, 1, 1) + timedelta(days=shift)
        return {
            name: [str(start + timedelta(days=pair[place])) for pair in pairs]
            for place, name in enumerate(("A", "B"))
        }

    found = before(dates(0), "A", "B")
    assert found.readings == 1
    assert found.column() == [int(a < b) for a, b in pairs]
    assert before(dates(1000), "A", "B").column() == found.column()


def test_a_panel_takes_the_order_of_events_as_a_condition() -> None:
    frame = {
        "u": list("aabb"),
        "t": [1, 2, 1, 2],
        "A_date": [1990, 1990, 1995, 1996],
        "B_date": [1991, 1992, 1993, 1999],
        "Y": [1, 1, 0, 1],
    }
    found = cc.panel(frame, unit="u", period="t", outcome="Y", before=["A<B"])
    assert [one.expression for one in found.sufficiency] == ["A.before.B"]
    assert [fit.consistency for fit in found.sufficiency[0].of("u").fits] == [1.0, 1.0]
    with pytest.raises(ConcausaError, match="the order of A and B in a-1 is 1 or 0"):
        cc.panel(
            {**frame, "B_date": [1990, 1992, 1993, 1999]}, unit="u", period="t", outcome="Y", before=["A<B"]
        )


def test_they_are_public_names() -> None:
    assert (cc.temporal, cc.before, cc.Before) == (temporal, before, Before)
