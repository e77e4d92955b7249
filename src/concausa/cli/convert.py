"""``concausa convert``: a study as a folder, or as one workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from concausa.cli import options, terminal
from concausa.cli.progress import progress


def command(
    source: Annotated[str, typer.Argument(help="The study: folder, .xlsx workbook, or bundled name.")],
    target: Annotated[
        Path, typer.Argument(help="Where to write it: a folder, or a file that ends in .xlsx.")
    ],
    as_json: options.AsJson = False,
) -> None:
    """Turn a folder into one workbook, or back.

    The study itself is written, with all of its texts; data and sealed names are copied along. Nothing
    is shown, so no key is asked for.

    \b
    Examples:
      concausa convert prosoft prosoft.xlsx
      concausa convert prosoft.xlsx my-prosoft

    \b
    JSON: from, to, rows (a number a table).
    """
    with progress(f"Converting {source}"):
        from concausa.study.schema import TABLES
        from concausa.study.study import Study

        study = Study.load(source)
        study.save(target)
    rows = {name: len(study.rows(name)) for name in TABLES if study.rows(name)}
    if as_json:
        terminal.write_json({"from": source, "to": str(target), "rows": rows})
    else:
        terminal.write(f"{source} -> {target}: {sum(rows.values())} rows in {len(rows)} tables")
