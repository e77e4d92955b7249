"""A query put to a belief: at case level exactly or by draws, at population level by draws.

Two things are asked with the same words, and are kept apart everywhere:

case
    A case turns up of which only *given* is known: how likely is the query true of it? Of such a case,
    types and shares of types are both unknown: ``E[P(query and given)] / E[P(given)]``.
population
    Among all cases like that, what share has the query true? A number that is uncertain itself:
    the distribution of ``P(query and given) / P(given)``. Its mean is also the answer for a case that is
    already among the data.

References
----------
.. [1] Humphreys & Jacobs (2023), *Integrated Inferences*, Cambridge University Press.
   https://doi.org/10.1017/9781316718636
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

import numpy as np
import numpy.typing as npt

from concausa._kernels.convergence import effective_size, nested_r_hat
from concausa.core.errors import DataError, OptionError
from concausa.tracing.causal.answer import CausalAnswer
from concausa.tracing.causal.belief import Belief
from concausa.tracing.causal.graph import CausalGraph
from concausa.tracing.causal.nodal_types import NodalTypes
from concausa.tracing.causal.node_weights import Rows, drawn_rows, exact_weights, mean_rows
from concausa.tracing.causal.twin_network import TwinNetwork, twin_network
from concausa.tracing.causal.twin_sum import Sums, sums

Level = Literal["case", "population"]

#: Groups in which chains lie that started from different runs.
GROUPS = 8
#: Most numbers that one stretch of draws holds at a time.
_HELD = 1 << 22


def answer(
    belief: Belief,
    graph: CausalGraph,
    types: Sequence[NodalTypes],
    scales: Mapping[str, Sequence[str]],
    query: str,
    given: str = "",
    *,
    level: Level = "case",
    draws: int = 4000,
    seed: int = 1,
    source: str = "prior",
) -> CausalAnswer:
    """What a belief answers.

    Parameters
    ----------
    query, given : str
        Counterfactual statements; *query* may be an amount, whose mean is told.
    draws, seed : int
        For the population level of a belief that has none.
    source : str
        What the belief is, for readers: ``prior`` or ``posterior``.

    Raises
    ------
    ExpressionError
        If a text cannot be read.
    DataError
        If what is given cannot happen under the model.
    OptionError
        If the level is none of the two, or *draws* is below 2.
    """
    if level not in ("case", "population"):
        raise OptionError(
            f"there is no level {level!r}", where=f"level={level!r}", fix='one of "case", "population"'
        )
    if isinstance(draws, bool) or not isinstance(draws, int) or draws < 2:
        raise OptionError("draws must be 2 or more", where=f"draws={draws!r}", fix="give draws=4000")
    network = twin_network(graph, scales, query, given)
    told = (query, given, level, source)
    if level == "case" and belief.is_exact:
        return _exact(network, belief, graph, types, told)
    if level == "case":
        return _case_by_draws(network, belief, graph, types, told)
    return _population(network, belief, graph, types, told, draws, seed)


def exact_sums(
    network: TwinNetwork, belief: Belief, graph: CausalGraph, types: Sequence[NodalTypes]
) -> tuple[Fraction, Fraction, Fraction]:
    """Mean of P(given), of the query's worth there, and of its square, as fractions; exact beliefs only."""
    weights, parts = exact_weights(belief, types)
    found = sums(network, graph, types, weights)
    unit = math.prod(weights[node].unit for node in _used(network, graph))
    mixed: list[Fraction] = []
    for value in (found.given, found.query, found.square):
        weighed = value
        for part in parts:
            weighed = weighed * part
        mixed.append(Fraction(np.sum(weighed) if parts else weighed) / unit)
    return mixed[0], mixed[1], mixed[2]


def _exact(
    network: TwinNetwork,
    belief: Belief,
    graph: CausalGraph,
    types: Sequence[NodalTypes],
    told: tuple[str, str, Level, str],
) -> CausalAnswer:
    given, query, square = exact_sums(network, belief, graph, types)
    if not given:
        raise impossible(told[1])
    value = query / given
    spread = math.sqrt(max(0.0, float(square / given - value * value)))
    return CausalAnswer(*told, value=float(value), exact=value, given_probability=float(given), sd=spread)


def _case_by_draws(
    network: TwinNetwork,
    belief: Belief,
    graph: CausalGraph,
    types: Sequence[NodalTypes],
    told: tuple[str, str, Level, str],
) -> CausalAnswer:
    count = max(len(block.counts) for block in belief.blocks if block.is_drawn)
    rng = np.random.default_rng(0)
    picks = {place: _components(belief, place, count, rng) for place in range(len(belief.blocks))}
    given, query, square = _by_draw(network, belief, graph, types, count, picks, None)
    if not given.mean():
        raise impossible(told[1])
    value = float(query.mean() / given.mean())
    residual = (query - value * given) / given.mean()
    size, hat = _quality(residual, belief.layout)
    spread = math.sqrt(max(0.0, float(square.mean() / given.mean()) - value * value))
    return CausalAnswer(
        *told,
        value=value,
        given_probability=float(given.mean()),
        sd=spread,
        error=float(residual.std()) / math.sqrt(size) if size else 0.0,
        draws=count,
        effective=size,
        r_hat=hat,
    )


def _population(
    network: TwinNetwork,
    belief: Belief,
    graph: CausalGraph,
    types: Sequence[NodalTypes],
    told: tuple[str, str, Level, str],
    draws: int,
    seed: int,
) -> CausalAnswer:
    rng = np.random.default_rng(seed)
    drawn = [len(block.counts) for block in belief.blocks if block.is_drawn]
    count = max(drawn) if drawn else draws
    picks = {place: _components(belief, place, count, rng) for place in range(len(belief.blocks))}
    given, query, _ = _by_draw(network, belief, graph, types, count, picks, rng)
    possible = given > 0
    if not possible.any():
        raise impossible(told[1])
    shares = query[possible] / given[possible]
    layout = belief.layout if drawn and possible.all() else None
    size, hat = _quality(shares, layout)
    low, high = np.quantile(shares, [0.025, 0.975]).tolist()
    return CausalAnswer(
        *told,
        value=float(shares.mean()),
        given_probability=float(given.mean()),
        sd=float(shares.std()),
        interval=(low, high),
        error=float(shares.std()) / math.sqrt(size) if size else 0.0,
        draws=len(shares),
        effective=size,
        r_hat=hat,
    )


def shares_by_draw(
    network: TwinNetwork,
    belief: Belief,
    graph: CausalGraph,
    types: Sequence[NodalTypes],
    draws: int,
    seed: int,
) -> npt.NDArray[np.float64]:
    """The query's share among cases as given, one a draw; nan where what is given does not happen."""
    rng = np.random.default_rng(seed)
    picks = {place: _components(belief, place, draws, rng) for place in range(len(belief.blocks))}
    given, query, _ = _by_draw(network, belief, graph, types, draws, picks, rng)
    return np.asarray(np.divide(query, given, out=np.full(draws, np.nan), where=given > 0))


def _components(belief: Belief, place: int, count: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Which component of a block each draw takes: its own for draws, one by weight otherwise."""
    block = belief.blocks[place]
    if block.is_drawn:
        return np.arange(count) % len(block.counts)
    assert block.weights is not None
    if len(block.counts) == 1:
        return np.zeros(count, np.int64)
    weights = np.array(block.weights, dtype=np.float64)
    return rng.choice(len(weights), size=count, p=weights / weights.sum())


def _by_draw(
    network: TwinNetwork,
    belief: Belief,
    graph: CausalGraph,
    types: Sequence[NodalTypes],
    count: int,
    picks: Mapping[int, npt.NDArray[np.int64]],
    rng: np.random.Generator | None,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Sums of each draw: with the means of its component if *rng* is None, else with one draw from it."""
    used = _used(network, graph)
    width = sum(len(types[node]) for node, _ in belief.homes if node in used) or 1
    stretch = max(1, min(count, _HELD // width))
    parts: list[Sums] = []
    for start in range(0, count, stretch):
        window = slice(start, min(count, start + stretch))
        rows: dict[int, dict[int, npt.NDArray[np.float64]]] = {}
        for (node, given), (block, place) in belief.homes.items():
            if node in used:
                chosen = picks[block][window]
                own = belief.blocks[block]
                rows.setdefault(node, {})[given] = (
                    mean_rows(own, place, chosen) if rng is None else drawn_rows(own, place, chosen, rng)
                )
        weights = [Rows(own, rows.get(node, {})) for node, own in enumerate(types)]
        found = sums(network, graph, types, weights)
        size = window.stop - window.start
        parts.append(
            Sums(*(np.broadcast_to(one, (size,)) for one in (found.given, found.query, found.square)))
        )
    joined = [
        np.concatenate([getattr(part, name) for part in parts]) for name in ("given", "query", "square")
    ]
    return joined[0].astype(float), joined[1].astype(float), joined[2].astype(float)


def _used(network: TwinNetwork, graph: CausalGraph) -> set[int]:
    found = {copy.node for copy in network.copies}
    for place in range(len(graph.nodes) - 1, -1, -1):
        if place in found:
            found |= {graph.nodes.index(partner) for partner in graph.partners(graph.nodes[place])}
    return found


def _quality(values: npt.NDArray[np.float64], layout: tuple[int, int] | None) -> tuple[float, float | None]:
    """Effective draws, and R-hat where there are chains."""
    if layout is None:
        return float(len(values)), None
    chains = values.reshape(layout)
    return effective_size(chains), nested_r_hat(chains, GROUPS)


def impossible(given: str) -> DataError:
    """The error of a condition that cannot come true."""
    return DataError(
        "what is given cannot happen under the model",
        where=f"given: {given}",
        fix="check the statement, or lift the restriction that excludes it",
    )
