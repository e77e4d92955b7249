"""Slow and plain twins of the robustness measures: one case after the other, nothing but lists and loops."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations, product

import concausa as cc
from concausa.core.errors import DataError

EDGE = 1e-9


def fit_parameters(
    initial: Sequence[float], tests: Sequence[Sequence[float]], outcome: Sequence[float]
) -> tuple[float, float, float, float]:
    """RF_cov, RF_cons, RF_SC_minTS and RF_SC_maxTS by their definitions; nan where one divides by 0."""
    n = range(len(initial))
    least = [min(test[case] for test in tests) for case in n]
    greatest = [max(test[case] for test in tests) for case in n]
    core = [min(initial[case], least[case]) for case in n]

    def shared(x: Sequence[float]) -> float:
        return sum(min(x[case], outcome[case]) for case in n)

    def over(part: float, whole: float) -> float:
        return part / whole if whole > EDGE else float("nan")

    def coincide(x: Sequence[float], y: Sequence[float]) -> float:
        whole = sum(max(x[case], y[case]) for case in n)
        return sum(min(x[case], y[case]) for case in n) / whole if whole > EDGE else 1.0

    consistency = over(over(shared(initial), sum(initial)), over(shared(core), sum(core)))
    coverage = over(over(shared(core), sum(outcome)), over(shared(initial), sum(outcome)))
    return coverage, consistency, coincide(initial, least), coincide(initial, greatest)


def zones(initial: Sequence[float], tests: Sequence[Sequence[float]]) -> list[str]:
    """The zone of each case, from every test in turn."""
    found = []
    for case, own in enumerate(initial):
        scores = [test[case] for test in tests]
        if own > 0.5 + EDGE:
            if all(score > 0.5 + EDGE for score in scores):
                found.append("robust")
            elif any(score < 0.5 - EDGE for score in scores):
                found.append("shaky")
            else:
                found.append("border")
        elif own < 0.5 - EDGE:
            if any(score > 0.5 + EDGE for score in scores):
                found.append("possible")
            elif all(score < 0.5 - EDGE for score in scores):
                found.append("outside")
            else:
                found.append("border")
        else:
            found.append("border")
    return found


def formulas(frame: dict[str, list[float]], conditions: list[str], **options: object) -> tuple[str, ...]:
    """The models of one analysis, in sorted order; none if no row is positive."""
    kind = options.pop("solution", "conservative")
    table = cc.truth_table(frame, outcome="Y", conditions=conditions, **options)  # type: ignore[arg-type]
    try:
        return tuple(sorted(model.expression for model in cc.minimize(table, solution=kind).models))  # type: ignore[arg-type]
    except DataError:
        return ()


def perfect_chance(frame: dict[str, list[float]], conditions: list[str]) -> float:
    """The share of all orders of the outcome that some model fits perfectly."""
    orders = set(permutations(frame["Y"]))
    return sum(_fits(frame | {"Y": list(order)}, conditions)[0] for order in orders) / len(orders)


def perfect_chance_independent(frame: dict[str, list[float]], conditions: list[str], rate: float) -> float:
    """The chance that independent outcomes are fitted perfectly by some model."""
    total = 0.0
    for outcome in product((0.0, 1.0), repeat=len(frame["Y"])):
        ones = sum(outcome)
        weight = rate**ones * (1 - rate) ** (len(outcome) - ones)
        total += weight * _fits(frame | {"Y": list(outcome)}, conditions)[0]
    return total


def chance_of_as_good(frame: dict[str, list[float]], conditions: list[str]) -> float:
    """The share of all orders of the outcome with a model as consistent that covers as much as the first observed."""
    _, own = _fits(frame, conditions)
    orders = set(permutations(frame["Y"]))
    good = 0
    for order in orders:
        _, models = _fits(frame | {"Y": list(order)}, conditions)
        good += any(c >= own[0][0] - EDGE and v >= own[0][1] - EDGE for c, v in models)
    return good / len(orders)


def _fits(frame: dict[str, list[float]], conditions: list[str]) -> tuple[bool, list[tuple[float, float]]]:
    table = cc.truth_table(frame, outcome="Y", conditions=conditions)
    try:
        models = cc.minimize(table).models
    except DataError:
        return False, []
    fits = [(model.consistency, model.coverage) for model in models]
    return any(c >= 1 - EDGE and v >= 1 - EDGE for c, v in fits), fits
