"""How many classes are needed at least to cover some points: linear programming duality."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Ints = NDArray[np.int64]

SCALE = 1 << 32
ROUNDS = 150


class Bound:
    """Bounds for the subsets of the points of a problem.

    Weights of points of which no class covers more than 1 in all are a bound: points with more weight than
    n need more than n classes. They are whole numbers here (1 is SCALE), so that nothing rests on rounding.

    Parameters
    ----------
    bits : bool, shape (c, points)
        What each class covers.
    width : int
        Words of 64 bits a set of points takes.
    """

    def __init__(self, bits: NDArray[np.bool_], width: int) -> None:
        self.bits, self.width = bits.astype(np.float64), width
        self.tables: dict[int, Ints] = {}
        weights = dual_weights(self.bits)
        self.tables[0] = _byte_sums(weights, width)
        self.needed = max(1, -(-int(weights.sum()) // SCALE))

    def weigh(self, sets: Words, point: int = 0) -> Ints:
        """The weight, times SCALE, of each of *sets*, shape (w, ...), which have no point before *point*."""
        if point not in self.tables:
            weights = np.zeros(self.bits.shape[1], dtype=np.int64)
            if point < len(weights):
                weights[point:] = dual_weights(self.bits[:, point:])
            self.tables[point] = _byte_sums(weights, self.width)
        total = np.zeros(sets.shape[1:], dtype=np.int64)
        for byte, sums in enumerate(self.tables[point]):
            if sums[255]:
                total += sums[(sets[byte // 8] >> np.uint64(8 * (byte % 8))) & np.uint64(255)]
        return total


def dual_weights(bits: NDArray[np.float64]) -> Ints:
    """Weights of points, large in sum, of which no class (row) covers more than SCALE.

    Round after round the points whose classes are least loaded gain most; at last each takes what room is
    left.
    """
    load, weight = np.zeros(len(bits)), np.zeros(bits.shape[1])
    largest = max(1.0, float(bits.sum(axis=1).max()))
    for _ in range(ROUNDS):
        price = np.exp((load - load.max()) * 8.0) @ bits
        step = (price.min() / price) ** 4 / largest
        weight += step
        load += bits @ step
    weight /= load.max()
    for point in np.argsort(bits.sum(axis=0), kind="stable"):
        weight[point] += max(0.0, 1.0 - float((bits @ weight)[bits[:, point] > 0].max()))
    return np.floor(weight * (SCALE - 1024)).astype(np.int64)


def _byte_sums(weights: Ints, width: int) -> Ints:
    """For each byte of a set, the weight of each of its 256 values; shape (8w, 256)."""
    padded = np.zeros(64 * width, dtype=np.int64)
    padded[: len(weights)] = weights
    values = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little").astype(
        np.int64
    )
    return np.ascontiguousarray((values @ padded.reshape(-1, 8).T).T)
