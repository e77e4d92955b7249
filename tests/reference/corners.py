"""The slow and obvious way to bound a formula: try every corner of the box that its facts admit.

Right for formulas that are monotone in each fact while the others stay, which holds for every formula of
+ - * / in which each fact stands once and no divisor can be zero. Plain fractions, no intervals.
"""

from __future__ import annotations

import itertools
from fractions import Fraction

from concausa.expr.formula import Call, Formula, Minus, Name, Number, Operation


def corners(formula: Formula, ranges: dict[str, tuple[Fraction, Fraction]]) -> tuple[Fraction, Fraction]:
    """The least and the greatest value over all corners."""
    names = sorted(ranges)
    values = [
        value(formula, dict(zip(names, point, strict=True)))
        for point in itertools.product(*(ranges[name] for name in names))
    ]
    return min(values), max(values)


def value(formula: Formula, facts: dict[str, Fraction]) -> Fraction:
    """The formula at one point."""
    match formula:
        case Number(number):
            return Fraction(number)
        case Name(id):
            return facts[id]
        case Minus(inner):
            return -value(inner, facts)
        case Call(function, arguments):
            parts = [value(argument, facts) for argument in arguments]
            if function == "mean":
                return sum(parts, Fraction(0)) / len(parts)
            return {"sum": lambda p: sum(p, Fraction(0)), "min": min, "max": max, "abs": lambda p: abs(p[0])}[
                function
            ](parts)
        case Operation(operator, left, right):
            a, b = value(left, facts), value(right, facts)
            return {"+": a.__add__, "-": a.__sub__, "*": a.__mul__, "/": a.__truediv__}[operator](b)
    raise AssertionError(formula)
