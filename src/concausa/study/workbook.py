"""A whole study as one ``.xlsx`` workbook: a sheet for each table, everything as text.

Formulas, dates and numbers are never written: each cell is text and formatted as text, so that a
spreadsheet program neither computes nor converts it. Data files (``data/``) and sealed identities
(``protected/``) are no tables; they stay in folders of these names beside the workbook.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concausa.core.columns import Column
from concausa.core.errors import SaveError
from concausa.study.atomic import write_bytes
from concausa.study.cells import cell, table_cells
from concausa.study.journal import fingerprint
from concausa.study.lock import locked
from concausa.study.save import companions, rows_of, same_place, unwritable, verify
from concausa.study.schema import SETTINGS, TABLES, TableSpec
from concausa.study.study import Origin, Study
from concausa.study.workbook_reader import GUIDE, LISTS, check_workbook

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

#: Limits of the format: characters a cell, rows a sheet.
MOST_CHARACTERS, MOST_ROWS = 32_767, 1_048_576

Lists = tuple[tuple[str, ...], ...]
#: The file says when it was made; a fixed day, so that the same study gives the same bytes.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
_SPARE = 500
_WIDTHS = {"id": 18, "text": 40, "ref": 18, "refs": 26, "words": 30, "choice": 18, "date": 14}


def save_workbook(study: Study, path: Path) -> Study:
    """Write a study to a workbook; an unchanged one is left as it is.

    A changed workbook is written anew: colours, formulas and sheets that somebody added are gone.

    Raises
    ------
    SaveError
        If the workbook has changed since the study was read, if another file stands there, or if
        a text is longer than a cell can hold.
    """
    home = same_place(study.origin.path, path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path.parent):
            standing = path.read_bytes() if path.exists() else None
            if standing is not None:
                if not home:
                    raise SaveError(
                        "a file stands there already", where=str(path), fix="save under another name"
                    )
                if fingerprint(standing) != study.origin.fingerprints.get(path.name, ""):
                    raise SaveError(
                        f"{path.name} was changed by somebody else since the study was read",
                        where=str(path),
                        fix="nothing was written: save yours under another name and compare",
                    )
                if _says(standing, study, path):
                    return study
            along = companions(study, path.parent)
            data = write_workbook(study)
            _verify(data, study, path, along)
            for name, content in along.items():
                (path.parent / name).parent.mkdir(parents=True, exist_ok=True)
                write_bytes(path.parent / name, content)
            write_bytes(path, data)
    except OSError as error:
        raise unwritable(error, path) from error
    return dataclasses.replace(study, origin=Origin(path, {path.name: fingerprint(data)}))


def _says(data: bytes, study: Study, path: Path) -> bool:
    tables = check_workbook(data, path.name, path.parent).tables
    return all(
        table_cells(rows.spec, rows.nouns) == table_cells(rows.spec, rows_of(study, name))
        for name, rows in tables.items()
    )


def _verify(data: bytes, study: Study, path: Path, along: Mapping[str, bytes]) -> None:
    def beside(name: str) -> bytes | None:
        lying = path.parent / name
        return along.get(name) or (lying.read_bytes() if lying.is_file() else None)

    verify(study, check_workbook(data, path.name, path.parent, beside), str(path))


def write_workbook(study: Study) -> bytes:
    """The bytes of the workbook; the same study always gives the same bytes.

    Raises
    ------
    SaveError
        If a text or a table is too long for the format.
    """
    from xlsxwriter.workbook import Workbook

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = Workbook(buffer, options)
    book.set_properties({"title": study.settings.title, "created": _CREATED})
    plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    head = book.add_format(
        {"bold": True, "bottom": 1, "bg_color": "#E8EDF2", "num_format": "@", "valign": "top"}
    )
    _guide(book, head, plain)
    lists = _lists()
    _settings(book.add_worksheet(SETTINGS.name), study, head, plain)
    for name, spec in TABLES.items():
        _sheet(book.add_worksheet(name), spec, study.rows(name), head, plain, lists)
    _hidden(book, lists)
    book.close()
    return buffer.getvalue()


def _guide(book: Workbook, head: Format, plain: Format) -> None:
    """The sheet that says what every column means."""
    sheet = book.add_worksheet(GUIDE)
    sheet.set_column(0, 1, 18, plain)
    sheet.set_column(2, 2, 70, plain)
    sheet.set_column(3, 5, 22, plain)
    lines = [
        "One sheet holds one table; its first row names the columns.",
        "An empty cell means: the text does not say.",
        "Several values in one cell are separated by a semicolon.",
        "Dates: 2004, 2004-05, 2004-05-19, 2006~ (about), 2006? (unsure), 2005/2013 (from, to).",
        "Numbers: 4.30, with the digits as printed.",
        "Leave cells formatted as text, so that the program changes neither dates nor digits.",
        "A column of your own starts with x_ and is not read.",
        "Data files that series name lie in the folder data beside this workbook.",
    ]
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)
    start = len(lines) + 1
    for column, title in enumerate(
        ("sheet", "column", "what it means", "may stand there", "refers to", "must be filled")
    ):
        sheet.write_string(start, column, title, head)
    row = start
    for spec in (SETTINGS, *TABLES.values()):
        for name, column_spec in spec.columns.items():
            row += 1
            allowed = ", ".join(column_spec.allowed) or column_spec.kind
            texts = (
                spec.name,
                name,
                column_spec.doc,
                allowed,
                ", ".join(column_spec.to),
                "yes" if column_spec.required else "",
            )
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text, plain)
    sheet.freeze_panes(start + 1, 0)


def _lists() -> tuple[tuple[str, ...], ...]:
    """The different choices that columns allow: each is a column of the hidden sheet."""
    choices = (column.allowed for spec in (SETTINGS, *TABLES.values()) for column in spec.columns.values())
    return tuple(dict.fromkeys(allowed for allowed in choices if allowed))


def _hidden(book: Workbook, lists: Lists) -> None:
    sheet = book.add_worksheet(LISTS)
    sheet.hide()
    for place, allowed in enumerate(lists):
        for row, word in enumerate(allowed):
            sheet.write_string(row, place, word)


def _letter(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _settings(sheet: Worksheet, study: Study, head: Format, plain: Format) -> None:
    sheet.set_column(0, 0, 18, plain)
    sheet.set_column(1, 1, 90, plain)
    sheet.freeze_panes(1, 1)
    sheet.write_string(0, 0, "key", head)
    sheet.write_string(0, 1, "value", head)
    for row, name in enumerate(SETTINGS.columns, start=1):
        sheet.write_string(row, 0, name, head)
        _write(sheet, row, 1, cell(getattr(study.settings, name)), plain, SETTINGS.name, name)


def _sheet(
    sheet: Worksheet,
    spec: TableSpec,
    nouns: Sequence[Any],
    head: Format,
    plain: Format,
    lists: Lists,
) -> None:
    if len(nouns) >= MOST_ROWS:
        raise SaveError(
            f"{spec.name} has {len(nouns)} rows; a sheet holds {MOST_ROWS - 1}",
            where=f"sheet {spec.name}",
            fix="save the study as a folder",
        )
    sheet.freeze_panes(1, 1)
    for place, (name, column) in enumerate(spec.columns.items()):
        sheet.set_column(place, place, _WIDTHS.get(column.kind, 12), plain)
        sheet.write_string(0, place, name, head)
        _validate(sheet, place, column, len(nouns) + _SPARE, lists)
    names = list(spec.columns)
    for row, cells in enumerate(table_cells(spec, nouns), start=1):
        for place, text in enumerate(cells):
            _write(sheet, row, place, text, plain, f"{spec.name} {nouns[row - 1].id}", names[place])


def _validate(sheet: Worksheet, place: int, column: Column, last: int, lists: Lists) -> None:
    if column.allowed:
        letter = _letter(lists.index(column.allowed))
        source = f"={LISTS}!${letter}$1:${letter}${len(column.allowed)}"
        rule = {"validate": "list", "source": source, "error_title": "Not one of the words allowed"}
    elif column.kind == "ref" and len(column.to) == 1:
        rule = {
            "validate": "list",
            "source": f"={column.to[0]}!$A$2:$A${last + 1}",
            "error_type": "warning",
            "error_title": f"No such row in {column.to[0]}",
        }
    else:
        return
    sheet.data_validation(1, place, last, place, {**rule, "ignore_blank": True})


def _write(sheet: Worksheet, row: int, place: int, text: str, plain: Format, whose: str, name: str) -> None:
    # Excel counts UTF-16 units, and the writer would drop a longer text without a word.
    if len(text) > MOST_CHARACTERS // 2 and len(text.encode("utf-16-le")) // 2 > MOST_CHARACTERS:
        raise SaveError(
            f"the text is longer than a cell holds ({MOST_CHARACTERS} characters)",
            where=f"{whose}, column {name}",
            fix="shorten it, or save the study as a folder",
        )
    if text:
        sheet.write_string(row, place, text, plain)
