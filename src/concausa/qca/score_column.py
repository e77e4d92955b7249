"""A column of an analysis: scores of the cases, and the calibration that they come from, if any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.frame import columns_of
from concausa.core.nearest import nearest
from concausa.qca.case_data import CaseData, case_data, named_cases
from concausa.qca.factor import Factor
from concausa.sets.calibrate import calibrate
from concausa.sets.calibrated import Calibrated
from concausa.sets.moved import without_cases

#: How a column is calibrated: options of ``calibrate``, or a calibration that was made before.
Calibration = Mapping[str, Any] | Calibrated


@dataclass(frozen=True, slots=True, eq=False)
class ScoreColumn:
    """Scores of all cases in one condition or outcome.

    Parameters
    ----------
    factor : Factor
        What it is.
    scores : array of float, shape (cases,), read-only
        Memberships or codes; nan means don't care.
    calibrated : Calibrated or None
        What the scores come from; None where they were given as they are.
    """

    factor: Factor
    scores: NDArray[np.float64]
    calibrated: Calibrated | None = None

    def without(self, keep: Sequence[int]) -> ScoreColumn:
        """The column of the cases at the places *keep*."""
        if self.calibrated is not None:
            return of_calibrated(self.factor.name, without_cases(self.calibrated, keep))
        scores = self.scores[list(keep)]
        scores.setflags(write=False)
        return ScoreColumn(self.factor, scores)


def of_calibrated(name: str, calibrated: Calibrated, cases: Sequence[str] | None = None) -> ScoreColumn:
    """The column of a calibration.

    Raises
    ------
    OptionError
        If it is about another number of cases than *cases*.
    DataError
        If a case has no membership.
    """
    if cases is not None and len(cases) != len(calibrated):
        raise OptionError(
            f'the calibration of "{name}" is about {len(calibrated)} cases, the data about {len(cases)}',
            where=name,
            fix="calibrate the column of these data",
        )
    levels = {name: len(calibrated.anchors.values) + 1} if calibrated.kind == "multi-value" else None
    data = case_data(
        {name: calibrated.memberships}, [name], cases=calibrated.cases or cases, levels=levels, dont_care=None
    )
    return ScoreColumn(data.factors[0], data.scores[:, 0], calibrated)


def of_data(data: CaseData, name: str) -> ScoreColumn:
    """The column of scores that were read as they are."""
    return ScoreColumn(data.factor(name), data.column(name))


def of_frame(frame: object, name: str, calibration: Calibration, cases: tuple[str, ...]) -> ScoreColumn:
    """A raw column of a frame, calibrated."""
    if isinstance(calibration, Calibrated):
        return of_calibrated(name, calibration, cases)
    if not isinstance(calibration, Mapping):
        raise OptionError(
            f'the calibration of "{name}" is a mapping of options, or a calibration made before',
            where=repr(calibration),
            fix=f'write calibrations={{"{name}": {{"anchors": (10, 20, 30)}}}}',
        )
    (values,) = columns_of(frame, [name]).values
    found = calibrate(values, cases=cases, name=name, **calibration)
    return of_calibrated(name, found)


def read_columns(
    frame: object,
    names: Sequence[str],
    calibrations: Mapping[str, Calibration],
    *,
    outcome: str,
    cases: str | Sequence[str] | None,
    dont_care: str | float | None,
    levels: Mapping[str, int] | None,
) -> tuple[tuple[str, ...], dict[str, ScoreColumn]]:
    """The names of the cases, and the columns called *names*, in their order.

    Parameters
    ----------
    frame : any frame that ``truth_table`` takes
    names : sequence of str
    calibrations : mapping
        Of those that are raw.
    outcome : str
        The column in which don't care is refused.
    cases, dont_care, levels
        As :func:`~concausa.qca.case_data.case_data` takes them.
    """
    made = {name: one for name, one in calibrations.items() if isinstance(one, Calibrated)}
    needed = [name for name in names if name not in made]
    if not isinstance(frame, CaseData):
        found = columns_of(frame, [*needed, cases] if isinstance(cases, str) else needed)
    for name in calibrations:
        if name not in names:
            raise unknown_column(name, names, f'a calibration is given for "{name}", which is not analysed')
    plain = [name for name in names if name not in calibrations]
    columns: dict[str, ScoreColumn] = {}
    if plain:
        outcomes = [name for name in plain if name == outcome]
        data = case_data(frame, plain, cases=cases, dont_care=dont_care, outcomes=outcomes, levels=levels)
        called = data.cases
        columns = {name: of_data(data, name) for name in plain}
    elif needed or isinstance(cases, str):
        called = named_cases(found, found.values[-1] if isinstance(cases, str) else cases)
    else:
        first = next(iter(made.values()))
        called = tuple(cases) if cases is not None else first.case_names
    columns |= {
        name: of_frame(frame, name, one, called) for name, one in calibrations.items() if name in names
    }
    return called, {name: columns[name] for name in names}


def unknown_column(name: str, columns: Iterable[str], what: str = "") -> UnknownNameError:
    """The refusal of a column that is not there, with the nearest."""
    near = nearest(str(name), list(columns))
    return UnknownNameError(
        what or f'the analysis has no column "{name}"',
        where=f"columns: {', '.join(columns)}",
        fix=f'did you mean "{near}"?' if near else "use one of these names",
    )
