"""Pairs of candidates: worked by hand, by laws, by a slow twin, and what is refused."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference import selection as twin

from concausa.core.errors import ConcausaError, DataError, OptionError, UnknownNameError
from concausa.selection.candidates import Candidates, candidates
from concausa.selection.metric import DISTANCES
from concausa.selection.pairs import Pairs, pairs

CLOSE = 1e-9
UNITS = ["A", "B", "C", "D"]
#: Two numbers and a category. Ranges 4 and 2; party: two of one, two of the other.
STATES = {"x": [0, 1, 2, 4], "y": [0, 2, 1, 1], "party": ["p", "p", "q", "q"]}


def states(**changes: Any) -> Candidates:
    return candidates(STATES | changes, units=UNITS, covariates=["x", "y", "party"])


def distance(found: Pairs, first: str, second: str) -> float:
    return found.of(first, second).distance


# --- by hand -----------------------------------------------------------------------------------------------------


def test_gower_is_the_mean_of_shares_of_ranges_and_of_unlike_categories() -> None:
    found = pairs(states())
    assert distance(found, "A", "B") == pytest.approx(float((Fraction(1, 4) + 1 + 0) / 3))
    assert distance(found, "A", "D") == pytest.approx(float((1 + Fraction(1, 2) + 1) / 3))
    assert distance(found, "C", "D") == pytest.approx(float(Fraction(2, 4) / 3))


def test_standardised_differences_add_up_as_squares() -> None:
    # variances with n - 1: x 35/12, y 2/3; four of six pairs differ in party, so unlike counts 2 / (2/3) = 3
    found = pairs(states(), distance="euclidean")
    assert distance(found, "A", "B") ** 2 == pytest.approx(float(Fraction(12, 35) + 4 * Fraction(3, 2)))
    assert distance(found, "A", "C") ** 2 == pytest.approx(float(4 * Fraction(12, 35) + Fraction(3, 2) + 3))


def test_mahalanobis_weighs_by_the_inverse_covariance() -> None:
    # x 0 1 2 3, y 0 2 1 3: variances 5/3, covariance 4/3, determinant 1; inverse [[5/3, -4/3], [-4/3, 5/3]]
    found = pairs(
        candidates({"x": [0, 1, 2, 3], "y": [0, 2, 1, 3]}, covariates=["x", "y"], units=UNITS),
        distance="mahalanobis",
    )
    # A to B: (1, 2): 5/3 - 2 * 4/3 * 2 + 4 * 5/3 = 3
    assert distance(found, "A", "B") ** 2 == pytest.approx(3)
    # A to D: (3, 3): 9 * (5/3 - 8/3 + 5/3) = 6
    assert distance(found, "A", "D") ** 2 == pytest.approx(6)
    # x adds 1 * (5/3 - 8/3) = -1 of the 3 between A and B, y adds 2 * (-4/3 + 10/3) = 4
    assert found.of("A", "B").shares == {"x": pytest.approx(-1 / 3), "y": pytest.approx(4 / 3)}


def test_ranks_with_ties_are_stretched_to_the_variance_without_ties() -> None:
    # ranks of 7 7 9 20: 1.5 1.5 3 4; variance 3/2, without ties 5/3: d = |r - s| / sqrt(5/3)
    found = pairs(candidates({"x": [7, 7, 9, 20]}, covariates=["x"], units=UNITS), distance="rank")
    assert distance(found, "A", "D") ** 2 == pytest.approx(2.5**2 / (5 / 3))


def test_a_log_covariate_is_compared_by_ratios() -> None:
    found = pairs(candidates({"x": [1, 10, 100, 1000]}, covariates=["x"], units=UNITS, kinds={"x": "log"}))
    assert distance(found, "A", "B") == pytest.approx(1 / 3)
    assert distance(found, "B", "C") == pytest.approx(1 / 3)


def test_an_ordinal_covariate_has_equal_steps() -> None:
    found = pairs(
        candidates(
            {"x": ["low", "high", "medium", "low"]},
            covariates=["x"],
            units=UNITS,
            kinds={"x": "ordinal"},
            levels={"x": ["low", "medium", "high"]},
        )
    )
    assert [distance(found, "A", unit) for unit in "BCD"] == [1.0, 0.5, 0.0]


def test_ranks_are_those_of_distances_and_ties_share_the_best() -> None:
    found = pairs(candidates({"x": [0, 1, 2, 9]}, covariates=["x"], units=UNITS))
    assert [(pair.id, pair.rank, pair.tied) for pair in found.rows] == [
        ("A, B", 1, 2),
        ("B, C", 1, 2),
        ("A, C", 3, 1),
        ("C, D", 4, 1),
        ("B, D", 5, 1),
        ("A, D", 6, 1),
    ]
    assert [pair.id for pair in found.closest(1)] == ["A, B", "B, C"]
    assert [pair.id for pair in found.nearest("C")] == ["B, C", "A, C", "C, D"]


def test_pairs_that_differ_on_an_exact_covariate_are_no_candidates() -> None:
    found = pairs(states(), exact=["party"])
    assert [pair.id for pair in found.rows] == ["C, D", "A, B"]
    assert found.barred == 4
    assert "4 pairs differ on party, or lack it: not compared." in str(found)
    # the covariate no longer counts in the distance: (1/4 + 1) / 2
    assert distance(found, "A", "B") == pytest.approx(0.625)


def test_who_lacks_an_exact_covariate_is_not_compared() -> None:
    found = pairs(states(party=["p", "p", "q", None]), exact=["party"])
    assert [pair.id for pair in found.rows] == ["A, B"]
    assert found.barred == 5


def test_a_gap_is_not_filled_the_pair_is_measured_on_what_both_have() -> None:
    found = pairs(states(x=[0, 1, None, 4]))
    pair = found.of("A", "C")
    assert pair.missing == ("x",)
    assert pair.distance == pytest.approx((0.5 + 1) / 2)
    assert [str(caveat) for caveat in found.caveats] == [
        "x is missing for C; their pairs are measured on the others"
    ]


def test_units_with_a_gap_are_left_out_where_that_is_asked() -> None:
    found = pairs(states(x=[0, 1, None, 4]), gaps="leave out")
    assert found.candidates.units == ("A", "B", "D")
    assert [str(caveat) for caveat in found.caveats] == ["left out for want of a covariate: C"]


def test_units_without_a_covariate_in_common_are_told_and_not_ranked() -> None:
    found = pairs(
        candidates({"x": [1, None, 3], "y": [None, 2, 3]}, covariates=["x", "y"], units=["A", "B", "C"])
    )
    assert (len(found), found.apart) == (2, 1)
    with pytest.raises(UnknownNameError, match="A and B are not compared"):
        found.of("A", "B")


def test_shares_of_a_distance_of_nothing_are_empty() -> None:
    found = pairs(candidates({"x": [1, 1, 3]}, covariates=["x"], units=["A", "B", "C"]))
    assert (found.of("A", "B").distance, found.of("A", "B").shares) == (0.0, {})


def test_collinear_covariates_are_told_where_the_generalised_inverse_is_taken() -> None:
    doubled = candidates({"x": [0, 1, 2, 5], "z": [0, 2, 4, 10]}, covariates=["x", "z"], units=UNITS)
    found = pairs(doubled, distance="mahalanobis", singular="generalised")
    alone = pairs(doubled, distance="mahalanobis", without=["z"])
    assert [pair.distance for pair in found.rows] == pytest.approx([pair.distance for pair in alone.rows])
    assert "singular" in {caveat.kind for caveat in found.caveats}
    assert "singular" not in {caveat.kind for caveat in alone.caveats}


# --- laws --------------------------------------------------------------------------------------------------------

CELLS = st.lists(st.integers(-9, 9), min_size=6, max_size=6)
TABLES = st.fixed_dictionaries(
    {"x": CELLS, "y": CELLS, "party": st.lists(st.sampled_from("pq"), min_size=6, max_size=6)}
)
SIX = list("ABCDEF")


def compared(
    table: dict[str, list[Any]], distance: str, units: list[str] | None = None
) -> dict[frozenset[str], float]:
    found = pairs(
        candidates(table, units=units or SIX, covariates=list(table)),
        distance=distance,
        singular="generalised",
    )
    return {frozenset((pair.first, pair.second)): pair.distance for pair in found.rows}


@settings(max_examples=40, deadline=None)
@given(TABLES, st.permutations(range(6)), st.sampled_from(DISTANCES))
def test_the_order_of_units_changes_nothing(table: Any, order: list[int], distance: str) -> None:
    moved = {name: [values[at] for at in order] for name, values in table.items()}
    first, second = compared(table, distance), compared(moved, distance, [SIX[at] for at in order])
    assert second == pytest.approx(first, abs=1e-7)


@settings(max_examples=40, deadline=None)
@given(TABLES, st.integers(1, 50), st.integers(-50, 50), st.sampled_from(DISTANCES))
def test_units_of_measurement_change_nothing(table: Any, factor: int, shift: int, distance: str) -> None:
    other = table | {"x": [factor * value + shift for value in table["x"]]}
    assert compared(other, distance) == pytest.approx(compared(table, distance), abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(TABLES)
def test_rank_distances_see_the_order_of_values_only(table: Any) -> None:
    other = table | {"x": [math.exp(value / 3) for value in table["x"]]}
    assert compared(other, "rank") == pytest.approx(compared(table, "rank"), abs=1e-7)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=6, max_size=6))
def test_mahalanobis_is_the_same_in_any_coordinates(points: list[tuple[int, int]]) -> None:
    straight = {"x": [x for x, _ in points], "y": [y for _, y in points]}
    turned = {"x": [2 * x + y for x, y in points], "y": [x - 3 * y for x, y in points]}
    try:
        own, other = (
            pairs(candidates(table, units=SIX, covariates=["x", "y"]), distance="mahalanobis")
            for table in (straight, turned)
        )
    except DataError:
        return
    for pair in own.rows:
        assert other.of(pair.first, pair.second).distance == pytest.approx(pair.distance, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(TABLES, st.integers(0, 4), st.sampled_from(DISTANCES))
def test_a_unit_given_twice_is_at_no_distance_from_itself_and_as_far_from_all_others(
    table: Any, at: int, distance: str
) -> None:
    twice = {name: [*values[:5], values[at]] for name, values in table.items()}
    found = compared(twice, distance)
    assert found[frozenset((SIX[at], "F"))] == 0
    for other in set(SIX[:5]) - {SIX[at]}:
        assert found[frozenset((SIX[at], other))] == pytest.approx(found[frozenset(("F", other))], abs=1e-7)


@settings(max_examples=60, deadline=None)
@given(TABLES, st.sampled_from(DISTANCES))
def test_shares_add_up_to_one_and_gower_lies_between_0_and_1(table: Any, distance: str) -> None:
    found = pairs(
        candidates(table, units=SIX, covariates=list(table)), distance=distance, singular="generalised"
    )
    distances = [round(pair.distance, 9) for pair in found.rows]
    assert distances == sorted(distances)
    for pair in found.rows:
        if pair.distance > 1e-6:
            assert sum(pair.shares.values()) == pytest.approx(1)
        if distance == "gower":
            assert 0 <= pair.distance <= 1


@settings(max_examples=60, deadline=None)
@given(TABLES, st.sets(st.tuples(st.sampled_from(["x", "y", "party"]), st.integers(0, 5)), max_size=4))
def test_additive_distances_are_those_of_their_definitions(table: Any, gaps: set[tuple[str, int]]) -> None:
    holed = {
        name: [None if (name, at) in gaps else value for at, value in enumerate(values)]
        for name, values in table.items()
    }
    codes = {"p": Fraction(0), "q": Fraction(1)}
    rows = [
        [
            None if (cell := holed[name][at]) is None else codes[cell] if name == "party" else Fraction(cell)
            for name in ("x", "y", "party")
        ]
        for at in range(6)
    ]
    for distance, exact in (("gower", twin.gower), ("euclidean", twin.euclidean_squared)):
        found = compared(holed, distance)
        for a in range(6):
            for b in range(a + 1, 6):
                meant = exact(rows, [False, False, True], a, b)
                own = found.get(frozenset((SIX[a], SIX[b])))
                if meant is None:
                    assert own is None
                else:
                    assert own ** (1 if distance == "gower" else 2) == pytest.approx(float(meant), abs=CLOSE)


# --- refusals ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "what"),
    [
        (lambda: pairs(states(), distance="mahalanobi"), OptionError, "there is no distance 'mahalanobi'"),
        (lambda: pairs(states(), gaps="drop"), OptionError, "there is no gaps 'drop'"),
        (lambda: pairs(states(), without=["z"]), UnknownNameError, "there is no covariate 'z'"),
        (lambda: pairs(states(), exactly=["x"]), OptionError, "pairs has no option 'exactly'"),
        (lambda: pairs(states()).of("A", "A"), OptionError, "A and A are one unit"),
        (lambda: pairs(states()).of("A", "Z"), UnknownNameError, "there is no candidate 'Z'"),
        (
            lambda: pairs(states(), without=["x", "y", "party"]),
            DataError,
            "there is no covariate to compare by",
        ),
        (
            lambda: pairs(states(y=[0, 2, 4, 8]), distance="mahalanobis"),
            DataError,
            "the covariates do not vary freely: 3 columns, rank 2, 4 units that have all of them",
        ),
        (
            lambda: pairs(states(x=[1, None, None, None]), distance="rank"),
            DataError,
            "too few units have all covariates for a covariance: 1",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(call: Any, error: type[ConcausaError], what: str) -> None:
    with pytest.raises(error) as caught:
        call()
    assert caught.value.what == what
    assert caught.value.fix


def test_a_result_prints_as_one_line_a_memo_and_plain_values() -> None:
    found = pairs(states())
    assert repr(found) == "<Pairs: 6 of 4 units, gower>"
    assert "C, D" in str(found)
    assert found.data()["pairs"][0]["first"] == "C"
    assert found.table(limit=1, marked=[("B", "C")]).column("pair")[-1].text == "B, C"
    assert any("10.2307/2528823" in work for work in found.cite())
