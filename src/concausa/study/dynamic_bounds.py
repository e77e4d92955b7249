"""Bounds of a dynamic model's formulas: what they can be, whatever its stocks, inputs and parameters are."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from concausa.core.errors import ConcausaError
from concausa.core.interval import Interval
from concausa.core.quantity import Quantity
from concausa.expr.arithmetic import Values, evaluate, sides
from concausa.expr.formula import parse
from concausa.study.dynamic_names import names_in
from concausa.theory.dynamic_range import read_range
from concausa.theory.dynamic_spec import QuantitySpec

_MEMBERSHIP = Interval(Fraction(0), Fraction(1))


def bounds(text: str, symbols: Mapping[str, QuantitySpec]) -> Interval | None:
    """All that a formula can be; None where it cannot be read, may divide by 0, or names what is not known.

    Stocks and inputs may be anything in 0 to 1 and parameters anything in their ranges, each apart from the others: the
    bounds may be wider than what happens together.
    """
    return _bounds(text, symbols, ())


def _bounds(text: str, symbols: Mapping[str, QuantitySpec], above: tuple[str, ...]) -> Interval | None:
    facts: dict[str, Quantity] = {}
    for name in names_in(text):
        found = _of(symbols[name], symbols, above) if name in symbols and name not in above else None
        if found is None:
            return None
        facts[name] = Quantity(found)
    try:
        formula = parse(text)
        return None if sides(formula) else evaluate(formula, Values(facts, lambda _: ())).value
    except ConcausaError:
        return None


def _of(spec: QuantitySpec, symbols: Mapping[str, QuantitySpec], above: tuple[str, ...]) -> Interval | None:
    if spec.kind == "parameter":
        try:
            return read_range(spec.range)
        except ConcausaError:
            return None
    if spec.kind != "formula":
        return _MEMBERSHIP
    texts = [text for text in (spec.formula, spec.without) if text.strip()]
    parts = [_bounds(text, symbols, (*above, spec.name)) for text in texts]
    known = [part for part in parts if part is not None]
    return Interval.hull(known) if known and len(known) == len(parts) else None
