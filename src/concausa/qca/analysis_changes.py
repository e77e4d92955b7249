"""What a re-analysis changes: cases that are left out, columns, calibrations, anchors, conditions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest
from concausa.expr.boolean import parse
from concausa.expr.tree import conditions_of
from concausa.qca.case_data import case_data
from concausa.qca.exclusion import TREES, Exclusion, Inclusion
from concausa.qca.expectations import Expected, read_expectations
from concausa.qca.score_column import Calibration, ScoreColumn, of_calibrated, of_data, unknown_column
from concausa.sets.calibrate import calibrate
from concausa.sets.calibrated import Calibrated
from concausa.sets.moved import moved

Columns = dict[str, ScoreColumn]
Region = TypeVar("Region", Exclusion, Inclusion)


def with_fewer_cases(
    columns: Mapping[str, ScoreColumn], cases: Sequence[str], dropped: Collection[str]
) -> tuple[tuple[str, ...], Columns]:
    """The cases that stay, and their columns.

    Raises
    ------
    UnknownNameError
        If a case to be dropped is not there.
    OptionError
        If none stays.
    """
    for name in dropped:
        if name not in cases:
            near = nearest(str(name), cases)
            raise UnknownNameError(
                f'there is no case "{name}" to leave out',
                where=f"cases: {', '.join(cases[:12])}{' …' if len(cases) > 12 else ''}",
                fix=f'did you mean "{near}"?' if near else "use one of these names",
            )
    keep = [place for place, name in enumerate(cases) if name not in dropped]
    if not keep:
        raise OptionError("every case is left out", where="without_cases", fix="keep some")
    left = tuple([cases[place] for place in keep])
    return left, {name: column.without(keep) for name, column in columns.items()}


def with_columns(columns: Columns, changes: Mapping[str, Any], cases: tuple[str, ...]) -> Columns:
    """The columns with new scores, or further ones."""
    return columns | {name: _column_of(name, values, cases) for name, values in changes.items()}


def _column_of(name: str, values: Any, cases: tuple[str, ...]) -> ScoreColumn:
    if isinstance(values, ScoreColumn):
        return values
    if isinstance(values, Calibrated):
        return of_calibrated(name, values, cases)
    if isinstance(values, np.ndarray) and values.dtype.kind == "f" and np.isnan(values).any():
        values = [None if np.isnan(value) else value for value in values.tolist()]
    return of_data(case_data({name: values}, [name], cases=cases), name)


def with_calibrations(
    columns: Columns, changes: Mapping[str, Calibration], cases: tuple[str, ...]
) -> Columns:
    """The columns calibrated otherwise, from the raw values that they were calibrated from before.

    Raises
    ------
    UnknownNameError
        If there is no such column.
    OptionError
        If it has no raw values.
    """
    found = dict(columns)
    for name, calibration in changes.items():
        if isinstance(calibration, Calibrated):
            found[name] = of_calibrated(name, calibration, cases)
            continue
        before = _calibration(columns, name)
        found[name] = of_calibrated(name, calibrate(before.raw, cases=cases, name=name, **calibration))
    return found


def with_anchors(columns: Columns, changes: Mapping[tuple[str, str], float]) -> Columns:
    """The columns with some anchors at other raw values.

    Raises
    ------
    UnknownNameError
        If there is no such column or anchor.
    OptionError
        If a column has no anchors that can be moved, or they would tie or cross.
    """
    by_column: dict[str, dict[str, float]] = {}
    for place, value in changes.items():
        if not (isinstance(place, tuple) and len(place) == 2):
            raise OptionError(
                "an anchor is named by its column and its own name",
                where=repr(place),
                fix='write anchors={("GNPCAP", "crossover"): 560}',
            )
        by_column.setdefault(place[0], {})[place[1]] = value
    return columns | {
        name: of_calibrated(name, moved(_calibration(columns, name), anchors))
        for name, anchors in by_column.items()
    }


def _calibration(columns: Mapping[str, ScoreColumn], name: str) -> Calibrated:
    if name not in columns:
        raise unknown_column(name, columns)
    found = columns[name].calibrated
    if found is None:
        raise OptionError(
            f'"{name}" was given as memberships: there are no raw values to calibrate',
            where=name,
            fix=f'give the raw column and calibrations={{"{name}": …}} to the first analysis',
        )
    return found


def still_expected(expected: Expected | None, before: Sequence[str], now: Sequence[str]) -> Expected | None:
    """The expectations that name no condition which is gone."""
    gone = set(before) - set(now)
    if not gone or not expected:
        return expected
    if not isinstance(expected, Mapping):
        expected = read_expectations(expected if isinstance(expected, str) else ", ".join(expected))
    return {key: value for key, value in expected.items() if not _named(key, before) & gone}


def still_meant(regions: Sequence[Region], before: Sequence[str], now: Sequence[str]) -> tuple[Region, ...]:
    """The exclusions or inclusions that name no condition which is gone; a whole configuration names all."""
    gone = set(before) - set(now)
    return tuple([one for one in regions if not gone or not _meant(one.what, before) & gone])


def _named(key: str, conditions: Sequence[str]) -> set[str]:
    return {key} if key in conditions else set(conditions_of(parse(key)))


def _meant(what: Any, conditions: Sequence[str]) -> set[str]:
    if isinstance(what, str):
        return _named(what, conditions)
    if isinstance(what, Mapping):
        return set(what)
    return set(conditions_of(what)) if isinstance(what, TREES) else set(conditions)
