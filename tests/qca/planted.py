"""Data from a known structure: complete, or with some cases of which nothing is true."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from random import Random

Case = dict[str, int]


def complete(free: Mapping[str, int], rules: Mapping[str, Callable[[Case], int]]) -> dict[str, list[int]]:
    """Every configuration of the free factors (name to number of values), and what follows from it."""
    cases = []
    for values in product(*map(range, free.values())):
        case = dict(zip(free, values, strict=True))
        for name, rule in rules.items():
            case[name] = int(rule(case))
        cases.append(case)
    return {name: [case[name] for case in cases] for name in (*free, *rules)}


def noisy(
    free: Mapping[str, int], rules: Mapping[str, Callable[[Case], int]], *, n: int, share: float, seed: int
) -> dict[str, list[int]]:
    """*n* cases drawn at random, of which *share* score at random in every factor."""
    draw = Random(seed)
    table: dict[str, list[int]] = {name: [] for name in (*free, *rules)}
    for number in range(n):
        case = {name: draw.randrange(count) for name, count in free.items()}
        for name, rule in rules.items():
            case[name] = int(rule(case))
        if number < share * n:
            case = {name: draw.randrange(free.get(name, 2)) for name in case}
        for name, value in case.items():
            table[name].append(value)
    return table


def in_any_order(text: str) -> set[tuple[str, frozenset[frozenset[str]]]]:
    """A model as its outcomes, each with its terms as sets of literals."""
    found = set()
    for part in text.replace(")*(", ")\n(").splitlines():
        left, _, outcome = part.strip("()").partition(" <-> ")
        found.add((outcome, frozenset(frozenset(term.split("*")) for term in left.split(" + "))))
    return found


def is_listed(text: str, models: Sequence[object]) -> bool:
    return any(in_any_order(str(model)) == in_any_order(text) for model in models)
