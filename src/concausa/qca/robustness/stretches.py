"""The way of an anchor cut at its breakpoints: raw values, brackets of crossings, cells not looked at to the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from concausa.qca.robustness.anchor_path import AnchorPath
from concausa.qca.robustness.crossings import Crossings


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the way without a breakpoint inside.

    Parameters
    ----------
    start, stop : float
        Equal for a raw value that a crossover passes, at which its case is on the border.
    closed : pair of bool or None
        Whether the ends belong to it; None where they are known but for *width*.
    width : pair of float
    sure : bool
        False where the search met its budget.
    """

    start: float
    stop: float
    closed: tuple[bool | None, bool | None]
    width: tuple[float, float] = (0.0, 0.0)
    sure: bool = True


#: From, to, and what it is.
_Break = tuple[float, float, str]


def stretches_of(path: AnchorPath, flips: NDArray[np.float64], found: Crossings) -> list[Stretch]:
    """All stretches between the neighbours, in their order.

    Parameters
    ----------
    path : AnchorPath
    flips : array of float
        Where cases change sides.
    found : Crossings
        Where rows pass a cut-off.
    """
    low, high = path.ends
    unsure = _merged(found.unsure)
    breaks: list[_Break] = [(float(value), float(value), "flip") for value in flips]
    breaks += [(float(left), float(right), "bracket") for left, right in found.brackets]
    clear = [one for one in breaks if not any(left <= one[0] and one[1] <= right for left, right in unsure)]
    parts: list[Stretch] = []
    # Only the two anchors in the middle of a bell may stand at one value.
    start, closed, width = low, _maybe(low == path.limits[0].value), 0.0
    for left, right, kind in sorted([*_apart(sorted(clear)), *[(*one, "unsure") for one in unsure]]):
        point = kind == "flip" and path.moves_sides
        end = _maybe(False) if point else None
        gap = right - left if kind == "bracket" else 0.0
        parts.append(Stretch(start, left, (closed, end), (width, gap)))
        if point:
            parts.append(Stretch(left, left, (True, True)))
        elif kind == "unsure":
            parts.append(Stretch(left, right, (None, None), sure=False))
        start, closed, width = right, end, gap
    parts.append(Stretch(start, high, (closed, high == path.limits[1].value), (width, 0.0)))
    return [one for one in parts if one.start < one.stop or one.closed == (True, True)]


def home_of(parts: Sequence[Stretch], value: float) -> int:
    """The stretch with the value in it, a single value before the stretches beside it."""
    holding = [place for place, one in enumerate(parts) if one.start <= value <= one.stop]
    if not holding:
        return min(range(len(parts)), key=lambda place: abs(parts[place].start - value))
    return min(holding, key=lambda place: parts[place].stop - parts[place].start)


def _maybe(closed: bool) -> bool | None:
    return closed


def _merged(cells: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Cells that touch as one."""
    found: list[tuple[float, float]] = []
    for left, right in cells.tolist():
        if found and left <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _apart(breaks: Sequence[_Break]) -> list[_Break]:
    """Breakpoints that do not overlap; a raw value swallows a bracket that holds it."""
    kept: list[_Break] = []
    for one in breaks:
        last = kept[-1] if kept else None
        if last is None or (one[0] >= last[1] and one[:2] != last[:2]):
            kept.append(one)
        elif one[2] == "flip" and last[2] == "bracket":
            kept[-1] = one
        elif last[2] == "bracket":
            kept[-1] = (last[0], max(last[1], one[1]), "bracket")
    return kept
