"""Memberships in sets and in an outcome, checked at the door of every measure."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import DataError, ScaleError
from concausa.sets.membership import TOLERANCE

Floats = NDArray[np.float64]
_Array = TypeVar("_Array", bound=NDArray[Any])

#: Offending scores that an error names.
NAMED = 5


def pair(x: object, y: object, *, trusted: bool = False) -> tuple[Floats, Floats]:
    """Both as arrays that fit each other: *y* gets a second axis where *x* has one.

    Parameters
    ----------
    x : array of float, shape (cases,) or (cases, sets)
        Memberships in one set, or in several.
    y : array of float, shape (cases,)
        Memberships in the outcome, same cases in the same order.
    trusted : bool
        True where both are known to be float arrays of memberships with as many cases: nothing is
        checked. For callers that checked their data once and measure many times.

    Raises
    ------
    ScaleError
        If a score lies outside [0, 1].
    DataError
        If a score is missing or no number, or the cases differ in number.
    """
    if trusted:
        sets, outcome = x, y
    else:
        sets, outcome = scores("x", x, (1, 2)), scores("y", y, (1,))
        if sets.shape[0] != outcome.shape[0]:
            raise DataError(
                "the sets and the outcome have different cases",
                where=f"x: {sets.shape[0]} cases; y: {outcome.shape[0]} cases",
                fix="give one score a case in both; several sets have the shape (cases, sets)",
            )
    return sets, (outcome if sets.ndim == 1 else outcome[:, None])  # type: ignore[attr-defined, index, return-value]


def scores(name: str, given: object, dimensions: tuple[int, ...]) -> Floats:
    """Memberships as a float array.

    Parameters
    ----------
    name : str
        What the scores are called in an error.
    given : array-like of float
    dimensions : tuple of int
        Numbers of axes that are allowed.

    Raises
    ------
    ScaleError
        If a score lies outside [0, 1]; one within 1e-9 of 0 or 1 counts as 0 or 1.
    DataError
        If a score is missing or no number, or the shape is another one.

    Examples
    --------
    >>> scores("x", [0, 0.5, 1], (1,)).tolist()
    [0.0, 0.5, 1.0]
    """
    array = _numbers(name, given)
    if array.ndim not in dimensions:
        shape = " or ".join("(cases,)" if count == 1 else "(cases, sets)" for count in dimensions)
        raise DataError(
            "the memberships do not have the shape of cases",
            where=f"{name}: shape {array.shape}",
            fix=f"give an array of shape {shape}",
        )
    if array.size == 0:
        return array
    if np.isnan(array).any():
        raise DataError(
            "memberships are missing",
            where=_where(name, array, np.isnan(array)),
            fix="leave these cases out of every set and of the outcome, and say so",
        )
    settle(array)
    if array.min() < 0 or array.max() > 1:
        raise ScaleError(
            "a membership lies outside 0 to 1",
            where=_where(name, array, (array < 0) | (array > 1)),
            fix="raw data: calibrate first (cc.calibrate)",
        )
    return array


def settle(array: Floats) -> None:
    """Let scores within TOLERANCE of 0 or 1 be 0 or 1, in place: noise of arithmetic says nothing.

    Examples
    --------
    >>> noisy = np.array([-1e-17, 0.1, 1 - 1e-16, 1.5])
    >>> settle(noisy)
    >>> noisy.tolist()
    [0.0, 0.1, 1.0, 1.5]
    """
    np.putmask(array, (array >= -TOLERANCE) & (array <= TOLERANCE), 0.0)
    np.putmask(array, (array >= 1 - TOLERANCE) & (array <= 1 + TOLERANCE), 1.0)


def read_only(array: _Array) -> _Array:
    """The same array, which nobody can write to any more."""
    array.setflags(write=False)
    return array


def _numbers(name: str, given: object) -> Floats:
    found: Any = np.asarray(given)
    if found.dtype.kind not in "biufO":
        raise _no_numbers(name, found)
    try:
        return found.astype(np.float64)  # type: ignore[no-any-return]
    except (TypeError, ValueError) as error:
        raise _no_numbers(name, found) from error


def _no_numbers(name: str, found: NDArray[Any]) -> DataError:
    return DataError(
        "memberships are numbers from 0 to 1",
        where=f"{name}: {', '.join(repr(value) for value in found.ravel()[:NAMED].tolist())}",
        fix="give numbers; texts and missing values are not read",
    )


def _where(name: str, array: Floats, wrong: NDArray[np.bool_]) -> str:
    places = np.argwhere(wrong)
    told = [
        f"{name}[{', '.join(str(index) for index in place)}] = {array[tuple(place)]:g}"
        for place in places[:NAMED].tolist()
    ]
    more = f" and {len(places) - NAMED} more" if len(places) > NAMED else ""
    return f"{', '.join(told)}{more}"
