"""Networks: for each draw of the rates, where every stock is heading at every corner state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from concausa.core.errors import DataError, OptionError
from concausa.dynamics.corner_state import corner
from concausa.dynamics.model import Model
from concausa.dynamics.prior import Points, Unknown, stream
from concausa.dynamics.rate import Rate, read_rate
from concausa.dynamics.state_graph import Links, asynchronous, basins, synchronous, traps, values_of
from concausa.sets.membership import CROSSOVER

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Network:
    """One deterministic network, and how many draws have it.

    Parameters
    ----------
    targets : tuple of tuple of int
        *corner states × stocks*: 1 where the way up outweighs the way down, 0 where the way down does, the
        stock's own value where they are equal.
    gate : tuple of bool
        For each corner state whether the gate is above 1/2; true if the model has none.
    draws : int
    share : float
        Of all draws, in (0, 1].
    """

    targets: tuple[tuple[int, ...], ...]
    gate: tuple[bool, ...]
    draws: int
    share: float

    @cached_property
    def one_by_one(self) -> Links:
        """The state graph when one stock crosses at a time."""
        return asynchronous([[(to,) for to in row] for row in self.targets])

    @cached_property
    def at_once(self) -> Links:
        """The state graph when all stocks cross together."""
        return synchronous([[(to,) for to in row] for row in self.targets])

    @property
    def fixed(self) -> tuple[int, ...]:
        """The corner states at which every stock stays."""
        stocks = len(self.targets[0])
        return tuple(state for state, row in enumerate(self.targets) if row == values_of(state, stocks))

    @cached_property
    def attractors(self) -> tuple[tuple[int, ...], ...]:
        """Fixed corner states and cycles when one stock crosses at a time."""
        return traps(self.one_by_one)

    def basins(self, *, at_once: bool = False) -> Mapping[tuple[int, ...], tuple[int, int]]:
        """For each attractor how many corner states can come to it, and how many can come to no other."""
        return basins(self.at_once if at_once else self.one_by_one)


def drawn(model: Model, *, draws: int, seed: int, points: Points | None) -> dict[str, Values]:
    """The value of every parameter, each of shape (draws,), or (1,) where it is known.

    Parameters
    ----------
    points : mapping of str to array, each of shape (draws,), optional
        Where parameters lie in their ranges, from 0 to 1, instead of fresh draws; what it names besides
        parameters is not read, and a parameter that it lacks is drawn.

    Raises
    ------
    OptionError
        If *points* differ in length, lie outside 0 to 1, or hold no parameter of the model.
    """
    open_ones = [part for part in model.parameters if not part.range.is_value]
    size = draws if points is None else _size(open_ones_in(model, points))
    found = {part.name: np.array([part.range.low]) for part in model.parameters if part.range.is_value}
    for part in open_ones:
        if points is not None and part.name in points:
            places = np.asarray(points[part.name], dtype=np.float64)
        else:
            places = stream(seed, 0 if points is None else -1, part.name).random(size)
        found[part.name] = Unknown(part.name, part.range, "parameter").value(places)
    return found


def open_ones_in(model: Model, points: Points) -> dict[str, Values]:
    """The places of parameters that are drawn."""
    names = [part.name for part in model.parameters if not part.range.is_value and part.name in points]
    if not names:
        raise OptionError(
            "the points hold no parameter of the model", where=model.name, fix="pass the points of its runs"
        )
    return {name: np.asarray(points[name], dtype=np.float64) for name in names}


def _size(points: Mapping[str, Values]) -> int:
    sizes = {len(places) for places in points.values()}
    if len(sizes) > 1 or 0 in sizes:
        told = ", ".join(f"{name}: {len(places)}" for name, places in points.items())
        raise OptionError(
            "the points differ in length, or there are none", where=told, fix="pass one place a draw"
        )
    for name, places in points.items():
        if not ((places >= 0) & (places <= 1)).all():
            raise OptionError(
                f"the points of {name} leave 0 to 1", fix="a point is a place in a range, not its value"
            )
    return sizes.pop()


def networks(
    model: Model, values: Mapping[str, Values], inputs: Mapping[str, int]
) -> tuple[tuple[Network, ...], npt.NDArray[np.intp]]:
    """The networks of some draws, most frequent first, and for each draw the place of its own.

    Parameters
    ----------
    values : mapping of str to array
        As from :func:`drawn`.
    inputs : mapping of str to 0 or 1
        One for every input.

    Raises
    ------
    DataError
        If a rate is below 0 or no finite number at a corner state.
    """
    size = max((len(column) for column in values.values()), default=1)
    count = len(model.stocks)
    states = np.array([values_of(state, count) for state in range(2**count)], dtype=np.float64)
    at: dict[str, Values] = {name: column[None, :] for name, column in values.items()}
    at |= {name: states[:, place, None] for place, name in enumerate(model.stock_names)}
    at |= {name: np.full((1, 1), float(value)) for name, value in inputs.items()}
    used = model.used
    with np.errstate(all="ignore"):
        for part in model.in_order:
            if part.name in used:
                at[part.name] = read_rate(part.counts).work(at)
    whole = (len(states), size)
    columns = []
    for place, name in enumerate(model.stock_names):
        up, down = (_total(_rates(model, name, raises), at, model) for raises in (True, False))
        own = states[:, place, None]
        to = np.where(up > down, 1, np.where(up < down, 0, own)).astype(np.int8)
        columns.append(np.broadcast_to(to, whole))
    gate = read_rate(model.gate).work(at) > CROSSOVER if model.gate else np.ones((1, 1), dtype=np.bool_)
    columns.append(np.broadcast_to(np.asarray(gate).astype(np.int8), whole))
    return _grouped(np.moveaxis(np.stack(columns, axis=-1), 1, 0))


def _grouped(table: npt.NDArray[np.int8]) -> tuple[tuple[Network, ...], npt.NDArray[np.intp]]:
    """From *draws × corner states × (stocks, gate)* to networks."""
    size, states, wide = table.shape
    rows = np.ascontiguousarray(table.reshape(size, states * wide))
    keys = rows.view(np.dtype((np.void, rows.shape[1])))[:, 0]
    _, first, inverse, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -counts))
    rank = np.empty(len(order), dtype=np.intp)
    rank[order] = np.arange(len(order))
    found = []
    for place in order:
        rows_of = table[first[place]].tolist()
        found.append(
            Network(
                tuple(tuple(row[:-1]) for row in rows_of),
                tuple(bool(row[-1]) for row in rows_of),
                int(counts[place]),
                int(counts[place]) / size,
            )
        )
    return tuple(found), rank[inverse.reshape(-1)]


def _rates(model: Model, stock: str, raises: bool) -> list[Rate]:
    return [read_rate(flow.rate) for flow in model.flows_on if flow.stock == stock and flow.raises == raises]


def _total(rates: Sequence[Rate], at: Mapping[str, Values], model: Model) -> Values:
    total: Values = np.zeros((1, 1))
    for rate in rates:
        with np.errstate(all="ignore"):
            one = np.atleast_2d(rate.work(at))
        broken = np.argwhere(~((one >= 0) & (one < np.inf)))
        if len(broken):
            state, draw = broken[0]
            told = f"{one[state, draw]:.3g}" if one[state, draw] < 0 else "no finite number"
            values = values_of(int(state), len(model.stocks))
            raise DataError(
                f"the rate {rate.text} is {told} at {corner(model, values)}",
                where="a rate is a hazard a year, from 0 on",
                fix="write max(0, …) around what may fall below 0, or change the ranges",
            )
        total = total + one
    return total
