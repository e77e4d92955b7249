"""Relations in time: what the days admit, by hand and by trying every day."""

from __future__ import annotations

import datetime as dt
from itertools import product
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from concausa.core.date import Date
from concausa.core.errors import OptionError
from concausa.core.unit import Period
from concausa.tracing.relation import ALLEN, RELATIONS, holds, period_span, possible_relations, relation

CONVERSE = {
    "before": "after",
    "meets": "met by",
    "overlaps": "overlapped by",
    "starts": "started by",
    "during": "contains",
    "finishes": "finished by",
    "equals": "equals",
}
CONVERSE |= {back: there for there, back in CONVERSE.items()}

#: Allen's figure, with the first from day 10 to day 20.
ALLEN_BY_HAND = [
    ((30, 40), "before"),
    ((20, 30), "meets"),
    ((15, 30), "overlaps"),
    ((10, 30), "starts"),
    ((5, 30), "during"),
    ((5, 20), "finishes"),
    ((10, 20), "equals"),
    ((15, 20), "finished by"),
    ((12, 18), "contains"),
    ((10, 15), "started by"),
    ((5, 15), "overlapped by"),
    ((5, 10), "met by"),
    ((1, 5), "after"),
]

points = st.one_of(
    st.sampled_from(["2001-02-01", "2001-02-02", "2001-02-03", "2001-02-28", "2001-03-01"]),
    st.sampled_from(["2001-02", "2001-03", "2001"]),
)
plain = st.one_of(points, st.tuples(points, points).map("/".join))


def spelt(text: str) -> Date:
    """The date, or nothing to test if it ends before it starts."""
    start, _, end = text.partition("/")
    assume(not end or Date.parse(end).end >= Date.parse(start).start)
    return Date.parse(text)


def days(text: str) -> list[int]:
    date = Date.parse(text)
    return list(range(date.start.toordinal(), date.end.toordinal() + 1))


def brute(first: Date, second: Date) -> set[str]:
    """Every relation that some days realise, one choice of days after another."""
    spans = []
    for date in (first, second):
        start, _, end = date.text.partition("/")
        pairs = product(days(start), days(end)) if end else ((day, day) for day in days(start))
        spans.append([pair for pair in pairs if pair[0] <= pair[1]])
    assume(prod(map(len, spans)) <= 30_000)
    return {relation(one, other) for one, other in product(*spans)}


@pytest.mark.parametrize(("other", "name"), ALLEN_BY_HAND, ids=[name for _, name in ALLEN_BY_HAND])
def test_the_thirteen_relations_are_those_of_allens_figure(other: tuple[int, int], name: str) -> None:
    assert relation((10, 20), other) == name


def test_there_are_thirteen_relations_and_each_has_its_converse() -> None:
    assert sorted(ALLEN) == sorted(name for _, name in ALLEN_BY_HAND) == sorted(CONVERSE)


def test_a_single_day_may_come_before_start_lie_in_end_or_follow_a_longer_span() -> None:
    found = [relation((day, day), (10, 20)) for day in (9, 10, 15, 20, 21)]
    assert found == ["before", "starts", "during", "finishes", "after"]


@given(plain.map(spelt), plain.map(spelt))
def test_the_possible_relations_are_those_that_some_days_realise(first: Date, second: Date) -> None:
    assert possible_relations(first, second) == brute(first, second)


@given(plain.map(spelt), plain.map(spelt))
def test_seen_from_the_other_side_every_relation_is_its_converse(first: Date, second: Date) -> None:
    assert possible_relations(second, first) == {CONVERSE[name] for name in possible_relations(first, second)}


@given(plain.map(spelt), plain.map(spelt))
def test_before_is_sure_where_the_dates_themselves_say_so(first: Date, second: Date) -> None:
    assert (holds("before", first, second) is True) is (first.before(second) == "yes")


BY_HAND = [
    ("2003", "before", "2004", True),
    ("2003", "before", "2003-06", None),
    ("2003-06", "equals", "2003-06", None),
    ("2003-06-01", "equals", "2003-06-01", True),
    ("2003-06-01", "before", "2003-06-01", False),
    ("2003", "not after", "2004", True),
    ("2004", "not after", "2003", False),
    ("2003/2009", "not after", "2004", True),
    ("2003/2009", "before", "2004", False),
    ("2004", "within", "2003/2009", True),
    ("2003", "within", "2003/2009", None),
    ("2010", "within", "2003/2009", False),
    ("2003/2009", "contains", "2004/2005", True),
    ("2003/2006", "overlaps", "2005/2009", True),
    ("1990/..", "before", "2004", None),
    ("1990/..", "after", "1980", True),
    ("2005/..", "before", "2004", False),
    ("2006~", "before", "2020", None),
    ("2006?/2007", "after", "2001", None),
    ("../2007", "after", "2008", False),
]


@pytest.mark.parametrize(("first", "name", "second", "expected"), BY_HAND)
def test_a_relation_holds_fails_or_stays_open_as_the_dates_admit(
    first: str, name: str, second: str, expected: bool | None
) -> None:
    assert holds(name, Date.parse(first), Date.parse(second)) is expected


@pytest.mark.parametrize("first", ["2006~", "../2007", "2004?/..", "2001%/2003~"])
def test_a_date_admits_at_least_one_relation(first: str) -> None:
    assert possible_relations(Date.parse(first), Date.parse("2004")) <= set(ALLEN)
    assert possible_relations(Date.parse(first), Date.parse("2004"))


def test_within_and_not_after_cover_what_their_words_say() -> None:
    inside = {name for other, name in ALLEN_BY_HAND if other[0] <= 10 and other[1] >= 20}
    no_later = {name for other, name in ALLEN_BY_HAND if other[0] >= 10}
    assert RELATIONS["within"] == inside
    assert RELATIONS["not after"] == no_later


def test_a_period_holds_all_of_its_first_and_last_year() -> None:
    period = Period(id="1", label="", start=Date.parse("2000"), end=Date.parse("2007"))
    assert (period_span(period).earliest, period_span(period).latest) == (
        dt.date(2000, 1, 1),
        dt.date(2007, 12, 31),
    )
    assert holds("within", Date.parse("2007"), period_span(period)) is True
    assert holds("within", Date.parse("2008"), period_span(period)) is False


def test_a_boundary_that_is_a_guess_stays_one() -> None:
    period = Period(id="1", label="", start=Date.parse("2000"), end=Date.parse("2007~"))
    assert holds("within", Date.parse("2007"), period_span(period)) is None


def test_a_relation_that_does_not_exist_is_refused_with_the_nearest() -> None:
    with pytest.raises(OptionError) as refused:
        holds("befor", Date.parse("2003"), Date.parse("2004"))
    assert refused.value.fix == "did you mean before?"
