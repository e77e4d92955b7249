"""Worlds: the whole space of a study, and what stands in it by itself."""

from __future__ import annotations

import pickle
from itertools import product

import numpy as np
import pytest
from tests.audit.worlds.studies import (
    JUST_IN,
    JUST_OUT,
    choice,
    coded,
    fact,
    ids,
    measure,
    options,
    passage,
    state,
    study,
    term,
)

from concausa.audit.worlds.open_choice import KINDS
from concausa.audit.worlds.worlds import worlds
from concausa.core.errors import DataError, OptionError, UnknownNameError
from concausa.study.study import Study
from concausa.theory.choice import KINDS as DECLARED

SHADOWED = (coded("N-1.A", "high"), coded("W-2.A", "low"))


def everything():
    """A study in which every kind of choice is open."""
    return worlds(
        study(
            coded("N-1.A", "medium", place="heading", evidence=("late",)),
            coded("N-1.A", "high", coder="Ben", place="coder"),
            coded("N-2.A", "low"),
            coded("N-1.Y", "many"),
            coded("W-1.A", "low"),
            maps=(JUST_IN, JUST_OUT),
            evidence=(passage("late", "2006"),),
            facts=(fact("north", "40"), fact("south", "10")),
            measures=(measure("length", "N-1=north", cuts=("some>=20, many>=50",)),),
            terms=(term("T", "2005", "2010"),),
            choices=(
                choice("ratio", "number", "north / south", "south / north"),
                choice("test", "test", "crisp", "fuzzy 0.9"),
                choice("who", "levels", "by coder"),
                choice("how", "medium", "jointly"),
                choice("gain", "outcome", "label", "length"),
                choice("cut", "boundary", "2007/2008", "2004/2005"),
                choice("case", "grain", "period", "governor", terms=("T",)),
            ),
        )
    )


def test_a_study_with_nothing_in_it_has_one_world():
    found = worlds(Study(settings=study().settings))
    assert found.space.size == 1
    assert found.slots == ()
    assert found.tests == (("crisp", None),)


def test_shadow_cases_are_compared_with_and_without_if_any_is_coded():
    found = worlds(study(*SHADOWED))
    assert options(found, "shadow") == ["without", "with"]
    without, with_them = found.space.world({}), found.space.world({"shadow": "with"})
    assert [slot.id for slot in found.slots if slot.present(without)] == ["N-1"]
    assert [slot.id for slot in found.slots if slot.present(with_them)] == ["N-1", "W-2"]
    assert state(found, "W-2.A").level == "low"
    assert worlds(study(coded("N-1.A", "high"))).space.choices == ()


def test_a_study_may_say_that_shadow_cases_stay_out_or_always_count():
    out = worlds(study(*SHADOWED, choices=(choice("W", "shadow", "without"),)))
    assert [slot.id for slot in out.slots] == ["N-1"]
    assert state(out, "W-2.A").level == "low"
    always = worlds(study(*SHADOWED, choices=(choice("W", "shadow", "with"),)))
    assert [(slot.id, slot.presence) for slot in always.slots] == [("N-1", ()), ("W-2", ())]
    assert always.space.choices == ()


def test_a_unit_of_the_population_is_never_compared_and_still_has_cells():
    base = study(coded("W-1.A", "low"))
    units = (*base.units[:2], base.units[2].__class__(id="W", name="West", role="population"))
    found = worlds(base.replace(units=units))
    assert found.slots == ()
    assert found.space.choices == ()
    assert state(found, "W-1.A").level == "low"


def test_tests_are_crisp_unless_the_study_says_otherwise():
    row = choice("T", "test", "crisp", "fuzzy 0.9", "fuzzy 0.75")
    found = worlds(study(choices=(row,)))
    assert found.tests == (("crisp", None), ("fuzzy", 0.9), ("fuzzy", 0.75))
    assert found.test == found.space.place("T")
    plain = worlds(study())
    assert plain.tests == (("crisp", None),)
    assert plain.test is None
    only_fuzzy = worlds(study(choices=(choice("T", "test", "fuzzy 0.9"),)))
    assert only_fuzzy.tests == (("fuzzy", 0.9),)
    assert only_fuzzy.test is None


def test_a_name_in_number_claims_stands_for_one_formula_an_option():
    rows = (choice("a", "number", "x / y", "x / z"), choice("b", "number", "x"))
    found = worlds(study(choices=rows))
    assert found.numbers == {"a": (0, ("x / y", "x / z")), "b": (None, ("x",))}
    assert options(found, "a") == ["x / y", "x / z"]


def test_every_kind_of_choice_stands_in_its_place_and_cells_come_last():
    found = everything()
    assert ids(found) == ["gain", "who", "how", "cut", "shadow", "case", "test", "ratio"]
    kinds = [item.kind for item in found.space.choices]
    assert kinds == ["outcome", "coder", "map", "boundary", "shadow", "grain", "test", "number"]
    assert sorted(kinds, key=KINDS.index) == kinds
    assert set(DECLARED) - {"levels", "medium"} <= set(KINDS)
    assert found.space.size == 2 * 2 * 2 * 2 * 2 * 3 * 2 * 2


def test_the_first_option_is_the_own_reading():
    found = everything()
    assert found.space.preferred == (0,) * 8
    assert state(found, "N-1.A").level == "medium"


def test_a_declared_choice_is_told_in_the_words_of_its_row():
    item = everything().space.choices[0]
    assert str(item.label) == "the gain"
    assert item.link is not None
    assert item.link.anchor == "choices.gain"


def test_every_table_has_an_axis_for_each_choice_that_makes_a_difference_and_no_other():
    found = everything()
    for table in found.cells.values():
        assert list(table.choices) == sorted(set(table.choices))
        assert table.table.shape == tuple(found.space.sizes[choice] for choice in table.choices)
        for axis in range(table.table.ndim):
            first = table.table.take([0], axis=axis)
            assert not (table.table == first).all()
        assert set(np.unique(table.table).tolist()) == set(range(len(table.states)))
        assert len(set(table.states)) == len(table.states)


def test_many_worlds_are_looked_up_at_once_as_one_by_one():
    found = everything()
    every = list(product(*(range(size) for size in found.space.sizes)))
    columns = {place: np.array([world[place] for world in every]) for place in range(len(found.space.sizes))}
    for table in found.cells.values():
        at_once = np.broadcast_to(table.places(columns), len(every))
        assert [table.states[place] for place in at_once.tolist()] == [table.state(world) for world in every]


def test_worlds_travel_to_other_processes():
    found = everything()
    again = pickle.loads(pickle.dumps(found))
    assert again.space == found.space
    assert again.slots == found.slots
    assert again.cells.keys() == found.cells.keys()
    assert (again.cells["N-1", "A"].table == found.cells["N-1", "A"].table).all()


def test_names_that_are_not_there_are_told_with_the_nearest():
    found = everything()
    for ask in (
        lambda: found.cell("N-3", "A"),
        lambda: found.cell("N-1", "C"),
        lambda: found.space.place("shadwo"),
        lambda: found.space.world({"shadow": "wiht"}),
    ):
        with pytest.raises(UnknownNameError) as caught:
            ask()
        assert caught.value.fix


def test_two_rows_of_one_kind_are_refused_except_for_numbers():
    rows = (choice("a", "test", "crisp"), choice("b", "test", "fuzzy 0.9"))
    with pytest.raises(DataError) as caught:
        worlds(study(choices=rows))
    assert caught.value.where == "choices a, b"


def test_an_option_that_a_kind_has_not_is_refused():
    for row in (choice("W", "shadow", "sometimes"), choice("T", "test", "fuzzy"), choice("a", "number")):
        with pytest.raises(OptionError):
            worlds(study(*SHADOWED, choices=(row,)))


def test_a_choice_that_is_called_like_another_is_refused():
    rows = (choice("shadow", "test", "crisp", "fuzzy 0.9"),)
    with pytest.raises(DataError) as caught:
        worlds(study(*SHADOWED, choices=rows))
    assert caught.value.what == "two choices are called 'shadow'"
