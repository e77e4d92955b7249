"""The truth table: which row a case belongs to, what a row is worth, and what is said about it."""

from __future__ import annotations

import itertools
import math
import random
from typing import Any

import numpy as np
import pandas
import polars
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.reference.truth_table import Score, overlap, slow_truth_table

from concausa.core.errors import DataError, OptionError, UnknownNameError
from concausa.qca.minimize import minimize
from concausa.qca.truth_table import TruthTable, truth_table
from concausa.sets import fit

# Sums of a few scores with two decimals.
CLOSE = 1e-12


def by_configuration(table: TruthTable) -> dict[tuple[int | None, ...], tuple[Any, ...]]:
    return {row.configuration: (row.outcome, frozenset(row.cases)) for row in table.rows}


def crisp(*rows: str, **options: Any) -> TruthTable:
    """A table from words such as ``101``: the last sign is the outcome; ``-`` is don't care."""
    names = [chr(ord("A") + place) for place in range(len(rows[0]) - 1)]
    columns: dict[str, list[Any]] = {
        name: [sign if sign == "-" else int(sign) for sign in signs]
        for name, signs in zip([*names, "Y"], zip(*rows, strict=True), strict=True)
    }
    return truth_table(columns, outcome=options.pop("outcome", "Y"), conditions=names, **options)


# --- what a row is


def test_a_case_belongs_to_the_corner_in_which_it_is_more_in_than_out() -> None:
    table = truth_table(
        {"A": [0.51, 0.2], "B": [0.49, 0.9], "Y": [1, 0], "id": ["x", "y"]},
        outcome="Y",
        conditions=["A", "B"],
        cases="id",
    )
    assert [(row.configuration, row.cases) for row in table.rows] == [((0, 1), ("y",)), ((1, 0), ("x",))]


def test_consistency_and_pri_are_taken_over_all_cases() -> None:
    # By hand: memberships in A are .9, .4, .2; Σx = 1.5; Σmin(x, y) = .8 + .3 + .2 = 1.3;
    # Σmin(x, y, ~y) = .2 + .3 + .2 = .7; consistency 1.3/1.5, PRI (1.3 − .7)/(1.5 − .7).
    table = truth_table({"A": [0.9, 0.4, 0.2], "Y": [0.8, 0.3, 0.6]}, outcome="Y", conditions=["A"])
    row = table.row("A")
    assert row.consistency == pytest.approx(1.3 / 1.5, abs=CLOSE)
    assert row.pri == pytest.approx(0.6 / 0.8, abs=CLOSE)
    assert row.cases == ("1",)


def test_a_row_is_judged_by_frequency_first_then_by_consistency_and_pri_then_as_contradictory() -> None:
    rows = ["111", "111", "111", "110", "101", "100", "010", "011", "010", "001"]
    options = {"consistency": 0.75, "frequency": 2}
    assert [row.outcome for row in crisp(*rows, **options).rows] == ["?", "0", "0", "1"]
    assert [row.outcome for row in crisp(*rows, **options, contradiction=0.5).rows] == ["?", "0", "C", "1"]
    # Crisp PRI equals consistency, so that a stricter PRI turns the last row down.
    assert [row.outcome for row in crisp(*rows, **options, pri=0.8).rows] == ["?", "0", "0", "0"]


def test_a_row_that_reaches_a_cutoff_but_for_rounding_reaches_it() -> None:
    # .1 + .2 + .3 + .4 of 1 within the outcome is exactly .8 of 1.25 only on paper.
    table = truth_table({"A": [0.65, 0.6], "Y": [0.4, 0.6]}, outcome="Y", conditions=["A"], consistency=0.8)
    assert table.row("A").outcome == "1"
    assert table.row("A").consistency == pytest.approx(0.8, abs=CLOSE)


@pytest.mark.parametrize(
    ("table", "configuration", "why"),
    [
        (crisp("11", "11", "00"), (1,), "consistency 1.000 reaches 0.8"),
        (crisp("11", "00", pri=0.5), (1,), "consistency 1.000 reaches 0.8 and PRI 1.000 reaches 0.5"),
        (crisp("11", "10", "00"), (1,), "consistency 0.500 is below 0.8"),
        (
            crisp("11", "10", "00", contradiction=0.25),
            (1,),
            "consistency 0.500 is below 0.8, though not below 0.25",
        ),
        (
            crisp("11", "11", "00", frequency=2),
            (0,),
            "fewer cases (1) than the frequency cut-off (2)",
        ),
        (
            crisp("11", "11", "11", "10", "00", consistency=0.7, pri=0.9),
            (1,),
            "consistency 0.750 reaches 0.7, but PRI 0.750 is below 0.9",
        ),
    ],
)
def test_every_row_says_why_it_has_its_outcome(table: TruthTable, configuration: Any, why: str) -> None:
    assert table.row(configuration).why == why


def test_a_share_just_below_its_cutoff_is_not_printed_as_if_it_reached_it() -> None:
    table = truth_table(
        {"A": [1.0, 1.0], "Y": [0.7999, 0.7999]}, outcome="Y", conditions=["A"], consistency=0.8
    )
    assert table.row("A").why == "consistency 0.7999 is below 0.8"


def test_other_cutoffs_judge_the_same_rows_anew() -> None:
    table = crisp("11", "11", "11", "10", "00", consistency=0.7, pri=0.75)
    assert table.row("A").outcome == "1"
    stricter = table.with_cutoffs(consistency=0.8)
    assert stricter.row("A").outcome == "0"
    assert stricter.cutoffs.pri == 0.75
    assert table.row("A").outcome == "1"


def test_members_out_of_the_outcome_are_named() -> None:
    table = truth_table(
        {"A": [0.9, 0.8, 0.7], "Y": [0.9, 0.5, 0.4], "id": ["in", "border", "out"]},
        outcome="Y",
        conditions=["A"],
        cases="id",
    )
    assert table.row("A").deviant == ("out",)
    assert table.negated().row("A").deviant == ("in",)


def test_contradictions_are_rows_with_cases_on_both_sides_whatever_their_outcome() -> None:
    table = crisp("111", "110", "101", "000")
    assert [row.configuration for row in table.contradictions] == [(1, 1)]
    consistent = truth_table(
        {"A": [0.6, 0.9, 0.9, 0.9], "Y": [0.4, 0.9, 0.9, 0.9]}, outcome="Y", conditions=["A"]
    )
    assert consistent.row("A").outcome == "1"
    assert [row.expression for row in consistent.contradictions] == ["A"]


# --- nothing disappears


def test_a_case_on_a_crossover_belongs_to_no_row_but_is_listed_and_counts_in_every_sum() -> None:
    data = {"A": [0.9, 0.5, 0.1], "B": [0.9, 0.8, 0.2], "Y": [1, 0.2, 0], "id": ["x", "tied", "z"]}
    table = truth_table(data, outcome="Y", conditions=["A", "B"], cases="id")
    assert [(tie.case, tie.condition, tie.score) for tie in table.ties] == [("tied", "A", 0.5)]
    assert table.member.tolist() == [1, -1, 0]
    assert sum(row.n for row in table.rows) == 2
    # In A*B: .9, .5, .1, of which .9, .2, 0 lie within Y.
    assert table.row("A*B").consistency == pytest.approx(1.1 / 1.5, abs=CLOSE)
    assert [caveat.kind for caveat in table.caveats if "tied" in str(caveat)] == ["tie"]
    assert "on the crossover of a: tied, which belongs to no row" in str(table).lower()


def test_a_case_nearer_to_the_crossover_than_decimal_text_can_say_is_tied() -> None:
    table = truth_table({"A": [0.5 + 1e-12, 0.9], "Y": [1, 1]}, outcome="Y", conditions=["A"])
    assert [tie.case for tie in table.ties] == ["1"]


def test_a_case_on_the_crossover_of_the_outcome_is_told() -> None:
    table = truth_table({"A": [0.9, 0.1], "Y": [0.5, 0]}, outcome="Y", conditions=["A"])
    assert "outcome-tie" in {caveat.kind for caveat in table.caveats}


def test_cases_of_rows_below_the_frequency_cutoff_are_named() -> None:
    table = crisp("111", "111", "000", "000", "100", frequency=2)
    assert [str(caveat) for caveat in table.caveats if caveat.kind == "rare"] == [
        "rows with fewer than 2 cases are treated as remainders; their cases: 5"
    ]


def test_if_every_case_is_tied_there_is_no_table() -> None:
    with pytest.raises(DataError, match="every case lies on the crossover"):
        truth_table({"A": [0.5, 0.5], "Y": [1, 0]}, outcome="Y", conditions=["A"])


def test_a_row_consistent_with_the_outcome_and_its_negation_is_told() -> None:
    # Memberships of .3 in the row lie within .6 and within 1 − .6 alike.
    table = truth_table(
        {"A": [0.9, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3], "Y": [0.8] + [0.6] * 6}, outcome="Y", conditions=["A"]
    )
    both = truth_table({"A": [0.6, 0.3, 0.3, 0.3], "Y": [0.6, 0.5, 0.5, 0.5]}, outcome="Y", conditions=["A"])
    # A: Σmin(x, ~y) = .2 + 6 × .3 = 2 of 2.7; and .4 + .9 = 1.3 of 1.5.
    assert [row.expression for row in table.simultaneous] == []
    assert [row.expression for row in both.simultaneous] == ["A"]
    assert "simultaneous" in {caveat.kind for caveat in both.caveats}


def test_what_does_not_vary_is_told() -> None:
    kinds = {caveat.kind: str(caveat) for caveat in crisp("101", "111", "101").caveats}
    assert "A does not vary" in kinds["constant"]
    assert kinds["constant-outcome"].startswith("every case has Y")


def test_fewer_cases_than_possible_rows_are_told() -> None:
    # Four case-periods and three conditions.
    table = crisp("1111", "0000", "1010", "1010")
    (told,) = [str(caveat) for caveat in table.caveats if caveat.kind == "diversity"]
    assert told == "4 cases can fill at most 4 of the 8 rows that 3 conditions allow; they fill 3"


def test_a_cutoff_below_the_least_of_the_field_is_told() -> None:
    assert "low-cutoff" in {caveat.kind for caveat in crisp("11", "00", consistency=0.7).caveats}
    assert "low-cutoff" not in {caveat.kind for caveat in crisp("11", "00", consistency=0.75).caveats}


# --- don't care


def test_a_row_with_dont_care_stands_for_its_completions() -> None:
    table = crisp("1-1", "001", "010")
    assert [(row.configuration, row.expression) for row in table.rows] == [
        ((0, 0), "~A*~B"),
        ((0, 1), "~A*B"),
        ((1, None), "A"),
    ]
    assert [row.configuration for row in table.complete()] == [(0, 0), (0, 1), (1, None)]


def test_a_positive_and_a_negative_row_that_overlap_through_dont_care_are_refused() -> None:
    # A*C holds for five cases, of which four have Y: consistent enough, though A*B*C never had Y.
    with pytest.raises(DataError, match="overlap") as caught:
        crisp("1-11", "1-11", "1-11", "1-11", "1110", "0000")
    assert caught.value.where == "A*C is 1 (cases 1, 2, 3, 4)\nA*B*C is 0 (cases 5)"
    assert caught.value.fix
    strict = crisp("1-11", "1-11", "1-11", "1-11", "1110", "0000", consistency=0.9)
    assert {row.outcome for row in strict.rows} == {"0"}


def test_rows_of_the_same_outcome_may_overlap() -> None:
    assert [row.outcome for row in crisp("1-1", "111", "000").rows] == ["0", "1", "1"]


# --- views


def test_the_complete_view_lists_every_possible_row_once() -> None:
    table = crisp("1111", "0000", "1010")
    rows = table.complete()
    assert [row.configuration for row in rows] == list(itertools.product((0, 1), repeat=3))
    assert [row.outcome for row in rows] == ["0", "?", "?", "?", "?", "0", "?", "1"]
    unobserved = rows[1]
    assert (unobserved.n, unobserved.cases, unobserved.why) == (0, (), "no case")
    assert math.isnan(unobserved.consistency) and math.isnan(unobserved.pri)


def test_a_complete_view_of_too_many_rows_is_refused() -> None:
    names = [f"C{number}" for number in range(17)]
    table = truth_table({name: [0, 1] for name in [*names, "Y"]}, outcome="Y", conditions=names)
    with pytest.raises(OptionError, match="131,072 rows"):
        table.complete()
    assert len(table.rows) == 2


def test_rows_can_be_sorted() -> None:
    table = crisp("001", "001", "010", "101", "111", "110", "110", "110")
    assert [row.configuration for row in table.sort()] == [(0, 0), (1, 0), (1, 1), (0, 1)]
    assert [row.configuration for row in table.sort("n")] == [(1, 1), (0, 0), (0, 1), (1, 0)]
    assert [row.configuration for row in table.sort("consistency")] == [(0, 0), (1, 0), (1, 1), (0, 1)]
    assert table.sort("configuration") == table.rows
    with pytest.raises(OptionError) as caught:
        table.sort("consistencies")  # type: ignore[arg-type]
    assert caught.value.fix.startswith('did you mean "consistency"?')


def test_gaps_show_where_a_cutoff_may_lie() -> None:
    # Three rows with consistency 1, .75 and 0.
    rows = ["001"] + ["011"] * 3 + ["010"] + ["100"]
    gaps = crisp(*rows).gaps()
    assert [cell.text for cell in gaps.column("consistency")] == ["1.000", "0.750", "0.000"]
    assert [cell.data for cell in gaps.column("gap")] == [0.25, 0.75, None]
    assert [cell.tone for cell in gaps.column("gap")] == ["plain", "good", "plain"]


def test_the_printed_table_has_a_column_a_condition_and_every_caveat_below() -> None:
    table = crisp("111", "110", "001", "010", contradiction=0.1)
    printed = table.table(why=True)
    assert [heading.label for heading in printed.headings] == [
        *("A", "B", "Y", "n", "consistency", "PRI", "cases", "cases without Y", "why")
    ]
    assert [cell.text for cell in printed.column("outcome")] == ["1", "C", "0"]
    assert [cell.text for cell in printed.column("deviant")] == ["", "2", ""]
    assert printed.notes == (
        "1: consistency at least 0.8, cases at least 1.",
        "C: otherwise consistency at least 0.1.",
        "A*B has cases with and without Y (2 cases, 1 without).",
    )
    assert len(table.table(complete=True)) == 4


def test_every_sentence_of_the_printed_table_is_asked_for_before_it_is_filled() -> None:
    said: list[str] = []

    def say(text: str) -> str:
        said.append(text)
        return {"cases": "casos"}.get(text, text.replace("is below", "queda bajo"))

    printed = crisp("111", "110", "001", "000", contradiction=0.1).table(why=True, say=say)
    assert "casos" in {heading.label for heading in printed.headings}
    assert printed.column("why")[0].text == "consistency 0.500 queda bajo 0.8, though not below 0.1"
    assert not any("0.8" in text or "A*B" in text for text in said)


def test_rows_with_dont_care_are_not_counted_as_configurations() -> None:
    assert crisp("1-1", "000").table().title == (
        "Truth table for Y: 2 rows observed, some of which stand for several of the 4 configurations"
        " (1 × 1, 1 × 0)"
    )
    assert crisp("111", "000").table().title == (
        "Truth table for Y: 2 of 4 configurations observed (1 × 1, 1 × 0)"
    )


def test_a_memo_fits_80_columns_and_names_long_conditions_once() -> None:
    names = [f"a rather long condition number {number}" for number in range(6)]
    table = truth_table({name: [0, 1, 1] for name in names} | {"Y": [0, 1, 1]}, outcome="Y", conditions=names)
    assert max(len(line) for line in str(table).splitlines()) <= 80
    assert " ".join(str(table).split()).count("number 3") == 1


def test_a_table_prints_in_one_line_and_in_html() -> None:
    table = crisp("11", "00")
    assert repr(table) == "<TruthTable Y ~ A: 2 rows, 2 cases>"
    assert "<table" in table._repr_html_()
    assert any("Ragin" in source for source in table.cite())


def test_rows_become_plain_json_values() -> None:
    (first, _) = crisp("1-1", "000").records()
    assert first == {
        "configuration": {"A": 0, "B": 0},
        "outcome": "0",
        "n": 1,
        "consistency": 0.0,
        "pri": 0.0,
        "cases": ["2"],
        "deviant": [],
        "why": "consistency 0.000 is below 0.8",
    }


def test_a_condition_called_like_a_column_of_the_table_is_shown_beside_it() -> None:
    table = truth_table({"n": [1, 0], "cases": [1, 0], "Y": [1, 0]}, outcome="Y", conditions=["n", "cases"])
    assert len(table.table().headings) == 7
    assert len({heading.key for heading in table.table().headings}) == 7


# --- the outcome, and rows set by hand


def test_a_category_of_a_multi_value_factor_can_be_the_outcome() -> None:
    data = {"A": [0, 1, 1, 0], "Y": [0, 2, 2, 1]}
    table = truth_table(data, outcome="Y{2}", conditions=["A"])
    assert by_configuration(table) == {(0,): ("0", {"1", "4"}), (1,): ("1", {"2", "3"})}
    assert table.outcome == "Y{2}"
    assert table.negated().outcome == "~Y{2}"
    assert [row.outcome for row in table.negated().rows] == ["1", "0"]


@pytest.mark.parametrize(
    ("outcome", "what"),
    [
        ("Y", 'the outcome "Y" has 3 categories: say which category is explained'),
        ("Y{3}", 'the outcome "Y" has 3 categories: say a category that it has'),
        ("A{2}", 'the outcome "A" is a crisp set and has no categories'),
        ("A + B", "the outcome cannot be read"),
        ("", "the outcome cannot be read"),
        (None, "the outcome cannot be read"),
    ],
)
def test_an_outcome_that_says_too_little_or_too_much_is_refused(outcome: Any, what: str) -> None:
    with pytest.raises((OptionError, UnknownNameError)) as caught:
        truth_table({"A": [0, 1, 1], "B": [0, 0, 1], "Y": [0, 1, 2]}, outcome=outcome, conditions=["B"])
    assert caught.value.what == what or outcome == "A + B"


def test_a_negated_outcome_is_written_with_a_tilde() -> None:
    data = {"A": [0.2, 0.9], "el resultado": [0.1, 0.7]}
    table = truth_table(data, outcome="~el resultado", conditions=["A"])
    assert table.outcome == '~"el resultado"'
    assert table.outcome_membership.round(12).tolist() == [0.9, 0.3]


def test_a_row_is_set_by_hand_only_for_a_reason_and_the_reason_stays() -> None:
    table = crisp("11", "10", "00").recode({"A": "1"}, why="case 2 was miscounted in the source")
    assert table.row("A").outcome == "1"
    assert table.row((1,)).why == "set to 1 by hand: case 2 was miscounted in the source"
    assert "A was set to 1 by hand: case 2 was miscounted in the source." in " ".join(str(table).split())
    assert table.positive.tolist() == [[1]]
    with pytest.raises(OptionError, match="written reason"):
        table.recode({"A": "0"}, why=" ")


def test_a_recoding_holds_for_the_outcome_it_was_made_for() -> None:
    table = crisp("11", "11", "10", "00").recode({"A": "1"}, why="reason")
    assert table.negated().row("A").outcome == "0"
    assert "for Y alone" in str(table.negated())
    assert table.negated().negated().row("A").outcome == "1"


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ({"A*~B": "1"}, "no case has the configuration A*~B"),
        ({"A*C": "1"}, "this is no configuration of the conditions"),
        ({"A*A": "1"}, "this is no configuration of the conditions"),
        ({"A +": "1"}, "this is no configuration of the conditions"),
        ({(1, 2): "1"}, "this is no configuration of the conditions"),
        ({(1,): "1"}, "this is no configuration of the conditions"),
        ({"A*B": "yes"}, "a row cannot have the outcome 'yes'"),
        (["A*B"], "the rows to recode are a mapping from configuration to outcome"),
    ],
)
def test_a_recoding_that_is_none_is_refused(rows: Any, what: str) -> None:
    with pytest.raises(OptionError) as caught:
        crisp("111", "000").recode(rows, why="reason")
    assert caught.value.what == what


# --- options


@pytest.mark.parametrize(
    ("options", "what", "fix"),
    [
        (
            {"conditions": ["A", "Y"]},
            '"Y" is both outcome and condition',
            "take it out of the conditions",
        ),
        ({"conditions": []}, "there are no conditions", "name at least one column"),
        ({"conditions": ["A", "A"]}, '"A" is named twice', "name each column once"),
        (
            {"conditions": "A"},
            "the conditions are a list of names",
            'write conditions=["A", "B"], one text a condition',
        ),
        (
            {"conditions": [f"C{number}" for number in range(65)]},
            "at most 64 conditions can be analysed together",
            "choose among them by theory, or combine some into higher-order conditions",
        ),
    ],
)
def test_conditions_that_make_no_table_are_refused(options: dict[str, Any], what: str, fix: str) -> None:
    data = {f"C{number}": [0, 1] for number in range(65)} | {"A": [0, 1], "Y": [0, 1]}
    with pytest.raises(OptionError) as caught:
        truth_table(data, **({"outcome": "Y"} | options))
    assert (caught.value.what, caught.value.fix) == (what, fix)


def test_a_misspelt_option_is_refused_with_the_nearest() -> None:
    with pytest.raises(OptionError) as caught:
        truth_table({"A": [0, 1], "Y": [0, 1]}, outcome="Y", conditions=["A"], consistancy=0.9)  # type: ignore[arg-type]
    assert caught.value.what == "truth_table has no option 'consistancy'"
    assert caught.value.fix.startswith("did you mean 'consistency'?")


@pytest.mark.parametrize("make", [dict, pandas.DataFrame, polars.DataFrame])
def test_a_misspelt_outcome_or_condition_is_refused_with_the_nearest(make: Any) -> None:
    data = make({"leadership": [0, 1], "upgrading": [0, 1]})
    for outcome, condition in (("upgradin", "leadership"), ("upgrading", "leadershp")):
        with pytest.raises(UnknownNameError) as caught:
            truth_table(data, outcome=outcome, conditions=[condition])
        assert caught.value.fix in ('did you mean "upgrading"?', 'did you mean "leadership"?')


def test_one_condition_and_64_conditions_are_accepted() -> None:
    names = [f"C{number}" for number in range(64)]
    rng = random.Random(1)
    data = {name: [rng.random() for _ in range(9)] for name in [*names, "Y"]}
    table = truth_table(data, outcome="Y", conditions=names)
    assert len(table.rows) == 9
    assert table.possible == 2**64
    assert [row.configuration for row in table.rows] == sorted(row.configuration for row in table.rows)
    assert len(truth_table(data, outcome="Y", conditions=["C0"]).rows) == 2


# --- laws

SCORES = st.sampled_from([0.0, 0.1, 0.3, 0.45, 0.5, 0.5, 0.6, 0.75, 0.9, 1.0])
OUTCOMES = st.sampled_from([0.0, 0.2, 0.5, 0.7, 1.0])


@st.composite
def tables(draw: st.DrawFn, *, dont_care: bool = True) -> tuple[list[list[Score]], list[float], list[int]]:
    """Cases × conditions of any kind, an outcome, and the number of categories of each condition (0: set)."""
    kinds = draw(st.sampled_from([["fuzzy"], ["crisp", "codes"], ["fuzzy", "fuzzy", "crisp", "codes"]]))
    drawn = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=4))
    levels = [3 if kind == "codes" else 0 for kind in drawn]
    scores = {
        "fuzzy": SCORES,
        "crisp": st.sampled_from([0.0, 1.0]),
        "codes": st.sampled_from([0.0, 1.0, 2.0]),
    }
    strategies: list[st.SearchStrategy[Score]] = [scores[kind] for kind in drawn]
    if dont_care and draw(st.booleans()):
        strategies = [strategy | st.none() for strategy in strategies]
    cases = draw(st.lists(st.tuples(*strategies).map(list), min_size=1, max_size=9))
    outcome = draw(st.lists(OUTCOMES, min_size=len(cases), max_size=len(cases)))
    return cases, outcome, levels


def engine(cases: list[list[Score]], outcome: list[float], levels: list[int], **options: Any) -> TruthTable:
    names = [f"C{number}" for number in range(len(levels))]
    columns: dict[str, Any] = {
        name: ["-" if score is None else score for score in column]
        for name, column in zip(names, zip(*cases, strict=True), strict=True)
    }
    declared = {name: number for name, number in zip(names, levels, strict=True) if number}
    return truth_table(columns | {"Y": outcome}, outcome="Y", conditions=names, levels=declared, **options)


def sound(cases: list[list[Score]], levels: list[int]) -> bool:
    """Whether every condition says something about some case, and some case belongs to a row."""
    says = all(any(case[place] is not None for case in cases) for place in range(len(levels)))
    decided = any(0.5 not in [s for s, m in zip(case, levels, strict=True) if not m] for case in cases)
    return says and decided


@settings(max_examples=150)
@given(
    tables(),
    st.sampled_from([0.5, 0.75, 0.8, 1.0]),
    st.sampled_from([0.0, 0.5]),
    st.sampled_from([1, 2]),
    st.sampled_from([None, 0.25]),
)
def test_the_table_is_that_of_the_slow_twin(
    drawn: Any, consistency: float, pri: float, frequency: int, contradiction: float | None
) -> None:
    cases, outcome, levels = drawn
    assume(sound(cases, levels))
    options = {
        "consistency": consistency,
        "pri": pri,
        "frequency": frequency,
        "contradiction": contradiction,
    }
    expected = slow_truth_table(cases, outcome, levels, **options)
    positive = [cube for cube, row in expected.items() if row.outcome == "1"]
    refused = [cube for cube, row in expected.items() if row.outcome in "0C"]
    if any(overlap(first, second) for first in positive for second in refused):
        with pytest.raises(DataError, match="overlap"):
            engine(cases, outcome, levels, **options)
        return
    found = {row.configuration: row for row in engine(cases, outcome, levels, **options).rows}
    assert set(found) == set(expected)
    for cube, row in expected.items():
        assert found[cube].outcome == row.outcome
        assert found[cube].cases == tuple(str(number + 1) for number in row.cases)
        assert found[cube].consistency == pytest.approx(row.consistency, abs=CLOSE)
        assert found[cube].pri == pytest.approx(row.pri, abs=CLOSE)


@given(tables(dont_care=False))
def test_every_case_without_a_tie_has_more_than_half_membership_in_exactly_one_row(drawn: Any) -> None:
    cases, outcome, levels = drawn
    assume(sound(cases, levels))
    table = engine(cases, outcome, levels)
    x = table.data.memberships(table.configurations, table.condition_names)
    assert ((x > 0.5).sum(axis=1) == (table.member >= 0)).all()
    tied = {tie.case for tie in table.ties}
    assert sum(row.n for row in table.rows) + len(tied) == len(cases)


@given(tables(dont_care=False))
def test_negating_twice_changes_nothing(drawn: Any) -> None:
    cases, outcome, levels = drawn
    assume(sound(cases, levels))
    table = engine(cases, outcome, levels)
    twice = table.negated().negated()
    assert twice.rows == table.rows
    assert twice.outcome == table.outcome == "Y"


@given(tables(dont_care=False))
def test_the_negated_table_is_the_table_of_the_negated_outcome(drawn: Any) -> None:
    cases, outcome, levels = drawn
    assume(sound(cases, levels))
    table = engine(cases, outcome, levels).negated()
    other = engine(cases, [1 - score for score in outcome], levels)
    assert by_configuration(table) == by_configuration(other)
    np.testing.assert_allclose(table.consistency, other.consistency, atol=CLOSE)
    np.testing.assert_allclose(table.pri, other.pri, atol=CLOSE)


@given(tables(dont_care=False))
def test_consistencies_with_an_outcome_and_its_negation_sum_to_1_or_more_and_their_pri_to_1_or_less(
    drawn: Any,
) -> None:
    cases, outcome, levels = drawn
    assume(sound(cases, levels))
    table = engine(cases, outcome, levels)
    # x <= min(x, y) + min(x, 1 − y) <= x + min(x, y, 1 − y) in every case; the second is an equation where
    # y is 0 or 1.
    assert (table.consistency + table.negated().consistency >= 1 - CLOSE).all()
    pri = table.pri + table.negated().pri
    assert (pri <= 1 + 1e-9).all()
    if set(outcome) <= {0.0, 1.0}:
        np.testing.assert_allclose(pri, 1, atol=1e-9)
        np.testing.assert_allclose(table.pri, table.consistency, atol=CLOSE)


@given(tables(dont_care=False))
def test_the_fit_of_rows_is_that_of_the_measures_of_fit(drawn: Any) -> None:
    cases, outcome, levels = drawn
    assume(sound(cases, levels))
    table = engine(cases, outcome, levels)
    x = table.data.memberships(table.configurations, table.condition_names)
    np.testing.assert_allclose(table.consistency, fit.consistency(x, table.outcome_membership), atol=CLOSE)
    np.testing.assert_allclose(table.pri, fit.pri(x, table.outcome_membership), atol=CLOSE)


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_cases_and_of_conditions_changes_nothing_else(drawn: Any, rng: Any) -> None:
    cases, outcome, levels = drawn
    assume(sound(cases, levels))
    order, places = list(range(len(cases))), list(range(len(levels)))
    rng.shuffle(order)
    rng.shuffle(places)
    try:
        table = engine(cases, outcome, levels)
    except DataError:
        assume(False)
    shuffled = engine(
        [[cases[case][place] for place in places] for case in order],
        [outcome[case] for case in order],
        [levels[place] for place in places],
    )
    back = {
        tuple(row.configuration[places.index(place)] for place in range(len(levels))): (
            row.outcome,
            frozenset(str(order[int(case) - 1] + 1) for case in row.cases),
        )
        for row in shuffled.rows
    }
    assert back == by_configuration(table)


@given(tables(dont_care=False))
def test_pandas_polars_and_a_mapping_give_the_same_table(drawn: Any) -> None:
    cases, outcome, levels = drawn
    assume(sound(cases, levels))
    names = [f"C{number}" for number in range(len(levels))]
    columns = dict(zip(names, map(list, zip(*cases, strict=True)), strict=True)) | {"Y": outcome}
    declared = {name: number for name, number in zip(names, levels, strict=True) if number}
    first, *others = [
        truth_table(frame, outcome="Y", conditions=names, levels=declared)
        for frame in (columns, pandas.DataFrame(columns), polars.DataFrame(columns))
    ]
    assert all(other.rows == first.rows for other in others)


# --- what was found stays as it was found


def test_nothing_of_a_table_or_of_its_models_can_be_written_to() -> None:
    columns = {"A": [0.9, 0.4, 0.2, 0.7], "B": [0.1, 0.8, 0.3, 0.6], "Y": [0.8, 0.3, 0.6, 0.9]}
    first = truth_table(columns, outcome="Y", conditions=["A", "B"])
    codes = {"A*~B": "0", "A*B": "C", "~A*~B": "?"}
    tables = [first, first.negated(), first.with_cutoffs(consistency=0.9), first.recode(codes, why="known")]  # type: ignore[arg-type]
    names = (
        "configurations codes n sums member consistency pri outcome_membership positive negative "
        "contradictory remainder"
    ).split()
    model = minimize(first, solution="conservative").models[0]
    arrays = {f"{place} {name}": getattr(table, name) for place, table in enumerate(tables) for name in names}
    arrays |= {name: getattr(model, name) for name in ("cubes", "memberships", "membership")}
    assert [name for name, array in arrays.items() if array.flags.writeable] == []


@pytest.mark.parametrize(("noise", "settled"), [(1 + 2**-52, 1), (1 - 2**-53, 1), (-1e-17, 0), (1e-12, 0)])
def test_noise_of_arithmetic_moves_no_row(noise: float, settled: int) -> None:
    noisy, clean = (
        truth_table({"A": [score, 0, 1], "Y": [score, 0, 1]}, outcome="Y", conditions=["A"])
        for score in (noise, settled)
    )
    assert noisy.conditions == clean.conditions and noisy.rows == clean.rows


def test_a_consistency_cutoff_that_is_as_good_as_0_is_refused() -> None:
    with pytest.raises(OptionError, match="above 0"):
        truth_table({"A": [0, 1], "Y": [0, 1]}, outcome="Y", conditions=["A"], consistency=1e-12)
