"""Verdicts: what a claim is worth in one world, as small numbers that arrays can hold."""

from __future__ import annotations

from enum import IntEnum


class Verdict(IntEnum):
    """Supported, contradicted, or not testable for a reason.

    Where several reasons hold, the first in the order below is given.
    """

    CONTRADICTED = 0
    SUPPORTED = 1
    #: The claim has no formal statement.
    NO_STATEMENT = 2
    #: A cell, date or number that would decide has no value in this world.
    NO_DATA = 3
    #: A case that would decide stands on the crossover.
    CROSSOVER = 4
    #: Printed digits or dates leave it open.
    UNDECIDED = 5
    #: No case fills the row that the claim speaks of.
    NO_CASE = 6
    #: The condition or the outcome is the same in all cases judged.
    NO_VARIATION = 7

    @property
    def testable(self) -> bool:
        """Whether the world decides the claim."""
        return self <= Verdict.SUPPORTED

    @property
    def word(self) -> str:
        """``supported``, ``contradicted`` or ``not testable``: what readers and JSON are told."""
        return ("contradicted", "supported")[self] if self.testable else "not testable"

    @property
    def reason(self) -> str:
        """Why it is not testable, as a short name; empty where it is."""
        return "" if self.testable else self.name.lower().replace("_", " ")
