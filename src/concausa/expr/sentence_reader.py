"""The reader of sentences: from words with their places to a tree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from concausa.core.date import Date
from concausa.core.errors import ConcausaError, DateError, ExpressionError, FormulaError
from concausa.core.nearest import nearest
from concausa.expr import boolean, formula
from concausa.expr.sentence_tree import (
    OPERATORS,
    ORDER_WORDS,
    RESERVED,
    AllOf,
    AnyOf,
    CellRef,
    CheckClause,
    DateRef,
    Denied,
    EventRef,
    GroupRef,
    LevelClause,
    MemberClause,
    NumberClause,
    OrderClause,
    PeriodRef,
    Sentence,
    Time,
)
from concausa.expr.tree import Expression

#: Most words ``not`` and parentheses that may stand inside each other, and most clauses.
DEPTH, LENGTH = 40, 300

_PIECE = re.compile(r'"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>[\w:/.-]+)')
_OPERATOR = re.compile("|".join(map(re.escape, OPERATORS)))
_BRACKETED = re.compile(r'"(?:[^"]|"")*"|[\[\]]')
_FORMULA_PART = re.compile(r"\[[^\[\]]*\]|\{[^{}]*\}|[()]")
_CLAUSES = "such as NL-1.BC < NL-2.BC, NL-1 in synergistic, E1 before E2, number(a) > number(b) or check N01"


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, sign, name, ``[expression]`` or formula, with its place.

    Parameters
    ----------
    pieces : tuple of (str, bool)
        Of a name: its parts that stand against each other, and whether each was quoted.
    """

    kind: Literal["word", "name", "sign", "group", "formula"]
    text: str
    position: int
    end: int
    pieces: tuple[tuple[str, bool], ...] = ()

    @property
    def is_quoted(self) -> bool:
        """Whether the whole name stands in quotation marks."""
        return len(self.pieces) == 1 and self.pieces[0][1]

    @property
    def halves(self) -> tuple[str, str] | None:
        """What stands before and after the last full stop that is not quoted; None without one."""
        for at in range(len(self.pieces) - 1, -1, -1):
            text, quoted = self.pieces[at]
            if not quoted and "." in text:
                left, _, right = text.rpartition(".")
                before = "".join(piece for piece, _ in self.pieces[:at]) + left
                return before, right + "".join(piece for piece, _ in self.pieces[at + 1 :])
        return None


class SentenceReader:
    """Reads one sentence by recursive descent."""

    def __init__(self, text: str) -> None:
        self.text = re.sub(r"\s", " ", text)
        self.tokens = self._tokens()
        self.index = 0
        self.depth = 0
        self.clauses = 0

    def sentence(self) -> Sentence:
        """The whole text as a sentence."""
        tree = self.any_of()
        if self.here is not None:
            raise self.unexpected('"and", "or" or the end')
        return tree

    @property
    def here(self) -> _Token | None:
        """The next token, if there is one."""
        return self.tokens[self.index] if self.index < len(self.tokens) else None

    @property
    def place(self) -> int:
        """Where the next token stands."""
        return self.here.position if self.here else len(self.text.rstrip())

    def take(self, kind: str, *texts: str) -> _Token | None:
        """The next token if it is of this kind, and then it is used up."""
        token = self.here
        if token and token.kind == kind and (not texts or token.text in texts):
            self.index += 1
            return token
        return None

    def any_of(self) -> Sentence:
        """Parts with ``or`` between them."""
        start, parts = self.place, [self.all_of()]
        while self.take("word", "or"):
            parts.append(self.all_of())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts), start)

    def all_of(self) -> Sentence:
        """Parts with ``and`` between them."""
        start, parts = self.place, [self.part()]
        while self.take("word", "and"):
            parts.append(self.part())
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts), start)

    def part(self) -> Sentence:
        """``not`` and a part, a sentence in parentheses, or a clause."""
        if self.depth > DEPTH:
            raise self.error(
                f"more than {DEPTH} parts stand inside each other", self.place, "make several claims of it"
            )
        self.depth += 1
        if denial := self.take("word", "not"):
            tree: Sentence = Denied(self.part(), denial.position)
        elif opening := self.take("sign", "("):
            tree = self.any_of()
            if not self.take("sign", ")"):
                if self.here is None:
                    raise self.error('this "(" is never closed', opening.position)
                raise self.unexpected('"and", "or" or ")"')
        else:
            tree = self.clause()
        self.depth -= 1
        return tree

    def clause(self) -> Sentence:
        """One clause."""
        self.clauses += 1
        start = self.place
        if self.clauses > LENGTH:
            raise self.error(
                f"the sentence has more than {LENGTH} clauses", start, "make several claims of it"
            )
        if left := self.take("formula"):
            return self.numbers(left)
        if self.take("word", "check"):
            return CheckClause(self.name("the id of a check"), start)
        if self.here and self.here.kind == "group":
            return self.levels(self.group_ref(), start)
        if self.here and (self.here.kind == "name" or self.here.text in ("period", "event")):
            return self.cell_case_or_time(start)
        raise self.unexpected("a clause", _CLAUSES)

    def cell_case_or_time(self, start: int) -> Sentence:
        """A clause that starts with a name: what follows it says what is named."""
        first = self.here
        assert first is not None
        following = self.tokens[self.index + 1] if self.index + 1 < len(self.tokens) else None
        if first.kind == "name" and following and following.kind == "sign" and following.text in OPERATORS:
            self.index += 1
            return self.levels(self.cell_ref(first), start)
        if first.kind == "name" and following and following.text == "in" and following.kind == "word":
            self.index += 2
            return MemberClause(first.text, self.set_named(), start)
        if following is None and first.kind == "word":
            self.index += 1
            raise self.unexpected(f"the id of a{'n' * (first.text == 'event')} {first.text}")
        if first.is_quoted and (following is None or following.kind != "word"):
            self.index += 1
            raise self.unexpected('a relation in time or "in"', self.relation_fix())
        time = self.time()
        return OrderClause(time, self.relation(first), self.time(), start)

    def relation(self, first: _Token) -> str:
        """A relation in time."""
        words = [token.text for token in self.tokens[self.index : self.index + 2] if token.kind == "word"]
        for relation in ORDER_WORDS:
            parts = relation.split()
            if words[: len(parts)] == parts:
                self.index += len(parts)
                return relation
        wanted = "a relation in time"
        if first.kind == "name" and not first.is_quoted:
            wanted += ', "in" or a comparison' if first.halves else ' or "in"'
        raise self.unexpected(wanted, self.relation_fix())

    def relation_fix(self) -> str:
        """How to mend a relation that is none."""
        near = nearest(self.here.text, ORDER_WORDS) if self.here else None
        return f"did you mean {near}?" if near else f"relations in time are {', '.join(ORDER_WORDS)}"

    def time(self) -> Time:
        """The id of an event, a quoted date, or a period."""
        start = self.place
        if self.take("word", "period"):
            return PeriodRef(self.name("the id of a period"), start)
        if self.take("word", "event"):
            return EventRef(self.name("the id of an event"), start)
        token = self.take("name")
        if token is None:
            raise self.unexpected('an event, a date in double quotes or "period"')
        if not token.is_quoted:
            return EventRef(token.text, start)
        try:
            return DateRef(Date.parse(token.text), start)
        except DateError as error:
            fix = f"{error.fix}; an event with such an id is written event {self.text[start : token.end]}"
            raise self.error(error.what, start, fix) from None

    def levels(self, left: CellRef | GroupRef, start: int) -> Sentence:
        """What follows the left side of a comparison of levels."""
        operator = self.take("sign", *OPERATORS)
        if operator is None:
            raise self.unexpected("a comparison", f"one of {'  '.join(OPERATORS)}")
        token = self.here
        if token is None or token.kind not in ("name", "group"):
            raise self.unexpected(f'a level or a cell after "{operator.text}"')
        right: CellRef | GroupRef | str
        if token.kind == "group":
            right = self.group_ref()
        else:
            self.index += 1
            right = self.cell_ref(token) if token.halves else token.text
        return LevelClause(left, operator.text, right, start)  # type: ignore[arg-type]

    def cell_ref(self, token: _Token) -> CellRef:
        """A name split at its last full stop."""
        case, condition = token.halves or ("", "")
        if not case or not condition:
            raise self.error(
                f'"{token.text}" is no cell', token.position, "write CASE.CONDITION, such as NL-1.BC"
            )
        return CellRef(case, condition, token.position)

    def group_ref(self) -> GroupRef:
        """``[expression].CONDITION``."""
        group, start = self.here, self.place
        assert group is not None
        tree = self.expression()
        token = self.here
        if token is None or token.kind != "name" or token.position != group.end or not token.halves:
            what = f'"[{group.text}]" is not followed by a condition'
            raise self.error(
                what, group.end, f"write [{group.text}].CONDITION for its levels, or CASE in […]"
            )
        before, condition = token.halves
        if before or not condition:
            raise self.error(f'"{token.text}" is no condition', token.position, "write […].CONDITION")
        self.index += 1
        return GroupRef(tree, condition, start)

    def set_named(self) -> Expression | str:
        """A pattern, or an expression in brackets."""
        if self.here and self.here.kind == "group":
            return self.expression()
        return self.name("a pattern or [expression]", "an expression stands in brackets: NL-1 in [BQ*~BC]")

    def expression(self) -> Expression:
        """The expression between brackets."""
        token = self.take("group")
        assert token is not None
        try:
            return boolean.parse(token.text)
        except ExpressionError as error:
            raise self.inside(error, token) from None

    def numbers(self, left: _Token) -> NumberClause:
        """Two formulas with a comparison between them."""
        first = self.number(left)
        operator = self.take("sign", *OPERATORS)
        if operator is None:
            raise self.unexpected("a comparison after number(…)", f"one of {'  '.join(OPERATORS)}")
        right = self.take("formula")
        if right is None:
            raise self.unexpected(f'number(…) after "{operator.text}"', "write number(3) for a plain number")
        return NumberClause(first, operator.text, self.number(right), left.position)  # type: ignore[arg-type]

    def number(self, token: _Token) -> str:
        """A formula as the formula language writes it."""
        try:
            tree = formula.parse(token.text)
        except FormulaError as error:
            raise self.inside(error, token) from None
        if isinstance(tree, formula.Operation) and tree.operator in formula.COMPARISONS:
            at = token.end - 1 - len(token.text) + tree.at
            fix = f"compare two: number(…) {tree.operator} number(…)"
            raise self.error("number(…) holds a comparison", at, fix)
        return formula.show(tree)

    def name(self, wanted: str, fix: str = "") -> str:
        """A name of one kind or another."""
        token = self.take("name")
        if token is None:
            reserved = self.here is not None and self.here.kind == "word"
            raise self.unexpected(
                wanted, 'a name that is a word of the language stands in "…"' * reserved or fix
            )
        return token.text

    def inside(self, error: ConcausaError, token: _Token) -> ExpressionError:
        """The error of a formula or expression, at its place in the sentence."""
        shift = len(error.where.rpartition("\n")[2]) - 1 if error.where.endswith("^") else 0
        return self.error(error.what, token.end - 1 - len(token.text) + shift, error.fix)

    def unexpected(self, wanted: str, fix: str = "") -> ExpressionError:
        """What is said when something else stands where *wanted* should."""
        found = f'"{self.text[self.here.position : self.here.end]}"' if self.here else "the end"
        return self.error(f"expected {wanted}, found {found}", self.place, fix)

    def error(self, what: str, position: int, fix: str = "") -> ExpressionError:
        """An error at a place of the sentence, with a caret below it."""
        return ExpressionError(what, where=f"{self.text}\n{' ' * position}^", fix=fix)

    def _tokens(self) -> list[_Token]:
        tokens: list[_Token] = []
        position, end = 0, len(self.text.rstrip())
        while position < end:
            if self.text[position] == " ":
                position += 1
                continue
            tokens.append(self._token(position))
            position = tokens[-1].end
        return tokens

    def _token(self, start: int) -> _Token:
        sign = self.text[start]
        if sign in "()":
            return _Token("sign", sign, start, start + 1)
        if operator := _OPERATOR.match(self.text, start):
            return _Token("sign", operator[0], start, operator.end())
        if sign == "[":
            return self._group(start)
        return self._name(start)

    def _name(self, start: int) -> _Token:
        """Pieces that stand against each other, quoted or not; or a word of the language."""
        pieces: list[tuple[str, bool]] = []
        end = start
        while piece := _PIECE.match(self.text, end):
            quoted = piece["quoted"] is not None
            pieces.append((piece["quoted"].replace('""', '"') if quoted else piece["plain"], quoted))
            end = piece.end()
        if not pieces or (self.text[end : end + 1] == '"'):
            raise self._meaningless(end)
        text = "".join(piece for piece, _ in pieces)
        if pieces == [("number", False)] and (opening := re.compile(r" *\(").match(self.text, end)):
            return self._formula(start, opening.end())
        if pieces == [("", True)]:
            raise self.error("a quoted name is empty", start, 'write it as "name"')
        if len(pieces) == 1 and text in RESERVED and not pieces[0][1]:
            return _Token("word", text, start, end)
        return _Token("name", text, start, end, tuple(pieces))

    def _meaningless(self, position: int) -> ExpressionError:
        sign = self.text[position]
        if sign == '"':
            return self.error("a quoted name does not end", position, 'write it as "name"')
        fix = "a name with such a sign stands in double quotes, an expression in brackets: NL-1 in [BQ*~BC]"
        return self.error(f"{sign!r} has no meaning here", position, fix)

    def _group(self, start: int) -> _Token:
        depth = 0
        for match in _BRACKETED.finditer(self.text, start):
            depth += {"[": 1, "]": -1}.get(match[0], 0)
            if depth == 0:
                return _Token("group", self.text[start + 1 : match.start()], start, match.end())
        raise self.error('this "[" is never closed', start)

    def _formula(self, start: int, inner: int) -> _Token:
        depth = 1
        for match in _FORMULA_PART.finditer(self.text, inner):
            depth += {"(": 1, ")": -1}.get(match[0], 0)
            if depth == 0:
                return _Token("formula", self.text[inner : match.start()], start, match.end())
        raise self.error('the "(" of number(…) is never closed', inner - 1)
