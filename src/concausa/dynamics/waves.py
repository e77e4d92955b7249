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
from concausa.dynamics.runs import rerun
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
STUCK, STUCK_WAVES = 0.02, 8
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
    repetition: int
    particles: int


@dataclass(frozen=True, slots=True)
class _Repetition:
    """One repetition: for each leaving its chains (names, draws, moves), its share, and its waves."""

    chains: tuple[Values, ...]
    shares: tuple[float, ...]
    waves: tuple[tuple[Wave, ...], ...]


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
    """Draws of the prior that miss no band by more than the tolerance; none if no wave gets there.

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
    jobs = [
        _Job(model, setting, tuple(bands), tuple(leavings), tolerance, seed, place, particles)
        for place in range(REPETITIONS)
    ]
    found = spread(_repeated, jobs, workers=workers, scheduler=scheduler)
    names = prior(model, setting).names
    return tuple(_together(names, found, place) for place in range(len(leavings)))


def _together(names: Sequence[str], found: Sequence[_Repetition], place: int) -> Waved:
    """The repetitions of one leaving, as one."""
    share = Share.repeated([one.shares[place] for one in found])
    reached = [one for one in found if one.shares[place] > 0]
    if not reached:
        nothing = {name: np.zeros(0) for name in names}
        return Waved(nothing, share, 0.0, found[0].waves[place], float("inf"))
    # Of shape (names, chains, moves): chains of one repetition lie together.
    chains = np.concatenate([one.chains[place] for one in reached], axis=1)
    effective = min(*(effective_size(chain) for chain in chains), _apart(chains, len(reached)))
    agree = max(nested_r_hat(chain, len(reached)) for chain in chains) if len(reached) > 1 else float("inf")
    given = chains[:, :, SAMPLED // GIVEN - 1 :: SAMPLED // GIVEN].reshape(len(names), -1)
    points = dict(zip(names, given, strict=True))
    return Waved(points, share, min(effective, float(given.shape[1])), reached[0].waves[place], agree)


def _apart(chains: Values, repetitions: int) -> float:
    """How many independent draws would make the repetitions differ by as much as they do.

    Draws of one repetition descend from few that were kept, which their own chains do not show. All
    unknowns are taken together, since repetitions are too few to tell it for each.
    """
    if repetitions < 2:
        return 1.0
    grouped = chains.reshape(len(chains), repetitions, -1)
    between = grouped.mean(axis=2).var(axis=1, ddof=1) / chains.reshape(len(chains), -1).var(axis=1)
    return repetitions / max(float(between.mean()), 1e-12)


@dataclass(slots=True)
class _Population:
    """Draws of one repetition: groups side by side, each of which leaves some items out.

    Parameters
    ----------
    plan : Plan
    bands : sequence of (band, item's row)
    asked : array of bool, shape (items, groups)
        Which items each group is held against.
    places : array of float, shape (names, groups, draws)
    misses : array of float, shape (groups, draws)
        By how much each draw misses the band that it misses most.
    """

    plan: Plan
    bands: Sequence[tuple[Band, int]]
    asked: npt.NDArray[np.bool_]
    places: Values
    misses: Values

    def missed(self, places: Values) -> Values:
        """The same for other places of this shape."""
        names, groups, size = places.shape
        points = dict(zip(self.plan.prior.names, places.reshape(names, -1), strict=True))
        runs = rerun(self.plan.model, self.plan.setting, points)
        worst = np.zeros((groups, size))
        for band, row in self.bands:
            beyond = outside(told(band, runs), band.low, band.high).reshape(groups, size)
            np.maximum(worst, np.where(self.asked[row][:, None], beyond, 0.0), out=worst)
        return worst

    def select(self, limits: Values) -> Values:
        """Keep what misses by no more than each group's limit, copied to the old number; the shares kept."""
        size = self.misses.shape[1]
        shares = np.empty(len(limits))
        for group, limit in enumerate(limits):
            kept = np.flatnonzero(self.misses[group] <= limit)
            shares[group] = len(kept) / size
            chosen = kept[np.arange(size) * len(kept) // size]
            self.places[:, group] = self.places[:, group, chosen]
            self.misses[group] = self.misses[group, chosen]
        return shares

    def move(self, limits: Values, rng: np.random.Generator) -> Values:
        """Propose a move for every draw, half by half; make it where no more than the limit is missed.

        The step is a multiple of the difference of two draws of the other half, over some of the
        quantities; or some quantities are drawn anew. Both are as likely backwards, so that the prior
        stays as it is. Gives back the share of moves made in each group.
        """
        _, groups, size = self.places.shape
        half, made = size // 2, np.zeros(groups)
        for mine, others in ((slice(0, half), (half, size)), (slice(half, size), (0, half))):
            here = self.places[:, :, mine]
            shape = here.shape
            first, second = (rng.integers(others[0], others[1], (1, *shape[1:])) for _ in range(2))
            part = rng.random(shape) < rng.choice([0.1, 0.3, 1.0], shape[1:])
            reach = 1.7 / np.sqrt(np.maximum(part.sum(axis=0), 1)) * rng.choice([0.3, 1.0], shape[1:])
            apart = np.take_along_axis(self.places, first, 2) - np.take_along_axis(self.places, second, 2)
            step = reach * apart + rng.normal(0, 0.003, shape)
            # What leaves the range is thrown back from the border it meets.
            moved = 1.0 - np.abs(1.0 - np.abs(here + step) % 2.0)
            anew = np.where(rng.random(shape[1:]) < 0.2, rng.random(shape), moved)
            proposed = np.where(part, anew, here)
            found = self.missed(proposed)
            accepted = found <= limits[:, None]
            self.places[:, :, mine] = np.where(accepted, proposed, here)
            self.misses[:, mine] = np.where(accepted, found, self.misses[:, mine])
            made += accepted.sum(axis=1)
        share: Values = made / size
        return share


def _is_stuck(done: Sequence[Wave]) -> bool:
    """Whether the last waves brought a repetition hardly nearer to what it is to meet."""
    return len(done) > STUCK_WAVES and done[-1].tolerance > (1 - STUCK) * done[-1 - STUCK_WAVES].tolerance


def _repeated(job: _Job) -> _Repetition:
    plan = Plan(job.model, job.setting)
    rng = stream(job.seed, job.repetition, "waves")
    which = list(dict.fromkeys(band.evidence for band in job.bands))
    asked = np.array([[item not in leaving for leaving in job.leavings] for item in which])
    places = rng.random((len(plan.prior.names), len(job.leavings), job.particles))
    bands = [(band, which.index(band.evidence)) for band in job.bands]
    crowd = _Population(plan, bands, asked, places, np.empty(places.shape[1:]))
    crowd.misses = crowd.missed(places)
    done: list[list[Wave]] = [[] for _ in job.leavings]
    there = np.zeros(len(job.leavings), dtype=bool)
    stuck = np.zeros(len(job.leavings), dtype=bool)
    for _ in range(MOST_WAVES):
        limits = np.maximum(job.tolerance, np.quantile(crowd.misses, KEPT, axis=1))
        limits[there] = job.tolerance
        shares = crowd.select(limits)
        moved = np.zeros(len(limits))
        for _ in range(MOVES):
            moved += crowd.move(limits, rng) / MOVES
        for group in np.flatnonzero(~there & ~stuck):
            done[group].append(Wave(float(limits[group]), float(shares[group]), float(moved[group])))
            stuck[group] = _is_stuck(done[group]) and limits[group] > job.tolerance
        there |= (limits <= job.tolerance) & ~stuck
        if (there | stuck).all():
            break
    if not there.any():
        nothing = np.zeros((len(places), 0, SAMPLED))
        return _Repetition((nothing,) * len(there), (0.0,) * len(there), tuple(tuple(own) for own in done))
    limits = np.where(there, job.tolerance, np.inf)
    chains = np.empty((*crowd.places.shape, SAMPLED))
    for place in range(SAMPLED):
        crowd.move(limits, rng)
        chains[..., place] = crowd.places
    return _Repetition(
        tuple(chains[:, group] for group in range(len(there))),
        tuple(prod(wave.share for wave in own) if ok else 0.0 for own, ok in zip(done, there, strict=True)),
        tuple(tuple(own) for own in done),
    )
