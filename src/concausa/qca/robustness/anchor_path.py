"""The way of one anchor from the neighbour below it to the neighbour above, and memberships along it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from concausa.qca.robustness.pieces import Limit
from concausa.sets.calibrated import Calibrated
from concausa.sets.moved import anchor_labels, memberships_by
from concausa.sets.score_pair import settle

Floats = NDArray[np.float64]

#: How far beyond the data an anchor without a neighbour is moved, in widths of the data's range.
FAR = 1_000.0
#: How near an anchor comes to its neighbour, as a share of their distance.
NEAR = 1e-12


@dataclass(frozen=True)
class AnchorPath:
    """One anchor of a calibration while the others stay.

    Parameters
    ----------
    calibrated : Calibrated
        By a method with anchors.
    anchor : int
        Which of its anchors.
    """

    calibrated: Calibrated
    anchor: int

    @property
    def value(self) -> float:
        """Where the anchor stands."""
        return float(self.calibrated.anchors.values[self.anchor])

    @property
    def label(self) -> str:
        """Its name within the calibration."""
        return anchor_labels(self.calibrated.anchors)[self.anchor]

    @cached_property
    def raw(self) -> Floats:
        """The raw values of the cases."""
        return np.asarray(self.calibrated.raw, dtype=np.float64)

    @property
    def data_range(self) -> tuple[float, float]:
        """The least and the greatest raw value."""
        return float(np.nanmin(self.raw)), float(np.nanmax(self.raw))

    @cached_property
    def span(self) -> float:
        """The width of everything in sight: raw values and anchors; the unit of all distances."""
        every = [*self.data_range, *self.calibrated.anchors.values]
        return max(every) - min(every) or abs(every[0]) or 1.0

    @cached_property
    def limits(self) -> tuple[Limit, Limit]:
        """What stands at either end of the way."""
        values = self.calibrated.anchors.values
        labels = anchor_labels(self.calibrated.anchors)
        others = [(value, label) for value, label in zip(values, labels, strict=True) if label != self.label]
        below = [one for one in others if one[0] <= self.value and self._before(one[1])]
        above = [one for one in others if one[0] >= self.value and not self._before(one[1])]
        low, high = self.data_range
        steps = self.calibrated.kind != "fuzzy"
        reach = 0.0 if steps else FAR * self.span
        ends = min(low, self.value) - reach, max(high, self.value) + reach
        return (
            Limit("neighbour", *max(below)) if below else Limit("none", ends[0], proved=steps),
            Limit("neighbour", *min(above)) if above else Limit("none", ends[1], proved=steps),
        )

    def _before(self, label: str) -> bool:
        """Whether another anchor stands lower on the raw scale, by the order of the anchors."""
        place = anchor_labels(self.calibrated.anchors).index(label)
        return (place > self.anchor) == (self.calibrated.anchors.shape == "decreasing")

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest value searched: the limits, or next to a neighbour."""
        found = []
        for limit in self.limits:
            value = limit.value
            if limit.kind == "neighbour" and value != self.value:
                shifted = value + NEAR * (self.value - value)
                value = shifted if shifted != value else float(np.nextafter(value, self.value))
            found.append(value)
        return found[0], found[1]

    def memberships(self, values: Floats) -> Floats:
        """Memberships or codes with the anchor at each of *values*, as an analysis reads them, (values, cases)."""
        anchors = np.tile(np.array(self.calibrated.anchors.values), (len(values), 1))
        anchors[:, self.anchor] = values
        found = memberships_by(self.calibrated, anchors)
        if self.calibrated.kind == "fuzzy":
            settle(found)
        return found

    @property
    def moves_sides(self) -> bool:
        """Whether cases change sides where the anchor passes their raw value."""
        return self.calibrated.anchors.names[self.anchor] in ("crossover", "threshold")
