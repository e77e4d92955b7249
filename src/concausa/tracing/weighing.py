"""Weighing: from priors and likelihoods, each a range, to sharp bounds of what they give.

A posterior rises with its own hypothesis' prior and likelihoods and falls with all others, so its bounds lie
at corners of the admissible box; over priors that sum to 1 they lie at corners of what the sum leaves. Nothing
is sampled, nothing is rounded.

References
----------
.. [1] Walley (1991), *Statistical Reasoning with Imprecise Probabilities*, chapter 6. London: Chapman and Hall.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from fractions import Fraction

from concausa.core.errors import OptionError
from concausa.core.interval import Interval
from concausa.tracing.evidence_item import Corner
from concausa.tracing.hypotheses import Hypotheses
from concausa.tracing.piece import Piece, ones, times
from concausa.tracing.weight import Ratio, Weight, quotient

#: Most ways in which dependent items may count together, when more than two hypotheses make all of them matter.
MOST_WAYS = 4096


def totals(found: Sequence[Piece], among: Hypotheses, favoured: str, *, low: bool) -> tuple[Corner, ...]:
    """Likelihoods of everything, at the corners where one hypothesis has least (or most) for it.

    With two hypotheses each piece counts in the one way that decides; with more, every combination is given.

    Raises
    ------
    OptionError
        If there are too many combinations.
    """
    each = [piece.readings(among, favoured, low=low) for piece in found]
    if len(among.names) == 2:
        (other,) = (name for name in among.names if name != favoured)
        each = [(_deciding(corners, favoured, other, low=low),) for corners in each]
    if math.prod(map(len, each)) > MOST_WAYS:
        raise OptionError(
            f"packages and searches can count together in more than {MOST_WAYS} ways",
            fix="say of some packages what they are worth as a whole (how='joint'), or give reach as one number",
        )
    return tuple(_product(ways, among) for ways in itertools.product(*each))


def posterior(found: Sequence[Piece], among: Hypotheses, name: str) -> Interval | None:
    """The probabilities that a hypothesis may have after everything; None if every one is ruled out."""
    ends: list[Fraction] = []
    for low in (True, False):
        values: list[Fraction] = []
        for total in totals(found, among, name, low=low):
            for prior in among.extremes(name, low=low):
                whole = sum((prior[other] * total[other] for other in among.names), Fraction(0))
                if whole:
                    values.append(prior[name] * total[name] / whole)
        if values:
            ends.append(min(values) if low else max(values))
    # A bound is missing where every reading at that corner rules all hypotheses out: there the readings
    # that are left all lie at the other bound.
    return Interval(min(ends), max(ends)) if ends else None


def odds(chance: Interval) -> Weight:
    """A range of probabilities as odds for, over against; infinite at 1."""
    ends: list[Ratio] = []
    for end in (chance.low, chance.high):
        made = quotient(end, 1 - end)
        assert made is not None
        ends.append(made)
    return Weight(*ends)


def prior_ratio(among: Hypotheses, of: str, against: str) -> Weight | None:
    """What one hypothesis is worth beforehand, over another; None if both are excluded beforehand."""
    ends: list[Ratio] = []
    for low in (True, False):
        first = among.extremes(of, low=low)
        second = among.extremes(against, low=not low)
        ratios = [quotient(prior[of], prior[against]) for prior in (*first, *second)]
        known = [ratio for ratio in ratios if ratio is not None]
        if known:
            ends.append(min(known) if low else max(known))
    return Weight(min(ends), max(ends)) if ends else None


def total_weight(found: Sequence[Piece], among: Hypotheses, of: str, against: str) -> Weight | None:
    """How many times more one hypothesis expects everything together; None if both exclude it."""
    ends: list[Ratio] = []
    for low in (True, False):
        over, under = Fraction(1), Fraction(1)
        for piece in found:
            made = _deciding(piece.readings(among, of, low=low), of, against, low=low)
            over, under = over * made[of], under * made[against]
        if (ratio := quotient(over, under)) is not None:
            ends.append(ratio)
    return Weight(min(ends), max(ends)) if ends else None


def _deciding(corners: Sequence[Corner], of: str, against: str, *, low: bool) -> Corner:
    """The corner with the least (or greatest) ratio of two hypotheses; one that excludes both comes last."""

    def key(corner: Corner) -> tuple[bool, Ratio]:
        ratio = quotient(corner[of], corner[against])
        if ratio is None:
            return True, 0
        return False, ratio if low else -ratio

    return min(corners, key=key)


def _product(corners: Sequence[Corner], among: Hypotheses) -> Corner:
    made = ones(among)
    for corner in corners:
        made = times(made, corner)
    return made
