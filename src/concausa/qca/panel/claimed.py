"""What is diagnosed: terms and models of a solution, expressions that were given, single conditions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from concausa.core.errors import ExpressionError, OptionError
from concausa.expr.algebra import negate, tree
from concausa.expr.evaluate import membership
from concausa.expr.tree import And, Expression, Name, Not, OneOf, Or, atoms, conditions_of
from concausa.qca.case_data import CaseData
from concausa.qca.factor import literal, term_text
from concausa.qca.panel.diagnosis import Part
from concausa.qca.solution import Solution

Floats = NDArray[np.float64]

#: Texts with what each is, and the memberships of the cases in them, shape (cases, texts).
Claimed = tuple[list[tuple[str, Part]], Floats]


def read_expressions(given: object, option: str) -> tuple[str, ...]:
    """One expression or several, each as it is written by the package.

    Raises
    ------
    OptionError, ExpressionError
        If *given* is no text and no list of texts, or a text cannot be read.
    """
    texts: Iterable[object] = [given] if isinstance(given, str) else given  # type: ignore[assignment]
    if not isinstance(texts, (list, tuple)) or not all(isinstance(text, str) for text in texts):
        raise OptionError(
            f"{option} is an expression or a list of expressions",
            where=f"{option}={given!r}",
            fix='write "A*B + ~C", or ["A*B", "~C"]',
        )
    return tuple(dict.fromkeys(str(tree(text)) for text in texts))


def named_in(expressions: Sequence[str]) -> tuple[str, ...]:
    """The conditions that some of the expressions name, each once, in the order in which they come."""
    return tuple(dict.fromkeys(name for text in expressions for name in conditions_of(tree(text))))


def of_solution(solution: Solution, data: CaseData, limit: int) -> Claimed:
    """The models of a solution and their terms, each once: models first."""
    models = solution.models[:limit]
    names = solution.truth_table.condition_names
    texts: list[tuple[str, Part]] = []
    columns: list[Floats] = []
    cubes: dict[str, NDArray[np.int8]] = {}
    for model in models:
        x = data.memberships(model.cubes, names)
        if len(model) > 1:
            texts.append((model.expression, "model"))
            columns.append(x.max(axis=1))
        for cube in model.cubes:
            cubes.setdefault(term_text(solution.truth_table.conditions, cube.tolist()), cube)
    for term, cube in cubes.items():
        texts.append((term, "term"))
        columns.append(data.memberships(cube[None, :], names)[:, 0])
    return texts, _side_by_side(columns, data)


def of_expressions(expressions: Sequence[str], data: CaseData) -> Claimed:
    """Expressions that were given. A don't-care score is in no literal of its condition."""
    columns = [expression_membership(data, text) for text in expressions]
    return [(text, "expression") for text in expressions], _side_by_side(columns, data)


def of_conditions(data: CaseData, names: Sequence[str]) -> Claimed:
    """Every single condition and its negation, or every category of it."""
    texts: list[tuple[str, Part]] = []
    columns = []
    for name in names:
        factor = data.factor(name)
        for value in sorted(factor.values, reverse=factor.kind != "multi-value"):
            texts.append((literal(factor, value), "condition"))
            columns.append(data.membership((value,), [name]))
    return texts, _side_by_side(columns, data)


def expression_membership(data: CaseData, expression: str) -> Floats:
    """The membership of every case in an expression over the factors of the data.

    Raises
    ------
    UnknownNameError
        If it names what the data do not have.
    ExpressionError
        If it asks a set for categories, or the other way round.

    Examples
    --------
    >>> from concausa.qca.case_data import case_data
    >>> data = case_data({"A": [1, 0], "B": ["-", 1]}, ["A", "B"])
    >>> expression_membership(data, "A*~B + ~A").tolist()
    [0.0, 1.0]
    """
    whole = tree(expression)
    names = conditions_of(whole)
    for name in names:
        _refuse_unsuited(whole, data, name)
    values = {name: data.factor(name).levels for name in names if data.factor(name).kind == "multi-value"}
    columns = {name: data.column(name) for name in names}
    loose = [name for name, column in columns.items() if np.isnan(column).any()]
    if loose:
        whole = _without_loose(negate(negate(whole, values=values), values=values), loose, columns)
    found = membership(whole, columns) if names else np.full(len(data.cases), float(str(whole) == "1"))
    return np.asarray(found)


def _without_loose(whole: Expression, loose: Sequence[str], columns: dict[str, Floats]) -> Expression:
    """The expression with literals of their own where a case has don't care: it is in none of them."""
    match whole:
        case Name(name) if name in loose:
            columns[f"+{name}"] = np.nan_to_num(columns[name], nan=0.0)
            return Name(f"+{name}")
        case Not(Name(name)) if name in loose:
            columns[f"-{name}"] = np.nan_to_num(1.0 - columns[name], nan=0.0)
            return Name(f"-{name}")
        case OneOf(name, values) if name in loose:
            columns[f"{values}{name}"] = np.isin(columns[name], values).astype(np.float64)
            return Name(f"{values}{name}")
        case And(parts):
            return And(tuple(_without_loose(part, loose, columns) for part in parts))
        case Or(parts):
            return Or(tuple(_without_loose(part, loose, columns) for part in parts))
    return whole


def _refuse_unsuited(whole: Expression, data: CaseData, name: str) -> None:
    kind = data.factor(name).kind
    for atom in atoms(whole):
        if atom.name == name and (isinstance(atom, OneOf) != (kind == "multi-value")) and kind != "crisp":
            fix = f"write {name}{{1}}" if kind == "multi-value" else f"write {name} or ~{name}"
            raise ExpressionError(
                f"{atom} does not suit {name}, a {kind} condition", where=str(whole), fix=fix
            )


def _side_by_side(columns: Sequence[Floats], data: CaseData) -> Floats:
    return np.column_stack(columns) if columns else np.empty((len(data.cases), 0))
