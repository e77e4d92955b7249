"""Rules: ordered readings of a theory, from the gate that a leader keeps to the outcome.

A rule is a list of clauses. ``EXPRESSION => OUTCOME`` gives its outcome to a case that is in the
expression; the word ``patterns`` asks the property space; ``else => OUTCOME`` takes what is left.
The first clause that holds decides. A case on the border of an expression is not decided by it: its
outcome stays possible, and the next clauses are asked too. ``A|B`` is an outcome known only to be
one of two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concausa.core.errors import ExpressionError
from concausa.expr.boolean import atoms, parse
from concausa.sets.membership import side
from concausa.typology.ladder import Ladder
from concausa.typology.pattern import Pattern, Rule
from concausa.typology.space import axes, membership, place, sets, sets_of

_FORM = "write EXPRESSION => OUTCOME, patterns, or else => OUTCOME"


@dataclass(frozen=True, slots=True)
class Clause:
    """One step of a rule: ``when`` is an expression, ``patterns`` or ``else``."""

    when: str
    outcomes: tuple[str, ...] = ()


def clauses(rule: Rule) -> tuple[Clause, ...]:
    """The clauses of a rule, read.

    Raises
    ------
    ExpressionError
        If a clause has another form, or stands after one that takes every case.
    """
    read = tuple(_clause(rule, text) for text in rule.clauses)
    for clause in read[:-1]:
        if clause.when in ("patterns", "else"):
            raise ExpressionError(
                f"a clause after {clause.when!r} can never be reached",
                where=f"rule {rule.id!r}: {'; '.join(rule.clauses)}",
                fix=f"let {clause.when!r} stand last",
            )
    return read


def predict(rule: Rule, patterns: Sequence[Pattern], ladder: Ladder) -> frozenset[str]:
    """The outcomes that a rule leaves possible for a case; empty where the rule is silent.

    Raises
    ------
    ExpressionError
        If a clause cannot be read or names a condition that the case has no level for.
    """
    possible: set[str] = set()
    for clause in clauses(rule):
        if clause.when == "patterns":
            return frozenset(possible.union(place(ladder, patterns).expected))
        if clause.when == "else":
            return frozenset(possible.union(clause.outcomes))
        standing = side(membership(ladder, clause.when))
        if standing != "out":
            possible.update(clause.outcomes)
        if standing == "in":
            break
    return frozenset(possible)


def conditions_of(rule: Rule, patterns: Sequence[Pattern]) -> tuple[str, ...]:
    """The conditions whose levels a rule asks for."""
    names: list[str] = []
    for clause in clauses(rule):
        if clause.when == "patterns":
            names += axes(patterns)
        elif clause.when != "else":
            names += [atom.name for atom in atoms(parse(clause.when))]
    return tuple(dict.fromkeys(names))


def sets_of_rule(rule: Rule, patterns: Sequence[Pattern]) -> tuple[str, ...]:
    """The conditions whose memberships a rule asks for: those that stand as sets, not in comparisons."""
    names: list[str] = []
    for clause in clauses(rule):
        if clause.when == "patterns":
            names += sets(patterns)
        elif clause.when != "else":
            names += sets_of([clause.when])
    return tuple(dict.fromkeys(names))


def _clause(rule: Rule, text: str) -> Clause:
    if text.strip() == "patterns":
        return Clause("patterns")
    when, arrow, outcome = (part.strip() for part in text.partition("=>"))
    outcomes = tuple(part.strip() for part in outcome.split("|"))
    if not (when and arrow and all(outcomes)):
        raise ExpressionError(f"{text!r} is not a clause", where=f"rule {rule.id!r}", fix=_FORM)
    return Clause(when, outcomes)
