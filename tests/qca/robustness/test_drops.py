"""Drop one: what becomes of the formula without one case, one condition, one coder."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference.robustness import formulas

from concausa.core.errors import DataError, OptionError, UnknownNameError
from concausa.qca.analysis import Analysis, analysis
from concausa.qca.robustness.coders import alternatives
from concausa.qca.robustness.drops import drops

# By hand: A + B. Without P rows 10 and 01 are left: A*~B + ~A*B. Without Q row 10 is unobserved: B (A*B + ~A*B).
FRAME = {"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 1, 1, 0], "case": list("PQRS")}


def first(**options: object) -> Analysis:
    return analysis(FRAME, outcome="Y", conditions=["A", "B"], cases="case", **options)  # type: ignore[arg-type]


def test_without_a_case_the_formula_is_that_of_the_others() -> None:
    found = drops(first())
    assert {one.name: one.formula.models for one in found.of("case")} == {
        "P": ("A*~B + ~A*B",),
        "Q": ("B",),
        "R": ("A",),
        "S": ("A + B",),
    }
    assert found.stays("case") == (1, 4)


def test_without_a_condition_its_cases_are_told_apart_no_more() -> None:
    # without B: A is (P, Q) 1, ~A is R 1 and S 0: consistency .5, no row
    found = drops(first())
    assert {one.name: one.formula.models for one in found.of("condition")} == {"A": ("B",), "B": ("A",)}


def test_influence_is_ranked_by_the_formula_then_by_how_far_the_set_moves_then_by_terms() -> None:
    # P: 2 of 3 cases stay, 4 terms come or go; Q and R: 2 of 3, 1 term; S: nothing
    assert [one.name for one in drops(first()).of("case")] == ["P", "Q", "R", "S"]
    assert [one.coincidence for one in drops(first()).of("case")] == pytest.approx([2 / 3, 2 / 3, 2 / 3, 1])


def test_fit_is_that_of_the_data_without_the_case() -> None:
    (one,) = [each for each in drops(first()).of("case") if each.name == "Q"]
    assert (one.consistency, one.coverage) == (1, 1)
    (without_b,) = [each for each in drops(first()).of("condition") if each.name == "B"]
    assert (without_b.consistency, without_b.coverage) == (1, pytest.approx(2 / 3))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 10).map(lambda v: v / 10)] * 4), min_size=3, max_size=6))
def test_every_drop_is_the_analysis_run_anew(cases: list[tuple[float, ...]]) -> None:
    conditions = ["A", "B", "C"]
    frame = {name: [case[place] for case in cases] for place, name in enumerate([*conditions, "Y"])}
    try:
        found = drops(analysis(frame, outcome="Y", conditions=conditions))
    except DataError:  # no solution to drop from, or every case on a crossover
        return
    for place, one in zip(range(len(cases)), [d for d in found.drops if d.kind == "case"], strict=True):
        fewer = {name: [v for at, v in enumerate(column) if at != place] for name, column in frame.items()}
        try:
            expected = formulas(fewer, conditions)
        except DataError:
            expected = ()
        assert one.formula.key == expected
    for name, one in zip(conditions, [d for d in found.drops if d.kind == "condition"], strict=True):
        try:
            expected = formulas(frame, [other for other in conditions if other != name])
        except DataError:
            expected = ()
        assert one.formula.key == expected


def test_without_a_solution_that_is_told_and_the_set_is_empty() -> None:
    frame = {"A": [1, 0], "Y": [1, 0]}
    found = drops(analysis(frame, outcome="Y", conditions=["A"], cases=["P", "Q"]))
    (lost,) = [one for one in found.drops if one.name == "P"]
    assert (lost.formula.models, lost.coincidence) == ((), 0)
    assert "without P there is no solution" in [str(one) for one in found.caveats]


def test_the_memo_and_the_tables_tell_what_changes() -> None:
    found = drops(first())
    assert str(found).splitlines()[0] == "Without one case the formula stays in 1 of 4"
    assert max(map(len, str(found).splitlines())) <= 80
    assert found.table("case").column("name")[0].text == "P"
    assert repr(found) == "<Drops: A + B stays in 1 of 4 without one case, 0 of 2 without one condition>"
    assert json.loads(json.dumps(found.data(), allow_nan=False))["stays"]["case"] == [1, 4]


def test_only_what_is_named_is_dropped() -> None:
    found = drops(first(), cases=["Q"], conditions=False)
    assert [(one.kind, one.name) for one in found.drops] == [("case", "Q")]
    with pytest.raises(UnknownNameError, match='there is no case "X" to leave out'):
        drops(first(), cases=["X"])
    with pytest.raises(OptionError, match='"X" is no condition'):
        drops(first(), conditions=["X"])
    with pytest.raises(OptionError, match="nothing called 'cases' is dropped"):
        found.of("cases")  # type: ignore[arg-type]


CODED = {
    "one": {"A": [0.8, 0.9, 0.3, 0.1]},
    "two": {"A": [1.0, 0.7, 0.1, 0.1]},
    "three": {"A": [0.6, 0.2, 0.2, 0.1]},
}


def fuzzy() -> Analysis:
    frame = {"A": [0.8, 0.6, 0.2, 0.1], "Y": [1, 1, 0, 0], "case": list("PQRS")}
    return analysis(frame, outcome="Y", conditions=["A"], cases="case")


def test_the_only_case_and_the_only_condition_stay() -> None:
    alone = analysis({"A": [1], "B": [0], "Y": [1]}, outcome="Y", conditions=["A", "B"])
    assert [(one.kind, one.name) for one in drops(alone).drops] == [("condition", "A"), ("condition", "B")]
    assert drops(alone.changed(conditions=["A"])).drops == ()
    with pytest.raises(OptionError, match="every case is left out"):
        drops(alone, cases=["1"])


def test_a_coder_left_out_leaves_the_mean_or_the_median_of_the_others() -> None:
    without = {one.label: one.data.column("A").tolist() for one in alternatives(fuzzy(), CODED)}
    assert without["one"] == pytest.approx([0.8, 0.45, 0.15, 0.1])
    assert without["three"] == pytest.approx([0.9, 0.8, 0.2, 0.1])
    four = CODED | {"four": {"A": [0.0, 0.9, 0.9, 0.1]}}
    median = {
        one.label: one.data.column("A").tolist() for one in alternatives(fuzzy(), four, consensus="median")
    }
    assert median["one"] == pytest.approx([0.6, 0.7, 0.2, 0.1])


def test_each_coder_has_a_version_of_its_own() -> None:
    own = alternatives(fuzzy(), CODED, how="own")
    assert [one.data.column("A").tolist() for one in own] == [columns["A"] for columns in CODED.values()]
    assert [one.why for one in own] == [f"the scores of {name} alone" for name in CODED]


def test_coders_are_dropped_beside_cases_and_conditions() -> None:
    found = drops(fuzzy(), coders=CODED)
    assert [one.name for one in found.drops if one.kind == "coder"] == ["one", "two", "three"]
    # without two A is .7 .55 .25 .1: consistency 1.25 / 1.6 = .78, so that no row is positive; else A stays
    assert found.stays("coder") == (2, 3)
    assert found.of("coder")[0].name == "two"


def test_codes_are_settled_by_majority_and_a_tie_is_refused() -> None:
    frame = {"A": [1, 1, 0], "Y": [1, 1, 0], "case": list("PQR")}
    own = analysis(frame, outcome="Y", conditions=["A"], cases="case")
    coded = {
        name: {"A": values}
        for name, values in zip("abcd", ([1, 1, 0], [1, 0, 0], [1, 1, 1], [1, 1, 0]), strict=True)
    }
    (without, *_) = alternatives(own, coded, consensus="majority")
    assert without.data.column("A").tolist() == [1, 1, 0]
    with pytest.raises(OptionError, match='the codes of "A" are categories and have no mean'):
        alternatives(own, coded)
    with pytest.raises(DataError, match="without a the codes of A tie"):
        alternatives(own, {name: coded[name] for name in "abc"}, consensus="majority")


@pytest.mark.parametrize(
    ("coders", "options", "what"),
    [
        ({"one": CODED["one"]}, {"how": "own"}, "1 coder, where at least 2 are needed"),
        ({name: CODED[name] for name in ("one", "two")}, {}, "2 coders, where at least 3 are needed"),
        (CODED | {"two": {"B": [0, 0, 0, 0]}}, {}, "the coders give different columns"),
        (CODED | {"two": {}}, {}, "two gives no column"),
        (CODED | {"two": {"A": [0.1, 0.2]}}, {}, "two scores 2 cases in A, the analysis has 4"),
        (CODED, {"how": "withuot"}, "how cannot be 'withuot'"),
        (CODED, {"consensus": "meen"}, "consensus cannot be 'meen'"),
    ],
)
def test_what_coders_cannot_give_is_refused(
    coders: dict[str, object], options: dict[str, object], what: str
) -> None:
    with pytest.raises((OptionError, DataError)) as caught:
        alternatives(fuzzy(), coders, **options)  # type: ignore[arg-type]
    assert caught.value.what == what
