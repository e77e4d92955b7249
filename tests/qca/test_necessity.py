"""Necessary conditions: what is found, what is said of it, and what is refused."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gold.study import columns
from tests.reference import necessity as reference

from concausa.core.errors import ConcausaError, DataError, ExpressionError, OptionError, UnknownNameError
from concausa.qca.necessity import Necessity, necessity
from concausa.qca.truth_table import truth_table

TENTHS = st.integers(0, 10).map(lambda number: Fraction(number, 10))


@st.composite
def tables(draw):
    """Columns of two or three conditions, of which one may have three categories, and an outcome."""
    n = draw(st.integers(2, 8))
    conditions: dict[str, list[Fraction]] = {}
    levels: dict[str, int] = {}
    for name in "ABC"[: draw(st.integers(2, 3))]:
        kind = draw(st.sampled_from(["fuzzy", "crisp", "multi-value"]))
        if kind == "multi-value":
            levels[name] = 3
        scores = {"fuzzy": TENTHS, "crisp": st.integers(0, 1), "multi-value": st.integers(0, 2)}[kind]
        conditions[name] = draw(st.lists(scores.map(Fraction), min_size=n, max_size=n))
    return conditions, levels, draw(st.lists(TENTHS, min_size=n, max_size=n))


def _floats(conditions):
    return {name: [float(score) for score in scores] for name, scores in conditions.items()}


@settings(max_examples=75, deadline=None)
@given(drawn=tables(), cutoff=st.sampled_from(["0.6", "0.8", "0.9", "1"]), depth=st.integers(2, 4))
def test_the_search_finds_what_trying_every_expression_finds(drawn, cutoff, depth):
    conditions, levels, y = drawn
    found = necessity(
        _floats(conditions) | {"Y": [float(score) for score in y]},
        outcome="Y",
        conditions=list(conditions),
        consistency=float(cutoff),
        depth=depth,
        levels=levels,
    )
    tested = len(reference.literals(conditions, levels))
    for kind in ("conjunction", "disjunction"):
        expected, judged, redundant = reference.necessary(
            conditions, y, levels=levels, consistency=Fraction(cutoff), depth=depth, kind=kind
        )
        rows = [row for row in found.rows if row.kind == kind]
        if sum(y):
            assert {frozenset(row.literals) for row in rows} == expected
            assert found.redundant[kind] == redundant
            tested += judged
        else:
            assert rows == []
    assert found.tested == tested


@settings(max_examples=50, deadline=None)
@given(drawn=tables(), seed=st.integers(0, 99))
def test_the_order_of_cases_and_of_conditions_changes_nothing(drawn, seed):
    conditions, levels, y = drawn
    frame = _floats(conditions) | {"Y": [float(score) for score in y]}
    order = np.random.default_rng(seed).permutation(len(y))
    shuffled = {name: [scores[place] for place in order] for name, scores in frame.items()}
    asked = {"outcome": "Y", "consistency": 0.8, "depth": 3, "levels": levels}
    one = necessity(frame, conditions=list(conditions), **asked)
    other = necessity(shuffled, conditions=list(conditions)[::-1], **asked)
    fits = [
        {
            (row.kind, frozenset(row.literals)): (row.consistency, row.coverage, row.relevance)
            for row in found.rows
        }
        for found in (one, other)
    ]
    assert fits[0].keys() == fits[1].keys()
    for key, values in fits[0].items():
        assert values == pytest.approx(fits[1][key], abs=1e-12, nan_ok=True)


@settings(max_examples=50, deadline=None)
@given(drawn=tables())
def test_the_negation_of_the_negated_outcome_is_the_outcome(drawn):
    conditions, levels, y = drawn
    frame = _floats(conditions) | {"Y": [float(score) for score in y]}
    asked = {"conditions": list(conditions), "consistency": 0.8, "depth": 2, "levels": levels}
    found = necessity(frame, outcome="Y", **asked)
    assert found.negated().negated().data() == found.data()
    assert found.negated().data() == necessity(frame, outcome="~Y", **asked).data()


# Thiem & Duşa (2013), QCA: A Package for Qualitative Comparative Analysis, The R Journal 5(1), 87-97,
# https://doi.org/10.32614/RJ-2013-009 (CC BY): the truth table of Krook's 22 democracies as printed there
# (conditions ES QU WS WM LP, outcome WNP, number of cases), all rows without contradiction.
KROOK = """00010 0 2, 00011 1 1, 01000 0 1, 01010 0 4, 01011 1 1, 10001 0 1, 10100 1 1, 10111 1 1, 11000 0 3,
11001 1 1, 11010 1 1, 11011 1 2, 11100 1 1, 11111 1 2"""


def krook() -> dict[str, list[int]]:
    names = ["ES", "QU", "WS", "WM", "LP"]
    table: dict[str, list[int]] = {name: [] for name in [*names, "WNP"]}
    for row in KROOK.split(","):
        configuration, outcome, n = row.split()
        for name, value in zip([*names, "WNP"], configuration + outcome, strict=True):
            table[name] += [int(value)] * int(n)
    return table


def test_the_disjunctions_that_thiem_and_dusa_print_for_krook_are_found_and_no_others():
    found = necessity(
        krook(),
        outcome="WNP",
        conditions=["ES", "QU", "WS", "WM", "LP"],
        consistency=1.0,
        coverage=0.52,
        depth=5,
    )
    printed = {
        "ES + LP": 0.733,
        "ES + WM": 0.524,
        "WS + WM + LP": 0.611,
        "QU + ~WM + LP": 0.550,
        "QU + WM + ~LP": 0.524,
        "QU + WS + LP": 0.550,
        "QU + WS + WM": 0.524,
        "~ES + QU + WS": 0.524,
    }
    assert {row.expression: round(row.coverage, 3) for row in found.necessary} == printed
    assert {row.consistency for row in found.necessary} == {1.0}


def lipset() -> dict[str, list[Any]]:
    """18 inter-war democracies: development, urbanisation, literacy, industry, stability; survival."""
    raw = columns("Lipset_cs")
    return dict(zip(["country", "D", "U", "L", "I", "G", "S"], raw.values(), strict=True))


def test_lipset_by_hand():
    # eight survivors; D has 10 cases, L 13, G 11, so that 8, 5 and 7 cases are outside them, 10 outside S
    table = lipset()
    assert [sum(table[name]) for name in "SDLG"] == [8, 10, 13, 11]
    found = necessity(table, outcome="S", conditions=list("DULIG"), cases="country")
    fits = {row.expression: (row.consistency, row.coverage, row.relevance) for row in found.necessary}
    assert fits == {
        "D": (1.0, 8 / 10, 8 / 10),
        "L": (1.0, 8 / 13, 5 / 10),
        "G": (1.0, 8 / 11, 7 / 10),
    }
    assert [row.expression for row in found.necessary] == ["D", "G", "L"]
    assert found.row("U").deviant == ("FIN", "FRA", "IRE", "SWE")


def test_the_necessary_expressions_that_dusa_prints_for_the_fuzzy_lipset_data() -> None:
    # Duşa (2019), *QCA with R*, Springer, ch. 5, on the same memberships (there LIT and STB): fit of single
    # conditions, and the conjunction with a relevance of .6 at least. https://doi.org/10.1007/978-3-319-75668-4
    found = necessity(
        columns("Lipset_fs"),
        outcome="Survived.FZ",
        conditions=[f"{name}.FZ" for name in ("Developed", "Urban", "Literate", "Industrial", "Stable")],
        cases="Country",
        depth=2,
        relevance=0.6,
    )
    printed = {
        "Literate.FZ": (0.991, 0.509, 0.643),
        "Stable.FZ": (0.920, 0.680, 0.707),
        "Literate.FZ*Stable.FZ": (0.915, 0.800, 0.793),
    }
    for expression, fits in printed.items():
        row = found.row(expression)
        assert tuple(round(value, 3) for value in (row.consistency, row.relevance, row.coverage)) == fits
    assert [row.expression for row in found.necessary] == ["Stable.FZ", "Literate.FZ*Stable.FZ"]


def test_a_conjunction_of_necessary_conditions_is_told_once_in_its_longest_form():
    found = necessity(lipset(), outcome="S", conditions=list("DULIG"), cases="country", depth=3)
    assert [row.expression for row in found.necessary if row.kind == "conjunction"] == ["D*L*G"]
    assert found.redundant["conjunction"] == 3  # D*L, D*G, L*G


def test_every_kind_of_frame_gives_the_same():
    table = lipset()
    asked = {"outcome": "S", "conditions": ["D", "L"], "cases": "country", "depth": 2}
    plain = necessity(table, **asked).data()
    assert necessity(pd.DataFrame(table), **asked).data() == plain
    assert necessity(pl.DataFrame(table), **asked).data() == plain


def test_a_truth_table_brings_its_data_outcome_and_conditions():
    raw = lipset()
    table = truth_table(raw, outcome="S", conditions=["D", "L"], cases="country")
    found = necessity(table)
    assert found.data() == necessity(raw, outcome="S", conditions=["D", "L"], cases="country").data()
    assert necessity(table, outcome="~S", conditions=["L"]).outcome == "~S"
    with pytest.raises(OptionError) as refused:
        necessity(table, cases="country")
    assert refused.value.what == "a truth table knows its cases"


def test_categories_are_measured_one_by_one_and_joined():
    frame = {"A": [0, 1, 2, 2], "Y": [1, 1, 0, 0]}
    found = necessity(frame, outcome="Y", conditions=["A"], depth=2)
    assert [row.expression for row in found.rows] == ["A{0}", "A{1}", "A{2}", "A{0} + A{1}"]
    assert found.row("A{0,1}").expression == "A{0} + A{1}"
    assert found.row("~A{2}").expression == "A{0} + A{1}"


def test_theory_is_shown_whatever_its_fit_and_however_long():
    found = necessity(
        lipset(),
        outcome="S",
        conditions=list("DULIG"),
        cases="country",
        theory={"U + I": "either makes a working class", "~D*~L*~G": "a long shot"},
    )
    rows = {row.expression: row for row in found.rows if row.kind != "single"}
    assert {name: (row.reaches, row.theory) for name, row in rows.items()} == {
        "U + I": (False, "either makes a working class"),
        "~D*~L*~G": (False, "a long shot"),
    }
    assert found.tested == 10 + 2
    # U is in I but for none; I lacks Finland and Ireland among the eight survivors
    assert rows["U + I"].consistency == 6 / 8
    assert rows["U + I"].deviant == ("FIN", "IRE")
    assert "theory" in {heading.key for heading in found.table().headings}


def test_disjunctions_without_theory_are_told_apart():
    asked = {"outcome": "WNP", "conditions": ["ES", "LP"], "depth": 2, "consistency": 1.0}
    bare = necessity(krook(), **asked)
    assert [caveat.kind for caveat in bare.caveats if caveat.kind == "no-theory"] == ["no-theory"]
    told = necessity(krook(), **asked, theory={"LP + ES": "both open lists"})
    assert "no-theory" not in {caveat.kind for caveat in told.caveats}
    assert told.row("ES + LP").theory == "both open lists"


def test_what_everybody_has_is_necessary_and_trivial():
    frame = {"A": [1] * 9 + [0], "B": [1] * 5 + [0] * 5, "Y": [1] * 5 + [0] * 5}
    found = necessity(frame, outcome="Y", conditions=["A", "B"])
    told = {caveat.kind: str(caveat) for caveat in found.caveats}
    assert "A;" in told["trivial"] and "B" not in told["trivial"].split(";")[0].split("below")[1]
    assert told["skewed"].startswith("A is skewed: 9 of 10 cases are in it")
    assert [
        row.expression
        for row in necessity(frame, outcome="Y", conditions=["A", "B"], relevance=0.5).necessary
    ] == ["B"]


def test_what_is_necessary_for_both_poles_is_named():
    frame = {"A": [1, 1, 1, 1], "Y": [1, 1, 0, 0]}
    told = [str(caveat) for caveat in necessity(frame, outcome="Y", conditions=["A"]).caveats]
    assert "A would be necessary for the negation of Y too" in told


def test_cases_on_a_crossover_count_and_are_named():
    frame = {"case": ["a", "b", "c"], "A": [0.5, 0.9, 0.2], "Y": [0.8, 0.5, 0.1]}
    found = necessity(frame, outcome="Y", conditions=["A"], cases="case")
    # Σmin = .5 + .5 + .1, Σy = 1.4
    assert found.row("A").consistency == pytest.approx(1.1 / 1.4)
    ties = [str(caveat) for caveat in found.caveats if caveat.kind == "tie"]
    assert ties == [
        "on the crossover of Y: b; they count in every sum but are neither in nor out",
        "on the crossover of A: a; they count in every sum but are neither in nor out",
    ]


def test_dont_care_is_refused_unless_it_is_said_how_to_take_it():
    frame = {"case": ["a", "b", "c", "d"], "A": [1, "-", 1, 0], "B": [1, 1, 0, 0], "Y": [1, 1, 0, 0]}
    asked = {"outcome": "Y", "conditions": ["A", "B"], "cases": "case"}
    with pytest.raises(DataError) as refused:
        necessity(frame, **asked)
    assert refused.value.where == "cases b (A)"
    outside = necessity(frame, **asked, dont_care_as="outside")
    assert (outside.row("A").consistency, outside.row("~A").consistency) == (0.5, 0.0)
    left = necessity(frame, **asked, dont_care_as="leave out")
    assert (left.row("A").consistency, left.cases) == (1.0, ("a", "c", "d"))
    told = [str(caveat) for found in (outside, left, left.negated()) for caveat in found.caveats]
    assert "don't-care scores count as outside the condition and outside its negation: b (A)" in told
    assert told.count("left out for a don't-care score: b") == 2


def test_a_search_beyond_its_budget_stops_and_says_so():
    found = necessity(krook(), outcome="WNP", conditions=["ES", "QU", "WS", "WM", "LP"], depth=4, budget=60)
    told = [str(caveat) for caveat in found.caveats if caveat.kind == "budget"]
    assert found.depth == 2
    assert told and "up to 2 literals, not 4" in told[0]
    assert "80 expressions" in told[0]  # C(5, 3) × 2³
    whole = necessity(krook(), outcome="WNP", conditions=["ES", "QU", "WS", "WM", "LP"], depth=4)
    assert "budget" not in {caveat.kind for caveat in whole.caveats}


def test_an_outcome_that_no_case_has_gives_no_numbers_but_a_reason():
    found = necessity({"A": [1, 0], "Y": [0, 0]}, outcome="Y", conditions=["A"], depth=2)
    assert math.isnan(found.row("A").consistency)
    assert found.necessary == ()
    assert "no case has any membership in Y" in str(found.caveats[0])
    assert [str(reason) for reason in found.row("A").undefined] == [
        "no case has any membership in the outcome"
    ]
    assert found.data()["rows"][0]["consistency"] is None


def test_names_of_any_script_are_written_as_expressions_write_them():
    frame = {"élan": [1, 0, 1], "two words": [0, 1, 1], "成功": [1, 1, 0]}
    found = necessity(frame, outcome="成功", conditions=["élan", "two words"], depth=2)
    assert [row.expression for row in found.necessary] == ['~élan + ~"two words"', 'élan + "two words"']
    assert found.row('"two words" + élan').consistency == 1.0


def test_missing_values_elsewhere_do_not_matter_and_in_use_are_refused():
    frame = {"A": [1, 0, 1], "B": [None, 1, 0], "Y": [1, 0, 1]}
    assert necessity(frame, outcome="Y", conditions=["A"]).row("A").consistency == 1.0
    with pytest.raises(DataError):
        necessity(frame, outcome="Y", conditions=["A", "B"])


CRISP = {"A": [1, 0, 1], "B": [0, 1, 1], "M": [0, 1, 2], "Y": [1, 0, 1]}


@pytest.mark.parametrize(
    ("change", "error", "what"),
    [
        ({"consistency": 0}, OptionError, "the cut-off consistency is a share above 0 to 1"),
        ({"consistency": 90}, OptionError, "the cut-off consistency is a share above 0 to 1"),
        ({"consistency": float("nan")}, OptionError, "the cut-off consistency is a share above 0 to 1"),
        ({"relevance": -0.1}, OptionError, "the cut-off relevance is a share from 0 to 1"),
        ({"coverage": True}, OptionError, "the cut-off coverage is a share from 0 to 1"),
        ({"depth": 0}, OptionError, "depth is a whole number, at least 1"),
        ({"depth": 9}, OptionError, "depth is a whole number, at least 1"),
        ({"depth": 1.5}, OptionError, "depth is a whole number, at least 1"),
        ({"budget": 0}, OptionError, "budget is a whole number, at least 1"),
        (
            {"depth": 2, "disjunctions": False, "conjunctions": False},
            OptionError,
            "longer expressions are asked for, but neither disjunctions nor conjunctions",
        ),
        ({"dont_care_as": "outsid"}, OptionError, "a don't-care score cannot be taken as that"),
        ({"outcome": None}, OptionError, "the outcome must be named"),
        ({"conditions": None}, OptionError, "the conditions must be named"),
        ({"conditions": []}, OptionError, "there are no conditions"),
        ({"conditions": "AB"}, OptionError, "the conditions are a list of names"),
        ({"conditions": ["A", "Y"]}, OptionError, '"Y" is both outcome and condition'),
        ({"conditions": ["A", "AA"]}, UnknownNameError, 'the data have no column "AA"'),
        ({"theory": {"A + C": "x"}}, UnknownNameError, '"C" is no condition'),
        ({"theory": {"A + ~A": "x"}}, OptionError, "every case is in A + ~A"),
        ({"theory": {"A*~A": "x"}}, OptionError, "no case can be in A*~A"),
        ({"theory": {"A + B*A": "x"}}, OptionError, None),
        ({"theory": {"A +": "x"}}, ExpressionError, None),
        ({"theory": {"A + B": " "}}, OptionError, "theory says nothing of an expression"),
        ({"theory": {"A + B": "x", "B + A": "y"}}, OptionError, "theory speaks of one expression twice"),
        ({"theory": "A + B"}, OptionError, "theory is a mapping from an expression to what speaks for it"),
        (
            {"conditions": ["A", "M"], "theory": {"M": "x"}},
            OptionError,
            '"M" has categories: say which one is meant',
        ),
        ({"conditions": ["A", "M"], "theory": {"M{7}": "x"}}, OptionError, '"M" has no such value'),
    ],
)
def test_what_cannot_be_meant_is_refused(change, error, what):
    asked = {"outcome": "Y", "conditions": ["A", "B"]} | change
    with pytest.raises(error) as refused:
        necessity(CRISP, **asked)
    found: ConcausaError = refused.value
    assert what is None or found.what == what
    assert found.where


def test_a_misspelt_option_fails_at_once():
    with pytest.raises(OptionError) as refused:
        necessity(CRISP, outcome="Y", conditions=["A"], consistancy=0.8)  # type: ignore[arg-type]
    assert refused.value.what == "necessity has no option 'consistancy'"
    assert refused.value.fix.startswith("did you mean 'consistency'?")


def test_the_table_says_what_was_searched_and_hides_nothing_silently():
    found = necessity(
        krook(), outcome="WNP", conditions=["ES", "QU", "WS", "WM", "LP"], depth=4, consistency=1.0
    )
    table = found.table(limit=3)
    shown = [cell.text for cell in table.column("expression") if " + " in cell.text]
    disjunctions = [row for row in found.necessary if row.kind == "disjunction"]
    assert len(shown) == 3
    assert f"Not shown: {len(disjunctions) - 3} of {len(disjunctions)} disjunctions." in table.notes
    assert f"of {found.tested:,} expressions" in table.title
    assert len(found.table()) == len(found.rows)
    assert "deviant" not in {heading.key for heading in found.table(cases=False).headings}


def test_it_prints_in_one_line_in_80_columns_and_as_html():
    found = necessity(krook(), outcome="WNP", conditions=["ES", "QU", "WS", "WM", "LP"], depth=2)
    assert repr(found).startswith("<Necessity WNP ~ ES, QU, WS, WM, LP: ") and "\n" not in repr(found)
    assert max(map(len, str(found).splitlines())) <= 80
    assert "<table" in found._repr_html_()
    assert any("Mahoney" in work for work in found.cite())
    assert not any("Mahoney" in work for work in necessity(CRISP, outcome="Y", conditions=["A"]).cite())


def test_a_membership_can_be_plotted_against_the_outcome():
    found = necessity(
        {"A": [0.2, 0.9], "B": [0.6, 0.1], "Y": [0.5, 0.8]}, outcome="~Y", conditions=["A", "B"]
    )
    assert found.membership("A + B").tolist() == [0.6, 0.9]
    assert found.membership("A*~B").tolist() == [0.2, 0.9]
    assert found.outcome_membership.tolist() == pytest.approx([0.5, 0.2])
    assert isinstance(found, Necessity)


def test_a_condition_that_everybody_has_for_an_outcome_that_everybody_has_is_called_trivial():
    # RoN is Σ(1 − x) / Σ(1 − min(x, y)) = 0 / 0.
    found = necessity({"A": [1, 1, 1], "Y": [1, 1, 1]}, outcome="Y", conditions=["A"])
    assert [row.expression for row in found.necessary] == ["A"] and math.isnan(found.row("A").relevance)
    told = [str(caveat) for caveat in found.caveats if caveat.kind == "trivial"]
    assert len(told) == 1 and told[0].startswith("relevance (RoN) is not defined: A; every case is fully in")


def test_every_measure_that_is_not_defined_is_told_among_the_caveats():
    frame = {"A": [1, 1, 1], "Y": [1, 1, 1]}
    told = [
        str(caveat)
        for caveat in necessity(frame, outcome="Y", conditions=["A"], relevance=0.1).caveats
        if caveat.kind == "undefined"
    ]
    assert told == [
        "coverage is not defined where no case has any membership: ~A",
        "relevance (RoN) is not defined where every case is fully in both the expression and Y: A",
    ]
    defined = necessity(CRISP, outcome="Y", conditions=["A", "B"])
    assert "undefined" not in {caveat.kind for caveat in defined.caveats}


def test_more_than_64_conditions_are_refused_as_for_a_truth_table():
    names = [f"C{number}" for number in range(65)]
    frame = {name: [0, 1] for name in [*names, "Y"]}
    with pytest.raises(OptionError) as refused:
        necessity(frame, outcome="Y", conditions=names)
    assert refused.value.what == "at most 64 conditions can be analysed together"
    assert len(necessity(frame, outcome="Y", conditions=names[:64]).rows) == 128


def test_the_memberships_that_it_rests_on_cannot_be_written_to():
    for outcome in ("Y", "~Y"):
        found = necessity(CRISP, outcome=outcome, conditions=["A"])
        assert not found.outcome_membership.flags.writeable
        assert not found.vocabulary.memberships.flags.writeable


@pytest.mark.parametrize("option", [{"levels": {"A": 3}}, {"dont_care": -9}, {"dont_care": None}])
def test_no_option_for_reading_is_ignored_for_a_truth_table(option):
    with pytest.raises(OptionError) as refused:
        necessity(truth_table(CRISP, outcome="Y", conditions=["A"]), **option)
    assert refused.value.what.startswith(f"{next(iter(option))}= says how data are read")
