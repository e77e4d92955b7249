"""What the priors do, and what the evidence does: the prior that would tip a verdict, and the whole curve."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from concausa.core.errors import OptionError
from concausa.core.interval import Interval
from concausa.tracing.weighing import totals
from concausa.tracing.weight import Ratio, Weight, quotient

if TYPE_CHECKING:
    from concausa.tracing.ledger import Ledger


def evidence_for(ledger: Ledger) -> Weight | None:
    """How many times more the first hypothesis expects everything than all others together do.

    The others keep, among themselves, the proportions of their declared priors (of the middles of ranges);
    with two hypotheses priors play no part. None if all are ruled out.
    """
    name = ledger.names[0]
    middles = {other: ledger.prior(other).middle for other in ledger.names[1:]}
    whole = sum(middles.values(), Fraction(0))
    shares = {
        other: value / whole if whole else Fraction(1, len(middles)) for other, value in middles.items()
    }
    ends: list[Ratio] = []
    for low in (True, False):
        for total in totals(ledger.pieces, ledger.among, name, low=low):
            others = sum((shares[other] * total[other] for other in shares), Fraction(0))
            if (ratio := quotient(total[name], others)) is not None:
                ends.append(ratio)
    return Weight(min(ends), max(ends)) if ends else None


def tipping_prior(ledger: Ledger) -> Interval | None:
    """The priors of the first hypothesis at which the verdict tips.

    Returns
    -------
    Interval or None
        Above its high end every reading of the evidence carries the hypothesis past the threshold, below
        its low end none does; None if all hypotheses are ruled out.

    Examples
    --------
    Evidence of nine to one needs a prior of one tenth to come out even.

    >>> from concausa.tracing.evidence_item import EvidenceItem
    >>> from concausa.tracing.ledger import weigh
    >>> weigh(["A", "B"], [EvidenceItem.of("E1", {"A": 0.9, "B": 0.1})]).tipping_prior()
    Interval(low=Fraction(1, 10), high=Fraction(1, 10))
    """
    found = evidence_for(ledger)
    if found is None:
        return None
    return Interval(_needed(found.high, ledger.threshold), _needed(found.low, ledger.threshold))


def curve(ledger: Ledger, points: int = 21) -> tuple[tuple[Fraction, Interval | None], ...]:
    """The posterior of the first hypothesis at evenly spaced priors from 0 to 1.

    Parameters
    ----------
    points : int of at least 2

    Returns
    -------
    tuple of (Fraction, Interval or None)
        None where a prior of 0 or 1 and the evidence rule out everything between them.
    """
    if isinstance(points, bool) or not isinstance(points, int) or points < 2:
        raise OptionError(f"a curve of {points!r} points", fix="give a whole number of at least 2")
    found = evidence_for(ledger)
    priors = [Fraction(place, points - 1) for place in range(points)]
    return tuple((prior, _updated(prior, found)) for prior in priors)


def _needed(ratio: Ratio, threshold: Fraction) -> Fraction:
    return Fraction(0) if isinstance(ratio, float) else threshold / (threshold + ratio)


def _updated(prior: Fraction, found: Weight | None) -> Interval | None:
    if found is None:
        return None
    ends = []
    for ratio in (found.low, found.high):
        over, under = (Fraction(1), Fraction(0)) if isinstance(ratio, float) else (ratio, Fraction(1))
        whole = prior * over + (1 - prior) * under
        if whole:
            ends.append(prior * over / whole)
    return Interval(min(ends), max(ends)) if ends else None
