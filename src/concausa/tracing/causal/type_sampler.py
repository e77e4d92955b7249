"""Draws from the posterior of a block: many chains at once, as arrays.

One sweep completes what is missing, allots the cases of each pattern to the types that could show it, draws
the Dirichlets, and then moves weight in the directions that leave the likelihood as it is. All of it works
on counts, so cost does not grow with the number of cases.

Chains start where a sequential Monte Carlo run ends that lets some cases in one by one with the weights
summed out; if it lets all of them in, it also estimates the probability of the data.

References
----------
.. [1] Tanner & Wong (1987), The calculation of posterior distributions by data augmentation, *JASA* 82,
   528-540. https://doi.org/10.1080/01621459.1987.10478458
.. [2] Chopin (2002), A sequential particle filter method for static models, *Biometrika* 89(3), 539-552.
   https://doi.org/10.1093/biomet/89.3.539
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from concausa._kernels.convergence import effective_size
from concausa.tracing.causal.allotment import Allotment
from concausa.tracing.causal.configuration_moves import (
    ConfigurationGroups,
    groups_of_set,
    is_connected,
    redraw,
)
from concausa.tracing.causal.level_moves import layers_of_sets, move
from concausa.tracing.causal.node_weights import dirichlet

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Chains for blocks of up to so many classes, and for larger ones.
CHAINS, WIDE, CHAINS_WIDE = 128, 2048, 8
#: Sweeps before draws are kept, and sweeps before the first look at how many draws the chains are worth; from
#: look to look there are half as many again.
WARM, ROUND = 24, 16
#: Most numbers that the kept draws hold, most sweeps, and cases that are let in one by one in any case.
HELD, MOST_SWEEPS, SOME = 1 << 26, 4000, 150
#: How many times the wanted draws the watched quantities are to be worth: what is asked later may mix worse.
AMPLE = 1.25
#: Runs of the sequential start, independent of each other: their spread tells how sure the probability of
#: the data is, and chains that start from different runs are held against each other by R-hat.
RUNS, PARTICLES = 8, 32


@dataclass(frozen=True)
class Drawn:
    """Draws of a block.

    Parameters
    ----------
    counts : array of int, shape (chains, draws, classes)
    log_evidence, log_evidence_error : float
        Logarithm of the probability of the cases in their order, and its standard error; nan where the
        cases were not all let in one by one.
    effective : float
        Independent draws that the worst-told of the watched quantities is worth.
    """

    counts: npt.NDArray[np.integer[Any]]
    log_evidence: float
    log_evidence_error: float
    effective: float


def draw_block(allotment: Allotment, wanted: int, seed: int, *, evidence: bool) -> Drawn:
    """Draw until every watched quantity is worth *wanted* independent draws, or the work is too much.

    Parameters
    ----------
    evidence : bool
        Whether to let every case in one by one, which tells the probability of the data and takes time.
    """
    sampler = _Sampler(allotment, np.random.default_rng(seed))
    return sampler.run(wanted, evidence=evidence)


class _Sampler:
    """The state of all chains: counts and weights of classes, shape (chains, classes)."""

    def __init__(self, allotment: Allotment, rng: np.random.Generator) -> None:
        self.allotment, self.rng = allotment, rng
        self.classes = allotment.classes
        self.is_wide = self.classes > WIDE
        self.chains = CHAINS_WIDE if self.is_wide else CHAINS
        self.alphas = np.concatenate([one.alphas for one in allotment.sets])
        self.starts = np.array(allotment.offsets, np.int64)
        self.set_of = np.repeat(np.arange(len(allotment.sets)), [one.classes for one in allotment.sets])
        self.sure = np.array([count for count, ways in allotment.rows if len(ways) == 1], np.int64)
        self.sure_patterns = [ways[0] for _, ways in allotment.rows if len(ways) == 1]
        self.open_rows = [
            (count, np.array(ways, np.int64)) for count, ways in allotment.rows if len(ways) > 1
        ]
        self.fixed = np.zeros(len(allotment.ways), np.int64)
        for count, patterns in zip(self.sure.tolist(), self.sure_patterns, strict=True):
            self.fixed[list(patterns)] += count
        self.held_as = np.int16 if sum(count for count, _ in allotment.rows) < 1 << 15 else np.int32
        cases = sum(count for count, _ in allotment.rows)
        #: Sets whose weights are moved configuration by configuration and along squares: not where a hidden
        #: cause stands in the way, nor where the prior outweighs the cases, so that drawing at once mixes well.
        self.piecewise = [
            seen is not None and cases >= one.alphas.sum()
            for one, seen in zip(allotment.sets, allotment.seen, strict=True)
        ]
        #: Sets drawn at once given all their cases: the others, and those in which such moves do not lead
        #: from every class to every other, because a rule took the classes between them away.
        self.together = [
            not piecewise or not is_connected(values)
            for piecewise, values in zip(self.piecewise, allotment.reached, strict=True)
        ]
        self.groups = self._groups()
        self.layers = layers_of_sets(
            [
                values if piecewise else values[:0]
                for values, piecewise in zip(allotment.reached, self.piecewise, strict=True)
            ],
            allotment.offsets,
            rng,
        )
        if not self.is_wide:
            self._pad()

    def _groups(self) -> list[ConfigurationGroups]:
        found: list[ConfigurationGroups] = []
        made = self.allotment
        places = zip(made.sets, made.offsets, made.reached, made.seen, self.piecewise, strict=True)
        for one, start, values, seen, piecewise in places:
            if seen is not None and piecewise and one.classes > 1:
                levels = 1 + max(max(own) for own in seen)
                levels = max(levels, int(values.max()) + 1)
                found += groups_of_set(values, levels, start, seen, self.alphas, self.classes)
        return found

    def _pad(self) -> None:
        """Ways of all patterns in one array: short rows begin with classes of weight 0.

        The last way is a real one, because the last share of a multinomial draw takes what rounding leaves.
        """
        ways = self.allotment.ways
        width = max(one.shape[0] for one in ways)
        depth = max(one.shape[1] for one in ways)
        nothing, everything = self.classes, self.classes + 1
        self.padded = np.full((len(ways), width, depth), nothing, np.int64)
        for place, own in enumerate(ways):
            self.padded[place, width - len(own) :] = everything
            self.padded[place, width - len(own) :, : own.shape[1]] = own
        flat = self.padded.reshape(-1, depth)
        self.scatter = np.zeros((len(flat), self.classes + 2))
        for column in range(depth):
            np.add.at(self.scatter, (np.arange(len(flat)), flat[:, column]), 1.0)
        self.scatter = self.scatter[:, : self.classes]

    def run(self, wanted: int, *, evidence: bool) -> Drawn:
        counts, log, error = self.start(evidence=evidence)
        weights = self.drawn(counts)
        for _ in range(WARM):
            counts, weights = self.sweep(weights)
        kept: list[npt.NDArray[np.integer[Any]]] = []
        watched: list[Floats] = []
        signs = self.watched()
        worth = 0.0
        most = min(MOST_SWEEPS, max(ROUND, HELD // (self.classes * self.chains)))
        while len(kept) < most:
            for _ in range(min(max(ROUND, len(kept) // 2), most - len(kept))):
                counts, weights = self.sweep(weights)
                kept.append(counts.astype(self.held_as))
                watched.append(weights @ signs)
            series = np.stack(watched, axis=1)
            worth = min(effective_size(series[..., column]) for column in range(series.shape[-1]))
            if worth >= AMPLE * wanted:
                break
        return Drawn(np.stack(kept, axis=1), log, error, worth)

    def watched(self) -> Floats:
        """Sums of weights whose draws are watched: random halves, and each class where there are few."""
        rng = np.random.default_rng(0)
        halves = np.asarray(rng.integers(0, 2, size=(self.classes, 32)), dtype=np.float64)
        return np.concatenate([np.eye(self.classes), halves], axis=1) if self.classes <= 32 else halves

    def sweep(self, weights: Floats) -> tuple[Ints, Floats]:
        """One step of every chain: new weights, and an allotment of all cases that goes with them."""
        numbers = self.pattern_counts(weights)
        if any(self.together):
            counts = self.allot(weights, numbers)
            weights = self.redrawn_together(weights, counts)
            if not self.groups and not self.layers:
                return counts, weights
        wide = np.concatenate([weights, np.zeros((len(weights), 1))], axis=1)
        for groups in self.groups:
            redraw(wide, numbers, groups, self.rng)
        weights = wide[:, :-1]
        for layers in self.layers:
            for _ in range(2):
                move(weights, layers[int(self.rng.integers(len(layers)))], self.alphas, self.rng)
        weights /= np.add.reduceat(weights, self.starts, axis=1)[:, self.set_of]
        return self.allot(weights, numbers), weights

    def redrawn_together(self, weights: Floats, counts: Ints) -> Floats:
        """Weights of some sets drawn given an allotment of all their cases, the others as they were."""
        parts = []
        for one, start, chosen in zip(
            self.allotment.sets, self.allotment.offsets, self.together, strict=True
        ):
            own = slice(start, start + one.classes)
            parts.append(dirichlet(one.alphas + counts[:, own], self.rng) if chosen else weights[:, own])
        return np.concatenate(parts, axis=1)

    def drawn(self, counts: Ints) -> Floats:
        parts = []
        for one, start in zip(self.allotment.sets, self.allotment.offsets, strict=True):
            parts.append(dirichlet(one.alphas + counts[:, start : start + one.classes], self.rng))
        return np.concatenate(parts, axis=1)

    def masses(self, weights: Floats) -> Floats:
        """Probability of each pattern in each chain, shape (chains, patterns)."""
        if self.is_wide:
            own = [weights[:, ways].prod(axis=2).sum(axis=1) for ways in self.allotment.ways]
            return np.stack(own, axis=1)
        return np.asarray(self.parts(weights).sum(axis=-1))

    def parts(self, weights: Floats) -> Floats:
        """Probability of each way of each pattern, shape (chains, patterns, ways)."""
        chains = len(weights)
        wide = np.concatenate([weights, np.zeros((chains, 1)), np.ones((chains, 1))], axis=1)
        return np.asarray(wide[:, self.padded].prod(axis=-1))

    def allot(self, weights: Floats, numbers: Ints) -> Ints:
        """Cases of each class when the cases of each pattern are allotted by chance."""
        if self.is_wide:
            return self.allot_wide(weights, numbers)
        parts = self.parts(weights)
        masses = parts.sum(axis=-1, keepdims=True)
        found = self.rng.multinomial(numbers, _proper(parts / np.where(masses > 0, masses, 1.0)))
        return np.rint(found.reshape(len(weights), -1) @ self.scatter).astype(np.int64)

    def allot_wide(self, weights: Floats, numbers: Ints) -> Ints:
        chains = len(weights)
        counts = np.zeros((chains, self.classes), np.int64)
        for place, own in enumerate(self.allotment.ways):
            for chain in range(chains):
                if number := int(numbers[chain, place]):
                    rising = np.cumsum(
                        weights[chain, own].prod(axis=1) if own.shape[1] > 1 else weights[chain, own[:, 0]]
                    )
                    picks = np.searchsorted(rising, self.rng.random(number) * rising[-1], side="right")
                    chosen = own[np.minimum(picks, len(own) - 1)]
                    counts[chain] += np.bincount(chosen.reshape(-1), minlength=self.classes)
        return counts

    def pattern_counts(self, weights: Floats) -> Ints:
        """Cases of each pattern in each chain, what is missing completed by chance."""
        numbers = np.broadcast_to(self.fixed, (len(weights), len(self.fixed)))
        if not self.open_rows:
            return numbers
        masses = self.masses(weights)
        numbers = numbers.copy()
        for count, completions in self.open_rows:
            shares = masses[:, completions].prod(axis=2)
            shares = _proper(shares / shares.sum(axis=1, keepdims=True))
            chosen = self.rng.multinomial(count, shares)
            for column, patterns in enumerate(completions):
                numbers[:, patterns] += chosen[:, column : column + 1]
        return numbers

    def start(self, *, evidence: bool) -> tuple[Ints, float, float]:
        """Counts to start from, and what the sequential runs say of the probability of the data."""
        numbers = [count for count, _ in self.allotment.rows]
        order = self.rng.permutation(np.repeat(np.arange(len(numbers)), numbers))
        is_whole = evidence or len(order) <= SOME
        particles = 2 if self.is_wide else PARTICLES
        counts, logs = self._sequence(order if is_whole else order[:SOME], particles)
        each = max(1, self.chains // RUNS)
        counts = counts.reshape(RUNS, particles, -1)[:, :each].reshape(RUNS * each, -1)
        if not is_whole:
            return counts, math.nan, math.nan
        peak = logs.max()
        levels = np.exp(logs - peak)
        error = float(levels.std(ddof=1) / levels.mean() / math.sqrt(RUNS))
        return counts, float(peak + np.log(levels.mean())), error

    def _sequence(self, order: Ints, particles: int) -> tuple[Ints, Floats]:
        """Let cases in one by one, in several runs side by side.

        Particles of a run that weigh little are replaced by others of the same run, and all are then moved.

        Returns
        -------
        array, shape (runs * particles, classes)
            Counts at the end.
        array, shape (runs,)
            Logarithm of the probability of the cases in this order, as each run estimates it.
        """
        every = RUNS * particles
        counts = np.zeros((every, self.classes), np.int64)
        totals = np.zeros((every, len(self.starts)))
        prior_totals = np.add.reduceat(self.alphas, self.starts)
        told, logs = np.zeros(RUNS), np.zeros(every)
        here = np.arange(every)
        for done, row in enumerate(order.tolist(), start=1):
            completions = np.array(self.allotment.rows[row][1], np.int64)
            rising = {}
            for pattern in np.unique(completions).tolist():
                ways = self.allotment.ways[pattern]
                sets = self.set_of[ways]
                means = (self.alphas[ways] + counts[:, ways]) / (prior_totals[sets] + totals[:, sets])
                rising[pattern] = np.cumsum(means.prod(axis=2), axis=1)
            shares = np.cumsum(
                np.stack(
                    [math.prod(rising[one][:, -1] for one in own) for own in completions.tolist()], axis=1
                ),
                axis=1,
            )
            logs += np.log(shares[:, -1])
            chosen = completions[self._picked(shares)]
            for district in range(chosen.shape[1]):
                for pattern in np.unique(chosen[:, district]).tolist():
                    own = here[chosen[:, district] == pattern]
                    found = self.allotment.ways[pattern][self._picked(rising[pattern][own])]
                    for column in found.T:
                        counts[own, column] += 1
                        totals[own, self.set_of[column]] += 1
            last = done == len(order)
            by_run = logs.reshape(RUNS, particles)
            weights = np.exp(by_run - by_run.max(axis=1, keepdims=True))
            sums = weights.sum(axis=1)
            if last or (sums**2 / (weights**2).sum(axis=1)).min() < particles / 2:
                told += by_run.max(axis=1) + np.log(weights.mean(axis=1))
                logs = np.zeros(every)
                counts = counts[self._survivors(weights / sums[:, None])]
                if not last:
                    counts = self._moved(
                        counts, np.bincount(order[:done], minlength=len(self.allotment.rows))
                    )
                totals = np.add.reduceat(counts, self.starts, axis=1).astype(float)
        return counts, told

    def _survivors(self, weights: Floats) -> Ints:
        """Systematic resampling within each run, weights of shape (runs, particles)."""
        runs, particles = weights.shape
        rising = np.cumsum(weights, axis=1)
        rising /= rising[:, -1:]
        points = (self.rng.random((runs, 1)) + np.arange(particles)) / particles
        shift = np.arange(runs)[:, None] * 2.0
        picks = np.searchsorted((rising + shift).reshape(-1), (points + shift).reshape(-1), side="right")
        return np.asarray(np.minimum(picks, np.repeat(np.arange(1, runs + 1) * particles - 1, particles)))

    def _moved(self, counts: Ints, so_far: Ints) -> Ints:
        """The same particles after a sweep over the cases that are in."""
        fixed, open_rows = self.fixed, self.open_rows
        self.fixed = np.zeros_like(fixed)
        self.open_rows = []
        for number, (_, ways) in zip(so_far.tolist(), self.allotment.rows, strict=True):
            if number and len(ways) == 1:
                self.fixed[list(ways[0])] += number
            elif number:
                self.open_rows.append((number, np.array(ways, np.int64)))
        moved, _ = self.sweep(self.drawn(counts))
        self.fixed, self.open_rows = fixed, open_rows
        return moved

    def _picked(self, rising: Floats) -> Ints:
        """A place in each row of cumulated weights, by chance."""
        picks = (rising < self.rng.random((len(rising), 1)) * rising[:, -1:]).sum(axis=1)
        return np.asarray(np.minimum(picks, rising.shape[1] - 1))


def _proper(shares: Floats) -> Floats:
    """Shares that add up to no more than 1 in spite of rounding."""
    return np.asarray(shares / np.maximum(shares.sum(axis=-1, keepdims=True), 1.0))
