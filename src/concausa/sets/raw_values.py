"""Raw values at the door: a column of numbers, with the names of its cases and nothing guessed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from numbers import Real
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import DataError
from concausa.sets.anchors import unknown_option

#: A list, an array, or a column of pandas or polars.
Column: TypeAlias = Any

_SHOWN = 6


def numbers(
    values: Column, *, cases: Sequence[str] | None = None, missing: str = "refuse", name: str = ""
) -> NDArray[np.float64]:
    """A column of raw values as a new array.

    Parameters
    ----------
    values : list, array, or a pandas or polars Series
        Numbers; None, nan, and what the frame library takes for missing are missing.
    cases : sequence of str, optional
        Names of the cases, to name them in a refusal.
    missing : str
        ``refuse``, or ``keep`` to keep missing values as nan.
    name : str
        What the values measure, for the refusal.

    Raises
    ------
    DataError
        If there are no values, they have more than one dimension, or one is text, infinite, or missing
        without ``keep``; the rows are named.

    Examples
    --------
    >>> numbers([1, None, 3], missing="keep")
    array([ 1., nan,  3.])
    """
    if missing not in ("refuse", "keep"):
        raise unknown_option("missing", missing, ("refuse", "keep"))
    array = values if type(values) is np.ndarray else np.asarray(_plain(values))
    if array.ndim != 1:
        raise DataError(
            f"the values have {array.ndim} dimensions instead of one",
            where=name,
            fix="calibrate one column at a time",
        )
    if array.dtype != np.float64:
        array = _converted(array, cases, name)
    if not array.size:
        raise DataError("there are no values", where=name, fix="give one value a case")
    if not np.isfinite(array).all():
        _refuse(array, cases, missing, name)
    return array.copy()


def labels(
    values: Column, *, cases: Sequence[str] | None = None, missing: str = "refuse", name: str = ""
) -> list[Any]:
    """A column of words or numbers as a list, None where it is missing.

    Raises
    ------
    DataError
        If there are no values, or one is missing without ``keep``.

    Examples
    --------
    >>> labels(["low", "", "high"], missing="keep")
    ['low', None, 'high']
    """
    if missing not in ("refuse", "keep"):
        raise unknown_option("missing", missing, ("refuse", "keep"))
    array = np.asarray(_plain(values), dtype=object)
    if array.ndim != 1:
        raise DataError(
            f"the values have {array.ndim} dimensions instead of one",
            where=name,
            fix="calibrate one column at a time",
        )
    found = [None if _is_missing(value) or value == "" else value for value in array.tolist()]
    if not found:
        raise DataError("there are no values", where=name, fix="give one value a case")
    gaps = [row for row, value in enumerate(found) if value is None]
    if gaps and missing == "refuse":
        raise _missing(gaps, cases, name)
    return found


def case_names(values: Column, cases: Column | None) -> tuple[str, ...] | None:
    """The names of the cases: those given, else the named index of a pandas Series, else None.

    Raises
    ------
    DataError
        If there are not as many names as values, or two are the same.
    """
    if cases is None:
        index: Any = getattr(values, "index", None)
        if callable(index) or getattr(index, "name", None) is None:
            return None
        cases = list(index)
    given: Any = [cases] if isinstance(cases, str) else cases
    names, size = tuple(str(case) for case in given), len(values)
    if len(names) != size:
        raise DataError(
            f"there are {len(names)} names of cases for {size} values",
            where="cases",
            fix="give one name a value, in the same order",
        )
    if len(set(names)) != size:
        twice = next(name for number, name in enumerate(names) if name in names[:number])
        raise DataError(
            f"two cases are called {twice!r}", where="cases", fix="give each case a name of its own"
        )
    return names


def rows(positions: Sequence[int], cases: Sequence[str] | None) -> str:
    """``rows 2 and 5``, counted from 1, or the names of these cases; long lists are cut with a count.

    Examples
    --------
    >>> rows([1, 4], None)
    'rows 2 and 5'
    """
    shown = [str(cases[at]) if cases is not None else str(at + 1) for at in positions[:_SHOWN]]
    if len(positions) > _SHOWN:
        shown.append(f"{len(positions) - _SHOWN} more")
    text = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
    if cases is not None:
        return text
    return f"row {text}" if len(positions) == 1 else f"rows {text}"


def _plain(values: Any) -> Any:
    """What numpy can read: a frame library's column becomes an array; any iterable a list."""
    if isinstance(values, str | bytes | Mapping) or not hasattr(values, "__iter__"):
        raise DataError(
            f"{str(values)[:60]!r} is no column of values",
            where="values",
            fix="give a list, an array or a Series",
        )
    if isinstance(values, np.ma.MaskedArray):
        shown = np.ma.getdata(values).astype(object)
        shown[np.ma.getmaskarray(values)] = None
        return shown
    if hasattr(values, "to_numpy"):
        return values.to_numpy()
    if hasattr(values, "__array__"):
        return values
    found = list(values)
    if any(hasattr(value, "__len__") and not isinstance(value, str | bytes) for value in found):
        return np.asarray(found)
    made = np.empty(len(found), dtype=object)
    made[:] = found
    return made


def _converted(array: NDArray[Any], cases: Sequence[str] | None, name: str) -> NDArray[np.float64]:
    if array.dtype.kind in "iufb":
        return array.astype(np.float64)
    if array.dtype.kind in "mM":
        array = array.astype(str)
    found = np.empty(array.size)
    wrong = []
    for at, value in enumerate(array.tolist()):
        if _is_missing(value):
            found[at] = math.nan
        elif isinstance(value, Real | Decimal | np.bool_):
            try:
                found[at] = float(value)
            except OverflowError:
                found[at] = math.inf
        else:
            wrong.append((at, value))
    if wrong:
        at, value = wrong[0]
        count = "a value is" if len(wrong) == 1 else f"{len(wrong)} values are"
        raise DataError(
            f"{count} no number: {value!r}",
            where=_where(name, [at for at, _ in wrong], cases),
            fix='write numbers, or give words their memberships with method="levels"',
        )
    return found


def _refuse(array: NDArray[np.float64], cases: Sequence[str] | None, missing: str, name: str) -> None:
    endless = np.flatnonzero(np.isinf(array)).tolist()
    if endless:
        raise DataError(
            "a value is infinite" if len(endless) == 1 else f"{len(endless)} values are infinite",
            where=_where(name, endless, cases),
            fix="write the number, or leave the case out",
        )
    gaps = np.flatnonzero(np.isnan(array)).tolist()
    if missing == "refuse":
        raise _missing(gaps, cases, name)
    if len(gaps) == array.size:
        raise DataError("every value is missing", where=name, fix="name another column")


def _missing(gaps: Sequence[int], cases: Sequence[str] | None, name: str) -> DataError:
    return DataError(
        "a value is missing" if len(gaps) == 1 else f"{len(gaps)} values are missing",
        where=_where(name, gaps, cases),
        fix='find it, leave the case out, or keep it missing with missing="keep"',
    )


def _where(name: str, positions: Sequence[int], cases: Sequence[str] | None) -> str:
    found = rows(positions, cases)
    return f"{name}: {found}" if name else found


def _is_missing(value: Any) -> bool:
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, float | Decimal) and value != value
