"""A chance: a probability, exact or as a range, as a person writes it down."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from concausa.core.errors import OptionError
from concausa.core.interval import Interval

#: What stands for one number: a float is read as the decimal that it prints.
Number: TypeAlias = "int | float | str | Decimal | Fraction"
#: One number, or the low and the high end of a range.
Range: TypeAlias = "Number | Sequence[Number] | Interval"


def exact(value: Number, *, name: str) -> Fraction:
    """The number as a fraction; nothing is rounded.

    Raises
    ------
    OptionError
        If it is no number, or not a finite one.

    Examples
    --------
    >>> exact(0.1, name="p"), exact("1/3", name="p")
    (Fraction(1, 10), Fraction(1, 3))
    """
    try:
        if isinstance(value, bool):
            raise ValueError
        return Fraction(repr(float(value)) if isinstance(value, float) else value)
    except (ValueError, OverflowError, TypeError, ZeroDivisionError):
        raise OptionError(
            f"{name} is {value!r}, which is no number",
            fix="write a number such as 0.2, Fraction(1, 5) or '1/5', or a range such as (0.1, 0.3)",
        ) from None


def told(value: Fraction) -> str:
    """A number as a person writes it: a decimal where it ends, else a fraction.

    Examples
    --------
    >>> told(Fraction(7, 5)), told(Fraction(1, 3)), told(Fraction(3))
    ('1.4', '1/3', '3')
    """
    short = f"{float(value):.6g}" if abs(value) < 10**6 else ""
    return short if short and Fraction(short) == value else str(value)


def amount(value: Range, *, name: str, most: int | None = None) -> Interval:
    """The range of numbers of at least 0, and at most *most*, that *value* stands for.

    Raises
    ------
    OptionError
        If an end is no number, lies outside, or the ends are out of order.

    Examples
    --------
    >>> amount((0.25, "1/2"), name="p", most=1)
    Interval(low=Fraction(1, 4), high=Fraction(1, 2))
    """
    if isinstance(value, Interval):
        low, high = value.low, value.high
    elif isinstance(value, Sequence) and not isinstance(value, str):
        if len(value) != 2:
            raise OptionError(
                f"{name} has {len(value)} numbers", fix="write one number, or a low and a high end"
            )
        low, high = (exact(end, name=name) for end in value)
    else:
        low = high = exact(value, name=name)
    if low > high:
        raise OptionError(
            f"{name} runs from {told(low)} to {told(high)}: its ends are out of order",
            fix="write the lower end first",
        )
    for end in (low, high):
        if end < 0 or (most is not None and end > most):
            limits = "at least 0" if most is None else f"from 0 to {most}"
            raise OptionError(f"{name} is {told(end)}, and must be {limits}", fix="look for a slip in it")
    return Interval(low, high)
