"""Necessary expressions by definition: every combination of literals, one by one, in exact fractions."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from fractions import Fraction

from tests.reference import fit

Literal = tuple[str, int]
Expression = frozenset[Literal]


def literals(
    columns: Mapping[str, Sequence[Fraction]], levels: Mapping[str, int]
) -> dict[Literal, list[Fraction]]:
    """Membership in every literal; a condition that is not in *levels* is a set."""
    found: dict[Literal, list[Fraction]] = {}
    for name, scores in columns.items():
        if name in levels:
            for value in range(levels[name]):
                found[name, value] = [Fraction(score == value) for score in scores]
        else:
            found[name, 1] = list(scores)
            found[name, 0] = [1 - score for score in scores]
    return found


def expressions(
    names: Sequence[Literal], size: int, kind: str, levels: Mapping[str, int]
) -> list[Expression]:
    """Those of *size* literals that are neither true nor false of every case."""
    found = []
    for chosen in itertools.combinations(names, size):
        owners = [name for name, _ in chosen]
        if kind == "conjunction" and len(set(owners)) < size:
            continue
        if kind == "disjunction" and any(owners.count(name) == levels.get(name, 2) for name in owners):
            continue
        found.append(frozenset(chosen))
    return found


def membership(expression: Expression, kind: str, known: Mapping[Literal, list[Fraction]]) -> list[Fraction]:
    join = min if kind == "conjunction" else max
    return [join(scores) for scores in zip(*(known[literal] for literal in expression), strict=True)]


def necessary(
    columns: Mapping[str, Sequence[Fraction]],
    y: Sequence[Fraction],
    *,
    levels: Mapping[str, int],
    consistency: Fraction,
    depth: int,
    kind: str,
) -> tuple[set[Expression], int, int]:
    """Expressions of two and more literals that reach the cut-off and are not redundant; judged; redundant.

    A disjunction is redundant if a proper part of it reaches the cut-off, a conjunction if it is a proper
    part of another one of at most *depth* literals that does.
    """
    known = literals(columns, levels)
    judged = [e for size in range(1, depth + 1) for e in expressions(list(known), size, kind, levels)]
    reaching = []
    for expression in judged:
        value = fit.coverage(membership(expression, kind, known), y)
        if value is not None and value >= consistency:
            reaching.append(expression)
    if kind == "disjunction":
        kept = {e for e in reaching if not any(other < e for other in reaching)}
    else:
        kept = {e for e in reaching if not any(other > e for other in reaching)}
    longer = [e for e in reaching if len(e) > 1]
    found = {e for e in kept if len(e) > 1}
    return found, sum(len(e) > 1 for e in judged), len(longer) - len(found)
