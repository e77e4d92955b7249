"""A verdict: what is concluded of the first hypothesis, and how sure the readings are of it."""

from __future__ import annotations

from typing import Literal, TypeAlias

from concausa.core.interval import Interval
from concausa.tracing.weighing import odds
from concausa.tracing.weight import Ratio

#: ``supported``: its odds are above the threshold in every reading; ``opposed``: those against it are;
#: ``inconclusive``: readings differ, or none passes. ``established`` and ``refuted``: no reading leaves
#: another (or this) hypothesis possible. ``contradiction``: the items rule out every hypothesis.
Verdict: TypeAlias = Literal[
    "supported", "opposed", "inconclusive", "established", "refuted", "contradiction", "no evidence"
]


def verdict(chance: Interval | None, threshold: Ratio, *, counted: int) -> Verdict:
    """The verdict on a hypothesis with these probabilities after the evidence.

    Parameters
    ----------
    chance : Interval or None
        None where every hypothesis is ruled out.
    threshold : Fraction
        Odds of at least 1 that must be passed.
    counted : int
        How many pieces of evidence count at all.

    Examples
    --------
    >>> from fractions import Fraction
    >>> verdict(Interval(Fraction(2, 3), Fraction(9, 10)), Fraction(1), counted=2)
    'supported'
    """
    if not counted:
        return "no evidence"
    if chance is None:
        return "contradiction"
    if chance.low == 1:
        return "established"
    if chance.high == 0:
        return "refuted"
    found = odds(chance)
    if found.low > threshold:
        return "supported"
    return "opposed" if found.inverse.low > threshold else "inconclusive"
