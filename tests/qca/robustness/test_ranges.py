"""How far an anchor or a cut-off can move before a solution changes."""

from __future__ import annotations

import json
import pickle
from math import inf
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gold.study import columns
from tests.reference.stepped_ranges import models_at

from concausa.core.errors import OptionError, UnknownNameError
from concausa.qca.analysis import Analysis, analysis
from concausa.qca.robustness.formula_map import formula_map
from concausa.qca.robustness.ranges import Ranges, ranges, strip
from concausa.qca.robustness.strips import strips

#: What lies this near to an end, as a share of the data's range, is not asked about: scores count to nine digits.
NEAR = 1e-7
#: A made analysis that has a solution, with anchors of several kinds.
FOUND = 4


def linear(value: float) -> Analysis:
    """One condition with full-in at *value*: memberships ½ + 3/2s, ½ + 1/2s and .2, where s = 1 / (full-in − 5)."""
    return analysis(
        {"A": [8, 6, 2], "Y": [1, 0, 0]},
        outcome="Y",
        conditions=["A"],
        calibrations={"A": {"method": "linear", "anchors": (0, 5, value)}},
        consistency=0.52,
    )


def lipset(solution: str, **options: Any) -> Analysis:
    """Scores of Ragin (2009), table 5.2, with the cut-off of .8."""
    raw = columns("Lipset_fs")
    names = {"Developed": "DEV", "Urban": "URB", "Literate": "LIT", "Industrial": "IND", "Stable": "STB"}
    frame = {short: raw[f"{long}.FZ"] for long, short in (names | {"Survived": "SURV"}).items()}
    conditions = list(names.values())
    return analysis(frame, outcome="SURV", conditions=conditions, solution=solution, **options)


def test_where_a_row_passes_a_cut_off_is_what_algebra_says() -> None:
    # Row A: (½ + 3/2 s) / (6/5 + 2s) reaches .52 from s = .124 / .46 on, so up to 5 + .46 / .124 = 5 + 115/31.
    found = ranges(linear(8.5))["A full-in"]
    assert found.upper.kind == "change"
    assert found.upper.value == pytest.approx(5 + 115 / 31, abs=1e-6)
    assert found.upper.beyond is not None
    assert found.upper.beyond.nothing == "no row of the truth table is positive"
    assert [str(row) for row in found.upper.rows] == ["A 1 → 0"]
    # Below 8 the first case is full in: 1 / (6/5 + ½ + ½ s) reaches .52 up to s = 29/65.
    assert found.lower.value == pytest.approx(5 + 65 / 29, abs=1e-6)


def test_a_crossover_ends_at_the_raw_value_of_the_case_that_changes_sides() -> None:
    # B alone tells y apart from x: once A's crossover reaches 30, x is on the border and its row is no longer seen.
    frame = {"A": [10, 20, 30, 40], "B": [1, 1, 0, 1], "Y": [0, 0, 0, 1]}
    first = analysis(
        frame,
        outcome="Y",
        conditions=["A", "B"],
        cases=["v", "w", "x", "y"],
        calibrations={"A": {"anchors": (0, 25, 50)}},
        consistency=0.6,
        solution="parsimonious",
    )
    assert first.formula == ("A*B",)
    found = ranges(first)["A crossover"]
    assert found.upper.value == 30.0
    assert (found.upper.closed, found.upper.exact, found.upper.cases) == (False, True, ("x",))
    assert [str(row) for row in found.upper.rows] == ["A*~B 0 → unobserved"]
    assert found.upper.beyond is not None
    assert found.upper.beyond.models == ("A",)


@pytest.mark.parametrize(("include", "told"), [(True, "20 (excluded) to 40"), (False, "20 to 40 (excluded)")])
def test_a_threshold_ends_at_raw_values_one_of_which_it_may_take(include: bool, told: str) -> None:
    # Above 30 x is out, a row with half of its cases in the outcome is negative, and A stays; above 40 none is in.
    frame = {"A": [10, 20, 30, 40], "Y": [0, 0, 1, 1]}
    calibrations = {"A": {"method": "crisp", "thresholds": 25, "include": include}}
    first = analysis(
        frame, outcome="Y", conditions=["A"], cases=["v", "w", "x", "y"], calibrations=calibrations
    )
    found = ranges(first)["A threshold"]
    assert found.told() == told
    assert found.lower.cases == ("w",)
    assert found.upper.cases == ("y",)
    assert found.lower.exact
    assert found.upper.exact


def test_a_case_on_the_crossover_of_the_outcome_still_belongs_to_its_row() -> None:
    # Row A is the first case alone, whose outcome is .5: its consistency is the crossover's doing, .5 at 50 exactly.
    frame = {"A": [1, 0, 0, 0], "Y": [50, 10, 20, 90]}
    calibrations = {"Y": {"anchors": (0, 50, 100)}}
    first = analysis(frame, outcome="Y", conditions=["A"], calibrations=calibrations, consistency=0.5)
    assert first.formula == ("A",)
    found = ranges(first)
    crossover = found["Y crossover"].upper
    assert crossover.kind == "change"
    assert crossover.value == pytest.approx(50, abs=1e-6)
    assert [str(row) for row in crossover.rows] == ["A 1 → 0"]
    # Lower down only the other row changes, and with both rows positive nothing is left to tell apart.
    full_out = found["Y full-out"].lower
    assert [str(row) for row in full_out.rows] == ["~A 0 → 1"]
    assert full_out.cases == ()
    assert full_out.beyond is not None
    assert full_out.beyond.models == ("1",)


def test_no_bound_a_neighbour_an_end_of_the_scale_and_a_spent_budget_are_four_things() -> None:
    frame = {"A": [10, 20, 30, 40], "B": [1, 1, 1, 1], "Y": [1, 1, 1, 1]}
    calibrations = {"A": {"method": "multi-value", "thresholds": (15, 35)}}
    first = analysis(
        frame, outcome="Y", conditions=["A", "B"], calibrations=calibrations, solution="parsimonious"
    )
    found = ranges(first)
    first_step, cut = found["A threshold 1"], found["consistency"]
    assert (first_step.lower.kind, first_step.lower.proved) == ("none", True)
    assert (first_step.upper.kind, first_step.upper.name) == ("neighbour", "threshold 2")
    assert (cut.upper.kind, cut.upper.value, cut.upper.closed) == ("scale", 1.0, True)
    spent = ranges(linear(8.5), budget=1)
    assert {end.kind for end in (spent["A full-in"].lower, spent["A full-in"].upper)} == {"budget"}
    texts = [one.told() for one in (first_step, cut, spent["A full-in"])]
    assert texts[0] == "no bound to 35 (threshold 2)"
    assert texts[2] == "not found within the budget to not found within the budget"
    data = [one.data() for one in (first_step, cut, spent["A full-in"])]
    assert [one["lower"]["kind"] for one in data] == ["none", "scale", "budget"]
    assert data[0]["lower"]["value"] is None
    assert data[0]["upper"]["neighbour"] == "threshold 2"
    assert next(iter(spent.caveats)).kind == "budget"


@pytest.mark.parametrize("solution", ["conservative", "parsimonious"])
def test_ranges_of_cut_offs_are_the_published_measures_of_the_rows(solution: str) -> None:
    # QCA3 vignette, page 7: rows of .9042 and .8043 are positive at .8, the next has .7088; their PRIs are .8858 and
    # .7194, and that of the next .6344; sizes are 4 and 2.
    found = ranges(lipset(solution))
    consistency = found["consistency"]
    assert consistency.lower.value == pytest.approx(0.7087719, abs=5e-8)
    assert consistency.upper.value == pytest.approx(0.8042705, abs=5e-8)
    assert (consistency.lower.closed, consistency.upper.closed) == (False, True)
    assert [str(row) for row in consistency.lower.rows] == ["DEV*~URB*LIT*IND*STB 0 → 1"]
    assert (found["pri"].lower.kind, found["pri"].lower.value) == ("scale", 0.0)
    assert found["pri"].upper.value == pytest.approx(0.71938776, abs=5e-8)
    if solution == "conservative":
        assert (found["frequency"].upper.value, found["frequency"].upper.closed) == (2.0, True)


def test_published_formulas_at_other_cut_offs_lie_beyond_the_range() -> None:
    # Rihoux & Ragin (2009), 112 and 114: .7; by the table of rows .9 leaves 11111 alone.
    found = ranges(lipset("parsimonious"))["consistency"]
    assert found.lower.beyond is not None
    assert found.lower.beyond.models == ("DEV*STB",)
    assert found.upper.beyond is not None
    assert found.upper.beyond.models == ("URB*STB",)
    assert 0.7 not in found
    assert 0.8 in found
    assert 0.9 not in found


def test_a_contradiction_cut_off_stands_between_0_and_the_consistency_cut_off() -> None:
    first = lipset("parsimonious", contradiction=0.5, contradictions="remainder")
    found = ranges(first)
    assert found["consistency"].data_range == (0.0, 1.0)
    inside = found["contradiction"]
    # Rows of .5209, .5286 and .7088 are C; that of .4453 is 0.
    assert inside.table_lower.value == pytest.approx(0.4452555, abs=5e-8)
    assert inside.table_upper.value == pytest.approx(0.5209003, abs=5e-8)


def made(seed: int, scale: float = 1.0, shift: float = 0.0) -> tuple[Analysis, dict[str, Any]]:
    """A small analysis with calibrations of a random kind, and all that made it."""
    rng = np.random.default_rng(seed)
    cases, names = int(rng.integers(6, 14)), list("ABC")[: int(rng.integers(1, 4))]
    raw: dict[str, Any] = {}
    calibrations: dict[str, Any] = {}
    for name in (*names, "Y"):
        values = np.round(rng.normal(50, 15, cases), int(rng.integers(0, 3)))
        places = np.quantile(values, [0.1, 0.3, 0.45, 0.6, 0.7, 0.9]) + np.arange(6) * 1e-3 + 0.013
        q = (places * scale + shift).tolist()
        raw[name] = values * scale + shift
        kind = rng.choice(["rising", "linear", "crisp", "codes", "bell", "falling", "plain"])
        if kind == "codes" and name == "Y":
            kind = "rising"
        if kind == "plain":
            raw[name] = np.round(rng.random(cases), 2)
        else:
            calibrations[name] = {
                "rising": {"anchors": (q[0], q[2], q[5])},
                "linear": {"method": "linear", "anchors": (q[0], q[2], q[5]), "above": 2.0},
                "crisp": {"method": "crisp", "thresholds": q[2], "include": bool(rng.random() < 0.5)},
                "codes": {"method": "multi-value", "thresholds": (q[1], q[4])},
                "bell": {"anchors": q, "shape": str(rng.choice(["bell", "inverted bell"]))},
                "falling": {"anchors": (q[5], q[2], q[0])},
            }[str(kind)]
    options: dict[str, Any] = {
        "outcome": str(rng.choice(["Y", "~Y"])),
        "conditions": names,
        "consistency": float(rng.choice([0.7, 0.8])),
        "pri": float(rng.choice([0, 0.5])),
        "frequency": int(rng.choice([1, 1, 2])),
        "solution": str(rng.choice(["conservative", "parsimonious"])),
    }
    made_of = {"raw": raw, "calibrations": calibrations, "options": options}
    return analysis(raw, calibrations=calibrations, **options), made_of


def asked(found: Any, raw: Any) -> list[float]:
    """Values at which a range can be put to the test: a grid, both sides of its ends, and raw values."""
    if found.name == "frequency":
        return [float(value) for value in range(1, int(found.data_range[1]) + 2)]
    low, high = found.data_range
    width = high - low
    near = [
        end.value + side * width * share
        for end in (found.lower, found.upper)
        for side in (-1, 1)
        for share in (1e-3, 2 * NEAR)
    ]
    return [*np.linspace(low - 0.4 * width, high + 0.4 * width, 5).tolist(), *near, *raw[:3]]


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 5000))
def test_a_range_holds_its_own_centre_and_stepping_through_it_never_contradicts_it(seed: int) -> None:
    first, made_of = made(seed)
    if first.solution is None:
        return
    # A third of the parameters, whichever, so that more analyses are looked at in the same time.
    for found in ranges(first).ranges[seed % 3 :: 3]:
        assert found.lower.value <= found.table_lower.value <= found.value
        assert found.upper.value >= found.table_upper.value >= found.value
        width = found.data_range[1] - found.data_range[0]
        raw = first.calibrations[found.column].raw.tolist() if found.column else []
        for value in asked(found, raw):
            models = models_at(**made_of, parameter=(found.column, found.name), value=value)
            if models is None:
                continue
            if (
                value in found
                and min(abs(value - end.value) for end in (found.lower, found.upper)) > NEAR * width
            ):
                assert models == first.formula, (found, value)
        for end, side in ((found.lower, -1), (found.upper, 1)):
            if end.kind != "change":
                continue
            beyond = end.value + side * (1 if found.name == "frequency" else 2 * NEAR * width)
            if end.closed is False and not end.width:
                beyond = end.value
            models = models_at(**made_of, parameter=(found.column, found.name), value=beyond)
            assert models != first.formula, (found, end)


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 5000), scale=st.sampled_from([1e-9, 0.25, 1e9]))
def test_ranges_scale_with_the_unit_of_the_raw_values(seed: int, scale: float) -> None:
    first, _ = made(seed)
    if first.solution is None:
        return
    other, _ = made(seed, scale=scale)
    for one, two in zip(ranges(first), ranges(other), strict=True):
        times = scale if one.column else 1.0
        width = one.data_range[1] - one.data_range[0]
        for end, same in ((one.lower, two.lower), (one.upper, two.upper)):
            assert (end.kind, end.closed, end.cases) == (same.kind, same.closed, same.cases)
            assert same.value / times == pytest.approx(end.value, abs=1e-8 * width, rel=1e-9)


def test_ranges_move_with_the_zero_of_the_raw_values() -> None:
    first, _ = made(FOUND)
    other, _ = made(FOUND, shift=1000.0)
    assert first.solution is not None
    moved = 0
    for one, two in zip(ranges(first), ranges(other), strict=True):
        shift = 1000.0 if one.column else 0.0
        moved += one.column != ""
        assert two.lower.value - shift == pytest.approx(one.lower.value, abs=1e-7)
        assert two.upper.value - shift == pytest.approx(one.upper.value, abs=1e-7)
    assert moved > 0


@pytest.mark.filterwarnings("error")
def test_anchors_far_from_zero_have_the_ends_of_those_near_it() -> None:
    # A million more on every raw value and anchor: neighbours 7 apart are then nearer than a share can tell.
    def ends(base: float) -> list[tuple[str, bool | None, float]]:
        raw = [2.0, 6.0, 9.0, 12.0, 14.0, 18.0]
        found = ranges(
            analysis(
                {"A": [base + value for value in raw], "Y": [0, 0.2, 0.4, 0.7, 0.6, 1]},
                outcome="Y",
                conditions=["A"],
                calibrations={"A": {"anchors": (base + 4, base + 11, base + 15.5)}},
                consistency=0.7,
            )
        )
        anchors = [one for one in found.ranges if one.column]
        return [(end.kind, end.closed, end.value) for one in anchors for end in (one.lower, one.upper)]

    near, far = ends(0), ends(1e6)
    assert [end[:2] for end in near] == [end[:2] for end in far]
    assert [end[2] for end in far] == pytest.approx([1e6 + end[2] for end in near], abs=1e-6)
    assert ("neighbour", False) in [end[:2] for end in near]


def test_the_core_stays_at_least_as_long_as_the_formula() -> None:
    for seed in (1, 4):
        first, _ = made(seed)
        whole, core = ranges(first), ranges(first, hold="core")
        for one, two in zip(whole, core, strict=True):
            assert two.lower.value <= one.lower.value
            assert two.upper.value >= one.upper.value


def test_workers_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = made(FOUND)
    alone = ranges(first)

    def elsewhere(function: Any, jobs: list[Any], **options: Any) -> list[Any]:
        assert len(jobs) == 5
        assert options == {"workers": 2, "scheduler": None}
        return [pickle.loads(pickle.dumps(function(pickle.loads(pickle.dumps(job))))) for job in jobs]

    monkeypatch.setattr("concausa.qca.robustness.ranges.spread", elsewhere)
    assert ranges(first, workers=2).data() == alone.data()


def test_a_strip_has_the_formula_of_every_stretch_and_the_range_in_the_middle() -> None:
    first, made_of = made(FOUND)
    for found in ranges(first):
        parts = strip(first, found.label)
        home = next(
            one for one in parts if one[0] <= found.value <= one[1] and one[2].models == first.formula
        )
        if found.lower.kind == "change":
            assert home[0] == pytest.approx(found.lower.value)
        if found.upper.kind == "change":
            assert home[1] == pytest.approx(found.upper.value)
        for low, high, formula in parts:
            start, stop = max(low, found.data_range[0] - 1), min(high, found.data_range[1] + 1)
            if stop - start > 1e-6:
                middle = stop if found.name == "frequency" else (start + stop) / 2
                models = models_at(**made_of, parameter=(found.column, found.name), value=middle)
                assert models == formula.models


def shown() -> Ranges:
    frame = {"A": [10, 20, 30, 40], "B": [0, 1, 1, 0], "Y": [0, 0, 1, 0]}
    calibrations = {"A": {"method": "crisp", "thresholds": 25}}
    cases = ["Ahome", "Bhome", "Chome", "Dhome"]
    return ranges(analysis(frame, outcome="Y", conditions=["A", "B"], cases=cases, calibrations=calibrations))


def test_the_memo_names_what_brings_each_change_within_80_columns() -> None:
    memo = str(shown())
    assert max(map(len, memo.splitlines())) <= 80
    assert "A threshold  25     20 (excluded)" in " ".join(memo.split("\n")) or "20 (excluded)" in memo
    assert "moved by Bhome" in memo
    assert repr(shown()) == "<Ranges of 4 parameters of Y: the formula is held>"


def test_the_table_and_the_json_have_the_same_numbers() -> None:
    found = shown()
    data = json.loads(json.dumps(found.data()))
    for row, one in zip(found.table(), data["ranges"], strict=True):
        assert row["value"].data == one["value"]
        assert row["lower"].data in (one["lower"]["value"], row["lower"].text)
    assert [caveat["kind"] for caveat in data["caveats"]] == ["alone", "small-n", "uncalibrated"]
    assert found.cite()[0].startswith("Oana & Schneider (2024)")


def test_the_chart_speaks_of_every_parameter() -> None:
    chart = shown().chart()
    assert all(one.label in chart.alt for one in shown())
    assert "A threshold is 25; range 20 (excluded) to 30." in chart.alt


def test_ambiguous_solutions_say_how_many_models_are_held() -> None:
    frame = {"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "C": [0, 1, 1, 0], "Y": [1, 1, 1, 0]}
    first = analysis(frame, outcome="Y", conditions=["A", "B", "C"], solution="parsimonious")
    found = ranges(first)
    assert found.formula.n_models > 1
    assert "ambiguous" in [caveat.kind for caveat in found.caveats]
    with pytest.raises(OptionError, match="no term is in every model"):
        ranges(first, hold="core")


def test_without_a_solution_there_is_no_range() -> None:
    first = analysis({"A": [1, 0], "Y": [0, 0]}, outcome="Y", conditions=["A"])
    with pytest.raises(OptionError, match="there is no solution of which ranges could be looked for"):
        ranges(first)


@pytest.mark.parametrize(
    ("options", "kind", "text"),
    [
        ({"hold": "formul"}, OptionError, "hold cannot be 'formul'"),
        ({"budget": 0}, OptionError, "the budget is a number of rows × cells"),
        ({"parameters": ["A thresold"]}, UnknownNameError, 'did you mean "A threshold"?'),
        ({"holds": "core"}, OptionError, "ranges has no option 'holds'"),
    ],
)
def test_an_option_that_cannot_be_is_refused(
    options: dict[str, Any], kind: type[Exception], text: str
) -> None:
    with pytest.raises(kind) as caught:
        ranges(shown().analysis, **options)
    assert text in str(caught.value)


def test_a_range_that_was_not_asked_for_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match='did you mean "A threshold"'):
        _ = shown()["A treshold"]


def test_two_anchors_in_the_middle_of_a_bell_may_stand_at_one_value() -> None:
    frame = {"A": [30, 38, 44, 50, 53, 62, 70, 47], "Y": [0, 0, 1, 1, 1, 0, 0, 1]}
    calibrations = {"A": {"anchors": (30, 40, 50, 50, 60, 70), "shape": "bell"}}
    first = analysis(frame, outcome="Y", conditions=["A"], calibrations=calibrations, consistency=0.7)
    for one in ranges(first):
        assert one.value in one
    middle = ranges(first)["A full-in 1"].upper
    assert (middle.kind, middle.name, middle.closed) == ("neighbour", "full-in 2", True)


def test_beyond_a_range_rows_may_overlap_through_dont_care_which_is_a_state_too() -> None:
    # At 3.5 the first case's row ~A is positive alone; from 1 down it is A, and overlaps with negative rows of A.
    frame = {"A": [1, 2, 3, 4, 5, 6], "B": ["-", 1, 0, 1, "-", 0], "Y": [1, 1, 1, 0, 0, 0]}
    first = analysis(
        frame,
        outcome="Y",
        conditions=["A", "B"],
        calibrations={"A": {"method": "crisp", "thresholds": 3.5}},
        consistency=0.9,
    )
    found = ranges(first)["A threshold"]
    assert found.told() == "1 (excluded) to 4"
    assert found.upper.beyond is not None
    assert found.upper.beyond.nothing == "a positive and a negative row overlap through don't care"


def test_strips_show_what_can_move_least_and_formulas_that_come_back() -> None:
    # Both cases in the middle agree with Y against A's order: with 15 to 25 A is positive by 3 of 4, from 25 by 2 of 3.
    frame = {"A": [10, 20, 30, 40], "Y": [0, 1, 0, 1]}
    calibrations = {"A": {"method": "crisp", "thresholds": 35}}
    first = analysis(frame, outcome="Y", conditions=["A"], calibrations=calibrations, consistency=0.66)
    assert first.formula == ("A",)
    found = strips(ranges(first), ["A threshold"])
    # In are, from below: all four (2 of 4); 20 to 40 (2 of 3, above .66); 30 and 40 (1 of 2); 40; none.
    told = [(one.lower, one.upper, one.formula.text) for one in found.stretches]
    assert told == [
        (-inf, 10, "no solution"),
        (10, 20, "A"),
        (20, 30, "no solution"),
        (30, 40, "A"),
        (40, inf, "no solution"),
    ]
    assert [formula.text for formula in found.formulas] == ["A", "no solution"]
    assert [row["upper"].text for row in found.table()] == ["10", "20", "30", "40", "no bound"]
    assert "A threshold 30 to 40: A." in found.chart().alt
    assert found.data()[0]["lower"] is None
    assert {one.parameter for one in strips(ranges(first)).stretches} == {"A threshold", "consistency"}


def test_what_was_found_before_the_budget_ended_holds() -> None:
    first, _ = made(6)
    whole = ranges(first)
    spent = [ranges(first, budget=budget) for budget in (1, 300, 700)]
    for place, one in enumerate(whole):
        for found in spent:
            assert one.lower.value <= found.ranges[place].lower.value <= one.value
            assert one.upper.value >= found.ranges[place].upper.value >= one.value
    kinds = [{end.kind for one in found for end in (one.lower, one.upper)} for found in spent]
    assert all("budget" in found for found in kinds)
    assert "change" in kinds[-1]


def test_a_map_has_the_formula_at_every_point_and_says_where_anchors_would_cross() -> None:
    frame = {"A": [10, 20, 30, 40], "Y": [0, 1, 1, 1]}
    calibrations = {"A": {"method": "multi-value", "thresholds": (15, 35)}}
    first = analysis(frame, outcome="Y", conditions=["A"], calibrations=calibrations)
    found = formula_map(first, ("A threshold 1", 5, 45), ("consistency", 0.4, 0.9), steps=5)
    assert found.columns == (5, 15, 25, 35, 45)
    # At 5 the middle code holds 10 to 30: 2 of 3; at 25 the lowest holds 10 and 20: 1 of 2.
    low, high = ([one and set(one.text.split(" + ")) for one in found.cells[place]] for place in (0, -1))
    assert low == [{"A{1}", "A{2}"}, {"A{1}", "A{2}"}, {"1"}, None, None]
    assert high == [{"A{2}"}, {"A{1}", "A{2}"}, {"A{1}", "A{2}"}, None, None]
    same = sum(one is not None and one.models == first.formula for row in found.cells for one in row)
    assert found.share == same / 15
    assert len(found.table()) == 25
    assert found.data()["cells"][0][3] is None
    assert "of 5 × 5 points" in found.chart().alt


@pytest.mark.parametrize(
    ("axes", "text"),
    [
        ((("A threshold", 1, 2), ("A threshold", 1, 2)), "both parameters are the same"),
        ((("A threshold", 2, 1), ("pri", 0, 1)), "an interval runs from a lower to a higher number"),
        ((("A treshold", 1, 2), ("pri", 0, 1)), 'did you mean "A threshold"?'),
    ],
)
def test_a_map_of_what_cannot_be_is_refused(axes: Any, text: str) -> None:
    with pytest.raises((OptionError, UnknownNameError)) as caught:
        formula_map(shown().analysis, *axes)
    assert text in str(caught.value)
