"""How much a set of chains is worth: effective draws and R-hat.

References
----------
.. [1] Gelman et al. (2013), *Bayesian Data Analysis*, 3rd ed., section 11.4-11.5.
.. [2] Vehtari et al. (2021), Rank-normalization, folding, and localization, *Bayesian Analysis* 16(2),
   667-718. https://doi.org/10.1214/20-BA1221
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Chains = npt.NDArray[np.float64]


def split_r_hat(chains: Chains) -> float:
    """R-hat of half chains: near 1 where they agree; 1 for a constant, nan for fewer than 4 draws a chain.

    Parameters
    ----------
    chains : array, shape (chains, draws)
    """
    half = chains.shape[1] // 2
    if half < 2:
        return float("nan")
    halves = np.concatenate([chains[:, :half], chains[:, -half:]])
    within = float(halves.var(axis=1, ddof=1).mean())
    between = float(halves.mean(axis=1).var(ddof=1))
    noise = _noise(chains)
    if within <= noise:
        return 1.0 if between <= noise else float("inf")
    return float(np.sqrt((half - 1) / half + between / within))


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
