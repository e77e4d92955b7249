"""The names of dynamic models: what each symbol of a model stands for, and formulas over them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from concausa.core.circles import circles
from concausa.core.errors import FormulaError
from concausa.core.nearest import nearest, some
from concausa.core.problem import Problem
from concausa.expr.formula import (
    COMPARISONS,
    FUNCTIONS,
    Call,
    Formula,
    Lookup,
    Name,
    Number,
    Operation,
    parse,
    walk,
)
from concausa.study.pointing import pointed
from concausa.study.rows import Rows
from concausa.theory.dynamic_spec import QuantitySpec

_FORM = "write arithmetic over the model's symbols, such as max(L, I * C)"
_SYMBOL = re.compile(r"[^\W\d]\w*")
#: Kinds whose values come from outside the model.
INPUTS = ("levels", "pulse", "step", "window")


@dataclass(frozen=True, slots=True)
class Symbols:
    """The symbols of every dynamic model of a study.

    Parameters
    ----------
    of : mapping of model to (mapping of symbol to QuantitySpec)
        The first row that bears a symbol.
    whole : bool
        Whether the table could be read whole; if not, names are not judged.
    """

    of: Mapping[str, Mapping[str, QuantitySpec]]
    whole: bool = True

    def known(self, model: str) -> Mapping[str, QuantitySpec]:
        """The symbols of one model; none if there is no such model."""
        return self.of.get(model, {})

    def named(self, model: str, symbol: str, kinds: Collection[str]) -> bool:
        """Whether a model has a symbol of one of some kinds, as far as that can be judged."""
        row = self.known(model).get(symbol)
        return not self.whole or (row is not None and row.kind in kinds)

    def unknown(self, model: str, word: str, kinds: Collection[str] = ()) -> tuple[str, str]:
        """What is wrong with a name that a model does not have, or not of these kinds, and what to do."""
        own = self.known(model)
        fitting = [symbol for symbol, row in own.items() if not kinds or row.kind in kinds]
        near = nearest(word, fitting)
        if word in own:
            fix = f"did you mean {near}?" if near else f"name one of {some(fitting)}" if fitting else ""
            return (
                f"{word} of {model} is of the kind {own[word].kind}",
                fix or f"declare a {_either(kinds)} first",
            )
        elsewhere = [other for other, symbols in self.of.items() if word in symbols]
        what = f"{model} has no {word!r}" + (f": it belongs to {elsewhere[0]}" if elsewhere else "")
        if near:
            return what, f"did you mean {near}?"
        return what, f"one of {some(fitting)}" if fitting else f"add it to dynamic_quantities of {model}"


def _either(kinds: Collection[str]) -> str:
    return " or ".join(kinds)


def symbol_problems(quantities: Rows) -> Iterator[Problem]:
    """Symbols that no formula can hold, and those that a model has twice."""
    first: dict[tuple[str, str], int] = {}
    for row, spec in enumerate(quantities.nouns):
        column = "symbol" if spec.symbol else "id"
        if not spec.name:
            continue
        if not _SYMBOL.fullmatch(spec.name) or spec.name in FUNCTIONS:
            what = (
                f"{spec.name} is a function of formulas"
                if spec.name in FUNCTIONS
                else f"{spec.name!r} cannot stand in a formula"
            )
            fix = "give a symbol of letters, digits and _ that starts with a letter, such as C"
            yield quantities.problem(row, column, "wrong-form", what, value=spec.name, fix=fix)
        key = spec.model, spec.name
        if key in first:
            line = quantities.raw.line(first[key], "id")
            what = f"{spec.model} already has a symbol {spec.name} on line {line}"
            fix = "give one of them another symbol"
            yield quantities.problem(row, column, "stated-twice", what, value=spec.name, fix=fix)
        first.setdefault(key, row)


def symbols_of(quantities: Rows, *, whole: bool = True) -> Symbols:
    """The symbols of every model."""
    found: dict[str, dict[str, QuantitySpec]] = {}
    for spec in quantities.nouns:
        found.setdefault(spec.model, {}).setdefault(spec.name, spec)
    return Symbols(found, whole)


def formula_faults(
    rows: Rows, row: int, column: str, text: str, model: str, symbols: Symbols
) -> Iterator[Problem]:
    """What is wrong with one formula of a model."""
    try:
        parts = tuple(walk(parse(text)))
    except FormulaError as error:
        what = pointed(error, text)
        yield rows.problem(row, column, "broken-formula", what, value=text, fix=error.fix or _FORM)
        return
    told: set[str] = set()
    for part in parts:
        if isinstance(part, Name):
            if symbols.whole and part.id not in symbols.known(model) and part.id not in told:
                told.add(part.id)
                what, fix = symbols.unknown(model, part.id)
                yield rows.problem(row, column, "unknown-name", what, value=part.id, fix=fix)
        elif fault := _fault(part):
            yield rows.problem(row, column, "wrong-form", fault[0], value=text, fix=fault[1])


def _fault(part: Formula) -> tuple[str, str] | None:
    match part:
        case Lookup(name):
            return f"a dynamic model looks nothing up, as {name}[…] would", _FORM
        case Operation(operator) if operator in COMPARISONS:
            return f"a formula of a dynamic model compares nothing, as {operator} would", _FORM
        case Number(_, unit) if unit:
            return f"numbers of a dynamic model have no unit, as {{{unit}}} would be", "leave the unit out"
        case Call(function, arguments):
            if function == "abs" and len(arguments) > 1:
                return f"abs takes one number, not {len(arguments)}", "write abs(a - b)"
    return None


def circle_problems(quantities: Rows, symbols: Symbols) -> Iterator[Problem]:
    """Formulas that need each other, round in a circle."""
    place = {(spec.model, spec.name): row for row, spec in enumerate(quantities.nouns)}
    for model, own in symbols.of.items():
        formulas = [symbol for symbol, spec in own.items() if spec.kind == "formula"]
        at = {symbol: number for number, symbol in enumerate(formulas)}
        links = [[at[name] for name in _names(own[symbol]) if name in at] for symbol in formulas]
        for circle in circles(links).circles:
            round_ = _in_order(circle, links)
            path = " -> ".join(formulas[number] for number in (*round_, round_[0]))
            row = place[model, formulas[round_[0]]]
            yield quantities.problem(
                row, "formula", "circle", f"formulas need each other in a circle: {path}",
                value=quantities.nouns[row].formula,
                fix="make one of them a stock, which remembers the year before, or leave a name out",
            )  # fmt: skip


def _in_order(circle: tuple[int, ...], links: list[list[int]]) -> list[int]:
    """One way round, from the first member on."""
    inside = set(circle)
    path = [min(circle)]
    while True:
        following = next(there for there in links[path[-1]] if there in inside)
        if following in path:
            return path[path.index(following) :]
        path.append(following)


def _names(spec: QuantitySpec) -> list[str]:
    return [name for text in (spec.formula, spec.without) for name in names_in(text)]


def names_in(text: str) -> tuple[str, ...]:
    """The names in a formula, each once; none if it cannot be read."""
    try:
        return tuple(dict.fromkeys(part.id for part in walk(parse(text)) if isinstance(part, Name)))
    except FormulaError:
        return ()
