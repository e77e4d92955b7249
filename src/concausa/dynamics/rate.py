"""Rates: formulas over the quantities of a model, read once and worked out on arrays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from concausa.core.nearest import nearest, some
from concausa.expr.formula import COMPARISONS, Call, Formula, Lookup, Minus, Name, Number, caret, parse, walk

Values = npt.NDArray[np.float64]
Worked = Callable[[Mapping[str, Values]], Any]


@dataclass(frozen=True, slots=True)
class Rate:
    """A formula that can be worked out on arrays.

    Parameters
    ----------
    text : str
        As written.
    names : tuple of str
        The quantities that it names, each once.
    work : callable
        From the values of these names, broadcast together, to its own values.
    """

    text: str
    names: tuple[str, ...]
    work: Worked


@lru_cache(maxsize=4096)
def read_rate(text: str) -> Rate:
    """Read a formula over quantities of a model.

    Parameters
    ----------
    text : str
        Names, numbers, ``+ - * /``, parentheses, ``min``, ``max``, ``sum``, ``mean`` and ``abs``.

    Raises
    ------
    FormulaError
        If it cannot be read, or holds a comparison, a look-up or a unit.

    Examples
    --------
    >>> rate = read_rate("max(L, I * max(B, C))")
    >>> rate.names
    ('L', 'I', 'B', 'C')
    >>> float(rate.work({"L": np.array(0.2), "I": np.array(0.5), "B": np.array(0.8), "C": np.array(0.1)}))
    0.4
    """
    tree = parse(text)
    for part in walk(tree):
        if isinstance(part, Lookup):
            what = f"{part.name}[…] looks something up, and a dynamic model knows its own quantities alone"
            raise caret(text, part.at, what, fix="name a quantity of the model")
        if isinstance(part, Number) and part.unit:
            raise caret(text, part.at, "a number of a dynamic model has no unit", fix="leave the unit out")
        if getattr(part, "operator", "") in COMPARISONS:
            what = "a rate is a number, not a comparison"
            raise caret(text, getattr(part, "at", 0), what, fix="write max(0, a - b) for what exceeds")
    names = tuple(dict.fromkeys(part.id for part in walk(tree) if isinstance(part, Name)))
    return Rate(text, names, _worked(tree))


def refuse_unknown(rate: Rate, known: Collection[str], what: str) -> None:
    """FormulaError, with a caret, at the first name of *rate* that is not *known* as a *what*."""
    for part in walk(parse(rate.text)):
        if isinstance(part, Name) and part.id not in known:
            near = nearest(part.id, known)
            fix = f"did you mean {near}?" if near else f"one of {some(list(known))}"
            raise caret(rate.text, part.at, f"there is no {what} {part.id}", fix=fix)


def _worked(tree: Formula) -> Worked:
    match tree:
        case Number(value):
            constant = np.float64(value)
            return lambda values: constant
        case Name(id):
            return lambda values: values[id]
        case Minus(inner):
            negated = _worked(inner)
            return lambda values: -negated(values)
        case Call(function, arguments):
            parts = tuple(_worked(argument) for argument in arguments)
            return _called(function, parts)
        case Lookup():
            raise AssertionError("look-ups are refused when a rate is read")
        case _:
            left, right, join = _worked(tree.left), _worked(tree.right), _JOIN[tree.operator]
            return lambda values: join(left(values), right(values))


def _called(function: str, parts: tuple[Worked, ...]) -> Worked:
    if function == "mean":
        return lambda values: reduce(np.add, (part(values) for part in parts)) / len(parts)
    if function == "abs":
        return lambda values: np.abs(parts[0](values))
    join = {"sum": np.add, "min": np.minimum, "max": np.maximum}[function]
    return lambda values: reduce(join, (part(values) for part in parts))


_JOIN: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
}
