"""A wording: which conditions some expressions speak of, and the way from trees to sums and back.

A name is a condition with the values 0 and 1; ``BC{2}`` a condition with as many values as are declared.
A comparison with a level is a condition of its own: ``EL>=medium`` and ``EL<medium`` are each other's
negation, but how ``EL>=medium`` and ``EL>=high`` stand to each other is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial, reduce

from concausa.core.errors import ExpressionError, OptionError
from concausa.expr.sums import Box, Sum, absorbed, product
from concausa.expr.tree import (
    And,
    Atom,
    Comparison,
    Constant,
    Expression,
    Name,
    Not,
    OneOf,
    Operator,
    Or,
    atoms,
    conjunction,
    disjunction,
)

#: Most values that a condition may be declared to have.
MOST = 64

_OPPOSITE: dict[Operator, Operator] = {">=": "<", "<": ">=", "<=": ">", ">": "<="}


def opposite(comparison: Comparison) -> Expression:
    """What a comparison leaves.

    Examples
    --------
    >>> str(opposite(Comparison("EL", ">=", "medium"))), str(opposite(Comparison("EL", "=", "low")))
    ('EL<medium', '~EL=low')
    """
    if comparison.operator == "=":
        return Not(comparison)
    operator = _OPPOSITE[comparison.operator]
    return Comparison(comparison.name, operator, comparison.level, comparison.position)


@dataclass(frozen=True, slots=True)
class Subject:
    """A condition, or a comparison of one with a level; written in braces where a text does so."""

    name: str
    comparison: Comparison | None = None
    in_braces: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Wording:
    """What some expressions speak of.

    Parameters
    ----------
    subjects : tuple of Subject
        In the order in which they appear.
    box : Box
        Their values; a comparison has two, 1 where it holds.
    """

    subjects: tuple[Subject, ...]
    box: Box

    @property
    def is_tangled(self) -> bool:
        """Whether a condition appears in several ways whose relation is not known."""
        return len({subject.name for subject in self.subjects}) < len(self.subjects)

    def sum(self, expression: Expression, *, holds: bool = True) -> Sum:
        """An expression, or its negation, as a sum without conjunctions that another one holds."""
        match expression:
            case Constant(value):
                return (self.box.full,) if value is holds else ()
            case Not(part):
                return self.sum(part, holds=not holds)
            case And(parts) | Or(parts):
                sums = [self.sum(part, holds=holds) for part in parts]
                if isinstance(expression, And) is not holds:
                    return absorbed(one for some in sums for one in some)
                return reduce(partial(product, self.box), sums)
            case Name() | OneOf() | Comparison():
                place = self.subjects.index(_subject(expression))
                values = _values(expression)
                if not holds:
                    values = tuple(value for value in range(self.box.levels[place]) if value not in values)
                return (self.box.literal(place, values),) if values else ()

    def tree(self, conjunctions: Iterable[int]) -> Expression:
        """A sum as an expression, in its order."""
        return disjunction(conjunction(self.literals(one)) for one in conjunctions)

    def literals(self, one: int) -> tuple[Expression, ...]:
        """What a conjunction asks for, condition by condition."""
        found: list[Expression] = []
        for place, (subject, bits) in enumerate(zip(self.subjects, self.box.fields, strict=True)):
            if one & bits != bits:
                found.append(_literal(subject, self.box.values(one, place)))
        return tuple(found)

    def order(self, one: int) -> tuple[tuple[int, ...], ...]:
        """Sorts conjunctions: by the first condition that only one asks for; greater values first."""
        return tuple(
            tuple(-value for value in self.box.values(one, place)) if one & bits != bits else (1,)
            for place, bits in enumerate(self.box.fields)
        )

    def length(self, one: int) -> int:
        """How many conditions a conjunction asks for."""
        return sum(one & bits != bits for bits in self.box.fields)


def wording(expressions: Iterable[Expression], values: Mapping[str, int] | None = None) -> Wording:
    """What some expressions speak of.

    Parameters
    ----------
    values : mapping of str to int
        How many values a condition has: 3 for 0, 1 and 2. Two where nothing is said.

    Raises
    ------
    ExpressionError
        If an expression asks for a value that its condition does not have, or takes a condition of
        three values or more as a set.
    OptionError
        If a number of values is not a whole number from 1 to 64.
    """
    declared = dict(values or {})
    for name, number in declared.items():
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= MOST:
            raise OptionError(
                f"{name!r} cannot have {number!r} values",
                where="values",
                fix=f"say how many it has, from 1 to {MOST}: 3 for the values 0, 1 and 2",
            )
    levels: dict[Subject, int] = {}
    in_braces: set[str] = set()
    for expression in expressions:
        for atom in atoms(expression):
            number = 2 if isinstance(atom, Comparison) else declared.get(atom.name, 2)
            _check(atom, number, expression)
            levels.setdefault(_subject(atom), number)
            if isinstance(atom, OneOf):
                in_braces.add(atom.name)
    subjects = tuple(replace(one, in_braces=one.name in in_braces) for one in levels)
    return Wording(subjects, Box(tuple(levels.values())))


def _subject(atom: Atom) -> Subject:
    match atom:
        case Comparison(name, ">=" | "<", level):
            return Subject(name, Comparison(name, ">=", level))
        case Comparison(name, "<=" | ">", level):
            return Subject(name, Comparison(name, "<=", level))
        case Comparison(name, _, level):
            return Subject(name, Comparison(name, "=", level))
    return Subject(atom.name)


def _values(atom: Atom) -> tuple[int, ...]:
    match atom:
        case OneOf(_, values):
            return values
        case Comparison(_, "<" | ">"):
            return (0,)
    return (1,)


def _literal(subject: Subject, values: tuple[int, ...]) -> Expression:
    if subject.comparison is not None:
        return subject.comparison if values == (1,) else opposite(subject.comparison)
    if subject.in_braces:
        return OneOf(subject.name, values)
    return Name(subject.name) if values == (1,) else Not(Name(subject.name))


def _check(atom: Atom, number: int, expression: Expression) -> None:
    if isinstance(atom, Name) and number != 2:
        raise ExpressionError(
            f"{atom.name} has {number} values, so it is no set",
            where=str(expression),
            fix=f"say which values: {OneOf(atom.name, (number - 1,))}",
        )
    if isinstance(atom, OneOf) and atom.values[-1] >= number:
        raise ExpressionError(
            f"{atom.name} has no value {atom.values[-1]}, only 0 to {number - 1}",
            where=str(expression),
            fix=f"declare its values: values={{{atom.name!r}: {atom.values[-1] + 1}}}, or more",
        )
