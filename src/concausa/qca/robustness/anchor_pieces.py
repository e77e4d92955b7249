"""Pieces along an anchor: cases change sides at raw values, rows pass their cut-offs at places that are bracketed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from concausa.qca.analysis import Analysis
from concausa.qca.corners import grouped
from concausa.qca.robustness.anchor_path import FAR, AnchorPath
from concausa.qca.robustness.crossings import Crossings, crossings
from concausa.qca.robustness.margins import (
    ConditionMargins,
    Hurdle,
    Margins,
    OutcomeMargins,
    hurdles_of,
)
from concausa.qca.robustness.pieces import Piece, Pieces
from concausa.qca.robustness.stretches import home_of, stretches_of
from concausa.qca.subsets import memberships as row_memberships
from concausa.sets.membership import CROSSOVER, TOLERANCE
from concausa.sets.moved import MOVABLE, anchor_labels

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Cells with which a search begins, beside those between raw values.
CELLS = 48
_NOBODY = np.empty(0, dtype=np.int64)


def anchor_names(analysis: Analysis) -> tuple[tuple[str, str], ...]:
    """Every anchor that can be moved, as (column, anchor)."""
    return tuple(
        [
            (name, label)
            for name, calibrated in analysis.calibrations.items()
            if calibrated.method in MOVABLE
            for label in anchor_labels(calibrated.anchors)
        ]
    )


def anchor_pieces(analysis: Analysis, column: str, label: str, budget: int) -> Pieces:
    """Every value of an anchor between its neighbours, in pieces on which no row changes its code.

    Parameters
    ----------
    analysis : Analysis
    column, label : str
        Which anchor.
    budget : int
        Most rows × cells that are looked at for changes of consistency and PRI.
    """
    calibrated = analysis.calibrations[column]
    path = AnchorPath(calibrated, anchor_labels(calibrated.anchors).index(label))
    if calibrated.kind != "fuzzy":
        return _by_steps(analysis, column, path)
    rows = _outcome_rows(analysis) if column == analysis.explained.name else _condition_rows(analysis, column)
    return _smooth(path, rows, analysis.cutoffs.frequency, column == analysis.explained.name, budget)


def _by_steps(analysis: Analysis, column: str, path: AnchorPath) -> Pieces:
    """Codes change at raw values alone, so that one look between each two of them is enough. Exact."""
    low, high = path.limits
    passed = bool(path.calibrated.options["include"])
    inner = np.unique(path.raw[(path.raw > path.ends[0]) & (path.raw < path.ends[1])]).tolist()
    outer = [limit.value for limit in (low, high)]
    if high.kind == "none":
        outer[1] = max(path.data_range[1], path.value) + path.span
    if low.kind == "none":
        outer[0] = min(path.data_range[0], path.value) - path.span
    inner = sorted({*inner, *[end for end in path.data_range if outer[0] < end < outer[1]]})
    edges = [outer[0], *inner, outer[1]]
    pieces, home = [], 0
    for place, (start, stop) in enumerate(pairwise(edges)):
        inside = start + (stop - start) / 2
        if (start < path.value <= stop) if passed else (start <= path.value < stop):
            home, inside = place, path.value
        table = _coded(analysis.changed(anchors={(column, path.label): inside}))
        closed = (
            not passed and place > 0,
            passed and place < len(edges) - 2,
        )
        pieces.append(Piece(start, stop, closed, (0.0, 0.0), *table))
    ends = (
        replace(low, value=min(path.data_range[0], path.value)) if low.kind == "none" else low,
        replace(high, value=max(path.data_range[1], path.value)) if high.kind == "none" else high,
    )
    return Pieces(pieces, home, *ends)


def _coded(analysis: Analysis) -> tuple[NDArray[np.int8], NDArray[np.str_], Ints]:
    """Observed configurations, their codes and the row of each case, whether rows may stand together or not."""
    scores, categories = analysis.data.scores, _categories(analysis)
    configurations, counts, member = grouped(scores[:, :-1], categories)
    hurdles = hurdles_of(analysis.cutoffs)
    margins = OutcomeMargins(row_memberships(scores[:, :-1], categories, configurations), False, hurdles)
    rows = _Rows(configurations, margins, hurdles, member, member)
    every = np.arange(len(counts))
    outcome = analysis.explained.membership(scores[:, -1])
    found = margins.at(np.broadcast_to(outcome, (len(every), len(outcome))), every)
    return configurations, rows.codes(found, counts, analysis.cutoffs.frequency), member


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Every row that a case can be in while one column moves.

    Parameters
    ----------
    configurations : array of int8, shape (rows, conditions)
    margins : ConditionMargins or OutcomeMargins
    hurdles : tuple of Hurdle
    lower, upper : array of int, shape (cases,)
        The row of each case while its membership in the moving column is below and above .5; −1 in none.
    """

    configurations: NDArray[np.int8]
    margins: Margins
    hurdles: tuple[Hurdle, ...]
    lower: Ints
    upper: Ints

    def sides(self, memberships: Floats) -> Ints:
        """The row of each case, shape (values, cases), −1 in none; an outcome's crossover decides no row."""
        found = np.where(memberships > CROSSOVER, self.upper, self.lower)
        found[(np.abs(memberships - CROSSOVER) <= TOLERANCE) & (self.lower != self.upper)] = -1
        return found

    def codes(self, margins: Floats, counts: Ints, frequency: int) -> NDArray[np.str_]:
        """The codes of rows, from their margins (hurdles, rows) and how many cases they have."""
        reached = {hurdle.name: row >= 0 for hurdle, row in zip(self.hurdles, margins, strict=True)}
        positive = reached["consistency"] & reached.get("pri", True)
        codes = np.where(positive, "1", "0")
        if "contradiction" in reached:
            codes[~positive & reached["contradiction"]] = "C"
        codes[counts < frequency] = "?"
        return codes


def _outcome_rows(analysis: Analysis) -> _Rows:
    table = analysis.truth_table
    scores, categories = table.data.scores[:, :-1], _categories(analysis)
    hurdles = hurdles_of(analysis.cutoffs)
    within = row_memberships(scores, categories, table.configurations)
    margins = OutcomeMargins(within, analysis.explained.negated, hurdles)
    return _Rows(table.configurations, margins, hurdles, table.member, table.member)


def _condition_rows(analysis: Analysis, column: str) -> _Rows:
    data = analysis.data
    categories = _categories(analysis)
    place = analysis.conditions.index(column)
    others = [number for number in range(len(analysis.conditions)) if number != place]
    scores = data.scores[:, others]
    if others:
        rests, _, member = grouped(scores, [categories[number] for number in others])
    else:
        rests, member = np.empty((1, 0), dtype=np.int8), np.zeros(len(data.cases), dtype=np.int64)
    rest = row_memberships(scores, [categories[number] for number in others], rests)
    configurations = np.empty((2 * len(rests), len(analysis.conditions)), dtype=np.int8)
    configurations[:, others] = np.repeat(rests, 2, axis=0)
    configurations[:, place] = np.tile([0, 1], len(rests))
    order = np.lexsort(configurations.T[::-1])
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    hurdles = hurdles_of(analysis.cutoffs)
    outcome = analysis.explained.membership(data.scores[:, -1])
    present = configurations[order, place] == 1
    margins = ConditionMargins(np.repeat(rest, 2, axis=0)[order], present, outcome, hurdles)
    lower = np.where(member < 0, -1, rank[2 * np.maximum(member, 0)])
    upper = np.where(member < 0, -1, rank[2 * np.maximum(member, 0) + 1])
    return _Rows(configurations[order], margins, hurdles, lower, upper)


def _categories(analysis: Analysis) -> tuple[int, ...]:
    factors = analysis.data.factors[:-1]
    return tuple([factor.levels if factor.kind == "multi-value" else 0 for factor in factors])


def _smooth(path: AnchorPath, rows: _Rows, frequency: int, outcome: bool, budget: int) -> Pieces:
    flips = np.empty(0) if outcome else _flips(path, rows)
    mesh = _mesh(path, flips)
    inside = path.memberships(mesh[:-1] + np.diff(mesh) / 2)
    enough = _counts(rows.sides(inside), len(rows.configurations)) >= max(1, frequency)
    found = crossings(path, rows.margins, enough, mesh, budget)
    return _assembled(path, rows, frequency, flips, found)


def _flips(path: AnchorPath, rows: _Rows) -> Floats:
    """Where cases change sides: raw values that a crossover passes; else where a curve becomes too flat to tell."""
    low, high = path.ends
    if path.moves_sides:
        return np.unique(path.raw[(path.raw > low) & (path.raw < high)])
    found: list[Floats] = []
    for start, stop in ((path.value, high), (path.value, low)):
        ends = rows.sides(path.memberships(np.array([start, stop])))
        cases = np.flatnonzero(ends[0] != ends[1])
        if not cases.size:
            continue
        near, far = np.full(len(cases), start), np.full(len(cases), stop)
        for _ in range(80):
            middle: Floats = near + (far - near) / 2
            sides = rows.sides(path.memberships(middle))[np.arange(len(cases)), cases]
            stays = sides == ends[0, cases]
            near, far = np.where(stays, middle, near), np.where(stays, far, middle)
        found.append(np.asarray(far, dtype=np.float64))
    return np.unique(np.concatenate(found)) if found else np.empty(0)


def _mesh(path: AnchorPath, flips: Floats) -> Floats:
    low, high = path.ends
    inside: list[Floats] = [
        np.linspace(max(low, path.data_range[0]), min(high, path.data_range[1]), CELLS + 1)
    ]
    inside += [np.array([low, high, path.value, *path.calibrated.anchors.values]), flips, path.raw]
    width = np.ldexp(path.span, np.arange(11))
    for limit, end, sign in zip(path.limits, path.ends, (-1, 1), strict=True):
        if limit.kind == "none":
            inside.append(np.asarray(end - sign * (FAR * path.span - width), dtype=np.float64))
    found = np.concatenate(inside)
    return np.unique(found[(found >= low) & (found <= high)])


def _counts(sides: Ints, rows: int) -> Ints:
    """How many cases each row has, shape (values, rows)."""
    found = np.zeros((len(sides), rows + 1), dtype=np.int64)
    np.add.at(found, (np.repeat(np.arange(len(sides)), sides.shape[1]), sides.ravel()), 1)
    return found[:, :rows]


def _assembled(path: AnchorPath, rows: _Rows, frequency: int, flips: Floats, found: Crossings) -> Pieces:
    """The pieces between all breakpoints, each with its table where it is looked at: in its middle."""
    stretches = stretches_of(path, flips, found)
    home = home_of(stretches, path.value)
    values = np.array([one.start + (one.stop - one.start) / 2 for one in stretches])
    values[home] = path.value
    memberships = path.memberships(values)
    sides = rows.sides(memberships)
    counts = _counts(sides, len(rows.configurations))
    every = np.arange(len(rows.configurations))
    pieces = []
    for place, one in enumerate(stretches):
        seen = counts[place] > 0
        repeated = np.broadcast_to(memberships[place], (int(seen.sum()), memberships.shape[1]))
        margins = rows.margins.at(repeated, every[seen])
        codes = rows.codes(margins, counts[place][seen], frequency)
        pieces.append(
            Piece(
                one.start,
                one.stop,
                one.closed,
                one.width,
                rows.configurations[seen],
                codes,
                sides[place],
                one.sure,
            )
        )
    return Pieces(pieces, home, *path.limits)
