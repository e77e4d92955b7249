"""Row changes: what one study says otherwise than another, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

from concausa.core.table import Link
from concausa.study.cells import cell
from concausa.study.save import rows_of
from concausa.study.schema import SETTINGS, TABLES, TableSpec
from concausa.study.study import Study

#: The name under which data files are told; they are no table.
FILES = "files"

Kind = Literal["added", "removed", "changed", "order"]


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """One value of a row, as it is written before and after; empty where nothing stands."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that only one study has, or that the two write differently.

    Parameters
    ----------
    table : str
        ``study`` for the head of ``study.toml``; ``files`` for data files, which are one change together.
    id : str
        Id of the row, in the first study where both have it; paths of data files, separated by ``, ``;
        empty for ``order``.
    kind : str
        ``added``, ``removed``, ``changed``; ``order``: rows that both have stand in another order.
    columns : tuple of ColumnChange
        What changed; of a row that was added or removed, what stands in it.
    """

    table: str
    id: str
    kind: Kind
    columns: tuple[ColumnChange, ...] = ()

    @property
    def name(self) -> str:
        """``codings C017``; the table alone for an order."""
        return f"{self.table} {self.id}".rstrip()

    @property
    def link(self) -> Link | None:
        """The row meant; None where there is no single one."""
        return Link(self.table, self.id) if self.table in TABLES and self.id else None

    def data(self) -> dict[str, Any]:
        """The change as plain JSON values."""
        return {
            "table": self.table,
            "id": self.id,
            "kind": self.kind,
            "columns": [
                {"column": part.column, "before": part.before, "after": part.after} for part in self.columns
            ],
        }


def row_changes(a: Study, b: Study) -> tuple[RowChange, ...]:
    """Every change from *a* to *b*, table by table in the order of the schema.

    Rows are matched by their id, values compared as they are written: 4.3 and 4.30 differ. Data files that
    a series names are compared by their bytes.
    """
    tables = (found for spec in (SETTINGS, *TABLES.values()) for found in _of_table(spec, a, b))
    return (*tables, *_of_files(a, b))


def _of_table(spec: TableSpec, a: Study, b: Study) -> Iterator[RowChange]:
    before, after = rows_of(a, spec.name), rows_of(b, spec.name)
    if before == after:
        return
    if spec is SETTINGS:
        if columns := _columns(spec, before[0], after[0]):
            yield RowChange(spec.name, before[0].id, "changed", columns)
        return
    old, new = {row.id: row for row in before}, {row.id: row for row in after}
    for id, row in old.items():
        if id not in new:
            yield RowChange(spec.name, id, "removed", _columns(spec, row, None))
        elif columns := _columns(spec, row, new[id]):
            yield RowChange(spec.name, id, "changed", columns)
    for id, row in new.items():
        if id not in old:
            yield RowChange(spec.name, id, "added", _columns(spec, None, row))
    if [id for id in old if id in new] != [id for id in new if id in old]:
        yield RowChange(spec.name, "", "order")


def _columns(spec: TableSpec, before: Any, after: Any) -> tuple[ColumnChange, ...]:
    found = (
        (name, *(cell(getattr(row, name)) if row is not None else "" for row in (before, after)))
        for name in spec.columns
    )
    return tuple(ColumnChange(name, old, new) for name, old, new in found if old != new)


def _of_files(a: Study, b: Study) -> Iterator[RowChange]:
    shared = {row.file for row in a.series} & {row.file for row in b.series}
    differ = sorted(name for name in shared if name and _bytes(a, name) != _bytes(b, name))
    if differ:
        yield RowChange(FILES, ", ".join(differ), "changed")


def _bytes(study: Study, name: str) -> bytes | None:
    if study.origin.folder is None or PurePosixPath(name).is_absolute():
        return None
    path = study.origin.folder / name
    return path.read_bytes() if path.is_file() else None


def with_changes(a: Study, b: Study, changes: Iterable[RowChange]) -> Study:
    """*a* with some of the changes that lead to *b*; with all of them it says what *b* says.

    The result is not checked: a row may speak of another that only *b* has.

    Parameters
    ----------
    changes : iterable of RowChange
        Some of ``row_changes(a, b)``.
    """
    by_table: dict[str, list[RowChange]] = {}
    for change in changes:
        by_table.setdefault(change.table, []).append(change)
    exchanged: dict[str, Any] = {
        name: _rows(a.rows(name), b.rows(name), wanted) for name, wanted in by_table.items() if name in TABLES
    }
    if SETTINGS.name in by_table:
        exchanged["settings"] = b.settings
    if FILES in by_table:
        exchanged["origin"] = b.origin
    return a.replace(**exchanged)


def _rows(before: Sequence[Any], after: Sequence[Any], changes: Sequence[RowChange]) -> tuple[Any, ...]:
    new = {row.id: row for row in after}
    kinds = {change.id: change.kind for change in changes}
    rows = list(before)
    if "order" in kinds.values():
        slots = [place for place, row in enumerate(rows) if row.id in new]
        old = {rows[place].id: rows[place] for place in slots}
        for place, id in zip(slots, [id for id in new if id in old], strict=True):
            rows[place] = old[id]
    kept = [
        new[row.id] if kinds.get(row.id) == "changed" else row
        for row in rows
        if kinds.get(row.id) != "removed"
    ]
    places = {row.id: place for place, row in enumerate(kept)}
    inserted: dict[int, list[Any]] = {}
    slot = -1
    for id, row in new.items():
        if id in places:
            slot = places[id]
        elif kinds.get(id) == "added":
            inserted.setdefault(slot, []).append(row)
    result = inserted.get(-1, [])
    for place, row in enumerate(kept):
        result += [row, *inserted.get(place, [])]
    return tuple(result)
