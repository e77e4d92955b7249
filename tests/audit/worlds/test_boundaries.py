"""Boundaries: under other years a coding counts if what it rests on may lie in the period so bounded."""

from __future__ import annotations

import pytest
from tests.audit.worlds.studies import choice, coded, ids, levels, options, passage, state, study

from concausa.audit.worlds.cell_table import State
from concausa.audit.worlds.worlds import worlds
from concausa.core.errors import ConcausaError, DataError, OptionError

MOVED = choice("B", "boundary", "2007/2008", "2010/2011", "2004/2005")
EVIDENCE = (
    passage("early", "2002"),
    passage("late", "2006"),
    passage("after", "2009/2010"),
    passage("undated"),
    passage("long", "2003/2009"),
)


def found_for(*codings, row=MOVED):
    return worlds(study(*codings, choices=(row,), evidence=EVIDENCE))


def test_a_coding_that_rests_on_later_passages_stops_counting_when_its_period_ends_earlier():
    found = found_for(coded("N-1.A", "high", evidence=("late",)))
    assert options(found, "B") == ["2007/2008", "2010/2011", "2004/2005"]
    assert levels(found, "N-1.A", "B") == ["high", "high", None]
    assert state(found, "N-1.A", B="2004/2005") == State(None, None, "no data")


def test_a_coding_of_the_second_period_stops_counting_when_its_period_starts_later():
    found = found_for(coded("N-2.A", "low", evidence=("after",)))
    assert levels(found, "N-2.A", "B") == ["low", None, "low"]


@pytest.mark.parametrize("evidence", [(), ("undated",), ("late", "undated"), ("long",), ("late", "early")])
def test_a_coding_counts_if_one_passage_is_undated_or_may_lie_in_the_period_or_if_it_names_none(evidence):
    found = found_for(coded("N-1.A", "high", evidence=evidence))
    assert levels(found, "N-1.A", "B") == ["high", "high", "high"]
    assert found.cells["N-1", "A"].choices == ()


def test_under_the_own_boundary_every_coding_counts_wherever_its_passages_lie():
    found = found_for(coded("N-2.A", "low", evidence=("early",)))
    assert levels(found, "N-2.A", "B") == ["low", None, None]


def test_where_one_of_two_codings_falls_out_the_other_is_what_the_cell_has():
    found = found_for(
        coded("N-1.A", "high", evidence=("late",), place="heading"),
        coded("N-1.A", "low", evidence=("early",)),
    )
    assert ids(found) == ["B", "N-1.A"]
    assert options(found, "N-1.A") == ["high", "low"]
    assert state(found, "N-1.A", **{"B": "2010/2011", "N-1.A": "high"}).level == "high"
    assert state(found, "N-1.A", **{"B": "2004/2005", "N-1.A": "high"}).level == "low"
    assert state(found, "N-1.A", **{"B": "2004/2005", "N-1.A": "low"}).level == "low"


def test_the_own_boundary_alone_leaves_nothing_open():
    assert found_for(coded("N-1.A", "high"), row=choice("B", "boundary", "2007/2008")).space.choices == ()


@pytest.mark.parametrize(
    ("boundary", "error"),
    [
        (("2010/2011",), OptionError),
        (("2007/2008", "2010"), OptionError),
        (("2007/2008", "2011/2010"), OptionError),
        (("2007/2008", "1999/2000"), OptionError),
        (("2007/2008", "2015/2016"), OptionError),
    ],
)
def test_a_boundary_that_is_none_or_leaves_a_period_empty_is_refused(boundary, error):
    with pytest.raises(error) as caught:
        found_for(coded("N-1.A", "high"), row=choice("B", "boundary", *boundary))
    assert isinstance(caught.value, ConcausaError)
    assert caught.value.fix


def test_a_study_of_one_period_has_no_boundary_to_move():
    one = study(coded("N-1.A", "high"), choices=(MOVED,))
    with pytest.raises(DataError) as caught:
        worlds(one.replace(periods=one.periods[:1]))
    assert caught.value.what == "the study has 1 periods; a boundary can move between two only"
