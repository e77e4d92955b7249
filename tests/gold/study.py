"""Published studies as tables, and solutions in a form in which order does not matter."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"

#: A term: its literals. A model: its terms.
Term = frozenset[str]
Model = frozenset[Term]


def _value(text: str) -> int | float | str | None:
    if text in ("", "NA"):
        return None
    for number in (int, float):
        try:
            return number(text)
        except ValueError:
            continue
    return text


def columns(name: str) -> dict[str, list[Any]]:
    """The table of a study, by column; numbers as numbers, NA as None."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {column: [_value(row[column]) for row in rows] for column in rows[0]}


def rising(table: dict[str, list[Any]], name: str, above: float) -> list[int]:
    """1 for values above a threshold, else 0."""
    return [int(value > above) for value in table[name]]


def term(text: str) -> Term:
    """The literals of a conjunction."""
    return frozenset(part.strip() for part in text.split("*"))


def model(text: str) -> Model:
    """A disjunction of conjunctions, as a set of sets."""
    return frozenset(term(part) for part in text.split(" + "))


def models(solution: Any) -> set[Model]:
    """Every model of a solution; refuses a list that is not complete."""
    assert solution.exact
    assert len(solution.models) == solution.n_models
    return {frozenset(term(each.expression) for each in found.terms) for found in solution.models}


def models_of(texts: Iterable[str]) -> set[Model]:
    """What :func:`models` gives, from printed text."""
    return {model(text) for text in texts}


def fits(solution: Any, which: int = 0) -> dict[Term, tuple[float, float, float, float]]:
    """Consistency, PRI, coverage and unique coverage of each term of a model."""
    return {
        term(each.expression): (each.consistency, each.pri, each.coverage, each.unique_coverage)
        for each in solution.models[which].terms
    }


def assumed(found: Any) -> set[tuple[int | None, ...]]:
    """The simplifying assumptions of a model; refuses a list that is not complete."""
    made = found.assumptions
    assert made.exact
    assert len(made.listed) == made.n
    return {each.configuration for each in made.listed}


def rows(table: Any) -> dict[tuple[int | None, ...], Any]:
    """The rows of a truth table by configuration."""
    return {row.configuration: row for row in table.rows}
