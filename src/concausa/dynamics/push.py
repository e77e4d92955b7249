"""A push: what moves a stock at a corner state, and which way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from concausa.dynamics.model import Model
from concausa.dynamics.quantity import Flow
from concausa.dynamics.rate import read_rate
from concausa.dynamics.reach import Reach, reach
from concausa.expr.formula import parse

Move = Literal["rises", "falls", "stays", "may rise", "may fall", "depends"]


@dataclass(frozen=True, slots=True)
class Push:
    """What moves a stock at a corner state.

    Parameters
    ----------
    stock : str
    value : int
        Its value there, 0 or 1.
    move : str
        ``rises`` or ``falls``, whatever the rates are; ``stays``, because nothing moves it; ``depends`` on
        the rates, because it is pushed both ways; ``may rise``, ``may fall``: it is pushed one way or not at
        all.
    up, down : tuple of str
        The flows that can push it.
    """

    stock: str
    value: int
    move: Move
    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()

    @property
    def targets(self) -> frozenset[int]:
        """The values that it can move to; its own where it can stay."""
        match self.move:
            case "rises":
                return frozenset({1})
            case "falls":
                return frozenset({0})
            case "stays":
                return frozenset({self.value})
            case "may rise":
                return frozenset({1, self.value})
            case "may fall":
                return frozenset({0, self.value})
        return frozenset({0, 1})

    @property
    def settled(self) -> bool:
        """Whether it moves the same way whatever the rates are."""
        return len(self.targets) == 1

    def data(self) -> dict[str, object]:
        """Everything in it as plain JSON values."""
        return {
            "stock": self.stock,
            "value": self.value,
            "move": self.move,
            "up": list(self.up),
            "down": list(self.down),
        }


class Pusher:
    """Works out pushes and formulas of one model; what depends on the same quantities is worked out once."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._parameters = {part.name: Reach.within(part.range) for part in model.parameters}
        self._derived = [(part.name, parse(part.counts)) for part in model.in_order]
        self._given = (*model.stock_names, *(part.name for part in model.inputs))
        self._known: dict[tuple[str, tuple[tuple[str, int], ...]], Reach] = {}

    def formula(self, text: str, at: Mapping[str, int]) -> Reach:
        """What a formula can come to where stocks and inputs are as in *at*."""
        names = self.model.reached(read_rate(text).names)
        key = (text, tuple((name, at[name]) for name in self._given if name in names))
        if key not in self._known:
            known = {**self._parameters, **{name: Reach.at(at[name]) for name in self._given}}
            for name, tree in self._derived:
                if name in names:
                    known[name] = reach(tree, known)
            self._known[key] = reach(parse(text), known)
        return self._known[key]

    def pushes(self, at: Mapping[str, int]) -> tuple[Push, ...]:
        """What moves each stock."""
        return tuple(self._push(stock, at) for stock in self.model.stock_names)

    def _push(self, stock: str, at: Mapping[str, int]) -> Push:
        flows = [(flow, self.formula(flow.rate, at)) for flow in self.model.flows_on if flow.stock == stock]
        up = [(flow, rate) for flow, rate in flows if flow.raises]
        down = [(flow, rate) for flow, rate in flows if not flow.raises]
        move = _move(_signs(up), _signs(down))
        return Push(stock, at[stock], move, _pushing(up), _pushing(down))


def _pushing(flows: Iterable[tuple[Flow, Reach]]) -> tuple[str, ...]:
    return tuple(flow.id for flow, rate in flows if rate.can_be_above_zero)


def _signs(flows: Sequence[tuple[Flow, Reach]]) -> tuple[bool, bool]:
    """Whether the sum can be above 0, and whether it can be 0."""
    can_push = any(rate.can_be_above_zero for _, rate in flows)
    return can_push, all(rate.can_be_zero for _, rate in flows)


def _move(up: tuple[bool, bool], down: tuple[bool, bool]) -> Move:
    if up[0] and down[0]:
        return "depends"
    if up[0]:
        return "may rise" if up[1] else "rises"
    if down[0]:
        return "may fall" if down[1] else "falls"
    return "stays"
