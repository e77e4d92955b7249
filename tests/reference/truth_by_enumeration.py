"""Slow and obvious twins of the Boolean algebra: by looking at every combination of values.

Levels are the words "0", "1", "2" here, so a comparison is a comparison of whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, combinations, product
from operator import eq, ge, gt, le, lt

from concausa.expr.tree import And, Comparison, Constant, Expression, Name, Not, OneOf, Or

OPERATORS = {">=": ge, "<=": le, "=": eq, ">": gt, "<": lt}
Point = tuple[int, ...]


def is_true(expression: Expression, values: Mapping[str, int]) -> bool:
    """Whether an expression is true of one case, given the value of each condition."""
    match expression:
        case Name(name):
            return values[name] == 1
        case OneOf(name, asked):
            return values[name] in asked
        case Comparison(name, operator, level):
            return OPERATORS[operator](values[name], int(level))
        case Constant(value):
            return value
        case Not(part):
            return not is_true(part, values)
        case And(parts):
            return all(is_true(part, values) for part in parts)
        case Or(parts):
            return any(is_true(part, values) for part in parts)


def points(expression: Expression, levels: Mapping[str, int]) -> frozenset[Point]:
    """The combinations of values, in the order of *levels*, of which an expression is true."""
    everything = product(*(range(number) for number in levels.values()))
    return frozenset(
        point for point in everything if is_true(expression, dict(zip(levels, point, strict=True)))
    )


def widest(inside: frozenset[Point], levels: tuple[int, ...]) -> set[frozenset[Point]]:
    """Every widest product of sets of values that lies inside."""
    subsets = [
        list(chain.from_iterable(combinations(range(number), size) for size in range(1, number + 1)))
        for number in levels
    ]
    boxes = {frozenset(product(*chosen)) for chosen in product(*subsets)}
    lying = {box for box in boxes if box <= inside}
    return {box for box in lying if not any(box < other for other in lying)}


def asked(box: frozenset[Point], levels: tuple[int, ...]) -> int:
    """How many conditions a box asks for."""
    return sum(len({point[place] for point in box}) < number for place, number in enumerate(levels))


def shortest(inside: frozenset[Point], levels: tuple[int, ...]) -> set[frozenset[frozenset[Point]]]:
    """Every set of boxes that make up *inside*, with the fewest boxes and then the fewest conditions."""
    boxes = widest(inside, levels)
    for size in range(len(boxes) + 1):
        found = [some for some in combinations(boxes, size) if frozenset().union(*some) == inside]
        if found:
            lengths = [sum(asked(box, levels) for box in some) for some in found]
            return {
                frozenset(some) for some, length in zip(found, lengths, strict=True) if length == min(lengths)
            }
    raise AssertionError
