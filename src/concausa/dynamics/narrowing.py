"""Narrowing: how much less an answer spreads after the evidence than before it."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, hypot, isfinite, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from concausa.dynamics.share import Share

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The spread of an answer after the evidence, beside its spread under the prior.

    Parameters
    ----------
    what : str
        Such as ``C of PUE in 2016``.
    after, before : float
        Standard deviations over draws.
    ratio : Share
        One in times the other, with the range that follows from the numbers of draws; its high end is
        infinite where it cannot be told.
    """

    what: str
    after: float
    before: float
    ratio: Share

    @property
    def assumed(self) -> bool:
        """Whether the answer is driven by the assumptions: its spread may be no narrower than the prior's."""
        return not self.ratio.high < 1

    def data(self) -> dict[str, Any]:
        """Plain JSON values; what is infinite is None."""
        ends = {
            name: end if isfinite(end := getattr(self.ratio, name)) else None
            for name in ("value", "low", "high")
        }
        return {"what": self.what, "after": self.after, "before": self.before, "ratio": ends,
                "assumption_driven": self.assumed}  # fmt: skip

    def __str__(self) -> str:
        high = f"to {self.ratio.high:.2f}" if isfinite(self.ratio.high) else "and more"
        return f"{self.what} (spread {self.ratio.value:.2f} of the prior's, {self.ratio.low:.2f} {high})"


def narrowing(what: str, after: Values, before: Values, *, effective: float) -> Narrowing | None:
    """Two spreads held against each other; None if the answer spreads neither before nor after.

    Parameters
    ----------
    after, before : array of float, shape (draws,)
    effective : float
        How many independent draws *after* is worth.

    Notes
    -----
    The range is that of the logarithm of a ratio of two standard deviations, each with a variance of
    (kurtosis - 1) / 4n.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> found = narrowing("C", rng.random(4000) / 5, rng.random(4000), effective=4000)
    >>> round(found.ratio.value, 1), found.assumed
    (0.2, False)
    """
    one, other = float(after.std()), float(before.std())
    if max(one, other) < 1e-12:
        return None
    if other < 1e-12:
        return Narrowing(what, one, other, Share(float("inf"), 0.0, float("inf")))
    value = one / other
    if one < 1e-12:
        return Narrowing(
            what, one, other, Share(0.0, 0.0, 0.0) if effective > 1 else Share(0.0, 0.0, float("inf"))
        )
    error = hypot(_error(after, effective), _error(before, float(len(before))))
    reach = exp(1.645 * error) if error < 100 else float("inf")
    return Narrowing(what, one, other, Share(value, value / reach, value * reach))


def _error(values: Values, worth: float) -> float:
    if worth <= 1:
        return float("inf")
    centred = values - values.mean()
    kurtosis = float((centred**4).mean() / (centred**2).mean() ** 2)
    return sqrt(max(kurtosis - 1, 0.0) / (4 * worth))
