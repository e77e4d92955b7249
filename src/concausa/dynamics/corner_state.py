"""A corner state: every stock at 0 or 1, what moves there, and the pattern that it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest, some
from concausa.dynamics.model import Model
from concausa.dynamics.push import Push, Pusher
from concausa.dynamics.state_graph import values_of
from concausa.expr.boolean import parse, truth
from concausa.sets.membership import CROSSOVER

Rest = Literal["always", "depends", "never"]


@dataclass(frozen=True, slots=True)
class State:
    """A corner state.

    Parameters
    ----------
    number : int
        Its place; the first stock is the greatest binary place.
    values : tuple of int
        0 or 1 for every stock.
    name : str
        Such as ``C=1 B=0``.
    patterns : tuple of str
        The patterns that it belongs to, the gate apart; several are a tie, none is none.
    gate : str
        ``open``, ``shut`` or ``depends`` on the rates; empty where no pattern of it asks for the gate.
    rest : str
        Whether it is fixed ``always``, whatever the rates; ``depends``: with some; or ``never``.
    share : float
        Of the draws in which it is fixed, in [0, 1].
    pushes : tuple of Push
        One a stock.
    """

    number: int
    values: tuple[int, ...]
    name: str
    patterns: tuple[str, ...]
    gate: str
    rest: Rest
    share: float
    pushes: tuple[Push, ...]

    @property
    def pattern(self) -> str:
        """In words; where the gate is shut or depends, that is said."""
        told = " or ".join(self.patterns) or "no pattern"
        if self.gate == "shut":
            return f"{told}, but its gate is shut"
        return f"{told}, if its gate opens" if self.gate == "depends" else told

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return {
            "state": self.name,
            "values": list(self.values),
            "patterns": list(self.patterns),
            "gate": self.gate,
            "rest": self.rest,
            "share": self.share,
            "pushes": [push.data() for push in self.pushes],
        }


def corner_state(pusher: Pusher, number: int, inputs: Mapping[str, int], share: float) -> State:
    """What happens at a corner state, which is fixed in a *share* of draws."""
    model = pusher.model
    values = values_of(number, len(model.stocks))
    at = dict(zip(model.stock_names, values, strict=True)) | dict(inputs)
    pushes = pusher.pushes(at)
    rest: Rest = "always"
    if any(push.value not in push.targets for push in pushes):
        rest = "never"
    elif not all(push.settled for push in pushes):
        rest = "depends"
    memberships = {condition: float(at[name]) for condition, name in model.conditions.items()}
    inside = [
        one for one in model.corners if truth(parse(one.when), memberships, lambda _: False) > CROSSOVER
    ]
    gate = ""
    if any(one.gated for one in inside):
        opens = pusher.formula(model.gate, at)
        gate = (
            "open" if opens.low > CROSSOVER or (opens.low == CROSSOVER and not opens.has_low) else "depends"
        )
        gate = "shut" if opens.high <= CROSSOVER else gate
    patterns = tuple(one.name for one in inside)
    return State(number, values, corner(model, values), patterns, gate, rest, share, pushes)


def corner(model: Model, values: Sequence[int]) -> str:
    """``C=1 B=0``: a corner state in words."""
    return " ".join(f"{name}={value}" for name, value in zip(model.stock_names, values, strict=True))


def place(model: Model, values: Mapping[str, int]) -> int:
    """The number of a corner state.

    Raises
    ------
    UnknownNameError
        If there is no such stock.
    OptionError
        If a stock is missing, or not 0 or 1.
    """
    for name, value in values.items():
        if name not in model.stock_names:
            raise unknown("stock", name, model.stock_names, model)
        refuse_value(name, value)
    missing = [name for name in model.stock_names if name not in values]
    if missing:
        raise OptionError(
            f"the state says nothing of {', '.join(missing)}",
            where=model.name,
            fix="give every stock 0 or 1",
        )
    return int("".join(str(int(values[name])) for name in model.stock_names), 2)


def refuse_value(name: str, value: int) -> None:
    """OptionError unless a value is 0 or 1."""
    if value not in (0, 1):
        raise OptionError(
            f"{name} is {value!r}", fix="a skeleton knows 0 and 1 alone; try both for what lies between"
        )


def unknown(what: str, name: str, known: Sequence[str], model: Model) -> UnknownNameError:
    """The error for a name that the model does not have."""
    near = nearest(name, known)
    fix = f"did you mean {near}?" if near else (f"one of {some(known)}" if known else "declare it first")
    return UnknownNameError(f"there is no {what} {name!r}", where=model.name, fix=fix)
