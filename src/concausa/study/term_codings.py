"""Codings of office terms: levels that the condition has, in terms of a unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from concausa.core.nearest import nearest
from concausa.core.problem import Problem
from concausa.study.references import Names
from concausa.study.rows import Rows


def term_coding_problems(tables: Mapping[str, Rows], names: Names) -> Iterator[Problem]:
    """Levels that are none of their condition, and terms of no unit."""
    rows = tables["term_codings"]
    conditions, terms = names.table("conditions"), names.table("terms")
    for row, coding in enumerate(rows.nouns):
        condition, term = conditions.get(coding.condition), terms.get(coding.term)
        if condition is not None and coding.level and coding.level not in condition.levels:
            near = nearest(coding.level, condition.levels)
            yield rows.problem(
                row, "level", "unknown-level", f"{coding.level!r} is not a level of {coding.condition}",
                value=coding.level, allowed=condition.levels,
                fix=f"did you mean {near}?" if near else f"one of {', '.join(condition.levels)}",
            )  # fmt: skip
        if term is not None and not term.unit:
            what = f"{coding.term} is a national office: it says nothing of a unit"
            fix = "code a term of a unit"
            yield rows.problem(row, "term", "wrong-form", what, value=coding.term, fix=fix)
