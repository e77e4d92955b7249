"""Maps chosen jointly: one choice for all the conditions that the same maps read."""

from __future__ import annotations

from tests.audit.worlds.studies import JUST_IN, JUST_OUT, MIDDLE, choice, coded, ids, options, state, study

from concausa.audit.worlds.cell_table import State
from concausa.audit.worlds.worlds import worlds
from concausa.measurement.level_map import LevelMap

JOINTLY = choice("M", "medium", "jointly")
MEDIUM = (coded("N-1.A", "medium"), coded("S-1.A", "medium"), coded("N-1.B", "medium"))


def test_cell_by_cell_each_medium_cell_chooses_for_itself():
    found = worlds(study(*MEDIUM, maps=(MIDDLE, JUST_IN, JUST_OUT)))
    assert ids(found) == ["N-1.A", "N-1.B", "S-1.A"]
    assert found.space.size == 27


def test_jointly_one_choice_reads_every_cell_of_the_group():
    found = worlds(study(*MEDIUM, maps=(MIDDLE, JUST_IN, JUST_OUT), choices=(JOINTLY,)))
    assert options(found, "M") == ["middle", "in", "out"]
    assert found.space.size == 3
    assert {state(found, cell, M="out").membership for cell in ("N-1.A", "N-1.B", "S-1.A")} == {0.49}


def test_jointly_levels_that_differ_stay_with_the_cell():
    codings = (coded("N-1.A", "medium"), coded("N-1.A", "high", place="conclusions"))
    found = worlds(study(*codings, maps=(JUST_IN, JUST_OUT), choices=(JOINTLY,)))
    assert options(found, "N-1.A") == ["medium", "high"]
    assert found.space.size == 4
    assert state(found, "N-1.A", M="out") == State("medium", 0.49)
    assert state(found, "N-1.A", **{"M": "out", "N-1.A": "high"}) == State("high", 1.0)


def test_conditions_that_other_maps_read_choose_apart():
    for_y = [
        LevelMap(id=id, label="", points=("few=0", f"some={some}", "many=1"), conditions=("Y",))
        for id, some in (("y1", 0.4), ("y2", 0.6))
    ]
    found = worlds(study(*MEDIUM, coded("N-1.Y", "some"), maps=(MIDDLE, JUST_IN, *for_y), choices=(JOINTLY,)))
    assert ids(found) == ["map-A-B", "map-Y"]
    assert state(found, "N-1.Y", **{"map-Y": "y2"}).membership == 0.6


def test_maps_that_agree_on_all_levels_in_use_are_one_map():
    high = (coded("N-1.A", "high"), coded("N-1.B", "low"))
    assert worlds(study(*high, maps=(MIDDLE, JUST_IN), choices=(JOINTLY,))).space.choices == ()
    codings = (*MEDIUM, coded("N-1.Y", "few"))
    twin = LevelMap(id="twin", label="", points=MIDDLE.points, conditions=("A", "B"))
    assert worlds(study(*codings, maps=(MIDDLE, twin), choices=(JOINTLY,))).space.choices == ()
    assert worlds(study(*codings, maps=(MIDDLE, twin))).space.choices == ()


def test_a_map_for_all_conditions_reads_no_unordered_one():
    base = study(coded("N-1.A", "high"))
    kinds = base.conditions[0].__class__(id="P", label="", role="pattern", levels=("led", "shared"))
    everything = LevelMap(id="m", label="", points=("low=0", "medium=0.5", "high=1"))
    only_a = (base.conditions[0], kinds)
    found = worlds(
        base.replace(
            conditions=only_a, level_maps=(everything,), codings=(*base.codings, coded("N-1.P", "led"))
        )
    )
    assert state(found, "N-1.P") == State("led", None)
    assert state(found, "N-1.A") == State("high", 1.0)
