"""Case types after a set-theoretic analysis: what each case is to a sufficient term or solution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from concausa.core.errors import DataError
from concausa.core.table import Cell, Heading, Table
from concausa.sets.membership import CROSSOVER, TOLERANCE

SetType = Literal[
    "typical",
    "deviant in degree",
    "deviant in consistency",
    "deviant in coverage",
    "irrelevant",
    "on a crossover",
]

SET_TYPES: tuple[SetType, ...] = get_args(SetType)


@dataclass(frozen=True, slots=True)
class SetTypes:
    """What each case is to each term.

    Parameters
    ----------
    cases : tuple of str
    types : mapping of str to tuple of str
        For each term one of ``SET_TYPES`` a case.
    """

    cases: tuple[str, ...]
    types: Mapping[str, tuple[SetType, ...]]

    def of(self, term: str, kind: SetType) -> tuple[str, ...]:
        """The cases of a type."""
        return tuple(case for case, own in zip(self.cases, self.types[term], strict=True) if own == kind)

    def table(self) -> Table:
        """Terms × types, with the cases by name."""
        headings = [Heading("term", "term"), *(Heading(kind, kind) for kind in SET_TYPES)]
        rows = [
            [
                Cell(term),
                *(Cell(", ".join(self.of(term, kind)), list(self.of(term, kind))) for kind in SET_TYPES),
            ]
            for term in self.types
        ]
        return Table.of("set-types", "Case types by term", headings, rows)

    def data(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {"cases": list(self.cases), "types": {term: list(own) for term, own in self.types.items()}}

    def __str__(self) -> str:
        return str(self.table())


def set_types(
    terms: Mapping[str, Sequence[float]], outcome: Sequence[float], cases: Sequence[str] | None = None
) -> SetTypes:
    """What each case is to each term, and to the terms together, taken as sufficient for an outcome.

    *Typical*: more in than out of term and outcome, with no more membership in the term. *Deviant in degree*: in
    both, with more membership in the term. *Deviant in consistency*: in the term, out of the outcome. *Deviant in
    coverage*: out of the term, in the outcome. *Irrelevant*: out of both. A case exactly on a crossover is told
    apart, since it is in neither side [1]_.

    Parameters
    ----------
    terms : mapping of str to sequence of float
        Memberships in [0, 1] of each case in each term. Where there are several, ``solution`` is added: the
        highest of them.
    outcome : sequence of float
        Memberships in the outcome.
    cases : sequence of str, optional
        Names; numbers from 1 if not given.

    Raises
    ------
    DataError
        If lengths differ, or a membership is missing or lies outside [0, 1].

    Examples
    --------
    >>> found = set_types({"A*B": [0.7, 0.9, 0.8, 0.2, 0.1]}, [0.9, 0.6, 0.1, 0.8, 0.3])
    >>> found.types["A*B"]
    ('typical', 'deviant in degree', 'deviant in consistency', 'deviant in coverage', 'irrelevant')

    References
    ----------
    .. [1] Schneider & Rohlfing (2013), *Sociological Methods & Research* 42(4), 559-597.
       https://doi.org/10.1177/0049124113481341
    """
    names = tuple(cases) if cases is not None else tuple(str(at + 1) for at in range(len(outcome)))
    own = {"outcome": outcome, **terms}
    for name, values in own.items():
        if len(values) != len(names):
            raise DataError(
                f"{name} has {len(values)} memberships for {len(names)} cases",
                where=name,
                fix="give one a case",
            )
        for case, value in zip(names, values, strict=True):
            if not 0 <= value <= 1:
                raise DataError(
                    f"the membership of {case} in {name} is {value}",
                    where=name,
                    fix="calibrate it to 0 to 1 first",
                )
    members = {name: np.asarray(values, dtype=np.float64) for name, values in terms.items()}
    if len(members) > 1:
        members["solution"] = np.max(list(members.values()), axis=0)
    return SetTypes(
        names,
        {
            name: tuple(_type(float(x), float(y)) for x, y in zip(values, outcome, strict=True))
            for name, values in members.items()
        },
    )


def _type(x: float, y: float) -> SetType:
    if abs(x - CROSSOVER) <= TOLERANCE or abs(y - CROSSOVER) <= TOLERANCE:
        return "on a crossover"
    if x > CROSSOVER:
        if y < CROSSOVER:
            return "deviant in consistency"
        return "deviant in degree" if x > y + TOLERANCE else "typical"
    return "deviant in coverage" if y > CROSSOVER else "irrelevant"
