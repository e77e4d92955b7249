"""Event structures: what falls without what, what is told twice, and what no order of rows changes."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small import event

from concausa.core.circles import circles
from concausa.core.errors import UnknownNameError
from concausa.record.prerequisite import Prerequisite
from concausa.tracing.need import needing, needs
from concausa.tracing.structure import EventStructure, Redundant


def row(id, what, needed, answer="stated", days=None):
    return Prerequisite(
        id=id, event=what, needed=needed, answer=answer, why=f"reason of {id}", least_days=days
    )


#: A bridge: a law, a fund and a survey, works that needed fund and survey, an opening, and a stray parade.
BRIDGE = (
    event("law"),
    event("fund", needed=("law",)),
    event("survey", needed=("law",)),
    event("works", needed=("fund", "survey", "law")),
    event("opening", needed=("works",)),
    event("parade"),
)


def test_what_falls_without_an_event_is_all_that_needed_it_directly_or_through_others():
    built = EventStructure(BRIDGE)
    assert set(built.falls_without("law")) == {"fund", "survey", "works", "opening"}
    assert built.falls_without("fund") == ("works", "opening")
    assert built.falls_without("opening") == ()
    assert built.most_needed() == (("law", 4), ("fund", 2), ("survey", 2), ("works", 1))


def test_a_need_that_others_imply_is_redundant_and_names_what_implies_it():
    built = EventStructure(BRIDGE)
    assert built.redundant == (Redundant("works", "law", "fund"),)
    assert ("works", "law") not in {(need.event, need.needed) for need in built.reduction}
    assert len(built.reduction) == 5


def test_roots_leaves_levels_and_events_on_their_own():
    built = EventStructure(BRIDGE)
    assert (built.roots, built.leaves, built.isolated) == (("law",), ("opening",), ("parade",))
    assert built.levels == {"law": 0, "fund": 1, "survey": 1, "works": 2, "opening": 3, "parade": 0}


def test_every_chain_passes_the_works_and_none_of_the_two_that_run_side_by_side():
    built = EventStructure(BRIDGE)
    assert built.cuts("opening", "law") == ("works",)
    assert built.cuts("works", "law") == ()
    assert built.cuts("law", "opening") == ()
    assert [need.needed for need in built.path("opening", "law")] == ["works", "law"]


def test_a_circle_is_told_and_the_events_of_it_need_themselves():
    built = EventStructure((event("a", needed=("b",)), event("b", needed=("a",)), event("c", needed=("a",))))
    assert [set(circle) for circle in built.circles] == [{"a", "b"}]
    assert set(built.all_needed("a")) == {"a", "b"}
    assert set(built.falls_without("a")) == {"b", "c"}


def test_reasons_of_the_table_join_what_the_column_declares():
    pair = (event("a"), event("b", needed=("a",)), event("c"))
    found = needs(
        pair, (row("Q1", "b", "a", "inferred"), row("Q2", "b", "a", "logic", 30), row("Q3", "c", "b"))
    )
    assert [(need.event, need.needed, need.answer, need.rows, need.least_days) for need in found] == [
        ("b", "a", "logic", ("Q1", "Q2"), 30),
        ("c", "b", "stated", ("Q3",), 0),
    ]
    assert found[0].why == ("reason of Q1", "reason of Q2")


def test_contested_prerequisites_decide_nothing_and_rejected_ones_are_none():
    rows = (row("Q1", "b", "a", "contested", 900), row("Q2", "c", "a", "rejected"))
    built = EventStructure((event("a"), event("b"), event("c")), rows)
    assert built.needs == ()
    assert [need.rows for need in built.contested] == [("Q1",)]
    assert built.contested[0].least_days == 0
    assert [one.needed for one in needing(built.events.values(), rows)] == [(), (), ()]


def test_what_a_contested_row_doubts_still_holds_where_the_column_declares_it():
    built = EventStructure((event("a"), event("b", needed=("a",))), (row("Q1", "b", "a", "contested"),))
    assert [(need.answer, need.why) for need in built.needs] == [("declared", ("reason of Q1",))]


def test_an_event_that_is_not_there_is_refused_with_the_nearest():
    with pytest.raises(UnknownNameError) as caught:
        EventStructure(BRIDGE).falls_without("work")
    assert (caught.value.what, caught.value.fix) == ("there is no event 'work'", "did you mean works?")


def test_a_structure_prints_as_a_memo_a_line_and_a_table():
    built = EventStructure(BRIDGE)
    assert repr(built) == "<EventStructure: 6 events, 6 needs>"
    memo = str(built)
    assert memo.splitlines()[0] == "Event structure: 6 events, 6 needs; 5 events are joined, 1 stands alone"
    assert "without law these 4 could not have happened" in memo
    assert "works needed law (through fund)" in memo
    assert memo.endswith("it does not show that they are right.")
    assert [cell.text for cell in built.table().column("through")].count("fund") == 1
    assert built.data()["falls_without"]["fund"] == ["works", "opening"]


IDS = "abcdefg"
LINKS = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=14)
ACYCLIC = LINKS.map(lambda links: [(max(pair), min(pair)) for pair in links if pair[0] != pair[1]])


def of(links, order=IDS):
    return EventStructure(
        event(id, needed=tuple(dict.fromkeys(needed for what, needed in links if what == id))) for id in order
    )


def reach(links):
    """The slow and obvious closure."""
    pairs = set(links)
    for middle in IDS:
        pairs |= {(a, b) for a in IDS for b in IDS if (a, middle) in pairs and (middle, b) in pairs}
    return pairs


@given(LINKS)
def test_all_that_an_event_needed_is_the_closure_of_what_is_declared(links):
    built, pairs = of(links), reach(links)
    assert {(a, b) for a in IDS for b in built.all_needed(a)} == pairs
    assert {(a, b) for b in IDS for a in built.falls_without(b)} == {
        pair for pair in pairs if pair[0] != pair[1]
    }


@given(LINKS)
def test_the_closure_of_the_reduction_is_the_closure(links):
    kept = [(need.event, need.needed) for need in of(links).reduction]
    assert reach(kept) == reach(links)


@given(ACYCLIC)
def test_without_circles_no_need_of_the_reduction_can_be_left_out(links):
    kept = {(need.event, need.needed) for need in of(links).reduction}
    for one in kept:
        assert one not in reach(kept - {one})


@given(LINKS, st.permutations(IDS))
def test_the_order_of_the_rows_and_their_names_change_nothing(links, order):
    built, other = of(links), of(links, order)
    assert {id: set(built.all_needed(id)) for id in IDS} == {id: set(other.all_needed(id)) for id in IDS}
    assert built.levels == other.levels
    named = dict(zip(IDS, order, strict=True))
    renamed = of([(named[a], named[b]) for a, b in links])
    assert {named[a]: level for a, level in built.levels.items()} == renamed.levels


@given(LINKS, st.sampled_from(IDS), st.sampled_from(IDS))
def test_a_cut_is_what_joins_the_two_alone(links, one, two):
    built = of(links)
    joined = (one, two) in reach(links)
    for middle in IDS:
        if middle in (one, two):
            continue
        without = [pair for pair in links if middle not in pair]
        assert (middle in built.cuts(one, two)) == (joined and (one, two) not in reach(without))


@given(ACYCLIC)
def test_a_level_is_the_longest_chain_behind_an_event(links):
    def longest(id):
        return max((1 + longest(b) for a, b in links if a == id), default=0)

    assert of(links).levels == {id: longest(id) for id in IDS}


@given(LINKS)
def test_points_lie_in_one_circle_exactly_when_they_reach_each_other(links):
    number = {id: place for place, id in enumerate(IDS)}
    found = circles([[number[b] for a, b in links if a == id] for id in IDS])
    pairs = reach(links)
    for a in IDS:
        for b in IDS:
            same = a == b or ((a, b) in pairs and (b, a) in pairs)
            assert (found.of[number[a]] == found.of[number[b]]) == same
            if (a, b) in pairs:
                assert found.of[number[b]] <= found.of[number[a]]
    assert {IDS[place] for circle in found.circles for place in circle} == {a for a in IDS if (a, a) in pairs}


def test_a_thousand_events_with_three_thousand_needs_take_about_a_second():
    ids = [f"e{number:04d}" for number in range(1000)]
    listed = [
        event(
            id,
            f"{1900 + number // 10}",
            needed=tuple(
                {ids[(number * 7919 + step * 104729) % number] for step in range(3)} if number else ()
            ),
        )
        for number, id in enumerate(ids)
    ]
    began = time.process_time()
    built = EventStructure(listed)
    assert len(built.reduction) <= len(built.needs)
    assert built.most_needed()[0][0] == "e0000"
    assert time.process_time() - began < 4
