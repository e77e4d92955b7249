"""A synthetic study made from known parameters: much evidence teaches them, little does not."""

from __future__ import annotations

import numpy as np
import pytest

from concausa.dynamics.band import Band
from concausa.dynamics.learned import learned
from concausa.dynamics.matching import match
from concausa.dynamics.model import Model
from concausa.dynamics.prior import prior
from concausa.dynamics.quantity import Flow, Parameter, Range, Stock
from concausa.dynamics.runs import rerun
from concausa.dynamics.setting import Setting

TRUE = {"a": 0.15, "d": 0.25}
MODEL = Model(
    "rise and fall",
    (Stock("C", Range.of(0.1, 0.1)),),
    parameters=(Parameter("a", Range.of(0, 0.6)), Parameter("d", Range.of(0, 0.6))),
    flows=(Flow("up", "C", True, "a"), Flow("down", "C", False, "d")),
)
YEARS = Setting(("NL",), 2000, 2012)


def evidence(years):
    assert prior(MODEL, YEARS).names == ("a", "d")
    run = rerun(MODEL, YEARS, {name: np.array([value / 0.6]) for name, value in TRUE.items()})
    return [
        Band(f"C in {year}", "NL", "C", year, year, max(0.0, value - 0.03), value + 0.03)
        for year in years
        for value in [float(run.of("C", unit="NL", years=[year])[0, 0])]
    ]


@pytest.fixture(scope="module")
def taught():
    return learned(match(MODEL, YEARS, evidence(range(2001, 2013)), draws=60_000))


def test_many_bands_teach_the_parameters_from_which_they_were_made(taught):
    for one in taught.lessons:
        assert one.word == "learned"
        assert one.ratio.high < 0.5
        assert one.after.low <= TRUE[one.unknown.name] <= one.after.high


def test_one_band_late_teaches_how_rise_and_fall_go_together_but_neither_of_them():
    found = learned(match(MODEL, YEARS, evidence([2012]), draws=60_000))
    by_name = {one.unknown.name: one for one in found.lessons}
    assert by_name["a"].word == "somewhat"
    assert by_name["d"].word == "not learned"
    # In the end C is a / (a + d), so that what is known is a line through both.
    (one,) = found.combinations
    weights = dict(one.parts)
    assert weights["a"] * weights["d"] < 0
    assert -weights["d"] / weights["a"] == pytest.approx(TRUE["a"] / TRUE["d"], abs=0.1)


def test_one_wide_band_teaches_nothing():
    wide = Band("wide", "NL", "C", 2012, 2012, 0.05, 0.95)
    found = learned(match(MODEL, YEARS, [wide], draws=20_000))
    assert {one.word for one in found.lessons} == {"not learned"}
