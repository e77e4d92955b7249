"""``concausa show``: a table of a study in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from concausa.cli import options, terminal
from concausa.cli.check import count
from concausa.cli.progress import progress

if TYPE_CHECKING:
    from concausa.study.study import Study


def command(
    study: options.Study,
    table: Annotated[
        str, typer.Argument(help="Which table; without it, the tables are listed with their rows.")
    ] = "",
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            help="Keep rows: COLUMN=VALUE (or one of its values), COLUMN~TEXT (holds it). Repeatable.",
        ),
    ] = None,
    columns: Annotated[
        str, typer.Option("--columns", help="Show these columns, separated by commas, in this order.")
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="Show every column, wrapped as needed.")] = False,
    key: options.Key = None,
    unscreened: options.Unscreened = False,
    as_json: options.AsJson = False,
) -> None:
    """Print a table of a study.

    Cases, codings, evidence, facts, events, claims, and every other one; without TABLE, their list. As
    many columns are shown as fit, the important ones first; what is left out is named below.

    \b
    Examples:
      concausa show prosoft
      concausa show prosoft codings --where condition=BQ --where unit=NL
      concausa show prosoft facts --columns id,value,measured_in

    \b
    JSON: study, table, columns (key, label), rows (every column unless
    --columns), total (rows before --where); without TABLE: study, tables
    (name, rows, doc).
    """
    with progress(f"Reading {study}"):
        from concausa.cli.columns import fitting, named
        from concausa.cli.rows import kept, why_none
        from concausa.study.guard import admit

        ready = admit(study, key=key, unscreened=unscreened)
        if table:
            from concausa.study.view import view

            whole = view(ready.study, table)
            chosen = kept(whole, where or ())
            none = ready.screened(why_none(whole, where or ()))
            if columns:
                chosen = named(chosen, columns.split(","))
    if not table:
        _list(study, ready.study, as_json=as_json)
    elif as_json:
        answer = chosen.data()
        document = {
            "study": study,
            "table": table,
            "columns": answer["columns"],
            "rows": answer["rows"],
            "total": len(whole),
        }
        terminal.write_json(ready.screened(document))
        if none:
            terminal.remark(none)
    else:
        from concausa.core.typeset import text
        from concausa.core.typeset.plain_text import wrap

        width = terminal.width()
        shown = chosen if every or columns else fitting(chosen, width)
        terminal.write(ready.screened(text(shown, width).rstrip("\n")))
        left_out = [head.key for head in chosen.headings if head not in shown.headings]
        terminal.write(_foot(len(chosen), len(whole), left_out, width))
        if none:
            terminal.write("\n".join(wrap(none, width, indent="  ")))


def _list(name: str, study: Study, *, as_json: bool) -> None:
    from concausa.study.view import tables

    found = tables(study)
    if as_json:
        terminal.write_json(
            {"study": name, "tables": [{"name": n, "rows": r, "doc": d} for n, r, d in found]}
        )
        return
    for table, rows, doc in found:
        terminal.write(f"{rows:6}  {table:14} {doc}")


def _foot(shown: int, total: int, left_out: list[str], width: int) -> str:
    from concausa.core.typeset.plain_text import wrap

    rows = f"{shown} of {count(total, 'row')}" if shown != total else count(total, "row")
    if left_out:
        rows += f"; not shown: {', '.join(left_out)} (--all shows every column)"
    return "\n".join(wrap(rows, width, indent="  "))
