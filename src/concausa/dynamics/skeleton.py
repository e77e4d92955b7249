"""The logical skeleton of a dynamic model: the same model with every stock at 0 or 1.

At a corner state a stock that is pushed up alone rises, one that is pushed down alone falls, one that is not
pushed stays, whatever the rates are; where it is pushed both ways, the rates decide on which side of 1/2 it
is heading. So the skeleton tells which corner states a theory allows to last before any number is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.core.table import Table
from concausa.dynamics import skeleton_view as view
from concausa.dynamics.corner_state import State, corner_state, place, refuse_value, unknown
from concausa.dynamics.model import Model
from concausa.dynamics.network import Network, drawn, networks
from concausa.dynamics.prior import Points
from concausa.dynamics.push import Pusher
from concausa.dynamics.runs import refuse_count, refuse_seed
from concausa.dynamics.state_graph import Links, asynchronous, basins, synchronous, traps

#: Most stocks: 4,096 corner states.
MOST = 12
#: Most corner states times networks that are searched one by one.
WORK = 400_000


@dataclass(frozen=True, slots=True)
class Attractor:
    """Corner states that are not left once reached: one that is fixed, or a cycle.

    Parameters
    ----------
    states : tuple of str
    share : float
        Of the draws that have it.
    can, only : tuple of (int, int)
        How many corner states can come to it, and how many can come to nothing else: least and most over
        the networks that have it.
    """

    states: tuple[str, ...]
    share: float
    can: tuple[int, int]
    only: tuple[int, int]

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return {
            "states": list(self.states),
            "share": self.share,
            "can": list(self.can),
            "only": list(self.only),
        }


@dataclass(frozen=True)
class Skeleton:
    """The corner states of a model and what they lead to.

    Parameters
    ----------
    model : Model
    inputs : mapping of str to int
        Held at 0 or 1, every input of the model.
    states : tuple of State
        In order of their numbers.
    networks : tuple of Network
        What the draws come to, the most frequent first.
    draws : int
    network_of : array of int, shape (draws,)
        The place of each draw's network.
    prior : bool
        Whether the draws come from the ranges of the parameters alone.
    caveats : tuple of Caveat
    """

    model: Model
    inputs: Mapping[str, int]
    states: tuple[State, ...]
    networks: tuple[Network, ...]
    draws: int
    network_of: npt.NDArray[np.intp] = field(repr=False, compare=False)
    prior: bool
    caveats: tuple[Caveat, ...]

    @property
    def always(self) -> tuple[State, ...]:
        """Fixed whatever the rates are; there the yearly model rests too."""
        return tuple(state for state in self.states if state.rest == "always")

    @property
    def depends(self) -> tuple[State, ...]:
        """Fixed with some rates, by the share of draws."""
        open_ones = [state for state in self.states if state.rest == "depends"]
        return tuple(sorted(open_ones, key=lambda state: (-state.share, state.number)))

    @property
    def never(self) -> tuple[State, ...]:
        """Left whatever the rates are."""
        return tuple(state for state in self.states if state.rest == "never")

    def state(self, values: Mapping[str, int]) -> State:
        """The corner state with these stocks; errors as in :func:`place`."""
        return self.states[place(self.model, values)]

    @cached_property
    def targets(self) -> tuple[tuple[frozenset[int], ...], ...]:
        """*corner states × stocks*: the values that each can move to with some rates."""
        return tuple(tuple(push.targets for push in state.pushes) for state in self.states)

    def links(self, *, at_once: bool = False) -> Links:
        """Which corner states lead to which with some rates; one stock at a time, or all at once."""
        return synchronous(self.targets) if at_once else asynchronous(self.targets)

    def traps(self, *, at_once: bool = False) -> tuple[tuple[State, ...], ...]:
        """Sets of states that are not left once entered, whichever way open directions fall."""
        return tuple(self._of(trap) for trap in traps(self.links(at_once=at_once)))

    def basins(self, *, at_once: bool = False) -> Mapping[tuple[str, ...], tuple[int, int]]:
        """For each of :meth:`traps` how many states can come to it, and how many can come to no other."""
        found = basins(self.links(at_once=at_once))
        return {tuple(state.name for state in self._of(trap)): sizes for trap, sizes in found.items()}

    def attractors(self, *, at_once: bool = False) -> tuple[Attractor, ...]:
        """Fixed states and cycles of the draws' networks, the most frequent first.

        Parameters
        ----------
        at_once : bool
            Whether all stocks cross the middle at once, rather than one at a time in any order.

        Raises
        ------
        OptionError
            If there are too many networks for so many corner states.
        """
        self.refuse_work()
        shares: dict[tuple[int, ...], float] = {}
        sizes: dict[tuple[int, ...], list[tuple[int, int]]] = {}
        for network in self.networks:
            for trap, both in network.basins(at_once=at_once).items():
                shares[trap] = shares.get(trap, 0.0) + network.draws
                sizes.setdefault(trap, []).append(both)
        order = sorted(shares, key=lambda trap: (-shares[trap], trap))
        return tuple(
            Attractor(
                tuple(state.name for state in self._of(trap)),
                shares[trap] / self.draws,
                (min(can for can, _ in sizes[trap]), max(can for can, _ in sizes[trap])),
                (min(only for _, only in sizes[trap]), max(only for _, only in sizes[trap])),
            )
            for trap in order
        )

    def table(self) -> Table:
        """The corner states, those that can last first."""
        return view.states_table(self)

    def moves(self) -> Table:
        """What each stock does at each corner state, and what pushes it."""
        return view.moves_table(self)

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return view.data(self)

    def __repr__(self) -> str:
        return f"<Skeleton of {self.model.name}: {view.counted(self)}>"

    def __str__(self) -> str:
        return view.memo(self)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def _of(self, numbers: Sequence[int]) -> tuple[State, ...]:
        return tuple(self.states[number] for number in numbers)

    @property
    def is_searchable(self) -> bool:
        """Whether its networks are few enough to be searched one by one."""
        return len(self.states) * len(self.networks) <= WORK

    def refuse_work(self) -> None:
        """OptionError if there are too many networks for so many corner states."""
        if not self.is_searchable:
            raise OptionError(
                f"{len(self.networks):,} networks of {len(self.states):,} corner states are too many to search",
                where=self.model.name,
                fix="take fewer draws",
            )


def skeleton(
    model: Model,
    *,
    inputs: Mapping[str, int] | None = None,
    draws: int = 1000,
    seed: int = 0,
    points: Points | None = None,
) -> Skeleton:
    """The logical skeleton of a model while its inputs are held.

    Parameters
    ----------
    inputs : mapping of str to 0 or 1, optional
        Those not named are 0, as they are in years of which no course speaks. An input that is held at 1
        stays so: a takeover held at 1 happens every year.
    draws : int
        How many draws of the parameters tell the shares, from 1 on; not read if *points* are given.
    seed : int
        From 0 on; the draws are those of a simulation with this seed.
    points : mapping of str to array, each of shape (draws,), optional
        Where parameters lie in their ranges, from 0 to 1, instead of fresh draws; such as those that
        evidence left over.

    Raises
    ------
    UnknownNameError
        If there is no such input.
    OptionError
        If an input is not 0 or 1, the model has more than 12 stocks, or *draws*, *seed* or *points* are not as said.
    DataError
        If a rate is below 0 or no finite number at a corner state.

    Notes
    -----
    That a continuous model shares its logical structure with a Boolean network is due to Glass and Kauffman
    [1]_; that one stock crosses at a time, in any order, to Thomas [2]_. A parameter is taken to lie inside
    its range, not on an edge.

    Examples
    --------
    >>> from concausa.dynamics.quantity import Flow, Parameter, Range, Stock
    >>> rates = tuple(Parameter(name, Range.of(0, 1)) for name in ("grow", "fade"))
    >>> model = Model("trust", (Stock("A"), Stock("B")), parameters=rates, flows=(
    ...     Flow("a", "A", True, "grow * B"), Flow("b", "B", True, "grow * A"),
    ...     Flow("c", "A", False, "fade * (1 - B)"), Flow("d", "B", False, "fade * (1 - A)")))
    >>> [state.name for state in skeleton(model).always]
    ['A=0 B=0', 'A=1 B=1']

    References
    ----------
    .. [1] Glass & Kauffman (1973), The logical analysis of continuous, non-linear biochemical control
       networks, *Journal of Theoretical Biology* 39(1), 103-129. https://doi.org/10.1016/0022-5193(73)90208-7
    .. [2] Thomas (1973), Boolean formalization of genetic control circuits, *Journal of Theoretical Biology*
       42(3), 563-585. https://doi.org/10.1016/0022-5193(73)90247-6
    """
    refuse_count(draws, "draws")
    refuse_seed(seed)
    refuse_large(model)
    held = held_inputs(model, inputs or {})
    values = drawn(model, draws=draws, seed=seed, points=points)
    return of_values(model, held, values, prior=points is None)


def of_values(
    model: Model, inputs: Mapping[str, int], values: Mapping[str, npt.NDArray[np.float64]], *, prior: bool
) -> Skeleton:
    """The skeleton over drawn parameters; what :func:`skeleton` calls once all is checked."""
    found, network_of = networks(model, values, inputs)
    draws = len(network_of)
    pusher = Pusher(model)
    fixed = [0] * 2 ** len(model.stocks)
    for network in found:
        for number in network.fixed:
            fixed[number] += network.draws
    states = tuple(corner_state(pusher, number, inputs, count / draws) for number, count in enumerate(fixed))
    return Skeleton(model, inputs, states, found, draws, network_of, prior, _caveats(model, states, prior))


def held_inputs(model: Model, inputs: Mapping[str, int]) -> dict[str, int]:
    """Every input of a model, 0 where nothing is said."""
    known = [part.name for part in model.inputs]
    for name, value in inputs.items():
        if name not in known:
            raise unknown("input", name, known, model)
        refuse_value(name, value)
    return {name: int(inputs.get(name, 0)) for name in known}


def refuse_large(model: Model) -> None:
    """OptionError if a model has too many stocks."""
    if len(model.stocks) > MOST:
        raise OptionError(
            f"{model.name} has {len(model.stocks)} stocks, and a skeleton at most {MOST}",
            fix="make inputs of stocks that nothing in question moves, or join stocks that move together",
        )


def _caveats(model: Model, states: Sequence[State], prior: bool) -> tuple[Caveat, ...]:
    found = []
    if any(not push.settled for state in states for push in state.pushes):
        found.append(
            Caveat.of(
                "side",
                "where a stock is pushed both ways, 0 and 1 stand for the sides of 1/2: the yearly model goes to a "
                "place between them; one near 1/2 belongs to no corner, and what another stock at 1 holds up "
                "wears away slowly where that stock stays below 1",
            )
        )
        if prior:
            found.append(
                Caveat.of(
                    "prior",
                    "shares of draws come from the ranges declared for the parameters, not from evidence",
                )
            )
    if any(len(state.patterns) > 1 for state in states):
        found.append(Caveat.of("tie", "a corner state belongs to several patterns"))
    if any(state.gate == "shut" for state in states):
        found.append(
            Caveat.of("gate", "a pattern behind a shut gate is not reached, whatever the stocks are")
        )
    if model.noise:
        found.append(Caveat.of("noise", "the yearly disturbance of {model} is left out", model=model.name))
    return tuple(found)
