"""What a claim's formal statement speaks of: conditions in general, single cells, events, numbers, checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from concausa.expr import formula as arithmetic
from concausa.expr.boolean import Expression, conditions_of, parse
from concausa.expr.sentence import (
    CellRef,
    CheckClause,
    EventRef,
    GroupRef,
    LevelClause,
    MemberClause,
    NumberClause,
    OrderClause,
    clauses_of,
    parse_sentence,
)
from concausa.study.study import Study
from concausa.theory.claim import Claim

Item = TypeVar("Item")

#: Tables whose rows a formula can name.
NUMBERS = ("facts", "series", "elections", "terms")


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a claim's formal statement speaks of; each once, in the order of the text.

    Parameters
    ----------
    conditions : tuple of str
        Conditions read in every case that is judged.
    cells : tuple of (case, condition)
        Cells of named cases.
    events, checks, formulas : tuple of str
    compared : bool
        Whether the cases judged are whichever are compared.
    """

    conditions: tuple[str, ...] = ()
    cells: tuple[tuple[str, str], ...] = ()
    events: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()
    compared: bool = False


def mentions(study: Study, claim: Claim) -> Mentions:
    """What a claim's formal statement speaks of; nothing where it has none.

    Raises
    ------
    ExpressionError
        If the statement cannot be read.
    """
    conditions = [name for text in texts(claim) for name in conditions_of(parse(text))]
    cells: list[tuple[str, str]] = []
    events: list[str] = []
    checks: list[str] = []
    formulas: list[str] = []
    for clause in clauses_of(parse_sentence(claim.states)) if claim.states else ():
        match clause:
            case LevelClause(left, _, right):
                for side in (left, right):
                    if isinstance(side, CellRef):
                        cells.append((side.case, side.condition))
                    elif isinstance(side, GroupRef):
                        conditions += [*conditions_of(side.group), side.condition]
            case MemberClause(case, group):
                cells += [(case, name) for name in _conditions(study, group)]
            case OrderClause(first, _, second):
                events += [side.id for side in (first, second) if isinstance(side, EventRef)]
            case NumberClause(left, _, right):
                formulas += [left, right]
            case CheckClause(id):
                checks.append(id)
    return Mentions(
        _once(conditions),
        _once(cells),
        _once(events),
        _once(checks),
        _once(formulas),
        bool(conditions) and not claim.cases,
    )


def texts(claim: Claim) -> Iterator[str]:
    """The Boolean expressions of a claim's statement about sets: when, outcome, under, part."""
    if claim.when and claim.outcome:
        yield from (text for text in (claim.when, claim.outcome, claim.under, claim.part) if text)


def words(formula: str) -> tuple[str, ...]:
    """Everything that a formula names: facts and open numbers, series, and the keys of look-ups."""
    found: list[str] = []
    for part in arithmetic.walk(arithmetic.parse(formula)):
        if isinstance(part, arithmetic.Name):
            found.append(part.id)
        elif isinstance(part, arithmetic.Lookup):
            found += [part.name, *part.keys]
    return _once(found)


def _conditions(study: Study, group: Expression | str) -> Iterable[str]:
    if not isinstance(group, str):
        return conditions_of(group)
    texts = [row.when for row in study.patterns if row.id == group]
    return [name for text in texts for name in conditions_of(parse(text))]


def _once(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(items))
