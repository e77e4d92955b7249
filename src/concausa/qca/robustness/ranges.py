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

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any, Never

from concausa.core.caveat import Caveat
from concausa.core.chart import Chart
from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.misspelt import refuse_misspelt
from concausa.core.nearest import nearest
from concausa.core.spread import spread
from concausa.core.table import Table
from concausa.qca.analysis import Analysis
from concausa.qca.formulas import Formula, Formulas
from concausa.qca.robustness.anchor_pieces import anchor_names
from concausa.qca.robustness.cutoff_pieces import cutoff_names
from concausa.qca.robustness.parameter_range import End, ParameterRange
from concausa.qca.robustness.range_walk import Hold, pieces_of, range_of

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

    def __iter__(self) -> Iterator[ParameterRange]:
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
    <ParameterRange GNP threshold 550: 468 (excluded) to 1098>
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

    An end is infinite where nothing bounds the parameter.

    Raises
    ------
    UnknownNameError
        If there is no such parameter; the nearest is given.
    """
    column, name = parameter_of(analysis, parameter)
    formulas = Formulas(analysis)
    pieces = pieces_of(analysis, column, name, budget)
    found: list[tuple[float, float, Formula]] = []
    for piece in pieces.pieces:
        formula = formulas.of(piece.configurations, piece.codes)
        if found and found[-1][2] == formula:
            found[-1] = (found[-1][0], piece.upper, formula)
        else:
            found.append((piece.lower, piece.upper, formula))
    if pieces.lowest.kind == "none":
        found[0] = (-inf, *found[0][1:])
    if pieces.highest.kind == "none":
        found[-1] = (found[-1][0], inf, found[-1][2])
    return tuple(found)


def parameter_of(analysis: Analysis, label: str) -> tuple[str, str]:
    """Column and name of a parameter, by its label; the column of a cut-off is empty.

    Raises
    ------
    UnknownNameError
        If there is no such parameter; the nearest is given.
    """
    known = {" ".join(one).strip(): one for one in _parameters(analysis)}
    return _wanted(known, [label])[0]


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
    return [range_of(analysis, column, name, hold, budget, formulas) for column, name in parameters]
