"""Stray cells: a few texts among numbers, which would make a category of the whole column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from numbers import Real
from typing import Any

import numpy as np

from concausa.core.errors import DataError

#: A text that is a number with a decimal comma.
_COMMA = re.compile(r"[+-]?\d+,\d+")


def is_number(cell: object) -> bool:
    """Whether a cell is a number; truth values are none."""
    return isinstance(cell, Real) and not isinstance(cell, bool | np.bool_)


def refuse_stray(name: str, cells: Sequence[Any], units: Sequence[str]) -> None:
    """DataError where at least half of the cells are numbers and some are texts: one would make all a category."""
    filled = [cell for cell in cells if cell is not None]
    stray = [cell for cell in filled if isinstance(cell, str)]
    commas = [cell for cell in stray if _COMMA.fullmatch(cell.strip())]
    numbers = sum(map(is_number, filled)) + len(commas)
    if not stray or 2 * numbers < len(filled):
        return
    at = next(at for at, cell in enumerate(cells) if isinstance(cell, str))
    raise DataError(
        f"{name} of {units[at]} is {cells[at]!r}, and {numbers} of its {len(filled)} values are numbers",
        where=f"column {name}, row {at + 1} of the data",
        fix=(
            f"write the number with a decimal point, or leave the cell empty; "
            f"if texts are meant, declare the kind: {name}=category"
        )
        if commas
        else f"leave the cell empty; if texts are meant, declare the kind: {name}=category",
    )
