"""Coincidence analysis by trying everything: slow, obvious, in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, combinations, product

#: A literal: factor and value. A term: literals. A formula: an outcome and terms.
Lit = tuple[str, int]
Term = frozenset[Lit]
Formula = tuple[Lit, frozenset[Term]]

EPS = 1e-9


def degree(case: dict[str, float], one: Lit, multi: Sequence[str]) -> float:
    name, value = one
    if name in multi:
        return float(case[name] == value)
    return case[name] if value == 1 else 1 - case[name]


def term_degree(case: dict[str, float], term: Term, multi: Sequence[str]) -> float:
    return min(degree(case, one, multi) for one in term)


def dnf_degree(case: dict[str, float], terms: frozenset[Term], multi: Sequence[str]) -> float:
    return max(term_degree(case, term, multi) for term in terms)


def sums(x: Sequence[float], y: Sequence[float]) -> tuple[float, float, float, float]:
    return sum(map(min, x, y)), sum(x), sum(y), float(len(x))


def sufficiency(kind: int, both: float, left: float, right: float, total: float) -> float:
    neither, beyond = total - left - right + both, left - both
    parts = [
        (both, left),
        (neither, total - right),
        (both, both + (right / (total - right) * beyond if total - right > EPS else float("nan"))),
        (neither, neither + ((total - left) / left * beyond if left > EPS else float("nan"))),
    ]
    part, whole = parts[kind]
    return part / whole if whole > EPS else float("nan")


def necessity(kind: int, both: float, left: float, right: float, total: float) -> float:
    return sufficiency(kind, both, right, left, total)


def all_terms(literals: Sequence[Lit], longest: int) -> list[Term]:
    found = []
    for length in range(1, longest + 1):
        for several in combinations(literals, length):
            if len({name for name, _ in several}) == length:
                found.append(frozenset(several))
    return found


def proper_parts(whole: frozenset) -> list[frozenset]:
    items = sorted(whole, key=str)
    return [
        frozenset(part)
        for part in chain.from_iterable(combinations(items, size) for size in range(1, len(items)))
    ]


def conditions(
    cases: Sequence[dict[str, float]],
    outcome: Lit,
    literals: Sequence[Lit],
    multi: Sequence[str],
    *,
    threshold: float,
    longest: int,
    kind: int = 0,
) -> set[Term]:
    y = [degree(case, outcome, multi) for case in cases]

    def suffices(term: Term) -> bool:
        x = [term_degree(case, term, multi) for case in cases]
        return max(x) >= 0.5 - EPS and sufficiency(kind, *sums(x, y)) >= threshold - EPS

    return {
        term
        for term in all_terms(literals, longest)
        if suffices(term) and not any(suffices(part) for part in proper_parts(term))
    }


def disjunctions(
    cases: Sequence[dict[str, float]],
    outcome: Lit,
    terms: set[Term],
    multi: Sequence[str],
    *,
    threshold: float,
    most: int,
    literals: int,
    kind: int = 0,
) -> set[frozenset[Term]]:
    y = [degree(case, outcome, multi) for case in cases]

    def needed(several: frozenset[Term]) -> bool:
        x = [dnf_degree(case, several, multi) for case in cases]
        return necessity(kind, *sums(x, y)) >= threshold - EPS

    found = set()
    for size in range(1, most + 1):
        for several in map(frozenset, combinations(sorted(terms, key=sorted), size)):
            if (
                sum(map(len, several)) <= literals
                and needed(several)
                and not any(needed(part) for part in proper_parts(several))
            ):
                found.add(several)
    return found


def worlds(levels: dict[str, int]) -> list[dict[str, float]]:
    return [
        dict(zip(levels, map(float, values), strict=True)) for values in product(*map(range, levels.values()))
    ]


def holds(world: dict[str, float], formula: Formula, multi: Sequence[str]) -> bool:
    outcome, terms = formula
    return dnf_degree(world, terms, multi) == degree(world, outcome, multi)


def shorter(terms: frozenset[Term]) -> list[frozenset[Term]]:
    """Every disjunction that comes of leaving out literals or terms, but for the whole one."""
    found = set()
    for several in (*proper_parts(terms), terms):
        for cut in product(*[[*proper_parts(term), term] for term in sorted(several, key=str)]):
            found.add(frozenset(cut))
    return [one for one in found if one != terms]


def reducible(terms: frozenset[Term], levels: dict[str, int], multi: Sequence[str]) -> bool:
    every = worlds(
        {name: count for name, count in levels.items() if any(name == n for t in terms for n, _ in t)}
    )
    values = [dnf_degree(world, terms, multi) for world in every]
    return len(set(values)) == 1 or any(
        [dnf_degree(world, cut, multi) for world in every] == values for cut in shorter(terms)
    )


def models(
    groups: Sequence[Sequence[Formula]], levels: dict[str, int], multi: Sequence[str]
) -> set[frozenset[Formula]]:
    every = worlds(levels)
    found = set()
    for join in product(*groups):
        whole = frozenset(join)
        true = [world for world in every if all(holds(world, one, multi) for one in whole)]
        same = [
            part
            for part in (*proper_parts(whole), whole)
            if [world for world in every if all(holds(world, one, multi) for one in part)] == true
        ]
        smallest = [part for part in same if not any(other < part for other in same)]
        found |= {part for part in smallest if true and sound(part, true, multi)}
    return found


def sound(model: frozenset[Formula], true: Sequence[dict[str, float]], multi: Sequence[str]) -> bool:
    names = {name for (name, _), terms in model for name in (name, *(n for term in terms for n, _ in term))}
    if any(len({world[name] for world in true}) < 2 for name in names):
        return False
    for outcome, terms in model:
        if len({degree(world, outcome, multi) for world in true}) < 2:
            return False
        for cut in shorter(terms):
            if all(holds(world, (outcome, cut), multi) for world in true):
                return False
    return True
