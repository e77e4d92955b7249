"""The columns of a frame: a mapping, pandas, polars, another data frame, or a list of records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from concausa.core.errors import DataError, UnknownNameError
from concausa.core.nearest import nearest

_KINDS = "a mapping of columns, a pandas or polars data frame, or a list of records"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that were asked for, as the frame holds them.

    Parameters
    ----------
    values : tuple of sequence or array
        One a name, each of length *n*.
    n : int
        Rows of the frame.
    index : sequence, optional
        Row names that the frame brings: a pandas index that has a name or consists of texts.
    """

    values: tuple[Any, ...]
    n: int
    index: Sequence[Any] | None = None


def columns_of(frame: object, names: Sequence[str]) -> Columns:
    """The columns called *names*; nothing else of the frame is looked at.

    Raises
    ------
    DataError
        If *frame* is no table of one of the known kinds, has a column name twice, or columns of unequal length.
    UnknownNameError
        If it has no column of that name; the nearest one is proposed.
    """
    if isinstance(frame, Mapping):
        return _of_mapping(frame, names)
    if isinstance(frame, (list, tuple)):
        return _of_records(frame, names)
    if isinstance(frame, (str, bytes, np.ndarray)) or frame is None:
        raise _not_a_table(frame)
    return _of_data_frame(frame, names)


def _of_mapping(frame: Mapping[Any, Any], names: Sequence[str]) -> Columns:
    values = tuple([_found(frame, name) for name in names])
    for name, value in zip(names, values, strict=True):
        if isinstance(value, (str, bytes)) or not hasattr(value, "__len__") or not hasattr(value, "__iter__"):
            raise DataError(
                f'column "{name}" is no list of values',
                where=f"{name}: {type(value).__name__}",
                fix="give a list or a one-dimensional array, one value a case",
            )
    lengths = [len(value) for value in values]
    if lengths and min(lengths) != max(lengths):
        told = ", ".join(f"{name} {length}" for name, length in zip(names, lengths, strict=True))
        raise DataError("the columns differ in length", where=told, fix="give every column one value a case")
    return Columns(values, lengths[0] if lengths else 0)


def _of_records(records: Sequence[Any], names: Sequence[str]) -> Columns:
    for number, record in enumerate(records, start=1):
        if not isinstance(record, Mapping):
            raise DataError(
                "the list holds something that is no record",
                where=f"item {number}: {type(record).__name__}",
                fix='write each case as a mapping, such as {"A": 1, "Y": 0}; or give ' + _KINDS,
            )
    known: dict[Any, None] = {}
    for record in records:
        known.update(dict.fromkeys(record))
    if records:
        for name in names:
            _found(known, name)
    return Columns(tuple([record.get(name) for record in records] for name in names), len(records))


def _of_data_frame(native: object, names: Sequence[str]) -> Columns:
    import narwhals as nw

    if hasattr(native, "collect"):
        raise _not_a_table(native)
    _refuse_repeated(getattr(native, "column_names", getattr(native, "columns", ())))
    try:
        frame: object = nw.from_native(cast("Any", native), eager_only=True)
    except TypeError as error:
        raise _not_a_table(native) from error
    if not isinstance(frame, nw.DataFrame):
        raise _not_a_table(native)
    known = dict.fromkeys(frame.columns)
    for name in names:
        _found(known, name)
    index = nw.maybe_get_index(frame)
    if index is not None and getattr(index, "name", None) is None and not _of_texts(index):
        index = None
    values = tuple([frame.get_column(name).to_numpy() for name in names])
    return Columns(values, len(frame), None if index is None else list(index))


def _refuse_repeated(columns: object) -> None:
    names = list(columns) if isinstance(columns, Iterable) else []
    if len(set(names)) < len(names):
        name, times = Counter(names).most_common(1)[0]
        raise DataError(
            f'the frame has more than one column "{name}"',
            where=f"column {name}: {times} times",
            fix="rename or drop all but one of them",
        )


def _of_texts(index: Any) -> bool:
    return len(index) > 0 and all(isinstance(name, str) for name in index)


def _found(known: Mapping[Any, Any], name: str) -> Any:
    try:
        return known[name]
    except KeyError:
        pass
    texts = [text for text in known if isinstance(text, str)]
    near = nearest(name, texts)
    raise UnknownNameError(
        f'the data have no column "{name}"',
        where=f"columns: {', '.join(texts) or 'none'}",
        fix=f'did you mean "{near}"?' if near else "use one of these names",
    )


def _not_a_table(frame: object) -> DataError:
    lazy = hasattr(frame, "collect")
    return DataError(
        "the data are no table that can be read",
        where=f"frame: {type(frame).__name__}",
        fix="call .collect() on it first" if lazy else f"give {_KINDS}",
    )
