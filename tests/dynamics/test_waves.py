"""Waves: held against counting and against regions whose shape is known on paper."""

from __future__ import annotations

from dataclasses import replace
from math import log

import numpy as np
import pytest
from tests.dynamics.declared import FIRST, R, band, fading, square, years

from concausa.dynamics import waves as module
from concausa.dynamics.crowd import Crowd
from concausa.dynamics.matching import match
from concausa.dynamics.model import Model
from concausa.dynamics.plan import Plan
from concausa.dynamics.quantity import Flow, Input, Parameter, Stock
from concausa.dynamics.setting import Course, Happening
from concausa.dynamics.waves import Ask, waves

A, B = f"A of NL in {FIRST}", f"B of NL in {FIRST}"


def found(model, bands, setting=None, **options):
    options.setdefault("particles", 256)
    return waves([Ask(model, setting or years(FIRST), tuple(bands))], **options)[0][0]


def chi_square(counts):
    expected = counts.sum() / counts.size
    return float(((counts - expected) ** 2 / expected).sum())


def test_an_interval_of_one_parameter_is_found_whole_and_evenly():
    """exp(-d) in [0.90, 0.91] is d in [-log 0.91, -log 0.90]: 1.1 % of the prior."""
    wave = found(fading(), [band("C", 0.90, 0.91, "x", 2001)], years(2001), seed=3)
    low, high = -log(0.91), -log(0.90)
    assert wave.share.low <= high - low <= wave.share.high
    assert wave.share.high < 2 * wave.share.low
    place = (wave.points["d"] - low) / (high - low)
    assert place.min() >= 0
    assert place.max() <= 1
    counts = np.bincount((place * 10).astype(int), minlength=10) * wave.effective / len(place)
    assert chi_square(counts) < 27.9  # chi-square of 9, one in a thousand
    assert wave.r_hat < 1.05


def test_waves_and_counting_agree_where_both_can_be_done():
    bands = [band("C", 0.9, 0.91, "x", 2001)]
    plain = match(fading(), years(2001), bands, draws=40_000).share()
    wave = found(fading(), bands, years(2001)).share
    assert max(plain.low, wave.low) < min(plain.high, wave.high)


def test_a_triangle_at_the_corner_is_found_evenly():
    """A + B <= 0.1 touches two borders at once: thrown back from them, joint steps would crowd the corner."""
    wave = found(square(), [band("A + B", 0, 0.1, "x")], seed=1, particles=1024)
    assert wave.share.low <= 0.005 <= wave.share.high
    a, b = wave.points[A] / 0.1, wave.points[B] / 0.1
    assert (a + b).max() <= 1 + 1e-9
    # Four triangles of one size: at each corner, and between.
    parts = np.select([a > 0.5, b > 0.5, a + b < 0.5], [0, 1, 2], 3)
    counts = np.bincount(parts, minlength=4) * min(1, wave.effective / len(a))
    assert chi_square(counts) < 16.3  # chi-square of 3, one in a thousand


def test_moves_leave_the_prior_on_a_ridge_as_it_is():
    """On a diagonal ridge that ends at two corners, draws lie as thick at its ends as in its middle.

    A step along the ridge that is thrown back from one border alone leads off the ridge; moves of that kind are
    not as likely backwards. Within 0.05 of the diagonal the place along it is even.
    """
    bands = [band("max(A - B, B - A)", 0, 0.05, "x")]
    wave = found(square(), bands, seed=2, particles=2048)
    along = (wave.points[A] + wave.points[B]) / 2
    inner = along[(along > 0.05) & (along < 0.95)]
    counts = np.bincount(((inner - 0.05) / 0.9 * 9).astype(int), minlength=9)
    assert chi_square(counts * min(1, wave.effective / len(along))) < 26.1  # chi-square of 8
    ends = (along < 0.025).mean() + (along > 0.975).mean()
    # Of the ridge, 1 - 0.95 ** 2 wide, each end is a square of sides 0.05 cut along its other diagonal.
    assert ends == pytest.approx(2 * 0.05**2 / 2 / (1 - 0.95**2), abs=0.006)


def test_a_move_alone_keeps_what_is_even_even():
    """The prior itself, from one point in each of many squares: moved without a limit it stays as it was."""
    setting = years(FIRST)
    crowd = Crowd(
        Plan(square(), setting), [], np.zeros((0, 1), dtype=bool), [np.random.default_rng(5)],
        np.random.default_rng(6).random((2, 1, 4096)), np.zeros((1, 4096)),
    )  # fmt: skip
    crowd.places[:] = crowd.places**2  # crowded towards the corner
    before = crowd.places.copy()
    halves = (slice(0, 2048), (2048, 4096)), (slice(2048, 4096), (0, 2048))
    for mine, others in halves * 40:
        proposed = crowd.proposed([0], mine, others)
        assert crowd.accept(proposed, np.zeros((1, 2048)), np.array([np.inf]), [0], mine).tolist() == [2048]
    assert before.mean() < 0.35
    cells = (crowd.places[:, 0] * 4).astype(int)
    counts = np.bincount(cells[0] * 4 + cells[1], minlength=16)
    assert chi_square(counts) < 37.7  # chi-square of 15, one in a thousand
    assert crowd.places.min() >= 0
    assert crowd.places.max() <= 1


def test_shares_of_waves_multiply_to_the_share_that_is_there():
    """With fresh draws in every wave the product is right on average; counting the draw at the limit adds a third.

    Misses are even from 0 to the limit of the wave before, so that 0.001 of the prior misses by no more than 0.001.
    """
    rng, estimates = np.random.default_rng(8), []
    for _ in range(800):
        limit, share = 1.0, 1.0
        while limit > 0.001:
            misses = rng.random((1, 64)) * limit
            crowd = Crowd(None, [], np.zeros((0, 1), dtype=bool), [], np.zeros((1, 1, 64)), misses)
            limit = crowd.limit(0, 0.001)
            share *= crowd.select(0, limit, 0.001)
        estimates.append(share / 0.001)
    assert np.mean(estimates) == pytest.approx(1, abs=4 * np.std(estimates) / 800**0.5)
    assert np.std(estimates) / 800**0.5 < 0.03


def test_a_limit_goes_below_what_most_draws_miss_by():
    misses = np.array([[0.5] * 60 + [0.1, 0.2, 0.3, 0.4]])
    crowd = Crowd(None, [], np.zeros((0, 1), dtype=bool), [], np.arange(64.0)[None, None], misses)
    limit = crowd.limit(0, 0.0)
    assert 0.4 < limit < 0.5
    assert crowd.select(0, limit, 0.0) == 4 / 64
    assert sorted(set(crowd.places[0, 0].tolist())) == [60, 61, 62, 63]
    assert crowd.limit(0, 0.25) == 0.25
    level = Crowd(None, [], np.zeros((0, 1), dtype=bool), [], np.zeros((1, 1, 64)), np.full((1, 64), 0.5))
    assert level.limit(0, 0.0) == 0.5
    assert level.select(0, 0.5, 0.0) == 1


def test_every_proposal_proposes_something():
    crowd = Crowd(
        Plan(fading(), years(2001)), [], np.zeros((0, 1), dtype=bool), [np.random.default_rng(5)],
        np.random.default_rng(6).random((1, 1, 512)), np.zeros((1, 512)),
    )  # fmt: skip
    proposed = crowd.proposed([0], slice(0, 256), (256, 512))
    assert (proposed != crowd.places[:, :, :256]).all()


def test_a_region_that_does_not_exist_is_said_so():
    """Two bands that exclude each other: nothing is admitted, and what is told is how much comes near."""
    bands = [band("A", 0, 0.2, "x"), band("A", 0.4, 1, "y")]
    wave = found(square(), bands, particles=64)
    assert (wave.share.value, wave.share.low) == (0, 0)
    assert 0 < wave.share.high < 1e-4
    assert wave.effective == 0
    assert wave.r_hat == float("inf")
    assert {len(place) for place in wave.points.values()} == {0}
    assert wave.waves[-1].tolerance == pytest.approx(0.1, abs=3e-3)
    assert len(wave.waves) < module.MOST_WAVES


def test_a_region_behind_a_plateau_is_found():
    """Nine in ten draws miss by the same 0.5 until an event happens early; waves do not stop there."""
    model = Model("step", (Stock("C", R(0, 0)),), (Input("X"),), (Parameter("p", R(0, 1)),),
                  flows=(Flow("f", "C", True, "X * p"),))  # fmt: skip
    setting = years(2019, happenings=(Happening("step", "X", "NL", 2000, 2019, "E"),))
    bands = [band("X * (0.5 + p / 2)", 0.95, 1, "x", 2000)]
    wave = found(model, bands, setting)
    assert wave.share.low <= 1 / 20 * 0.1 <= wave.share.high


def test_a_leaving_has_the_same_draws_whatever_is_worked_out_beside_it():
    bands = [band("A", 0, 0.1, "x"), band("B", 0, 0.1, "y"), band("A + B", 0, 0.05, "z")]
    leavings = [frozenset(), frozenset("x"), frozenset("z")]
    ask = Ask(square(), years(FIRST), tuple(bands), tuple(leavings))
    (together,) = waves([ask], particles=64)
    for leaving, beside in zip(leavings, together, strict=True):
        alone = waves([replace(ask, leavings=(leaving,))], particles=64)[0][0]
        assert alone.share == beside.share
        assert all((alone.points[name] == beside.points[name]).all() for name in (A, B))
    for wave, size in zip(together, (0.05**2 / 2, 0.05**2 / 2, 0.01), strict=True):
        assert wave.share.low / 2 <= size <= wave.share.high * 2


def test_repetitions_that_disagree_are_worth_little():
    """Two small regions far apart: how many draws each repetition has in either is chance."""
    apart = "max(abs(abs(A - 0.5) - 0.23), max(A - B, B - A))"
    few = found(square(), [band(apart, 0, 0.0005, "x")], particles=64, seed=4)
    assert few.r_hat > 1.05
    assert few.effective < 100


def test_a_repetition_that_stopped_before_it_leaves_the_range_open_to_where_it_stopped():
    chains = np.random.default_rng(0).random((1, 8, module.SAMPLED))
    there = module._Repetition(chains, True, (module.Wave(0.1, 0.4, 0.5), module.Wave(0.0, 0.25, 0.5)))
    stuck = module._Repetition(chains, False, (module.Wave(0.1, 0.5, 0.5), module.Wave(0.09, 0.8, 0.5)))
    share = module._together(["d"], [there, there, stuck, there]).share
    assert (share.value, share.low, share.high) == pytest.approx((0.3 / 4, 0, 0.4))
    alone = module._together(["d"], [there, stuck, stuck, stuck])
    assert alone.r_hat == float("inf")
    assert alone.effective == 1


def test_repetitions_that_agree_are_worth_much():
    many = found(square(), [band("A", 0.2, 0.8, "x")], particles=512)
    assert many.r_hat < 1.02
    assert many.effective > 500


def test_waves_of_no_bands_are_the_prior():
    wave = found(square(), [], particles=64)
    assert wave.share.value == 1
    assert [one.share for one in wave.waves] == [1]


def test_what_is_not_used_is_not_moved():
    courses = (Course("X", "NL", FIRST, 2001, R(0, 1), "leader"),)
    model = Model("m", (Stock("C"),), (Input("X"),), flows=(Flow("f", "C", False, "0.1"),))
    wave = found(model, [band("C", 0, 0.01, "x")], years(2001, courses=courses), particles=64)
    assert tuple(wave.points) == (f"C of NL in {FIRST}",)
