"""Easy and difficult counterfactuals: Stokke's fishery regimes.

Stokke (2007), *Journal of Business Research* 60(5), https://doi.org/10.1016/j.jbusres.2007.01.003, worked out in
Ragin & Sonnett (2004), "Between Complexity and Parsimony", and Ragin (2008), *Redesigning Social Inquiry*,
chapter 9. The manual of the R package QCA3 (BSD licence, page on `constrReduce`) gives the easy counterfactuals
of that chapter: ADVICE*SHADOW*REVERBERATION, ADVICE*COMMITMENT*SHADOW*~INCONVENIENCE and ADVICE*~INCONVENIENCE.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.gold.study import assumed, columns, model, models, models_of

import concausa as cc

CONDITIONS = ["advice", "commitment", "shadow", "inconvenience", "reverberation"]
# Shaming is expected to work with advice, commitment, a shadow of the future and reverberation, and where
# compliance is not inconvenient (Ragin 2008, chapter 9).
EXPECTED = {"advice": 1, "commitment": 1, "shadow": 1, "inconvenience": 0, "reverberation": 1}


def stokke_table() -> dict[str, list[Any]]:
    """The first column has no name in the source."""
    table = columns("Stokke")
    table["measure"] = table.pop("")
    return table


@pytest.fixture(scope="module")
def stokke() -> cc.TruthTable:
    return cc.truth_table(
        stokke_table(), outcome="success", conditions=CONDITIONS, cases="measure", consistency=1.0
    )


def test_the_conservative_solution_has_three_paths(stokke: cc.TruthTable) -> None:
    found = cc.minimize(stokke, solution="conservative")
    assert models(found) == {
        model(
            "advice*shadow*inconvenience*reverberation"
            " + advice*commitment*shadow*~inconvenience*~reverberation"
            " + advice*~commitment*~shadow*~inconvenience*~reverberation"
        )
    }


def test_the_parsimonious_solution_gives_up_advice(stokke: cc.TruthTable) -> None:
    found = cc.minimize(stokke, solution="parsimonious")
    assert models(found) == {model("~inconvenience + shadow*reverberation")}


def test_easy_counterfactuals_keep_advice(stokke: cc.TruthTable) -> None:
    found = cc.minimize(stokke, solution="intermediate", expectations=EXPECTED)
    assert models(found) == {model("advice*~inconvenience + advice*shadow*reverberation")}


def test_every_assumption_of_the_intermediate_solution_is_easy_and_has_advice(stokke: cc.TruthTable) -> None:
    # By hand: advice*~inconvenience has 8 configurations, 2 observed; advice*shadow*reverberation adds those
    # with inconvenience, 2, both observed (with commitment and without).
    found = cc.minimize(stokke, solution="intermediate", expectations=EXPECTED).models[0]
    made = assumed(found)
    assert len(made) == 6
    assert all(configuration[0] == 1 and configuration[3] == 0 for configuration in made)


def test_without_expectations_no_counterfactual_is_easy(stokke: cc.TruthTable) -> None:
    # Ragin (2008), chapter 9: without a reason no remainder may be used.
    bare = cc.minimize(stokke, solution="intermediate", expectations={})
    assert models(bare) == models(cc.minimize(stokke, solution="conservative"))


def test_failure_has_two_equally_good_parsimonious_models(stokke: cc.TruthTable) -> None:
    # Not printed in these sources; found by trying every cube of the 243.
    found = cc.minimize(stokke.negated(), solution="parsimonious")
    assert models(found) == models_of(
        [
            "inconvenience*~reverberation + ~shadow*inconvenience",
            "inconvenience*~reverberation + ~shadow*reverberation",
        ]
    )
