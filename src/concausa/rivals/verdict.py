"""Verdicts: what an expectation is worth beside what was observed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Word = Literal["fits", "fails", "does not discriminate", "changes within the period", "no data", "silent"]
Overall = Literal[
    "fits",
    "fails in part",
    "fails",
    "does not discriminate",
    "changes within the period",
    "no data",
    "silent",
    "nothing predicted",
]

#: Verdicts on a cell or a contrast, in the order of a legend.
WORDS: tuple[Word, ...] = (
    "fits",
    "fails",
    "does not discriminate",
    "changes within the period",
    "no data",
    "silent",
)
#: Verdicts on a whole account.
OVERALL: tuple[Overall, ...] = (
    "fits",
    "fails in part",
    "fails",
    "does not discriminate",
    "changes within the period",
    "no data",
    "silent",
    "nothing predicted",
)
#: What is told of a cell whose verdict is not the same in every reading.
DEPENDS = "depends on the reading"

#: A letter for each, readable without colour.
MARKS = {
    "fits": "+",
    "fails": "-",
    "fails in part": "±",
    "does not discriminate": "=",
    "changes within the period": "~",
    "no data": "?",
    "silent": ".",
    "nothing predicted": "0",
    DEPENDS: "*",
}

#: Several parts of one cell: the first of these that occurs is the cell's.
_FIRST: tuple[Word, ...] = (
    "fails",
    "changes within the period",
    "no data",
    "fits",
    "does not discriminate",
    "silent",
)


def joined(parts: Iterable[Word]) -> Word:
    """The verdict on a cell from those on its parts; silent parts count for nothing.

    One part that fails is enough to fail; what is missing in one part leaves the whole without data.

    Examples
    --------
    >>> joined(["fits", "silent"]), joined(["fits", "fails"])
    ('fits', 'fails')
    """
    found = set(parts)
    return next((word for word in _FIRST if word in found), "silent")
