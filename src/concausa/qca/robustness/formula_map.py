"""Which formula is found while two parameters move together: a map on a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from concausa.core.chart import Chart
from concausa.core.errors import ConcausaError, OptionError
from concausa.core.table import Cell, Heading, Table
from concausa.draw import text
from concausa.draw.palette import GREY, INK
from concausa.qca.analysis import Analysis
from concausa.qca.charts.canvas import boxes, rules, words
from concausa.qca.charts.canvas import chart as canvas_chart
from concausa.qca.formulas import Formula, formula_of
from concausa.qca.robustness.parameter_range import figure
from concausa.qca.robustness.ranges import parameter_of
from concausa.qca.robustness.strips_chart import SHADES, fill_of, letter_of

#: A parameter's label, and the interval in which it moves.
Axis = tuple[str, float, float]

_SIDE = 360.0


@dataclass(frozen=True, eq=False, repr=False)
class FormulaMap:
    """The formula at every point of a grid; between the points it is not known.

    Parameters
    ----------
    analysis : Analysis
    across, up : str
        Labels of the two parameters.
    columns, rows : tuple of float
        Their values, rising.
    cells : tuple of tuple of Formula or None
        *rows × columns*; None where the two cannot have these values together.
    """

    analysis: Analysis
    across: str
    up: str
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[tuple[Formula | None, ...], ...]

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """The different formulas, the present one first, then those that are found most often."""
        counted: dict[tuple[str, ...], list[Formula]] = {}
        for row in self.cells:
            for one in row:
                if one is not None:
                    counted.setdefault(one.models, []).append(one)
        home = self.analysis.formula
        order = sorted(counted, key=lambda models: (models != home, -len(counted[models]), models))
        return tuple([counted[models][0] for models in order])

    @property
    def share(self) -> float:
        """Share of the points that can be, at which the present formula is found."""
        found = [one for row in self.cells for one in row if one is not None]
        return (
            sum(one.models == self.analysis.formula for one in found) / len(found) if found else float("nan")
        )

    def table(self) -> Table:
        """A row a point."""
        rows = [
            [
                Cell(figure(x, self._span(self.columns)), x),
                Cell(figure(y, self._span(self.rows)), y),
                Cell("cannot be", None, tone="quiet") if one is None else Cell(one.text, list(one.models)),
            ]
            for y, row in zip(self.rows, self.cells, strict=True)
            for x, one in zip(self.columns, row, strict=True)
        ]
        headings = [
            Heading("across", self.across, "right"),
            Heading("up", self.up, "right"),
            Heading("formula", "formula"),
        ]
        return Table.of("formula-map", f"Which formula is found: {self!r}", headings, rows)

    def chart(self, *, name: str = "formula-map") -> Chart:
        """The grid in the shades of its formulas."""
        left, top = 30 + text.width(figure(self.rows[-1], self._span(self.rows)), 11), 30.0
        wide, high = _SIDE / len(self.columns), _SIDE / len(self.rows)
        places = {one.models: place for place, one in enumerate(self.formulas)}
        squares: list[dict[str, Any]] = []
        for number, row in enumerate(reversed(self.cells)):
            for column, one in enumerate(row):
                x, y = left + column * wide, top + number * high
                told = "cannot be" if one is None else one.text
                fill = "transparent" if one is None else fill_of(places[one.models], one.models)
                at = f"{figure(self.columns[column], self._span(self.columns))}, "
                at += figure(self.rows[-1 - number], self._span(self.rows))
                place = -1 if one is None else places[one.models]
                squares.append(
                    {
                        "x": x,
                        "y": y,
                        "x2": x + wide,
                        "y2": y + high,
                        "fill": fill,
                        "said": f"{at}: {told}",
                        "letter": letter_of(place) if place >= SHADES else "",
                    }
                )
        letters = [
            {"x": one["x"] + wide / 2, "y": one["y"] + high / 2, "text": one["letter"]}
            for one in squares
            if one["letter"] and min(wide, high) > 11
        ]
        bottom = top + _SIDE
        ends = [figure(value, self._span(self.columns)) for value in (self.columns[0], self.columns[-1])]
        sides = [figure(value, self._span(self.rows)) for value in (self.rows[0], self.rows[-1])]
        names = [
            {"x": left + _SIDE / 2, "y": bottom + 34, "text": self.across},
            {"x": left + _SIDE / 2, "y": top - 14, "text": f"{self.up} (up)"},
            {"x": left + wide / 2, "y": bottom + 14, "text": ends[0]},
            {"x": left + _SIDE - wide / 2, "y": bottom + 14, "text": ends[1]},
            {"x": left / 2, "y": bottom - high / 2, "text": sides[0]},
            {"x": left / 2, "y": top + high / 2, "text": sides[1]},
        ]
        key: list[dict[str, Any]] = []
        swatches: list[dict[str, Any]] = []
        for place, one in enumerate(self.formulas[:9]):
            y = bottom + 60 + 17 * place
            swatches.append(
                {"x": left, "y": y - 6, "x2": left + 14, "y2": y + 6, "fill": fill_of(place, one.models)}
            )
            key.append({"x": left + 22, "y": y, "text": f"{letter_of(place)}: {one.text}", "ink": INK})
        widest = max(text.width(str(each["text"]), 11) for each in key) + 22
        size = left + max(_SIDE, widest) + 16, bottom + 64 + 17 * len(key)
        parts = [
            boxes(squares, stroke=GREY, strokeWidth=0.3),
            boxes(swatches, stroke=GREY, strokeWidth=0.6),
            rules([{"x": left, "y": bottom, "x2": left + _SIDE, "y2": bottom}], opacity=0.5),
            words(letters, fontSize=10),
            words(names, fontSize=11),
            words(key, align="left", fontSize=11),
        ]
        title = f"Which formula is found for {self.analysis.outcome} by {self.across} and {self.up}"
        alt = (
            f"{title}: the present one at {self.share:.0%} of {len(self.columns)} × {len(self.rows)} points."
        )
        notes = ["Points of a grid: what is found between them is not known."]
        return canvas_chart(name, title, size, parts, alt, notes)

    def data(self) -> dict[str, Any]:
        """The map as plain JSON values."""
        return {
            "across": self.across,
            "up": self.up,
            "columns": list(self.columns),
            "rows": list(self.rows),
            "share": self.share if self.share == self.share else None,
            "cells": [[None if one is None else list(one.models) for one in row] for row in self.cells],
        }

    def _span(self, values: Sequence[float]) -> float:
        return values[-1] - values[0]

    def __repr__(self) -> str:
        return f"<FormulaMap of {self.across} and {self.up}: the formula at {self.share:.0%} of the points>"

    def __str__(self) -> str:
        return str(self.table())


def formula_map(analysis: Analysis, across: Axis, up: Axis, *, steps: int = 21) -> FormulaMap:
    """Which formula is found while two parameters move together, on a grid of points.

    Parameters
    ----------
    analysis : Analysis
    across, up : (label, low, high)
        Labels as in :func:`~concausa.qca.robustness.ranges.ranges`, and the interval of each.
    steps : int, from 2 to 101
        Values of each; whole numbers of a frequency cut-off are taken once.

    Raises
    ------
    OptionError
        If an interval is empty, both are the same parameter, or *steps* is out of its range.
    UnknownNameError
        If there is no such parameter; the nearest is given.

    Examples
    --------
    >>> from concausa.qca.analysis import analysis
    >>> frame = {"A": [10, 20, 30, 40], "Y": [0, 0, 1, 1]}
    >>> first = analysis(frame, outcome="Y", conditions=["A"],
    ...                  calibrations={"A": {"method": "crisp", "thresholds": 25}})
    >>> found = formula_map(first, ("A threshold", 15, 35), ("consistency", .6, .9), steps=3)
    >>> [[one.text for one in row] for row in found.cells]
    [['A', 'A', 'A'], ['no solution', 'A', 'A'], ['no solution', 'A', 'A']]
    """
    if isinstance(steps, bool) or not isinstance(steps, int) or not 2 <= steps <= 101:
        raise OptionError("steps is a whole number from 2 to 101", where=f"steps={steps!r}", fix="such as 21")
    if across[0] == up[0]:
        raise OptionError("both parameters are the same", where=across[0], fix="name two")
    changes = []
    for label, low, high in (across, up):
        if not low < high:
            raise OptionError(
                "an interval runs from a lower to a higher number", where=f"{label}: {low!r} to {high!r}"
            )
        place = parameter_of(analysis, label)
        values = np.linspace(low, high, steps)
        if place == ("", "frequency"):
            values = np.unique(np.rint(values))
        changes.append((place, tuple(values.tolist())))
    (column, columns), (row, rows) = changes
    cells = tuple([tuple([_at(analysis, {column: x, row: y}) for x in columns]) for y in rows])
    return FormulaMap(analysis, across[0], up[0], columns, rows, cells)


def _at(analysis: Analysis, values: dict[tuple[str, str], float]) -> Formula | None:
    anchors = {place: value for place, value in values.items() if place[0]}
    cutoffs: dict[str, Any] = {place[1]: value for place, value in values.items() if not place[0]}
    if "frequency" in cutoffs:
        cutoffs["frequency"] = int(cutoffs["frequency"])
    try:
        changed = analysis.changed(anchors=anchors, **cutoffs)
    except ConcausaError:  # anchors that cross, a cut-off out of its scale
        return None
    return formula_of(changed.solution, changed.nothing)
