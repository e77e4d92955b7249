"""Levels by place, by coder: one choice moves every cell; what it leaves open stays with the cell."""

from __future__ import annotations

import pytest
from tests.audit.worlds.studies import (
    JUST_IN,
    JUST_OUT,
    MIDDLE,
    choice,
    coded,
    ids,
    levels,
    options,
    state,
    study,
)

from concausa.audit.worlds.worlds import worlds
from concausa.core.errors import OptionError

BY_PLACE, BY_CODER = choice("L", "levels", "by place"), choice("L", "levels", "by coder")


def test_by_place_every_cell_follows_one_part_of_the_text():
    found = worlds(
        study(
            coded("N-1.A", "high", place="heading"),
            coded("N-1.A", "medium", place="assessment"),
            coded("N-1.B", "low", place="assessment"),
            coded("N-1.B", "medium", place="conclusions"),
            coded("S-1.A", "low", place="table"),
            choices=(BY_PLACE,),
        )
    )
    assert ids(found) == ["L"]
    assert options(found, "L") == ["heading", "assessment", "conclusions"]
    assert found.space.choices[0].kind == "reading"
    assert levels(found, "N-1.A", "L") == ["high", "medium", "high"]
    assert levels(found, "N-1.B", "L") == ["low", "low", "medium"]
    assert found.cells["S-1", "A"].choices == ()


def test_by_place_memberships_stay_with_the_cell():
    found = worlds(
        study(
            coded("N-1.A", "high", place="heading"),
            coded("N-1.A", "medium", place="assessment"),
            maps=(JUST_IN, JUST_OUT),
            choices=(BY_PLACE,),
        )
    )
    assert ids(found) == ["L", "N-1.A"]
    assert options(found, "N-1.A") == ["medium, in", "medium, out"]
    assert state(found, "N-1.A", **{"L": "heading", "N-1.A": "medium, out"}).level == "high"
    assert state(found, "N-1.A", **{"L": "assessment", "N-1.A": "medium, out"}).membership == 0.49


def test_a_place_that_prints_two_levels_leaves_them_to_the_cell():
    found = worlds(
        study(
            coded("N-1.A", "high", place="heading"),
            coded("N-1.A", "medium", place="assessment", id="1"),
            coded("N-1.A", "low", place="assessment", id="2"),
            choices=(BY_PLACE,),
        )
    )
    assert found.space.sizes == (2, 2)
    reached = {
        (place, state(found, "N-1.A", **{"L": place, "N-1.A": own}).level)
        for place in options(found, "L")
        for own in options(found, "N-1.A")
    }
    assert reached == {("heading", "high"), ("assessment", "medium"), ("assessment", "low")}


def test_by_coder_a_cell_that_a_coder_left_out_keeps_its_usual_level():
    found = worlds(
        study(
            coded("N-1.A", "high", coder="Ana", place="heading"),
            coded("N-1.A", "low", coder="Ben", place="coder"),
            coded("N-1.B", "medium", coder="Cy", place="coder"),
            choices=(BY_CODER,),
        )
    )
    assert options(found, "L") == ["Ana", "Ben"]
    assert found.space.choices[0].kind == "coder"
    assert levels(found, "N-1.A", "L") == ["high", "low"]
    assert levels(found, "N-1.B", "L") == ["medium", "medium"]


def test_codings_that_agree_leave_no_choice_between_places_or_coders():
    agreed = (coded("N-1.A", "high", place="heading"), coded("N-1.A", "high", coder="Ben", place="coder"))
    for row in (BY_PLACE, BY_CODER):
        assert worlds(study(*agreed, choices=(row,))).space.choices == ()


def test_one_coder_who_differs_from_herself_leaves_it_to_the_cell():
    found = worlds(study(coded("N-1.A", "high", place="heading"), coded("N-1.A", "low"), choices=(BY_CODER,)))
    assert ids(found) == ["N-1.A"]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (choice("L", "levels", "by page"), "a choice of levels has no option 'by page'"),
        (choice("L", "levels", "by place", "by coder"), "a choice of levels names one way, not 2"),
        (choice("M", "medium", "both"), "a choice of medium has no option 'both'"),
    ],
)
def test_a_way_that_is_unknown_or_not_one_is_refused(row, what):
    with pytest.raises(OptionError) as caught:
        worlds(study(coded("N-1.A", "high"), maps=(MIDDLE,), choices=(row,)))
    assert caught.value.what == what
