"""Reading CSV text into a raw table: delimiter, header, ragged rows, lines as an editor counts them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from concausa.core.nearest import nearest
from concausa.core.problem import Problem
from concausa.study.raw import RawTable
from concausa.study.schema import TableSpec

#: Columns of the user's own; they are kept when the file is written, and mean nothing here.
OWN_PREFIX = "x_"

_DELIMITERS = (",", ";", "\t")
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of text with the line of each, before the header is understood."""

    header: list[str]
    rows: list[list[str]]
    lines: list[int]


def read_csv(text: str, spec: TableSpec, file: str) -> tuple[RawTable, tuple[Problem, ...]]:
    """The raw table that CSV text holds, and what is wrong with it.

    Comma, semicolon (Excel in many countries) and tab are told apart by the header: the one that
    splits it into the most known columns. Lines that hold nothing are passed over.
    """
    sheet, problems = split(text, delimiter(text, spec), file)
    table, more = arrange(sheet, spec, file)
    return table, (*problems, *more)


def delimiter(text: str, spec: TableSpec) -> str:
    """Comma, semicolon or tab: whichever splits the header into the most known columns."""
    first = next(iter(text.splitlines()), "")

    def known(mark: str) -> int:
        return sum(cell.strip().strip('"') in spec.columns for cell in first.split(mark))

    return max(_DELIMITERS, key=known)


def split(text: str, mark: str, file: str) -> tuple[Sheet, tuple[Problem, ...]]:
    """Header and rows of CSV text; a quotation mark out of place ends the reading with a problem."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    start = 1
    problems: tuple[Problem, ...] = ()
    try:
        for row in reader:
            if any(row):
                rows.append(row)
                lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        problems = (_broken(error, file, start, mark),)
    if not rows:
        return Sheet([], [], []), problems
    return Sheet(rows[0], rows[1:], lines[1:]), problems


def _broken(error: csv.Error, file: str, line: int, mark: str) -> Problem:
    reason = str(error)
    if "end of data" in reason:
        what = "a quotation mark opens in this row and never closes"
    elif "field larger" in reason:
        what = f"a cell of this row is longer than {csv.field_size_limit()} characters"
    else:
        what = "text stands after a closing quotation mark"
    fix = (
        'put the whole cell in quotation marks, and write each one inside it twice ("") '
        f"before the next {_NAMES[mark]}"
    )
    return Problem(file, line, "", "error", "broken-csv", f"{what}; the rows after it were not read", fix=fix)


def arrange(sheet: Sheet, spec: TableSpec, file: str) -> tuple[RawTable, tuple[Problem, ...]]:
    """Put rows under their header; the header and the number of cells in each row are checked.

    A row may end in more empty cells than the header names only as far as the header does too: one
    cell more is most often a comma that is not in quotation marks, and all behind it is shifted.
    """
    header = [cell.strip() for cell in sheet.header]
    while header and not header[-1]:
        header.pop()
    problems = list(_header_problems(header, spec, file))
    rows, lines = sheet.rows, sheet.lines
    width = len(header)
    if any(len(row) != width for row in rows):
        kept: list[list[str]] = []
        kept_lines: list[int] = []
        for row, line in zip(rows, lines, strict=True):
            if not width <= len(row) <= len(sheet.header) or any(row[width:]):
                problems.append(_ragged(row, width, file, line))
            else:
                kept.append(row[:width])
                kept_lines.append(line)
        rows, lines = kept, kept_lines
    cells = [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in header]
    columns: dict[str, list[str]] = {}
    for name, column in zip(header, cells, strict=True):
        columns.setdefault(name, column)
    return RawTable(spec.name, file, columns, lines), tuple(problems)


def _ragged(row: list[str], width: int, file: str, line: int) -> Problem:
    few = len(row) < width
    fix = (
        "add the missing separators at the end of the row (Excel may leave out empty last cells)"
        if few
        else "put a cell that holds the separator in quotation marks"
    )
    cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
    what = f"this row has {cells}; the header has {width}"
    return Problem(file, line, "", "error", "ragged-row", what, fix=fix)


def _header_problems(header: list[str], spec: TableSpec, file: str) -> Iterable[Problem]:
    known = spec.columns
    seen: set[str] = set()
    for name in header:
        if not name:
            yield Problem(
                file, 1, "", "error", "unknown-column", "a column has no name", fix="name it, or delete it"
            )
        elif name in seen:
            yield Problem(
                file,
                1,
                name,
                "error",
                "duplicate-column",
                f"the column {name} stands in the header twice",
                name,
                fix="delete one of them",
            )
        elif name not in known and not name.startswith(OWN_PREFIX):
            yield _unknown_column(name, spec, file, header)
        seen.add(name)
    missing = [name for name in known if name not in seen]
    for name in missing:
        if known[name].required:
            yield Problem(
                file,
                1,
                name,
                "error",
                "missing-column",
                f"the column {name} is missing",
                allowed=tuple(known),
                fix=f"add a column {name}: {known[name].doc}",
            )
    if optional := [name for name in missing if not known[name].required]:
        yield Problem(
            file,
            1,
            "",
            "doubt",
            "missing-column",
            f"the optional columns {', '.join(optional)} are not there and are taken as empty",
            fix="add them to the header if they were lost",
        )


def _unknown_column(name: str, spec: TableSpec, file: str, header: list[str]) -> Problem:
    near = nearest(name, [column for column in spec.columns if column not in header])
    if name.lower().startswith("sep="):
        fix = "delete this first line, which only Excel understands"
    elif near:
        fix = f"did you mean {near}? A column of your own starts with {OWN_PREFIX}"
    else:
        fix = f"a column of your own starts with {OWN_PREFIX}: {OWN_PREFIX}{name}"
    return Problem(
        file,
        1,
        name,
        "error",
        "unknown-column",
        f"{spec.name} has no column {name!r}",
        name,
        tuple(spec.columns),
        fix,
    )
