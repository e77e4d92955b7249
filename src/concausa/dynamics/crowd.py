"""A crowd: draws of some groups side by side, selected by what they miss and moved within the prior."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from concausa.dynamics.band import Band, outside, told
from concausa.dynamics.plan import Plan
from concausa.dynamics.prior import Points
from concausa.dynamics.runs import Runs

Values = npt.NDArray[np.float64]

#: The share that one wave keeps.
KEPT = 0.4
#: Of how many of the quantities a move is a step, and how long the step is: each as often.
_PARTS, _LENGTHS = np.array([0.1, 0.3, 1.0]), np.array([0.3, 1.0])


@dataclass(slots=True)
class Crowd:
    """Draws of some groups side by side; a group is one repetition of one leaving.

    Parameters
    ----------
    plan : Plan
    bands : sequence of (band, item's row)
    asked : array of bool, shape (items, groups)
        Which items each group is held against.
    streams : sequence of Generator
        One for each group, so that none rests on what is worked out beside it.
    places : array of float, shape (names, groups, draws)
    misses : array of float, shape (groups, draws)
        By how much each draw misses the band that it misses most.
    """

    plan: Plan
    bands: Sequence[tuple[Band, int]]
    asked: npt.NDArray[np.bool_]
    streams: Sequence[np.random.Generator]
    places: Values
    misses: Values

    def missed(self, runs: Runs, among: Sequence[int]) -> Values:
        """By how much the runs of some groups, one group after the other, miss; shape (groups, draws)."""
        asked = self.asked[:, among]
        worst = np.zeros((len(among), runs.draws // len(among)))
        for band, row in self.bands:
            if asked[row].any():
                beyond = outside(told(band, runs), band.low, band.high).reshape(worst.shape)
                if not asked[row].all():
                    beyond = np.where(asked[row, :, None], beyond, 0.0)
                np.maximum(worst, beyond, out=worst)
        return worst

    def points(self, places: Values) -> Points:
        """Places of some groups, shape (names, groups, draws), as points, one group after the other."""
        return dict(zip(self.plan.prior.names, places.reshape(len(places), -1), strict=True))

    def limit(self, group: int, tolerance: float) -> float:
        """By how much the next wave of a group may miss: what ``KEPT`` of its draws do, or the tolerance.

        Where most draws miss by the same, the limit goes below them, if there is anything below.
        """
        misses = self.misses[group]
        found = float(np.quantile(misses, KEPT, method="inverted_cdf"))
        if misses.min() < found >= misses.max():
            found = float(np.nextafter(found, 0.0))
        return max(tolerance, found)

    def select(self, group: int, limit: float, tolerance: float) -> float:
        """Keep what misses by no more than the limit, copied to the old number; the share kept.

        A draw that sets the limit by itself is not kept: counted, it would make every share a little too great.
        """
        misses = self.misses[group]
        size = len(misses)
        alone = limit > tolerance and np.count_nonzero(misses == limit) == 1
        kept = np.flatnonzero(misses < limit if alone else misses <= limit)
        chosen = kept[np.arange(size) * len(kept) // size]
        self.places[:, group] = self.places[:, group, chosen]
        self.misses[group] = misses[chosen]
        return len(kept) / size

    def accept(
        self, proposed: Values, found: Values, limits: Values, among: Sequence[int], mine: slice
    ) -> npt.NDArray[np.int64]:
        """Make the moves that pass no limit; how many of some groups they are, shape (groups,)."""
        accepted = found <= limits[:, None]
        for place, group in enumerate(among):
            np.copyto(self.places[:, group, mine], proposed[:, place], where=accepted[place])
            np.copyto(self.misses[group, mine], found[place], where=accepted[place])
        made: npt.NDArray[np.int64] = accepted.sum(axis=1)
        return made

    def proposed(self, among: Sequence[int], mine: slice, others: tuple[int, int]) -> Values:
        """A new place for every draw of one half of some groups, shape (names, groups, draws).

        The step is a multiple of the difference of two draws of the other half, over some of the
        quantities; or some quantities are drawn anew. Both are as likely backwards, so that the prior
        stays as it is.
        """
        names, size = len(self.places), mine.stop - mine.start
        shape = (len(among), names, size)
        here, apart, chance, jitter, fresh = (np.empty(shape) for _ in range(5))
        least, length, anew = (np.empty((len(among), 1, size)) for _ in range(3))
        surely = np.empty((len(among), 1, size), dtype=np.int64)
        for place, group in enumerate(among):
            rng, every = self.streams[group], self.places[:, group]
            here[place] = every[:, mine]
            first, second = rng.integers(others[0], others[1], (2, size))
            np.subtract(every.take(first, axis=1), every.take(second, axis=1), out=apart[place])
            rng.random(out=chance[place])
            least[place, 0] = _PARTS[rng.integers(0, len(_PARTS), size)]
            surely[place, 0] = rng.integers(names, size=size)
            length[place, 0] = _LENGTHS[rng.integers(0, len(_LENGTHS), size)]
            rng.standard_normal(out=jitter[place])
            rng.random(out=anew[place, 0])
            rng.random(out=fresh[place])
        part = chance < least
        part |= ~part.any(axis=1, keepdims=True) & (np.arange(names)[:, None] == surely)
        reach = 1.7 / np.sqrt(part.sum(axis=1, keepdims=True)) * length
        # What leaves the range comes in at its other end. Thrown back, a step over several quantities would
        # not be as likely backwards.
        there = here + (reach * apart + 0.003 * jitter)
        there -= np.floor(there)
        np.copyto(there, fresh, where=anew < 0.2)
        np.copyto(here, there, where=part)
        return np.moveaxis(here, 0, 1)
