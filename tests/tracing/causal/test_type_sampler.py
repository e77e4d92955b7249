"""Draws from posteriors against the posteriors multiplied out, for fixed seeds."""

from __future__ import annotations

import math

import numpy as np
import pytest

from concausa.tracing.causal.configuration_moves import is_connected
from concausa.tracing.causal.declare import causal_model
from concausa.tracing.causal.level_moves import move, square_layers
from concausa.tracing.causal.model import CausalModel
from concausa.tracing.causal.nodal_types import all_types

FOUR = {"X": [0, 1, 1, 0, 1, 1], "Y": [0, 1, 1, 1, 0, 1]}
GAPS = {"X": [0, 1, 1, 0], "M": [0, 1, None, None], "Y": [0, 1, 1, 1]}
HALF = {"X": [0, 1, None, 0, None], "Y": [0, 1, 1, 1, 0]}
PAIR = {"A": [0, 0, 1, 1] * 2, "B": [0, 1] * 4, "Y": [0, 1, 1, 1, 0, 0, 1, 1]}
XY, XMY, ABY = causal_model("X -> Y"), causal_model("X -> M -> Y"), causal_model("A -> Y <- B")
EFFECT, OF_A = "Y[X=1] > Y[X=0]", "Y[A=1] > Y[A=0]"

MODELS: dict[str, tuple[CausalModel, dict[str, list[int | None]], str]] = {
    "complete": (XY, FOUR, EFFECT),
    "a light prior": (XY.prior(mass=2), FOUR, EFFECT),
    "alpha one half": (XY.prior(alpha=0.5), FOUR, EFFECT),
    "alpha one tenth": (XY.prior(alpha="1/10"), FOUR, EFFECT),
    "a hidden cause": (causal_model("X -> Y; X <-> Y"), HALF, EFFECT),
    "a hidden cause and a light prior": (causal_model("X -> Y; X <-> Y").prior(mass=1), HALF, EFFECT),
    "an instrument": (
        causal_model("Z -> X -> Y; X <-> Y").restrict(monotone={"X": "+Z"}),
        {"Z": [0, 1, 1], "X": [0, 1, 0], "Y": [0, 1, 1]},
        EFFECT,
    ),
    "gaps in a mediator": (XMY, GAPS, EFFECT),
    "gaps in a mediator, light prior": (XMY.prior(mass=1), GAPS, EFFECT),
    "monotone": (XMY.restrict(monotone={"M": "+X", "Y": "+M"}), GAPS, EFFECT),
    "two parents": (ABY.prior("Y", mass=3), {"A": [0, 1, 1], "B": [0, 0, 1], "Y": [0, 1, 1]}, OF_A),
    "two monotone parents": (ABY.restrict(monotone={"Y": "+A +B"}), PAIR, OF_A),
    "no interaction": (ABY.restrict(no_interaction="A, B -> Y"), PAIR, OF_A),
    "a value ruled out": (ABY.restrict("Y[A=0, B=0]==0").prior("Y", alpha=0.75), {
        "A": [0, 1, 0, 1, 1, 0], "B": [0, 0, 1, 1, 1, 1], "Y": [0, 1, 0, 1, 1, 1]}, OF_A),
    "no interaction, light prior": (
        ABY.restrict(no_interaction="A, B -> Y").prior("Y", mass=2), PAIR, OF_A),
    "levels": (causal_model("X -> Y", levels={"Y": 3}).prior(mass=3), {"X": [0, 1, 1, 0], "Y": [0, 2, 1, 1]}, "Y[X=1] > Y[X=0]"),
}  # fmt: skip


@pytest.mark.parametrize("name", MODELS)
def test_draws_agree_with_the_posterior_multiplied_out(name: str) -> None:
    model, rows, query = MODELS[name]
    exact = model.update(rows, method="exact")
    drawn = model.update(rows, method="draws", draws=2000, seed=11)
    assert exact.is_exact
    assert not drawn.is_exact
    true, found = exact.query(query), drawn.query(query)
    assert found.error > 0
    assert found.error < 0.02
    assert abs(found.value - true.value) < 4 * found.error
    assert found.r_hat is not None
    assert found.r_hat < 1.02
    share, drawn_share = (one.query(query, level="population", draws=20_000) for one in (exact, drawn))
    assert abs(drawn_share.value - true.value) < 4 * drawn_share.error
    assert drawn_share.sd == pytest.approx(share.sd, rel=0.12)
    assert exact.evidence is not None
    assert exact.log_evidence == pytest.approx(math.log(exact.evidence), abs=1e-12)
    assert abs(drawn.log_evidence - exact.log_evidence) < 4.5 * drawn.log_evidence_error + 1e-9


def test_a_share_given_something_agrees_too() -> None:
    model, rows, query = MODELS["gaps in a mediator"]
    exact = model.update(rows).query(query, "X==1 & Y==1", level="population", draws=20_000)
    drawn = model.update(rows, method="draws", seed=5).query(query, "X==1 & Y==1", level="population")
    assert abs(exact.value - drawn.value) < 4 * math.hypot(exact.error, drawn.error)
    case = model.update(rows, method="draws", seed=5).query(query, "X==1 & Y==1")
    assert abs(case.value - model.update(rows).query(query, "X==1 & Y==1").value) < 4 * case.error


def test_rules_that_part_types_do_not_keep_the_draws_from_the_data() -> None:
    """Of six types without interaction no two differ in one configuration alone; 1,600 cases still decide.

    Y is A in nineteen of twenty cases, and no type without interaction but A itself says so of all of them.
    """
    rows = {"A": [0, 0, 1, 1], "B": [0, 1, 0, 1], "Y": [0, 0, 1, 1], "n": [400] * 4}
    posterior = MODELS["no interaction"][0].update(rows, count="n", draws=500)
    assert not posterior.is_exact
    assert posterior.query("Y[A=1] > Y[A=0]").value > 0.98


def test_a_seed_gives_the_same_posterior() -> None:
    values = [XMY.update(GAPS, method="draws", draws=50, seed=s).query(EFFECT).value for s in (7, 7, 8)]
    assert values[0] == values[1] != values[2]


def test_the_spread_over_seeds_is_what_the_error_says() -> None:
    model, rows, query = MODELS["gaps in a mediator"]
    true = model.update(rows, method="exact").query(query).value
    found = [model.update(rows, method="draws", draws=400, seed=seed).query(query) for seed in range(12)]
    scores = [(one.value - true) / one.error for one in found]
    assert 0.3 < float(np.mean(np.square(scores))) < 2.2


def test_squares_leave_every_configuration_as_it_is() -> None:
    rng = np.random.default_rng(0)
    full = all_types("Y", 2, ["A", "B"], [2, 2]).values
    for values in (full, full[full[:, 1] >= full[:, 0]], full[full[:, 0] == 0]):
        layers = square_layers(values, rng)
        assert layers
        weights = rng.dirichlet(np.ones(len(values)), size=50)
        moved = weights.copy()
        for layer in layers:
            assert len(np.unique(layer)) == layer.size
            move(moved, layer, np.full(len(values), 0.7), rng)
        assert np.abs(moved - weights).max() > 0.01
        assert moved.min() >= 0
        np.testing.assert_allclose(moved @ values, weights @ values, atol=1e-12)
        np.testing.assert_allclose(moved.sum(axis=1), 1)


@pytest.mark.parametrize("alpha", [0.4, 1.0, 3.0])
def test_squares_leave_the_prior_as_it_is(alpha: float) -> None:
    """Mean and variance of a share under Dirichlet(a, a, a, a): 1/4 and 3 / (16 (4a + 1))."""
    rng = np.random.default_rng(1)
    values = all_types("Y", 2, ["X"], [2]).values
    weights = rng.dirichlet(np.full(4, alpha), size=40_000)
    for layer in square_layers(values, rng)[:6]:
        move(weights, layer, np.full(4, alpha), rng)
    np.testing.assert_allclose(weights.mean(axis=0), 0.25, atol=0.006)
    np.testing.assert_allclose(weights.var(axis=0), 3 / (16 * (4 * alpha + 1)), rtol=0.04)


def test_steps_of_one_configuration_join_all_types_and_monotone_ones_but_not_those_without_interaction() -> (
    None
):
    assert is_connected(all_types("Y", 2, ["A", "B"], [2, 2]).values)
    assert is_connected(ABY.restrict(monotone={"Y": "+A +B"}).types["Y"].values)
    assert not is_connected(ABY.restrict(no_interaction="A, B -> Y").types["Y"].values)


def test_parts_with_few_and_many_chains_are_laid_side_by_side_with_what_they_are_worth() -> None:
    """Y has more classes than are drawn in 128 chains, M has few; both must be read at the same draws."""
    model = causal_model("P -> N -> Q <-> N; A -> Y <- B; C -> Y <- D")
    rows = {name: [number >> bit & 1 for number in range(12)] for bit, name in enumerate("ABCD")}
    rows |= {"P": [0, 1] * 6, "N": [0, 1, 1] * 4, "Q": [0, 0, 1, 1] * 3, "Y": [0] * 11 + [1]}
    posterior = model.update(rows, method="draws", draws=20)
    assert posterior.belief.layout is not None
    chains, each = posterior.belief.layout
    assert chains == 8
    drawn = [block for block in posterior.belief.blocks if block.is_drawn]
    assert {len(block.counts) for block in drawn} == {chains * each}
    assert posterior.effective <= chains * each
    assert posterior.query("Y[A=1, B=1, C=0, D=1]==1").value > 0.5
