"""A summary of draws: their middle and the range of nine in ten, whatever each of them weighs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from concausa.dynamics.share import finite

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Summary:
    """What some draws come to; every number is nan where there are none.

    Parameters
    ----------
    mean, median, sd : float
    low, high : float
        One draw in twenty lies below, one in twenty above.
    """

    mean: float
    median: float
    sd: float
    low: float
    high: float

    @staticmethod
    def of(values: Values, weights: Values | None = None) -> Summary:
        """The summary of draws.

        Parameters
        ----------
        values : array, shape (draws,)
        weights : array, shape (draws,), optional
            How much each counts, from 0 on; all the same unless given.

        Examples
        --------
        >>> Summary.of(np.array([0.0, 1.0]), np.array([1.0, 3.0])).mean
        0.75
        """
        if not len(values) or (weights is not None and not weights.sum() > 0):
            return Summary(*(float("nan"),) * 5)
        if weights is None:
            low, median, high = np.quantile(values, (0.05, 0.5, 0.95))
            return Summary(float(values.mean()), float(median), float(values.std()), float(low), float(high))
        part = weights / weights.sum()
        mean = float(part @ values)
        order = np.argsort(values, kind="stable")
        below = np.cumsum(part[order])
        places = np.minimum(np.searchsorted(below, (0.05, 0.5, 0.95)), len(values) - 1)
        low, median, high = values[order][places]
        sd = float(np.sqrt(part @ (values - mean) ** 2))
        return Summary(mean, float(median), sd, float(low), float(high))

    @property
    def is_empty(self) -> bool:
        """Whether there were no draws."""
        return self.mean != self.mean

    @property
    def range(self) -> str:
        """Such as ``0.2 to 0.4``."""
        return "no draws" if self.is_empty else f"{self.low:.3g} to {self.high:.3g}"

    def data(self) -> dict[str, float | None]:
        """Plain JSON values."""
        return {name: finite(getattr(self, name)) for name in ("mean", "median", "sd", "low", "high")}
