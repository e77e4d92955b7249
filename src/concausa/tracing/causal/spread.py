"""How much of a share's uncertainty data could still remove, and how much is the prior's for good.

Each draw of the posterior is moved along directions that change the probability of no observation. How far
the query moves with it is uncertainty that more cases of the same kind will never take away.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concausa.core.errors import OptionError
from concausa.tracing.causal.belief import Belief
from concausa.tracing.causal.level_moves import move, square_layers
from concausa.tracing.causal.node_weights import Rows, dirichlet, log_gammas
from concausa.tracing.causal.query import impossible
from concausa.tracing.causal.twin_network import TwinNetwork, twin_network
from concausa.tracing.causal.twin_sum import sums

if TYPE_CHECKING:
    from concausa.tracing.causal.posterior import CausalPosterior

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: Moves of each set between two readings of a draw.
_MOVES = 60


@dataclass(frozen=True, slots=True)
class Spread:
    """The uncertainty of a share, taken apart.

    Parameters
    ----------
    query, given : str
    value, sd : float
        Mean and standard deviation over the posterior.
    silent_sd : float
        Standard deviation along directions on which the data say nothing; at least that much stays.
    """

    query: str
    given: str
    value: float
    sd: float
    silent_sd: float

    @property
    def silent_share(self) -> float:
        """Share of the variance that no more cases of this kind can remove, in [0, 1]."""
        return min(1.0, (self.silent_sd / self.sd) ** 2) if self.sd > 0 else 0.0

    def __str__(self) -> str:
        what = self.query + (f" given {self.given}" if self.given else "")
        return (
            f"{what}: {self.value:.3f}, standard deviation {self.sd:.3f}; the cases are silent on "
            f"{self.silent_share:.0%} of the variance, and more cases of the same configurations would be too"
        )


def spread(
    posterior: CausalPosterior, query: str, given: str = "", *, draws: int = 4000, seed: int = 1
) -> Spread:
    """Take the uncertainty of a population share apart.

    Parameters
    ----------
    draws : int
        Draws that are moved; 2 or more.

    Raises
    ------
    DataError
        If what is given cannot happen.
    OptionError
        If *draws* is below 2.
    """
    if isinstance(draws, bool) or not isinstance(draws, int) or draws < 2:
        raise OptionError("draws must be 2 or more", where=f"draws={draws!r}", fix="give draws=4000")
    model = posterior.model
    network = twin_network(model.graph, model.scales, query, given)
    rng = np.random.default_rng(seed)
    first: dict[int, dict[int, Floats]] = {}
    second: dict[int, dict[int, Floats]] = {}
    #: What is seen of a later partner hangs on which type a case has, so that these may not be moved.
    leads = {model.graph.index(first) for first, _ in model.graph.confounded}
    reached = {
        (one.node, one.given): values
        for part in posterior.allotments
        for one, values in zip(part.sets, part.reached, strict=True)
    }
    for (node, at), (block, place) in posterior.belief.homes.items():
        own = posterior.belief.blocks[block]
        one = own.sets[place]
        chosen = _components(posterior.belief, block, draws, rng)
        totals = dirichlet(one.alphas + own.counts_of(place)[chosen], rng)
        moved = totals.copy()
        layers = square_layers(reached[node, at], rng) if (node, at) in reached and node not in leads else []
        for _ in range(_MOVES if layers else 0):
            move(moved, layers[int(rng.integers(len(layers)))], one.alphas, rng)
        for rows, weights in ((first, totals), (second, moved)):
            inner = _inside(one.class_of, one.shares * one.alphas[one.class_of], len(weights), rng)
            rows.setdefault(node, {})[at] = weights[:, one.class_of] * inner
    before = _shares(posterior, network, first, draws)
    after = _shares(posterior, network, second, draws)
    ok = np.isfinite(before) & np.isfinite(after)
    if not ok.any():
        raise impossible(given)
    before, after = before[ok], after[ok]
    silent = math.sqrt(float(((before - after) ** 2).mean()) / 2)
    sd = float(np.concatenate([before, after]).std())
    return Spread(query, given, float(before.mean()), sd, min(silent, sd))


def _components(belief: Belief, place: int, count: int, rng: np.random.Generator) -> Ints:
    block = belief.blocks[place]
    if block.weights is None:
        return np.linspace(0, len(block.counts) - 1, count).astype(np.int64)
    weights = np.array(block.weights, dtype=np.float64)
    return rng.choice(len(weights), size=count, p=weights / weights.sum())


def _inside(class_of: Ints, alphas: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """How each class divides among its types, drawn from the prior; shape (draws, types)."""
    logs = log_gammas(np.broadcast_to(alphas, (draws, len(alphas))), rng)
    order = np.argsort(class_of, kind="stable")
    starts = np.searchsorted(class_of[order], np.arange(int(class_of.max()) + 1))
    peak = np.maximum.reduceat(logs[:, order], starts, axis=1)
    parts = np.exp(logs - peak[:, class_of])
    return np.asarray(parts / np.add.reduceat(parts[:, order], starts, axis=1)[:, class_of])


def _shares(
    posterior: CausalPosterior, network: TwinNetwork, rows: dict[int, dict[int, Floats]], draws: int
) -> Floats:
    types = posterior.model.type_list
    found = sums(
        network, posterior.model.graph, types, [Rows(own, rows[node]) for node, own in enumerate(types)]
    )
    query, given = (np.broadcast_to(one, (draws,)).astype(float) for one in (found.query, found.given))
    return np.asarray(np.divide(query, given, out=np.full(draws, np.nan), where=given > 0))
