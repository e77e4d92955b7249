"""How far cases are in an expression: its truth value over a data set."""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import DataError, ExpressionError, ScaleError, UnknownNameError
from concausa.core.nearest import nearest
from concausa.expr.algebra import tree
from concausa.expr.tree import And, Atom, Comparison, Constant, Expression, Name, Not, OneOf, Or, atoms

Scores = NDArray[np.float64]


def membership(expression: str | Expression, columns: Mapping[str, Any]) -> Scores:
    """The membership of every case in an expression.

    Least of the parts for *and*, greatest for *or*, 1 − m for *not*; ``BC{1,2}`` is 1 where the code is 1
    or 2, else 0. Nothing is simplified first: a case at 0.4 in A is at 0.4 in ``A*~A`` too.

    Parameters
    ----------
    columns : mapping of str to array-like, each of shape (cases,)
        Memberships in [0, 1] for what stands as a set, whole numbers from 0 for what stands with braces.
        Columns that the expression does not name are not read.

    Returns
    -------
    array of float, shape (cases,)
        In [0, 1]; without cases if nothing says how many there are.

    Raises
    ------
    UnknownNameError
        If there is no such column.
    DataError
        If columns differ in length, are not a row of numbers, or lack a value.
    ScaleError
        If a membership lies outside [0, 1], or a code is not a whole number from 0.
    ExpressionError
        If the text cannot be read, or compares a condition with a level.

    Examples
    --------
    >>> membership("A*~B + BC{2}", {"A": [0.9, 0.2, 0.1], "B": [0.3, 0, 0.5], "BC": [0, 1, 2]}).tolist()
    [0.7, 0.2, 1.0]

    References
    ----------
    .. [1] Zadeh (1965), *Information and Control* 8(3), 338-353.
       https://doi.org/10.1016/S0019-9958(65)90241-X
    """
    whole = tree(expression)
    scores: dict[tuple[str, bool], Scores] = {}
    for atom in atoms(whole):
        key = (atom.name, isinstance(atom, OneOf))
        if key not in scores:
            scores[key] = _column(atom, columns, whole)
    lengths = {name: len(column) for (name, _), column in scores.items()}
    if len(set(lengths.values())) > 1:
        raise DataError(
            "the columns have different numbers of cases",
            where=", ".join(f"{name}: {length}" for name, length in lengths.items()),
        )
    return _member(whole, scores, _cases(lengths, columns))


def _member(expression: Expression, scores: Mapping[tuple[str, bool], Scores], cases: int) -> Scores:
    match expression:
        case Name(name):
            return scores[name, False].copy()
        case OneOf(name, values):
            return np.isin(scores[name, True], values).astype(np.float64)
        case Constant(value):
            return np.full(cases, float(value))
        case Not(part):
            return 1.0 - _member(part, scores, cases)
        case And(parts):
            least: Scores = np.minimum.reduce([_member(part, scores, cases) for part in parts])
            return least
        case Or(parts):
            greatest: Scores = np.maximum.reduce([_member(part, scores, cases) for part in parts])
            return greatest
        case Comparison():
            raise AssertionError(expression)


def _column(atom: Atom, columns: Mapping[str, Any], whole: Expression) -> Scores:
    if isinstance(atom, Comparison):
        raise ExpressionError(
            f"{atom} compares levels, and a data set holds memberships or codes",
            where=str(whole),
            fix=f"take it as a set ({Name(atom.name)}) or by its codes ({OneOf(atom.name, (1,))})",
        )
    if atom.name not in columns:
        near = nearest(atom.name, map(str, columns))
        raise UnknownNameError(
            f"there is no column {atom.name!r}",
            where=str(whole),
            fix=f"did you mean {near!r}?" if near else f"columns: {', '.join(map(str, columns)) or 'none'}",
        )
    scores = _numbers(atom.name, columns[atom.name])
    _refuse(np.isnan(scores), DataError, "a value is missing", atom, scores, "leave these cases out")
    if isinstance(atom, OneOf):
        broken = (scores < 0) | (scores != np.floor(scores)) | np.isinf(scores)
        fix = f"codes are 0, 1, 2 …; take a fuzzy set as {Name(atom.name)}"
        _refuse(broken, ScaleError, "a code is not a whole number from 0", atom, scores, fix)
    else:
        broken = (scores < 0) | (scores > 1)
        fix = f"calibrate raw data first; ask for a code as in {OneOf(atom.name, (1,))}"
        _refuse(broken, ScaleError, "a membership lies outside 0 to 1", atom, scores, fix)
    return scores


def _numbers(name: str, column: Any) -> Scores:
    found = np.asarray(column)
    if found.ndim != 1:
        raise DataError("a column holds one number a case", where=f"column {name!r}, shape {found.shape}")
    if found.dtype.kind == "O":
        text = next((one for one in found if not (one is None or isinstance(one, Real))), None)
    else:
        text = None if found.dtype.kind in "biuf" or not len(found) else found[0]
    if text is not None:
        raise DataError(
            "a column is not made of numbers", where=f"column {name!r}, which holds {str(text)!r}"
        )
    return found.astype(np.float64)


def _refuse(
    broken: NDArray[np.bool_],
    kind: type[DataError] | type[ScaleError],
    what: str,
    atom: Atom,
    scores: Scores,
    fix: str,
) -> None:
    if broken.any():
        places = np.flatnonzero(broken)
        shown = ", ".join(f"{place + 1} ({scores[place]:g})" for place in places[:5])
        more = f" and {len(places) - 5} more" if len(places) > 5 else ""
        raise kind(what, where=f"column {atom.name!r}, case {shown}{more}", fix=fix)


def _cases(lengths: Mapping[str, int], columns: Mapping[str, Any]) -> int:
    for length in lengths.values():
        return length
    return next((len(columns[name]) for name in columns), 0)
