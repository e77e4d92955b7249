"""A belief over the types of nodes: a mixture of Dirichlets, block by block.

The prior is one component without counts. Data add counts of cases to types; how they may be allotted
makes the components of the mixture. Types that no case can tell apart form a class: cases count for the
class, and its inner split stays as the prior has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from concausa.tracing.causal.type_prior import TypePrior

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class TypeSet:
    """One Dirichlet: the types of a node, given one combination of its partners' types.

    Parameters
    ----------
    node, given : int
    class_of : array of int64, shape (types,)
        Class of each type, 0 to ``classes - 1``.
    weights : array of int64, shape (types,)
        Prior weights, to be multiplied by *scale*.
    scale : Fraction
    """

    node: int
    given: int
    class_of: Ints
    weights: Ints
    scale: Fraction

    @staticmethod
    def of(node: int, given: int, prior: TypePrior, class_of: Ints | None = None) -> TypeSet:
        """A set under a prior; without classes, all its types are one."""
        weights = prior.weights[given]
        return TypeSet(
            node,
            given,
            np.zeros(len(weights), np.int64) if class_of is None else class_of,
            weights,
            prior.scale,
        )

    @cached_property
    def class_weights(self) -> Ints:
        """Sum of the weights of each class."""
        return np.bincount(self.class_of, weights=self.weights).astype(np.int64)

    @property
    def classes(self) -> int:
        """How many classes there are."""
        return len(self.class_weights)

    @cached_property
    def alphas(self) -> npt.NDArray[np.float64]:
        """Dirichlet parameter of each class."""
        return np.asarray(self.class_weights * float(self.scale), dtype=np.float64)

    @cached_property
    def shares(self) -> npt.NDArray[np.float64]:
        """Prior share of each type in its class."""
        return self.weights / self.class_weights[self.class_of]


@dataclass(frozen=True)
class Block:
    """Dirichlets whose counts of cases belong together.

    Parameters
    ----------
    sets : tuple of TypeSet
    counts : array of int, shape (components, sum of classes)
        Cases that each component gives to each class, set after set.
    weights : tuple of Fraction or None
        Of the components, adding up to 1; None where they are draws, each of equal weight.
    """

    sets: tuple[TypeSet, ...]
    counts: npt.NDArray[np.integer[Any]]
    weights: tuple[Fraction, ...] | None

    @property
    def is_drawn(self) -> bool:
        """Whether the components are draws of a chain."""
        return self.weights is None

    @cached_property
    def offsets(self) -> tuple[int, ...]:
        """Where the classes of each set begin."""
        return tuple(np.cumsum([0, *(one.classes for one in self.sets)])[:-1].tolist())

    def counts_of(self, place: int) -> npt.NDArray[np.integer[Any]]:
        """Counts of the classes of one set, shape (components, classes)."""
        start = self.offsets[place]
        return self.counts[:, start : start + self.sets[place].classes]


@dataclass(frozen=True)
class Belief:
    """What is held of all types.

    Parameters
    ----------
    blocks : tuple of Block
        Every set of every node in exactly one of them.
    layout : (int, int) or None
        Chains and draws a chain of the drawn blocks; draws of one chain lie together.
    """

    blocks: tuple[Block, ...]
    layout: tuple[int, int] | None = None

    @cached_property
    def homes(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Block and place in it of each (node, given)."""
        return {
            (one.node, one.given): (block, place)
            for block, own in enumerate(self.blocks)
            for place, one in enumerate(own.sets)
        }

    @property
    def is_exact(self) -> bool:
        """Whether nothing in it was drawn."""
        return not any(block.is_drawn for block in self.blocks)


def prior_belief(priors: Sequence[TypePrior]) -> Belief:
    """What is held before any data; one prior a node, in the order of the graph."""
    return Belief(tuple(
        Block((one,), np.zeros((1, 1), np.int64), (Fraction(1),))
        for node, prior in enumerate(priors)
        for one in (TypeSet.of(node, given, prior) for given in range(prior.givens))
    ))  # fmt: skip
