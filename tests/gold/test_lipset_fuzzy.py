"""Lipset's indicators as fuzzy sets.

Ragin, "Qualitative Comparative Analysis Using Fuzzy Sets (fsQCA)", chapter 5 of Rihoux & Ragin (eds., 2009),
*Configurational Comparative Methods*, Sage: formulas 1, 2, 5 and 6 on pages 112 to 117. The vignette of the R
package QCA3 0.0-8 (2015, BSD licence) prints fit to seven digits (pages 5 to 10). Values of QCA 3.25 on the
same scores are those that setqca 0.2 keeps for its parity tests (`validation/fixtures/r_qca.json`, MIT).
"""

from __future__ import annotations

import pytest
from tests.gold.study import assumed, columns, fits, model, models, models_of, rows, term

import concausa as cc

CONDITIONS = ["DEV", "URB", "LIT", "IND", "STB"]

# Seven printed digits.
PRINTED = 5e-8

# Row: n, consistency, PRI (QCA3 vignette, page 7).
SURVIVAL = {
    (1, 1, 1, 1, 1): (4, 0.9042056, 0.88579387),
    (1, 0, 1, 1, 1): (2, 0.7087719, 0.63436123),
    (1, 0, 1, 0, 1): (2, 0.8042705, 0.71938776),
    (0, 0, 1, 0, 1): (1, 0.5285714, 0.22807018),
    (0, 0, 0, 0, 1): (2, 0.2780269, 0.0),
    (1, 1, 1, 1, 0): (1, 0.4452555, 0.05),
    (1, 0, 1, 1, 0): (1, 0.3782051, 0.03960396),
    (0, 0, 1, 0, 0): (2, 0.5209003, 0.11309524),
    (0, 0, 0, 0, 0): (3, 0.2159763, 0.0),
}
# The same for the negated outcome (page 9).
BREAKDOWN = {
    (1, 1, 1, 1, 1): (4, 0.25, 0.1058496),
    (1, 0, 1, 1, 1): (2, 0.4947368, 0.3656388),
    (1, 0, 1, 0, 1): (2, 0.4982206, 0.2806122),
    (0, 0, 1, 0, 1): (1, 0.8607143, 0.7719298),
    (0, 0, 0, 0, 1): (2, 0.9820628, 0.9751553),
    (1, 1, 1, 1, 0): (1, 0.9708029, 0.95),
    (1, 0, 1, 1, 0): (1, 0.9743590, 0.9603960),
    (0, 0, 1, 0, 0): (2, 0.8553055, 0.7321429),
    (0, 0, 0, 0, 0): (3, 1.0, 1.0),
}


def scores() -> dict[str, list[float]]:
    raw = columns("Lipset_fs")
    names = {"Developed": "DEV", "Urban": "URB", "Literate": "LIT", "Industrial": "IND", "Stable": "STB"}
    return {short: raw[f"{long}.FZ"] for long, short in (names | {"Survived": "SURV"}).items()} | {
        "country": raw["Country"]
    }


def lipset(
    outcome: str = "SURV", consistency: float = 0.7, conditions: list[str] = CONDITIONS
) -> cc.TruthTable:
    return cc.truth_table(
        scores(), outcome=outcome, conditions=conditions, cases="country", consistency=consistency
    )


@pytest.mark.parametrize(("outcome", "printed"), [("SURV", SURVIVAL), ("~SURV", BREAKDOWN)])
def test_rows_have_the_printed_cases_consistency_and_pri(
    outcome: str, printed: dict[tuple[int, ...], tuple[int, float, float]]
) -> None:
    found = rows(lipset(outcome))
    assert set(found) == set(printed)
    for key, (n, consistency, pri) in printed.items():
        assert found[key].n == n
        assert found[key].consistency == pytest.approx(consistency, abs=PRINTED)
        assert found[key].pri == pytest.approx(pri, abs=PRINTED)


@pytest.mark.parametrize(
    ("outcome", "solution", "printed"),
    [
        # Formula 1, page 112, and formula 2, page 114: consistency cut-off 0.7.
        ("SURV", "conservative", "DEV*~URB*LIT*STB + DEV*LIT*IND*STB"),
        ("SURV", "parsimonious", "DEV*STB"),
        # Formula 5, page 115, and formula 6, page 117.
        ("~SURV", "conservative", "~DEV*~URB*~IND + DEV*LIT*IND*~STB"),
        ("~SURV", "parsimonious", "~DEV + ~STB"),
    ],
)
def test_each_formula_is_the_only_model(outcome: str, solution: str, printed: str) -> None:
    assert models(cc.minimize(lipset(outcome), solution=solution)) == {model(printed)}


def test_conservative_terms_have_the_printed_fit() -> None:
    # QCA3 vignette, page 8.
    solution = cc.minimize(lipset(), solution="conservative")
    printed = {
        term("DEV*~URB*LIT*STB"): (0.8092105, 0.4330986, 0.1960094),
        term("DEV*LIT*IND*STB"): (0.8426073, 0.6220657, 0.3849765),
    }
    found = {key: (fit[0], fit[2], fit[3]) for key, fit in fits(solution).items()}
    assert found.keys() == printed.keys()
    for key, fit in printed.items():
        assert found[key] == pytest.approx(fit, abs=PRINTED)
    assert solution.models[0].consistency == pytest.approx(0.8712500, abs=PRINTED)
    assert solution.models[0].coverage == pytest.approx(0.8180751, abs=PRINTED)


def test_a_consistent_row_stays_positive_where_one_case_exceeds_the_outcome() -> None:
    # Row 00100 reaches 0.855 for breakdown: positive, as in formula 5 of the book. QCA3 marks it contradictory
    # (page 9), because Hungary is more in the row (.84) than in breakdown (.58).
    row = rows(lipset("~SURV"))[(0, 0, 1, 0, 0)]
    assert row.outcome == "1"
    assert set(row.cases) == {"Humgary", "Poland"}
    assert row.deviant == ()


# QCA 3.25, consistency cut-off 0.8: (consistency, PRI, coverage, unique coverage).
FIT_80 = {
    "conservative": {
        "DEV*URB*LIT*IND*STB": (
            0.9042056074766355,
            0.8857938718662952,
            0.454225352112676,
            0.3931924882629108,
        ),
        "DEV*~URB*LIT*~IND*STB": (
            0.8042704626334523,
            0.7193877551020412,
            0.2652582159624414,
            0.2042253521126761,
        ),
    },
    "parsimonious": {
        "DEV*~IND": (0.8148148148148149, 0.7208121827411167, 0.2840375586854459, 0.1936619718309858),
        "URB*STB": (0.8737672583826429, 0.8454106280193235, 0.5199530516431925, 0.4295774647887324),
    },
}


@pytest.mark.parametrize("solution", ["conservative", "parsimonious"])
def test_a_cut_off_of_80_gives_the_fit_of_qca_325(solution: str) -> None:
    found = cc.minimize(lipset(consistency=0.8), solution=solution)
    assert models(found) == {frozenset(term(text) for text in FIT_80[solution])}
    for text, fit in FIT_80[solution].items():
        assert fits(found)[term(text)] == pytest.approx(fit, abs=1e-14)


@pytest.mark.parametrize("expected", ["present", "absent"])
def test_one_easy_counterfactual_makes_the_intermediate_solution(expected: str) -> None:
    # QCA 3.25: expectations that all five are present, or all but industrial labour, give the same model;
    # of the twelve assumptions of the parsimonious solution only 11101 is easy.
    expectations = {"DEV": 1, "URB": 1, "LIT": 1, "IND": int(expected == "present"), "STB": 1}
    found = cc.minimize(lipset(consistency=0.8), solution="intermediate", expectations=expectations)
    assert models(found) == {model("DEV*URB*LIT*STB + DEV*LIT*~IND*STB")}
    assert assumed(found.models[0]) == {(1, 1, 1, 0, 1)}


def test_the_parsimonious_solution_makes_twelve_assumptions() -> None:
    # QCA 3.25 numbers them 9, 11, 13, 15, 16, 17, 20, 24, 25, 27, 28 and 29 (binary, first condition first).
    found = cc.minimize(lipset(consistency=0.8), solution="parsimonious").models[0]
    numbers = {int("".join(map(str, each)), 2) for each in assumed(found)}
    assert numbers == {9, 11, 13, 15, 16, 17, 20, 24, 25, 27, 28, 29}


def test_a_cut_off_of_90_leaves_one_row() -> None:
    # By the table above only 11111 passes. DEV*URB cannot stand alone: Germany's row 11110 is negative.
    found = cc.minimize(lipset(consistency=0.9), solution="conservative")
    assert models(found) == {model("DEV*URB*LIT*IND*STB")}
    assert models(cc.minimize(lipset(consistency=0.9), solution="parsimonious")) == models_of(["URB*STB"])


def test_three_conditions_keep_a_difficult_counterfactual_out() -> None:
    # QCA 3.25: DEV*LIT*STB conservative and intermediate, DEV*STB parsimonious; 101 is difficult.
    table = lipset(consistency=0.8, conditions=["DEV", "LIT", "STB"])
    fit = {key: (row.n, row.consistency, row.pri) for key, row in rows(table).items()}
    assert fit[(1, 1, 1)] == pytest.approx((8, 0.868811881188119, 0.848137535816619), abs=1e-14)
    assert fit[(1, 1, 0)] == pytest.approx((2, 0.446564885496184, 0.136904761904762), abs=1e-14)
    assert models(cc.minimize(table, solution="conservative")) == {model("DEV*LIT*STB")}
    assert models(cc.minimize(table, solution="parsimonious")) == {model("DEV*STB")}
    expectations = {"DEV": 1, "LIT": 1, "STB": 1}
    found = cc.minimize(table, solution="intermediate", expectations=expectations)
    assert models(found) == {model("DEV*LIT*STB")}


@pytest.mark.parametrize(
    ("condition", "necessity", "sufficiency"),
    [
        # QCA3 vignette, page 5, three digits: necessity for survival, and sufficiency for it, which is the
        # coverage of the necessary condition.
        ("DEV", 0.831, 0.775),
        ("URB", 0.539, 0.771),
        ("LIT", 0.991, 0.643),
        ("IND", 0.669, 0.684),
        ("STB", 0.920, 0.707),
    ],
)
def test_necessity_of_single_conditions_is_as_printed(
    condition: str, necessity: float, sufficiency: float
) -> None:
    found = cc.necessity(scores(), outcome="SURV", conditions=CONDITIONS, cases="country")
    row = found.row(condition)
    assert row.consistency == pytest.approx(necessity, abs=5e-4)
    assert row.coverage == pytest.approx(sufficiency, abs=5e-4)


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        # QCA 3.25: consistency, coverage and relevance of necessity.
        ("LIT", (0.9906103286384976, 0.6428027418126427, 0.5094142259414226)),
        ("DEV", (0.8309859154929577, 0.7746170678336981, 0.8113553113553114)),
        ("DEV + URB", (0.8990610328638499, 0.7539370078740159, 0.7582205029013538)),
    ],
)
def test_relevance_of_necessity_is_that_of_qca_325(
    expression: str, printed: tuple[float, float, float]
) -> None:
    found = cc.necessity(scores(), outcome="SURV", conditions=CONDITIONS, cases="country", depth=2)
    row = found.row(expression)
    assert (row.consistency, row.coverage, row.relevance) == pytest.approx(printed, abs=1e-14)
