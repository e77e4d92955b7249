"""Runs: against a slow twin, against what can be worked out on paper, and refused where something lacks."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dynamics.declared import R, fading, formulas, studies, years
from tests.reference import dynamic_runs as twin

from concausa.core.errors import DataError, FormulaError, OptionError, UnknownNameError
from concausa.dynamics.band import Band, told
from concausa.dynamics.model import Model
from concausa.dynamics.prior import prior
from concausa.dynamics.quantity import Derived, Flow, Input, Intervention, Parameter, Stock
from concausa.dynamics.runs import AT_ONCE, rerun, simulate
from concausa.dynamics.setting import Course, Happening

DRAWS = 2


def one_by_one(model, setting, points):
    """The same runs by the slow twin."""
    count = len(next(iter(points.values()))) if points else 1
    return [
        twin.Run(model, setting, {name: float(place[draw]) for name, place in points.items()})
        for draw in range(count)
    ]


def near(found, expected):
    return found == pytest.approx(expected, abs=1e-12, rel=1e-9, nan_ok=True)


@settings(max_examples=25)
@given(studies(), st.data())
def test_runs_are_those_of_the_slow_twin(study, data):
    model, setting = study
    runs = simulate(model, setting, draws=DRAWS, seed=data.draw(st.integers(0, 99)))
    slow = one_by_one(model, setting, runs.points)
    names = [name for name in model.symbols if all(
        part in prior(model, setting).by_name
        for reached in model.reached([name]) for part in runs._plan.rests.get(reached, ())
    )]  # fmt: skip
    formula = data.draw(formulas(names))
    for place, year in enumerate(setting.years):
        for row, unit in enumerate(setting.units):
            for draw, one in enumerate(slow):
                for stock in model.stock_names:
                    assert near(runs.stocks[stock][place, row, draw], one.stocks[stock, unit, year])
                assert near(runs.of(formula)[place, row, draw], one.of(formula, unit, year))


@settings(max_examples=8)
@given(studies(), st.randoms())
def test_the_order_in_which_points_and_parts_stand_moves_nothing(study, random):
    model, setting = study
    runs = simulate(model, setting, draws=DRAWS)
    names = list(runs.points)
    random.shuffle(names)
    again = rerun(model, setting, {name: runs.points[name] for name in names})
    for name, whole in runs.stocks.items():
        assert (again.stocks[name] == whole).all()
        assert ((whole >= 0) & (whole <= 1)).all()


# On paper.


def test_nothing_moves_without_flows():
    still = fading().without("fades")
    runs = simulate(still, years(2010, starts={("NL", "C"): R(0, 1)}), draws=50)
    assert (runs.stocks["C"] == runs.stocks["C"][:1]).all()
    assert len(np.unique(runs.stocks["C"])) == 50


def test_decay_alone_is_geometric():
    runs = simulate(fading(), years(2006), draws=20)
    rate = runs.points["d"]
    for year, found in enumerate(runs.of("C", unit="NL")):
        assert near(found, np.exp(-rate * year))


def test_a_stock_comes_to_rest_where_gain_and_loss_are_even():
    """dx/dt = u (1 - x) - d x has its rest at u / (u + d), and closes exp(-(u + d)) of the way each year."""
    model = Model("two ways", (Stock("C", R(0.9, 0.9)),),
                  flows=(Flow("up", "C", True, "0.2"), Flow("down", "C", False, "0.3")))  # fmt: skip
    path = simulate(model, years(2100), draws=1).of("C", unit="NL")[:, 0]
    assert near(path[1], 0.4 + 0.5 * math.exp(-0.5))
    assert near(path[-1], 0.4)


@pytest.mark.parametrize(("up", "down"), [
    (1e-12, 0), (0, 1e-12), (1e-300, 1e-300), (1e6, 0), (0, 1e6), (1e6, 1e6), (1e300, 1e-300), (0, 0), (5e-324, 0),
])  # fmt: skip
@pytest.mark.parametrize("start", [0, 0.3, 1])
def test_rates_of_any_size_keep_a_stock_between_its_start_and_its_rest(up, down, start):
    model = Model("sizes", (Stock("C", R(start, start)),), (Input("X"),),
                  (Parameter("u", R(up, up)), Parameter("d", R(down, down))),
                  flows=(Flow("up", "C", True, "u"), Flow("down", "C", False, "d")))  # fmt: skip
    end = float(simulate(model, years(2001), draws=1).of("C", unit="NL")[1, 0])
    rest = start if up + down == 0 else up / (up + down)
    expected = rest + (start - rest) * math.exp(-(up + down))
    assert end == pytest.approx(expected, abs=1e-15)
    assert 0 <= end <= 1


def test_more_leadership_never_lowers_cohesion_when_leadership_builds_it():
    model = Model("M1", (Stock("C"),), (Input("L"),), (Parameter("a", R(0, 1)), Parameter("d", R(0, 1))), (),
                  (Flow("build", "C", True, "a * L", "M1"), Flow("decay", "C", False, "d")))  # fmt: skip
    less = simulate(model, years(2010, courses=(Course("L", "NL", 2000, 2010, R(0.2, 0.2)),)), draws=200)
    more = simulate(model, years(2010, courses=(Course("L", "NL", 2000, 2010, R(0.9, 0.9)),)), draws=200)
    assert (more.stocks["C"] >= less.stocks["C"]).all()
    assert (more.stocks["C"][1:] > less.stocks["C"][1:]).mean() > 0.99
    off = [simulate(model.without("M1"), years(2010, courses=(Course("L", "NL", 2000, 2010, R(value, value)),)),
                    draws=200).stocks["C"] for value in (0.2, 0.9)]  # fmt: skip
    assert (off[0] == off[1]).all()


def test_a_mechanism_shared_by_flows_and_formulas_is_switched_as_one():
    model = Model("shared", (Stock("C", R(0.5, 0.5)),), (), (),
                  (Derived("G", "1", "M7", "0"),),
                  (Flow("direct", "C", True, "0.2", "M7"), Flow("gated", "C", True, "0.3 * G")))  # fmt: skip
    assert near(simulate(model, years(2001), draws=1).of("C")[1, 0, 0], 1 - 0.5 * math.exp(-0.5))
    assert simulate(model.without("M7"), years(2001), draws=1).of("C")[1, 0, 0] == 0.5
    again = model.without("M7").including("M7")
    assert again == model


def test_what_is_done_in_the_first_year_lifts_the_start():
    council = Intervention("council", "C", "0.5")
    model = Model("lift", (Stock("C", R(0.2, 0.2)),), flows=(), interventions=(council,))
    setting = years(2002, happenings=(Happening("move", "council", "NL", 2000, 2000),))
    assert simulate(model, setting, draws=1).of("C")[:, 0, 0].tolist() == [0.5, 0.5, 0.5]
    high = years(2002, happenings=setting.happenings, starts={("NL", "C"): R(0.7, 0.7)})
    assert simulate(model, high, draws=1).of("C")[:, 0, 0].tolist() == [0.7, 0.7, 0.7]


def leaders(*happenings, courses=(), last=2005):
    model = Model("inputs", (Stock("C"),), (Input("L"), Input("M")), (), (), (Flow("f", "C", True, "L + M"),),
                  (Intervention("low", "L", "0.1"), Intervention("high", "L", "0.9")))  # fmt: skip
    setting = years(last, happenings=happenings, courses=courses)
    return simulate(model, setting, draws=400).of("L", unit="NL")


def test_a_pulse_lasts_a_year_a_step_and_a_move_to_the_end_and_a_course_ends():
    course = (Course("L", "NL", 2001, 2003, R(0.5, 0.5)),)
    assert leaders(courses=course)[:, 0].tolist() == [0, 0.5, 0.5, 0.5, 0, 0]
    assert leaders(Happening("pulse", "L", "NL", 2002, 2002), courses=course)[:, 0].tolist() == [
        0,
        0.5,
        1,
        0.5,
        0,
        0,
    ]
    assert leaders(Happening("step", "L", "NL", 2002, 2002), courses=course)[:, 0].tolist() == [
        0,
        0.5,
        1,
        1,
        1,
        1,
    ]
    assert leaders(Happening("move", "low", "NL", 2002, 2002), courses=course)[:, 0].tolist() == [
        0, 0.5, 0.1, 0.1, 0.1, 0.1,
    ]  # fmt: skip


def test_of_two_happenings_that_bear_on_a_year_the_later_in_the_tuple_counts():
    low, high = Happening("move", "low", "NL", 2001, 2001), Happening("move", "high", "NL", 2001, 2001)
    assert leaders(low, high)[1, 0] == 0.9
    assert leaders(high, low)[1, 0] == 0.1
    assert leaders(low, high, low)[1, 0] == 0.1


def test_each_year_of_an_open_event_is_as_likely_and_no_other_occurs():
    started = leaders(Happening("step", "L", "NL", 2000, 2005, "E"))
    assert started[-1].all()
    first = started.argmax(axis=0)
    counts = np.bincount(first, minlength=6)
    assert len(counts) == 6
    assert ((counts - 400 / 6) ** 2 / (400 / 6)).sum() < 20.5  # chi-square of 5, one in a thousand


def test_an_event_at_the_very_end_of_its_range_still_happens():
    """A place of 1, or one that rounding brings there, is the last year and not the year after."""
    model = Model("late", (Stock("C"),), (Input("X"),), flows=(Flow("f", "C", True, "X"),))
    setting = years(2005, happenings=(Happening("pulse", "X", "NL", 2003, 2004, "E"),))
    points = {"C of NL in 2000": np.zeros(2), "year of E": np.array([1.0, 1 - 2**-53])}
    assert rerun(model, setting, points).of("X", unit="NL")[4].tolist() == [1, 1]


def test_an_event_that_moves_two_things_does_so_in_one_year():
    model = Model("twice", (Stock("C", R(0, 0)),), (Input("X"),), flows=(Flow("f", "C", False, "X"),),
                  interventions=(Intervention("council", "C", "0.5"),))  # fmt: skip
    event = ("NL", 2001, 2004, "E")
    setting = years(2005, happenings=(Happening("move", "council", *event), Happening("pulse", "X", *event)))
    runs = simulate(model, setting, draws=60)
    assert (
        (runs.of("C", unit="NL")[1:] > 0).argmax(axis=0) == runs.of("X", unit="NL")[1:].argmax(axis=0)
    ).all()
    still = simulate(model.without("f"), setting, draws=60)
    assert (still.of("C", unit="NL")[-1] == 0.5).all()


def test_a_name_that_a_used_and_an_unused_input_share_is_drawn():
    """The last course of a name once decided alone whether it was drawn, and its lowest value stood in."""
    model = Model("two", (Stock("C", R(0, 0)),), (Input("L"), Input("M")), flows=(Flow("f", "C", True, "L"),))
    courses = tuple(Course(name, "NL", 2000, 2001, R(0.2, 0.9), "leader") for name in "LM")
    runs = simulate(model, years(2001, courses=courses), draws=50)
    assert (runs.of("L") == runs.of("M")).all()
    assert runs.of("L")[0, 0].std() > 0.1


def test_a_known_course_keeps_its_value_whatever_its_name():
    model = Model(
        "one", (Stock("C"),), (Input("L"),), (Parameter("d", R(0, 1)),), flows=(Flow("f", "C", True, "L*d"),)
    )
    runs = simulate(model, years(2001, courses=(Course("L", "NL", 2000, 2001, R(0.25, 0.25), "d"),)), draws=5)
    assert (runs.of("L") == 0.25).all()


def test_noise_has_the_spread_that_is_declared_and_stays_within_0_to_1():
    model = Model("noise", (Stock("C", R(0.5, 0.5)),), flows=(Flow("f", "C", True, "0"),), noise=0.02)
    found = simulate(model, years(2001), draws=20_000).of("C", unit="NL")[1]
    assert found.mean() == pytest.approx(0.5, abs=0.001)
    assert found.std() == pytest.approx(0.02, rel=0.03)
    wild = simulate(
        Model("wild", model.stocks, flows=model.flows, noise=5.0), years(2003), draws=2000
    ).stocks["C"]
    assert wild.min() >= 0
    assert wild.max() <= 1


def test_runs_do_not_rest_on_how_they_are_cut_into_blocks():
    setting = years(2003, units=("NL", "PUE"))
    model = fading()
    whole = simulate(model, setting, draws=AT_ONCE)
    part = rerun(model, setting, {name: place[5000:5100] for name, place in whole.points.items()})
    assert (part.stocks["C"] == whole.stocks["C"][:, :, 5000:5100]).all()


def test_formulas_are_told_for_chosen_years_and_units():
    setting = years(2005, units=("NL", "PUE"), starts={("PUE", "C"): R(0.5, 0.5)})
    runs = simulate(fading(), setting, draws=7)
    assert runs.draws == 7
    assert runs.of("C").shape == (6, 2, 7)
    assert runs.of("2 * C", unit="PUE", years=[2005, 2000, 2000]).shape == (3, 7)
    assert (runs.of("2 * C", unit="PUE", years=[2005, 2000])[1] == 1).all()
    assert (runs.of("C", years=[2001, 2002]) == runs.stocks["C"][1:3]).all()
    assert (runs.of("0.5") == 0.5).all()
    with pytest.raises(ValueError, match="read-only"):
        runs.of("C")[0] = 0


# Refusals.


@pytest.mark.parametrize(("draws", "seed", "message"), [
    (0, 0, "draws is 0"), (True, 0, "draws is True"), (2.0, 0, "draws is 2.0"), (1, -1, "seed is -1"),
    (1, None, "seed is None"),
])  # fmt: skip
def test_counts_are_whole_numbers(draws, seed, message):
    with pytest.raises(OptionError) as error:
        simulate(fading(), years(2001), draws=draws, seed=seed)
    assert error.value.what == message


def moving(rate, **parts):
    return Model("m", (Stock("C", R(0.5, 0.5)),), (Input("X"),), (Parameter("p", R(0, 1)),), (),
                 (Flow("f", "C", True, rate),), **parts)  # fmt: skip


@pytest.mark.parametrize(("rate", "message"), [
    ("C - 1", "the rate C - 1 is -0.5 in 2001"),
    ("X / X", "the rate X / X is no number in 2001"),
    ("C / X", "the rates C / X have no end in 2001"),
])  # fmt: skip
def test_a_rate_is_a_finite_number_from_0_on(rate, message):
    with pytest.raises(DataError) as error:
        simulate(moving(rate), years(2001))
    assert error.value.what == message


def test_what_was_not_drawn_is_not_told():
    courses = (Course("X", "NL", 2000, 2001, R(0.2, 0.8), "leader"),)
    setting = years(2001, courses=courses, happenings=(Happening("pulse", "X", "NL", 2000, 2001, "E"),))
    runs = simulate(moving("0.1"), setting, draws=5)
    for formula, lacking in (("p", "p"), ("1 - X", "leader")):
        with pytest.raises(OptionError) as error:
            runs.of(formula)
        assert error.value.what == f"{lacking} was not drawn, because nothing that is on uses it"
        assert error.value.fix == f"leave {formula[-1]} out of the formula, or switch on what uses it"


def test_a_formula_a_unit_and_a_year_must_be_there():
    runs = simulate(moving("p"), years(2001), draws=5)
    with pytest.raises(FormulaError) as unread:
        runs.of("K")
    assert unread.value.what == "there is no quantity K"
    with pytest.raises(UnknownNameError) as unknown:
        runs.of("C", unit="NLE")
    assert (unknown.value.what, unknown.value.fix) == (
        "there is no unit 'NLE' in the simulation",
        "did you mean NL?",
    )
    with pytest.raises(OptionError) as late:
        runs.of("C", years=[2002])
    assert (late.value.what, late.value.fix) == ("2002 was not simulated", "a year from 2000 to 2001")
    with pytest.raises(OptionError) as none:
        runs.of("C", years=[])
    assert none.value.what == "no year is asked for"


def test_points_must_fit_and_so_must_the_setting():
    model = moving("p")
    with pytest.raises(OptionError) as lacking:
        rerun(model, years(2001), {"q": np.zeros(3)})
    assert lacking.value.what == "the points have no place for p"
    with pytest.raises(OptionError) as uneven:
        rerun(model, years(2001), {"p": np.zeros(3), "q": np.zeros(2)})
    assert uneven.value.what == "the points have 2, 3 draws"
    with pytest.raises(OptionError) as early:
        rerun(model, years(2001, happenings=(Happening("pulse", "X", "NL", 1999, 1999),)), {"p": np.zeros(3)})
    assert early.value.what == "X lies in 1999, before the first year 2000"


def test_no_points_give_no_runs():
    runs = rerun(moving("p"), years(2003), {"p": np.zeros(0)})
    assert runs.stocks["C"].shape == (4, 1, 0)


@settings(max_examples=8)
@given(studies(), st.data())
def test_bands_are_read_as_the_slow_twin_reads_them(study, data):
    model, setting = study
    runs = simulate(model, setting, draws=DRAWS)
    low, high = sorted(data.draw(st.tuples(*[st.floats(0, 1)] * 2)))
    reading = data.draw(st.sampled_from(["mean", "last", "every", "some"]))
    first, last = sorted(data.draw(st.tuples(*[st.sampled_from(setting.years)] * 2)))
    name = data.draw(st.sampled_from(model.stock_names))
    one = Band("b", setting.units[-1], name, first, last, low, high, reading)
    slow = one_by_one(model, setting, runs.points)
    found = np.abs(told(one, runs) - (low + high) / 2)
    assert near(found, np.abs(np.array([twin.told(one, run) for run in slow]) - (low + high) / 2))
