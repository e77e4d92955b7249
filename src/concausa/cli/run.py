"""``concausa run``: the report and its files."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from concausa.cli import options, terminal
from concausa.cli.progress import progress


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
    """Rebuild a study: one offline HTML report, every table and figure as a file, results.json.

    \b
    Examples:
      concausa run prosoft
      concausa run my-study -o results --open

    \b
    JSON: study, out, report, files (paths inside out), doubts (a count), seconds.
    """
    with progress(f"Reading {study}") as doing:
        from concausa.cli.opened import opened
        from concausa.report.build import build

        ready = opened(study, key=key, unscreened=unscreened)
        folder = out if out is not None else Path(f"{ready.study.settings.id}-report")
        built = build(ready.study, folder, progress=doing)
    report = folder / "report.html"
    files = sorted(Path(path).relative_to(folder).as_posix() for path in built.paths)
    doubts = len(ready.study.doubts)
    if as_json:
        terminal.write_json(
            {
                "study": study,
                "out": str(folder),
                "report": str(report),
                "files": files,
                "doubts": doubts,
                "seconds": round(built.seconds, 2),
            }
        )
    else:
        terminal.write(f"{report}")
        terminal.write(f"  {len(files)} files in {folder}, {built.seconds:.1f} s")
        if doubts:
            terminal.write(f"  {doubts} doubts: see the report, or concausa check {study}")
    if show:
        webbrowser.open(report.resolve().as_uri())
