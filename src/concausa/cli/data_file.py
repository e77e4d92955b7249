"""A data file that a user hands in: one column a condition, one row a case, from CSV or a workbook."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

from concausa.core.errors import DataError
from concausa.core.nearest import nearest

Value: TypeAlias = "int | float | bool | str | None"

_POINT = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_COMMA = re.compile(r"[+-]?(\d+,?\d*|,\d+)([eE][+-]?\d+)?")
_WHOLE = re.compile(r"[+-]?\d{1,18}")
_CODE = re.compile(r"0\d+")
_MISSING = ("NA", "NaN", "nan")


def read(path: str | Path) -> dict[str, list[Value]]:
    """The columns of a data file, by the names in its first line.

    A text file is UTF-8, its cells separated by commas, semicolons or tabs, whichever its first line
    uses. Between semicolons or tabs numbers have decimal points or decimal commas, the same throughout
    the file. A workbook holds its data on one
    sheet. Empty cells are missing, and so is ``NA`` in a column that otherwise holds numbers.

    Returns
    -------
    dict of str to list
        Columns of equal length: int or float for numbers, str for all else, None for missing.

    Raises
    ------
    DataError
        If there is no such file, it is neither, two columns have one name, or a line has more or fewer
        cells than the first.
    """
    file = Path(path)
    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise DataError("there is no such file", where=str(path), fix=_similar(file)) from error
    except IsADirectoryError as error:
        raise DataError("this is a folder, not a data file", where=str(path)) from error
    if file.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".ods"):
        lines, decimal = _sheet(data, file.name), _POINT
    else:
        lines, sign = _cells(data, file.name)
        decimal = _POINT if sign == "," else _decimal(lines[1:], file.name)
    return _columns(lines, file.name, decimal=decimal)


def names(text: str) -> list[str]:
    """Names separated by commas; one that holds a comma stands in double quotes.

    Examples
    --------
    >>> names('EL, BQ,"size, in firms"')
    ['EL', 'BQ', 'size, in firms']
    """
    (found,) = csv.reader([text], skipinitialspace=True)
    return [name.strip() for name in found]


def _decimal(lines: Sequence[tuple[int, list[str]]], name: str) -> re.Pattern[str]:
    """How numbers with decimals are written in a file whose cells are not separated by commas."""
    first: dict[str, tuple[int, str]] = {}
    for number, line in lines:
        for cell in line:
            text = cell.strip()
            for sign, pattern in ((".", _POINT), (",", _COMMA)):
                if sign in text and pattern.fullmatch(text):
                    first.setdefault(sign, (number, text))
    if len(first) == 2:
        (one, point), (other, comma) = first["."], first[","]
        raise DataError(
            f"{point!r} has a decimal point and {comma!r} a decimal comma",
            where=f"{name}:{one} and {name}:{other}",
            fix="write all numbers of the file in one way",
        )
    return _COMMA if "," in first else _POINT


def _cells(data: bytes, name: str) -> tuple[list[tuple[int, list[Any]]], str]:
    """Every line with its number, and the sign between cells."""
    from concausa.study.encoding import decode

    text, problems = decode(data, name)
    for problem in problems:
        if problem.severity == "error":
            raise DataError(problem.what, where=problem.place, fix=problem.fix)
    first = text.lstrip().partition("\n")[0]
    bare = re.sub(r'"[^"]*"', "", first)
    sign = max(",;\t", key=bare.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        lines = [(reader.line_num, line) for line in reader]
    except csv.Error as error:
        raise DataError(
            f"the line cannot be read: {error}",
            where=f"{name}:{reader.line_num}",
            fix="close every quotation mark that is opened, or save the file as CSV anew",
        ) from error
    return [(number, line) for number, line in lines if any(cell.strip() for cell in line)], sign


def _sheet(data: bytes, name: str) -> list[tuple[int, list[Any]]]:
    from python_calamine import CalamineError, CalamineWorkbook, ZipError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {title: book.get_sheet_by_name(title).to_python() for title in book.sheet_names}
    except (CalamineError, ZipError, OSError) as error:
        raise DataError(f"the workbook cannot be read: {error}", where=name) from error
    filled = {title: rows for title, rows in sheets.items() if any(any(_filled(c) for c in r) for r in rows)}
    if len(filled) != 1:
        raise DataError(
            f"the workbook has {len(filled)} sheets with data: {', '.join(filled) or 'none'}",
            where=name,
            fix="keep one sheet, or save the one that is meant as CSV",
        )
    (rows,) = filled.values()
    return [(n, list(row)) for n, row in enumerate(rows, start=1) if any(_filled(cell) for cell in row)]


def _columns(
    lines: Sequence[tuple[int, list[Any]]], name: str, *, decimal: re.Pattern[str]
) -> dict[str, list[Value]]:
    if not lines:
        raise DataError(
            "the file is empty", where=name, fix="write the names of the columns into its first line"
        )
    heads = [str(cell).strip() for cell in lines[0][1]]
    while (
        heads
        and not heads[-1]
        and all(len(line) < len(heads) or not _filled(line[len(heads) - 1]) for _, line in lines[1:])
    ):
        heads.pop()
    for position, head in enumerate(heads):
        if head in heads[:position]:
            raise DataError(
                f"two columns are called {head!r}" if head else "two columns have no name",
                where=f"{name}:{lines[0][0]}, columns {heads.index(head) + 1} and {position + 1}",
                fix="give each column a name of its own",
            )
    rows = []
    for number, line in lines[1:]:
        if len(line) < len(heads) or any(_filled(cell) for cell in line[len(heads) :]):
            raise DataError(
                f"the line has {len(line)} cells, the first line {len(heads)}",
                where=f"{name}:{number}",
                fix="put a cell that holds the separator into quotation marks, or complete the line",
            )
        rows.append(line)
    return {head: _typed([row[i] for row in rows], decimal) for i, head in enumerate(heads)}


def _typed(cells: Sequence[Any], decimal: re.Pattern[str]) -> list[Value]:
    """The values of a column; one with a code such as ``07`` in it is text, so that no zero is lost."""
    if any(isinstance(cell, str) and _CODE.fullmatch(cell.strip()) for cell in cells):
        return [str(cell).strip() or None for cell in cells]
    values: list[Value] = [_value(cell, decimal) for cell in cells]
    if any(isinstance(value, int | float) for value in values):
        return [None if value in _MISSING else value for value in values]
    return values


def _value(cell: Any, decimal: re.Pattern[str]) -> Value:
    if not isinstance(cell, str):
        if isinstance(cell, float) and cell.is_integer():
            return int(cell)
        return cell if isinstance(cell, bool | int | float) else str(cell)
    text = cell.strip()
    if not text:
        return None
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text.replace(",", ".")) if decimal.fullmatch(text) else text


def _filled(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""


def _similar(file: Path) -> str:
    from concausa.study.folder import bundled_studies

    if str(file) in bundled_studies():
        return f"{file} is a study, which brings its own columns: leave out the options that name columns"
    try:
        names = [path.name for path in file.parent.iterdir() if path.is_file()]
    except OSError:
        return ""
    near = nearest(file.name, names)
    return f"did you mean {str(file.with_name(near))!r}?" if near else ""
