"""A verdict: what is concluded of the first hypothesis, and how sure the readings are of it."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, TypeAlias

from concausa.core.interval import Interval
from concausa.tracing.weighing import odds
from concausa.tracing.weight import Ratio, Weight

#: ``supported``: its odds are above the threshold, and above :data:`SURE`, in every reading; ``opposed``: those
#: against it are. ``more likely than not`` and ``less likely than not``: they pass the threshold in every reading,
#: and not three to one.
#: ``leans for`` and ``leans against``: the evidence speaks that way or not at all in every reading, and yet
#: priors and threshold leave it open; ``inconclusive``: readings differ. ``established`` and ``refuted``: no
#: reading leaves another (or this) hypothesis possible. ``contradiction``: all hypotheses are ruled out.
Verdict: TypeAlias = Literal[
    "established",
    "supported",
    "more likely than not",
    "leans for",
    "inconclusive",
    "leans against",
    "less likely than not",
    "opposed",
    "refuted",
    "contradiction",
    "no evidence",
]
#: Three to one, where *more* begins on the usual scale: odds that do not pass it are not called support.
SURE = Fraction(3)
#: Verdicts that the odds for the first hypothesis, or against it, have passed the threshold.
FOR: tuple[Verdict, ...] = ("established", "supported", "more likely than not")
AGAINST: tuple[Verdict, ...] = ("refuted", "opposed", "less likely than not")


def verdict(chance: Interval | None, evidence: Weight | None, threshold: Ratio, *, counted: int) -> Verdict:
    """The verdict on a hypothesis with these probabilities after the evidence.

    Parameters
    ----------
    chance : Interval or None
        None where every hypothesis is ruled out.
    evidence : Weight or None
        How many times more the hypothesis expects everything than the others do.
    threshold : Fraction
        Odds of at least 1 that must be passed.
    counted : int
        How many pieces of evidence count at all.

    Examples
    --------
    >>> from fractions import Fraction
    >>> verdict(Interval(Fraction(2, 3), Fraction(9, 10)), Weight(Fraction(2), Fraction(9)), Fraction(1), counted=2)
    'more likely than not'
    >>> verdict(Interval(Fraction(4, 5), Fraction(9, 10)), Weight(Fraction(4), Fraction(9)), Fraction(1), counted=2)
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
        return "supported" if found.low > SURE else "more likely than not"
    if found.inverse.low > threshold:
        return "opposed" if found.inverse.low > SURE else "less likely than not"
    direction = evidence.direction if evidence else 0
    return "leans for" if direction > 0 else "leans against" if direction < 0 else "inconclusive"
