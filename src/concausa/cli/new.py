"""``concausa new``: a study of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from concausa.cli import options, terminal


def command(
    study: Annotated[
        Path,
        typer.Argument(help="Folder to make (it must not exist, or be empty), or an .xlsx workbook."),
    ],
    as_json: options.AsJson = False,
) -> None:
    """Write a small, commented, valid study to start from.

    A folder of plain files; or, if the name ends in .xlsx, one workbook with its data file beside it.

    \b
    Examples:
      concausa new my-study && concausa run my-study
      concausa new my-study.xlsx

    \b
    JSON: study, folder (that the files lie in), files (paths inside it).
    """
    from concausa.study.scaffold import new

    written = new(study)
    workbook = study.suffix.lower() == ".xlsx"
    folder = study.parent if workbook else study
    files = sorted(path.relative_to(folder).as_posix() for path in written)
    if as_json:
        terminal.write_json({"study": str(study), "folder": str(folder), "files": files})
        return
    if workbook:
        beside = [name for name in files if name != study.name]
        terminal.write(f"{study}: a small study in one workbook; its first sheet explains every column")
        terminal.write(f"  beside it  {', '.join(beside)}")
    else:
        terminal.write(
            f"{study}: a small study of {len(files)} files; the lines that start with # explain it"
        )
    terminal.write(f"  next  {terminal.typed('concausa', 'check', str(study))}")
    terminal.write(f"        {terminal.typed('concausa', 'run', str(study))}")
