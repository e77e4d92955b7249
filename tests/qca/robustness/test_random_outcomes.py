"""Random outcomes: exact chances, counted chances, slow twins, refusals."""

from __future__ import annotations

import json
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gold.study import columns
from tests.reference.robustness import chance_of_as_good, perfect_chance, perfect_chance_independent

from concausa.core.errors import DataError, OptionError
from concausa.qca.analysis import Analysis, analysis
from concausa.qca.case_data import case_data
from concausa.qca.cutoffs import Cutoffs
from concausa.qca.robustness.random_outcomes import random_outcomes
from concausa.qca.robustness.shuffles import arrangements, codes_of, outcomes, pure_arrangements, sums_of
from concausa.qca.truth_table import truth_table

bits = st.integers(0, 1).map(float)


@st.composite
def crisp_frames(draw: st.DrawFn) -> dict[str, list[float]]:
    n = draw(st.integers(2, 5))
    row = st.lists(bits, min_size=n, max_size=n)
    return {name: draw(row) for name in ("A", "B", "Y")}


def of(frame: dict[str, list[float]], **options: object) -> Analysis:
    return analysis(frame, outcome="Y", conditions=["A", "B"], **options)  # type: ignore[arg-type]


@settings(max_examples=15, deadline=None)
@given(crisp_frames())
def test_counted_enumerated_and_slow_chances_of_a_perfect_fit_agree(frame: dict[str, list[float]]) -> None:
    try:
        own = of(frame)
        found = random_outcomes(own)
    except DataError:  # no solution, or the outcome is the same in every case
        return
    assert found.exact
    assert found.counted == pytest.approx(perfect_chance(frame, ["A", "B"]))
    assert found.weights[found.events[4]].sum() == pytest.approx(found.counted)
    assert found.both.share == pytest.approx(chance_of_as_good(frame, ["A", "B"]))
    independent = random_outcomes(own, kind="independent", rate=0.3)
    assert independent.counted == pytest.approx(perfect_chance_independent(frame, ["A", "B"], 0.3))
    assert independent.weights[independent.events[4]].sum() == pytest.approx(independent.counted)
    assert independent.weights.sum() == pytest.approx(1)


def test_the_chance_of_a_perfect_fit_is_counted_by_hand() -> None:
    # rows of 3, 2 and 1 cases, 3 of 6 in the outcome: the row of 3, or the rows of 2 and 1: 2 of C(6, 3) = 20
    frame = {"A": [1.0, 1, 1, 1, 1, 0], "B": [1.0, 1, 1, 0, 0, 0], "Y": [1.0, 1, 1, 0, 0, 0]}
    assert random_outcomes(of(frame)).perfect.share == pytest.approx(2 / 20)
    # independent, p = 1/2: (1/8 + 1/8)(1/4 + 1/4)(1/2 + 1/2) - 1/64
    half = random_outcomes(of(frame), kind="independent", rate=0.5)
    assert half.perfect.share == pytest.approx(1 / 8 - 1 / 64)


def test_the_breakdown_of_democracy_would_rarely_be_explained_perfectly_by_chance() -> None:
    # Lipset's crisp table (Rihoux & Ragin 2009): 18 cases, 8 survivors; the rows have 4, 2, 2, 1, 2, 1, 1, 2 and 3
    # cases; sets of rows with 8 cases in all, counted by the slow way over all sets
    raw = columns("Lipset_cs")
    names = ["GNPCAP", "URBANIZA", "LITERACY", "INDLAB", "GOVSTAB"]
    own = analysis({name: raw[name] for name in [*names, "SURVIVAL"]}, outcome="SURVIVAL", conditions=names)
    found = random_outcomes(own, draws=50)
    sizes = own.truth_table.n.tolist()
    sets = sum(
        sum(size for place, size in enumerate(sizes) if chosen >> place & 1) == 8
        for chosen in range(1 << len(sizes))
    )
    assert found.counted == pytest.approx(sets / comb(18, 8))
    assert found.perfect.exact
    assert not found.both.exact


def test_more_conditions_make_a_perfect_fit_likelier() -> None:
    # Marx (2010): the more conditions for the same cases, the more often random data have no contradictions
    rng = np.random.default_rng(1)
    frame = {name: rng.integers(0, 2, 14).tolist() for name in "ABCDE"} | {"Y": [1] * 7 + [0] * 7}
    chances = []
    for k in range(1, 6):
        own = analysis(frame, outcome="Y", conditions=list("ABCDE")[:k], consistency=0.5)
        chances.append(random_outcomes(own, draws=1).counted)
    assert chances == sorted(chances)
    assert chances[0] < chances[-1]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(*[st.integers(0, 10).map(lambda v: v / 10)] * 3), min_size=2, max_size=6), st.randoms()
)
def test_codes_of_random_outcomes_are_those_of_a_truth_table_made_anew(
    cases: list[tuple[float, ...]], chance: object
) -> None:
    frame = {name: [case[place] for case in cases] for place, name in enumerate("ABY")}
    cutoffs = Cutoffs(consistency=0.7, contradiction=0.5, pri=0.4, frequency=2)
    try:
        table = truth_table(frame, outcome="Y", conditions=["A", "B"], **cutoffs.data())  # type: ignore[arg-type]
    except DataError:
        return
    turned = list(frame["Y"])
    chance.shuffle(turned)  # type: ignore[attr-defined]
    again = truth_table(
        frame | {"Y": turned},
        outcome="Y",
        conditions=["A", "B"],
        **cutoffs.data(),  # type: ignore[arg-type]
    )
    data = case_data(frame, ["A", "B"])
    rows = data.memberships(table.configurations, ["A", "B"]).T
    sums = sums_of(rows, np.array([turned]))
    assert sums[:, 0] == pytest.approx(again.sums)
    assert codes_of(sums, table.n, cutoffs)[0].tolist() == again.codes.tolist()


def test_every_arrangement_comes_once() -> None:
    assert arrangements(5, 2).sum(axis=1).tolist() == [2.0] * 10
    assert len({tuple(row) for row in arrangements(5, 2).tolist()}) == 10
    assert len({tuple(row) for row in outcomes(4).tolist()}) == 16
    assert pure_arrangements(np.array([1, 1, 1]), 0) == 1


def test_a_fuzzy_outcome_is_drawn_and_has_intervals() -> None:
    rng = np.random.default_rng(2)
    frame = {name: rng.random(15).round(2).tolist() for name in "AB"}
    frame["Y"] = np.maximum(frame["A"], frame["B"]).round(2).tolist()
    own = of(frame, pri=0.5)
    assert own.formula == ("A + B",)
    found = random_outcomes(own, draws=300, seed=3)
    assert (found.exact, found.counted, found.outcomes) == (False, None, 300)
    assert found.both.low <= found.both.share < found.both.high < 0.02  # A + B is the outcome itself
    for kind in ("resampled", "independent"):
        assert random_outcomes(own, kind=kind, draws=100).outcomes == 100
    assert random_outcomes(own, draws=300, seed=3).data() == found.data()


def test_the_observed_formula_is_among_what_all_arrangements_give() -> None:
    frame = {"A": [1.0, 1, 0, 0], "B": [1.0, 0, 1, 0], "Y": [1.0, 1, 0, 0]}
    # A, B, ~A and ~B and two of two terms: six outcomes, six formulas
    assert random_outcomes(of(frame)).chance("same").share == pytest.approx(1 / 6)


def test_a_perfect_fit_that_chance_often_brings_is_told() -> None:
    frame = {"A": [1.0, 1, 0, 0], "B": [1.0, 0, 1, 0], "Y": [1.0, 1, 0, 0]}
    found = random_outcomes(of(frame))
    told = {one.kind: str(one) for one in found.caveats}
    assert told["perfect-by-chance"].startswith(
        "a random outcome is fitted perfectly with chance 100%: with 4"
    )
    assert told["few-arrangements"].startswith("there are only 6 arrangements")
    assert max(map(len, str(found).splitlines())) <= 80
    assert repr(found) == "<RandomOutcomes: permutation, 6 outcomes, as good in 100.0%>"
    assert json.loads(json.dumps(found.data(), allow_nan=False))["chances"]["perfect"]["exact"]
    assert found.table().column("event")[4].text == "a perfect fit (consistency 1, coverage 1)"


FRAME = {"A": [1.0, 1, 0, 0], "B": [1.0, 0, 1, 0], "Y": [1.0, 1, 0, 0]}


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"kind": "permutations"}, "kind cannot be 'permutations'"),
        ({"rate": 0.5}, "the rate is a share above 0 and below 1, and goes with independent outcomes"),
        (
            {"kind": "independent", "rate": 1.0},
            "the rate is a share above 0 and below 1, and goes with independent outcomes",
        ),
        ({"draws": 0}, "draws is a whole number from 1 on"),
        ({"seed": 0.5}, "the seed is a whole number from 0 on"),
    ],
)
def test_options_that_make_no_sense_are_refused(options: dict[str, object], what: str) -> None:
    with pytest.raises(OptionError) as caught:
        random_outcomes(of(FRAME), **options)  # type: ignore[arg-type]
    assert caught.value.what == what


def test_an_outcome_that_is_the_same_everywhere_and_a_lacking_solution_are_refused() -> None:
    with pytest.raises(DataError, match="the outcome is the same in every case"):
        random_outcomes(of(FRAME | {"Y": [1.0] * 4}))
    with pytest.raises(DataError, match="the initial analysis has no solution"):
        random_outcomes(of(FRAME | {"Y": [0.0] * 4}))
    with pytest.raises(OptionError, match="there is no chance of 'perfekt'"):
        random_outcomes(of(FRAME)).chance("perfekt")
