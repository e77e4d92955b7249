"""Test sets of analyses: core, parameters over all test solutions, models, refusals and what is printed."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from tests.gold.study import columns
from tests.qca.charted import outside, overlapping, rows

from concausa.core.errors import DataError, OptionError, UnknownNameError
from concausa.expr.algebra import equivalent
from concausa.qca.analysis import Analysis, analysis
from concausa.qca.robustness.robustness_tests import RobustnessTests, robustness_tests
from concausa.qca.truth_table import truth_table
from concausa.sets import fit

FRAME = {
    "case": list("abcde"),
    "A": [0.9, 0.8, 0.7, 0.2, 0.1],
    "B": [0.8, 0.3, 0.9, 0.7, 0.2],
    "Y": [0.9, 0.6, 0.8, 0.4, 0.1],
}


def first(**options: object) -> Analysis:
    return analysis(FRAME, outcome="Y", conditions=["A", "B"], cases="case", **options)  # type: ignore[arg-type]


def lipset() -> Analysis:
    raw = columns("Lipset_fs")
    names = {"Developed": "DEV", "Urban": "URB", "Literate": "LIT", "Industrial": "IND"}
    frame = {short: raw[long] for long, short in names.items()}
    anchors = {"DEV": (400, 550, 900), "URB": (25, 50, 65), "LIT": (50, 75, 90), "IND": (20, 30, 40)}
    return analysis(
        frame | {"STB": raw["Unstable"], "SURV": raw["Survived"], "country": raw["Country"]},
        outcome="SURV",
        conditions=["DEV", "URB", "LIT", "IND", "STB"],
        cases="country",
        calibrations={
            **{name: {"anchors": values} for name, values in anchors.items()},
            "STB": {"anchors": (15, 9.5, 5)},
            "SURV": {"anchors": (-9, 0, 10)},
        },
        consistency=0.7,
        solution="parsimonious",
    )


@pytest.fixture(scope="module")
def tested() -> RobustnessTests:
    own = lipset()
    return robustness_tests(
        own,
        [
            own.changed(consistency=0.8, label="strict", why="the usual cut-off"),
            own.changed(anchors={("DEV", "crossover"): 650}, label="richer", why="another line of poverty"),
            own.changed(frequency=2, label="rare", why="single cases may be errors"),
        ],
    )


def test_the_parameters_follow_from_the_memberships_of_all_test_solutions(tested: RobustnessTests) -> None:
    # minTS and maxTS taken anew from each solution, in each test's own calibration
    sets = [one.memberships[0] for one in (tested.initial, *tested.tests)]
    own, least, greatest = sets[0], np.minimum.reduce(sets[1:]), np.maximum.reduce(sets[1:])
    y = tested.initial.outcome
    core = np.minimum(own, least)
    found = tested.fit()
    assert found.rf_cov == pytest.approx(fit.coverage(core, y) / fit.coverage(own, y))
    assert found.rf_cons == pytest.approx(fit.consistency(own, y) / fit.consistency(core, y))
    assert found.rf_sc_min == pytest.approx(np.minimum(own, least).sum() / np.maximum(own, least).sum())
    assert found.rf_sc_max == pytest.approx(np.minimum(own, greatest).sum() / np.maximum(own, greatest).sum())


def test_a_test_rests_on_its_own_calibration() -> None:
    own = lipset()
    other = own.changed(anchors={("DEV", "crossover"): 650}, label="richer")
    found = robustness_tests(own, [other])
    table = truth_table(
        {name: other.data.column(name) for name in other.data.names},
        outcome="SURV",
        conditions=list(own.conditions),
        consistency=0.7,
    )
    dev, stb = table.data.column("DEV"), table.data.column("STB")
    place = found.tests[0].formula.models.index("~DEV*URB + DEV*STB")
    urb = table.data.column("URB")
    expected = np.maximum(np.minimum(1 - dev, urb), np.minimum(dev, stb))
    assert found.tests[0].memberships[place] == pytest.approx(expected)


def test_the_core_is_what_all_solutions_share_as_an_expression() -> None:
    # A*B, A and B share A*B; A and B make A + B
    frame = {"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 0, 0, 0], "X": [1, 1, 0, 0], "Z": [1, 0, 1, 0]}
    own = analysis(frame, outcome="Y", conditions=["A", "B"], also=["X", "Z"])
    tests = [own.changed(outcome="X", label="X"), own.changed(outcome="Z", label="Z")]
    found = robustness_tests(own, tests)
    assert (found.initial.model, [one.model for one in found.tests]) == ("A*B", ["A", "B"])
    assert (found.core, found.minimal, found.maximal) == ("A*B", "A*B", "A + B")


def test_the_hard_test_takes_every_model_and_the_other_models_of_the_initial_solution(
    tested: RobustnessTests,
) -> None:
    assert tested.ambiguous
    labels = tested.hard_labels
    assert {label: labels.count(label) for label in labels} == {"strict": 1, "richer": 5, "rare": 2}
    assert (tested.hard.core <= tested.soft.core + 1e-12).all()
    own = tested.tests[1].analysis
    again = robustness_tests(own, [own.changed(consistency=0.8, label="strict")])
    assert again.hard_labels.count("another model of IS") == 4


def test_another_model_can_stand_for_an_analysis_in_the_soft_test() -> None:
    own = lipset()
    other = own.changed(frequency=2, label="rare")
    one, two = (robustness_tests(own, [other], choose={"rare": place}) for place in (0, 1))
    assert (one.tests[0].model, two.tests[0].model) == ("DEV", "LIT*STB")
    assert one.fit().rf_sc_min != two.fit().rf_sc_min
    assert one.fit("hard") == two.fit("hard")


def test_a_test_without_positive_rows_counts_as_the_empty_set_and_is_told_on_top() -> None:
    own = first()
    found = robustness_tests(own, [own.changed(frequency=6, label="none")])
    assert found.core == "0"
    assert math.isnan(found.fit().rf_cons)
    assert {one.case: one.left_out_by for one in found.cases() if one.zone == "shaky"} == dict.fromkeys(
        "abc", ("none",)
    )
    assert str(found).startswith("! none has no solution (no row of the truth table is positive")


def test_other_outcomes_are_given_beside_the_initial_one() -> None:
    own = lipset()
    other = own.changed(calibrations={"SURV": {"anchors": (-10, 2, 10)}}, label="later")
    found = robustness_tests(own, [other, own.changed(consistency=0.8, label="strict")])
    assert list(found.outcomes) == ["IS", "later"]
    core, y = found.soft.core, other.data.column("SURV")
    expected = fit.coverage(core, y) / fit.coverage(found.initial.chosen, y)
    assert found.fit("soft", "later").rf_cov == pytest.approx(expected)
    assert found.fit("soft", "later").rf_cov != pytest.approx(found.fit().rf_cov)
    assert found.table().column("outcome")[1].text == "later"
    with pytest.raises(UnknownNameError, match='no outcome of its own is known for "strict"'):
        found.fit("soft", "strict")


def test_the_tests_tell_what_goes_and_comes(tested: RobustnessTests) -> None:
    strict = tested.comparisons[0]
    assert (strict.same, strict.gone, strict.new) == (False, ("DEV*STB",), ("DEV*~IND", "URB*STB"))


def test_doubts_are_told(tested: RobustnessTests) -> None:
    own = lipset()
    bare = robustness_tests(own, [own.changed(consistency=0.69)])
    assert {one.kind for one in bare.caveats} >= {"no-reason", "unmoved", "few-cases"}
    assert {one.kind for one in tested.caveats} >= {"ambiguous", "calibrated-otherwise"}
    crisp = analysis(
        {"A": [1, 2, 9], "Y": [0, 0, 1]}, outcome="Y", conditions=["A"],
        calibrations={"A": {"method": "crisp", "thresholds": 5}},
    )  # fmt: skip
    idle = robustness_tests(crisp, [crisp.changed(anchors={("A", "threshold"): 6}, why="a guess")])
    assert "idle" in {one.kind for one in idle.caveats}


def test_the_memo_stands_within_eighty_columns(tested: RobustnessTests) -> None:
    assert max(map(len, str(tested).splitlines())) <= 80
    assert "robust typical: Belgium, Czechoslovakia" in str(tested)
    assert repr(tested) == "<RobustnessTests: DEV*STB under 3 tests, the same in 0>"
    assert "<table" in tested._repr_html_()


def test_everything_is_plain_json(tested: RobustnessTests) -> None:
    data = json.loads(json.dumps(tested.data(), allow_nan=False))
    assert [one["label"] for one in data["tests"]] == ["strict", "richer", "rare"]
    assert data["fit"]["soft"]["IS"]["rf_cov"] == tested.fit().rf_cov
    assert len(data["cases"]["hard"]) == 18


def test_the_cases_are_drawn_and_named_with_their_zone(tested: RobustnessTests) -> None:
    chart = tested.chart()
    drawn = {(case, row["type"]) for row in rows(chart, "point") if "cases" in row for case in row["cases"]}
    assert drawn == {(one.case, one.type) for one in tested.cases()}
    assert overlapping(chart) == []
    assert outside(chart) == []


def test_the_terms_are_drawn_as_every_test_keeps_them(tested: RobustnessTests) -> None:
    chart = tested.terms_chart()
    held = {(row["test"], row["term"]): row["held"] for row in rows(chart, "rect") if "held" in row}
    assert held["initial solution", "DEV*STB"] == "every"
    assert held["richer", "DEV*STB"] == "some"
    assert held["strict", "DEV*STB"] == "none"
    shares = [row["coincidence"] for row in rows(chart, "rect") if "coincidence" in row]
    assert shares == [one.coincidence for one in tested.comparisons]
    assert overlapping(chart) == []
    assert outside(chart) == []


def test_multi_value_conditions_and_a_negated_outcome_are_tested_as_well() -> None:
    frame = {"A": [2, 2, 1, 0], "B": [1, 0, 1, 0], "Y": [0, 0, 0, 1]}
    own = analysis(frame, outcome="~Y", conditions=["A", "B"])
    found = robustness_tests(
        own, [own.changed(solution="parsimonious", label="short", why="no remainder excluded")]
    )
    assert found.initial.outcome.tolist() == [1, 1, 1, 0]
    assert found.initial.model == "A{2} + A{1}*B"
    assert found.tests[0].formula.models == ("A{2} + A{1}", "A{2} + B")
    assert equivalent(found.core or "", "A{2} + A{1}*B", values={"A": 3})
    assert {one.case: one.zone for one in found.cases()} == dict.fromkeys("123", "robust") | {"4": "outside"}


def refuse(tests: list[Analysis], **options: object) -> str:
    with pytest.raises((OptionError, DataError, UnknownNameError)) as caught:
        robustness_tests(first(), tests, **options)  # type: ignore[arg-type]
    return str(caught.value.what)


def test_what_cannot_be_tested_is_refused() -> None:
    own = first()
    assert refuse([]) == "there is no test solution"
    assert refuse([own.changed(why="the same")]) == "TS1 differs in nothing from the initial analysis"
    strict = [own.changed(consistency=0.9, label=label) for label in ("one", "two")]
    assert refuse(strict) == "two differs in nothing from one"
    assert refuse([strict[0], own.changed(pri=0.9, label="one")]) == 'two analyses are called "one"'
    fewer = own.changed(without_cases=["a"], label="fewer")
    assert refuse([fewer]) == "fewer has other cases than the initial analysis"
    assert refuse(strict[:1], choose={"oen": 0}) == 'a model is chosen for "oen", which is no analysis here'
    assert refuse(strict[:1], choose={"one": 1}) == "one has no model 1"


def test_an_initial_analysis_without_a_solution_is_refused() -> None:
    own = first(frequency=6)
    with pytest.raises(DataError, match="the initial analysis has no solution: no row of the truth table"):
        robustness_tests(own, [own.changed(frequency=1, label="one")])
