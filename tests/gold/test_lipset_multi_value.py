"""Lipset's indicators with three levels of wealth.

Cronqvist & Berg-Schlosser, "Multi-Value QCA (mvQCA)", chapter 4 of Rihoux & Ragin (eds., 2009),
*Configurational Comparative Methods*, Sage: formulas 1 to 4 on pages 80 and 81, notes 7 and 9. The test
record of the R package QCA3 0.0-8 (BSD licence) prints them with these pages.
"""

from __future__ import annotations

from tests.gold.study import assumed, columns, model, models, rows

import concausa as cc

CONDITIONS = ["GNPCAP", "URBANIZA", "LITERACY", "INDLAB"]


def lipset(outcome: str = "SURVIVAL") -> cc.TruthTable:
    """One row holds Czechoslovakia and Germany, which differ in the outcome: it is contradictory."""
    return cc.truth_table(
        columns("Lipset_mv"),
        outcome=outcome,
        conditions=CONDITIONS,
        cases="CASEID",
        consistency=1.0,
        contradiction=0.01,
    )


def test_czechoslovakia_and_germany_contradict_each_other() -> None:
    found = {key: row.outcome for key, row in rows(lipset()).items()}
    assert [key for key, outcome in found.items() if outcome == "C"] == [(1, 1, 1, 1)]
    assert set(rows(lipset())[(1, 1, 1, 1)].cases) == {"CZE", "GER"}


def test_formula_1_survival_without_remainders() -> None:
    # Page 80.
    found = cc.minimize(lipset(), solution="conservative")
    assert models(found) == {model("GNPCAP{1}*~URBANIZA*LITERACY*~INDLAB + GNPCAP{2}*LITERACY*INDLAB")}


def test_formula_2_survival_with_remainders_and_its_nine_assumptions() -> None:
    # Page 81 and note 7.
    found = cc.minimize(lipset(), solution="parsimonious")
    assert models(found) == {model("GNPCAP{2} + GNPCAP{1}*~INDLAB")}
    assert len(assumed(found.models[0])) == 9


def test_formula_3_breakdown_without_remainders() -> None:
    # Page 81.
    found = cc.minimize(lipset("~SURVIVAL"), solution="conservative")
    assert models(found) == {model("GNPCAP{0}*~URBANIZA*~INDLAB + GNPCAP{1}*~URBANIZA*LITERACY*INDLAB")}


def test_formula_4_breakdown_with_the_contradictory_row_among_the_remainders() -> None:
    # Page 81: the printed formula needs the contradictory row as a don't care.
    found = cc.minimize(lipset("~SURVIVAL"), solution="parsimonious", contradictions="remainder")
    assert models(found) == {model("GNPCAP{0} + GNPCAP{1}*INDLAB")}


def test_without_that_the_contradictory_row_stays_outside() -> None:
    # Not printed; by enumeration of all prime implicants by hand: the contradictory row blocks
    # GNPCAP{1}*INDLAB{1}, and only URBANIZA tells Austria from it.
    found = cc.minimize(lipset("~SURVIVAL"), solution="parsimonious")
    assert models(found) == {model("GNPCAP{0} + GNPCAP{1}*~URBANIZA*INDLAB")}


def test_breakdown_assumes_eight_unobserved_configurations_not_seven() -> None:
    # Note 9 gives 7, QCA3 lists 9 (with the contradictory row). By hand: GNPCAP{0} has 8 configurations, 2
    # of them observed; GNPCAP{1}*INDLAB{1} has 4, of which one is Austria and one the contradictory row:
    # 6 + 2 = 8 that nobody observed.
    found = cc.minimize(lipset("~SURVIVAL"), solution="parsimonious", contradictions="remainder")
    unobserved = assumed(found.models[0]) - {(1, 1, 1, 1)}
    assert len(unobserved) == 8
