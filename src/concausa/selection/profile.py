"""A pair covariate by covariate: the two values, how far apart they are, and how usual that is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from concausa.core.table import Cell, Heading, Table
from concausa.selection.candidates import Candidates, Covariate
from concausa.selection.metric import refuse_pair

#: Fewest candidates with a value for which a difference is measured against all of them.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One covariate of a pair.

    Parameters
    ----------
    covariate, label, role, measured_in : str
    first, second : str
        The two values as text; empty where missing.
    difference : float
        First less second in standard deviations of all candidates (of logarithms, for a ``log`` covariate); 1 or 0
        for a category; nan where it cannot be told, as where only the two have a value.
    closer : float
        Share of the pairs of candidates that differ less; nan where it cannot be told.
    lacking : int
        Candidates without a value.
    """

    covariate: str
    label: str
    role: str
    measured_in: str
    first: str
    second: str
    difference: float
    closer: float
    lacking: int

    def data(self) -> dict[str, Any]:
        """As plain JSON values; None for what cannot be told."""
        return {
            "covariate": self.covariate,
            "label": self.label,
            "role": self.role,
            "measured_in": self.measured_in,
            "first": self.first or None,
            "second": self.second or None,
            "difference": None if math.isnan(self.difference) else self.difference,
            "closer": None if math.isnan(self.closer) else self.closer,
            "lacking": self.lacking,
        }


@dataclass(frozen=True, slots=True)
class Profile:
    """Two candidates covariate by covariate, in the order of the candidates."""

    first: str
    second: str
    rows: tuple[ProfileRow, ...]

    def table(self) -> Table:
        """A row a covariate."""
        headings = (
            Heading("covariate", "covariate"),
            Heading("first", self.first, "right"),
            Heading("second", self.second, "right"),
            Heading("difference", "difference", "right"),
            Heading("closer", "pairs that differ less", "right"),
            Heading("role", "role"),
        )
        rows = [
            (
                Cell(row.covariate),
                Cell(row.first, missing=not row.first),
                Cell(row.second, missing=not row.second),
                signed(row.difference),
                Cell("", missing=True) if math.isnan(row.closer) else Cell(f"{row.closer:.0%}", row.closer),
                Cell(row.role),
            )
            for row in self.rows
        ]
        notes = ("The difference is in standard deviations of all candidates.",)
        return Table.of("profile", f"{self.first} and {self.second} compared", headings, rows, notes=notes)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {"first": self.first, "second": self.second, "rows": [row.data() for row in self.rows]}

    def __str__(self) -> str:
        return str(self.table())


def profile(candidates: Candidates, first: str, second: str) -> Profile:
    """Two candidates covariate by covariate.

    Raises
    ------
    UnknownNameError, OptionError
        If a unit is no candidate, or the two are one.

    Examples
    --------
    >>> from concausa.selection.candidates import candidates
    >>> states = candidates({"x": [0, 1, 2, 9]}, covariates=["x"], units=list("ABCD"))
    >>> row = profile(states, "A", "C").rows[0]
    >>> row.first, row.second, row.closer == 2 / 6
    ('0', '2', True)
    """
    refuse_pair(first, second)
    one, other = candidates.place(first), candidates.place(second)
    return Profile(first, second, tuple(_row(covariate, one, other) for covariate in candidates.covariates))


def signed(value: float) -> Cell:
    """A difference with its sign; missing where it is nan."""
    if math.isnan(value):
        return Cell("", missing=True)
    return Cell(f"{value:+.2f}".replace("-", "−"), value)


def _row(covariate: Covariate, one: int, other: int) -> ProfileRow:
    scores = covariate.scores
    there = scores[~covariate.missing]
    step = float(scores[one] - scores[other])
    difference = closer = math.nan
    if not math.isnan(step) and len(there) >= FEWEST:
        unlike = covariate.kind == "category"
        steps = np.abs(there[:, None] - there[None, :])[np.triu_indices(len(there), 1)]
        steps, step = (np.minimum(np.ceil(steps), 1.0), float(step != 0)) if unlike else (steps, step)
        closer = float((steps < abs(step) - 1e-12).mean())
        spread = float(there.std(ddof=1))
        difference = step if unlike else (step / spread if spread > 0 else math.nan)
    return ProfileRow(
        covariate.name,
        covariate.label,
        covariate.role,
        covariate.measured_in,
        covariate.text(one),
        covariate.text(other),
        difference,
        closer,
        int(covariate.missing.sum()),
    )
