"""The layout of a panel: which case is which unit in which period, what is not there, what each case weighs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import DataError, OptionError
from concausa.core.frame import columns_of
from concausa.qca.case_data import DONT_CARE, CaseData, case_data, columns_test
from concausa.qca.outcome import Outcome
from concausa.qca.panel.grouping import Grouping, grouping
from concausa.sets.score_pair import read_only

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Layout:
    """Cases of a panel with their clusters.

    Parameters
    ----------
    data : CaseData
        Conditions and, last, the outcome; cases are called ``UNIT-PERIOD``.
    explained : Outcome
    units : Grouping
    periods : Grouping, optional
        None where cases are clustered, but not observed over time.
    groupings : tuple of Grouping
        Those by which cases are clustered, in the order asked for.
    weights : array of float, shape (cases,), optional
    weighed_by : str
        The column of the weights; empty without.
    """

    data: CaseData
    explained: Outcome
    units: Grouping
    periods: Grouping | None
    groupings: tuple[Grouping, ...]
    weights: Floats | None = None
    weighed_by: str = ""

    @cached_property
    def outcome(self) -> Floats:
        """Membership of each case in what is explained, shape (cases,)."""
        return read_only(self.explained.membership(self.data.column(self.explained.name)))

    @cached_property
    def absent(self) -> tuple[tuple[str, str], ...]:
        """Units and periods of which there is no row; nothing is put in their place."""
        if self.periods is None:
            return ()
        seen = set(zip(self.units.codes.tolist(), self.periods.codes.tolist(), strict=True))
        return tuple(
            (unit, period)
            for place, unit in enumerate(self.units.clusters)
            for when, period in enumerate(self.periods.clusters)
            if (place, when) not in seen
        )

    @property
    def possible(self) -> int:
        """How many rows a balanced panel of these units and periods has."""
        return len(self.units) * (1 if self.periods is None else len(self.periods))

    @cached_property
    def everyone(self) -> Grouping:
        """All cases as one cluster."""
        return Grouping("pooled", "column", ("pooled",), np.zeros(len(self.data.cases), dtype=np.int64))

    def grouping(self, name: str) -> Grouping:
        """The grouping by a column, or by ``unit`` or ``period``.

        Raises
        ------
        OptionError
            If cases are not clustered so.
        """
        for one in self.groupings:
            if name == one.name or (name != "column" and name == one.role):
                return one
        raise OptionError(
            f"the cases are not clustered by {name!r}",
            where=f"clustered by {', '.join(one.name for one in self.groupings)}",
            fix="name one of these, or ask for more with by=[…]",
        )


def layout(
    frame: object,
    names: Sequence[str],
    explained: Outcome,
    *,
    unit: str,
    period: str | None,
    by: Sequence[str] = (),
    weights: str | None = None,
    dont_care: str | float | None = DONT_CARE,
    levels: Mapping[str, int] | None = None,
) -> Layout:
    """Read a frame in long form: one row a unit and period.

    Parameters
    ----------
    names : sequence of str
        Columns of the conditions.
    explained : Outcome
    unit, period, by, weights
        See :func:`concausa.qca.panel.panel.panel`.

    Raises
    ------
    DataError
        If a unit has two rows for one period, or a case lacks its unit, period, cluster or weight.
    OptionError, UnknownNameError
        If a column is named twice, or there is no such column.
    """
    if isinstance(frame, CaseData):
        raise OptionError(
            "a panel is read from a frame with the columns of its units and periods",
            where=repr(frame),
            fix="give the frame itself",
        )
    wanted = [unit, *([period] if period is not None else []), *_other(frame, by, unit, period)]
    _refuse_clash(wanted, [*names, explained.name])
    found = columns_of(frame, [*wanted, *([weights] if weights else [])])
    columns = dict(zip(wanted, (list(column) for column in found.values), strict=False))
    if found.n == 0:
        raise DataError("there are no cases", where="the table has no rows")
    units = grouping(unit, columns[unit], role="unit")
    periods = None if period is None else grouping(period, columns[period], role="period")
    cases = case_names(units, periods)
    data = case_data(
        frame,
        [*names, explained.name],
        cases=cases,
        dont_care=dont_care,
        outcomes=(explained.name,),
        levels=levels,
    )
    others = {name: grouping(name, columns[name]) for name in _other(frame, by, unit, period)}
    known: dict[str, Grouping] = {unit: units, "unit": units} | others
    if periods is not None:
        known |= {period or "": periods, "period": periods}
    asked = [*by] or (["period", "unit"] if periods is not None else [])
    if not asked:
        raise OptionError(
            "nothing divides the cases into clusters",
            where=f"unit={unit!r}, no period and no by",
            fix='name the column of the periods, or of the clusters: by=["region"]',
        )
    groupings = tuple(dict.fromkeys(known[name] for name in asked))
    return Layout(
        data,
        explained.suits(data.factors[-1]),
        units,
        periods,
        groupings,
        _weights(weights, found.values[-1], cases) if weights else None,
        weights or "",
    )


def _other(frame: object, by: Sequence[str], unit: str, period: str | None) -> list[str]:
    """The columns of *by* that are neither unit nor period."""
    if isinstance(by, str):
        raise OptionError("the groupings are a list", where=f"by={by!r}", fix=f"write by=[{by!r}]")
    known = columns_test(frame)
    found = []
    for name in dict.fromkeys(by):
        role = {"unit": unit, "period": period}.get(name, name)
        if role is None:
            raise OptionError(
                "cases cannot be clustered by period where no column of periods is named",
                where="by: period",
                fix="name the column: period=…",
            )
        if role != name and known(name):
            raise OptionError(
                f"by={name!r} may mean the column {name!r} or the {name}s in {role!r}",
                where=f"by: {name}",
                fix=f"write {role!r} for the {name}s, or rename the column {name!r}",
            )
        if role not in (unit, period):
            found.append(name)
    return found


def _refuse_clash(wanted: Sequence[str], sets: Sequence[str]) -> None:
    twice = [name for place, name in enumerate(wanted) if name in wanted[:place] or name in sets]
    if twice:
        raise OptionError(
            f'the column "{twice[0]}" has two parts to play',
            where=f"units, periods and groupings: {', '.join(wanted)}; sets: {', '.join(sets)}",
            fix="name a column of its own for each",
        )


def cases_of(frame: object, unit: str, period: str | None) -> list[str]:
    """The names of the cases of a frame, as in :func:`layout`."""
    columns = columns_of(frame, [unit] if period is None else [unit, period]).values
    units = grouping(unit, list(columns[0]), role="unit")
    return case_names(units, None if period is None else grouping(period, list(columns[1]), role="period"))


def case_names(units: Grouping, periods: Grouping | None) -> list[str]:
    """``UNIT-PERIOD`` for each case.

    Raises
    ------
    DataError
        If a unit has two rows for one period, or two rows and no period.
    """
    names = [units.clusters[place] for place in units.codes.tolist()]
    if periods is not None:
        times = [periods.clusters[place] for place in periods.codes.tolist()]
        names = [f"{unit}-{time}" for unit, time in zip(names, times, strict=True)]
        keys: list[Any] = list(zip(units.codes.tolist(), periods.codes.tolist(), strict=True))
    else:
        keys = names
    first: dict[Any, int] = {}
    for row, key in enumerate(keys, start=1):
        if key in first:
            rows = f"{names[row - 1]}: rows {first[key]} and {row}"
            if periods is None:
                raise DataError(
                    "a unit has two rows, and no period tells them apart",
                    where=rows,
                    fix="name the column of the periods: period=…",
                )
            raise DataError(
                "a unit has two rows for one period",
                where=rows,
                fix="keep one of them; what is measured twice a period needs a finer column of periods",
            )
        first[key] = row
    return names


def _weights(name: str, values: Sequence[Any], cases: Sequence[str]) -> Floats:
    try:
        found = np.array([float(value) for value in values], dtype=np.float64)
    except (TypeError, ValueError):
        found = np.full(len(cases), np.nan)
    wrong = np.flatnonzero(~np.isfinite(found) | (found < 0))
    if len(wrong) or not found.sum() > 0:
        told = ", ".join(f"{cases[place]}: {values[place]!r}" for place in wrong[:5].tolist())
        raise DataError(
            "weights are finite numbers from 0, and not all 0",
            where=f"column {name}{', ' + told if told else ''}",
            fix="give every case a weight; 0 leaves it out of every sum",
        )
    return read_only(found / found.mean())
