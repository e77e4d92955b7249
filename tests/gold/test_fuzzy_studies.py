"""Spanish America, democratic consolidation, institutions and growth: studies with more cases than a textbook's.

Katz, vom Hau & Mahoney (2005), https://doi.org/10.1177/0049124104266128, conclude that a strong liberal faction was
necessary, with few exceptions, for economic development and a dense indigenous population for social
underdevelopment. The shares below were added up by hand from the printed scores. Schneider (2009) and Rodrik,
Subramanian & Trebbi (2004) lend their data: what must hold for them is found by counting.
"""

from __future__ import annotations

from collections import Counter

import pytest
from tests.gold.study import columns
from tests.reference.brute_primes import primes

import concausa as cc

REMOTE = ["econdev", "ethlihom", "close", "demex", "nocom"]


def test_a_strong_liberal_faction_was_necessary_for_development() -> None:
    # 6.34 of 6.34 units of development lie within 9.16 units of strong liberal factions.
    found = cc.necessity(
        columns("KatzHauMahoney"), outcome="EDF", conditions=["SLF", "DIPF", "LIEF"], cases="Country"
    )
    row = found.row("SLF")
    assert row.consistency == pytest.approx(1.0, abs=1e-12)
    assert row.coverage == pytest.approx(6.34 / 9.16)
    # RoN: Σ(1 − x) / Σ(1 − min(x, y)) over 14 countries.
    assert row.relevance == pytest.approx((14 - 9.16) / (14 - 6.34))


def test_only_honduras_had_more_underdevelopment_than_indigenous_population() -> None:
    # 7.67 of 8.00 units; Honduras has 1 of the outcome and 0.67 of the condition.
    found = cc.necessity(
        columns("KatzHauMahoney"), outcome="SUDF", conditions=["DIPF"], cases="Country", consistency=0.95
    )
    row = found.row("DIPF")
    assert row.reaches
    assert row.consistency == pytest.approx(7.67 / 8.0)
    assert row.shortfall == ("Honduras",)
    assert row.deviant == ()


def test_growth_under_rule_of_law_depends_on_trade_and_distance_as_counted() -> None:
    table = columns("institutions_data")
    truth = cc.truth_table(table, outcome="Y", conditions=["R", "D", "M"], cases="country", consistency=0.8)
    cells = list(zip(table["R"], table["D"], table["M"], strict=True))
    n = Counter(cells)
    rich = Counter(cell for cell, outcome in zip(cells, table["Y"], strict=True) if outcome)
    assert {row.configuration: row.n for row in truth.rows} == n
    for row in truth.rows:
        share = rich[row.configuration] / n[row.configuration]
        # Crisp sets: PRI is consistency, since nobody is in both the outcome and its negation.
        assert (row.consistency, row.pri) == pytest.approx((share, share))
        assert row.outcome == ("1" if share >= 0.8 else "0")
        assert len(row.deviant) == n[row.configuration] - rich[row.configuration]


def test_missing_clues_matter_only_where_they_are_used() -> None:
    # Pressure and mobilisation were not looked for where there was no transition.
    table = columns("democracy_data")
    found = cc.truth_table(table, outcome="D", conditions=["I"], cases="Case", consistency=0.8)
    assert sum(row.n for row in found.rows) == len(table["Case"])
    with pytest.raises(cc.ConcausaError, match="missing"):
        cc.truth_table(table, outcome="D", conditions=["I", "M"], cases="Case")


@pytest.mark.parametrize("outcome", ["cod", "~cod"])
def test_democratic_consolidation_has_the_prime_implicants_of_its_table(outcome: str) -> None:
    # Schneider (2009), chapter 6: the remote conditions. Every one of the 243 cubes is tried.
    table = cc.truth_table(columns("CoD"), outcome=outcome, conditions=REMOTE, cases="country")
    positive, negative = (
        [tuple(map(int, row)) for row in table.positive],
        [tuple(map(int, row)) for row in table.negative],
    )
    assert positive
    assert negative
    found = {
        tuple(-1 if value is None else value for value in each.cube)
        for each in cc.minimize(table, solution="parsimonious").prime_implicants
    }
    assert found == primes(positive, negative, [2] * len(REMOTE))


def test_every_fuzzy_case_belongs_to_one_row_or_is_named_as_a_tie() -> None:
    table = cc.truth_table(columns("CoD"), outcome="cod", conditions=REMOTE, cases="country")
    assert sum(row.n for row in table.rows) + len({tie.case for tie in table.ties}) == 32
    nowhere = cc.truth_table(
        columns("KatzHauMahoney"), outcome="EDF", conditions=["MTEF", "SCF"], cases="Country"
    )
    # The cases that the article scores .5 in one of the two.
    printed = columns("KatzHauMahoney")
    half = {
        country
        for country, first, second in zip(printed["Country"], printed["MTEF"], printed["SCF"], strict=True)
        if 0.5 in (first, second)
    }
    assert (
        {tie.case for tie in nowhere.ties}
        == half
        == {"Argentina", "Chile", "Ecuador", "ElSalvador", "Honduras"}
    )
