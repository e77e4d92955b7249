"""Waves: draws that meet every band, found step by step where plain draws hit too seldom.

Each wave keeps the draws that miss least, copies them, and moves the copies about within the prior without ever
missing by more, until nothing is missed beyond the tolerance. The product of the shares kept estimates the share
of the prior that is admitted. Several repetitions, each from draws of its own, tell how sure that is.

References
----------
.. [1] Au & Beck (2001), Estimation of small failure probabilities in high dimensions by subset simulation,
   *Probabilistic Engineering Mechanics* 16(4), 263-277. https://doi.org/10.1016/S0266-8920(01)00019-4
.. [2] Del Moral, Doucet & Jasra (2012), An adaptive sequential Monte Carlo method for approximate Bayesian
   computation, *Statistics and Computing* 22, 1009-1020. https://doi.org/10.1007/s11222-011-9271-y
.. [3] ter Braak (2006), A Markov chain Monte Carlo version of the genetic algorithm Differential Evolution,
   *Statistics and Computing* 16, 239-249. https://doi.org/10.1007/s11222-006-8769-1
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from concausa._kernels.convergence import effective_size, nested_r_hat
from concausa.core.spread import spread
from concausa.dynamics.band import Band, outside, told
from concausa.dynamics.model import Model
from concausa.dynamics.plan import Plan
from concausa.dynamics.prior import Points, prior, stream
from concausa.dynamics.runs import planned
from concausa.dynamics.setting import Setting
from concausa.dynamics.share import Share

Values = npt.NDArray[np.float64]

#: Draws of one repetition, and repetitions.
PARTICLES, REPETITIONS = 512, 4
#: The share that one wave keeps.
KEPT = 0.4
#: Waves after which nothing is taken to be there, and moves of every draw within one wave.
MOST_WAVES, MOVES = 60, 6
#: A repetition whose tolerance falls by less than this share over so many waves has nowhere to go.
STUCK, STUCK_WAVES = 0.02, 5
#: Moves after the last wave, and of how many of them the draws are given back.
SAMPLED, GIVEN = 24, 4


@dataclass(frozen=True, slots=True)
class Wave:
    """One step of one repetition.

    Parameters
    ----------
    tolerance : float
        By how much bands may still be missed.
    share : float in [0, 1]
        Of the draws of the wave before, those that miss by no more.
    moved : float in [0, 1]
        The share of proposed moves that were made.
    """

    tolerance: float
    share: float
    moved: float


@dataclass(frozen=True, slots=True)
class Waved:
    """What waves found; see ``matching.Admitted`` for the words."""

    points: Points
    share: Share
    effective: float
    waves: tuple[Wave, ...]
    r_hat: float


@dataclass(frozen=True, slots=True)
class _Job:
    model: Model
    setting: Setting
    bands: tuple[Band, ...]
    leavings: tuple[frozenset[str], ...]
    tolerance: float
    seed: int
    repetitions: tuple[int, ...]
    particles: int


@dataclass(frozen=True, slots=True)
class _Repetition:
    """One repetition of one leaving: its chains (names, draws, moves), and its waves."""

    chains: Values
    there: bool
    waves: tuple[Wave, ...]

    @property
    def below(self) -> float:
        """The share of the prior that misses by no more than the last wave did."""
        return prod(wave.share for wave in self.waves)

    @property
    def share(self) -> float:
        """The share that is admitted; 0 if no wave got there."""
        return self.below if self.there else 0.0


def waves(
    model: Model,
    setting: Setting,
    bands: Sequence[Band],
    leavings: Sequence[frozenset[str]] = (frozenset(),),
    *,
    tolerance: float = 0.0,
    seed: int = 0,
    particles: int = PARTICLES,
    workers: int = 1,
    scheduler: Any = None,
) -> tuple[Waved, ...]:
    """Draws of the prior that miss no band by more than the tolerance.

    If no wave gets there, there are none; their share is told as 0, and its range ends at the share that misses
    by no more than the last wave did.

    Parameters
    ----------
    bands : sequence of Band
        They must fit the model; see ``matching.match``.
    leavings : sequence of frozenset of str
        For each, draws are found that meet all bands but those of these items; all are worked out side by
        side, which is much faster than one after the other.
    particles : int
        Draws of one repetition, an even number.

    Returns
    -------
    tuple of Waved
        One for each of *leavings*.
    """
    wanted = tuple(range(REPETITIONS))
    parts = min(workers, REPETITIONS) if scheduler is None else REPETITIONS
    jobs = [
        _Job(model, setting, tuple(bands), tuple(leavings), tolerance, seed, wanted[part::parts], particles)
        for part in range(parts)
    ]
    done = spread(_repeated, jobs, workers=workers, scheduler=scheduler)
    found = {
        place: ones
        for job, several in zip(jobs, done, strict=True)
        for place, ones in zip(job.repetitions, several, strict=True)
    }
    names = prior(model, setting).names
    return tuple(_together(names, [found[one][place] for one in wanted]) for place in range(len(leavings)))


def _together(names: Sequence[str], found: Sequence[_Repetition]) -> Waved:
    """The repetitions of one leaving, as one."""
    reached = [one for one in found if one.there]
    if not reached:
        nothing = {name: np.zeros(0) for name in names}
        share = Share(0.0, 0.0, max(one.below for one in found))
        return Waved(nothing, share, 0.0, found[0].waves, float("inf"))
    share = Share.repeated([one.share for one in found])
    # A repetition that did not get there may have stopped before it.
    share = Share(
        share.value, share.low, max(share.high, *(0.0 if one.there else one.below for one in found))
    )
    # Of shape (names, chains, moves): chains of one repetition lie together.
    chains = np.concatenate([one.chains for one in reached], axis=1)
    effective = min(*(effective_size(chain) for chain in chains), _apart(chains, len(reached)))
    agree = max(nested_r_hat(chain, len(reached)) for chain in chains) if len(reached) > 1 else float("inf")
    given = chains[:, :, SAMPLED // GIVEN - 1 :: SAMPLED // GIVEN].reshape(len(names), -1)
    points = dict(zip(names, given, strict=True))
    return Waved(points, share, min(effective, float(given.shape[1])), reached[0].waves, agree)


def _apart(chains: Values, repetitions: int) -> float:
    """How many independent draws would make the repetitions differ by as much as they do.

    Draws of one repetition descend from few that were kept, which their own chains do not show. All
    unknowns are taken together, since repetitions are too few to tell it for each.
    """
    if repetitions < 2:
        return 1.0
    grouped = chains.reshape(len(chains), repetitions, -1)
    within = np.maximum(chains.reshape(len(chains), -1).var(axis=1), 1e-300)
    between = grouped.mean(axis=2).var(axis=1, ddof=1) / within
    return repetitions / max(float(between.mean()), 1e-12)


@dataclass(slots=True)
class _Population:
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

    def missed(self, places: Values, among: Sequence[int]) -> Values:
        """The same for other places of some groups."""
        shape = places.shape[1:]
        points = dict(zip(self.plan.prior.names, places.reshape(len(places), -1), strict=True))
        runs = planned(self.plan, points)
        worst = np.zeros(shape)
        for band, row in self.bands:
            asked = self.asked[row][among]
            if asked.any():
                beyond = outside(told(band, runs), band.low, band.high).reshape(shape)
                np.maximum(worst, np.where(asked[:, None], beyond, 0.0), out=worst)
        return worst

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

    def move(self, limits: Values, among: Sequence[int]) -> Values:
        """Propose a move for every draw of some groups, half by half; make it where no limit is passed.

        The step is a multiple of the difference of two draws of the other half, over some of the
        quantities; or some quantities are drawn anew. Both are as likely backwards, so that the prior
        stays as it is.

        Parameters
        ----------
        limits : array of float, shape (groups,)

        Returns
        -------
        array of float, shape (groups,)
            The share of moves made.
        """
        size = self.places.shape[2]
        half, made = size // 2, np.zeros(len(limits))
        for mine, others in ((slice(0, half), (half, size)), (slice(half, size), (0, half))):
            proposed = np.stack([self._proposed(group, mine, others) for group in among], axis=1)
            found = self.missed(proposed, among)
            for place, group in enumerate(among):
                accepted = np.flatnonzero(found[place] <= limits[group])
                self.places[:, group, mine][:, accepted] = proposed[:, place, accepted]
                self.misses[group, mine][accepted] = found[place, accepted]
                made[group] += len(accepted)
        share: Values = made / size
        return share

    def _proposed(self, group: int, mine: slice, others: tuple[int, int]) -> Values:
        """A new place for every draw of one half of a group, shape (names, draws)."""
        rng, every = self.streams[group], self.places[:, group]
        here = every[:, mine]
        names, size = here.shape
        first, second = rng.integers(others[0], others[1], (2, size))
        part = rng.random(here.shape) < rng.choice([0.1, 0.3, 1.0], size)
        part |= ~part.any(axis=0) & (np.arange(names)[:, None] == rng.integers(names, size=size))
        reach = 1.7 / np.sqrt(part.sum(axis=0)) * rng.choice([0.3, 1.0], size)
        step = reach * (every[:, first] - every[:, second]) + rng.normal(0, 0.003, here.shape)
        # What leaves the range comes in at its other end. Thrown back, a step over several quantities would
        # not be as likely backwards.
        anew = np.where(rng.random(size) < 0.2, rng.random(here.shape), (here + step) % 1.0)
        proposed: Values = np.where(part, anew, here)
        return proposed


def _is_stuck(done: Sequence[Wave]) -> bool:
    """Whether the last waves brought a repetition hardly nearer to what it is to meet."""
    return len(done) > STUCK_WAVES and done[-1].tolerance > (1 - STUCK) * done[-1 - STUCK_WAVES].tolerance


def _repeated(job: _Job) -> list[list[_Repetition]]:
    """For each repetition of a job its leavings."""
    plan = Plan(job.model, job.setting)
    which = list(dict.fromkeys(band.evidence for band in job.bands))
    groups = [(repetition, leaving) for repetition in job.repetitions for leaving in job.leavings]
    asked = np.array([[item not in leaving for _, leaving in groups] for item in which])
    bands = [(band, which.index(band.evidence)) for band in job.bands]
    streams = [stream(job.seed, one, f"waves without {sorted(leaving)}") for one, leaving in groups]
    shape = (len(plan.prior.names), job.particles)
    places = np.stack([rng.random(shape) for rng in streams], axis=1)
    crowd = _Population(plan, bands, asked, streams, places, np.empty(places.shape[1:]))
    crowd.misses = crowd.missed(places, range(len(groups)))
    done: list[list[Wave]] = [[] for _ in groups]
    limits = np.full(len(groups), np.inf)
    stuck = np.zeros(len(groups), dtype=bool)
    for _ in range(MOST_WAVES):
        among = [int(group) for group in np.flatnonzero((limits > job.tolerance) & ~stuck)]
        if not among:
            break
        shares, moved = {}, np.zeros(len(groups))
        for group in among:
            limits[group] = crowd.limit(group, job.tolerance)
            shares[group] = crowd.select(group, limits[group], job.tolerance)
        for _ in range(MOVES):
            moved += crowd.move(limits, among) / MOVES
        for group, share in shares.items():
            done[group].append(Wave(float(limits[group]), share, float(moved[group])))
            stuck[group] = limits[group] > job.tolerance and _is_stuck(done[group])
    there = [int(group) for group in np.flatnonzero(limits <= job.tolerance)]
    chains = np.empty((SAMPLED, *crowd.places.shape))
    for place in range(SAMPLED if there else 0):
        crowd.move(limits, there)
        chains[place] = crowd.places
    found = [
        _Repetition(np.moveaxis(chains[:, :, group], 0, 2), group in there, tuple(waves))
        for group, waves in enumerate(done)
    ]
    wide = len(job.leavings)
    return [found[start : start + wide] for start in range(0, len(found), wide)]
