"""Social movements: homeless mobilisation, nuclear energy, peace and ecology.

Data as in Cress & Snow (2000), https://doi.org/10.1086/210399, Yamasaki (2009) and Giugni & Yamasaki (2009), with
the thresholds of the R package QCA3's manual for the last. Where no page is named the formulas were found by
trying every cube, since the articles' tables of results were not available.
"""

from __future__ import annotations

import pytest
from tests.gold.study import columns, model, models, models_of, rising

import concausa as cc

SMO = ["Viable", "Disrupt", "Allies", "City", "Diag", "Prog"]
ENERGY = ["soc", "pol", "ind", "are", "foc"]


def homeless(outcome: str, consistency: float = 1.0) -> cc.TruthTable:
    return cc.truth_table(
        columns("CressSnow"), outcome=outcome, conditions=SMO, cases="Caseid", consistency=consistency
    )


# Every row with a success counts as positive, as contradictory rows do in the article (page 1083, after the
# manual of QCA3): the least share of successes among them is one in three.
@pytest.mark.parametrize(
    ("outcome", "conservative", "parsimonious"),
    [
        (
            "Representation",
            "Viable*Disrupt*Allies*Diag*Prog + Viable*~Disrupt*City*Diag*Prog",
            ["Diag", "Viable"],
        ),
        (
            "Resources",
            (
                "Viable*Allies*City*Diag*Prog + Viable*Disrupt*Allies*Diag*Prog"
                " + ~Viable*~Disrupt*Allies*City*~Diag*~Prog"
            ),
            ["Allies"],
        ),
        (
            "Rights",
            "Viable*Disrupt*Allies*Diag*Prog + Viable*~Disrupt*City*Diag*Prog",
            ["Diag", "Viable"],
        ),
        (
            "Relief",
            (
                "Viable*Allies*City*Diag*Prog + Viable*Disrupt*Allies*Diag*Prog"
                " + ~Viable*Disrupt*~Allies*~Diag*Prog + ~Viable*~Allies*~City*~Diag*Prog"
            ),
            [
                f"{first} + {second}"
                for first in ("Allies*Diag", "Allies*Prog", "Viable*Allies")
                for second in ("~Diag*Prog", "~Viable*Prog")
            ],
        ),
    ],
)
def test_what_homeless_organisations_won(outcome: str, conservative: str, parsimonious: list[str]) -> None:
    table = homeless(outcome, consistency=0.3)
    assert models(cc.minimize(table, solution="conservative")) == {model(conservative)}
    assert models(cc.minimize(table, solution="parsimonious")) == models_of(parsimonious)


def test_nine_models_explain_representation_when_its_contradiction_is_negative() -> None:
    # PUH won representation, PUEJ with the same conditions did not.
    found = cc.minimize(homeless("Representation"), solution="parsimonious")
    assert models(found) == models_of(
        f"{first} + {second}"
        for first in ("Allies*~City", "Viable*~City", "~City*Diag")
        for second in ("Viable*~Disrupt", "~Disrupt*City*Prog", "~Disrupt*Diag")
    )


def test_nuclear_energy_policy() -> None:
    table = cc.truth_table(
        columns("Yamasaki2009"), outcome="policyChange", conditions=ENERGY, consistency=1.0
    )
    assert models(cc.minimize(table, solution="conservative")) == {
        model(
            "soc*pol*ind*are*foc + ~soc*pol*ind*~foc + ~soc*pol*~ind*are*foc + ~soc*~pol*ind*are*foc"
            " + ~soc*~pol*~ind*~are*foc"
        )
    }
    assert models(cc.minimize(table, solution="parsimonious")) == {model("foc + ~soc*pol")}
    assert models(cc.minimize(table.negated(), solution="parsimonious")) == models_of(
        ["soc*~foc + ~pol*ind*~are", "soc*~foc + ~pol*~foc"]
    )


@pytest.mark.parametrize(
    ("movement", "opinion", "conservative", "parsimonious"),
    [
        ("-E", 63, "Protest*~alliances", "Protest*~alliances"),
        (
            "-N",
            51,
            "Protest*opinion*~alliances + ~Protest*opinion*alliances",
            "opinion*~alliances + ~Protest*opinion",
        ),
        (
            "-P",
            40,
            "Protest*opinion*alliances + ~Protest*opinion*~alliances + ~Protest*~opinion*alliances",
            "opinion*alliances + ~Protest*alliances + ~Protest*opinion",
        ),
    ],
)
def test_policy_impact_of_three_movements(
    movement: str, opinion: float, conservative: str, parsimonious: str
) -> None:
    raw = columns("GiugniYamasaki2009")
    raw |= {"opinion": rising(raw, "Opinion", opinion), "alliances": rising(raw, "Alliances", 127)}
    chosen = [at for at, case in enumerate(raw["Case"]) if movement in case]
    table = cc.truth_table(
        {name: [values[at] for at in chosen] for name, values in raw.items()},
        outcome="PolicyChange",
        conditions=["Protest", "opinion", "alliances"],
        cases="Case",
        consistency=1.0,
    )
    assert models(cc.minimize(table, solution="conservative")) == {model(conservative)}
    assert models(cc.minimize(table, solution="parsimonious")) == {model(parsimonious)}
