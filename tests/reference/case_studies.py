"""Cases and pairs after an analysis of sufficiency by their definitions: fractions, one case and one pair at a time.

Written from Oana & Schneider (2018), The R Journal 10(1), 507-533: tables 1 to 3, equations 1 to 7.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import permutations, product

HALF = Fraction(1, 2)
#: Conjunct memberships of one case, one a term.
Terms = Sequence[Sequence[Fraction]]


def least(parts: Sequence[Fraction]) -> Fraction:
    return min([*parts, Fraction(1)])


def kinds(parts: Sequence[Fraction], y: Fraction) -> str:
    s = least(parts)
    if s == HALF or y == HALF:
        return "on a crossover"
    if s > HALF and y > HALF:
        return "typical" if s <= y else "deviant in degree"
    if s > HALF:
        return "deviant in consistency"
    return "deviant in coverage" if y > HALF else "irrelevant"


def typical_value(parts: Sequence[Fraction], y: Fraction, focal: int | None = None) -> Fraction:
    s = least(parts)
    lower = s if focal is None else parts[focal]
    return abs(y - lower) + (1 - s)


def typical_rank(parts: Sequence[Fraction], focal: int) -> int:
    return 1 if parts[focal] <= others(parts, focal) else 2


def others(parts: Sequence[Fraction], focal: int) -> Fraction:
    return least([part for place, part in enumerate(parts) if place != focal])


def deviant_value(s: Fraction, y: Fraction) -> Fraction:
    return (1 - (s - y)) + (1 - s)


def coverage_value(row: Fraction, y: Fraction) -> Fraction:
    return abs(y - row) + (1 - row)


def compared(
    one: Sequence[Fraction], y1: Fraction, two: Sequence[Fraction], y2: Fraction, focal: int, most: Fraction
) -> Fraction:
    return (
        (most - (one[focal] - two[focal]))
        + (most - (y1 - y2))
        + abs(others(one, focal) - others(two, focal))
        + 2 * abs(y1 - least(one))
        + 2 * abs(y2 - least(two))
    )


def alike(s1: Fraction, y1: Fraction, s2: Fraction, y2: Fraction) -> Fraction:
    return (1 - s1) + (1 - s2) + (1 - (y1 - y2)) + abs(s1 - s2)


def irrelevant_rank(typical: Sequence[Fraction], other: Sequence[Fraction], focal: int) -> int | None:
    """Table 2, row by row; None where no row describes the pair."""
    decides = typical[focal] <= others(typical, focal)
    fc, cc = other[focal], others(other, focal)
    if fc < HALF < cc:
        return 1 if decides else 2
    if fc <= cc < HALF:
        return 3 if decides else 4
    if cc < fc < HALF:
        return 4 if decides else 6
    if cc < HALF < fc:
        return 7 if decides else 8
    return None


def alone(terms: Terms, own: int) -> bool:
    """Whether no other term covers the case."""
    return not any(least(parts) > HALF for place, parts in enumerate(terms) if place != own)


def bare(terms: Terms) -> bool:
    """Whether the case is out of every term."""
    return all(least(parts) < HALF for parts in terms)


def typical_pairs(
    cases: Mapping[str, tuple[Terms, Fraction]], term: int, focal: int
) -> list[tuple[int, int, Fraction, str, str]]:
    """(how many are covered by others too, rank, value, first, second), sorted."""
    names = list(cases)
    members = [name for name in names if kinds(cases[name][0][term], cases[name][1]) == "typical"]
    found: dict[frozenset[str], tuple[int, int, Fraction, int, int]] = {}
    for one, two in permutations(members, 2):
        (a, y1), (b, y2) = cases[one], cases[two]
        deciding = [typical_rank(x[term], focal) == 1 for x in (a, b)]
        rank = {2: 1, 1: 2, 0: 4}[sum(deciding)]
        soiled = (not alone(a, term)) + (not alone(b, term))
        value = compared(a[term], y1, b[term], y2, focal, HALF)
        entry = (soiled, rank, value, names.index(one), names.index(two))
        key = frozenset((one, two))
        found[key] = min(found.get(key, entry), entry)
    return [(a, b, c, names[i], names[j]) for a, b, c, i, j in sorted(found.values())]


def irrelevant_pairs(
    cases: Mapping[str, tuple[Terms, Fraction]], term: int, focal: int
) -> list[tuple[int, int, Fraction, str, str]]:
    names = list(cases)
    found = []
    for one, two in product(names, names):
        (a, y1), (b, y2) = cases[one], cases[two]
        if kinds(a[term], y1) != "typical" or kinds(b[term], y2) != "irrelevant":
            continue
        rank = irrelevant_rank(a[term], b[term], focal)
        if rank is None:
            continue
        soiled = (not alone(a, term)) + (not bare(b))
        value = compared(a[term], y1, b[term], y2, focal, Fraction(1))
        found.append((soiled, rank, value, names.index(one), names.index(two)))
    return [(a, b, c, names[i], names[j]) for a, b, c, i, j in sorted(found)]
