"""What a case tells of a set relation, by where it stands between two memberships."""

from __future__ import annotations

from typing import Literal

from concausa.core.errors import OptionError
from concausa.core.nearest import nearest
from concausa.sets.membership import CROSSOVER, TOLERANCE

Relation = Literal["sufficient", "necessary"]
Role = Literal["typical", "degree", "kind", "other", "irrelevant", "crossover"]

RELATIONS: tuple[Relation, ...] = ("sufficient", "necessary")
#: In the order in which a reader wants them.
ROLES: tuple[Role, ...] = ("kind", "degree", "other", "typical", "crossover", "irrelevant")

#: Names of the roles; ``other`` is the corner that a relation leaves open.
ROLE_NAMES: dict[Relation, dict[Role, str]] = {
    "sufficient": {
        "typical": "typical",
        "degree": "deviant in degree",
        "kind": "deviant in kind",
        "other": "not covered",
        "irrelevant": "irrelevant",
        "crossover": "on a crossover",
    },
    "necessary": {
        "typical": "typical",
        "degree": "deviant in degree",
        "kind": "deviant in kind",
        "other": "condition without outcome",
        "irrelevant": "irrelevant",
        "crossover": "on a crossover",
    },
}


def role(x: float, y: float, relation: Relation = "sufficient") -> Role:
    """The role of a case with membership *x* in the condition and *y* in the outcome.

    Parameters
    ----------
    x, y : float in [0, 1]
    relation : str
        ``sufficient`` (X within Y) or ``necessary`` (Y within X).

    Returns
    -------
    str
        ``typical``: in both sets, on the right side of the diagonal; ``degree``: in both, on its wrong
        side; ``kind``: in the subset and not in the superset; ``other``: in the superset only;
        ``irrelevant``: in neither; ``crossover``: one membership is .5, so that the case is in no corner.

    Raises
    ------
    OptionError
        If the relation is none of the two.

    Examples
    --------
    >>> role(0.6, 0.8), role(0.8, 0.6), role(0.8, 0.2), role(0.8, 0.2, "necessary")
    ('typical', 'degree', 'kind', 'other')

    References
    ----------
    .. [1] Schneider & Rohlfing (2013), Combining QCA and Process Tracing in Set-Theoretic Multi-Method
       Research, *Sociological Methods & Research* 42(4), 559-597.
       https://doi.org/10.1177/0049124113481341
    """
    check_relation(relation)
    inner, outer = (x, y) if relation == "sufficient" else (y, x)
    if abs(x - CROSSOVER) <= TOLERANCE or abs(y - CROSSOVER) <= TOLERANCE:
        return "crossover"
    if inner > CROSSOVER:
        if outer < CROSSOVER:
            return "kind"
        return "typical" if inner <= outer + TOLERANCE else "degree"
    return "other" if outer > CROSSOVER else "irrelevant"


def check_relation(relation: object) -> None:
    """Refuse what is no relation, with the nearest one."""
    if relation in RELATIONS:
        return
    near = nearest(str(relation), RELATIONS)
    raise OptionError(
        f"there is no relation {relation!r}",
        where=f"relation={relation!r}",
        fix=f"did you mean {near!r}?" if near else f"one of {', '.join(RELATIONS)}",
    )
