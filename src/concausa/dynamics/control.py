"""Control: the smallest sets of actions that take a unit to a pattern, at 0 and 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import comb
from typing import Any

import numpy as np
import numpy.typing as npt

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import some
from concausa.core.table import Table
from concausa.dynamics import control_view as view
from concausa.dynamics.action import Action, read_action
from concausa.dynamics.attempt import Attempt, End
from concausa.dynamics.corner_state import place
from concausa.dynamics.goal import Goal
from concausa.dynamics.model import Model
from concausa.dynamics.network import drawn
from concausa.dynamics.prior import Points
from concausa.dynamics.runs import refuse_count, refuse_seed
from concausa.dynamics.skeleton import Skeleton, held_inputs, of_values, refuse_large
from concausa.dynamics.state_graph import asynchronous, lasting, reachable

#: Most sets of actions that are tried.
SETS = 5_000


@dataclass(frozen=True)
class Control:
    """Which actions take a unit to a goal.

    Parameters
    ----------
    model : Model
    start, inputs : mapping of str to int
        Before any action.
    goal : str
    actions : tuple of Action
        What could be done.
    most : int
        How many at once.
    attempts : tuple of Attempt
        All that were tried, fewer actions first; what holds a set that is sure was not tried.
    draws : int
    prior : bool
        Whether the draws come from the ranges of the parameters alone.
    caveats : tuple of Caveat
    """

    model: Model
    start: Mapping[str, int]
    inputs: Mapping[str, int]
    goal: str
    actions: tuple[Action, ...]
    most: int
    attempts: tuple[Attempt, ...]
    draws: int
    prior: bool
    caveats: tuple[Caveat, ...]

    @property
    def nothing(self) -> Attempt:
        """What happens without any action."""
        return self.attempts[0]

    @property
    def sure(self) -> tuple[Attempt, ...]:
        """The smallest sets that surely lead to the goal."""
        return _smallest([one for one in self.attempts if one.verdict == "sure"])

    @property
    def in_every_draw(self) -> tuple[Attempt, ...]:
        """The smallest sets with which only the goal lasts in every draw."""
        return _smallest([one for one in self.attempts if one.always == 1])

    @property
    def possible(self) -> tuple[Attempt, ...]:
        """The smallest sets that lead to the goal with some rates."""
        return _smallest([one for one in self.attempts if one.verdict != "impossible"])

    @property
    def worthwhile(self) -> tuple[Attempt, ...]:
        """Sets in which every action adds: with fewer of them the goal is reached in fewer draws."""
        return tuple(
            one
            for one in self.attempts
            if not any(
                set(other.actions) < set(one.actions)
                and other.always >= one.always
                and (other.some >= one.some or other.always > one.always)
                for other in self.attempts
            )
        )

    @property
    def failed(self) -> tuple[Attempt, ...]:
        """What cannot lead to the goal."""
        return tuple(one for one in self.attempts if one.verdict == "impossible")

    def attempt(self, *actions: str) -> Attempt:
        """What some actions come to; UnknownNameError if they were not tried together."""
        for one in self.attempts:
            if set(one.actions) == set(actions):
                return one
        raise UnknownNameError(
            f"{' + '.join(actions)} was not tried",
            where=self.model.name,
            fix=f"up to {self.most} of {some(one.name for one in self.actions)}",
        )

    def table(self, *, every: bool = False) -> Table:
        """What was tried, what is best first.

        Parameters
        ----------
        every : bool
            Whether to show sets in which some action adds nothing as well.
        """
        return view.attempts_table(self, every=every)

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return view.data(self)

    def __repr__(self) -> str:
        return f"<Control of {self.model.name}: {view.counted(self)}>"

    def __str__(self) -> str:
        return view.memo(self)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def smallest(
    model: Model,
    *,
    start: Mapping[str, int],
    goal: str,
    inputs: Mapping[str, int] | None = None,
    actions: Sequence[str] | None = None,
    most: int = 3,
    draws: int = 1000,
    seed: int = 0,
    points: Points | None = None,
) -> Control:
    """The smallest sets of actions after which a unit comes to a goal.

    Parameters
    ----------
    start : mapping of str to 0 or 1
        Every stock.
    goal : str
        A pattern of the model, or a Boolean expression over stocks, inputs and conditions; a stock or input
        is meant where a condition has the same name.
    inputs : mapping of str to 0 or 1, optional
        Held, unless an action holds them otherwise; those not named are 0.
    actions : sequence of str, optional
        What could be done, as :func:`read_action` reads it; by default every intervention of the model.
    most : int
        How many actions at once, from 0 on.
    draws, seed, points
        As in :func:`skeleton`.

    Raises
    ------
    UnknownNameError, ExpressionError
        If an action, the goal or the start names what the model does not have, or the goal cannot be read.
    OptionError
        If the start misses a stock, no corner state is in the goal, an action stands twice, or there are too
        many sets, or too many networks for so many corner states.

    Notes
    -----
    All actions are taken at the start. A stock that an action sets is free to move at once; an input or a
    mechanism stays as it is set. An action that comes to 1/2 or less does nothing at 0 and 1.

    Examples
    --------
    >>> from concausa.dynamics.quantity import Flow, Input, Intervention, Parameter, Range, Stock
    >>> model = Model("club", (Stock("A"),), (Input("L"),), (Parameter("g", Range.of(0, 1)),),
    ...               flows=(Flow("grow", "A", True, "g * L"), Flow("fade", "A", False, "g * (1 - L)")),
    ...               interventions=(Intervention("feast", "A", "1"), Intervention("leader", "L", "1")))
    >>> [one.name for one in smallest(model, start={"A": 0}, goal="A").sure]
    ['leader']
    """
    refuse_count(draws, "draws")
    refuse_seed(seed)
    refuse_large(model)
    if not isinstance(most, int) or isinstance(most, bool) or most < 0:
        raise OptionError(f"most is {most!r}", fix="a whole number from 0 on")
    held = held_inputs(model, inputs or {})
    place(model, start)
    names = [one.name for one in model.interventions] if actions is None else list(actions)
    asked = tuple(read_action(name, model) for name in names)
    _refuse_sets(asked, most)
    values = drawn(model, draws=draws, seed=seed, points=points)
    search = _Search(model, dict(start), held, Goal(model, goal), asked, values, points is None)
    attempts = tuple(search.attempts(most))
    search.goal.refuse_empty()
    return Control(
        model, dict(start), held, goal, asked, most, attempts, search.draws, points is None, search.caveats()
    )


class _Search:
    def __init__(
        self,
        model: Model,
        start: dict[str, int],
        inputs: dict[str, int],
        goal: Goal,
        actions: tuple[Action, ...],
        values: Mapping[str, npt.NDArray[np.float64]],
        prior: bool,
    ) -> None:
        self.model, self.start, self.inputs, self.goal, self.actions = model, start, inputs, goal, actions
        self.values, self.prior = values, prior
        self.draws = max((len(column) for column in values.values()), default=1)
        self.strong = {one: one.strong(model, values, self.draws) for one in actions}
        self.strengths = {one: one.strengths(model) for one in actions}
        self._skeletons: dict[Any, Skeleton] = {}

    def attempts(self, most: int) -> Iterator[Attempt]:
        """Every set of up to *most*, but those that hold a set that is sure or actions that oppose each other."""
        enough: list[frozenset[Action]] = []
        for size in range(min(most, len(self.actions)) + 1):
            for chosen in combinations(self.actions, size):
                opposed = any(one.opposes(other) for one, other in combinations(chosen, 2))
                if opposed or any(done <= set(chosen) for done in enough):
                    continue
                found = self._attempt(chosen)
                if found.verdict == "sure":
                    enough.append(frozenset(chosen))
                yield found

    def caveats(self) -> tuple[Caveat, ...]:
        found = []
        for one in self.actions:
            if self.strengths[one] == (False,):
                found.append(
                    Caveat.of(
                        "weak",
                        "{action} brings {of} to 1/2 at most, so that at 0 and 1 it does nothing",
                        action=one.name, of=one.of,
                    )
                )  # fmt: skip
            elif False in self.strengths[one]:
                found.append(
                    Caveat.of(
                        "weak",
                        "{action} brings {of} above 1/2 in {share} of draws alone, and does nothing in the others",
                        action=one.name, of=one.of, share=view.share(float(self.strong[one].mean())),
                    )
                )  # fmt: skip
        pulses = [one.name for one in self.actions if one.kind == "pulse"]
        if pulses:
            found.append(
                Caveat.of(
                    "pulse",
                    "{actions}: done once, so that what was built may be gone before other stocks have moved; at 0 "
                    "and 1 there is no telling which is faster",
                    actions=", ".join(pulses),
                )
            )
        known = {caveat.kind: caveat for one in self._skeletons.values() for caveat in one.caveats}
        return (*found, *(known[kind] for kind in ("side", "prior", "noise") if kind in known))

    def _attempt(self, chosen: tuple[Action, ...]) -> Attempt:
        sure, possible = True, False
        always = some_draws = 0
        reached: Counter[tuple[tuple[str, ...], tuple[str, ...]]] = Counter()
        for bits in product(*(self.strengths[one] for one in chosen)):
            found, start = self._after(chosen, bits)
            surely, may, inside = self.goal.states(found)
            all_within, any_within = _judged(found, start, surely, may)
            sure, possible = sure and all_within, possible or any_within
            mask = np.ones(self.draws, dtype=np.bool_)
            for one, bit in zip(chosen, bits, strict=True):
                mask &= self.strong[one] == bit
            numbers, counts = np.unique(found.network_of[mask], return_counts=True)
            for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
                network = found.networks[number]
                within = {state for state in inside if not self.goal.gated or network.gate[state]}
                there = reachable(network.one_by_one, [start])
                ends = [trap for trap in network.attractors if trap[0] in there]
                always += count * all(within.issuperset(trap) for trap in ends)
                some_draws += count * any(within.issuperset(trap) for trap in ends)
                for trap in ends:
                    states = [found.states[state] for state in trap]
                    key = tuple(one.name for one in states), tuple(one.pattern for one in states)
                    reached[key] += count
        order = sorted(reached.items(), key=lambda item: (-item[1], item[0]))
        return Attempt(
            tuple(one.name for one in chosen),
            "sure" if sure else "possible" if possible else "impossible",
            always / self.draws,
            some_draws / self.draws,
            tuple(End(*key, count / self.draws) for key, count in order),
        )

    def _after(self, chosen: tuple[Action, ...], bits: Sequence[bool]) -> tuple[Skeleton, int]:
        """The skeleton and the state once actions have been taken, strong or weak."""
        start, inputs = dict(self.start), dict(self.inputs)
        switches = tuple((one.of, one.value) for one in chosen if one.kind == "switch")
        for one, bit in zip(chosen, bits, strict=True):
            if one.kind == "pulse" and bit:
                start[one.of] = one.value
            elif one.kind == "held":
                inputs[one.of] = one.value if bit else 0
        key = (switches, tuple(inputs.items()))
        if key not in self._skeletons:
            model = self.model
            for switch, on in switches:
                model = model.including(switch) if on else model.without(switch)
            found = of_values(model, inputs, self.values, prior=self.prior)
            found.refuse_work()
            self._skeletons[key] = found
        return self._skeletons[key], place(self.model, start)


def _judged(found: Skeleton, start: int, surely: Collection[int], may: Collection[int]) -> tuple[bool, bool]:
    """Whether nothing outside the goal can last, and whether the goal can."""
    links, sure = found.links(), asynchronous(found.targets, sure=True)
    there = reachable(links, [start])
    ends = lasting(sure, links, there)
    all_within = all(set(end) <= set(surely) for end in ends)
    return all_within, bool(lasting(sure, links, there & set(may)))


def _smallest(found: Sequence[Attempt]) -> tuple[Attempt, ...]:
    sets = [set(one.actions) for one in found]
    return tuple(one for one, own in zip(found, sets, strict=True) if not any(other < own for other in sets))


def _refuse_sets(actions: Sequence[Action], most: int) -> None:
    for name, count in Counter(one.name for one in actions).items():
        if count > 1:
            raise OptionError(f"the action {name} stands {count} times", fix="name each once")
    number = sum(comb(len(actions), size) for size in range(min(most, len(actions)) + 1))
    if number > SETS:
        raise OptionError(
            f"{len(actions)} actions give {number:,} sets of up to {most}",
            fix=f"name fewer actions, or lower most, so that there are {SETS:,} sets or fewer",
        )
