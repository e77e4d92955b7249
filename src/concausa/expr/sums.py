"""Sums: disjunctions of conjunctions as whole numbers, one bit for each value of each condition.

A conjunction is one number: a bit is set if it allows that value of that condition. So two conjunctions
meet in the bits that both have, and one holds another if it has all of its bits.

References
----------
.. [1] Rudell and Sangiovanni-Vincentelli (1987), "Multiple-valued minimization for PLA optimization",
   *IEEE Transactions on Computer-Aided Design* 6(5), 727-750. https://doi.org/10.1109/TCAD.1987.1270318
.. [2] Brayton, Hachtel, McMullen and Sangiovanni-Vincentelli (1984), *Logic Minimization Algorithms for
   VLSI Synthesis*, ch. 3. https://doi.org/10.1007/978-1-4613-2821-6
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from concausa.core.errors import ExpressionError

#: Most conjunctions that may be held at once, and most pairs that may be met to get them.
HELD = 200_000
PAIRS = 5_000_000

Sum = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """All combinations of the values of some conditions.

    Parameters
    ----------
    levels : tuple of int
        How many values each condition has.
    fields : tuple of int
        The bits of each condition.
    full : int
        All bits: the conjunction that is always true.
    """

    levels: tuple[int, ...]
    fields: tuple[int, ...] = field(init=False)
    full: int = field(init=False)

    def __post_init__(self) -> None:
        fields, shift = [], 0
        for level in self.levels:
            fields.append(((1 << level) - 1) << shift)
            shift += level
        object.__setattr__(self, "fields", tuple(fields))
        object.__setattr__(self, "full", (1 << shift) - 1)

    def value(self, condition: int, value: int) -> int:
        """The bit of one value of one condition."""
        return (self.fields[condition] & -self.fields[condition]) << value

    def literal(self, condition: int, values: Iterable[int]) -> int:
        """The conjunction that asks one condition for one of *values*."""
        return self.full & ~self.fields[condition] | sum(self.value(condition, value) for value in values)

    def is_possible(self, conjunction: int) -> bool:
        """Whether a combination of values fulfils it."""
        for bits in self.fields:  # noqa: SIM110 - asked millions of times: a loop takes half as long
            if not conjunction & bits:
                return False
        return True

    def values(self, conjunction: int, condition: int) -> tuple[int, ...]:
        """The values of a condition that a conjunction allows."""
        return tuple(
            value for value in range(self.levels[condition]) if conjunction & self.value(condition, value)
        )


def absorbed(conjunctions: Iterable[int]) -> Sum:
    """The sum without repetitions and without conjunctions that another one holds, in its order.

    Raises
    ------
    ExpressionError
        If more than ``HELD`` different conjunctions are in it.

    Examples
    --------
    >>> absorbed([0b0110, 0b0101, 0b1101, 0b0101])
    (6, 13)
    """
    found = list(dict.fromkeys(conjunctions))
    if len(found) > HELD:
        raise _too_large()
    by_width: dict[int, list[int]] = {}
    for one in found:
        by_width.setdefault(one.bit_count(), []).append(one)
    kept: list[int] = []
    for width in sorted(by_width, reverse=True):
        kept += [one for one in by_width[width] if not _lies_in(one, kept)]
    if len(kept) == len(found):
        return tuple(found)
    remaining = set(kept)
    return tuple(one for one in found if one in remaining)


def product(box: Box, first: Sequence[int], second: Sequence[int]) -> Sum:
    """What two sums share.

    Raises
    ------
    ExpressionError
        If they have too many conjunctions to be met pair by pair.
    """
    if len(first) * len(second) > PAIRS:
        raise _too_large()
    pairs = (one & two for one in first for two in second)
    return absorbed(both for both in pairs if box.is_possible(both))


def holds(box: Box, conjunctions: Sequence[int], one: int) -> bool:
    """Whether a sum holds every combination of a conjunction.

    Examples
    --------
    >>> box = Box((2, 2))
    >>> holds(box, [box.literal(0, [0]), box.literal(1, [1])], box.literal(0, [1]) & box.literal(1, [1]))
    True
    """
    meeting = [other & one for other in conjunctions if box.is_possible(other & one)]
    if not meeting:
        return False
    if one in meeting:
        return True
    return all(holds(box, meeting, one & part) for part in _parts(box, meeting, one))


def primes(box: Box, conjunctions: Sequence[int]) -> Sum:
    """Every widest conjunction that a sum holds: its prime implicants.

    A literal may ask for one of several values. A condition is taken at a time: a prime implicant of the
    whole is the meeting of one prime implicant for each value that it allows.

    Raises
    ------
    ExpressionError
        If too many conjunctions would have to be held at once.

    Examples
    --------
    >>> box = Box((2, 2))
    >>> same = [box.literal(0, [0]) & box.literal(1, [1]), box.literal(0, [1])]
    >>> [f"{prime:04b}" for prime in primes(box, same)]
    ['1011', '1110']
    """
    return _primes(box, absorbed(one for one in conjunctions if box.is_possible(one)), {})


def _primes(box: Box, sums: Sum, known: dict[frozenset[int], Sum]) -> Sum:
    if not sums or box.full in sums:
        return sums
    key = frozenset(sums)
    if key in known:
        return known[key]
    condition = _most_divided(box, sums)
    if condition is None:
        return sums
    bits = box.fields[condition]
    blocks: dict[frozenset[int], int] = {}
    for block in _blocks(box, sums, condition):
        rest = frozenset(absorbed(one | bits for one in sums if one & block))
        blocks[rest] = blocks.get(rest, 0) | block
    result: Sum = (box.full,)
    for rest, block in blocks.items():
        within = _primes(box, tuple(sorted(rest)), known)
        result = product(box, result, (*within, box.full & ~block))
    known[key] = result
    return result


def charted(box: Box, wanted: Sequence[int], cubes: Sequence[int]) -> list[int]:
    """Which of *cubes* can serve the combinations of *wanted*: one bit set a kind of combination.

    A kind whose cubes include all those of another kind is left out, since whatever serves the other
    serves it. *cubes* together must hold *wanted*.
    """
    kinds: list[int] = []

    def visit(one: int, meeting: list[tuple[int, int]]) -> None:
        around = sum(bit for bit, cube in meeting if one & cube == one)
        if any(kind & around == kind for kind in kinds):
            return
        part = [(bit, cube & one) for bit, cube in meeting if box.is_possible(cube & one)]
        if all(cube == one for _, cube in part):
            kinds[:] = [kind for kind in kinds if around & kind != around]
            kinds.append(around)
            return
        for piece in _parts(box, [cube for _, cube in part], one):
            visit(one & piece, part)

    numbered = [(1 << place, cube) for place, cube in enumerate(cubes)]
    for one in wanted:
        visit(one, numbered)
    return sorted(kinds)


def _lies_in(one: int, others: Sequence[int]) -> bool:
    for other in others:  # noqa: SIM110 - as above
        if one & other == one:
            return True
    return False


def _too_large() -> ExpressionError:
    return ExpressionError(
        f"written out, this expression has more conjunctions than can be held ({HELD})",
        fix="take a part of it at a time",
    )


def _blocks(box: Box, sums: Sequence[int], condition: int) -> list[int]:
    """The values of a condition, those together that the same conjunctions allow."""
    alike: dict[tuple[int, ...], int] = {}
    for value in range(box.levels[condition]):
        bit = box.value(condition, value)
        key = tuple(place for place, one in enumerate(sums) if one & bit)
        alike[key] = alike.get(key, 0) | bit
    return list(alike.values())


def _most_divided(box: Box, sums: Sequence[int]) -> int | None:
    """The condition that most conjunctions ask for in different ways; None where none is so."""
    best, most = None, 0
    for condition, bits in enumerate(box.fields):
        asked = [one & bits for one in sums if one & bits != bits]
        if len(asked) > most and len(set(asked)) > 1:
            best, most = condition, len(asked)
    return best


def _parts(box: Box, meeting: Sequence[int], one: int) -> list[int]:
    """Literals that divide a conjunction which some of *meeting* narrow; what follows is left out.

    Where one value of a condition is allowed by some of *meeting*, and another value by these and more,
    whatever is needed to hold the one holds the other.
    """
    best: list[int] = []
    most = 0
    for condition, bits in enumerate(box.fields):
        narrowed = sum(other & bits != one & bits for other in meeting)
        if not narrowed:
            continue
        parts = _least(box, meeting, one, condition)
        if len(parts) == 1:
            return parts
        if narrowed > most:
            best, most = parts, narrowed
    return best


def _least(box: Box, meeting: Sequence[int], one: int, condition: int) -> list[int]:
    alike: dict[int, int] = {}
    for value in box.values(one, condition):
        bit = box.value(condition, value)
        key = sum(1 << place for place, other in enumerate(meeting) if other & bit)
        alike[key] = alike.get(key, 0) | bit
    rest = box.full & ~box.fields[condition]
    return [rest | block for key, block in alike.items() if not any(k != key and k & key == k for k in alike)]
