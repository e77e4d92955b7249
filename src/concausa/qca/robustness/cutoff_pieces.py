"""Pieces along a cut-off: the breakpoints are the consistencies, PRIs and sizes of the rows themselves."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from concausa.qca.analysis import Analysis
from concausa.qca.robustness.pieces import Limit, Piece, Pieces
from concausa.qca.row_codes import codes_of
from concausa.qca.truth_table import TruthTable
from concausa.sets.membership import TOLERANCE

_NOBODY = np.empty(0, dtype=np.int64)


def cutoff_names(analysis: Analysis) -> tuple[str, ...]:
    """The cut-offs that an analysis uses; the one for contradictions only where it is given."""
    names = ("consistency", "pri", "frequency")
    return names if analysis.cutoffs.contradiction is None else (*names, "contradiction")


def cutoff_pieces(analysis: Analysis, name: str) -> Pieces:
    """Every value of a cut-off, in pieces on which no row changes its code. Exact.

    A row reaches a cut-off that equals its own measure, so that pieces are closed above.
    """
    table = analysis.truth_table
    if name == "frequency":
        return _of_frequency(table)
    cutoffs = table.cutoffs
    value: float = getattr(cutoffs, name)
    measures = table.pri if name == "pri" else table.consistency
    if name == "consistency":
        low, high = cutoffs.contradiction or 0.0, 1.0
        beside = "contradiction" if cutoffs.contradiction is not None else ""
        lowest = Limit("neighbour" if beside else "scale", low, beside)
        highest = Limit("scale", high)
    elif name == "pri":
        low, high = -1.0, 1.0
        lowest, highest = Limit("scale", 0.0), Limit("scale", high)
    else:
        low, high = -1.0, cutoffs.consistency
        lowest, highest = Limit("scale", 0.0), Limit("neighbour", high, "consistency")
    edges = _edges(measures, low, high)
    home = int(np.searchsorted(edges[1:], value - TOLERANCE))
    pieces = []
    for place, (start, stop) in enumerate(pairwise(edges)):
        inside = value if place == home else (max(start, 0.0) + stop) / 2 if stop > 0 else 0.0
        codes = codes_of(table, cutoffs.changed(**{name: inside}))
        first = start < 0
        open_end = stop == high and highest.kind == "neighbour"
        pieces.append(
            Piece(
                max(start, 0.0),
                stop,
                (first, not open_end),
                (0.0, 0.0),
                table.configurations,
                codes,
                _NOBODY,
            )
        )
    return Pieces(pieces, home, lowest, highest)


def _edges(measures: NDArray[np.float64], low: float, high: float) -> list[float]:
    """Ends of the pieces: those of the scale, and the rows' own measures; what differs by noise is one."""
    found = [low]
    for measure in sorted(measures[~np.isnan(measures)].tolist()):
        if low + 3 * TOLERANCE < measure < high - 3 * TOLERANCE and measure - found[-1] > 3 * TOLERANCE:
            found.append(measure)
    return [*found, high]


def _of_frequency(table: TruthTable) -> Pieces:
    value = int(table.cutoffs.frequency)
    sizes = sorted({*table.n.tolist()})
    most = max(len(table.data.cases), value)
    tops = [size for size in sizes if size < most]
    edges = [0, *tops, most]
    pieces = []
    home = 0
    for place, (start, stop) in enumerate(pairwise(edges)):
        if start < value <= stop:
            home = place
        codes = codes_of(table, table.cutoffs.changed(frequency=stop))
        pieces.append(
            Piece(
                float(start + 1),
                float(stop),
                (True, True),
                (0.0, 0.0),
                table.configurations,
                codes,
                _NOBODY,
            )
        )
    return Pieces(pieces, home, Limit("scale", 1.0), Limit("none", float(most), proved=True))
