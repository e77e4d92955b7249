"""Strips: along a parameter every formula that is found, stretch by stretch, those that come back too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import Any

from concausa.core.chart import Chart
from concausa.core.table import Cell, Heading, Table
from concausa.qca.formulas import Formula
from concausa.qca.robustness.parameter_range import figure
from concausa.qca.robustness.ranges import BUDGET, Ranges, strip

#: Parameters that are shown unless others are named: those that can move least.
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one parameter on which one formula is found.

    Parameters
    ----------
    parameter : str
    lower, upper : float
        Its ends, infinite where nothing bounds it; whether they belong to it is what the range says.
    formula : Formula
    """

    parameter: str
    lower: float
    upper: float
    formula: Formula


@dataclass(frozen=True, eq=False, repr=False)
class Strips:
    """The stretches of some parameters.

    Parameters
    ----------
    found : Ranges
        Where the parameters stand, and how far their data reach.
    stretches : tuple of Stretch
        Parameter by parameter, from low to high.
    """

    found: Ranges
    stretches: tuple[Stretch, ...]

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """The different formulas, the present one first, then those that take most stretches."""
        counted: dict[tuple[str, ...], list[Formula]] = {}
        for one in self.stretches:
            counted.setdefault(one.formula.models, []).append(one.formula)
        home = self.found.formula.models
        order = sorted(counted, key=lambda models: (models != home, -len(counted[models]), models))
        return tuple([counted[models][0] for models in order])

    def table(self) -> Table:
        """A row a stretch."""
        home = self.found.formula.models
        rows = []
        for one in self.stretches:
            span = self.found[one.parameter].span
            same = one.formula.models == home
            rows.append(
                [
                    Cell(one.parameter),
                    _end(one.lower, span),
                    _end(one.upper, span),
                    Cell(one.formula.text, list(one.formula.models), tone="good" if same else "plain"),
                ]
            )
        headings = [
            Heading("parameter", "parameter"),
            Heading("lower", "from", "right"),
            Heading("upper", "to", "right"),
            Heading("formula", "formula"),
        ]
        return Table.of("range-strips", "Which formula is found along a parameter", headings, rows)

    def chart(self) -> Chart:
        """A strip a parameter, its stretches in the shades of their formulas."""
        from concausa.qca.robustness.strips_chart import chart

        return chart(self)

    def data(self) -> list[dict[str, Any]]:
        """The stretches as plain JSON values."""
        return [
            {
                "parameter": one.parameter,
                "lower": one.lower if isfinite(one.lower) else None,
                "upper": one.upper if isfinite(one.upper) else None,
                "models": list(one.formula.models),
            }
            for one in self.stretches
        ]

    def __repr__(self) -> str:
        parameters = dict.fromkeys(one.parameter for one in self.stretches)
        return f"<Strips of {', '.join(parameters)}: {len(self.formulas)} formulas>"

    def __str__(self) -> str:
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def strips(found: Ranges, parameters: Sequence[str] | None = None, *, budget: int = BUDGET) -> Strips:
    """Every formula along some parameters of ranges that were found.

    Parameters
    ----------
    found : Ranges
    parameters : sequence of str, optional
        Their labels; the six that can move least, as a share of their data's range, if not given.
    budget : int
        As for :func:`~concausa.qca.robustness.ranges.ranges`.

    Raises
    ------
    UnknownNameError
        If there is no such parameter; the nearest is given.

    Examples
    --------
    >>> from concausa.qca.analysis import analysis
    >>> from concausa.qca.robustness.ranges import ranges
    >>> frame = {"A": [10, 20, 30, 40], "Y": [0, 0, 1, 1]}
    >>> first = analysis(frame, outcome="Y", conditions=["A"],
    ...                  calibrations={"A": {"method": "crisp", "thresholds": 25}})
    >>> [(one.lower, one.upper, one.formula.text)
    ...  for one in strips(ranges(first), ["A threshold"]).stretches][1:]
    [(20.0, 40.0, 'A'), (40.0, inf, 'no solution')]
    """
    wanted = _least(found) if parameters is None else [found[label].label for label in parameters]
    return Strips(
        found,
        tuple(
            [
                Stretch(label, lower, upper, formula)
                for label in wanted
                for lower, upper, formula in strip(found.analysis, label, budget=budget)
            ]
        ),
    )


def _least(found: Ranges) -> list[str]:
    """The parameters that can move least, in the order of the ranges."""
    shares = {
        one.label: min([share for share in one.room if share is not None], default=float("inf"))
        for one in found.ranges
        if one.name != "frequency" and "change" in (one.lower.kind, one.upper.kind)
    }
    least = sorted(shares, key=lambda label: shares[label])[:SHOWN]
    return [one.label for one in found.ranges if one.label in least]


def _end(value: float, span: float) -> Cell:
    return Cell(figure(value, span), value) if isfinite(value) else Cell("no bound")
