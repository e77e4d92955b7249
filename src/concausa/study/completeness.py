"""What a study cannot be without, and what its declarations point to outside the tables."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterator, Mapping

from concausa.core.nearest import nearest
from concausa.core.problem import Problem
from concausa.study.rows import Rows
from concausa.study.schema import SETTINGS_FILE

#: Reads a file that lies beside the study, by its relative path; None when it is not there.
FileReader = Callable[[str], "bytes | None"]

_FEEDS_OUTCOME = ("codings", "facts", "funds")


def completeness_problems(tables: Mapping[str, Rows], broken: Collection[str]) -> Iterator[Problem]:
    """Tables that no study can be without; those that could not be read whole are not judged."""
    if not tables["units"].nouns and "units" not in broken:
        yield _lacking(
            tables["units"].raw.file, "units", "the study has no units", "add one row for each unit compared"
        )
    if not tables["periods"].nouns and "periods" not in broken:
        fix = "add a [[periods]] with id, label, start and end"
        yield _lacking(tables["periods"].raw.file, "periods", "the study has no period", fix)
    if not any(tables[name].nouns or name in broken for name in _FEEDS_OUTCOME):
        fix = "write at least one of codings.csv, facts.csv and funds.csv"
        yield _lacking(
            tables["codings"].raw.file, "", "nothing feeds the outcome: no codings, facts or funds", fix
        )


def _lacking(file: str, column: str, what: str, fix: str) -> Problem:
    return Problem(file, 0, column, "error", "missing-table", what, fix=fix)


def file_problems(tables: Mapping[str, Rows], read: FileReader) -> Iterator[Problem]:
    """Data files that a series or a map names and that are not there, lie outside, or lack a column."""
    for table, column in (("series", "file"), ("maps", "geometry")):
        rows = tables[table]
        for row, noun in enumerate(rows.nouns):
            file = getattr(noun, column)
            if not file.strip():
                continue
            if lies_outside(file):
                what = f"the file {file} lies outside the study"
                fix = "copy it into the folder data/ and write data/NAME"
                yield rows.problem(row, column, "outside-file", what, value=file, fix=fix)
                continue
            data = read(file)
            if data is None:
                what = f"there is no file {file} beside {SETTINGS_FILE}"
                fix = "correct the path, or add the file"
                yield rows.problem(row, column, "missing-file", what, value=file, fix=fix)
            elif table == "series":
                yield from _series_columns(rows, row, data)


def lies_outside(file: str) -> bool:
    """Whether a relative path leads out of the folder that it starts from."""
    path = file.replace("\\", "/")
    return path.startswith("/") or ".." in path.split("/") or ":" in path


def _series_columns(rows: Rows, row: int, data: bytes) -> Iterator[Problem]:
    series = rows.nouns[row]
    first = data[:65536].decode("utf-8-sig", errors="replace").splitlines()[:1]
    header = next(csv.reader(first), []) if first else []
    for column in ("value", "time", "unit"):
        name = getattr(series, column)
        if name and name not in header:
            near = nearest(name, header)
            yield rows.problem(
                row,
                column,
                "missing-column",
                f"{series.file} has no column {name!r}",
                value=name,
                allowed=tuple(header),
                fix=f"did you mean {near}?" if near else "",
            )
