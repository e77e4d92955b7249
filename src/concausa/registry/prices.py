"""Money of several years made comparable, when only the total of a window is known.

A window's total says nothing on the years in which the money was paid. Each function gives both ends:
every way of spreading the total over the window's years (without negative amounts) lies between them.
The even spread is one of these ways; it is an assumption, not a result.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from concausa.core.interval import Interval


def real(amount: Interval, index: Mapping[int, Fraction], base: Fraction) -> Interval:
    """A nominal total in prices of a base year, over all ways to spread it over the years.

    Parameters
    ----------
    amount : Interval
        Nominal total, not below 0.
    index : mapping of int to Fraction
        Price index of each year of the window, above 0.
    base : Fraction
        Price index of the base year, above 0.

    Returns
    -------
    Interval
        From all of it paid in the dearest year (low) to all of it in the cheapest (high).

    Examples
    --------
    >>> str(real(Interval.exact(100), {2005: Fraction(80), 2006: Fraction(100)}, Fraction(120)))
    '120 to 150'
    """
    factors = [base / level for level in index.values()]
    return amount * Interval(min(factors), max(factors))


def real_even(amount: Interval, index: Mapping[int, Fraction], base: Fraction) -> Interval:
    """The same total if each year had received an equal nominal part."""
    return amount * Interval.exact(sum((base / level for level in index.values()), Fraction(0)) / len(index))


def converted(amount: Interval, rates: Mapping[int, Fraction]) -> Interval:
    """A total in another currency, over all ways to spread it over the years.

    Parameters
    ----------
    amount : Interval
        Total in the home currency, not below 0.
    rates : mapping of int to Fraction
        Home currency per unit of the other, for each year of the window, above 0.
    """
    factors = [1 / rate for rate in rates.values()]
    return amount * Interval(min(factors), max(factors))


def converted_even(amount: Interval, rates: Mapping[int, Fraction]) -> Interval:
    """The same total if each year had received an equal part in home currency."""
    return amount * Interval.exact(sum((1 / rate for rate in rates.values()), Fraction(0)) / len(rates))
