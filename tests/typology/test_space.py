"""The property space: corners, ties, expected outcomes; any number of axes."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concausa.core.errors import ExpressionError
from concausa.typology.ladder import Ladder
from concausa.typology.pattern import Pattern
from concausa.typology.space import axes, membership, place, sets

FOUR = (
    Pattern(id="synergistic", label="", when="BQ*BC", expects="maximum"),
    Pattern(id="state-led", label="", when="BQ*~BC", expects="moderate"),
    Pattern(id="business-led", label="", when="~BQ*BC", expects="moderate"),
    Pattern(id="quiescent", label="", when="~BQ*~BC", expects="minimum"),
)
scores = st.sampled_from([0, 0.25, 0.49, 0.5, 0.51, 0.75, 1])


def ladder(**memberships):
    return Ladder(
        dict.fromkeys(memberships, "medium"), memberships, dict.fromkeys(memberships, ("low", "medium"))
    )


# Rangel-Padilla (2025), section "Theory: dynamic framework", Figure 1 as described.
@pytest.mark.parametrize(
    ("bq", "bc", "pattern", "outcome"),
    [
        (1, 1, "synergistic", "maximum"),
        (1, 0, "state-led", "moderate"),
        (0, 1, "business-led", "moderate"),
        (0, 0, "quiescent", "minimum"),
    ],
)
def test_each_corner_of_figure_1_has_its_pattern_and_outcome(bq, bc, pattern, outcome):
    found = place(ladder(BQ=bq, BC=bc), FOUR)
    assert (found.strongest, found.expected) == ((pattern,), (outcome,))


def test_a_case_on_the_crossover_ties_between_the_two_patterns_it_borders():
    found = place(ladder(BQ=0.5, BC=0), FOUR)
    assert found.strongest == ("state-led", "quiescent")
    assert found.expected == ("moderate", "minimum")
    assert found.is_tie


def test_a_tie_between_patterns_with_one_outcome_leaves_one_outcome():
    same = (
        Pattern(id="a", label="", when="X", expects="low"),
        Pattern(id="b", label="", when="~X", expects="low"),
    )
    found = place(ladder(X=0.5), same)
    assert found.strongest == ("a", "b")
    assert found.expected == ("low",)


@given(scores, scores)
def test_a_tie_happens_exactly_on_the_crossover(bq, bc):
    assert place(ladder(BQ=bq, BC=bc), FOUR).is_tie == (bq == 0.5 or bc == 0.5)


@given(st.lists(scores, min_size=3, max_size=3))
def test_three_axes_make_eight_corners_of_which_one_holds_off_the_crossover(values):
    names = ("A", "B", "C")
    corners = [
        Pattern(
            id="".join(map(str, signs)),
            label="",
            when="*".join(name if sign else f"~{name}" for name, sign in zip(names, signs, strict=True)),
            expects="x",
        )
        for signs in product((0, 1), repeat=3)
    ]
    assert axes(corners) == names
    found = place(ladder(**dict(zip(names, values, strict=True))), corners)
    if 0.5 not in values:
        assert found.strongest == ("".join(str(int(value > 0.5)) for value in values),)
        assert found.memberships[found.strongest[0]] > 0.5


def test_a_condition_without_a_level_is_not_guessed():
    with pytest.raises(ExpressionError) as refusal:
        membership(ladder(BQ=1), "BQ*~BC")
    assert refusal.value.what == "no level of 'BC' is known for this case"
    assert refusal.value.where == "BQ*~BC\n    ^"


def test_a_pattern_may_lead_to_one_of_two_outcomes_and_both_are_expected():
    either = (
        Pattern(id="a", label="", when="X", expects="low | medium"),
        Pattern(id="b", label="", when="~X", expects="medium"),
    )
    assert place(ladder(X=1), either).expected == ("low", "medium")
    assert place(ladder(X=0.5), either).expected == ("low", "medium")


def test_only_conditions_that_stand_as_sets_ask_for_memberships():
    compared = (Pattern(id="a", label="", when="X*(Z>=medium) + ~W", expects="low"),)
    assert axes(compared) == ("X", "Z", "W")
    assert sets(compared) == ("X", "W")


def test_a_case_that_is_out_of_every_pattern_has_none_rather_than_a_tie():
    half = (
        Pattern(id="both", label="", when="A*B", expects="high"),
        Pattern(id="A only", label="", when="A*~B", expects="middling"),
    )
    found = place(ladder(A=0, B=1), half)
    assert (found.strongest, found.expected, found.is_tie) == ((), (), False)
    on_the_line = place(ladder(A=0.5, B=1), half)
    assert on_the_line.strongest == ("both",)
