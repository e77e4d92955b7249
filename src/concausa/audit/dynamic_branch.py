"""The branches of a dynamic model: from its parts, term codings and bands down to mechanisms, events and passages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from concausa.audit.tree import Chain, group, place
from concausa.theory.dynamic_spec import DynamicSpec

if TYPE_CHECKING:
    from concausa.audit.branches import Branches

#: The tables of dynamic models, and the codings of terms that they read.
TABLES = (
    "dynamic_models", "dynamic_quantities", "dynamic_flows", "interventions", "bands", "scenarios",
    "term_codings",
)  # fmt: skip
#: Columns that lead to other rows, and the table that each leads to.
_LEADS = (
    ("condition", "conditions"),
    ("mechanism", "mechanisms"),
    ("term", "terms"),
    ("event", "events"),
    ("events", "events"),
    ("evidence", "evidence"),
    ("passages", "evidence"),
)


def dynamic_branch(branches: Branches, row: Any) -> tuple[Chain | None, ...]:
    """What a part of a dynamic model, a band or the coding of a term rests on."""
    why = Chain(f"because: {row.why}", "note") if row.why else None
    if isinstance(row, DynamicSpec):
        return place(row), why, *_parts(branches, row)
    steps = [
        _step(branches, table, id)
        for column, table in _LEADS
        for id in _ids(getattr(row, column, ""))
        if id in branches.rows[table]
    ]
    return place(row), why, *steps


def passage_uses(branches: Branches, passage: str) -> list[Chain]:
    """The codings of terms and the bands that rest on a passage."""
    study = branches.study
    uses = [branches.step("term_codings", row) for row in study.term_codings if passage in row.evidence]
    return uses + [branches.step("bands", row) for row in study.bands if passage in row.passages]


def _parts(branches: Branches, spec: DynamicSpec) -> list[Chain | None]:
    """The parts of a model, table by table."""
    named = {
        "dynamic_quantities": "its quantities",
        "dynamic_flows": "what moves its stocks",
        "interventions": "what may be done in it",
        "bands": "what its runs must meet beside coded levels",
        "scenarios": "what is asked of it",
    }
    return [
        group(
            label,
            [branches.step(table, row) for row in branches.rows[table].values() if row.model == spec.id],
        )
        for table, label in named.items()
    ]


def _ids(value: str | Iterable[str]) -> Iterable[str]:
    return (value,) if isinstance(value, str) else value


def _step(branches: Branches, table: str, id: str) -> Chain:
    row = branches.rows[table][id]
    if table == "evidence":
        return branches.passage(row)
    return branches.step(table, row, (branches.source(getattr(row, "source", "")),))
