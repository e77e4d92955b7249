"""Recoding: one row of a study changed, and the whole study checked as if it had been read so."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from concausa.core.date import Date
from concausa.core.errors import OptionError, UnknownNameError
from concausa.core.nearest import nearest
from concausa.core.problem import Problem
from concausa.study.cells import cell, table_cells
from concausa.study.checker import Checked, check_tables, reader_of
from concausa.study.folder import refusal
from concausa.study.raw import RawTable
from concausa.study.save import rows_of
from concausa.study.schema import SETTINGS, TABLES, TableSpec
from concausa.study.study import Study


def recode(study: Study, table: str, id: str, /, **columns: object) -> Study:
    """The study with other values in one row; everything downstream follows from what it says now.

    Parameters
    ----------
    study : Study
    table : str
        Name of the table; ``study`` for the head of the study.
    id : str
        The row.
    **columns : str, number, bool, Date, list of str, or None
        New values by column: what one would write in the file (several separated by ``;``), or the value
        itself; empty text or None empties the cell.

    Returns
    -------
    Study
        Checked like one that is read, with its doubts; nothing is written until it is saved.

    Raises
    ------
    UnknownNameError
        If there is no such table, row or column, with the nearest name.
    OptionError
        If a value is of a kind that no cell holds, or no column is given.
    StudyError
        If the study would have errors then; ``problems`` lists them, as ``concausa check`` would.

    Examples
    --------
    >>> study = recode(Study.load("prosoft"), "codings", "C021", level="high")
    >>> study.row("codings", "C021").level
    'high'
    """
    spec = spec_of(table)
    own = {row.id: row for row in rows_of(study, spec.name)}
    if id not in own:
        near = nearest(id, own)
        raise UnknownNameError(
            f"{table} has no row {id!r}",
            fix=f"did you mean {near}?" if near else f"one of {', '.join(list(own)[:20])}",
        )
    changed = {_column(spec, name): _text(name, value) for name, value in columns.items()}
    if not changed:
        raise OptionError(
            "no value is given", where=f"{table} {id}", fix="name a column and its new value: level=high"
        )
    raw = _raw_tables(study, {(spec.name, id): changed})
    checked = _checked(study, raw)
    if checked.errors:
        raise refusal(str(study.origin.path or study.settings.id), checked.errors)
    position = list(own).index(id)
    row = checked.tables[spec.name].nouns[position]
    exchanged: dict[str, Any] = {"doubts": (*_of_files(study), *checked.doubts)}
    if spec is SETTINGS:
        exchanged["settings"] = row
    else:
        exchanged[spec.name] = tuple(
            row if place == position else noun for place, noun in enumerate(study.rows(spec.name))
        )
    return study.replace(**exchanged)


def recheck(study: Study) -> Checked:
    """What the checker finds in a study that was changed in memory.

    Data files are read from the folder that the study came from; those of a study made in memory are
    taken to be missing.
    """
    return _checked(study, _raw_tables(study, {}))


def spec_of(table: str) -> TableSpec:
    """The table of that name, ``study`` included; UnknownNameError with the nearest name if there is none."""
    specs = {spec.name: spec for spec in (SETTINGS, *TABLES.values())}
    if table in specs:
        return specs[table]
    near = nearest(table, specs)
    raise UnknownNameError(
        f"there is no table {table!r}", fix=f"did you mean {near}?" if near else f"one of {', '.join(specs)}"
    )


def _of_files(study: Study) -> tuple[Problem, ...]:
    """Doubts about the files themselves (encoding, missing columns), which only reading them shows."""
    again = {_said(doubt) for doubt in recheck(study).doubts}
    return tuple(doubt for doubt in study.doubts if _said(doubt) not in again)


def _said(doubt: Problem) -> tuple[str, str, str, str]:
    return doubt.file, doubt.column, doubt.kind, doubt.what


def _column(spec: TableSpec, name: str) -> str:
    if name in spec.columns:
        return name
    near = nearest(name, spec.columns)
    raise UnknownNameError(
        f"{spec.name} has no column {name!r}",
        fix=f"did you mean {near}?" if near else f"one of {', '.join(spec.columns)}",
    )


def _text(name: str, value: object) -> str:
    """A value as the text of its cell."""
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    if isinstance(value, list | tuple):
        parts = [part for part in value if isinstance(part, str)]
        guilty = [part for part in parts if ";" in part]
        if len(parts) == len(value) and not guilty:
            return cell(tuple(parts))
        what = f"{guilty[0]!r} holds a semicolon" if guilty else f"{value!r} holds what is no text"
        raise OptionError(what, where=name, fix="give texts without semicolons, which separate values")
    if value is None or isinstance(value, str | Date | Decimal | int):
        return cell(value)
    raise OptionError(
        f"a value of type {type(value).__name__} cannot stand in a cell",
        where=f"{name}={value!r}",
        fix="give a text, number, date, yes or no, or a list of texts",
    )


def _raw_tables(study: Study, changed: Mapping[tuple[str, str], Mapping[str, str]]) -> dict[str, RawTable]:
    """Every table as it would be written, with some cells replaced."""
    path = study.origin.path
    book = path.name if path is not None and path.suffix.lower() == ".xlsx" and not path.is_dir() else ""
    tables: dict[str, RawTable] = {}
    for spec in (SETTINGS, *TABLES.values()):
        nouns = rows_of(study, spec.name)
        rows = table_cells(spec, nouns)
        for place, noun in enumerate(nouns):
            if told := changed.get((spec.name, noun.id)):
                rows[place] = tuple(
                    told.get(name, text) for name, text in zip(spec.columns, rows[place], strict=True)
                )
        cells = zip(*rows, strict=True) if rows else ([] for _ in spec.columns)
        tables[spec.name] = RawTable(
            spec.name,
            f"{book}, sheet {spec.name}" if book else spec.file,
            {name: list(column) for name, column in zip(spec.columns, cells, strict=True)},
            [study.origin.lines.get((spec.name, noun.id), 0) for noun in nouns],
        )
    return tables


def _checked(study: Study, raw: Mapping[str, RawTable]) -> Checked:
    folder = study.origin.folder
    return check_tables(raw, [], reader_of(folder) if folder is not None else _nothing)


def _nothing(_: str) -> None:
    return None
