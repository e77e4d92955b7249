"""Whether data could settle a query: whether it turns on nothing but what can be observed.

If weights can move without changing the probability of anything observable, and the query moves with them,
then no amount of data will settle it: part of every answer is the prior's.

The check is local: at random weights the gradient of the query is held against the directions in which the
distribution of the observed nodes stays as it is.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concausa.core.errors import OptionError
from concausa.tracing.causal.node_weights import Rows
from concausa.tracing.causal.query import impossible
from concausa.tracing.causal.twin_network import TwinNetwork, twin_network
from concausa.tracing.causal.twin_sum import sums

if TYPE_CHECKING:
    from concausa.tracing.causal.model import CausalModel

Floats = npt.NDArray[np.float64]

#: Most weights of all nodes, and most values of the observed nodes together, for which the check is run.
MOST_WEIGHTS, MOST_EVENTS = 4000, 4096
_SMALL = 1e-8


@dataclass(frozen=True, slots=True)
class Identification:
    """Whether a query is settled by what can be observed.

    Parameters
    ----------
    query, given : str
    observed : tuple of str
        Nodes taken to be observed.
    is_identified : bool
        At every weight that was tried; false means that data leave part of the answer to the prior.
    weights, settled : int
        Free weights of the model, and how many directions of them the observed distribution settles.
    """

    query: str
    given: str
    observed: tuple[str, ...]
    is_identified: bool
    weights: int
    settled: int

    def __str__(self) -> str:
        what = f"{self.query}" + (f" given {self.given}" if self.given else "")
        by = f"data on {', '.join(self.observed)}"
        verdict = (
            f"{what}: {by} would settle it"
            if self.is_identified
            else f"{what}: {by} cannot settle it, however many; part of every answer is the prior's"
        )
        return f"{verdict} (they settle {self.settled} of {self.weights} free weights)"


def identification(
    model: CausalModel, query: str, given: str = "", *, observed: Sequence[str] = (), seed: int = 1
) -> Identification:
    """Check at three random weights.

    Parameters
    ----------
    observed : sequence of str
        Nodes on which there would be data; all of them if none is named.

    Raises
    ------
    OptionError
        If the model is too large to be checked.
    """
    graph, types = model.graph, model.type_list
    names = tuple(observed) or graph.nodes
    for name in names:
        graph.index(name)
    sizes = [len(types[node]) for node, _ in model.belief.homes]
    events = int(np.prod([float(len(model.scales[name])) for name in names]))
    if sum(sizes) > MOST_WEIGHTS or events > MOST_EVENTS:
        raise OptionError(
            "the model is too large to be checked for what data could settle",
            where=f"{sum(sizes):,} weights, {events:,} values of the observed nodes",
            fix="restrict types, or observe fewer nodes",
        )
    network = twin_network(graph, model.scales, query, given)
    seen = [
        twin_network(
            graph,
            model.scales,
            " & ".join(
                f'"{name.replace(chr(34), chr(34) * 2)}"=={value}'
                for name, value in zip(names, values, strict=True)
            ),
        )
        for values in itertools.product(*(range(len(model.scales[name])) for name in names))
    ]
    rng = np.random.default_rng(seed)
    verdicts, settled = [], 0
    for _ in range(3):
        weights = [rng.dirichlet(np.ones(size)) for size in sizes]
        rows = _replaced(model, weights)
        within = np.zeros((len(sizes), sum(sizes)))
        for place, start in enumerate(np.cumsum([0, *sizes[:-1]]).tolist()):
            within[place, start : start + sizes[place]] = 1.0
        observed_rows = np.stack([_sums(model, one, rows)[1][1:] for one in seen])
        total, worth = _sums(model, network, rows)
        if total[0] <= 0:
            raise impossible(given)
        slope = (worth[1:] - worth[0] / total[0] * total[1:]) / total[0]
        known = np.concatenate([within, observed_rows])
        _, strengths, base = np.linalg.svd(known, full_matrices=False)
        base = base[strengths > _SMALL * strengths[0]]
        rest = slope - base.T @ (base @ slope)
        verdicts.append(bool(np.abs(rest).max() <= 1e-7 * max(1.0, float(np.abs(slope).max()))))
        settled = len(base) - len(sizes)
    return Identification(query, given, names, all(verdicts), sum(sizes) - len(sizes), settled)


def _replaced(model: CausalModel, weights: Sequence[Floats]) -> list[Rows]:
    """Weights as they are, then once for each type with all of its set's weight on it."""
    count = 1 + sum(map(len, weights))
    rows: dict[int, dict[int, Floats]] = {}
    start = 1
    for (node, given), own in zip(model.belief.homes, weights, strict=True):
        stacked = np.tile(own, (count, 1))
        stacked[start : start + len(own)] = np.eye(len(own))
        rows.setdefault(node, {})[given] = stacked
        start += len(own)
    return [Rows(types, rows[node]) for node, types in enumerate(model.type_list)]


def _sums(model: CausalModel, network: TwinNetwork, rows: Sequence[Rows]) -> tuple[Floats, Floats]:
    found = sums(network, model.graph, model.type_list, rows)
    count = len(next(iter(rows[0].rows.values())))
    return np.broadcast_to(found.given, (count,)).astype(float), np.broadcast_to(
        found.query, (count,)
    ).astype(float)
