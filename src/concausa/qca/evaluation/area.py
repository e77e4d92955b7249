"""The areas that a theory and a model divide the property space into, and what each is called.

=========  =========================  =============================  ===============================
area       in words                   cases with the outcome         cases without it
=========  =========================  =============================  ===============================
T*S        expected and found         covered most likely            inconsistent most likely
~T*S       found, not expected        covered least likely           inconsistent least likely
T*~S       expected, not found        uncovered most likely          consistent most likely
~T*~S      neither                    uncovered least likely         consistent least likely
=========  =========================  =============================  ===============================

*Most likely*: the theory expects the outcome of these cases. *Covered*: the model accounts for their outcome.
*Inconsistent*: they are in the model and without the outcome. The names are those of [1]_ as printed by [2]_
(section 5, figure 7 and output).

References
----------
.. [1] Schneider & Wagemann (2012), *Set-Theoretic Methods for the Social Sciences*, Cambridge University
   Press, section 11.3. https://doi.org/10.1017/CBO9781139004244
.. [2] Oana & Schneider (2018), *The R Journal* 10(1), 507-533. https://doi.org/10.32614/RJ-2018-031
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from concausa.qca.term import number
from concausa.sets import fit
from concausa.sets.fit_variants import weighted_consistency
from concausa.sets.membership import CROSSOVER, TOLERANCE

Floats = NDArray[np.float64]

AreaName = Literal["T*S", "~T*S", "T*~S", "~T*~S"]
AREAS: tuple[AreaName, ...] = get_args(AreaName)

Label = Literal[
    "covered most likely",
    "covered least likely",
    "uncovered most likely",
    "uncovered least likely",
    "inconsistent most likely",
    "inconsistent least likely",
    "consistent most likely",
    "consistent least likely",
]
LABELS: tuple[Label, ...] = get_args(Label)

#: Of a case on the crossover of theory, model or outcome: it is in none of the areas.
CROSSOVER_LABEL = "on a crossover"

WORDS: dict[AreaName, str] = {
    "T*S": "expected and found",
    "~T*S": "found, not expected",
    "T*~S": "expected, not found",
    "~T*~S": "neither expected nor found",
}

_LABELS: dict[tuple[AreaName, bool], Label] = {
    ("T*S", True): "covered most likely",
    ("~T*S", True): "covered least likely",
    ("T*~S", True): "uncovered most likely",
    ("~T*~S", True): "uncovered least likely",
    ("T*S", False): "inconsistent most likely",
    ("~T*S", False): "inconsistent least likely",
    ("T*~S", False): "consistent most likely",
    ("~T*~S", False): "consistent least likely",
}


def label_of(area: AreaName, outcome: bool) -> Label:
    """What cases of an area are called, by whether they have the outcome.

    Examples
    --------
    >>> label_of("T*~S", True), label_of("~T*S", False)
    ('uncovered most likely', 'inconsistent least likely')
    """
    return _LABELS[area, outcome]


@dataclass(frozen=True, eq=False)
class Area:
    """One of the four areas.

    Parameters
    ----------
    name : str
        One of ``AREAS``.
    expression : str
        The shortest expression that says the same of crisp cases; ``0`` where nothing can lie in it.
    empty : bool or None
        Whether nothing can lie in it, whatever the data; None where the expressions are too large to tell.
    membership : array of float, shape (cases,)
        The least of the memberships in theory and model, or in what they leave.
    outcome : array of float, shape (cases,)
    with_outcome, without_outcome : tuple of str
        Cases that lie in it, by the outcome; those on a crossover are in neither.
    """

    name: AreaName
    expression: str
    empty: bool | None
    membership: Floats
    outcome: Floats
    with_outcome: tuple[str, ...]
    without_outcome: tuple[str, ...]

    @property
    def words(self) -> str:
        """What the area is: ``expected and found``, say."""
        return WORDS[self.name]

    @property
    def populated(self) -> bool:
        """Whether some case is more in than out of it, whatever its outcome."""
        return bool((self.membership > CROSSOVER + TOLERANCE).any())

    @cached_property
    def consistency(self) -> float:
        """How far the area lies within the outcome; nan where nothing can lie in it, or no case is in it at all."""
        return self._fit(fit.consistency)

    @cached_property
    def pri(self) -> float:
        """Proportional reduction in inconsistency."""
        return self._fit(fit.pri)

    @cached_property
    def coverage(self) -> float:
        """Share of the outcome that lies in the area."""
        return self._fit(fit.coverage)

    @cached_property
    def weighted(self) -> float:
        """Haesebrouck's consistency, in which inconsistent members weigh more."""
        return self._fit(weighted_consistency)

    def _fit(self, measure: Any) -> float:
        if self.empty:
            return float("nan")
        return float(measure(self.membership, self.outcome, trusted=True))

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "area": self.name,
            "words": self.words,
            "expression": self.expression,
            "empty": self.empty,
            "consistency": number(self.consistency),
            "pri": number(self.pri),
            "coverage": number(self.coverage),
            "weighted_consistency": number(self.weighted),
            "with_outcome": {"label": label_of(self.name, True), "cases": list(self.with_outcome)},
            "without_outcome": {"label": label_of(self.name, False), "cases": list(self.without_outcome)},
        }

    def __repr__(self) -> str:
        return f"<Area {self.name}: {self.expression}>"
