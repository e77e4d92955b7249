"""An action: something that could be done to a unit, at 0 and 1."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
import numpy.typing as npt

from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest, some
from concausa.dynamics.model import Model
from concausa.dynamics.reach import Reach
from concausa.sets.membership import CROSSOVER

_WRITTEN = re.compile(r"\s*(?P<of>\w+)\s*=\s*(?P<value>[01])\s*")


@dataclass(frozen=True, slots=True)
class Action:
    """Something that could be done.

    Parameters
    ----------
    name : str
        As asked for.
    kind : str
        ``pulse``: a stock is set once, at the start, and then moves as it will; ``held``: an input is held
        for good; ``switch``: a mechanism or flow is on or off for good.
    of : str
        The stock, input, mechanism or flow.
    value : int
        1 or 0; of a switch, on or off.
    level : str
        The parameter or number that an intervention comes to; it is 1 where this lies above 1/2. Empty if
        there is none.
    """

    name: str
    kind: Literal["pulse", "held", "switch"]
    of: str
    value: int
    level: str = ""

    def opposes(self, other: Action) -> bool:
        """Whether the two cannot be done together."""
        return (self.kind, self.of) == (other.kind, other.of) and self.value != other.value

    def strengths(self, model: Model) -> tuple[bool, ...]:
        """Whether its level can lie above 1/2, and whether it can fail to."""
        found = self._reach(model)
        if found is None:
            return (True,)
        above = found.high > CROSSOVER
        always = found.low > CROSSOVER or (found.low == CROSSOVER and not found.has_low)
        return (True,) if always else (True, False) if above else (False,)

    def strong(
        self, model: Model, values: Mapping[str, npt.NDArray[np.float64]], draws: int
    ) -> npt.NDArray[np.bool_]:
        """For each draw whether its level lies above 1/2."""
        if not self.level:
            return np.ones(draws, dtype=np.bool_)
        level = values[self.level] if self.level in values else np.array([float(self.level)])
        found: npt.NDArray[np.bool_] = np.broadcast_to(level > CROSSOVER, draws)
        return found

    def _reach(self, model: Model) -> Reach | None:
        if not self.level:
            return None
        for part in model.parameters:
            if part.name == self.level:
                return Reach.within(part.range)
        return Reach.at(Fraction(self.level))


def read_action(text: str, model: Model) -> Action:
    """An action by its name.

    Parameters
    ----------
    text : str
        An intervention of the model; ``L=1`` or ``C=0``, an input that is held or a stock that is set once;
        ``with M9`` or ``without M9``, a mechanism or flow.

    Raises
    ------
    UnknownNameError
        If the model has nothing of that name.
    OptionError
        If a stock or input is given another value than 0 or 1.
    """
    for one in model.interventions:
        if one.name == text:
            held = one.moves not in model.stock_names
            return Action(text, "held" if held else "pulse", one.moves, 1, one.value)
    inputs = [part.name for part in model.inputs]
    if found := _WRITTEN.fullmatch(text):
        of, value = found["of"], int(found["value"])
        if of in inputs or of in model.stock_names:
            return Action(text, "held" if of in inputs else "pulse", of, value)
        raise _unknown("stock or input", of, [*model.stock_names, *inputs], text)
    if "=" in text:
        raise OptionError(f"the action {text!r} cannot be read", fix="write 0 or 1 behind one =, such as L=1")
    word, _, switch = text.partition(" ")
    if word in ("with", "without") and switch:
        if switch not in model.switches:
            raise _unknown("mechanism or flow", switch, list(model.switches), text)
        return Action(text, "switch", switch, int(word == "with"))
    names = [one.name for one in model.interventions]
    near = nearest(text, names)
    fix = (
        f"did you mean {near}?"
        if near
        else f"an intervention ({some(names) or 'there is none'}), L=1, or without M1"
    )
    raise UnknownNameError(f"there is no action {text!r}", where=model.name, fix=fix)


def _unknown(what: str, name: str, known: list[str], where: str) -> UnknownNameError:
    near = nearest(name, known)
    fix = f"did you mean {near}?" if near else f"one of {some(known)}"
    return UnknownNameError(f"there is no {what} {name!r}", where=where, fix=fix)
