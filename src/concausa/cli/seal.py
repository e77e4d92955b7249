"""``concausa seal``: encrypts who the interviewees are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from concausa.cli import options, terminal


def command(
    study: Annotated[Path, typer.Argument(help="The study folder.")],
    names: Annotated[Path, typer.Argument(help="CSV file with the identities; keep it out of the folder.")],
    key: Annotated[
        Path, typer.Option("--key", help="Key file, outside the study folder; made if it does not exist.")
    ],
    as_json: options.AsJson = False,
) -> None:
    """Encrypt.

    \b
    Example:
      concausa seal my-study names.csv --key names.key

    \b
    JSON: study, sealed.
    """
    terminal.write(f"{study} {names} {key} {as_json}")
