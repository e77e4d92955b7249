"""Balance: how far apart two groups are on each covariate, before and after the match."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concausa.core.caveat import Caveat
from concausa.core.errors import OptionError
from concausa.core.table import Cell, Heading, Table
from concausa.selection.candidates import Candidates, Covariate

Floats = NDArray[np.float64]

#: A standardised difference above this is held to be out of balance.
LARGE = 0.25


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One covariate, or one level of a category.

    Parameters
    ----------
    covariate : str
    level : str
        Of a category; else empty.
    before, after : float
        Standardised mean difference, treated less others and treated less matched; in standard deviations of all
        candidates, so that both have one measure. nan where a group has no value.
    ratio_before, ratio_after : float
        Variance of the treated over that of the others, and of the matched; nan where one of them has fewer than
        two values, or no variance.
    closer : float
        Share of all pairs of candidates that differ less on it than the treated and the matched do on average; nan
        where they have none. 0 where no pair is closer.
    """

    covariate: str
    level: str
    before: float
    after: float
    ratio_before: float
    ratio_after: float
    closer: float

    def data(self) -> dict[str, Any]:
        """As plain JSON values; None for what does not apply."""
        numbers = {
            name: None if math.isnan(value) else value
            for name in ("before", "after", "ratio_before", "ratio_after", "closer")
            if isinstance(value := getattr(self, name), float)
        }
        return {"covariate": self.covariate, "level": self.level, **numbers}


@dataclass(frozen=True, slots=True)
class Balance:
    """How alike two groups are.

    Parameters
    ----------
    treated, matched : tuple of str
    rows : tuple of BalanceRow
    caveats : tuple of Caveat
    """

    treated: tuple[str, ...]
    matched: tuple[str, ...]
    rows: tuple[BalanceRow, ...]
    caveats: tuple[Caveat, ...]

    def table(self) -> Table:
        """A row a covariate."""
        headings = (
            Heading("covariate", "covariate"),
            Heading("before", "before", "right"),
            Heading("after", "after", "right"),
            Heading("ratio_before", "variance ratio before", "right"),
            Heading("ratio_after", "after", "right"),
            Heading("closer", "pairs that differ less", "right"),
        )
        rows = [
            (
                Cell(f"{row.covariate}: {row.level}" if row.level else row.covariate),
                _number(row.before),
                _number(row.after),
                _number(row.ratio_before),
                _number(row.ratio_after),
                Cell("", missing=True) if math.isnan(row.closer) else Cell(f"{row.closer:.0%}", row.closer),
            )
            for row in self.rows
        ]
        title = f"Balance of {', '.join(self.treated)} and {', '.join(self.matched)}"
        notes = (
            "Differences of means in standard deviations of all candidates.",
            "Before: from all others; after: from the matched.",
            *(f"Caveat: {caveat}." for caveat in self.caveats),
        )
        return Table.of("balance", title, headings, rows, notes=notes)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "treated": list(self.treated),
            "matched": list(self.matched),
            "rows": [row.data() for row in self.rows],
            "caveats": [caveat.data() for caveat in self.caveats],
        }

    def __repr__(self) -> str:
        return f"<Balance: {', '.join(self.treated)} and {', '.join(self.matched)}, {len(self.rows)} rows>"

    def __str__(self) -> str:
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def balance(candidates: Candidates, *, treated: Sequence[str], matched: Sequence[str]) -> Balance:
    """Balance of some units and those that they are matched with, on each covariate to be matched.

    Parameters
    ----------
    candidates : Candidates
    treated : sequence of str
        The units of interest, one or more.
    matched : sequence of str
        Those that they are compared with.

    Raises
    ------
    OptionError
        If a group is empty, or a unit stands in both.
    UnknownNameError
        If a unit is no candidate.

    Notes
    -----
    The denominator is the standard deviation of all candidates, before and after alike: one or two units have
    none of their own, and a changing denominator would pass for a gain [1]_.

    Examples
    --------
    >>> from concausa.selection.candidates import candidates
    >>> states = candidates({"x": [0, 1, 2, 5]}, covariates=["x"], units=["A", "B", "C", "D"])
    >>> row = balance(states, treated=["A"], matched=["B"]).rows[0]
    >>> round(row.before, 3), round(row.after, 3)
    (-1.234, -0.463)

    References
    ----------
    .. [1] Stuart (2010), *Statistical Science* 25(1), 1-21. https://doi.org/10.1214/09-STS313
    """
    for option, group in (("treated", treated), ("matched", matched)):
        if isinstance(group, str) or not group:
            raise OptionError(
                f"{option} is a list of units", where=f"{option}={group!r}", fix=f'write {option}=["NL"]'
            )
    ours = [candidates.place(unit) for unit in treated]
    theirs = [candidates.place(unit) for unit in matched]
    if both := [unit for unit in treated if unit in matched]:
        raise OptionError(
            f"{both[0]} is both treated and matched", where="treated, matched", fix="name each unit once"
        )
    others = [row for row in range(len(candidates.units)) if row not in ours]
    rows = [
        _row(one, level, values, ours, theirs, others)
        for one in candidates.of("match", "exact")
        for level, values in _columns(one)
    ]
    caveats = []
    if min(len(ours), len(theirs)) < 2:
        caveats.append(
            Caveat.of("small", "a group of one unit has no variance: variance ratios do not apply to it")
        )
    return Balance(tuple(treated), tuple(matched), tuple(rows), tuple(caveats))


def _columns(covariate: Covariate) -> list[tuple[str, Floats]]:
    if covariate.kind != "category":
        return [("", covariate.scores)]
    own = covariate.values
    return [
        (level, np.where(np.isnan(own), np.nan, (own == at).astype(np.float64)))
        for at, level in enumerate(covariate.levels)
        if (own == at).any()
    ]


def _row(
    covariate: Covariate, level: str, values: Floats, ours: list[int], theirs: list[int], others: list[int]
) -> BalanceRow:
    there = values[~np.isnan(values)]
    spread = float(there.std(ddof=1)) if len(there) > 1 else 0.0
    own, matched, rest = (_present(values[rows]) for rows in (ours, theirs, others))
    after = _difference(own, matched, spread)
    steps = np.abs(there[:, None] - there[None, :])[np.triu_indices(len(there), 1)]
    gap = np.abs(own[:, None] - matched[None, :]).mean() if len(own) and len(matched) else math.nan
    closer = float((steps < gap - 1e-12).mean()) if len(steps) and not math.isnan(gap) else math.nan
    return BalanceRow(
        covariate.name,
        level,
        _difference(own, rest, spread),
        after,
        _ratio(own, rest),
        _ratio(own, matched),
        closer,
    )


def _present(values: Floats) -> Floats:
    return values[~np.isnan(values)]


def _difference(own: Floats, other: Floats, spread: float) -> float:
    if not len(own) or not len(other) or spread == 0:
        return math.nan
    return float((own.mean() - other.mean()) / spread)


def _ratio(own: Floats, other: Floats) -> float:
    if min(len(own), len(other)) < 2 or other.var(ddof=1) == 0:
        return math.nan
    return float(own.var(ddof=1) / other.var(ddof=1))


def _number(value: float) -> Cell:
    if math.isnan(value):
        return Cell("", missing=True)
    return Cell(f"{value:.2f}".replace("-", "−"), value, tone="doubt" if abs(value) > LARGE else "plain")
