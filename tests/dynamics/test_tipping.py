"""Tipping: the least value of a lever, where it can be worked out by hand."""

import json

import numpy as np
import pytest

from concausa.core.errors import OptionError, UnknownNameError
from concausa.dynamics.matching import match
from concausa.dynamics.model import Corner, Model
from concausa.dynamics.quantity import Flow, Input, Intervention, Parameter, Range, Stock
from concausa.dynamics.setting import Setting
from concausa.dynamics.tipping import Aim, tipping

ONE = Range.of(1, 1)
SETTING = Setting(("A", "B"), 2000, 2010)


def model(rate="a * max(0, L + I - 0.4)", a=ONE, **options):
    return Model(
        "tips", (Stock("C", Range.of(0, 0), condition="BC"), Stock("I", Range.of(0, 0))), (Input("L"),),
        (Parameter("a", a),), flows=(Flow("up", "C", True, rate), Flow("down", "I", False, "0")),
        interventions=(Intervention("council", "I", "0.3"),), **options,
    )  # fmt: skip


def tip(built, aim=None, **options):
    aim = aim or Aim("A", 2010, formula="C", least=1e-9)
    return tipping(match(built, SETTING, [], draws=500), aim, **{"lever": "L", "year": 2001, **options})


def test_a_goal_that_is_reached_from_0_4_on_tips_at_0_4():
    found = tip(model()).of()
    assert found.least == pytest.approx(0.4, abs=2e-3)
    assert (found.falls, found.shares[0].value, found.shares[-1].value) == ((), 0, 1)


def test_a_forum_takes_the_place_of_its_own_value_of_leadership():
    found = tip(model(), forum="I", consolidated="council")
    assert found.of("none").least == pytest.approx(0.4, abs=2e-3)
    assert found.of("consolidated").least == pytest.approx(0.1, abs=2e-3)
    assert found.of("as it was").least == found.of("none").least


def test_half_the_draws_tip_where_the_formula_does():
    # C after ten years: 1 - exp(-10 a L); half reach 1/2 where L = ln 2 / (10 × 0.3), the median of a being 0.3.
    found = tip(model("a * L", Range.of(0.1, 0.5)), Aim("A", 2010, formula="C", least=0.5)).of()
    assert found.least == pytest.approx(np.log(2) / 3, abs=0.015)
    assert found.low <= found.least <= found.high
    assert found.taught.assumed
    three = tip(model("a * L", Range.of(0.1, 0.5)), Aim("A", 2010, formula="C", least=0.5), likely=0.75).of()
    assert three.least == pytest.approx(np.log(2) / 2, abs=0.02)


def test_a_goal_that_nothing_reaches_and_one_that_needs_nothing():
    assert tip(model("0 * L")).of().told == "none up to 1"
    assert tip(model("1 + 0 * L")).of().told == "already at 0"


def test_the_least_forum_is_found_the_same_way():
    found = tip(model(), lever="I").of()
    assert found.least == pytest.approx(0.4, abs=2e-3)
    with_leader = tip(model(), lever="I", changes=["A L=0.25"]).of()
    assert with_leader.least == pytest.approx(0.15, abs=2e-3)


def test_a_probability_that_falls_again_is_told():
    found = tip(model("max(0, 0.09 - abs(L - 0.5))"))
    assert found.of().least == pytest.approx(0.41, abs=2e-3)
    assert found.of().falls == ((0.55, 0.6000000000000001),)
    (told,) = [str(caveat) for caveat in found.caveats if caveat.kind == "falls"]
    assert told == (
        "with the forum as it was the probability does not only rise: it falls between 0.55 and 0.6; there may be "
        "crossings that the grid does not show"
    )


def test_a_pattern_whose_gate_is_the_lever_is_open_by_definition():
    gated = model("a", corners=(Corner("strong", "BC", True), Corner("weak", "~BC")), gate="L")
    found = tip(gated, Aim("A", 2010, "strong"))
    assert found.of().least == pytest.approx(0.5, abs=2e-3)
    assert "by-definition" in {caveat.kind for caveat in found.caveats}
    stocks = tip(gated, Aim("A", 2010, "strong", gate=False))
    assert stocks.of().told == "already at 0"
    assert "by-definition" not in {caveat.kind for caveat in stocks.caveats}


def test_tipping_tells_itself():
    found = tip(model(), forum="I")
    assert repr(found) == "<Tipping of L for C >= 1e-09 in A in 2010>"
    assert "  I none: 0.40 (0.40 to 0.40); probability 0.00 at 0, 1.00 at 1" in str(found)
    assert (len(found.table()), len(found.curve_table())) == (3, 3 * 21)
    json.dumps(found.data(), allow_nan=False)


@pytest.mark.parametrize(
    ("options", "kind", "message"),
    [
        ({"lever": "K"}, UnknownNameError, "there is no stock 'K'"),
        ({"year": 2011}, OptionError, "L is moved from 2011 on, and the aim lies in 2010"),
        ({"likely": 0}, OptionError, "likely is 0"),
        ({"steps": 0}, OptionError, "steps is 0"),
        ({"aim": Aim("A", 2030, formula="C")}, OptionError, "2030 was not simulated"),
        ({"aim": Aim("A", 2010, "strong")}, OptionError, "there is no pattern 'strong'"),
        ({"aim": Aim("X", 2010, formula="C")}, UnknownNameError, "there is no unit 'X' in the simulation"),
        ({"lever": "I", "forum": "I"}, OptionError, "I is the lever and the forum at once"),
        ({"changes": ["A L=1 from 2005"]}, OptionError, "two changes say what L is from 2005 to 2010"),
    ],
)
def test_what_is_no_option_is_refused(options, kind, message):
    with pytest.raises(kind) as caught:
        tip(model(), **options)
    assert caught.value.what == message


def test_an_aim_is_a_pattern_or_a_formula():
    with pytest.raises(OptionError, match="an aim is a pattern or a formula"):
        Aim("A", 2010)
