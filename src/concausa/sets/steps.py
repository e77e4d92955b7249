"""Crisp and multi-value sets: codes by the thresholds that a raw value has passed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def codes(
    values: NDArray[np.float64], thresholds: Sequence[float], *, include: bool = True
) -> NDArray[np.float64]:
    """How many thresholds each value has passed: 0, 1 for one threshold; 0, 1, 2 … for several.

    Parameters
    ----------
    values : array of float, shape (cases,)
        Raw values; nan stays nan.
    thresholds : sequence of float
        Strictly rising.
    include : bool
        Whether a value that is exactly a threshold has passed it.

    Returns
    -------
    array of float, shape (cases,)
        Whole numbers.

    Examples
    --------
    >>> codes(np.array([400.0, 550, 900]), [550, 850]).tolist()
    [0.0, 1.0, 2.0]

    References
    ----------
    .. [1] Rihoux and De Meur (2009), in Rihoux and Ragin (eds.), *Configurational Comparative Methods*,
       Sage, chapter 3. https://doi.org/10.4135/9781452226569
    .. [2] Cronqvist and Berg-Schlosser (2009), in the same volume, chapter 4.
    """
    found = np.searchsorted(np.asarray(thresholds), values, side="right" if include else "left").astype(
        np.float64
    )
    found[np.isnan(values)] = np.nan
    return found
