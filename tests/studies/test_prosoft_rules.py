"""The gate rules on the Prosoft study, against the table worked out by hand for them.

The hand-worked table takes a medium level as present. It reads off, rule by rule, what each leads one to
expect in the four case-periods and in Chiapas; see ``docs/explanation`` for the table itself.
"""

import pytest

import concausa as cc
from concausa.audit.placement import placements
from concausa.audit.rules import judged

MAX, MOD, MIN, LESS = {"maximum"}, {"moderate"}, {"minimum"}, {"minimum", "moderate"}
BY_HAND = {
    "R1": (MAX, MAX, MOD, MOD, MIN),
    "R2": (MAX, MAX, MIN, MIN, MIN),
    "R3": (MAX, MAX, LESS, LESS, LESS),
    "R4": (MAX, MAX, MIN, MOD, MIN),
    "R5": (MAX, MAX, MOD, MIN, MIN),
    "R6": (MAX, MAX, LESS, LESS, LESS),
}
CASES = ("NL-1", "NL-2", "PUE-1", "PUE-2", "CHP-1")


@pytest.fixture(scope="module")
def study():
    return cc.Study.load("prosoft")


@pytest.fixture(scope="module")
def judgements(study):
    return {(item.rule.id, item.case.id): item for item in judged(study)}


@pytest.mark.parametrize("rule", BY_HAND)
def test_with_medium_as_present_each_rule_predicts_what_is_worked_out_by_hand(judgements, rule):
    predicted = tuple(set(judgements[rule, case].by_map["medium-in"]) for case in CASES)
    assert predicted == BY_HAND[rule]


# The gate rules misplace a Puebla period only if its outcome is read as moderate.
@pytest.mark.parametrize(
    ("rule", "case"), [("R2", "PUE-1"), ("R2", "PUE-2"), ("R4", "PUE-1"), ("R5", "PUE-2")]
)
def test_a_veto_misplaces_puebla_if_its_outcome_was_moderate_and_not_if_it_was_minimum(
    judgements, rule, case
):
    assert dict(judgements[rule, case].if_observed) == {"minimum": "fits", "moderate": "misplaced"}


def test_no_rule_misplaces_a_case_in_every_reading(judgements):
    assert [key for key, item in judgements.items() if item.verdict == "misplaced"] == []


def test_medium_at_the_crossover_leaves_both_puebla_periods_tied(study):
    linear = {
        (item.case.id, item.levels["BQ"]): item.strongest
        for item in placements(study)
        if item.level_map == "linear" and item.case.unit.id == "PUE"
    }
    assert linear == {
        ("PUE-1", "medium"): ("state-led", "quiescent"),
        ("PUE-2", "medium-low"): ("business-led", "quiescent"),
        ("PUE-2", "low"): ("business-led", "quiescent"),
    }


def test_the_two_printed_levels_of_the_first_bureaucracy_of_nuevo_leon_place_it_differently(study):
    linear = {
        item.levels["BQ"]: item.strongest
        for item in placements(study)
        if item.level_map == "linear" and item.case.id == "NL-1"
    }
    assert linear == {"medium-high": ("synergistic",), "medium": ("synergistic", "business-led")}
