"""Views: a study's tables, and its cases, as tables that one can look at."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from concausa.core.columns import Column
from concausa.core.date import Date
from concausa.core.errors import UnknownNameError
from concausa.core.nearest import nearest
from concausa.core.table import Cell, Heading, Link, Table
from concausa.study.schema import TABLES
from concausa.study.study import Study

CASES = "cases"
_CASES_DOC = "A unit in a period, with every level given to it."


def tables(study: Study) -> tuple[tuple[str, int, str], ...]:
    """Name, number of rows and meaning of every view: the cases first, then the tables of the study."""
    counted = ((spec.name, len(study.rows(spec.name)), spec.doc) for spec in TABLES.values())
    return ((CASES, len(study.coded_cases), _CASES_DOC), *counted)


def contents(study: Study) -> Table:
    """What a study holds: its title, and every view with its number of rows."""
    headings = (Heading("table", "table"), Heading("rows", "rows", "right"), Heading("holds", "holds"))
    rows = tuple((Cell(name), Cell(str(count), count), Cell(doc)) for name, count, doc in tables(study))
    return Table("contents", study.settings.title, headings, rows)


def view(study: Study, name: str) -> Table:
    """One table of a study, column by column as it is written; ``cases`` is put together here.

    Cells that name other rows link to them, and each row is a target of links.

    Raises
    ------
    UnknownNameError
        If there is no view of that name, with the nearest.
    """
    if name == CASES:
        return _cases(study)
    if name not in TABLES:
        known = (CASES, *TABLES)
        near = nearest(name, known)
        raise UnknownNameError(
            f"there is no table {name!r}",
            fix=f"did you mean {near}?" if near else f"one of {', '.join(known)}",
        )
    spec = TABLES[name]
    rows = study.rows(name)
    homes = _homes(study, spec.columns.values())
    return Table(
        name,
        spec.doc,
        tuple(
            Heading(key, key, "right" if column.kind in ("number", "integer", "share") else "left")
            for key, column in spec.columns.items()
        ),
        tuple(
            tuple(_cell(name, row, key, column, homes) for key, column in spec.columns.items())
            for row in rows
        ),
        row_ids=tuple(Link(name, row.id) for row in rows),
    )


def _cases(study: Study) -> Table:
    headings = [
        Heading("id", "id"),
        Heading("unit", "unit"),
        Heading("period", "period"),
        Heading("role", "role"),
    ]
    headings += [Heading(condition.id, condition.id) for condition in study.conditions]
    rows = []
    for case in study.coded_cases:
        cells = [
            Cell(case.id),
            Cell(case.unit.name, case.unit.id, (Link("units", case.unit.id),)),
            Cell(case.period.label, case.period.id, (Link("periods", case.period.id),)),
            Cell(case.unit.role),
        ]
        for condition in study.conditions:
            codings = study.cell(case, condition.id).codings
            levels = list(dict.fromkeys(coding.level for coding in codings))
            links = tuple(Link("codings", coding.id) for coding in codings)
            tone = "doubt" if len(levels) > 1 else "plain"
            cells.append(
                Cell("; ".join(levels), levels, links, tone=tone) if levels else Cell("", missing=True)  # type: ignore[arg-type]
            )
        rows.append(tuple(cells))
    notes = ("A cell with several levels is one for which several are printed.",)
    return Table(CASES, _CASES_DOC, tuple(headings), tuple(rows), notes)


def _homes(study: Study, columns: Any) -> dict[tuple[str, ...], dict[str, str]]:
    """For each set of tables that a column may refer to: the table in which each id stands."""
    wanted = {column.to for column in columns if column.to}
    return {to: {row.id: table for table in reversed(to) for row in study.rows(table)} for to in wanted}


def _cell(
    table: str, row: Any, key: str, column: Column, homes: dict[tuple[str, ...], dict[str, str]]
) -> Cell:
    value = getattr(row, key)
    if value in ("", None, ()):
        return Cell("", missing=True)
    if column.kind == "id":
        return Cell(value, links=(Link(table, value),))
    if isinstance(value, Date):
        return Cell(value.text)
    if isinstance(value, tuple):
        return Cell("; ".join(value), list(value), _links(value, column, homes))
    if isinstance(value, bool):
        return Cell("yes" if value else "no", value)
    if isinstance(value, Decimal):
        return Cell(f"{value:f}", value)
    if isinstance(value, int):
        return Cell(str(value), value)
    return Cell(value, links=_links((value,), column, homes))


def _links(
    ids: tuple[str, ...], column: Column, homes: dict[tuple[str, ...], dict[str, str]]
) -> tuple[Link, ...]:
    places = homes.get(column.to, {})
    return tuple(Link(places[id], id) for id in ids if id in places)
