"""A case under all tests: robust, shaky or possible, and which test makes it so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from concausa.qca.robustness.overlap import Overlap, Zone
from concausa.qca.term import number
from concausa.sets.membership import CROSSOVER, TOLERANCE, side
from concausa.sets.score_pair import Floats

Kind = Literal["typical", "deviant", "border"]


@dataclass(frozen=True, slots=True)
class RobustCase:
    """One case.

    Parameters
    ----------
    case : str
    zone : str
        ``robust``, ``shaky``, ``possible``, ``outside`` or ``border``, as :attr:`Overlap.zones` gives them.
    kind : str
        ``typical``: in the outcome. ``deviant``: out of it. ``border``: exactly on its crossover. Of a case
        outside all solutions ``typical`` means that none covers it.
    initial, least, greatest, outcome : float in [0, 1]
        Memberships in the initial solution, the minimal and the maximal test set, and the outcome.
    left_out_by : tuple of str
        Tests that leave it out although it is in the initial solution.
    taken_in_by : tuple of str
        Tests that take it in although it is not.
    """

    case: str
    zone: Zone
    kind: Kind
    initial: float
    least: float
    greatest: float
    outcome: float
    left_out_by: tuple[str, ...]
    taken_in_by: tuple[str, ...]

    @property
    def type(self) -> str:
        """``robust typical``, ``shaky deviant``, … as they are named in the field; ``on a crossover``."""
        if "border" in (self.zone, self.kind):
            return "on a crossover"
        if self.zone == "outside":
            return "not covered" if self.kind == "typical" else "irrelevant"
        return f"{self.zone} {self.kind}"

    def data(self) -> dict[str, Any]:
        """The case as plain JSON values."""
        return {
            "case": self.case,
            "type": self.type,
            "zone": self.zone,
            "initial": self.initial,
            "least": self.least,
            "greatest": self.greatest,
            "outcome": self.outcome,
            "left_out_by": list(self.left_out_by),
            "taken_in_by": list(self.taken_in_by),
        }


@dataclass(frozen=True, slots=True)
class CaseFit:
    """Case-oriented robustness in numbers.

    Parameters
    ----------
    typical, deviant : float in [0, 1]
        RCR_typ and RCR_dev: of the cases in (out of) the outcome that are in the initial solution or in some test
        solution, the share that is in the initial solution and in all test solutions. nan if there is none.
    rank : int
        Robustness case rank: 1 no case is shaky or possible; 2 cases are shaky only, or possible only; 3 there
        are both; 4 there are, and no case is robust.
    """

    typical: float
    deviant: float
    rank: int

    def data(self) -> dict[str, Any]:
        """The numbers as plain JSON values; nan becomes None."""
        return {"rcr_typ": number(self.typical), "rcr_dev": number(self.deviant), "rank": self.rank}


def cases_of(
    overlap: Overlap, outcome: Floats, cases: Sequence[str], tests: Sequence[str]
) -> tuple[RobustCase, ...]:
    """Every case, in the order of the data.

    Parameters
    ----------
    overlap : Overlap
    outcome : array of float, shape (cases,)
    cases : sequence of str
    tests : sequence of str
        What the tests are called, in their order; tests with the same name count as one.
    """
    found = []
    for place, case in enumerate(cases):
        leaving, joining = (
            tuple(dict.fromkeys(tests[row] for row in np.flatnonzero(table[:, place]).tolist()))
            for table in (overlap.leaving, overlap.joining)
        )
        own = side(float(outcome[place]))
        found.append(
            RobustCase(
                case,
                str(overlap.zones[place]),  # type: ignore[arg-type]
                "border" if own == "border" else "typical" if own == "in" else "deviant",
                float(overlap.initial[place]),
                float(overlap.least[place]),
                float(overlap.greatest[place]),
                float(outcome[place]),
                leaving,
                joining,
            )
        )
    return tuple(found)


def case_fit(overlap: Overlap, outcome: Floats) -> CaseFit:
    """The robustness case ratios and rank.

    Examples
    --------
    >>> both = Overlap(np.array([0.9, 0.8, 0.2, 0.9]), np.array([[0.9, 0.3, 0.7, 0.6]]))
    >>> case_fit(both, np.array([1.0, 1.0, 0.0, 0.0]))  # typical: 1 of 2; deviant: 1 of 2; shaky and possible
    CaseFit(typical=0.5, deviant=0.5, rank=3)

    References
    ----------
    .. [1] Oana & Schneider (2024), *Sociological Methods & Research* 53(1), 57-88.
       https://doi.org/10.1177/00491241211036158
    .. [2] Oana, Schneider & Thomann (2021), *Qualitative Comparative Analysis Using R*, Cambridge University
       Press, chapter 5. https://doi.org/10.1017/9781009006781
    """
    kept = overlap.core > CROSSOVER + TOLERANCE
    any_of = np.maximum(overlap.initial, overlap.greatest) > CROSSOVER + TOLERANCE
    inside, out = outcome > CROSSOVER + TOLERANCE, outcome < CROSSOVER - TOLERANCE
    shaky, possible = bool((overlap.zones == "shaky").any()), bool((overlap.zones == "possible").any())
    rank = 1 + shaky + possible
    if rank > 1 and not (overlap.zones == "robust").any():
        rank = 4
    return CaseFit(_share(kept & inside, any_of & inside), _share(kept & out, any_of & out), rank)


def _share(part: np.ndarray[Any, Any], whole: np.ndarray[Any, Any]) -> float:
    number = int(whole.sum())
    return int(part.sum()) / number if number else float("nan")
