"""Reach: what a formula can come to while its quantities are known within bounds alone, worked out exactly.

Bounds are fractions, and know whether they are reached themselves: a rate above 0 times a rate above 0 is
above 0, however small it may be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from concausa.dynamics.quantity import Range
from concausa.expr.formula import Call, Formula, Lookup, Minus, Name, Number

#: A bound: exact, or one of the two infinities.
Bound = Fraction | float

_INFINITE = float("inf")


@dataclass(frozen=True, slots=True)
class Reach:
    """All numbers between two bounds.

    Parameters
    ----------
    low, high : Fraction, or an infinity
    has_low, has_high : bool
        Whether the bound itself can be reached.

    Examples
    --------
    >>> rate = Reach.within(Range.of(0, 0.5))
    >>> rate.above_zero, rate.can_be_zero
    (True, False)
    """

    low: Bound
    high: Bound
    has_low: bool = True
    has_high: bool = True

    @staticmethod
    def at(value: int | Fraction) -> Reach:
        """One number."""
        return Reach(Fraction(value), Fraction(value))

    @staticmethod
    def within(range: Range) -> Reach:
        """A parameter inside its range; on an edge, which has no weight, only if that is a value of its own."""
        first, last = range.parts[0], range.parts[-1]
        return Reach(_exact(range.low), _exact(range.high), first[0] == first[1], last[0] == last[1])

    @property
    def can_be_above_zero(self) -> bool:
        """Whether some number of it lies above 0."""
        return self.high > 0

    @property
    def can_be_zero(self) -> bool:
        """Whether some number of it is 0; below 0 counts as 0, since no rate may be there."""
        return self.low < 0 or (self.low == 0 and self.has_low)

    @property
    def above_zero(self) -> bool:
        """Whether all of it lies above 0."""
        return not self.can_be_zero

    def __add__(self, other: Reach) -> Reach:
        return Reach(
            self.low + other.low,
            self.high + other.high,
            self.has_low and other.has_low,
            self.has_high and other.has_high,
        )

    def __neg__(self) -> Reach:
        return Reach(-self.high, -self.low, self.has_high, self.has_low)

    def __sub__(self, other: Reach) -> Reach:
        return self + -other

    def __mul__(self, other: Reach) -> Reach:
        ends = [
            (_times(one, two), (has_one and has_two) or (one == 0 and has_one) or (two == 0 and has_two))
            for one, has_one in ((self.low, self.has_low), (self.high, self.has_high))
            for two, has_two in ((other.low, other.has_low), (other.high, other.has_high))
        ]
        low, high = min(end for end, _ in ends), max(end for end, _ in ends)
        return Reach(low, high, (low, True) in ends, (high, True) in ends)

    def __truediv__(self, other: Reach) -> Reach:
        if (other.low < 0 < other.high) or (other.low == 0 and other.has_low) or (
            other.high == 0 and other.has_high
        ):  # fmt: skip
            return Reach(-_INFINITE, _INFINITE, False, False)
        low = _one_over(other.high, -_INFINITE)
        high = _one_over(other.low, _INFINITE)
        return self * Reach(
            low, high, other.has_high and low != -_INFINITE, other.has_low and high != _INFINITE
        )

    def __abs__(self) -> Reach:
        if self.low >= 0:
            return self
        if self.high <= 0:
            return -self
        above = greater(self, -self)
        return Reach(Fraction(0), above.high, True, above.has_high)


def greater(one: Reach, other: Reach) -> Reach:
    """What the greater of two can be."""
    low, has_low = max((one.low, one.has_low), (other.low, other.has_low))
    if one.low == other.low:
        has_low = one.has_low and other.has_low
    high = max(one.high, other.high)
    ends = ((one.high, one.has_high), (other.high, other.has_high))
    return Reach(low, high, has_low, (high, True) in ends)


def lesser(one: Reach, other: Reach) -> Reach:
    """What the lesser of two can be."""
    return -greater(-one, -other)


def reach(formula: Formula, known: Mapping[str, Reach]) -> Reach:
    """What a formula can come to.

    It is worked out part by part: nothing is missed, but where a quantity stands twice, as in ``a - a``, it
    may look freer than it is.

    Parameters
    ----------
    known : mapping of str to Reach
        One for every name of the formula.

    Examples
    --------
    >>> from concausa.expr.formula import parse
    >>> found = reach(parse("max(0, a - b)"), {"a": Reach.within(Range.of(0, 1)), "b": Reach.at(1)})
    >>> found.can_be_above_zero
    False

    References
    ----------
    .. [1] Moore, Kearfott & Cloud (2009), *Introduction to Interval Analysis*, chapter 2. SIAM.
       https://doi.org/10.1137/1.9780898717716
    """
    match formula:
        case Number(value):
            return Reach.at(Fraction(value))
        case Name(id):
            return known[id]
        case Minus(inner):
            return -reach(inner, known)
        case Call(function, arguments):
            return _called(function, [reach(argument, known) for argument in arguments])
        case Lookup():
            raise AssertionError("look-ups are refused when a rate is read")
    left, right = reach(formula.left, known), reach(formula.right, known)
    match formula.operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
    raise AssertionError("comparisons are refused when a rate is read")


def _called(function: str, parts: list[Reach]) -> Reach:
    match function:
        case "min":
            return reduce(lesser, parts)
        case "max":
            return reduce(greater, parts)
        case "abs":
            return abs(parts[0])
    total = reduce(Reach.__add__, parts)
    return total * Reach.at(Fraction(1, len(parts))) if function == "mean" else total


def _exact(value: float) -> Bound:
    return Fraction(repr(value)) if abs(value) != _INFINITE else value


def _times(one: Bound, other: Bound) -> Bound:
    return Fraction(0) if one == 0 or other == 0 else one * other


def _one_over(bound: Bound, at_zero: float) -> Bound:
    if bound == 0:
        return at_zero
    return Fraction(0) if isinstance(bound, float) else 1 / bound
