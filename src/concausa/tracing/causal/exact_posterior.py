"""The exact posterior of few cases: every way to allot them to types, with its weight as a fraction."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

import numpy as np

from concausa.tracing.causal.allotment import Allotment
from concausa.tracing.causal.belief import Block

#: Most components that are listed.
MOST = 20_000


def exact_block(allotment: Allotment) -> tuple[Block, Fraction] | None:
    """The posterior of a block and the probability of its cases in their order; None if it is too long to list.

    The likelihood is a product of sums over ways to show a pattern. Multiplied out, each term gives cases
    to classes, and its weight under a Dirichlet is a product of rising factorials.
    """
    if _terms(allotment) > MOST:
        return None
    counts: dict[tuple[int, ...], int] = {(0,) * allotment.classes: 1}
    for number, completions in allotment.rows:
        ways = [way for completion in completions for way in _joined(allotment, completion)]
        after: dict[tuple[int, ...], int] = {}
        for parts in _compositions(number, len(ways)):
            times = math.factorial(number)
            for part in parts:
                times //= math.factorial(part)
            added = [0] * allotment.classes
            for part, way in zip(parts, ways, strict=True):
                for place in way:
                    added[place] += part
            for known, before in counts.items():
                key = tuple(map(sum, zip(known, added, strict=True)))
                after[key] = after.get(key, 0) + before * times
        counts = after
        if len(counts) > MOST:
            return None
    weights = [_weight(allotment, key) * times for key, times in counts.items()]
    total = sum(weights, Fraction(0))
    block = Block(
        allotment.sets, np.array(list(counts), np.int64), tuple(weight / total for weight in weights)
    )
    return block, total


def _terms(allotment: Allotment) -> int:
    """How many terms there are at most before like ones are put together."""
    total = 1
    for number, completions in allotment.rows:
        ways = sum(math.prod(len(allotment.ways[one]) for one in completion) for completion in completions)
        total *= math.comb(number + ways - 1, ways - 1)
        if total > MOST * 10:
            return total
    return total


def _joined(allotment: Allotment, completion: Sequence[int]) -> Iterator[list[int]]:
    for parts in product(*(allotment.ways[one].tolist() for one in completion)):
        yield [place for part in parts for place in part]


def _compositions(number: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to write a number as a sum of that many, in order."""
    if parts == 1:
        yield (number,)
        return
    for first in range(number + 1):
        for rest in _compositions(number - first, parts - 1):
            yield (first, *rest)


def _weight(allotment: Allotment, counts: Sequence[int]) -> Fraction:
    """The mean of a product of weights: rising factorials of the classes over that of their sum."""
    top = bottom = 1
    for one, start in zip(allotment.sets, allotment.offsets, strict=True):
        own = counts[start : start + one.classes]
        if any(own):
            step, parts = one.scale.denominator, one.scale.numerator
            weights = one.class_weights.tolist()
            for weight, count in zip(weights, own, strict=True):
                top *= math.prod(weight * parts + turn * step for turn in range(count))
            bottom *= math.prod(sum(weights) * parts + turn * step for turn in range(sum(own)))
    return Fraction(top, bottom)
