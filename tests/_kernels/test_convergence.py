"""Effective draws and R-hat, on series whose worth is known."""

from __future__ import annotations

import numpy as np
import pytest

from concausa._kernels.convergence import effective_size, nested_r_hat


@pytest.mark.parametrize(("rho", "share"), [(0.0, 1.0), (0.5, 1 / 3), (0.9, 1 / 19)])
def test_an_autoregression_is_worth_what_its_correlation_says(rho: float, share: float) -> None:
    """(1 - rho) / (1 + rho) of its draws."""
    rng = np.random.default_rng(0)
    chains = np.empty((40, 2000))
    chains[:, 0] = rng.standard_normal(40)
    for step in range(1, 2000):
        chains[:, step] = rho * chains[:, step - 1] + (1 - rho**2) ** 0.5 * rng.standard_normal(40)
    assert effective_size(chains) == pytest.approx(share * chains.size, rel=0.1)
    assert nested_r_hat(chains, 8) == pytest.approx(1, abs=0.003)


def test_chains_that_do_not_move_are_worth_one_draw_each_at_most() -> None:
    stuck = np.repeat(np.random.default_rng(0).standard_normal((16, 1)), 100, axis=1)
    assert effective_size(stuck) < 20
    assert nested_r_hat(stuck, 8) > 1.1


def test_a_constant_counts_in_full() -> None:
    assert effective_size(np.ones((4, 10))) == 40
    assert nested_r_hat(np.ones((8, 10)), 8) == 1
