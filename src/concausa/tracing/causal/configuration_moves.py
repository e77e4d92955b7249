"""Draws of weights one configuration at a time, with only the cases that were in it.

Types that differ in one configuration alone form a group. Given what each group weighs in all, how that is
divided inside turns on nothing but the cases seen in that configuration, so that no case of another one
has to be allotted. For weights that data identify this mixes far faster than allotting all cases at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from concausa.tracing.causal.node_weights import log_gammas

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ConfigurationGroups:
    """Groups of one configuration of one set.

    Parameters
    ----------
    members : array of int64, shape (groups, levels)
        The class of each group that shows each level, one past the last class where there is none.
    patterns : array of int64, shape (levels,)
        The pattern that is a case in this configuration with that level; -1 where there was none.
    alphas : array of float, shape (groups, levels)
        Dirichlet parameters; 1 where there is no class.
    real : array of bool, shape (groups, levels)
        Where there is a class.
    """

    members: Ints
    patterns: Ints
    alphas: Floats
    real: npt.NDArray[np.bool_]


def configuration_groups(
    values: npt.NDArray[np.int8],
    column: int,
    levels: int,
    start: int,
    patterns: Mapping[int, int],
    alphas: Floats,
    nothing: int,
) -> ConfigurationGroups | None:
    """The groups of types that differ in one column alone; None if no two types do.

    Parameters
    ----------
    values : array of int8, shape (classes, configurations)
    start : int
        Where the classes of the set begin.
    patterns : mapping of int to int
        Pattern by level.
    alphas : array, shape (classes of the block,)
    nothing : int
        The place that stands for no class.
    """
    rest = np.delete(values, column, axis=1)
    codes = np.zeros(len(values), np.int64)
    for own in rest.T:
        codes = codes * levels + own
        if codes.max() >= 1 << 48:
            codes = np.unique(codes, return_inverse=True)[1].reshape(-1)
    _, where = np.unique(codes, return_inverse=True)
    where = where.reshape(-1)
    sizes = np.bincount(where)
    if sizes.max() < 2:
        return None
    members = np.full((len(sizes), levels), nothing, np.int64)
    members[where, values[:, column]] = np.arange(len(values)) + start
    real = members != nothing
    padded = np.append(alphas, 1.0)
    places = np.where(real, members, len(alphas))
    return ConfigurationGroups(
        members,
        np.array([patterns.get(level, -1) for level in range(levels)], np.int64),
        padded[places],
        real,
    )


def redraw(weights: Floats, numbers: Ints, groups: ConfigurationGroups, rng: np.random.Generator) -> None:
    """Divide each group's weight anew, in place.

    Parameters
    ----------
    weights : array, shape (chains, classes + 1 or more)
        The place *nothing* holds 0.
    numbers : array of int64, shape (chains, patterns)
        Cases of each pattern.
    """
    inside = weights[:, groups.members]
    counts = np.zeros(inside.shape)
    for level, pattern in enumerate(groups.patterns.tolist()):
        if pattern >= 0:
            shares = inside[..., level]
            total = shares.sum(axis=1, keepdims=True)
            shares = shares / np.where(total > 0, total, 1.0)
            shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1.0)
            counts[..., level] = rng.multinomial(numbers[:, pattern], shares)
    sums = inside.sum(axis=2, keepdims=True)
    alphas = groups.alphas + counts
    if groups.alphas.min() >= 0.5:
        gammas = rng.standard_gamma(alphas) * groups.real
    else:
        logs = np.where(groups.real, log_gammas(alphas, rng), -np.inf)
        gammas = np.exp(logs - logs.max(axis=2, keepdims=True))
    weights[:, groups.members[groups.real]] = (gammas / gammas.sum(axis=2, keepdims=True) * sums)[
        :, groups.real
    ]


def groups_of_set(
    values: npt.NDArray[np.int8],
    levels: int,
    start: int,
    patterns: Sequence[Mapping[int, int]],
    alphas: Floats,
    nothing: int,
) -> list[ConfigurationGroups]:
    """The groups of every configuration of a set in which two types differ alone."""
    found = [
        configuration_groups(values, column, levels, start, own, alphas, nothing)
        for column, own in enumerate(patterns)
    ]
    return [one for one in found if one is not None]


def is_connected(values: npt.NDArray[np.int8]) -> bool:
    """Whether steps between types that differ in one configuration alone lead from every type to every other.

    Where they do not, what the types of each part weigh in all is moved by no redraw of groups.

    Parameters
    ----------
    values : array of int8, shape (types, configurations)
        All different.

    Examples
    --------
    >>> is_connected(np.array([[0, 0], [0, 1], [1, 1]], np.int8))
    True
    >>> is_connected(np.array([[0, 0], [1, 1]], np.int8))
    False
    """
    levels = values.max(axis=0).astype(np.int64) + 1
    if len(values) == np.prod(levels.astype(float)):
        return True
    part = np.arange(len(values))
    groups = []
    for column in range(values.shape[1]):
        _, group = np.unique(np.delete(values, column, axis=1), axis=0, return_inverse=True)
        groups.append(group.reshape(-1))
    while True:
        before = part.copy()
        for group in groups:
            least = np.full(len(values), len(values))
            np.minimum.at(least, group, part)
            part = least[group]
        if (part == before).all():
            return bool((part == 0).all())
