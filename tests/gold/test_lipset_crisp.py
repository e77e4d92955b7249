"""Lipset's indicators as crisp sets.

Rihoux & De Meur, "Crisp-Set Qualitative Comparative Analysis (csQCA)", chapter 3 of Rihoux & Ragin (eds.,
2009), *Configurational Comparative Methods*, Sage: formulas 1 to 5 on pages 57 to 61. The same formulas, the
truth table and the simplifying assumptions are printed in the vignette and the test record of the R package
QCA3 0.0-8 (BSD licence), which names these pages.
"""

from __future__ import annotations

import pytest
from tests.gold.study import assumed, columns, model, models, rising, rows, term

import concausa as cc

CONDITIONS = ["GNPCAP", "URBANIZA", "LITERACY", "INDLAB", "GOVSTAB"]
FOUR = CONDITIONS[:4]


def lipset(conditions: list[str] = CONDITIONS, outcome: str = "SURVIVAL") -> cc.TruthTable:
    return cc.truth_table(
        columns("Lipset_cs"), outcome=outcome, conditions=conditions, cases="CASEID", consistency=1.0
    )


def test_the_truth_table_is_the_printed_one() -> None:
    # QCA3 vignette (2015), pages 1 and 2; the order of conditions is that of CONDITIONS.
    printed = {
        (0, 0, 0, 0, 0): ("0", {"GRE", "POR", "SPA"}),
        (0, 0, 1, 0, 0): ("0", {"HUN", "POL"}),
        (1, 0, 1, 1, 0): ("0", {"AUS"}),
        (1, 1, 1, 1, 0): ("0", {"GER"}),
        (0, 0, 0, 0, 1): ("0", {"ITA", "ROM"}),
        (0, 0, 1, 0, 1): ("0", {"EST"}),
        (1, 0, 1, 0, 1): ("1", {"FIN", "IRE"}),
        (1, 0, 1, 1, 1): ("1", {"FRA", "SWE"}),
        (1, 1, 1, 1, 1): ("1", {"BEL", "CZE", "NET", "UK"}),
    }
    assert {key: (row.outcome, set(row.cases)) for key, row in rows(lipset()).items()} == printed


def test_four_conditions_leave_the_printed_contradictions() -> None:
    # Dusa (2019), *QCA with R*, chapter on sufficiency, from the raw data with thresholds 600, 50, 75, 30
    # and 0: two positive rows, one negative, three contradictory. The same page of a published note
    # (RPubs 1210283, "csQCA, initial analysis") prints the cases.
    raw = columns("Lipset")
    raw |= {"DEV": rising(raw, "GNPCAP", 599.9), "URB": rising(raw, "URBANIZA", 49.9)}
    raw |= {"LIT": rising(raw, "LITERACY", 74.9), "IND": rising(raw, "INDLAB", 29.9)}
    table = cc.truth_table(
        raw,
        outcome="SURVIVAL",
        conditions=["DEV", "URB", "LIT", "IND"],
        cases="CASEID",
        consistency=1.0,
        contradiction=0.01,
    )
    printed = {
        (0, 0, 0, 0): ("0", 5, 0.0),
        (0, 0, 1, 0): ("C", 4, 0.25),
        (0, 1, 1, 1): ("1", 1, 1.0),
        (1, 0, 1, 0): ("1", 1, 1.0),
        (1, 0, 1, 1): ("C", 3, 2 / 3),
        (1, 1, 1, 1): ("C", 4, 0.75),
    }
    found = rows(table)
    assert set(found) == set(printed)
    for key, (outcome, n, consistency) in printed.items():
        assert (found[key].outcome, found[key].n) == (outcome, n)
        assert found[key].consistency == pytest.approx(consistency)
    assert set(found[(0, 0, 1, 0)].cases) == {"EST", "FIN", "HUN", "POL"}


@pytest.mark.parametrize(
    ("outcome", "solution", "printed"),
    [
        # Formula 1, page 57.
        (
            "SURVIVAL",
            "conservative",
            "GNPCAP*~URBANIZA*LITERACY*GOVSTAB + GNPCAP*LITERACY*INDLAB*GOVSTAB",
        ),
        # Formula 3, page 59.
        (
            "~SURVIVAL",
            "conservative",
            "~GNPCAP*~URBANIZA*~INDLAB + GNPCAP*LITERACY*INDLAB*~GOVSTAB",
        ),
        # Formula 4, page 60.
        ("SURVIVAL", "parsimonious", "GNPCAP*GOVSTAB"),
        # Formula 5, page 61.
        ("~SURVIVAL", "parsimonious", "~GNPCAP + ~GOVSTAB"),
    ],
)
def test_each_formula_is_the_only_model(outcome: str, solution: str, printed: str) -> None:
    found = cc.minimize(lipset(outcome=outcome), solution=solution)
    assert models(found) == {model(printed)}


def test_survival_rests_on_the_five_simplifying_assumptions_of_page_61() -> None:
    found = cc.minimize(lipset(), solution="parsimonious").models[0]
    # All combinations with GNPCAP and GOVSTAB except the three observed ones.
    assert assumed(found) == {
        (1, 0, 0, 0, 1),
        (1, 1, 0, 0, 1),
        (1, 1, 1, 0, 1),
        (1, 0, 0, 1, 1),
        (1, 1, 0, 1, 1),
    }


def test_breakdown_rests_on_eighteen_simplifying_assumptions() -> None:
    # Page 61 and the QCA3 vignette, page 3. By hand: 24 of 32 configurations lack GNPCAP or GOVSTAB; 6 are
    # observed.
    found = cc.minimize(lipset(outcome="~SURVIVAL"), solution="parsimonious").models[0]
    assert len(assumed(found)) == 18


def test_a_crisp_solution_without_contradictions_is_perfect() -> None:
    found = cc.minimize(lipset(), solution="conservative").models[0]
    assert (found.consistency, found.pri, found.coverage) == (1.0, 1.0, 1.0)
    by_term = {term(each.expression): each for each in found.terms}
    first = by_term[term("GNPCAP*~URBANIZA*LITERACY*GOVSTAB")]
    # FIN, IRE, FRA and SWE of eight survivors; FRA and SWE are covered by the other term too.
    assert (first.coverage, first.unique_coverage) == (0.5, 0.25)
    assert set(first.cases) == {"FIN", "IRE", "FRA", "SWE"}
