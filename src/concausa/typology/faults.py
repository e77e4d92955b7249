"""What is wrong with declared patterns and rules, all of it at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from concausa.core.errors import ExpressionError
from concausa.core.nearest import nearest
from concausa.expr.boolean import Comparison, atoms, parse
from concausa.typology.gate import clauses
from concausa.typology.pattern import Pattern, Rule


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: in which row and column, what, what would be allowed, how to mend it."""

    table: str
    id: str
    column: str
    value: str
    what: str
    allowed: tuple[str, ...] = ()
    fix: str = ""


def faults(
    patterns: Sequence[Pattern],
    rules: Sequence[Rule],
    scales: Mapping[str, Sequence[str]],
    outcome: str,
) -> tuple[Fault, ...]:
    """Everything wrong with the patterns and rules of a study.

    Parameters
    ----------
    scales : mapping of condition id to its levels, lowest first
    outcome : str
        Id of the outcome whose levels patterns and rules lead to; empty if the study has none.
    """
    found: list[Fault] = []
    for pattern in patterns:
        found += _expression_faults("patterns", pattern.id, "when", pattern.when, scales)
        found += _outcome_faults("patterns", pattern.id, "expects", (pattern.expects,), scales, outcome)
    for rule in rules:
        found += _rule_faults(rule, scales, outcome)
    return tuple(found)


def _rule_faults(rule: Rule, scales: Mapping[str, Sequence[str]], outcome: str) -> Iterator[Fault]:
    try:
        steps = clauses(rule)
    except ExpressionError as error:
        yield Fault("rules", rule.id, "clauses", "; ".join(rule.clauses), error.what, fix=error.fix)
        return
    for step in steps:
        if step.when not in ("patterns", "else"):
            yield from _expression_faults("rules", rule.id, "clauses", step.when, scales)
        if step.when != "patterns":
            yield from _outcome_faults("rules", rule.id, "clauses", step.outcomes, scales, outcome)


def _expression_faults(
    table: str, id: str, column: str, text: str, scales: Mapping[str, Sequence[str]]
) -> Iterator[Fault]:
    try:
        parts = atoms(parse(text))
    except ExpressionError as error:
        yield Fault(table, id, column, text, error.what, fix=error.fix)
        return
    for atom in parts:
        if atom.name not in scales:
            yield _unknown(table, id, column, text, f"there is no condition {atom.name!r}", atom.name, scales)
        elif isinstance(atom, Comparison) and atom.level not in scales[atom.name]:
            what = f"{atom.name} has no level {atom.level!r}"
            yield _unknown(table, id, column, text, what, atom.level, scales[atom.name])


def _outcome_faults(
    table: str,
    id: str,
    column: str,
    outcomes: Sequence[str],
    scales: Mapping[str, Sequence[str]],
    outcome: str,
) -> Iterator[Fault]:
    if outcome not in scales:
        what = "an outcome is expected, but the study names none"
        yield Fault(table, id, column, "|".join(outcomes), what, fix="set outcome in [study]")
        return
    for level in outcomes:
        if level not in scales[outcome]:
            what = f"the outcome {outcome} has no level {level!r}"
            yield _unknown(table, id, column, level, what, level, scales[outcome])


def _unknown(
    table: str,
    id: str,
    column: str,
    value: str,
    what: str,
    word: str,
    allowed: Mapping[str, object] | Sequence[str],
) -> Fault:
    near = nearest(word, allowed)
    return Fault(table, id, column, value, what, tuple(allowed), f"did you mean {near}?" if near else "")
