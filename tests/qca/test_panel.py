"""Panels and clusters: pooled, between and within fit, distances, solutions side by side, refusals."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference import panel as twin

import concausa as cc
from concausa.core.errors import ConcausaError
from concausa.qca.panel.distance import distance
from concausa.qca.panel.panel import Panel, panel

# Two states in three years. By hand, with x = min(A, B):
#   x    N: .8 .6 .2   P: .4 .9 .1      Y    N: .9 .4 .7   P: .6 .3 .1
#   min  N: .8 .4 .2   P: .4 .3 .1
STATES: dict[str, list[Any]] = {
    "state": ["N", "N", "N", "P", "P", "P"],
    "year": [2000, 2005, 2010, 2000, 2005, 2010],
    "A": [0.8, 0.6, 0.9, 0.4, 1.0, 0.1],
    "B": [1.0, 0.7, 0.2, 0.7, 0.9, 0.8],
    "Y": [0.9, 0.4, 0.7, 0.6, 0.3, 0.1],
}


def states(**more: Any) -> Panel:
    """The panel of the two states for A*B."""
    return panel(STATES, unit="state", period="year", outcome="Y", **({"expression": "A*B"} | more))


def test_pooled_between_and_within_consistencies_and_coverages_by_hand() -> None:
    one = states().diagnosis("A*B")
    assert one.pooled.consistency == pytest.approx(2.2 / 3.0)
    assert one.pooled.coverage == pytest.approx(2.2 / 3.0)
    assert one.between is not None
    assert one.within is not None
    # 2000: (.8 + .4) / (.8 + .4); 2005: (.4 + .3) / (.6 + .9); 2010: (.2 + .1) / (.2 + .1).
    assert [fit.consistency for fit in one.between.fits] == pytest.approx([1.0, 0.7 / 1.5, 1.0])
    assert [fit.coverage for fit in one.between.fits] == pytest.approx([1.2 / 1.5, 0.7 / 0.7, 0.3 / 0.8])
    # N: (.8 + .4 + .2) / (.8 + .6 + .2); P: (.4 + .3 + .1) / (.4 + .9 + .1).
    assert [fit.consistency for fit in one.within.fits] == pytest.approx([1.4 / 1.6, 0.8 / 1.4])
    assert [fit.coverage for fit in one.within.fits] == pytest.approx([1.4 / 2.0, 0.8 / 1.0])


def test_the_distance_is_that_of_shares_from_equal_ones_by_hand() -> None:
    one = states().diagnosis("A*B")
    assert one.between is not None
    shares = [value / (2 + 0.7 / 1.5) for value in (1, 0.7 / 1.5, 1)]
    assert one.between.distance.value == pytest.approx(math.dist(shares, [1 / 3] * 3))


def test_the_unit_of_the_adjusted_distance_is_the_mean_square_distance_of_even_draws() -> None:
    # Shares drawn evenly from all that sum to one (Dirichlet with ones); the seed is fixed.
    draws = np.random.default_rng(7).dirichlet(np.ones(5), 40_000)
    unit = math.sqrt(((draws - 1 / 5) ** 2).sum(axis=1).mean())
    found = distance(np.array([0.9, 0.5, 0.7, 0.2, 1.0]))
    assert found.adjusted == pytest.approx(found.value / unit, rel=0.01)


def test_who_speaks_against_sufficiency_and_who_against_necessity() -> None:
    found = states(necessary=["A"])
    sufficient, necessary = found.sufficiency[0], found.necessity[0]
    # In A*B and out of Y: N in 2005, P in 2005. In Y and out of A: P in 2000.
    assert sufficient.pooled.deviant == ("N-2005", "P-2005")
    assert necessary.pooled.deviant == ("P-2000",)
    assert necessary.within is not None
    assert [fit.deviant for fit in necessary.within.fits] == [(), ("P-2000",)]


def test_each_cluster_tells_how_many_of_its_cases_are_in_the_expression() -> None:
    one = states().diagnosis("A*B")
    assert one.between is not None
    assert [(fit.cluster, fit.n, fit.members) for fit in one.between.fits] == [
        ("2000", 2, ("N-2000",)),
        ("2005", 2, ("N-2005", "P-2005")),
        ("2010", 2, ()),
    ]


def test_necessity_has_relevance_and_sufficiency_pri() -> None:
    found = states(necessary=["A"])
    # RoN of A: (.2 + .4 + .1 + .6 + 0 + .9) / (6 − Σ min(A, Y)), Σ min = .8 + .4 + .7 + .4 + .3 + .1.
    assert found.necessity[0].pooled.relevance == pytest.approx(2.2 / (6 - 2.7))
    assert math.isnan(found.necessity[0].pooled.pri)
    # PRI of A*B: Σ min(x, y, ~y) = .1 + .4 + .2 + .4 + .3 + .1.
    assert found.sufficiency[0].pooled.pri == pytest.approx((2.2 - 1.5) / (3.0 - 1.5))


def test_a_weight_counts_a_case_so_often() -> None:
    twice = {name: [*values, values[1]] for name, values in STATES.items()} | {
        "state": [*STATES["state"], "Q"],
        "year": [*STATES["year"], 2005],
    }
    weighed = states_weighed([1, 2, 1, 1, 1, 1])
    doubled = panel(twice, unit="state", period="year", outcome="Y", expression="A*B")
    assert weighed.diagnoses[0].pooled.consistency == pytest.approx(doubled.diagnoses[0].pooled.consistency)
    assert "cases weigh in every sum by w; truth tables count each case once" in map(str, weighed.caveats)


def states_weighed(weights: list[float]) -> Panel:
    """The two states with weights."""
    return panel(
        {**STATES, "w": weights}, unit="state", period="year", outcome="Y", expression="A*B", weights="w"
    )


def test_a_missing_row_is_told_and_nothing_is_put_in_its_place() -> None:
    there = [0, 1, 2, 3, 5]
    frame = {name: [values[row] for row in there] for name, values in STATES.items()}
    found = panel(frame, unit="state", period="year", outcome="Y", expression="A*B")
    assert found.layout.absent == (("P", "2005"),)
    assert found.diagnoses[0].of("year").fits[1].consistency == pytest.approx(0.4 / 0.6)
    (told,) = [str(caveat) for caveat in found.caveats if caveat.kind == "unbalanced"]
    assert told == (
        "1 of 6 units in periods are not in the data, and nothing is put in their place; each consistency is that"
        " of the cases that there are: P-2005"
    )
    assert found.grid().rows[1][2].missing


def test_a_cluster_without_membership_has_no_consistency_and_is_left_out_of_the_distance() -> None:
    frame = {**STATES, "A": [0.8, 0.6, 0.9, 0, 0, 0]}
    one = panel(frame, unit="state", period="year", outcome="Y", expression="A*B").diagnoses[0]
    split = one.of("state")
    assert math.isnan(split.fits[1].consistency)
    assert (split.distance.value, split.distance.clusters, split.distance.undefined) == (0.0, 1, ("P",))


def test_cases_can_be_clustered_by_a_column_without_any_period() -> None:
    frame = {
        "state": ["a", "b", "c", "d"],
        "region": ["north", "north", "south", "south"],
        "A": [1, 1, 1, 0],
        "Y": [1, 1, 0, 1],
    }
    found = panel(frame, unit="state", outcome="Y", expression="A", by=["region"])
    one = found.diagnosis("A")
    assert [(fit.cluster, fit.consistency) for fit in one.of("region").fits] == [
        ("north", 1.0),
        ("south", 0.0),
    ]
    assert one.between is None


def test_a_condition_that_does_not_matter_for_a_case_is_in_none_of_its_literals() -> None:
    frame = {
        "u": ["a", "b", "c"],
        "t": [1, 1, 1],
        "A": [1, "-", 0],
        "B": [0.6, 0.9, 0.3],
        "Y": [1, 1, 0],
    }
    found = panel(frame, unit="u", period="t", outcome="Y", expression=["A", "~A", "~(A*~B)"])
    assert [one.membership.tolist() for one in found.diagnoses] == [
        [1.0, 0.0, 0.0],
        [0.0, 0.0, 1.0],
        [0.6, 0.9, 1.0],
    ]


CRISP = {
    "unit": list("aaabbbccc"),
    "time": [1, 2, 3] * 3,
    "A": [1, 1, 0, 1, 0, 0, 1, 1, 1],
    "B": [0, 1, 1, 0, 1, 1, 0, 0, 0],
    "Y": [1, 1, 0, 1, 0, 0, 1, 1, 1],
}


def test_each_cluster_has_its_solution_or_the_reason_why_it_has_none() -> None:
    found = panel(CRISP, unit="unit", period="time", outcome="Y", conditions=["A", "B"])
    sides = found.solutions_by("unit").sides
    assert [side.formulas for side in sides] == [("A",), ("A*~B",), ()]
    assert [str(side.refused) for side in sides if side.refused] == [
        "every case has Y: nothing tells the cases apart"
    ]
    assert found.solutions_by("unit").pooled.formulas == ("A",)
    assert found.solutions_by("unit").alike == ("a",)


def test_the_matrix_of_terms_tells_in_whose_solution_each_is() -> None:
    split = panel(CRISP, unit="unit", period="time", outcome="Y", conditions=["A", "B"]).solutions_by("unit")
    assert split.terms == ("A", "A*~B")
    shares = [[split.share(term, side) for side in (split.pooled, *split.sides)] for term in split.terms]
    assert shares == [["every", "every", "none", None], ["none", "none", "every", None]]


def test_a_cluster_that_is_left_out_can_move_the_solution() -> None:
    # Without a no case is A*B: what is left of A is A*~B.
    found = panel(CRISP, unit="unit", period="time", outcome="Y", conditions=["A", "B"])
    assert [side.formulas for side in found.solutions_by("unit").without] == [("A*~B",), ("A",), ("A",)]
    assert found.solutions_by("unit").moved == ("a",)


def test_a_category_that_a_cluster_lacks_stays_a_category() -> None:
    frame = {
        "unit": list("aabb"),
        "time": [1, 2, 1, 2],
        "M": [0, 2, 0, 1],
        "Y": [0, 1, 0, 1],
    }
    found = panel(frame, unit="unit", period="time", outcome="Y", conditions=["M"])
    assert [side.formulas for side in found.solutions_by("unit").sides] == [("M{2}",), ("M{1}",)]


def test_every_model_of_an_ambiguous_solution_is_diagnosed() -> None:
    frame = {
        "u": list("aabbccd"),
        "t": [1, 2, 1, 2, 1, 2, 1],
        "A": [0, 0, 0, 1, 1, 1, 0],
        "B": [0, 0, 1, 1, 1, 0, 1],
        "C": [0, 1, 1, 1, 0, 0, 0],
        "Y": [1, 1, 1, 1, 1, 1, 0],
    }
    found = panel(
        frame, unit="u", period="t", outcome="Y", conditions=["A", "B", "C"], solution="conservative"
    )
    assert found.solution is not None
    models = [one.expression for one in found.sufficiency if one.part == "model"]
    assert models == [model.expression for model in found.solution.models]
    if found.solution.n_models > 1:
        assert "ambiguous" in [caveat.kind for caveat in found.caveats]
    else:
        pytest.fail("these rows have two shortest models")


def test_small_clusters_are_told() -> None:
    (told, _) = [str(caveat) for caveat in states().caveats if caveat.kind == "small-cluster"]
    assert told == (
        "3 of 3 clusters by year have 3 cases or fewer, so that one case makes or breaks what is told of them: 2000,"
        " 2005, 2010"
    )


@pytest.mark.parametrize(
    ("changes", "options", "what"),
    [
        ({"year": [2000] * 6}, {}, "a unit has two rows for one period"),
        ({}, {"period": None, "by": ["B"]}, 'the column "B" has two parts to play'),
        ({}, {"period": None}, "a unit has two rows, and no period tells them apart"),
        ({"state": ["N", None, "N", "P", "P", "P"]}, {}, "a case has no state"),
        ({"w": [1, -1, 1, 1, 1, 1]}, {"weights": "w"}, "weights are finite numbers from 0, and not all 0"),
        ({"w": [0] * 6}, {"weights": "w"}, "weights are finite numbers from 0, and not all 0"),
        ({}, {"expression": ()}, "there is nothing to hold against the clusters"),
        ({}, {"expression": "A*Y"}, '"Y" is both outcome and condition'),
        ({}, {"expression": "A*C"}, 'the data have no column "C"'),
        ({}, {"expression": 3}, "expression is an expression or a list of expressions"),
        ({}, {"by": "year"}, "the groupings are a list"),
        ({"unit": [1] * 6}, {"by": ["unit"]}, "by='unit' may mean the column 'unit' or the units in 'state'"),
        ({}, {"weigths": "w"}, "panel has no option 'weigths'"),
        ({}, {"solution": "complex"}, "solution cannot be 'complex'"),
        ({"A": [0.8, None, 0.9, 0.4, 1.0, 0.1]}, {}, 'the column "A" has no value in one case'),
    ],
)
def test_what_is_refused(changes: dict[str, Any], options: dict[str, Any], what: str) -> None:
    given = {"unit": "state", "period": "year", "outcome": "Y", "expression": "A*B"} | options
    with pytest.raises(ConcausaError) as caught:
        panel({**STATES, **changes}, **given)
    if "no value" not in what:
        assert caught.value.what == what
    assert caught.value.where


def test_cases_that_are_not_clustered_so_are_refused_with_what_there_is() -> None:
    found = states()
    with pytest.raises(ConcausaError, match="the cases are not clustered by 'region'"):
        found.clusters("region")
    with pytest.raises(ConcausaError, match="solutions are made of conditions, and none were given"):
        found.solutions_by("year")
    with pytest.raises(ConcausaError, match=r"the panel does not diagnose 'A \+ B'"):
        found.diagnosis("A + B")


def test_the_memo_holds_the_fit_the_grid_the_solutions_and_the_caveats() -> None:
    found = panel(CRISP, unit="unit", period="time", outcome="Y", conditions=["A", "B"], necessary=True)
    text = str(found)
    assert all(len(line) <= 80 for line in text.splitlines())
    for part in (
        "Panel for Y: 9 cases, 3 clusters by time, 3 clusters by unit",
        "Sufficient for Y?",
        "Necessary for Y?",
        "A → Y: membership in each, by unit and period",
        "none: every case has Y:",
        "Leaving out one cluster by unit at a time keeps the pooled solution 2 of 3",
        "note: 3 of 3 clusters by unit have 3 cases or fewer",
    ):
        assert part in text
    assert repr(found) == "<Panel Y: 9 cases by 3 × time, 3 × unit, 5 expressions>"


def test_a_memo_of_many_periods_names_who_speaks_against_it() -> None:
    years = list(range(2000, 2010))
    frame = {
        "u": ["a"] * 10 + ["b"] * 10,
        "t": years * 2,
        "A": [1] * 20,
        "Y": [1] * 9 + [0] + [0] + [1] * 9,
    }
    text = str(panel(frame, unit="u", period="t", outcome="Y", expression="A"))
    assert "Cases that speak against A: a-2009, b-2000. .grid() shows every case." in text


def test_two_models_of_a_cluster_are_both_listed_and_counted() -> None:
    # In b the case with the outcome is the only one with A and the only one with B.
    frame = {
        "u": list("aabb"),
        "t": [1, 2, 1, 2],
        "A": [1, 0, 1, 0],
        "B": [0, 0, 1, 0],
        "Y": [1, 0, 1, 0],
    }
    found = panel(frame, unit="u", period="t", outcome="Y", conditions=["A", "B"], solution="parsimonious")
    split = found.solutions_by("u")
    assert split.sides[1].formulas == ("A", "B")
    assert [split.share(term, split.sides[1]) for term in split.terms] == ["some", "some"]
    row = next(row for row in found.tables() if row.name == "solutions-u")
    assert [cell.data for cell in row.column("models")] == [1, 1, 2, None]


def test_charts_say_in_words_and_data_what_tables_say() -> None:
    found = states()
    lines, bars, grid = found.charts()
    dots = [row for part in lines.spec["layer"] for row in part["data"]["values"] if "consistency" in row]
    fits = found.diagnoses[0].of("year").fits
    assert [(row["cluster"], row["consistency"]) for row in dots] == [
        (fit.cluster, fit.consistency) for fit in fits
    ]
    assert "A*B: pooled 0.733; N 0.875, P 0.571." in bars.alt
    assert "N-2005, P-2005" in grid.alt
    cells = [row for part in grid.spec["layer"] for row in part["data"]["values"] if "membership" in row]
    assert len(cells) == 2 * 6


def test_the_script_for_r_asks_the_package_and_says_what_it_cannot() -> None:
    text = states(necessary=["A + ~B"]).r_script()
    assert (
        'print(cluster(data = long, results = "A*B", outcome = "Y", unit_id = "STATE", cluster_id = "YEAR",'
        " necessity = FALSE, wicons = TRUE))"
    ) in text
    assert 'results = "A + ~B"' in text
    assert "necessity = TRUE" in text
    assert "NOT REPRODUCED: weights of the cases (w)." in states_weighed([1, 2, 1, 1, 1, 1]).r_script()


def test_data_hold_everything_as_plain_values() -> None:
    import json

    found = panel(CRISP, unit="unit", period="time", outcome="Y", conditions=["A", "B"], necessary=True)
    told = json.loads(json.dumps(found.data(), allow_nan=False))
    assert told["sufficiency"][0]["by"]["unit"]["clusters"][2]["members"] == ["c-1", "c-2", "c-3"]
    assert told["solutions"]["unit"]["moved"] == ["a"]
    assert told["pooled"]["formulas"] == ["A"]


scores = st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.6, 0.8, 1.0])


@st.composite
def panels(draw: st.DrawFn) -> dict[str, list[Any]]:
    """Small panels, some of them unbalanced, with weights."""
    keys = [(unit, time) for unit in "abc" for time in (1, 2, 3)]
    kept = [key for key in keys if draw(st.booleans())] or keys[:1]
    n = len(kept)
    column = st.lists(scores, min_size=n, max_size=n)
    return {
        "u": [unit for unit, _ in kept],
        "t": [time for _, time in kept],
        "A": draw(column),
        "Y": draw(column),
        "w": draw(st.lists(st.sampled_from([0.5, 1.0, 2.0, 3.0]), min_size=n, max_size=n)),
    }


def measured(frame: dict[str, list[Any]], **more: Any) -> Panel:
    """A as sufficient and as necessary."""
    return panel(frame, unit="u", period="t", outcome="Y", expression="A", necessary=["A"], **more)


@settings(max_examples=25, deadline=None)
@given(panels())
def test_every_measure_is_that_of_the_slow_twin(frame: dict[str, list[Any]]) -> None:
    found = measured(frame, weights="w")
    for one in found.diagnoses:
        necessary = one.relation == "necessary"
        for split, name in ((one.of("t"), "t"), (one.of("u"), "u")):
            rows: dict[str, list[int]] = defaultdict(list)
            for row, cluster in enumerate(frame[name]):
                rows[str(cluster)].append(row)
            expected = [
                twin.fit(
                    *([frame[column][row] for row in rows[fit.cluster]] for column in ("A", "Y", "w")),
                    necessary=necessary,
                )
                for fit in split.fits
            ]
            measures = [
                (fit.consistency, fit.coverage, fit.relevance if necessary else fit.pri) for fit in split.fits
            ]
            assert np.array(measures) == pytest.approx(np.array(expected), nan_ok=True)
            assert split.distance.value == pytest.approx(
                twin.distance([row[0] for row in expected]), nan_ok=True, abs=1e-9
            )


@settings(max_examples=25, deadline=None)
@given(panels())
def test_the_pooled_consistency_is_the_mean_of_the_others_weighted_by_membership(
    frame: dict[str, list[Any]],
) -> None:
    one = measured(frame).sufficiency[0]
    for name in ("u", "t"):
        part = whole = 0.0
        for fit in one.of(name).fits:
            own = sum(x for x, key in zip(frame["A"], frame[name], strict=True) if str(key) == fit.cluster)
            part += own * (fit.consistency if own > 1e-9 else 0.0)
            whole += own
        if whole > 1e-9:
            assert one.pooled.consistency == pytest.approx(part / whole)


@settings(max_examples=20, deadline=None)
@given(panels(), st.sampled_from([0.25, 3.0, 1000.0]), st.randoms(use_true_random=False))
def test_scaled_weights_and_shuffled_rows_change_no_fit(
    frame: dict[str, list[Any]], scale: float, random: Any
) -> None:
    plain = measured(frame, weights="w")
    order = list(range(len(frame["u"])))
    random.shuffle(order)
    moved = {name: [values[row] for row in order] for name, values in frame.items()}
    moved["w"] = [weight * scale for weight in moved["w"]]
    other = measured(moved, weights="w")
    for one, two in zip(plain.diagnoses, other.diagnoses, strict=True):
        assert one.pooled.consistency == pytest.approx(two.pooled.consistency, nan_ok=True)
        fits = {fit.cluster: fit.consistency for fit in two.of("u").fits}
        for fit in one.of("u").fits:
            assert fits[fit.cluster] == pytest.approx(fit.consistency, nan_ok=True)
        assert one.of("t").distance.value == pytest.approx(two.of("t").distance.value, nan_ok=True, abs=1e-9)


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=8), st.floats(0.1, 1))
def test_distance_is_0_for_equal_ones_stays_under_scaling_and_never_passes_its_greatest(
    values: list[float], scale: float
) -> None:
    array = np.array(values)
    found = distance(array).value
    assert distance(np.full(len(values), values[0])).value == 0
    assert distance(array * scale).value == pytest.approx(found, abs=1e-9)
    assert 0 <= found <= math.sqrt(1 - 1 / len(values)) + 1e-9


@settings(max_examples=25, deadline=None)
@given(panels(), st.sampled_from(["u", "t"]))
def test_leaving_a_cluster_out_is_the_same_as_making_the_table_without_it(
    frame: dict[str, list[Any]], name: str
) -> None:
    frame = {**frame, "B": [1.0 - value if place % 2 else value for place, value in enumerate(frame["A"])]}
    asked: dict[str, Any] = {"unit": "u", "period": "t", "outcome": "Y", "conditions": ["A", "B"]}
    for side in panel(frame, **asked).solutions_by(name).without:
        kept = [row for row, key in enumerate(frame[name]) if str(key) != side.cluster]
        other = panel({key: [values[row] for row in kept] for key, values in frame.items()}, **asked)
        assert other.pooled is not None
        assert side.formulas == other.pooled.formulas
        assert str(side.refused) == str(other.pooled.refused)
        if side.solution is not None and other.solution is not None:
            assert side.solution.truth_table.consistency == pytest.approx(
                other.solution.truth_table.consistency
            )


def test_pandas_and_polars_frames_give_the_same() -> None:
    polars = pytest.importorskip("polars")
    found = panel(polars.DataFrame(STATES), unit="state", period="year", outcome="Y", expression="A*B")
    assert found.data() == states().data()


def test_the_panel_is_a_public_name() -> None:
    assert cc.panel is panel
    assert cc.Panel is Panel
