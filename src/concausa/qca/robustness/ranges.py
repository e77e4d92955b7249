"""Sensitivity ranges: for every anchor and cut-off the interval in which a solution stays what it is.

References
----------
.. [1] Oana & Schneider (2024), A Robustness Test Protocol for Applied QCA, *Sociological Methods & Research* 53(1),
   57-88. https://doi.org/10.1177/00491241211036158
.. [2] Skaaning (2011), Assessing the Robustness of Crisp-set and Fuzzy-set QCA Results, *Sociological Methods &
   Research* 40(2), 391-408. https://doi.org/10.1177/0049124111404818
.. [3] Oana, Schneider & Thomann (2021), *Qualitative Comparative Analysis Using R*, Cambridge University Press,
   chapter 5. https://doi.org/10.1017/9781009006781
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Never

from concausa.core.caveat import Caveat
from concausa.core.chart import Chart
from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.misspelt import refuse_misspelt
from concausa.core.nearest import nearest
from concausa.core.spread import spread
from concausa.core.table import Table
from concausa.qca.analysis import Analysis
from concausa.qca.factor import term_text
from concausa.qca.formulas import Formula, Formulas
from concausa.qca.robustness.anchor_pieces import anchor_names, anchor_pieces
from concausa.qca.robustness.cutoff_pieces import cutoff_names, cutoff_pieces
from concausa.qca.robustness.parameter_range import End, ParameterRange, RowChange
from concausa.qca.robustness.pieces import Limit, Piece, Pieces

Hold = Literal["formula", "core"]

#: Rows × cells that may be looked at for one anchor.
BUDGET = 400_000


@dataclass(frozen=True, eq=False, repr=False)
class Ranges:
    """The range of every parameter, each alone.

    Parameters
    ----------
    analysis : Analysis
    hold : str
        ``formula``: all models stay. ``core``: the terms that all models share stay in every model.
    formula : Formula
        What is found with the present parameters.
    ranges : tuple of ParameterRange
        Anchors in the order of the columns, then cut-offs.
    fixed : tuple of pairs of str
        Calibrated columns without an anchor that can be moved, and their method.
    """

    analysis: Analysis
    hold: Hold
    formula: Formula
    ranges: tuple[ParameterRange, ...]
    fixed: tuple[tuple[str, str], ...] = ()

    def __getitem__(self, label: str) -> ParameterRange:
        """The range of one parameter, by its label: ``GNPCAP crossover`` or ``consistency``."""
        for one in self.ranges:
            if one.label == label:
                return one
        labels = [one.label for one in self.ranges]
        near = nearest(label, labels)
        raise UnknownNameError(
            f'there is no range of "{label}"',
            where=f"parameters: {', '.join(labels)}",
            fix=f'did you mean "{near}"?' if near else "use one of these",
        )

    def __iter__(self) -> Any:
        return iter(self.ranges)

    def __len__(self) -> int:
        return len(self.ranges)

    @property
    def tightest(self) -> tuple[ParameterRange, End] | None:
        """The parameter that can move least, as a share of its data's range, and the end that holds it up.

        Only changes count; None where there is none. The frequency cut-off moves by whole cases and is left out.
        """
        found = [
            (abs(end.value - one.value) / one.span, one, end)
            for one in self.ranges
            for end in (one.lower, one.upper)
            if end.kind == "change" and one.name != "frequency"
        ]
        return min(found, key=lambda each: each[0])[1:] if found else None

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What a reader must know before trusting the ranges."""
        from concausa.qca.robustness.ranges_view import caveats_of

        return caveats_of(self)

    def table(self, say: Callable[[str], str] = str) -> Table:
        """Each parameter with its value, its range, and what changes at the ends."""
        from concausa.qca.robustness.ranges_view import ranges_table

        return ranges_table(self, say)

    def chart(self) -> Chart:
        """A bar a parameter, on the data's range as scale."""
        from concausa.qca.robustness.ranges_chart import chart

        return chart(self)

    def data(self) -> dict[str, Any]:
        """The ranges as plain JSON values."""
        return {
            "hold": self.hold,
            "formula": list(self.formula.models),
            "n_models": self.formula.n_models,
            "core": list(self.formula.core),
            "tightest": None if self.tightest is None else self.tightest[0].label,
            "ranges": [one.data() for one in self.ranges],
            "fixed": [{"column": column, "method": method} for column, method in self.fixed],
            "caveats": [caveat.data() for caveat in self.caveats],
        }

    def cite(self) -> tuple[str, ...]:
        """The works that the ranges rest on."""
        from concausa.qca.robustness.ranges_view import SOURCES

        return SOURCES

    def memo(self, width: int | None = None) -> str:
        """The ranges as text within *width* columns (80 if not given)."""
        from concausa.qca.robustness.ranges_view import memo

        return memo(self, width)

    def __repr__(self) -> str:
        return (
            f"<Ranges of {len(self.ranges)} parameters of {self.analysis.outcome}: the {self.hold} is held>"
        )

    def __str__(self) -> str:
        return self.memo()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def ranges(
    analysis: Analysis,
    *,
    hold: Hold = "formula",
    parameters: Sequence[str] | None = None,
    budget: int = BUDGET,
    workers: int = 1,
    scheduler: Any = None,
    **unknown: Never,
) -> Ranges:
    """How far each anchor and cut-off can move, alone, before the solution changes.

    Ranges of cut-offs, of crossovers as far as cases change sides, and of thresholds are exact: their breakpoints
    are the rows' own measures and the cases' own raw values. Where a row passes a cut-off because memberships change
    smoothly, the place is bracketed between two numbers, with bounds that let none be overlooked. Ranges do not
    depend on the unit of the raw values.

    Parameters
    ----------
    analysis : Analysis
    hold : str
        ``formula``: all models stay the same. ``core``: the terms that all models share stay in all of them.
    parameters : sequence of str, optional
        Labels such as ``GNPCAP crossover`` or ``consistency``; all that there are if not given.
    budget : int
        Most rows × cells that are looked at for one anchor. An end that lies beyond says so.
    workers, scheduler
        As :func:`~concausa.core.spread.spread` takes them; the ranges are the same whatever they are.

    Returns
    -------
    Ranges

    Raises
    ------
    OptionError
        If the analysis has no solution, or an option has a value that it cannot have.
    UnknownNameError
        If there is no such parameter; the nearest is given.

    Examples
    --------
    >>> from concausa.qca.analysis import analysis
    >>> frame = {"GNP": [720, 1098, 586, 468], "SURV": [1, 1, 1, 0]}
    >>> first = analysis(frame, outcome="SURV", conditions=["GNP"],
    ...                  calibrations={"GNP": {"method": "crisp", "thresholds": 550}})
    >>> ranges(first)["GNP threshold"]
    <ParameterRange GNP threshold 550: 468 (excluded) to 586>
    """
    refuse_misspelt(unknown, ranges)
    if hold not in ("formula", "core"):
        raise OptionError(f"hold cannot be {hold!r}", where="hold", fix="'formula' or 'core'")
    if isinstance(budget, bool) or not isinstance(budget, int) or budget < 1:
        raise OptionError(
            "the budget is a number of rows × cells", where=f"budget={budget!r}", fix="1 or more"
        )
    if analysis.solution is None:
        raise OptionError(
            "there is no solution of which ranges could be looked for",
            where=analysis.nothing,
            fix="look at the truth table first; another cut-off needs a reason",
        )
    known = {" ".join(one).strip(): one for one in _parameters(analysis)}
    wanted = _wanted(known, parameters)
    formula = _home_formula(analysis)
    if hold == "core" and not formula.core:
        raise OptionError(
            "no term is in every model, so that there is no core to hold",
            where=f"{formula.n_models:,} models",
            fix='hold="formula": that the same models are found',
        )
    parts = [wanted] if workers == 1 and scheduler is None else _by_column(wanted)
    found = spread(
        _found, [(analysis, part, hold, budget) for part in parts], workers=workers, scheduler=scheduler
    )
    fixed = tuple(
        [
            (name, one.method)
            for name, one in analysis.calibrations.items()
            if not any(column == name for column, _ in known.values())
        ]
    )
    return Ranges(analysis, hold, formula, tuple([one for part in found for one in part]), fixed)


def strip(
    analysis: Analysis, parameter: str, *, budget: int = BUDGET
) -> tuple[tuple[float, float, Formula], ...]:
    """Every formula along one parameter, with the stretches on which it is found, from low to high.

    Raises
    ------
    UnknownNameError
        If there is no such parameter; the nearest is given.
    """
    known = {" ".join(one).strip(): one for one in _parameters(analysis)}
    ((column, name),) = _wanted(known, [parameter])
    formulas = Formulas(analysis)
    found: list[tuple[float, float, Formula]] = []
    for piece in _pieces(analysis, column, name, budget).pieces:
        formula = formulas.of(piece.configurations, piece.codes)
        if found and found[-1][2] == formula:
            found[-1] = (found[-1][0], piece.upper, formula)
        else:
            found.append((piece.lower, piece.upper, formula))
    return tuple(found)


def _home_formula(analysis: Analysis) -> Formula:
    table = analysis.truth_table
    return Formulas(analysis).of(table.configurations, table.codes)


def _parameters(analysis: Analysis) -> tuple[tuple[str, str], ...]:
    return (*anchor_names(analysis), *[("", name) for name in cutoff_names(analysis)])


def _wanted(
    known: dict[str, tuple[str, str]], parameters: Sequence[str] | None
) -> tuple[tuple[str, str], ...]:
    if parameters is None:
        return tuple(known.values())
    for label in parameters:
        if label not in known:
            near = nearest(str(label), known)
            raise UnknownNameError(
                f'there is no parameter "{label}"',
                where=f"parameters: {', '.join(known)}",
                fix=f'did you mean "{near}"?' if near else "use one of these",
            )
    return tuple([known[label] for label in known if label in set(parameters)])


def _by_column(wanted: Sequence[tuple[str, str]]) -> list[tuple[tuple[str, str], ...]]:
    columns = dict.fromkeys(column for column, _ in wanted)
    return [tuple([one for one in wanted if one[0] == column]) for column in columns]


def _found(job: tuple[Analysis, tuple[tuple[str, str], ...], Hold, int]) -> list[ParameterRange]:
    analysis, parameters, hold, budget = job
    formulas = Formulas(analysis)
    return [_range(analysis, column, name, hold, budget, formulas) for column, name in parameters]


def _pieces(analysis: Analysis, column: str, name: str, budget: int) -> Pieces:
    return anchor_pieces(analysis, column, name, budget) if column else cutoff_pieces(analysis, name)


def _range(
    analysis: Analysis, column: str, name: str, hold: Hold, budget: int, formulas: Formulas
) -> ParameterRange:
    pieces = _pieces(analysis, column, name, budget)
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
    walk = _Walk(analysis, pieces, formulas, data_range)
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
    from concausa.sets.moved import anchor_labels

    anchors = analysis.calibrations[column].anchors
    return float(anchors.values[anchor_labels(anchors).index(name)])


@dataclass(frozen=True, slots=True, eq=False)
class _Walk:
    """From the present value outwards, piece by piece."""

    analysis: Analysis
    pieces: Pieces
    formulas: Formulas
    data_range: tuple[float, float]

    def end(self, held: Callable[[Piece], bool], step: int) -> End:
        """The last piece on this side that holds, and what is beyond it."""
        pieces = self.pieces.pieces
        place = self.pieces.home
        while True:
            here = pieces[place]
            if not here.sure:
                return End("budget", here.lower if step < 0 else here.upper)
            if not 0 <= place + step < len(pieces):
                return self._limit(here, step)
            if not held(pieces[place + step]):
                return self._change(here, pieces[place + step], step)
            place += step

    def _limit(self, here: Piece, step: int) -> End:
        limit: Limit = self.pieces.lowest if step < 0 else self.pieces.highest
        closed = here.closed[0 if step < 0 else 1]
        return End(
            limit.kind,  # type: ignore[arg-type]
            limit.value,
            closed=closed if limit.kind == "scale" else False if limit.kind == "neighbour" else None,
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
