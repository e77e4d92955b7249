"""Matching: counted as the slow twin counts, the same whatever works it out, and plain where something lacks."""

from __future__ import annotations

import asyncio
from math import log
from unittest.mock import patch

import distributed
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dynamics.declared import FIRST, R, band, fading, square, studies, years
from tests.reference import dynamic_runs as twin

from concausa.core.errors import DataError, FormulaError, OptionError, UnknownNameError
from concausa.dynamics import matching as module
from concausa.dynamics.band import Band
from concausa.dynamics.matching import items, match
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Flow, Input, Parameter, Stock
from concausa.dynamics.setting import Happening
from concausa.dynamics.waves import Ask, waves

A, B = f"A of NL in {FIRST}", f"B of NL in {FIRST}"
CORNERS = (band("A", 0, 0.5, "x"), band("B", 0, 0.5, "y"), band("A + B", 0, 0.5, "z"))


@settings(max_examples=20)
@given(studies(), st.data())
def test_a_matching_counts_and_keeps_what_the_slow_twin_does(study, data):
    model, setting = study
    unit = st.floats(0, 1, width=16)
    bands = []
    for place in range(data.draw(st.integers(0, 4))):
        low, high = sorted(data.draw(st.tuples(unit, unit)))
        first, last = sorted(data.draw(st.tuples(*[st.sampled_from(setting.years)] * 2)))
        reading = data.draw(st.sampled_from(["mean", "last", "every", "some"]))
        name = data.draw(st.sampled_from(model.stock_names))
        item = data.draw(st.sampled_from(["", "x", "y"]))
        bands.append(Band(f"b{place}", setting.units[0], name, first, last, low, high, reading, item))
    tolerance = data.draw(st.sampled_from([0, 0.1]))
    found = match(model, setting, bands, draws=6, tolerance=tolerance, seed=1)
    drawn = found.prior.draw(module.BLOCK, seed=1)
    slow = [twin.Run(model, setting, {name: float(drawn[name][one]) for name in drawn}) for one in range(6)]
    assert found.failing == dict(twin.failing(bands, slow, tolerance))
    assert found.share().value == twin.failing(bands, slow, tolerance)[frozenset()] / 6
    kept = [
        run for run in slow
        if len(next(iter(twin.failing(bands, [run], tolerance)))) <= 1
        or max(twin.missed(one, run) for one in bands) <= module.WIDEST
    ]  # fmt: skip
    for name, place in found.points.items():
        assert place.tolist() == [run.places[name] for run in kept]
    missed = [[twin.missed(one, run) for run in kept] for one in bands]
    assert found.missed == pytest.approx(np.array(missed).reshape(len(bands), len(kept)), abs=1e-12)
    met = [all(value <= tolerance for value in column) for column in zip(*missed, strict=True)]
    assert found.meets().tolist() == (met if bands else [True] * len(kept))


def test_shares_are_those_of_the_areas():
    """In the unit square: 1/4 less nothing; without x the band z alone is 1/8; without z a quarter."""
    found = match(square(), years(FIRST), CORNERS, draws=20_000)
    for leaving, area in (
        ((), 1 / 8),
        (("x",), 1 / 8),
        (("z",), 1 / 4),
        (("x", "z"), 1 / 2),
        (("x", "y", "z"), 1),
    ):
        share = found.share(leaving=leaving)
        assert share.low <= area <= share.high
    assert sum(found.failing.values()) == 20_000
    assert found.items == ("x", "y", "z")


def test_the_share_that_fading_leaves():
    """exp(-d) <= 1/2 from d = log 2 on."""
    share = match(fading(), years(2001), [band("C", 0, 0.5, "x", 2001)], draws=20_000).share()
    assert share.low <= 1 - log(2) <= share.high


def test_what_is_admitted_is_what_meets_and_as_many():
    found = match(square(), years(FIRST), CORNERS, draws=20_000)
    admitted = found.admitted()
    assert admitted.draws == found.meets().sum() == round(found.share().value * 20_000)
    assert admitted.share == found.share()
    assert (admitted.effective, admitted.r_hat, admitted.waves) == (admitted.draws, 1, ())
    runs = found.runs()
    assert (runs.of("A + B", unit="NL")[0] <= 0.5).all()
    left = found.admitted(leaving=["z"])
    assert left.share == found.share(leaving=["z"])
    assert (left.points[A] + left.points[B]).max() > 0.9


@pytest.mark.parametrize(
    ("leaving", "tolerance"), [((), 0.05), (("x",), 0.0), (("x",), 0.1), (("x", "z"), 0.0)]
)
def test_a_wider_tolerance_and_an_item_left_out_together_lose_no_draws(leaving, tolerance):
    """Draws that are needed for it may not have been kept; then they are found in waves."""
    found = match(square(), years(FIRST), CORNERS, draws=20_000, particles=256)
    share = found.admitted(leaving=leaving, tolerance=tolerance).share
    again = match(square(), years(FIRST), [one for one in CORNERS if one.item not in leaving], draws=20_000,
                  tolerance=tolerance, seed=5).share()  # fmt: skip
    assert max(share.low, again.low) <= min(share.high, again.high)


def test_waves_are_run_where_plain_draws_are_few_and_only_once():
    found = match(square(), years(FIRST), [band("A + B", 0, 0.05, "x")], draws=5_000, particles=128)
    admitted = found.admitted()
    assert admitted.waves
    assert admitted.share.low <= 0.05**2 / 2 <= admitted.share.high
    assert (found.runs(admitted).of("A + B") <= 0.05 + 1e-12).all()
    with patch.object(module, "waves", side_effect=AssertionError("run twice")):
        assert found.admitted() is admitted
        assert found.admitted_each([(), ["x"]])[0] is admitted


def test_each_leaving_is_as_it_is_alone():
    bands = (band("A", 0, 0.02, "x"), band("B", 0, 0.02, "y"))
    one = match(square(), years(FIRST), bands, draws=2_000, particles=64)
    other = match(square(), years(FIRST), bands, draws=2_000, particles=64)
    together = one.admitted_each([[], ["x"], ["y"]])
    for leaving, found in zip(([], ["x"], ["y"]), together, strict=True):
        alone = other.admitted(leaving=leaving)
        assert alone.share == found.share
        assert alone.points.keys() == found.points.keys()
        assert all((alone.points[name] == found.points[name]).all() for name in found.points)


# Nothing drawn, and nothing admitted.


def certain():
    flows = (Flow("f", "C", False, "0.5"),)
    return Model("certain", (Stock("C", R(1, 1)),), flows=flows)


def test_where_nothing_is_drawn_all_are_admitted_or_none():
    bands = [band("C", 0, 0.7, "x", 2001), band("C", 0.9, 1, "y", 2001), band("C", 0.8, 1, "z", 2001)]
    found = match(certain(), years(2001), bands, draws=500)
    assert found.failing == {frozenset({1, 2}): 500}
    assert found.share().value == 0
    assert found.share(leaving=["y", "z"]).value == 1
    assert found.admitted().share.value == found.admitted().effective == 0
    assert found.admitted(leaving=["y", "z"]).share.value == 1
    assert found.runs(found.admitted(leaving=["y", "z"])).draws == 1
    with pytest.raises(OptionError) as error:
        found.runs()
    assert error.value.what == "no draw meets every band"


def test_bands_that_exclude_each_other_admit_nothing_and_say_so():
    bands = [band("A", 0, 0.2, "x"), band("A", 0.4, 1, "y")]
    found = match(square(), years(FIRST), bands, draws=2_000, particles=64)
    admitted = found.admitted()
    assert (admitted.share.value, admitted.effective, admitted.draws) == (0, 0, 0)
    assert admitted.r_hat == float("inf")
    with pytest.raises(OptionError) as error:
        found.runs(admitted)
    assert error.value.fix == "leave items out, or widen the tolerance"


def test_no_bands_admit_everything():
    found = match(square(), years(FIRST), [], draws=600)
    assert found.share().value == 1
    assert found.admitted().draws == 600


# The same whatever works it out.


def drifting():
    model = Model("drift", (Stock("C"), Stock("B")), (Input("T"),), (Parameter("a", R(0, 1)), Parameter("d", R(0, 1))),
                  flows=(Flow("up", "C", True, "a * B"), Flow("down", "B", False, "d * T"), Flow("b", "B", True, "a")),
                  noise=0.05)  # fmt: skip
    setting = years(2004, ("NL", "PUE"), happenings=(Happening("pulse", "T", "NL", 2001, 2003, "E"),))
    return (
        model,
        setting,
        [band("C", 0.85, 0.95, "x", 2004), band("B", 0.9, 1, "y", 2003), band("C", 0, 0.01, "z")],
    )


def as_bytes(found):
    admitted = found.admitted()
    arrays = [*found.points.values(), found.values, *admitted.points.values()]
    told = repr((found.failing, admitted.share, admitted.effective, admitted.r_hat, admitted.waves))
    return told.encode() + b"".join(np.ascontiguousarray(one).tobytes() for one in arrays)


DRAWN = {"draws": 20_000, "seed": 3, "particles": 64}


@pytest.fixture(scope="module")
def alone():
    with patch.object(module, "BLOCKS_OF_A_JOB", 2):
        return as_bytes(match(*drifting(), **DRAWN))


def test_two_workers_give_the_same_bytes_as_one_process(alone):
    with patch.object(module, "BLOCKS_OF_A_JOB", 2):
        assert as_bytes(match(*drifting(), workers=2, **DRAWN)) == alone


def test_three_workers_give_the_same_waves_as_one_process():
    bands = [band("A + B", 0, 0.1, "x")]
    ask = Ask(square(), years(FIRST), tuple(bands))
    one, three = (waves([ask], particles=64, workers=count)[0][0] for count in (1, 3))
    assert (one.share, one.effective, one.r_hat, one.waves) == (
        three.share,
        three.effective,
        three.r_hat,
        three.waves,
    )
    assert all((one.points[name] == three.points[name]).all() for name in (A, B))


def test_a_dask_cluster_gives_the_same_bytes_as_one_process(alone):
    async def through():
        async with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, asynchronous=True, dashboard_address=None
        ) as cluster:
            return await asyncio.to_thread(
                lambda: as_bytes(match(*drifting(), scheduler=cluster.scheduler_address, **DRAWN))
            )

    with patch.object(module, "BLOCKS_OF_A_JOB", 2):
        assert asyncio.run(through()) == alone


def test_how_draws_are_dealt_out_moves_nothing(alone):
    assert as_bytes(match(*drifting(), **DRAWN)) == alone


def test_more_draws_begin_with_the_same():
    few = match(square(), years(FIRST), [], draws=100)
    many = match(square(), years(FIRST), [], draws=10_000)
    assert (many.points[A][:100] == few.points[A]).all()


def test_a_unit_more_moves_no_draw_of_the_others():
    alone = match(square(), years(FIRST), [], draws=9_000)
    beside = match(square(), years(FIRST, units=("NL", "PUE")), [], draws=9_000)
    assert (alone.points[A] == beside.points[A]).all()


def test_another_seed_gives_other_draws():
    one, two = (match(square(), years(FIRST), [], draws=100, seed=seed).points[A] for seed in (0, 1))
    assert not (one == two).any()


# Refusals.


@pytest.mark.parametrize(("options", "message"), [
    ({"draws": 0}, "draws is 0"), ({"draws": 1.5}, "draws is 1.5"), ({"seed": -1}, "seed is -1"),
    ({"tolerance": -0.1}, "tolerance is -0.1"), ({"tolerance": 0.2}, "tolerance is 0.2"),
    ({"tolerance": float("nan")}, "tolerance is nan"), ({"tolerance": "0"}, "tolerance is '0'"),
    ({"particles": 63}, "particles is 63"), ({"particles": 65}, "particles is 65"), ({"workers": 0}, "workers is 0"),
])  # fmt: skip
def test_options_are_checked(options, message):
    with pytest.raises(OptionError) as error:
        match(square(), years(FIRST), CORNERS, **{"draws": 100, **options})
    assert error.value.what == message


def test_items_must_be_there():
    found = match(square(), years(FIRST), (band("A", 0, 1, "NL-1"), band("B", 0, 1, "NL-2")), draws=100)
    for ask in (found.meets, found.share, found.admitted):
        with pytest.raises(UnknownNameError) as error:
            ask(leaving=["NL-3"])
        assert error.value.what == "no band belongs to 'NL-3'"
    with pytest.raises(OptionError) as negative:
        found.admitted(tolerance=-1)
    assert negative.value.what == "tolerance is -1"


def test_more_items_than_can_be_told_apart_are_refused():
    bands = [band("A", 0, 1, f"i{place}") for place in range(63)]
    assert len(items(bands[:62])) == 62
    match(square(), years(FIRST), bands[:62], draws=10)
    with pytest.raises(OptionError) as error:
        match(square(), years(FIRST), bands, draws=10)
    assert (error.value.what, error.value.fix) == ("there are 63 items", "keep to 62 at most")


@pytest.mark.parametrize(("one", "kind", "message"), [
    (band("K", 0, 1, "x"), FormulaError, "there is no quantity K"),
    (band("A", 0, 1, "x", unit="PUE"), UnknownNameError, "there is no unit 'PUE' in the simulation"),
    (band("A", 0, 1, "x", 1999), OptionError, "the band x:A lies in 1999 to 1999"),
    (band("A / (B - B)", 0, 1, "x"), None, ""),
    (band("(A - A) / (B - B)", 0, 1, "x"), DataError, "(A - A) / (B - B) is no number in NL in some runs"),
])  # fmt: skip
def test_bands_must_fit_and_be_numbers(one, kind, message):
    if kind is None:
        assert match(square(), years(FIRST), [one], draws=10).share().value == 0
        return
    with pytest.raises(kind) as error:
        match(square(), years(FIRST), [one], draws=10)
    assert error.value.what == message
