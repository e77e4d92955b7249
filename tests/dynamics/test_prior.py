"""The prior: what is drawn, from which stream, and where each place stands."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dynamics.declared import FIRST, R, fading, ranges, square, years
from tests.reference.dynamic_runs import standing_at

from concausa.core.errors import OptionError, UnknownNameError
from concausa.dynamics.model import Model
from concausa.dynamics.prior import Prior, Unknown, prior
from concausa.dynamics.quantity import Flow, Input, Intervention, Parameter, Range, Stock
from concausa.dynamics.setting import Course, Happening

EVENT = Unknown("year of E", R(2003, 2006), "year")


def whole():
    model = Model(
        "whole", (Stock("C"), Stock("B", R(0, 0))), (Input("L"), Input("M")),
        (Parameter("a", R(0, 1)), Parameter("known", R(0.2, 0.2)), Parameter("idle", R(0, 1)), Parameter("law", R(0, 1))),
        (), (Flow("f", "C", True, "a * L * known"), Flow("g", "B", True, "a")), (Intervention("law", "B", "law"),),
        noise=0.1,
    )  # fmt: skip
    setting = years(
        2001, ("NL", "PUE"), starts={("PUE", "C"): R(1, 1)},
        courses=(Course("L", "NL", 2000, 2001, R(0, 1), "leader"), Course("M", "NL", 2000, 2001, R(0, 1), "minister")),
        happenings=(Happening("move", "law", "NL", 2000, 2001, "E"), Happening("pulse", "M", "NL", 2000, 2001, "F")),
    )  # fmt: skip
    return prior(model, setting)


def test_all_that_is_unknown_and_used_is_drawn_and_nothing_else():
    assert whole().names == (
        "a", "law", "C of NL in 2000", "leader", "year of E",
        "noise of C in NL, 2001", "noise of B in NL, 2001", "noise of C in PUE, 2001", "noise of B in PUE, 2001",
    )  # fmt: skip
    assert [unknown.kind for unknown in whole().unknowns[:5]] == [
        "parameter",
        "parameter",
        "start",
        "input",
        "year",
    ]
    assert whole().unknown("year of E").range == R(2000, 2002)


def test_a_draw_does_not_change_when_something_is_added():
    few, many = (
        prior(fading(), years(2001)).draw(50, seed=4),
        prior(fading(noise=0.1), years(2001)).draw(50, seed=4),
    )
    assert (few["d"] == many["d"]).all()
    assert len(many) == 2
    assert not (few["d"] == prior(fading(), years(2001)).draw(50, seed=4, block=1)["d"]).any()
    assert not (few["d"] == prior(fading(), years(2001)).draw(50, seed=5)["d"]).any()


def test_quantities_are_drawn_apart():
    places = prior(square(), years(FIRST)).draw(4000, seed=0)
    one, two = places.values()
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.06


@given(ranges(), st.floats(0, 1, exclude_max=True))
def test_a_place_stands_where_the_slow_twin_has_it(range, place):
    found = float(Unknown("x", range, "parameter").value(np.array([place]))[0])
    assert found == pytest.approx(standing_at(range, place), abs=1e-9)
    assert range.low - 1e-12 <= found <= range.high + 1e-12


def test_parts_of_a_range_are_as_likely_as_they_are_wide_and_single_values_equally():
    unknown = Unknown("x", Range(((0.0, 0.1), (0.5, 0.8))), "parameter")
    assert unknown.value(np.array([0, 0.125, 0.25, 0.625, 1])) == pytest.approx([0, 0.05, 0.5, 0.65, 0.8])
    single = Unknown("x", Range(((0.1, 0.1), (0.5, 0.5), (0.9, 0.9))), "parameter")
    assert single.value(np.array([0, 0.33, 0.34, 0.66, 0.67, 1])).tolist() == [0.1, 0.1, 0.5, 0.5, 0.9, 0.9]


def test_years_are_as_likely_and_none_lies_outside():
    assert EVENT.value(np.array([0, 0.33, 0.34, 0.66, 0.67, 1 - 2**-53, 1.0])).tolist() == [
        2003, 2003, 2004, 2004, 2005, 2005, 2005,
    ]  # fmt: skip


def test_noise_is_logistic_with_a_spread_of_1_and_is_finite_at_the_ends():
    unknown = Unknown("noise", R(-1, 1), "noise")
    places = (np.arange(100_000) + 0.5) / 100_000
    assert unknown.value(places).std() == pytest.approx(1, abs=0.001)
    assert unknown.value(np.array([0.75]))[0] == pytest.approx(math.log(3) * math.sqrt(3) / math.pi)
    assert np.isfinite(unknown.value(np.array([0.0, 1.0]))).all()


def test_points_are_completed_with_fresh_draws_and_cut_to_what_is_drawn():
    own = prior(square(), years(FIRST))
    a, b = own.names
    found = own.completed({a: np.full(3, 0.5), "gone": np.zeros(3)}, seed=0)
    assert list(found) == [a, b]
    assert found[a].tolist() == [0.5] * 3
    assert len(set(found[b].tolist())) == 3
    assert (found[b] == own.completed({a: np.zeros(3)}, seed=0)[b]).all()
    assert (found[b] != own.completed({a: np.zeros(3)}, seed=1)[b]).all()


def test_what_is_not_drawn_is_not_there():
    with pytest.raises(UnknownNameError) as error:
        whole().unknown("lead")
    assert (error.value.what, error.value.fix) == ("nothing called 'lead' is drawn", "did you mean leader?")


def test_two_unknowns_of_one_name_are_refused():
    """A course of the name of a parameter would once have been drawn from the parameter's place."""
    courses = (Course("L", "NL", 2000, 2001, R(0, 1), "a"),)
    model = Model(
        "m", (Stock("C"),), (Input("L"),), (Parameter("a", R(0, 1)),), flows=(Flow("f", "C", True, "a * L"),)
    )
    with pytest.raises(OptionError) as error:
        prior(model, years(2001, courses=courses))
    assert (error.value.what, error.value.fix) == (
        "a stands for two unknowns: parameter, input", "give each a name of its own",
    )  # fmt: skip
    assert Prior(()).names == ()
