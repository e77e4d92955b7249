"""What a formula gives: quantities in, a quantity out, every rounding range enclosed."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from concausa.core.errors import ConcausaError, FormulaError
from concausa.core.interval import Interval
from concausa.core.quantity import Quantity
from concausa.expr.formula import (
    COMPARISONS,
    Call,
    Formula,
    Lookup,
    Minus,
    Name,
    Number,
    Operation,
    caret,
    show,
    walk,
)

#: Into how many boxes at most the ranges of facts that stand more than once are cut.
BOXES = 256


@dataclass(frozen=True, slots=True)
class Values:
    """What the names of a formula stand for.

    Parameters
    ----------
    facts : mapping of str to Quantity
        By the fact's id.
    lookup : callable
        From a look-up to its values, one or (for a window) several.
    """

    facts: Mapping[str, Quantity]
    lookup: Callable[[Lookup], tuple[Quantity, ...]]


def evaluate(formula: Formula, values: Values, *, text: str = "") -> Quantity:
    """The quantity that a formula gives, as an enclosure of all that its facts admit.

    Where each fact stands once the enclosure is exact. A fact that stands twice (``a / (a + b)``)
    would be taken at two values at once by plain interval arithmetic; its range is therefore cut into
    pieces and the results are joined, which stays an enclosure and is nearly exact. Never more than
    ``BOXES`` results are joined: of many such facts, only those with the widest ranges are cut.

    Parameters
    ----------
    formula : Formula
        Without a comparison; see ``sides``.
    values : Values
    text : str
        The formula as written, for errors.

    Raises
    ------
    FormulaError
        If a name is unknown or a window stands outside ``sum``, ``mean``, ``min`` and ``max``.
    UnitError
        If units do not go together.
    IntervalError
        If a divisor may be zero.
    """
    source = text or show(formula)
    names = [part.id for part in walk(formula) if isinstance(part, Name)]
    twice = [
        name
        for name in dict.fromkeys(names)
        if names.count(name) > 1 and name in values.facts and not values.facts[name].value.is_exact
    ]
    if not twice:
        return _single(formula, values, source)
    twice = sorted(twice, key=lambda name: _looseness(values.facts[name].value), reverse=True)
    twice = twice[: BOXES.bit_length() - 1]
    pieces = max(count for count in range(1, BOXES + 1) if count ** len(twice) <= BOXES)
    found: list[Quantity] = []
    cut = [
        [Quantity(part, q.measure) for part in q.value.split(pieces)]
        for q in (values.facts[n] for n in twice)
    ]
    for box in itertools.product(*cut):
        facts = {**values.facts, **dict(zip(twice, box, strict=True))}
        found.append(_single(formula, Values(facts, values.lookup), source))
    return Quantity(Interval.hull(part.value for part in found), found[0].measure)


def _looseness(range: Interval) -> Fraction:
    """How wide an interval is for its size; the widest of all where it holds zero."""
    return range.width / max(abs(range.low), abs(range.high)) if 0 not in range else Fraction(2)


def sides(formula: Formula) -> tuple[Formula, str, Formula] | None:
    """Left side, comparison and right side, if the formula is a comparison."""
    if isinstance(formula, Operation) and formula.operator in COMPARISONS:
        return formula.left, formula.operator, formula.right
    return None


def _single(formula: Formula, values: Values, text: str) -> Quantity:
    found = _several(formula, values, text)
    if len(found) != 1:
        at = getattr(formula, "at", 0)
        raise caret(
            text,
            at,
            f"{show(formula)} has {len(found)} values where one is needed",
            fix=f"say how to join them: mean({show(formula)}), or sum, min, max",
        )
    return found[0]


def _several(formula: Formula, values: Values, text: str) -> tuple[Quantity, ...]:
    match formula:
        case Number(value, unit):
            return (_placed(lambda: Quantity.of(value, unit), text, formula.at),)
        case Name(id):
            return (values.facts[id],)
        case Lookup():
            return values.lookup(formula)
        case Minus(inner):
            return (-_single(inner, values, text),)
        case Call(function, arguments):
            parts = tuple(part for argument in arguments for part in _several(argument, values, text))
            return (_placed(lambda: FUNCTION[function](parts), text, formula.at),)
        case Operation(operator, left, right):
            a, b = _single(left, values, text), _single(right, values, text)
            return (_placed(lambda: OPERATION[operator](a, b), text, formula.at),)


def _placed(result: Callable[[], Quantity], text: str, at: int) -> Quantity:
    """The result; an error in it is told where in the formula it arose."""
    try:
        return result()
    except ConcausaError as error:
        error.where = "\n".join(part for part in (f"{text}\n{' ' * at}^", error.where) if part)
        raise


def _total(parts: tuple[Quantity, ...]) -> Quantity:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _mean(parts: tuple[Quantity, ...]) -> Quantity:
    return _total(parts) / Quantity(Interval.exact(len(parts)))


def _least(parts: tuple[Quantity, ...]) -> Quantity:
    same = [part.to(parts[0].measure).value for part in parts]
    return Quantity(Interval(min(p.low for p in same), min(p.high for p in same)), parts[0].measure)


def _greatest(parts: tuple[Quantity, ...]) -> Quantity:
    return -_least(tuple(-part for part in parts))


def _absolute(parts: tuple[Quantity, ...]) -> Quantity:
    if len(parts) != 1:
        raise FormulaError(f"abs takes one value, not {len(parts)}")
    return abs(parts[0])


FUNCTION: Mapping[str, Callable[[tuple[Quantity, ...]], Quantity]] = {
    "sum": _total,
    "mean": _mean,
    "min": _least,
    "max": _greatest,
    "abs": _absolute,
}
OPERATION: Mapping[str, Callable[[Quantity, Quantity], Quantity]] = {
    "+": Quantity.__add__,
    "-": Quantity.__sub__,
    "*": Quantity.__mul__,
    "/": Quantity.__truediv__,
}
