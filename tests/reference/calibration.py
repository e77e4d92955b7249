"""The slow and obvious way to calibrate: one case at a time, from the words of the definitions."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from fractions import Fraction


def logistic(value: float, out: float, crossover: float, full: float, idm: float) -> float:
    """The odds at full-in, or against them at full-out, to the power of how far the value is on that way."""
    towards = full if (value > crossover) == (full > crossover) else out
    share = abs(value - crossover) / abs(towards - crossover)
    odds = math.exp(-share * math.log(idm / (1 - idm)))
    rest = odds / (1 + odds)
    return 1 - rest if towards == full else rest


def linear(value: Fraction, out: Fraction, crossover: Fraction, full: Fraction) -> Fraction:
    """Interpolation between the points (out, 0), (crossover, ½), (full, 1), flat outside."""
    if out > full:
        return linear(-value, -out, -crossover, -full)
    if value <= out:
        return Fraction(0)
    if value >= full:
        return Fraction(1)
    if value <= crossover:
        return (value - out) / (crossover - out) / 2
    return Fraction(1, 2) + (value - crossover) / (full - crossover) / 2


def relative(value: float, values: Sequence[float]) -> Fraction:
    """Of those above the lowest, how many are not above this value."""
    above = [other for other in values if other > min(values)]
    return Fraction(sum(other <= value for other in above), len(above))


def partitions(values: Sequence[float], groups: int) -> list[list[list[float]]]:
    """Every way to cut the sorted values into groups of neighbours, equal values never parted."""
    ordered = sorted(values)
    found = []
    for cuts in itertools.combinations(range(1, len(ordered)), groups - 1):
        if all(ordered[cut - 1] < ordered[cut] for cut in cuts):
            ends = [0, *cuts, len(ordered)]
            found.append([ordered[start:stop] for start, stop in itertools.pairwise(ends)])
    return found


def squares(groups: Sequence[Sequence[float]]) -> float:
    """Sum of squared distances from the mean of each group."""
    return sum((value - sum(group) / len(group)) ** 2 for group in groups for value in group)


def clusters(values: Sequence[float], groups: int, linkage: str) -> list[list[float]]:
    """Merge the two nearest of all groups, any two, until so many are left. For data without ties."""
    found = [[value] for value in sorted(set(values)) for _ in (0,)]
    found = [[value] * list(values).count(value) for (value,) in found]
    measure = {"single": min, "complete": max, "average": lambda far: sum(far) / len(far)}[linkage]
    while len(found) > groups:
        one, other = min(
            itertools.combinations(range(len(found)), 2),
            key=lambda pair: measure([abs(a - b) for a in found[pair[0]] for b in found[pair[1]]]),
        )
        found[one] += found.pop(other)
    return sorted(sorted(group) for group in found)
