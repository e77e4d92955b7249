"""Writing a CSV table so that nothing changes that did not change.

A table equal to what its file says keeps the file's bytes. In a table that changed, rows that did
not change keep theirs, and the file keeps its separator, line ends, byte order mark, order of
columns and columns of the user's own (``x_…``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from concausa.study.cells import row_cells, table_cells
from concausa.study.encoding import decode
from concausa.study.reader import OWN_PREFIX, delimiter, read_csv
from concausa.study.rows import read_rows
from concausa.study.schema import TableSpec

_MARK = b"\xef\xbb\xbf"


def write_table(spec: TableSpec, nouns: Sequence[Any], base: bytes | None) -> bytes | None:
    """The bytes of a table's file.

    Parameters
    ----------
    base : bytes or None
        The file as it stands, which can be read without errors; None when there is none.

    Returns
    -------
    bytes or None
        None when there are no rows and no file.
    """
    if base is None:
        return _fresh(spec, nouns) if nouns else None
    old = _Old.read(spec, base)
    if old.cells == table_cells(spec, nouns):
        return base
    return old.rewritten(spec, nouns)


def _fresh(spec: TableSpec, nouns: Sequence[Any]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(spec.columns)
    writer.writerows(table_cells(spec, nouns))
    return buffer.getvalue().encode()


@dataclass(frozen=True, slots=True)
class _Old:
    """A file as it stands: its rows as cells, as text, and what it adds to them."""

    cells: list[tuple[str, ...]]
    records: list[str]
    own: list[dict[str, str]]
    header: list[str]
    header_record: str
    separator: str
    line_end: str
    marked: bool

    @staticmethod
    def read(spec: TableSpec, base: bytes) -> _Old:
        text, _ = decode(base, spec.file)
        table, _ = read_csv(text, spec, spec.file)
        rows, _ = read_rows(table, spec)
        separator = delimiter(text, spec)
        records = _records(text, separator)
        own = [name for name in table.columns if name.startswith(OWN_PREFIX)]
        return _Old(
            table_cells(spec, rows.nouns),
            records[1:],
            [{name: table.columns[name][row] for name in own} for row in range(len(table))],
            list(table.columns),
            records[0] if records else "",
            separator,
            "\r\n" if "\r\n" in text else "\n",
            base.startswith(_MARK),
        )

    def rewritten(self, spec: TableSpec, nouns: Sequence[Any]) -> bytes:
        names = list(spec.columns)
        cells = table_cells(spec, nouns)
        filled = {name for row in cells for name, text in zip(names, row, strict=True) if text}
        added = [name for name in names if name not in self.header and name in filled]
        header = [*self.header, *added]
        place = {row[names.index("id")]: number for number, row in enumerate(self.cells)}
        pieces = [
            self._record(header)
            if added or not self.header_record
            else _ended(self.header_record, self.line_end)
        ]
        for noun in nouns:
            row = row_cells(spec, noun)
            number = place.get(noun.id)
            if number is not None and self.cells[number] == row and not added:
                pieces.append(_ended(self.records[number], self.line_end))
                continue
            own = self.own[number] if number is not None else {}
            known = dict(zip(names, row, strict=True))
            pieces.append(self._record([known.get(name, own.get(name, "")) for name in header]))
        data = "".join(pieces).encode()
        return _MARK + data if self.marked else data

    def _record(self, cells: Sequence[str]) -> str:
        buffer = io.StringIO(newline="")
        csv.writer(buffer, delimiter=self.separator, lineterminator=self.line_end).writerow(cells)
        return buffer.getvalue()


def _records(text: str, separator: str) -> list[str]:
    """The text of each record that holds anything, its line end included; the header comes first."""
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(iter(lines), delimiter=separator, strict=True)
    records = []
    start = 0
    for row in reader:
        if any(row):
            records.append("".join(lines[start : reader.line_num]))
        start = reader.line_num
    return records


def _ended(record: str, line_end: str) -> str:
    """A record with a line end; the last of a file may have none."""
    return record if record.endswith(("\n", "\r")) else record + line_end
