"""How much a set of chains is worth: effective draws and R-hat.

References
----------
.. [1] Margossian et al. (2024), Nested R-hat: assessing the convergence of Markov chain Monte Carlo when
   running many short chains, *Bayesian Analysis*. https://doi.org/10.1214/24-BA1453
.. [2] Vehtari et al. (2021), Rank-normalization, folding, and localization, *Bayesian Analysis* 16(2),
   667-718. https://doi.org/10.1214/20-BA1221
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Chains = npt.NDArray[np.float64]


def nested_r_hat(chains: Chains, groups: int) -> float:
    """R-hat of groups of chains that started apart: near 1 where they agree, 1 for a constant.

    Many short chains cannot be held against each other one by one, because each is uncertain for its
    length alone; groups of them can.

    Parameters
    ----------
    chains : array, shape (chains, draws)
        Chains of one group lie together; their number is a multiple of *groups*.
    """
    grouped = chains.reshape(groups, -1)
    within = float(grouped.var(axis=1, ddof=1).mean())
    between = float(grouped.mean(axis=1).var(ddof=1))
    noise = _noise(chains)
    if within <= noise:
        return 1.0 if between <= noise else float("inf")
    return float(np.sqrt(1.0 + between / within))


def effective_size(chains: Chains) -> float:
    """How many independent draws tell the mean as well: Geyer's initial monotone sequence over all chains.

    At most the number of draws; a constant counts in full.

    Parameters
    ----------
    chains : array, shape (chains, draws)
    """
    count, length = chains.shape
    total = count * length
    if length < 4:
        return float(total)
    centred = chains - chains.mean(axis=1, keepdims=True)
    size = 1 << (2 * length - 1).bit_length()
    spectrum = np.fft.rfft(centred, size, axis=1)
    autocovariance = np.fft.irfft(np.abs(spectrum) ** 2, size, axis=1)[:, :length].mean(axis=0) / length
    within = autocovariance[0] * length / (length - 1)
    spread = within * (length - 1) / length
    if count > 1:
        spread += float(chains.mean(axis=1).var(ddof=1))
    if spread <= _noise(chains):
        return float(total)
    correlation = 1.0 - (within - autocovariance * length / (length - 1)) / spread
    correlation[0] = 1.0
    pairs = correlation[: length // 2 * 2].reshape(-1, 2).sum(axis=1)
    ends = np.flatnonzero(pairs <= 0)
    pairs = np.minimum.accumulate(pairs[: ends[0] if len(ends) else len(pairs)])
    time = -1.0 + 2.0 * float(pairs.sum())
    return float(min(total, total / max(time, 1.0)))


def _noise(chains: Chains) -> float:
    """A variance that rounding alone may bring about."""
    return 1e-20 * max(1.0, float(np.abs(chains).max()) ** 2)
