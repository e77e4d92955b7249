"""Case types: published diagnostics, refits without the unit, arithmetic by hand, refusals."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference import selection as twin

from concausa.core.errors import DataError, OptionError, UnknownNameError
from concausa.selection.candidates import Candidates, candidates
from concausa.selection.case_types import case_types
from concausa.selection.diverse import diverse
from concausa.selection.regression import regress

#: Longley (1967), Journal of the American Statistical Association 62(319), 819-841, as in NIST's reference data:
#: price deflator, product, unemployed, armed forces, population, year; employed.
LONGLEY = """
83.0 234289 2356 1590 107608 1947 60323
88.5 259426 2325 1456 108632 1948 61122
88.2 258054 3682 1616 109773 1949 60171
89.5 284599 3351 1650 110929 1950 61187
96.2 328975 2099 3099 112075 1951 63221
98.1 346999 1932 3594 113270 1952 63639
99.0 365385 1870 3547 115094 1953 64989
100.0 363112 3578 3350 116219 1954 63761
101.2 397469 2904 3048 117388 1955 66019
104.6 419180 2822 2857 118734 1956 67857
108.4 442769 2936 2798 120445 1957 68169
110.8 444546 4681 2637 121950 1958 66513
112.6 482704 3813 2552 123366 1959 68655
114.2 502601 3931 2514 125368 1960 69564
115.7 518173 4806 2572 127852 1961 69331
116.9 554894 4007 2827 130081 1962 70551
"""


def longley() -> Candidates:
    rows = [list(map(float, line.split())) for line in LONGLEY.split("\n") if line]
    names = ["deflator", "product", "unemployed", "forces", "population", "year", "employed"]
    frame = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    return candidates(
        frame, covariates=names[:-1], outcome="employed", units=[f"{row[5]:.0f}" for row in rows]
    )


def test_the_regression_is_that_of_nist() -> None:
    # NIST StRD, Longley: certified residual standard deviation and R-squared
    found = case_types(longley()).regression
    assert found.scale == pytest.approx(304.854073561965, rel=1e-9)
    assert found.r_squared == pytest.approx(0.995479004577296, rel=1e-12)


def test_cook_finds_1951_and_1962_the_most_influential_years() -> None:
    # Cook (1977), Technometrics 19(1), 15-18, on these data
    first, second = case_types(longley()).of("influential").scores[:2]
    assert [(one.unit, round(one.value, 2)) for one in (first, second)] == [("1951", 0.61), ("1962", 0.47)]


@st.composite
def designs(draw: st.DrawFn) -> tuple[list[list[int]], list[int]]:
    n = draw(st.integers(6, 9))
    rows = draw(st.lists(st.lists(st.integers(-5, 5), min_size=2, max_size=2), min_size=n, max_size=n))
    return rows, draw(st.lists(st.integers(-9, 9), min_size=n, max_size=n))


@settings(max_examples=80, deadline=None)
@given(designs())
def test_influence_is_what_leaving_the_unit_out_changes(drawn: tuple[list[list[int]], list[int]]) -> None:
    rows, y = drawn
    own = candidates(
        {"a": [r[0] for r in rows], "b": [r[1] for r in rows], "y": y}, covariates=["a", "b"], outcome="y"
    )
    try:
        found = regress(own, own.covariate("y"), own.of("match"))
    except DataError:
        return
    design = [[Fraction(1), *map(Fraction, row)] for row in rows]
    exact = [Fraction(value) for value in y]
    left = twin.residuals(design, exact)
    assert found.residuals == pytest.approx([float(value) for value in left], abs=1e-9)
    assert found.hat.sum() == pytest.approx(3)
    if not any(left):
        return
    for unit in range(len(y)):
        if found.hat[unit] > 1 - 1e-9:
            assert math.isnan(found.cook[unit])
            continue
        assert found.cook[unit] == pytest.approx(float(twin.cook(design, exact, unit)), rel=1e-6, abs=1e-9)
        rest = [at for at in range(len(y)) if at != unit]
        short, answers = [design[at] for at in rest], [exact[at] for at in rest]
        errors = twin.residuals(short, answers)
        variance = float(sum(e * e for e in errors)) / (len(rest) - 3)
        if variance < 1e-9:
            continue
        moved = [
            float(a - b)
            for a, b in zip(
                twin.least_squares(design, exact), twin.least_squares(short, answers), strict=True
            )
        ]
        cross = np.linalg.inv(np.array(design, dtype=float).T @ np.array(design, dtype=float))
        # of the two covariates: the constant is that of centred columns
        for at in (1, 2):
            expected = moved[at] / math.sqrt(variance * cross[at, at])
            assert found.dfbetas[unit, at] == pytest.approx(expected, rel=1e-5, abs=1e-7)


#: y = x but for D, which lies 4 above the line; z is the sign that tells D apart.
LINE = {"x": [0, 1, 2, 3, 4, 5], "z": [0, 0, 0, 1, 0, 0], "y": [0, 1, 2, 7, 4, 5]}


def line(**roles: Any) -> Candidates:
    return candidates(LINE, outcome="y", units=list("ABCDEF"), **({"covariates": ["x"]} | roles))


def test_typical_and_deviant_are_the_two_ends_of_one_ranking() -> None:
    found = case_types(line())
    typical, deviant = found.of("typical").scores, found.of("deviant").scores
    assert deviant[0].unit == "D"
    assert [one.value for one in typical] == sorted(one.value for one in deviant)
    assert found.of("typical").score("D").rank == 6


def test_extreme_is_the_distance_from_the_mean_in_standard_deviations() -> None:
    # mean 19/6, variance (95 - 361/6) / 5 = 209/30
    score = case_types(line()).of("extreme", "y").scores[0]
    assert (score.unit, score.value) == ("D", pytest.approx((7 - 19 / 6) / math.sqrt(209 / 30)))


def test_a_pathway_case_is_one_that_the_cause_brings_to_the_line() -> None:
    found = case_types(line(cause=["z"]))
    pathway = found.of("pathway", "z")
    reduced = {score.unit: score.value for score in case_types(line()).of("deviant").scores}
    # with z the line fits all: each residual falls to 0, so the change is the residual without z
    assert {score.unit: score.value for score in pathway.scores} == pytest.approx(reduced)
    assert pathway.scores[0].unit == "D"


def test_a_unit_that_alone_has_a_value_fixes_its_coefficient_and_this_is_said() -> None:
    found = case_types(line(cause=["z"]))
    assert "leverage 1" in {caveat.kind for caveat in found.caveats}
    assert found.of("influential").score("D") is None


def test_units_that_lack_data_have_no_score_and_are_named() -> None:
    holed = candidates(
        LINE | {"x": [0, 1, None, 3, 4, 5]}, covariates=["x"], outcome="y", units=list("ABCDEF")
    )
    found = case_types(holed)
    assert found.of("typical").score("C") is None
    assert found.of("typical").left_out == ("C",)
    assert "without a residual for want of a covariate: C" in map(str, found.caveats)
    assert found.of("extreme").score("C") is not None


def test_few_units_for_the_coefficients_are_told() -> None:
    assert "small n" in {caveat.kind for caveat in case_types(line()).caveats}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from("pq")), min_size=4, max_size=8))
def test_no_smaller_set_spans_what_the_population_has(drawn: list[tuple[int, str]]) -> None:
    own = candidates(
        {"x": [x for x, _ in drawn], "p": [p for _, p in drawn]},
        covariates=["x", "p"],
        kinds={"p": "category"},
    )
    found = diverse(own, own.covariates, cells=2)
    part = {unit: set() for unit in own.units}
    for one in found.combinations:
        for unit in one.units:
            part[unit] = set(enumerate(one.parts))
    wanted = set().union(*part.values())

    def spans(units: Any) -> bool:
        return set().union(*(part[unit] for unit in units)) == wanted

    size = next(k for k in range(1, len(drawn) + 1) if any(map(spans, combinations(own.units, k))))
    assert spans(found.smallest)
    assert len(found.smallest) == size
    assert found.count == sum(map(spans, combinations(own.units, size)))


def test_terciles_are_of_equal_size_where_there_are_no_ties() -> None:
    own = candidates({"x": [5, 1, 9, 3, 7, 2]}, covariates=["x"], units=list("ABCDEF"))
    cells = {one.parts[0]: set(one.units) for one in diverse(own, own.covariates).combinations}
    assert cells == {"low": {"B", "F"}, "middle": {"A", "D"}, "high": {"C", "E"}}


@pytest.mark.parametrize(
    ("call", "error", "what"),
    [
        (
            lambda: case_types(candidates(LINE, covariates=["x"])),
            DataError,
            "there are 0 outcomes, one is needed",
        ),
        (
            lambda: case_types(candidates({"x": [1, 2, 3], "y": [1, 2, 4]}, covariates=["x"], outcome="y")),
            DataError,
            "3 units are too few for a regression with 2 coefficients",
        ),
        (
            lambda: case_types(
                candidates(
                    LINE | {"w": [0, 2, 4, 6, 8, 10]},
                    covariates=["x", "w"],
                    outcome="y",
                    units=list("ABCDEF"),
                )
            ),
            DataError,
            "the covariates do not vary freely: 2 columns determine each other",
        ),
        (
            lambda: case_types(candidates(LINE | {"y": [1] * 6}, covariates=["x"], outcome="y")),
            DataError,
            "y is the same for all 6 units",
        ),
        (
            lambda: case_types(candidates(LINE | {"y": list("pqpqpq")}, covariates=["x"], outcome="y")),
            DataError,
            "y is a category: it has no residuals",
        ),
        (lambda: case_types(line(), cells=7), OptionError, "a number is cut into 2 to 5 parts"),
        (lambda: case_types(line()).of("typicl"), UnknownNameError, "there is no case type 'typicl'"),
        (lambda: case_types(line(), cause=["x"]), OptionError, "case_types has no option 'cause'"),
    ],
)
def test_what_has_no_case_types_is_refused(call: Any, error: type[Exception], what: str) -> None:
    with pytest.raises(error) as caught:
        call()
    assert caught.value.what == what
