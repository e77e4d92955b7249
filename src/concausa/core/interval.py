"""Exact interval arithmetic: every operation encloses all results that its operands admit.

A number in print stands for a range. ``4.3`` may be anything that rounds to 4.3, so it is the closed
interval from 4.25 to 4.35; ``4.30`` is ten times finer. Ends are fractions: nothing is lost to binary
floating point.

References
----------
.. [1] Moore, Kearfott and Cloud (2009), *Introduction to Interval Analysis*, chapter 2.
   https://doi.org/10.1137/1.9780898717716
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from concausa.core.errors import ConcausaError

Exact = int | Decimal | Fraction

#: Powers of ten beyond which a number is taken for a slip: exact arithmetic on it would not end.
LARGEST = 40


class IntervalError(ConcausaError):
    """An interval that cannot be: ends out of order, or a division by an interval that holds zero."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from *low* to *high*, both included.

    Raises
    ------
    IntervalError
        If *low* is above *high*.

    Examples
    --------
    >>> Interval.printed(Decimal("4.3"))
    Interval(low=Fraction(17, 4), high=Fraction(87, 20))
    """

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise IntervalError(f"the interval starts at {self.low}, above its end {self.high}")

    @staticmethod
    def exact(value: Exact) -> Interval:
        """The interval that holds one number."""
        number = Fraction(value)
        return Interval(number, number)

    @staticmethod
    def printed(value: Decimal, step: Exact | None = None) -> Interval:
        """What a printed number admits: half a step to either side.

        Parameters
        ----------
        value : Decimal
            The number with its digits as printed: ``Decimal("4.30")`` is finer than ``Decimal("4.3")``.
        step : number of at least 0, optional
            To what it was rounded; one unit of its last digit unless told, 0 when it is exact.

        Raises
        ------
        IntervalError
            If the step is below 0.
        """
        unit = last_digit(value)
        size = unit if step is None else Fraction(step)
        if size < 0:
            raise IntervalError(f"a rounding step of {size} is below 0", fix="write a positive number")
        middle = Fraction(value)
        return Interval(middle - size / 2, middle + size / 2)

    @staticmethod
    def hull(parts: Iterable[Interval]) -> Interval:
        """The smallest interval that holds them all; IntervalError if there are none."""
        found = tuple(parts)
        if not found:
            raise IntervalError("there is no smallest interval around nothing")
        return Interval(min(part.low for part in found), max(part.high for part in found))

    @property
    def middle(self) -> Fraction:
        """Halfway between the ends."""
        return (self.low + self.high) / 2

    @property
    def width(self) -> Fraction:
        """From end to end; 0 when it holds one number."""
        return self.high - self.low

    @property
    def is_exact(self) -> bool:
        """Whether it holds one number only."""
        return self.low == self.high

    def __contains__(self, value: Exact) -> bool:
        return self.low <= value <= self.high

    def meets(self, other: Interval) -> bool:
        """Whether at least one number lies in both; a shared end counts."""
        return self.low <= other.high and other.low <= self.high

    def split(self, pieces: int) -> tuple[Interval, ...]:
        """The same interval cut into equal pieces; an exact one stays whole."""
        if self.is_exact:
            return (self,)
        cuts = [self.low + self.width * number / pieces for number in range(pieces + 1)]
        return tuple(Interval(low, high) for low, high in itertools.pairwise(cuts))

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __abs__(self) -> Interval:
        if 0 in self:
            return Interval(Fraction(0), max(-self.low, self.high))
        return self if self.low > 0 else -self

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(corners), max(corners))

    def __truediv__(self, other: Interval) -> Interval:
        if 0 in other:
            raise IntervalError(
                "the divisor is zero" if other.is_exact else f"the divisor may be zero: it lies from {other}"
            )
        return self * Interval(1 / other.high, 1 / other.low)

    def text(self, between: str = "{low} to {high}") -> str:
        """Both ends as a person writes them; one number where they look the same."""
        low, high = number(self.low), number(self.high)
        return low if low == high else between.format(low=low, high=high)

    def __str__(self) -> str:
        return self.text()


def last_digit(value: Decimal) -> Fraction:
    """One unit of the last digit in which a number is written.

    Raises
    ------
    IntervalError
        If the value is infinite, no number, or longer than any number that a text prints.

    Examples
    --------
    >>> last_digit(Decimal("4.30"))
    Fraction(1, 100)
    >>> last_digit(Decimal("1070"))
    Fraction(1, 1)
    """
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise IntervalError(f"{value} is not a number")
    if max(abs(exponent), abs(value.adjusted())) > LARGEST:
        raise IntervalError(f"a number has more than {LARGEST} digits", fix="look for a slip in it")
    return Fraction(10) ** exponent


def rounded(value: Fraction, step: Fraction) -> Fraction:
    """The multiple of *step* nearest to *value*; a tie goes away from zero, as in print; step 0 leaves it."""
    if step == 0:
        return value
    count = abs(value) / step + Fraction(1, 2)
    nearest = (count.numerator // count.denominator) * step
    return -nearest if value < 0 else nearest


def number(value: Fraction, digits: int = 4) -> str:
    """A fraction as a person writes it: whole numbers in full, others to *digits* figures.

    Examples
    --------
    >>> number(Fraction(1070000)), number(Fraction(1070, 247)), number(Fraction(1, 8))
    ('1,070,000', '4.332', '0.125')
    """
    if value.denominator == 1:
        return f"{value.numerator:,}"
    size = Fraction(1)
    whole = abs(value.numerator) // value.denominator
    places = max(0, digits - len(str(whole))) if whole else digits
    while not whole and abs(value) < size / 10 and places < 12:
        size /= 10
        places += 1
    shown = rounded(value, Fraction(1, 10**places))
    text = (
        f"{shown.numerator * 10**places // shown.denominator:,}" if places == 0 else _decimal(shown, places)
    )
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimal(value: Fraction, places: int) -> str:
    scaled = abs(value) * 10**places
    whole, part = divmod(scaled.numerator // scaled.denominator, 10**places)
    return f"{'-' if value < 0 else ''}{whole:,}.{part:0{places}d}"
