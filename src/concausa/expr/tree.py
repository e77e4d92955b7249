"""The tree of a Boolean expression: its nouns, and their text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import index
from typing import Literal, SupportsIndex, TypeAlias

from concausa.core.errors import ExpressionError

#: The greatest value that a multi-value condition may have.
GREATEST_VALUE = 999

Operator = Literal[">=", "<=", "=", ">", "<"]
Kind = Literal["sufficient", "necessary"]

#: A name that needs no quotation marks: letters, digits, ``_`` and ``.``, with single hyphens between.
PLAIN = re.compile(r"[\w.]+(?:-[\w.]+)*")
#: The two words that are no names unless they are quoted.
CONSTANTS = {"0": False, "1": True}
ARROWS: dict[Kind, str] = {"sufficient": "=>", "necessary": "<="}


@dataclass(frozen=True, slots=True)
class Name:
    """A condition taken as a set: its membership counts."""

    name: str
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return format_expression(self)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A condition held against one of its levels; crisp, true or false."""

    name: str
    operator: Operator
    level: str
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return format_expression(self)


@dataclass(frozen=True, slots=True)
class OneOf:
    """A multi-value condition that has one of *values*; crisp, true or false.

    Parameters
    ----------
    values : tuple of int
        Different whole numbers from 0 to 999, at least one; kept in rising order.

    Raises
    ------
    ExpressionError
        If there is none, if one stands twice, or if one is no such number.
    """

    name: str
    values: tuple[int, ...]
    position: int = field(default=0, compare=False)

    def __post_init__(self) -> None:
        if not all(_is_value(value) for value in self.values):
            raise ExpressionError(
                f"a value is a whole number from 0 to {GREATEST_VALUE}", where=f"{self.name}: {self.values}"
            )
        if not self.values or len(set(self.values)) < len(self.values):
            raise ExpressionError(
                "the values of a condition are one or more different numbers",
                where=f"{self.name}: {self.values}",
            )
        object.__setattr__(self, "values", tuple(sorted(map(index, self.values))))

    def __str__(self) -> str:
        return format_expression(self)


@dataclass(frozen=True, slots=True)
class Constant:
    """What every case is in (``1``), or none (``0``)."""

    value: bool
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return format_expression(self)


@dataclass(frozen=True, slots=True)
class Not:
    """What is not *part*."""

    part: Expression
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return format_expression(self)


@dataclass(frozen=True, slots=True)
class And:
    """All of *parts* together; two or more."""

    parts: tuple[Expression, ...]
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return format_expression(self)


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of *parts*; two or more."""

    parts: tuple[Expression, ...]
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return format_expression(self)


Atom: TypeAlias = "Name | Comparison | OneOf"
Expression: TypeAlias = "Name | Comparison | OneOf | Constant | Not | And | Or"


@dataclass(frozen=True, slots=True)
class Implication:
    """A statement: *condition* is sufficient, or necessary, for *outcome*."""

    condition: Expression
    outcome: Expression
    kind: Kind = "sufficient"
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return format_expression(self)


def format_expression(expression: Expression | Implication) -> str:
    """The text of a tree; reading it again gives the same tree.

    Examples
    --------
    >>> format_expression(Or((And((Name("EL"), Not(Name("two words")))), OneOf("BC", (2, 1)))))
    'EL*~"two words" + BC{1,2}'
    """
    match expression:
        case Name(name):
            return quoted(name)
        case Comparison(name, operator, level):
            return f"{quoted(name)}{operator}{level if PLAIN.fullmatch(level) else _marked(level)}"
        case OneOf(name, values):
            return f"{quoted(name)}{{{','.join(map(str, values))}}}"
        case Constant(value):
            return "1" if value else "0"
        case Not(part):
            inner = format_expression(part)
            return f"~({inner})" if isinstance(part, And | Or) else f"~{inner}"
        case And(parts):
            return "*".join(_wrapped(part, And | Or) for part in parts)
        case Or(parts):
            return " + ".join(_wrapped(part, Or) for part in parts)
        case Implication(condition, outcome, kind):
            return f"{format_expression(condition)} {ARROWS[kind]} {format_expression(outcome)}"


def quoted(name: str) -> str:
    """A name as expressions write it: in quotation marks, doubled inside, where it needs them.

    Examples
    --------
    >>> quoted("medium-high"), quoted("two words"), quoted("1")
    ('medium-high', '"two words"', '"1"')
    """
    return name if PLAIN.fullmatch(name) and name not in CONSTANTS else _marked(name)


def atoms(expression: Expression) -> tuple[Atom, ...]:
    """Every name, comparison and ``BC{2}`` in it, from left to right; constants are none.

    Examples
    --------
    >>> [str(atom) for atom in atoms(Or((Not(Name("A")), OneOf("B", (2,)), Name("A"))))]
    ['A', 'B{2}', 'A']
    """
    match expression:
        case Name() | Comparison() | OneOf():
            return (expression,)
        case Constant():
            return ()
        case Not(part):
            return atoms(part)
        case And(parts) | Or(parts):
            return tuple(atom for part in parts for atom in atoms(part))


def conditions_of(expression: Expression) -> tuple[str, ...]:
    """The conditions that an expression names, each once, from left to right."""
    return tuple(dict.fromkeys(atom.name for atom in atoms(expression)))


def conjunction(parts: Iterable[Expression]) -> Expression:
    """All of *parts* together, without nesting and without constants that change nothing.

    Examples
    --------
    >>> str(conjunction([Name("A"), And((Name("B"), Name("C"))), Constant(True)])), str(conjunction([]))
    ('A*B*C', '1')
    """
    return _joined(And, parts, neutral=True)


def disjunction(parts: Iterable[Expression]) -> Expression:
    """At least one of *parts*, without nesting and without constants that change nothing.

    Examples
    --------
    >>> str(disjunction([Name("A"), Or((Name("B"), Name("C"))), Constant(False)])), str(disjunction([]))
    ('A + B + C', '0')
    """
    return _joined(Or, parts, neutral=False)


def _joined(kind: type[And] | type[Or], parts: Iterable[Expression], *, neutral: bool) -> Expression:
    flat: list[Expression] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else (part,)
    if any(isinstance(part, Constant) and part.value is not neutral for part in flat):
        return Constant(not neutral)
    left = tuple(part for part in flat if not isinstance(part, Constant))
    if len(left) > 1:
        return kind(left)
    return left[0] if left else Constant(neutral)


def _is_value(value: object) -> bool:
    return (
        isinstance(value, SupportsIndex)
        and not isinstance(value, bool)
        and 0 <= index(value) <= GREATEST_VALUE
    )


def _marked(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _wrapped(part: Expression, kinds: object) -> str:
    text = format_expression(part)
    return f"({text})" if isinstance(part, kinds) else text  # type: ignore[arg-type]
