"""Mechanisms and flows switched, and histories exchanged."""

from __future__ import annotations

import re

import pytest
from tests.dynamics.still import NL, near

from concausa.core.errors import UnknownNameError
from concausa.dynamics.ablation import ablation, exchanged
from concausa.dynamics.band import Band
from concausa.dynamics.matching import match
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Derived, Flow, Input, Intervention, Parameter, Range, Stock
from concausa.dynamics.setting import Course, Happening, Setting

ZERO = Range.of(0, 0)
#: C is built by leaders (M1); D by something else (M2), and by nothing that bands speak of.
BUILT = Model(
    "built",
    (Stock("C", ZERO), Stock("D", ZERO)),
    (Input("L"),),
    (Parameter("a", Range.of(0, 1)), Parameter("b", Range.of(0, 1))),
    flows=(
        Flow("build", "C", True, "a * L", "M1"),
        Flow("other", "D", True, "b", "M2"),
        Flow("help", "C", True, "0.5", "M3", off=True),
    ),
)
LED = Setting(
    ("NL", "PUE"),
    2000,
    2001,
    (Course("L", "NL", 2000, 2001, Range.of(1, 1)), Course("L", "PUE", 2000, 2001, ZERO)),
)
#: 1 - exp(-a) reaches 1/2 from a = 0.693 on; with help from 0.193 on.
HALF = Band("half", "NL", "C", 2001, 2001, 0.5, 1.0)


def built(**more):
    return match(BUILT, LED, [HALF, Band("none", "PUE", "C", 2001, 2001, 0.0, 0.45)], draws=20_000, **more)


def trial(found, name):
    return next(one for one in (*found.switched, *found.placebos) if one.name == name)


def test_a_mechanism_that_no_band_speaks_of_changes_nothing_at_all():
    one = trial(ablation(built(), switches=["M2"]), "M2 off")
    assert one.ratio.value == 1
    assert one.word == "no difference that these draws can show"


def test_a_mechanism_without_which_no_band_is_met_is_told_so():
    one = trial(ablation(built(particles=64), switches=["M1"], placebos=False), "M1 off")
    assert one.share.value == 0
    # None of 20,000 draws: the score interval ends at z² / (n + z²), with z = 1.645.
    assert one.share.high <= 2.706 / (20_000 + 2.706) + 1e-9
    assert one.word == "nothing that meets all bands was found"
    assert one.short == "none found"


def test_what_is_off_is_switched_on_and_its_ratio_follows_by_hand():
    one = trial(ablation(match(BUILT, LED, [HALF], draws=20_000), switches=["M3"], placebos=False), "M3 on")
    assert near(one.ratio, (1 - 0.19315) / (1 - 0.69315))
    assert re.fullmatch(r"admits 2\.[5-8] times more", one.word)
    assert one.short == "admits more"


def test_a_flow_that_is_all_of_its_mechanism_is_tried_once():
    found = ablation(built(particles=64), placebos=False)
    assert [one.name for one in found.switched] == ["M1 off", "M2 off", "M3 on"]


def test_exchanged_histories_that_change_nothing_are_no_placebo_and_others_are():
    found = ablation(built(particles=64), switches=[])
    (one,) = found.placebos
    assert one.name == "L of NL and PUE exchanged"
    assert one.word == "nothing that meets all bands was found"
    same = Setting(
        ("NL", "PUE"), 2000, 2001, tuple(Course("L", u, 2000, 2001, Range.of(1, 1)) for u in ("NL", "PUE"))
    )
    assert ablation(match(BUILT, same, [HALF], draws=5000), switches=[]).placebos == ()


def test_an_exchange_takes_all_that_sets_the_input_and_nothing_else():
    model = Model(
        "m", (Stock("C"),), (Input("L"), Input("T")), flows=(Flow("c", "C", True, "L"),),
        interventions=(Intervention("leader", "L", "1"), Intervention("council", "C", "0.5")),
    )  # fmt: skip
    moved, stays = (
        Happening("move", "leader", "NL", 2000, 2000),
        Happening("move", "council", "NL", 2000, 2000),
    )
    setting = Setting(
        ("NL", "PUE"), 2000, 2001, (), (moved, stays, Happening("pulse", "T", "NL", 2001, 2001))
    )
    turned = exchanged(model, setting, "L", "NL", "PUE")
    assert [one.unit for one in turned.happenings] == ["PUE", "NL", "NL"]


def test_a_formula_with_no_other_form_is_not_switched_and_it_is_said_why():
    model = Model(
        "m", (Stock("C", ZERO),), (), (Parameter("a", Range.of(0, 1)),), (Derived("g", "a", "M4"),),
        (Flow("c", "C", True, "g"),),
    )  # fmt: skip
    found = ablation(match(model, NL, [HALF], draws=2000, particles=64), switches=["M4"], placebos=False)
    assert found.switched == ()
    assert found.unswitched == (("M4", "g has no formula for when its mechanism is off"),)
    assert "M4 is not switched: g has no formula" in str(found.table())


def test_a_variant_that_cannot_be_simulated_is_told_and_stops_nothing():
    model = Model(
        "m", (Stock("C", ZERO),), (), (Parameter("a", Range.of(0, 1)),), (Derived("g", "a", "M4", "0 - a"),),
        (Flow("c", "C", True, "g"),),
    )  # fmt: skip
    found = ablation(match(model, NL, [HALF], draws=2000), switches=["M4"], placebos=False)
    assert found.switched[0].word.startswith("cannot be judged: the rate g is -")
    assert "M4 off cannot be judged" in str(found)


def test_an_unknown_switch_is_refused_with_the_nearest():
    with pytest.raises(UnknownNameError, match="there is no mechanism or flow 'biuld'") as caught:
        ablation(built(), switches=["biuld"])
    assert caught.value.fix == "did you mean build?"


def test_it_says_that_ratios_are_no_odds_of_truth():
    found = ablation(built(), switches=["M2"], placebos=False)
    assert str(found) == (
        "No difference that these draws can show: M2 off.\n"
        "Caveat: a ratio of shares tells how well the prior with that structure meets the bands;"
        " it is no odds of its being true."
    )
    assert repr(found) == "<Ablation of built: 1 switched, 0 placebos>"
    assert found.data()["switched"][0]["ratio"]["value"] == 1
