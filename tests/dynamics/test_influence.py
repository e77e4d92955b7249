"""What an outcome turns on: partial rank correlations and Sobol's indices."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dynamics.still import C, D, band, still
from tests.reference import partial_ranks as twin

from concausa.core.errors import OptionError, UnknownNameError
from concausa.dynamics.influence import indices, influence, partial_ranks
from concausa.dynamics.outcome import Outcome


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4), st.integers(8, 25), st.booleans())
def test_it_agrees_with_regressions_on_ranks_in_plain_python(seed, unknowns, draws, tied):
    rng = np.random.default_rng(seed)
    x = rng.random((unknowns, draws))
    y = x.sum(axis=0) + rng.random(draws)
    if tied:
        x[0], y = np.round(x[0] * 3), np.round(y * 3)
    found = partial_ranks(x, y)
    if np.isfinite(found).all():
        np.testing.assert_allclose(found, twin.partial_ranks(x.tolist(), y.tolist()), atol=1e-8)
    else:
        assert (
            np.linalg.matrix_rank(np.vstack([np.ones(draws), *map(twin.ranks, x)])) <= unknowns
            or np.ptp(y) == 0
        )


def test_only_the_order_of_values_counts():
    rng = np.random.default_rng(1)
    x = rng.random((3, 200))
    y = x[0] - 0.5 * x[1] + 0.1 * rng.random(200)
    np.testing.assert_allclose(partial_ranks(x, y), partial_ranks(np.exp(5 * x), y**3), atol=1e-9)


def test_what_is_constant_or_follows_from_the_others_has_none():
    x = np.array([[1.0, 2, 3, 4, 5, 6], [6.0, 2, 5, 1, 3, 4]])
    assert np.isnan(partial_ranks(x, np.ones(6))).all()
    assert np.isnan(partial_ranks(np.stack([x[0], x[0]]), x[1])).all()
    still_one = partial_ranks(np.stack([x[0], np.ones(6)]), x[0])
    assert still_one[0] == 1 and np.isnan(still_one[1])


def test_an_unknown_that_is_all_of_the_outcome_comes_first_and_one_that_is_not_there_is_not_told_from_0():
    found = influence(still(band("all", 0.0, 1.0)), Outcome("cohesion", "NL", "C * C"))
    assert [pull.unknown for pull in found.pulls] == [C, D]
    assert found.pulls[0].value == pytest.approx(1.0)
    assert not found.pulls[1].shows or abs(found.pulls[1].value) < 0.05
    assert str(found) == "Over the admitted draws, cohesion turns most on C of NL in 2000 (+1.00)."


def test_over_the_prior_and_over_the_admitted_it_may_turn_on_other_things():
    matching = still(band("thin", 0.5, 0.51))
    outcome = Outcome("either", "NL", "C + 0.1 * D")
    assert influence(matching, outcome, over="prior").pulls[0].unknown == C
    assert influence(matching, outcome, over="admitted", prior=None).pulls[0].unknown == D


def test_its_range_is_that_of_fisher_by_hand():
    found = influence(still(band("all", 0.0, 1.0), draws=400), Outcome("x", "NL", "C + 2 * D"), over="prior")
    pull = found.pulls[-1]
    # 8,192 draws, one other unknown: the standard error of atanh(r) is 1 / sqrt(8192 - 1 - 3).
    assert np.arctanh(pull.high) - np.arctanh(pull.value) == pytest.approx(1.6449 / np.sqrt(8188))


def test_an_outcome_that_does_not_vary_is_said_to():
    found = influence(still(band("all", 0.0, 1.0), draws=1000), Outcome("nothing", "NL", "0 * C"))
    assert found.pulls == ()
    assert str(found) == "Over the admitted draws, nothing does not vary."


def test_over_is_one_of_two():
    with pytest.raises(OptionError, match="over is 'posterior'") as caught:
        influence(still(band("all", 0.0, 1.0), draws=500), Outcome("c", "NL", "C"), over="posterior")  # type: ignore[arg-type]
    assert caught.value.fix == "admitted or prior"


@pytest.mark.parametrize(
    ("formula", "first", "total"),
    [
        # Var(0.8 C) : Var(0.2 D) = 0.64 : 0.04, and nothing together.
        ("0.8 * C + 0.2 * D", (0.64 / 0.68, 0.04 / 0.68), (0.64 / 0.68, 0.04 / 0.68)),
        # Var(CD) = 1/9 - 1/16 = 7/144; by itself either gives Var(C) / 4 = 3/144.
        ("C * D", (3 / 7, 3 / 7), (4 / 7, 4 / 7)),
    ],
)
def test_sobol_gives_indices_that_are_known(formula, first, total):
    found = indices(still(band("all", 0.0, 1.0), draws=500), Outcome("x", "NL", formula))
    by_name = {one.unknown: one for one in found.indices}
    assert found.runs == 512 * (2 + 2)
    for name, alone, whole in zip((C, D), first, total, strict=True):
        assert by_name[name].first.value == pytest.approx(alone, abs=0.02)
        assert by_name[name].total.value == pytest.approx(whole, abs=0.02)
        assert by_name[name].total.low <= whole <= by_name[name].total.high
    assert (
        str(found).startswith("Over the prior, the variance of x comes from C of NL in 2000 (")
        or formula == "C * D"
    )


def test_without_salib_it_says_how_to_get_it(monkeypatch):
    for name in ("SALib", "SALib.analyze", "SALib.sample"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(OptionError, match="SALib is not installed") as caught:
        indices(still(band("all", 0.0, 1.0), draws=500), Outcome("c", "NL", "C"))
    assert caught.value.fix == "pip install 'concausa[sensitivity]'"


def test_a_block_is_a_power_of_2():
    with pytest.raises(OptionError, match="block is 100") as caught:
        indices(still(band("all", 0.0, 1.0), draws=500), Outcome("c", "NL", "C"), block=100)
    assert caught.value.fix == "a power of 2, such as 512"


def test_outcomes_that_do_not_fit_are_refused():
    matching = still(band("all", 0.0, 1.0), draws=500)
    with pytest.raises(UnknownNameError, match="there is no unit 'PUE'"):
        influence(matching, Outcome("c", "PUE", "C"))
    with pytest.raises(UnknownNameError, match="there is no pattern 'hihg'") as caught:
        influence(matching, Outcome("c", "NL", pattern="hihg"))
    assert caught.value.fix == "did you mean high?"
    with pytest.raises(OptionError, match="the outcome c lies in 1999") as year:
        influence(matching, Outcome("c", "NL", "C", year=1999))
    assert year.value.fix == "give a year from 2000 to 2001"
    with pytest.raises(OptionError, match="the outcome c has both a formula and a pattern"):
        Outcome("c", "NL", "C", "high")
    with pytest.raises(OptionError, match="the outcome c has neither"):
        Outcome("c", "NL")


def test_a_pattern_is_1_in_runs_that_stand_in_it():
    matching = still(band("high", 0.6, 1.0), band("d", 0.6, 1.0, "D"), draws=5000)
    runs = matching.runs()
    assert set(Outcome("c", "NL", pattern="high").of(runs)) == {1.0}
    assert set(Outcome("c", "NL", pattern="low").of(runs)) == {0.0}
