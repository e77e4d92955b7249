"""Most similar, most different, divergence, profiles and set-theoretic types."""

from __future__ import annotations

import math
from typing import Any

import pytest

from concausa.core.errors import DataError, OptionError
from concausa.selection.candidates import candidates
from concausa.selection.pair_types import divergence, pair_types
from concausa.selection.pairs import pairs
from concausa.selection.profile import profile
from concausa.selection.set_types import SET_TYPES, set_types

#: y has mean 5 and variance 100/3: 10 apart is 1.73 standard deviations.
FOUR = candidates(
    {"x": [0, 1, 8, 9], "y": [0, 10, 0, 10], "party": ["p", "q", "p", "p"]},
    covariates=["x"],
    outcome="y",
    beside=["party"],
    units=list("ABCD"),
)


def test_most_similar_pairs_are_alike_before_and_differ_after() -> None:
    found = pair_types(pairs(FOUR))
    assert [one.pair.id for one in found.similar] == ["A, B", "C, D", "B, C", "A, D"]
    assert found.similar[0].divergences[0].difference == pytest.approx(-10 / math.sqrt(100 / 3))


def test_most_different_pairs_are_unlike_before_and_alike_after() -> None:
    assert [one.pair.id for one in pair_types(pairs(FOUR)).different] == ["B, D", "A, C"]


def test_every_cause_and_the_outcome_must_diverge() -> None:
    both = FOUR.recast(party="cause")
    # A and B differ in party too; C and D do not
    assert [one.pair.id for one in pair_types(pairs(both)).similar] == ["A, B", "B, C"]
    assert [(row.covariate, row.verdict) for row in divergence(both, "C", "D")] == [
        ("y", "differs"),
        ("party", "alike"),
    ]


def test_what_lies_between_and_what_is_missing_is_said() -> None:
    own = candidates(
        {"x": [0, 1, 2, 3], "y": [0, 1, 2, None]}, covariates=["x"], outcome="y", units=list("ABCD")
    )
    # standard deviation 1: half of it is neither alike nor different under 0.25 and 1.5
    assert divergence(own, "A", "B", apart=1.5)[0].verdict == "between"
    assert divergence(own, "A", "D")[0].verdict == "missing"


@pytest.mark.parametrize(
    ("call", "error", "what"),
    [
        (
            lambda: divergence(FOUR, "A", "B", apart=0.2),
            OptionError,
            "what is alike must lie below what differs",
        ),
        (
            lambda: pair_types(pairs(FOUR.recast(y="beside"))),
            DataError,
            "there is neither a cause nor an outcome on which a pair could differ",
        ),
        (lambda: set_types({"A": [0.2]}, [0.2, 0.4]), DataError, "A has 1 memberships for 2 cases"),
        (
            lambda: set_types({"A": [0.2, 1.4]}, [0.2, 0.4], ["p", "q"]),
            DataError,
            "the membership of q in A is 1.4",
        ),
        (
            lambda: set_types({"A": [0.2, math.nan]}, [0.2, 0.4]),
            DataError,
            "the membership of 2 in A is nan",
        ),
    ],
)
def test_what_makes_no_comparison_is_refused(call: Any, error: type[Exception], what: str) -> None:
    with pytest.raises(error) as caught:
        call()
    assert caught.value.what == what


def test_a_profile_tells_each_covariate_with_how_usual_the_difference_is() -> None:
    x, y, party = profile(FOUR, "A", "B").rows
    assert (x.first, x.second, x.closer) == ("0", "1", 0.0)
    assert x.difference == pytest.approx(-1 / math.sqrt(65 / 3))
    # four of six pairs differ by 10, none by more; two by nothing
    assert y.closer == pytest.approx(2 / 6)
    assert (party.difference, party.closer, party.role) == (1.0, pytest.approx(3 / 6), "beside")


def test_a_difference_of_the_only_two_with_a_value_is_measured_against_nothing() -> None:
    two = candidates({"x": [3, 6, None]}, covariates=["x"], units=list("ABC"))
    row = profile(two, "A", "B").rows[0]
    assert (row.first, row.second, row.lacking) == ("3", "6", 1)
    assert math.isnan(row.difference)
    assert profile(two, "A", "B").data()["rows"][0]["closer"] is None


def test_cases_are_typed_by_the_sides_of_term_and_outcome() -> None:
    # Schneider & Rohlfing (2013): every side of the two crossovers, and more in the term than in the outcome
    term = [0.6, 0.9, 0.9, 0.1, 0.1, 0.5, 0.9]
    outcome = [0.8, 0.6, 0.2, 0.9, 0.2, 0.9, 0.5]
    assert set_types({"A*B": term}, outcome).types["A*B"] == (
        "typical",
        "deviant in degree",
        "deviant in consistency",
        "deviant in coverage",
        "irrelevant",
        "on a crossover",
        "on a crossover",
    )


def test_the_solution_is_the_highest_of_its_terms() -> None:
    found = set_types({"A": [0.9, 0.1, 0.2], "B": [0.1, 0.8, 0.3]}, [0.95, 0.9, 0.9], ["p", "q", "r"])
    assert found.of("solution", "typical") == ("p", "q")
    assert found.of("solution", "deviant in coverage") == ("r",)
    assert found.of("A", "deviant in coverage") == ("q", "r")
    assert [head.key for head in found.table().headings] == ["term", *SET_TYPES]
