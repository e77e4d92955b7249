"""A conflict: items of evidence that no draw meets together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from concausa._kernels.transversals import minimal_transversals
from concausa.dynamics.matching import Matching

#: Of how many sizes, and how many sets of each, are tried in waves before they are named.
SIZES, TRIED = 2, 4
#: How many sets may be held.
BUDGET = 200_000


@dataclass(frozen=True, slots=True)
class Conflict:
    """Evidence that the model cannot meet.

    Parameters
    ----------
    items : tuple of tuple of str
        Smallest sets of items that no draw meets together, neither plain nor in waves. Empty if something is
        admitted.
    draws : int
        Plain draws that were tried.
    nearest : float
        By how much the nearest draws found in waves still miss the band that they miss most; nan if none.
    """

    items: tuple[tuple[str, ...], ...]
    draws: int
    nearest: float

    def __bool__(self) -> bool:
        return bool(self.items)

    def __str__(self) -> str:
        if not self.items:
            return "Something is admitted: no evidence is at odds with the model."
        told = "; or ".join(
            f"{one[0]} alone" if len(one) == 1 else ", ".join(one[:-1]) + f" and {one[-1]}"
            for one in self.items
        )
        line = f"Nothing is admitted. What no draw meets together: {told}"
        line += f" ({self.draws:,} draws, and waves)."
        if self.nearest >= 0:
            near = f"{self.nearest:.2f}" if self.nearest >= 0.005 else "less than 0.01"
            line += f" The nearest draws miss a band by {near}."
        return line

    def data(self) -> dict[str, Any]:
        """Plain JSON values."""
        near = self.nearest if self.nearest >= 0 else None
        return {"items": [list(one) for one in self.items], "draws": self.draws, "nearest": near}


def conflict(matching: Matching) -> Conflict:
    """Look for the smallest sets of items that no draw meets together, if no draw meets all.

    Sets that no plain draw meets are looked for in waves before they are named; so a set that is met seldom
    is not taken for one that cannot be met.
    """
    admitted = matching.admitted()
    if admitted.draws:
        return Conflict((), matching.draws, float("nan"))
    nearest = admitted.waves[-1].tolerance if admitted.waves else float("nan")
    if len(matching.items) == 1:
        return Conflict((matching.items,), matching.draws, nearest)
    unmet = [own for own in _unmet(matching) if len(own) < len(matching.items)]
    for size in sorted({len(own) for own in unmet})[:SIZES]:
        tried = [own for own in unmet if len(own) == size][:TRIED]
        others = [[item for item in matching.items if item not in own] for own in tried]
        found = zip(tried, matching.admitted_each(others), strict=True)
        if confirmed := tuple(own for own, one in found if not one.draws):
            return Conflict(confirmed, matching.draws, nearest)
    return Conflict((matching.items,), matching.draws, nearest)


def _unmet(matching: Matching) -> list[tuple[str, ...]]:
    """Minimal sets of items that no plain draw meets together, smallest first.

    A draw meets a set if it fails none of it: a set that no draw meets is one that hits what each draw fails.
    """
    edges = [sum(1 << place for place in failing) for failing in matching.failing]
    try:
        masks = minimal_transversals(np.array(edges, dtype=np.uint64), budget=BUDGET).tolist()
    except OverflowError:
        return []
    sets = [tuple(item for place, item in enumerate(matching.items) if mask >> place & 1) for mask in masks]
    return sorted(sets, key=len)
