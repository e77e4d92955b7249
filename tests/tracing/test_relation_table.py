"""Allen's relations between all pairs: composition and narrowing against every choice of days."""

import pytest
from hypothesis import given, settings
from tests.reference.brute_days import choices
from tests.small import event
from tests.tracing.test_implied_days import CASES, IDS, case, on_grid

from concausa.core.errors import OptionError
from concausa.tracing.relation import ALLEN, relation
from concausa.tracing.relation_table import MOST, composition, narrowed, relation_table

#: Allen 1983, figure 4, for intervals longer than a day: some of the entries of the transitivity table.
ALLENS = {
    ("before", "before"): ("before",),
    ("before", "meets"): ("before",),
    ("meets", "meets"): ("before",),
    ("meets", "during"): ("overlaps", "during", "starts"),
    ("during", "during"): ("during",),
    ("during", "before"): ("before",),
    ("overlaps", "overlaps"): ("before", "overlaps", "meets"),
    ("starts", "during"): ("during",),
    ("finishes", "starts"): ("during",),
    ("equals", "contains"): ("contains",),
}


@pytest.mark.parametrize(("pair", "names"), ALLENS.items(), ids=" ".join)
def test_composition_holds_what_allen_prints_and_more_only_where_a_span_may_be_a_day(pair, names):
    found = composition()[pair]
    assert set(names) <= found
    longer = [(start, end) for start in range(7) for end in range(start + 1, 7)]
    of_longer = {
        relation(a, c)
        for a in longer
        for b in longer
        if relation(a, b) == pair[0]
        for c in longer
        if relation(b, c) == pair[1]
    }
    assert of_longer == set(names)


def test_composition_is_that_of_every_three_spans_of_seven_days():
    spans = [(start, end) for start in range(7) for end in range(start, 7)]
    both = composition()
    for a in spans:
        for b in spans:
            for c in spans:
                assert relation(a, c) in both[relation(a, b), relation(b, c)]


def test_equals_changes_nothing_in_a_composition():
    for name in ALLEN:
        assert composition()["equals", name] == composition()[name, "equals"] == {name}


def test_needs_and_dates_narrow_what_is_possible():
    events = (event("x", "2001/2003"), event("e", needed=("x",)), event("y", "2005"))
    found = relation_table(events).relations
    assert found["x", "y"] == {"before"}
    assert "after" not in found["x", "e"]
    assert "during" not in found["x", "e"]
    assert found["e", "x"] == {
        {"before": "after", "meets": "met by", "overlaps": "overlapped by", "contains": "during",
         "finished by": "finishes", "starts": "started by", "started by": "starts", "equals": "equals"}[name]
        for name in found["x", "e"]
    }  # fmt: skip


def test_a_third_narrows_what_two_leave_open():
    found = narrowed("abc", {("a", "b"): {"meets"}, ("c", "b"): {"met by"}})
    assert found["a", "c"] == {"before"}
    assert found["c", "a"] == {"after"}


def test_relations_that_cannot_all_hold_end_in_none():
    found = narrowed("abc", {("a", "b"): {"before"}, ("b", "c"): {"before"}, ("c", "a"): {"before"}})
    assert frozenset() in found.values()


def test_an_interval_from_one_year_to_another_and_the_next_from_there():
    found = relation_table((event("a", "2001/2003"), event("b", "2003/2005"))).relations
    assert found["a", "b"] == {"before", "meets", "overlaps"}


def test_contradictory_events_have_no_relation_and_spoil_no_other():
    events = (event("a", "2005"), event("b", "2003", needed=("a",)), event("x", "2001"), event("y", "2002"))
    found = relation_table(events).relations
    assert found["a", "b"] == frozenset()
    assert found["x", "y"] == {"before"}
    assert "contradiction" in str(relation_table(events))


def test_a_table_compares_only_the_events_named():
    events = (event("a", "2001"), event("b", "2002"), event("c", "2003"))
    found = relation_table(events, among=("a", "c"))
    assert set(found.relations) == {("a", "c"), ("c", "a")}
    assert found.data()["relations"][0] == {"first": "a", "second": "c", "possible": ["before"]}
    assert repr(found) == "<RelationTable: 2 events>"


def test_too_many_events_are_refused():
    with pytest.raises(OptionError) as caught:
        relation_table(event(f"e{number}") for number in range(MOST + 1))
    assert caught.value.what == "121 events are too many for a table of relations"


@settings(max_examples=80, deadline=None)
@given(CASES)
def test_every_relation_that_some_choice_of_days_realises_is_kept(drawn):
    events, rows = case(*drawn)
    found = relation_table(events, rows).relations
    for choice in choices(on_grid(events), drawn[1]):
        for one in IDS:
            for two in IDS:
                if one != two:
                    assert relation(choice[one], choice[two]) in found[one, two]
