"""Posteriors and tipping values by trying corners one by one: slow, and with nothing clever in it.

A reading is a choice of one number from each range. Bounds of a posterior are those over all readings whose
numbers are ends, over every prior that is a vertex of what the ranges and the sum of 1 leave.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from fractions import Fraction

Range = tuple[Fraction, Fraction]


def prior_vertices(ranges: Sequence[Range]) -> list[tuple[Fraction, ...]]:
    """Every vertex: all but one prior at an end, the last what the sum leaves, if it lies in its range."""
    found = []
    for free in range(len(ranges)):
        others = [ends for place, ends in enumerate(ranges) if place != free]
        for chosen in itertools.product(*others):
            left = 1 - sum(chosen, Fraction(0))
            if ranges[free][0] <= left <= ranges[free][1]:
                found.append((*chosen[:free], left, *chosen[free:]))
    return found


def posterior_bounds(priors: Sequence[Range], items: Sequence[Sequence[Range]]) -> Range | None:
    """The least and the greatest posterior of the first hypothesis; items × hypotheses."""
    values = []
    boxes = [ends for item in items for ends in item]
    n = len(priors)
    for prior in prior_vertices(priors):
        for numbers in itertools.product(*boxes):
            worth = list(prior)
            for place, number in enumerate(numbers):
                worth[place % n] *= number
            if whole := sum(worth, Fraction(0)):
                values.append(worth[0] / whole)
    return (min(values), max(values)) if values else None


def odds_with_bias(
    prior: Fraction, items: Sequence[Mapping[str, object]], source: str, bias: Fraction, anyway: Fraction
) -> Fraction:
    """Odds of the first of two hypotheses when a source speaks anyway with chance *bias*; points only."""
    sides = []
    for place, worth in enumerate((prior, 1 - prior)):
        everything, rest = worth, worth
        for item in items:
            everything *= item["p"][place]  # type: ignore[index]
            if item["source"] != source:
                rest *= item["p"][place]  # type: ignore[index]
        sides.append((1 - bias) * everything + bias * anyway * rest)
    return sides[0] / sides[1]


def bounds_over_readings(
    priors: Sequence[Range], pieces: Sequence[Sequence[Sequence[Fraction]]]
) -> Range | None:
    """The least and the greatest posterior of the first hypothesis over every way in which pieces may count.

    Each piece is a list of its readings, each reading one likelihood a hypothesis.
    """
    values = []
    for prior in prior_vertices(priors):
        for readings in itertools.product(*pieces):
            worth = list(prior)
            for reading in readings:
                worth = [own * chance for own, chance in zip(worth, reading, strict=True)]
            if whole := sum(worth, Fraction(0)):
                values.append(worth[0] / whole)
    return (min(values), max(values)) if values else None


def searched(chances: Sequence[Fraction], reach: Fraction) -> list[Fraction]:
    """The chance that a search of some reach finds nothing, where that of nothing being there is given."""
    return [reach * chance + (1 - reach) for chance in chances]
