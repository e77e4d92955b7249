"""Theory evaluation: areas, names, fit, models that differ, and what is refused.

The areas and their names: Schneider & Wagemann (2012), section 11.3, as printed by Oana & Schneider (2018), The R
Journal 10(1), figure 7 and section 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.qca.charted import outside, overlapping, rows, said

from concausa.core.errors import ConcausaError, DataError, ExpressionError, OptionError, UnknownNameError
from concausa.expr.boolean import parse, truth
from concausa.qca.evaluation.area import AREAS, LABELS, label_of
from concausa.qca.evaluation.evaluation import Evaluation
from concausa.qca.evaluation.r_evaluation import r_evaluation_script
from concausa.qca.evaluation.theory import Theory
from concausa.qca.evaluation.theory_evaluation import TheoryEvaluation, evaluate_theory
from concausa.qca.minimize import minimize
from concausa.qca.truth_table import TruthTable, truth_table

#: Memberships by hand: model A*B (rows A*B alone reach .8), theory A.
#:            A    B    Y     S = min(A, B)   T*S  ~T*S  T*~S  ~T*~S
#: p         .9   .8   .9     .8              .8   .1    .2    .1      T*S, in Y
#: q         .8   .3   .7     .3              .3   .2    .7    .2      T*~S, in Y
#: r         .7   .2   .1     .2              .2   .3    .7    .3      T*~S, out
#: s         .1   .9   .2     .1              .1   .1    .1    .9      ~T*~S, out
#: sums      2.5       1.9    1.4             1.4  .7    1.7   1.5
FRAME = {
    "A": [0.9, 0.8, 0.7, 0.1],
    "B": [0.8, 0.3, 0.2, 0.9],
    "Y": [0.9, 0.7, 0.1, 0.2],
}


def table(frame: Mapping[str, Any] = FRAME, **options: Any) -> TruthTable:
    return truth_table(frame, outcome="Y", conditions=["A", "B"], cases=list("pqrs"), **options)


def one(theory: str = "A", frame: Mapping[str, Any] = FRAME, **options: Any) -> Evaluation:
    return evaluate_theory(minimize(table(frame, **options)), theory).evaluations[0]


def test_the_four_areas_have_the_least_of_both_memberships() -> None:
    found = one()
    assert found.model.expression == "A*B"
    assert {area.name: area.membership.round(9).tolist() for area in found.areas} == {
        "T*S": [0.8, 0.3, 0.2, 0.1],
        "~T*S": [0.1, 0.2, 0.2, 0.1],
        "T*~S": [0.2, 0.7, 0.7, 0.1],
        "~T*~S": [0.1, 0.2, 0.3, 0.9],
    }


def test_the_fit_of_an_area_is_that_of_its_memberships() -> None:
    area = one().area("T*~S")
    # min(x, y): .2 + .7 + .1 + .1 = 1.1 of 1.7 in the area, and of 1.9 in the outcome
    assert area.consistency == pytest.approx(1.1 / 1.7)
    assert area.coverage == pytest.approx(1.1 / 1.9)
    # min(x, y, 1 − y): .1 + .3 + .1 + .1 = .6
    assert area.pri == pytest.approx((1.1 - 0.6) / (1.7 - 0.6))


def test_the_fit_of_the_theory_stands_beside_that_of_the_model() -> None:
    found = one()
    # min(A, Y): .9 + .7 + .1 + .1 = 1.8 of 2.5 and of 1.9
    assert (found.consistency, found.coverage) == (pytest.approx(1.8 / 2.5), pytest.approx(1.8 / 1.9))


def test_each_case_has_the_name_of_its_area_and_outcome() -> None:
    assert one().labels == {
        "p": "covered most likely",
        "q": "uncovered most likely",
        "r": "consistent most likely",
        "s": "consistent least likely",
    }


def test_the_eight_names_are_those_of_the_book() -> None:
    assert {(area, outcome): label_of(area, outcome) for area in AREAS for outcome in (True, False)} == {
        ("T*S", True): "covered most likely",
        ("~T*S", True): "covered least likely",
        ("T*~S", True): "uncovered most likely",
        ("~T*~S", True): "uncovered least likely",
        ("T*S", False): "inconsistent most likely",
        ("~T*S", False): "inconsistent least likely",
        ("T*~S", False): "consistent most likely",
        ("~T*~S", False): "consistent least likely",
    }


@pytest.mark.parametrize(
    ("theory", "relation", "expressions"),
    [
        ("A*B", "the same", ["A*B", "0", "0", "~A + ~B"]),
        ("A", "wider", ["A*B", "0", "A*~B", "~A"]),
        ("A*B*A", "the same", ["A*B", "0", "0", "~A + ~B"]),
        ("~A", "apart", ["0", "A*B", "~A", "A*~B"]),
        ("B*~A + A*B", "wider", ["A*B", "0", "~A*B", "~B"]),
        ("~B + ~A", "apart", ["0", "A*B", "~A + ~B", "0"]),
        ("1", "wider", ["A*B", "0", "~A + ~B", "0"]),
        ("0", "narrower", ["0", "A*B", "0", "~A + ~B"]),
    ],
)
def test_areas_are_minimised_and_empty_ones_are_told(
    theory: str, relation: str, expressions: list[str]
) -> None:
    found = one(theory)
    assert found.relation == relation
    assert [area.expression for area in found.areas] == expressions
    for area in found.areas:
        assert area.empty == (area.expression == "0")
        assert not area.empty or area.consistency != area.consistency


def test_literals_of_an_area_stand_in_the_order_of_the_conditions() -> None:
    assert one("B*A").area("T*S").expression == "A*B"


def test_a_case_on_a_crossover_is_in_no_area_and_named_with_its_reason() -> None:
    frame = {"A": [0.9, 0.5, 0.7, 0.1], "B": [0.8, 0.3, 0.2, 0.1], "Y": [0.9, 0.7, 0.5, 0.2]}
    found = one(frame=frame, consistency=0.9)
    assert found.model.expression == "A*B"
    assert found.crossovers == {"q": ("theory",), "r": ("outcome",)}
    assert found.labels["q"] == found.labels["r"] == "on a crossover"
    assert {case for area in found.areas for case in (*area.with_outcome, *area.without_outcome)} == {
        "p",
        "s",
    }


def test_multi_value_theories_ask_for_categories() -> None:
    frame = {"M": [0, 1, 2, 2], "B": [1, 1, 1, 0], "Y": [0, 1, 1, 0]}
    found = evaluate_theory(
        minimize(truth_table(frame, outcome="Y", conditions=["M", "B"], cases=list("pqrs"))), "M{1}"
    ).evaluations[0]
    assert found.area("T*S").with_outcome == ("q",)
    assert found.area("~T*S").with_outcome == ("r",)
    assert found.area("~T*S").expression == "M{2}*B"


def test_theories_stand_side_by_side() -> None:
    found = evaluate_theory(minimize(table()), {"wide": "A", "exact": "A*B"})
    rows = list(found.side_by_side())
    assert [row["theory"].text for row in rows] == ["wide", "exact"]
    assert [row["uncovered most likely"].value for row in rows] == [1, 0]
    assert [row["uncovered least likely"].value for row in rows] == [0, 1]


def ambiguous() -> TheoryEvaluation:
    """Two parsimonious models, A and B: the rows A*B and ~A*~B alone are observed."""
    frame = {"A": [1, 0], "B": [1, 0], "Y": [1, 0]}
    found = minimize(truth_table(frame, outcome="Y", conditions=["A", "B"]), solution="parsimonious")
    return evaluate_theory(found, Theory("A", why="written first"))


def test_a_theory_is_held_against_every_model_and_the_ambiguity_is_told() -> None:
    found = ambiguous()
    assert [one.model.expression for one in found.evaluations] == ["A", "B"]
    assert found.agreed("A") == {"1": "covered most likely", "2": "consistent least likely"}
    assert [one.relation for one in found.evaluations] == ["the same", "overlapping"]
    assert "ambiguous" in {caveat.kind for caveat in found.caveats}
    assert "model 1 of 2" in str(found)
    assert "Every case is in the same area in every model" in str(found)
    # the theory A against the models A and B: what both find is A*B, what one of them finds is no shared finding
    assert found.shared("A") == {"T*S": "A*B", "~T*S": "0", "T*~S": "0", "~T*~S": "~A*~B"}
    assert "T*S, expected and found, in every model: A*B" in str(found)


def test_a_case_whose_area_depends_on_the_model_is_named() -> None:
    frame = {"A": [0.9, 0.1, 0.9], "B": [0.9, 0.1, 0.5], "Y": [0.9, 0.1, 0.9]}
    solution = minimize(truth_table(frame, outcome="Y", conditions=["A", "B"]), solution="parsimonious")
    found = evaluate_theory(solution, "A")
    assert found.agreed("A")["3"] is None
    told = [str(caveat) for caveat in found.caveats if caveat.kind == "depends-on-model"]
    assert told == ["A: in which area these cases lie depends on the model: 3"]


def test_a_theory_without_a_ground_is_a_caveat_and_one_with_a_ground_is_printed() -> None:
    bare = evaluate_theory(minimize(table()), "A")
    assert "ungrounded" in {caveat.kind for caveat in bare.caveats}
    told = evaluate_theory(minimize(table()), Theory("A", "H1", why="Written in May", source="Registry 12"))
    assert "ungrounded" not in {caveat.kind for caveat in told.caveats}
    assert "H1: A: Written in May; Registry 12." in str(told)


def test_a_theory_that_no_case_is_in_was_not_tested() -> None:
    found = evaluate_theory(minimize(table()), "~A*~B")
    (caveat,) = [one for one in found.caveats if one.kind == "unseen"]
    assert str(caveat) == "no case is in the theory ~A*~B: its expectation was not put to a test"


def test_few_cases_are_told_with_their_number() -> None:
    (caveat,) = [one for one in evaluate_theory(minimize(table()), "A").caveats if one.kind == "few-cases"]
    assert str(caveat).startswith("4 cases stand in eight areas")


def test_the_negated_outcome_has_its_own_theory() -> None:
    found = evaluate_theory(minimize(table(consistency=0.7).negated()), "~A").evaluations[0]
    assert found.model.truth_table.outcome == "~Y"
    assert found.labels["s"] == "covered most likely"


def test_the_chart_names_every_case_in_its_cell_and_no_words_overlap() -> None:
    chart = evaluate_theory(minimize(table()), "A").chart()
    cells = {row["label"]: row["cases"] for row in rows(chart, "rect")}
    assert {label: cases for label, cases in cells.items() if cases} == {
        "covered most likely": ["p"],
        "uncovered most likely": ["q"],
        "consistent most likely": ["r"],
        "consistent least likely": ["s"],
    }
    assert set(cells) == set(LABELS)
    assert said(chart).count("nothing can lie here") == 1
    assert overlapping(chart) == outside(chart) == []


def test_long_conjunctions_are_broken_within_their_column() -> None:
    names = [f"CONDITION{place}" for place in range(5)]
    frame = {name: [1, 0, 1] for name in names} | {"Y": [1, 0, 0]} | {names[0]: [1, 0, 0]}
    found = minimize(truth_table(frame, outcome="Y", conditions=names))
    chart = evaluate_theory(found, "*".join(names[:3])).chart()
    assert overlapping(chart) == outside(chart) == []
    assert "CONDITION0*CONDITION1*" in said(chart)


def test_tables_and_memo_say_the_same_and_fit() -> None:
    found = evaluate_theory(minimize(table()), Theory("A", why="first"))
    rows = {row["area"].text: row for row in found.table()}
    assert rows["T*~S"]["consistency"].value == found.evaluations[0].area("T*~S").consistency
    assert rows["~T*S"]["consistency"].missing
    assert max(map(len, found.memo(80).splitlines())) <= 80
    assert "uncovered most likely (1 of 4): q" in found.memo()
    members = list(found.memberships_table())
    assert [row["area T*~S"].value for row in members] == pytest.approx([0.2, 0.7, 0.7, 0.1])
    assert [row["kind"].text for row in members] == list(found.evaluations[0].labels.values())
    assert [row["theory 1"].text for row in found.cases_table()] == list(found.evaluations[0].labels.values())


def test_the_data_are_plain_and_hold_the_ground_of_the_theory() -> None:
    import json

    data = evaluate_theory(minimize(table()), Theory("A", "H1", source="S")).data()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert data["theories"] == [{"name": "H1", "expression": "A", "why": "", "source": "S"}]


# --- Script for R --------------------------------------------------------------------------------------


def test_the_script_asks_of_each_model_and_chooses_cases_after_one() -> None:
    script = r_evaluation_script(ambiguous())
    # arguments as in the reference manual of SetMethods, version 4.1
    for number in (1, 2):
        assert (
            f'theory.evaluation(theory = "A", empirics = tt.s1, outcome = "Y", sol = {number}, '
            "print.fit = TRUE, consH = TRUE)"
        ) in script
    assert 'smmr(results = tt.s1, outcome = "Y", sol = 1, match = FALSE, cases = 2, term = 1)' in script
    assert "sol = 2, match" not in script
    assert script.rstrip().endswith("sessionInfo()")
    assert script.isascii()


def test_an_intermediate_model_is_named_by_the_models_it_comes_of() -> None:
    found = minimize(table(consistency=0.7), solution="intermediate", expectations={"A": 1, "B": 1})
    assert 'sol = "c1p1i1"' in r_evaluation_script(evaluate_theory(found, "A"))


def test_a_theory_is_written_out_for_the_package_under_names_that_it_reads() -> None:
    frame = {"state capacity": [1, 0, 1], "B": [1, 1, 0], "Y": [1, 0, 0]}
    found = minimize(truth_table(frame, outcome="Y", conditions=["state capacity", "B"]))
    script = r_evaluation_script(evaluate_theory(found, '"state capacity"*(B + ~B*B)'))
    assert 'theory = "STATECAPACITY*B"' in script


def test_what_the_manual_does_not_say_is_left_to_a_comment() -> None:
    frame = {"M": [0, 1, 2], "Y": [0, 1, 1]}
    found = minimize(truth_table(frame, outcome="Y", conditions=["M"]))
    script = r_evaluation_script(evaluate_theory(found, "M{1}"))
    assert "theory.evaluation(" not in script and "NOT REPRODUCED: the manual does not say" in script
    assert "NOT REPRODUCED: the theory 1 holds of every case" in r_evaluation_script(
        evaluate_theory(minimize(table()), "1")
    )
    alone = r_evaluation_script(evaluate_theory(minimize(table()).models[0], "A"))
    assert "NOT REPRODUCED: the models were given without their solution." in alone


# --- Laws ----------------------------------------------------------------------------------------------

TENTHS = st.integers(0, 10).map(lambda tenth: tenth / 10)
EXPRESSIONS = st.sampled_from(
    ["A", "~B", "A*~B", "A + B*C", "~(A + B)", "A*B + ~A*~B", "A*(B + C)", "1", "C"]
)


@st.composite
def evaluated(draw: st.DrawFn) -> Evaluation:
    cases = draw(st.lists(st.tuples(TENTHS, TENTHS, TENTHS, TENTHS), min_size=1, max_size=6))
    rows = [("e", 0.9, 0.9, 0.9, 1.0), *((f"c{place}", *row) for place, row in enumerate(cases))]
    frame = {name: [row[place] for row in rows] for place, name in enumerate(("case", "A", "B", "C", "Y"))}
    made = truth_table(frame, outcome="Y", conditions=["A", "B", "C"], cases="case", consistency=0.3)
    kind = draw(st.sampled_from(["conservative", "parsimonious"]))
    return evaluate_theory(minimize(made, solution=kind), draw(EXPRESSIONS)).evaluations[0]


@given(evaluated())
@settings(max_examples=12, deadline=None)
def test_every_case_is_in_exactly_one_of_the_eight_areas_or_on_a_crossover(found: Evaluation) -> None:
    eight = [case for area in found.areas for case in (*area.with_outcome, *area.without_outcome)]
    assert sorted([*eight, *found.crossovers]) == sorted(found.model.truth_table.data.cases)
    for case, label in found.labels.items():
        assert (label == "on a crossover") == (case in found.crossovers)
        assert label in (*LABELS, "on a crossover")


@given(evaluated())
@settings(max_examples=12, deadline=None)
def test_expressions_of_areas_divide_the_property_space(found: Evaluation) -> None:
    names = found.model.truth_table.condition_names
    theory, model = parse(found.theory.expression), parse(found.model.expression)
    areas = [(area.name, parse(area.expression)) for area in found.areas]
    for values in product((False, True), repeat=len(names)):
        point = dict(zip(names, values, strict=True))

        def holds(tree: Any, point: dict[str, bool] = point) -> bool:
            return truth(tree, {name: float(value) for name, value in point.items()}, lambda _: False) == 1

        t, s = holds(theory), holds(model)
        within = [name for name, tree in areas if holds(tree)]
        assert within == [f"{'' if t else '~'}T*{'' if s else '~'}S"]


@given(evaluated())
@settings(max_examples=12, deadline=None)
def test_fit_is_that_of_exact_fractions(found: Evaluation) -> None:
    y = [Fraction(value).limit_denominator(10) for value in found.model.truth_table.outcome_membership]
    for area in found.areas:
        x = [Fraction(value).limit_denominator(10) for value in area.membership]
        within = sum((min(a, b) for a, b in zip(x, y, strict=True)), Fraction(0))
        if area.empty or not sum(x):
            assert area.consistency != area.consistency
        else:
            assert area.consistency == pytest.approx(float(within / sum(x)))
            assert area.coverage == pytest.approx(float(within / sum(y)))


# --- Refusals ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "what"),
    [
        (
            lambda: one("A*D"),
            UnknownNameError,
            'the theory names "D", which is no condition of the analysis',
        ),
        (
            lambda: one("A>=high"),
            ExpressionError,
            "A>=high compares levels, and a truth table holds sets or codes",
        ),
        (lambda: one("A{2}"), ExpressionError, 'A{2} asks for a category, and "A" is a fuzzy set'),
        (lambda: evaluate_theory(minimize(table()), []), OptionError, "there is no theory"),
        (lambda: evaluate_theory(minimize(table()), ["A", "A"]), OptionError, "two theories are called 'A'"),
        (lambda: evaluate_theory([], "A"), OptionError, "there is no model to hold a theory against"),
        (
            lambda: evaluate_theory(minimize(table()), "A", most=0),
            OptionError,
            "most is how many models are looked at, 1 or more",
        ),
        (
            lambda: evaluate_theory(minimize(table()), "A", mots=3),
            OptionError,
            "evaluate_theory has no option 'mots'",
        ),
        (
            lambda: evaluate_theory([minimize(table()).models[0], minimize(table()).models[0]], "A"),
            OptionError,
            "the models are of different truth tables",
        ),
        (lambda: one().area("T*s"), UnknownNameError, "there is no area 'T*s'"),
        (lambda: evaluate_theory(minimize(table()), "A").chart(model=1), OptionError, "there is no model 1"),
        (lambda: evaluate_theory(minimize(table()), "A").of("B"), UnknownNameError, "there is no theory 'B'"),
    ],
)
def test_what_cannot_be_accepted_is_refused(call: Any, error: type[ConcausaError], what: str) -> None:
    with pytest.raises(error) as told:
        call()
    assert told.value.what == what


def test_a_theory_on_a_condition_with_categories_says_which() -> None:
    frame = {"M": [0, 1, 2], "Y": [0, 1, 1]}
    found = minimize(truth_table(frame, outcome="Y", conditions=["M"]))
    with pytest.raises(ExpressionError, match=r"\"M\" has 3 categories and is no set"):
        evaluate_theory(found, "M")
    with pytest.raises(ExpressionError, match=r"M\{4\} asks for a category, and \"M\" has the values 0 to 2"):
        evaluate_theory(found, "M{4}")


def test_a_theory_that_names_a_condition_that_does_not_matter_for_a_case_is_refused() -> None:
    frame = {"A": [1, "-", 0], "B": [1, 1, 0], "Y": [1, 1, 0]}
    found = minimize(truth_table(frame, outcome="Y", conditions=["A", "B"]))
    assert evaluate_theory(found, "B").evaluations[0].labels["2"] == "covered most likely"
    with pytest.raises(DataError, match="does not matter for some cases"):
        evaluate_theory(found, "A").evaluations[0].labels  # noqa: B018


def test_an_area_that_multiplies_out_to_too_much_stands_as_it_is_and_comes_at_once():
    # Twelve conditions, and a model of eight terms with five literals: its negation multiplies out to 5 ** 8.
    rng = np.random.default_rng(7)
    names = "ABCDEFGHIJKL"
    frame = {name: rng.integers(0, 2, 60).tolist() for name in names}
    frame["Y"] = rng.integers(0, 2, 60).tolist()
    table = truth_table(frame, outcome="Y", conditions=list(names))
    (one,) = evaluate_theory(minimize(table, limit=1).models[0], ["A*B"]).evaluations
    assert len(one.model.cubes) > 8
    assert one.relation == "not told"
    assert one.area("~T*~S").expression.startswith("~(A*B)*~(")
