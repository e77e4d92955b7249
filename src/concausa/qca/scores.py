"""One column as scores: its kind found from its values, or a refusal that names the cases.

Numbers say what a column is: whole numbers 0 and 1 make a crisp set, whole numbers from 2 upward a
multi-value factor, other numbers between 0 and 1 a fuzzy set. How they are stored (integers, floats,
booleans) makes no difference, nor does noise: what lies within 1e-9 of 0 or 1 counts as 0 or 1.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import ConcausaError, DataError, OptionError, ScaleError
from concausa.qca.factor import Factor, factor_of
from concausa.sets.membership import TOLERANCE

#: Most cases that a message names.
NAMED = 5
_NUMERAL = re.compile(r"\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)\s*")


@dataclass(frozen=True, slots=True)
class DontCare:
    """The sign that a condition does not matter for a case.

    Parameters
    ----------
    text : str, optional
        As it stands in columns of text, such as ``-``.
    number : float, optional
        As it stands in columns of numbers, such as −9.
    """

    text: str | None
    number: float | None

    @staticmethod
    def of(mark: object) -> DontCare:
        """The sign that a caller wrote; None means that there is none.

        Raises
        ------
        OptionError
            If it is a number that could be a score, or neither text nor number.
        """
        if mark is None:
            return DontCare(None, None)
        number = None
        if isinstance(mark, str) and mark.strip():
            number = float(mark) if _NUMERAL.fullmatch(mark) else None
        elif not isinstance(mark, bool) and isinstance(mark, Real) and math.isfinite(mark):
            number = float(mark)
        else:
            raise _bad_mark(mark)
        if number is not None and number >= -TOLERANCE and (number <= 1 + TOLERANCE or number == int(number)):
            raise _bad_mark(mark)
        return DontCare(str(mark).strip(), number)


def _bad_mark(mark: object) -> OptionError:
    return OptionError(
        "the sign for don't care must be one that cannot be a score",
        where=f"dont_care={mark!r}",
        fix='use a text such as "-", a negative number such as -9, or None for no sign',
    )


def numbers(column: Any) -> NDArray[Any] | None:
    """The column as a one-dimensional array of numbers, or None if it must be read value by value."""
    array = column if isinstance(column, np.ndarray) else None
    if array is None:
        try:
            array = np.asarray(column)
        except (ValueError, TypeError, OverflowError):
            return None
    return array if array.ndim == 1 and array.dtype.kind in "fiub" else None


def scores_of_values(
    name: str, column: Any, mark: DontCare, cases: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """A column value by value: its numbers (nan for don't care) and where it says don't care.

    Numerals written as text are accepted only in a column in which the sign for don't care stands, since
    a reader of CSV files makes a whole column text as soon as one cell is.

    Raises
    ------
    DataError
        If a value is missing, not finite, or not a number.
    """
    values = list(column)
    if any(hasattr(value, "__len__") and not isinstance(value, str) for value in values):
        raise DataError(
            f'column "{name}" has more than one value a case',
            where=f"column {name}",
            fix="give a list or a one-dimensional array, one value a case",
        )
    free = np.array([_is_mark(value, mark) for value in values], dtype=bool)
    texts_count = bool(free.any())
    missing, strange, endless = [], [], []
    scores = np.full(len(values), np.nan)
    for place, value in enumerate(values):
        if free[place]:
            continue
        number = _number(value, texts=texts_count)
        if _is_missing(value):
            missing.append(place)
        elif number is None:
            strange.append(place)
        elif not math.isfinite(number):
            endless.append(place)
        else:
            scores[place] = number
    if missing:
        raise missing_values(name, missing, cases)
    if strange:
        raise DataError(
            f'column "{name}" holds something that is no number',
            where=_where(name, strange, cases, values),
            fix="code the condition as numbers"
            + (f"; don't care is written {mark.text!r}" if mark.text else ""),
        )
    if endless:
        raise not_finite(name, endless, cases)
    return scores, free


def factor_of_scores(
    name: str, scores: NDArray[np.float64], cases: Sequence[str], *, levels: int | None, mark: DontCare
) -> Factor:
    """What kind of factor the scores are; nan stands for don't care.

    Parameters
    ----------
    levels : int, optional
        Number of categories of a multi-value factor, where the data may lack some of them.

    Raises
    ------
    ScaleError
        If a score lies outside [0, 1] and is not a code of a multi-value factor.
    DataError
        If codes of a multi-value factor have a gap, or reach beyond *levels*.
    """
    given = scores[~np.isnan(scores)]
    if not given.size:
        raise DataError(
            f'column "{name}" says nothing: every case is don\'t care',
            where=f"column {name}",
            fix="leave the condition out",
        )
    low, high = float(given.min()), float(given.max())
    whole = bool((given == np.rint(given)).all())
    if low < 0:
        raise _outside(name, np.flatnonzero(scores < 0), cases, scores, mark)
    if levels is None and high <= 1:
        return factor_of(name, "crisp" if whole else "fuzzy")
    if not whole:
        if levels is not None and high <= 1:
            raise DataError(
                f'column "{name}" is declared with {levels} categories but holds shares',
                where=_where(name, np.flatnonzero(scores != np.rint(scores)), cases, scores),
                fix="give codes 0, 1, 2 …, or do not declare categories for it",
            )
        raise _outside(name, np.flatnonzero(scores > 1), cases, scores, mark)
    if levels is None:
        seen = {int(code) for code in np.unique(given)}
        gaps = sorted(set(range(int(high) + 1 if high < 1000 else 1000)) - seen)
        if gaps:
            raise _gap(name, seen, gaps)
        levels = len(seen)
    elif high >= levels:
        raise DataError(
            f'column "{name}" holds a code beyond its {levels} categories',
            where=_where(name, np.flatnonzero(scores >= levels), cases, scores),
            fix=f"codes run from 0 to {levels - 1}",
        )
    return factor_of(name, "crisp" if levels == 2 else "multi-value", levels)


def missing_values(name: str, places: Iterable[int], cases: Sequence[str]) -> ConcausaError:
    """The refusal of a column with missing values."""
    return DataError(
        f'column "{name}" has missing values',
        where=_where(name, places, cases),
        fix="fill them from the sources, or leave out these cases or this condition;"
        " nothing is filled in for you",
    )


def not_finite(name: str, places: Iterable[int], cases: Sequence[str]) -> ConcausaError:
    """The refusal of a column with infinite values."""
    return DataError(
        f'column "{name}" holds an infinite number',
        where=_where(name, places, cases),
        fix="correct the value",
    )


def _outside(
    name: str, places: Iterable[int], cases: Sequence[str], scores: NDArray[np.float64], mark: DontCare
) -> ConcausaError:
    fix = "raw data: calibrate first (cc.calibrate)"
    negatives = {float(scores[place]) for place in places}
    if len(negatives) == 1 and (code := negatives.pop()) < 0 and mark.number is None:
        fix += f"; if {code:g} means don't care, say dont_care={code:g}"
    return ScaleError(
        f'column "{name}" has values outside 0 to 1', where=_where(name, places, cases, scores), fix=fix
    )


def _gap(name: str, seen: set[int], gaps: Sequence[int]) -> ConcausaError:
    lacking = ", ".join(str(code) for code in gaps[:NAMED]) + (" …" if len(gaps) > NAMED else "")
    shown = sorted(seen)
    return DataError(
        f'the codes of column "{name}" have a gap',
        where=f"column {name}: codes {', '.join(str(code) for code in shown[: 2 * NAMED])}"
        + (" …" if len(shown) > 2 * NAMED else "")
        + f"; no case has {lacking}",
        fix=f'number the categories 0, 1, 2 … without a gap, or declare them: levels={{"{name}": '
        f"{shown[-1] + 1}}}; raw data: calibrate first (cc.calibrate)",
    )


def _where(name: str, places: Iterable[int], cases: Sequence[str], values: Any = None) -> str:
    places = list(places)
    shown = places[:NAMED]
    told = [cases[place] if values is None else f"{cases[place]} ({_told(values[place])})" for place in shown]
    more = f" and {len(places) - NAMED} more" if len(places) > NAMED else ""
    return f"column {name}, case{'s' if len(places) > 1 else ''} {', '.join(told)}{more}"


def _told(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else repr(value)


def _is_mark(value: Any, mark: DontCare) -> bool:
    if isinstance(value, str):
        return mark.text is not None and value.strip() == mark.text
    number = _number(value, texts=False)
    return mark.number is not None and number == mark.number


def _is_missing(value: Any) -> bool:
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    if isinstance(value, str):
        return not value.strip()
    return isinstance(value, (float, np.floating)) and math.isnan(value)


def _number(value: Any, *, texts: bool) -> float | None:
    if isinstance(value, (Real, Decimal, np.bool_)):
        return float(value)
    if texts and isinstance(value, str) and _NUMERAL.fullmatch(value):
        return float(value)
    return None
