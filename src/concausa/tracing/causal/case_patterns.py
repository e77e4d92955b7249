"""Cases as a causal model sees them: rows of levels, each distinct row once with its count."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from concausa.core.errors import DataError, OptionError
from concausa.core.frame import columns_of
from concausa.core.nearest import nearest

#: From how many letters on a name that is like another is taken for a slip: short ones are alike by chance.
_TELLING = 4
#: What stands for a value that is not known.
UNKNOWN = -1


@dataclass(frozen=True)
class CasePatterns:
    """Distinct rows of data.

    Parameters
    ----------
    values : array of int8, shape (patterns, nodes)
        Levels by their places, -1 where the value is not known; nodes in the order of the graph.
    counts : array of int64, shape (patterns,)
        Above 0.
    first : tuple of int
        The row of the data, counted from 1, in which each pattern appears first.
    """

    values: npt.NDArray[np.int8]
    counts: npt.NDArray[np.int64]
    first: tuple[int, ...]

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return int(self.counts.sum())


def case_patterns(
    data: object, nodes: Sequence[str], scales: Mapping[str, Sequence[str]], *, count: str = ""
) -> CasePatterns:
    """Read a frame whose columns are nodes.

    Parameters
    ----------
    data : mapping, pandas or polars data frame, list of records
        A value is a level's place (0, 1, ...), its name, or missing (None, nan). A node without a column is
        known in no case.
    count : str
        Column that says how many cases a row stands for.

    Raises
    ------
    DataError
        If there is no case, no column is a node, or a value is none that its node can have.
    OptionError
        If *count* is the name of a node.
    """
    if count and count in nodes:
        raise OptionError(
            f'"{count}" is a node',
            where=f"count={count!r}",
            fix="name a column that holds how many cases a row is",
        )
    known = [node for node in nodes if _has(data, node)]
    if not known:
        raise DataError(
            "no column of the data is a node of the model",
            where=f"nodes: {', '.join(nodes)}",
            fix="name columns as the nodes are named",
        )
    _refuse_misspelt(data, nodes, known, count)
    columns = columns_of(data, [*known, *([count] if count else [])])
    if columns.n == 0:
        raise DataError("the data have no case", where="0 rows", fix="give at least one row")
    values = np.full((columns.n, len(nodes)), UNKNOWN, np.int8)
    for node, column in zip(known, columns.values, strict=False):
        at = list(nodes).index(node)
        values[:, at] = [_level(value, node, scales[node], row) for row, value in enumerate(column, start=1)]
    numbers = np.ones(columns.n, np.int64)
    if count:
        numbers = np.array(
            [_number(value, count, row) for row, value in enumerate(columns.values[-1], start=1)]
        )
    seen, first, where = np.unique(values, axis=0, return_index=True, return_inverse=True)
    counts = np.bincount(where.reshape(-1), weights=numbers, minlength=len(seen)).astype(np.int64)
    keep = counts > 0
    if not keep.any():
        raise DataError(
            "the data have no case", where=f"{count} is 0 in every row", fix="give at least one case"
        )
    return CasePatterns(seen[keep], counts[keep], tuple((first[keep] + 1).tolist()))


def _refuse_misspelt(data: object, nodes: Sequence[str], known: Sequence[str], count: str) -> None:
    """A column that is no node, where it looks like one of which there is no column."""
    missing = [node for node in nodes if node not in known]
    for name in _names(data):
        if name in nodes or name == count:
            continue
        alike = [node for node in missing if node.casefold() == name.casefold().strip()]
        near = alike[0] if alike else nearest(name, missing) if len(name) >= _TELLING else None
        if near:
            raise DataError(
                f'the column "{name}" is no node, and "{near}" has no column',
                where=f"nodes: {', '.join(nodes)}",
                fix=f'rename it to "{near}" if that is meant; otherwise give "{near}" an empty column',
            )


def _names(data: object) -> list[str]:
    """The names of the columns."""
    if isinstance(data, Mapping):
        return [str(name) for name in data]
    if isinstance(data, (list, tuple)):
        return list(
            dict.fromkeys(str(name) for record in data if isinstance(record, Mapping) for name in record)
        )
    return [str(name) for name in getattr(data, "columns", ())]


def _has(data: object, name: str) -> bool:
    if isinstance(data, Mapping):
        return name in data
    if isinstance(data, (list, tuple)):
        return any(isinstance(record, Mapping) and name in record for record in data)
    return name in list(getattr(data, "columns", ()))


def _level(told: Any, node: str, scale: Sequence[str], row: int) -> int:
    value = told.item() if hasattr(told, "item") else told
    if value is None or (isinstance(value, float) and math.isnan(value)) or str(value) in ("<NA>", "nan", ""):
        return UNKNOWN
    if isinstance(value, str) and value.strip() in scale:
        return list(scale).index(value.strip())
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if number.is_integer() and 0 <= number < len(scale):
        return int(number)
    names = "" if tuple(scale) == tuple(map(str, range(len(scale)))) else f" or one of {', '.join(scale)}"
    raise DataError(
        f'"{node}" cannot be {value!r}',
        where=f"row {row}, column {node}",
        fix=f"give a whole number from 0 to {len(scale) - 1}{names}; leave it empty if it is not known",
    )


def _number(value: Any, column: str, row: int) -> int:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not number.is_integer() or number < 0:
        raise DataError(
            f"{value!r} is no number of cases",
            where=f"row {row}, column {column}",
            fix="give a whole number, 0 or more",
        )
    return int(number)
