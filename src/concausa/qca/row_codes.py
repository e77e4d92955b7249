"""The outcome code of every row: cut-offs first, then what was set by hand, then whether they can stand together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import DataError
from concausa.qca.cutoffs import Cutoffs
from concausa.qca.factor import term_text
from concausa.sets.membership import TOLERANCE

if TYPE_CHECKING:
    from concausa.qca.truth_table import TruthTable


def decided(table: TruthTable, cutoffs: Cutoffs) -> TruthTable:
    """The table with its rows judged anew by *cutoffs*, and those set by hand as they were set.

    Raises
    ------
    DataError
        If a positive and a negative row overlap through don't care.
    """
    decided = replace(table, cutoffs=cutoffs, codes=codes_of(table, cutoffs))
    if table.configurations.min() < 0:
        refuse_overlaps(decided)
    return decided


def codes_of(table: TruthTable, cutoffs: Cutoffs) -> NDArray[np.str_]:
    """The code of every row by *cutoffs*, or as it was set by hand."""
    total, both, _, shared = table.sums
    reached = both >= (cutoffs.consistency - TOLERANCE) * total
    if cutoffs.pri > 0:
        reached &= both - shared >= (cutoffs.pri - TOLERANCE) * (total - shared)
    codes = np.where(reached, "1", "0")
    if cutoffs.contradiction is not None:
        codes[~reached & (both >= (cutoffs.contradiction - TOLERANCE) * total)] = "C"
    if cutoffs.frequency > 1:
        codes[table.n < cutoffs.frequency] = "?"
    for recoding in table.recodings:
        if recoding.outcome == table.outcome:
            from concausa.qca.table_rows import place_of

            codes[place_of(table, recoding.configuration)] = recoding.code
    return codes


def refuse_overlaps(table: TruthTable) -> None:
    """Refuse a table in which a positive and a negative row overlap through don't care: DataError."""
    cubes = table.configurations
    others = np.flatnonzero((table.codes == "0") | (table.codes == "C"))
    for place in np.flatnonzero(table.codes == "1").tolist():
        cube = cubes[place]
        meet = ((cubes[others] == cube) | (cubes[others] < 0) | (cube < 0)).all(axis=1)
        if not meet.any():
            continue
        clash = int(others[np.flatnonzero(meet)[0]])
        told = [
            f"{term_text(table.conditions, cubes[row].tolist())} is {table.codes[row]} (cases "
            f"{', '.join([table.data.cases[case] for case in np.flatnonzero(table.member == row)[:5]])})"
            for row in (place, clash)
        ]
        raise DataError(
            "a positive and a negative row overlap through don't care",
            where="\n".join(told),
            fix="give the condition a score in one of these cases, or change the cut-offs",
        )
