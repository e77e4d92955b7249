"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Study = Annotated[str, typer.Argument(help="A study folder, an .xlsx workbook, or a bundled study: prosoft.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")]
Key = Annotated[
    Path | None,
    typer.Option("--key", help="Key file that opens the sealed identities, to keep names out of the answer."),
]
Unscreened = Annotated[
    bool, typer.Option("--unscreened", help="Go on without the key: names are not searched for.")
]
