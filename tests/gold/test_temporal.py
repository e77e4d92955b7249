"""Order and change over time: don't care values, first differences.

Union recognition: Caren & Panofsky (2005), https://doi.org/10.1177/0049124105277197, reanalysed with an ordinary
condition for the order of two events by Ragin & Strand (2008), *Sociological Methods & Research* 36(4), page 438,
https://doi.org/10.1177/0049124107313903. Movement coalitions: McCammon & Van Dyke (2010), figures 13.2 and 13.3.
Both results are printed in the test record of the R package QCA3 0.0-8 (`tests/dontcare.Rout`, BSD licence).
Extreme-right vote: Hino (2009); the formulas there were not available to us, those below come from trying every cube.
"""

from __future__ import annotations

import pytest
from tests.gold.study import columns, model, models, models_of, rising, rows

import concausa as cc

UNION = ["public", "elite", "affiliate", "strike", "e_before_a"]
COALITION = ["ideology", "threats", "opportunity", "ties", "resources"]
VOTE = ["FOREIGN", "UNEMP", "CONV", "PRES80s"]


def recognition(outcome: str = "recognition") -> cc.TruthTable:
    return cc.truth_table(
        columns("CarenPanofsky"), outcome=outcome, conditions=UNION, consistency=1.0, dont_care=-9
    )


def test_the_order_of_events_matters_only_where_both_happened() -> None:
    # Ragin & Strand (2008), page 438.
    found = cc.minimize(recognition(), solution="conservative")
    assert models(found) == {
        model("public*elite*strike + public*elite*affiliate*e_before_a + elite*affiliate*strike*~e_before_a")
    }


def test_a_row_with_a_dont_care_stands_for_both_orders() -> None:
    found = rows(recognition())
    assert found[(1, 1, 0, 1, None)].outcome == "1"
    assert found[(1, 0, 0, 1, None)].n == 3
    # Six kinds of positive cases and negative ones as printed in the table of the article.
    assert sum(row.n for row in found.values()) == 17


def test_the_order_read_from_dates_gives_the_printed_formula() -> None:
    # Dates that agree with the printed order; where not both events happened, the missing one has none.
    frame = columns("CarenPanofsky")
    years = {1: (1935, 1936), 0: (1936, 1935), -9: (1935, 1936)}
    for name, place in (("elite", 0), ("affiliate", 1)):
        frame[f"{name}_date"] = [
            years[order][place] if there else None
            for order, there in zip(frame["e_before_a"], frame[name], strict=True)
        ]
    found = cc.temporal(
        frame,
        outcome="recognition",
        conditions=UNION[:4],
        before=["elite<affiliate"],
        consistency=1.0,
    )
    assert found.before[0].column(dont_care=-9) == frame["e_before_a"]
    (reading,) = found.readings
    assert models(reading.solution) == {
        model(
            "public*elite*strike + public*elite*affiliate*elite.before.affiliate"
            " + elite*affiliate*strike*~elite.before.affiliate"
        )
    }


def test_no_recognition_has_two_conservative_and_three_parsimonious_models() -> None:
    # Not printed there; found by trying every cube of the 243.
    table = recognition("~recognition")
    shared = "public*~elite*strike + ~public*~affiliate*~strike"
    assert models(cc.minimize(table, solution="conservative")) == models_of(
        [f"{shared} + public*~elite*~affiliate", f"{shared} + ~elite*~affiliate*~strike"]
    )
    assert models(cc.minimize(table, solution="parsimonious")) == models_of(
        ["~elite + ~affiliate*~strike", "~elite + ~public*~affiliate", "~elite + ~public*~strike"]
    )


def test_recognition_has_six_parsimonious_models() -> None:
    # Not printed there; found by trying every cube of the 243.
    found = cc.minimize(recognition(), solution="parsimonious")
    assert models(found) == models_of(
        [
            "elite*strike + affiliate*~strike",
            "elite*strike + elite*affiliate",
            "public*elite + elite*affiliate",
            "public*elite + elite*strike",
            "public*elite + ~public*affiliate",
            "public*elite + ~public*strike",
        ]
    )


def test_coalitions_with_dont_care_read_as_absent_give_figure_13_2() -> None:
    table = columns("McCammonVanDyke")
    for name in COALITION:
        table[name] = [max(value, 0) for value in table[name]]
    found = cc.minimize(
        cc.truth_table(table, outcome="coalition", conditions=COALITION, consistency=1.0),
        solution="conservative",
    )
    assert models(found) == {
        model(
            "ideology*~threats*~opportunity + ~ideology*threats*~opportunity*~ties"
            " + ideology*threats*opportunity*~ties + threats*~opportunity*ties*~resources"
            " + ideology*resources + threats*opportunity*ties*resources"
        )
    }


def test_coalitions_with_dont_care_kept_give_figure_13_3() -> None:
    table = cc.truth_table(
        columns("McCammonVanDyke"),
        outcome="coalition",
        conditions=COALITION,
        consistency=1.0,
        dont_care=-9,
    )
    found = cc.minimize(table, solution="conservative")
    assert models(found) == {model("ideology + threats")}


@pytest.fixture(scope="module")
def hino() -> cc.TruthTable:
    """Change between the decades: 1 if the value rose; convergence is a fall of divergence.

    PRES80s, whether the party stood in the 1980s, is 0 for five countries (QCA3 manual, `Hino2009`).
    """
    raw = columns("Hino2009")
    at = {name: place for place, name in enumerate(raw["ID"])}
    countries = [name.removesuffix("80") for name in raw["ID"] if name.endswith("80")]

    def rose(column: str) -> list[int]:
        return [
            int(raw[column][at[f"{country}90"]] > raw[column][at[f"{country}80"]]) for country in countries
        ]

    change = {name: rose(name) for name in ("VOTE", "FOREIGN", "UNEMP")}
    change["CONV"] = [1 - value for value in rose("DIVERT")]
    change["PRES80s"] = [int(country not in {"FI", "G", "SWE", "IC", "L"}) for country in countries]
    return cc.truth_table(
        {"country": countries, **change},
        outcome="VOTE",
        conditions=VOTE,
        cases="country",
        consistency=1.0,
    )


def test_many_foreigners_go_with_many_votes_in_one_decade_more_than_in_the_other() -> None:
    # From the medians of the printed table on a value is high: 4.26 % of votes, 3.88 % foreigners. By hand: in
    # the 1980s 7 countries have many foreigners and 2 of them (FR, SWI) many votes; in the 1990s 4 (A, B, FR, SWI)
    # of 8.
    raw = columns("Hino2009")
    frame = {
        "country": [name[:-2] for name in raw["ID"]],
        "decade": [name[-2:] for name in raw["ID"]],
        "VOTE": rising(raw, "VOTE", 4.25),
        "FOREIGN": rising(raw, "FOREIGN", 3.87),
    }
    one = cc.panel(frame, unit="country", period="decade", outcome="VOTE", expression="FOREIGN").diagnoses[0]
    assert one.pooled.consistency == pytest.approx(6 / 15)
    assert [fit.consistency for fit in one.of("decade").fits] == pytest.approx([2 / 7, 4 / 8])
    whole = 2 / 7 + 4 / 8
    assert one.of("decade").distance.value == pytest.approx(
        (((2 / 7) / whole - 1 / 2) ** 2 + ((4 / 8) / whole - 1 / 2) ** 2) ** 0.5
    )
    votes = {fit.cluster: fit.consistency for fit in one.of("country").fits if fit.members}
    assert votes == {"A": 1.0, "B": 0.5, "FR": 1.0, "G": 0.0, "L": 0.0, "NT": 0.0, "SWE": 0.0, "SWI": 1.0}


def test_the_extreme_right_did_not_rise_only_in_iceland_and_luxembourg(hino: cc.TruthTable) -> None:
    negative = [row for row in hino.rows if row.outcome == "0"]
    assert [(row.configuration, set(row.cases)) for row in negative] == [((1, 1, 0, 0), {"IC", "L"})]


@pytest.mark.parametrize(
    ("solution", "rise", "no_rise"),
    [
        (
            "conservative",
            "FOREIGN*PRES80s + FOREIGN*UNEMP*CONV + UNEMP*CONV*PRES80s",
            "FOREIGN*UNEMP*~CONV*~PRES80s",
        ),
        ("parsimonious", "CONV + PRES80s", "~CONV*~PRES80s"),
    ],
)
def test_the_rise_of_the_extreme_right(hino: cc.TruthTable, solution: str, rise: str, no_rise: str) -> None:
    assert models(cc.minimize(hino, solution=solution)) == {model(rise)}
    assert models(cc.minimize(hino.negated(), solution=solution)) == {model(no_rise)}
