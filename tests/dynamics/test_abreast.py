"""Plans run abreast: every number is that of the plan run alone, to the last bit."""

from __future__ import annotations

import dataclasses

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dynamics.declared import FIRST, R, band, studies, years

from concausa.dynamics import abreast as module
from concausa.dynamics.abreast import Abreast
from concausa.dynamics.matching import admit, match
from concausa.dynamics.model import Model
from concausa.dynamics.plan import Plan
from concausa.dynamics.quantity import Flow, Input, Intervention, Parameter, Stock
from concausa.dynamics.runs import planned
from concausa.dynamics.setting import Course, Happening

#: Every rate lies between 0 and some number, whatever its quantities are.
LED = Model(
    "led",
    (Stock("C"), Stock("D", R(0.5, 0.5))),
    (Input("L"), Input("T")),
    (Parameter("a", R(0, 1)), Parameter("b", R(0, 2)), Parameter("c", R(0.25, 0.25)), Parameter("low", R(0, 0.2))),
    flows=(
        Flow("build", "C", True, "a * max(L, D)", "M1"),
        Flow("join", "D", True, "c * C", "M2"),
        Flow("fade", "C", False, "b * (1 - L)", "M3"),
        Flow("turn", "D", False, "b * T", "M4"),
        Flow("help", "C", True, "c * T", "M5", off=True),
    ),
    interventions=(Intervention("council", "C", "a"), Intervention("purge", "D", "low", exactly=True)),
)  # fmt: skip
THERE = years(
    2006,
    ("NL", "PUE"),
    courses=(Course("L", "NL", FIRST, 2003, R(0, 1), "leader"), Course("L", "PUE", 2002, 2006, R(1, 1))),
    happenings=(
        Happening("pulse", "T", "NL", 2002, 2004, "E1"),
        Happening("move", "council", "PUE", 2003, 2003, "E2"),
        Happening("move", "purge", "NL", 2003, 2005, "E3"),
    ),
)
ELSEWISE = dataclasses.replace(THERE, courses=(Course("L", "PUE", FIRST, 2001, R(0, 0.5), "other"),))
VARIANTS = [
    Plan(LED, THERE),
    Plan(LED.without("M1"), THERE),
    Plan(LED.without("M3", "M4"), THERE),
    Plan(LED.including("M5"), THERE),
    Plan(LED.without("M1", "M2", "M3", "M4"), ELSEWISE),
    Plan(LED, ELSEWISE),
]


def is_each_alone(plans, sizes, seed=0):
    points = [
        plan.prior.draw(size, seed=seed + place)
        for place, (plan, size) in enumerate(zip(plans, sizes, strict=True))
    ]
    for plan, own, found in zip(plans, points, Abreast(plans).run(points), strict=True):
        alone = planned(plan, own)
        assert found.model is plan.model
        for name, stock in alone.stocks.items():
            np.testing.assert_array_equal(found.stocks[name], stock)
        for name in plan.model.stock_names:
            np.testing.assert_array_equal(found.of(f"{name} / 2"), alone.of(f"{name} / 2"))


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(VARIANTS), st.integers(1, 40)), min_size=1, max_size=6))
def test_variants_of_a_model_run_together_are_each_as_alone(chosen):
    plans, sizes = zip(*chosen, strict=True)
    is_each_alone(plans, sizes)


def test_variants_are_run_together_and_in_parcels_that_fit_the_cache(monkeypatch):
    parcels = []
    real = module._together
    monkeypatch.setattr(
        module, "_together", lambda plans, points: parcels.append(len(plans)) or real(plans, points)
    )
    is_each_alone(VARIANTS, [10] * 6)
    assert parcels == [6]
    monkeypatch.setattr(module, "AT_ONCE", 60)  # of two units, 30 draws
    is_each_alone(VARIANTS, [10] * 6)
    assert parcels == [6, 3, 3]


@settings(max_examples=12)
@given(st.lists(studies(), min_size=1, max_size=3), st.integers(1, 9))
def test_models_that_are_not_alike_are_each_as_alone(several, size):
    plans = [Plan(model, setting) for model, setting in several]
    plans = [plan for plan in plans if plan.prior.names]
    if plans:
        is_each_alone(plans * 2, [size] * len(plans) * 2)


def test_a_rate_that_is_not_bounded_beforehand_is_worked_out_alone():
    """Divided by what may be 0, a flow that is off would be counted 0 times infinity."""
    model = Model(
        "steep", (Stock("C"),), parameters=(Parameter("a", R(0, 1)),), flows=(Flow("f", "C", True, "1 / a"),)
    )
    assert Plan(model, years(2001)).structure is None
    assert Plan(LED, THERE).structure == Plan(LED.without("M1"), ELSEWISE).structure


def test_what_waves_find_rests_on_nothing_that_is_found_beside_it():
    bands = [band("C", 0.3, 0.32, "x", 2006), band("D", 0.2, 0.21, "y", 2006, unit="PUE")]
    variants = [LED, LED.including("M5"), LED.without("M1")]

    def matchings():
        return [match(one, THERE, bands, draws=64, particles=64) for one in variants]

    together, alone, nothing = matchings(), matchings(), frozenset()
    admit([(one, [nothing, frozenset("x")], step) for one in together for step in (0.0, 0.05)])
    for one, other in zip(together, alone, strict=True):
        for key, found in one._waved.items():
            single = other.admitted(leaving=key[0], tolerance=key[1])
            assert found.share == single.share
            assert found.waves == single.waves
            for name, places in single.points.items():
                np.testing.assert_array_equal(found.points[name], places)
    assert len({key for one in together for key in one._waved}) == 4
