"""A dynamic model: yearly stocks, the flows that move them, and the patterns that they add up to.

The study's mechanisms stand for flows and formulas, and can be switched on and off by their names.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from concausa.core.errors import ConcausaError, ExpressionError, OptionError, UnknownNameError
from concausa.core.nearest import nearest, some
from concausa.dynamics.quantity import Derived, Flow, Input, Intervention, Parameter, Stock
from concausa.dynamics.rate import read_rate, refuse_unknown
from concausa.expr.boolean import Comparison, atoms, parse

Part = TypeVar("Part", Derived, Flow)


@dataclass(frozen=True, slots=True)
class Corner:
    """A pattern: a corner of the property space that stocks span, as a Boolean expression over conditions."""

    name: str
    when: str
    gated: bool = False
    label: str = ""


@dataclass(frozen=True)
class Model:
    """A dynamic model; it checks itself when made.

    Parameters
    ----------
    name : str
    stocks, inputs, parameters, derived, flows, interventions : tuple
        The parts; names in formulas are unique over the first four.
    corners : tuple of Corner
        The typology, if the model has one; their conditions are those that stocks stand for.
    gate : str
        A formula in 0 to 1 that gated corners need as well; empty if there is none.
    noise : float
        Standard deviation of a yearly disturbance of every stock, from 0 on: what would leave 0 to 1 is thrown
        back from the border that it meets.

    Notes
    -----
    The rates of a year rest on the stocks at the end of the year before and on the inputs of the year. Flows
    come first, then the disturbance, then what is done to stocks; in the first year the last alone.

    Raises
    ------
    OptionError
        If a name or condition stands twice, nothing can move a stock, formulas need each other in a circle,
        the value of an intervention may leave 0 to 1, or the noise is no number from 0 on.
    FormulaError, UnknownNameError, ExpressionError
        If a formula, rate, gate or corner cannot be read or names what the model does not have.

    Examples
    --------
    >>> from concausa.dynamics.quantity import Range
    >>> model = Model("decay", (Stock("C"),), parameters=(Parameter("d", Range.of(0, 0.5)),),
    ...               flows=(Flow("fades", "C", False, "d"),))
    >>> model.without("fades").flows_on
    ()
    """

    name: str
    stocks: tuple[Stock, ...]
    inputs: tuple[Input, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    derived: tuple[Derived, ...] = ()
    flows: tuple[Flow, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    corners: tuple[Corner, ...] = ()
    gate: str = ""
    noise: float = 0.0
    label: str = dataclasses.field(default="", compare=False)

    def __post_init__(self) -> None:
        if not self.stocks:
            raise OptionError("nothing moves: there is no stock", where=self.name, fix="declare a stock")
        self._refuse_twice("quantity", list(self.symbols))
        self._refuse_twice("flow", [flow.id for flow in self.flows])
        self._refuse_twice("intervention", [one.name for one in self.interventions])
        self._refuse_twice("pattern", [corner.name for corner in self.corners])
        parts: tuple[Stock | Input, ...] = (*self.stocks, *self.inputs)
        standing = [part.condition for part in parts if part.condition]
        self._refuse_twice("condition", standing)
        if not (0 <= self.noise < float("inf")):
            raise OptionError(f"noise is {self.noise}", where=self.name, fix="a number from 0 on")
        for derived in self.derived:
            if derived.off and not derived.without:
                what = f"{derived.name} has no formula for when its mechanism is off"
                raise OptionError(what, where=self.name, fix="give `without`")
            self._read(derived.formula, f"formula of {derived.name}")
            if derived.without:
                self._read(derived.without, f"formula of {derived.name} without its mechanism")
        for flow in self.flows:
            if flow.stock not in self.stock_names:
                raise self._unknown("stock", flow.stock, self.stock_names, f"flow {flow.id}")
            self._read(flow.rate, f"rate of {flow.id}")
        for stock in self.stocks:
            if not any(flow.stock == stock.name for flow in self.flows) and stock.name not in self.moved:
                what = f"nothing moves the stock {stock.name}"
                fix = "declare a flow or an intervention that moves it, or make it an input"
                raise OptionError(what, where=self.name, fix=fix)
        for one in self.interventions:
            movable = (*self.stock_names, *(item.name for item in self.inputs))
            if one.moves not in movable:
                raise self._unknown("stock or input", one.moves, movable, f"intervention {one.name}")
            self._value(one)
        if self.gate:
            self._read(self.gate, "gate")
        self._check_corners()
        _ = self.in_order

    @property
    def stock_names(self) -> tuple[str, ...]:
        """Stocks, in order."""
        return tuple(stock.name for stock in self.stocks)

    @property
    def moved(self) -> tuple[str, ...]:
        """What interventions can move."""
        return tuple(dict.fromkeys(one.moves for one in self.interventions))

    @property
    def symbols(self) -> tuple[str, ...]:
        """Every name that a formula may use."""
        parts: tuple[Stock | Input | Parameter | Derived, ...] = (
            *self.stocks,
            *self.inputs,
            *self.parameters,
            *self.derived,
        )
        return tuple(part.name for part in parts)

    @property
    def conditions(self) -> Mapping[str, str]:
        """From a condition to the stock or input that stands for it."""
        parts: tuple[Stock | Input, ...] = (*self.inputs, *self.stocks)
        return {part.condition: part.name for part in parts if part.condition}

    @property
    def flows_on(self) -> tuple[Flow, ...]:
        """The flows that are on."""
        return tuple(flow for flow in self.flows if not flow.off)

    @property
    def switches(self) -> tuple[str, ...]:
        """What can be switched: mechanisms, and flows by their own ids."""
        mechanisms = [part.mechanism for part in self._switchable if part.mechanism]
        return tuple(dict.fromkeys((*mechanisms, *(flow.id for flow in self.flows))))

    @property
    def _switchable(self) -> tuple[Flow | Derived, ...]:
        return (*self.flows, *self.derived)

    @cached_property
    def in_order(self) -> tuple[Derived, ...]:
        """Derived quantities, each after those that it needs."""
        by_name = {part.name: part for part in self.derived}
        done: dict[str, Derived] = {}

        def place(part: Derived, above: tuple[str, ...]) -> None:
            if part.name in above:
                circle = " -> ".join((*above[above.index(part.name) :], part.name))
                raise OptionError(
                    "formulas need each other in a circle", where=circle,
                    fix="let one of them be a stock, which moves by flows",
                )  # fmt: skip
            if part.name not in done:
                for name in read_rate(part.counts).names:
                    if name in by_name:
                        place(by_name[name], (*above, part.name))
                done[part.name] = part

        for part in self.derived:
            place(part, ())
        return tuple(done.values())

    @cached_property
    def used(self) -> frozenset[str]:
        """Names that flows which are on, the gate, the patterns, and what these rest on make use of."""
        waiting = [read_rate(flow.rate) for flow in self.flows_on]
        if self.gate:
            waiting.append(read_rate(self.gate))
        spanned = (self.conditions[name] for name in self.conditions_used)
        return self.reached((*(name for rate in waiting for name in rate.names), *spanned))

    @property
    def conditions_used(self) -> tuple[str, ...]:
        """The conditions that patterns name, each once."""
        return tuple(dict.fromkeys(
            atom.name for corner in self.corners for atom in atoms(parse(corner.when))
        ))  # fmt: skip

    def reached(self, names: Iterable[str]) -> frozenset[str]:
        """Some names with all that their formulas rest on."""
        by_name = {part.name: part for part in self.derived}
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                if name in by_name:
                    waiting += read_rate(by_name[name].counts).names
        return frozenset(found)

    def without(self, *switches: str) -> Model:
        """The model with some mechanisms or flows off.

        Raises
        ------
        UnknownNameError
            If there is no such mechanism or flow in the model.
        OptionError
            If a formula has no other form for when its mechanism is off.
        """
        return self._switched(switches, off=True)

    def including(self, *switches: str) -> Model:
        """The model with some mechanisms or flows on that were off."""
        return self._switched(switches, off=False)

    def is_on(self, switch: str) -> bool:
        """Whether any part of a mechanism, or a flow, is on."""
        self._refuse_switches((switch,))
        return any(not part.off for part in self._switchable if switch in _switched_by(part))

    def intervention(self, name: str) -> Intervention:
        """The intervention of this name; UnknownNameError with the nearest if there is none."""
        for one in self.interventions:
            if one.name == name:
                return one
        raise self._unknown("intervention", name, [one.name for one in self.interventions], "")

    def _switched(self, switches: tuple[str, ...], *, off: bool) -> Model:
        self._refuse_switches(switches)

        def turn(part: Part) -> Part:
            wanted = any(switch in _switched_by(part) for switch in switches)
            return dataclasses.replace(part, off=off) if wanted else part

        return dataclasses.replace(
            self, flows=tuple(map(turn, self.flows)), derived=tuple(map(turn, self.derived))
        )

    def _refuse_switches(self, switches: tuple[str, ...]) -> None:
        for switch in switches:
            if not switch or switch not in self.switches:
                raise self._unknown("mechanism or flow", switch, self.switches, "")

    def _value(self, one: Intervention) -> None:
        for part in self.parameters:
            if part.name == one.value:
                if part.range.low < 0 or part.range.high > 1:
                    what = (
                        f"the value of {one.name} is {part.name}, which is {part.range.text}, outside 0 to 1"
                    )
                    raise OptionError(what, where=self.name, fix=f"give {part.name} a range within 0..1")
                return
        try:
            value = float(one.value)
        except ValueError:
            names = [part.name for part in self.parameters]
            raise self._unknown("parameter", one.value, names, f"value of {one.name}") from None
        if not 0 <= value <= 1:
            what = f"the value of {one.name} is {one.value}, outside 0 to 1"
            raise OptionError(what, where=self.name, fix="give a number from 0 to 1, or a parameter")

    def _check_corners(self) -> None:
        if any(corner.gated for corner in self.corners) and not self.gate:
            raise OptionError("patterns need a gate, and there is none", where=self.name, fix="give a gate")
        for corner in self.corners:
            for atom in atoms(parse(corner.when)):
                if isinstance(atom, Comparison):
                    raise ExpressionError(
                        f"the pattern {corner.name} compares levels, and a model moves memberships",
                        where=corner.when, fix=f"name the condition alone: {atom.name}",
                    )  # fmt: skip
                if atom.name not in self.conditions:
                    known = list(self.conditions)
                    raise self._unknown("stock or input that stands for", atom.name, known, corner.when)

    def _read(self, text: str, where: str) -> None:
        try:
            refuse_unknown(read_rate(text), self.symbols, "quantity")
        except ConcausaError as error:
            error.where = f"{self.name}, {where}\n{error.where}"
            raise

    def _refuse_twice(self, what: str, names: list[str]) -> None:
        for name, count in Counter(names).items():
            if count > 1:
                fix = "give each a name of its own"
                raise OptionError(f"the {what} {name} stands {count} times", where=self.name, fix=fix)

    def _unknown(self, what: str, name: str, known: Iterable[str], where: str) -> UnknownNameError:
        names = list(known)
        near = nearest(name, names)
        fix = f"did you mean {near}?" if near else (f"one of {some(names)}" if names else "declare it first")
        place = ", ".join(part for part in (self.name, where) if part)
        return UnknownNameError(f"there is no {what} {name!r}", where=place, fix=fix)


def _switched_by(part: Derived | Flow) -> tuple[str, ...]:
    """Its mechanism, and its own id if it is a flow."""
    return (part.mechanism, part.id) if isinstance(part, Flow) else (part.mechanism,)
