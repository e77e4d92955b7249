"""``concausa new``: a study of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from concausa.cli import options, terminal


def command(
    folder: Annotated[Path, typer.Argument(help="Folder to make; it must not exist or be empty.")],
    as_json: options.AsJson = False,
) -> None:
    """Write a small, commented, valid study to start from.

    \b
    Example:
      concausa new my-study && concausa run my-study

    \b
    JSON: folder, files (paths inside it).
    """
    from concausa.study.scaffold import new

    new(folder)
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    if as_json:
        terminal.write_json({"folder": str(folder), "files": files})
        return
    terminal.write(f"{folder}: a small study of {len(files)} files; the lines that start with # explain it")
    terminal.write(f"  next  concausa check {folder}")
    terminal.write(f"        concausa run {folder}")
