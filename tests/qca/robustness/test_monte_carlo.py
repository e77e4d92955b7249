"""A joint Monte Carlo: draws, their order, what survives, and the same result whatever the workers."""

from __future__ import annotations

import asyncio
import json
import math

import distributed
import numpy as np
import pytest
from tests.qca.charted import outside, overlapping, rows

from concausa.core.errors import DataError, OptionError, UnknownNameError
from concausa.qca.analysis import Analysis, analysis
from concausa.qca.robustness.draws import drawn_values
from concausa.qca.robustness.monte_carlo import MonteCarlo, Share, monte_carlo
from concausa.qca.robustness.random_outcomes import random_outcomes
from concausa.qca.robustness.ranges import ranges
from concausa.qca.robustness.varying import Varying, in_order

CROSSOVER = Varying(of="A", anchor="crossover", low=40, high=60, why="the literature names both")
VARYING = (
    CROSSOVER,
    Varying(of="A", anchor="full-in", low=55, high=90),
    Varying(of="Y", anchor="crossover", low=45, high=55, shape="normal"),
    Varying(of="consistency", low=0.75, high=0.95, shape="triangular"),
    Varying(of="frequency", low=1, high=2),
)


def first(**options: object) -> Analysis:
    rng = np.random.default_rng(3)
    frame = {name: rng.normal(50, 20, 24).round(2) for name in "ABC"}
    frame["Y"] = (0.6 * frame["A"] + 0.4 * frame["B"] + rng.normal(0, 6, 24)).round(2)
    return analysis(
        frame,
        outcome="Y",
        conditions=["A", "B", "C"],
        calibrations={name: {"anchors": (20, 50, 80)} for name in "ABCY"},
        **options,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def found() -> MonteCarlo:
    return monte_carlo(first(), VARYING, draws=130, seed=5)


def test_every_draw_is_the_analysis_with_these_values(found: MonteCarlo) -> None:
    own, drawn = first(), found.drawn
    for draw in range(0, 130, 13):
        a_cross, a_full, y_cross, consistency, frequency = drawn.values[:, draw].tolist()
        again = own.changed(
            anchors={("A", "crossover"): a_cross, ("A", "full-in"): a_full, ("Y", "crossover"): y_cross},
            consistency=consistency,
            frequency=int(frequency),
        )
        formula = drawn.formulas[drawn.formula[draw]]
        assert formula.models == again.formula
        if again.solution is not None:
            inside = np.stack([model.membership for model in again.solution.models]) > 0.5
            assert drawn.every[draw].tolist() == inside.all(axis=0).tolist()
            assert drawn.some[draw].tolist() == inside.any(axis=0).tolist()


def test_draws_stay_in_their_intervals_and_anchors_in_their_order() -> None:
    values = drawn_values(first(), VARYING, 500, 1)
    for one, row in zip(VARYING, values, strict=True):
        assert one.low <= row.min() <= row.max() <= one.high
    assert (values[0] < values[1]).all()
    assert set(values[4].tolist()) == {1.0, 2.0}


def test_a_further_parameter_changes_no_draw_of_the_others() -> None:
    own = first()
    few = drawn_values(own, VARYING[2:4], 200, 9)
    many = drawn_values(own, [*VARYING, Varying(of="B", anchor="crossover", low=45, high=55)], 200, 9)
    assert (many[2:4] == few).all()
    turned = drawn_values(own, VARYING[3:1:-1], 200, 9)
    assert (turned[::-1] == few).all()


def test_the_first_draws_are_the_same_however_many_follow() -> None:
    own = first()
    assert (drawn_values(own, VARYING[2:], 50, 4) == drawn_values(own, VARYING[2:], 300, 4)[:, :50])[2].all()


def test_another_seed_gives_other_draws() -> None:
    own = first()
    assert (drawn_values(own, VARYING, 50, 1)[0] != drawn_values(own, VARYING, 50, 2)[0]).any()


@pytest.mark.parametrize(
    ("shape", "options", "middle"),
    [
        ("uniform", {}, 0.5),
        # the mean of a triangle is (low + mode + high) / 3
        ("triangular", {"mode": 0.2}, 1.2 / 3),
        ("normal", {"mode": 0.5, "sd": 0.1}, 0.5),
    ],
)
def test_shapes_have_the_mean_that_they_should(shape: str, options: dict[str, float], middle: float) -> None:
    drawn = Varying(of="pri", low=0, high=1, shape=shape, **options).values(20_000, seed=2)  # type: ignore[arg-type]
    assert drawn.mean() == pytest.approx(middle, abs=0.01)


def test_a_normal_shape_keeps_most_of_its_draws_near_the_mode() -> None:
    drawn = Varying(of="pri", low=0, high=1, shape="normal", mode=0.5, sd=0.1).values(20_000, seed=2)
    assert ((drawn > 0.4) & (drawn < 0.6)).mean() == pytest.approx(
        0.6827, abs=0.012
    )  # one standard deviation


def test_the_value_in_use_is_the_mode_unless_another_is_declared() -> None:
    shape = Varying(of="consistency", low=0.5, high=1, shape="triangular")
    assert shape.values(20_000, seed=2, usual=0.8).mean() == pytest.approx(2.3 / 3, abs=0.005)


def test_a_share_of_a_known_part_of_an_interval_is_found() -> None:
    # by hand: with the threshold up to 586 the third case is in GNP, and the row ~GNP*~LIT … stays: 86 of 400
    frame = {"GNP": [720, 1098, 586, 468, 350], "LIT": [1, 1, 1, 0, 0], "SURV": [1, 1, 1, 0, 0]}
    own = analysis(
        frame,
        outcome="SURV",
        conditions=["GNP", "LIT"],
        calibrations={"GNP": {"method": "crisp", "thresholds": 550}},
    )
    varying = Varying(of="GNP", anchor="threshold", low=500, high=900)
    drawn = monte_carlo(own, [varying], draws=600)
    assert drawn.same.count == int((drawn.drawn.values[0] <= 586).sum())
    low, high = drawn.same.interval
    assert low < 86 / 400 < high
    (weight,) = drawn.weights
    assert [share.share for _, _, share in weight.parts][1:] == [0, 0]
    assert weight.association == pytest.approx(-1)


def test_terms_and_formulas_are_counted_over_all_draws(found: MonteCarlo) -> None:
    assert sum(share.count for _, share in found.formulas) == 130
    for term in found.terms:
        draws = [found.drawn.formulas[place] for place in found.drawn.formula.tolist()]
        assert term.some.count == sum(any(term.term in model for model in one.written) for one in draws)
        assert term.every.count == sum(
            bool(one.written) and all(term.term in model for model in one.written) for one in draws
        )
        assert term.essential.count <= term.every.count <= term.some.count
    assert found.same.count == sum(
        share.count for formula, share in found.formulas if formula.key == found.initial.formula.key
    )


def test_survival_by_thirds_adds_up_to_survival(found: MonteCarlo) -> None:
    for weight in found.weights:
        assert sum(share.count for _, _, share in weight.parts) == found.same.count
        assert sum(share.n for _, _, share in weight.parts) == 130
    spreads = [weight.spread for weight in found.weights]
    assert spreads == sorted(spreads, reverse=True)
    frequency = next(weight for weight in found.weights if weight.varying.of == "frequency")
    assert [(low, high) for low, high, _ in frequency.parts] == [(1, 1), (2, 2)]


def test_the_share_of_no_draws_is_unknown() -> None:
    assert math.isnan(Share(0, 0).share)
    assert Share(0, 0).interval == (0, 1)


#: Parameters of which the ranges are looked for elsewhere, of two columns and of none.
WIDE = ("A crossover", "B full-in", "consistency")


def as_bytes(drawn: MonteCarlo) -> bytes:
    return json.dumps(drawn.data(), allow_nan=False).encode() + drawn.drawn.formula.tobytes()


def test_processes_and_a_dask_cluster_give_the_same_to_the_byte(found: MonteCarlo) -> None:
    own = first()
    chances = random_outcomes(own, draws=260, seed=5)

    async def through() -> tuple[MonteCarlo, dict[str, object], dict[str, object]]:
        async with distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=False,
            protocol="tcp",
            asynchronous=True,
            dashboard_address=None,
        ) as cluster:
            where = cluster.scheduler_address
            return await asyncio.to_thread(
                lambda: (
                    monte_carlo(own, VARYING, draws=130, seed=5, scheduler=where),
                    random_outcomes(own, draws=260, seed=5, scheduler=where).data(),
                    ranges(own, parameters=WIDE, scheduler=where).data(),
                )
            )

    drawn, spread, wide = asyncio.run(through())
    assert as_bytes(drawn) == as_bytes(found)
    assert spread == chances.data()
    assert wide == ranges(own, parameters=WIDE).data()


def test_raw_values_in_another_unit_give_the_same_draws_and_formulas() -> None:
    own = first()
    frame = {name: own.columns[name].calibrated.raw * 1000 for name in "ABCY"}  # type: ignore[union-attr]
    calibrations = {name: {"anchors": (20_000, 50_000, 80_000)} for name in "ABCY"}
    scaled = analysis(frame, outcome="Y", conditions=["A", "B", "C"], calibrations=calibrations)
    one = monte_carlo(own, [CROSSOVER], draws=60)
    other = monte_carlo(scaled, [Varying(of="A", anchor="crossover", low=40_000, high=60_000)], draws=60)
    assert other.drawn.values == pytest.approx(one.drawn.values * 1000)
    assert other.drawn.formula.tolist() == one.drawn.formula.tolist()


def test_multi_value_thresholds_vary_too() -> None:
    # codes 0, 1, 2 by two thresholds; the second case is in A{2} while the upper threshold is at most 7
    frame = {"A": [9, 7, 3, 1], "Y": [1, 1, 0, 0]}
    own = analysis(
        frame, outcome="Y", conditions=["A"],
        calibrations={"A": {"method": "multi-value", "thresholds": [2, 6]}}, solution="parsimonious",
    )  # fmt: skip
    drawn = monte_carlo(own, [Varying(of="A", anchor="threshold 2", low=5, high=9)], draws=200)
    assert own.formula == ("A{2}",)
    assert drawn.same.count == 200
    assert drawn.cases[1].every.count == int((drawn.drawn.values <= 7).sum())
    assert 0 < drawn.cases[1].every.count < 200


def test_what_is_printed_fits_eighty_columns(found: MonteCarlo) -> None:
    assert max(map(len, str(found).splitlines())) <= 80
    assert repr(found).startswith(f"<MonteCarlo: {found.initial.formula.text} in ")
    assert [table.name for table in found.tables()] == [
        "monte-carlo-formulas", "monte-carlo-terms", "monte-carlo-cases", "monte-carlo-parameters"
    ]  # fmt: skip
    assert {one.kind for one in found.caveats} >= {"declared", "few-draws", "no-reason"}


def test_survival_is_drawn_by_thirds(found: MonteCarlo) -> None:
    chart = found.chart()
    drawn = {(row["parameter"], row["from"]): row["share"] for row in rows(chart, "rect")}
    assert drawn == {
        (weight.varying.name, low): share.share for weight in found.weights for low, _, share in weight.parts
    }
    assert overlapping(chart) == []
    assert outside(chart) == []


@pytest.mark.parametrize(
    ("values", "rising", "tied", "kept"),
    [
        ([[1, 1], [2, 2], [3, 2]], 1, None, [True, False]),
        ([[3, 3], [2, 2], [1, 2.5]], -1, None, [True, False]),
        ([[1, 1], [2, 2], [2, 1]], 1, 1, [True, False]),
    ],
)
def test_anchors_are_in_order_where_they_strictly_rise_or_fall(
    values: list[list[float]], rising: int, tied: int | None, kept: list[bool]
) -> None:
    assert in_order(np.array(values), rising, tied=tied).tolist() == kept


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"of": "pri", "low": 0.5, "high": 0.5}, "an interval runs from a lower to a higher number"),
        ({"of": "pri", "low": 0, "high": math.inf}, "an interval runs from a lower to a higher number"),
        ({"of": "pri", "low": 0, "high": 1, "shape": "unifrom"}, "there is no shape 'unifrom'"),
        ({"of": "pri", "low": 0, "high": 1, "mode": 0.5}, "a uniform interval has no mode"),
        (
            {"of": "pri", "low": 0, "high": 1, "shape": "normal", "mode": 2},
            "the most likely value lies outside its interval",
        ),
        ({"of": "pri", "low": 0, "high": 1, "sd": 1}, "sd is a number above 0 and goes with shape='normal'"),
        (
            {"of": "frequency", "low": 1, "high": 1.5},
            "the frequency cut-off varies between whole numbers from 1 on",
        ),
    ],
)
def test_a_declaration_that_makes_no_sense_is_refused(options: dict[str, object], what: str) -> None:
    with pytest.raises(OptionError) as caught:
        Varying(**options)  # type: ignore[arg-type]
    assert caught.value.what == what


@pytest.mark.parametrize(
    ("varying", "what"),
    [
        ([], "nothing varies"),
        ([CROSSOVER, CROSSOVER], "A crossover is declared twice"),
        ([Varying(of="Z", anchor="crossover", low=1, high=2)], '"Z" plays no part in the analysis'),
        ([Varying(of="A", anchor="crosover", low=1, high=2)], 'A has no anchor "crosover"'),
        ([Varying(of="A", low=1, high=2)], '"A" is no cut-off'),
        ([Varying(of="contradiction", low=0.1, high=0.2)], "no row can be coded C: the analysis has no cut-off for contradictory rows"),
        ([Varying(of="consistency", low=0.5, high=1.5)], "the cut-off consistency is a share above 0 to 1"),
        (
            [CROSSOVER, Varying(of="A", anchor="full-in", low=21, high=41)],
            "of the values drawn for A crossover and A full-in fewer than one in ten are in their order",
        ),
    ],
)  # fmt: skip
def test_what_cannot_vary_is_refused(varying: list[Varying], what: str) -> None:
    with pytest.raises((OptionError, UnknownNameError)) as caught:
        monte_carlo(first(), varying)
    assert caught.value.what == what


def test_a_column_of_memberships_has_no_anchor_that_could_vary() -> None:
    own = analysis({"A": [0.9, 0.1], "Y": [1, 0]}, outcome="Y", conditions=["A"])
    with pytest.raises(OptionError, match='"A" has no anchors that can be moved'):
        monte_carlo(own, [CROSSOVER])


def test_the_cut_off_for_contradictions_stays_below_that_of_consistency() -> None:
    own = first(contradiction=0.6)
    varying = [Varying(of="contradiction", low=0.5, high=0.9), Varying(of="consistency", low=0.6, high=0.9)]
    low, high = drawn_values(own, varying, 300, 1)
    assert (low < high).all()


@pytest.mark.parametrize(("options", "what"), [
    ({"draws": 0}, "draws is a whole number from 1 on"),
    ({"seed": -1}, "the seed is a whole number from 0 on"),
    ({"choice": 9}, "IS has no model 9"),
])  # fmt: skip
def test_options_that_make_no_sense_are_refused(options: dict[str, int], what: str) -> None:
    with pytest.raises(OptionError) as caught:
        monte_carlo(first(), [CROSSOVER], **options)  # type: ignore[arg-type]
    assert caught.value.what == what


def test_an_analysis_without_a_solution_cannot_survive() -> None:
    with pytest.raises(DataError, match="the initial analysis has no solution"):
        monte_carlo(first(frequency=30), [CROSSOVER])


def test_intervals_that_reach_over_a_fixed_neighbour_say_that_only_a_part_of_them_was_used():
    frame = {"GNP": [720, 1098, 586, 468, 350], "SURV": [1, 1, 1, 0, 0]}
    first = analysis(
        frame, outcome="SURV", conditions=["GNP"], calibrations={"GNP": {"anchors": (400, 550, 900)}}
    )
    # Full-out stands at 400: of 300 to 600 two thirds keep the order.
    wide = monte_carlo(
        first, [Varying(of="GNP", anchor="crossover", low=300, high=600, why="w")], draws=3_000
    )
    ((names, again),) = wide.out_of_order
    assert names == ("GNP crossover",)
    assert again / 3_000 == pytest.approx(1 / 3, abs=0.03)
    assert float(wide.drawn.values.min()) > 400
    assert any(one.kind == "drawn-again" for one in wide.caveats)
    narrow = monte_carlo(
        first, [Varying(of="GNP", anchor="crossover", low=500, high=600, why="w")], draws=300
    )
    assert narrow.out_of_order == ()
