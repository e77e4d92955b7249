"""Formulas of checks: readable, and about facts and series that the study has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from concausa.core.errors import FormulaError
from concausa.core.nearest import nearest
from concausa.core.problem import Problem
from concausa.expr.formula import LOOKUPS, Lookup, Name, parse, walk
from concausa.study.references import Names
from concausa.study.rows import Rows

_FORM = "write arithmetic over facts, such as funds / firms or (a + b) * 100 {percent}"


def formula_problems(tables: Mapping[str, Rows], names: Names) -> Iterator[Problem]:
    """Formulas that cannot be read, and names in them that mean nothing.

    A check whose ``missing`` says what the text does not give may name what is not there.
    """
    checks = tables.get("checks")
    for row, check in enumerate(checks.nouns if checks else ()):
        assert checks is not None
        if not check.formula:
            continue
        try:
            parts = tuple(walk(parse(check.formula)))
        except FormulaError as error:
            yield checks.problem(
                row, "formula", "broken-formula", error.what, value=check.formula, fix=error.fix or _FORM
            )
            continue
        if check.missing:
            continue
        known = (*names.table("series"), *LOOKUPS)
        for part in parts:
            if isinstance(part, Name) and part.id not in names.table("facts"):
                if "facts" not in names.broken:
                    near = names.suggestion(part.id, ("facts",))
                    fix = near or "add it to facts.csv, or say in missing what the text does not give"
                    what = f"there is no fact {part.id!r}"
                    yield checks.problem(row, "formula", "dangling-reference", what, value=part.id, fix=fix)
            elif isinstance(part, Lookup) and part.name not in known and "series" not in names.broken:
                word = nearest(part.name, known)
                fix = f"did you mean {word}?" if word else "declare it as [[series]] in study.toml"
                what = f"there is no series {part.name!r}"
                yield checks.problem(row, "formula", "dangling-reference", what, value=part.name, fix=fix)
