"""The reader of Boolean expressions: from signs with their places to a tree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from concausa.core.errors import ExpressionError
from concausa.expr.tree import (
    CONSTANTS,
    GREATEST_VALUE,
    And,
    Comparison,
    Constant,
    Expression,
    Implication,
    Kind,
    Name,
    Not,
    OneOf,
    Or,
)

#: Most signs of negation and parentheses that may stand inside each other.
DEPTH = 40

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<arrow><=>|<->|=>|->|<-)
      | (?P<operator>>=|<=|=|>|<)
      | (?P<sign>[*&+|~!(){}\[\],])
      | "(?P<quoted>(?:[^"]|"")+)"
      | (?P<name>[\w.]+(?:-[\w.]+)*)""",
    re.VERBOSE,
)
_VALUE = re.compile(r"(?:0|[1-9][0-9]{0,2})(?![0-9])")
_KINDS: dict[str, Kind] = {"=>": "sufficient", "->": "sufficient", "<-": "necessary", "<=": "necessary"}
_CLOSING = {"{": "}", "[": "]"}
_NAMED = ("name", "quoted")
_WORDS = {"and": "*", "or": "+", "not": "~"}
_SPACED = 'put a space on both sides of <= where it means "is necessary for"'


@dataclass(frozen=True, slots=True)
class Token:
    """A sign or word of the text, with its place; ``spaced`` if white space is on both of its sides."""

    kind: str
    text: str
    position: int
    spaced: bool = False


class Reader:
    """Reads one expression, or one statement, by recursive descent."""

    def __init__(self, text: str, *, lower_case_negates: bool = False, statement: bool = False) -> None:
        self.text = text
        self.lower_case_negates = lower_case_negates
        self.in_statement = statement
        self.tokens = self._tokens()
        self.index = 0
        self.depth = 0

    def expression(self) -> Expression:
        """The whole text as an expression."""
        tree = self.disjunction()
        self.end()
        return tree

    def statement(self) -> Implication:
        """The whole text as a statement."""
        condition = self.disjunction()
        arrow = self.here
        if arrow is None or not self.is_arrow(arrow):
            raise self.unexpected('"=>" or "<="', fix=_SPACED if arrow and arrow.text == "<=" else _FORM)
        self._refuse_double(arrow)
        self.index += 1
        outcome = self.disjunction()
        if self.here is not None and self.is_arrow(self.here):
            raise self._error(
                f'a second arrow, "{self.here.text}"',
                self.here.position,
                fix="write one statement at a time; a comparison such as EL<=medium has no spaces in it",
            )
        self.end()
        return Implication(condition, outcome, _KINDS[arrow.text], arrow.position)

    def end(self) -> None:
        """Nothing may follow."""
        if self.here is None:
            return
        if self.here.kind == "arrow":
            raise self._arrow_out_of_place(self.here)
        raise self.unexpected("the end", fix=_STATEMENT if self.here.text == "<=" else "")

    def is_arrow(self, token: Token) -> bool:
        """Whether a token is an arrow; in a statement ``<=`` is one where spaces surround it."""
        return token.kind == "arrow" or (self.in_statement and token.text == "<=" and token.spaced)

    @property
    def here(self) -> Token | None:
        """The next token, if there is one."""
        return self.tokens[self.index] if self.index < len(self.tokens) else None

    def take(self, kind: str, texts: str | None = None) -> Token | None:
        """The next token if it is of this kind, and then it is used up."""
        token = self.here
        if token and token.kind == kind and (texts is None or token.text in texts):
            self.index += 1
            return token
        return None

    def disjunction(self) -> Expression:
        """Conjunctions with ``+`` between them."""
        start = self.place
        parts = [self.conjunction()]
        while self.take("sign", "+|"):
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else Or(tuple(parts), start)

    def conjunction(self) -> Expression:
        """Negations with ``*`` between them."""
        start = self.place
        parts = [self.negation()]
        while self.take("sign", "*&"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else And(tuple(parts), start)

    def negation(self) -> Expression:
        """A signed part, if it does not lie too deep."""
        if self.depth > DEPTH:
            raise self._too_deep(self.place)
        self.depth += 1
        part = self.signed()
        self.depth -= 1
        return part

    def signed(self) -> Expression:
        """``~`` and a part, a part in parentheses, or an atom."""
        sign = self.take("sign", "~!")
        if sign:
            return Not(self.negation(), sign.position)
        if self.take("sign", "("):
            inner = self.disjunction()
            if not self.take("sign", ")"):
                raise self.unexpected('")"')
            return inner
        return self.atom()

    def atom(self) -> Expression:
        """A name, a constant, a comparison, or a name with values."""
        token = self.here
        if token is None or token.kind not in _NAMED:
            raise self.unexpected("a condition")
        self.index += 1
        opening = self.take("sign", "{[")
        if opening:
            return OneOf(self.unsigned(token), self.values(token, opening), token.position)
        if self.here is not None and self.here.kind == "operator" and not self.is_arrow(self.here):
            return self.comparison(token)
        if token.kind == "name" and token.text in CONSTANTS:
            return Constant(CONSTANTS[token.text], token.position)
        return self.name(token)

    def comparison(self, token: Token) -> Comparison:
        """A condition, an operator and a level."""
        operator = self.take("operator")
        assert operator is not None
        level = self.here
        if level is None or level.kind not in _NAMED:
            raise self.unexpected(f'a level after "{operator.text}"')
        self.index += 1
        return Comparison(self.unsigned(token), operator.text, level.text, token.position)  # type: ignore[arg-type]

    def values(self, token: Token, opening: Token) -> tuple[int, ...]:
        """The values between braces or brackets."""
        found: list[int] = []
        closing = _CLOSING[opening.text]
        while True:
            value = self.take("name")
            if value is None:
                raise self.unexpected(f"a value of {token.text}")
            if not _VALUE.fullmatch(value.text):
                what = f'a value is a whole number from 0 to {GREATEST_VALUE}, found "{value.text}"'
                raise self._error(what, value.position)
            if int(value.text) in found:
                raise self._error(
                    f"the value {value.text} stands twice", value.position, fix="take one of them out"
                )
            found.append(int(value.text))
            if self.take("sign", closing):
                return tuple(sorted(found))
            if not self.take("sign", ","):
                raise self.unexpected(f'"," or "{closing}"')

    def name(self, token: Token) -> Expression:
        """A condition, negated by its lower case where that was asked for."""
        if not self.lower_case_negates or self._case(token) == "upper":
            return Name(token.text, token.position)
        if self.depth > DEPTH:
            raise self._too_deep(token.position)
        return Not(Name(token.text.upper(), token.position), token.position)

    def unsigned(self, token: Token) -> str:
        """A condition before a level or values, which lower case cannot negate."""
        if self.lower_case_negates and self._case(token) == "lower":
            raise self._error(
                f'lower case cannot negate "{token.text}" before values or a level',
                token.position,
                fix="write ~ before it, and the name in upper case",
            )
        return token.text

    def _case(self, token: Token) -> str:
        upper, lower = token.text.upper(), token.text.lower()
        if upper == lower:
            raise self._error(
                f'"{token.text}" has no lower case to negate it',
                token.position,
                fix="write ~ for not, without lower_case_negates",
            )
        if token.text == upper:
            return "upper"
        if token.text == lower and upper.lower() == lower:
            return "lower"
        raise self._error(
            f'"{token.text}" has letters of both cases, so its case cannot say whether it is negated',
            token.position,
            fix="write it in one case, or write ~ for not, without lower_case_negates",
        )

    @property
    def place(self) -> int:
        """Where the next token stands."""
        return self.here.position if self.here else len(self.text)

    def unexpected(self, wanted: str, fix: str = "") -> ExpressionError:
        """What is said when something else stands where *wanted* should."""
        fix = self._sign_for_word() or fix or self._sign_between()
        if self.here is None:
            return self._error(f"expected {wanted}, found the end", len(self.text), fix=fix)
        if self.here.kind == "arrow" and not self.in_statement:
            return self._arrow_out_of_place(self.here)
        return self._error(f'expected {wanted}, found "{self.here.text}"', self.here.position, fix=fix)

    def _sign_for_word(self) -> str:
        """What to write for *and*, *or* or *not*, where one of these words is in the way."""
        around = (self.here, self.tokens[self.index - 1] if self.index else None)
        for word in (token.text for token in around if token and token.kind == "name"):
            if sign := _WORDS.get(word.lower()):
                return f"write {sign} for {word.lower()}"
        return ""

    def _sign_between(self) -> str:
        """What to write between two conditions that nothing joins."""
        if self.index == 0 or self.here is None or self.here.kind not in _NAMED:
            return ""
        before = self.tokens[self.index - 1]
        joins = before.kind in _NAMED or before.text in (")", "}", "]")
        return "write * for and, + for or between two conditions" if joins else ""

    def _tokens(self) -> list[Token]:
        tokens: list[Token] = []
        position = 0
        while position < len(self.text):
            match = _TOKEN.match(self.text, position)
            if match is None:
                raise self._meaningless(position, tokens[-1].text if tokens else "")
            kind = match.lastgroup or ""
            if kind != "space":
                word = match[kind].replace('""', '"') if kind == "quoted" else match[kind]
                around = self.text[position - 1 : position] + self.text[match.end() : match.end() + 1]
                tokens.append(Token(kind, word, position, len(around) == 2 and around.isspace()))
            position = match.end()
        return tokens

    def _meaningless(self, position: int, before: str) -> ExpressionError:
        sign = self.text[position]
        if sign == '"':
            return self._error("a quoted name is empty or does not end", position, fix='write it as "name"')
        if before in ("{", "[", ","):
            what = f'a value is a whole number from 0 to {GREATEST_VALUE}, found "{sign}"'
            return self._error(what, position)
        fix = "" if sign.isascii() else "a name with such a sign stands in double quotes"
        return self._error(f"{sign!r} has no meaning here", position, fix=fix)

    def _arrow_out_of_place(self, arrow: Token) -> ExpressionError:
        fix = 'write >= for "at least"; ' if arrow.text == "=>" else ""
        return self._error(
            f'an expression holds no arrow, found "{arrow.text}"', arrow.position, fix=fix + _STATEMENT
        )

    def _refuse_double(self, arrow: Token) -> None:
        if arrow.text not in _KINDS:
            raise self._error(
                f'"{arrow.text}" says two things at once',
                arrow.position,
                fix="write two statements, one with => and one with <=",
            )

    def _too_deep(self, position: int) -> ExpressionError:
        return self._error(
            f"more than {DEPTH} negations and parentheses stand inside each other",
            position,
            fix="take out those that change nothing, or name a part of the expression",
        )

    def _error(self, what: str, position: int, fix: str = "") -> ExpressionError:
        start = self.text.rfind("\n", 0, position) + 1
        line = self.text[start:].partition("\n")[0]
        before = "".join("\t" if sign == "\t" else " " for sign in self.text[start:position])
        return ExpressionError(what, where=f"{line}\n{before}^", fix=fix)


_FORM = "write CONDITION => OUTCOME (is sufficient for) or CONDITION <= OUTCOME (is necessary for)"
_STATEMENT = "a statement with an arrow is read by parse_statement"
