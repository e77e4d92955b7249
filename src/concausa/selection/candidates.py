"""Candidates: the units that could be studied, with their covariates as numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from numbers import Real
from typing import Any, Literal, Never, cast, get_args

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import DataError, OptionError, UnknownNameError
from concausa.core.frame import columns_of
from concausa.core.misspelt import refuse_misspelt
from concausa.core.nearest import nearest
from concausa.selection.stray import is_number, refuse_stray

Floats = NDArray[np.float64]

Kind = Literal["numeric", "log", "ordinal", "binary", "category"]
Role = Literal["match", "exact", "outcome", "cause", "beside"]

KINDS: tuple[Kind, ...] = get_args(Kind)
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True, eq=False)
class Covariate:
    """One property of all candidates.

    Parameters
    ----------
    name : str
    values : array of float, shape (units,)
        nan where missing. Numbers as given (of a ``log`` covariate too), 0 and 1 of a binary one, places
        in *levels* of an ordinal one or a category.
    kind : str
        ``numeric`` · ``log`` (compared by the natural logarithm) · ``ordinal`` (equal steps between levels) ·
        ``binary`` · ``category`` (alike or not).
    role : str
        ``match`` (similarity is judged by it) · ``exact`` (pairs must agree on it) · ``outcome`` · ``cause`` ·
        ``beside`` (shown, never used).
    levels : tuple of str
        Of an ordinal covariate, in order, or of a category.
    label, measured_in : str
        For readers.
    """

    name: str
    values: Floats
    kind: Kind = "numeric"
    role: Role = "match"
    levels: tuple[str, ...] = ()
    label: str = ""
    measured_in: str = ""

    @property
    def scores(self) -> Floats:
        """The numbers that are compared: logarithms of a ``log`` covariate, else the values."""
        return np.log(self.values) if self.kind == "log" else self.values

    @property
    def missing(self) -> NDArray[np.bool_]:
        """Which units lack it."""
        return np.isnan(self.values)

    def text(self, at: int) -> str:
        """The value of a unit as one would write it; empty where it is missing."""
        value = float(self.values[at])
        if math.isnan(value):
            return ""
        if self.levels:
            return self.levels[int(value)]
        if self.kind == "binary":
            return "yes" if value else "no"
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Units and their covariates.

    Parameters
    ----------
    units : tuple of str
        Names, each once.
    covariates : tuple of Covariate
        Each with a value, or a gap, a unit.
    names : mapping of str to str
        Full names of units, for readers.
    """

    units: tuple[str, ...]
    covariates: tuple[Covariate, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    def of(self, *roles: Role) -> tuple[Covariate, ...]:
        """The covariates with these roles, in order."""
        return tuple(one for one in self.covariates if one.role in roles)

    def covariate(self, name: str) -> Covariate:
        """The covariate of that name; UnknownNameError with the nearest."""
        for one in self.covariates:
            if one.name == name:
                return one
        known = [one.name for one in self.covariates]
        near = nearest(name, known)
        raise UnknownNameError(
            f"there is no covariate {name!r}",
            where=f"covariates: {', '.join(known)}",
            fix=f"did you mean {near}?" if near else "use one of these names",
        )

    def place(self, unit: str) -> int:
        """The row of a unit; UnknownNameError with the nearest."""
        if unit in self.units:
            return self.units.index(unit)
        near = nearest(unit, self.units)
        raise UnknownNameError(
            f"there is no candidate {unit!r}",
            where=f"candidates: {', '.join(self.units[:12])}{' …' if len(self.units) > 12 else ''}",
            fix=f"did you mean {near}?" if near else "name one of the candidates",
        )

    def recast(self, **roles: Role) -> Candidates:
        """The same candidates with other roles of some covariates, such as ``party="exact"``."""
        for name, role in roles.items():
            self.covariate(name)
            check_word("role", role, ROLES)
        return replace(
            self,
            covariates=tuple(replace(one, role=roles.get(one.name, one.role)) for one in self.covariates),
        )

    def only(self, kept: Sequence[int]) -> Candidates:
        """The candidates of some rows."""
        rows = list(kept)
        own = tuple(replace(one, values=one.values[rows]) for one in self.covariates)
        return replace(self, units=tuple(self.units[row] for row in rows), covariates=own)

    def __repr__(self) -> str:
        return f"<Candidates: {len(self.units)} units, {', '.join(one.name for one in self.covariates)}>"


def candidates(
    frame: object,
    *,
    covariates: Sequence[str],
    units: str | Sequence[str] | None = None,
    exact: Sequence[str] = (),
    outcome: str | None = None,
    cause: Sequence[str] = (),
    beside: Sequence[str] = (),
    kinds: Mapping[str, str] | None = None,
    levels: Mapping[str, Sequence[str]] | None = None,
    labels: Mapping[str, str] | None = None,
    **unknown: Never,
) -> Candidates:
    """The candidates that a frame holds.

    Parameters
    ----------
    frame : mapping, pandas or polars data frame, or list of records
        A row a unit.
    covariates : sequence of str
        Columns by which similarity is judged.
    units : str or sequence of str, optional
        The column with the names of the units, or the names; a frame with named rows needs neither.
    exact : sequence of str
        Columns on which the two of a pair must agree.
    outcome : str, optional
        The column of the outcome.
    cause : sequence of str
        Columns of causes whose effect is asked for.
    beside : sequence of str
        Columns that are only shown.
    kinds : mapping of str to str, optional
        ``numeric``, ``log``, ``ordinal``, ``binary`` or ``category``. A column that is not named is numeric
        if it holds numbers, binary if it holds truth values, else a category.
    levels : mapping of str to sequence of str, optional
        The levels of each ordinal column of texts, in rising order.
    labels : mapping of str to str, optional

    Returns
    -------
    Candidates
        Gaps (None, nan, empty text) stay gaps.

    Raises
    ------
    DataError
        If a unit stands twice, a column holds what its kind does not allow, a column without a kind holds texts
        among numbers, or there are fewer than 2 units.
    UnknownNameError
        If the frame has no such column.
    OptionError
        If a column has two roles, or a kind does not exist.

    Examples
    --------
    >>> found = candidates(
    ...     {"state": ["A", "B", "C"], "size": [1, 10, 100], "party": ["pri", "pan", "pri"]},
    ...     units="state", covariates=["size", "party"], kinds={"size": "log"},
    ... )
    >>> found
    <Candidates: 3 units, size, party>
    >>> found.covariate("party").levels
    ('pan', 'pri')
    """
    refuse_misspelt(unknown, candidates)
    roles = _roles(covariates, exact, outcome, cause, beside)
    known_kinds, known_levels = dict(kinds or {}), dict(levels or {})
    for option, named in (("kinds", known_kinds), ("levels", known_levels), ("labels", labels or {})):
        for name in named:
            if name not in roles:
                near = nearest(name, roles)
                raise OptionError(
                    f"{option} names {name!r}, which is no covariate",
                    where=f"{option}={{{name!r}: …}}",
                    fix=f"did you mean {near}?" if near else f"covariates: {', '.join(roles)}",
                )
    for name, kind in known_kinds.items():
        check_word(f"kind of {name}", kind, KINDS)
    read = columns_of(frame, [*roles, *([units] if isinstance(units, str) else [])])
    names = _names(read.values[-1] if isinstance(units, str) else units or read.index, read.n)
    own = tuple(
        covariate(
            name,
            list(read.values[at]),
            names,
            kind=cast("Kind | None", known_kinds.get(name)),
            role=role,
            levels=tuple(str(level) for level in known_levels.get(name, ())),
            label=(labels or {}).get(name, ""),
        )
        for at, (name, role) in enumerate(roles.items())
    )
    return Candidates(names, own)


def covariate(
    name: str,
    cells: Sequence[Any],
    units: Sequence[str],
    *,
    kind: Kind | None = None,
    role: Role = "match",
    levels: tuple[str, ...] = (),
    label: str = "",
    measured_in: str = "",
) -> Covariate:
    """A covariate from its cells, one a unit; DataError for a cell that its kind does not allow."""
    there = [None if _gap(cell) else cell for cell in cells]
    filled = [cell for cell in there if cell is not None]
    if kind is None:
        kind = _kind(filled)
        if kind == "category":
            refuse_stray(name, there, units)
    if kind == "category" or (kind == "ordinal" and (levels or not all(map(is_number, filled)))):
        if kind == "ordinal" and not levels:
            raise DataError(
                f"{name} is ordinal, and nothing tells the order of its levels",
                where=f"{name}: {', '.join(sorted({str(cell) for cell in filled})[:6])}",
                fix=f'name them in rising order: levels={{"{name}": ["low", …]}}',
            )
        known = levels or tuple(sorted({str(cell) for cell in filled}))
        values = [_level(name, cell, known, unit) for cell, unit in zip(there, units, strict=True)]
        return Covariate(name, _array(values), kind, role, known, label, measured_in)
    values = [_number(name, kind, cell, unit) for cell, unit in zip(there, units, strict=True)]
    if kind == "ordinal":
        steps = sorted({value for value in values if value is not None})
        places = {value: float(at) for at, value in enumerate(steps)}
        known = tuple(f"{step:g}" for step in steps)
        own = [None if value is None else places[value] for value in values]
        return Covariate(name, _array(own), kind, role, known, label, measured_in)
    return Covariate(name, _array(values), kind, role, (), label, measured_in)


def check_word(option: str, value: object, allowed: Sequence[str]) -> None:
    """OptionError for a word that is not one of those allowed."""
    if value in allowed:
        return
    near = nearest(value, allowed) if isinstance(value, str) else None
    raise OptionError(
        f"there is no {option} {value!r}",
        where=f"{option}={value!r}",
        fix=(f"did you mean {near!r}? " if near else "") + f"one of {', '.join(allowed)}",
    )


def _roles(
    covariates: Sequence[str],
    exact: Sequence[str],
    outcome: str | None,
    cause: Sequence[str],
    beside: Sequence[str],
) -> dict[str, Role]:
    roles: dict[str, Role] = {}
    given: tuple[tuple[Role, Sequence[str]], ...] = (
        ("match", covariates), ("exact", exact), ("outcome", () if outcome is None else (outcome,)),
        ("cause", cause), ("beside", beside),
    )  # fmt: skip
    for role, listed in given:
        if isinstance(listed, str):
            raise OptionError(
                f"{listed!r} is one name where several are asked for", where=role, fix=f"write [{listed!r}]"
            )
        for name in listed:
            if name in roles:
                raise OptionError(
                    f"{name} is named twice: as {roles[name]} and as {role}",
                    where=name,
                    fix="give each column one role",
                )
            roles[name] = role
    return roles


def _names(given: Sequence[Any] | None, n: int) -> tuple[str, ...]:
    names = tuple(str(at + 1) for at in range(n)) if given is None else tuple(str(name) for name in given)
    if len(names) != n:
        raise DataError(
            f"there are {len(names)} names for {n} units", where="units", fix="give a name for each row"
        )
    for name in names:
        if names.count(name) > 1:
            raise DataError(
                f"the unit {name} stands in {names.count(name)} rows",
                where="units",
                fix="give each unit one row: a unit in several periods needs a name a period",
            )
    if n < 2:
        raise DataError(f"two units make a pair, and there are {n}", where="units", fix="give at least two")
    return names


def _gap(cell: object) -> bool:
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return True
    return isinstance(cell, Real) and math.isnan(float(cell))


def _kind(filled: Sequence[Any]) -> Kind:
    if all(isinstance(cell, bool | np.bool_) for cell in filled) and filled:
        return "binary"
    return "numeric" if all(map(is_number, filled)) else "category"


def _level(name: str, cell: Any, known: Sequence[str], unit: str) -> float | None:
    if cell is None:
        return None
    text = str(cell)
    if text not in known:
        near = nearest(text, known)
        raise DataError(
            f"{name} of {unit} is {text!r}, which is none of its levels",
            where=f"{name}: {', '.join(known)}",
            fix=f"did you mean {near!r}?" if near else "add the level, or mend the cell",
        )
    return float(known.index(text))


def _number(name: str, kind: Kind, cell: Any, unit: str) -> float | None:
    if cell is None:
        return None
    number = float(cell) if isinstance(cell, Real | np.bool_) else math.nan
    if not math.isfinite(number):
        raise DataError(
            f"{name} of {unit} is {cell!r}, which is no number",
            where=f"{name}: {kind}",
            fix=f'mend the cell, or declare {name} a "category"',
        )
    if kind == "log" and number <= 0:
        raise DataError(
            f"{name} of {unit} is {number:g}, which has no logarithm",
            where=f"{name}: log",
            fix=f'declare {name} "numeric", or leave the cell empty where nothing was counted',
        )
    if kind == "binary" and number not in (0, 1):
        raise DataError(
            f"{name} of {unit} is {number:g}, which is neither 0 nor 1",
            where=f"{name}: binary",
            fix=f'declare {name} "numeric" or "category"',
        )
    return number


def _array(values: Sequence[float | None]) -> Floats:
    return np.array([math.nan if value is None else value for value in values], dtype=np.float64)
