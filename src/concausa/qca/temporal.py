"""Temporal QCA: solutions with before-conditions, under every reading of the orders that dates leave open.

References
----------
.. [1] Ragin & Strand (2008), Using Qualitative Comparative Analysis to Study Causal Order, *Sociological Methods
   & Research* 36(4), 431-441. https://doi.org/10.1177/0049124107313903
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod
from typing import Any, Never

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.core.misspelt import refuse_misspelt
from concausa.core.table import Cell, Heading, Table
from concausa.qca.before import Before, Code
from concausa.qca.before_door import orders_of, with_orders
from concausa.qca.case_data import DONT_CARE, case_data, columns_test
from concausa.qca.choices import Kind
from concausa.qca.conditions import named_conditions
from concausa.qca.cutoffs import Cutoffs
from concausa.qca.model import Model
from concausa.qca.outcome import read_outcome
from concausa.qca.panel.recipe import Recipe, Side, followed
from concausa.qca.solution import Solution

#: Most readings of open orders that are all run.
READINGS = 512


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read every open order.

    Parameters
    ----------
    choice : mapping of (condition, case) to 1, 0 or None
        How each open order is read; empty where none is open.
    side : Side
        Its solution, or why there is none.
    """

    choice: Mapping[tuple[str, str], Code]
    side: Side

    @property
    def solution(self) -> Solution | None:
        """The solution; None where there is none."""
        return self.side.solution

    @property
    def text(self) -> str:
        """``NL-1 elite.before.strike=1; …``."""
        signs = {1: "1", 0: "0", None: "-"}
        return "; ".join(f"{case} {name}={signs[code]}" for (name, case), code in self.choice.items())


@dataclass(frozen=True, eq=False, repr=False)
class Temporal:
    """Solutions with before-conditions.

    Parameters
    ----------
    recipe : Recipe
        How each solution is made; the before-conditions stand last among the conditions.
    before : tuple of Before
    readings : tuple of Reading
        Every one, in the order of the cases: 1 before 0 before don't care.
    """

    recipe: Recipe
    before: tuple[Before, ...]
    readings: tuple[Reading, ...]

    @cached_property
    def alike(self) -> tuple[tuple[Reading, ...], ...]:
        """The readings in groups that have the very same models; the most frequent first."""
        groups: dict[object, list[Reading]] = {}
        for reading in self.readings:
            refused = reading.side.refused
            key: object = frozenset(reading.side.models) if refused is None else str(refused)
            groups.setdefault(key, []).append(reading)
        return tuple(sorted((tuple(group) for group in groups.values()), key=len, reverse=True))

    @cached_property
    def always(self) -> tuple[str, ...]:
        """Terms of every model under every reading; none where some reading has no solution."""
        sides = [reading.side for reading in self.readings]
        if any(side.solution is None for side in sides):
            return ()
        return tuple(
            term for term in sides[0].terms if all(term in model for side in sides for model in side.models)
        )

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What a reader must know before trusting it; the caveats of each solution are its own."""
        found = []
        for one in self.before:
            if one.open:
                found.append(
                    Caveat.of(
                        "open-order",
                        "dates do not decide {condition} in {n} of {all} cases ({cases}); every reading was run",
                        condition=one.name,
                        n=len(one.open),
                        all=len(one.orders),
                        cases=", ".join(order.case for order in one.open),
                    )
                )
            same = [
                order.case for order in one.orders if order.admitted == (0,) and order.first == order.second
            ]
            if same:
                found.append(
                    Caveat.of(
                        "same-day",
                        "{condition}: on the same day in {cases}, which counts as not before",
                        condition=one.name,
                        cases=", ".join(same),
                    )
                )
        if len(self.alike) > 1:
            found.append(
                Caveat.of(
                    "turns-on-dates",
                    "the solution turns on open dates: {n} different ones over {readings} readings",
                    n=len(self.alike),
                    readings=len(self.readings),
                )
            )
        return tuple(found)

    def table(self) -> Table:
        """The different solutions with the readings under which each is found, and the span of their fit."""
        rows: list[list[Cell | str | None]] = []
        for group in self.alike:
            solution = group[0].solution
            share = Cell(f"{len(group)}/{len(self.readings)}", [len(group), len(self.readings)])
            under = Cell(_under(group, self.readings), [reading.text for reading in group])
            if solution is None:
                refused = Cell(f"none: {group[0].side.refused}", tone="doubt")
                rows.append([share, Cell("0", 0), refused, None, None, under])
                continue
            count = Cell(f"{solution.bound}{solution.n_models:,}", solution.n_models)
            for place, model in enumerate(solution.models):
                twins = [_twin(reading, place, model.expression) for reading in group]
                rows.append(
                    [
                        *([share, count] if place == 0 else [None, None]),
                        model.expression,
                        _span([one.consistency for one in twins]),
                        _span([one.coverage for one in twins]),
                        under if place == 0 else None,
                    ]
                )
        headings = [
            Heading("readings", "readings", "right"),
            Heading("models", "models", "right"),
            Heading("formula", "solution"),
            Heading("consistency", "cons.", "right"),
            Heading("coverage", "cov.", "right"),
            Heading("under", "under"),
        ]
        title = (
            f"{self.recipe.kind.capitalize()} solution for {self.recipe.explained} with the order of events"
        )
        notes = [f"{str(caveat)[:1].upper()}{str(caveat)[1:]}." for caveat in self.caveats]
        if len(self.readings) > 1:
            notes.append(f"In every model of every reading: {', '.join(self.always) or 'no term'}.")
        return Table.of("temporal", title, headings, rows, notes=notes)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "outcome": str(self.recipe.explained),
            "conditions": list(self.recipe.conditions),
            "solution": self.recipe.kind,
            "cutoffs": self.recipe.cutoffs.data(),
            "before": [one.data() for one in self.before],
            "readings": len(self.readings),
            "always": list(self.always),
            "solutions": [
                group[0].side.data() | {"readings": len(group), "under": [reading.text for reading in group]}
                for group in self.alike
            ],
            "caveats": [caveat.data() for caveat in self.caveats],
        }

    def __repr__(self) -> str:
        told = f"{len(self.readings)} readings, {len(self.alike)} different solutions"
        return f"<Temporal {self.recipe.explained}: {told}>"

    def __str__(self) -> str:
        return str(self.table()).rstrip()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def temporal(
    frame: object,
    *,
    outcome: str,
    conditions: Sequence[str] = (),
    before: Sequence[Before | str | tuple[str, str]],
    cases: str | Sequence[str] | None = None,
    solution: Kind = "conservative",
    consistency: float = 0.8,
    pri: float = 0.0,
    frequency: int = 1,
    expectations: Mapping[str, Any] | None = None,
    dont_care: str | float | None = DONT_CARE,
    levels: Mapping[str, int] | None = None,
    **unknown: Never,
) -> Temporal:
    """Minimise with the order of events as conditions, under every reading of what dates leave open.

    Parameters
    ----------
    frame : mapping of columns, pandas or polars data frame, or list of records
    outcome : str
    conditions : sequence of str
        Columns, without the before-conditions.
    before : sequence of Before, ``"A<B"`` or (A, B)
        Before-conditions; texts and pairs name events with dates (see :func:`concausa.qca.before_door.before`).
    cases, solution, consistency, pri, frequency, expectations, dont_care, levels
        As in :func:`~concausa.qca.truth_table.truth_table` and :func:`~concausa.qca.minimize.minimize`.

    Raises
    ------
    OptionError
        If no order is named, or open orders can be read in more than 512 ways.
    DataError, DateError, ScaleError, UnknownNameError
        If the data cannot be accepted.

    Examples
    --------
    >>> frame = {"A": [1, 1, 1], "B": [1, 1, 0], "A_date": [1990, 1995, 1990], "B_date": [1992, 1991, None],
    ...          "Y": [1, 0, 0]}
    >>> found = temporal(frame, outcome="Y", conditions=["A", "B"], before=["A<B"])
    >>> [model.expression for model in found.readings[0].solution.models]
    ['A*B*A.before.B']
    """
    refuse_misspelt(unknown, temporal)
    cutoffs = Cutoffs(consistency=consistency, pri=pri, frequency=frequency)
    explained = read_outcome(outcome, columns_test(frame))
    listed = named_conditions(conditions) if conditions else ()
    named = [*listed, explained.name]
    data = case_data(
        frame, named, cases=cases, dont_care=dont_care, outcomes=(explained.name,), levels=levels
    )
    orders = orders_of(frame, before, data.cases)
    n = prod(one.readings for one in orders)
    if n > READINGS:
        told = "; ".join(
            f"{one.name}: {', '.join(order.case for order in one.open)}" for one in orders if one.open
        )
        raise OptionError(
            f"the open orders can be read in {n:,} ways, more than the {READINGS} that are all run",
            where=told,
            fix="date some of these events more exactly, or leave their cases out",
        )
    recipe = Recipe(
        explained.suits(data.factors[-1]),
        (*listed, *(one.name for one in orders)),
        cutoffs,
        solution,
        expectations or {},
    )
    sign = DONT_CARE if dont_care is None else dont_care
    readings = []
    for choice in _choices(orders):
        made = with_orders(frame, orders, choice, dont_care=sign)
        scores = case_data(
            made,
            [*recipe.conditions, explained.name],
            cases=data.cases,
            dont_care=sign,
            outcomes=(explained.name,),
            levels=levels,
        )
        readings.append(Reading(choice, followed(recipe, "all", scores)))
    return Temporal(recipe, orders, tuple(readings))


def _choices(orders: Sequence[Before]) -> list[dict[tuple[str, str], Code]]:
    keys = [(one.name, order.case) for one in orders for order in one.open]
    admitted = [order.admitted for one in orders for order in one.open]
    return [dict(zip(keys, codes, strict=True)) for codes in product(*admitted)]


def _twin(reading: Reading, place: int, expression: str) -> Model:
    """The same model in another reading of a group."""
    solution = reading.solution
    assert solution is not None
    own = next((model for model in solution.models if model.expression == expression), None)
    return own or solution.models[place]


def _span(values: Sequence[float]) -> Cell:
    low, high = min(values), max(values)
    text = f"{low:.3f}" if f"{low:.3f}" == f"{high:.3f}" else f"{low:.3f}-{high:.3f}"
    return Cell(text, [low, high])


def _under(group: Sequence[Reading], every: Sequence[Reading]) -> str:
    """What the readings of a group share, of what is open; the readings themselves if nothing tells them apart."""
    if len(group) == len(every):
        return "every reading"
    signs = {1: "1", 0: "0", None: "-"}
    shared = [
        f"{case} {name}={signs[code]}"
        for (name, case), code in group[0].choice.items()
        if all(reading.choice[name, case] == code for reading in group)
    ]
    return "; ".join(shared) or " / ".join(reading.text for reading in group[:4])
