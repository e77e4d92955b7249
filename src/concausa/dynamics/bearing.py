"""What an outcome bears: whether the evidence, or the ranges that were assumed, speak in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from concausa.dynamics.learned import LEARNED, SOMEWHAT
from concausa.dynamics.narrowing import Narrowing, narrowing
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
    narrowing : Narrowing or None
        Spread after to spread before; None if it varies neither before nor after, or nothing is admitted.
    """

    name: str
    before: Summary
    after: Summary
    narrowing: Narrowing | None

    @property
    def word(self) -> str:
        """What speaks in it.

        ``assumption-driven`` where the spread after may be no narrower than the prior's (see ``Narrowing``), and
        ``settled before the evidence`` where nine in ten draws of the prior are the same already.
        """
        if self.after.is_empty:
            return "nothing is admitted"
        if self.before.low == self.before.high or self.narrowing is None:
            return "settled before the evidence"
        if self.narrowing.assumed:
            return "assumption-driven"
        ratio = self.narrowing.ratio
        if ratio.value < LEARNED:
            return "narrowed by the evidence"
        return "narrowed somewhat" if ratio.value < SOMEWHAT and ratio.high < SOMEWHAT else "hardly narrowed"

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
            "narrowing": self.narrowing.data() if self.narrowing else None,
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
    both = narrowing(name, after, before, effective=effective) if len(after) else None
    return Bearing(name, Summary.of(before), Summary.of(after), both)
