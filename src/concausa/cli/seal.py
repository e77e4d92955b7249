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
    as_json: options.AsJson = False,
) -> None:
    """Encrypt who the interviewees are.

    Outputs can then be searched for their names. The list and the key must lie outside the study folder.
    From then on the other commands ask for --key, mask every protected name in what they show, and
    `concausa check --key` lists the places in which one stands.

    \b
    Example:
      concausa seal my-study names.csv --key names.key

    \b
    JSON: study, sealed (the file written), key.
    """
    from concausa.study.seal import seal

    sealed = seal(names, study, key)
    if as_json:
        terminal.write_json({"study": study, "sealed": str(sealed), "key": str(key)})
        return
    terminal.write(f"{sealed}")
    terminal.write(f"  keep a copy of {key}: without it nobody can open the names")
    terminal.write(f"  delete {names}, or keep it where interview notes are kept")
