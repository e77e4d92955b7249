"""Models: atomic formulas of different outcomes together, freed of what follows from the rest.

A formula that the others imply is left out (structural redundancy). A model in which a term or a literal of some
formula makes no difference, given all that the model says, is no model at all (partial structural redundancy): it
implies a part of itself. So is one that holds nowhere or leaves a factor only one value [1]_.

References
----------
.. [1] Baumgartner & Falk (2023), Boolean Difference-Making: A Modern Regularity Theory of Causation,
   *The British Journal for the Philosophy of Science* 74(1), 171-197. https://doi.org/10.1093/bjps/axz047
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.joins import sound_joins
from concausa.qca.coincidence.configurations import Configurations
from concausa.qca.coincidence.formulas import ComplexFormula, Formula
from concausa.qca.coincidence.logic import MOST, Space, needless

Words = NDArray[np.uint64]


#: Most models that are written out; all are counted.
LISTED = 1_000
#: Words of bits that are held for the parts of all formulas, of which a formula has about this many.
ROOM, _PARTS = 1 << 23, 14


@dataclass(frozen=True, eq=False)
class Models:
    """The models, the shortest first; then by consistency times coverage.

    Parameters
    ----------
    models : tuple of ComplexFormula
        The first of them.
    count : int
        How many were found.
    classes : int
        How many different things they say: logically equivalent ones count once.
    complete : bool
        Whether the search ended by itself.
    ways : int
        In how many ways one formula of each outcome can be taken.
    redundant : int
        Joins that were met and left out, because some part of them makes no difference given the rest.
    too_wide : bool
        Whether the factors allow too many configurations for the logic to be worked out; there are no models then.
    """

    models: tuple[ComplexFormula, ...] = ()
    count: int = 0
    classes: int = 0
    complete: bool = True
    ways: int = 0
    redundant: int = 0
    too_wide: bool = False


def put_together(
    table: Configurations, groups: Sequence[Sequence[Formula]], *, redundancy_free: bool, limit: int
) -> Models:
    """Every model that takes at most one formula of each group.

    Parameters
    ----------
    table : Configurations
    groups : sequence of sequence of Formula
        The atomic formulas of each outcome that has any, the preferred ones first.
    redundancy_free : bool
        Whether models with a partial structural redundancy are left out.
    limit : int
        Partial joins that are looked at.
    """
    formulas = [formula for group in groups for formula in group]
    if not formulas:
        return Models()
    complete, every = True, prod(len(group) for group in groups)
    used = {place for formula in formulas for place in formula.factors}
    space = Space([factor.levels if place in used else 1 for place, factor in enumerate(table.factors)])
    if space.size > MOST:
        return Models(complete=False, too_wide=True)
    room = ROOM // len(space.everything)
    if len(formulas) * _PARTS > room:
        most = max(1, room // (_PARTS * len(groups)))
        groups = [group[:most] for group in groups]
        cut = [formula for group in groups for formula in group]
        complete, formulas = len(cut) == len(formulas), cut
    truths = np.stack([space.equivalence(formula.effect, formula.cubes) for formula in formulas])
    places, start = [], 0
    for group in groups:
        places.append(range(start, start + len(group)))
        start += len(group)
    parts, values = _parts(space, formulas, used, redundancy_free)
    joins = sound_joins(truths, places, parts, values, budget=limit)
    sets = _ranked(formulas, joins.sets)
    logic = [np.bitwise_and.reduce(truths[list(one)]).tobytes() for one in sets]
    number: dict[bytes, int] = {}
    alike = [number.setdefault(one, len(number) + 1) for one in logic]
    models = tuple(
        [
            ComplexFormula(table, tuple([formulas[place] for place in one]), own)
            for one, own in zip(sets[:LISTED], alike, strict=False)
        ]
    )
    return Models(models, len(sets), len(number), joins.complete and complete, every, joins.redundant)


def _ranked(formulas: Sequence[Formula], sets: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    size = [formula.complexity for formula in formulas]
    fit = [(formula.consistency, formula.coverage) for formula in formulas]

    def rank(one: tuple[int, ...]) -> tuple[float, float, tuple[int, ...]]:
        consistency, coverage = (min(fit[place][side] for place in one) for side in (0, 1))
        return sum(size[place] for place in one), -round(consistency * coverage, 9), one

    return sorted(sets, key=rank)


def _parts(
    space: Space, formulas: Sequence[Formula], used: set[int], redundancy_free: bool
) -> tuple[Words, list[Words]]:
    """Where each part of each formula makes a difference, and where each factor has each value."""
    if not redundancy_free:
        return np.full((len(formulas), 1, len(space.everything)), ~np.uint64(0)), []
    found = [list(needless(space, space.literal(*one.effect), one.cubes)) for one in formulas]
    padded = np.full((len(found), max(map(len, found)), len(space.everything)), ~np.uint64(0))
    for row, several in enumerate(found):
        padded[row, : len(several)] = several
    values = [
        np.stack([space.literal(place, value) for value in range(space.levels[place])])
        for place in sorted(used)
    ]
    return padded, values


def _rank(parts: Sequence[Formula]) -> tuple[float, float, str]:
    fit = min(part.consistency for part in parts) * min(part.coverage for part in parts)
    return sum(part.complexity for part in parts), -round(fit, 9), "*".join(part.text for part in parts)
