"""Grains: a term of office is read as the periods with which it shares at least a third of its days."""

from __future__ import annotations

import pytest
from tests.audit.worlds.studies import choice, coded, ids, levels, options, state, study, term

from concausa.audit.worlds.grains import grains
from concausa.audit.worlds.worlds import worlds
from concausa.core.errors import DataError, OptionError

CODINGS = (
    coded("N-1.A", "high"),
    coded("N-1.A", "medium", place="conclusions"),
    coded("N-2.A", "low"),
    coded("S-1.A", "medium"),
)


def found_for(*terms, codings=CODINGS, grain=("period", "governor")):
    row = choice("G", "grain", *grain, terms=tuple(item.id for item in terms))
    return worlds(study(*codings, terms=terms, choices=(row,)))


def test_periods_and_terms_are_never_cases_in_the_same_world():
    found = found_for(term("T1", "2000", "2005"), term("T2", "2008", "2013"))
    assert options(found, "G") == ["period", "governor"]
    assert [slot.id for slot in found.slots] == ["N-1", "N-2", "S-1", "N-T1", "N-T2"]
    by_period, by_term = found.space.world({"G": "period"}), found.space.world({"G": "governor"})
    assert [slot.id for slot in found.slots if slot.present(by_period)] == ["N-1", "N-2", "S-1"]
    assert [slot.id for slot in found.slots if slot.present(by_term)] == ["N-T1", "N-T2"]


def test_a_term_has_the_cells_of_its_period_and_turns_on_what_they_turn_on():
    found = found_for(term("T1", "2000", "2005"))
    assert state(found, "N-T1.A").level == "high"
    assert state(found, "N-T1.A", **{"N-1.A": "medium"}).level == "medium"
    assert found.cells["N-T1", "A"].choices == (found.space.place("N-1.A"),)
    assert state(found, "N-T1.B").why == "no data"


def test_a_term_that_lies_in_two_periods_is_read_as_either():
    """2005 to 2010: three years on each side of 2007/2008; the second side has the leap day of 2008 more."""
    found = found_for(term("T", "2005", "2010"), codings=(coded("N-1.A", "high"), coded("N-2.A", "low")))
    assert options(found, "G") == ["period", "governor, T as period 2", "governor, T as period 1"]
    assert levels(found, "N-T.A", "G")[1:] == ["low", "high"]
    assert ids(found) == ["G"]


def test_less_than_a_third_of_the_days_is_no_reading():
    """2003-10-04 to 2009-10-03: 1,550 of 2,192 days in the first period, 642 (29 %) in the second."""
    found = found_for(term("T", "2003-10-04", "2009-10-03"))
    assert options(found, "G") == ["period", "governor"]
    assert state(found, "N-T.A", G="governor").level == "high"


def test_a_third_to_the_day_is_a_reading():
    """300 days in all, 100 of them in 2008: 2008-04-09 is the hundredth day of a leap year."""
    third = found_for(term("T", "2007-06-15", "2008-04-09"))
    assert len(options(third, "G")) == 3
    less = found_for(term("T", "2007-06-15", "2008-04-08"))
    assert len(options(less, "G")) == 2


def test_only_days_within_the_years_of_the_study_count():
    """1990 to 2009: of twenty years ten lie in the study, eight of them in the first period."""
    found = found_for(term("T", "1990", "2009"))
    assert options(found, "G") == ["period", "governor"]
    assert state(found, "N-T.A", G="governor").level == "high"


def test_a_term_without_an_end_ends_where_the_next_one_starts():
    """2000 to 2009-12-31, not to 2015: then the second period is a fifth of it."""
    found = found_for(term("T1", "2000"), term("T2", "2010"), codings=CODINGS)
    assert options(found, "G") == ["period", "governor"]
    alone = found_for(term("T1", "2000"))
    assert len(options(alone, "G")) == 3


def test_a_term_without_a_start_starts_where_the_one_before_ended():
    found = found_for(term("T1", "2000", "2009"), term("T2", "", "2011"))
    assert state(found, "N-T2.A", G="governor").level == "low"


def test_two_terms_in_two_periods_are_read_in_four_ways():
    found = found_for(term("T", "2005", "2010"), term("V", "2005", "2010", unit="S"))
    assert len(options(found, "G")) == 5
    assert options(found, "G")[1] == "governor, T as period 2, V as period 2"


def test_terms_of_several_offices_are_options_apart():
    found = found_for(
        term("T", "2000", "2005"),
        term("M", "2008", "2012", office="mayor"),
        grain=("period", "governor", "mayor"),
    )
    assert options(found, "G") == ["period", "governor", "mayor"]
    world = found.space.world({"G": "mayor"})
    assert [slot.id for slot in found.slots if slot.present(world)] == ["N-M"]


def test_terms_alone_leave_no_period_among_the_cases():
    found = found_for(term("T", "2000", "2005"), grain=("governor",))
    assert "G" not in ids(found)
    assert [(slot.id, slot.presence) for slot in found.slots] == [("N-T", ())]
    assert state(found, "N-1.A").level == "high"


def test_a_term_of_a_shadow_unit_is_compared_with_the_shadow_cases_only():
    found = found_for(term("T", "2000", "2005", unit="W"), codings=(*CODINGS, coded("W-1.A", "low")))
    slot = found.slots[-1]
    assert slot.id == "W-T"
    compared = {
        (shadow, grain)
        for shadow in ("without", "with")
        for grain in ("period", "governor")
        if slot.present(found.space.world({"shadow": shadow, "G": grain}))
    }
    assert compared == {("with", "governor")}


def test_a_term_whose_periods_nobody_coded_is_not_compared():
    found = found_for(term("T", "2008", "2015", unit="S"))
    assert [slot.id for slot in found.slots] == ["N-1", "N-2", "S-1"]


@pytest.mark.parametrize(
    ("item", "grain", "error", "what"),
    [
        (
            term("T", "1980", "1990"),
            ("period", "governor"),
            DataError,
            "the term lies outside the years of the study",
        ),
        (term("T"), ("period", "governor"), DataError, "the term has neither start nor end"),
        (
            term("T", "2000", "2005"),
            ("period", "mayor"),
            OptionError,
            "a choice of grain has no option 'mayor'",
        ),
        (
            term("T", "2000", "2005", unit=""),
            ("period", "governor"),
            DataError,
            "a national term is no case: it has no unit",
        ),
    ],
)
def test_a_term_that_cannot_be_placed_is_refused(item, grain, error, what):
    with pytest.raises(error) as caught:
        found_for(item, grain=grain)
    assert caught.value.what == what
    assert caught.value.fix


def test_too_many_readings_are_refused_and_not_cut_short():
    terms = tuple(term(f"T{number}", "2005", "2010") for number in range(11))
    row = choice("G", "grain", "period", "governor", terms=tuple(item.id for item in terms))
    with pytest.raises(DataError) as caught:
        grains(study(terms=terms, choices=(row,)))
    assert caught.value.what == "the terms may be read as periods in 2,048 ways, more than 1,024"
