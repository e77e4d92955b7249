"""From raw tables to nouns: every cell is read by its column, every id is seen once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from concausa.core.columns import EMPTY
from concausa.core.problem import Problem, places
from concausa.study.raw import RawTable
from concausa.study.schema import TableSpec
from concausa.study.values import convert


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table as nouns, beside the raw table that tells their lines.

    A cell that could not be read holds the value of an empty one; its error is among the problems,
    and a study with errors is never handed out.
    """

    spec: TableSpec
    nouns: tuple[Any, ...]
    raw: RawTable

    def problem(self, row: int, column: str, kind: str, what: str, **more: Any) -> Problem:
        """An error at one value."""
        return Problem(self.raw.file, self.raw.line(row, column), column, "error", kind, what, **more)

    def doubt(
        self,
        row: int,
        column: str,
        kind: str,
        template: str,
        /,
        *,
        value: str = "",
        fix: str = "",
        **told: object,
    ) -> Problem:
        """A doubt at one value; *told* fills the places of the template."""
        values = tuple(str(told[name]) for name in places(template))
        return Problem(
            self.raw.file,
            self.raw.line(row, column),
            column,
            "doubt",
            kind,
            template.format(**told),
            value=value,
            fix=fix,
            template=template,
            values=values,
        )


def read_rows(raw: RawTable, spec: TableSpec) -> tuple[Rows, tuple[Problem, ...]]:
    """The nouns of a raw table, and every value that cannot stand where it stands."""
    problems: list[Problem] = []
    count = len(raw)
    values: list[list[Any]] = []
    names = list(spec.columns)
    for name, column in spec.columns.items():
        cells = raw.columns.get(name)
        if cells is None:
            values.append([EMPTY[column.kind]] * count)
            continue
        converted, faults = convert(column, cells)
        for row, fault in faults:
            line = raw.line(row, name)
            problems.append(
                Problem(
                    raw.file,
                    line,
                    name,
                    "error",
                    fault.kind,
                    fault.what,
                    _cut(cells[row]) if fault.kind == "long-id" else cells[row],
                    fault.allowed,
                    fault.fix,
                )
            )
        if column.required and not all(cells):
            problems += [_missing(raw, row, name, spec) for row, cell in enumerate(cells) if not cell]
        if column.required and any(map(str.isspace, cells)):
            problems += [_missing(raw, row, name, spec) for row, cell in enumerate(cells) if cell.isspace()]
        values.append(converted)
    noun = spec.noun
    nouns = tuple([noun(**dict(zip(names, row, strict=True))) for row in zip(*values, strict=True)])
    table = Rows(spec, nouns, raw)
    return table, (*problems, *_duplicates(table))


def _cut(text: str, most: int = 40) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _missing(raw: RawTable, row: int, name: str, spec: TableSpec) -> Problem:
    column = spec.columns[name]
    return Problem(
        raw.file,
        raw.line(row, name),
        name,
        "error",
        "missing-value",
        f"{name} must not be empty",
        allowed=column.allowed,
        fix=column.doc,
    )


def _duplicates(table: Rows) -> list[Problem]:
    ids = [noun.id for noun in table.nouns]
    if len(set(ids)) == len(ids):
        return []
    problems = []
    first: dict[str, int] = {}
    for row, id in enumerate(ids):
        if id in first and id:
            line = table.raw.line(first[id], "id")
            problems.append(
                table.problem(
                    row,
                    "id",
                    "duplicate-key",
                    f"{table.spec.name} already has a row {id} on line {line}",
                    value=id,
                    fix="give one of them another id",
                )
            )
        first.setdefault(id, row)
    return problems
