"""A landscape: which patterns a theory allows to last, over the inputs that can be held at 0 or 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from concausa.core.errors import OptionError
from concausa.core.table import Cell, Heading, Table
from concausa.dynamics.corner_state import Rest
from concausa.dynamics.goal import Goal
from concausa.dynamics.model import Model
from concausa.dynamics.network import drawn
from concausa.dynamics.prior import Points
from concausa.dynamics.runs import refuse_count, refuse_seed
from concausa.dynamics.skeleton import Skeleton, held_inputs, of_values, refuse_large
from concausa.dynamics.skeleton_view import RESTS, held, notes, share

#: Most inputs that are held both ways: 64 rows.
MOST = 6


@dataclass(frozen=True, slots=True)
class Place:
    """Whether a pattern lasts while inputs are held.

    Parameters
    ----------
    inputs : mapping of str to int
        Those that differ from row to row.
    pattern : str
    rest : str
        ``always``: it has a corner state that lasts whatever the rates are; ``depends``: with some rates;
        ``never``.
    share : float
        Of the draws in which it has a corner state that lasts, in [0, 1].
    """

    inputs: Mapping[str, int]
    pattern: str
    rest: Rest
    share: float

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return {
            "inputs": dict(self.inputs),
            "pattern": self.pattern,
            "rest": self.rest,
            "share": self.share,
        }


@dataclass(frozen=True)
class Landscape:
    """The patterns of a model over its inputs.

    Parameters
    ----------
    model : Model
    over : tuple of str
        The inputs that are held both ways; the first changes slowest.
    skeletons : tuple of Skeleton
        One a row.
    places : tuple of Place
        Row by row, one a pattern.
    """

    model: Model
    over: tuple[str, ...]
    skeletons: tuple[Skeleton, ...]
    places: tuple[Place, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The patterns that last nowhere: the theory cannot explain that they do."""
        found = {one.pattern for one in self.places if one.rest != "never"}
        return tuple(one.name for one in self.model.corners if one.name not in found)

    def place(self, pattern: str, **inputs: int) -> Place:
        """One of them; OptionError if there is none."""
        for one in self.places:
            if one.pattern == pattern and one.inputs == inputs:
                return one
        raise OptionError(
            f"there is no place for {pattern!r}{held(inputs)}",
            where=self.model.name,
            fix=f"name a pattern, and 0 or 1 for each of {', '.join(self.over) or 'no input'}",
        )

    def table(self) -> Table:
        """A row for each way to hold the inputs, a column for each pattern."""
        wide = len(self.model.corners)
        rows = []
        for start in range(0, len(self.places), wide):
            row = self.places[start : start + wide]
            rows.append([*(Cell(str(value), value) for value in row[0].inputs.values()), *map(_cell, row)])
        headings = [
            *(Heading(name, name, "right") for name in self.over),
            *(Heading(one.name, one.name) for one in self.model.corners),
        ]
        fixed = {name: value for name, value in self.skeletons[0].inputs.items() if name not in self.over}
        title = f"Which patterns last in {self.model.name}{held(fixed)}"
        told = [f"Lasts nowhere: {', '.join(self.missing)}."] if self.missing else []
        return Table.of("landscape", title, headings, rows, notes=[*told, *self._notes])

    @property
    def _notes(self) -> list[str]:
        """Those of all skeletons, each once."""
        return list(dict.fromkeys(note for one in self.skeletons for note in notes(one)))

    def data(self) -> dict[str, Any]:
        """Everything in it as plain JSON values."""
        return {
            "model": self.model.name,
            "over": list(self.over),
            "places": [one.data() for one in self.places],
            "missing": list(self.missing),
        }

    def __repr__(self) -> str:
        rows = len(self.skeletons)
        return f"<Landscape of {self.model.name}: {len(self.model.corners)} patterns, inputs held in {rows} ways>"

    def __str__(self) -> str:
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def landscape(
    model: Model,
    *,
    over: Sequence[str],
    inputs: Mapping[str, int] | None = None,
    draws: int = 1000,
    seed: int = 0,
    points: Points | None = None,
) -> Landscape:
    """Which patterns of a model last, for every way to hold some inputs at 0 or 1.

    Parameters
    ----------
    over : sequence of str
        The inputs that are held both ways, up to six.
    inputs, draws, seed, points
        As in :func:`skeleton`; the other inputs are held as *inputs* says, or at 0.

    Raises
    ------
    UnknownNameError
        If there is no such input.
    OptionError
        If the model has no pattern, an input stands twice, or there are more than six.

    Examples
    --------
    >>> from concausa.dynamics.model import Corner
    >>> from concausa.dynamics.quantity import Flow, Input, Parameter, Range, Stock
    >>> model = Model("club", (Stock("A", condition="TRUST"),), (Input("L"),), (Parameter("g", Range.of(0, 1)),),
    ...               flows=(Flow("grow", "A", True, "g * L"), Flow("fade", "A", False, "g * (1 - L)")),
    ...               corners=(Corner("alive", "TRUST"), Corner("dead", "~TRUST")))
    >>> [(one.inputs["L"], one.pattern) for one in landscape(model, over=["L"]).places if one.rest == "always"]
    [(0, 'dead'), (1, 'alive')]
    """
    refuse_count(draws, "draws")
    refuse_seed(seed)
    refuse_large(model)
    if not model.corners:
        raise OptionError(
            "the model has no pattern to look for", where=model.name, fix="declare its patterns"
        )
    if len(set(over)) < len(over) or len(over) > MOST:
        raise OptionError(
            f"the inputs held both ways are {', '.join(over)}", fix=f"name each once, and up to {MOST}"
        )
    held_inputs(model, dict.fromkeys(over, 0))
    rest = held_inputs(model, inputs or {})
    values = drawn(model, draws=draws, seed=seed, points=points)
    skeletons, places = [], []
    for row in product((0, 1), repeat=len(over)):
        varied = dict(zip(over, row, strict=True))
        found = of_values(model, rest | varied, values, prior=points is None)
        skeletons.append(found)
        places += [_place(found, varied, one.name) for one in model.corners]
    return Landscape(model, tuple(over), tuple(skeletons), tuple(places))


def _place(found: Skeleton, varied: Mapping[str, int], pattern: str) -> Place:
    goal = Goal(found.model, pattern)
    surely, may, inside = goal.states(found)
    rest: Rest = "never"
    if any(found.states[state].rest == "always" for state in surely):
        rest = "always"
    elif any(found.states[state].rest != "never" for state in may):
        rest = "depends"
    lasts = sum(
        network.draws
        for network in found.networks
        if any(state in inside and (network.gate[state] or not goal.gated) for state in network.fixed)
    )
    return Place(varied, pattern, rest, lasts / found.draws)


def _cell(one: Place) -> Cell:
    _, tone = RESTS[one.rest]
    words = {"always": "always", "depends": f"in {share(one.share)}", "never": "no"}
    return Cell(words[one.rest], one.share, tone=tone)
