"""The search: conditions that suffice for each outcome, and the disjunctions of them that it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from concausa._kernels import fit_cells
from concausa._kernels.conjunctions import minimal_conjunctions
from concausa._kernels.disjunctions import minimal_disjunctions
from concausa.core.errors import OptionError
from concausa.qca.coincidence.configurations import Configurations
from concausa.qca.coincidence.logic import reducible, space_of
from concausa.qca.coincidence.options import Options
from concausa.qca.coincidence.ordering import Ordering
from concausa.sets.membership import CROSSOVER

Floats = NDArray[np.float64]
Cubes = NDArray[np.int8]
#: A factor's place and the value that is explained.
Effect = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Found:
    """What the search gives for one outcome.

    Parameters
    ----------
    effect : (int, int)
        Place of the factor, and its value.
    cubes : array of int8, shape (conditions, factors)
        Minimally sufficient conditions.
    members : array of float, shape (conditions, configurations)
        Memberships in them.
    formulas : tuple of tuple of int
        Minimally necessary disjunctions of them that are consistent enough.
    conditions_complete, formulas_complete : bool
        Whether the search ended by itself.
    longer : bool
        Whether conditions with more literals than were tried could be minimally sufficient.
    inconsistent, reducible : int
        Disjunctions that were left out: not consistent enough as a whole, or longer than logic needs.
    """

    effect: Effect
    cubes: Cubes
    members: Floats
    formulas: tuple[tuple[int, ...], ...]
    conditions_complete: bool
    formulas_complete: bool
    longer: bool
    inconsistent: int
    reducible: int


def search(
    table: Configurations, effects: Sequence[Effect], ordering: Ordering, options: Options
) -> tuple[Found, ...]:
    """Minimally sufficient conditions and atomic formulas of every outcome, in the order given.

    Raises
    ------
    OptionError
        If there are too many factors for conditions of that length.
    """
    still = constant(table)
    literals = [one for one in table.literals if table.factors[one[0]].name not in still]
    members = np.stack([table.membership(*one) for one in literals])
    allowed = np.array(
        [
            [
                place != effect[0]
                and ordering.allows(table.factors[place].name, table.factors[effect[0]].name)
                for place, _ in literals
            ]
            for effect in effects
        ],
        dtype=bool,
    ).reshape(len(effects), len(literals))
    outcomes = np.stack([table.membership(*effect) for effect in effects])
    try:
        found = minimal_conjunctions(
            members,
            np.array([place for place, _ in literals]),
            outcomes,
            allowed,
            table.counts,
            kind=options.measures.numbers[0],
            threshold=float(options.of_conditions),
            depth=int(options.max_literals),
            least=CROSSOVER,
        )
    except OverflowError as error:
        raise OptionError(
            "there are too many literals for conditions of that length",
            where=f"{len(literals)} literals, max_literals={options.max_literals}",
            fix="lower max_literals, or analyse fewer factors",
        ) from error
    cubes = np.full((len(found.literals), len(table.factors)), -1, dtype=np.int8)
    for row, places in enumerate(found.literals.tolist()):
        for place in places:
            if place >= 0:
                cubes[row, literals[place][0]] = literals[place][1]
    return tuple(
        [
            _formulas(table, effect, cubes[own], outcome, options, found.complete, bool(longer))
            for effect, own, outcome, longer in zip(effects, found.found, outcomes, found.longer, strict=True)
        ]
    )


def constant(table: Configurations) -> tuple[str, ...]:
    """The factors that have the same score in every configuration: neither causes nor effects."""
    same = (np.abs(table.scores - table.scores[0]) <= fit_cells.NOTHING).all(axis=0)
    return tuple([factor.name for factor, still in zip(table.factors, same.tolist(), strict=True) if still])


def _formulas(
    table: Configurations,
    effect: Effect,
    cubes: Cubes,
    outcome: Floats,
    options: Options,
    complete: bool,
    longer: bool,
) -> Found:
    members = table.of_terms(cubes)
    sizes = (cubes >= 0).sum(axis=1).astype(np.int64)
    found = minimal_disjunctions(
        members,
        sizes,
        outcome,
        table.counts,
        kind=options.measures.numbers[1],
        threshold=float(options.coverage),
        most=int(options.max_terms),
        literals=int(options.max_complexity),
    )
    right, total = float(outcome @ table.counts), float(table.counts.sum())
    kept, inconsistent, longwinded = [], 0, 0
    for one in found.sets:
        union = members[list(one)].max(axis=0)
        sums = (float(np.minimum(union, outcome) @ table.counts), float(union @ table.counts), right, total)
        reached = float(fit_cells.sufficiency(options.measures.numbers[0], *sums))
        if not reached >= options.consistency - fit_cells.NOTHING:
            inconsistent += 1
        elif options.redundancy_free and shortened(table, cubes[list(one)]):
            longwinded += 1
        else:
            kept.append(one)
    return Found(
        effect, cubes, members, tuple(kept), complete, found.complete, longer, inconsistent, longwinded
    )


def shortened(table: Configurations, cubes: Cubes) -> bool:
    """Whether a disjunction could be shortened by logic alone, over the factors that it names."""
    used = [bool((column >= 0).any()) for column in cubes.T]
    levels = [factor.levels if own else 1 for factor, own in zip(table.factors, used, strict=True)]
    return reducible(space_of(tuple(levels)), cubes)
