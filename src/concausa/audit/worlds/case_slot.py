"""A case slot: a case that some world compares, and in which worlds it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseSlot:
    """A case-period, or a term of office, that is compared in some world.

    Parameters
    ----------
    id : str
        ``UNIT-PERIOD`` or ``UNIT-TERM``.
    unit : str
    presence : tuple of (int, frozenset of int)
        Choices by their place in the space, each with the options under which it is compared; all must
        hold. Empty: it is always compared.
    """

    id: str
    unit: str
    presence: tuple[tuple[int, frozenset[int]], ...] = ()

    def present(self, world: Sequence[int]) -> bool:
        """Whether one world compares it."""
        return all(world[choice] in options for choice, options in self.presence)
