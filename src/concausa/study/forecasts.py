"""Forecasts of rivals: what follows from a variable can be read, and predictions do not contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from concausa.core.errors import OptionError
from concausa.core.nearest import nearest
from concausa.core.problem import Problem
from concausa.rivals.variable import predicts
from concausa.study.references import Names
from concausa.study.rows import Rows
from concausa.theory.choice import LABEL
from concausa.theory.rival import Prediction, Rival

_OF_VARIABLE = ("measures", "predicts", "alike", "since", "office", "national_office")


def forecast_problems(tables: Mapping[str, Rows], names: Names) -> Iterator[Problem]:
    """What is wrong with the variables of rivals and with the spans of predictions."""
    if rivals := tables.get("rivals"):
        for row, rival in enumerate(rivals.nouns):
            yield from _variable(rivals, row, rival, names)
            yield from _outcomes(rivals, row, rival, names)
    if predictions := tables.get("predictions"):
        yield from _spans(predictions, names)


def _variable(rows: Rows, row: int, rival: Rival, names: Names) -> Iterator[Problem]:
    if not rival.variable:
        for column in _OF_VARIABLE:
            if value := getattr(rival, column):
                what = f"a rival without a variable has no {column}"
                fix = "name the variable that it belongs to, or delete it"
                yield rows.problem(row, column, "wrong-form", what, value=_shown(value), fix=fix)
        return
    try:
        predicts(rival.variable, rival.predicts)
    except OptionError as error:
        value = error.where or "; ".join(rival.predicts)
        yield rows.problem(row, "predicts", "wrong-form", error.what, value=value, fix=error.fix)
    if rival.variable != "facts":
        if rival.measures:
            what = f"a rival with the variable {rival.variable} has no measures"
            yield rows.problem(
                row, "measures", "wrong-form", what, value=_shown(rival.measures), fix="delete them"
            )
        return
    if not rival.measures:
        what = "a rival with the variable facts needs measures"
        yield rows.problem(
            row, "measures", "missing-value", what, fix="name measures of facts, such as it_firms"
        )
    known = {fact.measure for fact in names.table("facts").values()}
    units = _units(rival, names)
    for measure in rival.measures:
        name = measure.removeprefix("-")
        for unit in units if name in known else ():
            if not any(fact.measure == name and fact.unit == unit for fact in names.table("facts").values()):
                what = f"no fact measures {name!r} for {unit}"
                fix = "add the fact, or leave the measure out"
                yield rows.problem(row, "measures", "missing-value", what, value=measure, fix=fix)
        if name not in known:
            near = nearest(name, known)
            what = f"no fact measures {name!r}"
            fix = f"did you mean {near}?" if near else "add the facts, or leave the measure out"
            yield rows.problem(row, "measures", "dangling-reference", what, value=measure, fix=fix)


def _units(rival: Rival, names: Names) -> tuple[str, ...]:
    """The units that are compared, and those of which the rival has a prediction."""
    told = {row.unit for row in names.table("predictions").values() if row.rival == rival.id}
    return tuple(id for id, unit in names.table("units").items() if unit.role == "core" or id in told)


def _outcomes(rows: Rows, row: int, rival: Rival, names: Names) -> Iterator[Problem]:
    known = (LABEL, *names.table("measures"))
    for word in rival.outcomes:
        if word not in known:
            near = nearest(word, known)
            what = f"the outcome is not measured by {word!r}"
            fix = f"did you mean {near}?" if near else f"one of {', '.join(known)}"
            yield rows.problem(row, "outcomes", "dangling-reference", what, value=word, fix=fix)


def _spans(rows: Rows, names: Names) -> Iterator[Problem]:
    periods = names.table("periods")
    groups: dict[tuple[str, str, str], list[tuple[int, Prediction]]] = defaultdict(list)
    for row, one in enumerate(rows.nouns):
        groups[one.rival, one.unit, one.period].append((row, one))
        period = periods.get(one.period)
        if period is None or period.start is None or period.end is None or one.span is None:
            continue
        if not one.span.overlaps(period.span):
            what = f"{one.span} lies outside period {period.id} ({period.start} to {period.end})"
            fix = "correct the span or the period"
            yield rows.problem(row, "span", "outside-period", what, value=one.span.text, fix=fix)
    for group in groups.values():
        for (_, first), (row, second) in combinations(group, 2):
            if first.expects != second.expects and _overlap(first, second):
                what = f"{second.id} expects {second.expects} where {first.id} expects {first.expects} of the same case"
                fix = "let their spans not overlap"
                value = second.span.text if second.span else ""
                yield rows.problem(row, "span", "contradictory-predictions", what, value=value, fix=fix)


def _overlap(first: Prediction, second: Prediction) -> bool:
    return first.span is None or second.span is None or first.span.overlaps(second.span)


def _shown(value: Any) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value)
