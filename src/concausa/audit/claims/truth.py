"""Truth with its reasons: true, false, or unknown for one reason or several, in one byte.

A value is the set of verdicts that it leaves open, one bit each, at the place of its `Verdict`: bit 0 if
it may be false, bit 1 if it may be true, and the bits of the reasons of what is unknown. So it fits into
arrays, and plain numbers obey the same operations.

As truth alone, the values follow the strong logic of Kleene [1]_: *unknown and false* is false. The reasons
of what stays unknown are those of its unknown parts, so that only what would decide is blamed.

References
----------
.. [1] Kleene (1952), *Introduction to Metamathematics*, section 64.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Any, TypeAlias, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from concausa.audit.claims.verdict import Verdict

#: Truth values, one a world, or over the options of some choices.
Truths: TypeAlias = NDArray[np.uint8]
Value = TypeVar("Value", int, Truths)

FALSE = 1 << Verdict.CONTRADICTED
TRUE = 1 << Verdict.SUPPORTED
#: The bits of the reasons.
REASONS = 0xFF & ~(FALSE | TRUE)


def unknown(reason: Verdict) -> int:
    """What may be true or false, for one reason.

    Examples
    --------
    >>> both(unknown(Verdict.NO_DATA), FALSE) == FALSE
    True
    """
    return FALSE | TRUE | 1 << reason


def both(first: Value, second: Value) -> Value:
    """*And*: false if one is false, true if both are true, else unknown."""
    one, other = cast("Any", first), cast("Any", second)
    holds = (one & other & TRUE) >> 1
    return cast("Value", (one | other) * holds | (holds ^ 1))


def either(first: Value, second: Value) -> Value:
    """*Or*: true if one is true, false if both are false, else unknown."""
    one, other = cast("Any", first), cast("Any", second)
    fails = one & other & FALSE
    return cast("Value", (one | other) * fails | ((fails ^ 1) << 1))


def opposite(value: Value) -> Value:
    """*Not*: true for false, false for true, unknown for unknown, for the same reasons."""
    own = cast("Any", value)
    return cast("Value", (own & FALSE) << 1 | (own & TRUE) >> 1 | (own & REASONS))


def then(first: Value, second: Value) -> Value:
    """*second* where *first* is true; else *first*, false or unknown as it is."""
    return _picked(first, TRUE, second)


def otherwise(first: Value, second: Value) -> Value:
    """*second* where *first* is false; else *first*, true or unknown as it is."""
    return _picked(first, FALSE, second)


def every(values: Iterable[int]) -> int:
    """Whether all are true; true of none at all."""
    return reduce(both, values, TRUE)


def some(values: Iterable[int]) -> int:
    """Whether at least one is true; false of none at all."""
    return reduce(either, values, FALSE)


def verdicts(values: Truths) -> NDArray[np.int8]:
    """The verdict of each: contradicted if false, supported if true, else the first of its reasons."""
    return _FIRST[values]


def told(values: Truths) -> Truths:
    """The same with the first reason alone, the one that is told."""
    return _TOLD[values]


def verdict(value: int) -> Verdict:
    """The verdict of one value.

    Examples
    --------
    >>> verdict(both(unknown(Verdict.CROSSOVER), unknown(Verdict.NO_DATA))).name
    'NO_DATA'
    """
    return Verdict(int(_FIRST[value]))


def _picked(first: Value, where: int, second: Value) -> Value:
    if isinstance(first, int):
        return second if first == where else first
    return cast("Value", np.where(first == where, second, first).astype(np.uint8, copy=False))


def _first(value: int) -> int:
    if value in (FALSE, TRUE):
        return Verdict.SUPPORTED if value == TRUE else Verdict.CONTRADICTED
    return next((reason for reason in Verdict if not reason.testable and value & 1 << reason), 0)


_FIRST = np.array([_first(value) for value in range(256)], dtype=np.int8)
_TOLD = np.array(
    [value if value in (FALSE, TRUE) else unknown(Verdict(_first(value))) for value in range(256)],
    dtype=np.uint8,
)
