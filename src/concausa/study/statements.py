"""Statements of claims: readable, of a form that their kind has, and about what the study holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from concausa.core.errors import ExpressionError
from concausa.core.nearest import nearest
from concausa.core.problem import Problem
from concausa.expr.boolean import And, Atom, Comparison, Expression, Name, Not, Or, parse
from concausa.expr.sentence import (
    CellRef,
    CheckClause,
    Clause,
    EventRef,
    GroupRef,
    LevelClause,
    MemberClause,
    NumberClause,
    OrderClause,
    PeriodRef,
    clauses_of,
    parse_sentence,
)
from concausa.study.completeness import FileReader
from concausa.study.dimensions import unit_fault
from concausa.study.formulas import text_problems
from concausa.study.references import Names
from concausa.study.rows import Rows
from concausa.study.scales import atom_problems, expression_problems
from concausa.theory.claim import EXAMPLES, FORMAL, KINDS, Claim, requires

_LISTED = 30
_TERMS = "write a sum of terms, such as EL*BQ*BC + INST*BC, and as part one that stands in a term, such as EL"


def statement_problems(tables: Mapping[str, Rows], names: Names, read: FileReader) -> Iterator[Problem]:
    """What is wrong with the formal fields of claims.

    Parameters
    ----------
    read : function
        Reads a data file by its relative path.
    """
    claims = tables.get("claims")
    for row, claim in enumerate(claims.nouns if claims else ()):
        assert claims is not None
        given = tuple(name for name in FORMAL if getattr(claim, name).strip())
        if claim.states.strip():
            if given:
                what = f"the claim is stated twice, by {' and '.join(given)} and by a sentence"
                fix = f"delete states, or delete {', '.join(given)}"
                yield claims.problem(row, "states", "stated-twice", what, value=claim.states, fix=fix)
            yield from _sentence(claims, row, claim, names, read)
        elif given and claim.kind in KINDS:
            yield from _form(claims, row, claim, given)
        for name in given:
            yield from expression_problems(claims, row, name, getattr(claim, name), names)


def _form(rows: Rows, row: int, claim: Claim, given: tuple[str, ...]) -> Iterator[Problem]:
    """Whether a claim has the fields that its kind needs, and no others."""
    form = requires(claim.kind)
    if not form.needs:
        what = f"a claim of the kind {claim.kind} is no relation of sets, and has no {given[0]}"
        fix = f"state it by a sentence, such as {EXAMPLES['states']}, or choose another kind"
        yield rows.problem(row, given[0], "wrong-form", what, value=getattr(claim, given[0]), fix=fix)
        return
    for name in form.needs:
        if name not in given:
            what = f"a claim of the kind {claim.kind} that has {given[0]} needs {name} as well"
            yield rows.problem(row, name, "missing-value", what, fix=f"add it, such as {EXAMPLES[name]}")
    for name in given:
        if name not in (*form.needs, *form.may):
            what = f"a claim of the kind {claim.kind} has no {name}"
            fix = f"delete it, or choose a kind that has it: {', '.join(_kinds_with(name))}"
            yield rows.problem(row, name, "wrong-form", what, value=getattr(claim, name), fix=fix)
    if claim.kind == "INUS" and claim.when.strip() and claim.part.strip():
        yield from _part_of_a_term(rows, row, claim)


def _kinds_with(name: str) -> tuple[str, ...]:
    return tuple(kind for kind in KINDS if name in (*requires(kind).needs, *requires(kind).may))


def _part_of_a_term(rows: Rows, row: int, claim: Claim) -> Iterator[Problem]:
    try:
        whole, part = _terms(parse(claim.when)), _terms(parse(claim.part))
    except ExpressionError:
        return
    if whole is None:
        what = f"{claim.when} is no sum of terms"
        yield rows.problem(row, "when", "wrong-form", what, value=claim.when, fix=_TERMS)
    elif part is None or len(part) != 1 or not any(part[0] <= term for term in whole):
        what = f"{claim.part} is part of no term of {claim.when}"
        yield rows.problem(row, "part", "wrong-form", what, value=claim.part, fix=_TERMS)


def _terms(tree: Expression) -> tuple[frozenset[Expression], ...] | None:
    """The literals of each term; None if it is no sum of terms."""
    terms = []
    for term in tree.parts if isinstance(tree, Or) else (tree,):
        literals = term.parts if isinstance(term, And) else (term,)
        if not all(isinstance(_unsigned(literal), Name | Comparison) for literal in literals):
            return None
        terms.append(frozenset(literals))
    return tuple(terms)


def _unsigned(literal: Expression) -> Atom | Expression:
    return literal.part if isinstance(literal, Not) else literal


def _sentence(rows: Rows, row: int, claim: Claim, names: Names, read: FileReader) -> Iterator[Problem]:
    try:
        tree = parse_sentence(claim.states)
    except ExpressionError as error:
        place = len(error.where.rpartition("\n")[2])
        what = f"{error.what}, at character {place}"
        yield rows.problem(row, "states", "broken-sentence", what, value=claim.states, fix=error.fix)
        return
    for clause in clauses_of(tree):
        yield from _clause(_Place(rows, row, names, read), clause)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence stands, and the names that it may use."""

    rows: Rows
    row: int
    names: Names
    read: FileReader

    def problem(
        self, kind: str, what: str, value: str, allowed: tuple[str, ...] = (), fix: str = ""
    ) -> Problem:
        """An error at the sentence."""
        shown = allowed if len(allowed) <= _LISTED else ()
        return self.rows.problem(self.row, "states", kind, what, value=value, allowed=shown, fix=fix)

    def row_named(self, table: str, id: str, fix: str = "") -> Iterator[Problem]:
        """Whether a table has a row."""
        known = self.names.table(table)
        if id in known or table in self.names.broken:
            return
        one = table.removesuffix("s")
        near = self.names.suggestion(id, (table,))
        yield self.problem(
            "dangling-reference",
            f"there is no {one} {id!r}",
            id,
            tuple(known),
            near or fix or f"add it to {table}, or correct the name",
        )

    def case(self, id: str) -> Iterator[Problem]:
        """Whether there is a case."""
        if not self.names.broken.isdisjoint(("units", "periods")):
            return
        cases = tuple(
            f"{unit}-{period}" for unit in self.names.table("units") for period in self.names.table("periods")
        )
        if id not in cases:
            near = nearest(id, cases[:2000])
            fix = f"did you mean {near}?" if near else "a case is written UNIT-PERIOD"
            yield self.problem("dangling-reference", f"there is no case {id!r}", id, cases, fix)

    def condition(self, id: str) -> Iterator[Problem]:
        """Whether there is a condition."""
        known = self.names.table("conditions")
        if id not in known:
            fix = self.names.suggestion(id, ("conditions",))
            yield self.problem("unknown-condition", f"there is no condition {id!r}", id, tuple(known), fix)

    def expression(self, tree: Expression) -> Iterator[Problem]:
        """What an expression in brackets names that is not there."""
        return atom_problems(self.rows, self.row, "states", tree, self.names, str(tree))

    def formula(self, text: str) -> Iterator[Problem]:
        """What a formula names that is not there."""
        numbers = [row.id for row in self.names.table("choices").values() if row.kind == "number"]
        return text_problems(self.rows, self.row, "states", text, self.names, self.read, known=numbers)


def _clause(place: _Place, clause: Clause) -> Iterator[Problem]:
    match clause:
        case LevelClause(left, _, right):
            yield from _side(place, left)
            if isinstance(right, str):
                yield from _level(place, left.condition, right)
            else:
                yield from _side(place, right)
                yield from _one_scale(place, left.condition, right.condition)
        case MemberClause(case, group):
            yield from place.case(case)
            if isinstance(group, str):
                fix = f"name a pattern, or write an expression in brackets: {case} in [{group}]"
                yield from place.row_named("patterns", group, fix)
            else:
                yield from place.expression(group)
        case OrderClause(first, _, second):
            for time in (first, second):
                if isinstance(time, EventRef):
                    fix = "name an event; a date stands in double quotes, a period after the word period"
                    yield from place.row_named("events", time.id, fix)
                elif isinstance(time, PeriodRef):
                    yield from place.row_named("periods", time.id)
        case NumberClause(left_formula, _, right_formula):
            yield from place.formula(left_formula)
            yield from place.formula(right_formula)
            if fault := unit_fault(left_formula, right_formula, place.names):
                yield place.problem("wrong-unit", fault.what, str(clause), (), fault.fix)
        case CheckClause(id):
            yield from place.row_named("checks", id)


def _side(place: _Place, side: CellRef | GroupRef) -> Iterator[Problem]:
    if isinstance(side, CellRef):
        yield from place.case(side.case)
    else:
        yield from place.expression(side.group)
    yield from place.condition(side.condition)


def _level(place: _Place, id: str, level: str) -> Iterator[Problem]:
    condition = place.names.table("conditions").get(id)
    if condition is not None and level not in condition.levels:
        near = nearest(level, condition.levels)
        fix = f"did you mean {near}?" if near else f"name a level of {id}, or a cell such as NL-1.{id}"
        yield place.problem(
            "unknown-level", f"{level!r} is not a level of {id}", level, condition.levels, fix
        )


def _one_scale(place: _Place, left: str, right: str) -> Iterator[Problem]:
    conditions = place.names.table("conditions")
    if left in conditions and right in conditions and conditions[left].levels != conditions[right].levels:
        what = f"the levels of {left} and {right} are not on one scale"
        fix = "hold each against a level of its own"
        yield place.problem("wrong-form", what, f"{left}, {right}", (), fix)
