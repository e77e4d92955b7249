"""What a minimisation starts from: the points to cover, the cubes to avoid, and why each is what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.cubes import expand
from concausa.core.errors import DataError, OptionError
from concausa.qca.box import Box, box_of, count, cubes, meets, without
from concausa.qca.choices import Choices
from concausa.qca.exclusion import Exclusion, Inclusion
from concausa.qca.prime_chart import PrimeChart, chart_of

if TYPE_CHECKING:
    from concausa.qca.truth_table import TruthTable

Cubes = NDArray[np.int8]

#: Most remainders that may be included by theory: each must be covered.
INCLUDED = 4096


@dataclass(frozen=True, eq=False)
class Ground:
    """The function that is to be minimised.

    Parameters
    ----------
    levels : tuple of int
        How many values each condition has.
    on : array of int8, shape (points, conditions)
        What every model must cover: positive rows, don't care written out, and remainders included by theory.
    off : array of int8, shape (cubes, conditions)
        What no model may cover: negative rows, overruled rows, excluded remainders.
    choices : Choices
        How.
    overruled : tuple of int
        Rows of the table that are positive but excluded, and so count as negative.
    kept : tuple of int
        Positive rows within an exclusion that is about remainders only.
    idle : tuple of int
        Exclusions that hold no remainder and no positive row.
    included : array of int8, shape (points, conditions)
        The part of *on* that theory added.
    """

    levels: tuple[int, ...]
    on: Cubes
    off: Cubes
    choices: Choices
    overruled: tuple[int, ...] = ()
    kept: tuple[int, ...] = ()
    idle: tuple[int, ...] = ()
    included: Cubes | None = None

    @cached_property
    def conservative(self) -> PrimeChart:
        """Models that assume nothing about remainders."""
        return chart_of(self.on, None, self.levels, self.choices)

    @cached_property
    def parsimonious(self) -> PrimeChart:
        """Models that assume whatever makes them shorter."""
        return chart_of(self.on, self.off, self.levels, self.choices)

    @cached_property
    def observed(self) -> tuple[Box, ...]:
        """The positive points that cases stand for."""
        seen = self.on if self.included is None else self.on[: len(self.on) - len(self.included)]
        return tuple([box_of(point, self.levels) for point in seen.tolist()])


#: Grounds without exclusions, as long as their table lives: the solution types share one.
_GROUNDS: WeakKeyDictionary[TruthTable, dict[Choices, Ground]] = WeakKeyDictionary()


def ground_of(
    table: TruthTable,
    choices: Choices,
    excluded: Sequence[Exclusion] = (),
    included: Sequence[Inclusion] = (),
) -> Ground:
    """The function behind a truth table.

    Raises
    ------
    DataError
        If no row is positive, or none is left by the exclusions.
    OptionError
        If more than 4,096 remainders are included.
    """
    if excluded or included:
        return _with_theory(table, choices, excluded, included)
    shared = _GROUNDS.setdefault(table, {})
    if choices not in shared:
        shared[choices] = _plain(table, choices)
    return shared[choices]


def _plain(table: TruthTable, choices: Choices) -> Ground:
    levels = tuple([len(factor.values) for factor in table.conditions])
    on, off = table.positive, table.negative
    if not len(on):
        raise _nothing_positive(table)
    if on.min() < 0:
        on = expand(on, levels)
    if choices.contradictions == "negative" and len(table.contradictory):
        off = np.concatenate([off, table.contradictory])
    return Ground(levels, on, off, choices)


def _with_theory(
    table: TruthTable, choices: Choices, excluded: Sequence[Exclusion], included: Sequence[Inclusion]
) -> Ground:
    plain = ground_of(table, choices)
    levels = plain.levels
    rows = [box_of(row, levels) for row in table.configurations.tolist()]
    positive = np.flatnonzero(table.codes == "1").tolist()
    decided = [*positive, *np.flatnonzero((table.codes == "0") | (table.codes == "C")).tolist()]
    regions = [exclusion.boxes(table.conditions) for exclusion in excluded]
    overruled: set[int] = set()
    kept: set[int] = set()
    for exclusion, region in zip(excluded, regions, strict=True):
        inside = {row for row in positive if any(meets(rows[row], box) for box in region)}
        (kept if exclusion.remainders_only else overruled).update(inside)
    kept -= overruled
    left = [row for row in positive if row not in overruled]
    if not left:
        raise DataError(
            f"every positive row for {table.outcome} is excluded",
            where="\n".join(f"{exclusion.text}" for exclusion in excluded),
            fix="an exclusion that overrules all evidence leaves nothing to explain: check it against the rows",
        )
    forbidden = [box for region in regions for box in region] + [rows[row] for row in sorted(overruled)]
    barred = without(forbidden, [rows[row] for row in left])
    off = np.concatenate([plain.off, _as_array(cubes(barred, levels), len(levels))])
    on = expand(table.configurations[left], levels)
    added = without(
        [box for inclusion in included for box in inclusion.boxes(table.conditions)],
        [*(rows[row] for row in decided), *barred],
    )
    points = _included(added, levels)
    seen = [rows[row] for row in decided]
    idle = [place for place, region in enumerate(regions) if not without(region, seen)]
    touched = [row for row in positive if row in overruled or row in kept]
    return Ground(
        levels,
        np.concatenate([on, points]),
        off,
        choices,
        tuple(sorted(overruled)),
        tuple(sorted(kept)),
        tuple([p for p in idle if not any(meets(rows[r], box) for r in touched for box in regions[p])]),
        points if len(points) else None,
    )


def _included(boxes: Sequence[Box], levels: tuple[int, ...]) -> Cubes:
    number, _ = count(boxes, levels)
    if number > INCLUDED:
        raise OptionError(
            f"{number:,} remainders are included, more than {INCLUDED:,}",
            where="include",
            fix="name the configurations that theory speaks about more closely; each must be covered",
        )
    return expand(_as_array(cubes(boxes, levels), len(levels)), levels)


def _as_array(found: Sequence[tuple[int, ...]], k: int) -> Cubes:
    return np.array(found, dtype=np.int8).reshape(len(found), k)


def _nothing_positive(table: TruthTable) -> DataError:
    cutoffs = table.cutoffs
    best = max(table.consistency[table.codes != "?"].tolist(), default=None)
    told = "no row has enough cases" if best is None else f"the most consistent row reaches {best:.3f}"
    return DataError(
        f"no row of the truth table is positive, so that there is nothing to explain for {table.outcome}",
        where=f"cut-offs: consistency {cutoffs.consistency:g}, PRI {cutoffs.pri:g}, "
        f"frequency {cutoffs.frequency}; {told}",
        fix="look at table.gaps(); a lower cut-off needs a reason in the text",
    )
