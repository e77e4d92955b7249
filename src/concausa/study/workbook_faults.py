"""Cells of a workbook that hold a spreadsheet error: their value is lost, which must not pass unseen."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator

_TAG = re.compile(r"<(?:\w+:)?(row|c)\b[^>]*>")


def error_cells(data: bytes) -> Iterator[tuple[str, int, int]]:
    """Sheet, row and column (both from 1) of every cell that shows an error such as ``#REF!``.

    The reader of workbooks gives such a cell as empty; here they are found in the file itself
    (ECMA-376, part 1, 18.18.11: cell type ``e``).
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for title, path in _sheets(archive):
            for row, column, kind in _cells(archive.read(path).decode("utf-8", errors="replace")):
                if kind == "e":
                    yield title, row, column


def _cells(sheet: str) -> Iterator[tuple[int, int, str]]:
    """Row, column and type of each cell; what does not say where it stands follows the one before."""
    row = column = 0
    for tag in _TAG.finditer(sheet):
        place = _attribute(tag[0], "r")
        if tag[1] == "row":
            row, column = int(place) if place.isdecimal() else row + 1, 0
            continue
        found = re.fullmatch(r"([A-Z]+)([0-9]+)", place)
        row, column = (int(found[2]), _number(found[1])) if found else (row, column + 1)
        yield row, column, _attribute(tag[0], "t")


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Title and file of each sheet."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return
    relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", errors="replace")
    targets = {}
    for tag in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", relations):
        targets[_attribute(tag, "Id")] = _attribute(tag, "Target")
    book = archive.read("xl/workbook.xml").decode("utf-8", errors="replace")
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
        target = targets.get(_attribute(tag, r"\w+:id"), "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if path in names:
            yield _attribute(tag, "name"), path


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"""\s{name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag)
    return html.unescape(found[1] or found[2] or "") if found else ""


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
