"""Being in a set, out of it, or exactly on its border."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

#: The border of a fuzzy set.
CROSSOVER = 0.5
#: Memberships closer than this are equal: they come from decimal text, not from measurement.
TOLERANCE = 1e-9

Side = Literal["in", "out", "border"]


def side(membership: float) -> Side:
    """Whether a membership is in, out, or on the border; the border is never decided silently.

    Examples
    --------
    >>> side(0.5)
    'border'
    """
    if abs(membership - CROSSOVER) <= TOLERANCE:
        return "border"
    return "in" if membership > CROSSOVER else "out"


def strongest(memberships: Mapping[str, float]) -> tuple[str, ...]:
    """The names with the greatest membership, all of them when they tie, in the order given."""
    if not memberships:
        return ()
    top = max(memberships.values())
    return tuple(name for name, value in memberships.items() if top - value <= TOLERANCE)
