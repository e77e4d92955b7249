"""Figures: comparisons of numbers and checks as propositions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from concausa.audit.claims import proposition as p
from concausa.audit.claims import truth
from concausa.audit.claims.proposition import Proposition
from concausa.audit.claims.truth import FALSE, TRUE, unknown
from concausa.audit.claims.verdict import Verdict
from concausa.audit.numbers import NumberFinding, audit_number, audit_numbers
from concausa.audit.worlds.worlds import Worlds
from concausa.expr.formula import Call, Formula, Minus, Name, Operation, parse, show, walk
from concausa.expr.sentence import CheckClause, NumberClause
from concausa.theory.check import Check


def compares(worlds: Worlds, clause: NumberClause) -> Proposition:
    """Whether one number stands so to the other, for all that printed digits admit.

    Unknown (undecided) if it does for some of it only, and (no data) if it cannot be computed. Names that
    the study leaves open stand for one formula after the other.

    Raises
    ------
    FormulaError
        If a side cannot be read.
    """
    sides = [parse(clause.left), parse(clause.right)]
    names = {part.id for side in sides for part in walk(side) if isinstance(part, Name)}
    used = [name for name in worlds.numbers or () if name in names]
    sign = "=" if clause.operator == "!=" else clause.operator
    choices = tuple(sorted({choice for name in used if (choice := worlds.numbers[name][0]) is not None}))
    sizes = tuple(worlds.space.sizes[choice] for choice in choices)
    checks = []
    for options in product(*map(range, sizes)):
        formulas = _settled(worlds, used, dict(zip(choices, options, strict=True)))
        left, right = (show(_replaced(side, formulas)) for side in sides)
        checks.append(Check(id="number", label="", formula=f"{left} {sign} {right}"))
    found = [_value(finding) for finding in audit_numbers(worlds.study.replace(checks=tuple(checks)))]
    if clause.operator == "!=":
        found = [truth.opposite(value) for value in found]
    return p.table(choices, np.array(found, dtype=np.uint8).reshape(sizes))


def reproduces(worlds: Worlds, clause: CheckClause) -> Proposition:
    """Whether a check gives its printed number, if only within its rounding.

    Unknown (no data) if it cannot be computed, no number is printed, or the study has no such check.
    """
    if all(check.id != clause.id for check in worlds.study.checks):
        return unknown(Verdict.NO_DATA)
    finding = audit_number(worlds.study, clause.id)
    return TRUE if finding.verdict == "within rounding" else _value(finding)


def _value(finding: NumberFinding) -> int:
    match finding.verdict:
        case "reproduces":
            return TRUE
        case "does not follow":
            return FALSE
        case "within rounding":
            return unknown(Verdict.UNDECIDED)
        case "cannot be computed" | "computed":
            return unknown(Verdict.NO_DATA)


def _settled(worlds: Worlds, names: Sequence[str], options: Mapping[int, int]) -> dict[str, Formula]:
    found = {}
    for name in names:
        choice, formulas = worlds.numbers[name]
        found[name] = parse(formulas[0 if choice is None else options[choice]])
    return found


def _replaced(formula: Formula, names: Mapping[str, Formula]) -> Formula:
    match formula:
        case Name(id):
            return names.get(id, formula)
        case Call(_, arguments):
            return replace(formula, arguments=tuple(_replaced(part, names) for part in arguments))
        case Minus(inner):
            return replace(formula, inner=_replaced(inner, names))
        case Operation(_, left, right):
            return replace(formula, left=_replaced(left, names), right=_replaced(right, names))
        case _:
            return formula
