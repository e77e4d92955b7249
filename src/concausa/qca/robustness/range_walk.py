"""From the present value of a parameter outwards, piece by piece, until what is held changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from concausa.qca.analysis import Analysis
from concausa.qca.factor import term_text
from concausa.qca.formulas import Formulas
from concausa.qca.robustness.anchor_pieces import anchor_pieces
from concausa.qca.robustness.cutoff_pieces import cutoff_pieces
from concausa.qca.robustness.parameter_range import End, ParameterRange, RowChange
from concausa.qca.robustness.pieces import Limit, Piece, Pieces
from concausa.sets.moved import anchor_labels

Hold = Literal["formula", "core"]


def pieces_of(analysis: Analysis, column: str, name: str, budget: int) -> Pieces:
    """The pieces along an anchor, or along a cut-off where the column is empty."""
    return anchor_pieces(analysis, column, name, budget) if column else cutoff_pieces(analysis, name)


def range_of(
    analysis: Analysis, column: str, name: str, hold: Hold, budget: int, formulas: Formulas
) -> ParameterRange:
    """The range of one parameter."""
    pieces = pieces_of(analysis, column, name, budget)
    home = pieces.pieces[pieces.home]
    formula = formulas.of(home.configurations, home.codes)

    def held(piece: Piece) -> bool:
        found = formulas.of(piece.configurations, piece.codes)
        return found.models == formula.models if hold == "formula" else set(formula.core) <= set(found.core)

    if column:
        raw = analysis.calibrations[column].raw.astype(float)
        value = _anchor_value(analysis, column, name)
        data_range = float(raw.min()), float(raw.max())
    else:
        value = float(getattr(analysis.cutoffs, name))
        data_range = (1.0, float(len(analysis.cases))) if name == "frequency" else (0.0, 1.0)
    walk = _Walk(analysis, pieces, formulas, data_range, value)
    return ParameterRange(
        column,
        name,
        value,
        walk.end(held, -1),
        walk.end(held, 1),
        walk.end(home.same_table, -1),
        walk.end(home.same_table, 1),
        data_range,
    )


def _anchor_value(analysis: Analysis, column: str, name: str) -> float:
    anchors = analysis.calibrations[column].anchors
    return float(anchors.values[anchor_labels(anchors).index(name)])


@dataclass(frozen=True, slots=True, eq=False)
class _Walk:
    """From the present value outwards, piece by piece."""

    analysis: Analysis
    pieces: Pieces
    formulas: Formulas
    data_range: tuple[float, float]
    value: float

    def end(self, held: Callable[[Piece], bool], step: int) -> End:
        """The last piece on this side that holds, and what is beyond it."""
        pieces = self.pieces.pieces
        place = self.pieces.home
        while True:
            here = pieces[place]
            if not here.sure:
                return End("budget", self.value)
            if not 0 <= place + step < len(pieces):
                return self._limit(here, step)
            there = pieces[place + step]
            if not there.sure:
                return End("budget", here.lower if step < 0 else here.upper)
            if not held(there):
                return self._change(here, there, step)
            place += step

    def _limit(self, here: Piece, step: int) -> End:
        limit: Limit = self.pieces.lowest if step < 0 else self.pieces.highest
        closed = here.closed[0 if step < 0 else 1]
        return End(
            limit.kind,  # type: ignore[arg-type]
            limit.value,
            closed=closed if limit.kind == "scale" else closed is True if limit.kind == "neighbour" else None,
            name=limit.name,
            proved=limit.proved,
            in_data=self._in_data(limit.value),
        )

    def _change(self, here: Piece, there: Piece, step: int) -> End:
        side = 0 if step < 0 else 1
        value = here.lower if step < 0 else here.upper
        cases = self.analysis.cases
        crossed = [
            case
            for case, before, beyond in zip(cases, _rows_of(here), _rows_of(there), strict=False)
            if before != beyond
        ]
        return End(
            "change",
            value,
            closed=here.closed[side],
            width=here.width[side],
            in_data=self._in_data(value),
            rows=self._rows(here, there),
            cases=tuple(crossed),
            beyond=self.formulas.of(there.configurations, there.codes),
        )

    def _in_data(self, value: float) -> bool:
        return self.data_range[0] <= value <= self.data_range[1]

    def _rows(self, here: Piece, there: Piece) -> tuple[RowChange, ...]:
        factors = self.analysis.data.factors[:-1]
        before, beyond = _coded(here), _coded(there)
        return tuple(
            [
                RowChange(term_text(factors, row), before.get(row, ""), beyond.get(row, ""))
                for row in sorted({*before, *beyond})
                if before.get(row) != beyond.get(row)
            ]
        )


def _coded(piece: Piece) -> dict[tuple[int, ...], str]:
    rows = [tuple(row) for row in piece.configurations.tolist()]
    return dict(zip(rows, piece.codes.tolist(), strict=True))


def _rows_of(piece: Piece) -> list[int]:
    return [int(row) for row in piece.sides.tolist()]
