"""Cubes as whole numbers that sort as cubes are listed: many cubes in little room."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.cubes import FREE, Cubes

Words = NDArray[np.uint64]
Ints = NDArray[np.int64]

ONE = np.uint64(1)


class Codes:
    """Codes of the cubes that keep some literals of some points.

    A code holds how many literals a cube has, which conditions they are on (first conditions first), and
    their values (high ones first), each so that rising codes are the order of `primes.Primes`. It takes one
    word of 64 bits where that suffices.

    Parameters
    ----------
    points : int8, shape (n, k)
    levels : tuple of int, length k
    """

    def __init__(self, points: Cubes, levels: tuple[int, ...]) -> None:
        self.levels, self.conditions = levels, len(levels)
        widths = [max(1, (count - 1).bit_length()) for count in levels]
        self.plain = max(widths, default=1) == 1
        self.places: list[tuple[int, int]] = []
        word, room = 0, 64
        for width in widths:
            if width > room:
                word, room = word + 1, 64
            room -= width
            self.places.append((word, room))
        self.words = word + 1
        if self.words == 1:
            self.places = [(0, place - room) for _, place in self.places]
        self.bits = sum(widths)
        self.short = self.words == 1 and self.bits + self.conditions + self.conditions.bit_length() <= 64
        self.masks = [np.uint64((1 << width) - 1) for width in widths]
        self.all = np.uint64((1 << self.conditions) - 1)
        self.values = np.zeros((self.words, len(points)), dtype=np.uint64)
        for condition, (place, shift) in enumerate(self.places):
            low = (levels[condition] - 1 - points[:, condition]).astype(np.uint64)
            self.values[place] |= low << np.uint64(shift)

    def encode(self, point: Ints, sets: Words) -> Words:
        """Codes, shape (words, n), of the cubes that keep of a point the literals in a set.

        Parameters
        ----------
        point : int64, shape (n,)
            Rows of the points.
        sets : uint64, shape (n,)
            Bit k - 1 - i is set where the cube keeps condition i.
        """
        values = self.values[:, point]
        if self.plain:
            values &= sets
        else:
            kept = np.zeros_like(values)
            for condition, (place, shift) in enumerate(self.places):
                chosen = (sets >> np.uint64(self.conditions - 1 - condition)) & ONE
                kept[place] |= (chosen * self.masks[condition]) << np.uint64(shift)
            values &= kept
        size = np.bitwise_count(sets).astype(np.uint64)
        without = sets ^ self.all
        if not self.short:
            return np.concatenate([size[None], without[None], values])
        size <<= np.uint64(self.conditions)
        size |= without
        size <<= np.uint64(self.bits)
        size |= values[0]
        return size[None]

    def decode(self, codes: Words) -> Cubes:
        """The cubes of some codes; int8, shape (n, k)."""
        if self.short:
            without, values = codes[0] >> np.uint64(self.bits), codes
        else:
            without, values = codes[1], codes[2:]
        cubes = np.empty((codes.shape[1], self.conditions), dtype=np.int8)
        for condition, (place, shift) in enumerate(self.places):
            field = (values[place] >> np.uint64(shift)) & self.masks[condition]
            value = np.int8(self.levels[condition] - 1) - field.astype(np.int8)
            free = (without >> np.uint64(self.conditions - 1 - condition)) & ONE
            cubes[:, condition] = np.where(free != 0, np.int8(FREE), value)
        return cubes


def distinct(codes: Words) -> Words:
    """The columns of *codes*, each once, in rising order (the first word counts most)."""
    if codes.shape[1] < 2:
        return codes
    codes = np.sort(codes, axis=1) if len(codes) == 1 else codes[:, np.lexsort(codes[::-1])]
    new = np.ones(codes.shape[1], dtype=bool)
    new[1:] = (codes[:, 1:] != codes[:, :-1]).any(axis=0)
    return codes[:, new]
