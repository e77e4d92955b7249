"""Chickering & Pearl's clinician: an encouragement, a treatment, an outcome, and a hidden cause of the last two.

Counts: Chickering & Pearl (1996), A clinician's tool for analyzing non-compliance, AAAI-96, pp. 1269-1276 (337 patients
of the Lipid Research Clinics trial). Estimates: Humphreys, slides *Bayesian mixed methods* (TCD 2023), table 1, made with
CausalQueries and Stan: .56 (.10), .64 (.15) and .70 (.05), printed to two digits.
"""

from __future__ import annotations

from functools import cache

import pytest

from concausa.tracing.causal.declare import causal_model
from concausa.tracing.causal.posterior import CausalPosterior

COUNTS = [(0, 0, 0, 158), (0, 0, 1, 14), (1, 0, 0, 52), (1, 0, 1, 12), (1, 1, 0, 23), (1, 1, 1, 78)]
#: Half a unit of the last digit printed, and as much again for the chance of either sampler.
NEAR = 0.01


@cache
def posterior() -> CausalPosterior:
    rows = [{"Z": z, "X": x, "Y": y, "patients": n} for z, x, y, n in COUNTS]
    return causal_model("Z -> X -> Y; X <-> Y").update(rows, count="patients")


@pytest.mark.parametrize(
    ("given", "mean", "sd"), [("", 0.56, 0.10), ("X==0 & Y==0", 0.64, 0.15), ("X[Z=1] > X[Z=0]", 0.70, 0.05)]
)
def test_effects_are_those_that_were_published(given: str, mean: float, sd: float) -> None:
    answer = posterior().query("Y[X=1] - Y[X=0]", given, level="population")
    assert answer.value == pytest.approx(mean, abs=NEAR)
    assert answer.sd == pytest.approx(sd, abs=NEAR)
    assert answer.effective > 4000
    assert answer.r_hat == pytest.approx(1, abs=0.01)


def test_the_effect_is_within_the_bounds_that_need_no_prior() -> None:
    # Balke & Pearl (1997), Bounds on treatment effects from studies with imperfect compliance, JASA 92, 1171-1176:
    # without any prior these data put the effect between .392 and .780.
    answer = posterior().query("Y[X=1] - Y[X=0]", level="population")
    assert 0.392 < answer.value < 0.780
