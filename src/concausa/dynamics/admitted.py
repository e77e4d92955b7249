"""What is admitted: draws that meet the evidence, and the share of the prior that they stand for."""

from __future__ import annotations

from dataclasses import dataclass

from concausa.dynamics.prior import Points
from concausa.dynamics.share import Share
from concausa.dynamics.waves import Wave


@dataclass(frozen=True, slots=True)
class Admitted:
    """Draws that meet what they were asked to meet.

    Parameters
    ----------
    points : mapping of str to array, each of shape (draws,)
        Where each unknown lies in its range, from 0 to 1.
    share : Share
        Of the prior that is admitted.
    effective : float
        How many independent draws they are worth.
    waves : tuple of Wave
        How they were found where plain draws were too few; else empty.
    r_hat : float
        Whether independent repetitions of the waves agree: near 1 if they do; 1 for plain draws.
    """

    points: Points
    share: Share
    effective: float
    waves: tuple[Wave, ...] = ()
    r_hat: float = 1.0

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return len(next(iter(self.points.values()))) if self.points else 0
