"""``concausa convert``: a study as a folder, or as one workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from concausa.cli import options, terminal
from concausa.cli.check import count
from concausa.cli.progress import progress

if TYPE_CHECKING:
    from concausa.study.study import Study


def command(
    source: Annotated[str, typer.Argument(help="The study: folder, .xlsx workbook, or bundled name.")],
    target: Annotated[
        Path, typer.Argument(help="Where to write it: a folder, or a file that ends in .xlsx.")
    ],
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Refresh the study that stands there already with this one."),
    ] = False,
    as_json: options.AsJson = False,
) -> None:
    """Turn a folder into one workbook, or back.

    The study itself is written, with all of its texts; data and sealed names are copied along. Nothing
    is shown, so no key is asked for. What stays behind (columns of your own, comments, other files) is
    named. With --replace an edited workbook refreshes its folder, or a folder its workbook.

    \b
    Examples:
      concausa convert prosoft prosoft.xlsx
      concausa convert prosoft.xlsx my-prosoft
      concausa convert prosoft.xlsx my-prosoft --replace

    \b
    JSON: from, to, rows (a number a table), left_behind (texts).
    """
    with progress(f"Converting {source}"):
        from concausa.study.folder import find
        from concausa.study.left_behind import left_behind
        from concausa.study.refresh import refresh, stands
        from concausa.study.save import same_place
        from concausa.study.schema import TABLES
        from concausa.study.study import Study

        study = Study.load(source)
        home = find(source)
        behind = () if same_place(home, target) else left_behind(home, target, refreshed=stands(target))
        if replace:
            refresh(study, target)
        else:
            _save(study, target)
    rows = {name: len(study.rows(name)) for name in TABLES if study.rows(name)}
    if as_json:
        terminal.write_json({"from": source, "to": str(target), "rows": rows, "left_behind": list(behind)})
        return
    total = f"{count(sum(rows.values()), 'row')} in {count(len(rows), 'table')}"
    terminal.write(f"{source} -> {target}: {total}")
    if behind:
        terminal.write(f"  left behind: {'; '.join(behind)}")


def _save(study: Study, target: Path) -> None:
    """Save to a new place; where something stands already, the way to refresh it is named."""
    from concausa.core.errors import SaveError
    from concausa.study.refresh import stands

    try:
        study.save(target)
    except SaveError as error:
        if not stands(target):
            raise
        fix = f"{error.fix}; or refresh what stands there with --replace"
        raise SaveError(error.what, where=error.where, fix=fix) from None
