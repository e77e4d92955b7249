"""Caveats: what a calibration must not keep to itself."""

from __future__ import annotations

from typing import Any

import pytest

from concausa.sets.calibrate import calibrate
from concausa.sets.calibrated import Calibrated

EVEN = [2.0, 4.5, 6.0, 8.0, 11.0, 13.0, 17.0, 19.0]
SAID: dict[str, Any] = {"why": "the law of 2004", "source": "Official gazette, 12 May 2004"}


def kinds(found: Calibrated) -> list[str]:
    return [caveat.kind for caveat in found.caveats]


def told(found: Calibrated, kind: str) -> str:
    (text,) = [str(caveat) for caveat in found.caveats if caveat.kind == kind]
    return text


def test_a_justified_calibration_of_a_balanced_set_has_no_caveat() -> None:
    assert calibrate(EVEN, anchors=[5, 10, 15], **SAID).caveats == ()


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({}, "the anchors have no written reason and no source: reviewers will ask for it"),
        ({"why": "the law"}, "the anchors have no source: reviewers will ask for it"),
        ({"why": " ", "source": "law"}, "the anchors have no written reason: reviewers will ask for it"),
    ],
)
def test_what_is_lacking_of_the_justification_is_said(given: dict[str, str], text: str) -> None:
    assert told(calibrate(EVEN, anchors=[5, 10, 15], **given), "unjustified") == text


def test_cases_on_the_crossover_are_named_and_stay() -> None:
    found = calibrate([10, 12, 10, 4], anchors=[5, 10, 15], cases=["NL", "PUE", "CH", "JAL"])
    assert found.memberships[[0, 2]].tolist() == [0.5, 0.5]
    assert told(found, "crossover").startswith("2 cases on the crossover, neither in nor out: NL and CH;")


def test_decimal_noise_does_not_hide_a_case_on_the_crossover() -> None:
    found = calibrate([0.3 + 1e-12, 0.1, 0.9], anchors=[0, 0.3, 1], **SAID)
    assert found.memberships[0] != 0.5
    assert told(found, "crossover").startswith("1 case on the crossover")


def test_long_lists_of_cases_are_cut_with_their_number() -> None:
    found = calibrate([10] * 9 + [1, 20], anchors=[5, 10, 15])
    assert "rows 1, 2, 3, 4, 5, 6 and 3 more" in told(found, "crossover")


@pytest.mark.parametrize(
    ("values", "skewed"),
    [
        ([20] * 17 + [1] * 3, False),
        ([20] * 18 + [1] * 2, True),
        ([20] * 3 + [1] * 17, False),
        ([20] * 2 + [1] * 18, True),
    ],
)
def test_a_lopsided_set_is_one_with_fewer_than_15_percent_on_a_side(values: list[int], skewed: bool) -> None:
    found = calibrate(values, anchors=[5, 10, 15], **SAID)
    assert ("skewed" in kinds(found)) is skewed
    if skewed:
        ins = sum(value > 10 for value in values)
        assert told(found, "skewed").startswith(f"{ins} of 20 cases are more in than out")


def test_anchors_by_percentiles_are_marked() -> None:
    found = calibrate(EVEN, percentiles=[5, 50, 95], **SAID)
    assert "percentiles (5, 50, 95) of these very data" in told(found, "percentiles")


@pytest.mark.parametrize("share", [(5, 50, 95), (10, 50, 90), (20, 50, 80), (25, 50, 75), (0, 50, 100)])
@pytest.mark.parametrize("falling", [False, True])
def test_anchors_that_are_percentiles_without_saying_so_are_found_out(
    share: tuple[int, ...], falling: bool
) -> None:
    # Of 0, 1 … 100 the percentile p is p itself.
    given = list(share)[::-1] if falling else list(share)
    found = calibrate(range(101), anchors=given, **SAID)
    assert f"percentiles {', '.join(map(str, share))} of these very data" in told(found, "percentiles")


def test_a_crossover_at_the_median_or_the_mean_is_found_out() -> None:
    # Median 3; mean (1 + 2 + 3 + 6 + 18) / 5 = 6.
    values = [1, 2, 3, 6, 18]
    assert "the median of these very data" in told(calibrate(values, anchors=[1.5, 3, 9]), "percentiles")
    assert "the mean of these very data" in told(calibrate(values, anchors=[1.5, 6, 9]), "percentiles")
    assert "percentiles" not in kinds(calibrate(values, anchors=[1.5, 4, 9]))


def test_anchors_outside_the_data_are_named() -> None:
    found = calibrate(EVEN, anchors=[1, 10, 20], **SAID)
    assert told(found, "range") == "outside the data, which run from 2 to 19: full-out 1, full-in 20"
    assert "range" not in kinds(calibrate(EVEN, anchors=[2, 10, 19], **SAID))
    assert told(calibrate(EVEN, method="crisp", thresholds=30), "range").endswith("threshold 30")


def test_a_column_of_zeros_and_ones_was_crisp_already() -> None:
    for method, options in (
        ("direct", {"anchors": [0, 0.5, 1]}),
        ("linear", {"anchors": [0, 0.4, 1]}),
        ("TFR", {}),
    ):
        assert "already-crisp" in kinds(calibrate([0, 1, 1, 0], method=method, **options))  # type: ignore[arg-type]
    assert "already-crisp" not in kinds(calibrate([0, 1, 0.5], anchors=[0, 0.4, 1]))
    assert "already-crisp" not in kinds(calibrate([0, 1, 1], method="crisp", thresholds=0.5))


def test_a_set_without_variation_is_called_one() -> None:
    found = calibrate([12, 12, 12], anchors=[5, 10, 15])
    assert "constant" in kinds(found)
    assert "skewed" not in kinds(found)


def test_cases_exactly_on_a_threshold_are_named_with_their_side() -> None:
    above = calibrate([550, 400, 850], method="multi-value", thresholds=[550, 850])
    assert told(above, "threshold") == "2 cases exactly on a threshold, counted as above it: rows 1 and 3"
    below = calibrate([550, 400], method="crisp", thresholds=550, include=False)
    assert below.memberships.tolist() == [0, 0]
    assert told(below, "threshold") == "1 case exactly on a threshold, counted as below it: row 1"


def test_a_value_that_nobody_has_is_named() -> None:
    found = calibrate([1, 2, 9], method="multi-value", thresholds=[5, 7, 8])
    assert told(found, "empty") == "no case has the value 1 or 2"


def test_relative_memberships_say_that_they_are() -> None:
    assert kinds(calibrate(EVEN, method="TFR")) == ["relative"]


def test_levels_and_degrees_are_asked_for_their_reason_by_their_own_name() -> None:
    words = calibrate(["low", "high"], method="levels", levels={"low": 0, "high": 1})
    assert told(words, "unjustified").startswith("the memberships of the levels have no written reason")
    degrees = calibrate([1, 2, 3, 4], method="indirect", degrees=[0, 0.3, 0.7, 1])
    assert told(degrees, "unjustified").startswith("the degrees of the cases have no written reason")
    cuts = calibrate([1, 2], method="crisp", thresholds=1.5)
    assert told(cuts, "unjustified").startswith("the thresholds have no written reason")
