"""Measures of fit by their definitions: one loop over the cases, exact fractions, one set at a time."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Scores = Sequence[Fraction]


def ratio(part: Fraction, whole: Fraction) -> Fraction | None:
    return part / whole if whole else None


def consistency(x: Scores, y: Scores) -> Fraction | None:
    return ratio(sum((min(a, b) for a, b in zip(x, y, strict=True)), Fraction(0)), sum(x, Fraction(0)))


def pri(x: Scores, y: Scores) -> Fraction | None:
    both = sum((min(a, b) for a, b in zip(x, y, strict=True)), Fraction(0))
    all_three = sum((min(a, b, 1 - b) for a, b in zip(x, y, strict=True)), Fraction(0))
    return ratio(both - all_three, sum(x, Fraction(0)) - all_three)


def coverage(x: Scores, y: Scores) -> Fraction | None:
    return consistency(y, x)


def relevance(x: Scores, y: Scores) -> Fraction | None:
    outside = sum((1 - a for a in x), Fraction(0))
    return ratio(outside, sum((1 - min(a, b) for a, b in zip(x, y, strict=True)), Fraction(0)))


def product(x: Scores, y: Scores) -> Fraction | None:
    first, second = consistency(x, y), pri(x, y)
    return None if first is None or second is None else first * second


def contrapositive_consistency(x: Scores, y: Scores) -> Fraction | None:
    return consistency([1 - b for b in y], [1 - a for a in x])


def contrapositive_coverage(x: Scores, y: Scores) -> Fraction | None:
    return consistency([1 - a for a in x], [1 - b for b in y])


def consistent_share(x: Scores, y: Scores) -> Fraction | None:
    some = [(a, b) for a, b in zip(x, y, strict=True) if a > 0]
    return ratio(Fraction(sum(a <= b for a, b in some)), Fraction(len(some)))


def trivialness(x: Scores, y: Scores) -> Fraction | None:
    shares = [(1 - a) / (1 - b) for a, b in zip(x, y, strict=True) if b != 1]
    return ratio(sum(shares, Fraction(0)), Fraction(len(shares)))


def unique_coverage(sets: Sequence[Scores], place: int, y: Scores) -> Fraction | None:
    everything = [max(column) for column in zip(*sets, strict=True)]
    others = [scores for other, scores in enumerate(sets) if other != place]
    rest = [max(column) for column in zip(*others, strict=True)] if others else [Fraction(0)] * len(y)
    whole, without = coverage(everything, y), coverage(rest, y)
    return None if whole is None or without is None else whole - without
