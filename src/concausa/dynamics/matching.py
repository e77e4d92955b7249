"""History matching: of all that the prior admits, the draws whose runs meet every band.

No likelihood is pretended: a draw is admitted if each coded level and dated event lies in its declared band,
and every admitted draw counts the same.

References
----------
.. [1] Craig, Goldstein, Seheult & Smith (1997), Pressure matching for hydrocarbon reservoirs: a case study in
   the use of Bayes linear strategies for large computer experiments, in *Case Studies in Bayesian Statistics*
   III, 37-93. https://doi.org/10.1007/978-1-4612-2290-3_2
.. [2] Sisson, Fan & Tanaka (2007), Sequential Monte Carlo without likelihoods, *PNAS* 104(6), 1760-1765.
   https://doi.org/10.1073/pnas.0607208104
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest, some
from concausa.core.spread import spread
from concausa.dynamics.admitted import Admitted
from concausa.dynamics.band import Band, outside, refuse_bands, told
from concausa.dynamics.model import Model
from concausa.dynamics.plan import Plan
from concausa.dynamics.prior import Points, Prior, prior
from concausa.dynamics.runs import Runs, planned, refuse_count, refuse_seed, rerun
from concausa.dynamics.setting import Setting
from concausa.dynamics.share import Share
from concausa.dynamics.waves import PARTICLES, Ask, waves

Values = npt.NDArray[np.float64]

#: With fewer admitted draws than these, waves are run.
ENOUGH = 400
#: Draws that fail a single item are kept, and those that miss all bands by less than this.
WIDEST = 0.125
#: Draws of one block, which has streams of its own, whatever is simulated; blocks that one worker does at once.
BLOCK, BLOCKS_OF_A_JOB = 4096, 16
#: How many items the draws can be held against: one bit each.
MOST_ITEMS = 62


@dataclass(frozen=True)
class Matching:
    """A model held against bands.

    Parameters
    ----------
    model, setting, bands
        What was held against what.
    seed, draws : int
        Draws that were tried.
    tolerance : float
        By how much a band may be missed.
    points : mapping of str to array, each of shape (kept,)
        The draws that were kept: those that fail at most one item, and near misses.
    values : array of float, shape (bands, kept)
        What each was in each band.
    failing : mapping of frozenset of int to int
        Of all draws tried, how many fail exactly these items.
    particles : int
        Draws of each repetition of waves.
    workers, scheduler
        Where waves are worked out.
    """

    model: Model
    setting: Setting
    bands: tuple[Band, ...]
    seed: int
    draws: int
    tolerance: float
    points: Points
    values: Values
    failing: Mapping[frozenset[int], int]
    particles: int = PARTICLES
    workers: int = 1
    scheduler: Any = None
    _waved: dict[tuple[frozenset[str], float], Admitted] = dataclasses.field(
        default_factory=dict, compare=False, repr=False
    )

    @property
    def items(self) -> tuple[str, ...]:
        """The pieces of evidence, each with one or more bands."""
        return items(self.bands)

    @cached_property
    def prior(self) -> Prior:
        """What was drawn."""
        return prior(self.model, self.setting)

    @cached_property
    def missed(self) -> Values:
        """By how much each kept draw misses each band, shape (bands, kept); 0 within it."""
        return np.stack([
            outside(value, band.low, band.high) for band, value in zip(self.bands, self.values, strict=True)
        ]) if self.bands else np.zeros((0, self._kept))  # fmt: skip

    @property
    def _kept(self) -> int:
        return int(self.values.shape[1])

    def meets(
        self, *, leaving: Collection[str] = (), tolerance: float | None = None
    ) -> npt.NDArray[np.bool_]:
        """Which kept draws meet every band, shape (kept,).

        Parameters
        ----------
        leaving : collection of str
            Items whose bands are not asked for.
        tolerance : float, optional
            By how much a band may be missed; the matching's own unless given.
        """
        self._refuse_items(leaving)
        asked = [place for place, band in enumerate(self.bands) if band.evidence not in leaving]
        limit = self.tolerance if tolerance is None else tolerance
        return np.asarray((self.missed[asked] <= limit).all(axis=0))

    def share(self, *, leaving: Collection[str] = ()) -> Share:
        """The share of all draws tried that is admitted, counted, whatever items are left out."""
        self._refuse_items(leaving)
        left = {place for place, item in enumerate(self.items) if item in leaving}
        hits = sum(count for failing, count in self.failing.items() if failing <= left)
        return Share.counted(hits, self.draws)

    def admitted(self, *, leaving: Collection[str] = (), tolerance: float | None = None) -> Admitted:
        """The draws that meet every band, or every band but those of some items.

        Where plain draws give fewer than ``ENOUGH``, they are found in waves.

        Parameters
        ----------
        leaving : collection of str
            Items that are not asked for.
        tolerance : float, optional
            By how much a band may be missed; the matching's own unless given.
        """
        limit = self.tolerance if tolerance is None else tolerance
        return self.admitted_each([leaving], tolerance=limit)[0]

    def admitted_each(
        self, leavings: Sequence[Collection[str]], *, tolerance: float | None = None
    ) -> tuple[Admitted, ...]:
        """``admitted`` for each of several leavings; waves that are wanted run side by side."""
        limit = self.tolerance if tolerance is None else tolerance
        if not (isinstance(limit, int | float) and 0 <= limit <= 1):
            raise OptionError(f"tolerance is {limit!r}", fix="a number from 0 to 1")
        keys = [frozenset(leaving) for leaving in leavings]
        admit([(self, keys, limit)])
        return tuple(one for key in keys if (one := self._found(key, limit)) is not None)

    def _found(self, leaving: frozenset[str], limit: float) -> Admitted | None:
        """What is known without waves, or since waves were run."""
        found = self._plain(leaving, limit)
        return self._waved.get((leaving, limit)) if found is None else found

    def _plain(self, leaving: frozenset[str], limit: float) -> Admitted | None:
        """Admitted draws among those tried, if they are enough or waves have nothing to add."""
        self._refuse_items(leaving)
        if not self.prior.unknowns:
            return self._only(leaving, limit)
        if len(leaving) > 1 or limit > WIDEST or (leaving and limit > self.tolerance):
            return None
        chosen = np.flatnonzero(self.meets(leaving=leaving, tolerance=limit))
        if len(chosen) < ENOUGH:
            return None
        points = {name: place[chosen] for name, place in self.points.items()}
        return Admitted(points, Share.counted(len(chosen), self.draws), float(len(chosen)))

    def _only(self, leaving: frozenset[str], limit: float) -> Admitted:
        """Where nothing is drawn, every draw is the same: all are admitted, or none."""
        runs = rerun(self.model, self.setting, {})
        asked = [band for band in self.bands if band.evidence not in leaving]
        met = all(outside(told(band, runs), band.low, band.high)[0] <= limit for band in asked)
        return Admitted(
            {}, Share.counted(self.draws if met else 0, self.draws), float(self.draws if met else 0)
        )

    def runs(self, admitted: Admitted | None = None) -> Runs:
        """The runs of admitted draws; of all that meet every band unless others are given.

        Raises
        ------
        OptionError
            If no draw is admitted.
        """
        admitted = admitted or self.admitted()
        if not admitted.effective:
            raise OptionError("no draw meets every band", fix="leave items out, or widen the tolerance")
        return rerun(self.model, self.setting, admitted.points)

    def _refuse_items(self, leaving: Collection[str]) -> None:
        for item in leaving:
            if item not in self.items:
                near = nearest(item, self.items)
                fix = f"did you mean {near}?" if near else f"one of {some(list(self.items))}"
                raise UnknownNameError(f"no band belongs to {item!r}", fix=fix)


@dataclass(frozen=True, slots=True)
class _Job:
    model: Model
    setting: Setting
    bands: tuple[Band, ...]
    seed: int
    tolerance: float
    first: int
    blocks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    points: dict[str, Values]
    values: Values
    failing: dict[int, int]


def match(
    model: Model,
    setting: Setting,
    bands: Sequence[Band],
    *,
    draws: int = 100_000,
    seed: int = 0,
    tolerance: float = 0.0,
    particles: int = PARTICLES,
    workers: int = 1,
    scheduler: Any = None,
) -> Matching:
    """Draw everything unknown from its range, and keep what meets every band.

    Parameters
    ----------
    draws : int
        How many are tried, from 1 on.
    seed : int
        From 0 on; the same seed gives the same result whatever the workers.
    tolerance : float in [0, 0.125]
        By how much a band may be missed, in memberships.
    particles : int
        Draws of each repetition of waves, if they are needed; an even number from 64 on.
    workers : int
        Processes on this machine.
    scheduler : str or distributed.Client, optional
        A Dask scheduler to work with instead.

    Raises
    ------
    OptionError, UnknownNameError, FormulaError, DataError
        If something does not fit, or an option is none.

    Examples
    --------
    >>> from concausa.dynamics.quantity import Flow, Parameter, Range, Stock
    >>> fades = Model("fades", (Stock("C", Range.of(1, 1)),), (), (Parameter("d", Range.of(0, 1)),), (),
    ...               (Flow("f", "C", False, "d"),))
    >>> half = Band("half", "NL", "C", 2001, 2001, 0.0, 0.5, "last")
    >>> found = match(fades, Setting(("NL",), 2000, 2001), [half], draws=100_000)
    >>> round(found.share().value, 1)  # exp(-d) <= 1/2 from d = 0.69 on
    0.3
    """
    refuse_count(draws, "draws")
    refuse_seed(seed)
    if not (isinstance(tolerance, int | float) and 0 <= tolerance <= WIDEST):
        raise OptionError(f"tolerance is {tolerance!r}", fix=f"a number from 0 to {WIDEST}")
    if not isinstance(particles, int) or particles < 64 or particles % 2:
        raise OptionError(f"particles is {particles!r}", fix="an even number from 64 on")
    setting.refuse_misfits(model)
    refuse_bands(bands, model, setting)
    if len(items(bands)) > MOST_ITEMS:
        raise OptionError(f"there are {len(items(bands))} items", fix=f"keep to {MOST_ITEMS} at most")
    count = -(-draws // BLOCK)
    step = BLOCKS_OF_A_JOB
    parcels = [tuple(range(start, min(start + step, count))) for start in range(0, count, step)]
    jobs = [_Job(model, setting, tuple(bands), seed, tolerance, draws, blocks) for blocks in parcels]
    found = spread(_tried, jobs, workers=workers, scheduler=scheduler)
    names = prior(model, setting).names
    failing: Counter[int] = Counter()
    for part in found:
        failing.update(part.failing)
    places = range(len(items(bands)))
    return Matching(
        model,
        setting,
        tuple(bands),
        seed,
        draws,
        tolerance,
        {name: np.concatenate([part.points[name] for part in found]) for name in names},
        np.concatenate([part.values for part in found], axis=1),
        {
            frozenset(place for place in places if mask >> place & 1): count
            for mask, count in sorted(failing.items())
        },
        particles,
        workers,
        scheduler,
    )


def admit(asks: Sequence[tuple[Matching, Sequence[frozenset[str]], float]]) -> None:
    """Find side by side what ``Matching.admitted_each`` will be asked for, in waves where they are wanted.

    Parameters
    ----------
    asks : sequence of (Matching, leavings, tolerance)
        The matchings have the same seed and the same number of particles.

    Raises
    ------
    DataError
        If something is no number in some run of any of them.
    """
    wanted = [
        (one, Ask(one.model, one.setting, one.bands, keys, limit))
        for one, leavings, limit in asks
        if (keys := tuple(key for key in dict.fromkeys(leavings) if one._found(key, limit) is None))
    ]
    if not wanted:
        return
    first = wanted[0][0]
    found = waves(
        [ask for _, ask in wanted], seed=first.seed, particles=first.particles, workers=first.workers,
        scheduler=first.scheduler,
    )  # fmt: skip
    for (one, ask), several in zip(wanted, found, strict=True):
        for key, wave in zip(ask.leavings, several, strict=True):
            one._waved[key, ask.tolerance] = Admitted(
                wave.points, wave.share, wave.effective, wave.waves, wave.r_hat
            )


def items(bands: Sequence[Band]) -> tuple[str, ...]:
    """The pieces of evidence that some bands belong to, each once."""
    return tuple(dict.fromkeys(band.evidence for band in bands))


def _tried(job: _Job) -> _Found:
    plan = Plan(job.model, job.setting)
    kept_points: dict[str, list[Values]] = {name: [] for name in plan.prior.names}
    kept_values, failing = [], Counter[int]()
    which = items(job.bands)
    rows = [[place for place, band in enumerate(job.bands) if band.evidence == item] for item in which]
    bits = np.left_shift(np.int64(1), np.arange(len(which), dtype=np.int64))
    for block in job.blocks:
        wide = min(BLOCK, job.first - block * BLOCK)
        points = {
            name: place[:wide] for name, place in plan.prior.draw(BLOCK, seed=job.seed, block=block).items()
        }
        runs = planned(plan, points)
        if not points:
            runs = dataclasses.replace(
                runs, stocks={name: np.repeat(one, wide, axis=2) for name, one in runs.stocks.items()}
            )
        values = np.stack([told(band, runs) for band in job.bands]) if job.bands else np.zeros((0, wide))
        missed = np.stack([
            outside(value, band.low, band.high) for band, value in zip(job.bands, values, strict=True)
        ]) if job.bands else values  # fmt: skip
        by_item = np.stack([missed[row].max(axis=0) for row in rows]) if rows else np.zeros((0, wide))
        fails = by_item > job.tolerance
        masks, counts = np.unique((fails * bits[:, None]).sum(axis=0), return_counts=True)
        failing.update(dict(zip(masks.tolist(), counts.tolist(), strict=True)))
        # What _plain answers from: one item may be left out at the tolerance, none at a wider one.
        keep = (fails.sum(axis=0) <= 1) | (by_item.max(axis=0, initial=0.0) <= WIDEST)
        for name, place in points.items():
            kept_points[name].append(place[keep])
        kept_values.append(values[:, keep])
    return _Found(
        {name: np.concatenate(parts) for name, parts in kept_points.items()},
        np.concatenate(kept_values, axis=1),
        dict(failing),
    )
