"""The tree of a sentence about cells, cases, events, numbers and checks: its nouns, and their text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from concausa.core.date import Date
from concausa.expr.tree import Expression, format_expression

LevelOperator = Literal["<", "<=", "=", ">=", ">", "!="]
NumberOperator = Literal["<", "<=", "=", ">=", ">", "!="]
OPERATORS: tuple[LevelOperator, ...] = ("<=", ">=", "!=", "<", ">", "=")

#: What a sentence may say of two times, words of two before words of one. The thirteen of Allen (1983),
#: https://doi.org/10.1145/182.358434, and two that cover several of them.
ORDER_WORDS = (
    "met by",
    "overlapped by",
    "started by",
    "finished by",
    "not after",
    "before",
    "after",
    "meets",
    "overlaps",
    "starts",
    "during",
    "contains",
    "finishes",
    "equals",
    "within",
)
#: Words that are no names unless they are quoted.
RESERVED = frozenset(
    ("and", "or", "not", "in", "number", "check", "period", "event", *" ".join(ORDER_WORDS).split())
)
#: A name that needs no quotation marks.
PLAIN = re.compile(r"[\w:/.-]+")


@dataclass(frozen=True, slots=True)
class CellRef:
    """The level of a condition in a case: ``NL-1.BC``."""

    case: str
    condition: str
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"{_name(self.case)}.{_name(self.condition, dots=False)}"


@dataclass(frozen=True, slots=True)
class GroupRef:
    """The levels of a condition in every case of a set: ``[BQ*BC].Y``."""

    group: Expression
    condition: str
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"[{format_expression(self.group)}].{_name(self.condition, dots=False)}"


@dataclass(frozen=True, slots=True)
class EventRef:
    """The date of an event."""

    id: str
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        plain = PLAIN.fullmatch(self.id) and self.id not in RESERVED
        return self.id if plain else f"event {_quoted(self.id)}"


@dataclass(frozen=True, slots=True)
class DateRef:
    """A date that the sentence itself gives: ``"2003-05"``."""

    date: Date
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return _quoted(self.date.text)


@dataclass(frozen=True, slots=True)
class PeriodRef:
    """A period of the study: ``period 1``."""

    id: str
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"period {_name(self.id)}"


@dataclass(frozen=True, slots=True)
class LevelClause:
    """Two levels compared: ``NL-1.BC < NL-2.BC``, ``PUE-1.BC = low``, ``[BQ*BC].Y > [BQ*~BC].Y``.

    Parameters
    ----------
    right : CellRef, GroupRef or str
        A str is a level. With a group, every case in it is meant, against every one of the other side.
    """

    left: CellRef | GroupRef
    operator: LevelOperator
    right: CellRef | GroupRef | str
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        right = _name(self.right, dots=False) if isinstance(self.right, str) else self.right
        return f"{self.left} {self.operator} {right}"


@dataclass(frozen=True, slots=True)
class MemberClause:
    """A case is in a set: ``NL-1 in synergistic``, ``PUE-1 in [BQ*~BC]``.

    Parameters
    ----------
    group : Expression or str
        A str is the id of a pattern.
    """

    case: str
    group: Expression | str
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        group = _name(self.group) if isinstance(self.group, str) else f"[{format_expression(self.group)}]"
        return f"{_name(self.case)} in {group}"


@dataclass(frozen=True, slots=True)
class OrderClause:
    """Two times lie to each other as *relation* says: ``E1 before E2``, ``E1 within period 1``.

    Parameters
    ----------
    relation : str
        One of ``ORDER_WORDS``.
    """

    first: Time
    relation: str
    second: Time
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"{self.first} {self.relation} {self.second}"


@dataclass(frozen=True, slots=True)
class NumberClause:
    """Two numbers compared: ``number(nl_funds / nl_firms) > number(3 * pue_ratio)``.

    Parameters
    ----------
    left, right : str
        Formulas as ``concausa.expr.formula`` writes them; without a comparison in them.
    """

    left: str
    operator: NumberOperator
    right: str
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"number({self.left}) {self.operator} number({self.right})"


@dataclass(frozen=True, slots=True)
class CheckClause:
    """A check gives its printed number, or within its rounding: ``check N012``."""

    id: str
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"check {_name(self.id)}"


@dataclass(frozen=True, slots=True)
class Denied:
    """What is not so: ``not``."""

    part: Sentence
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"not {_wrapped(self.part, AllOf | AnyOf)}"


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of *parts* are so: ``and``; two or more."""

    parts: tuple[Sentence, ...]
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return " and ".join(_wrapped(part, AllOf | AnyOf) for part in self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of *parts* is so: ``or``; two or more."""

    parts: tuple[Sentence, ...]
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return " or ".join(_wrapped(part, AnyOf) for part in self.parts)


Time: TypeAlias = "EventRef | DateRef | PeriodRef"
Clause: TypeAlias = "LevelClause | MemberClause | OrderClause | NumberClause | CheckClause"
Sentence: TypeAlias = (
    "LevelClause | MemberClause | OrderClause | NumberClause | CheckClause | Denied | AllOf | AnyOf"
)


def clauses_of(sentence: Sentence) -> tuple[Clause, ...]:
    """Every clause of a sentence, from left to right."""
    match sentence:
        case Denied(part):
            return clauses_of(part)
        case AllOf(parts) | AnyOf(parts):
            return tuple(clause for part in parts for clause in clauses_of(part))
        case _:
            return (sentence,)


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _name(text: str, *, dots: bool = True) -> str:
    plain = PLAIN.fullmatch(text) and text not in RESERVED and (dots or "." not in text)
    return text if plain else _quoted(text)


def _wrapped(part: Sentence, kinds: object) -> str:
    return f"({part})" if isinstance(part, kinds) else str(part)  # type: ignore[arg-type]
