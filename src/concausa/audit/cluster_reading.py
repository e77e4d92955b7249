"""What one cluster of a study's cases gives over the settings of one outcome: solutions, refusals, consistencies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from concausa.core.caveat import Caveat


@dataclass(frozen=True, slots=True)
class ClusterReading:
    """What a cluster gives over the settings of one outcome.

    Parameters
    ----------
    threshold : str
    column : str
        ``unit`` or ``period``; empty for all cases together.
    cluster : str
    cases : tuple of str
    settings : int
        How many settings there are.
    formulas : tuple of (str, int)
        The models of its solution, each with the number of settings in which it is one; the most frequent first.
    refused : tuple of (Caveat, int)
        Why there is no solution, with the number of settings.
    """

    threshold: str
    column: str
    cluster: str
    cases: tuple[str, ...]
    settings: int
    formulas: tuple[tuple[str, int], ...]
    refused: tuple[tuple[Caveat, int], ...]

    @property
    def ran(self) -> int:
        """In how many settings it has a solution."""
        return self.settings - sum(n for _, n in self.refused)

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "threshold": self.threshold,
            "column": self.column or None,
            "cluster": self.cluster,
            "cases": list(self.cases),
            "settings": self.settings,
            "ran": self.ran,
            "formulas": [{"formula": text, "settings": n} for text, n in self.formulas],
            "refused": [caveat.data() | {"settings": n} for caveat, n in self.refused],
        }


@dataclass(frozen=True, slots=True)
class FitReading:
    """The consistency of one expression in one cluster over the settings of one outcome.

    Parameters
    ----------
    threshold, column, cluster : str
        As in :class:`ClusterReading`.
    expression, relation : str
    low, high : float or None
        The least and greatest consistency; None where it is defined in no setting.
    undefined : int
        Settings in which no case counts for it.
    """

    threshold: str
    column: str
    cluster: str
    expression: str
    relation: str
    low: float | None
    high: float | None
    undefined: int

    def data(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {name: getattr(self, name) for name in self.__slots__} | {"column": self.column or None}
