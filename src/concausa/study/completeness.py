"""What a study cannot be without, and what its declarations point to outside the tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping

from concausa.core.nearest import nearest
from concausa.core.problem import Problem
from concausa.study.rows import Rows
from concausa.study.schema import SETTINGS_FILE

#: Reads a file that lies beside the study, by its relative path; None when it is not there.
FileReader = Callable[[str], "bytes | None"]

_FEEDS_OUTCOME = ("codings", "facts", "funds")


def completeness_problems(tables: Mapping[str, Rows]) -> Iterator[Problem]:
    """Tables that no study can be without."""
    if not tables["units"].nouns:
        yield _lacking(tables["units"].raw.file, "units", "the study has no units", "add one row for each unit compared")
    if not tables["periods"].nouns:
        fix = "add a [[periods]] with id, label, start and end"
        yield _lacking(tables["periods"].raw.file, "periods", "the study has no period", fix)
    if not any(tables[name].nouns for name in _FEEDS_OUTCOME):
        fix = "write at least one of codings.csv, facts.csv and funds.csv"
        yield _lacking(tables["codings"].raw.file, "", "nothing feeds the outcome: no codings, facts or funds", fix)


def _lacking(file: str, column: str, what: str, fix: str) -> Problem:
    return Problem(file, 0, column, "error", "missing-table", what, fix=fix)


def series_problems(tables: Mapping[str, Rows], read: FileReader) -> Iterator[Problem]:
    """Data files that a series names and that are not there, lie outside the study, or lack a column."""
    rows = tables["series"]
    for row, series in enumerate(rows.nouns):
        if not series.file:
            continue
        path = series.file.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or ":" in path:
            what = f"the file {series.file} lies outside the study"
            fix = "copy it into the folder data/ and write data/NAME.csv"
            yield rows.problem(row, "file", "outside-file", what, value=series.file, fix=fix)
            continue
        data = read(path)
        if data is None:
            what = f"there is no file {series.file} beside {SETTINGS_FILE}"
            yield rows.problem(row, "file", "missing-file", what, value=series.file, fix="correct the path, or add the file")
            continue
        first = data[:65536].decode("utf-8-sig", errors="replace").splitlines()[:1]
        header = next(csv.reader(io.StringIO(first[0])), []) if first else []
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
