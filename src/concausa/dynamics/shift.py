"""A shift: by how much a share changes when the same draws are run another way."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from concausa.core.score_interval import interval


@dataclass(frozen=True, slots=True)
class Shift:
    """The difference of two shares of the same draws.

    Parameters
    ----------
    value : float in [-1, 1]
        The share of draws that came in less the share that went out.
    low, high : float
        Between which it lies in nine of ten repetitions.
    entered, left : float in [0, 1]
        The shares that came in and went out.
    """

    value: float
    low: float
    high: float
    entered: float
    left: float

    @property
    def data(self) -> dict[str, float]:
        """Plain JSON values."""
        return {"value": self.value, "low": self.low, "high": self.high}

    def __str__(self) -> str:
        return f"{self.value:+.2f} ({self.low:+.2f} to {self.high:+.2f})"


def shift(was: npt.NDArray[np.bool_], now: npt.NDArray[np.bool_], *, effective: float) -> Shift:
    """The shift from *was* to *now*, each of shape (draws,).

    Parameters
    ----------
    effective : float
        How many independent draws they are worth, above 0.

    References
    ----------
    .. [1] Zou (2007), Toward using confidence intervals to compare correlations, *Psychological Methods* 12(4),
       399-413: the limits of a difference from the limits of its two parts, which here are the shares that
       come in and go out, each with Wilson's limits. https://doi.org/10.1037/1082-989X.12.4.399

    Examples
    --------
    >>> was, now = np.repeat([True, False], 50), np.repeat([True, True, False, False], 25)
    >>> shift(was, np.ones(100, dtype=bool), effective=100).value
    0.5
    >>> str(shift(was, now, effective=100))
    '+0.00 (-0.03 to +0.03)'
    """
    entered, left = float((now & ~was).mean()), float((was & ~now).mean())
    in_low, in_high = interval(entered * effective, effective, 0.9)
    out_low, out_high = interval(left * effective, effective, 0.9)
    # Who comes in cannot go out: the two shares of one sample pull against each other.
    apart = (1 - entered) * (1 - left)
    together = -sqrt(entered * left / apart) if apart > 0 else 0.0

    def reach(one: float, other: float) -> float:
        return sqrt(max(0.0, one * one - 2 * together * one * other + other * other))

    value = entered - left
    low = value - reach(entered - in_low, out_high - left)
    high = value + reach(in_high - entered, left - out_low)
    return Shift(value, max(-1.0, low), min(1.0, high), entered, left)
