"""What a minimisation starts from: the points to cover, the cubes to avoid, and why each is what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from concausa._kernels.consensus import maximal, widest
from concausa._kernels.cubes import completions, expand
from concausa._kernels.primes import Primes
from concausa.core.errors import DataError, OptionError
from concausa.qca.box import Box, Cube, box_of, count, cubes, everything, meetings, meets, without
from concausa.qca.choices import LIMIT, Choices
from concausa.qca.exclusion import Exclusion, Inclusion
from concausa.qca.factor import term_text
from concausa.qca.prime_chart import PrimeChart, chart_of, chart_of_primes, order_of

if TYPE_CHECKING:
    from concausa.qca.truth_table import TruthTable

Cubes = NDArray[np.int8]

#: Most remainders that may be included by theory: each must be covered.
INCLUDED = 4096
#: Most configurations that positive rows with don't care may stand for.
STOOD_FOR = 4096
#: Most boxes that may be held while the widest cubes within positive rows with don't care are looked for.
WIDEST = 2_000
#: Most points around which prime implicants are looked for one by one where these boxes are too many.
POINTS = 1_024


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
    withheld : tuple of Cube
        Remainders that are both included and excluded: they stay excluded, and are no part of *on*.
    rows : tuple of Box
        The positive rows, don't care as it is; empty where *on* says it all.
    added : tuple of Box
        The remainders that theory added, likewise.
    """

    levels: tuple[int, ...]
    on: Cubes
    off: Cubes
    choices: Choices
    overruled: tuple[int, ...] = ()
    kept: tuple[int, ...] = ()
    idle: tuple[int, ...] = ()
    included: Cubes | None = None
    withheld: tuple[Cube, ...] = ()
    rows: tuple[Box, ...] = ()
    added: tuple[Box, ...] = ()

    @cached_property
    def conservative(self) -> PrimeChart:
        """Models that assume nothing about remainders."""
        boxes = (*self.rows, *self.added)
        if self.rows and 4 * len(boxes) <= len(self.on):
            found = _widest(boxes, self.levels)
            if found.complete or len(self.on) > POINTS:
                return chart_of_primes(self.on, found, self.choices)
        return chart_of(self.on, None, self.levels, self.choices)

    @cached_property
    def parsimonious(self) -> PrimeChart:
        """Models that assume whatever makes them shorter."""
        return chart_of(self.on, self.off, self.levels, self.choices)

    @cached_property
    def observed(self) -> tuple[Box, ...]:
        """Boxes that hold the positive points that cases stand for."""
        if self.rows:
            return self.rows
        seen = self.on if self.included is None else self.on[: len(self.on) - len(self.included)]
        return tuple([box_of(point, self.levels) for point in seen.tolist()])

    def listing(self, choices: Choices) -> Ground:
        """The same for choices that differ in how many models are listed; prime implicants are found once."""
        other = replace(self, choices=choices)
        for name in ("conservative", "parsimonious"):
            if name in self.__dict__:
                other.__dict__[name] = replace(self.__dict__[name], choices=choices)
        return other


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
        If no row is positive, or none is left by the exclusions; if positive rows with don't care stand for
        more than 4,096 configurations.
    OptionError
        If more than 4,096 remainders are included.
    """
    if excluded or included:
        return _with_theory(table, choices, excluded, included)
    shared = _GROUNDS.setdefault(table, {})
    key = replace(choices, limit=LIMIT)
    ground = shared.get(key) or _plain(table, choices)
    shared[key] = ground if ground.choices == choices else ground.listing(choices)
    return shared[key]


def _plain(table: TruthTable, choices: Choices) -> Ground:
    levels = tuple([len(factor.values) for factor in table.conditions])
    on, off = table.positive, table.negative
    if not len(on):
        raise _nothing_positive(table)
    rows = tuple([box_of(row, levels) for row in on.tolist()]) if on.min() < 0 else ()
    if rows:
        on = _written_out(on, table)
    if choices.contradictions == "negative" and len(table.contradictory):
        off = np.concatenate([off, table.contradictory])
    return Ground(levels, on, off, choices, rows=rows)


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
    on = _written_out(table.configurations[left], table)
    seen = [rows[row] for row in decided]
    meant = without([box for one in included for box in one.boxes(table.conditions)], seen)
    added = without(meant, barred)
    points = _included(added, levels)
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
        cubes(meetings(meant, barred), levels),
        tuple([rows[row] for row in left]),
        added,
    )


def _written_out(rows: Cubes, table: TruthTable) -> Cubes:
    """Every configuration that positive rows stand for."""
    levels = tuple([len(factor.values) for factor in table.conditions])
    number = completions(rows, levels)
    if number > STOOD_FOR:
        widest = rows[int((rows < 0).sum(axis=1).argmax())]
        raise DataError(
            f"positive rows with don't care stand for {number:,} configurations, more than {STOOD_FOR:,}",
            where=f"the row {term_text(table.conditions, widest.tolist())}: don't care in"
            f" {int((widest < 0).sum())} of {len(levels)} conditions",
            fix="leave out conditions that do not matter for such cases, or give them values",
        )
    return expand(rows, levels)


def _widest(boxes: Sequence[Box], levels: tuple[int, ...]) -> Primes:
    """The widest cubes within boxes, fewest literals first."""
    found, complete = widest(np.array(boxes, dtype=np.uint64), budget=WIDEST)
    if max(levels) > 2:
        single = cubes([tuple(box) for box in found.tolist()], levels)
        found = maximal(np.array([box_of(cube, levels) for cube in single], dtype=np.uint64))
    full = np.array(everything(levels), dtype=np.uint64)
    array = np.where(found == full, -1, np.log2(found)).astype(np.int8)
    return Primes(array[order_of(array)], complete)


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
    told = "no row has enough cases"
    if best is not None:
        told = f"the most consistent row reaches {_below(best, cutoffs.consistency)}"
    return DataError(
        f"no row of the truth table is positive, so that there is nothing to explain for {table.outcome}",
        where=f"cut-offs: consistency {cutoffs.consistency:g}, PRI {cutoffs.pri:g}, "
        f"frequency {cutoffs.frequency}; {told}",
        fix="look at table.gaps(); a lower cut-off needs a reason in the text",
    )


def _below(value: float, cutoff: float) -> str:
    """A number with three digits, or as many as show that it lies below the cut-off."""
    digits = 3
    while value < cutoff <= float(f"{value:.{digits}f}") and digits < 17:
        digits += 1
    return f"{value:.{digits}f}"
