"""Shares and their ranges."""

from __future__ import annotations

import math

import numpy as np
import pytest

from concausa.dynamics.share import Share, ratio


def test_a_counted_share_has_wilsons_range():
    """By hand, z = 1.6449: (5 + z^2 / 2) / (10 + z^2) -+ z / (10 + z^2) * sqrt(2.5 + z^2 / 4)."""
    z = 1.6448536269514722
    centre, reach = (5 + z * z / 2) / (10 + z * z), z / (10 + z * z) * math.sqrt(2.5 + z * z / 4)
    share = Share.counted(5, 10)
    assert share.value == 0.5
    assert (share.low, share.high) == pytest.approx((centre - reach, centre + reach))


def test_none_of_many_is_not_said_to_be_impossible():
    assert Share.counted(0, 100).value == 0
    assert 0.02 < Share.counted(0, 100).high < 0.05
    nothing = Share.counted(0, 0)
    assert math.isnan(nothing.value)
    assert (nothing.low, nothing.high) == (0, 1)


def test_a_counted_range_holds_the_share_nine_times_in_ten():
    rng = np.random.default_rng(0)
    for known in (0.02, 0.3):
        hits = rng.binomial(500, known, 800)
        held = [share.low <= known <= share.high for share in (Share.counted(int(one), 500) for one in hits)]
        assert np.mean(held) == pytest.approx(0.9, abs=0.04)


@pytest.mark.parametrize("spread", [0.1, 0.4, 0.8])
def test_a_repeated_range_holds_the_share_about_nine_times_in_ten(spread):
    """Four estimates each, unbiased, and as skew as products of shares are."""
    rng = np.random.default_rng(1)
    held = []
    for _ in range(1500):
        shares = 1e-4 * np.exp(rng.normal(-(spread**2) / 2, spread, 4))
        share = Share.repeated(shares.tolist())
        held.append(share.low <= 1e-4 <= share.high)
    assert 0.84 < np.mean(held) < 0.95


def test_estimates_of_nothing_leave_the_range_open():
    share = Share.repeated([0.0, 0.02, 0.04, 0.0])
    assert (share.value, share.low) == (pytest.approx(0.015), 0)
    assert share.high == pytest.approx(0.12)
    assert Share.repeated([0.3]) == Share(0.3, 0.0, pytest.approx(0.9))


def test_no_range_leaves_0_to_1():
    share = Share.repeated([0.9, 0.99, 0.5, 0.8])
    assert 0 <= share.low <= share.value <= share.high <= 1


def test_a_ratio_has_the_range_of_both():
    found = ratio(Share(0.2, 0.1, 0.4), Share(0.5, 0.25, 0.8))
    assert (found.value, found.low, found.high) == pytest.approx((0.4, 0.125, 1.6))
    none = ratio(Share(0.2, 0.1, 0.4), Share(0.0, 0.0, 0.1))
    assert (none.value, none.low, none.high) == (math.inf, 1.0, math.inf)
    assert found.data == {"value": found.value, "low": found.low, "high": found.high}
