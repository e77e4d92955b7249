"""Measures: numbers cut into levels, with all that printed digits admit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.audit.worlds.studies import (
    choice,
    coded,
    fact,
    ids,
    levels,
    measure,
    options,
    state,
    study,
    term,
)

from concausa.audit.worlds.cell_table import State
from concausa.audit.worlds.measured import reached
from concausa.audit.worlds.worlds import worlds
from concausa.core.errors import DataError, OptionError, ScaleError
from concausa.core.interval import Interval
from concausa.measurement.level_map import LevelMap
from concausa.measurement.measure import Floor

LABELLED = (coded("N-1.Y", "many"), coded("S-1.Y", "few"), coded("S-2.Y", "some"))
FACTS = (fact("north", "40"), fact("south", "10"), fact("later", "26"), fact("lost", None))
VALUES = ("N-1=north", "S-1=south", "S-2=later")
BY_LENGTH = choice("O", "outcome", "label", "length")


def measured(*cuts, values=VALUES, row=BY_LENGTH):
    length = measure("length", *values, cuts=cuts)
    return worlds(study(*LABELLED, measures=(length,), choices=(row,), facts=FACTS))


def test_a_cut_gives_each_case_the_highest_level_whose_least_value_it_has():
    found = measured("some>=20, many>=30")
    assert ids(found) == ["O"]
    assert options(found, "O") == ["label", "length"]
    assert levels(found, "N-1.Y", "O") == ["many", "many"]
    assert levels(found, "S-1.Y", "O") == ["few", "few"]
    assert levels(found, "S-2.Y", "O") == ["some", "some"]


def test_every_cut_is_an_option_of_its_own():
    found = measured("some>=5, many>=20", "some>=30, many>=50")
    assert options(found, "O") == ["label", "length: some>=5, many>=20", "length: some>=30, many>=50"]
    assert levels(found, "S-2.Y", "O") == ["some", "many", "few"]
    assert levels(found, "S-1.Y", "O") == ["few", "some", "few"]


def test_a_cut_in_percent_is_of_the_greatest_value():
    found = measured("some>=60%, many>=100%")
    assert levels(found, "N-1.Y", "O") == ["many", "many"]
    assert levels(found, "S-2.Y", "O") == ["some", "some"]
    assert levels(found, "S-1.Y", "O") == ["few", "few"]


def test_a_value_whose_digits_lie_on_both_sides_of_a_cut_is_undecided():
    found = measured("some>=10, many>=30")
    assert state(found, "S-1.Y", O="length") == State(None, None, "undecided")
    assert state(found, "N-1.Y", O="length").level == "many"


def test_half_a_step_of_rounding_lies_on_the_cut_and_reaches_it():
    assert levels(measured("some>=9.5, many>=30"), "S-1.Y", "O") == ["few", "some"]
    assert levels(measured("some>=10.6, many>=30"), "S-1.Y", "O") == ["few", "few"]


def test_of_the_greatest_value_the_digits_of_both_count():
    found = measured("some>=25%, many>=100%")
    assert state(found, "S-1.Y", O="length") == State(None, None, "undecided")
    assert state(found, "N-1.Y", O="length").level == "many"


def test_a_case_without_a_value_has_no_data():
    found = measured("some>=20, many>=30", values=("N-1=north", "S-2=lost"))
    assert state(found, "S-1.Y", O="length") == State(None, None, "no data")
    assert state(found, "S-2.Y", O="length") == State(None, None, "no data")


def test_a_number_that_the_study_no_longer_has_is_no_data():
    found = measured("some>=20, many>=30", values=("N-1=north / gone", "S-1=election[V].margin"))
    assert state(found, "N-1.Y", O="length").why == "no data"
    assert state(found, "S-1.Y", O="length").why == "no data"


def test_measured_levels_get_memberships_from_the_maps():
    maps = tuple(
        LevelMap(id=id, label="", points=("few=0", f"some={some}", "many=1"), conditions=("Y",))
        for id, some in (("a", 0.4), ("b", 0.6))
    )
    found = worlds(
        study(
            coded("N-1.Y", "many"),
            coded("S-1.Y", "few"),
            maps=maps,
            measures=(measure("length", "N-1=later", "S-1=south", cuts=("some>=20, many>=30",)),),
            choices=(BY_LENGTH,),
            facts=FACTS,
        )
    )
    assert ids(found) == ["O", "N-1.Y"]
    assert options(found, "N-1.Y") == ["some, out", "some, in"]
    assert state(found, "N-1.Y", **{"O": "label", "N-1.Y": "some, in"}) == State("many", 1.0)
    assert state(found, "N-1.Y", **{"O": "length", "N-1.Y": "some, in"}) == State("some", 0.6)
    assert found.cells["S-1", "Y"].choices == ()


def test_codings_that_differ_matter_under_the_label_alone():
    length = measure("length", "N-1=north", cuts=("some>=20, many>=30",))
    found = worlds(
        study(
            coded("N-1.Y", "few"),
            coded("N-1.Y", "some"),
            measures=(length,),
            choices=(BY_LENGTH,),
            facts=FACTS,
        )
    )
    assert found.space.sizes == (2, 2)
    assert state(found, "N-1.Y", **{"N-1.Y": "some"}).level == "some"
    assert state(found, "N-1.Y", **{"O": "length", "N-1.Y": "some"}).level == "many"


def test_a_measure_that_the_text_does_not_give_is_closed_not_an_option():
    length = measure("length", *VALUES, cuts=("some>=20, many>=30",))
    share = measure("share", missing="the state's share is not printed")
    row = choice("O", "outcome", "label", "length", "share")
    found = worlds(study(*LABELLED, measures=(length, share), choices=(row,), facts=FACTS))
    assert options(found, "O") == ["label", "length"]
    assert found.space.choices[0].closed == (("by share", "the state's share is not printed"),)
    alone = worlds(study(*LABELLED, measures=(share,), choices=(choice("O", "outcome", "label", "share"),)))
    assert alone.space.choices == ()
    assert alone.closed == (("by share", "the state's share is not printed"),)


def test_a_single_measure_gives_levels_without_a_choice():
    found = measured("some>=20, many>=30", row=choice("O", "outcome", "length"))
    assert found.space.choices == ()
    assert state(found, "S-2.Y").level == "some"
    assert state(found, "N-2.Y").why == "no data"


def test_a_term_of_office_has_the_measured_level_of_the_period_as_which_it_is_read():
    """2005 to 2010 is read as either period: 40 km are many, 10 km are some."""
    values = ("N-1=north", "N-2=south")
    length = measure("length", *values, cuts=("some>=5, many>=20",))
    rows = (BY_LENGTH, choice("G", "grain", "period", "governor", terms=("T",)))
    codings = (coded("N-1.Y", "few"), coded("N-2.Y", "few"))
    terms = (term("T", "2005", "2010"),)
    found = worlds(study(*codings, measures=(length,), choices=rows, facts=FACTS, terms=terms))
    read = {f"governor, T as period {period}": period for period in "12"}
    assert set(options(found, "G")) == {"period", *read}
    told = {period: state(found, "N-T.Y", O="length", G=option).level for option, period in read.items()}
    assert told == {"1": "many", "2": "some"}
    assert {state(found, "N-T.Y", O="label", G=option).level for option in read} == {"few"}


@pytest.mark.parametrize(
    ("values", "cuts", "row", "error", "what"),
    [
        (VALUES, (), BY_LENGTH, DataError, "a measure with values has no cut"),
        (("N-9=north",), ("some>=1, many>=2",), BY_LENGTH, DataError, "there is no case 'N-9'"),
        (VALUES, ("many>=2",), BY_LENGTH, ScaleError, "there is no value for some"),
        (VALUES, ("some>=3, many>=2",), BY_LENGTH, ScaleError, "the values do not rise with the levels"),
        (
            VALUES,
            ("some>=1, many>=2",),
            choice("O", "outcome", "label", "lenght"),
            OptionError,
            "a choice of outcome has no option 'lenght'",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(values, cuts, row, error, what):
    with pytest.raises(error) as caught:
        measured(*cuts, values=values, row=row)
    assert caught.value.what == what
    assert caught.value.fix


def test_a_unit_that_does_not_go_with_the_value_is_refused():
    with pytest.raises(DataError) as caught:
        measured("some>=1, many>=2", values=("N-1=north * north",))
    assert "N-1=north * north" in caught.value.where


INTERVAL = st.tuples(st.integers(-6, 12), st.integers(0, 4)).map(
    lambda ends: Interval(Fraction(ends[0]), Fraction(ends[0] + ends[1]))
)


@given(st.lists(INTERVAL, min_size=1, max_size=3), st.integers(0, 4))
def test_a_part_of_the_greatest_is_reached_as_whole_values_tell(intervals, quarters):
    """Every whole number inside the intervals is tried; what holds for all, or none, of them is decided."""
    values = {str(number): interval for number, interval in enumerate(intervals)}
    spans = [range(int(interval.low), int(interval.high) + 1) for interval in intervals]
    floor = Floor("many", Decimal(25 * quarters), percent=True)
    told = {4 * pick[0] >= quarters * max(pick) for pick in product(*spans)}
    found = reached(floor, "0", values)
    if found is not None:
        assert told == {found}
    elif all(interval.is_exact for interval in intervals):
        raise AssertionError("exact values leave nothing open")


def test_a_single_case_below_zero_has_not_half_of_itself():
    assert reached(Floor("many", Decimal(50), percent=True), "0", {"0": Interval.exact(-4)}) is False
    assert reached(Floor("many", Decimal(100), percent=True), "0", {"0": Interval.exact(-4)}) is True
