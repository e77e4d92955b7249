"""An observation: the level of the outcome in a case, or in a part of its period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from concausa.core.date import Date


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What was observed.

    Parameters
    ----------
    unit, period : str
        The case.
    levels : tuple of str
        Every level that it may admissibly have; none where nothing is known.
    span : Date or None
        The part of the period that it speaks of; None for the whole, where no other observation speaks.
    """

    unit: str
    period: str
    levels: tuple[str, ...]
    span: Date | None = None

    @property
    def case(self) -> str:
        """``UNIT-PERIOD``."""
        return f"{self.unit}-{self.period}"


#: One level for each observation, by its place; None where there is none.
Seen = Sequence[str | None]


def readings(observations: Sequence[Observation]) -> Iterator[tuple[str | None, ...]]:
    """Every way to settle the admissible levels, the first of each first."""
    choices: list[tuple[str | None, ...]] = [observation.levels or (None,) for observation in observations]
    yield from product(*choices)
