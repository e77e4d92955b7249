"""Minimal hitting sets of families of sets, as bit masks.

The search is that of Murakami and Uno [1]_, run on many partial sets at once: a set grows by the
elements of the first edge that it misses, and only while each of its elements is still the only one
that hits some edge. So every set that is held is minimal for what it hits, no set is met twice, and
nothing has to be compared with what was found before.

References
----------
.. [1] Murakami and Uno (2014), *Discrete Applied Mathematics* 170, 83-94.
   https://doi.org/10.1016/j.dam.2014.01.012
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Ints = NDArray[np.int64]

ONE = np.uint64(1)
ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
CHUNK = 1 << 13
EFFORT = 40


def minimal_transversals(edges: Words, *, budget: int = 5_000_000) -> Words:
    """All minimal sets that meet every edge.

    Parameters
    ----------
    edges : uint64, shape (m,)
        One set of elements (bits 0 to 63) an edge.
    budget : int
        Sets that may be held; EFFORT times as many may be tried.

    Returns
    -------
    uint64, shape (n,)
        In rising order; the one empty set where there are no edges, none where an edge is empty.

    Raises
    ------
    OverflowError
        When the budget does not suffice.

    Examples
    --------
    >>> import numpy as np
    >>> minimal_transversals(np.array([0b011, 0b110], dtype=np.uint64)).tolist()
    [2, 5]
    """
    search = Search([minimal_edges(np.asarray(edges, dtype=np.uint64))], tries=EFFORT * budget)
    found, held = [np.zeros(0, dtype=np.uint64)], 0
    for _, sets in search.run():
        found.append(sets)
        held += len(sets)
        if held > budget:
            break
    if held > budget or not search.complete:
        msg = f"more than {budget} hitting sets, or more than {EFFORT * budget} tries"
        raise OverflowError(msg)
    return np.sort(np.concatenate(found))


def minimal_edges(edges: Words) -> Words:
    """The edges that contain no other edge, without repetition, shortest first (then by value)."""
    edges = np.unique(edges)
    sizes = np.bitwise_count(edges)
    order = np.argsort(sizes, kind="stable")
    edges, sizes = edges[order], sizes[order]
    kept = edges[:0]
    for size in np.unique(sizes):
        same = edges[sizes == size]
        for start in range(0, len(kept), 256):
            part = kept[start : start + 256]
            same = same[~((same[:, None] & part) == part).any(axis=1)]
        kept = np.concatenate([kept, same])
    return kept


def one_transversal(edges: Words) -> np.uint64:
    """A minimal hitting set: of all elements, those that cannot be left out, low ones tried first."""
    chosen = np.bitwise_or.reduce(edges)
    for element in range(64):
        without = chosen & ~(ONE << np.uint64(element))
        if (edges & without).all():
            chosen = without
    return np.uint64(chosen)


class Search:
    """All minimal hitting sets of each of some families, in batches.

    Parameters
    ----------
    families : list of uint64 arrays
        The edges of each, shortest first: see `minimal_edges`.
    tries : int
        Sets that may be tried.

    Attributes
    ----------
    complete : bool
        False once the search had to stop because of *tries*.

    Notes
    -----
    The cost grows with the number of sets found, times their size, times the edges of a family in words of
    64. Held at a time are some chunks of partial sets, by size: a column of a pool is one of them, namely
    its family, the set, the elements that it may still take, the edges it misses, and for each of its
    elements the edges that only this element hits.
    """

    def __init__(self, families: list[Words], *, tries: int) -> None:
        self.families, self.tries, self.complete = families, tries, True

    def run(self) -> Iterator[tuple[Ints, Words]]:
        """Batches of (family numbers, sets), both of shape (n,), until all are found or the tries are spent."""
        words = np.array([max(1, -(-len(edges) // 64)) for edges in self.families], dtype=np.int64)
        for width in np.unique(words):
            members = np.flatnonzero(words == width)
            part = _Pools([self.families[i] for i in members], int(width), self.tries)
            for family, sets in part.run():
                yield members[family], sets
            self.tries = part.tries
            if self.tries < 0:
                self.complete = False
                return


class _Pools:
    def __init__(self, families: list[Words], width: int, tries: int) -> None:
        self.width, self.tries = width, tries
        self.longest = 64 * width
        edges = np.zeros((len(families), self.longest), dtype=np.uint64)
        valid = np.zeros(edges.shape, dtype=bool)
        for row, own in enumerate(families):
            edges[row, : len(own)] = own
            valid[row, : len(own)] = True
        self.elements = max(1, int(np.bitwise_or.reduce(edges, axis=None)).bit_length())
        hits = np.empty((len(families), self.elements, width), dtype=np.uint64)
        for element in range(self.elements):
            hits[:, element] = _pack((edges >> np.uint64(element)) & ONE != 0)
        self.hits = np.ascontiguousarray(hits.reshape(-1, width).T)
        self.edges = edges.ravel()
        possible = np.flatnonzero(~(valid & (edges == 0)).any(axis=1))
        root = np.zeros((3 + width, len(possible)), dtype=np.uint64)
        root[0] = possible
        root[2] = ALL
        root[3:] = _pack(valid[possible]).T
        self.done: list[tuple[Ints, Words]] = []
        self.pools: list[list[Words]] = [[self._open(root)]]

    def run(self) -> Iterator[tuple[Ints, Words]]:
        while self.tries >= 0:
            yield from self.done
            self.done.clear()
            sizes = [sum(part.shape[1] for part in pool) for pool in self.pools]
            some = [depth for depth, size in enumerate(sizes) if size]
            if not some:
                return
            full = [depth for depth in some if sizes[depth] >= CHUNK]
            depth = full[-1] if full else some[0]
            batch = np.concatenate(self.pools[depth], axis=1)
            self.pools[depth] = [batch[:, CHUNK:]] if batch.shape[1] > CHUNK else []
            self._grow(batch[:, :CHUNK], depth)

    def _open(self, sets: Words) -> Words:
        """Puts the sets that miss no edge aside and gives back the others."""
        open_ = sets[3 : 3 + self.width].any(axis=0)
        if not open_.all():
            found = sets[:2, ~open_]
            self.done.append((found[0].astype(np.int64), found[1]))
            sets = sets[:, open_]
        return sets

    def _grow(self, batch: Words, depth: int) -> None:
        width, last = self.width, self.width * (depth + 1)
        if len(self.pools) == depth + 1:
            self.pools.append([])
        family = batch[0].astype(np.int64)
        choice = batch[2] & self.edges[family * self.longest + lowest(batch[3 : 3 + width])]
        free = batch[2] & ~choice
        family *= self.elements
        at = np.flatnonzero(choice)
        while len(at):
            self.tries -= len(at)
            left = choice[at]
            bit = left & (~left + ONE)
            hits = self.hits[:, family[at] + np.bitwise_count(bit - ONE)]
            part = batch[3:, at]
            child = np.empty((3 + last + width, len(at)), dtype=np.uint64)
            np.bitwise_and(part[:width], hits, out=child[3 + last :])
            hits = ~hits
            fine = np.ones(len(at), dtype=bool)
            for row in range(0, last, width):
                own = child[3 + row : 3 + row + width]
                np.bitwise_and(part[row : row + width], hits, out=own)
                if row:
                    fine &= own[0] != 0 if width == 1 else own.any(axis=0)
            child[0] = batch[0, at]
            child[1] = batch[1, at] | bit
            child[2] = free[at]
            free[at[fine]] |= bit[fine]
            self.pools[depth + 1].append(self._open(child[:, fine]))
            choice[at] = left ^ bit
            at = at[left != bit]


def _pack(bits: NDArray[np.bool_]) -> Words:
    packed = np.packbits(bits, axis=1, bitorder="little")
    words: Words = np.ascontiguousarray(packed).view("<u8").astype(np.uint64)
    return words


def lowest(words: Words) -> Ints:
    """The place of the lowest bit of each column, words first to last; 0 where no bit is set."""
    place = np.zeros(words.shape[1], dtype=np.int64)
    for row in range(len(words) - 1, -1, -1):
        word = words[row]
        here = np.bitwise_count((word & (~word + ONE)) - ONE) + np.int64(64 * row)
        place = np.where(word != 0, here, place)
    return place
