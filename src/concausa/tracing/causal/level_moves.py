"""Moves that leave the likelihood as it is: weight goes round four types that show the same together.

Types t, u and v, w for which {t(c), u(c)} = {v(c), w(c)} in every configuration c make a square: what is added
to t and u and taken from v and w changes the probability of no observation. Data say nothing about that
direction, so the chain may go along it at once instead of step by step.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Layers of disjoint squares that are prepared for one set.
LAYERS = 24
#: Most pairs of types that are looked through for squares.
_MOST_PAIRS = 200_000


def square_layers(values: npt.NDArray[np.int8], rng: np.random.Generator) -> list[Ints]:
    """Layers of squares, shape (squares, 4) each: t, u, v, w; no type twice in a layer.

    Parameters
    ----------
    values : array of int8, shape (types, configurations)
        All different.
    """
    values = values[:, (values != values[:1]).any(axis=0)]
    count, configurations = values.shape
    if count < 4 or configurations < 2:
        return []
    if count == math.prod(int(column.max()) + 1 for column in values.T):
        return [layer for layer in (_of_product(values, rng) for _ in range(LAYERS)) if len(layer)]
    return _of_pairs(values, rng)


def _of_product(values: npt.NDArray[np.int8], rng: np.random.Generator) -> Ints:
    """Squares of all functions: two commuting swaps on disjoint sets of configurations."""
    count, configurations = values.shape
    levels = values.max(axis=0).astype(np.int64) + 1
    while True:
        side = rng.integers(0, 3, size=configurations)
        if (side == 0).any() and (side == 1).any():
            break
    strides = np.concatenate((np.cumprod(levels[::-1])[::-1][1:], [1]))
    codes = values.astype(np.int64) @ strides
    row_of = np.empty(count, np.int64)
    row_of[codes] = np.arange(count)
    shifted = []
    for which in (0, 1):
        moved = values.astype(np.int64).copy()
        for column in np.flatnonzero(side == which):
            a, b = rng.choice(levels[column], size=2, replace=False)
            moved[:, column] = np.where(
                values[:, column] == a, b, np.where(values[:, column] == b, a, moved[:, column])
            )
        shifted.append(row_of[moved @ strides])
    first, second = shifted
    here = np.arange(count)
    squares = np.stack([here, first[second], first, second], axis=1)
    distinct = (np.sort(squares, axis=1)[:, 1:] != np.sort(squares, axis=1)[:, :-1]).all(axis=1)
    return np.asarray(squares[distinct & (squares.min(axis=1) == here)])


def _of_pairs(values: npt.NDArray[np.int8], rng: np.random.Generator) -> list[Ints]:
    """Squares among some functions: pairs of types with the same two values in every configuration."""
    count = len(values)
    if count * (count - 1) // 2 <= _MOST_PAIRS:
        first, second = np.triu_indices(count, 1)
    else:
        first = rng.integers(0, count, _MOST_PAIRS)
        second = (first + rng.integers(1, count, _MOST_PAIRS)) % count
        low, high = np.minimum(first, second), np.maximum(first, second)
        first, second = np.unique(np.stack([low, high]), axis=1)
    both = np.concatenate(
        [np.minimum(values[first], values[second]), np.maximum(values[first], values[second])], axis=1
    )
    _, group, sizes = np.unique(both, axis=0, return_inverse=True, return_counts=True)
    group = group.reshape(-1)
    several = np.flatnonzero(sizes[group] > 1)
    if not len(several):
        return []
    order = several[np.argsort(group[several], kind="stable")]
    starts = np.flatnonzero(np.r_[True, np.diff(group[order]) != 0])
    members = np.split(np.stack([first[order], second[order]], axis=1), starts[1:])
    layers = []
    for _ in range(LAYERS):
        used = np.zeros(count, bool)
        squares = []
        for at in rng.permutation(len(members)):
            own = members[at]
            a, b = own[rng.choice(len(own), size=2, replace=False)]
            four = [int(a[0]), int(a[1]), int(b[0]), int(b[1])]
            if not used[four].any():
                used[four] = True
                squares.append(four)
        layers.append(np.array(squares, np.int64))
    return layers


def move(weights: Floats, layer: Ints, alphas: Floats, rng: np.random.Generator) -> None:
    """Draw every square of a layer anew along its free direction, in place.

    The conditional density along the direction is the prior's alone, a product of four powers: uniform where
    all parameters are 1, drawn by a shrinking slice (Neal 2003, 10.1214/aos/1056562461) otherwise.

    Parameters
    ----------
    weights : array, shape (chains, types)
    alphas : array, shape (types,)
        Dirichlet parameters.
    """
    four = weights[:, layer]
    low = -four[..., :2].min(axis=-1)
    high = four[..., 2:].min(axis=-1)
    powers = alphas[layer] - 1.0
    is_uniform = not powers.any()
    step = low + (high - low) * rng.random(low.shape) if is_uniform else _sliced(four, low, high, powers, rng)
    four[..., :2] += step[..., None]
    four[..., 2:] -= step[..., None]
    weights[:, layer] = np.maximum(four, 0.0)


def _sliced(four: Floats, low: Floats, high: Floats, powers: Floats, rng: np.random.Generator) -> Floats:
    signs = np.array([1.0, 1.0, -1.0, -1.0])

    def height(step: Floats) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.log(np.maximum(four + step[..., None] * signs, 0.0))
            parts = np.where(powers == 0, 0.0, powers * logs)
        return np.asarray(parts.sum(axis=-1))

    bar = height(np.zeros_like(low)) - rng.standard_exponential(low.shape)
    bar = np.where(np.isfinite(bar), bar, np.inf)
    low, high = low.copy(), high.copy()
    step = np.zeros_like(low)
    waiting = np.isfinite(bar)
    for _ in range(40):
        if not waiting.any():
            break
        tried = low + (high - low) * rng.random(low.shape)
        accepted = waiting & (height(tried) >= bar)
        step = np.where(accepted, tried, step)
        waiting &= ~accepted
        low = np.where(waiting & (tried < 0), tried, low)
        high = np.where(waiting & (tried >= 0), tried, high)
    return step


def layers_of_sets(
    reached: Sequence[npt.NDArray[np.int8]], offsets: Sequence[int], rng: np.random.Generator
) -> list[list[Ints]]:
    """Layers of every set that has any, as places among all classes of a block."""
    found = [
        [layer + start for layer in square_layers(values, rng)]
        for values, start in zip(reached, offsets, strict=True)
    ]
    return [own for own in found if own]
