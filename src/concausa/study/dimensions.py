"""Dimensions: whether the units of a formula go together, before any number is computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice, product

from concausa.core.errors import ConcausaError, UnitError, UnknownNameError
from concausa.core.interval import Interval
from concausa.core.quantity import CALENDAR, Measure, Quantity
from concausa.expr.arithmetic import Values, evaluate
from concausa.expr.formula import Formula, Lookup, Name, parse, walk
from concausa.study.references import Names

#: Most ways to settle open numbers that are tried.
WAYS = 64
_MONTH, _PERCENT = Measure.parse("month"), Measure.parse("percent")


def unit_fault(left: str, right: str, names: Names) -> UnitError | None:
    """What is wrong with the units of two formulas that are compared; None where nothing can be said.

    Formulas that cannot be read, that name what is not there, or whose look-ups have units of their own
    making (``real``, ``converted``) are passed over.
    """
    numbers = {row.id: row.options for row in names.table("choices").values() if row.kind == "number"}
    try:
        sides = parse(left), parse(right)
        for ways in _ways(sides, numbers):
            first, second = (_quantity(side, names, ways) for side in sides)
            first.order(second)
    except UnitError as error:
        return error
    except ConcausaError:
        return None
    return None


def reading_fault(formula: str, measured_in: str, names: Names) -> UnitError | None:
    """What keeps a formula from being read in a unit; None where nothing can be said."""
    try:
        _quantity(parse(formula), names, {}).to(Measure.parse(measured_in))
    except UnitError as error:
        return error
    except ConcausaError:
        return None
    return None


def _ways(sides: Sequence[Formula], numbers: Mapping[str, Sequence[str]]) -> Iterator[Mapping[str, Formula]]:
    """Every way to settle the open numbers that two formulas name."""
    used = [part.id for side in sides for part in walk(side) if isinstance(part, Name) and part.id in numbers]
    open_names = list(dict.fromkeys(used))
    options = product(*(numbers[name] for name in open_names))
    for chosen in islice(options, WAYS):
        yield {name: parse(text) for name, text in zip(open_names, chosen, strict=True)}


def _quantity(formula: Formula, names: Names, settled: Mapping[str, Formula]) -> Quantity:
    """The formula with what its facts print; only its unit is meant."""
    facts = {
        part.id: _quantity(settled[part.id], names, {}) if part.id in settled else _fact(part.id, names)
        for part in walk(formula)
        if isinstance(part, Name)
    }
    return evaluate(formula, Values(facts, lambda lookup: (_found(lookup, names),)))


def _fact(id: str, names: Names) -> Quantity:
    fact = names.table("facts").get(id)
    if fact is None:
        raise UnknownNameError(f"there is no fact {id}")
    value = fact.value if fact.value is not None else Decimal(1)
    return Quantity(Interval.exact(value), Measure.parse(fact.measured_in))


def _found(lookup: Lookup, names: Names) -> Quantity:
    """One value in the unit of a look-up."""
    one = Interval.exact(1)
    match lookup.name, lookup.part:
        case "election", "year":
            return Quantity(one, CALENDAR)
        case "election", "margin":
            return Quantity(one, _PERCENT) - Quantity(one, _PERCENT)
        case "election", _:
            return Quantity(one, _PERCENT)
        case (("years" | "lasted" | "aligned"), _):
            return Quantity(one, _MONTH)
    series = names.table("series").get(lookup.name)
    if series is None:
        raise UnknownNameError(f"the unit of {lookup.name} is its own")
    return Quantity(one, Measure.parse(series.measured_in))
