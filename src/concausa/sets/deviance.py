"""Which cases speak against a set relation, and how strongly: in kind, or in degree alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import OptionError
from concausa.sets.membership import CROSSOVER, TOLERANCE
from concausa.sets.score_pair import pair

Relation = Literal["sufficient", "necessary"]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Deviance:
    """Cases that deviate from "x is sufficient for y" or "x is necessary for y".

    Parameters
    ----------
    kind : array of bool, shape (cases,) or (cases, sets)
        Deviant in kind: sufficiency says that members of the set are members of the outcome, and the case is
        a member of the set but not of the outcome (for necessity the other way round).
    degree : array of bool, same shape
        Deviant in degree: a member of both, but with more membership where there should be less.
    """

    kind: Mask
    degree: Mask


def deviance(x: object, y: object, relation: Relation, *, trusted: bool = False) -> Deviance:
    """Deviant cases in consistency; a case on a crossover is member of neither side and is never among them.

    Parameters
    ----------
    x : array of float, shape (cases,) or (cases, sets)
        Memberships in [0, 1].
    y : array of float, shape (cases,)
        Memberships in the outcome.
    relation : str
        ``sufficient`` or ``necessary``.
    trusted : bool
        Leave out the check of *x* and *y*.

    Raises
    ------
    OptionError
        If *relation* is neither.

    Examples
    --------
    >>> found = deviance([0.9, 0.9, 0.8, 0.2], [0.2, 0.7, 0.9, 0.6], "sufficient")
    >>> found.kind.tolist(), found.degree.tolist()
    ([True, False, False, False], [False, True, False, False])

    References
    ----------
    .. [1] Schneider & Rohlfing (2013), *Sociological Methods & Research* 42(4), 559-597.
       https://doi.org/10.1177/0049124113481341
    """
    if relation not in ("sufficient", "necessary"):
        raise OptionError(
            "a set is sufficient or necessary for an outcome",
            where=f"relation={relation!r}",
            fix='write relation="sufficient" or relation="necessary"',
        )
    sets, outcome = pair(x, y, trusted=trusted)
    lesser, greater = (sets, outcome) if relation == "sufficient" else (outcome, sets)
    member = lesser > CROSSOVER + TOLERANCE
    kind = member & (greater < CROSSOVER - TOLERANCE)
    degree = member & (greater > CROSSOVER + TOLERANCE) & (lesser > greater + TOLERANCE)
    return Deviance(kind, degree)
