"""``concausa run``: the report and its files."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from concausa.cli import options, terminal
from concausa.cli.check import count
from concausa.cli.progress import progress
from concausa.core.errors import SaveError, StudyError


def command(
    study: options.Study,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Folder for the results; STUDY-report if not given.")
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the report in the browser.")] = False,
    key: options.Key = None,
    unscreened: options.Unscreened = False,
    as_json: options.AsJson = False,
) -> None:
    """Rebuild a study: report, tables, figures, results.

    The report is one HTML file that needs no network, in English and Spanish. Every table is written as
    CSV, LaTeX and Markdown, every figure as SVG and PNG, and all that is shown as results.json.

    \b
    Examples:
      concausa run prosoft
      concausa run my-study -o results --open

    \b
    JSON: study, out, report, files (paths inside out), doubts (a count), seconds.
    """
    with progress(f"Reading {study}") as doing:
        from concausa.report.build import build
        from concausa.study.guard import admit

        folder = out if out is not None else Path(f"{_name(study)}-report")
        _refuse_study_folder(folder, study)
        ready = admit(study, key=key, unscreened=unscreened)
        screen = ready.guard.screen if ready.guard else None
        doing(f"Judging the claims of {study}" if ready.study.claims else f"Working out {study}")
        try:
            built = build(ready.study, folder, progress=doing, screen=screen)
        except OSError as error:
            raise SaveError(
                f"the results could not be written: {error.strerror or error}",
                where=str(error.filename or folder),
                fix="name a folder that you may write in with -o, or free the disk, and run again",
            ) from error
    files = sorted(path.relative_to(built.out).as_posix() for path in built.paths)
    doubts = len(ready.study.doubts)
    if as_json:
        terminal.write_json(
            {
                "study": study,
                "out": str(folder),
                "report": str(built.report),
                "files": files,
                "doubts": doubts,
                "seconds": round(built.seconds, 2),
            }
        )
    else:
        terminal.write(str(built.report))
        terminal.write(f"  {len(files)} files in {folder}, {built.seconds:.1f} s")
        if doubts:
            terminal.write(
                f"  {count(doubts, 'doubt')}: see the report, or {terminal.typed('concausa', 'check', study)}"
            )
    if show:
        webbrowser.open(built.report.resolve().as_uri())


def _refuse_study_folder(out: Path, study: str) -> None:
    """No results among the tables of a study, nor among its data or its sealed names."""
    from concausa.study.folder import find
    from concausa.study.save import COMPANIONS

    path = find(study)
    home = path if path.is_dir() else path.parent
    own = [home / name for name in COMPANIONS]
    try:
        among = out.is_dir() and find(out).is_dir()
    except StudyError:
        among = False
    if among or any(out.resolve().is_relative_to(folder.resolve()) for folder in own):
        raise SaveError(
            "the results would lie among the files of a study",
            where=str(out),
            fix=f"name a folder of their own, such as -o {terminal.typed(f'{_name(study)}-report')}",
        )


def _name(study: str) -> str:
    """The study's name as its folder or workbook has it."""
    path = Path(study).resolve()
    return path.stem if path.suffix.lower() == ".xlsx" else path.name
