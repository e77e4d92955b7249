"""The rest: what all items of evidence but one admit, and what that says of the one left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from concausa.dynamics.admitted import Admitted
from concausa.dynamics.band import Band, outside, told
from concausa.dynamics.matching import Matching
from concausa.dynamics.runs import Runs, simulate

Values = npt.NDArray[np.float64]

#: How many draws of the prior are looked at for what the prior alone says.
BEFORE = 8192


@dataclass(frozen=True)
class Rest:
    """One item left out.

    Parameters
    ----------
    item : str
    admitted : Admitted
        The draws that meet the bands of all other items.
    values : mapping of str to array, each of shape (draws,)
        What they are in each band of the item, by the band's id.
    """

    item: str
    admitted: Admitted
    values: Mapping[str, Values]


def rests(matching: Matching, items: Sequence[str] | None = None) -> tuple[Rest, ...]:
    """The rest of each item, or of some; what has to be found in waves is found side by side.

    Raises
    ------
    UnknownNameError
        If no band belongs to an item.
    """
    chosen = matching.items if items is None else tuple(items)
    found = matching.admitted_each([[item] for item in chosen])
    return tuple(
        Rest(item, one, held(matching, one, [band for band in matching.bands if band.evidence == item]))
        for item, one in zip(chosen, found, strict=True)
    )


def held(matching: Matching, admitted: Admitted, bands: Sequence[Band]) -> dict[str, Values]:
    """What admitted draws are in some bands."""
    if not admitted.draws:
        return {band.id: np.zeros(0) for band in bands}
    runs = matching.runs(admitted)
    return {band.id: told(band, runs) for band in bands}


def inside(matching: Matching, band: Band, values: Values) -> npt.NDArray[np.bool_]:
    """Which values lie in a band, within the tolerance of the matching."""
    met: npt.NDArray[np.bool_] = outside(values, band.low, band.high) <= matching.tolerance
    return met


def before(matching: Matching, draws: int = BEFORE) -> Runs:
    """Runs of the prior alone."""
    return simulate(matching.model, matching.setting, draws=draws, seed=matching.seed)
