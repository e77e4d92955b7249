"""The reader of counterfactual statements: from signs with their places to a tree."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from concausa.core.errors import ExpressionError
from concausa.expr.counterfactual_tree import (
    COMPARISONS,
    Amount,
    Both,
    Compared,
    Constant,
    Either,
    Not,
    Outcome,
    Setting,
    Sign,
    Statement,
    Total,
)

#: Most signs of negation, brackets and parentheses that may stand inside each other.
DEPTH = 40

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<sign>==|!=|<=|>=|&&|\|\||[=<>&|!~()\[\],+-])
      | (?P<number>[0-9]+)(?![\w.])
      | "(?P<quoted>(?:[^"]|"")+)"
      | (?P<name>[\w.]+)""",
    re.VERBOSE,
)
_WORDS = {"and": "&", "or": "|", "not": "!"}
_SAME = {"=": "==", "&&": "&", "||": "|", "~": "!"}
_FORM = "write it as S[EL=1] > S[EL=0], or as EL==1 & S==1"


def read_statement(text: str) -> Statement:
    """A statement that is true or false, such as ``S[EL=1] > S[EL=0] & BC==1``.

    Signs are ``==`` (or ``=``), ``!=``, ``<``, ``<=``, ``>``, ``>=``, ``&``, ``|``, ``!``, or the words *and*,
    *or*, *not*. A name with other signs in it stands in double quotation marks.

    Raises
    ------
    ExpressionError
        If it cannot be read; the place is pointed at.

    Examples
    --------
    >>> read_statement("X==1").sign
    '=='
    """
    return _Reader(text).whole_statement()


def read_amount_or_statement(text: str) -> Amount | Statement:
    """A statement, or an amount such as ``Y[X=1] - Y[X=0]``."""
    return _Reader(text).whole()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    position: int
    written: str


class _Reader:
    """Reads one text by recursive descent."""

    def __init__(self, text: str) -> None:
        self.text = re.sub(r"\s", " ", text)
        self.tokens = self._tokens()
        self.index = 0
        self.depth = 0

    def whole(self) -> Amount | Statement:
        tree = self.either()
        if self.here is not None:
            raise self.unexpected("a comparison, & or | or the end")
        return tree

    def whole_statement(self) -> Statement:
        return self.must_be_true_or_false(self.whole())

    @property
    def here(self) -> _Token | None:
        return self.tokens[self.index] if self.index < len(self.tokens) else None

    @property
    def place(self) -> int:
        return self.here.position if self.here else len(self.text.rstrip())

    def take(self, *texts: str) -> _Token | None:
        token = self.here
        if token and token.kind == "sign" and token.text in texts:
            self.index += 1
            return token
        return None

    def either(self) -> Amount | Statement:
        return self.series(self.both, "|", Either)

    def both(self) -> Amount | Statement:
        return self.series(self.denied, "&", Both)

    def series(
        self, part: Callable[[], Amount | Statement], sign: str, whole: type[Both] | type[Either]
    ) -> Amount | Statement:
        start, first = self.place, part()
        parts = [first]
        while self.take(sign):
            parts.append(part())
        if len(parts) == 1:
            return first
        return whole(tuple(self.must_be_true_or_false(one) for one in parts), start)

    def denied(self) -> Amount | Statement:
        start = self.place
        if not self.take("!"):
            return self.compared()
        self.deeper(start)
        part = self.must_be_true_or_false(self.denied())
        self.depth -= 1
        return Not(part, start)

    def compared(self) -> Amount | Statement:
        start = self.place
        left = self.total()
        sign = self.take(*COMPARISONS)
        if sign is None:
            return left
        right = self.total()
        if self.here is not None and self.here.text in COMPARISONS and self.here.kind == "sign":
            raise self.error("one comparison at a time", self.place, "join two comparisons with &")
        return Compared(
            self.must_be_an_amount(left), cast("Sign", sign.text), self.must_be_an_amount(right), start
        )

    def total(self) -> Amount | Statement:
        start = self.place
        factor = -1 if self.take("-") else 1
        first = self.part()
        if factor == 1 and not (self.here and self.here.kind == "sign" and self.here.text in ("+", "-")):
            return first
        parts = [(factor, self.must_be_an_outcome(first))]
        while sign := self.take("+", "-"):
            factor = 1 if sign.text == "+" else -1
            parts.append((factor, self.must_be_an_outcome(self.part())))
        return Total(tuple(parts), start)

    def part(self) -> Amount | Statement:
        token = self.here
        if token is None or (token.kind == "sign" and token.text != "("):
            raise self.unexpected("a node or a number")
        self.index += 1
        if token.kind == "sign":
            self.deeper(token.position)
            inner = self.either()
            if not self.take(")"):
                raise self.unexpected('")"')
            self.depth -= 1
            return inner
        if token.kind == "number":
            return Constant(int(token.text), token.position)
        return Outcome(token.text, self.settings(), token.position)

    def settings(self) -> tuple[Setting, ...]:
        start = self.place
        if not self.take("["):
            return ()
        self.deeper(start)
        found: list[Setting] = []
        while True:
            node = self.here
            if node is None or node.kind not in ("name", "quoted"):
                raise self.unexpected("a node that is set, such as EL=1")
            self.index += 1
            if not self.take("=="):
                raise self.unexpected('"="')
            if node.text in [one.node for one in found]:
                raise self.error(f'"{node.text}" is set twice', node.position, "set each node once")
            value = self.must_be_an_outcome(self.part())
            found.append(Setting(node.text, value, node.position))
            if self.take("]"):
                self.depth -= 1
                return tuple(found)
            if not self.take(","):
                raise self.unexpected('"," or "]"')

    def must_be_true_or_false(self, tree: Amount | Statement) -> Statement:
        if isinstance(tree, (Constant, Outcome, Total)):
            raise self.error(
                "an amount stands where something true or false belongs",
                tree.position,
                "compare it, such as EL==1",
            )
        return tree

    def must_be_an_amount(self, tree: Amount | Statement) -> Amount:
        if not isinstance(tree, (Constant, Outcome, Total)):
            raise self.error("a statement stands where an amount belongs", tree.position, _FORM)
        return tree

    def must_be_an_outcome(self, tree: Amount | Statement) -> Constant | Outcome:
        if not isinstance(tree, (Constant, Outcome)):
            raise self.error("expected a node or a number", tree.position, _FORM)
        return tree

    def deeper(self, position: int) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            raise self.error(f"more than {DEPTH} signs inside each other", position, "write it flatter")

    def unexpected(self, wanted: str) -> ExpressionError:
        found = f', found "{self.here.written}"' if self.here else ", found the end"
        return self.error(f"expected {wanted}{found}", self.place, _FORM)

    def error(self, what: str, position: int, fix: str) -> ExpressionError:
        return ExpressionError(what, where=f"{self.text}\n{' ' * position}^", fix=fix)

    def _tokens(self) -> list[_Token]:
        found: list[_Token] = []
        place = 0
        while place < len(self.text):
            match = _TOKEN.match(self.text, place)
            if match is None:
                raise self.error(f'the sign "{self.text[place]}" has no meaning here', place, _FORM)
            kind = str(match.lastgroup)
            text = match[kind]
            written = text
            if kind == "quoted":
                text = text.replace('""', '"')
            elif kind == "name" and text in _WORDS:
                kind, text = "sign", _WORDS[text]
            elif kind == "sign":
                text = _SAME.get(text, text)
            if kind != "space":
                found.append(_Token(kind, text, place, written))
            place = match.end()
        return found
