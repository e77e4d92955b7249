"""The data, outcome and conditions of a search for necessary conditions, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from concausa.core.errors import DataError, OptionError
from concausa.qca.case_data import DONT_CARE, CaseData, case_data, columns_test
from concausa.qca.conditions import named_conditions
from concausa.qca.necessity_options import DontCareAs
from concausa.qca.outcome import Outcome, read_outcome
from concausa.qca.truth_table import TruthTable


@dataclass(frozen=True, eq=False)
class Material:
    """What is analysed.

    Parameters
    ----------
    data : CaseData
        The conditions and, last, the outcome's column, of the cases that are counted.
    explained : Outcome
    left_out : tuple of str
        Cases with a don't-care score that were left out on request.
    outside : tuple of (str, str)
        Case and condition of every don't-care score that is taken as outside every literal.
    """

    data: CaseData
    explained: Outcome
    left_out: tuple[str, ...] = ()
    outside: tuple[tuple[str, str], ...] = ()


def material(
    frame: object,
    *,
    outcome: str | None,
    conditions: Sequence[str] | None,
    cases: str | Sequence[str] | None,
    dont_care: str | float | None,
    levels: Mapping[str, int] | None,
    dont_care_as: DontCareAs,
) -> Material:
    """Read a frame, or take the data of a truth table.

    Raises
    ------
    OptionError
        If the outcome or the conditions are missing or no names, or the outcome is among the conditions.
    DataError
        If a condition has a don't-care score and *dont_care_as* is ``refuse``, or no case is left.
    """
    if isinstance(frame, TruthTable):
        if cases is not None:
            raise OptionError(
                "a truth table knows its cases",
                where=f"cases={cases!r}",
                fix="leave out cases=, or give the data instead of the truth table",
            )
        if levels is not None or dont_care != DONT_CARE:
            option, value = ("levels", levels) if levels is not None else ("dont_care", dont_care)
            raise OptionError(
                f"{option}= says how data are read, but those of a truth table were read before",
                where=f"{option}={value!r}",
                fix="leave it out, or give the data instead of the truth table",
            )
        names = named_conditions(frame.condition_names if conditions is None else conditions)
        explained = (
            frame.explained if outcome is None else read_outcome(outcome, frame.data.names.__contains__)
        )
        _check_apart(explained, names)
        data = frame.data.select([*names, explained.name])
    else:
        if outcome is None or conditions is None:
            lacking = "outcome" if outcome is None else "conditions"
            raise OptionError(
                f"the {lacking} must be named",
                where=f"{lacking}=None",
                fix='write outcome="Y", conditions=["A", "B"]; only a truth table brings both',
            )
        names = named_conditions(conditions)
        explained = read_outcome(outcome, columns_test(frame))
        _check_apart(explained, names)
        data = case_data(
            frame,
            [*names, explained.name],
            cases=cases,
            dont_care=dont_care,
            outcomes=(explained.name,),
            levels=levels,
        )
    return _without_dont_care(Material(data, explained.suits(data.factors[-1])), dont_care_as)


def _without_dont_care(found: Material, taken_as: DontCareAs) -> Material:
    data = found.data
    free = np.isnan(data.scores)
    if not free.any():
        return found
    pairs = [(data.cases[case], data.names[place]) for case, place in np.argwhere(free).tolist()]
    if taken_as == "outside":
        return Material(data, found.explained, outside=tuple(pairs))
    rows = free.any(axis=1)
    unscored = tuple([data.cases[case] for case in np.flatnonzero(rows).tolist()])
    if taken_as == "refuse":
        told = [f"{case} ({condition})" for case, condition in pairs[:5]]
        more = f" and {len(pairs) - 5} more" if len(pairs) > 5 else ""
        raise DataError(
            "don't care is no membership, so that a necessary condition cannot be measured with it",
            where=f"cases {', '.join(told)}{more}",
            fix='say how to take it: dont_care_as="outside" (in no literal), or "leave out" (without these cases)',
        )
    if rows.all():
        raise DataError(
            "every case has a don't-care score, so that none is left",
            where=f"cases {', '.join(unscored[:5])}",
            fix="leave out the conditions with don't-care scores instead",
        )
    kept = CaseData(
        tuple([data.cases[case] for case in np.flatnonzero(~rows).tolist()]), data.factors, data.scores[~rows]
    )
    return Material(kept, found.explained, left_out=unscored)


def _check_apart(explained: Outcome, names: Sequence[str]) -> None:
    if explained.name in names:
        raise OptionError(
            f'"{explained.name}" is both outcome and condition',
            where=f"outcome={str(explained)!r}, conditions: {', '.join(names)}",
            fix="take it out of the conditions",
        )
