"""One way from data to a solution, and what another way differs in."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from concausa.cli.data_file import read
from concausa.core.errors import OptionError, UnknownNameError
from concausa.qca.analysis import Analysis, analysis
from concausa.qca.formulas import Formulas, formula_of
from concausa.qca.minimize import minimize
from concausa.qca.truth_table import truth_table
from concausa.sets.calibrate import calibrate
from concausa.sets.moved import memberships_by, moved

LIPSET = Path(__file__).parent.parent / "gold" / "data" / "Lipset.csv"
#: Anchors of Rihoux & Ragin (2009), table 5.2, on the raw values of the same table.
ANCHORS = {
    "GNPCAP": (400, 550, 900),
    "URBANIZA": (25, 50, 65),
    "LITERACY": (50, 75, 90),
    "INDLAB": (25, 30, 40),
    "GOVSTAB": (15, 9.5, 5),
}


def lipset(**options: Any) -> Analysis:
    calibrations = {name: {"anchors": values} for name, values in ANCHORS.items()}
    return analysis(
        read(LIPSET),
        outcome="SURVIVAL",
        conditions=list(ANCHORS),
        cases="CASEID",
        calibrations=calibrations,
        **options,
    )


def test_an_analysis_gives_what_calibrating_tabulating_and_minimising_by_hand_give() -> None:
    frame = read(LIPSET)
    scores = {name: calibrate(frame[name], anchors=values).memberships for name, values in ANCHORS.items()}
    table = truth_table(
        scores | {"SURVIVAL": frame["SURVIVAL"]}, outcome="SURVIVAL", conditions=list(ANCHORS), pri=0.5
    )
    by_hand = minimize(table, solution="parsimonious")
    found = lipset(solution="parsimonious", pri=0.5)
    assert found.formula == tuple(model.expression for model in by_hand.models)
    assert found.truth_table.codes.tolist() == table.codes.tolist()
    assert np.array_equal(found.truth_table.sums, table.sums)


@pytest.mark.parametrize(
    ("change", "direct"),
    [
        ({"consistency": 0.9}, {"consistency": 0.9}),
        ({"solution": "parsimonious"}, {"solution": "parsimonious"}),
        (
            {"contradictions": "remainder", "contradiction": 0.5},
            {"contradictions": "remainder", "contradiction": 0.5},
        ),
    ],
)
def test_a_changed_analysis_is_the_one_that_had_these_options_from_the_start(
    change: dict[str, Any], direct: dict[str, Any]
) -> None:
    changed, whole = lipset().changed(**change), lipset(**direct)
    assert changed.key() == whole.key() != lipset().key()
    assert changed.formula == whole.formula


def test_a_moved_anchor_is_a_calibration_with_that_anchor() -> None:
    changed = lipset().changed(anchors={("GNPCAP", "crossover"): 600, ("GOVSTAB", "full-in"): 4})
    raw = read(LIPSET)
    assert np.array_equal(
        changed.columns["GNPCAP"].scores, calibrate(raw["GNPCAP"], anchors=(400, 600, 900)).memberships
    )
    assert np.array_equal(
        changed.columns["GOVSTAB"].scores, calibrate(raw["GOVSTAB"], anchors=(15, 9.5, 4)).memberships
    )
    assert changed.settings()["calibrations"]["GNPCAP"]["anchors"]["values"] == [400.0, 600.0, 900.0]


@pytest.mark.parametrize(
    "options",
    [
        {"anchors": (10, 20, 30)},
        {"anchors": (30, 20, 10), "idm": "ragin"},
        {"anchors": (5, 10, 20, 25, 30, 40), "shape": "bell"},
        {"anchors": (5, 10, 20, 20, 30, 40), "shape": "inverted bell"},
        {"anchors": (10, 20, 30), "method": "linear", "above": 2.0},
        {"anchors": (5, 10, 20, 25, 30, 40), "shape": "bell", "method": "linear"},
        {"thresholds": (12, 25), "method": "multi-value"},
        {"thresholds": 20, "method": "crisp", "include": False},
    ],
)
def test_many_sets_of_anchors_at_once_give_to_the_last_digit_what_each_gives_alone(
    options: dict[str, Any],
) -> None:
    raw = np.linspace(0, 45, 37)
    one = calibrate(raw, **options)
    values = one.anchors.values
    curves = [np.array(values) + shift for shift in (-1.5, 0, 0.25)]
    together = memberships_by(one, np.array(curves))
    key = "anchors" if "anchors" in options else "thresholds"
    for curve, found in zip(curves, together, strict=True):
        given = curve.tolist() if len(curve) > 1 else curve[0]
        assert np.array_equal(found, calibrate(raw, **(options | {key: given})).memberships)


def test_cases_left_out_leave_anchors_as_they_are_and_places_among_all_move() -> None:
    frame = {"A": [1, 2, 3, 4], "B": [1, 2, 3, 4], "Y": [0, 0, 1, 1]}
    found = analysis(
        frame,
        outcome="Y",
        conditions=["A", "B"],
        cases=["w", "x", "y", "z"],
        calibrations={"A": {"anchors": (1, 2.5, 4)}, "B": {"method": "TFR"}},
    ).changed(without_cases=["z"])
    assert found.cases == ("w", "x", "y")
    assert found.columns["A"].scores[0] == pytest.approx(0.05)
    assert found.columns["B"].scores.tolist() == [0, 0.5, 1]


def test_no_positive_row_is_a_state_with_its_reason() -> None:
    found = analysis({"A": [1, 0], "Y": [0, 0]}, outcome="Y", conditions=["A"])
    assert found.solution is None
    assert found.formula == ()
    assert found.nothing.startswith("no row of the truth table is positive")
    on_the_border = analysis({"A": [0.5, 0.5], "Y": [1, 0]}, outcome="Y", conditions=["A"])
    assert on_the_border.solution is None
    assert "crossover" in on_the_border.nothing


def test_it_travels_without_what_was_worked_out_and_has_the_same_key_there() -> None:
    found = lipset(solution="parsimonious", expectations="GNPCAP, LITERACY", exclude=["~GNPCAP*INDLAB"])
    before = len(pickle.dumps(found))
    assert found.solution is not None
    there = pickle.loads(pickle.dumps(found))
    assert len(pickle.dumps(found)) == before < 20_000
    assert (there.key(), there.formula) == (found.key(), found.formula)


def test_the_key_is_about_scores_and_not_about_labels_or_anchors_that_move_no_case() -> None:
    frame = {"A": [1, 2, 3, 4], "Y": [0, 0, 1, 1]}
    options: dict[str, Any] = {"outcome": "Y", "conditions": ["A"]}
    one = analysis(frame, calibrations={"A": {"method": "crisp", "thresholds": 2.5}}, label="a", **options)
    two = analysis(frame, calibrations={"A": {"method": "crisp", "thresholds": 2.7}}, label="b", **options)
    other = analysis(frame, calibrations={"A": {"method": "crisp", "thresholds": 3.5}}, **options)
    assert one.key() == two.key() != other.key()


def test_fewer_conditions_take_with_them_what_names_them() -> None:
    found = lipset(
        solution="intermediate",
        expectations="GNPCAP, ~INDLAB, LITERACY*INDLAB",
        exclude=["~GNPCAP*INDLAB", "~GNPCAP*LITERACY", {"INDLAB": 0}, (0, 0, 0, 0, 0)],
    ).changed(conditions=["GNPCAP", "LITERACY"])
    assert found.expected.text == "GNPCAP"
    assert [one.text for one in found.exclude] == ["~GNPCAP*LITERACY"]


REFUSALS: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"anchors": {("GNPCAP", "crossover"): 960}}, OptionError, "GNPCAP: the anchors are out of order"),
    ({"anchors": {("GNPCAP", "crosover"): 560}}, UnknownNameError, 'GNPCAP has no anchor "crosover"'),
    ({"anchors": {("GNPAP", "crossover"): 560}}, UnknownNameError, 'the analysis has no column "GNPAP"'),
    ({"anchors": {("SURVIVAL", "crossover"): 1}}, OptionError, '"SURVIVAL" was given as memberships'),
    ({"without_cases": ["AUX"]}, UnknownNameError, 'there is no case "AUX" to leave out'),
    ({"consistncy": 0.9}, OptionError, "changed has no option 'consistncy'"),
    ({"conditions": ["GNPCAP", "LITERCY"]}, UnknownNameError, 'the analysis has no column "LITERCY"'),
    ({"conditions": ["GNPCAP", "SURVIVAL"]}, OptionError, '"SURVIVAL" is both outcome and condition'),
]


@pytest.mark.parametrize(("change", "kind", "text"), REFUSALS, ids=[text for _, _, text in REFUSALS])
def test_a_change_that_cannot_be_is_refused(change: dict[str, Any], kind: type[Exception], text: str) -> None:
    with pytest.raises(kind) as caught:
        lipset().changed(**change)
    assert text in str(caught.value)


def test_a_calibration_of_a_column_that_is_not_analysed_is_refused() -> None:
    with pytest.raises(UnknownNameError, match='a calibration is given for "GNP", which is not analysed'):
        analysis({"A": [1, 0], "Y": [1, 0]}, outcome="Y", conditions=["A"], calibrations={"GNP": {}})


def test_only_a_method_with_anchors_can_be_moved() -> None:
    with pytest.raises(OptionError, match="'TFR' has no anchors that can be moved"):
        moved(calibrate([1, 2, 3], method="TFR"), {"crossover": 2})


def test_rows_coded_alike_have_one_formula_whatever_their_order_and_remainders() -> None:
    found = lipset(solution="parsimonious")
    table = found.truth_table
    formulas = Formulas(found)
    formula = formulas.of(table.configurations, table.codes)
    assert formula == formula_of(found.solution)
    assert formula.models == found.formula
    assert formulas.of(table.configurations[::-1], table.codes[::-1]) is formula
    unseen = np.ones((1, 5), dtype=np.int8) * np.array([1, 0, 1, 0, 1], dtype=np.int8)
    more = np.concatenate([table.configurations, unseen])
    assert formulas.of(more, np.append(table.codes, "?")) is formula
    assert len(formulas) == 1


def test_the_core_is_what_all_models_share() -> None:
    frame = {"A": [1, 1, 0, 0, 0], "B": [1, 0, 1, 0, 1], "C": [0, 1, 1, 0, 0], "Y": [1, 1, 1, 0, 0]}
    found = analysis(frame, outcome="Y", conditions=["A", "B", "C"], solution="parsimonious")
    formula = formula_of(found.solution)
    by_hand = set.intersection(*(set(model.split(" + ")) for model in formula.models))
    assert set(formula.core) == by_hand


def test_calibrations_made_before_need_no_column_of_the_frame() -> None:
    found = analysis(
        {"Y": [1, 1, 0]},
        outcome="Y",
        conditions=["A"],
        calibrations={"A": calibrate([30, 25, 10], anchors=(5, 20, 35), name="A")},
    )
    assert found.formula == ("A",)
    assert found.changed(anchors={("A", "crossover"): 28}).columns["A"].scores[1] < 0.5


def test_a_misspelt_condition_is_told_before_the_calibration_that_it_lacks() -> None:
    frame = {"GNP": [1, 2], "LIT": [1, 0], "Y": [1, 0]}
    with pytest.raises(UnknownNameError) as caught:
        analysis(frame, outcome="Y", conditions=["GNQ", "LIT"], calibrations={"GNP": {"anchors": (0, 1, 2)}})
    assert caught.value.fix == 'did you mean "GNP"?'
