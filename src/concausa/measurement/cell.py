"""A cell: a condition in a case, with every level that it may admissibly have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from concausa.measurement.coding import Coding


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of a condition in a case.

    Parameters
    ----------
    unit, period, condition : str
        Ids.
    levels : tuple of str
        Admissible levels, lowest first; empty when nobody coded it, several when codings differ.
    codings : tuple of Coding
        What they rest on, in file order.
    """

    unit: str
    period: str
    condition: str
    levels: tuple[str, ...]
    codings: tuple[Coding, ...]

    @property
    def id(self) -> str:
        """``NL-1.BQ``."""
        return f"{self.unit}-{self.period}.{self.condition}"

    @property
    def is_open(self) -> bool:
        """Whether more than one level is admissible."""
        return len(self.levels) > 1


def cell(codings: Iterable[Coding], unit: str, period: str, condition: str, scale: Sequence[str]) -> Cell:
    """The cell of a condition (as a whole, not of one indicator) in a case.

    Parameters
    ----------
    scale : sequence of str
        The condition's levels, lowest first.
    """
    own = tuple(
        coding
        for coding in codings
        if (coding.unit, coding.period, coding.condition, coding.indicator) == (unit, period, condition, "")
    )
    given = {coding.level for coding in own}
    return Cell(unit, period, condition, tuple(level for level in scale if level in given), own)
