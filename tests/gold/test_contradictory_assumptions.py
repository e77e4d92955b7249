"""Contradictory simplifying assumptions: homeowners' resistance in Shanghai, HIV in sub-Saharan Africa.

Huang & Gui (2009), *Sociological Research* 5, and Cronqvist & Berg-Schlosser (2006), in Rihoux & Grimm (eds.),
*Innovative Comparative Methods for Policy Analysis*, Springer, 161-163. The manual of the R package QCA3 (BSD
licence) tells on its page on `constrReduce` that the negation has three models with remainders, of which one
makes no assumption that the positive solution makes too. The formulas themselves were found by trying every cube.
"""

from __future__ import annotations

from tests.gold.study import assumed, columns, model, models, models_of

import concausa as cc

CONDITIONS = ["network", "big", "grievance", "ha", "BBS"]
HIV = ["LIT00", "GENDEREQ", "MORTALITY", "AGRARGDP"]


def homeowners(outcome: str = "outcome") -> cc.TruthTable:
    table = columns("HuangGui2009")
    table["neighbourhood"] = [str(code) for code in table["code"]]
    return cc.truth_table(
        table, outcome=outcome, conditions=CONDITIONS, cases="neighbourhood", consistency=1.0
    )


def africa(outcome: str) -> cc.TruthTable:
    """The printed table has a row a configuration; here each country is a case.

    In the contradictory row only the Central African Republic has the outcome (QCA3 manual, `HIVChange`).
    """
    printed = columns("HIVChange")
    cases: dict[str, list[object]] = {name: [] for name in (*HIV, "HIVChange", "country")}
    for at, names in enumerate(printed["Country"]):
        for country in names.split(","):
            for name in HIV:
                cases[name].append(printed[name][at])
            cases["country"].append(country.strip())
            change = printed["HIVChange"][at]
            cases["HIVChange"].append(int(country == "C.A.R.") if change == "C" else int(change))
    return cc.truth_table(
        cases,
        outcome=outcome,
        conditions=HIV,
        cases="country",
        consistency=1.0,
        contradiction=0.01,
    )


def test_resistance_has_one_model_with_remainders() -> None:
    found = cc.minimize(homeowners(), solution="parsimonious")
    assert models(found) == {model("grievance*BBS + network*~big*grievance")}


def test_its_absence_has_three_and_four_without_remainders() -> None:
    table = homeowners("~outcome")
    assert models(cc.minimize(table, solution="parsimonious")) == models_of(
        [
            "big*~BBS + ~grievance + ~network*ha",
            "big*~BBS + ~grievance + ~network*~BBS",
            "big*~BBS + ~grievance + ~network*~big",
        ]
    )
    common = "big*grievance*ha*~BBS + ~big*~grievance*ha*~BBS + ~network*~grievance*~ha*BBS"
    assert models(cc.minimize(table, solution="conservative")) == models_of(
        f"{common} + {third} + {fourth}"
        for third in ("~network*grievance*ha*~BBS", "~network*~big*ha*~BBS")
        for fourth in ("~network*~big*~grievance*BBS", "~network*~big*~grievance*ha")
    )


def test_one_of_the_three_makes_no_assumption_twice() -> None:
    positive = assumed(cc.minimize(homeowners(), solution="parsimonious").models[0])
    absent = cc.minimize(homeowners("~outcome"), solution="parsimonious")
    free = [found for found in absent.models if not assumed(found) & positive]
    assert [model(found.expression) for found in free] == [model("big*~BBS + ~grievance + ~network*~BBS")]


def test_the_african_table_has_the_printed_number_of_cases_and_one_contradiction() -> None:
    table = africa("HIVChange")
    printed = columns("HIVChange")
    found = {row.configuration: (row.n, row.outcome) for row in table.rows}
    assert found == {
        tuple(printed[name][at] for name in HIV): (printed["NCase"][at], str(printed["HIVChange"][at]))
        for at in range(12)
    }


def test_rising_prevalence_has_one_model_however_the_contradiction_is_treated() -> None:
    for treated in ("negative", "remainder"):
        found = cc.minimize(africa("HIVChange"), solution="parsimonious", contradictions=treated)
        assert models(found) == {model("LIT00*MORTALITY{0} + GENDEREQ*MORTALITY{1}*~AGRARGDP")}


def test_falling_prevalence_has_three_models_of_which_the_book_prints_one() -> None:
    # QCA3's manual reports a solution other than that of page 161 and asks whether it is correct too: with
    # the contradictory row excluded there are three, equally short.
    found = cc.minimize(africa("~HIVChange"), solution="parsimonious")
    assert models(found) == models_of(
        [
            "MORTALITY{2} + ~LIT00*MORTALITY{0} + GENDEREQ*AGRARGDP + LIT00*~GENDEREQ*MORTALITY{1}",
            "MORTALITY{2} + ~LIT00*MORTALITY{0} + LIT00*AGRARGDP + LIT00*~GENDEREQ*MORTALITY{1}",
            "MORTALITY{2} + ~LIT00*MORTALITY{0} + LIT00*AGRARGDP + ~GENDEREQ*MORTALITY{1}*~AGRARGDP",
        ]
    )


def test_with_the_contradiction_among_the_remainders_one_is_left() -> None:
    found = cc.minimize(africa("~HIVChange"), solution="parsimonious", contradictions="remainder")
    assert models(found) == {model("AGRARGDP + MORTALITY{2} + ~GENDEREQ*MORTALITY{1} + ~LIT00")}
