"""Wider bands, other priors, wider and narrower ranges: all worked out by hand."""

from __future__ import annotations

import pytest
from tests.dynamics.still import SLOW, band, fades, near, still

from concausa.core.errors import OptionError
from concausa.dynamics.assumptions import LEAST, priors, ranges, scaled, tolerances
from concausa.dynamics.model import Model
from concausa.dynamics.outcome import Outcome
from concausa.dynamics.quantity import Flow, Intervention, Parameter, Range, Stock

RATE = Outcome("d", "NL", "d")


def test_wider_bands_admit_what_they_add():
    found = tolerances(still(band("half", 0.0, 0.5)), outcome=Outcome("cohesion", "NL", "C"))
    for step in found.steps:
        assert near(step.share, 0.5 + step.tolerance)
        assert step.headline is not None
        assert step.headline.mean == pytest.approx((0.5 + step.tolerance) / 2, abs=0.01)
    assert found.steps[0].times.value == 1
    assert found.steps[-1].times.value == pytest.approx(1.2, abs=0.03)
    assert "With bands wider by 0.1 on both sides " in str(found)
    assert len(found.table()) == 4


def test_a_tolerance_is_a_number_from_0_to_1():
    with pytest.raises(OptionError, match="tolerance is -1") as caught:
        tolerances(still(band("half", 0.0, 0.5), draws=500), [-1])
    assert caught.value.fix == "a number from 0 to 1"


@pytest.mark.parametrize(
    ("shape", "times", "mean"),
    [
        # d is at most 1/2. Beta(1, 2) puts 3/4 there, Beta(2, 1) 1/4, Beta(2, 2) 1/2.
        ("Beta(1, 2)", 1.5, 2 / 9),
        ("Beta(2, 1)", 0.5, 1 / 3),
        ("Beta(2, 2)", 1.0, 5 / 16),
        ("lower half", 2.0, 1 / 4),
    ],
)
def test_other_priors_weigh_the_draws_as_integrals_say(shape, times, mean):
    found = priors(fades(SLOW), outcome=RATE)
    one = next(tilt for tilt in found.tilts if tilt.shape == shape)
    assert one.times == pytest.approx(times, rel=0.02)
    assert one.headline is not None and one.headline.mean == pytest.approx(mean, rel=0.02)


def test_what_the_draws_cannot_bear_is_withheld():
    found = priors(fades(SLOW), outcome=RATE)
    one = next(tilt for tilt in found.tilts if tilt.shape == "upper half")
    assert one.withheld and one.headline is None
    assert f"priors that leave the draws worth fewer than {LEAST}, of which nothing is told: 1." in str(found)
    assert found.table().column("headline")[-1].missing


def test_the_extremes_over_priors_are_told():
    found = priors(fades(SLOW), outcome=RATE)
    least, most = found.extremes
    assert (least.shape, most.shape) == ("Beta(1, 2)", "Beta(2, 1)")
    assert str(found).startswith(
        "d is 0.25 under the prior as declared; other priors on the same ranges take it from 0.22"
        " (d as Beta(1, 2)) to 0.33 (d as Beta(2, 1))."
    )


def test_ranges_twice_and_half_as_wide_admit_half_and_twice_as_much():
    wide, narrow = ranges(fades(SLOW))
    assert (wide.name, narrow.name) == ("all ranges × 2", "all ranges × 0.5")
    assert near(wide.ratio, 0.5)
    assert near(narrow.ratio, 2)
    assert wide.word == "admits 2.0 times fewer"
    assert [one.name for one in ranges(fades(SLOW), scales=[2], each=True)] == ["all ranges × 2", "d × 2"]


def test_the_lower_end_of_a_range_stays_and_memberships_end_at_1():
    model = Model(
        "m", (Stock("C"),), (), (Parameter("a", Range.of(0.2, 0.4)), Parameter("law", Range.of(0.7, 1))),
        flows=(Flow("c", "C", True, "a"),), interventions=(Intervention("body", "C", "law"),),
    )  # fmt: skip
    wide = scaled(model, ["a", "law"], 2)
    assert [part.range.parts for part in wide.parameters] == [
        ((0.2, pytest.approx(0.6)),), ((0.7, 1.0),)
    ]  # fmt: skip
    assert scaled(model, ["a"], 0.5).parameters[1] == model.parameters[1]


def test_a_scale_is_above_0():
    with pytest.raises(OptionError, match="a range is multiplied by 0") as caught:
        ranges(fades(SLOW, draws=500), scales=[0])
    assert caught.value.fix == "a number above 0"
