"""Reading a study from an ``.xlsx`` workbook; problems are placed by sheet, row and column."""

from __future__ import annotations

import datetime
import io
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from concausa.core.columns import Column
from concausa.core.errors import StudyError
from concausa.core.nearest import nearest
from concausa.core.problem import Problem
from concausa.study.checker import Checked, check_tables, reader_of
from concausa.study.completeness import FileReader
from concausa.study.journal import fingerprint
from concausa.study.raw import RawTable
from concausa.study.reader import OWN_PREFIX, Sheet, arrange
from concausa.study.schema import SETTINGS, TABLES, TableSpec
from concausa.study.workbook_faults import error_cells

#: Sheets that explain and serve the others, and hold nothing of the study.
GUIDE, LISTS = "read me", "lists"

_HOW = "format the cell as text, then type it again"


def read_workbook(path: Path) -> tuple[dict[str, str], Checked]:
    """The fingerprint of a workbook and what the checker finds in it.

    Raises
    ------
    StudyError
        If the file is no workbook.
    """
    data = path.read_bytes()
    return {path.name: fingerprint(data)}, check_workbook(data, path.name, path.parent)


def check_workbook(data: bytes, name: str, folder: Path, beside: FileReader | None = None) -> Checked:
    """Check the study that a workbook holds.

    Parameters
    ----------
    folder : Path
        Where data files lie.
    beside : function, optional
        Reads a data file by its relative path; from *folder* unless given.

    Raises
    ------
    StudyError
        If the bytes are no workbook.
    """
    problems: list[Problem] = []
    raw: dict[str, RawTable] = {}
    heads: dict[str, list[str]] = {}
    for title, grid in _sheets(data, name):
        place = f"{name}, sheet {title}"
        if title in (GUIDE, LISTS) or title.startswith(OWN_PREFIX):
            continue
        heads[title] = [str(value).strip() for value in grid[0]] if grid else []
        if title == SETTINGS.name:
            raw[title], found = _settings(grid, place)
        elif title in TABLES:
            raw[title], found = _table(grid, TABLES[title], place)
        elif not grid:
            continue
        else:
            found = [_stranger(title, place)]
        problems += found
    problems += _lost(data, name, heads)
    for spec in (SETTINGS, *TABLES.values()):
        raw.setdefault(spec.name, RawTable(spec.name, f"{name}, sheet {spec.name}"))
    if not raw[SETTINGS.name].lines:
        what, fix = (
            "the sheet study is missing or empty",
            "write the columns key and value, with id and title",
        )
        place = f"{name}, sheet {SETTINGS.name}"
        problems.append(Problem(place, 0, "", "error", "missing-table", what, fix=fix))
    return check_tables(raw, problems, beside or reader_of(folder))


def _sheets(data: bytes, name: str) -> list[tuple[str, list[list[Any]]]]:
    from python_calamine import CalamineError, CalamineWorkbook, ZipError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            (title, book.get_sheet_by_name(title).to_python(skip_empty_area=False))
            for title in book.sheet_names
        ]
    except (CalamineError, ZipError, OSError) as error:
        raise StudyError(
            f"{name} cannot be read as a workbook: {error}",
            where=name,
            fix="open it in a spreadsheet program and save it as .xlsx, without a password",
        ) from error


def _lost(data: bytes, name: str, heads: dict[str, list[str]]) -> list[Problem]:
    """Cells that show an error: what they held is lost, so they are never read as empty."""
    problems = []
    for title, row, column in error_cells(data):
        if title in heads and (title == SETTINGS.name or title in TABLES):
            header = heads[title]
            label = "" if title == SETTINGS.name or column > len(header) else header[column - 1]
            what = "the cell shows an error of the spreadsheet program instead of a value"
            place = f"{name}, sheet {title}"
            problems.append(Problem(place, row, label, "error", "lost-cell", what, fix="type the value"))
    return problems


def _stranger(title: str, place: str) -> Problem:
    near = nearest(title, [*TABLES, SETTINGS.name])
    fix = f"did you mean {near}?" if near else f"a sheet of your own starts with {OWN_PREFIX}"
    what = f"a study has no table {title!r}"
    return Problem(place, 0, "", "error", "unknown-table", what, title, (SETTINGS.name, *TABLES), fix)


def _settings(grid: list[list[Any]], place: str) -> tuple[RawTable, list[Problem]]:
    """The sheet of keys and values as a table of one row."""
    head = [str(value).strip() for value in grid[0][:2]] if grid else []
    if head != ["key", "value"]:
        what, fix = "the first row is not key, value", "write key in A1 and value in B1"
        return RawTable(SETTINGS.name, place), [
            Problem(place, 1, "", "error", "missing-column", what, fix=fix)
        ]
    columns: dict[str, list[str]] = {}
    key_lines: dict[tuple[int, str], int] = {}
    problems = []
    for line, row in enumerate(grid[1:], start=2):
        key = str(row[0]).strip()
        if not key or key.startswith(OWN_PREFIX):
            continue
        column = SETTINGS.columns.get(key)
        if column is None:
            near = nearest(key, SETTINGS.columns)
            fix = f"did you mean {near}?" if near else "delete the row"
            what = f"study has no key {key!r}"
            problems.append(
                Problem(place, line, key, "error", "unknown-column", what, key, tuple(SETTINGS.columns), fix)
            )
        elif key in columns:
            what = f"the key {key} stands there twice"
            problems.append(
                Problem(place, line, key, "error", "duplicate-key", what, key, fix="delete one of them")
            )
        else:
            text, fault = _text(column, row[1] if len(row) > 1 else "")
            columns[key] = [text]
            key_lines[0, key] = line
            if fault:
                problems.append(Problem(place, line, key, "error", *fault[:2], str(row[1]), fix=fault[2]))
    return RawTable(SETTINGS.name, place, columns, [1], key_lines), problems


def _table(grid: list[list[Any]], spec: TableSpec, place: str) -> tuple[RawTable, list[Problem]]:
    if not grid:
        return RawTable(spec.name, place), []
    header = [str(value).strip() for value in grid[0]]
    problems: list[Problem] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    typed: dict[str, list[int]] = defaultdict(list)
    for line, values in enumerate(grid[1:], start=2):
        if all(value == "" for value in values):
            continue
        rows.append(_row(values, header, spec, place, line, problems, typed))
        lines.append(line)
    for name, found in typed.items():
        what = (
            f"{len(found)} cells hold typed numbers, whose last zeros a spreadsheet drops (4.30 becomes 4.3)"
        )
        fix = "where the source prints such a zero, write the number as text"
        problems.append(Problem(place, found[0], name, "doubt", "typed-number", what, fix=fix))
    table, more = arrange(Sheet(header, rows, lines), spec, place)
    return table, [*problems, *more]


def _row(
    values: Sequence[Any],
    header: Sequence[str],
    spec: TableSpec,
    place: str,
    line: int,
    problems: list[Problem],
    typed: dict[str, list[int]],
) -> list[str]:
    cells = []
    for name, value in zip(header, values, strict=True):
        column = spec.columns.get(name)
        if isinstance(value, str) or column is None:
            cells.append(str(value))
            continue
        text, fault = _text(column, value)
        cells.append(text)
        if fault:
            problems.append(Problem(place, line, name, "error", *fault[:2], str(value), fix=fault[2]))
        elif column.kind in ("number", "share"):
            typed[name].append(line)
    return cells


def _text(column: Column, value: Any) -> tuple[str, tuple[str, str, str] | None]:
    """The text that a typed value stands for, or kind, sentence and fix of what is wrong with it."""
    if isinstance(value, str):
        return value, None
    if isinstance(value, bool):
        return ("yes" if value else "no") if column.kind == "boolean" else str(value).upper(), None
    if isinstance(value, int | float):
        return _number(column, value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime) or column.kind != "date":
        return "", ("converted-cell", f"the program turned this cell into {value}", _HOW)
    if value.day == 1:
        what = f"the program made {value.isoformat()} of what may have been the month alone"
        return "", (
            "converted-cell",
            what,
            f"format the cell as text and write {value:%Y-%m} or {value.isoformat()}",
        )
    return value.isoformat(), None


def _number(column: Column, value: float) -> tuple[str, tuple[str, str, str] | None]:
    text = format(value, ".15g") if isinstance(value, float) else str(value)
    if column.kind == "date" and not (float(value).is_integer() and 1000 <= value < 2200):
        if 0 < value < 2958466:
            day = datetime.date(1899, 12, 30) + datetime.timedelta(days=int(value))
            what = f"{text} is how the program counts days: {day.isoformat()}"
            return "", ("converted-cell", what, f"format the cell as text and write {day.isoformat()}")
        return "", ("impossible-date", f"{text} is not a date", _HOW)
    if column.kind == "share" and 0 < value <= 1:
        percent = f"{Decimal(text) * 100:f}"
        percent = percent.rstrip("0").rstrip(".") if "." in percent else percent
        what = f"{text} may be {percent} percent, as a cell formatted in percent holds it, or {text} percent"
        return "", ("converted-cell", what, f"format the cell as text and write {percent} or {text}")
    return text, None
