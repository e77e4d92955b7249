"""The part of a property space that an expression holds, as boxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

from concausa.core.errors import ExpressionError, OptionError, UnknownNameError
from concausa.core.nearest import nearest
from concausa.expr.boolean import (
    And,
    Comparison,
    Constant,
    Expression,
    Name,
    Not,
    OneOf,
    Or,
    format_expression,
    parse,
)
from concausa.qca.box import Box, apart, everything, maximal, meet, meetings
from concausa.qca.factor import Factor

#: Up to so many pairs of boxes a meeting of regions is written with as few boxes as may be; beyond it with
#: boxes that share no point, of which there may be so many.
FEW, MOST = 256, 65_536


def region(expression: str | Expression, conditions: Sequence[Factor]) -> tuple[Box, ...]:
    """Where an expression over the conditions is true.

    Raises
    ------
    UnknownNameError
        If it names what is no condition; the nearest name is given.
    ExpressionError
        If it cannot be read, asks a condition for a value that it does not have, or falls into more than
        65,536 boxes.

    Examples
    --------
    >>> region("A*~B + B", [Factor("A", "crisp"), Factor("B", "fuzzy")])
    ((2, 1), (3, 2))
    """
    tree = parse(expression) if isinstance(expression, str) else expression
    places = {factor.name: place for place, factor in enumerate(conditions)}
    full = everything([len(factor.values) for factor in conditions])

    def where(part: Expression, holds: bool) -> tuple[Box, ...]:
        match part:
            case Not(inner):
                return where(inner, not holds)
            case And(parts) | Or(parts):
                regions = [where(one, holds) for one in parts]
                if isinstance(part, And) is not holds:
                    return maximal(box for boxes in regions for box in boxes)
                return _shared(regions, part)
            case Name() | OneOf():
                place = _place(part, places)
                allowed = _allowed(part, conditions[place])
                allowed = allowed if holds else full[place] & ~allowed
                return ((*full[:place], allowed, *full[place + 1 :]),) if allowed else ()
            case Constant(value):
                return (full,) if value is holds else ()
            case Comparison(name):
                raise ExpressionError(
                    "a truth table knows values, not levels",
                    where=format_expression(part),
                    fix=f"name the values: {format_expression(Name(name))}{{1,2}}",
                )
        raise ExpressionError("this is no expression over conditions", where=repr(part))

    return where(tree, True)


def _shared(regions: Sequence[tuple[Box, ...]], part: Expression) -> tuple[Box, ...]:
    """What all regions share."""
    found = regions[0]
    if prod(map(len, regions)) <= FEW:
        for boxes in regions[1:]:
            found = meetings(found, boxes)
        return found
    found = apart(found)
    for boxes in regions[1:]:
        pieces = apart(boxes)
        found = tuple(both for a in found for b in pieces if (both := meet(a, b)) is not None)
        if len(found) > MOST:
            raise ExpressionError(
                f"the expression falls into more than {MOST:,} combinations of values",
                where=format_expression(part),
                fix="write it in parts, each with fewer conditions",
            )
    return found


def configuration_box(configuration: object, conditions: Sequence[Factor]) -> Box:
    """One configuration as a box: a mapping from condition to value, or one value a condition.

    A condition that the mapping leaves out, or whose value is None, is free.

    Raises
    ------
    UnknownNameError, OptionError
        If a name or a value is not the table's.
    """
    names = [factor.name for factor in conditions]
    if isinstance(configuration, Mapping):
        for name in configuration:
            if name not in names:
                raise _no_condition(str(name), names)
        values = [configuration.get(name) for name in names]
    else:
        assert isinstance(configuration, Sequence)
        values = list(configuration)
        if len(values) != len(names):
            raise OptionError(
                f"a configuration has one value for each of the {len(names)} conditions",
                where=repr(configuration),
                fix=f"in the order {', '.join(names)}, with None for a condition that does not matter",
            )
    box = []
    for value, factor in zip(values, conditions, strict=True):
        if value is None:
            box.append((1 << len(factor.values)) - 1)
        elif value in factor.values:
            box.append(1 << int(value))
        else:
            raise OptionError(
                f"{value!r} is no value of {factor.name}",
                where=repr(configuration),
                fix=f"one of {', '.join(map(str, factor.values))}, or None",
            )
    return tuple(box)


def _place(part: Name | OneOf, places: Mapping[str, int]) -> int:
    if part.name not in places:
        raise _no_condition(part.name, list(places))
    return places[part.name]


def _no_condition(name: str, names: Sequence[str]) -> UnknownNameError:
    near = nearest(name, names)
    return UnknownNameError(
        f'"{name}" is no condition of the table',
        where=f"conditions: {', '.join(names)}",
        fix=f'did you mean "{near}"?' if near else "use one of these names",
    )


def _allowed(part: Name | OneOf, factor: Factor) -> int:
    if isinstance(part, Name):
        if factor.kind == "multi-value":
            raise ExpressionError(
                f"{factor.name} has several values: say which",
                where=format_expression(part),
                fix=f"write {format_expression(part)}{{1}}, or several: {format_expression(part)}{{1,2}}",
            )
        return 2
    for value in part.values:
        if value not in factor.values:
            raise ExpressionError(
                f"{factor.name} has no value {value}",
                where=format_expression(part),
                fix=f"its values are {', '.join(map(str, factor.values))}",
            )
    return sum(1 << value for value in set(part.values))
