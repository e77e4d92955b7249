"""How much each type of a node weighs under a belief: exact means, or one row a draw."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from concausa.tracing.causal.belief import Belief, Block
from concausa.tracing.causal.nodal_types import NodalTypes
from concausa.tracing.causal.twin_sum import Weight

Ints = npt.NDArray[np.int64]


class SingleMeans:
    """Exact mean weights of a node whose counts hang together with no other node's, however many types.

    They are whole numbers, to be divided by *unit*.
    """

    def __init__(self, types: NodalTypes, blocks: Mapping[int, tuple[Block, int]]) -> None:
        self.types = types
        self.sets = {given: block.sets[place] for given, (block, place) in blocks.items()}
        means = {given: _class_means(block, place) for given, (block, place) in blocks.items()}
        self.unit = math.lcm(*{mean.denominator for own in means.values() for mean in own})
        self.means = {given: [int(mean * self.unit) for mean in own] for given, own in means.items()}
        self.seen: dict[tuple[int, tuple[int, ...]], Sequence[tuple[tuple[int, ...], Weight]]] = {}

    def grouped(
        self, given: int, configurations: tuple[int, ...]
    ) -> Sequence[tuple[tuple[int, ...], Weight]]:
        """Mean weight of each row of values, times *unit*."""
        key = (given, configurations)
        if key not in self.seen:
            codes, rows = _rows(self.types, configurations)
            self.seen[key] = list(zip(rows, self._weights(given, codes, len(rows)), strict=True))
        return self.seen[key]

    def by_type(self, given: int) -> Sequence[tuple[int, Weight]]:
        """Mean weight of each type, times *unit*."""
        count = len(self.types)
        return list(enumerate(self._weights(given, np.arange(count), count)))

    def _weights(self, given: int, codes: Ints, groups: int) -> list[int]:
        one, means = self.sets[given], self.means[given]
        joint = np.bincount(
            one.class_of * groups + codes, weights=one.weights, minlength=one.classes * groups
        ).reshape(one.classes, groups)
        found = [0] * groups
        for mean, row in zip(means, joint, strict=True):
            for group in np.flatnonzero(row).tolist():
                found[group] += mean * int(row[group])
        return found


def _class_means(block: Block, place: int) -> list[Fraction]:
    """For each class, what a type of prior weight 1 in it weighs on average."""
    one = block.sets[place]
    counts = _mean_counts(block, place)
    total = one.scale * int(one.class_weights.sum()) + sum(counts)
    return [
        (one.scale * inside + count) / total / inside
        for inside, count in zip(one.class_weights.tolist(), counts, strict=True)
    ]


def _mean_counts(block: Block, place: int) -> list[Fraction]:
    """Mean count of each class over the components, all of which have the same cases in all."""
    counts = block.counts_of(place).tolist()
    assert block.weights is not None
    means = [Fraction(0)] * block.sets[place].classes
    for weight, own in zip(block.weights, counts, strict=True):
        for at, count in enumerate(own):
            if count:
                means[at] += weight * count
    return means


class Rows:
    """Weights of a node, one row a component or draw: shape (..., types) for each given.

    Exact ones are whole numbers, to be divided by *unit*.
    """

    def __init__(self, types: NodalTypes, rows: Mapping[int, npt.NDArray[Any]], unit: int = 1) -> None:
        self.types = types
        self.rows = rows
        self.unit = unit
        self.seen: dict[tuple[int, tuple[int, ...]], Sequence[tuple[tuple[int, ...], Weight]]] = {}

    def grouped(
        self, given: int, configurations: tuple[int, ...]
    ) -> Sequence[tuple[tuple[int, ...], Weight]]:
        """Weights of each row of values, an array one entry a component."""
        key = (given, configurations)
        if key not in self.seen:
            codes, rows = _rows(self.types, configurations)
            weights = self.rows[given]
            if weights.dtype == object or len(rows) > 64:
                order = np.argsort(codes, kind="stable")
                starts = np.searchsorted(codes[order], np.arange(len(rows)))
                sums = np.add.reduceat(weights[..., order], starts, axis=-1)
            else:
                sums = weights @ (codes[:, None] == np.arange(len(rows))).astype(np.float64)
            self.seen[key] = [(row, sums[..., place]) for place, row in enumerate(rows)]
        return self.seen[key]

    def by_type(self, given: int) -> Sequence[tuple[int, Weight]]:
        """Weights of each type, an array one entry a component."""
        weights = self.rows[given]
        return [(type, weights[..., type]) for type in range(weights.shape[-1])]


def _rows(types: NodalTypes, configurations: tuple[int, ...]) -> tuple[Ints, list[tuple[int, ...]]]:
    """The number of the row of values of each type, and the rows that occur."""
    codes = np.zeros(len(types), np.int64)
    for configuration in configurations:
        codes = codes * types.levels + types.values[:, configuration]
    found, where = np.unique(codes, return_inverse=True)
    rows = []
    for code in found.tolist():
        rest, row = code, []
        for _ in configurations:
            rest, value = divmod(rest, types.levels)
            row.append(value)
        rows.append(tuple(reversed(row)))
    return where.astype(np.int64).reshape(-1), rows


def exact_weights(
    belief: Belief, types: Sequence[NodalTypes]
) -> tuple[list[SingleMeans | Rows], tuple[npt.NDArray[np.object_], ...]]:
    """Exact mean weights under a belief without draws, and the weights of its components.

    Returns
    -------
    list of NodeWeights
        One a node.
    tuple of arrays
        The weight of each combination of components: one array a block in which the counts of several sets
        hang together, shaped so that their product spans all combinations.
    """
    several = [
        place for place, block in enumerate(belief.blocks) if len(block.counts) > 1 and len(block.sets) > 1
    ]
    axes = {place: axis for axis, place in enumerate(several)}

    def shaped(values: npt.NDArray[Any], place: int, *tail: int) -> npt.NDArray[Any]:
        shape = [1] * len(several)
        shape[axes[place]] = len(values)
        return values.reshape(*shape, *tail)

    weights: list[SingleMeans | Rows] = []
    for node, own in enumerate(types):
        homes = {given: home for (at, given), home in belief.homes.items() if at == node}
        blocks = {block for block, _ in homes.values()}
        if not blocks & set(axes):
            weights.append(
                SingleMeans(own, {given: (belief.blocks[b], place) for given, (b, place) in homes.items()})
            )
            continue
        unit = math.lcm(*(_unit(belief.blocks[b], place) for b, place in homes.values()))
        rows = {}
        for given, (b, place) in homes.items():
            means = exact_means(belief.blocks[b], place, unit)
            rows[given] = (
                shaped(means, b, len(own)) if b in axes else means.reshape(*[1] * len(several), len(own))
            )
        weights.append(Rows(own, rows, unit))
    parts = []
    for place in several:
        told = belief.blocks[place].weights
        assert told is not None
        parts.append(shaped(np.array(told, dtype=object), place))
    return weights, tuple(parts)


def _unit(block: Block, place: int) -> int:
    """A whole number by which the mean weights of a set can be multiplied to become whole."""
    one = block.sets[place]
    every = int(one.class_weights.sum()) * one.scale.numerator
    totals = {every + int(count) * one.scale.denominator for count in block.counts_of(place).sum(axis=1)}
    return math.lcm(*totals) * math.lcm(*one.class_weights.tolist())


def exact_means(block: Block, place: int, unit: int) -> npt.NDArray[np.object_]:
    """Mean weights of the types of one set in each component, times *unit*; shape (components, types)."""
    one = block.sets[place]
    counts = block.counts_of(place).astype(object)
    top = one.class_weights.astype(object) * one.scale.numerator + counts * one.scale.denominator
    inner = one.weights.astype(object) * (unit // math.lcm(*one.class_weights.tolist()))
    inner = inner * (math.lcm(*one.class_weights.tolist()) // one.class_weights.astype(object)[one.class_of])
    found = top[:, one.class_of] * inner // top.sum(axis=1)[:, None]
    return np.asarray(found, dtype=object)


def mean_rows(block: Block, place: int, draws: Ints) -> npt.NDArray[np.float64]:
    """Mean weights of the types of one set in some components, as floats; shape (components, types)."""
    one = block.sets[place]
    counts = block.counts_of(place)[draws]
    by_class = (one.alphas + counts) / (one.alphas.sum() + counts.sum(axis=1, keepdims=True))
    return np.asarray(by_class[:, one.class_of] * one.shares)


def drawn_rows(
    block: Block, place: int, components: Ints, rng: np.random.Generator
) -> npt.NDArray[np.float64]:
    """One draw of the weights of the types of one set from each of the components; shape (draws, types)."""
    one = block.sets[place]
    counts = block.counts_of(place)[components]
    if one.classes == len(one.weights):
        return np.asarray(dirichlet(one.alphas + counts, rng)[:, one.class_of])
    inner = np.broadcast_to(one.weights * float(one.scale), (len(counts), len(one.weights)))
    if one.classes == 1:
        return dirichlet(inner, rng)
    logs = log_gammas(inner, rng)
    order = np.argsort(one.class_of, kind="stable")
    starts = np.searchsorted(one.class_of[order], np.arange(one.classes))
    peak = np.maximum.reduceat(logs[:, order], starts, axis=1)
    parts = np.exp(logs - peak[:, one.class_of])
    sums = np.add.reduceat(parts[:, order], starts, axis=1)
    totals = dirichlet(one.alphas + counts, rng)
    return np.asarray(parts / sums[:, one.class_of] * totals[:, one.class_of])


def dirichlet(alphas: npt.NDArray[np.float64], rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """A draw from each row's Dirichlet; small parameters do not come out as 0/0."""
    if alphas.min() >= 0.5:
        gammas = rng.standard_gamma(alphas)
    else:
        logs = log_gammas(alphas, rng)
        gammas = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return np.asarray(gammas / gammas.sum(axis=-1, keepdims=True))


def log_gammas(alphas: npt.NDArray[np.float64], rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Logarithms of gamma draws: Gamma(a) is Gamma(a + 1) times a uniform draw to the power 1/a."""
    return np.asarray(
        np.log(rng.standard_gamma(alphas + 1.0)) - rng.standard_exponential(alphas.shape) / alphas
    )
