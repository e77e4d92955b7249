"""Cases × factors as scores, and the door through which data come in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import ConcausaError, DataError, OptionError, UnknownNameError
from concausa.core.frame import Columns, columns_of
from concausa.core.nearest import nearest
from concausa.qca.factor import Factor, factor_of
from concausa.qca.scores import (
    DontCare,
    factor_of_scores,
    missing_values,
    not_finite,
    numbers,
    scores_of_values,
)
from concausa.qca.subsets import memberships
from concausa.sets.score_pair import settle

#: The sign for don't care unless another is given.
DONT_CARE = "-"


@dataclass(frozen=True, eq=False)
class CaseData:
    """Scores of cases in conditions and outcomes.

    Parameters
    ----------
    cases : tuple of str
        Unique names.
    factors : tuple of Factor
        One a column.
    scores : array of float, shape (cases, factors)
        Memberships in [0, 1] or codes; nan means don't care. Cannot be written to.
    """

    cases: tuple[str, ...]
    factors: tuple[Factor, ...]
    scores: NDArray[np.float64]

    def __post_init__(self) -> None:
        self.scores.setflags(write=False)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {factor.name: place for place, factor in enumerate(self.factors)}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the factors."""
        return tuple(self._places)

    def factor(self, name: str) -> Factor:
        """The factor of that name; UnknownNameError, with the nearest, if there is none."""
        return self.factors[self._place(name)]

    def column(self, name: str) -> NDArray[np.float64]:
        """The scores of one factor, one a case."""
        return self.scores[:, self._place(name)]

    def membership(self, cube: Sequence[int | None], names: Sequence[str]) -> NDArray[np.float64]:
        """The membership of every case in a conjunction: the least over its literals.

        Parameters
        ----------
        cube : sequence of int or None
            One value a name; None (or −1) leaves the factor out.
        names : sequence of str
            The factors meant, in the order of the cube.

        Returns
        -------
        array of float, shape (cases,)
            A don't-care score has membership 0 in every literal; the empty conjunction has membership 1.

        Examples
        --------
        >>> data = case_data({"A": [0.2, 0.9], "B": [0.6, 0.3]}, ["A", "B"])
        >>> data.membership((1, 0), ["A", "B"]).round(2).tolist()
        [0.2, 0.7]
        """
        cubes = np.array([[-1 if value is None else value for value in cube]], dtype=np.int8)
        return self.memberships(cubes.reshape(1, len(names)), names)[:, 0]

    def memberships(self, cubes: NDArray[np.int8], names: Sequence[str]) -> NDArray[np.float64]:
        """The membership of every case in every one of several conjunctions, shape (cases, cubes).

        Parameters
        ----------
        cubes : array of int8, shape (cubes, names)
            Rows as in :meth:`membership`, −1 for a factor left out.
        """
        places = [self._place(name) for name in names]
        factors = [self.factors[place] for place in places]
        return memberships(self.scores[:, places], _categories(factors), cubes).T

    def select(self, names: Sequence[str]) -> CaseData:
        """The same cases with only the factors called *names*, in that order."""
        places = [self._place(name) for name in names]
        return CaseData(self.cases, tuple([self.factors[place] for place in places]), self.scores[:, places])

    def _place(self, name: str) -> int:
        try:
            return self._places[name]
        except KeyError:
            pass
        near = nearest(name, self._places)
        raise UnknownNameError(
            f'the data have no column "{name}"',
            where=f"columns: {', '.join(self._places)}",
            fix=f'did you mean "{near}"?' if near else "use one of these names",
        )

    def __repr__(self) -> str:
        return f"<CaseData: {len(self.cases)} cases × {', '.join(self.names)}>"


def case_data(
    frame: object,
    names: Sequence[str],
    *,
    cases: str | Sequence[str] | None = None,
    dont_care: str | float | None = DONT_CARE,
    outcomes: Sequence[str] = (),
    levels: Mapping[str, int] | None = None,
) -> CaseData:
    """Read the columns of a frame as scores, or refuse them with the reason.

    Only the columns that are named are read, so that missing values elsewhere do not matter. The kind of
    a factor follows from its values: 0 and 1 alone make a crisp set, other numbers from 0 to 1 a fuzzy
    set, whole numbers from 0 to 2 or more without a gap a multi-value factor. What lies within 1e-9 of 0 or
    1 counts as 0 or 1.

    Parameters
    ----------
    frame : mapping of columns, pandas or polars data frame, list of records, or CaseData
        Raw data are refused: calibrate them first.
    names : sequence of str
        Columns that become factors.
    cases : str, or sequence of str, optional
        The column with the names of the cases, or the names themselves. Without it a pandas index that has a
        name or consists of texts is used, else "1" to "n".
    dont_care : str or number, optional
        The sign that a condition does not matter for a case (in a temporal condition, say); kept as nan.
    outcomes : sequence of str
        Those of *names* in which don't care is refused.
    levels : mapping of str to int, optional
        Number of categories of multi-value factors, where the data may lack some.

    Raises
    ------
    DataError, ScaleError
        If a column has missing values, text, values outside its scale, codes with a gap, or a case is named twice.
    UnknownNameError
        If there is no such column.
    OptionError
        If an option has a value that it cannot have.

    Examples
    --------
    >>> data = case_data({"state": ["NL", "PUE"], "EL": [0.9, 0.2], "BC": [2, 0]}, ["EL", "BC"],
    ...                  cases="state", levels={"BC": 3})
    >>> data.cases, [factor.kind for factor in data.factors]
    (('NL', 'PUE'), ['fuzzy', 'multi-value'])
    """
    _check_names(names)
    if isinstance(frame, CaseData):
        return _again(frame, names, outcomes, {"cases": cases, "levels": levels}, dont_care)
    mark = DontCare.of(dont_care)
    declared = _declared(levels or {}, names)
    found = columns_of(frame, [*names, cases] if isinstance(cases, str) else names)
    if found.n == 0:
        raise DataError("there are no cases", where="the table has no rows")
    if isinstance(cases, str):
        called = named_cases(found, found.values[-1], f"column {cases}")
    else:
        called = named_cases(found, cases)
    values = found.values[: len(names)]
    table, free = _scores(names, values, mark, called)
    if free is not None:
        for name, open_cases in zip(names, free, strict=True):
            if name in outcomes and open_cases.any():
                raise _free_outcome(name, np.flatnonzero(open_cases).tolist(), called)
    factors = _factors(names, table, free, called, declared, mark)
    table.flags.writeable = False
    return CaseData(called, factors, table.T)


def _again(
    data: CaseData,
    names: Sequence[str],
    outcomes: Sequence[str],
    options: Mapping[str, object],
    dont_care: object,
) -> CaseData:
    """Data that were read before, for which some options are settled."""
    given = {option: value for option, value in options.items() if value is not None}
    if dont_care != DONT_CARE:
        given["dont_care"] = dont_care
    for option, value in given.items():
        raise OptionError(
            f"{option}= says how data are read, but these were read before",
            where=f"{option}={value!r}",
            fix="leave it out, or give the frame itself",
        )
    for name in outcomes:
        places = np.flatnonzero(np.isnan(data.column(name))).tolist()
        if places:
            raise _free_outcome(name, places, data.cases)
    return data.select(names)


def columns_test(frame: object) -> Callable[[str], bool]:
    """Whether a frame has a column of a name, as a function; for a frame of no known kind it never has."""
    if isinstance(frame, CaseData):
        return frame.names.__contains__
    if isinstance(frame, Mapping):
        return frame.__contains__
    if isinstance(frame, (list, tuple)):
        return lambda name: bool(frame) and isinstance(frame[0], Mapping) and name in frame[0]
    columns = getattr(frame, "column_names", getattr(frame, "columns", ()))
    return lambda name: hasattr(columns, "__contains__") and name in columns


def _scores(
    names: Sequence[str], values: Sequence[Any], mark: DontCare, cases: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.bool_] | None]:
    """Scores, *factors × cases*, and where they are don't care (None if nowhere)."""
    arrays = [numbers(column) for column in values]
    if mark.number is None and all(array is not None for array in arrays):
        table = np.array(arrays, dtype=np.float64)
        if not np.isfinite(table).all():
            _refuse_endless(names, table, cases)
        return table, None
    table = np.empty((len(names), len(cases)))
    free = np.zeros(table.shape, dtype=bool)
    for place, (name, array) in enumerate(zip(names, arrays, strict=True)):
        if array is None:
            table[place], free[place] = scores_of_values(name, values[place], mark, cases)
        else:
            table[place] = array
            if not np.isfinite(table[place]).all():
                _refuse_endless([name], table[place : place + 1], cases)
            free[place] = table[place] == mark.number
    table[free] = np.nan
    return table, free if free.any() else None


def _refuse_endless(names: Sequence[str], table: NDArray[np.float64], cases: Sequence[str]) -> None:
    for name, scores in zip(names, table, strict=True):
        if np.isnan(scores).any():
            raise missing_values(name, np.flatnonzero(np.isnan(scores)), cases)
        if np.isinf(scores).any():
            raise not_finite(name, np.flatnonzero(np.isinf(scores)), cases)


def _factors(
    names: Sequence[str],
    table: NDArray[np.float64],
    free: NDArray[np.bool_] | None,
    cases: Sequence[str],
    declared: Mapping[str, int],
    mark: DontCare,
) -> tuple[Factor, ...]:
    """What the rows of *table* are; noise about 0 and 1 is taken off them in place."""
    whole = (table == 0) | (table == 1)
    crisp = bool(whole.all())
    if not crisp:
        settle(table)
        whole = (table == 0) | (table == 1)
    if free is None and not declared and (crisp or (table.min() >= 0 and table.max() <= 1)):
        return tuple(
            [
                factor_of(name, "crisp" if is_whole else "fuzzy")
                for name, is_whole in zip(names, whole.all(axis=1).tolist(), strict=True)
            ]
        )
    return tuple(
        [
            factor_of_scores(name, scores, cases, levels=declared.get(name), mark=mark)
            for name, scores in zip(names, table, strict=True)
        ]
    )


def _categories(factors: Sequence[Factor]) -> tuple[int, ...]:
    """For each factor the number of its categories, 0 for a set with memberships."""
    return tuple([factor.levels if factor.kind == "multi-value" else 0 for factor in factors])


@lru_cache(maxsize=64)
def _counted(n: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, n + 1))


def named_cases(
    found: Columns, given: Sequence[Any] | None, place: str = "the names of the cases"
) -> tuple[str, ...]:
    """The names of the cases of a frame: those given, those of its index, or "1" to "n"."""
    given = found.index if given is None else given
    if given is None:
        return _counted(found.n)
    values = list(given)
    if len(values) != found.n:
        raise OptionError(
            "there must be one name a case",
            where=f"cases: {len(values)} names for {found.n} cases",
            fix="give the name of a column, or as many names as there are cases",
        )
    names = tuple([_case_name(value) for value in values])
    unnamed = [str(number) for number, name in enumerate(names, start=1) if not name]
    if unnamed:
        raise DataError(
            "a case has no name",
            where=f"{place}, row {', '.join(unnamed[:5])}",
            fix="name every case, or leave out cases= to have them numbered",
        )
    if len(set(names)) < len(names):
        seen: set[str] = set()
        twice = list(dict.fromkeys(name for name in names if name in seen or seen.add(name)))  # type: ignore[func-returns-value]
        raise DataError(
            "two cases have the same name",
            where=f"{place}: {', '.join(twice[:5])}",
            fix="a case of a panel needs its period in its name, such as NL-1 and NL-2",
        )
    return names


def _case_name(value: Any) -> str:
    if value is None or value != value or type(value).__name__ in ("NAType", "NaTType"):
        return ""
    if isinstance(value, (float, np.floating)):
        if np.isinf(value):
            raise DataError(
                "a case is called by an infinite number", where=repr(value), fix="name every case"
            )
        if value == int(value):
            return str(int(value))
    return str(value).strip()


def _check_names(names: object) -> None:
    if isinstance(names, str) or not isinstance(names, Sequence):
        raise OptionError(
            "the names of columns are a list", where=repr(names), fix='write ["A", "B"], one text a column'
        )
    for name in names:
        if not isinstance(name, str) or not name.strip() or not name.isprintable():
            raise OptionError(
                "a column is called by a text that can be printed",
                where=repr(name),
                fix="rename the column",
            )
    if len(set(names)) < len(names):
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        raise OptionError(
            f'"{twice}" is named twice', where=f"names: {', '.join(names)}", fix="name each column once"
        )


def _declared(levels: Mapping[str, int], names: Sequence[str]) -> Mapping[str, int]:
    for name, number in levels.items():
        if name not in names:
            near = nearest(name, names)
            raise UnknownNameError(
                f'levels are declared for "{name}", which is not analysed',
                where=f"levels; the analysis has {', '.join(names)}",
                fix=f'did you mean "{near}"?' if near else "use one of these names",
            )
        if isinstance(number, bool) or not isinstance(number, int) or not 2 <= number <= 100:
            raise OptionError(
                "the number of categories is a whole number from 2 to 100",
                where=f"levels: {name}={number!r}",
                fix="declare how many categories the factor has, such as 3 for codes 0, 1, 2",
            )
    return levels


def _free_outcome(name: str, places: Sequence[int], cases: Sequence[str]) -> ConcausaError:
    named = ", ".join(cases[place] for place in list(places)[:5])
    return DataError(
        f'the outcome "{name}" says don\'t care',
        where=f"column {name}, case{'s' if len(places) > 1 else ''} {named}",
        fix="only conditions may be left open; give the outcome a score, or leave out these cases",
    )
