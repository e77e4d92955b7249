"""Claims in sentences, worked by hand: levels, members, times, numbers, checks."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.audit.claims.made import choice, claim, made, only, study, turns_on, verdicts
from tests.small import date

from concausa.audit.claims.claim_test import claim_test
from concausa.core.errors import ExpressionError
from concausa.record.event import Event
from concausa.record.fact import Fact
from concausa.theory.check import Check
from concausa.theory.choice import Choice
from concausa.typology.pattern import Pattern

CELLS = {
    "N-1": {"A": "high", "B": "low", "Y": "high"},
    "N-2": {"A": "high", "B": "medium", "Y": "medium"},
    "S-1": {"A": "low", "B": "high", "Y": "low"},
    "S-2": {"A": "low", "B": "none", "Y": "either"},
}


def said(states: str, cells: dict[str, dict[str, str]] | None = None, **fields: object) -> str:
    """The verdict of a sentence on the cells above."""
    return only(made(cells or CELLS), claim("level", states=states, **fields))


LEVELS = [
    ("N-1.B < N-2.B", "SUPPORTED"),
    ("N-2.B < N-1.B", "CONTRADICTED"),
    ("N-1.A = N-2.A", "SUPPORTED"),
    ("N-1.A != N-2.A", "CONTRADICTED"),
    ("N-1.A >= N-2.B", "SUPPORTED"),
    ("N-1.A <= N-2.B", "CONTRADICTED"),
    ("N-2.B > low", "SUPPORTED"),
    ("S-2.B < N-1.B", "NO_DATA"),
    ("S-2.Y = low", "UNDECIDED"),
    ("S-2.B < S-2.Y", "NO_DATA"),
    ("N-2.B = medium", "SUPPORTED"),
    ("N-2.B = medium and N-1.B = high", "CONTRADICTED"),
    ("N-2.B = low or N-1.B = low", "SUPPORTED"),
    ("S-2.Y = low and N-1.B = high", "CONTRADICTED"),
    ("S-2.Y = low or N-1.B = low", "SUPPORTED"),
    ("S-2.Y = low and S-2.B = low", "NO_DATA"),
    ("not S-2.Y = low", "UNDECIDED"),
    ("not N-2.B = low", "SUPPORTED"),
    ("X-1.A = low", "NO_DATA"),
]


@pytest.mark.parametrize(("states", "verdict"), LEVELS)
def test_levels_of_cells(states: str, verdict: str) -> None:
    assert said(states) == verdict


GROUPS = [
    # A holds N-1 (high) and N-2 (medium); ~A holds S-1 (low) and S-2 (undecided).
    ("[A].Y > S-1.Y", "SUPPORTED"),
    ("[A].Y > N-1.Y", "CONTRADICTED"),  # N-2 is lower; N-1 is not held against itself
    ("[A].Y >= medium", "SUPPORTED"),
    ("[A].Y = high", "CONTRADICTED"),
    ("[A].Y > [~A].Y", "UNDECIDED"),
    ("[~A].Y < [A].Y", "UNDECIDED"),
    ("[~A].Y > [A].Y", "CONTRADICTED"),  # S-1 already settles it
    ("[A].Y > [~A*B].Y", "NO_DATA"),  # S-2 may be in ~A*B
    ("[A*B>=low].Y > [~A*B=high].Y", "NO_DATA"),
    ("[A*~A].Y > [~A].Y", "NO_CASE"),
    ("[A].Y = [A*~A].Y", "NO_CASE"),
    ("[A].Y != [A].Y", "SUPPORTED"),  # high and medium; neither against itself
    ("[B=medium].Y > [B=medium].Y", "NO_DATA"),  # N-2 alone, or with S-2
    ("[B=low].A = high", "NO_DATA"),  # S-2 may be such a case, and its A is low
    ("[B=low].A != low or N-1.A = high", "SUPPORTED"),
]


@pytest.mark.parametrize(("states", "verdict"), GROUPS)
def test_every_case_of_a_group_is_meant(states: str, verdict: str) -> None:
    assert said(states) == verdict


def test_groups_are_made_of_the_cases_judged() -> None:
    assert said("[A>=low].Y > low") == "CONTRADICTED"
    assert said("[A>=low].Y > low", cases=("N-1", "N-2")) == "SUPPORTED"
    shared = [choice("shadow", 2, "shadow")]
    worlds = made(
        {case: CELLS[case] for case in ("N-1", "N-2", "S-1")},
        shared=shared,
        presence={"S-1": [(0, frozenset({1}))]},
    )
    assert verdicts(worlds, claim("level", states="[A>=low].Y > low")) == ["SUPPORTED", "CONTRADICTED"]
    # A case that is named is meant whether a world compares it or not.
    assert verdicts(worlds, claim("level", states="S-1.Y < N-1.Y")) == ["SUPPORTED", "SUPPORTED"]


def test_levels_of_other_scales_are_not_compared() -> None:
    worlds = made(CELLS)
    other = {**worlds.scales, "Y": ("few", "many")}
    worlds = type(worlds)(worlds.study, worlds.space, worlds.slots, worlds.cells, other)
    with pytest.raises(ExpressionError, match="A and Y have different levels"):
        claim_test(worlds, claim("level", states="N-1.A > N-1.Y"))


PATTERNS = (Pattern(id="joint", label="Joint", when="A*B", expects="high"),)
MEMBERS = [
    ("S-1 in [~A*B]", "SUPPORTED"),
    ("N-1 in joint", "CONTRADICTED"),
    ("N-2 in joint", "CROSSOVER"),
    ("S-2 in joint", "CONTRADICTED"),
    ("S-2 in [~A*B]", "NO_DATA"),
]


@pytest.mark.parametrize(("states", "verdict"), MEMBERS)
def test_a_case_is_in_a_set_or_in_that_of_a_pattern(states: str, verdict: str) -> None:
    assert only(made(CELLS, of=study(patterns=PATTERNS)), claim("typology", states=states)) == verdict


def test_two_open_cells_are_compared_in_every_combination() -> None:
    worlds = made({"N-1": {"A": "low|high"}, "N-2": {"A": "low|medium"}})
    found = verdicts(worlds, claim("ordering", states="N-1.A < N-2.A"))
    # (low, low), (low, medium), (high, low), (high, medium)
    assert found == ["CONTRADICTED", "SUPPORTED", "CONTRADICTED", "CONTRADICTED"]


def test_one_open_cell_that_appears_twice_has_one_level_at_a_time() -> None:
    worlds = made({"N-1": {"A": "low|high"}, "N-2": {"A": "medium"}})
    one = claim("level", states="N-1.A < N-2.A and N-1.A > N-2.A")
    assert verdicts(worlds, one) == ["CONTRADICTED", "CONTRADICTED"]
    assert claim_test(worlds, one).choices == ()


EVENTS = (
    Event(id="V1", unit="N", date=date("2003"), title="first"),
    Event(id="V2", unit="N", date=date("2004-05"), title="second"),
    Event(id="V3", unit="N", date=None, title="undated"),
    Event(id="V4", unit="N", date=date("2003-06"), title="in the first year"),
    Event(id="V5", unit="N", date=date("2008-03"), title="late"),
)
TIMES = [
    ("V1 before V2", "SUPPORTED"),
    ("V2 before V1", "CONTRADICTED"),
    ("V1 before V4", "UNDECIDED"),
    ("V1 before V3", "NO_DATA"),
    ("V1 before V9", "NO_DATA"),
    ('V2 after "2004-04"', "SUPPORTED"),
    ("V1 within period 1", "SUPPORTED"),
    ("V5 within period 1", "CONTRADICTED"),
    ("V3 before V1 or V1 before V2", "SUPPORTED"),
    ("V3 before V1 or V1 before V4", "NO_DATA"),
]


@pytest.mark.parametrize(("states", "verdict"), TIMES)
def test_events_and_periods(states: str, verdict: str) -> None:
    assert only(made(CELLS, of=study(events=EVENTS)), claim("sequence", states=states)) == verdict


def test_a_period_ends_where_the_world_lets_it_end() -> None:
    row = Choice(id="boundary", kind="boundary", label="Where it ends", options=("2007/2008", "2009/2010"))
    boundary = choice("boundary", 2, "boundary", row.options)
    worlds = made(CELLS, shared=[boundary], of=study(events=EVENTS, choices=(row,)))
    one = claim("sequence", states="V5 within period 1")
    assert verdicts(worlds, one) == ["CONTRADICTED", "SUPPORTED"]
    assert turns_on(worlds, claim_test(worlds, one)) == ("boundary",)
    assert verdicts(worlds, claim("sequence", states="V5 within period 2")) == ["SUPPORTED", "CONTRADICTED"]
    # 2003 lies in the first period in either way: the boundary makes no difference.
    assert claim_test(worlds, claim("sequence", states="V1 within period 1")).choices == ()


def fact(id: str, value: str) -> Fact:
    """A number without a unit, rounded to its last digit."""
    return Fact(id=id, subject=id, measure=id, value=Decimal(value), measured_in="")


FACTS = (fact("ten", "10"), fact("twenty", "20"), fact("about_ten", "10.2"))
CHECKS = (
    Check(id="K1", label="sum", formula="ten + ten", expected="20"),
    Check(id="K2", label="off", formula="ten + ten", expected="40"),
    Check(id="K3", label="none", formula="ten + ten"),
    Check(id="K4", label="lost", formula="ten + eleven", expected="21"),
    Check(id="K5", label="rounded", formula="about_ten + about_ten", expected="20.5"),
)
NUMBERS = [
    ("number(ten) < number(twenty)", "SUPPORTED"),
    ("number(ten) > number(twenty)", "CONTRADICTED"),
    ("number(ten) != number(twenty)", "SUPPORTED"),
    ("number(ten) = number(twenty)", "CONTRADICTED"),
    ("number(ten) < number(about_ten)", "UNDECIDED"),  # 9.5 to 10.5 against 10.15 to 10.25
    ("number(ten) != number(about_ten)", "UNDECIDED"),
    ("number(ten + ten) > number(twenty / 2)", "SUPPORTED"),
    ("number(eleven) > number(ten)", "NO_DATA"),
    ("check K1", "SUPPORTED"),
    ("check K2", "CONTRADICTED"),
    ("check K3", "NO_DATA"),  # nothing is printed beside it
    ("check K4", "NO_DATA"),
    ("check K5", "SUPPORTED"),  # 20.4 at face value, 20.3 to 20.5 as rounded
    ("check K9", "NO_DATA"),
    ("number(ten) < number(twenty) and not check K2", "SUPPORTED"),
]


@pytest.mark.parametrize(("states", "verdict"), NUMBERS)
def test_numbers_and_checks(states: str, verdict: str) -> None:
    assert only(made(CELLS, of=study(facts=FACTS, checks=CHECKS)), claim("number", states=states)) == verdict


def test_a_name_that_is_open_stands_for_one_formula_after_the_other() -> None:
    worlds = made(CELLS, numbers={"firms": ("ten", "twenty", "ten + about_ten")}, of=study(facts=FACTS))
    # 20 / 10 = 2, 20 / 20 = 1, 20 / 20.2: only the first is surely above 1.5.
    one = claim("number", states="number(twenty / firms) > number(1.5)")
    assert verdicts(worlds, one) == ["SUPPORTED", "CONTRADICTED", "CONTRADICTED"]
    assert turns_on(worlds, claim_test(worlds, one)) == ("firms",)
    # The whole formula takes the place of the name: 2 * (ten + about_ten) is 40, not 30.
    twice = claim("number", states="number(2 * firms) > number(35)")
    assert verdicts(worlds, twice) == ["CONTRADICTED", "SUPPORTED", "SUPPORTED"]


def test_a_name_with_a_single_formula_needs_no_choice() -> None:
    worlds = made(CELLS, numbers={"firms": ("twenty",)}, of=study(facts=FACTS))
    assert only(worlds, claim("number", states="number(firms) > number(ten)")) == "SUPPORTED"
