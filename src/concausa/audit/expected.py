"""Directional expectations: which side of a condition the study's own theory expects to raise the outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from concausa.expr.boolean import And, Comparison, Expression, Name, Not, Or, parse
from concausa.study.study import Study
from concausa.typology.gate import clauses


@dataclass(frozen=True, slots=True)
class Expectation:
    """What theory expects of one condition.

    Parameters
    ----------
    condition : str
    value : int or None
        1: its presence raises the outcome; 0: its absence does; None: theory says neither, or both.
    patterns, rules : tuple of str
        Where it says so.
    """

    condition: str
    value: int | None
    patterns: tuple[str, ...]
    rules: tuple[str, ...]


def expectations(study: Study, conditions: Sequence[str]) -> tuple[Expectation, ...]:
    """One expectation for each condition, read off the patterns and rules of the study.

    A condition is expected to be present if it stands, without negation, in a pattern or clause that leads
    to the highest level of the outcome alone, or negated in one that leads to the lowest alone; absent the
    other way round. Where both are found there is no expectation: the condition may work either way.
    """
    scale = next((row.levels for row in study.conditions if row.id == study.settings.outcome), ())
    if len(scale) < 2:
        return tuple(Expectation(name, None, (), ()) for name in conditions)
    top, low = scale[-1], scale[0]
    found: dict[str, list[tuple[int, str, str]]] = {name: [] for name in conditions}
    for table, id, when, outcomes in _statements(study):
        if outcomes not in ((top,), (low,)):
            continue
        for name, sign in _literals(parse(when), 1):
            if name in found:
                found[name].append((sign if outcomes == (top,) else 1 - sign, table, id))
    return tuple(_expectation(name, said) for name, said in found.items())


def _statements(study: Study) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    for pattern in study.patterns:
        yield "patterns", pattern.id, pattern.when, pattern.outcomes
    for rule in study.rules:
        for clause in clauses(rule):
            if clause.when not in ("patterns", "else"):
                yield "rules", rule.id, clause.when, clause.outcomes


def _literals(tree: Expression, sign: int) -> Iterator[tuple[str, int]]:
    """Conditions with 1 where more of them makes the expression truer, 0 where less does."""
    match tree:
        case Name(name):
            yield name, sign
        case Comparison(name=name, operator=operator) if operator != "=":
            yield name, sign if operator in (">", ">=") else 1 - sign
        case Not(part):
            yield from _literals(part, 1 - sign)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _literals(part, sign)


def _expectation(name: str, said: Sequence[tuple[int, str, str]]) -> Expectation:
    signs = {sign for sign, _, _ in said}
    by_table = {
        table: tuple(dict.fromkeys(id for _, home, id in said if home == table))
        for table in ("patterns", "rules")
    }
    value = signs.pop() if len(signs) == 1 else None
    return Expectation(name, value, by_table["patterns"], by_table["rules"])
