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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from concausa._kernels.convergence import effective_size, nested_r_hat
from concausa.core.spread import spread
from concausa.dynamics.abreast import Abreast
from concausa.dynamics.band import Band
from concausa.dynamics.crowd import Crowd
from concausa.dynamics.model import Model
from concausa.dynamics.plan import Plan
from concausa.dynamics.prior import Points, prior, stream
from concausa.dynamics.setting import Setting
from concausa.dynamics.share import Share

Values = npt.NDArray[np.float64]

#: Draws of one repetition, and repetitions.
PARTICLES, REPETITIONS = 512, 4
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
class Ask:
    """What draws are to meet.

    Parameters
    ----------
    model, setting
    bands : tuple of Band
        They must fit the model; see ``matching.match``.
    leavings : tuple of frozenset of str
        For each, draws are found that meet all bands but those of these items.
    tolerance : float
        By how much a band may be missed.
    """

    model: Model
    setting: Setting
    bands: tuple[Band, ...]
    leavings: tuple[frozenset[str], ...] = (frozenset(),)
    tolerance: float = 0.0


@dataclass(frozen=True, slots=True)
class _Job:
    asks: tuple[Ask, ...]
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
    asks: Sequence[Ask],
    *,
    seed: int = 0,
    particles: int = PARTICLES,
    workers: int = 1,
    scheduler: Any = None,
) -> tuple[tuple[Waved, ...], ...]:
    """Draws of the prior that miss no band by more than the tolerance.

    If no wave gets there, there are none; their share is told as 0, and its range ends at the share that misses
    by no more than the last wave did.

    Parameters
    ----------
    asks : sequence of Ask
        All are worked out side by side, which is much faster than one after the other; none rests on what is
        beside it.
    particles : int
        Draws of one repetition, an even number.

    Returns
    -------
    tuple of tuple of Waved
        For each of *asks* one for each of its leavings.

    Raises
    ------
    DataError
        If a rate or what a band holds is no number in some run, whichever of *asks* it is in.
    """
    wanted = tuple(range(REPETITIONS))
    parts = min(workers, REPETITIONS) if scheduler is None else REPETITIONS
    jobs = [_Job(tuple(asks), seed, wanted[part::parts], particles) for part in range(parts)]
    done = spread(_repeated, jobs, workers=workers, scheduler=scheduler)
    found = {
        repetition: ones
        for job, several in zip(jobs, done, strict=True)
        for repetition, ones in zip(job.repetitions, several, strict=True)
    }
    return tuple(
        tuple(
            _together(prior(ask.model, ask.setting).names, [found[one][place][leaving] for one in wanted])
            for leaving in range(len(ask.leavings))
        )
        for place, ask in enumerate(asks)
    )


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


def _is_stuck(done: Sequence[Wave]) -> bool:
    """Whether the last waves brought a repetition hardly nearer to what it is to meet."""
    return len(done) > STUCK_WAVES and done[-1].tolerance > (1 - STUCK) * done[-1 - STUCK_WAVES].tolerance


@dataclass(slots=True)
class _Search:
    """The search for what one ask wants.

    Parameters
    ----------
    ask : Ask
    crowd : Crowd
        A group for each repetition and leaving.
    limits : array of float, shape (groups,)
        By how much each may miss now.
    done : list of list of Wave
        For each group.
    stuck : array of bool, shape (groups,)
    """

    ask: Ask
    crowd: Crowd
    limits: Values
    done: list[list[Wave]]
    stuck: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, ask: Ask, job: _Job) -> _Search:
        """At its start: draws of the prior, whose misses are not known yet."""
        plan = Plan(ask.model, ask.setting)
        which = list(dict.fromkeys(band.evidence for band in ask.bands))
        groups = [(repetition, leaving) for repetition in job.repetitions for leaving in ask.leavings]
        asked = np.array([[item not in leaving for _, leaving in groups] for item in which], dtype=bool)
        asked = asked.reshape(len(which), len(groups))
        bands = [(band, which.index(band.evidence)) for band in ask.bands]
        streams = [stream(job.seed, one, f"waves without {sorted(leaving)}") for one, leaving in groups]
        shape = (len(plan.prior.names), job.particles)
        places = np.stack([rng.random(shape) for rng in streams], axis=1)
        crowd = Crowd(plan, bands, asked, streams, places, np.empty(places.shape[1:]))
        count = len(groups)
        return cls(ask, crowd, np.full(count, np.inf), [[] for _ in groups], np.zeros(count, dtype=bool))

    @property
    def here(self) -> list[int]:
        """Groups that have got there."""
        return [int(group) for group in np.flatnonzero(self.limits <= self.ask.tolerance)]

    @property
    def waiting(self) -> list[int]:
        """Groups that have not, and that have somewhere to go."""
        return [int(group) for group in np.flatnonzero((self.limits > self.ask.tolerance) & ~self.stuck)]

    def select(self, among: Sequence[int]) -> dict[int, float]:
        """Keep those that miss least; the share kept of each group."""
        shares = {}
        for group in among:
            self.limits[group] = self.crowd.limit(group, self.ask.tolerance)
            shares[group] = self.crowd.select(group, self.limits[group], self.ask.tolerance)
        return shares

    def note(self, shares: Mapping[int, float], moved: Mapping[int, float]) -> None:
        """Write down a wave."""
        for group, share in shares.items():
            self.done[group].append(Wave(float(self.limits[group]), share, float(moved[group])))
            self.stuck[group] = self.limits[group] > self.ask.tolerance and _is_stuck(self.done[group])


def _repeated(job: _Job) -> list[list[list[_Repetition]]]:
    """For each repetition of a job, for each of its asks, the leavings."""
    searches = [_Search.of(ask, job) for ask in job.asks]
    every = [range(len(one.done)) for one in searches]
    runs = Abreast([one.crowd.plan for one in searches]).run([
        one.crowd.points(one.crowd.places) for one in searches
    ])  # fmt: skip
    for search, groups, own in zip(searches, every, runs, strict=True):
        search.crowd.misses = search.crowd.missed(own, groups)
    for _ in range(MOST_WAVES):
        among = [one.waiting for one in searches]
        if not any(among):
            break
        shares = [one.select(groups) for one, groups in zip(searches, among, strict=True)]
        moved = [dict.fromkeys(groups, 0.0) for groups in among]
        for _ in range(MOVES):
            for old, new in zip(moved, _moved(searches, among), strict=True):
                for group, share in new.items():
                    old[group] += share / MOVES
        for search, kept, made in zip(searches, shares, moved, strict=True):
            search.note(kept, made)
    there = [one.here for one in searches]
    chains = [np.empty((SAMPLED, *one.crowd.places.shape)) for one in searches]
    for place in range(SAMPLED if any(there) else 0):
        _moved(searches, there)
        for search, chain in zip(searches, chains, strict=True):
            chain[place] = search.crowd.places
    found: list[list[list[_Repetition]]] = [[] for _ in job.repetitions]
    for search, chain in zip(searches, chains, strict=True):
        here, wide = search.here, len(search.ask.leavings)
        ones = [
            _Repetition(np.moveaxis(chain[:, :, group], 0, 2), group in here, tuple(waves))
            for group, waves in enumerate(search.done)
        ]
        for place, several in enumerate(found):
            several.append(ones[place * wide : (place + 1) * wide])
    return found


def _moved(searches: Sequence[_Search], among: Sequence[Sequence[int]]) -> list[dict[int, float]]:
    """Propose a move for every draw of some groups, half by half; make it where no limit is passed.

    For each search, the share of moves made by group.
    """
    going = [(one, groups) for one, groups in zip(searches, among, strict=True) if groups]
    size = searches[0].crowd.places.shape[2]
    half = size // 2
    made = [np.zeros(len(groups), dtype=np.int64) for _, groups in going]
    abreast = Abreast([one.crowd.plan for one, _ in going])
    for mine, others in ((slice(0, half), (half, size)), (slice(half, size), (0, half))):
        proposed = [one.crowd.proposed(groups, mine, others) for one, groups in going]
        runs = abreast.run([
            one.crowd.points(places) for (one, _), places in zip(going, proposed, strict=True)
        ])  # fmt: skip
        for place, ((one, groups), places, own) in enumerate(zip(going, proposed, runs, strict=True)):
            missed = one.crowd.missed(own, groups)
            made[place] += one.crowd.accept(places, missed, one.limits[groups], groups, mine)
    shares = iter(made)
    return [
        dict(zip(groups, (next(shares) / size).tolist(), strict=True)) if groups else {} for groups in among
    ]
