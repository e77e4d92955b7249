"""A weight of evidence: a range of likelihood ratios, read in decibels.

A ratio of 10 is 10 dB, one of 100 is 20 dB, one of 1 is 0 dB; weights of independent items add up. Ends
are fractions, so that nothing is lost; where a hypothesis is ruled out an end is infinite, never nan.

References
----------
.. [1] Good (1950), *Probability and the Weighing of Evidence*. London: Griffin.
.. [2] Fairfield and Charman (2017), Explicit Bayesian Analysis for Process Tracing, *Political Analysis*
   25(3), 363-380. https://doi.org/10.1017/pan.2017.14
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

#: A likelihood ratio: a fraction of at least 0, or ``math.inf``.
Ratio: TypeAlias = "Fraction | float"


@dataclass(frozen=True, slots=True)
class Weight:
    """How many times more one hypothesis expects what was seen than another one does.

    Parameters
    ----------
    low, high : Fraction or math.inf
        The ends of the range of likelihood ratios, each at least 0; equal for a point.

    Examples
    --------
    >>> str(Weight(Fraction(10), Fraction(100)))
    '+10.0 to +20.0 dB'
    >>> str(Weight(Fraction(0), Fraction(0)))
    '-∞ dB'
    """

    low: Ratio
    high: Ratio

    @property
    def decibels(self) -> tuple[float, float]:
        """Both ends in decibels; ``-inf`` and ``inf`` where a hypothesis is ruled out."""
        return decibels(self.low), decibels(self.high)

    @property
    def inverse(self) -> Weight:
        """The same weight seen from the other hypothesis."""
        return Weight(_turned(self.high), _turned(self.low))

    @property
    def direction(self) -> int:
        """1 where it favours the hypothesis at every reading, -1 the other one, 0 where that is open."""
        if self.low >= 1 and self.high > 1:
            return 1
        return -1 if self.high <= 1 and self.low < 1 else 0

    @property
    def is_point(self) -> bool:
        """Whether it is one ratio."""
        return self.low == self.high

    def data(self) -> dict[str, Any]:
        """Ratios as texts, decibels as numbers; an infinite end is ``None`` in decibels and ``"inf"`` as ratio."""
        low, high = self.decibels
        return {
            "ratio": [str(self.low), str(self.high)],
            "decibels": [low if math.isfinite(low) else None, high if math.isfinite(high) else None],
        }

    def __str__(self) -> str:
        low, high = (signed(end) for end in self.decibels)
        return f"{low} dB" if low == high else f"{low} to {high} dB"


def decibels(ratio: Ratio) -> float:
    """Ten times the common logarithm of a ratio; ``-inf`` for 0, ``inf`` for an infinite one.

    Examples
    --------
    >>> decibels(Fraction(1, 10)), decibels(Fraction(0))
    (-10.0, -inf)
    """
    if ratio == 0:
        return -math.inf
    if isinstance(ratio, float):
        return 10 * math.log10(ratio)
    return 10 * (_log10(ratio.numerator) - _log10(ratio.denominator))


def quotient(over: Fraction, under: Fraction) -> Ratio | None:
    """One likelihood by another; infinite where only the second is 0, None where both are."""
    if under == 0:
        return math.inf if over > 0 else None
    return over / under


def signed(value: float) -> str:
    """Decibels with one decimal and a sign.

    Examples
    --------
    >>> signed(4.771), signed(-0.04), signed(float("-inf"))
    ('+4.8', '0.0', '-∞')
    """
    if math.isinf(value):
        return "+∞" if value > 0 else "-∞"
    text = f"{value:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text


def _log10(number: int) -> float:
    """Of a whole number of any length; exact for powers of ten."""
    return math.log10(number)


def _turned(end: Ratio) -> Ratio:
    if end == 0:
        return math.inf
    return Fraction(0) if isinstance(end, float) else 1 / end
