"""Cells: every level and membership that they may have is an option, once, and nothing else is."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.audit.worlds.studies import JUST_IN, JUST_OUT, MIDDLE, coded, ids, options, state, study

from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.findings import tally
from concausa.audit.worlds.cell_table import State
from concausa.audit.worlds.cells import own_choice
from concausa.audit.worlds.worlds import worlds
from concausa.measurement.level_map import LevelMap
from concausa.theory.choice import Choice
from concausa.theory.claim import Claim

HIGH, IN, OUT, LOW = State("high", 1.0), State("medium", 0.51), State("medium", 0.49), State("low", 0.0)


def test_a_cell_with_one_level_and_one_membership_leaves_nothing_open():
    found = worlds(study(coded("N-1.A", "high"), maps=(MIDDLE, JUST_IN, JUST_OUT)))
    assert found.space.choices == ()
    assert found.space.size == 1
    assert state(found, "N-1.A") == State("high", 1.0)
    assert found.cells["N-1", "A"].choices == ()


def test_a_cell_that_nobody_coded_has_no_data():
    found = worlds(study(coded("N-1.A", "high")))
    assert state(found, "N-1.B") == State(None, None, "no data")
    assert state(found, "S-2.A") == State(None, None, "no data")


def test_a_case_in_which_nothing_is_coded_is_not_compared():
    found = worlds(study(coded("N-1.A", "high"), coded("S-2.Y", "few")))
    assert [slot.id for slot in found.slots] == ["N-1", "S-2"]


def test_levels_that_differ_are_options_in_the_order_of_the_places_that_print_them():
    found = worlds(
        study(
            coded("N-1.A", "low", place="cross-case"), coded("N-1.A", "high", place="heading"), maps=(MIDDLE,)
        )
    )
    assert options(found, "N-1.A") == ["high", "low"]
    assert state(found, "N-1.A") == State("high", 1.0)


def test_a_level_with_several_memberships_is_as_many_options_and_the_map_of_the_settings_comes_first():
    found = worlds(study(coded("N-1.A", "medium"), maps=(JUST_IN, JUST_OUT, MIDDLE)))
    assert options(found, "N-1.A") == ["medium, on the crossover", "medium, in", "medium, out"]
    assert [str(option.label) for option in found.space.choices[0].options] == [
        "medium is on the crossover",
        "medium counts as in",
        "medium counts as out",
    ]


def test_levels_and_memberships_are_laid_out_in_one_choice():
    found = worlds(
        study(coded("N-1.A", "high", place="heading"), coded("N-1.A", "medium"), maps=(JUST_IN, JUST_OUT))
    )
    assert options(found, "N-1.A") == ["high", "medium, in", "medium, out"]
    assert set(found.cells["N-1", "A"].states) == {HIGH, IN, OUT}


def test_two_memberships_on_one_side_are_told_by_their_numbers():
    further = LevelMap(id="m", label="", points=("low=0", "medium=0.6", "high=1"), conditions=("A", "B"))
    found = worlds(study(coded("N-1.A", "medium"), maps=(JUST_IN, further)))
    assert options(found, "N-1.A") == ["medium, 0.51", "medium, 0.6"]


def test_levels_without_a_map_are_options_without_memberships():
    found = worlds(study(coded("N-1.Y", "few"), coded("N-1.Y", "many"), maps=(MIDDLE,)))
    assert options(found, "N-1.Y") == ["few", "many"]
    assert state(found, "N-1.Y") == State("few", None)


def test_a_coding_of_one_indicator_is_no_reading_of_its_cell():
    found = worlds(study(coded("N-1.A", "high"), coded("N-1.A", "low", indicator="A.years")))
    assert ids(found) == []


def test_the_choice_of_a_cell_points_to_its_first_coding():
    found = worlds(study(coded("N-1.A", "low", id="C1"), coded("N-1.A", "high", id="C2", place="heading")))
    link = found.space.choices[0].link
    assert link is not None
    assert link.anchor == "codings.C2"


def test_a_context_that_admits_one_state_gives_it_whatever_the_cell_chooses():
    found = own_choice([(HIGH, LOW), (LOW,)])
    assert [option.id for option in found.options] == ["high", "low"]
    assert found.states == ((HIGH, LOW), (LOW, LOW))


def test_options_that_give_the_same_everywhere_are_one_and_are_called_by_what_is_open():
    found = own_choice([(HIGH,), (IN, OUT)])
    assert found.states == ((HIGH, IN), (HIGH, OUT))
    assert [option.id for option in found.options] == ["medium, in", "medium, out"]


STATES = st.sampled_from([HIGH, IN, OUT, LOW, State("high", 0.9), State("low", None)])
CONTEXTS = st.lists(st.lists(STATES, min_size=1, max_size=4, unique=True).map(tuple), min_size=1, max_size=4)


@given(CONTEXTS)
def test_in_every_context_each_state_that_it_admits_weighs_as_much_as_any_other(contexts):
    found = own_choice(contexts)
    first = contexts[0][0]
    for place, admitted in enumerate(contexts):
        weights = Counter(column[place] for column in found.states)
        assert set(weights) == set(admitted)
        assert len(set(weights.values())) == 1
        assert found.states[0][place] == first or first not in admitted
    names = [option.id for option in found.options]
    assert len(set(names)) == len(names)


def test_a_level_keeps_its_option_whatever_a_map_makes_of_it():
    found = own_choice([(LOW, IN), (LOW, OUT)])
    assert found.states == ((LOW, LOW), (IN, OUT))
    assert [option.id for option in found.options] == ["low", "medium"]


@pytest.mark.parametrize("order", [("low", "medium"), ("medium", "low")])
def test_shares_do_not_hang_on_the_order_of_codings(order):
    rows = [coded("N-1.A", level, id=f"C{level}") for level in order]
    joint = Choice(id="medium", kind="medium", label="", options=("jointly",))
    made = worlds(study(*rows, maps=(JUST_IN, JUST_OUT), choices=(joint,)))
    assert made.space.size == 4  # two maps, two levels
    claim = Claim(id="K", text="", kind="level", states="N-1.A = low")
    found = tally(made, claim)
    assert (found.counts, found.total) == ({Verdict.CONTRADICTED: 1, Verdict.SUPPORTED: 1}, 2)


def test_a_cell_with_fewer_options_under_a_shared_choice_is_laid_out_evenly():
    found = own_choice([(LOW, IN, HIGH), (LOW, HIGH)])
    assert len(found.states) == 6
    assert found.states.count((HIGH, HIGH)) == found.states.count((LOW, LOW)) == 2
    assert [option.id for option in found.options][:2] == ["low", "low (2)"]


LEVEL = st.sampled_from(["low", "medium", "high"])
MAPS = {"middle": (MIDDLE, 0.5), "in": (JUST_IN, 0.51), "out": (JUST_OUT, 0.49)}


@given(
    st.dictionaries(
        st.sampled_from(["N-1.A", "N-1.B", "S-1.A", "S-2.B"]),
        st.lists(LEVEL, min_size=1, max_size=4),
        max_size=4,
    ),
    st.sets(st.sampled_from(sorted(MAPS)), min_size=1),
)
def test_all_worlds_together_are_the_product_of_what_each_cell_may_be(given_levels, map_ids):
    codings = [
        coded(cell, level, id=f"{cell}-{number}")
        for cell, levels in given_levels.items()
        for number, level in enumerate(levels)
    ]
    found = worlds(study(*codings, maps=tuple(MAPS[id][0] for id in sorted(map_ids))))
    fixed = {"low": {0.0}, "high": {1.0}, "medium": {MAPS[id][1] for id in map_ids}}
    by_hand = {
        cell: {(level, membership) for level in levels for membership in fixed[level]}
        for cell, levels in given_levels.items()
    }
    count = 1
    for states in by_hand.values():
        count *= len(states)
    assert found.space.size == count
    seen = set()
    for world in product(*(range(size) for size in found.space.sizes)):
        states = [found.cells[cell[:3], cell[4:]].state(world) for cell in by_hand]
        seen.add(tuple((item.level, item.membership) for item in states))
    assert seen == set(product(*by_hand.values()))
