"""Sides: where the cases that a claim of sets is judged on stand, in every world or in a draw of worlds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from concausa.audit.claims import proposition as p
from concausa.audit.claims.cells import in_sets, judged
from concausa.audit.claims.proposition import Chosen, Proposition
from concausa.audit.claims.truth import FALSE, TRUE
from concausa.audit.worlds.grid import Grid
from concausa.audit.worlds.worlds import Worlds
from concausa.expr.boolean import parse
from concausa.expr.tree import Expression, Name
from concausa.theory.claim import Claim

#: Most worlds that are looked at one by one; beyond, so many are drawn.
LOOKED_AT = 1 << 16

#: Where the draws start.
SEED = 1

#: Out, neither, in: worlds × cases.
Sides = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Seen:
    """What some propositions are over worlds.

    Parameters
    ----------
    worlds : int
        Worlds looked at: all combinations of the choices that matter, or a draw.
    sampled : bool
    values : tuple of array of int8, one a proposition, of shape (worlds,)
        0 false, 1 unknown, 2 true.
    """

    worlds: int
    sampled: bool
    values: tuple[NDArray[np.int8], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Stands:
    """The cases of a claim of sets, and what each is.

    Parameters
    ----------
    cases : tuple of str
    judged : tuple of Proposition
        Whether a world compares the case, and it lies in ``under``.
    when, outcome : tuple of Proposition
    """

    cases: tuple[str, ...]
    judged: tuple[Proposition, ...]
    when: tuple[Proposition, ...]
    outcome: tuple[Proposition, ...]


def stands(worlds: Worlds, claim: Claim) -> Stands | None:
    """Where the cases of a claim stand; None for a claim that is no relation of a set and an outcome."""
    if not claim.when or not claim.outcome:
        return None
    pairs = judged(worlds, claim)
    cases = tuple(case for case, _ in pairs)
    under = _of(worlds, cases, parse(claim.under or "1"))
    return Stands(
        cases,
        tuple(p.all_of((there, part)) for (_, there), part in zip(pairs, under, strict=True)),
        _of(worlds, cases, parse(claim.when)),
        _of(worlds, cases, parse(claim.outcome)),
    )


def _of(worlds: Worlds, cases: Sequence[str], expression: Expression) -> tuple[Proposition, ...]:
    return tuple(in_sets(worlds, cases, expression))


def sides_of(worlds: Worlds, cases: Sequence[str], condition: str) -> tuple[Proposition, ...]:
    """Whether each case is in a condition."""
    return _of(worlds, cases, Name(condition))


def seen(propositions: Sequence[Proposition], key: str) -> Seen:
    """What propositions are in every world of the choices on which they turn, or in a draw of worlds.

    Parameters
    ----------
    key : str
        What is looked at; the same key draws the same worlds.
    """
    sizes = dict(sorted(p.sizes_of(propositions).items()))
    grid = Grid(tuple(sizes.values()))
    n = prod(sizes.values())
    sampled = n > LOOKED_AT
    n = min(n, LOOKED_AT)
    columns = grid.sample(n, SEED, key) if sampled else grid.columns(0, n)
    chosen = Chosen(dict(zip(sizes, columns, strict=True)))
    return Seen(n, sampled, tuple(_values(p.truths(part, chosen), n) for part in propositions))


def _values(truths: NDArray[np.uint8], n: int) -> NDArray[np.int8]:
    found = np.ones(n, dtype=np.int8)
    found[np.broadcast_to(truths == TRUE, (n,))] = 2
    found[np.broadcast_to(truths == FALSE, (n,))] = 0
    return found


def columns_of(values: Sequence[NDArray[np.int8]], worlds: int) -> Sides:
    """One column a case; of shape worlds × cases."""
    return np.stack(values, axis=1) if values else np.zeros((worlds, 0), dtype=np.int8)


def in_row(
    worlds: Worlds, cases: Sequence[str], within: Sequence[Proposition], row: Mapping[str, int]
) -> Proposition:
    """Whether some case surely fills a row of the property space.

    Parameters
    ----------
    within : sequence of Proposition
        For each case, whether it counts at all.
    row : mapping of condition to 0 or 1
    """
    sides = {name: sides_of(worlds, cases, name) for name in row}
    return p.any_of(
        p.all_of(
            (
                within[place],
                *(
                    sides[name][place] if value else p.opposite(sides[name][place])
                    for name, value in row.items()
                ),
            )
        )
        for place in range(len(cases))
    )
