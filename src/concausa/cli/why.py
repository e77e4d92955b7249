"""``concausa why``: from a cell, number or claim to its sources."""

from __future__ import annotations

from typing import Annotated

import typer

from concausa.cli import options, terminal
from concausa.cli.progress import progress


def command(
    study: options.Study,
    target: Annotated[
        str,
        typer.Argument(
            help="A cell (NL-1.BQ), a case, the id of a claim or any other row (TABLE:ID if two tables "
            "share it), or a question of order: 'EVENT < EVENT'."
        ),
    ],
    key: options.Key = None,
    unscreened: options.Unscreened = False,
    as_json: options.AsJson = False,
) -> None:
    """Go from a level, number or claim to its sources.

    Prints what stands behind a cell, a case, or any row: fact, check, claim, rival, mechanism, passage,
    source, event; and with 'EVENT < EVENT' which of two came first. Of a claim: in how many worlds it
    is supported, contradicted or not testable, the rows of one world of each, passages for and against
    it, and the cells that it rests on, down to their sources.

    \b
    Examples:
      concausa why prosoft NL-1.BQ          codings, passages, sources of a cell
      concausa why prosoft K-necessary-EL   what a claim is worth, and why
      concausa why prosoft M4               passages for and against a mechanism
      concausa why prosoft N001             a printed number, recomputed

    \b
    JSON: study, target, and chain, a tree of label, kind, table, id, children.
    """
    with progress(f"Reading {study}"):
        from concausa.audit.chain import chain
        from concausa.study.guard import admit

        ready = admit(study, key=key, unscreened=unscreened)
        found = chain(ready.study, target)
    if as_json:
        terminal.write_json(ready.screened({"study": study, "target": target, "chain": found.data()}))
    else:
        lines = found.lines(terminal.width() if terminal.is_terminal() else 0)
        terminal.write(ready.screened("\n".join(lines)))
