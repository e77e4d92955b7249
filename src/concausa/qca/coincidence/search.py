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
BLOCK = 1 << 20
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
    kept, inconsistent, longwinded = _kept(table, cubes, members, outcome, found.sets, options)
    return Found(effect, cubes, members, kept, complete, found.complete, longer, inconsistent, longwinded)


def _kept(
    table: Configurations,
    cubes: Cubes,
    members: Floats,
    outcome: Floats,
    sets: Sequence[tuple[int, ...]],
    options: Options,
) -> tuple[tuple[tuple[int, ...], ...], int, int]:
    """Those that are consistent as a whole and no longer than logic needs, the shortest and then the best first."""
    sizes = (cubes >= 0).sum(axis=1)
    right, total = float(outcome @ table.counts), float(table.counts.sum())
    ranked: list[tuple[int, float, tuple[int, ...]]] = []
    inconsistent = longwinded = 0
    for length in dict.fromkeys(map(len, sets)):
        same = np.array([one for one in sets if len(one) == length])
        step = max(1, BLOCK // (length * members.shape[1]))
        for start in range(0, len(same), step):
            part = same[start : start + step]
            union = members[part].max(axis=1)
            both, left = np.minimum(union, outcome) @ table.counts, union @ table.counts
            sums = (both, left, right, total)
            consistency = fit_cells.sufficiency(options.measures.numbers[0], *sums)
            coverage = fit_cells.necessity(options.measures.numbers[1], *sums)
            fine = consistency >= options.consistency - fit_cells.NOTHING
            inconsistent += int((~fine).sum())
            for row in np.flatnonzero(fine).tolist():
                one = tuple(part[row].tolist())
                if options.redundancy_free and shortened(table, cubes[list(one)]):
                    longwinded += 1
                    continue
                fit = -round(float(consistency[row] * coverage[row]), 9)
                ranked.append((int(sizes[list(one)].sum()), fit, one))
    return tuple([one for _, _, one in sorted(ranked)]), inconsistent, longwinded


def shortened(table: Configurations, cubes: Cubes) -> bool:
    """Whether a disjunction could be shortened by logic alone, over the factors that it names.

    It cannot where no factor stands in it with two values: no term contains another, and of a function that is
    monotone in every factor the prime implicants are the only disjunction without redundancy.
    """
    if all(len({value for value in column if value >= 0}) < 2 for column in cubes.T.tolist()):
        return False
    used = [bool((column >= 0).any()) for column in cubes.T]
    levels = [factor.levels if own else 1 for factor, own in zip(table.factors, used, strict=True)]
    return reducible(space_of(tuple(levels)), cubes)
