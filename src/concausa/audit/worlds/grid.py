"""A grid: all combinations of options, numbered, and draws from it that anyone can repeat."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from math import prod

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.intp]

#: Worlds of a draw that come from one stream of random numbers.
BLOCK = 1 << 14


@dataclass(frozen=True, slots=True)
class Grid:
    """Every combination of one option of each choice.

    Parameters
    ----------
    sizes : tuple of int
        How many options each choice has, each at least 1. No choice at all makes one combination.

    Examples
    --------
    >>> Grid((2, 3)).size
    6
    >>> [column.tolist() for column in Grid((2, 3)).columns(1, 5)]
    [[0, 0, 1, 1], [1, 2, 0, 1]]
    """

    sizes: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many combinations there are, exactly."""
        return prod(self.sizes)

    def columns(self, start: int, stop: int) -> tuple[IntArray, ...]:
        """The combinations numbered *start* to *stop* - 1: the option of each choice, each of shape (n,).

        The last choice changes fastest; numbers run from 0 to ``size`` - 1.

        Raises
        ------
        IndexError
            If the range leaves the grid.
        OverflowError
            If the numbers do not fit into 63 bits.
        """
        if not 0 <= start <= stop <= self.size:
            msg = f"{start} to {stop} of a grid of {self.size}"
            raise IndexError(msg)
        if stop >= 1 << 63:
            msg = f"combination {stop} of a grid cannot be numbered"
            raise OverflowError(msg)
        left = np.arange(start, stop, dtype=np.int64)
        columns = []
        for size in reversed(self.sizes):
            left, options = np.divmod(left, size)
            columns.append(options.astype(np.intp, copy=False))
        return tuple(reversed(columns))

    def sample(self, n: int, seed: int, key: str) -> tuple[IntArray, ...]:
        """A draw of *n* combinations, each as likely as any other, with repetition; columns of shape (n,).

        Parameters
        ----------
        seed : int
            Not negative.
        key : str
            What the draw is for; other keys make other draws.

        A shorter draw is the beginning of a longer one.
        """
        blocks = [self.block(number, seed, key) for number in range(-(-n // BLOCK))]
        if not blocks:
            return tuple(np.zeros(0, dtype=np.intp) for _ in self.sizes)
        return tuple(np.concatenate(columns)[:n] for columns in zip(*blocks, strict=True))

    def block(self, number: int, seed: int, key: str) -> tuple[IntArray, ...]:
        """The part of a draw that holds its worlds *number* × BLOCK onwards, BLOCK of them."""
        words = np.frombuffer(sha256(key.encode()).digest(), dtype="<u4").tolist()
        rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(*words, number)))
        return tuple(
            rng.integers(0, size, BLOCK, dtype=np.int64).astype(np.intp, copy=False) for size in self.sizes
        )
