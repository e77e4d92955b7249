"""Prime implicants of several outputs at once: conjunctions with the outputs for which each will do [1]_.

References
----------
.. [1] McCluskey (1956), Minimization of Boolean Functions, *The Bell System Technical Journal* 35(6), 1417-1444.
   https://doi.org/10.1002/j.1538-7305.1956.tb03835.x
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.cubes import Cubes, covers
from concausa._kernels.primes import BUDGET, prime_implicants

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class SharedPrimes:
    """Cubes that no wider cube replaces for all of their outputs; those of the most outputs first.

    cubes : int8, shape (p, k)
    tags : bool, shape (p, outputs); for which outputs each will do
    complete : bool
    """

    cubes: Cubes
    tags: Bools
    complete: bool


def shared_primes(
    rows: Cubes, on: Bools, off: Bools, levels: Sequence[int], *, budget: int = BUDGET
) -> SharedPrimes:
    """The prime implicants of every product of outputs, each with all outputs that it implies.

    Parameters
    ----------
    rows : int8, shape (n, k)
    on, off : bool, shape (outputs, n)
        Where each output is on, and off; where it is neither, it is free.
    levels : sequence of int, length k
    budget : int
        See `primes.prime_implicants`.

    Returns
    -------
    SharedPrimes

    Notes
    -----
    A product of outputs is on where all are, and off where one is. Time doubles with each output.

    Examples
    --------
    >>> import numpy as np
    >>> rows = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.int8)
    >>> on = np.array([[0, 0, 1, 1], [0, 1, 0, 1]], dtype=bool)
    >>> found = shared_primes(rows, on, ~on, (2, 2))
    >>> found.cubes.tolist(), found.tags.tolist()
    ([[1, 1], [1, -1], [-1, 1]], [[True, True], [True, False], [False, True]])
    """
    outputs = len(on)
    cubes, tags, complete = [], [], True
    for size in range(outputs, 0, -1):
        for several in combinations(range(outputs), size):
            chosen = list(several)
            found = prime_implicants(
                rows[on[chosen].all(axis=0)], rows[off[chosen].any(axis=0)], levels, budget=budget
            )
            complete &= found.complete
            inside = covers(found.cubes, rows)
            own = np.stack(
                [
                    ~(inside & off[output]).any(axis=1) & (inside & on[output]).any(axis=1)
                    for output in range(outputs)
                ],
                axis=1,
            )
            kept = own.sum(axis=1) == size
            kept &= own[:, chosen].all(axis=1)
            cubes.append(found.cubes[kept])
            tags.append(own[kept])
    return SharedPrimes(np.concatenate(cubes), np.concatenate(tags), complete)
