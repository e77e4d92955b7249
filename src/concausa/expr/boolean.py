"""Boolean expressions over conditions, read once into a tree that knows its places in the text.

``BQ*~BC + EL>=medium``: ``*`` and, ``+`` or, ``~`` not, parentheses, and comparisons of a condition
with one of its levels. A name with other signs than letters, digits, ``_`` and ``.`` stands in
double quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from concausa.core.errors import ExpressionError

#: Most signs of negation and parentheses that may stand inside each other.
DEPTH = 40

Operator = Literal[">=", "<=", "=", ">", "<"]

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<operator>>=|<=|=|>|<)
      | (?P<sign>[*+~()])
      | "(?P<quoted>[^"]+)"
      | (?P<name>[\w.]+(?:-[\w.]+)*)""",
    re.VERBOSE,
)
_PLAIN = re.compile(r"[\w.]+(?:-[\w.]+)*")


@dataclass(frozen=True, slots=True)
class Name:
    """A condition taken as a set: its membership counts."""

    name: str
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A condition held against one of its levels; crisp, true or false."""

    name: str
    operator: Operator
    level: str
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """What is not *part*."""

    part: Expression


@dataclass(frozen=True, slots=True)
class And:
    """All of *parts* together."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of *parts*."""

    parts: tuple[Expression, ...]


Expression: TypeAlias = "Name | Comparison | Not | And | Or"


def parse(text: str) -> Expression:
    """Read an expression.

    Raises
    ------
    ExpressionError
        If it cannot be read, or if more than ``DEPTH`` negations and parentheses are open at once; the
        message points at the sign that is in the way.

    Examples
    --------
    >>> format_expression(parse("BQ * (EL + ~BC)"))
    'BQ*(EL + ~BC)'
    """
    reader = _Reader(text)
    tree = reader.disjunction()
    if reader.here is not None:
        raise reader.unexpected("the end")
    return tree


def format_expression(expression: Expression) -> str:
    """The text of a tree; reading it again gives the same tree."""
    match expression:
        case Name(name):
            return _quoted(name)
        case Comparison(name, operator, level):
            return f"{_quoted(name)}{operator}{_quoted(level)}"
        case Not(part):
            inner = format_expression(part)
            return f"~({inner})" if isinstance(part, And | Or) else f"~{inner}"
        case And(parts):
            return "*".join(_wrapped(part, And | Or) for part in parts)
        case Or(parts):
            return " + ".join(_wrapped(part, Or) for part in parts)


def atoms(expression: Expression) -> tuple[Name | Comparison, ...]:
    """Every name and comparison in it, from left to right."""
    match expression:
        case Name() | Comparison():
            return (expression,)
        case Not(part):
            return atoms(part)
        case And(parts) | Or(parts):
            return tuple(atom for part in parts for atom in atoms(part))


def truth(
    expression: Expression,
    memberships: Mapping[str, float],
    holds: Callable[[Comparison], bool],
) -> float:
    """Membership in an expression: least of the parts for *and*, greatest for *or*, 1 − m for *not*.

    Parameters
    ----------
    memberships : mapping of str to float in [0, 1]
        One for every condition that stands as a set.
    holds : function
        Decides a comparison; true counts as 1, false as 0.

    References
    ----------
    .. [1] Zadeh (1965), *Information and Control* 8(3), 338-353.
       https://doi.org/10.1016/S0019-9958(65)90241-X
    """
    match expression:
        case Name(name):
            return memberships[name]
        case Comparison():
            return 1.0 if holds(expression) else 0.0
        case Not(part):
            return 1.0 - truth(part, memberships, holds)
        case And(parts):
            return min(truth(part, memberships, holds) for part in parts)
        case Or(parts):
            return max(truth(part, memberships, holds) for part in parts)


def _quoted(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else f'"{name}"'


def _wrapped(part: Expression, kinds: object) -> str:
    text = format_expression(part)
    return f"({text})" if isinstance(part, kinds) else text  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    position: int


class _Reader:
    """Reads one expression by recursive descent."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = self._tokens()
        self.index = 0
        self.depth = 0

    def _tokens(self) -> list[_Token]:
        tokens: list[_Token] = []
        position = 0
        while position < len(self.text):
            match = _TOKEN.match(self.text, position)
            if match is None:
                raise self._error(f"{self.text[position]!r} has no meaning here", position)
            kind = match.lastgroup or ""
            if kind != "space":
                name = "name" if kind == "quoted" else kind
                tokens.append(_Token(name, match[kind], position))
            position = match.end()
        return tokens

    @property
    def here(self) -> _Token | None:
        return self.tokens[self.index] if self.index < len(self.tokens) else None

    def take(self, kind: str, texts: str | None = None) -> _Token | None:
        token = self.here
        if token and token.kind == kind and (texts is None or token.text in texts):
            self.index += 1
            return token
        return None

    def disjunction(self) -> Expression:
        parts = [self.conjunction()]
        while self.take("sign", "+"):
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def conjunction(self) -> Expression:
        parts = [self.negation()]
        while self.take("sign", "*"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def negation(self) -> Expression:
        if self.depth > DEPTH:
            place = self.here.position if self.here else len(self.text)
            raise self._error(
                f"more than {DEPTH} negations and parentheses stand inside each other",
                place,
                fix="take out those that change nothing, or name a part of the expression",
            )
        self.depth += 1
        part = self.signed()
        self.depth -= 1
        return part

    def signed(self) -> Expression:
        if self.take("sign", "~"):
            return Not(self.negation())
        if self.take("sign", "("):
            inner = self.disjunction()
            if not self.take("sign", ")"):
                raise self.unexpected('")"')
            return inner
        return self.atom()

    def atom(self) -> Name | Comparison:
        name = self.take("name")
        if name is None:
            raise self.unexpected("a condition")
        operator = self.take("operator")
        if operator is None:
            return Name(name.text, name.position)
        level = self.take("name")
        if level is None:
            raise self.unexpected(f'a level after "{operator.text}"')
        return Comparison(name.text, operator.text, level.text, name.position)  # type: ignore[arg-type]

    def unexpected(self, wanted: str) -> ExpressionError:
        if self.here is None:
            return self._error(f"expected {wanted}, found the end", len(self.text))
        return self._error(f'expected {wanted}, found "{self.here.text}"', self.here.position)

    def _error(self, what: str, position: int, fix: str = "") -> ExpressionError:
        return ExpressionError(what, where=f"{self.text}\n{' ' * position}^", fix=fix)
