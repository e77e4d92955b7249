"""Directional expectations: what theory says about the part that each condition plays in the outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest
from concausa.expr.boolean import And, Expression, Name, Not, OneOf, format_expression, parse
from concausa.qca.box import Box
from concausa.qca.factor import Factor, literal
from concausa.qca.region import region

#: What a call may be given: a value (or several) a condition, None for no expectation; or text.
Expected: TypeAlias = "Mapping[str, int | Sequence[int] | None] | str | Sequence[str]"


@dataclass(frozen=True, slots=True)
class Expectations:
    """Expectations over the conditions of one truth table.

    Parameters
    ----------
    values : tuple of int
        One a condition: bit *v* is set where value *v* is expected to help the outcome; 0 for none.
    conjunctions : tuple of Box
        Combinations that are expected to help as a whole.
    text : str
        The expectations as one would type them: ``A, ~B, MV{1,2}, C*~D``.
    """

    values: tuple[int, ...]
    conjunctions: tuple[Box, ...] = ()
    text: str = ""

    def __bool__(self) -> bool:
        return any(self.values) or bool(self.conjunctions)


def read_expectations(text: str) -> dict[str, int | tuple[int, ...] | None]:
    """Expectations written in one line, as the command line takes them.

    Parameters
    ----------
    text : str
        Separated by commas: ``A`` (its presence helps), ``~B`` (its absence helps), ``MV{1,2}`` (either of
        these values), ``C*~D`` (the combination as a whole).

    Returns
    -------
    dict
        As ``minimize`` takes it; true and false say that the presence or absence of a set helps, numbers that a
        value of a multi-value condition does.

    Raises
    ------
    OptionError
        If a piece is no literal and no conjunction, or a condition is named twice.
    ExpressionError
        If a piece cannot be read.

    Examples
    --------
    >>> read_expectations("A, ~B, MV{1,2}, C*~D")
    {'A': True, 'B': False, 'MV': (1, 2), 'C*~D': True}
    """
    found: dict[str, int | tuple[int, ...] | None] = {}
    for piece in _pieces(text):
        key, value = _read(parse(piece), piece)
        if key in found:
            raise _twice(key, text)
        found[key] = value
    return found


def expectations(given: Expected | None, conditions: Sequence[Factor]) -> Expectations:
    """Expectations for the conditions of a truth table, checked.

    Raises
    ------
    UnknownNameError
        If a condition is not in the table; the nearest name is given.
    OptionError
        If an expected value is none that the condition has, or all of them.

    Examples
    --------
    >>> expectations({"A": 1, "B": None}, [Factor("A", "crisp"), Factor("B", "crisp")]).text
    'A'
    """
    if given is None or len(given) == 0:
        return Expectations((0,) * len(conditions))
    if isinstance(given, str):
        given = read_expectations(given)
    elif not isinstance(given, Mapping):
        given = read_expectations(", ".join(given))
    if all(value is None or type(value) is int for value in given.values()):
        return _of_items(tuple(given.items()), tuple(conditions))
    return _checked(given, conditions)


@lru_cache(maxsize=64)
def _of_items(given: tuple[tuple[str, Any], ...], conditions: tuple[Factor, ...]) -> Expectations:
    return _checked(dict(given), conditions)


def _checked(given: Mapping[str, int | Sequence[int] | None], conditions: Sequence[Factor]) -> Expectations:
    places = {factor.name: place for place, factor in enumerate(conditions)}
    values = [0] * len(conditions)
    conjunctions: list[Box] = []
    words: list[str] = []
    literals: set[str] = set()
    for key, value in given.items():
        if key in places:
            factor = conditions[places[key]]
            expected = _expected(factor, value)
            values[places[key]] = sum(1 << v for v in expected)
            words += _literals(factor, expected)
            continue
        tree = parse(key)
        if isinstance(tree, Not | OneOf):
            name, expected = _of_literal(key, tree, value, conditions)
            if name in given or name in literals:
                raise _twice(name, f"expectations: {key!r}: {value!r}")
            literals.add(name)
            values[places[name]] = sum(1 << v for v in expected)
            words += _literals(conditions[places[name]], expected)
            continue
        if not isinstance(tree, And):
            raise _unknown(key, tree, conditions)
        if value is None:
            continue
        if value != 1:
            raise OptionError(
                "a combination is expected to help as a whole",
                where=f"expectations: {key!r}: {value!r}",
                fix=f"write {key!r}: 1, or turn the signs of its conditions around",
            )
        conjunctions += region(tree, conditions)
        words.append(format_expression(tree))
    return Expectations(tuple(values), tuple(conjunctions), ", ".join(words))


def _of_literal(
    key: str, tree: Expression, value: object, conditions: Sequence[Factor]
) -> tuple[str, tuple[int, ...]]:
    """The condition and the expected values behind a key such as ``~A`` or ``MV{1,2}``."""
    name, meant = _read(tree, key)
    factor = next((factor for factor in conditions if factor.name == name), None)
    if factor is None:
        raise _unknown(name, Name(name), conditions)
    if value is None:
        return name, ()
    if value != 1:
        raise OptionError(
            "a literal is expected to help, or there is no expectation",
            where=f"expectations: {key!r}: {value!r}",
            fix=f"write {key!r}: 1, or name the condition and its value: {name!r}: 1",
        )
    return name, _expected(factor, meant)


def _twice(name: str, where: str) -> OptionError:
    return OptionError(
        f"two expectations are given for {name}",
        where=where,
        fix="give one; a condition that may work either way has no expectation: leave it out",
    )


def _pieces(text: str) -> list[str]:
    pieces, depth, quoted = [""], 0, False
    for sign in text:
        quoted ^= sign == '"'
        if not quoted:
            depth += (sign in "{[") - (sign in "}]")
            if sign == "," and depth == 0:
                pieces.append("")
                continue
        pieces[-1] += sign
    return [piece.strip() for piece in pieces if piece.strip()]


def _read(tree: Expression, piece: str) -> tuple[str, int | tuple[int, ...]]:
    match tree:
        case Name(name):
            return name, True
        case Not(Name(name)):
            return name, False
        case OneOf(name, values):
            return name, values[0] if len(values) == 1 else tuple(values)
        case And(parts) if all(isinstance(part, Name | OneOf) or _negated(part) for part in parts):
            return format_expression(tree), True
    raise OptionError(
        "an expectation is one condition or one combination of conditions",
        where=piece,
        fix="write A, ~A, A{1,2} or A*~B, separated by commas",
    )


def _negated(part: Expression) -> bool:
    return isinstance(part, Not) and isinstance(part.part, Name | OneOf)


def _expected(factor: Factor, value: object) -> tuple[int, ...]:
    if value is None:
        return ()
    given = tuple(value) if isinstance(value, list | tuple | set | frozenset) else (value,)
    for one in given:
        if isinstance(one, bool) and factor.kind == "multi-value":
            name = format_expression(Name(factor.name))
            raise OptionError(
                f"{factor.name} has several values: say which are expected",
                where=f"expectations: {name if one else f'~{name}'}",
                fix=f"write {name}{{1}}, or several: {name}{{1,2}}",
            )
        if not isinstance(one, int) or one not in factor.values:
            raise OptionError(
                f"{one!r} is no value of {factor.name}",
                where=f"expectations: {factor.name!r}: {value!r}",
                fix=f"one of {', '.join(map(str, factor.values))}, or None for no expectation",
            )
    expected = tuple(sorted({int(one) for one in given}))
    if len(expected) == len(factor.values):
        raise OptionError(
            f"every value of {factor.name} is expected to help",
            where=f"expectations: {factor.name!r}: {value!r}",
            fix="a condition that may work either way has no expectation: None, or leave it out",
        )
    return expected


def _literals(factor: Factor, expected: tuple[int, ...]) -> list[str]:
    if len(expected) < 2:
        return [literal(factor, value) for value in expected]
    name = format_expression(Name(factor.name))
    return [f"{name}{{{','.join(map(str, expected))}}}"]


def _unknown(key: str, tree: Expression, conditions: Sequence[Factor]) -> Exception:
    names = [factor.name for factor in conditions]
    if isinstance(tree, Not | OneOf) or not isinstance(tree, Name):
        return OptionError(
            "an expectation is keyed by a condition or by a conjunction of conditions",
            where=f"expectations: {key!r}",
            fix='write {"A": 1, "B": 0, "C*~D": 1}, or the text "A, ~B, C*~D"',
        )
    near = nearest(key, names)
    return UnknownNameError(
        f'an expectation is given for "{key}", which is no condition of the table',
        where=f"conditions: {', '.join(names)}",
        fix=f'did you mean "{near}"?' if near else "use one of these names",
    )
