"""The nodal types of a node: every way in which it may respond to its parents.

A binary node with k binary parents has 2^k parent configurations and 2^(2^k) types; with other levels the
base and the count change alike. A type is a row of values, one a configuration.

References
----------
.. [1] Humphreys & Jacobs (2023), *Integrated Inferences*, Cambridge University Press, ch. 2.
   https://doi.org/10.1017/9781316718636
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from concausa.core.errors import OptionError
from concausa.core.large import counted

Values = npt.NDArray[np.int8]

#: Most types of one node that are held: those of four binary parents, and what is about as large.
MOST = 1 << 17


@dataclass(frozen=True)
class NodalTypes:
    """Types of one node.

    Parameters
    ----------
    node : str
    levels : int
        How many values the node may take, 2 or more.
    parents : tuple of str
    parent_levels : tuple of int
    values : array of int8, shape (types, configurations)
        What the node is under each configuration of its parents; configurations are counted with the
        first parent running fastest, so that with one parent the two columns are parent 0, parent 1.
    """

    node: str
    levels: int
    parents: tuple[str, ...]
    parent_levels: tuple[int, ...]
    values: Values

    def __len__(self) -> int:
        return len(self.values)

    @property
    def configurations(self) -> int:
        """How many configurations of parents there are; 1 for a root."""
        return math.prod(self.parent_levels)

    @cached_property
    def strides(self) -> tuple[int, ...]:
        """What one step of each parent adds to the number of a configuration."""
        return tuple(itertools.accumulate(self.parent_levels[:-1], lambda a, b: a * b, initial=1))[
            : len(self.parents)
        ]

    @cached_property
    def parent_values(self) -> Values:
        """The parents' values in each configuration, shape (configurations, parents)."""
        return configurations_of(self.parent_levels)

    def configuration(self, values: Sequence[int]) -> int:
        """The number of the configuration in which the parents have these values."""
        return sum(step * value for step, value in zip(self.strides, values, strict=True))

    @property
    def is_full(self) -> bool:
        """Whether every conceivable type is among them."""
        return len(self) == count_all(self.levels, self.configurations)

    def name(self, type: int) -> str:
        """A type as its values in the order of configurations, such as ``0001``."""
        row = self.values[type]
        return ("" if self.levels <= 10 else ".").join(map(str, row.tolist()))

    def kept(self, mask: npt.NDArray[np.bool_]) -> NodalTypes:
        """The types for which *mask*, one truth value a type, is true."""
        return NodalTypes(self.node, self.levels, self.parents, self.parent_levels, self.values[mask])


def configurations_of(levels: Sequence[int]) -> Values:
    """Every combination of values, shape (product of levels, len(levels)), the first running fastest.

    Examples
    --------
    >>> configurations_of([2, 2]).tolist()
    [[0, 0], [1, 0], [0, 1], [1, 1]]
    """
    rows = list(itertools.product(*(range(count) for count in reversed(levels))))
    return np.array(rows, dtype=np.int8).reshape(len(rows), len(levels))[:, ::-1]


def count_all(levels: int, configurations: int) -> int:
    """How many types there are when nothing is excluded: levels to the power of configurations."""
    return int(levels**configurations)


def all_types(node: str, levels: int, parents: Sequence[str], parent_levels: Sequence[int]) -> NodalTypes:
    """Every type of a node, in the order of the numbers that their values spell, last column fastest.

    Raises
    ------
    OptionError
        If there are more than 131,072 of them; a monotone or threshold family is proposed.
    """
    configurations = math.prod(parent_levels)
    count = levels**configurations if configurations * math.log2(levels) <= 64 else MOST + 1
    if count > MOST:
        raise OptionError(
            f'"{node}" has {counted(count_all(levels, configurations))} types, too many to hold',
            where=f"{len(parents)} parents: {', '.join(parents)}",
            fix=f'state how parents act: monotone={{"{node}": "+{" +".join(parents)}"}} keeps the types '
            "that never fall when one of these rises",
        )
    codes = np.arange(count, dtype=np.int64)
    powers = levels ** np.arange(configurations - 1, -1, -1, dtype=np.int64)
    values = (codes[:, None] // powers % levels).astype(np.int8)
    return NodalTypes(node, levels, tuple(parents), tuple(parent_levels), values)


def monotone_types(
    node: str,
    levels: int,
    parents: Sequence[str],
    parent_levels: Sequence[int],
    signs: Sequence[int],
) -> NodalTypes:
    """The types that never move against a parent: built without going through all of them.

    Parameters
    ----------
    signs : sequence of {1, -1, 0}
        For each parent: never falls as it rises, never rises as it rises, or free.

    Raises
    ------
    OptionError
        If there are more than 131,072 of them.

    Notes
    -----
    With binary values and all signs 1 their numbers are Dedekind's: 3, 6, 20, 168, 7,581 for one to five
    parents.
    """
    places = configurations_of(parent_levels)
    order = sorted(
        range(len(places)),
        key=lambda row: sum(sign * int(v) for sign, v in zip(signs, places[row], strict=True)),
    )
    below = {row: [other for other in order if _under(places[other], places[row], signs)] for row in order}
    built = np.zeros((1, len(places)), dtype=np.int8)
    for row in order:
        floor = (
            built[:, below[row]].max(axis=1) if below[row] else np.zeros(len(built), dtype=np.int8)
        ).astype(np.int64)
        again = np.repeat(np.arange(len(built)), levels - floor)
        if len(again) > MOST:
            raise OptionError(
                f'"{node}" has more than {MOST:,} types even so',
                where=f"{len(parents)} parents: {', '.join(parents)}",
                fix="join parents into one node, or give more of them a direction",
            )
        starts = np.concatenate(([0], np.cumsum(levels - floor)[:-1]))
        value = floor[again] + np.arange(len(again)) - np.repeat(starts, levels - floor)
        built = built[again]
        built[:, row] = value
    built = built[np.lexsort(built.T[::-1])]
    return NodalTypes(node, levels, tuple(parents), tuple(parent_levels), built)


def _under(low: Values, high: Values, signs: Sequence[int]) -> bool:
    """Whether one configuration lies under another, different only where a sign is given."""
    differs = False
    for a, b, sign in zip(low.tolist(), high.tolist(), signs, strict=True):
        if sign * (b - a) < 0 or (sign == 0 and a != b):
            return False
        differs = differs or a != b
    return differs
