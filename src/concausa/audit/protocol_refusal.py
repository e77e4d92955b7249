"""What of the robustness protocol a study of coded cases must do without, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: Parts of the protocol that a study of coded cases may have to do without.
Part = Literal["anchors", "Monte Carlo", "chance", "test set"]

#: Why a part is not run, and what stands in its place.
NO_ANCHORS = (
    "The cells are words with a place on a scale: there is no raw value that an anchor could move against."
)
INSTEAD_MAPS = "Every level map that the study declares is among the readings."
NO_INTERVALS = (
    "The study gives no interval, and no probability, from which a level or cut-off could be drawn: a share of draws "
    "would be an invention."
)
INSTEAD_READINGS = "All readings are looked at, and counted without weights."
ONE_READING = "The study admits one reading only, so that there is nothing to hold it against."
TOO_MANY = "With more than twelve cases not every outcome that they could have had is looked at here."
SAME_OUTCOME = "The outcome is the same in every case, so that no other arrangement exists."


@dataclass(frozen=True, slots=True)
class Refusal:
    """A part of the protocol that is not run, and why.

    Parameters
    ----------
    part : str
    why : str
    instead : str
        What tells about the same question here; empty if nothing does.
    """

    part: Part
    why: str
    instead: str = ""

    def data(self) -> dict[str, str]:
        """As plain JSON values."""
        return {"part": self.part, "why": self.why, "instead": self.instead}
