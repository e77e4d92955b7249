"""Formulas: arithmetic over facts and series, read into a tree; shown again, it is the same formula.

::

    nl_funds_2005_2009 / it_units[NL, 2009]
    (nl_usd_per_firm_2004 / pue_usd_per_firm_2004) - 1
    mean(fx[2004/2009]) < 11.3 {MXN/USD}
    election[V-NL-2003].winner_share - election[V-NL-2003].runner_up_share

A *name* is a fact. A *look-up* ``name[key, key]`` asks a series or a built-in for values, ``.part``
picks one part of what it found. A number may carry its unit in braces. Operators, from loose to tight:
one comparison (``<  <=  =  >=  >``), then ``+ -``, then ``* /``, then the minus sign. The grammar is our
own: nothing is ever handed to the host language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from concausa.core.errors import FormulaError

FUNCTIONS = ("sum", "mean", "min", "max", "abs")
COMPARISONS = ("<=", ">=", "<", ">", "=")
#: Look-ups that every study has, beside its own series, with their number of keys.
LOOKUPS: Mapping[str, int] = {
    "election": 1,
    "years": 1,
    "lasted": 1,
    "aligned": 2,
    "real": 3,
    "real_even": 3,
    "converted": 2,
    "converted_even": 2,
}
#: What may be asked of an election: ``election[V-NL-2003].margin``.
ELECTION_PARTS = ("winner_share", "runner_up_share", "margin", "year")

#: Most parts that a formula may have, and most parentheses that may be open at once.
LENGTH, DEPTH = 300, 40

Operator = Literal["+", "-", "*", "/", "<", "<=", "=", ">=", ">"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the formula, with its unit; it is exact."""

    value: Decimal
    unit: str = ""
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A fact."""

    id: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Values of a series or built-in: ``it_units[NL, 2009]``, ``election[V-NL-2003].winner_share``."""

    name: str
    keys: tuple[str, ...]
    part: str = ""
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of one or more formulas."""

    function: str
    arguments: tuple[Formula, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Minus:
    """The negative of a formula."""

    inner: Formula
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Operation:
    """Two formulas joined by an operator or comparison."""

    operator: Operator
    left: Formula
    right: Formula
    at: int = field(default=0, compare=False)


Formula = Number | Name | Lookup | Call | Minus | Operation


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Literal["number", "name", "unit", "keys", "part", "mark", "end"]
    text: str
    at: int


_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[^\W\d]\w*)|\{(?P<unit>[^{}\[\]]*)\}|\[(?P<keys>[^\[\]{}]*)\]"
    r"|\.(?P<part>[^\W\d]\w*)|(?P<mark><=|>=|[-+*/(),<>=]))"
)


def parse(text: str) -> Formula:
    """Read a formula.

    Raises
    ------
    FormulaError
        If it cannot be read; a caret points at the place.

    Examples
    --------
    >>> show(parse("a/(b+ 2 {firm})"))
    'a / (b + 2 {firm})'
    """
    tokens = tuple(_tokens(text))
    if len(tokens) > LENGTH:
        raise caret(text, 0, f"the formula has more than {LENGTH} parts", fix="split it into several checks")
    reader = _Reader(text, tokens)
    tree = reader.comparison()
    if reader.next.kind != "end":
        raise reader.error(f'expected an operator, found "{reader.next.text}"')
    return tree


def show(formula: Formula) -> str:
    """The formula as text, with no more parentheses than it needs; ``parse`` gives it back."""
    match formula:
        case Number(value, unit):
            return f"{value:f} {{{unit}}}" if unit else f"{value:f}"
        case Name(id):
            return id
        case Lookup(name, keys, part):
            return f"{name}[{', '.join(keys)}]" + (f".{part}" if part else "")
        case Call(function, arguments):
            return f"{function}({', '.join(show(argument) for argument in arguments)})"
        case Minus(inner):
            return f"-{_inside(inner, 3)}"
        case Operation(operator, left, right):
            level = _LEVEL[operator]
            return f"{_inside(left, level + (level == 0))} {operator} {_inside(right, level + 1)}"


def walk(formula: Formula) -> Iterator[Formula]:
    """The formula and all its parts, from the left."""
    yield formula
    match formula:
        case Call(_, arguments):
            for argument in arguments:
                yield from walk(argument)
        case Minus(inner):
            yield from walk(inner)
        case Operation(_, left, right):
            yield from walk(left)
            yield from walk(right)


def caret(text: str, at: int, what: str, *, fix: str = "") -> FormulaError:
    """The error *what* at place *at* of a formula, with the formula and a caret below that place."""
    return FormulaError(what, where=f"{text}\n{' ' * at}^", fix=fix)


_LEVEL: dict[str, int] = {**dict.fromkeys(COMPARISONS, 0), "+": 1, "-": 1, "*": 2, "/": 2}


def _inside(formula: Formula, level: int) -> str:
    own = 3
    if isinstance(formula, Operation):
        own = _LEVEL[formula.operator]
    return f"({show(formula)})" if own < level else show(formula)


def _tokens(text: str) -> Iterator[_Token]:
    place, end = 0, len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if not match or not match.lastgroup:
            start = place + len(text[place:]) - len(text[place:].lstrip())
            raise caret(
                text, start, f'"{text[start]}" has no meaning here', fix=_CLOSERS.get(text[start], "")
            )
        kind = match.lastgroup
        start = match.start(kind) - (kind in ("unit", "keys", "part"))
        yield _Token(kind, match[kind], start)  # type: ignore[arg-type]
        place = match.end()
    yield _Token("end", "the end", end)


_CLOSERS = {
    "[": "a look-up ends with ]",
    "{": "a unit ends with }",
    "^": "write x * x for a square",
    "%": "write the unit in braces: 25 {percent}",
    "$": "write the unit in braces: 25 {USD}",
}


@dataclass(slots=True)
class _Reader:
    text: str
    tokens: tuple[_Token, ...]
    place: int = 0
    depth: int = 0

    @property
    def next(self) -> _Token:
        return self.tokens[self.place]

    def take(self) -> _Token:
        token = self.next
        self.place += 1
        return token

    def takes(self, *marks: str) -> _Token | None:
        return self.take() if self.next.kind == "mark" and self.next.text in marks else None

    def error(self, what: str, fix: str = "") -> FormulaError:
        return caret(self.text, self.next.at, what, fix=fix)

    def comparison(self) -> Formula:
        left = self.chain(("+", "-"), ("*", "/"))
        if mark := self.takes(*COMPARISONS):
            right = self.chain(("+", "-"), ("*", "/"))
            left = Operation(mark.text, left, right, mark.at)  # type: ignore[arg-type]
            if self.next.kind == "mark" and self.next.text in COMPARISONS:
                raise self.error("a formula holds one comparison at most", "write two checks")
        return left

    def chain(self, marks: tuple[str, ...], *tighter: tuple[str, ...]) -> Formula:
        left = self.chain(*tighter) if tighter else self.signed()
        while mark := self.takes(*marks):
            right = self.chain(*tighter) if tighter else self.signed()
            left = Operation(mark.text, left, right, mark.at)  # type: ignore[arg-type]
        return left

    def signed(self) -> Formula:
        if self.depth == DEPTH:
            raise self.error(
                f"more than {DEPTH} parts stand inside each other", "split it into several checks"
            )
        self.depth += 1
        mark = self.takes("-")
        inner = Minus(self.signed(), mark.at) if mark else self.single()
        self.depth -= 1
        return inner

    def single(self) -> Formula:
        token = self.next
        if token.kind == "number":
            if len(token.text) > DEPTH:
                raise self.error(f"a number has more than {DEPTH} digits", "look for a slip in it")
            self.take()
            unit = self.take().text.strip() if self.next.kind == "unit" else ""
            return Number(Decimal(token.text), unit, token.at)
        if token.kind == "name":
            self.take()
            return self.named(token)
        if self.takes("("):
            inner = self.chain(("+", "-"), ("*", "/"))
            self.close(token)
            return inner
        raise self.error(f'expected a number, fact or "(", found "{_spelt(token)}"')

    def named(self, name: _Token) -> Formula:
        if self.next.kind == "keys":
            keys = tuple(key.strip() for key in self.take().text.split(","))
            if not all(keys):
                raise caret(self.text, name.at, f"the look-up {name.text}[…] has an empty key")
            part = self.part()
            return Lookup(name.text, keys, part, name.at)
        if opening := self.takes("("):
            if name.text not in FUNCTIONS:
                raise caret(
                    self.text,
                    name.at,
                    f"there is no function {name.text}",
                    fix=f"functions are {', '.join(FUNCTIONS)}",
                )
            arguments = [self.chain(("+", "-"), ("*", "/"))]
            while self.takes(","):
                arguments.append(self.chain(("+", "-"), ("*", "/")))
            self.close(opening)
            return Call(name.text, tuple(arguments), name.at)
        return Name(name.text, name.at)

    def part(self) -> str:
        return self.take().text if self.next.kind == "part" else ""

    def close(self, opening: _Token) -> None:
        if not self.takes(")"):
            if self.next.kind == "end":
                raise caret(self.text, opening.at, 'this "(" is never closed')
            raise self.error(f'expected ")" or an operator, found "{_spelt(self.next)}"')


def _spelt(token: _Token) -> str:
    around = {"unit": f"{{{token.text}}}", "keys": f"[{token.text}]", "part": f".{token.text}"}
    return around.get(token.kind, token.text)
