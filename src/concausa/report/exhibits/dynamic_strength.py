"""How strongly each flow of a dynamic model runs among the kept draws, and whether its rate was learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from concausa.core.errors import ConcausaError
from concausa.dynamics.learned import Learned
from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Flow
from concausa.dynamics.rate import read_rate
from concausa.dynamics.runs import Runs, simulate
from concausa.dynamics.setting import Setting

#: Draws that tell in which direction a quantity moves a rate, and what counts as a difference.
DRAWS, DIFFERENCE = 200, 1e-9


@dataclass(frozen=True, slots=True)
class Strength:
    """One flow that is on.

    Parameters
    ----------
    flow : Flow
    rate : tuple of float, or None
        The 5, 50 and 95 % points of its rate a year, over kept draws, units and years in which it runs; None if
        nothing is admitted.
    learned : str
        Of the parameters in its rate the best: ``learned``, ``somewhat``, ``not learned``, or empty if it has none.
    pulls : tuple of (str, str)
        Stocks and inputs in its rate, each with ``+`` where more of it leads to more of the stock, ``-`` where to less.
    """

    flow: Flow
    rate: tuple[float, float, float] | None
    learned: str
    pulls: tuple[tuple[str, str], ...]


def strengths(
    model: Model, setting: Setting, runs: Runs | None, found: Learned | None
) -> tuple[Strength, ...]:
    """Every flow that is on."""
    words = {one.unknown.name: one.word for one in found.lessons} if found else {}
    tried = simulate(model, setting, draws=DRAWS)
    return tuple(_strength(model, flow, runs, words, tried) for flow in model.flows_on)


def _strength(model: Model, flow: Flow, runs: Runs | None, words: dict[str, str], tried: Runs) -> Strength:
    names = model.reached(read_rate(flow.rate).names)
    rate = None
    if runs is not None:
        found = runs.of(flow.rate)
        there = found[found > 0]
        low, middle, high = np.quantile(there, (0.05, 0.5, 0.95)) if len(there) else (0.0, 0.0, 0.0)
        rate = (float(low), float(middle), float(high))
    told = [words[name] for name in sorted(names) if name in words]
    order = ("learned", "somewhat", "pushed apart", "not learned", "no draws")
    best = min(told, key=order.index, default="")
    known = [name for name in _outer(model) if name in names]
    pulls = ((name, _sign(model, flow, name, tried)) for name in known)
    return Strength(
        flow, rate, "somewhat" if best == "pushed apart" else best, tuple(pull for pull in pulls if pull[1])
    )


def _outer(model: Model) -> tuple[str, ...]:
    """Stocks and inputs."""
    return (*model.stock_names, *(one.name for one in model.inputs))


def _sign(model: Model, flow: Flow, name: str, tried: Runs) -> str:
    """Whether more of a quantity leads to more of the stock: its rate at 0 and at 1, all else as drawn."""
    wanted = (*_outer(model), *(one.name for one in model.parameters))
    at = {one: tried.of(one) for one in wanted if _drawn(tried, one)}
    ends = []
    for value in (0.0, 1.0):
        values = {**at, name: np.full_like(next(iter(at.values())), value)}
        for derived in model.in_order:
            if set(read_rate(derived.counts).names) <= values.keys():
                values[derived.name] = read_rate(derived.counts).work(values)
        ends.append(np.asarray(read_rate(flow.rate).work(values), dtype=np.float64))
    difference = float(np.nanmean(ends[1] - ends[0])) * (1 if flow.raises else -1)
    return "" if abs(difference) < DIFFERENCE else "+" if difference > 0 else "-"


def _drawn(tried: Runs, name: str) -> bool:
    try:
        tried.of(name)
    except ConcausaError:
        return False
    return True


def together(found: Sequence[Strength]) -> dict[tuple[str, str, str], tuple[Strength, ...]]:
    """Flows by what pulls them, the stock that they move, and the sign."""
    edges: dict[tuple[str, str, str], list[Strength]] = {}
    for one in found:
        for name, sign in one.pulls:
            edges.setdefault((name, one.flow.stock, sign), []).append(one)
    return {key: tuple(several) for key, several in edges.items()}
