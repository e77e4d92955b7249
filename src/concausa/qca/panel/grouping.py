"""A grouping: cases divided into clusters by one column, such as the period, the unit or the region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import DataError

Role = Literal["period", "unit", "column"]


@dataclass(frozen=True, eq=False)
class Grouping:
    """Clusters of cases.

    Parameters
    ----------
    name : str
        The column.
    role : str
        ``period``: its clusters are cross-sections, and consistencies in them are *between* units.
        ``unit``: its clusters are units over time, and consistencies are *within* them. ``column``: any other.
    clusters : tuple of str
        Periods that are numbers in rising order, all else in the order of the data.
    codes : array of int, shape (cases,)
        The place of each case's cluster.
    """

    name: str
    role: Role
    clusters: tuple[str, ...]
    codes: NDArray[np.int64]

    def __post_init__(self) -> None:
        self.codes.setflags(write=False)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many cases each cluster has; at least one."""
        return tuple(np.bincount(self.codes, minlength=len(self.clusters)).tolist())

    def places(self, cluster: int) -> NDArray[np.int64]:
        """The places of the cases of a cluster, given by its own place."""
        return np.flatnonzero(self.codes == cluster)

    def __len__(self) -> int:
        return len(self.clusters)

    def __repr__(self) -> str:
        return f"<Grouping {self.name}: {len(self)} clusters>"


def grouping(name: str, values: Sequence[Any], *, role: Role = "column") -> Grouping:
    """Read a column as clusters.

    Parameters
    ----------
    values : sequence
        One a case: texts or numbers; whole numbers are told without a point.

    Raises
    ------
    DataError
        If a case has none.

    Examples
    --------
    >>> found = grouping("year", [1995, 1990, 1995.0], role="period")
    >>> found.clusters, found.sizes
    (('1990', '1995'), (1, 2))
    """
    labels = [_label(value) for value in values]
    empty = [str(number) for number, label in enumerate(labels, start=1) if not label]
    if empty:
        raise DataError(
            f"a case has no {name}",
            where=f"column {name}, row {', '.join(empty[:5])}",
            fix="say to which cluster every case belongs, or leave the case out",
        )
    clusters = list(dict.fromkeys(labels))
    if role == "period":
        clusters = _in_time(clusters)
    place = {label: number for number, label in enumerate(clusters)}
    return Grouping(name, role, tuple(clusters), np.array([place[label] for label in labels], dtype=np.int64))


def _in_time(labels: list[str]) -> list[str]:
    try:
        return sorted(labels, key=float)
    except ValueError:
        return labels


def _label(value: Any) -> str:
    if value is None or value != value or type(value).__name__ in ("NAType", "NaTType"):
        return ""
    if isinstance(value, (float, np.floating)) and np.isfinite(value) and value == int(value):
        return str(int(value))
    return str(value).strip()
