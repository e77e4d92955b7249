"""What an outcome bears: whether the evidence, or the ranges that were assumed, speak in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from concausa.dynamics.learned import spread_ratio, word
from concausa.dynamics.share import Share
from concausa.dynamics.summary import Summary

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bearing:
    """One outcome before the evidence and after it.

    Parameters
    ----------
    name : str
    before, after : Summary
        Over the prior and over the admitted draws.
    ratio : Share
        Spread after to spread before; nan if it does not vary before.
    """

    name: str
    before: Summary
    after: Summary
    ratio: Share

    @property
    def word(self) -> str:
        """What speaks in it.

        ``assumption-driven`` where the spread after is not shown to be narrower than the prior's, and ``settled
        before the evidence`` where nine in ten draws of the prior are the same already.
        """
        if self.after.is_empty:
            return "nothing is admitted"
        if self.before.low == self.before.high:
            return "settled before the evidence"
        found = word(self.ratio)
        return {"learned": "narrowed by the evidence", "somewhat": "narrowed somewhat"}.get(
            found, "assumption-driven"
        )

    def __str__(self) -> str:
        if self.after.is_empty:
            return f"{self.name}: {self.word}; over the prior {self.before.mean:.2f} ({self.before.range})."
        return (
            f"{self.name}: {self.after.mean:.2f} ({self.after.range}), before the evidence"
            f" {self.before.mean:.2f} ({self.before.range}): {self.word}."
        )

    def data(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "name": self.name,
            "before": self.before.data(),
            "after": self.after.data(),
            "ratio": self.ratio.data,
            "word": self.word,
        }


def bearing(name: str, before: Values, after: Values, effective: float) -> Bearing:
    """Hold what an outcome is over admitted draws against what it is over the prior.

    Parameters
    ----------
    before, after : array, shape (draws,)
    effective : float
        How many independent draws those after are worth.

    Examples
    --------
    >>> even = np.linspace(0, 1, 1000)
    >>> bearing("C", even, even, 1000).word, bearing("C", even, even / 4, 1000).word
    ('assumption-driven', 'narrowed by the evidence')
    """
    one = Summary.of(before)
    ratio = Share(float("nan"), 0.0, float("inf"))
    return Bearing(
        name, one, Summary.of(after), spread_ratio(after, one.sd, effective) if one.sd > 0 else ratio
    )
