"""``concausa seal``: encrypts who the interviewees are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from concausa.cli import options, terminal


def command(
    study: options.Study,
    names: Annotated[Path, typer.Argument(help="CSV of the identities: code, name, aliases, post, contact.")],
    key: Annotated[Path, typer.Option("--key", help="Key file; made if it does not exist.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put this list in the place of one that is sealed already.")
    ] = False,
    as_json: options.AsJson = False,
) -> None:
    """Encrypt who the interviewees are.

    Outputs can then be searched for their names. The list and the key must lie outside the study folder.
    The list may be a CSV file as Excel saves it. From then on the other commands ask for --key, mask
    every protected name in what they show, and `concausa check --key` lists the places in which one
    stands.

    \b
    Example:
      concausa seal my-study names.csv --key names.key

    \b
    JSON: study, sealed (the file written), key, unknown (lines of the
    list whose code is no source of the study).
    """
    from concausa.study.seal import codes_without_source, seal

    sealed = seal(names, study, key, replace=replace)
    unknown = codes_without_source(names, study)
    if as_json:
        document = {"study": study, "sealed": str(sealed), "key": str(key), "unknown": list(unknown)}
        terminal.write_json(document)
        return
    terminal.write(f"{sealed}")
    if unknown:
        lines = f"line{'s' if len(unknown) > 1 else ''} {', '.join(map(str, unknown))}"
        terminal.write(
            f"  {names}, {lines}: no source of the study has this code; the name is protected all the same"
        )
    terminal.write(f"  keep a copy of {key}: without it nobody can open the names")
    terminal.write(f"  delete {names}, or keep it where interview notes are kept")
